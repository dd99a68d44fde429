"""Whether two domains have one owner, as far as their names tell: one is the other, or lies below it (RFC 7489 3.1).

No list of public suffixes is asked: its 10,000 lines change weekly, and one that is out of date errs towards trust. The
few dozen suffixes of Chinese mail hardly change and stand here; where this table knows nothing, two domains are two
owners. A wrong no costs a sender its proof; a wrong yes would let a stranger speak for him.
"""

from __future__ import annotations

_COMMON = frozenset({"ac", "co", "com", "edu", "gov", "idv", "mil", "net", "org"})
"""Second labels that stand for everybody under any top: com.cn, gov.hk, idv.tw, co.uk."""

_IN_CHINESE = frozenset(
    {"公司", "网络", "網絡", "網路", "组织", "組織", "教育", "政府", "个人", "個人", "箇人", "商業"}
)
_BELOW: dict[str, frozenset[str]] = {
    # CNNIC's categories, and one name for each province (中国互联网络域名体系, 2018).
    "cn": frozenset(
        {
            *("ah", "bj", "cq", "fj", "gd", "gs", "gx", "gz", "ha", "hb", "he", "hi", "hk", "hl", "hn", "jl", "js"),
            *("jx", "ln", "mo", "nm", "nx", "qh", "sc", "sd", "sh", "sn", "sx", "tj", "tw", "xj", "xz", "yn", "zj"),
        }
    ),
    "hk": frozenset({"inc", "ltd"}),
    "mo": frozenset(),
    "tw": frozenset({"club", "ebiz", "game"}),
    **dict.fromkeys(("中国", "中國", "香港", "澳门", "澳門", "台湾", "台灣"), frozenset()),
}
"""What stands for everybody below the tops of Chinese mail, besides ``_COMMON`` and ``_IN_CHINESE``."""

# Firms that let names below their own, as a registry does.
_LET = frozenset(
    {
        *(
            "br.com",
            "cn.com",
            "de.com",
            "eu.com",
            "gr.com",
            "hk.com",
            "jpn.com",
            "kr.com",
            "ru.com",
            "sa.com",
            "uk.com",
        ),
        *("us.com", "za.com", "gb.net", "in.net", "jp.net", "se.net", "uk.net", "ae.org", "eu.org", "hk.org", "us.org"),
    }
)


def is_aligned(other: str, domain: str) -> bool:
    """Return whether two domains belong to one owner: equal, or one below the other, whose owner is one party.

    Neither ``com`` nor ``com.cn`` ever speaks for ``x.com.cn``, nor ``x.com.cn`` for ``com.cn``. Never raises.
    """
    one, two = _to_unicode(other), _to_unicode(domain)
    if not one or not two:
        return False
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    return long.endswith(f".{short}") and not _is_public(short.split("."))


def _is_public(labels: list[str]) -> bool:
    """Return whether strangers may have names directly below a domain, as far as is known."""
    if len(labels) < 2 or not all(labels):
        return True
    second, top = labels[-2:]
    is_abroad = len(top) == 2 and top.isascii() and top not in _BELOW
    if len(labels) > 2:
        # Abroad a third label may still be everybody's: chiyoda.tokyo.jp, k12.ca.us; below co.uk it is not.
        return is_abroad and second not in _COMMON
    if is_abroad or second in _COMMON or f"{second}.{top}" in _LET:
        return True
    return top in _BELOW and (second in _BELOW[top] or second in _IN_CHINESE)


def _to_unicode(domain: str) -> str:
    """Return a domain as people read it, 公司.cn for xn--55qx5d.cn; '' when it is none."""
    domain = domain.strip().rstrip(".").lower()
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna").lower()
    except UnicodeError:
        return ""

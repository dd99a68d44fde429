"""Whether the provider vouches for the From address: Authentication-Results (RFC 8601), and DKIM checked ourselves.

A verdict speaks of the *domain*: that the person before the @ is the one is the sending provider's promise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from domain.mail import Address, SenderProof
from intake.addresses import parse_addresses
from intake.mime import parse_header_block

COREMAIL = "coremail"
"""In ``authserv_ids``: the mailbox is at 163, 126, yeah.net or another Coremail server, see ``_find_coremail``."""

MAX_VALUE_CHARS = 8_000
MAX_SIGNATURES = 5

_RECEIVED_BY = re.compile(rb"\sby\s+\[?([A-Za-z0-9._:-]+)", re.IGNORECASE)
_COREMAIL_BY = re.compile(rb"\sby\s+(\S{1,100})\s+\(Coremail\)\s+with\s+\w+\s+id\s+([^\s;]{8,100})")
# QQ writes smtp.mailfrom=<a@b>, and nothing behind the sign for an empty sender: authres refuses the whole header.
_ANGLED = re.compile(r"=\s*<([^<>\s;]*)>")
_EMPTY = re.compile(r"\s[a-z]{1,10}\.[a-z-]{1,30}=(?=\s*(?:;|$))", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:()]+")

_Result = tuple[str, str, dict[str, str]]


def judge_sender(headers: Sequence[tuple[str, bytes]], sender: Address, *, authserv_ids: Sequence[str]) -> SenderProof:
    """Return what the receiving provider found out about the From address.

    ``headers`` are a message's own (lower-case names, raw unfolded values, in order). ``authserv_ids``
    name the servers whose word counts for this mailbox, for example ``mx.qq.com``, or ``COREMAIL``;
    empty means that nothing can be proven.

    VERIFIED: DMARC passed for the From domain, or SPF or DKIM passed for a domain that is equal to it, above or
    below it. FAILED: DMARC failed, or SPF and DKIM are both there and each failed. Never raises.
    """
    value = _find_results(headers, authserv_ids)
    results = _parse_results(value) if value else ()
    verdict = _judge_results(results, _domain_of(sender.addr))
    return SenderProof.UNVERIFIED if verdict is SenderProof.VERIFIED and not _is_plain(headers, sender) else verdict


def verify_dkim(raw: bytes, sender: Address, *, find_txt: Callable[[str], bytes | None]) -> SenderProof:
    """Return VERIFIED when a valid DKIM signature (RFC 6376) of the From domain is on a message, else UNVERIFIED.

    ``find_txt`` returns the TXT record of a name, None when there is none. A signature over a part of the body
    (``l=``) proves nothing of what was added. A broken one is no forgery: mailing lists break them.

    Raises: ImportError when the extra ``dkim`` is not installed.
    """
    import dkim  # type: ignore[import-untyped]

    def ask(name: bytes | str, timeout: int = 5) -> bytes | None:  # noqa: ARG001 - dkimpy's own call
        return find_txt((name.decode("ascii", "replace") if isinstance(name, bytes) else name).rstrip("."))

    headers = parse_header_block(raw)
    if not _is_plain(headers, sender):
        return SenderProof.UNVERIFIED
    count = min(sum(name == "dkim-signature" for name, _ in headers), MAX_SIGNATURES)
    for index in range(count):
        try:
            message = dkim.DKIM(raw)
            is_valid = message.verify(index, dnsfunc=ask)
            is_whole = b"l" not in message.signature_fields
            domain = bytes(message.domain or b"").decode("ascii", "replace")
        except (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
            continue
        if is_valid and is_whole and _is_aligned(domain, _domain_of(sender.addr)):
            return SenderProof.VERIFIED
    return SenderProof.UNVERIFIED


def _find_results(headers: Sequence[tuple[str, bytes]], authserv_ids: Sequence[str]) -> str:
    """Return the one Authentication-Results value that may be believed, '' when there is none."""
    allowed = {name.lower() for name in authserv_ids}
    if COREMAIL in allowed:
        # There an attacker's own header would be the topmost: the usual rule must not be tried as well.
        return _find_coremail(headers)
    for name, value in headers:
        if name == "authentication-results":
            text = value[:MAX_VALUE_CHARS].decode("latin-1")
            return text if len(value) <= MAX_VALUE_CHARS and _authserv_id(text) in allowed else ""
        # Below the first hop that is not the provider's own, everything was there when the mail came.
        if name == "received" and not _is_own_hop(value, allowed):
            return ""
    return ""


def _is_own_hop(value: bytes, allowed: Iterable[str]) -> bool:
    match = _RECEIVED_BY.search(b" " + value)
    if match is None:
        return False
    host = match[1].decode("latin-1").lower().rstrip(".")
    # Inner hops give a bare name or an address: "by mx15", "by 2002:a05:6402:1a::".
    if "." not in host or ":" in host or re.fullmatch(r"[\d.]+", host):
        return True
    # mx.qq.com speaks for newxmmxsza1.qq.com, mx.google.com for smtp-in.l.google.com.
    parents = {name.split(".", 1)[1] if name.count(".") >= 2 else name for name in allowed}
    return any(host == parent or host.endswith(f".{parent}") for parent in parents)


def _find_coremail(headers: Sequence[tuple[str, bytes]]) -> str:
    """Return Coremail's own results, which stand at the *end* of the headers, below everything the sender wrote.

    They count when the transaction in front of them (X-CM-TRANSID) and their server are those of the topmost
    Received: no sender can know that number.
    """
    top = next((value for name, value in headers if name == "received"), b"")
    match = _COREMAIL_BY.search(b" " + top)
    if match is None:
        return ""
    host, transaction = match[1].decode("latin-1").lower(), match[2]
    is_behind = False
    for name, value in headers:
        if name == "x-cm-transid" and value.strip() == transaction:
            is_behind = True
        elif is_behind and name == "authentication-results":
            # It breaks lines after so many characters, in the middle of a word: the tab is no white space.
            text = re.sub(rb"[\r\n\t]+", b"", value[:MAX_VALUE_CHARS]).decode("latin-1")
            return text if len(value) <= MAX_VALUE_CHARS and _authserv_id(text) == host else ""
    return ""


def _authserv_id(value: str) -> str:
    words = value.partition(";")[0].split()
    return words[0].lower() if words and "=" not in words[0] else ""


def _parse_results(value: str) -> tuple[_Result, ...]:
    """Return method, result and properties (names lower-case) of each result; nothing when the header is malformed."""
    import authres  # type: ignore[import-untyped]

    value = _EMPTY.sub("", _ANGLED.sub(r"=\1", value))
    try:
        header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        return tuple(
            (
                str(result.method).lower(),
                str(result.result).lower(),
                {f"{p.type}.{p.name}".lower(): str(p.value).lower() for p in result.properties},
            )
            for result in header.results
        )
    except (authres.AuthResError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # Comments within comments exhaust its parser's stack.
        return ()


def _judge_results(results: Iterable[_Result], domain: str) -> SenderProof:
    results = tuple(results)
    dmarc = [(result, properties) for method, result, properties in results if method == "dmarc"]
    if any(result == "fail" for result, _ in dmarc):
        return SenderProof.FAILED
    if not domain:
        return SenderProof.UNVERIFIED
    if any(result == "pass" and properties.get("header.from") == domain for result, properties in dmarc):
        return SenderProof.VERIFIED
    spf = [(result, _mail_from(properties)) for method, result, properties in results if method == "spf"]
    dkim = [(result, _signer(properties)) for method, result, properties in results if method == "dkim"]
    if any(result == "pass" and _is_aligned(other, domain) for result, other in spf + dkim):
        return SenderProof.VERIFIED
    # A softfail is the owner's doubt, not a no (RFC 7208 2.6.5).
    failing = {"fail", "hardfail"}
    if spf and dkim and all(result in failing for result, _ in spf + dkim):
        return SenderProof.FAILED
    return SenderProof.UNVERIFIED


def _mail_from(properties: dict[str, str]) -> str:
    # smtp.helo says nothing of the sender; Coremail and others keep the older name (RFC 5451).
    return _domain_of(properties.get("smtp.mailfrom") or properties.get("smtp.mail") or "")


def _signer(properties: dict[str, str]) -> str:
    # d= is what is signed; i= may only be below it, and is all that Coremail and Google tell.
    return _domain_of(properties.get("header.d") or properties.get("header.i") or "")


def _domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().strip('"').rstrip(".").lower()


def _is_aligned(other: str, domain: str) -> bool:
    """Return whether two domains belong to one owner, as far as names can tell without a list of public suffixes."""
    if not other or not domain:
        return False
    if other == domain:
        return True
    short, long = sorted((other, domain), key=len)
    labels = short.split(".")
    # Under com.cn, gov.cn, sd.cn or co.uk everybody may have a name.
    is_public = len(labels) < 2 or (len(labels) == 2 and len(labels[1]) == 2 and len(labels[0]) <= 3)
    return not is_public and long.endswith(f".{short}")


def _is_plain(headers: Sequence[tuple[str, bytes]], sender: Address) -> bool:
    """Return whether one From with one address stands for the sender, and its name shows no other address."""
    values = [value for name, value in headers if name == "from"]
    if len(values) != 1 or not sender.addr:
        return False
    addresses = parse_addresses(values[0])
    if [a.addr for a in addresses] != [sender.addr]:
        return False
    shown = unicodedata.normalize("NFKC", f"{addresses[0].name} {sender.name}").lower()
    return all(found == sender.addr for found in _ADDRESS_LIKE.findall(shown))

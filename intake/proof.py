"""Whether the provider vouches for the From address: Authentication-Results (RFC 8601).

Where the provider says nothing, see ``intake.signatures``. A verdict speaks of the *domain*: that the person before the
@ is the one is the sending provider's promise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from domain.mail import Address, SenderProof
from intake.addresses import parse_addresses
from intake.alignment import is_aligned

COREMAIL = "coremail"
"""In ``authserv_ids``: the mailbox is at 163, 126, yeah.net or another Coremail server, see ``_find_coremail``."""

MAX_VALUE_CHARS = 8_000

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
    verdict = _judge_results(results, domain_of(sender.addr))
    return SenderProof.UNVERIFIED if verdict is SenderProof.VERIFIED and not is_plain(headers, sender) else verdict


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
    if any(result == "pass" and is_aligned(other, domain) for result, other in spf + dkim):
        return SenderProof.VERIFIED
    # A softfail is the owner's doubt, not a no (RFC 7208 2.6.5).
    failing = {"fail", "hardfail"}
    if spf and dkim and all(result in failing for result, _ in spf + dkim):
        return SenderProof.FAILED
    return SenderProof.UNVERIFIED


def _mail_from(properties: dict[str, str]) -> str:
    # smtp.helo says nothing of the sender; Coremail and others keep the older name (RFC 5451).
    return domain_of(properties.get("smtp.mailfrom") or properties.get("smtp.mail") or "")


def _signer(properties: dict[str, str]) -> str:
    # d= is what is signed; i= may only be below it, and is all that Coremail and Google tell.
    return domain_of(properties.get("header.d") or properties.get("header.i") or "")


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().strip('"').rstrip(".").lower()


def is_plain(headers: Sequence[tuple[str, bytes]], sender: Address) -> bool:
    """Return whether one From with one address stands for the sender, and its name shows no other address."""
    values = [value for name, value in headers if name == "from"]
    if len(values) != 1 or not sender.addr:
        return False
    addresses = parse_addresses(values[0])
    if [a.addr for a in addresses] != [sender.addr]:
        return False
    shown = unicodedata.normalize("NFKC", f"{addresses[0].name} {sender.name}").lower()
    return all(found == sender.addr for found in _ADDRESS_LIKE.findall(shown))

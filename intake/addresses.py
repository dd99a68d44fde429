"""The addresses of a header from its raw bytes, as real programs write them."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.mail import Address
from intake.headers import CONTROL, FOLD, INVISIBLE, clean_line, decode_raw, decode_words

_MARK = re.compile(r'\\.|["(),;<>:]')
_LOOSE_COMMA = re.compile(r",(?=[^,]*@)")


@lru_cache(32)  # a mail's From is asked for half a dozen times
def parse_addresses(value: bytes, hint: str = "") -> tuple[Address, ...]:
    """Return the addresses of a header (RFC 5322 3.4), ``addr`` lower-case and '' where there is none.

    Groups (``undisclosed-recipients:;``) give their members only. Never raises.
    """
    text = FOLD.sub(" ", decode_raw(value, hint))
    found = _read_addresses(text, hint)
    if not any(a.addr for a in found) and "=?" in text:
        # Some programs encode name and address together.
        again = _read_addresses(decode_words(text, hint), hint)
        found = again if any(a.addr for a in again) else found
    return tuple(found)


def _read_addresses(text: str, hint: str) -> list[Address]:
    found = []
    for piece in filter(str.strip, _split_mailboxes(text)):
        address = _read_mailbox(piece, hint)
        if address.addr or address.name:
            found.append(address)
    return found


def _split_mailboxes(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    quotes = depth = 0
    is_angle = False
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark == '"' and not depth:
            quotes += 1
        if quotes % 2 or len(mark) == 2 or mark == '"':
            continue
        if mark in "()":
            depth = max(0, depth + (1 if mark == "(" else -1))
        elif depth:
            continue
        elif mark in "<>":
            is_angle = mark == "<"
        elif not is_angle:
            if mark != ":":  # what stands before a colon is a group's name
                pieces.append(text[start : match.start()])
            start = match.end()
    if quotes % 2 and not start:
        return _LOOSE_COMMA.split(text)  # an unclosed quote
    return [*pieces, text[start:]]


def _read_mailbox(text: str, hint: str) -> Address:
    text = text.strip()
    start = text.rfind("<")
    if start >= 0 and text.count(">", start) <= 1:
        addr = _read_addr(text[start + 1 :].partition(">")[0])
        name = _read_name(text[:start], hint)
        if not addr:
            return Address("", name or clean_line(text))
        return Address(addr, name)
    comment = re.search(r"\(([^()]*)\)\s*$", text)
    bare = text[: comment.start()] if comment else text
    addr = _read_addr(bare)
    if addr:
        return Address(addr, _read_name(comment[1], hint) if comment else "")
    # An address beside words without angle brackets: "张三 a@qq.com", "=?gbk?B?…?=a@qq.com".
    match = re.search(r"(?:^|\s|\?=)([^\s@\"?=]+@[^\s@\"]+)$", bare)
    if match is not None and (addr := _read_addr(match[1])):
        return Address(addr, _read_name(bare[: match.start(1)], hint))
    return Address("", _read_name(text, hint))


def _read_addr(text: str) -> str:
    text = INVISIBLE.sub("", CONTROL.sub("", text)).strip().strip("'").removeprefix("mailto:")
    if text.startswith("@") and ":" in text:
        text = text.partition(":")[2]  # a source route (RFC 5322 4.4)
    if not text.startswith('"'):
        text = re.sub(r"\s+", "", text)
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or "=?" in local or re.search(r"[\s<>,;()]", domain):
        return ""
    return f"{local}@{domain.rstrip('.')}".lower()


def _read_name(text: str, hint: str) -> str:
    text = decode_words(text.strip(), hint)
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    text = re.sub(r'\\(["\\])', r"\1", text)
    return clean_line(decode_words(text, hint)).strip("\"' ")

"""ISO-2022-CN (RFC 1922), the seven-bit Chinese of early programs; Python has no codec of it."""

from __future__ import annotations

import re

_DESIGNATION = re.compile(rb"\x1b\$[)*+][AEGHI-M]")
_TOKEN = re.compile(rb"\x1b\$\)(.)|\x1b\$[*+].|(\x1b[NO]..)|([\x0e\x0f\n])", re.DOTALL)


def is_iso2022_cn(raw: bytes) -> bool:
    """Return whether a text designates a Chinese set and shifts to it."""
    return b"\x0e" in raw and _DESIGNATION.search(raw) is not None


def decode_iso2022_cn(raw: bytes) -> str:
    """Return the text; characters outside its GB 2312 set, which mail hardly has, become U+FFFD."""
    out: list[str] = []
    is_gb = is_shifted = False
    end = 0
    for match in [*_TOKEN.finditer(raw), None]:
        run = raw[end : match.start() if match else len(raw)]
        if not is_shifted:
            out.append(run.decode("ascii", "replace"))
        elif is_gb:
            out.append(bytes(b | 0x80 if b > 0x20 else b for b in run).decode("gb2312", "replace"))
        else:
            out.append("\ufffd" * (len(run) // 2))
        if match is None:
            break
        end = match.end()
        if match[1]:
            is_gb = match[1] in b"AE"
        elif match[2]:
            out.append("\ufffd")
        elif match[3] == b"\n":
            # A line begins in ASCII (RFC 1922 3.2).
            out.append("\n")
            is_shifted = False
        elif match[3]:
            is_shifted = match[3] == b"\x0e"
    return "".join(out)

"""The parts of a document that is a zip of XML (OOXML, OFD), screened before any library may parse them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from domain.mail import Unopened
from intake.containers.files import OpeningError
from intake.containers.limits import MIB, Budget
from intake.containers.unpacking import TruncatedError, UnknownPackingError
from intake.containers.zipdirectory import read_directory
from intake.containers.zips import check_entries, name_entries, read_entry

_MAX_INDEX_BYTES = MIB  # 14 MB of relations kept python-docx busy for 3.7 s
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
# How XML may begin, in any charset that a parser would guess (XML 1.0, appendix F).
_LIKE_XML = re.compile(rb"\s*<|\xef\xbb\xbf|\xff\xfe|\xfe\xff|\x00<|\x00\x00|Lo\xa7\x94")
# What expat and libxml2 both read alike; in any other charset a DTD could hide from the search.
_CHARSETS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "gbk", "gb2312", "gb18030", "iso-8859-1"})


@dataclass(frozen=True, slots=True)
class Package:
    """A document's parts by their names, and what was broken."""

    parts: Mapping[str, bytes]
    defects: tuple[str, ...]

    def repack(self, *, skipped: str = "") -> io.BytesIO:
        """Return the screened parts as a plain zip: a library then sees exactly what was screened.

        Pictures and the like stand in it empty: libraries would keep a second and a third copy of them. The part
        ``skipped`` is left out.
        """
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                if name == skipped:
                    continue
                archive.writestr(zipfile.ZipInfo(name), data if name.lower().endswith(_XML_SUFFIXES) else b"")
        stream.seek(0)
        return stream


def read_package(data: bytes, budget: Budget) -> Package:
    """Return the parts of a document.

    Raises: OpeningError: ENCRYPTED, DAMAGED, TOO_LARGE, or HOSTILE when a part brings a DTD, from which entity bombs
    and requests for other files are made; no office program writes one (ECMA-376-2 8.1.4 forbids it).
    """
    limits = budget.limits
    entries, is_whole = read_directory(data, max_entries=limits.max_parts)
    files = [(entry, name.replace("\\", "/").lstrip("/")) for entry, name in name_entries(entries)]
    files = [(entry, name) for entry, name in files if name and not name.endswith("/") and not entry.is_special]
    if any(entry.is_locked for entry, _ in files):
        raise OpeningError(Unopened.ENCRYPTED, "文档已加密")
    check_entries(data, [entry for entry, _ in files], budget)
    parts: dict[str, bytes] = {}
    defects = [] if is_whole else ["文档不完整（可能没有传完）"]
    view = memoryview(data)
    for entry, name in files:
        try:
            part = read_entry(view, entry, budget)
        except UnknownPackingError:
            defects.append(f"文档的组成部分“{name[-60:]}”用不支持的方式压缩")
            continue
        except (zlib.error, TruncatedError, OSError, EOFError):
            defects.append(f"文档的组成部分“{name[-60:]}”已损坏")
            continue
        if name.lower().endswith(_XML_SUFFIXES):
            is_index = name.endswith((".rels", "[Content_Types].xml"))
            _screen_xml(part, _MAX_INDEX_BYTES if is_index else limits.max_xml_bytes)
        elif _LIKE_XML.match(part):
            continue  # a library may parse what calls itself something else, so it never gets it (web pages, mostly)
        parts.setdefault(name, part)
    return Package(parts, tuple(defects[:5]))


def _screen_xml(part: bytes, max_bytes: int) -> None:
    if len(part) > max_bytes:
        raise OpeningError(Unopened.TOO_LARGE, f"文档的一个部分超过 {max_bytes // MIB} MB")
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = part.decode("utf-16", "replace")
    elif part[:2] in {b"<\x00", b"\x00<"}:
        text = part.decode("utf-16-le" if part[0] else "utf-16-be", "replace")
    else:
        text = part.decode("latin-1")
        declared = _DECLARED.search(text, 0, 300)
        is_known = declared is None or declared[1].lower() in _CHARSETS
        if not is_known or not text.lstrip("\xef\xbb\xbf \t\r\n").startswith("<"):
            raise OpeningError(Unopened.DAMAGED, "文档内的 XML 无法识别")
    if "\x00" in text:
        raise OpeningError(Unopened.DAMAGED, "文档内的 XML 无法识别")  # UTF-32, where a DTD could hide as well
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise OpeningError(Unopened.HOSTILE, "文档内含不允许的 XML 声明（DTD）")

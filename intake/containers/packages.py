"""The parts of a document that is a zip of XML (OOXML, OFD), screened before any library may parse them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from domain.mail import Unopened
from intake.containers.files import OpeningError
from intake.containers.limits import MIB, Budget
from intake.containers.unpacking import TruncatedError, UnknownPackingError
from intake.containers.zipdirectory import read_directory
from intake.containers.zips import check_entries, name_entries, read_entry
from intake.filetypes import tell_media_type

_MAX_INDEX_BYTES = MIB  # 14 MB of relations kept python-docx busy for 3.7 s
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationships"
_TYPES = "[Content_Types].xml"
# A letter with macros, or a template, is a letter: python-docx asks for exactly the first of these types.
_LETTER = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LETTER_LIKE = re.compile(
    rb"application/vnd\.(?:ms-word\.document\.macroEnabled|ms-word\.template\.macroEnabledTemplate"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
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
        ``skipped`` is left out, and so are relations to parts that are not there: python-docx gives up over one.
        """
        names = self.parts.keys() - {skipped}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                if name == skipped:
                    continue
                if name == _TYPES:
                    part = _LETTER_LIKE.sub(_LETTER, data)
                elif name.endswith(".rels"):
                    part = _drop_dangling(name, data, names)
                else:
                    part = data if name.lower().endswith(_XML_SUFFIXES) else b""
                archive.writestr(zipfile.ZipInfo(name), part)
        stream.seek(0)
        return stream


def _drop_dangling(name: str, part: bytes, names: AbstractSet[str]) -> bytes:
    """Return a part of relations without those that lead to no part: Word itself writes ``../NULL`` and ``#place``."""
    try:
        root = ET.fromstring(part)  # noqa: S314 - screened: no DTD, no entities
    except (ET.ParseError, ValueError, LookupError):
        return part  # the library says what is wrong with it
    if root.tag != _RELATIONS:
        return part
    # word/_rels/document.xml.rels holds the relations of word/document.xml.
    folder = "/" + posixpath.dirname(posixpath.dirname(name))
    kept = [
        relation
        for relation in root
        if relation.get("TargetMode") == "External"
        or posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/") in names
    ]
    if len(kept) == len(root):
        return part
    root[:] = kept
    return ET.tostring(root)


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
            is_index = name.endswith((".rels", _TYPES))
            _screen_xml(part, _MAX_INDEX_BYTES if is_index else limits.max_xml_bytes)
        elif _LIKE_XML.match(part) and not _is_heic(part):
            # A library may parse what calls itself something else, so it never gets it (drawings in SVG, web pages).
            # It stays as an empty part, or relations to it would lead nowhere.
            part = b""
        parts.setdefault(name, part)
    return Package(parts, tuple(defects[:5]))


def _is_heic(part: bytes) -> bool:
    # Behind two zero bytes "ftyp" is no character in UTF-32 either: nobody can take it for XML.
    return part.startswith(b"\x00\x00") and tell_media_type(part).startswith("image/")


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

"""The type of a file where the first bytes are not enough: by what stands in a zip or OLE file, or by its suffix."""

from __future__ import annotations

import re
import struct

from intake.containers.files import OpeningError
from intake.containers.rarheaders import summarise_rar
from intake.containers.zipdirectory import read_directory
from intake.filetypes import tell_media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
SPLIT = "application/x-split-archive"
"""A piece of an archive that was cut up: told by its name, and by what is missing in it."""
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BY_SUFFIX = {
    "eml": "message/rfc822",
    "mht": "message/rfc822",  # a web page saved with its pictures: the same form
    "mhtml": "message/rfc822",
    "txt": "text/plain",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "xml": "text/xml",
}
_PACKAGES = {"docx": DOCX, "xlsx": XLSX, "pptx": PPTX, "ofd": OFD}
_FOLDERS = (("word", DOCX), ("xl", XLSX), ("ppt", PPTX))
ODF = "application/vnd.oasis.opendocument."
IWORK = "application/vnd.apple."
_ODF_TYPE = re.compile(rb"application/vnd\.oasis\.opendocument\.[a-z-]{1,40}")
_IWORK = {"numbers": "numbers", "key": "keynote"}
_STREAMS = (
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_PIECE_NAME = re.compile(r"\.(?:[zr]\d\d|part\d+\.rar|(?:7z|zip|rar)\.\d{3})$", re.IGNORECASE)
_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]|From ")
_MAX_PARTS = 5000


def tell_file_type(data: bytes, declared: str = "", *, name: str = "") -> str:
    """Return a file's media type by what is in it.

    Beyond ``tell_media_type``: a zip is a document only if its own directory says so (a photograph archive that holds
    a docx is none), OLE files are told by their streams, mails and texts without a mark by the suffix of the name,
    pieces of archives by their names and by what is missing.
    """
    if _PIECE_NAME.search(name) and _is_piece(data):
        return SPLIT
    suffix = _BY_SUFFIX.get(name.rpartition(".")[2].lower(), "")
    declared = suffix if declared in {"", "application/octet-stream"} else declared
    if declared == "message/rfc822":
        if _HEADER.match(data[:200].lstrip()):
            return declared
        found = tell_media_type(data)
        return declared if found == "application/octet-stream" else found
    if data.startswith(b"PK\x03\x04"):
        return _tell_package(data, name)
    if data.startswith(OLE_MAGIC):
        by_name = tell_media_type(data, declared, name)
        return _tell_ole(data, by_name) or by_name
    return tell_media_type(data, declared, name)


def _is_piece(data: bytes) -> bool:
    """Return whether a file with the name of a piece is one: an archive may fit into its first piece."""
    found = tell_media_type(data)
    if found == "application/x-7z-compressed":
        # Where the header stands that is written last (7zFormat.txt, start header).
        return len(data) < 32 or 32 + sum(struct.unpack_from("<QQ", data, 12)) > len(data)
    if found == "application/vnd.rar":
        summary = summarise_rar(data)
        return summary is not None and summary.is_cut and not summary.is_locked
    if data.startswith(b"PK"):
        try:
            _, is_whole = read_directory(data, max_entries=_MAX_PARTS)
        except OpeningError:
            return False  # whoever opens it says why
        return not is_whole
    return found == "application/octet-stream"


def _tell_package(data: bytes, name: str) -> str:
    try:
        entries, is_whole = read_directory(data, max_entries=_MAX_PARTS)
    except OpeningError:
        return "application/zip"
    suffix = name.rpartition(".")[2].lower()
    names = {(entry.name or entry.raw_name.decode("latin-1")).replace("\\", "/").lstrip("/") for entry in entries}
    if "OFD.xml" in names:
        return OFD
    folders = {entry.partition("/")[0] for entry in names}
    if "[Content_Types].xml" in names:
        found = next((kind for folder, kind in _FOLDERS if folder in folders), "application/zip")
        if found != "application/zip":
            return found
    for entry in entries:
        is_mark = "mimetype" in {entry.name, entry.raw_name.decode("latin-1")} and entry.method == 0 <= entry.start
        if is_mark and (mark := _ODF_TYPE.fullmatch(data[entry.start : entry.start + entry.packed].strip())):
            return mark[0].decode("ascii")  # ODF 1.2 part 3, 3.3
    if any(entry.startswith("Index/") and entry.endswith(".iwa") for entry in names):
        return IWORK + _IWORK.get(suffix, "pages")
    # Cut off, the telling part may be gone: then the name is believed, and the document told as damaged.
    return _PACKAGES.get(suffix, "application/zip") if not is_whole else "application/zip"


def _tell_ole(data: bytes, by_name: str) -> str:
    """Return the type by the stream names, which stand in UTF-16 in the directory ([MS-CFB] 2.6.1), or ''.

    A workbook may hold a Word document and the other way round: then the file's name decides.
    """
    found = [kind for stream, kind in _STREAMS if stream.encode("utf-16-le") + b"\x00\x00" in data]
    return by_name if by_name in found else next(iter(found), "")

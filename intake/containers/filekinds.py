"""The type of a file where the first bytes are not enough: by what stands in a zip or OLE file, or by its suffix."""

from __future__ import annotations

import re

from intake.containers.files import OpeningError
from intake.containers.zipdirectory import read_directory
from intake.filetypes import tell_media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OFD = "application/ofd"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
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
_STREAMS = (
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_HEADER = re.compile(rb"[!-9;-~]{1,60}:[ \t]|From ")
_MAX_PARTS = 5000


def tell_file_type(data: bytes, declared: str = "", *, name: str = "") -> str:
    """Return a file's media type by what is in it.

    Beyond ``tell_media_type``: a zip is a document only if its own directory says so (a photograph archive that holds
    a docx is none), OLE files are told by their streams, mails and texts without a mark by the suffix of the name.
    """
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


def _tell_package(data: bytes, name: str) -> str:
    try:
        entries, is_whole = read_directory(data, max_entries=_MAX_PARTS)
    except OpeningError:
        return "application/zip"
    names = {(entry.name or entry.raw_name.decode("latin-1")).replace("\\", "/").lstrip("/") for entry in entries}
    if "OFD.xml" in names:
        return OFD
    folders = {entry.partition("/")[0] for entry in names}
    if "[Content_Types].xml" in names:
        found = next((kind for folder, kind in _FOLDERS if folder in folders), "application/zip")
        if found != "application/zip":
            return found
    # Cut off, the telling part may be gone: then the name is believed, and the document told as damaged.
    return _PACKAGES.get(name.rpartition(".")[2].lower(), "application/zip") if not is_whole else "application/zip"


def _tell_ole(data: bytes, by_name: str) -> str:
    """Return the type by the stream names, which stand in UTF-16 in the directory ([MS-CFB] 2.6.1), or ''.

    A workbook may hold a Word document and the other way round: then the file's name decides.
    """
    found = [kind for stream, kind in _STREAMS if stream.encode("utf-16-le") + b"\x00\x00" in data]
    return by_name if by_name in found else next(iter(found), "")

"""The type of a file by its first bytes: a name may say anything."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (257, b"ustar", "application/x-tar"),
    (0, b"OggS", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
)
# A file, an empty archive, the first of several segments, the only one of one that might have become several.
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
}
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)
_OLE = {
    "doc": "application/msword",
    "wps": "application/msword",
    "xls": "application/vnd.ms-excel",
    "et": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_SIGNED = re.compile(
    r"application/(?:msword|ofd|zip|x-zip|x-zip-compressed|x-7z-compressed|(?:vnd\.|x-)rar|x-rar-compressed"
    r"|x-ole-storage|(?:vnd\.|x-)ms-?(?:excel|powerpoint|word|outlook)\S*|vnd\.openxmlformats-\S+"
    r"|vnd\.oasis\.opendocument\.\S+|(?:x-)?(?:excel|xls|csv|word|doc)|kset|kswps|wps-office\.\S+)"
)
"""Types whose files all have a signature: declared for one without, they are a mistake of the sender's program."""
_UNSIGNED_SUFFIXES = {
    "csv": "text/csv",
    "txt": "text/plain",
    "htm": "text/html",
    "html": "text/html",
    "xml": "text/xml",
}
_MISNAMED = frozenset({"", "xls", "xlt", "et", "doc", "dot", "wps", *_UNSIGNED_SUFFIXES})
_LOOKED_AT = 4096
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/gzip": "gz",
    "application/x-tar": "tar",
    "application/rtf": "rtf",
    "application/ms-tnef": "dat",
    "application/ofd": "ofd",
    "message/rfc822": "eml",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "text/csv": "csv",
    "audio/mpeg": "mp3",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
}

_SUFFIX_TYPES = {suffix: kind for kind, suffix in SUFFIXES.items() if _SIGNED.fullmatch(kind)} | _OLE


def tell_media_type(payload: bytes, declared: str = "", name: str = "") -> str:
    """Return a file's media type by its first bytes; what has no signature keeps the declared type.

    ``name`` tells apart the old Office formats, which share one container, and what was declared as one of the
    formats that have a signature (office documents, archives) but has none. A declared picture type is never
    believed without its signature.
    """
    found = next((kind for offset, magic, kind in _SIGNATURES if payload.startswith(magic, offset)), "")
    found = found or _tell_container(payload, name)
    # Some scanners write bytes before the header (ISO 32000-1, annex H).
    if not found and b"%PDF-" in payload[:1024]:
        return "application/pdf"
    if found:
        return found
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    is_unknown = declared in {"", "application/octet-stream"}
    if payload and (_SIGNED.fullmatch(declared) if not is_unknown else suffix in _SUFFIX_TYPES):
        return _tell_misnamed(payload, declared, suffix)
    is_unbelievable = not declared or declared.startswith(("image/", "application/pdf", "multipart/"))
    return "application/octet-stream" if is_unbelievable else declared


def _tell_misnamed(payload: bytes, declared: str, suffix: str) -> str:
    """Return the type of a file that should have a signature and has none: words, or else what its suffix promises.

    Web programs call an HTML table, or words with tabs between them, .xls, and browsers declare every .csv as
    application/vnd.ms-excel.
    """
    start = payload[:_LOOKED_AT]
    is_wide = start.startswith(_WIDE_MARKS)
    if suffix not in _MISNAMED or (not is_wide and _CONTROLS.search(start)):
        return _SUFFIX_TYPES.get(suffix) or declared or "application/octet-stream"
    plain = (start.replace(b"\x00", b"")[2:] if is_wide else start.removeprefix(b"\xef\xbb\xbf")).lstrip()
    if plain[:13].lower() == b"mime-version:":
        return "message/rfc822"  # a web page with its pictures, saved by Word as .doc
    if plain.startswith(b"<"):
        return "text/xml" if plain.startswith(b"<?xml") and not _PAGE.search(plain) else "text/html"
    return _UNSIGNED_SUFFIXES.get(suffix, "text/plain")


def _tell_container(payload: bytes, name: str) -> str:
    """Return the type of the formats that share a container or whose mark needs more than one look, or ''."""
    if payload.startswith(_ZIP_MARKS):
        return _tell_zip(payload)
    if payload.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(name.rpartition(".")[2].lower(), "application/x-ole-storage")
    if payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "image/webp"
    if payload[4:8] == b"ftyp":
        return _BRANDS.get(payload[8:12], "video/mp4")
    if payload[:2] == b"BM" and len(payload) > 26 and payload[6:10] == bytes(4):
        return "image/bmp"
    return ""


def _tell_zip(payload: bytes) -> str:
    # Names stand in the local headers near the start and in the directory at the end.
    ends = payload[:4096] + payload[-4096:]
    return next((media_type for mark, media_type in _OFFICE if mark in ends), "application/zip")

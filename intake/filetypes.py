"""The type of a file by its first bytes: a name may say anything."""

from __future__ import annotations

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
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
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
SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/bmp": "bmp",
    "image/tiff": "tif",
    "image/heic": "heic",
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


def tell_media_type(payload: bytes, declared: str = "", name: str = "") -> str:
    """Return a file's media type by its first bytes; what has no signature keeps the declared type.

    ``name`` only tells apart the old Office formats, which share one container. A declared picture
    type is never believed without its signature.
    """
    found = next((kind for offset, magic, kind in _SIGNATURES if payload.startswith(magic, offset)), "")
    found = found or _tell_container(payload, name)
    # Some scanners write bytes before the header (ISO 32000-1, annex H).
    if not found and b"%PDF-" in payload[:1024]:
        return "application/pdf"
    if found:
        return found
    is_unbelievable = not declared or declared.startswith(("image/", "application/pdf", "multipart/"))
    return "application/octet-stream" if is_unbelievable else declared


def _tell_container(payload: bytes, name: str) -> str:
    """Return the type of the formats that share a container or whose mark needs more than one look, or ''."""
    if payload.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _tell_zip(payload)
    if payload.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(name.rpartition(".")[2].lower(), "application/x-ole-storage")
    if payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "image/webp"
    if payload[4:8] == b"ftyp":
        return "image/heic" if payload[8:12] in _HEIF_BRANDS else "video/mp4"
    if payload[:2] == b"BM" and len(payload) > 26 and payload[6:10] == bytes(4):
        return "image/bmp"
    return ""


def _tell_zip(payload: bytes) -> str:
    # Names stand in the local headers near the start and in the directory at the end.
    ends = payload[:4096] + payload[-4096:]
    return next((media_type for mark, media_type in _OFFICE if mark in ends), "application/zip")

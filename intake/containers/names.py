"""The names of files inside archives: charsets that nobody declared, paths that lead out, rubbish of file managers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from intake.containers.files import File
from intake.filetypes import SUFFIXES
from intake.headers import clean_file_name
from intake.plausible import is_plausible_chinese, share_of_level_one

MAX_RAW_NAME = 4096
_SURE_SHARE = 0.5  # as for raw header names: less is no Chinese
_RUBBISH = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_SEPARATOR = re.compile(r"[\\/]+")
_DRIVE = re.compile(r"^[A-Za-z]:")
_HAN = re.compile("[\u3400-\u9fff]")
_TELLING_HAN = 4


def decode_names(raws: Sequence[bytes]) -> list[str]:
    """Return the names of one archive as text: UTF-8, else the charset in which all of them look Chinese, else cp437.

    Judged together, because one name is too short for statistics.
    """
    undecided = [raw for raw in raws if _try_utf8(raw) is None]
    codec = _tell_codec(b"\n".join(undecided)[: 16 * MAX_RAW_NAME]) if undecided else "cp437"
    return [text if (text := _try_utf8(raw)) is not None else raw.decode(codec, "replace") for raw in raws]


def _try_utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _tell_codec(raw: bytes) -> str:
    share, codec = max((share_of_level_one(raw, codec), codec) for codec in ("gb18030", "big5hkscs"))
    if share >= _SURE_SHARE:
        return codec
    for codec in ("gb18030", "big5hkscs"):
        try:
            if is_plausible_chinese(raw.decode(codec)):
                return codec
        except UnicodeDecodeError:
            continue
    return "cp437"


def clean_member_name(path: str) -> str:
    """Return a member's name without anything that leads elsewhere; '' when nothing is left.

    Where the file's own name says little (正面.jpg, IMG_001.jpg), its folder stays in front of it, joined by the
    full-width ``／``: a folder 身份证 tells what 正面.jpg is, but 转出材料 must not colour 病历首页.jpg.
    """
    parts = [
        _DRIVE.sub("", part) for part in _SEPARATOR.split(path[-MAX_RAW_NAME:].replace("\x00", "")) if part.strip(" .")
    ]
    parts = [name for part in parts[-2:] if (name := clean_file_name(part))]
    if not parts:
        return ""
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    if len(parts) < 2 or len(_HAN.findall(stem)) >= _TELLING_HAN:
        return parts[-1]
    return f"{parts[0][:40]}／{parts[-1]}"


def is_rubbish(path: str) -> bool:
    """Return whether a file manager wrote this entry: folders, the shadows of a Mac, thumbnails."""
    parts = [part for part in _SEPARATOR.split(path) if part]
    if not parts or path.endswith(("/", "\\")):
        return True
    last = parts[-1].lower()
    return "__MACOSX" in parts or last in _RUBBISH or last.startswith("._")


def name_unnamed(files: Iterable[File]) -> tuple[File, ...]:
    """Return the files with a name for those that have none."""
    return tuple(
        file
        if file.name
        else File(f"文件{number}.{SUFFIXES.get(file.media_type, 'bin')}", file.media_type, file.data, file.charset)
        for number, file in enumerate(files, start=1)
    )

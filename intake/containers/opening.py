"""The one way into a file: its text, the files in it and theirs, within the limits, whatever its bytes are."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable

from domain.mail import Unopened
from intake.charsets import decode_text
from intake.containers.enclosed import open_mail
from intake.containers.filekinds import DOC, DOCX, IWORK, ODF, OFD, SPLIT, XLS, XLSX, tell_file_type
from intake.containers.files import Contents, File, Member, Opened, OpeningError
from intake.containers.limits import Budget, Limits
from intake.containers.ofd import open_ofd
from intake.containers.office import open_docx, open_xlsx
from intake.containers.oldoffice import open_ole
from intake.containers.rars import open_rar, refuse_enclosed_rar
from intake.containers.sevenzip import open_7z
from intake.containers.tars import COMPRESSED, open_compressed, open_tar
from intake.containers.tnef import open_tnef
from intake.containers.zipdirectory import SPLIT_WORDS
from intake.containers.zips import open_zip
from intake.htmltext import html_to_text
from intake.textlayer import MAX_TEXT_CHARS, read_pdf_text, read_plain_text, tidy_text

RAR = "application/vnd.rar"


def _refuse_piece(_data: bytes, _budget: Budget) -> Contents:
    raise OpeningError(Unopened.UNSUPPORTED, SPLIT_WORDS)


_HOLDERS: dict[str, Callable[[bytes, Budget], Contents]] = {
    "application/zip": open_zip,
    "application/x-7z-compressed": open_7z,
    "application/x-tar": open_tar,
    "application/ms-tnef": open_tnef,
    "message/rfc822": open_mail,
    RAR: open_rar,
}
"""What holds files of any kind, and counts as a level of depth."""

_DOCUMENTS: dict[str, Callable[[bytes, Budget], Contents]] = {
    DOCX: open_docx,
    XLSX: open_xlsx,
    OFD: open_ofd,
    SPLIT: _refuse_piece,
}
"""What holds words and pictures: the pictures are not looked into, so a document may stand at any depth. And what is
told without a look inside."""

_OLE = frozenset({DOC, XLS, "application/x-ole-storage", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNREAD: tuple[tuple[str | tuple[str, ...], str], ...] = (
    (ODF, "OpenDocument 文稿，系统无法读取"),
    ((f"{IWORK}pages", f"{IWORK}numbers", f"{IWORK}keynote"), "苹果 Pages、Numbers 或 Keynote 文稿，系统无法读取"),
)
_PDF = "application/pdf"
# SpreadsheetML 2003 and WordprocessingML 2003 start with their properties: names of authors, styles.
_OFFICE_XML = re.compile(rb"mso-application|urn:schemas-microsoft-com:office|microsoft\.com/office/word/2003")
_LOOKED_AT = 1024
_XML_CONTENT = re.compile(r"<(?:\w+:)?(?:Worksheet|body)\b")
_XML_LINE_END = re.compile(r"</(?:ss:)?Row>|</w:p>")
_XML_CELL_END = re.compile(r"</(?:ss:)?Cell>|<w:tab/>")
_LIBRARIES: dict[str, tuple[str, ...]] = {
    _PDF: ("pypdfium2",),
    "application/x-7z-compressed": ("py7zr", "psutil"),
    DOCX: ("docx",),
    XLSX: ("openpyxl",),
    OFD: (),
    SPLIT: (),
    **dict.fromkeys(_OLE, ("xlrd",)),
}
"""What reading a format takes; what may hold files of any format takes them all."""


def open_file(file: File, limits: Limits = Limits()) -> Opened:  # noqa: B008 - frozen
    """Return what a file says and holds. Never raises, whatever its bytes are.

    A picture is empty: nothing was wrong with it, and looking at it is not done here. Meant for a forked worker; a RAR
    goes through ``unpack_outside_sandbox`` first.
    """
    return _open(file, Budget(limits), depth=0)


def opens_outside_sandbox(media_type: str) -> bool:
    """Return whether a file needs another program (RAR: ``unar``), which the sandbox does not let start."""
    return media_type == RAR


def unpack_outside_sandbox(file: File, limits: Limits = Limits()) -> Opened:  # noqa: B008 - frozen
    """Return the files of a RAR with nothing in them opened: give the result to ``open_members`` in the sandbox.

    Never raises.
    """
    contents = _read(file, Budget(limits), open_rar)
    members = tuple(Member(held, Opened()) for held in contents.files)
    return Opened(contents.text, members, contents.unopened, contents.defects)


def open_members(unpacked: Opened, limits: Limits = Limits()) -> Opened:  # noqa: B008 - frozen
    """Return an unpacked archive with its members opened, counted as if it had been opened in one go. Never raises."""
    budget = Budget(limits, members=len(unpacked.members), bytes_taken=sum(len(m.file.data) for m in unpacked.members))
    members = tuple(Member(m.file, _open(m.file, budget, depth=1)) for m in unpacked.members)
    return Opened(unpacked.text, members, unpacked.unopened, unpacked.defects)


def holds_something(media_type: str) -> bool:
    """Return whether words or files may be found in a file of this type; not so in pictures, sound, programs."""
    return (
        media_type == _PDF
        or media_type in COMPRESSED
        or any(media_type in kinds for kinds in (_HOLDERS, _DOCUMENTS, _OLE))
    )


def is_text(media_type: str) -> bool:
    """Return whether a file is nothing but words, which needs no parser of a foreign format."""
    return media_type in _HTML or (media_type.startswith("text/") and media_type != "text/rtf")


def load_libraries(media_types: Iterable[str] = ("*",)) -> None:
    """Import the libraries that opening files of these types may need: in the parent, or each worker would again.

    All together take 0.5 s of CPU and 24 MB.
    """
    every = [name for names in _LIBRARIES.values() for name in names]
    for media_type in media_types:
        for name in _LIBRARIES.get(media_type, every):
            importlib.import_module(name)


def _open(file: File, budget: Budget, *, depth: int) -> Opened:
    kind = tell_file_type(file.data, file.media_type, name=file.name)
    if kind in _HOLDERS or kind in COMPRESSED:
        if depth >= budget.limits.max_depth:
            return Opened(unopened=Unopened.TOO_DEEP, defects=(f"嵌套超过 {budget.limits.max_depth} 层，未打开",))
        if kind in COMPRESSED:
            contents = _read(file, budget, lambda d, b: open_compressed(d, b, name=file.name, media_type=kind))
        else:
            contents = _read(file, budget, refuse_enclosed_rar if kind == RAR and depth else _HOLDERS[kind])
        members = tuple(Member(held, _open(held, budget, depth=depth + 1)) for held in contents.files)
    elif kind in _OLE:
        contents = _read(file, budget, lambda d, b: open_ole(d, b, media_type=kind))
        members = tuple(Member(held, Opened()) for held in contents.files)
    elif kind in _DOCUMENTS:
        contents = _read(file, budget, _DOCUMENTS[kind])
        members = tuple(Member(held, Opened()) for held in contents.files)
    else:
        contents = _read(file, budget, lambda d, _: _read_leaf(d, kind, file.charset))
        members = ()
    return Opened(contents.text, members, contents.unopened, contents.defects)


def _read(file: File, budget: Budget, reader: Callable[[bytes, Budget], Contents]) -> Contents:
    """Return what a reader finds. This is the loop body of one file: whatever a parser raises ends here."""
    if not file.data:
        return Contents(unopened=Unopened.DAMAGED, defects=("文件是空的",))
    try:
        return reader(file.data, budget)
    except OpeningError as error:
        return Contents(unopened=error.reason, defects=(str(error),))
    except MemoryError:
        return Contents(unopened=Unopened.TOO_LARGE, defects=("打开文件所需内存过大",))
    except Exception:  # noqa: BLE001 - foreign parsers raise anything on broken bytes
        return Contents(unopened=Unopened.DAMAGED, defects=("文件无法读取",))


def _read_leaf(data: bytes, kind: str, charset: str) -> Contents:
    if kind == _PDF:
        return _read_pdf(data)
    if kind in _HTML:
        source, defect = decode_text(data[: 20 * MAX_TEXT_CHARS], charset, is_html=True)
        text = tidy_text(html_to_text(source))[:MAX_TEXT_CHARS]
    elif is_text(kind):
        if kind == "text/xml" and _OFFICE_XML.search(data, 0, _LOOKED_AT):
            return _read_office_xml(data, charset)
        text, defect = read_plain_text(data, charset)
    elif kind.startswith("image/"):
        return Contents()
    else:
        words = next((words for prefix, words in _UNREAD if kind.startswith(prefix)), "这种文件系统无法读取")
        return Contents(unopened=Unopened.UNSUPPORTED, defects=(words,))
    return Contents(text=text, defects=(defect,) if defect else ())


def _read_office_xml(data: bytes, charset: str) -> Contents:
    """Return the words of a workbook or letter that Office 2003 saved as one XML file: rows and paragraphs as lines."""
    source, defect = decode_text(data[: 20 * MAX_TEXT_CHARS], charset)
    content = _XML_CONTENT.search(source)
    source = _XML_CELL_END.sub(" ", _XML_LINE_END.sub("<br>", source[content.start() if content else 0 :]))
    return Contents(text=tidy_text(html_to_text(source))[:MAX_TEXT_CHARS], defects=(defect,) if defect else ())


def _read_pdf(data: bytes) -> Contents:
    text, defect = read_pdf_text(data)
    reasons = (("加密", Unopened.ENCRYPTED), ("损坏", Unopened.DAMAGED), ("MB", Unopened.TOO_LARGE))
    reason = next((reason for word, reason in reasons if word in defect), None)
    return Contents(text=text, unopened=reason, defects=(defect,) if defect else ())

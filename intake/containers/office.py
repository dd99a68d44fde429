"""The words and the pictures of docx and xlsx."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from domain.mail import Unopened
from intake.containers.files import Contents, File
from intake.containers.limits import Budget
from intake.containers.packages import Package, read_package
from intake.containers.silence import silence
from intake.filetypes import SUFFIXES, tell_media_type
from intake.textlayer import MAX_TEXT_CHARS, tidy_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_STYLES = "xl/styles.xml"
_MAX_STYLES_BYTES = 2**20
_NUMBER = re.compile(r"(\d+)")


def open_docx(data: bytes, budget: Budget) -> Contents:
    """Return the words (tables and text boxes included) and the pictures of a docx, both in the order of the document.

    Raises: OpeningError when it is encrypted, hostile or over the limits.
    """
    # Imported late: 200 ms with lxml, and most mails hold photographs.
    import docx

    package = read_package(data, budget)
    try:
        with silence():
            document = docx.Document(package.repack())
            body: Any = document.element.body
            text = "\n".join(_read_paragraphs(body))
            shown = list(_find_shown(body, document.part))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - python-docx raises anything over what it does not expect
        return _give_unread(package, budget, folder="word/media/")
    files, defects = take_pictures(package, budget, folder="word/media/", shown=shown)
    return Contents(files, finish_text(text), defects=defects)


def _give_unread(package: Package, budget: Budget, *, folder: str, text: str = "") -> Contents:
    """Return the pictures of a document whose words the library did not find, or not all of them.

    A package that was read whole is sound, whatever the library thinks of it (xlsb, ISO 29500 Strict): UNSUPPORTED.
    """
    files, defects = take_pictures(package, budget, folder=folder)
    if package.defects:
        return Contents(files, text, unopened=Unopened.DAMAGED, defects=defects)
    return Contents(
        files, text, unopened=Unopened.UNSUPPORTED, defects=(*defects, "文档是少见的格式，系统无法读取其中的文字")
    )


def _read_paragraphs(body: Any) -> Iterator[str]:
    size = 0
    for paragraph in islice(body.iter(f"{_W}p"), MAX_TEXT_CHARS):
        # A text box is written twice, the second time for old programs.
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        nodes = islice(paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"), MAX_TEXT_CHARS)
        # The paragraphs of a text box stand inside the paragraph that holds it: each says only its own words.
        line = "".join(_show_run(node) for node in nodes if next(node.iterancestors(f"{_W}p")) is paragraph)
        size += len(line)
        yield line
        if size > MAX_TEXT_CHARS:
            return


def _show_run(node: Any) -> str:
    if node.tag == f"{_W}t":
        return str(node.text or "")
    return "\t" if node.tag == f"{_W}tab" else "\n"


def _find_shown(body: Any, part: Any) -> Iterator[str]:
    """Yield the names of the parts that are shown as pictures, in the order of the document."""
    for node in body.iter(*_PICTURES):
        relation = part.rels.get(node.get(f"{_R}embed") or node.get(f"{_R}id") or "")
        if relation is not None and not relation.is_external:
            yield str(relation.target_part.partname).lstrip("/")


def take_pictures(
    package: Package, budget: Budget, *, folder: str, shown: Iterable[str] = ()
) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Return a document's pictures, those that are shown first, and the package's defects.

    Their bytes are already counted. What is no picture by its first bytes (drawings in WMF) is left out.
    """
    others = sorted((name for name in package.parts if name.startswith(folder)), key=_natural)
    names = [name for name in dict.fromkeys((*shown, *others)) if name in package.parts]
    files: list[File] = []
    for name in names:
        data = package.parts[name]
        kind = tell_media_type(data)
        if kind.startswith("image/"):
            files.append(File(f"图片{len(files) + 1}.{SUFFIXES.get(kind, 'img')}", kind, data))
    defects = package.defects
    if len(files) > budget.members_left:
        defects = (*defects, f"文档内有 {len(files)} 张图片，只取出前 {budget.members_left} 张")
        files = files[: budget.members_left]
    budget.take_members(len(files))
    return tuple(files), defects


def _natural(name: str) -> tuple[str | int, ...]:
    # Every other piece is a number, so that image10 comes behind image9.
    return tuple(int(p) if index % 2 else p for index, p in enumerate(_NUMBER.split(posixpath.basename(name)[-100:])))


def open_xlsx(data: bytes, budget: Budget) -> Contents:
    """Return the cells of an xlsx, a page for each sheet under its title, and its pictures.

    Raises: OpeningError when it is encrypted, hostile or over the limits.
    """
    import openpyxl  # type: ignore[import-untyped]

    package = read_package(data, budget)
    cells = Cells(budget.limits.max_cells)
    # Styles only tell dates from numbers; 18 MB of them cost openpyxl 17 s and 310 MB.
    skipped = _STYLES if len(package.parts.get(_STYLES, b"")) > _MAX_STYLES_BYTES else ""
    try:
        with silence():
            has_sheets = _read_sheets(openpyxl, package.repack(skipped=skipped), cells)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises anything over what it does not expect
        has_sheets = False
    if not has_sheets:
        # Of a Strict workbook openpyxl says that it has no sheets.
        return _give_unread(package, budget, folder="xl/media/", text=cells.text())
    files, defects = take_pictures(package, budget, folder="xl/media/")
    return Contents(files, cells.text(), defects=(*defects, *cells.defects()))


def _read_sheets(openpyxl: Any, stream: IO[bytes], cells: Cells) -> bool:
    """Add the rows of all sheets and return whether there is a sheet."""
    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        cells.start_sheet(sheet.title)
        # The declared dimension may promise 16,384 columns in each of a million rows.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            if not cells.add_row(row):
                break
    book.close()
    return bool(book.worksheets)


class Cells:
    """The text of a workbook while its rows come, up to a number of cells."""

    def __init__(self, max_cells: int) -> None:
        self._left = max_cells
        self._size = 0
        self._sheets: list[list[str]] = []
        self._is_cut = False

    def start_sheet(self, title: str) -> None:
        """Begin a page."""
        self._sheets.append([title])

    def add_row(self, row: Iterable[object]) -> bool:
        """Add a row; return whether more may come."""
        values = list(row)
        self._left -= max(1, len(values))
        words = [word for value in values if (word := show_value(value))]
        if words:
            self._sheets[-1].append("\t".join(words))
            self._size += sum(map(len, words))
        self._is_cut = self._is_cut or self._left <= 0
        return self._left > 0 and self._size <= MAX_TEXT_CHARS

    def text(self) -> str:
        """Return all sheets that hold something, a form feed between them."""
        return finish_text("\f".join("\n".join(sheet) for sheet in self._sheets if len(sheet) > 1))

    def defects(self) -> tuple[str, ...]:
        """Return in words whether the workbook was too large to read whole."""
        return ("表格过大，只读取开头",) if self._is_cut else ()


def show_value(value: object) -> str:
    """Return a cell's value as people see it: whole numbers without a point, days without midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()


def finish_text(text: str) -> str:
    """Return a document's text in plain lines, at most 20,000 characters."""
    return tidy_text(text).strip("\n")[:MAX_TEXT_CHARS]

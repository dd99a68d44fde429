"""The words and pictures of OFD (GB/T 33190-2016), the format of electronic invoices and certificates: zip and XML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree as ET

from domain.mail import Unopened
from intake.containers.files import Contents, OpeningError
from intake.containers.limits import Budget
from intake.containers.office import finish_text, take_pictures
from intake.containers.packages import Package, read_package
from intake.textlayer import MAX_PDF_PAGES, MAX_TEXT_CHARS

_MAX_DOCUMENTS = 10
_LINE_MM = 2.0  # text objects whose tops differ by less stand in one line


@dataclass(frozen=True, slots=True)
class _Words:
    top: float
    left: float
    text: str


def open_ofd(data: bytes, budget: Budget) -> Contents:
    """Return the words of an OFD, a page after the other with a form feed between, and its pictures.

    Raises: OpeningError when it is encrypted, hostile, over the limits or no OFD inside.
    """
    package = read_package(data, budget)
    if any(posixpath.basename(name).lower() == "encryptions.xml" for name in package.parts):
        raise OpeningError(Unopened.ENCRYPTED, "OFD 文档已加密")
    places = _list_pages(package)
    pages: list[str] = []
    for page in places[:MAX_PDF_PAGES]:
        pages.append(_lay_out(_read_page(package, page)))
        if sum(map(len, pages)) > MAX_TEXT_CHARS:
            break
    files, defects = take_pictures(package, budget, folder="")
    if len(places) > MAX_PDF_PAGES:
        defects = (*defects, f"OFD 共 {len(places)} 页，只读取前 {MAX_PDF_PAGES} 页")
    if not places:
        raise OpeningError(Unopened.DAMAGED, "OFD 已损坏，没有页面")
    return Contents(files, finish_text("\f".join(pages)), defects=defects)


@dataclass(frozen=True, slots=True)
class _Page:
    path: str
    templates: Mapping[str, str]


def _list_pages(package: Package) -> list[_Page]:
    """Return where each page's content stands, in order, and the templates (the printed form) it may use."""
    pages: list[_Page] = []
    for root in islice(_find_all(_parse(package, "OFD.xml"), "DocRoot"), _MAX_DOCUMENTS):
        path = _resolve("", root.text or "")
        document = _parse(package, path)
        folder = posixpath.dirname(path)
        templates = {
            template.get("ID", ""): _resolve(folder, template.get("BaseLoc", ""))
            for template in _find_all(document, "TemplatePage")
        }
        for group in islice(_find_all(document, "Pages"), 1):
            pages += [_Page(_resolve(folder, p.get("BaseLoc", "")), templates) for p in _find_all(group, "Page")]
    return pages


def _read_page(package: Package, page: _Page) -> list[_Words]:
    """Return the words of a page: those of its templates, then its own; a page that is missing has none."""
    if page.path not in package.parts:
        return []
    content = _parse(package, page.path)
    used = (page.templates.get(t.get("TemplateID", ""), "") for t in _find_all(content, "Template"))
    sources = [_parse(package, name) for name in dict.fromkeys(used) if name in package.parts]
    return [words for source in (*sources, content) for words in _read_words(source)]


def _read_words(page: ET.Element) -> Iterator[_Words]:
    for thing in _find_all(page, "TextObject"):
        text = "".join(code.text or "" for code in _find_all(thing, "TextCode"))
        if text.strip():
            try:
                left, top = (float(number) for number in thing.get("Boundary", "").split()[:2])
            except ValueError:
                left, top = 0.0, 0.0
            yield _Words(top, left, text.strip())


def _lay_out(words: list[_Words]) -> str:
    """Return a page's words as lines: they are stored in the order of drawing, labels apart from values."""
    lines: list[list[_Words]] = []
    for word in sorted(words, key=lambda w: w.top):
        if not lines or word.top - lines[-1][0].top >= _LINE_MM:
            lines.append([])
        lines[-1].append(word)
    return "\n".join(" ".join(w.text for w in sorted(line, key=lambda w: w.left)) for line in lines)


def _parse(package: Package, path: str) -> ET.Element:
    if path not in package.parts:
        raise OpeningError(Unopened.DAMAGED, "OFD 已损坏，缺少组成部分")
    try:
        return ET.fromstring(package.parts[path])  # noqa: S314 - screened: no DTD, no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise OpeningError(Unopened.DAMAGED, "OFD 已损坏") from error


def _find_all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    # Writers disagree about the name space (http and https, with and without a prefix).
    return (e for e in element.iter() if e.tag.rpartition("}")[2] == name)


def _resolve(folder: str, location: str) -> str:
    location = location.strip()
    path = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath(path).lstrip("/")

"""Papers as the pictures show them: what was seen outweighs whatever a file is called.

A file's name and the letter's list remain where nothing could look (a .doc, a picture beyond the time limit). Where a
picture was looked at they are a hint only: told in the evidence, and used to say what an unreadable photograph was
meant to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.catalogue import DocumentKind
from domain.mail import Attachment, Message
from domain.papers import Paper, Source
from intake.enclosures import TINY_PICTURE_BYTES, find_paper_files
from intake.papers.fields import Field, read_fields
from intake.papers.handwriting import WRITTEN_SHARE
from intake.papers.kinds import Shown, find_kinds
from intake.papers.legibility import Flaw
from intake.papers.lines import lay_out
from intake.papers.looking import Sight
from intake.papers.named import recognise_papers
from intake.papers.scores import Refused
from intake.papers.seals import Sealed
from intake.papers.words import squeeze
from intake.textlayer import SCAN_CHARS

LEAST_TRUST = 0.8
"""A field of a lower confidence is not put on a paper: a digit read wrong would accuse an honest person."""

_PDF = "application/pdf"
_FLAWS: Mapping[Flaw, str] = {
    Flaw.DARK: "拍得太暗，字看不清",
    Flaw.BLURRED: "拍得模糊，字看不清",
    Flaw.SMALL: "拍得太远，字太小，看不清",
    Flaw.GLARE: "有反光，一部分字看不清",
    Flaw.CUT: "没有拍全，一部分在画面外",
    Flaw.NO_DOCUMENT: "上面看不到证件或材料",
}

_SEALED: Mapping[Sealed | None, str] = {Sealed.YES: "有红色公章", Sealed.UNKNOWN: "黑白图片，看不出有没有公章"}


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at one file: its pages, or why it cannot be opened (``closed``, words for the citizen).

    Neither: the look was broken off, and a person must look.
    """

    sights: tuple[Sight, ...] = ()
    closed: str = ""


def tell_flaw(flaw: Flaw) -> str:
    """Return a flaw in words that fit behind 这张照片."""
    return _FLAWS[flaw]


def find_pictures(message: Message) -> tuple[Attachment, ...]:
    """Return the files to look at: photographs, scanned PDFs, and the pictures in documents; each content once.

    A PDF whose pages all carry text is read as text and is not among them.
    """
    papers = {a.index for a in find_paper_files(message)}
    found: dict[str, Attachment] = {}
    for attachment in message.attachments:
        if attachment.unopened is not None or not attachment.size_bytes:
            continue
        is_part = attachment.container is not None and attachment.size_bytes >= TINY_PICTURE_BYTES
        is_picture = attachment.media_type.startswith("image/") and (attachment.index in papers or is_part)
        if is_picture or (attachment.media_type == _PDF and _has_scans(attachment)):
            found.setdefault(attachment.sha256, attachment)
    return tuple(found.values())


def recognise_seen(message: Message, kinds: Mapping[str, DocumentKind], looks: Mapping[str, Look]) -> tuple[Paper, ...]:
    """Return the papers of a message, in the order of its files; those that lie in documents stand last.

    ``looks`` has what came of looking at a file, by its SHA-256; a file that is not there is told by its name, as
    ``recognise_papers`` does. A file that was looked at gives a paper for each kind that is seen on it; where nothing
    is recognised one of kind '' that is legible - a person should look - or that says why it is not.
    """
    named = tuple(_add_fields(recognise_papers(message, kinds), message, kinds))
    if not looks:
        return named
    by_file: dict[tuple[str, str], list[Paper]] = {}
    for paper in named:
        by_file.setdefault((paper.attachment, paper.sha256), []).append(paper)
    parts, holders = _judge_parts(message, looks, {sha256 for _, sha256 in by_file}, kinds)
    files = {(a.name, a.sha256): a for a in message.attachments}
    which = _tell_which(message)
    papers: list[Paper] = []
    judged: set[str] = set()
    for at, hints in by_file.items():
        look = looks.get(files[at].sha256)
        if look is None:
            # A document whose pictures show papers is no paper by its name alone.
            papers += [hint for hint in hints if at not in holders or hint.source is Source.TEXT_LAYER or hint.problem]
        elif files[at].sha256 in judged and all(hint.problem for hint in hints):
            papers += hints  # the same photograph under another paper's name: that is told
        else:
            papers += _judge_file(files[at], look, hints, kinds=kinds, which=which.get(files[at].sha256, "照片"))
            judged.add(files[at].sha256)
    return (*papers, *parts)


def _has_scans(attachment: Attachment) -> bool:
    return any(len(squeeze(page)) < SCAN_CHARS for page in attachment.text.split("\f"))


def _tell_which(message: Message) -> dict[str, str]:
    """Return how to name each file to its sender, by its SHA-256: photographs by their place when there are several."""
    files = find_paper_files(message)
    photos = [a.sha256 for a in files if a.media_type.startswith("image/")]
    which = {a.sha256: "扫描件" for a in files if a.media_type == _PDF}
    for number, sha256 in enumerate(photos, 1):
        which.setdefault(sha256, f"第{number}张照片" if len(photos) > 1 else "照片")
    return which


def _judge_file(
    attachment: Attachment, look: Look, hints: Sequence[Paper], *, kinds: Mapping[str, DocumentKind], which: str
) -> list[Paper]:
    printed = [hint for hint in hints if hint.source is Source.TEXT_LAYER]
    hints = [hint for hint in hints if hint.source is not Source.TEXT_LAYER]
    said = _say_hint(hints, kinds)
    first = Paper(attachment.name, attachment.sha256, 1, "", Source.PICTURE, 0.0)
    if look.closed:
        return [replace(first, kind=_only_kind(hints), is_legible=False, problem=look.closed, evidence=said)]
    if not look.sights:
        return [replace(first, source=Source.NONE, evidence=("系统未能看完这个文件，请人工查看", *said))]
    texts = _find_texts(attachment)
    papers: list[Paper] = []
    for sight in look.sights:
        page = f"{which}第{sight.number}页" if len(look.sights) > 1 else which
        if sight.flaw is Flaw.NO_DOCUMENT and len(look.sights) > 1:
            continue  # a blank page among others
        source = Source.TEXT_LAYER if sight.number in texts else Source.PICTURE
        judged = list(_judge_sight(replace(first, source=source), sight, hints, kinds, which=page))
        is_known = any(paper.kind for paper in judged)
        papers += judged if is_known else [p for p in printed if p.page == sight.number] or judged
    if len(look.sights) > 1 and any(paper.counts for paper in papers):
        # The further pages of a paper have no title of their own, and speak of other papers.
        papers = [paper for paper in papers if paper.kind or paper.is_legible is False]
    if papers:
        return papers
    if all(sight.flaw is Flaw.NO_DOCUMENT for sight in look.sights):
        problem = f"{which}{_FLAWS[Flaw.NO_DOCUMENT]}"
        return [replace(first, kind=_only_kind(hints), is_legible=False, problem=problem, evidence=said)]
    return [replace(first, is_legible=True, evidence=("看得清，但没有认出是哪种材料", *said))]


def _judge_sight(
    first: Paper, sight: Sight, hints: Sequence[Paper], kinds: Mapping[str, DocumentKind], *, which: str
) -> Iterator[Paper]:
    """Yield a paper for each kind seen on a page, or the reason why the page does not count; nothing where none is."""
    shown = find_kinds(sight.page, kinds)
    known = [one for one in shown if one.code]
    here = replace(first, page=sight.number)
    if sight.flaw is not None:
        # What is not recognised is what it is said to be.
        codes = dict.fromkeys(_settle_alike(one.code, hints) for one in known) or (_only_kind(hints),)
        for code in codes:
            problem = f"{which}{_FLAWS[sight.flaw]}"
            yield replace(here, kind=code, is_legible=False, problem=problem, evidence=_say_hint(hints, kinds))
        return
    by = "依据图片内容" if first.source is Source.PICTURE else "依据文件里的文字"
    for one in known:
        code = _settle_alike(one.code, hints)
        evidence = tuple(f"第{sight.number}页{words}" if sight.number > 1 else words for words in one.evidence)
        lacks_seal = kinds[code].sealed and sight.sealed is Sealed.NO
        yield replace(
            here,
            kind=code,
            confidence=one.confidence,
            evidence=(by, *evidence, *_tell_marks(kinds[code], sight)),
            is_legible=True,
            problem=f"没有看到公章，{kinds[code].title}须加盖公章" if lacks_seal else "",
            fields=_trust(read_fields(one, sight.page)),
        )
    if not known and shown:
        problem = _say_refused([refused for one in shown for refused in one.refused], hints, kinds)
        yield replace(here, is_legible=True, confidence=0.6, problem=problem, evidence=(by,))


def _tell_marks(kind: DocumentKind, sight: Sight) -> Iterator[str]:
    """Yield what a clerk should know of seal and handwriting; handwriting is told too roughly to refuse anything."""
    if kind.sealed and sight.sealed in _SEALED:
        yield _SEALED[sight.sealed]
    if kind.handwritten and sight.written is not None and sight.written < WRITTEN_SHARE:
        yield "看起来像是打印的，请留意是否手写"


def _judge_parts(
    message: Message, looks: Mapping[str, Look], seen: set[str], kinds: Mapping[str, DocumentKind]
) -> tuple[list[Paper], set[tuple[str, str]]]:
    """Return the papers that are pictures in documents, and those documents (name, SHA-256).

    What is not recognised there is decoration.
    """
    holders = {a.index: a for a in message.attachments}
    papers: list[Paper] = []
    found: set[tuple[str, str]] = set()
    for attachment in message.attachments:
        look = looks.get(attachment.sha256)
        if look is None or attachment.sha256 in seen or attachment.container is None:
            continue
        seen.add(attachment.sha256)
        holder = holders[attachment.container]
        for paper in _judge_file(attachment, look, (), kinds=kinds, which="里面的图片"):
            if paper.kind:
                evidence = (f"“{holder.name}”里的图片", *paper.evidence)
                papers.append(replace(paper, attachment=holder.name, evidence=evidence))
                found.add((holder.name, holder.sha256))
    return papers, found


def _find_texts(attachment: Attachment) -> frozenset[int]:
    """Return which pages carry their words as text, from 1."""
    pages = attachment.text.split("\f")
    return frozenset(number for number, text in enumerate(pages, 1) if len(squeeze(text)) >= SCAN_CHARS)


def _only_kind(hints: Sequence[Paper]) -> str:
    """Return the kind that a file is said to be, '' when nothing or more than one is said."""
    said = {hint.kind for hint in hints if hint.kind}
    return said.pop() if len(said) == 1 else ""


def _say_hint(hints: Sequence[Paper], kinds: Mapping[str, DocumentKind]) -> tuple[str, ...]:
    said = dict.fromkeys(kinds[hint.kind].title for hint in hints if hint.kind)
    return (f"文件名或来信说是{'、'.join(said)}",) if said else ()


def _say_refused(refused: Sequence[Refused], hints: Sequence[Paper], kinds: Mapping[str, DocumentKind]) -> str:
    """Return what a look-alike cannot replace: what it was sent as, else the first two kinds that it is taken for."""
    said = {hint.kind for hint in hints if hint.kind}
    if not refused[0].code:
        instead = f"不能代替{kinds[said.pop()].title}" if len(said) == 1 else "不是所要的材料"
        return f"看起来是“{refused[0].word}”，{instead}"
    meant = [one for one in refused if one.code in said]
    word = (meant or refused)[0].word
    codes = [one.code for one in meant or refused if one.word == word]
    titles = dict.fromkeys(kinds[code].title for code in codes if not code.endswith("-back") or len(codes) == 1)
    return f"“{word}”不能代替{'、'.join(list(titles)[:2])}"


def _settle_alike(code: str, hints: Sequence[Paper]) -> str:
    """A parent's page of the household book is printed like anybody's: there the sender's word decides."""
    parents = f"parent-{code}"
    return parents if any(hint.kind == parents for hint in hints) else code


def _trust(fields: Mapping[str, Field]) -> dict[str, str]:
    return {name: field.value for name, field in fields.items() if field.confidence >= LEAST_TRUST}


def _add_fields(papers: Sequence[Paper], message: Message, kinds: Mapping[str, DocumentKind]) -> Iterator[Paper]:
    """Yield the papers, those told by a text layer with the fields that stand in it."""
    texts = {(a.name, a.sha256): a.text.split("\f") for a in message.attachments}
    for paper in papers:
        pages = texts.get((paper.attachment, paper.sha256), [])
        if paper.source is not Source.TEXT_LAYER or not paper.kind or paper.page > len(pages):
            yield paper
            continue
        page = lay_out(pages[paper.page - 1])
        shown: Shown | None = next((one for one in find_kinds(page, kinds) if one.code == paper.kind), None)
        yield replace(paper, fields=_trust(read_fields(shown, page))) if shown else paper

"""From attachments to papers: until pictures are looked at, their kind comes from words, and the evidence says so.

The words are the catalogue's (``DocumentKind.names``, ``titles``, ``not_names``); the grammar of sides,
lists and camera names is here. One more attachment never makes fewer kinds of paper found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.catalogue import DocumentKind
from domain.files import ARCHIVES, MAIL
from domain.mail import Attachment, Message
from domain.papers import Paper, Source
from intake.containers.filekinds import DOCX, XLS, XLSX
from intake.enclosures import explain_closed, find_archives, find_paper_files, share_codes
from intake.papers.listed import Listed, assign_listed, find_listed
from intake.papers.words import Hit, Lexicon, build_lexicon, squeeze
from intake.textlayer import SCAN_CHARS

UNSEEN = "未查看图片内容"

_HEAD_CHARS = 60  # a title stands at the top of the page
_CARD_TITLE_CHARS = 8  # 中华人民共和国居民身份证, not 公民身份号码

_PICTURES = ("image/", "application/pdf", "application/ofd")
_DOCUMENTS = ("application/msword", "application/vnd.", "application/rtf", "application/x-ole-storage", "text/")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_BLANK_FORM = re.compile(r"模板|空白|空表|样表|范本|样本|填写说明")
_FRONT = re.compile(r"正面|人像|头像|照片面|相片面|(?<![a-z])a面|front|正(?![反式本式确常证])")
_BACK = re.compile(r"反面|背面|国徽|银行面|(?<![a-z])b面|back|反(?!映|馈)|背")
_BOTH = re.compile(r"正反|正背|双面|两面|二面|前后")
_NUMBERED = re.compile(r"(?<!\d)0?([12])(?!\d)")


@dataclass(frozen=True, slots=True)
class _Named:
    """What one attachment's own words say: papers, and whether it is still open to the letter's list."""

    attachment: Attachment
    papers: tuple[Paper, ...] = ()
    is_open: bool = False
    side: str = ""
    bare_sides: tuple[str, ...] = ()


def recognise_papers(message: Message, kinds: Mapping[str, DocumentKind]) -> tuple[Paper, ...]:
    """Return the papers that a message's attachments are, by words alone, in the order of the attachments.

    An attachment gives one paper or more (both sides in one picture, a name that two kinds share), one
    of kind '' when nothing tells. Logos (tiny inline pictures), archives and mails that were opened, and pictures in
    documents give none. ``is_legible`` is None throughout: nothing has looked at the pictures.
    """
    attachments = find_paper_files(message)
    if not attachments:
        return ()  # the letter's list is read only to tell files apart
    lexicon = build_lexicon(kinds)
    named = _refuse_copies([_read_attachment(a, lexicon) for a in attachments])
    named = _settle_sides(named, lexicon)
    for archive in find_archives(message):
        named = _take_archive_name(named, archive, lexicon)
    named = _take_listed(named, find_listed(message, lexicon), lexicon)
    return tuple(p for n in named for p in (n.papers or (_unknown(n.attachment),)))


def _read_attachment(attachment: Attachment, lexicon: Lexicon) -> _Named:
    # A mail's words speak of papers, they are none.
    papers = [] if attachment.media_type == MAIL else _read_text_layer(attachment, lexicon)
    # What the page says counts, not what the file is called: 参保凭证.pdf that holds a 缴费明细 is none.
    return _Named(attachment, tuple(papers)) if papers else _read_name(attachment, lexicon)


def _read_text_layer(attachment: Attachment, lexicon: Lexicon) -> list[Paper]:
    """Return a paper for each page whose printed title is known (PDF with text, plain text).

    A look-alike's title refuses the file only when it stands at the head of a page and no page shows better.
    """
    papers: list[Paper] = []
    refused: list[Paper] = []
    for page, text in enumerate(attachment.text.split("\f"), start=1):
        words = squeeze(text)
        hits = [h for h in lexicon.find_titles(words) if _is_title(h, lexicon)] if len(words) >= SCAN_CHARS else []
        if not hits:
            continue
        best = max(hits, key=lambda h: (len(h.word) * (3 if h.start < _HEAD_CHARS else 1), -h.start))
        if not best.codes:
            if best.start < _HEAD_CHARS:
                refused.append(_refused(attachment, best, lexicon, page=page, source=Source.TEXT_LAYER))
            continue
        confidence = 0.5 if attachment.media_type == "text/plain" else 0.85
        why = f"依据第{page}页文字“{best.word}”"
        papers += [
            _judge(attachment, code, lexicon, page=page, source=Source.TEXT_LAYER, confidence=confidence, why=why)
            for code in best.codes
        ]
    return papers or refused


def _is_title(hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a printed word is a title: 公民身份号码 stands on many papers, 病历号 on the paper itself."""
    if not hit.codes:
        return not hit.word.endswith(("号", "号码", "编号", "编码"))
    return len(hit.word) >= _CARD_TITLE_CHARS or not any(lexicon.kinds[c].side for c in hit.codes)


def _read_name(attachment: Attachment, lexicon: Lexicon) -> _Named:
    stem = _SUFFIX.sub("", attachment.name)
    words = squeeze(stem)
    hits = lexicon.find_names(words)
    codes = tuple(dict.fromkeys(code for h in hits for code in h.codes))
    denied = next((h for h in hits if not h.codes), None)
    if not codes:
        if denied is not None:
            return _Named(attachment, (_refused(attachment, denied, lexicon, page=1, source=Source.FILE_NAME),))
        side = _tell_side(words)
        return _Named(attachment, is_open=_may_hold_papers(attachment), side=side)
    bare = _find_bare(hits, words, lexicon)
    if bare and (side := _tell_side(words, digits_after=hits)):
        sided = tuple(c for c in bare if side in {"both", lexicon.kinds[c].side})
        codes = tuple(dict.fromkeys((*(c for c in codes if c not in bare), *sided)))
        bare = ()
    why = f"依据文件名“{attachment.name}”；{UNSEEN}"
    is_shared = any(len(h.codes) > 1 and not _is_pair(h.codes, lexicon) for h in hits)
    papers = tuple(
        _judge(
            attachment,
            code,
            lexicon,
            page=1,
            source=Source.FILE_NAME,
            confidence=0.5 if is_shared or code in bare else 0.7,
            why=why,
        )
        for code in codes
    )
    return _Named(attachment, papers, bare_sides=bare)


def _is_pair(codes: tuple[str, ...], lexicon: Lexicon) -> bool:
    return any(set(codes) <= set(lexicon.sides_of(c)) for c in codes)


def _find_bare(hits: Sequence[Hit], words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return both codes of a two-sided paper that is named without its side (身份证.jpg), or with both, else ()."""
    sided = [h for h in hits if h.codes and lexicon.sides_of(h.codes[0])]
    if len(sided) != 1 or len([h for h in hits if h.codes]) > 1 or len(sided[0].codes) != 1:
        return ()
    has_said_side = sided[0].word[-1].isdigit() or _tell_side(sided[0].word)
    # 身份证正面和反面.jpg says a second side behind the first.
    return () if has_said_side and _tell_side(words) != "both" else lexicon.sides_of(sided[0].codes[0])


def _tell_side(words: str, digits_after: Sequence[Hit] = ()) -> str:
    """Return front, back, both or '' by the side words of a squeezed name, or by 1 and 2 behind a paper's name."""
    if _BOTH.search(words):
        return "both"
    is_front, is_back = bool(_FRONT.search(words)), bool(_BACK.search(words))
    if is_front and is_back:
        return "both"
    if is_front or is_back:
        return "front" if is_front else "back"
    for hit in digits_after:
        match = _NUMBERED.match(words, hit.start + len(hit.word)) if hit.codes else None
        if match is not None:
            return "front" if match[1] == "1" else "back"
    return ""


def _settle_sides(named: list[_Named], lexicon: Lexicon) -> list[_Named]:
    """Give bare names their side: the first is the side that no other file shows, then the other, front first."""
    shown = {p.kind for n in named if not n.bare_sides for p in n.papers if p.counts}
    settled = []
    for one in named:
        if one.bare_sides and any(p.counts for p in one.papers):
            code = next((c for c in one.bare_sides if c not in shown), one.bare_sides[0])
            shown.add(code)
            why = f"依据文件名“{one.attachment.name}”；未注明哪一面，按顺序暂作{lexicon.kinds[code].title}；{UNSEEN}"
            papers = (
                _judge(one.attachment, code, lexicon, page=1, source=Source.FILE_NAME, confidence=0.4, why=why),
                *(p for p in one.papers if p.kind not in one.bare_sides),
            )
            settled.append(replace(one, papers=papers))
        else:
            settled.append(one)
    return settled


def _take_archive_name(named: list[_Named], archive: Attachment, lexicon: Lexicon) -> list[_Named]:
    """Give the nameless files of an archive (身份证.zip: 1.jpg, 2.jpg) what its own name says."""
    inside = [one for one in named if one.attachment.container == archive.index]
    nameless = [one for one in inside if one.is_open]
    found = _read_name(archive, lexicon)
    shown = {p.kind for one in inside for p in one.papers if p.counts}
    codes = [c for c in found.bare_sides or dict.fromkeys(p.kind for p in found.papers if p.kind) if c not in shown]
    if not nameless or not codes:
        return named
    if found.bare_sides and len(nameless) == 1:
        codes = codes[:1]  # as a single 身份证.jpg: the other side was not said to be there
    given = {
        id(one): tuple(
            _judge(
                one.attachment,
                code,
                lexicon,
                source=Source.FILE_NAME,
                confidence=0.4,
                why=f"依据压缩包名“{archive.name}”；{UNSEEN}",
            )
            for code in shared
        )
        for one, shared in zip(nameless, share_codes(codes, [one.side for one in nameless], lexicon), strict=True)
        if shared
    }
    return [_Named(one.attachment, given[id(one)]) if id(one) in given else one for one in named]


def _take_listed(named: list[_Named], listed: Sequence[Listed], lexicon: Lexicon) -> list[_Named]:
    """Give the attachments whose names say nothing (IMG_2020.jpg) the papers that the letter lists, in order."""
    shown = frozenset(p.kind for n in named for p in n.papers if p.counts)
    open_ones = [n for n in named if n.is_open]
    are_containers = [_is_container(n.attachment) for n in open_ones]
    taken = assign_listed([n.side for n in open_ones], are_containers, listed, shown=shown, lexicon=lexicon)
    given = {
        id(one): tuple(
            _judge(
                one.attachment,
                code,
                lexicon,
                source=Source.MAIL_TEXT,
                confidence=0.35,
                why=f"依据邮件正文“{sentence}”{order}；{UNSEEN}",
            )
            for code, sentence, order in codes
        )
        for one, codes in zip(open_ones, taken, strict=True)
    }
    return [replace(one, papers=given.get(id(one), one.papers)) for one in named]


def _judge(
    attachment: Attachment, code: str, lexicon: Lexicon, *, page: int = 1, source: Source, confidence: float, why: str
) -> Paper:
    """Return a paper of this kind, with the problem that the file itself shows."""
    kind = lexicon.kinds[code]
    problem = ""
    if kind.handwritten and _is_typed(attachment):
        problem = f"是打字的文件，{kind.title}须手写后拍照或扫描"
    elif _BLANK_FORM.search(attachment.name) and any(_BLANK_FORM.search(n) for n in kind.not_names):
        problem = "像是空白表或模板，请填写好再发"
    elif not _may_hold_papers(attachment):
        problem = "文件无法打开" if attachment.size_bytes else "文件是空的"
    problem = explain_closed(attachment) or problem
    evidence = (why, "压缩包尚未打开") if attachment.media_type in ARCHIVES else (why,)
    return Paper(attachment.name, attachment.sha256, page, code, source, confidence, evidence, problem=problem)


def _refused(attachment: Attachment, hit: Hit, lexicon: Lexicon, *, page: int, source: Source) -> Paper:
    codes = tuple(c for c in hit.mistaken_for if not c.endswith("-back")) or hit.mistaken_for
    where = f"文件名“{attachment.name}”" if source is Source.FILE_NAME else f"第{page}页文字“{hit.word}”"
    evidence = (f"依据{where}" + (f"；{UNSEEN}" if source is Source.FILE_NAME else ""),)
    problem = f"“{hit.word}”不能代替{lexicon.title(codes)}"
    return Paper(attachment.name, attachment.sha256, page, "", source, 0.6, evidence, problem=problem)


def _unknown(attachment: Attachment) -> Paper:
    problem = ""
    if attachment.media_type in ARCHIVES:
        why = "压缩包尚未打开"
    elif attachment.media_type == MAIL:
        why = "附件是一封邮件，里面没有文件"
    else:
        why = f"文件名“{attachment.name}”和正文都没有说明是什么材料；{UNSEEN}"
        if not _may_hold_papers(attachment):
            problem = "文件无法打开，或不是图片和文档" if attachment.size_bytes else "文件是空的"
    problem = explain_closed(attachment) or problem
    return Paper(attachment.name, attachment.sha256, 1, "", Source.NONE, 0.0, (why,), problem=problem)


def _refuse_copies(named: list[_Named]) -> list[_Named]:
    """Refuse a file that came before, byte for byte, under the name of another paper.

    The more telling name owns the bytes: one that says which paper and side before one that does
    not (身份证.jpg), and that before a name that says nothing.
    """
    owners: dict[str, _Named] = {}
    for one in sorted(named, key=lambda n: 2 if not n.papers else bool(n.bare_sides)):
        owners.setdefault(one.attachment.sha256, one)
    return [_refuse_copy(one, owners[one.attachment.sha256]) for one in named]


def _refuse_copy(one: _Named, owner: _Named) -> _Named:
    kinds = {p.kind for p in owner.papers}
    if one is owner or (one.papers and {p.kind for p in one.papers} <= kinds):
        return one
    problem = f"与“{owner.attachment.name}”是同一个文件"
    papers = one.papers or (_unknown(one.attachment),)
    refused = (p if p.kind in kinds - {""} else replace(p, problem=p.problem or problem) for p in papers)
    return _Named(one.attachment, tuple(refused))


def _is_typed(attachment: Attachment) -> bool:
    """Whether a file holds letters typed on a keyboard, which never are handwriting."""
    if attachment.media_type.startswith(_PICTURES) or attachment.media_type in {DOCX, XLSX, XLS}:
        return len(squeeze(attachment.text)) >= SCAN_CHARS
    return attachment.media_type not in ARCHIVES


def _is_container(attachment: Attachment) -> bool:
    """Whether one file may hold all the papers of a letter: a scan of many pages, an archive, a Word file."""
    return not attachment.media_type.startswith("image/")


def _may_hold_papers(attachment: Attachment) -> bool:
    media_type = attachment.media_type
    return bool(attachment.size_bytes) and (media_type.startswith((*_PICTURES, *_DOCUMENTS)) or media_type in ARCHIVES)

"""What the templates are given of a mail's files: what came, what could not be opened, what lies behind a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.catalogue import Catalogue
from domain.files import find_holders, find_unopened, is_archive
from domain.mail import Attachment, CloudLink, Message, Unopened
from domain.papers import Paper, Source
from responders.masking import quote_line
from responders.views import title_of

EMPTY = "empty"
"""The reason of a file without a byte, which a citizen understands better than "damaged"."""

_MOST_NAMED = 5
_MOST_LINKS = 10
# Nobody can open these; what only the system cannot open, a clerk can.
_NEEDS_SENDER = frozenset({Unopened.ENCRYPTED.value, Unopened.DAMAGED.value, Unopened.HOSTILE.value, EMPTY})
_LOGO_BYTES = 3 * 1024
_FOR_EVER = ("", "无限期", "永久有效")


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came: what we take it for (``kinds`` empty: not known), and how sure that is.

    ``seen``: ``picture`` (looked at), ``name`` or ``text`` (only read), '' (nothing known).
    ``problem`` says why it does not count; ``closed`` is the reason why nothing could look into it, if so, and
    ``is_part`` tells that this holds of a part of it.
    """

    name: str
    kinds: tuple[str, ...] = ()
    seen: str = ""
    problem: str = ""
    closed: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A file by its name, and the archive in which it lay, if any."""

    name: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Files that could not be opened for one reason, and how many more there are than ``files`` names.

    ``is_part``: of these a part could be opened. ``is_archive``: they hold files, rather than words of their own.
    """

    reason: str
    is_archive: bool
    is_part: bool
    files: tuple[Named, ...]
    count: int

    @property
    def needs_sender(self) -> bool:
        """Whether no clerk can open it either, so that only its sender can help."""
        return self.reason in _NEEDS_SENDER


@dataclass(frozen=True, slots=True)
class Link:
    """A file behind a link; ``told`` is its size and expiry as the link's block says them."""

    name: str
    told: str


def view_closed(message: Message, papers: Iterable[Paper] = ()) -> tuple[Closed, ...]:
    """Return the files that could not be opened, those with one reason together, in order of arrival."""
    by_index = {a.index: a for a in message.attachments}
    holders = find_holders(message.attachments)
    groups: dict[tuple[str, bool, bool], list[Named]] = {}
    for attachment in find_unopened(message.attachments, papers):
        holder = by_index.get(attachment.container) if attachment.container is not None else None
        key = (_reason_of(attachment), is_archive(attachment), attachment.index in holders)
        groups.setdefault(key, []).append(Named(quote_line(attachment.name), quote_line(holder.name) if holder else ""))
    return tuple(
        Closed(reason, is_packed, is_part, tuple(files[:_MOST_NAMED]), len(files))
        for (reason, is_packed, is_part), files in groups.items()
    )


def view_links(links: Sequence[CloudLink]) -> tuple[Link, ...]:
    """Return the files behind links. The address itself is never repeated: who forges a mail shall not use ours."""
    shown = [Link(quote_line(link.name), _tell_link(link)) for link in links[:_MOST_LINKS]]
    return tuple(dict.fromkeys(shown))


def _tell_link(link: CloudLink) -> str:
    expires = link.expires if link.expires in _FOR_EVER else f"{link.expires} 到期"
    return quote_line("，".join(filter(None, (link.size, expires))))


def view_came(papers: Iterable[Paper], message: Message, catalogue: Catalogue) -> tuple[Came, ...]:
    """Return every file once, in order of arrival; a file without any paper of its own is not recognised.

    What archives held stands under its own name, the archive itself only when it is a paper, or stayed closed. The
    pictures in a document are a part of it.
    """
    by_file: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers:
        by_file.setdefault((paper.attachment, paper.sha256), []).append(paper)
    holders = find_holders(message.attachments)
    closed = {
        _key(a): Came(quote_line(a.name), closed=_reason_of(a), is_part=a.index in holders)
        for a in find_unopened(message.attachments, (p for pages in by_file.values() for p in pages))
    }
    hidden = {_key(a) for a in _find_hidden(message.attachments, holders)}
    rows = []
    for file, pages in by_file.items():
        came = closed.pop(file, None) or _view_file(file[0], pages, catalogue)
        if came.closed or came.kinds or file not in hidden:
            rows.append(came)
    rows += closed.values()
    named = {name for name, _ in by_file} | {row.name for row in rows}
    others = (a for a in message.attachments if a.name not in named and not a.is_inline)
    rows += (Came(name) for name in dict.fromkeys(quote_line(a.name) for a in others if _key(a) not in hidden))
    return tuple(rows)


def _find_hidden(attachments: Sequence[Attachment], holders: frozenset[int]) -> Iterator[Attachment]:
    """Yield what a citizen never sent as a file of its own: opened archives, pictures in documents, logos in mails."""
    by_index = {a.index: a for a in attachments}
    for attachment in attachments:
        holder = by_index.get(attachment.container) if attachment.container is not None else None
        is_picture = attachment.media_type.startswith("image/")
        if (
            (attachment.index in holders and is_archive(attachment))
            or (holder is not None and not is_archive(holder))
            or (holder is not None and is_picture and attachment.size_bytes < _LOGO_BYTES)
        ):
            yield attachment


def _key(attachment: Attachment) -> tuple[str, str]:
    return attachment.name, attachment.sha256


def _reason_of(attachment: Attachment) -> str:
    if attachment.unopened is Unopened.DAMAGED and not attachment.size_bytes:
        return EMPTY
    return attachment.unopened.value if attachment.unopened is not None else ""


def _view_file(name: str, pages: Sequence[Paper], catalogue: Catalogue) -> Came:
    good = [p for p in pages if p.counts]
    kinds = dict.fromkeys(title_of(p.kind, catalogue) for p in (good or pages) if p.kind and p.kind != "other")
    seen = ""
    if kinds:
        sources = {p.source for p in (good or pages) if p.kind}
        seen = "name" if Source.FILE_NAME in sources else "text" if Source.MAIL_TEXT in sources else "picture"
    problems = dict.fromkeys(quote_line(p.problem, longest=120) for p in pages if p.problem)
    if not problems and any(p.is_legible is False for p in pages):
        problems = {"看不清": None}
    return Came(quote_line(name), tuple(kinds), seen, "；".join(problems))

"""Which files of a message may be papers - what came out of an archive, not the archive - and why one cannot count."""

from __future__ import annotations

from collections.abc import Sequence

from domain.files import ARCHIVES, MAIL
from domain.mail import Attachment, Message, Unopened
from intake.papers.words import Lexicon

TINY_PICTURE_BYTES = 3 * 1024

_CLOSED = {
    Unopened.ENCRYPTED: "文件有密码，打不开，请去掉密码再发",
    Unopened.DAMAGED: "文件已损坏，打不开，请重新发送",
    Unopened.TOO_LARGE: "文件过大或展开后过大，未能打开，请分几封邮件发送",
    Unopened.TOO_DEEP: "压缩包里套有多层压缩包，未打开，请直接发送文件",
    Unopened.HOSTILE: "无法读取，请直接发送照片",
}


def find_paper_files(message: Message) -> list[Attachment]:
    """Return the attachments that may be papers.

    Not the logos of signatures; not an archive or a mail whose files all came out; not the pictures in a document,
    which are a part of it.
    """
    by_index = {a.index: a for a in message.attachments}
    holders = {a.container for a in message.attachments}
    return [
        a
        for a in message.attachments
        if not (a.is_inline and a.size_bytes < TINY_PICTURE_BYTES)
        and not (a.index in holders and _is_envelope(a) and a.unopened is None)
        and (a.container is None or _may_lie_in(a, by_index[a.container]))
    ]


def find_archives(message: Message) -> list[Attachment]:
    """Return the archives that something came out of."""
    holders = {a.container for a in message.attachments}
    return [a for a in message.attachments if a.index in holders and a.media_type in ARCHIVES]


def explain_closed(attachment: Attachment) -> str:
    """Return why a file that stayed closed cannot count, '' when it can: a clerk reads formats that we do not."""
    if attachment.unopened is Unopened.UNSUPPORTED:
        is_archive = attachment.media_type in ARCHIVES
        return "这种压缩文件系统打不开，请改发照片、PDF或zip压缩包" if is_archive else ""
    return _CLOSED[attachment.unopened] if attachment.unopened is not None and attachment.size_bytes else ""


def tell_unopened(reason: Unopened) -> str:
    """Return in words for its sender why a file cannot be seen."""
    return _CLOSED.get(reason, "文件打不开，请改发照片或PDF")


def share_codes(codes: Sequence[str], sides: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return for each nameless file of an archive the codes that the archive's name gives it, () for none.

    ``sides`` are what the files' names tell (front, back, both, ''). One paper without sides is all the files (a
    record of five pages); several go round in order, and what is left over belongs to the last file.
    """
    if len(codes) == 1 and not lexicon.sides_of(codes[0]):
        return [(codes[0],)] * len(sides)
    left = list(codes)
    shared: list[tuple[str, ...]] = [()] * len(sides)
    for at, side in enumerate(sides):
        if side in {"front", "back"} and (code := next((c for c in left if lexicon.kinds[c].side == side), "")):
            shared[at] = (code,)
            left.remove(code)
    free = [at for at, side in enumerate(sides) if side not in {"front", "back"}]
    for number, at in enumerate(free, start=1):
        count = len(left) if number == len(free) else 1
        shared[at] = tuple(left[:count])
        del left[:count]
    return shared


def _is_envelope(attachment: Attachment) -> bool:
    return attachment.media_type in ARCHIVES or attachment.media_type == MAIL


def _may_lie_in(attachment: Attachment, holder: Attachment) -> bool:
    is_logo = (
        holder.media_type == MAIL
        and attachment.size_bytes < TINY_PICTURE_BYTES
        and attachment.media_type.startswith("image/")
    )
    return _is_envelope(holder) and not is_logo

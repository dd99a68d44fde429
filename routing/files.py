"""What becomes of papers whose file could not be opened, or only held others; the clerk's words for each reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.files import find_holders, find_unopened, is_archive
from domain.mail import Attachment, Message, Unopened
from domain.papers import Paper

_REASONS = {
    Unopened.ENCRYPTED: "加了密码",
    Unopened.UNSUPPORTED: "格式不支持",
    Unopened.DAMAGED: "文件已损坏",
    Unopened.TOO_LARGE: "文件太大",
    Unopened.TOO_DEEP: "压缩层数太多",
    Unopened.HOSTILE: "触发了安全限制,请勿在办公电脑上打开",
}
"""Why a file was not opened, for the clerk."""

_MOST_NAMED = 5


def set_aside_unopened(papers: Iterable[Paper], message: Message) -> tuple[Paper, ...]:
    """Return a mail's papers as its files allow.

    A name alone proves nothing where the file could not be opened: such a paper gets a problem and does not count. Of
    an archive that was opened its members speak; its own unknown paper is dropped.
    """
    papers = tuple(papers)
    holders = find_holders(message.attachments)
    closed = {
        (a.name, a.sha256): a.unopened
        for a in find_unopened(message.attachments, papers)
        if a.index not in holders and a.unopened is not None
    }
    opened = {(a.name, a.sha256) for a in message.attachments if a.index in holders and is_archive(a)}
    kept = (p for p in papers if p.kind or p.problem or (p.attachment, p.sha256) not in opened)
    return tuple(_close(paper, closed.get((paper.attachment, paper.sha256))) for paper in kept)


def drop_closed(papers: Iterable[Paper], message: Message) -> tuple[Paper, ...]:
    """Return papers without the unknown ones of files that this mail brought closed: the letter speaks of the file."""
    closed = {(a.name, a.sha256) for a in find_unopened(message.attachments)}
    return tuple(p for p in papers if p.kind or (p.attachment, p.sha256) not in closed)


def leaves_open(message: Message, papers: Iterable[Paper]) -> bool:
    """Return whether something came along in which missing papers may be: a closed file, or a link to one."""
    return bool(message.cloud_links or find_unopened(message.attachments, papers))


def list_closed(message: Message) -> tuple[str, ...]:
    """Return the files that could not be opened, each with its reason for the clerk: ``材料.zip(加了密码)``."""
    holders = find_holders(message.attachments)
    return tuple(
        f"{_name(a, message.attachments)}({'其中一部分' if a.index in holders else ''}{_REASONS[a.unopened]})"
        for a in find_unopened(message.attachments)
        if a.unopened is not None
    )


def say_unread(message: Message) -> str:
    """Return in one clause what could not be read, '' when everything could: for the reason a clerk sees first."""
    closed, links = list_closed(message), [link.name or "未写明名称" for link in message.cloud_links]
    said = [f"附件打不开:{_join(closed)}"] if closed else []
    said += [f"文件在下载链接里:{_join(links)}"] if links else []
    return ";".join(said)


def _close(paper: Paper, reason: Unopened | None) -> Paper:
    if reason is None:
        return paper
    # The citizen may read it: about our limits a letter tells nothing.
    said = "无法读取" if reason is Unopened.HOSTILE else paper.problem or f"{_REASONS[reason]},打不开"
    return replace(paper, problem=said)


def _name(attachment: Attachment, attachments: Iterable[Attachment]) -> str:
    holder = next((a for a in attachments if a.index == attachment.container), None)
    return f"{holder.name}/{attachment.name}" if holder is not None else attachment.name


def _join(names: Iterable[str]) -> str:
    listed = list(names)
    more = f"等{len(listed)}个" if len(listed) > _MOST_NAMED else ""
    return "、".join(listed[:_MOST_NAMED]) + more

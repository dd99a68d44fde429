"""Which of a mail's files nothing could look into, and which only hold others: decisions and letters must agree."""

from __future__ import annotations

from collections.abc import Iterable

from domain.mail import Attachment, Unopened
from domain.papers import Paper

# Neither a signature in the cryptographic sense nor a card or an appointment ever is a paper.
_NO_PAPERS = (
    "message/delivery-status",
    "message/disposition-notification",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-",
    "application/ics",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
)
ARCHIVES = frozenset(
    {
        "application/zip",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/gzip",
        "application/x-tar",
        "application/x-bzip2",
        "application/x-xz",
        "application/ms-tnef",
    }
)
"""Media types whose only use is to hold other files."""
MAIL = "message/rfc822"
_ARCHIVE_NAMES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".cab", ".arj", ".lzh", ".zipx")
# What a signature shows is small; so is a spacer that a mail program sends along.
_SIGNATURE_BYTES = 20_000


def find_unopened(attachments: Iterable[Attachment], papers: Iterable[Paper] = ()) -> tuple[Attachment, ...]:
    """Return the files that may hold papers and that nothing could look into, each once, in order.

    An archive of which a part could be opened is one of them too, see ``find_holders``. A document in a format that we
    do not know is none where it counts as one of ``papers``: a clerk can read it.
    """
    counted = {(p.attachment, p.sha256) for p in papers if p.counts}
    found = {
        (a.name, a.sha256, a.unopened): a
        for a in attachments
        if a.unopened is not None
        and not a.media_type.startswith(_NO_PAPERS)
        and not (a.is_inline and a.size_bytes < _SIGNATURE_BYTES)
        and not (a.unopened is Unopened.UNSUPPORTED and not is_archive(a) and (a.name, a.sha256) in counted)
    }
    return tuple(found.values())


def find_holders(attachments: Iterable[Attachment]) -> frozenset[int]:
    """Return the indexes of the archives, documents and mails that other files came out of."""
    return frozenset(a.container for a in attachments if a.container is not None)


def is_archive(attachment: Attachment) -> bool:
    """Return whether people put files together in it, so that it has no content of its own: an archive, a mail."""
    return (
        attachment.media_type in ARCHIVES
        or attachment.media_type == MAIL
        or attachment.name.lower().endswith(_ARCHIVE_NAMES)
    )

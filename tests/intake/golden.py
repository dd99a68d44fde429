"""What the reader makes of every mail of the corpus, one JSON object a line and one file a source folder.

``python -m tests.intake.golden`` writes them anew; the difference is then read by eye before it is committed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from domain.errors import MessageError
from domain.mail import Message
from intake.reader import read_mail

ROOT = Path(__file__).parents[1] / "corpus"
MAIL = ROOT / "mail"
GOLDEN = ROOT / "golden"
SHOWN_CHARS = 300


def list_folders() -> list[str]:
    """Return the names of the source folders."""
    return sorted(p.name for p in MAIL.iterdir() if p.is_dir())


def find_mails(folder: str) -> list[Path]:
    """Return the mails of a source folder, in order."""
    return sorted(p for p in (MAIL / folder).rglob("*") if p.is_file())


def describe_mail(path: Path) -> dict[str, Any]:
    """Return what the reader makes of a mail, as JSON; empty fields are left out. No file is opened."""
    described: dict[str, Any] = {"file": path.relative_to(MAIL / path.relative_to(MAIL).parts[0]).as_posix()}
    try:
        message = read_mail(path.read_bytes()).message
    except MessageError as error:
        return {**described, "refused": str(error)}
    return {**described, **{key: value for key, value in _describe(message).items() if value}}


def _describe(message: Message) -> dict[str, Any]:
    digest = hashlib.sha256(message.text.encode("utf-8", "replace")).hexdigest()[:12]
    return {
        "subject": message.subject,
        "sender": str(message.sender),
        "recipients": [str(r) for r in message.recipients],
        "date": message.date.isoformat() if message.date else "",
        "text": message.text[:SHOWN_CHARS],
        "chars": [len(message.text), digest] if message.text else [],
        "quoted": len(message.quoted),
        "attachments": [[a.name, a.media_type, a.size_bytes, a.sha256[:12]] for a in message.attachments],
        "links": [[c.name, c.size, c.expires, c.url] for c in message.cloud_links],
        "machine": [f"{name}: {value}"[:80] for name, value in message.machine_headers if name != "content-type"],
        "report": repr(message.report) if message.report else "",
        "defects": list(message.defects),
    }


def describe_folder(folder: str) -> Iterator[str]:
    """Yield a line of JSON for each mail of a folder."""
    for path in find_mails(folder):
        yield json.dumps(describe_mail(path), ensure_ascii=False)


def write_golden() -> None:
    """Write all golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for folder in list_folders():
        lines = "".join(f"{line}\n" for line in describe_folder(folder))
        (GOLDEN / f"{folder}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    write_golden()

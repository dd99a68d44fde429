"""The demo's mails: ``samples.toml`` with its papers photographed and its mail programmes at work."""

from __future__ import annotations

import email
import email.policy
import os
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from youban.demo.mailers import Draft, compose
from youban.demo.papers import fill_blanks, rng_for
from youban.demo.pdf import make_pdf
from youban.demo.people import Person, make_person
from youban.demo.renderer import draw, photograph, put_on_one_sheet

_FILE = Path(__file__).parent / "samples.toml"


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail of the demo.

    ``expected`` is the decision in one word, as ``Decided.word`` says it (a quarantined message
    counts as ``triage``); ``item`` the service item, '' where there is none. ``follows`` names the
    sample whose answer this one replies to: its ``raw`` stands alone, ``make_follow_up`` threads it.
    """

    name: str
    mailbox: str
    sender: str
    raw: bytes
    expected: str
    item: str
    story: str
    draft: Draft
    follows: str = ""


def make_samples(*, now: datetime) -> tuple[Sample, ...]:
    """Return every sample mail, dated in the minutes before ``now`` (aware). The same ``now`` gives the same bytes."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sample"]
    start = now.replace(microsecond=0) - timedelta(seconds=20 * len(entries))
    # Pillow leaves the interpreter while it works on pixels, so threads do help here.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [
            pool.submit(_make_sample, entry, start + timedelta(seconds=20 * place))
            for place, entry in enumerate(entries)
        ]
        return tuple(job.result() for job in jobs)


def make_follow_up(sample: Sample, reply_raw: bytes) -> bytes:
    """Return a follow-up's bytes as an answer to our letter: its subject, thread headers and quoted text.

    Args:
        sample: one whose ``follows`` is set.
        reply_raw: our answer to the sample that it follows, as it arrived at the citizen.
    """
    reply = email.message_from_bytes(reply_raw, policy=email.policy.default)
    body = reply.get_body(("plain",))
    quoted = body.get_content() if body is not None else ""
    references = (*str(reply.get("References", "")).split(), str(reply["Message-ID"]).strip())
    subject = f"回复：{reply['Subject']}"
    return compose(replace(sample.draft, subject=subject, references=references, quoted=str(quoted)))


def _make_sample(entry: Mapping[str, Any], written_at: datetime) -> Sample:
    person = make_person(**entry["person"])
    # The papers are of today as well: what has expired is not accepted.
    words = fill_blanks(person, rng_for("mail", person, 0), {"today": f"{written_at:%Y-%m-%d}"})
    link = entry.get("cloud_link")
    draft = Draft(
        name=entry["name"],
        shape=entry["shape"],
        sender=person.email,
        sender_name=person.name,
        mailbox=entry["mailbox"],
        subject=entry["subject"].format_map(words),
        text=entry["text"].format_map(words),
        written_at=written_at,
        files=tuple(
            (file["name"], _make_file(file, entry, person, words, seed=place))
            for place, file in enumerate(entry.get("files", ()))
        ),
        cloud_link=(link["name"], link["size"]) if link else None,
    )
    return Sample(
        name=draft.name,
        mailbox=draft.mailbox,
        sender=draft.sender,
        raw=compose(draft),
        expected=entry["expected"],
        item=entry["item"],
        story=entry["story"],
        draft=draft,
        follows=entry.get("follows", ""),
    )


def _make_file(
    file: Mapping[str, Any], entry: Mapping[str, Any], person: Person, words: Mapping[str, str], *, seed: int
) -> bytes:
    """Return the bytes of an attachment: a photograph, or a PDF of scans or of text."""
    owner = make_person(**file["person"]) if "person" in file else person
    if "text" in file:
        return make_pdf([file["text"].format_map(words)])
    kinds = file.get("kinds") or file.get("pages") or [file["kind"]]
    papers = [draw(kind, owner, seed=seed, request=entry["item"], today=words["today"]) for kind in kinds]
    if "pages" in file:
        return make_pdf([photograph(paper, seed, tilt=0, noise=1) for paper in papers])
    paper = papers[0] if len(papers) == 1 else put_on_one_sheet(papers)
    return photograph(paper, owner.seed * 31 + seed, turn=file.get("turn", 0), blur_px=file.get("blur", 0.0))

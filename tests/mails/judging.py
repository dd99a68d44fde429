"""What Youban makes of the labelled mails, compared with the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from config.catalogue import load_catalogue
from domain.catalogue import DocumentKind
from domain.mail import Attachment
from domain.papers import Paper
from domain.papers import Source as PaperSource
from intake.reader import ReadMail
from tests.mails.labelled import File, Half, LabelledMail, is_other, load_mails, write_raw
from youban.demo.people import Person
from youban.explainer import Explainer, Explanation
from youban.pictures import SeePapers
from youban.sources import Source

ASPECTS = ("item", "intent", "scenario", "missing", "decision", "also", "wrong mailbox")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A labelled mail and what came of it; ``wrong`` are the aspects that differ."""

    mail: LabelledMail
    told: Mapping[str, Any]
    wrong: tuple[str, ...]

    @property
    def is_harmful(self) -> bool:
        """Acknowledged though something lacked or the item was another: the one mistake that nobody notices."""
        if self.told["decision"] != "ack":
            return False
        return self.mail.decision != "ack" or "item" in self.wrong

    @property
    def is_to_machine(self) -> bool:
        """A letter to a machine, or to nobody."""
        return self.mail.decision == "none" and self.told["decision"] not in ("none", "triage")


def judge(
    mails: Sequence[LabelledMail],
    *,
    see_papers: SeePapers | None = None,
    draw: Callable[[LabelledMail, File], bytes] | None = None,
    explainer: Explainer | None = None,
) -> tuple[Verdict, ...]:
    """Return what comes of each mail, in order; without ``see_papers`` every file shows what its label says."""
    catalogue = load_catalogue()
    labels = {mail.message_id: mail for mail in mails}
    see = see_papers or partial(see_as_labelled, labels=labels, kinds=catalogue.kinds)
    explainer = explainer or Explainer(catalogue, see)
    numbers: dict[str, str] = {}
    verdicts = []
    for mail in mails:
        raw = write_raw(mail, number=numbers.get(mail.after, ""), draw=draw)
        told = explainer.explain(Source(mail.name, raw), mailbox=mail.mailbox)
        numbers[mail.name] = told.case or numbers.get(mail.after, "")
        verdicts.append(_compare(mail, told))
    return tuple(verdicts)


def _compare(mail: LabelledMail, explanation: Explanation) -> Verdict:
    told = explanation.as_json()
    checks = {
        "item": is_item_right(told["item"], mail),
        "intent": told["intent"] == mail.intent,
        "scenario": _fits(told["scenario"] or "", mail.scenario),
        "missing": {_sort(code) for code in told["missing"]} == {_sort(code) for code in mail.missing},
        "decision": told["decision"] == mail.decision,
        "also": (mail.also or "") in (told["also_items"] or [""]) or not mail.also,
        "wrong mailbox": mail.decision == "triage" or bool(told["wrong_mailbox"]) == bool(mail.right),
    }
    return Verdict(mail, told, tuple(aspect for aspect in ASPECTS if not checks[aspect]))


def is_item_right(told: str, mail: LabelledMail) -> bool:
    """Return whether an item, ``none`` for no item, is that of the label; what noise is about is nobody's matter."""
    return told == (mail.item or "none") or mail.intent == "noise"


def _fits(told: str, wanted: str) -> bool:
    return told == wanted or (not told and "|" in wanted) or (told in wanted.split("|") and "|" in wanted)


def _sort(code: str) -> str:
    return "|".join(sorted(code.split("|")))


def see_as_labelled(
    mail: ReadMail, *, labels: Mapping[str, LabelledMail], kinds: Mapping[str, DocumentKind]
) -> tuple[Paper, ...]:
    """Return the papers that a mail's labels name, as if each were read without a mistake."""
    labelled = labels[f"<{mail.message.message_id.strip('<>')}>"]
    shown = zip(labelled.files, mail.message.attachments, strict=True)
    return tuple(_show(what, file, a, labelled, kinds) for file, a in shown for what in file.shows)


def _show(
    what: str, file: File, attachment: Attachment, mail: LabelledMail, kinds: Mapping[str, DocumentKind]
) -> Paper:
    paper = Paper(attachment.name, attachment.sha256, 1, what, PaperSource.PICTURE, 0.95, is_legible=not file.flaw)
    if is_other(what):
        # Who looks at it sees what it is instead; how often Youban does is the bench's to measure.
        return replace(
            paper, kind="", confidence=0.6, is_legible=True, problem=f"看起来是“{what.partition(':')[2] or '别的'}”"
        )
    if file.flaw:
        return replace(paper, problem="照片拍得模糊，字看不清")
    person = mail.people.get(file.of)
    return replace(paper, fields=_print(person, kinds[what].fields) if person else {})


def _print(person: Person, fields: Sequence[str]) -> dict[str, str]:
    """Return those fields of a paper that tell whose it is."""
    known = {
        "name": person.name,
        "id_number": person.id_number,
        "birth": person.birth.isoformat(),
        "sex": person.sex,
    }
    return {field: value for field, value in known.items() if field in fields}


def count(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return the share that is right by aspect, and how many were harmful, answered to machines, given to clerks."""
    n = len(verdicts)
    wrong = Counter(aspect for v in verdicts for aspect in v.wrong)
    shares = {aspect: 1 - wrong[aspect] / n for aspect in ASPECTS}
    asked = [v for v in verdicts if v.mail.decision in ("ack", "missing")]
    shares["missing"] = sum("missing" not in v.wrong for v in asked) / len(asked) if asked else 1.0
    return {
        **shares,
        "harmful": sum(v.is_harmful for v in verdicts),
        "to machines": sum(v.is_to_machine for v in verdicts),
        "triage": sum(v.told["decision"] == "triage" for v in verdicts) / n,
    }


@cache
def judge_half(half: Half) -> tuple[Verdict, ...]:
    """Return what comes of one half, its papers as labelled."""
    return judge(load_mails(half))

"""Understanding keeps what it has: floors a little below today's figures, and what must hold for every mail.

Of the held half only totals are shown, whatever fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest
from PIL import Image

from bench.understanding import choose_mails, make_many_items
from config.catalogue import load_catalogue
from domain.catalogue import FACT_CODES
from domain.decisions import Decided
from domain.mail import Attachment
from domain.papers import Paper
from domain.papers import Source as PaperSource
from domain.routing import Finding, Intent
from intake.opened import open_attachments
from intake.reader import read_mail
from routing import Classifier, Situation, decide
from tests.mails.drawing import draw
from tests.mails.judging import count, judge, judge_half, see_as_labelled
from tests.mails.labelled import HALVES, File, Half, LabelledMail, is_other, load_mails, write_raw
from youban.explanation import explain_decision

# What is common to all halves, and what each must keep.
_NEVER = ("harmful", "to machines")
_MOST_TRIAGE = 0.15
_FLOORS: dict[Half, dict[str, float]] = {
    "open": {"item": 0.99, "intent": 0.98, "scenario": 0.98, "missing": 0.97, "decision": 0.93},
    "held": {"item": 0.97, "intent": 0.94, "scenario": 0.96, "missing": 0.94, "decision": 0.90},
}
_DECISIONS = {"ack", "missing", "guidance", "triage", "none"}
_FLAWS = {"", "blurred", "dark", "glare", "cut", "small"}
_WAYS = {"", "reply", "number", "fresh", "person"}
_CATALOGUE = load_catalogue()
_CLASSIFIER = Classifier(_CATALOGUE)
_MAILS = tuple(mail for half in HALVES for mail in load_mails(half))
_OPEN = load_mails("open")
_FIRST = tuple(mail for mail in _OPEN if not mail.after)


@pytest.mark.parametrize("half", HALVES)
def test_understanding_keeps_what_it_has(half: Half) -> None:
    told = count(judge_half(half))
    below = {aspect: told[aspect] for aspect, floor in _FLOORS[half].items() if told[aspect] < floor}
    assert (below, {name: told[name] for name in _NEVER}) == ({}, dict.fromkeys(_NEVER, 0))
    assert told["triage"] <= _MOST_TRIAGE


def test_there_are_mails_enough_of_every_item() -> None:
    found = Counter(mail.item for mail in _MAILS)
    assert len(_MAILS) >= 500
    assert [item.code for item in _CATALOGUE.items if not item.is_guidance and found[item.code] < 12] == []
    assert {item.code for item in _CATALOGUE.items if item.is_guidance} <= set(found)


@pytest.mark.parametrize(
    ("find", "known"),
    [
        (lambda m: {m.item, m.also} - {""}, {item.code for item in _CATALOGUE.items}),
        (lambda m: {m.mailbox, *({m.right} - {""})}, set(_CATALOGUE.mailboxes)),
        (lambda m: {m.intent}, {intent.value for intent in Intent}),
        (lambda m: {m.decision}, _DECISIONS),
        (lambda m: {m.how}, _WAYS),
        (lambda m: {f.flaw for f in m.files}, _FLAWS),
        (lambda m: {what for f in m.files for what in f.shows if not is_other(what)}, set(_CATALOGUE.kinds)),
        (lambda m: {c for code in m.missing for c in code.split("|")}, set(_CATALOGUE.kinds) | FACT_CODES),
        (lambda m: {bool(m.after) == bool(m.how)}, {True}),
        (lambda m: {m.address.endswith(".example")}, {True}),
    ],
    ids=["items", "mailboxes", "intents", "decisions", "ways", "flaws", "papers", "missing", "follow-ups", "addresses"],
)
def test_labels_use_codes_that_there_are(find: Callable[[LabelledMail], set[object]], known: set[object]) -> None:
    assert set().union(*map(find, _MAILS)) - known == set()


def test_labels_use_scenarios_of_their_item() -> None:
    told = {(m.item, code) for m in _MAILS for code in m.scenario.split("|") if m.item and code}
    assert {pair for pair in told if _CATALOGUE.item(pair[0]).scenario(pair[1]) is None} == set()


def test_only_what_lacks_something_is_labelled_so() -> None:
    odd = {half: sum((m.decision == "missing") != bool(m.missing) for m in load_mails(half)) for half in HALVES}
    assert odd == dict.fromkeys(HALVES, 0)


def test_one_more_fitting_paper_never_adds_to_what_is_missing() -> None:
    worse = []
    for mail in _FIRST:
        situation = _situate(mail)
        before = _list_missing(_decide(situation), situation)
        for code in sorted(before - FACT_CODES):
            more = _add(situation, code, mail)
            if added := _list_missing(_decide(more), more) - before:
                worse.append((mail.name, code, sorted(added)))
    assert worse == []


def test_the_order_of_attachments_never_changes_the_decision() -> None:
    some = [mail for mail in _FIRST if len(mail.files) > 1]
    turned = [replace(mail, files=mail.files[::-1]) for mail in some]
    assert [_tell(v.told) for v in judge(turned)] == [_tell(v.told) for v in judge(some)]


def test_a_mail_handled_twice_is_decided_alike() -> None:
    situations = [_situate(mail) for mail in _FIRST]
    once = [_decide(situation) for situation in situations]
    assert [_decide(situation) for situation in situations] == once


def test_a_supplement_never_loses_a_paper() -> None:
    verdicts = {v.mail.name: v for v in judge_half("open")}
    lost, supplements = [], 0
    for now in verdicts.values():
        before = verdicts.get(now.mail.after)
        if before is None or now.told["case"] != before.told["case"] or not now.told["checklist"]:
            continue
        supplements += 1
        gone = _list_found(before.told, is_found=True) & _list_found(now.told, is_found=False)
        lost += [(now.mail.name, requirement) for requirement in sorted(gone)]
    assert supplements >= 10
    assert lost == []


def test_files_are_drawn_as_what_they_are_called() -> None:
    shown = {"a.jpg": "id-front id-back", "b.png": "other:电子社保卡", "c.pdf": "hukou-first hukou-self"}
    files = tuple(File(name, tuple(shows.split()), "") for name, shows in shown.items())
    mail = replace(_OPEN[0], files=files)
    drawn = {file.name: draw(mail, file) for file in files}
    assert drawn["c.pdf"].startswith(b"%PDF")
    assert [Image.open(BytesIO(drawn[name])).format for name in ("a.jpg", "b.png")] == ["JPEG", "PNG"]
    assert draw(mail, files[0]) == drawn["a.jpg"]


def test_a_part_of_the_mails_keeps_together_what_follows_each_other() -> None:
    chosen = choose_mails("open", 40)
    names = {mail.name for mail in chosen}
    assert 40 <= len(names) == len(chosen) < 60
    assert {mail.after for mail in _OPEN if mail.name in names and mail.after} <= names
    assert {mail.name for mail in _OPEN if mail.after in names} <= names


def test_generated_items_hide_none_that_are_shipped() -> None:
    many = make_many_items(_CATALOGUE, 100)
    assert len(many.items) == len({item.code for item in many.items}) == 100
    message = _situate(_OPEN[0]).message
    assert Classifier(many).classify(message, (), _OPEN[0].mailbox).classification.item == _OPEN[0].item


def _situate(mail: LabelledMail) -> Situation:
    read = open_attachments(read_mail(write_raw(mail, number="")))
    papers = see_as_labelled(read, labels={mail.message_id: mail}, kinds=_CATALOGUE.kinds)
    return Situation(message=read.message, papers=papers, mailbox=mail.mailbox)


_decide = partial(decide, classifier=_CLASSIFIER)


def _add(situation: Situation, code: str, mail: LabelledMail) -> Situation:
    """Return the situation with one more photograph, of somebody whom the mail brings papers of."""
    message = situation.message
    fields = next((p.fields for p in situation.papers if p.fields), {})
    fields = {name: value for name, value in fields.items() if name in _CATALOGUE.kinds[code].fields}
    name, sha256 = "又一张.jpg", "f" * 64
    paper = Paper(name, sha256, 1, code, PaperSource.PICTURE, 0.95, is_legible=True, fields=fields)
    attachment = Attachment(len(message.attachments), name, "image/jpeg", 90_000, sha256)
    return replace(
        situation,
        message=replace(message, attachments=(*message.attachments, attachment)),
        papers=(*situation.papers, paper),
    )


def _list_missing(decided: Decided, situation: Situation) -> set[str]:
    told = explain_decision(decided, situation.papers)["missing"]
    return {code for choice in told for group in choice.split("|") for code in group.split("+")}


def _tell(told: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(told[key] for key in ("item", "scenario", "missing", "decision", "wrong_mailbox", "rule"))


def _list_found(told: Mapping[str, list[Mapping[str, str]]], *, is_found: bool) -> set[str]:
    return {line["requires"] for line in told["checklist"] if (line["finding"] == Finding.FOUND) == is_found}

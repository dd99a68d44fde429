from __future__ import annotations

from functools import cache

import pytest

from config.catalogue import load_catalogue
from domain.decisions import Decided, Guide
from routing import Classifier, Situation, decide
from tests.routing.building import mail, papers
from tests.routing.shipped_mails import ITEMS, RULES, Sample


@cache
def classifier() -> Classifier:
    return Classifier(load_catalogue())


def decide_sample(sample: Sample) -> Decided:
    kinds = sample.papers.split()
    message = mail(sample.subject, sample.text, to=sample.mailbox, files=tuple(f"{kind}.jpg" for kind in kinds))
    return decide(Situation(message, papers(*kinds), sample.mailbox), classifier())


def as_sample(sample: Sample, decided: Decided) -> Sample:
    found = decided.classification
    missing: tuple[str, ...] = ()
    if sample.decision in ("ack", "missing") and hasattr(decided.decision, "checklist"):
        missing = decided.decision.checklist.missing
    return Sample(
        mailbox=sample.mailbox,
        subject=sample.subject,
        text=sample.text,
        papers=sample.papers,
        item=found.item,
        decision=decided.word,
        scenario=found.scenario,
        missing=" ".join(missing) if missing else ("" if decided.word != "guidance" else sample.missing),
        intent=found.intent.value,
        right=" ".join(decided.right_mailboxes),
        also=" ".join(found.also_items),
        guide=decided.decision.reason if isinstance(decided.decision, Guide) else sample.guide,
    )


def test_every_item_has_a_mail() -> None:
    assert sorted(s.item for s in ITEMS) == sorted(item.code for item in load_catalogue().items)


@pytest.mark.parametrize("sample", ITEMS, ids=lambda s: s.item)
def test_item_is_decided(sample: Sample) -> None:
    decided = decide_sample(sample)
    assert as_sample(sample, decided) == sample, decided.reasons


@pytest.mark.parametrize("sample", RULES, ids=lambda s: f"{s.item or 'none'}-{s.subject}-{s.mailbox}")
def test_rule_of_reading_is_followed(sample: Sample) -> None:
    decided = decide_sample(sample)
    assert as_sample(sample, decided) == sample, decided.reasons

"""The contract of ``explain --json``: every key, always, with its type."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config.catalogue import load_catalogue
from domain.errors import MessageError
from domain.papers import Paper
from domain.papers import Source as PaperSource
from domain.persons import mask_name
from intake.reader import read_mail
from routing import Classifier, Situation, decide
from tests.youban.requests import LACKING, MAILBOX, NOISE, write_request
from youban.demo.people import make_person
from youban.explainer import Explainer, Explanation
from youban.explanation import explain_decision
from youban.pictures import see_names
from youban.sources import Source

DECISIONS = {"ack", "missing", "guidance", "issue", "triage", "none"}
KEYS: dict[str, type | tuple[type, ...]] = {
    "file": str,
    "mailbox": str,
    "item": str,
    "also_items": list,
    "intent": str,
    "scenario": (str, type(None)),
    "missing": list,
    "decision": str,
    "wrong_mailbox": bool,
    "right_mailbox": list,
    "case": (str, type(None)),
    "papers": list,
    "reasons": list,
    "margin": float,
    # Beyond the contract, for the clerk who asks why.
    "rule": str,
    "office": str,
    "checklist": list,
    "evidence": list,
    "rivals": list,
}
PAPER_KEYS: dict[str, type | tuple[type, ...]] = {
    "file": str,
    "page": int,
    "kind": (str, type(None)),
    "side": (str, type(None)),
    "legible": bool,
    "confidence": float,
    "fields": dict,
    "source": str,
    "evidence": list,
    "problem": str,
    "person": (dict, type(None)),
    "findings": list,
}
MAILS = {
    "complete": write_request(1),
    "lacking": write_request(2, files=LACKING),
    "unknown papers": write_request(3, files=["IMG_0001.jpg"]),
    "question": write_request(4, files=(), subject="咨询", text="请问医保关系转出要带什么材料？"),
    "complaint": write_request(5, files=(), subject="投诉", text="你们的电话一直打不通，我要投诉！"),
    "other agency": write_request(6, files=["发票.jpg"], subject="山东省直大病保险特药报销", text="申请特药报销"),
    "machine": NOISE,
    "empty": f"From: a@citizen.example\r\nTo: {MAILBOX}\r\n\r\n".encode(),
}


def explain(raw: bytes) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(
        json.dumps(
            Explainer(load_catalogue(), see_names(load_catalogue().kinds))
            .explain(Source("a.eml", raw), mailbox=MAILBOX)
            .as_json()
        )
    )
    return values


def check_types(values: dict[str, Any], keys: dict[str, type | tuple[type, ...]]) -> None:
    assert set(values) == set(keys)
    for key, kind in keys.items():
        assert isinstance(values[key], kind), key


@pytest.mark.parametrize("name", MAILS)
def test_every_explanation_has_every_key_with_its_type(name: str) -> None:
    values = explain(MAILS[name])
    check_types(values, KEYS)
    assert values["decision"] in DECISIONS
    for paper in values["papers"]:
        check_types(paper, PAPER_KEYS)


def test_quarantined_mail_has_the_same_keys() -> None:
    with pytest.raises(MessageError):
        read_mail(b"")
    values = Explanation("a.eml", MAILBOX, problem="nothing in it").as_json()
    check_types(values, KEYS)
    assert (values["decision"], values["item"], values["reasons"]) == ("triage", "none", ["nothing in it"])


def test_missing_names_codes_only_when_something_is_asked_for() -> None:
    assert explain(MAILS["lacking"])["missing"] == ["id-back"]
    assert explain(MAILS["complete"])["missing"] == []
    assert explain(MAILS["question"])["missing"] == []


def test_paper_tells_its_side_and_that_nobody_looked_at_the_picture() -> None:
    papers = {paper["file"]: paper for paper in explain(MAILS["complete"])["papers"]}
    front, request = papers["身份证正面.jpg"], papers["手写申请.jpg"]
    assert (front["kind"], front["side"], front["page"], front["source"]) == ("id-front", "front", 1, "file-name")
    assert (request["kind"], request["side"]) == ("written-request", None)


def test_noise_has_no_item() -> None:
    values = explain(NOISE)
    assert (values["item"], values["intent"], values["decision"], values["case"]) == ("none", "noise", "none", None)
    assert values["reasons"] != []


def test_other_agencys_item_names_the_right_mailbox() -> None:
    values = explain(MAILS["other agency"])
    assert (values["item"], values["decision"], values["wrong_mailbox"]) == ("sd-claim-drug", "guidance", True)
    assert values["right_mailbox"] == ["zgerst@shandong.cn"]


def test_margin_lies_between_nothing_and_all() -> None:
    assert all(0.0 <= explain(raw)["margin"] <= 1.0 for raw in MAILS.values())


def test_paper_tells_whose_it_is_masked_and_what_does_not_fit() -> None:
    one, other = make_person(31), make_person(32)
    fields = [{"name": p.name, "id_number": p.id_number} for p in (one, other)]
    kinds = ("id-front", "ss-card-front")
    given = tuple(
        Paper(f"{kind}.jpg", kind, 1, kind, PaperSource.PICTURE, 0.9, fields=said)
        for kind, said in zip(kinds, fields, strict=True)
    )
    message = read_mail(MAILS["complete"]).message
    decided = decide(Situation(message, given, MAILBOX), Classifier(load_catalogue()))
    values = explain_decision(decided, given)
    front, card = values["papers"]
    assert (values["rule"], front["person"]["role"]) == ("hand_over_other_person", "subject")
    assert front["person"]["name"] == mask_name(one.name)
    assert front["person"]["number"] == f"{one.id_number[:3]}{'*' * 11}{one.id_number[-4:]}"
    assert front["person"]["birth"] == one.birth.isoformat()
    assert [(f["mark"], f["consequence"]) for f in card["findings"]] == [("other-person", "warn")]
    assert any(remark.startswith("社保卡与身份证上的") for line in values["checklist"] for remark in line["remarks"])
    assert not any(said in str(values["reasons"]) for p in (one, other) for said in (p.name, p.id_number))

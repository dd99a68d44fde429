"""The second opinion: what a model tells, how it is kept, and that it can only hand a mail to a clerk."""

from __future__ import annotations

import io
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.routing import Checklist, Classification, Evidence, Facts, Intent, Opinion, Rival
from routing import Classifier, Situation, decide
from routing.opinion import (
    NO_ITEM,
    OPINION_RULE,
    STRONG,
    Model,
    apply_opinion,
    digest_examples,
    dump_model,
    form_opinion,
    is_contradicted,
    list_grams,
    parse_model,
    teach_model,
)
from tests.routing.building import CASE, CATALOGUE, mail, papers
from tests.routing.learned import make_model

EXAMPLES = [
    ("xx-move", "我要把图书卡迁出到外地"),
    ("xx-move", "离开云海,卡转走"),
    ("xx-join", "从外地迁入,转进来"),
    ("xx-permit", "新开书店,申请备案"),
    ("yy-move", "省馆的卡迁出"),
    ("none", "口罩厂家直销"),
]
MODEL = make_model(EXAMPLES)
ITEMS = {item.code for item in CATALOGUE.items}
LIBRARY_ITEMS = {item.code for item in CATALOGUE.items if item.agency == "xx"}
SURE = Opinion("xx-permit", 0.97, (Evidence("书店", "opinion", 2.0),), "0003-abc")
COMPLETE = Acknowledge(Checklist())


def decided(decision: object = COMPLETE, *, item: str = "xx-move", **changes: object) -> Decided:
    found = Classification(item, Intent.APPLY, score=7.5, margin=0.8, rivals=(Rival("xx-join", 1.5),))
    values = {
        "classification": found,
        "facts": Facts(),
        "agency": "xx",
        "office": "xx-main",
        "reasons": ("材料齐全。",),
    }
    return Decided(**{"decision": decision, "rule": "acknowledge_complete", **values, **changes})  # type: ignore[arg-type]


# What a model tells.


def test_grams_are_of_one_to_three_characters_and_cross_no_punctuation_or_digit() -> None:
    assert list_grams("转 出,AB 1外") == ["转", "出", "a", "b", "ab", "外"]
    assert list_grams("转出地") == ["转", "出", "地", "转出", "出地", "转出地"]
    assert list_grams("13900001234 !?") == []


def test_opinion_names_item_probability_and_what_told_it() -> None:
    opinion = MODEL.tell("想申请书店备案", ITEMS)
    assert opinion is not None
    assert (opinion.item, opinion.version) == ("xx-permit", "0001-test")
    assert 0.5 < opinion.probability <= 1
    told = [e.what for e in opinion.told_by]
    assert "书店" in told
    assert "书" not in told  # a piece of what was told already
    assert {e.where for e in opinion.told_by} == {"opinion"}


def test_opinion_is_of_the_items_it_may_choose_among_or_of_none() -> None:
    assert MODEL.tell("省馆的卡迁出", ITEMS).item == "yy-move"  # type: ignore[union-attr]
    assert MODEL.tell("省馆的卡迁出", LIBRARY_ITEMS).item == "xx-move"  # type: ignore[union-attr]
    assert MODEL.tell("口罩直销", LIBRARY_ITEMS).item == NO_ITEM  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "13900001234", "hello"])
def test_words_never_seen_tell_nothing(text: str) -> None:
    assert MODEL.tell(text, ITEMS) is None


def test_model_of_another_catalogue_tells_nothing() -> None:
    assert MODEL.tell("书店备案", {"zz-other"}) is None


# How it is kept.


def test_model_comes_back_as_it_was_dumped() -> None:
    again = parse_model(dump_model(MODEL), version="0001-test")
    assert (again.taught, again.items, again.grams) == (MODEL.taught, MODEL.items, MODEL.grams)
    assert again.tell("想申请书店备案", ITEMS) == MODEL.tell("想申请书店备案", ITEMS)


def rewrite(**parts: object) -> bytes:
    """Return a dumped model with other parts; None leaves one out."""
    with np.load(io.BytesIO(dump_model(MODEL))) as held:
        arrays = {name: held[name] for name in held} | parts
    written = io.BytesIO()
    np.savez_compressed(written, **{name: part for name, part in arrays.items() if part is not None})  # type: ignore[arg-type]
    return written.getvalue()


def test_model_of_another_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="is of format 7, this release reads 1"):
        parse_model(rewrite(format=np.array(7)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 no archive",
        dump_model(MODEL)[:-40],
        rewrite(weights=None),
        rewrite(bias=np.zeros(2)),
        rewrite(idf=np.full(len(MODEL.grams), np.nan)),
        rewrite(weights=np.full(MODEL.weights.shape, "x")),
        rewrite(grams=np.full(len(MODEL.grams), "书")),
        rewrite(format=None),
    ],
    ids=[
        "empty",
        "no archive",
        "cut",
        "part missing",
        "shapes",
        "not finite",
        "no numbers",
        "doubled gram",
        "no format",
    ],
)
def test_damaged_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        parse_model(data)


def test_flipped_byte_is_noticed() -> None:
    data = bytearray(dump_model(MODEL))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("weights.npy")
    data[entry.header_offset + 60 + entry.compress_size // 2] ^= 0xFF
    with pytest.raises(ValueError, match="damaged"):
        parse_model(bytes(data))


class Trap:
    """Runs when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a pickle was run",)


def test_pickle_is_never_run() -> None:
    with pytest.raises(ValueError, match="damaged"):
        parse_model(pickle.dumps(Trap()))
    with pytest.raises(ValueError, match="damaged"):
        parse_model(rewrite(items=np.array([Trap()], dtype=object)))


def test_digest_knows_the_examples_whatever_their_order() -> None:
    assert digest_examples(EXAMPLES) == digest_examples(EXAMPLES[::-1])
    assert digest_examples(EXAMPLES) != digest_examples(EXAMPLES[1:])


# What follows from it.


def test_model_chooses_among_the_agencys_items_and_is_not_asked_about_answers_and_machines() -> None:
    message = mail("省馆", "省馆的卡迁出")
    assert form_opinion(MODEL, message, decided(), CATALOGUE).item == "xx-move"  # type: ignore[union-attr]
    assert form_opinion(MODEL, message, decided(item="yy-move"), CATALOGUE).item == "yy-move"  # type: ignore[union-attr]
    assert form_opinion(MODEL, message, decided(item=""), CATALOGUE).item == "xx-move"  # type: ignore[union-attr]
    assert form_opinion(MODEL, message, decided(joins=CASE.number), CATALOGUE) is None
    assert form_opinion(MODEL, message, decided(Ignore("机器邮件")), CATALOGUE) is None


@pytest.mark.parametrize("decision", [COMPLETE, AskForMaterials(Checklist()), Guide("inquiry")])
def test_sure_of_another_item_the_model_hands_over(decision: object) -> None:
    before = decided(decision)
    after = apply_opinion(before, SURE, CATALOGUE)
    assert isinstance(after.decision, Triage)
    assert after.rule == OPINION_RULE
    assert after.classification.item == "xx-move"
    assert after.classification.margin == 0.03
    assert [r.item for r in after.classification.rivals] == ["xx-permit", "xx-join"]
    assert "学习模型认为更像“书店备案”(97%,依据:书店)" in after.decision.reason
    assert after.reasons[-1] == "材料齐全。"


@pytest.mark.parametrize(
    "opinion",
    [
        None,
        replace(SURE, probability=STRONG - 0.01),
        replace(SURE, item="xx-move"),
        replace(SURE, item=NO_ITEM),
    ],
    ids=["none", "unsure", "same item", "no item"],
)
def test_any_other_opinion_changes_nothing(opinion: Opinion | None) -> None:
    assert apply_opinion(decided(), opinion, CATALOGUE) == decided(opinion=opinion)


@pytest.mark.parametrize("decision", [Triage("请人工判断。"), Ignore("广告")])
def test_model_lets_no_letter_go_that_the_rules_held(decision: object) -> None:
    assert apply_opinion(decided(decision), SURE, CATALOGUE) == decided(decision, opinion=SURE)


def test_model_picks_no_item_where_the_rules_found_none() -> None:
    uncovered = decided(Triage("没有识别出"), item="")
    assert apply_opinion(uncovered, SURE, CATALOGUE) == replace(uncovered, opinion=SURE)


def test_item_named_beside_the_first_is_no_contradiction() -> None:
    both = replace(decided().classification, also_items=("xx-permit",))
    assert not is_contradicted(decided(classification=both), SURE)


@pytest.mark.parametrize("weight", [0.0, 1.0, 50.0, -50.0])
def test_no_model_ever_raises_the_margin_or_changes_the_item(weight: float) -> None:
    model: Model = make_model(EXAMPLES, weight=weight)
    for text in ("我要把图书卡迁出到外地", "外地迁入", "书店备案申请", "申请"):
        situation = Situation(mail("申请", text), papers("id-front"), "main@library.example")
        before = decide(situation, Classifier(CATALOGUE))
        after = apply_opinion(before, form_opinion(model, situation.message, before, CATALOGUE), CATALOGUE)
        assert after.classification.item == before.classification.item
        assert after.classification.margin <= before.classification.margin
        assert after.word in (before.word, "triage")


# Teaching.


def test_same_examples_teach_the_same_model_and_it_knows_them() -> None:
    pytest.importorskip("sklearn")
    model, again = teach_model(EXAMPLES), teach_model(EXAMPLES)
    assert dump_model(model) == dump_model(again)
    assert [model.tell(text, ITEMS).item for _, text in EXAMPLES] == [item for item, _ in EXAMPLES]  # type: ignore[union-attr]


def test_two_items_are_enough_and_one_is_not() -> None:
    pytest.importorskip("sklearn")
    model = teach_model(EXAMPLES[1:3])
    assert model.tell("转走", ITEMS).item == "xx-move"  # type: ignore[union-attr]
    assert model.tell("转进来", ITEMS).item == "xx-join"  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="two items"):
        teach_model(EXAMPLES[:2])


def test_model_is_asked_as_scikit_learn_would_ask_it() -> None:
    pytest.importorskip("sklearn")
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts, items = [text for _, text in EXAMPLES], [item for item, _ in EXAMPLES]
    vectorizer = TfidfVectorizer(analyzer=list_grams, sublinear_tf=True)
    learner = LogisticRegression(C=50.0, class_weight="balanced", max_iter=1000)
    learner.fit(vectorizer.fit_transform(texts), items)
    shares = learner.predict_proba(vectorizer.transform(["外地的书店书店要备案"]))[0]
    opinion = teach_model(EXAMPLES).tell("外地的书店书店要备案", ITEMS)
    assert opinion is not None
    assert opinion.probability == pytest.approx(max(shares), abs=0.001)

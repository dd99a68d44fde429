"""``youban examples``: corrections without personal data, what is told otherwise, and the second opinion."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.routing.learned import make_model
from tests.youban.requests import LACKING, Run, write_request
from youban.examples import MODELS, keep_model, load_model

MISTAKEN = '[[example]]\nitem = "dl-death"\nintent = "apply"\ntexts = ["申请医保关系转出"]\n'
ASIDE = [("dl-death", "去世"), ("dl-transfer-out", "转出")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings."""
    (tmp_path / "youban.toml").write_text("[pictures]\nlooks = false\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def letter(home: Path) -> Path:
    text = "我是刘文静，离职回老家，身份证21020419900307002X，医保帮我转走。电话13900001234"
    (home / "1.eml").write_bytes(write_request(files=LACKING, subject="转医保 刘文静", text=text))
    return home / "1.eml"


def write_own(home: Path, *examples: str) -> Path:
    (home / "var").mkdir(exist_ok=True)
    file = home / "var" / "examples.toml"
    file.write_text("version = 1\n" + "".join(examples), encoding="utf-8")
    return file


def test_added_example_holds_nobodys_data(youban: Run, home: Path, letter: Path) -> None:
    ran = youban("examples", "add", letter, "--item", "dl-transfer-out", "--intent", "apply")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("added as dl-transfer-out in ")
    kept = (home / "var" / "examples.toml").read_text(encoding="utf-8")
    assert "转医保 某某\\n我是某某,离职回老家,身份证***,医保帮我转走。电话***" in kept
    for data in ("刘", "文静", "210204", "1234", "citizen"):
        assert data not in kept + ran.out.replace(str(home), "")


def test_same_example_is_added_once_and_never_as_two_items(youban: Run, home: Path, letter: Path) -> None:
    youban("examples", "add", letter, "--item", "dl-transfer-out")
    kept = (home / "var" / "examples.toml").read_text(encoding="utf-8")
    assert youban("examples", "add", letter, "--item", "dl-transfer-out").out.startswith("known already")
    ran = youban("examples", "add", letter, "--item", "dl-death")
    assert ran.code == 1
    assert "as dl-transfer-out: change it there" in ran.err
    assert (home / "var" / "examples.toml").read_text(encoding="utf-8") == kept


def test_example_goes_to_another_file_by_name(youban: Run, home: Path, letter: Path) -> None:
    youban("examples", "add", letter, "--item", "none", "--intent", "noise", "--examples", home / "mine.toml")
    assert 'item = "none"' in (home / "mine.toml").read_text(encoding="utf-8")
    assert not (home / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (("--item", "dl-deth"), 3, 'did you mean "dl-death"?'),
        (("--item", "dl-death", "--intent", "aply"), 3, 'did you mean "apply"?'),
        ((), 2, "--item"),
    ],
)
def test_wrong_item_or_intent_is_refused(
    youban: Run, letter: Path, arguments: tuple[str, ...], code: int, problem: str
) -> None:
    ran = youban("examples", "add", letter, *arguments)
    assert ran.code == code
    assert problem in ran.err


@pytest.mark.parametrize(("raw", "problem"), [(b"", "cannot be read"), (b"From: a@b.example\r\n\r\n\r\n", "neither")])
def test_mail_without_words_is_no_example(youban: Run, home: Path, raw: bytes, problem: str) -> None:
    (home / "odd.eml").write_bytes(raw)
    ran = youban("examples", "add", home / "odd.eml", "--item", "dl-death")
    assert ran.code == 1
    assert problem in ran.err
    assert not (home / "var").exists()


def test_check_prints_what_is_told_otherwise_and_ends_with_1(youban: Run, home: Path) -> None:
    file = write_own(home, MISTAKEN, '[[example]]\nitem = "dl-transfer-out"\ntexts = ["大连医保关系转出"]\n')
    ran = youban("examples", "check", file)
    assert ran.code == 1
    assert "dl-death apply: rules dl-transfer-out apply\n    申请医保关系转出\n" in ran.out
    assert ran.out.endswith("1 of 2 examples are told otherwise\n")
    ran = youban("examples", "check", "--json", file)
    (told,) = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, told["item"], told["told"]["item"], told["opinion"]) == (1, "dl-death", "dl-transfer-out", None)


def test_check_of_examples_told_right_ends_with_0(youban: Run, home: Path) -> None:
    file = write_own(home, '[[example]]\nitem = "dl-transfer-out"\ntexts = ["大连医保关系转出"]\n')
    ran = youban("examples", "check", file)
    assert (ran.code, ran.out) == (0, "0 of 1 examples are told otherwise\n")


def test_check_tries_the_shipped_ones_without_any_settings(
    youban: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = youban("examples", "check")
    assert ran.err == ""
    assert " examples are told otherwise\n" in ran.out
    assert youban("examples", "check", "--config", "youban.toml").code == 3


def test_check_asks_the_newest_model(youban: Run, home: Path) -> None:
    file = write_own(home, '[[example]]\nitem = "dl-transfer-out"\ntexts = ["大连医保关系转出"]\n')
    model = keep_model(home / "var" / MODELS, make_model([("dl-death", "转出"), ("dl-transfer-out", "去世")]))
    ran = youban("examples", "check", file)
    assert ran.code == 1
    assert "rules dl-transfer-out inquiry, opinion dl-death 100%" in ran.out or "opinion dl-death" in ran.out
    assert f"(opinion {model.version})" in ran.out


def test_training_without_the_extra_says_what_to_install(
    youban: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    ran = youban("examples", "train")
    assert ran.code == 3
    assert "scikit-learn is not installed" in ran.err
    assert "youban[learn]" in ran.err
    assert not (home / "var").exists()


def test_training_keeps_a_version_for_each_set_of_examples(youban: Run, home: Path) -> None:
    pytest.importorskip("sklearn")
    first = youban("examples", "train")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("opinion 0001-")
    assert "nothing new to learn" in youban("examples", "train").out
    write_own(home, MISTAKEN)
    assert youban("examples", "train").out.startswith("opinion 0002-")
    assert len(list((home / "var" / MODELS).iterdir())) == 2
    model = load_model(home / "var" / MODELS)
    assert model.tell("我父亲去世了，注销他的医保", {"dl-death", "dl-transfer-out"}).item == "dl-death"  # type: ignore[union-attr]


def test_explain_shows_the_opinion_and_a_strong_other_one_is_a_clerks(youban: Run, home: Path) -> None:
    (home / "1.eml").write_bytes(write_request(files=LACKING))
    keep_model(home / "agrees", make_model(ASIDE))
    keep_model(home / "differs", make_model([("dl-death", "转出"), ("dl-transfer-out", "去世")]))
    before = json.loads(youban("explain", "--json", "--no-look", "1.eml").out)
    assert "opinion" not in before
    agrees = json.loads(youban("explain", "--json", "--no-look", "--opinion", "agrees", "1.eml").out)
    assert agrees["opinion"]["item"] == "dl-transfer-out"
    assert not agrees["opinion"]["is_against"]
    assert {**agrees, "opinion": 0} == {**before, "opinion": 0}
    differs = json.loads(youban("explain", "--json", "--no-look", "--opinion", "differs", "1.eml").out)
    assert (differs["item"], differs["decision"], differs["rule"]) == (
        before["item"],
        "triage",
        "hand_over_other_opinion",
    )
    assert differs["opinion"]["is_against"]
    assert differs["margin"] < before["margin"]
    ran = youban("explain", "--no-look", "--opinion", "differs", "1.eml")
    assert "学习模型的看法：dl-death 100%，与规则不一致；转出（" in ran.out
    assert "转人工" in ran.out


def test_explain_refuses_a_damaged_model(youban: Run, home: Path) -> None:
    (home / "1.eml").write_bytes(write_request(files=LACKING))
    (home / "0001-0123456789ab.npz").write_bytes(b"PK")
    ran = youban("explain", "--no-look", "--opinion", "0001-0123456789ab.npz", "1.eml")
    assert (ran.code, ran.out) == (3, "")
    assert "is no model or is damaged" in ran.err

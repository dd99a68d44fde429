"""Examples and models on the disk: the shipped ones are right, a wrong file is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from config.catalogue import load_catalogue
from domain.errors import ConfigError
from domain.routing import Intent
from routing import Classifier
from routing.examples import Example, list_words, mask_persons, try_examples
from routing.opinion import dump_model
from tests.routing.learned import make_model
from youban.examples import append_example, find_model, keep_model, load_examples, load_model, load_shipped_examples

CATALOGUE = load_catalogue()
ITEMS = tuple(item.code for item in CATALOGUE.items)
SHIPPED = load_shipped_examples(ITEMS)
MODEL = make_model([("dl-death", "去世"), ("dl-transfer-in", "转入")])


def test_every_item_has_six_to_ten_shipped_examples() -> None:
    counts = Counter(example.item for example in SHIPPED)
    assert set(counts) == {*ITEMS, "none"}
    assert [item for item, count in counts.items() if not 6 <= count <= 10] == []
    assert len({example.text for example in SHIPPED}) == len(SHIPPED)


def test_shipped_examples_name_nobody_and_no_number() -> None:
    words = list_words(CATALOGUE)
    assert [e.text for e in SHIPPED if "***" in mask_persons(e.text, words=words)] == []
    assert [e.text for e in SHIPPED if "某某" in mask_persons(e.text, words=words) and "某某" not in e.text] == []


def test_rules_tell_most_shipped_examples() -> None:
    # Some are there because the rules do not know their words yet: those are what a second opinion is for.
    tried = try_examples(SHIPPED, Classifier(CATALOGUE))
    assert sum(one.item == one.example.item for one in tried) / len(tried) > 0.85


def test_shipped_examples_of_items_that_the_catalogue_does_not_have_are_left_out() -> None:
    assert {example.item for example in load_shipped_examples(["dl-death"])} == {"dl-death", "none"}


def test_appended_example_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "var" / "examples.toml"
    first = Example("dl-death", '老人"走了"\n反斜杠\\、制表\t、第二行', Intent.APPLY)
    second = Example("none", "\n没有主题")
    append_example(file, first)
    by_hand = "# looked at\n[[example]]\nitem = 'dl-death'\ntexts = ['家母过世']"  # without a line's end
    file.write_text(file.read_text(encoding="utf-8") + by_hand, encoding="utf-8")
    append_example(file, second)
    assert load_examples(file, ITEMS) == (first, Example("dl-death", "家母过世"), second)
    assert "# looked at" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("version = 2\n", "is 2, this release reads 1"),
        ("", "version: is missing"),
        ("version = 1\n[[example]]\nitem = 'dl-deth'\ntexts = ['a']\n", 'did you mean "dl-death"'),
        ("version = 1\n[[example]]\nitem = 'dl-death'\n", "at least one mail"),
        ("version = 1\n[[example]]\nitem = 'dl-death'\nintent = 'aply'\ntexts = ['a']\n", 'did you mean "apply"'),
        ("version = 1\n[[example]]\nitem = 'dl-death'\ntext = 'a'\n", 'did you mean "texts"'),
    ],
)
def test_wrong_file_of_examples_is_refused_by_place(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml") as caught:
        load_examples(tmp_path / "own.toml", ITEMS)
    assert problem in str(caught.value)


def test_each_model_is_a_version_of_its_own_and_the_newest_counts(tmp_path: Path) -> None:
    assert find_model(tmp_path / "opinion") is None
    first = keep_model(tmp_path / "opinion", MODEL)
    second = keep_model(tmp_path / "opinion", make_model([("dl-death", "过世"), ("dl-transfer-in", "迁")]))
    assert first.version == f"0001-{MODEL.taught[:12]}"
    assert second.version.startswith("0002-")
    assert load_model(tmp_path / "opinion").version == second.version
    assert load_model(tmp_path / "opinion" / f"{first.version}.npz").grams == MODEL.grams
    (tmp_path / "opinion" / f"{second.version}.npz").unlink()
    assert load_model(tmp_path / "opinion").version == first.version
    assert sorted(p.suffix for p in (tmp_path / "opinion").iterdir()) == [".npz"]


def test_model_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    damaged = tmp_path / "0001-0123456789ab.npz"
    damaged.write_bytes(dump_model(MODEL)[:200])
    for path, problem in (
        (damaged, "is no model or is damaged"),
        (tmp_path, "is no model or is damaged"),
        (tmp_path / "nowhere.npz", "cannot be read"),
    ):
        with pytest.raises(ConfigError, match=problem) as caught:
            load_model(path)
        assert "youban examples train" in str(caught.value)
    damaged.unlink()
    with pytest.raises(ConfigError, match="holds no model"):
        load_model(tmp_path)

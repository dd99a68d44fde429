from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.papers import SHIPPED_WORDINGS, load_papers
from config.wordings import read_wordings
from domain.catalogue import FACT_CODES, Wording
from domain.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "wordings.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sample_is_its_head_and_the_lines_below(tmp_path: Path) -> None:
    path = write(tmp_path, "# 说明\n[pass] 旧版\n云上通行证\n\n  持证人  \n[other] 门票\n入园须知\n[甲类] 半价\n")
    assert read_wordings(path, {"pass", "other"}) == {
        "pass": (Wording("旧版", "云上通行证\n持证人"),),
        "other": (Wording("门票", "入园须知\n[甲类] 半价"),),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("云上通行证\n[pass] 旧版\n持证人\n", ("line 1", "before the first")),
        ("[pas] 旧版\n云上通行证\n", ("line 1", '"pas" is not known', 'did you mean "pass"')),
        ("[pass]\n云上通行证\n", ("line 1", "a name and words")),
        ("\n[pass] 旧版\n[pass] 新版\n云上通行证\n", ("line 2", "a name and words")),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, text: str, said: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_wordings(write(tmp_path, text), {"pass", "other"})
    assert all(words in str(caught.value) for words in ("wordings.txt", *said))


def test_what_is_no_text_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wordings.txt"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"wordings\.txt.*UTF-8"):
        read_wordings(path, {"pass"})


def test_every_kind_has_several_versions_and_nobody_stands_in_them() -> None:
    kinds = load_papers()
    few = {code for code, kind in kinds.items() if len(kind.wordings) < 7} - FACT_CODES
    assert few == {"parent-hukou-first", "parent-hukou-self"}  # printed like anybody's
    assert not re.search(r"\d{11,}", SHIPPED_WORDINGS.read_text("utf-8"))

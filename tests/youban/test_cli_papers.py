from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from tests.intake.papers.photos import PERSON, photo
from tests.youban.requests import Run


def test_papers_says_kind_fields_and_why(youban: Run, tmp_path: Path) -> None:
    front = tmp_path / "身份证.jpg"
    front.write_bytes(photo("id-front"))
    ran = youban("papers", "--lines", front)
    assert (ran.code, ran.err) == (0, "")
    assert "身份证人像面 id-front" in ran.out
    assert "印有“公民身份号码”" in ran.out
    assert f"id_number = {PERSON.id_number}" in ran.out


def test_papers_json_is_one_object_a_page_and_the_page_is_marked(youban: Run, tmp_path: Path) -> None:
    back, broken, marked = tmp_path / "背面.jpg", tmp_path / "坏.jpg", tmp_path / "marked"
    back.write_bytes(photo("id-back"))
    broken.write_bytes(b"no picture")
    ran = youban("papers", "--json", "--mark", marked, back, broken)
    assert ran.code == 1
    page, closed = (json.loads(line) for line in ran.out.splitlines())
    assert (page["file"], page["page"], page["turned"], page["flaw"]) == (str(back), 1, 0, None)
    assert [paper["kind"] for paper in page["papers"]] == ["id-back"]
    assert page["papers"][0]["fields"]["valid_until"]["value"] == "长期"
    assert closed == {"file": str(broken), "problem": "图片无法识别，文件可能已损坏"}
    with Image.open(marked / "背面-1.jpg") as picture:
        assert picture.width > picture.height


def test_papers_names_a_file_that_is_not_there(youban: Run, tmp_path: Path) -> None:
    ran = youban("papers", tmp_path / "absent.jpg")
    assert (ran.code, ran.out) == (3, "")
    assert "absent.jpg" in ran.err
    assert "cannot be read" in ran.err


def test_papers_shows_every_person_of_a_list(youban: Run, tmp_path: Path) -> None:
    listed = tmp_path / "花名册.jpg"
    listed.write_bytes(photo("increase-roster"))
    shown, told = youban("papers", listed), youban("papers", "--json", listed)
    (paper,) = json.loads(told.out)["papers"]
    assert len(paper["people"]) == 3
    assert paper["people"][0]["id_number"] == paper["fields"]["id_number"]
    assert [line.split()[0] for line in shown.out.splitlines() if "人  " in line] == ["第1人", "第2人", "第3人"]

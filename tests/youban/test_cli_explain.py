from __future__ import annotations

import json
import mailbox
from pathlib import Path

from tests.intake.papers.photos import PERSON, photo
from tests.youban.requests import LACKING, MAILBOX, Run, write_request

FIRST = write_request(1, files=LACKING)
SECOND = write_request(2, files=["身份证反面.jpg"], subject="Re: 申请办理医保关系转出", text="补交", answers=1)


def test_explain_json_is_one_object_a_line_in_the_order_given(youban: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "z.eml", tmp_path / "a.eml"
    first.write_bytes(FIRST)
    second.write_bytes(SECOND)
    ran = youban("explain", "--json", "--no-look", first, second)
    assert (ran.code, ran.err) == (0, "")
    one, two = (json.loads(line) for line in ran.out.splitlines())
    assert (one["file"], one["decision"], one["missing"]) == (str(first), "missing", ["id-back"])
    assert (two["file"], two["decision"], two["intent"]) == (str(second), "ack", "supplement")
    assert one["case"] == two["case"]


def test_explain_reads_mbox_maildir_and_folder(youban: Run, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "mbox")
    maildir = mailbox.Maildir(tmp_path / "Maildir")
    folder = tmp_path / "folder"
    folder.mkdir()
    for kept in (box, maildir):
        kept.add(FIRST)
        kept.close()
    (folder / "1.eml").write_bytes(FIRST)
    for path in (tmp_path / "mbox", tmp_path / "Maildir", folder):
        ran = youban("explain", "--json", path)
        assert ran.code == 0, ran.err
        assert json.loads(ran.out)["item"] == "dl-transfer-out"


def test_explain_for_people_says_what_lacks_and_why(youban: Run, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(FIRST)
    ran = youban("explain", "--no-look", tmp_path / "1.eml")
    assert ran.code == 0
    for words in ("需补充材料", "dl-transfer-out", "缺 id-back", "未查看图片内容", "依据："):
        assert words in ran.out


def test_explain_looks_at_photographs_and_says_what_they_show(youban: Run, tmp_path: Path) -> None:
    photographs = {"IMG_1.jpg": photo("id-front"), "IMG_2.jpg": photo(blur_px=9.0)}
    (tmp_path / "1.eml").write_bytes(write_request(files=(), photographs=photographs))
    ran = youban("explain", tmp_path / "1.eml")
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "材料 IMG_1.jpg → id-front 依据图片内容；印有“公民身份号码”",
        f"id_number = {PERSON.id_number}",
        "材料 IMG_2.jpg → 未识别",
        "第2张照片拍得模糊，字看不清",
    ):
        assert words in ran.out
    ran = youban("explain", "--json", tmp_path / "1.eml")
    front, back = json.loads(ran.out)["papers"]
    assert (front["source"], front["fields"]["id_number"]) == ("picture", PERSON.id_number)
    assert (back["kind"], back["problem"]) == (None, "第2张照片拍得模糊，字看不清")


def test_explain_without_a_look_goes_by_names_and_says_what_is_wrong_with_them(youban: Run, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(write_request(files=["身份证正面.jpg", "电子社保卡.jpg"]))
    ran = youban("explain", "--no-look", tmp_path / "1.eml")
    assert ran.code == 0
    for words in (
        "材料 身份证正面.jpg → id-front 依据文件名“身份证正面.jpg”；未查看图片内容",
        "材料 电子社保卡.jpg → 未识别",
        "“电子社保卡”不能代替社会保障卡正面",
    ):
        assert words in ran.out


def test_explain_of_a_mail_that_cannot_be_read_goes_on(youban: Run, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(b"")
    (tmp_path / "2.eml").write_bytes(FIRST)
    ran = youban("explain", "--json", "--mailbox", MAILBOX, tmp_path)
    assert ran.code == 0
    assert [json.loads(line)["decision"] for line in ran.out.splitlines()] == ["triage", "missing"]


def test_explain_of_a_path_that_is_not_there_ends_with_3(youban: Run, tmp_path: Path) -> None:
    ran = youban("explain", tmp_path / "nowhere.eml")
    assert (ran.code, ran.out) == (3, "")
    assert "nowhere.eml: there is no such file or folder (name a mail (.eml)" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_explain_for_an_unknown_mailbox_names_the_nearest(youban: Run, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(FIRST)
    ran = youban("explain", "--mailbox", "dlybzxgqbsx@163.com", tmp_path)
    assert ran.code == 3
    assert 'published by no agency (did you mean "dlybzxgqbsc@163.com"?)' in ran.err


def test_explain_with_an_agency_of_ones_own(youban: Run, tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(FIRST)
    ran = youban("explain", "--agency", tmp_path / "nowhere.toml", tmp_path / "1.eml")
    assert ran.code == 3
    assert "nowhere.toml" in ran.err


def test_explain_without_a_file_is_a_wrong_command_line(youban: Run) -> None:
    assert youban("explain").code == 2

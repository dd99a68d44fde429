"""Papers as their pictures show them, on sights written down by hand: no network is asked here."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.papers import load_papers
from domain.mail import Attachment, Message, Unopened
from domain.papers import Paper, Source
from intake.enclosures import tell_unopened
from intake.papers.legibility import Flaw
from intake.papers.lines import Page, lay_out
from intake.papers.looking import Sight
from intake.papers.seals import Sealed
from intake.papers.seen import LEAST_TRUST, Look, find_pictures, recognise_seen, tell_flaw
from routing.checklist import find_unseen
from tests.intake.papers.layouts import write_page
from tests.routing.building import mail

KINDS = load_papers()
LAYOUTS = tomllib.loads((Path(__file__).parent / "layouts.toml").read_text(encoding="utf-8"))
TEXTS = {one["code"]: one["text"] for one in reversed(LAYOUTS["shown"])}
NUMBER = "990101198503071234"
CARD = f"姓名  于明远\n性别 男  民族 汉\n出生  1985年3月7日\n住址  虚构路18号\n公民身份号码  {NUMBER}"
STRANGE = "读书笔记\n第三章 春天\n今天天气很好"
EMPTY = Page(1600, 1200, ())
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attach(index: int, name: str, sha256: str = "", **options: Any) -> Attachment:
    media_type = {"pdf": PDF, "docx": DOCX, "zip": "application/zip"}.get(name.rpartition(".")[2], "image/jpeg")
    return Attachment(index, name, media_type, 50_000, sha256 or name, **options)


def write(*files: str | Attachment, text: str = "") -> Message:
    attachments = (attach(i, f) if isinstance(f, str) else f for i, f in enumerate(files, 1))
    return mail("医保转出", text, attachments=tuple(attachments))


def see(*pages: str | Flaw | tuple[str, Flaw]) -> Look:
    """Return a look at pages: what stands there, what is wrong with them, or both."""
    sights = []
    for number, page in enumerate(pages, 1):
        text, flaw = page if isinstance(page, tuple) else ("", page) if isinstance(page, Flaw) else (page, None)
        sights.append(Sight(number, write_page(text) if text else EMPTY, flaw))
    return Look(tuple(sights))


def recognise(looks: dict[str, Look], *files: str | Attachment, text: str = "") -> tuple[Paper, ...]:
    """Return the papers of a mail; the looks are named by the files' SHA-256, which is their name here."""
    return recognise_seen(write(*files, text=text), KINDS, looks)


def told(papers: tuple[Paper, ...]) -> list[tuple[str, str]]:
    return [(paper.kind, paper.problem) for paper in papers]


# What was seen, and what is only said.


def test_what_was_seen_outweighs_the_name() -> None:
    (paper,) = recognise({"身份证反面.jpg": see(TEXTS["ss-card-front"])}, "身份证反面.jpg")
    assert (paper.kind, paper.source, paper.is_legible, paper.problem) == ("ss-card-front", Source.PICTURE, True, "")
    assert paper.evidence[0] == "依据图片内容"
    assert any(words.startswith("印有“社会保障卡”") for words in paper.evidence)


def test_name_decides_where_nothing_looked() -> None:
    seen, named = recognise({"IMG_1.jpg": see(CARD)}, "IMG_1.jpg", "身份证反面.jpg")
    assert (seen.kind, seen.source) == ("id-front", Source.PICTURE)
    assert (named.kind, named.source, named.is_legible) == ("id-back", Source.FILE_NAME, None)


def test_without_looks_papers_are_told_by_names() -> None:
    papers = recognise({}, "身份证正面.jpg", "IMG_2.jpg")
    assert [(p.kind, p.source, p.is_legible) for p in papers] == [
        ("id-front", Source.FILE_NAME, None),
        ("", Source.NONE, None),
    ]


def test_two_papers_on_one_photograph_are_two() -> None:
    both = f"{CARD}\n\n\n\n{TEXTS['id-back'].strip()}"
    assert [p.kind for p in recognise({"1.jpg": see(both)}, "1.jpg")] == ["id-front", "id-back"]


def test_legible_and_unknown_is_a_clerks_and_leaves_the_finding_open() -> None:
    papers = recognise({"身份证正面.jpg": see(STRANGE)}, "身份证正面.jpg")
    (paper,) = papers
    assert (paper.kind, paper.is_legible, paper.problem, paper.source) == ("", True, "", Source.PICTURE)
    assert paper.evidence == ("看得清，但没有认出是哪种材料", "文件名或来信说是身份证人像面")
    assert find_unseen(papers) == papers


def test_broken_off_look_is_a_clerks() -> None:
    papers = recognise({"身份证正面.jpg": Look()}, "身份证正面.jpg")
    (paper,) = papers
    assert (paper.kind, paper.is_legible, paper.problem, paper.source) == ("", None, "", Source.NONE)
    assert paper.evidence == ("系统未能看完这个文件，请人工查看", "文件名或来信说是身份证人像面")
    assert find_unseen(papers) == papers


def test_closed_file_is_asked_for_again() -> None:
    closed = tell_unopened(Unopened.DAMAGED)
    papers = recognise(dict.fromkeys(("1.jpg", "身份证正面.jpg"), Look(closed=closed)), "1.jpg", "身份证正面.jpg")
    assert told(papers) == [("", closed), ("id-front", closed)]
    assert [p.counts for p in papers] == [False, False]
    assert find_unseen(papers) == ()


def test_look_alike_is_refused_with_its_word() -> None:
    rental = next(one["text"] for one in LAYOUTS["refused"] if one["name"] == "租房合同2")
    papers = recognise({"房产证.jpg": see(rental)}, "房产证.jpg")
    (paper,) = papers
    assert (paper.kind, paper.is_legible, paper.source) == ("", True, Source.PICTURE)
    assert paper.problem == "“租房合同”不能代替房产证或不动产权证"
    assert find_unseen(papers) == ()
    (paper,) = recognise({"IMG_1.jpg": see(rental)}, "IMG_1.jpg")
    assert paper.problem.startswith("“租房合同”不能代替")


def test_parents_page_is_told_by_the_senders_word() -> None:
    look = see(TEXTS["hukou-first"])
    papers = recognise({"父亲户口本首页.jpg": look, "IMG_2.jpg": look}, "父亲户口本首页.jpg", "IMG_2.jpg")
    assert [p.kind for p in papers] == ["parent-hukou-first", "hukou-first"]
    blurred = see((TEXTS["hukou-first"], Flaw.BLURRED))
    (paper,) = recognise({"父亲户口本首页.jpg": blurred}, "父亲户口本首页.jpg")
    assert (paper.kind, paper.is_legible) == ("parent-hukou-first", False)


def test_fields_are_put_on_the_paper_when_they_are_to_be_trusted() -> None:
    (paper,) = recognise({"1.jpg": see(CARD)}, "1.jpg")
    assert (paper.fields["name"], paper.fields["birth"]) == ("于明远", "1985-03-07")
    doubtful = Look((Sight(1, write_page(CARD, score=LEAST_TRUST - 0.01)),))
    (paper,) = recognise({"1.jpg": doubtful}, "1.jpg")
    assert (paper.kind, paper.fields) == ("id-front", {})


# Why a photograph cannot be read.


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_words_behind_the_photograph(flaw: Flaw) -> None:
    assert tell_flaw(flaw)
    (paper,) = recognise({"IMG_1.jpg": see(flaw)}, "IMG_1.jpg")
    assert (paper.kind, paper.is_legible, paper.problem) == ("", False, f"照片{tell_flaw(flaw)}")


def test_photograph_has_a_number_only_among_several() -> None:
    looks = {"1.jpg": see(CARD), "2.jpg": see(Flaw.BLURRED), "a.pdf": see(Flaw.DARK)}
    alone = recognise(looks, "2.jpg", "a.pdf")
    assert [p.problem for p in alone] == ["照片拍得模糊，字看不清", "扫描件拍得太暗，字看不清"]
    _, _, second = recognise(looks, "a.pdf", "1.jpg", "2.jpg")
    assert second.problem == "第2张照片拍得模糊，字看不清"


def test_photograph_sent_twice_is_counted_where_it_lies() -> None:
    looks = {"x": see(CARD), "y": see(Flaw.SMALL)}
    files = (attach(1, "1.jpg", "x"), attach(2, "2.jpg", "x"), attach(3, "3.jpg", "y"))
    papers = recognise(looks, *files)
    assert [(p.attachment, p.kind) for p in papers if p.counts] == [("1.jpg", "id-front")]
    assert papers[-1].problem == "第3张照片拍得太远，字太小，看不清"


def test_same_photograph_under_another_papers_name_is_told() -> None:
    files = (attach(1, "身份证正面.jpg", "x"), attach(2, "身份证反面.jpg", "x"))
    assert told(recognise({"x": see(CARD)}, *files)) == [
        ("id-front", ""),
        ("id-back", "与“身份证正面.jpg”是同一个文件"),
    ]


def test_unreadable_photograph_is_what_was_recognised_then_what_it_is_said_to_be_then_unknown() -> None:
    names = ("身份证反面.jpg", "社保卡正面.jpg", "IMG_3.jpg")
    looks = {names[0]: see((CARD, Flaw.SMALL)), names[1]: see(Flaw.BLURRED), names[2]: see(Flaw.BLURRED)}
    papers = recognise(looks, *names)
    assert [p.kind for p in papers] == ["id-front", "ss-card-front", ""]
    assert {p.is_legible for p in papers} == {False}
    assert [p.evidence for p in papers] == [
        ("文件名或来信说是身份证国徽面",),
        ("文件名或来信说是社会保障卡正面",),
        (),
    ]
    assert find_unseen(papers) == ()


def test_unreadable_photograph_of_two_papers_lacks_both() -> None:
    both = f"{CARD}\n\n\n\n{TEXTS['id-back'].strip()}"
    papers = recognise({"1.jpg": see((both, Flaw.SMALL))}, "1.jpg")
    assert [(p.kind, p.is_legible) for p in papers] == [("id-front", False), ("id-back", False)]


# PDFs.


def test_pdf_of_two_papers_is_two() -> None:
    papers = recognise({"a.pdf": see(CARD, TEXTS["id-back"])}, "a.pdf")
    assert [(p.kind, p.page, p.is_legible) for p in papers] == [("id-front", 1, True), ("id-back", 2, True)]
    assert papers[1].evidence[1].startswith("第2页印有“")


def test_untitled_pages_belong_to_the_paper_before_them() -> None:
    rental = next(one["text"] for one in LAYOUTS["refused"] if one["name"] == "租房合同2")
    for further in (STRANGE, Flaw.NO_DOCUMENT, rental):
        (paper,) = recognise({"a.pdf": see(TEXTS["medical-record"], further)}, "a.pdf")
        assert (paper.kind, paper.page) == ("medical-record", 1)


def test_bad_page_of_a_pdf_is_told_beside_the_good_ones() -> None:
    papers = recognise({"a.pdf": see(CARD, Flaw.BLURRED, (TEXTS["id-back"], Flaw.DARK))}, "a.pdf")
    assert [(p.kind, p.page, p.problem) for p in papers] == [
        ("id-front", 1, ""),
        ("", 2, "扫描件第2页拍得模糊，字看不清"),
        ("id-back", 3, "扫描件第3页拍得太暗，字看不清"),
    ]


def test_pdf_that_shows_nothing_known_is_a_clerks_unless_there_is_nothing() -> None:
    (paper,) = recognise({"a.pdf": see(STRANGE, Flaw.NO_DOCUMENT)}, "a.pdf")
    assert (paper.kind, paper.is_legible, paper.problem) == ("", True, "")
    (paper,) = recognise({"a.pdf": see(Flaw.NO_DOCUMENT, Flaw.NO_DOCUMENT)}, "a.pdf")
    assert (paper.is_legible, paper.problem) == (False, "扫描件上面看不到证件或材料")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TEXTS["written-request"], "written-request"),
        ("兹附上参保凭证一份，请查收并转交有关部门办理后续手续。", "enrolment-cert"),
    ],
    ids=["told by its words", "told by its title alone"],
)
def test_typed_page_among_scans_stays_typed(text: str, kind: str) -> None:
    file = attach(1, "a.pdf", text=f"{text}\f")
    look = Look((Sight(1, lay_out(text)), Sight(2, write_page(CARD))))
    typed, card = recognise({"a.pdf": look}, file)
    assert (typed.kind, typed.source) == (kind, Source.TEXT_LAYER)
    assert (card.kind, card.source) == ("id-front", Source.PICTURE)


def test_text_layer_gives_fields_without_a_look() -> None:
    record = "出院记录\n姓名：于明远\n入院日期：2019年12月20日\n出院日期：2020年1月6日\n出院医嘱：规律服药"
    for looks in ({}, {"another": Look()}):
        (paper,) = recognise(looks, attach(1, "b.pdf", text=record))
        assert (paper.kind, paper.source) == ("medical-record", Source.TEXT_LAYER)
        assert paper.fields["name"] == "于明远"


# Documents with pictures in them.


def test_picture_in_a_document_counts_only_when_it_is_recognised() -> None:
    files = (attach(1, "材料.docx"), attach(2, "image1.jpeg", container=1), attach(3, "image2.jpeg", container=1))
    looks = {"image1.jpeg": see(CARD), "image2.jpeg": see(STRANGE)}
    papers = recognise(looks, *files)
    assert [(p.attachment, p.kind, p.sha256) for p in papers] == [("材料.docx", "id-front", "image1.jpeg")]
    assert papers[0].evidence[0] == "“材料.docx”里的图片"
    (paper,) = recognise({"image1.jpeg": see(STRANGE), "image2.jpeg": see(Flaw.NO_DOCUMENT)}, *files)
    assert (paper.attachment, paper.kind, paper.source) == ("材料.docx", "", Source.NONE)


def test_unreadable_picture_in_a_document_is_told_when_its_kind_is() -> None:
    files = (attach(1, "身份证正反面.docx"), attach(2, "image1.jpeg", container=1))
    (paper,) = recognise({"image1.jpeg": see((CARD, Flaw.SMALL))}, *files)
    assert (paper.attachment, paper.kind) == ("身份证正反面.docx", "id-front")
    assert paper.problem == "里面的图片拍得太远，字太小，看不清"


def test_photograph_in_an_archive_is_a_file_of_its_own() -> None:
    files = (attach(1, "材料.zip"), attach(2, "IMG_1.jpg", container=1), attach(3, "IMG_2.jpg", container=1))
    papers = recognise({"IMG_1.jpg": see(CARD), "IMG_2.jpg": see(Flaw.BLURRED)}, *files)
    assert told(papers) == [("id-front", ""), ("", "第2张照片拍得模糊，字看不清")]


# What is looked at.


def test_files_to_look_at() -> None:
    scan, typed = attach(6, "scan.pdf"), attach(7, "typed.pdf", text="字" * 40)
    mixed, closed = attach(8, "mixed.pdf", text="字" * 40 + "\f"), attach(9, "shut.pdf", unopened=Unopened.ENCRYPTED)
    logo = Attachment(2, "logo.png", "image/png", 900, "logo.png", is_inline=True)
    part, bullet = attach(4, "part.jpg", container=3), Attachment(5, "dot.png", "image/png", 90, "dot", container=3)
    files = (attach(1, "a.jpg"), logo, attach(3, "b.docx"), part, bullet, scan, typed, mixed, closed)
    again, empty = attach(10, "again.jpg", "a.jpg"), Attachment(11, "empty.jpg", "image/jpeg", 0, "empty")
    found = find_pictures(write(*files, again, empty))
    assert [a.name for a in found] == ["a.jpg", "part.jpg", "scan.pdf", "mixed.pdf"]


# Seals and handwriting.

STAMPED = see(TEXTS["stamped-form"]).sights[0]


@pytest.mark.parametrize(
    ("sealed", "problem", "evidence"),
    [
        (Sealed.YES, "", "有红色公章"),
        (Sealed.NO, "没有看到公章，填写好并盖章的表格须加盖公章", ""),
        (Sealed.UNKNOWN, "", "黑白图片，看不出有没有公章"),
        (None, "", ""),
    ],
)
def test_form_that_must_be_stamped_is_refused_only_where_a_seal_would_be_seen(
    sealed: Sealed | None, problem: str, evidence: str
) -> None:
    (paper,) = recognise({"IMG_1.jpg": Look((replace(STAMPED, sealed=sealed),))}, "IMG_1.jpg")
    assert (paper.kind, paper.problem) == ("stamped-form", problem)
    assert not evidence or evidence in paper.evidence


def test_printed_request_is_only_pointed_out() -> None:
    sight = see(TEXTS["written-request"]).sights[0]
    papers = [
        recognise({"IMG_1.jpg": Look((replace(sight, written=written),))}, "IMG_1.jpg")[0] for written in (0.1, 0.9)
    ]
    assert [p.counts for p in papers] == [True, True]
    assert [any("打印" in words for words in p.evidence) for p in papers] == [True, False]

"""Kinds of paper by words alone: the catalogue's words, the grammar of sides and lists, and honesty about it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.papers import load_papers
from domain.catalogue import FACT_CODES, DocumentKind
from domain.mail import Address, Attachment, Message, Unopened
from domain.papers import Paper, Source
from intake.papers.named import recognise_papers

KINDS = load_papers()
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "eml": "message/rfc822",
    "exe": "application/x-msdownload",
}
LIST = "附件依次为身份证正反面、社保卡、手写申请"


def attach(index: int, name: str, *, sha256: str = "", size_bytes: int = 50_000, **options: Any) -> Attachment:
    media_type = TYPES[name.rpartition(".")[2]]
    return Attachment(index, name, media_type, size_bytes, sha256 or f"{index:064x}", **options)


def recognise(*files: str | Attachment, text: str = "", subject: str = "") -> tuple[Paper, ...]:
    attachments = tuple(attach(i, f) if isinstance(f, str) else f for i, f in enumerate(files, 1))
    sender = Address("a@qq.example")
    message = Message("id", "", subject, sender, None, (), None, text, "", (), (), attachments)
    return recognise_papers(message, KINDS)


def kinds(*files: str | Attachment, text: str = "", subject: str = "") -> list[str]:
    return [p.kind for p in recognise(*files, text=text, subject=subject) if not p.problem]


PAPERS = [kind for kind in KINDS.values() if kind.code not in {*FACT_CODES, "other"}]


@pytest.mark.parametrize("kind", PAPERS, ids=lambda k: k.code)
def test_our_own_words_for_a_paper_are_understood(kind: DocumentKind) -> None:
    """Who is asked for 父母一方户口本首页 calls the file so."""
    assert kinds(f"{kind.title}.jpg") == [kind.code]
    quoted = re.findall(r"《(.+?)》", kind.photo_hint)
    assert [word for word in quoted if kinds(f"{word}.jpg") != [kind.code]] == []
    assert [word for word in kind.names if kind.code not in kinds(f"{word}.jpg")] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("身份证正面.jpg", ["id-front"]),
        ("张三 身份证（反面）.JPG".replace("JPG", "jpg"), ["id-back"]),
        ("张三身份证_反.jpg", ["id-back"]),
        ("身份证国徽面.png", ["id-back"]),
        ("正面身份证.jpg", ["id-front"]),
        ("身份证正反面.jpg", ["id-front", "id-back"]),
        ("身份证正面和反面.jpg", ["id-front", "id-back"]),
        ("身份证.jpg", ["id-front"]),
        ("身份证2.jpg", ["id-back"]),
        ("社保卡(背).jpg", ["ss-card-back"]),
        ("身份证+社保卡.jpg", ["id-front", "ss-card-front"]),
        ("营业执照（副本）.jpg", ["business-license"]),
        ("药品经营许可证.jpg", ["drug-license"]),
        ("父亲户口本首页.jpg", ["parent-hukou-first"]),
        ("母亲户口本本人页.jpg", ["parent-hukou-self"]),
        ("父亲居住证正反面.jpg", ["residence-permit-front", "residence-permit-back"]),
        ("孩子户口本本人页.jpg", ["hukou-self"]),
        ("居住证正面.jpg", ["residence-permit-front"]),
        ("医保 减少人员花名册.xlsx", ["decrease-roster"]),
        ("手写申请.jpg", ["written-request"]),
        ("申请书.jpg", ["application-form", "written-request"]),
    ],
)
def test_file_name_tells_kind_and_side(name: str, codes: list[str]) -> None:
    papers = recognise(name)
    assert [p.kind for p in papers] == codes
    assert {(p.source, p.is_legible, p.problem) for p in papers} == {(Source.FILE_NAME, None, "")}
    assert all(f"依据文件名“{name}”" in p.evidence[0] and "未查看图片内容" in p.evidence[0] for p in papers)


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (("身份证1.jpg", "身份证2.jpg"), ["id-front", "id-back"]),
        (("身份证a.jpg", "身份证b.jpg"), ["id-front", "id-back"]),
        (("身份证(1).jpg", "身份证(2).jpg"), ["id-front", "id-back"]),
        (("身份证反面.jpg", "身份证.jpg"), ["id-back", "id-front"]),
        (("身份证.jpg", "身份证正面.jpg"), ["id-back", "id-front"]),
    ],
)
def test_bare_names_take_the_sides_in_order_and_say_so(names: tuple[str, ...], codes: list[str]) -> None:
    papers = recognise(*names)
    assert [p.kind for p in papers] == codes
    assert all(p.confidence <= 0.4 for p in papers if "未注明哪一面" in p.evidence[0])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("租房合同.jpg", "“租房合同”不能代替居住证正面"),
        ("火化证.jpg", "“火化证”不能代替死亡证明"),
        ("电子社保卡截图.jpg", "“电子社保卡”不能代替社会保障卡正面"),
        ("缴费明细.jpg", f"“缴费明细”不能代替{KINDS['enrolment-cert'].title}"),
        ("居住证明.jpg", "“居住证明”不能代替居住证正面"),
    ],
)
def test_look_alike_is_refused_by_name(name: str, why: str) -> None:
    (paper,) = recognise(name)
    assert (paper.kind, paper.counts) == ("", False)
    assert paper.problem.startswith(why)


@pytest.mark.parametrize("name", ["手写申请.docx", "手写申请.txt", "转出申请.docx"])
def test_typed_file_is_not_handwriting(name: str) -> None:
    (paper,) = recognise(attach(1, name, text="本人因工作调动，想要转出在大连的医疗保险关系，请予以办理，谢谢。"))
    assert (paper.kind, paper.counts) == ("written-request", False)
    assert "手写后拍照" in paper.problem


def test_text_pdf_is_not_handwriting_but_a_scan_may_be() -> None:
    typed = attach(1, "手写申请.pdf", text="本人张三因工作调动申请转出医疗保险参保关系至济南市")
    assert [p.counts for p in recognise(typed) if p.kind == "written-request"] == [False]
    assert kinds("手写申请.pdf") == ["written-request"]


def test_document_of_nothing_but_a_picture_may_hold_handwriting() -> None:
    files = (attach(1, "手写申请.docx"), attach(2, "图片1.jpg", container=1))
    assert [(p.attachment, p.kind, p.counts) for p in recognise(*files)] == [("手写申请.docx", "written-request", True)]


def test_template_does_not_count() -> None:
    assert kinds("变更申请表模板.docx", "空白承诺书.docx") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("基本医疗保险参保凭证\n姓名：张三 公民身份号码：990101199001011234", ["enrolment-cert"]),
        ("参保缴费证明\n姓名：张三 公民身份号码：990101199001011234", []),
        ("住院病历 姓名张三 住院号 123456 科别 内科 主诉", ["medical-record"]),
    ],
)
def test_text_layer_counts_more_than_the_name(text: str, codes: list[str]) -> None:
    papers = recognise(attach(1, "参保凭证.pdf", text=text))
    assert [p.kind for p in papers if p.counts] == codes
    assert {p.source for p in papers} == {Source.TEXT_LAYER}


def test_each_page_of_a_text_pdf_is_a_paper() -> None:
    text = "大连市中心医院 住院病历 姓名张三 科别内科 床号\f大连市中心医院 检验报告单 姓名张三 标本血液 送检"
    papers = recognise(attach(1, "材料.pdf", text=text))
    assert [(p.page, p.kind) for p in papers] == [(1, "medical-record"), (2, "lab-report")]
    assert papers[1].evidence == ("依据第2页文字“检验报告单”",)


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        (
            ("IMG_1.jpg", "IMG_2.jpg", "mmexport1.jpg", "微信图片_2020.jpg"),
            ["id-front", "id-back", "ss-card-front", "written-request"],
        ),
        (("IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"), ["id-front", "id-back", "ss-card-front", "written-request"]),
        (("扫描件.pdf",), ["id-front", "id-back", "ss-card-front", "written-request"]),
        (("IMG_1.jpg", "IMG_2.jpg"), ["", ""]),
        (
            ("身份证正面.jpg", "IMG_2.jpg", "社保卡.jpg", "IMG_4.jpg"),
            ["id-front", "id-back", "ss-card-front", "written-request"],
        ),
        (("正面.jpg", "反面.jpg"), ["", ""]),
    ],
)
def test_camera_names_follow_the_list_in_the_letter(files: tuple[str, ...], codes: list[str]) -> None:
    papers = recognise(*files, text=f"您好，我要办理医保转出。\n{LIST}，电话13900001234")
    assert [p.kind for p in papers] == codes
    listed = [p for p in papers if p.source is Source.MAIL_TEXT]
    assert all("依据邮件正文" in p.evidence[0] and "未查看图片内容" in p.evidence[0] for p in listed)
    assert all(p.confidence < 0.5 for p in listed)


def test_side_names_follow_the_only_card_of_the_letter() -> None:
    assert kinds("反面.jpg", "正面.jpg", text="身份证照片见附件") == ["id-back", "id-front"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请问转出需要身份证和社保卡吗？",
        "我没有社保卡，参保凭证稍后补交",
        "请把参保凭证发给我",
        "我需要参保凭证",
        "我要提交医保转出申请",
        "请将参保凭证邮寄到济南市",
    ],
)
def test_questions_absences_and_wishes_are_no_list(text: str) -> None:
    assert [p.source for p in recognise("IMG_1.jpg", text=text)] == [Source.NONE]


def test_enclosure_of_someone_elses_making_is_listed() -> None:
    assert kinds("1.jpg", text="医院出具的死亡证明见附件，请查收") == ["death-cert"]


def test_same_file_under_another_name_is_refused() -> None:
    files = (
        attach(1, "身份证正面.jpg", sha256="a"),
        attach(2, "社保卡.jpg", sha256="a"),
        attach(3, "IMG_1.jpg", sha256="a"),
    )
    papers = recognise(*files, text="附件：身份证、社保卡")
    assert [(p.kind, p.counts) for p in papers] == [("id-front", True), ("ss-card-front", False), ("", False)]
    assert papers[1].problem == "与“身份证正面.jpg”是同一个文件"


def test_files_that_are_no_papers() -> None:
    logo = attach(1, "logo.png", size_bytes=900, is_inline=True)
    papers = recognise(logo, "病毒.exe", "材料.zip", "来信.eml", attach(5, "身份证.jpg", size_bytes=0))
    assert [(p.attachment, p.kind, p.counts) for p in papers] == [
        ("病毒.exe", "", False),
        ("材料.zip", "", False),
        ("来信.eml", "", False),
        ("身份证.jpg", "id-front", False),
    ]
    assert papers[1].evidence == ("压缩包尚未打开",)
    assert papers[1].problem == ""


def test_files_of_an_opened_archive_are_the_papers_and_the_archive_is_none() -> None:
    files = (attach(1, "材料.zip"), attach(2, "身份证正面.jpg", container=1), attach(3, "社保卡正面.jpg", container=1))
    assert [(p.attachment, p.kind) for p in recognise(*files)] == [
        ("身份证正面.jpg", "id-front"),
        ("社保卡正面.jpg", "ss-card-front"),
    ]


@pytest.mark.parametrize(
    ("archive", "inside", "codes"),
    [
        ("身份证.zip", ["正面.jpg", "反面.jpg"], ["id-front", "id-back"]),
        ("身份证.zip", ["反面.jpg", "1.jpg"], ["id-back", "id-front"]),
        ("身份证.zip", ["1.jpg"], ["id-front"]),
        ("身份证正反面.zip", ["1.jpg"], ["id-front", "id-back"]),
        ("身份证正反面.zip", ["1.jpg", "2.jpg", "3.jpg"], ["id-front", "id-back", ""]),
        ("病历.zip", ["1.jpg", "2.jpg", "3.jpg"], ["medical-record"] * 3),
        ("身份证正反面.zip", ["身份证国徽面.jpg", "1.jpg"], ["id-back", "id-front"]),
        ("材料.zip", ["1.jpg"], [""]),
    ],
)
def test_name_of_an_archive_tells_what_its_nameless_files_are(
    archive: str, inside: list[str], codes: list[str]
) -> None:
    files = [attach(number, name, container=1) for number, name in enumerate(inside, 2)]
    papers = recognise(attach(1, archive), *files)
    assert [p.kind for p in papers] == codes
    assert all("压缩包名" in p.evidence[0] for p in papers if p.attachment[0].isdigit() and p.kind)


def test_list_of_the_letter_is_spread_over_the_files_of_an_archive() -> None:
    files = [attach(number, f"{number}.jpg", container=1) for number in range(2, 6)]
    found = [p.kind for p in recognise(attach(1, "材料.zip"), *files, text=LIST)]
    assert found == ["id-front", "id-back", "ss-card-front", "written-request"]


def test_files_of_an_enclosed_mail_count_its_words_and_logos_do_not() -> None:
    mail = attach(1, "转出材料.eml", text="附件是我的基本医疗保险参保凭证，请查收，谢谢您的帮助。")
    files = (mail, attach(2, "社保卡正面.jpg", container=1), attach(3, "logo.jpg", container=1, size_bytes=900))
    assert [(p.attachment, p.kind) for p in recognise(*files)] == [("社保卡正面.jpg", "ss-card-front")]


@pytest.mark.parametrize(
    ("name", "reason", "problem"),
    [
        ("身份证正面.zip", Unopened.ENCRYPTED, "有密码"),
        ("材料.zip", Unopened.HOSTILE, "无法读取"),
        ("材料.rar", Unopened.UNSUPPORTED, "zip"),
        ("参保凭证.pdf", Unopened.DAMAGED, "已损坏"),
        ("材料.zip", Unopened.TOO_LARGE, "分几封"),
        ("材料.zip", Unopened.TOO_DEEP, "多层"),
    ],
)
def test_file_that_stayed_closed_does_not_count_and_says_why(name: str, reason: Unopened, problem: str) -> None:
    (paper,) = recognise(attach(1, name, unopened=reason))
    assert not paper.counts
    assert problem in paper.problem


def test_document_that_only_we_cannot_read_is_left_to_the_clerk() -> None:
    (paper,) = recognise(attach(1, "变更申请表.doc", unopened=Unopened.UNSUPPORTED))
    assert paper.counts


def test_archive_that_gave_a_part_is_named_beside_what_came_out() -> None:
    files = (attach(1, "材料.zip", unopened=Unopened.ENCRYPTED), attach(2, "身份证正面.jpg", container=1))
    assert [(p.attachment, p.kind, p.counts) for p in recognise(*files)] == [
        ("材料.zip", "", False),
        ("身份证正面.jpg", "id-front", True),
    ]


def test_recognising_twice_gives_the_same() -> None:
    assert recognise("身份证.jpg", "IMG_1.jpg", text=LIST) == recognise("身份证.jpg", "IMG_1.jpg", text=LIST)


NAMES = [
    *("身份证.jpg", "身份证(1).jpg", "身份证正面.jpg", "身份证反面.jpg", "身份证正反面.jpg", "正面.jpg", "反面.jpg"),
    *("社保卡.jpg", "手写申请.jpg", "手写申请.docx", "IMG_1.jpg", "IMG_2.jpg", "扫描.pdf", "材料.zip", "租房合同.jpg"),
    *("申请书.jpg", "户口本.jpg", "参保凭证.jpg"),
]
TEXTS = ["", LIST, "附件：身份证、社保卡、参保凭证", "附上身份证、手写申请", "附件为户口本首页、本人页"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(NAMES), max_size=7), st.sampled_from(TEXTS))
def test_one_more_attachment_never_finds_fewer_kinds(names: list[str], text: str) -> None:
    found: set[str] = set()
    for count in range(len(names) + 1):
        now = {p.kind for p in recognise(*names[:count], text=text) if p.counts}
        assert found <= now
        found = now

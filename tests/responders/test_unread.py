"""Letters about files that could not be opened, and about files behind links."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from config.catalogue import load_catalogue
from domain.decisions import Acknowledge, AskForMaterials, Triage
from domain.mail import Attachment, CloudLink, Message, Unopened
from domain.papers import Paper, Source
from domain.routing import Checklist, Facts, Finding
from responders.fileviews import Came, view_came, view_closed
from tests.responders.samples import Sample, make_checklist, make_message, make_paper
from tests.responders.test_compose import GOLDEN, compose, shown_text

CATALOGUE = load_catalogue()
ITEM = CATALOGUE.item("dl-transfer-out")
LACKING = AskForMaterials(make_checklist(ITEM, "id-front", "id-back", "ss-card-front", "written-request"))
COMPLETE = Acknowledge(make_checklist(ITEM))
ZIP, RAR, PDF, JPEG = "application/zip", "application/vnd.rar", "application/pdf", "image/jpeg"


def file(
    index: int,
    name: str,
    unopened: Unopened | None = None,
    *,
    media_type: str = ZIP,
    size_bytes: int = 9,
    container: int | None = None,
) -> Attachment:
    return Attachment(index, name, media_type, size_bytes, f"{index:064}", container=container, unopened=unopened)


def paper_of(attachment: Attachment, kind: str = "", problem: str = "") -> Paper:
    source = Source.FILE_NAME if kind else Source.NONE
    return replace(make_paper(attachment.name, kind, source, problem), sha256=attachment.sha256)


def message(*files: Attachment, links: tuple[CloudLink, ...] = ()) -> Message:
    return replace(make_message("办理医保转出"), attachments=files, cloud_links=links)


def sample(decision, *files: Attachment, links: tuple[CloudLink, ...] = (), papers=None) -> Sample:
    shown = tuple(paper_of(f) for f in files) if papers is None else papers
    return Sample("dl-transfer-out", decision, message(*files, links=links), papers=shown, scenario="local-flexible")


LOCKED = file(1, "材料.zip", Unopened.ENCRYPTED)
LINK = CloudLink("身份证 (正反面).zip", "34.5M", "2020-03-11 10:00", "https://files.mail.example/1")
NETDISK = CloudLink("百度网盘分享", "", "", "https://pan.mail.example/s/1")
OPENED = file(1, "材料.zip")
MEMBERS = (
    file(2, "身份证正面.jpg", media_type=JPEG, size_bytes=400_000, container=1),
    file(3, "身份证反面.jpg", media_type=JPEG, size_bytes=400_000, container=1),
    file(4, "IMG_2.jpg", media_type=JPEG, size_bytes=400_000, container=1),
)
MEMBER_PAPERS = tuple(map(paper_of, (OPENED, *MEMBERS), ("", "id-front", "id-back", "")))
GOLDEN_SAMPLES = {
    "missing-encrypted": sample(LACKING, LOCKED),
    "missing-every-reason": sample(
        LACKING,
        LOCKED,
        file(2, "病历.rar", Unopened.UNSUPPORTED, media_type=RAR),
        file(3, "户口本.7z", Unopened.DAMAGED),
        file(4, "全部照片.zip", Unopened.TOO_LARGE),
        file(5, "里层.zip", Unopened.TOO_DEEP, container=6),
        file(6, "外层.zip"),
        file(7, "看看这个.zip", Unopened.HOSTILE),
        file(8, "身份证.pdf", Unopened.ENCRYPTED, media_type=PDF),
        file(9, "社保卡.zip", Unopened.DAMAGED, size_bytes=0),
    ),
    "missing-links": sample(LACKING, links=(LINK, NETDISK)),
    "missing-encrypted-and-link": sample(LACKING, LOCKED, links=(LINK,)),
    "missing-part-of-archive": sample(
        AskForMaterials(make_checklist(ITEM, "ss-card-front", "written-request")),
        replace(OPENED, unopened=Unopened.ENCRYPTED),
        *MEMBERS,
        papers=MEMBER_PAPERS,
    ),
    "missing-phone-beside-encrypted": replace(
        sample(AskForMaterials(make_checklist(ITEM, "phone")), LOCKED), facts=Facts()
    ),
    "ack-archive-opened": sample(COMPLETE, OPENED, *MEMBERS, papers=MEMBER_PAPERS),
    "ack-beside-encrypted-and-link": sample(COMPLETE, LOCKED, *MEMBERS[:0], links=(LINK,)),
    "received-encrypted-and-link": replace(
        sample(Triage("没有识别出"), LOCKED, file(2, "病历.rar", Unopened.UNSUPPORTED, media_type=RAR), links=(LINK,)),
        item="",
    ),
}


@pytest.mark.parametrize("name", GOLDEN_SAMPLES)
def test_letter_about_unread_files_is_the_golden_one(name: str) -> None:
    letter = compose(GOLDEN_SAMPLES[name])
    path = GOLDEN / f"{name}.txt"
    written = f"Subject: {letter.subject}\n\n{letter.text}"
    if os.environ.get("YOUBAN_REWRITE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")
    seen = shown_text(letter.html)
    assert all(line.strip("【】") in seen for line in letter.text.splitlines() if line.startswith("【"))


@pytest.mark.parametrize("name", GOLDEN_SAMPLES)
def test_address_of_a_link_is_never_repeated(name: str) -> None:
    letter = compose(GOLDEN_SAMPLES[name])
    assert not any(link.url in letter.text + letter.html for link in (LINK, NETDISK))


@pytest.mark.parametrize(
    ("unopened", "media_type", "sentence"),
    [
        (Unopened.ENCRYPTED, ZIP, "附件“x”加了密码，我们打不开。请不要加密压缩，直接把照片作为附件发送。"),
        (Unopened.ENCRYPTED, PDF, "附件“x”加了密码，我们打不开。请去掉密码后重新发送，或者拍成照片，作为附件发送。"),
        (Unopened.UNSUPPORTED, RAR, "附件“x”的格式我们打不开。请把材料拍成照片，或者存成 PDF，作为附件发送。"),
        (Unopened.DAMAGED, ZIP, "附件“x”已经损坏，我们打不开。请重新发送一次，最好直接把照片作为附件发送。"),
        (
            Unopened.TOO_LARGE,
            ZIP,
            "附件“x”太大，或者里面的文件太多，我们打不开。请分成几封邮件，直接把照片作为附件发送。",
        ),
        (Unopened.TOO_DEEP, ZIP, "附件“x”里面一层套着一层，我们打不开。请只压缩一层，或者直接把照片作为附件发送。"),
        (Unopened.HOSTILE, ZIP, "附件“x”无法读取。请直接把照片作为附件发送。"),
    ],
)
def test_each_reason_says_what_to_do(unopened: Unopened, media_type: str, sentence: str) -> None:
    text = compose(sample(LACKING, file(1, "x", unopened, media_type=media_type))).text
    assert f"\n{sentence}\n" in text
    assert "如果以下材料就在这个文件里" in text


def test_nothing_is_claimed_missing_that_may_be_in_a_closed_file() -> None:
    text = compose(sample(LACKING, LOCKED)).text
    assert "现在还缺" not in text
    assert text.index("【打不开的文件】") < text.index("【还没有看到的材料】")


def test_closed_file_is_not_called_unrecognised() -> None:
    unclear = tuple(replace(line, finding=Finding.UNCLEAR) for line in LACKING.checklist.lines)
    picture = file(2, "IMG_3.jpg", media_type=JPEG)
    text = compose(sample(AskForMaterials(Checklist(unclear)), LOCKED, picture)).text
    assert "您发来的“IMG_3.jpg”，我们没能认出是哪种材料" in text


def test_file_that_an_earlier_mail_brought_closed_is_only_listed() -> None:
    earlier = replace(make_paper("材料.zip", "", Source.NONE, problem="加了密码,打不开"), sha256="e" * 64)
    joined = replace(sample(LACKING, papers=(earlier,)), joins="DL-20200207-0003-1")
    text = compose(joined).text
    assert "材料.zip：不能采用（加了密码，打不开）" in text
    assert "【打不开的文件】" not in text


def test_many_files_closed_for_one_reason_are_one_sentence() -> None:
    files = [file(n, f"{n}.zip", Unopened.ENCRYPTED) for n in range(1, 9)]
    (group,) = view_closed(message(*files))
    assert (len(group.files), group.count) == (5, 8)
    text = compose(sample(LACKING, *files)).text
    assert "附件“1.zip”、“2.zip”、“3.zip”、“4.zip”、“5.zip”等 8 个文件加了密码" in text
    assert "如果以下材料就在这些文件里" in text


def test_signature_that_stays_closed_is_not_spoken_of() -> None:
    signed = file(1, "smime.p7s", Unopened.UNSUPPORTED, media_type="application/pkcs7-signature")
    assert view_closed(message(signed)) == ()


def test_archive_that_was_opened_is_its_members() -> None:
    assert [c.name for c in view_came(MEMBER_PAPERS, message(OPENED, *MEMBERS), CATALOGUE)] == [
        "身份证正面.jpg",
        "身份证反面.jpg",
        "IMG_2.jpg",
    ]


def test_files_of_one_name_in_two_archives_are_two() -> None:
    first, second = (file(n, "1.jpg", media_type=JPEG, container=n + 2) for n in (1, 2))
    came = view_came(
        (paper_of(first, "id-front"), paper_of(second, "id-back")),
        message(first, second, file(3, "a.zip"), file(4, "b.zip")),
        CATALOGUE,
    )
    assert [(c.name, c.kinds) for c in came] == [("1.jpg", ("身份证人像面",)), ("1.jpg", ("身份证国徽面",))]


def test_picture_in_a_known_document_is_not_a_file_of_its_own() -> None:
    document = file(
        1, "申请表.docx", media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    logo = file(2, "image1.png", media_type="image/png", container=1)
    for kind in ("application-form", ""):
        came = view_came((paper_of(document, kind),), message(document, logo), CATALOGUE)
        assert [c.name for c in came] == ["申请表.docx"]


def test_document_that_counts_is_left_to_the_clerk() -> None:
    named = file(1, "申请表.ppt", Unopened.UNSUPPORTED, media_type="application/vnd.ms-powerpoint")
    paper = paper_of(named, "application-form")
    assert view_closed(message(named), (paper,)) == ()
    assert view_came((paper,), message(named), CATALOGUE) == (Came("申请表.ppt", ("申请表或书面申请",), "name"),)
    assert len(view_closed(message(named))) == 1


def test_closed_file_is_never_taken_for_what_its_name_says() -> None:
    named = file(1, "身份证正反面.zip", Unopened.ENCRYPTED)
    came = view_came((paper_of(named, "id-front"), paper_of(named, "id-back")), message(named), CATALOGUE)
    assert came == (Came("身份证正反面.zip", closed="encrypted"),)


def test_names_of_files_and_links_are_quoted_masked() -> None:
    link = CloudLink("990101199001011234\n【办理结果】.zip", "1M\n【", "", "https://files.mail.example/1")
    locked = file(1, "13900001234\n【已办结】.zip", Unopened.ENCRYPTED)
    text = compose(sample(LACKING, locked, links=(link,))).text
    assert "13900001234" not in text
    assert "990101199001011234" not in text
    assert not any(line.startswith(("【办理结果", "【已办结")) for line in text.splitlines())

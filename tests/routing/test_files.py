"""Decisions about mails with files that could not be opened, and with links to files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.decisions import AskForMaterials, Decided
from domain.mail import Attachment, CloudLink, Message, Unopened
from domain.papers import Paper
from domain.routing import Finding
from routing import Classifier, Related, Situation, decide, set_aside_unopened
from tests.routing.building import CASE, CATALOGUE, attachment, mail, paper, papers

MAIN = "main@library.example"
CLASSIFIER = Classifier(CATALOGUE)
PHONE = "电话13900001234"
ALL = ("letter", "id-front", "id-back", "proof")
LINK = CloudLink("材料.zip", "30M", "2020-03-10", "https://files.example/1")
WORDS = {
    Unopened.ENCRYPTED: "加了密码",
    Unopened.UNSUPPORTED: "格式不支持",
    Unopened.DAMAGED: "文件已损坏",
    Unopened.TOO_LARGE: "文件太大",
    Unopened.TOO_DEEP: "压缩层数太多",
    Unopened.HOSTILE: "触发了安全限制,请勿在办公电脑上打开",
}


def closed(name: str, unopened: Unopened = Unopened.ENCRYPTED, *, index: int = 0) -> Attachment:
    return replace(attachment(name, index=index), media_type="application/zip", unopened=unopened)


def run(message: Message, *given_papers: Paper, related: tuple[Related, ...] = ()) -> Decided:
    return decide(Situation(message, given_papers, MAIN, related, frozenset({MAIN})), CLASSIFIER)


def findings(decided: Decided) -> dict[str, Finding]:
    assert isinstance(decided.decision, AskForMaterials), decided
    return {code: line.finding for line in decided.decision.checklist.lines for code in line.missing}


@pytest.mark.parametrize("unopened", Unopened)
def test_closed_archive_alone_is_asked_for_and_nothing_is_claimed_missing(unopened: Unopened) -> None:
    message = mail("毕业迁出", f"请办理，{PHONE}", attachments=(closed("材料.zip", unopened),))
    decided = run(message, paper("", "材料.zip"))
    assert findings(decided) == dict.fromkeys(ALL, Finding.UNCLEAR)
    assert f"附件未打开:材料.zip({WORDS[unopened]})。" in decided.reasons
    assert not any(line.remarks for line in decided.decision.checklist.lines)


@pytest.mark.parametrize("unopened", Unopened)
def test_complete_beside_a_closed_file_is_acknowledged(unopened: Unopened) -> None:
    decided = run(mail("毕业迁出", PHONE, attachments=(closed("其他.zip", unopened),)), *papers(*ALL))
    assert decided.word == "ack"
    assert f"附件未打开:其他.zip({WORDS[unopened]})。" in decided.reasons


@pytest.mark.parametrize("unopened", Unopened)
def test_without_an_item_the_clerk_sees_why_the_file_stayed_closed(unopened: Unopened) -> None:
    decided = run(mail("你好", "见附件", attachments=(closed("材料.zip", unopened),)), paper("", "材料.zip"))
    assert decided.rule == "hand_over_uncovered"
    assert f"附件打不开:材料.zip({WORDS[unopened]})" in decided.decision.reason


def test_name_of_a_closed_file_proves_nothing() -> None:
    message = mail("毕业迁出", PHONE, attachments=(closed("身份证反面.zip"),))
    decided = run(message, *papers("letter", "id-front", "proof"), paper("id-back", "身份证反面.zip"))
    assert findings(decided) == {"id-back": Finding.UNCLEAR}
    (line,) = (x for x in decided.decision.checklist.lines if x.missing)
    assert line.remarks == ("“身份证反面.zip”未计入:加了密码,打不开。",)


def test_document_of_an_unknown_format_counts_by_its_name_as_before() -> None:
    named = replace(closed("结业证明.ppt", Unopened.UNSUPPORTED), media_type="application/vnd.ms-powerpoint")
    message = mail("毕业迁出", PHONE, attachments=(named,))
    given_papers = (*papers("letter", "id-front"), paper("proof", "结业证明.ppt"))
    assert run(message, *given_papers, paper("id-back")).word == "ack"
    assert findings(run(message, *given_papers)) == {"id-back": Finding.MISSING}


def test_letter_never_learns_of_the_limits() -> None:
    message = mail(attachments=(closed("身份证.zip", Unopened.HOSTILE),))
    (kept,) = set_aside_unopened([paper("id-front", "身份证.zip")], message)
    assert kept.problem == "无法读取"
    assert not kept.counts


def test_only_a_telephone_lacks_beside_a_closed_file() -> None:
    decided = run(mail("毕业迁出", "请办理", attachments=(closed("其他.zip"),)), *papers(*ALL))
    assert findings(decided) == {"phone": Finding.MISSING}


def test_closed_file_is_no_unseen_picture() -> None:
    message = mail("毕业迁出", PHONE, attachments=(closed("反面.zip"),))
    assert run(message, *papers("letter", "id-front", "proof"), paper("", "反面.zip")).word == "missing"
    seen_too = run(message, *papers("letter", "id-front", "proof"), paper("", "反面.zip"), paper("", "IMG_1.jpg"))
    assert seen_too.rule == "hand_over_unseen_pictures"


def test_opened_archive_is_its_members() -> None:
    archive = replace(closed("材料.zip", index=1), unopened=None)
    member = replace(attachment("身份证反面.jpg", index=2), container=1)
    message = mail("毕业迁出", PHONE, attachments=(archive, member))
    decided = run(
        message, *papers("letter", "id-front", "proof"), paper("", "材料.zip"), paper("id-back", "身份证反面.jpg")
    )
    assert decided.word == "ack"
    assert not any("未打开" in reason for reason in decided.reasons)
    # The archive itself is no picture that nobody has seen.
    assert run(message, *papers("letter", "id-front"), paper("", "材料.zip")).word == "missing"


def test_archive_opened_in_part_keeps_what_was_read() -> None:
    archive = closed("材料.zip", index=1)
    member = replace(attachment("身份证反面.jpg", index=2), container=1)
    message = mail("毕业迁出", PHONE, attachments=(archive, member))
    decided = run(message, *papers("letter", "id-front"), paper("id-back", "身份证反面.jpg"))
    assert findings(decided) == {"proof": Finding.UNCLEAR}
    assert "附件未打开:材料.zip(其中一部分加了密码)。" in decided.reasons


def test_member_is_named_with_its_archive() -> None:
    archive = replace(closed("外层.zip", index=1), unopened=None)
    member = replace(closed("里层.zip", Unopened.TOO_DEEP, index=2), container=1)
    decided = run(mail("毕业迁出", PHONE, attachments=(archive, member)), paper("", "里层.zip"))
    assert "附件未打开:外层.zip/里层.zip(压缩层数太多)。" in decided.reasons


def test_signature_file_is_not_asked_for_again() -> None:
    signature = replace(closed("smime.p7s", Unopened.UNSUPPORTED), media_type="application/pkcs7-signature")
    decided = run(mail("毕业迁出", PHONE, attachments=(signature,)), *papers("letter", "id-front", "proof"))
    assert findings(decided) == {"id-back": Finding.MISSING}


def test_links_alone_are_asked_for_and_nothing_is_claimed_missing() -> None:
    decided = run(mail("毕业迁出", f"材料在附件里，{PHONE}", cloud_links=(LINK,)))
    assert findings(decided) == dict.fromkeys(ALL, Finding.UNCLEAR)
    assert "超大附件未下载:材料.zip(30M,2020-03-10到期) https://files.example/1" in decided.reasons


def test_netdisk_share_is_a_link_like_any_other() -> None:
    share = CloudLink("百度网盘分享", "", "", "https://pan.example/s/1?pwd=ab12")
    decided = run(mail("毕业迁出", PHONE, cloud_links=(share,)), *papers("letter", "id-front", "proof"))
    assert findings(decided) == {"id-back": Finding.UNCLEAR}
    assert "超大附件未下载:百度网盘分享 https://pan.example/s/1?pwd=ab12" in decided.reasons


def test_link_and_closed_file_together() -> None:
    message = mail("毕业迁出", PHONE, attachments=(closed("其他.zip"),), cloud_links=(LINK,))
    assert run(message, *papers(*ALL)).word == "ack"
    assert findings(run(message, *papers("letter", "id-front", "proof"))) == {"id-back": Finding.UNCLEAR}
    uncovered = run(replace(message, subject="你好", text="见附件"))
    assert uncovered.decision.reason == (
        "没有识别出通告中的办理事项,附件打不开:其他.zip(加了密码);文件在下载链接里:材料.zip,请人工判断。"
    )


def test_supplement_with_a_closed_file_keeps_the_case_waiting() -> None:
    related = (Related(CASE, "reply"),)
    message = mail("回复: 迁出", "反面补上", attachments=(closed("反面.zip"),))
    decided = run(message, paper("", "反面.zip"), related=related)
    assert (decided.joins, findings(decided)) == (CASE.number, {"id-back": Finding.UNCLEAR})


def test_supplement_after_a_closed_file_completes_the_case() -> None:
    first = set_aside_unopened([paper("", "材料.zip")], mail(attachments=(closed("材料.zip"),)))
    case = replace(CASE, papers=(*CASE.papers, *first))
    related = (Related(case, "reply"),)
    assert run(mail("回复: 迁出", "反面补上"), paper("id-back"), related=related).word == "ack"
    # What lacks after the second mail is missing, and the letter still tells why the first file did not count.
    still = run(mail("回复: 迁出", "手写申请补上"), paper("letter", "2.jpg"), related=related)
    assert findings(still) == {"id-back": Finding.MISSING}
    assert still.decision.checklist.lines[-2].remarks == ("“材料.zip”未计入:加了密码,打不开。",)


def test_picture_in_a_returned_letter_is_no_document_of_the_sender() -> None:
    returned = replace(attachment("退回的信.eml", index=1), media_type="message/rfc822")
    picture = replace(attachment("身份证正面.jpg", index=2), container=1)
    bounce = mail("迁出", "无法投递", headers=(("return-path", "<>"),), attachments=(returned, picture))
    assert run(bounce, paper("id-front", "身份证正面.jpg")).rule == "ignore_machine_mail"

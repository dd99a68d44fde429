"""What is not a plain application: the wrong mailbox, machines, strangers' charsets, copies, supplements."""

from __future__ import annotations

import pytest

from domain.cases import CaseStatus, Fate
from tests.acceptance.asks import ask_lacking, ask_whole
from tests.acceptance.house import REPLY_CAP, House
from tests.acceptance.mails import Mail, file_name, write_mail
from tests.routing.shipped_mails import RULES, Sample
from youban.demo.people import DOMAIN

REGION_MAILBOX, CITY_MAILBOX = "sdybgrzh@163.com", "dlybzxcbb@163.com"


def test_wrong_mailbox_of_the_agency_is_transferred(house: House) -> None:
    mail = write_rule(find_rule("sd-maternity", mailbox=REGION_MAILBOX), "transferred")
    letter = house.answer_to(mail)
    case = house.view(letter.case).case
    assert (case.item, case.office, case.status) == ("sd-maternity", "sd-births", CaseStatus.COMPLETE)
    # The letter comes from where the citizen wrote to, and names the right address and telephones.
    assert f"<{REGION_MAILBOX}>" in letter["From"]
    assert letter.says("已经把您的邮件转交过去，您不用再发一次")
    assert letter.says("请直接发到 sdsybxjs@163.com")
    assert letter.says("81286772")


def test_other_agencys_item_is_guided_to_its_mailbox(house: House) -> None:
    letter = house.answer_to(write_rule(find_rule("dl-physician", mailbox=REGION_MAILBOX), "foreign"))
    case = house.view(letter.case).case
    assert (case.agency, case.item, case.status) == ("sd", "dl-physician", CaseStatus.GUIDED)
    assert letter.says("由大连市医疗保障事务服务中心办理")
    assert letter.says("dlybzx_jdb@163.com")
    assert letter.says("0411-83709153")
    assert "已受理" not in letter.subject


@pytest.mark.parametrize(
    ("shape", "subject", "text"),
    [
        ("bounce", "系统退信", "您的邮件未能投递到对方邮箱：邮箱已满。"),
        ("auto-reply", "自动回复：已收到", "您好，您的邮件我已收到，本人休假，申请医保转出的事回来再办。"),
    ],
    ids=["bounce", "auto-reply"],
)
def test_machine_is_not_answered(house: House, shape: str, subject: str, text: str) -> None:
    mail = write_mail(f"machine-{shape}", mailbox=CITY_MAILBOX, subject=subject, text=text, shape=shape)
    house.post(mail)
    (line,) = house.wait_for_lines(mail)
    assert line.fate is Fate.IGNORED
    # A letter would have been written down together with the fate.
    for address in (mail.sender, f"mailer-daemon@{DOMAIN}"):
        assert (house.count_written(address), house.count_cases(address)) == (0, 0)
        assert house.box.letters(address) == []


def test_mail_in_unlabelled_gbk_is_read(house: House) -> None:
    sample = find_rule("dl-transfer-out", mailbox=CITY_MAILBOX, decision="ack")
    mail = write_rule(sample, "gbk", shape="raw-gbk")
    assert "转出".encode("gbk") in mail.raw
    assert b"=?" not in mail.raw
    letter = house.answer_to(mail)
    view = house.view(letter.case)
    assert (view.case.item, view.case.status) == ("dl-transfer-out", CaseStatus.COMPLETE)
    assert view.messages[0].sender.name == "王喆"
    assert [a.name for a in view.messages[0].attachments] == [f"{file_name(c)}.jpg" for c in sample.papers.split()]
    assert letter.says(sample.subject)


def test_unreadable_mail_is_set_aside_and_the_next_is_answered(house: House) -> None:
    broken = house.post(write_mail("broken", mailbox=CITY_MAILBOX, subject="", text="", shape="broken"))
    after = write_rule(find_rule("dl-transfer-out", mailbox=CITY_MAILBOX, decision="ack"), "after-broken")
    assert "已受理" in house.answer_to(after).subject
    (line,) = house.wait_for_lines(broken)
    assert line.fate in {Fate.QUARANTINED, Fate.TRIAGE}
    assert line.reason


def test_mail_copied_to_two_mailboxes_is_one_case_and_one_answer(house: House) -> None:
    mail = ask_whole("dl-death", by="copied").mail
    house.post(mail, CITY_MAILBOX)
    lines = house.wait_for_lines(mail, 2)
    assert {line.mailbox for line in lines} == {mail.mailbox, CITY_MAILBOX}
    assert sorted(line.fate for line in lines) == [Fate.ANSWERED, Fate.DUPLICATE]
    house.wait_for_letters(mail)
    assert (house.count_written(mail.sender), house.count_cases(mail.sender)) == (1, 1)


def test_supplement_completes_the_case_it_answers(house: House) -> None:
    first = ask_lacking("dl-transfer-out", by="supplemented").mail
    asked = house.answer_to(first)
    assert asked.asked == ["解除（终止）劳动合同证明"]
    second = write_mail(
        "supplement",
        mailbox=first.mailbox,
        subject="",
        text="补上解除合同证明，请查收。",
        papers=["termination-cert"],
        sender=first.sender,
        answers=asked,
    )
    house.post(second)
    _, letter = house.wait_for_letters(first, 2)
    assert (letter.case, letter["In-Reply-To"]) == (asked.case, second.message_id)
    assert letter["References"].split()[:2] == [first.message_id, asked["Message-ID"]]
    assert letter.says("感谢您补充材料")
    assert "已受理" in letter.subject
    view = house.view(asked.case)
    assert (view.case.status, len(view.messages), len(view.replies)) == (CaseStatus.COMPLETE, 2, 2)
    assert view.due_on is not None
    assert house.count_cases(first.sender) == 1


def test_complaint_gets_a_receipt_and_goes_to_a_clerk(house: House) -> None:
    mail = write_mail(
        "complaint", mailbox=CITY_MAILBOX, subject="投诉", text="医保转出材料发了三次都没人理，我要投诉你们不作为！"
    )
    letter = house.answer_to(mail)
    assert letter.says("您的来信要由工作人员人工处理")
    assert house.view(letter.case).case.status is CaseStatus.TRIAGE
    (line,) = house.wait_for_lines(mail)
    assert line.fate is Fate.TRIAGE


def test_citizen_who_writes_without_end_is_answered_only_so_often(house: House) -> None:
    """Two robots would write to each other for ever; the cap per sender and day ends it."""
    sample = find_rule("dl-transfer-out", mailbox=CITY_MAILBOX, decision="guidance")
    sender = f"again-and-again@{DOMAIN}"
    mails = [write_rule(sample, f"again-{number}", sender=sender) for number in range(REPLY_CAP + 2)]
    for mail in mails:
        house.post(mail)
    fates = [line.fate for mail in mails for line in house.wait_for_lines(mail)]
    assert sorted(fates) == [Fate.ANSWERED] * REPLY_CAP + [Fate.TRIAGE] * 2
    house.wait_for_letters(mails[0], REPLY_CAP)
    assert house.count_written(sender) == REPLY_CAP


def find_rule(item: str, *, mailbox: str, decision: str = "") -> Sample:
    """Return the first shipped mail about an item to a mailbox."""
    return next(r for r in RULES if r.item == item and r.mailbox == mailbox and decision in {"", r.decision})


def write_rule(sample: Sample, name: str, *, shape: str = "qq", sender: str = "") -> Mail:
    return write_mail(
        name,
        mailbox=sample.mailbox,
        subject=sample.subject,
        text=sample.text,
        papers=sample.papers.split(),
        shape=shape,
        sender=sender,
    )

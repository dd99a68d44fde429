import os
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from time import process_time

import pytest

from config.catalogue import load_catalogue
from domain.cases import Letter
from domain.decisions import Acknowledge, AskForMaterials, Guide, Ignore, Triage
from domain.errors import ReplyError
from domain.papers import Source
from domain.routing import Checklist, ChecklistLine, Facts, Finding, Intent
from responders.compose import Composer
from responders.workdays import Closures
from tests.responders.samples import (
    RECEIVED_ON,
    Sample,
    make_checklist,
    make_decisions,
    make_message,
    make_number,
    make_paper,
    parse_requirement,
)

CATALOGUE = load_catalogue()
COMPOSER = Composer(CATALOGUE)
GOLDEN = Path(__file__).parent / "golden"
MAILBOX = {"sd": "sdybgrzh@163.com", "dl": "dlybzxcbb@163.com"}
ITEMS = CATALOGUE.items


def compose(sample: Sample) -> Letter:
    agency = CATALOGUE.item(sample.item).agency if sample.item else "dl"
    mailbox = sample.mailbox or MAILBOX[agency]
    prefix = CATALOGUE.agency(CATALOGUE.find_office(mailbox).agency).prefix
    letter = COMPOSER.compose(
        sample.decided(CATALOGUE),
        number=make_number(prefix) if sample.number is None else sample.number,
        message=sample.message,
        papers=sample.papers,
        mailbox=mailbox,
        received_on=RECEIVED_ON,
        closures=Closures(),
    )
    assert letter is not None
    return letter


def item(code: str):
    return CATALOGUE.item(code)


TRANSFER_OUT = Sample(
    "dl-transfer-out",
    Acknowledge(make_checklist(item("dl-transfer-out"))),
    make_message(
        "办理医保转出 990101199001011234", "身份证正面.jpg", "身份证反面.jpg", "13900001234社保卡.jpg", "IMG_1.jpg"
    ),
    papers=(
        make_paper("身份证正面.jpg", "id-front"),
        make_paper("身份证反面.jpg", "id-back"),
        make_paper("13900001234社保卡.jpg", "ss-card-front", Source.PICTURE),
    ),
    mailbox="dlybzxzsbsc@163.com",
    office="dl-zhongshan",
)
RESETTLE = item("dl-resettle")
PLACE = ChecklistLine(
    RESETTLE.open_requires[0], Finding.MISSING, (str(RESETTLE.open_requires[0]),),
    remarks=("“租房合同.jpg”未计入:租房合同不能代替居住证或房产证。",),
)  # fmt: skip
PHONE = ChecklistLine(RESETTLE.requires[0], Finding.MISSING, ("phone",))
MISSING = Sample(
    "dl-resettle",
    AskForMaterials(Checklist((PHONE, PLACE))),
    make_message("异地安置", "租房合同.jpg", links=("户口本照片.zip",)),
    papers=(make_paper("租房合同.jpg", "", Source.NONE, problem="租房合同不能代替居住证或房产证"),),
    facts=Facts(),
    mailbox="dlybydjy@163.com",
)
UNCLEAR = Sample(
    "dl-resident-enrol",
    AskForMaterials(
        Checklist(
            (
                ChecklistLine(parse_requirement("written-request"), Finding.UNCLEAR, ("written-request",)),
                ChecklistLine(parse_requirement("hukou-first"), Finding.FOUND, (), {"hukou-first": "户口本首页.jpg"}),
                ChecklistLine(parse_requirement("hukou-self"), Finding.UNCLEAR, ("hukou-self",)),
            )
        )
    ),
    make_message("给孩子参保", "户口本首页.jpg", "IMG_2.jpg", "IMG_3.jpg"),
    papers=(make_paper("户口本首页.jpg", "hukou-first"),),
    scenario="local",
    mailbox="dlybzxlsbsc@163.com",
    office="dl-lvshun",
)
ENROL = Sample(
    "dl-resident-enrol",
    AskForMaterials(
        make_checklist(item("dl-resident-enrol"), "written-request", "hukou-first|residence-permit-front|birth-cert")
    ),
    make_message("给孩子参保"),
    mailbox="dlybzxlsbsc@163.com",
    office="dl-lvshun",
)
ONE_SIDE = replace(
    ENROL,
    item="sd-transfer-out",
    decision=AskForMaterials(
        Checklist(
            (
                ChecklistLine(
                    item("sd-transfer-out").open_requires[0], Finding.MISSING, ("id-back",),
                    {"id-front": "1.jpg"}, ("身份证人像面收到2张(1.jpg、2.jpg),同一面只计一次。",),
                ),
            )
        )
    ),
    papers=(make_paper("1.jpg", "id-front", Source.PICTURE), make_paper("2.jpg", "id-front", Source.PICTURE)),
    mailbox="sdybgrzh@163.com",
    office="sd-accounts",
)  # fmt: skip
ONLY_PHONE = Sample(
    "sd-transfer-out",
    AskForMaterials(make_checklist(item("sd-transfer-out"), "destination-address", "destination-phone")),
    scenario="id",
)
CLAIM = str(item("sd-claim-drug").requires[0])
LACKING_CLAIM = Sample(
    "sd-claim-drug", AskForMaterials(make_checklist(item("sd-claim-drug"), CLAIM)), mailbox="zgerst@shandong.cn"
)
NEWS = Sample(
    "sd-claim-drug", Acknowledge(Checklist()), make_message("特药材料", text="邮寄了特药材料原件，特此告知"),
    mailbox="zgerst@shandong.cn", intent=Intent.NOTICE,
)  # fmt: skip
GOLDEN_SAMPLES = {
    "ack-transfer-out": TRANSFER_OUT,
    "ack-death-open-scenario": Sample("dl-death", Acknowledge(make_checklist(item("dl-death")))),
    "ack-supplement-transferred": replace(
        TRANSFER_OUT, joins="DL-20200207-0003-1", mailbox="dlybydjy@163.com", right_mailboxes=("dlybzxzsbsc@163.com",),
        also_items=("dl-post-claim", "dl-death"),
    ),
    "ack-sd-chronic": Sample(
        "sd-chronic", Acknowledge(make_checklist(item("sd-chronic"))), mailbox="zgerst@shandong.cn"
    ),
    "notice": NEWS,
    "missing-only-facts": ONLY_PHONE,
    "missing-sd-claim-drug": LACKING_CLAIM,
    "missing-resettle": MISSING,
    "missing-resident-enrol": ENROL,
    "missing-resident-enrol-unclear": UNCLEAR,
    "missing-one-side": ONE_SIDE,
    "missing-sd-transfer-out": Sample(
        "sd-transfer-out",
        AskForMaterials(
            make_checklist(item("sd-transfer-out"), "destination-phone", "id-front+id-back|ss-card-front+ss-card-back")
        ),
    ),
    "guidance-post-claim-lvshun": Sample(
        "dl-post-claim", Guide("item"), make_message("报销", text="我住旅顺口区，在外地看病垫付了钱")
    ),
    "guidance-post-account-table": Sample("dl-post-account", Guide("item"), number=""),
    "guidance-other-agency": Sample(
        "sd-claim-medical", Guide("other-agency"), mailbox="dlybzxcbb@163.com",
        right_mailboxes=("919444279@qq.com",),
    ),
    "guidance-elsewhere": Sample("dl-resettle", Guide("elsewhere", item("dl-resettle").elsewhere[0].code), number=""),
    "guidance-inquiry": Sample("sd-maternity", Guide("inquiry"), mailbox="sdsybxjs@163.com", number=""),
    "received": Sample("", Triage("投诉"), make_message("我要投诉", "录音.mp3")),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN_SAMPLES)
def test_compose_writes_the_golden_letter(name):
    letter = compose(GOLDEN_SAMPLES[name])
    path = GOLDEN / f"{name}.txt"
    written = f"Subject: {letter.subject}\n\n{letter.text}"
    if os.environ.get("YOUBAN_REWRITE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


def shown_text(html: str) -> str:
    """What a reader of the HTML part sees, without white space."""
    parts: list[str] = []

    class Reader(HTMLParser):
        is_shown = True

        def handle_starttag(self, tag, attrs):
            self.is_shown = tag == "body" or (self.is_shown and tag != "title")

        def handle_data(self, data):
            if self.is_shown:
                parts.append(data)

    Reader().feed(html)
    return re.sub(r"\s+", "", "".join(parts))


EVERY = [(i.code, d) for i in ITEMS for d in make_decisions(i)]


@pytest.mark.parametrize(
    ("code", "decision"), EVERY, ids=[f"{c}-{type(d).__name__}{n}" for n, (c, d) in enumerate(EVERY)]
)
def test_compose_every_decision_of_every_item(code, decision):
    found = item(code)
    offices = [o for a in CATALOGUE.agencies for o in a.offices if o.code in found.offices]
    is_away = isinstance(decision, Guide) and decision.reason in {"other-agency", "wrong-office"}
    sample = Sample(code, decision, right_mailboxes=offices[0].mailboxes if is_away else ())
    letter = compose(sample)
    assert found.title[:4] in letter.subject.replace("（", "(")
    quoted = re.sub(r"\s", "", letter.text)
    office = offices[0] if offices else None
    telephones = (set(found.telephones) & set(office.telephones) or office.telephones) if office else found.telephones
    assert all(t in quoted for t in telephones)
    appointments = CATALOGUE.agency(found.agency).appointments.get(found.appointment, {})
    assert isinstance(decision, Triage) or all(t in quoted for t in appointments.values())
    if is_away:
        assert all(m in quoted for m in offices[0].mailboxes)
    assert not re.search(r"(?<![\dA-Za-z@.-])\d{7,8}(?![\dA-Za-z@.-])", letter.text)  # none lacks its area code
    seen = shown_text(letter.html)
    for line in letter.text.splitlines():
        if line.startswith("【"):
            assert line.strip("【】") in seen
    assert "src=" not in letter.html
    assert not re.search(r"https?://(?!103\.239)", letter.html)  # no resource from outside


def test_compose_says_the_same_in_text_and_html():
    letter = compose(TRANSFER_OUT)
    marks = r"[\s【】：]"
    words = [re.sub(marks, "", w) for w in letter.text.splitlines()]
    seen = re.sub(marks, "", shown_text(letter.html))
    assert [w for w in words if w not in seen] == []


def test_compose_never_answers_what_is_ignored():
    decided = Sample("", Ignore("广告")).decided(CATALOGUE)
    message = make_message("广告")
    assert (
        COMPOSER.compose(
            decided, number="", message=message, papers=(), mailbox="x@y.example",
            received_on=RECEIVED_ON, closures=Closures(),
        )
        is None
    )  # fmt: skip


def test_compose_promises_a_date_in_working_days():
    assert "2020年2月12日（星期三）" in compose(TRANSFER_OUT).text


def test_compose_tells_how_far_a_case_is_and_keeps_the_day_that_was_promised():
    sample = replace(TRANSFER_OUT, intent=Intent.INQUIRY, joins="DL-20200201-0001-1")
    letter = COMPOSER.compose(
        sample.decided(CATALOGUE),
        number=sample.joins,
        message=sample.message,
        papers=sample.papers,
        mailbox=sample.mailbox,
        received_on=RECEIVED_ON,
        closures=Closures(),
        due_on=date(2020, 2, 5),
    )
    assert letter is not None
    assert "来信询问办件的进度" in letter.text
    assert "已经受理，正在办理" in letter.text
    assert "2020年2月5日" in letter.text


def test_compose_masks_the_numbers_it_quotes():
    letter = compose(TRANSFER_OUT)
    for words in (letter.text, letter.html):
        assert "990101199001011234" not in words
        assert "9901**********1234" in words
        assert "13900001234" not in words
        assert "139****1234" in words


def test_compose_says_when_a_kind_was_only_read():
    text = compose(TRANSFER_OUT).text
    assert "身份证正面.jpg：身份证人像面（待核）" in text
    assert "社会保障卡正面（待核）" not in text
    assert "IMG_1.jpg：没有认出是哪种材料" in text


def test_compose_cannot_be_led_astray_by_a_citizens_words():
    hostile = make_message("<b>x</b>\r\n【办理结果】已办结{{ 7*7 }}", '<img src=x onerror="a">.jpg')
    letter = compose(replace(TRANSFER_OUT, message=hostile, papers=()))
    assert "<img" not in letter.html
    assert "<b>x" not in letter.html
    assert "\n【办理结果】已办结" not in letter.text
    assert "{{ 7*7 }}" in letter.text
    assert "\n" not in letter.subject


def test_compose_offers_each_scenarios_own_list_while_none_is_told():
    text = compose(ENROL).text
    assert "○ 外地户籍成年人：居住证正面；居住证背面" in text
    assert "○ 本地户籍人员：户口本首页；户口本本人页" in text


def test_compose_offers_whole_cards_not_one_side_of_each():
    requirement = item("sd-transfer-out").open_requires[0]
    line = ChecklistLine(requirement, Finding.MISSING, ("id-front|ss-card-front", "id-back|ss-card-back"))
    text = compose(Sample("sd-transfer-out", AskForMaterials(Checklist((line,))))).text
    assert "用身份证办理：身份证人像面；身份证国徽面" in text
    assert "现在还缺下面 1 项" in text
    half = replace(line, missing=("id-back|ss-card-back",), met_by={"id-front": "1", "ss-card-front": "2"})
    text = compose(Sample("sd-transfer-out", AskForMaterials(Checklist((half,))))).text
    assert "任选一种就可以（二选一）" in text
    assert "○ 身份证国徽面\n" in text


def test_compose_asks_for_the_side_that_lacks_and_says_why():
    text = compose(ONE_SIDE).text
    assert "1. 身份证国徽面\n   原因：身份证人像面收到2张（1.jpg、2.jpg），同一面只计一次。\n   怎样拍：" in text


def test_compose_names_the_files_that_nobody_could_make_out():
    text = compose(UNCLEAR).text
    assert "您发来的“IMG_2.jpg”“IMG_3.jpg”，我们没能认出是哪种材料" in text


def test_compose_says_what_did_not_count_and_what_to_do():
    text = compose(MISSING).text
    assert "“租房合同.jpg”未计入：租房合同不能代替居住证或房产证。" in text
    assert "联系电话（手机或固定电话）" in text
    assert "户口本照片.zip" in text


def test_compose_only_confirms_news_and_asks_for_nothing():
    letter = compose(NEWS)
    assert (letter.template, letter.subject) == ("notice", "[SD-20200210-0042-0] 大病保险特药报销：已收到")
    assert "您告知的情况已经收到，记在办件 SD-20200210-0042-0 里，您不用回复。" in letter.text
    for untrue in ("齐全", "受理", "邮寄至", "接下来"):
        assert untrue not in letter.text


def test_compose_calls_a_landline_no_mobile_number():
    facts = Facts(landlines=("0531-00001234",))
    text = compose(Sample("dl-resettle", Acknowledge(make_checklist(RESETTLE)), facts=facts)).text
    assert "\n联系电话：0531-****1234\n" in text
    assert "手机号码" not in text


def test_compose_asks_for_no_photograph_of_a_telephone_number():
    text = compose(ONLY_PHONE).text
    assert "在回信里写明上面所缺的内容" in text
    assert "拍照时" not in text
    assert "把照片作为附件发来" in compose(MISSING).text
    # The paper of an open scenario is a photograph again.
    lacking = make_checklist(item("dl-transfer-out"), "phone")
    assert "把照片作为附件发来" in compose(Sample("dl-transfer-out", AskForMaterials(lacking))).text


def test_compose_asks_for_all_the_papers_of_a_claim():
    text = compose(LACKING_CLAIM).text
    assert "1. 下面四种，至少一种，有的请都发来\n" in text
    assert "任选" not in text


def test_compose_does_not_say_accepted_twice_in_a_subject():
    whole = Acknowledge(make_checklist(item("dl-inst-apply")))
    assert compose(Sample("dl-inst-apply", whole)).subject.endswith("申请受理：材料已收到，已受理")


def test_compose_shows_only_the_named_districts_appointment_telephone():
    text = compose(GOLDEN_SAMPLES["guidance-post-claim-lvshun"]).text
    assert "0411-62682282" in text
    assert "0411-83168696" not in text


def test_compose_names_no_counter_of_ours_for_another_agencys_business():
    text = compose(GOLDEN_SAMPLES["guidance-other-agency"]).text
    assert "919444279@qq.com" in text
    assert "办理单位" not in text


def test_compose_calls_a_paper_without_a_file_the_mail_itself():
    paper = make_paper("", "application-form", Source.MAIL_TEXT)
    assert "邮件正文：" in compose(replace(TRANSFER_OUT, papers=(paper,))).text


def test_compose_shows_the_whole_table_when_no_district_is_named():
    text = compose(GOLDEN_SAMPLES["guidance-post-account-table"]).text
    assert text.count("：0411-") + text.count("：15642355578") == 10


def test_compose_refuses_a_code_that_the_catalogue_does_not_know():
    with pytest.raises(ReplyError):
        compose(replace(MISSING, decision=AskForMaterials(make_checklist(item("dl-resettle"), "no-such-paper"))))
    with pytest.raises(ReplyError):
        COMPOSER.compose(
            replace(Sample("", Triage("")).decided(CATALOGUE), agency="nowhere"), number="", message=make_message(""),
            papers=(), mailbox="x@y.example", received_on=RECEIVED_ON, closures=Closures(),
        )  # fmt: skip
    with pytest.raises(ReplyError):
        compose(Sample("", Acknowledge(Checklist())))
    with pytest.raises(ReplyError):
        compose(Sample("", Guide("inquiry")))


def test_compose_takes_few_milliseconds():
    compose(TRANSFER_OUT)
    started = process_time()
    for _ in range(50):
        compose(TRANSFER_OUT)
    assert (process_time() - started) / 50 < 0.005  # 1.2 ms on the developer's machine; CI may be slower

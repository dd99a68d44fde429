from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases import CaseStatus
from domain.catalogue import Catalogue
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.mail import CloudLink, Message
from domain.papers import Paper
from domain.persons import Mark
from domain.routing import Facts, Finding
from routing import CHAIN, Classifier, Related, Situation, decide
from routing.decide import ask_for_materials, ignore_machine_mail
from tests.routing.building import CASE, CATALOGUE, CITIZEN, KINDS, LIBRARY, attachment, mail, paper, papers
from youban.demo.people import Person, make_person

MAIN, NORTH, PERMITS = "main@library.example", "north@library.example", "permits@library.example"
CLASSIFIER = Classifier(CATALOGUE)
PHONE = "电话13900001234"


def run(message: Message, *given_papers: Paper, mailbox: str = MAIN, related: tuple[Related, ...] = ()) -> Decided:
    return decide(Situation(message, given_papers, mailbox, related, frozenset({MAIN, NORTH, PERMITS})), CLASSIFIER)


def missing(decided: Decided) -> tuple[str, ...]:
    assert isinstance(decided.decision, AskForMaterials), decided
    return decided.decision.checklist.missing


def test_chain_begins_with_machines_and_ends_with_materials() -> None:
    assert (CHAIN[0], CHAIN[-1]) == (ignore_machine_mail, ask_for_materials)


def test_machine_mail_gets_silence() -> None:
    decided = run(mail("迁出", PHONE, headers=(("return-path", "<>"),)), *papers("letter"))
    assert isinstance(decided.decision, Ignore)
    assert (decided.word, decided.rule, decided.classification.item) == ("none", "ignore_machine_mail", "")


def test_complete_mail_is_acknowledged() -> None:
    decided = run(mail("毕业迁出", PHONE), *papers("letter", "id-front", "id-back", "proof"))
    assert isinstance(decided.decision, Acknowledge)
    assert (decided.office, decided.agency, decided.joins) == ("xx-main", "xx", "")


def test_missing_is_named() -> None:
    decided = run(mail("毕业迁出", "请办理"), *papers("letter", "id-front", "proof"))
    assert missing(decided) == ("phone", "id-back")


def test_guidance_item_is_guided_from_any_mailbox() -> None:
    decided = run(mail("借期", "到期了"), mailbox=PERMITS)
    assert decided.decision == Guide("item")
    assert not decided.wrong_mailbox


def test_other_agency_is_named() -> None:
    decided = run(mail("迁出", "我在石原省医保参保"), *papers("id-front"))
    assert decided.decision == Guide("other-agency")
    assert (decided.agency, decided.wrong_mailbox, decided.right_mailboxes) == ("xx", True, ("main@province.example",))


def test_wrong_office_transfers_and_says_so() -> None:
    decided = run(mail("迁入", f"我住北山区，{PHONE}"), *papers("id-front"), mailbox=PERMITS)
    assert (decided.word, decided.office, decided.right_mailboxes) == ("ack", "xx-north", (NORTH,))


def test_agency_may_guide_instead_of_transferring() -> None:
    strict = Catalogue((replace(LIBRARY, wrong_mailbox="guide"),), KINDS)
    situation = Situation(mail("迁入", PHONE), papers("id-front"), PERMITS)
    assert decide(situation, Classifier(strict)).decision == Guide("wrong-office")


def test_elsewhere_applicant_is_guided_there() -> None:
    assert run(mail("迁出", "我校学生"), *papers("letter")).decision == Guide("elsewhere", "school")
    assert run(mail("迁出", "我校毕业学生"), *papers("letter")).decision != Guide("elsewhere", "school")


def test_inquiry_is_answered_and_not_asked_for_papers() -> None:
    assert run(mail("迁出", "请问要什么材料？")).decision == Guide("inquiry")


@pytest.mark.parametrize(
    ("subject", "text", "rule"),
    [
        ("迁出", "我要投诉你们", "hand_over_complaint"),
        ("你好", "天气不错", "hand_over_uncovered"),
        ("书店借期", "请处理", "hand_over_close_call"),
        ("迁出", "上次申请的，办好了吗？", "hand_over_progress_question"),
    ],
)
def test_a_person_looks(subject: str, text: str, rule: str) -> None:
    decided = run(mail(subject, text))
    assert isinstance(decided.decision, Triage)
    assert decided.rule == rule


def test_mail_without_sender_goes_to_a_clerk() -> None:
    assert run(mail("迁出", PHONE, sender="")).rule == "hand_over_unanswerable"


def test_unseen_pictures_are_not_called_missing() -> None:
    unseen = (paper("", "IMG_1.jpg"), paper("", "IMG_2.jpg"))
    decided = run(mail("毕业迁出", PHONE), *papers("letter"), *unseen)
    assert decided.decision == Triage("有2张图片未能识别,可能就是缺少的材料,请人工查看。")


def test_too_few_unseen_pictures_cannot_be_all_that_lacks() -> None:
    decided = run(mail("毕业迁出", PHONE), paper("", "IMG_1.jpg"))
    assert missing(decided) == ("letter", "id-front", "id-back", "proof")


def test_signature_pictures_are_no_papers() -> None:
    logo = attachment("logo.png", size_bytes=3_000, is_inline=True)
    decided = run(mail("毕业迁出", PHONE, attachments=(logo,)), *papers("letter", "id-front"), paper("", "logo.png"))
    assert missing(decided) == ("id-back", "proof")


def test_materials_behind_a_link_are_missing_and_the_clerk_sees_it() -> None:
    link = CloudLink("材料.zip", "30M", "2020-03-10", "https://files.example/1")
    decided = run(mail("毕业迁出", f"请办理，{PHONE}", cloud_links=(link,)))
    assert missing(decided) == ("letter", "id-front", "id-back", "proof")
    assert "超大附件未下载:材料.zip(30M,2020-03-10到期) https://files.example/1" in decided.reasons


def test_answer_to_our_letter_completes_the_case() -> None:
    decided = run(mail("回复: 迁出", "反面补上"), paper("id-back"), related=(Related(CASE, "reply"),))
    assert (decided.word, decided.joins, decided.office) == ("ack", CASE.number, "xx-north")


def test_case_number_joins_for_its_sender_alone() -> None:
    answer = mail(f"办件{CASE.number}", "补上")
    assert run(answer, paper("id-back"), related=(Related(CASE, "number"),)).joins == CASE.number
    stranger = replace(answer, sender=replace(answer.sender, addr="li@elsewhere.example"))
    assert run(stranger, paper("id-back"), related=(Related(CASE, "number"),)).joins == ""


def test_stranger_answering_our_letter_is_told_nothing() -> None:
    answer = mail("回复: 迁出", "补上", sender="li@elsewhere.example")
    decided = run(answer, paper("id-back"), related=(Related(CASE, "reply"),))
    assert (decided.rule, decided.joins) == ("hand_over_other_sender", "")
    assert CASE.number in " ".join(decided.reasons)
    assert not set(decided.facts.mobiles) & set(CASE.facts.mobiles)


def test_same_sender_joins_by_words_of_supplement_or_by_what_lacks() -> None:
    related = (Related(CASE, "sender"),)
    assert run(mail("补发材料", "反面"), paper("id-back"), related=related).joins == CASE.number
    assert run(mail("毕业迁出", "反面"), paper("id-back"), related=related).joins == CASE.number
    assert run(mail("毕业迁出", "正反面"), *papers("id-front", "id-back"), related=related).joins == ""


def test_two_waiting_cases_are_not_guessed_between() -> None:
    related = (Related(CASE, "sender"), Related(replace(CASE, number="XX-20200210-0002-3"), "sender"))
    decided = run(mail("补发材料", "反面"), paper("id-back"), related=related)
    assert (decided.joins, decided.rule) == ("", "hand_over_unsure_case")
    assert all(one.case.number in decided.reasons[0] for one in related)


def test_case_that_is_complete_is_never_asked_again() -> None:
    # A clerk accepted it without the back of the card.
    done = replace(CASE, status=CaseStatus.COMPLETE)
    decided = run(mail("回复: 迁出", "再补一张"), paper("card-front"), related=(Related(done, "reply"),))
    assert (decided.word, decided.joins, decided.rule) == ("ack", CASE.number, "thank_for_more")
    assert decided.classification.scenario == CASE.scenario


def test_supplement_to_a_closed_case_is_a_clerks() -> None:
    for status, said in ((CaseStatus.CLOSED, "已办结"), (CaseStatus.VOID, "已撤销")):
        ended = (Related(replace(CASE, status=status), "number"),)
        decided = run(mail("补交材料", "补上反面"), paper("id-back"), related=ended)
        assert (decided.rule, decided.joins) == ("hand_over_unsure_case", "")
        assert f"{CASE.number}({said})" in decided.reasons[0]
        anew = run(mail("书店备案", "申请书店备案"), paper("licence"), related=ended)
        assert (anew.rule, anew.word) == ("acknowledge_complete", "ack")


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.VOID, CaseStatus.GUIDED])
def test_ended_case_takes_nothing_more(status: CaseStatus) -> None:
    ended = (Related(replace(CASE, status=status), "reply"),)
    assert run(mail("回复: 迁出", "补上"), paper("id-back"), related=ended).joins == ""


def test_case_at_the_desk_stays_there() -> None:
    at_desk = (Related(replace(CASE, status=CaseStatus.TRIAGE), "reply"),)
    assert run(mail("回复: 迁出", "补上"), paper("id-back"), related=at_desk).rule == "hand_over_case_at_desk"


def test_thanks_do_not_complete_a_case() -> None:
    decided = run(mail("回复: 迁出", "收到，谢谢！"), related=(Related(CASE, "reply"),))
    assert decided.rule == "hand_over_notice_in_case"


def test_news_of_a_complete_case_is_only_confirmed() -> None:
    complete = (Related(replace(CASE, status=CaseStatus.COMPLETE), "reply"),)
    decided = run(mail("回复: 迁出", "收到，谢谢！"), related=complete)
    assert (decided.word, decided.is_news, decided.joins) == ("ack", True, CASE.number)


@pytest.mark.parametrize(
    ("status", "due", "sender", "word"),
    [
        (CaseStatus.MISSING, None, CITIZEN, "missing"),
        (CaseStatus.COMPLETE, date(2020, 2, 20), CITIZEN, "ack"),
        (CaseStatus.COMPLETE, date(2020, 2, 10), CITIZEN, "triage"),
        (CaseStatus.COMPLETE, date(2020, 2, 20), "stranger@else.example", "triage"),
        (CaseStatus.TRIAGE, None, CITIZEN, "triage"),
    ],
)
def test_who_asks_how_far_his_case_is_learns_it_while_nothing_is_late(
    status: CaseStatus, due: date | None, sender: str, word: str
) -> None:
    related = (Related(replace(CASE, status=status, due_on=due), "reply"),)
    asked = mail("回复: 迁出", "请问办到哪一步了？", sender=sender)
    decided = decide(Situation(asked, (), MAIN, related, received_on=date(2020, 2, 14)), CLASSIFIER)
    assert (decided.word, decided.is_status) == (word, word in ("ack", "missing") or (sender == CITIZEN))


def test_telephone_alone_completes_what_lacked() -> None:
    case = replace(CASE, papers=papers("letter", "id-front", "id-back", "proof"), facts=Facts(email=CITIZEN))
    decided = run(mail("回复: 迁出", "13900001234"), related=(Related(case, "reply"),))
    assert (decided.word, decided.facts.mobiles) == ("ack", ("13900001234",))


def test_condition_said_once_holds_for_the_whole_case() -> None:
    first = run(mail("迁出", f"本地读者，申请迁出并退押金。{PHONE}"), *papers("letter", "card-front"))
    assert (missing(first), first.facts.conditions) == (("card-back", "bank-slip"), ("bank-slip",))
    case = replace(CASE, scenario="local", papers=papers("letter", "card-front"), facts=first.facts)
    later = run(mail("回复: 迁出", "补上另一面"), paper("card-back"), related=(Related(case, "reply"),))
    assert (later.joins, missing(later)) == (CASE.number, ("bank-slip",))


def test_answer_that_asks_for_something_else_is_a_new_request() -> None:
    answer = mail("回复: 迁出", "申请办理书店备案")
    decided = run(answer, paper("licence"), related=(Related(CASE, "reply"),))
    assert (decided.joins, decided.classification.item) == ("", "xx-permit")


def test_subject_of_the_old_case_does_not_tell_the_new_request() -> None:
    decided = run(mail("回复: 读者迁出", "我还想申请办理书店备案，需要什么材料？"), related=(Related(CASE, "reply"),))
    assert (decided.joins, decided.classification.item, decided.classification.also_items) == ("", "xx-permit", ())


@given(
    st.text(alphabet="迁出入借期书店毕业请问？补发不是投诉，13900001234 ", max_size=60),
    st.lists(st.sampled_from([*KINDS, ""]), max_size=5),
    st.sampled_from([MAIN, NORTH, PERMITS, "main@province.example", "x@elsewhere.example"]),
    st.booleans(),
)
def test_deciding_twice_is_deciding_once(text: str, kinds: list[str], mailbox: str, is_answer: bool) -> None:
    related = (Related(CASE, "reply"),) if is_answer else ()
    situation = Situation(mail(text[:10], text), papers(*kinds), mailbox, related)
    first = decide(situation, CLASSIFIER)
    assert first == decide(situation, CLASSIFIER)
    assert first.reasons
    turned = replace(situation, papers=tuple(reversed(situation.papers)))
    assert decide(turned, CLASSIFIER).word == first.word


def test_photographs_that_quote_our_letter_are_read_by_themselves() -> None:
    letter = f"[{CASE.number}] 投诉。您要办的是：迁出。电话13900001234"
    answer = replace(mail("", "", sender="li@elsewhere.example"), quoted=letter)
    decided = run(answer, paper("id-back"))
    assert decided.facts.mobiles == ()
    assert all(e.where != "quoted" for e in decided.classification.evidence)


ONE, OTHER = make_person(21), make_person(22)
WHOLE = ("letter", "proof", "id-back")


def front(person: Person, name: str = "") -> Paper:
    return paper("id-front", name, fields={"name": person.name, "id_number": person.id_number})


def test_other_persons_card_is_never_completed() -> None:
    said = mail("毕业迁出", f"{PHONE}，姓名：{ONE.name}，身份证号{ONE.id_number}")
    assert run(said, front(ONE), *papers(*WHOLE)).word == "ack"
    decided = run(said, front(OTHER), *papers(*WHOLE))
    assert (decided.word, decided.rule) == ("triage", "hand_over_other_person")
    assert isinstance(decided.decision, Triage)
    line = next(x for x in decided.decision.checklist.lines if "id-front" in x.requirement.codes)
    assert line.finding is Finding.FOUND
    assert [r.startswith("身份证与来信上的姓名和身份证号码都不一致") for r in line.remarks] == [True]
    assert decided.people.warnings[0].mark is Mark.OTHER_PERSON


def test_other_persons_card_is_a_clerks_even_where_something_lacks() -> None:
    decided = run(mail("毕业迁出", PHONE), front(ONE, "a.jpg"), front(OTHER, "b.jpg"))
    assert (decided.rule, decided.reasons[0][:8]) == ("hand_over_other_person", "收到两个人的身份")


def test_reasons_name_nobody_in_full() -> None:
    said = mail("毕业迁出", f"{PHONE}，姓名：{ONE.name}，身份证号{ONE.id_number}")
    told = "".join(run(said, front(OTHER), *papers(*WHOLE)).reasons)
    assert not any(word in told for who in (ONE, OTHER) for word in (who.name, who.id_number))


def test_slip_is_told_and_changes_nothing() -> None:
    said = mail("毕业迁出", f"{PHONE}，姓名：王东昇")
    card = paper("id-front", fields={"name": "王东升", "id_number": ONE.id_number})
    decided = run(said, card, *papers(*WHOLE))
    assert decided.word == "ack"
    assert decided.reasons[-1].startswith("人员与证件核对:来信与身份证上的姓名用字不同(昇/升)")


def test_supplement_of_somebody_else_is_a_clerks() -> None:
    case = replace(CASE, papers=(*papers("letter", "proof"), front(ONE)))
    decided = run(
        mail("补充材料", "身份证反面"), front(OTHER, "b.jpg"), paper("id-back"), related=(Related(case, "reply"),)
    )
    assert (decided.joins, decided.rule) == (CASE.number, "hand_over_other_person")


EXPIRED = {"valid_from": "2011-03-01", "valid_until": "2021-03-01"}


def run_on(day: date | None, sent: datetime | None, *given_papers: Paper) -> Decided:
    message = replace(mail("毕业迁出", PHONE), date=sent)
    return decide(Situation(message, given_papers, MAIN, received_on=day), CLASSIFIER)


def test_expired_paper_is_asked_for_again_with_its_date() -> None:
    back = paper("id-back", fields=EXPIRED)
    given_papers = (*papers("letter", "proof", "id-front"), back)
    decided = run_on(date(2021, 3, 2), None, *given_papers)
    assert missing(decided) == ("id-back",)
    assert isinstance(decided.decision, AskForMaterials)
    told = "“id-back.jpg”未计入:有效期至2021年3月1日,已过期,请寄现行有效的证件。"
    assert [r for x in decided.decision.checklist.lines for r in x.remarks] == [told]
    assert sum("已过期" in reason for reason in decided.reasons) == 1
    renewed = paper("id-back", "new.jpg", fields={"valid_from": "2021-03-01", "valid_until": "长期"})
    assert run_on(date(2021, 3, 2), None, *given_papers, renewed).word == "ack"


def test_paper_must_be_valid_on_the_day_of_receipt() -> None:
    given_papers = (*papers("letter", "proof", "id-front"), paper("id-back", fields=EXPIRED))
    sent = datetime(2021, 3, 2, 1, tzinfo=UTC)
    assert run_on(date(2021, 3, 1), sent, *given_papers).word == "ack"
    # A mail program's clock must do where nobody knows better, and without any day nothing is expired.
    assert run_on(None, sent, *given_papers).word == "missing"
    assert run_on(None, None, *given_papers).word == "ack"

"""Which case a mail adds to that answers no letter and names no case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.cases import Case, CaseStatus
from domain.decisions import Decided
from domain.mail import Message
from domain.papers import Paper
from domain.routing import Facts, Intent
from routing import Classifier, Related, Situation, decide
from routing.threads import Bond, compare_holders
from tests.routing.building import CASE, CATALOGUE, CITIZEN, mail, paper, papers
from youban.demo.people import Person, make_person

MAIN, NORTH, PROVINCE = "main@library.example", "north@library.example", "main@province.example"
CLASSIFIER = Classifier(CATALOGUE)
FATHER, OTHER = make_person(21), make_person(22)
DAUGHTER = "daughter@elsewhere.example"
SECOND = "XX-20200210-0002-3"


def run(message: Message, *given: Paper, related: tuple[Related, ...], mailbox: str = MAIN) -> Decided:
    return decide(Situation(message, given, mailbox, related), CLASSIFIER)


def of(person: Person, kind: str, file: str = "", **changes: str) -> Paper:
    fields = {"name": person.name, "id_number": person.id_number} | changes
    return paper(kind, file or f"{kind}-{person.seed}.jpg", fields=fields)


def waiting(*given: Paper, facts: Facts = CASE.facts, number: str = CASE.number, item: str = CASE.item) -> Case:
    return replace(CASE, papers=given, facts=facts, number=number, item=item)


# Lacks the proof alone, which names its bearer.
LACKS_PROOF = waiting(of(FATHER, "id-front"), *papers("letter", "id-back"))
LACKS_PHONE = waiting(of(FATHER, "id-front"), *papers("letter", "id-back", "proof"), facts=Facts(email=CITIZEN))


def sent_by(sender: str, subject: str = "补结业证明", text: str = "补上") -> Message:
    return mail(subject, text, sender=sender)


def test_telephone_forgotten_joins_though_no_item_is_told() -> None:
    decided = run(mail("忘写电话了", "13900001234"), related=(Related(LACKS_PHONE, "sender"),))
    assert (decided.joins, decided.word) == (CASE.number, "ack")
    assert (decided.classification.item, decided.classification.intent) == ("xx-move", Intent.SUPPLEMENT)


def test_telephone_that_lacks_nowhere_is_a_mail_of_its_own() -> None:
    decided = run(mail("电话", "13900001234"), related=(Related(LACKS_PROOF, "sender"),))
    assert decided.joins == ""


def test_weak_words_for_another_item_do_not_hide_what_lacks() -> None:
    related = (Related(LACKS_PROOF, "sender"),)
    assert run(mail("补图书卡的", "补充材料"), paper("proof"), related=related).joins == CASE.number
    plainly = run(mail("补充书店备案的材料", "书店备案"), paper("licence"), related=related)
    assert (plainly.joins, plainly.classification.item) == ("", "xx-permit")


def test_everything_sent_once_more_joins_by_the_person() -> None:
    whole = (of(FATHER, "id-front", "2.jpg"), *papers("letter", "id-back"), paper("proof"))
    message = mail("毕业迁出", "申请迁出，电话13900001234")
    assert run(message, *whole, related=(Related(LACKS_PROOF, "sender"),)).joins == CASE.number
    others = (of(OTHER, "id-front", "2.jpg"), *whole[1:])
    assert run(message, *others, related=(Related(LACKS_PROOF, "sender"),)).joins == ""


def test_second_employees_paper_never_completes_the_first_ones_case() -> None:
    case = waiting(of(FATHER, "proof"), *papers("letter", "id-back"))
    related = (Related(case, "sender"),)
    assert run(mail("毕业迁出", "申请"), of(FATHER, "id-front"), related=related).joins == CASE.number
    assert run(mail("毕业迁出", "申请"), of(OTHER, "id-front"), related=related).joins == ""


def test_second_employees_whole_request_is_no_supplement() -> None:
    message = mail("补充一名：毕业迁出", "再补充一名，申请迁出，电话13900001234")
    whole = (of(OTHER, "id-front"), of(OTHER, "proof"), *papers("letter", "id-back"))
    decided = run(message, *whole, related=(Related(LACKS_PROOF, "sender"),))
    assert (decided.joins, decided.word) == ("", "ack")


def test_of_two_cases_the_one_that_lacks_it_is_joined() -> None:
    related = (Related(LACKS_PROOF, "sender"), Related(replace(LACKS_PHONE, number=SECOND), "sender"))
    assert run(mail("补充材料", "补上"), paper("proof"), related=related).joins == CASE.number
    assert run(mail("补充", "电话13900001234"), related=related).joins == SECOND


def test_of_two_cases_that_lack_the_same_the_persons_is_joined() -> None:
    second = waiting(of(OTHER, "id-front"), *papers("letter", "id-back"), number=SECOND)
    related = (Related(LACKS_PROOF, "sender"), Related(second, "sender"))
    assert run(mail("补充材料", "补上"), of(OTHER, "proof"), related=related).joins == SECOND
    unsure = run(mail("补充材料", "补上"), paper("proof"), related=related)
    assert (unsure.rule, unsure.joins) == ("hand_over_unsure_case", "")


def test_another_agencys_mailbox_joins_nothing() -> None:
    decided = run(
        mail("补充材料", "迁出补上"), paper("proof"), related=(Related(LACKS_PROOF, "sender"),), mailbox=PROVINCE
    )
    assert decided.joins == ""


@pytest.mark.parametrize("by", ["person", "number", "reply"])
def test_daughter_completes_her_fathers_case_by_his_paper(by: str) -> None:
    decided = run(
        sent_by(DAUGHTER, text="补上，电话13800001234"), of(FATHER, "proof"), related=(Related(LACKS_PROOF, by),)
    )
    assert (decided.joins, decided.word) == (CASE.number, "ack")
    # She may be rung up, but the case goes on being answered where it was.
    assert (decided.facts.email, decided.facts.mobiles[0]) == (CITIZEN, "13800001234")
    assert "只答复申请人的邮箱" in " ".join(decided.reasons)


def test_what_still_lacks_is_asked_of_the_applicant() -> None:
    case = waiting(of(FATHER, "id-front"), paper("letter"))
    decided = run(sent_by(DAUGHTER), of(FATHER, "proof"), related=(Related(case, "person"),))
    assert (decided.joins, decided.word) == (CASE.number, "missing")


def test_name_alone_is_a_clerks() -> None:
    named = of(FATHER, "proof", id_number="")
    decided = run(sent_by(DAUGHTER), named, related=(Related(LACKS_PROOF, "person"),))
    assert (decided.rule, decided.joins) == ("hand_over_unsure_case", "")
    assert CASE.number in decided.reasons[0]
    assert FATHER.name not in "".join(decided.reasons)


def test_name_and_birth_together_are_proof() -> None:
    born = of(FATHER, "proof", id_number="", birth=FATHER.birth.isoformat())
    assert run(sent_by(DAUGHTER), born, related=(Related(LACKS_PROOF, "person"),)).joins == CASE.number


def test_number_with_a_wrong_check_character_proves_nothing() -> None:
    wrong = "1" if FATHER.id_number[-1] != "1" else "2"
    misread = of(FATHER, "proof", name="", id_number=FATHER.id_number[:-1] + wrong)
    assert run(sent_by(DAUGHTER), misread, related=(Related(LACKS_PROOF, "number"),)).joins == ""


@pytest.mark.parametrize("by", ["number", "reply"])
def test_stranger_with_a_number_or_our_letter_joins_nothing(by: str) -> None:
    for given in (paper("proof"), of(OTHER, "proof")):
        assert run(sent_by(DAUGHTER), given, related=(Related(LACKS_PROOF, by),)).joins == ""


def test_strangers_paper_that_does_not_lack_opens_a_case_of_its_own() -> None:
    decided = run(sent_by(DAUGHTER), of(FATHER, "id-front"), related=(Related(LACKS_PROOF, "person"),))
    assert decided.joins == ""


def test_whole_request_of_another_sender_is_his_own() -> None:
    whole = (of(FATHER, "id-front"), of(FATHER, "proof"), *papers("letter", "id-back"))
    message = mail("毕业迁出", "申请迁出，电话13900001234", sender=DAUGHTER)
    decided = run(message, *whole, related=(Related(LACKS_PROOF, "person"),))
    assert (decided.joins, decided.word) == ("", "ack")


def test_strangers_question_joins_nothing() -> None:
    decided = run(mail("迁出要什么材料？", "请问怎么办", sender=DAUGHTER), related=(Related(LACKS_PROOF, "person"),))
    assert (decided.joins, decided.word) == ("", "guidance")


@pytest.mark.parametrize("status", [CaseStatus.COMPLETE, CaseStatus.TRIAGE, CaseStatus.CLOSED])
def test_person_joins_only_what_waits_for_materials(status: CaseStatus) -> None:
    case = replace(LACKS_PROOF, status=status)
    assert run(sent_by(DAUGHTER), of(FATHER, "proof"), related=(Related(case, "person"),)).joins == ""


def test_holders_are_compared_by_number_then_name() -> None:
    card = of(FATHER, "id-front")
    assert compare_holders([card], [of(FATHER, "proof")]) is Bond.PROVEN
    assert compare_holders([of(FATHER, "proof", id_number="")], [card]) is Bond.NAMED
    assert compare_holders([paper("proof")], [card]) is Bond.UNKNOWN
    assert compare_holders([card, of(OTHER, "id-front")], [card]) is Bond.OTHER
    same_number = of(FATHER, "proof", name=OTHER.name)
    assert compare_holders([same_number], [card]) is Bond.OTHER
    # Who asks may write for somebody else.
    assert compare_holders([of(OTHER, "written-request")], [card]) is Bond.UNKNOWN

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import load_catalogue
from domain.catalogue import Scenario
from domain.decisions import AskForMaterials
from domain.papers import Paper
from domain.persons import Consequence, Mark, People, Role
from routing import Classifier, Situation, decide
from routing.persons import Question, compare_people, is_for_minor, settle_papers
from tests.routing.building import mail, paper
from youban.demo.people import Person, make_person

KINDS = load_catalogue().kinds
ON = date(2020, 2, 10)
ZHANG, LI = make_person(11, birth=date(1975, 3, 4)), make_person(12, birth=date(1980, 5, 6))
CHILD = make_person(13, birth=date(2015, 7, 8))
TRANSFER = "id-front id-back ss-card-front written-request"
MINOR = "birth-cert hukou-self residence-permit-front residence-permit-back parent-hukou-first parent-hukou-self"


def shown(kind: str, person: Person, *, name: str | None = None, number: str | None = None, file: str = "") -> Paper:
    """Return a paper of a kind as its fields would be read from a photograph of this person's."""
    said = {"name": person.name if name is None else name}
    if "id_number" in KINDS[kind].fields:
        said["id_number"] = person.id_number if number is None else number
    if "social_security_number" in KINDS[kind].fields:
        said["social_security_number"] = person.id_number if number is None else number
    if "birth" in KINDS[kind].fields:
        said["birth"] = person.birth.isoformat()
    return paper(kind, file or f"{kind}-{person.seed}.jpg", fields={k: v for k, v in said.items() if v})


def birth_cert(child: Person, mother: Person) -> Paper:
    fields = {"name": child.name, "birth": child.birth.isoformat(), "mother_name": mother.name}
    return paper("birth-cert", fields={**fields, "mother_id_number": mother.id_number})


def ask(asked: str = TRANSFER, *, text: str = "", minor: bool | None = None, on: date | None = ON) -> Question:
    return Question(frozenset(asked.split()), minor, on, text, KINDS)


def compare(*papers: Paper, asked: str = TRANSFER, text: str = "", minor: bool | None = None) -> People:
    return compare_people(papers, ask(asked, text=text, minor=minor))


def marks(people: People) -> list[Mark]:
    return [finding.mark for finding in people.findings]


def roles(people: People) -> dict[str, Role]:
    return {person.name: person.role for person in people.persons}


def test_one_persons_papers_are_one_person() -> None:
    people = compare(shown("id-front", ZHANG), shown("ss-card-front", ZHANG), shown("written-request", ZHANG))
    (person,) = people.persons
    assert (person.role, person.name, person.number, len(person.papers)) == (
        Role.SUBJECT,
        ZHANG.name,
        ZHANG.id_number,
        3,
    )
    assert people.findings == ()


def test_papers_without_fields_accuse_nobody() -> None:
    assert compare(paper("id-front"), paper("id-front", "b.jpg"), shown("ss-card-front", ZHANG)).findings == ()
    assert compare(paper("id-front"), paper("ss-card-front"), text="我叫王建国。") == People()


def test_card_of_somebody_else_than_the_form_names() -> None:
    form = shown("application-form", ZHANG, number="")
    people = compare(form, shown("id-front", LI), asked="application-form")
    (found,) = people.findings
    assert (found.mark, found.consequence) == (Mark.OTHER_NAME, Consequence.WARN)
    assert found.words.startswith("身份证与申请表上的姓名不一致(")
    assert {p.kind for p in found.papers} == {"id-front", "application-form"}
    assert roles(people) == {ZHANG.name: Role.SUBJECT, LI.name: Role.OTHER}


@pytest.mark.parametrize(
    "people",
    [
        compare(shown("id-front", ZHANG), shown("ss-card-front", LI)),
        compare(shown("id-front", ZHANG), shown("id-front", LI)),
        compare(shown("id-front", ZHANG), text=f"本人{LI.name}，身份证号{LI.id_number}"),
        compare(shown("id-front", ZHANG), shown("ss-card-front", ZHANG, number=LI.id_number)),
    ],
)
def test_words_hold_no_whole_name_or_number(people: People) -> None:
    assert people.warnings
    for finding in people.findings:
        assert not any(said in finding.words for who in (ZHANG, LI) for said in (who.name, who.id_number))


def test_mail_names_whose_case_it_is() -> None:
    people = compare(shown("id-front", LI), text=f"本人{ZHANG.name}，身份证号{ZHANG.id_number}")
    assert marks(people) == [Mark.OTHER_PERSON]
    assert people.findings[0].words.startswith("身份证与来信上的姓名和身份证号码都不一致")
    assert [(p.role, p.is_in_mail) for p in people.persons if p.name == ZHANG.name] == [(Role.SUBJECT, True)]


def test_most_papers_tell_whose_case_it_is() -> None:
    people = compare(shown("id-front", ZHANG), shown("ss-card-front", ZHANG), shown("enrolment-cert", LI))
    assert roles(people) == {ZHANG.name: Role.SUBJECT, LI.name: Role.OTHER}
    assert people.findings[0].words.startswith("参保（缴费）凭证与身份证、社保卡上的")


def test_name_fits_but_number_differs() -> None:
    people = compare(shown("id-front", ZHANG), shown("ss-card-front", ZHANG, number=LI.id_number))
    assert marks(people) == [Mark.OTHER_NUMBER]
    assert people.findings[0].words.endswith("姓名一致,但身份证号码不一致")


def test_number_fits_but_name_differs() -> None:
    people = compare(shown("id-front", ZHANG, name="李四光"), shown("ss-card-front", ZHANG, name="张三丰"))
    assert marks(people) == [Mark.OTHER_NAME]
    assert "身份证号码相同,但姓名不一致" in people.findings[0].words


def test_two_peoples_fronts() -> None:
    people = compare(shown("id-front", ZHANG), shown("id-front", LI), shown("ss-card-front", ZHANG))
    assert marks(people) == [Mark.TWO_CARDS]
    assert people.findings[0].words.startswith("收到两个人的身份证")


def test_same_card_twice_is_one_person() -> None:
    assert compare(shown("id-front", ZHANG, file="a.jpg"), shown("id-front", ZHANG, file="b.jpg")).findings == ()


def test_variant_of_a_name_is_told_and_warns_nobody() -> None:
    people = compare(shown("id-front", ZHANG, name="王东升"), shown("ss-card-front", ZHANG, name="王东昇"))
    assert marks(people) == [Mark.VARIANT_NAME]
    assert people.warnings == ()
    assert "昇/升" in people.findings[0].words or "升/昇" in people.findings[0].words


def test_misread_number_is_told_and_warns_nobody() -> None:
    wrong = ZHANG.id_number[:16] + str((int(ZHANG.id_number[16]) + 1) % 10) + ZHANG.id_number[17]
    people = compare(shown("id-front", ZHANG), shown("ss-card-front", ZHANG, number=wrong))
    assert marks(people) == [Mark.MISREAD_NUMBER]
    assert people.warnings == ()
    assert len(people.persons) == 1


def test_householder_and_owner_are_only_named() -> None:
    papers = shown("id-front", ZHANG), shown("hukou-first", LI), shown("property-cert", LI)
    assert marks(compare(*papers)) == []


def test_other_pages_of_the_household_book_are_no_mistake() -> None:
    papers = shown("hukou-self", ZHANG), shown("hukou-self", LI), shown("id-front", ZHANG)
    assert marks(compare(*papers, asked="id-front hukou-self")) == []
    assert marks(compare(shown("id-front", ZHANG), shown("hukou-self", LI), asked="hukou-self")) == [Mark.OTHER_PERSON]


def test_agent_may_send_a_card_too() -> None:
    papers = shown("id-front", ZHANG), shown("ss-card-front", ZHANG), shown("id-front", LI)
    people = compare(*papers, text="本人年老，由儿子代办")
    assert (marks(people), roles(people)[LI.name]) == ([], Role.AGENT)


def test_agents_card_does_not_stand_for_the_applicants() -> None:
    papers = shown("ss-card-front", ZHANG), shown("enrolment-cert", ZHANG), shown("id-front", LI)
    assert marks(compare(*papers, text="代办")) == [Mark.OTHER_PERSON, Mark.NO_AGENT_CARD]


def test_agents_card_is_missed_where_every_card_is_known() -> None:
    people = compare(shown("id-front", ZHANG), text="由他人代办")
    assert (marks(people), people.warnings) == ([Mark.NO_AGENT_CARD], ())
    assert marks(compare(shown("id-front", ZHANG), paper("id-front", "b.jpg"), text="由他人代办")) == []
    assert marks(compare(shown("id-front", ZHANG), text="本人办理")) == []


def test_who_writes_after_a_death_is_not_the_dead() -> None:
    papers = shown("death-cert", ZHANG), shown("id-front", LI), shown("written-request", LI)
    people = compare(*papers, asked="death-cert written-request")
    assert (marks(people), roles(people)[ZHANG.name]) == ([], Role.SUBJECT)


def test_unit_sends_papers_of_many() -> None:
    papers = shown("physician-title", ZHANG), shown("id-front", LI)
    assert compare(*papers, asked="medical-license department-form") == People()


def test_several_physicians_with_a_form_each() -> None:
    forms = shown("physician-form", ZHANG), shown("physician-form", LI)
    asked = "physician-form physician-title"
    assert marks(compare(*forms, shown("physician-title", LI), asked=asked)) == []
    assert marks(compare(forms[0], shown("physician-title", LI), asked=asked)) == [Mark.OTHER_PERSON]


def test_child_and_parents_are_told_apart() -> None:
    papers = birth_cert(CHILD, LI), shown("hukou-self", CHILD), shown("hukou-self", LI), shown("id-front", LI)
    people = compare(*papers, asked=MINOR, minor=True)
    assert (marks(people), roles(people)) == ([], {CHILD.name: Role.SUBJECT, LI.name: Role.PARENT})


def test_other_childs_paper_is_another_persons() -> None:
    sibling = make_person(14, birth=date(2012, 1, 1))
    papers = birth_cert(CHILD, LI), shown("hukou-self", sibling)
    assert marks(compare(*papers, asked=MINOR, minor=True)) == [Mark.OTHER_NAME]


def test_grown_ups_page_counts_as_the_parents() -> None:
    papers = (
        birth_cert(CHILD, LI),
        shown("hukou-self", CHILD, file="1.jpg"),
        shown("hukou-self", LI, file="2.jpg"),
        shown("hukou-first", LI, file="3.jpg"),
        shown("hukou-first", ZHANG, file="4.jpg"),
    )
    question = ask(MINOR, minor=True)
    settled = settle_papers(papers, compare_people(papers, question), question)
    told = ["birth-cert", "hukou-self", "parent-hukou-self", "parent-hukou-first", "hukou-first"]
    assert [p.kind for p in settled] == told


def test_pages_stay_what_they_are_for_a_grown_up() -> None:
    papers = shown("hukou-self", LI), shown("hukou-first", LI)
    for question in (ask("hukou-first hukou-self"), ask(MINOR, minor=True, on=None)):
        assert settle_papers(papers, compare_people(papers, question), question) == papers


def test_minors_item_with_a_grown_ups_card() -> None:
    people = compare(shown("ss-card-front", ZHANG), asked="ss-card-front", minor=True)
    assert marks(people) == [Mark.NOT_MINOR]
    assert people.findings[0].words == "办理对象是未成年人,但社保卡上的人已成年"


def test_grown_ups_item_with_a_minors_card() -> None:
    papers = shown("residence-permit-front", CHILD), paper("residence-permit-back")
    people = compare(*papers, asked="residence-permit-front residence-permit-back", minor=False)
    assert marks(people) == [Mark.NOT_ADULT]


def test_one_card_of_the_right_age_or_of_none_spares_the_others() -> None:
    asked = "ss-card-front"
    for other in (shown("ss-card-front", CHILD), paper("ss-card-front")):
        assert Mark.NOT_MINOR not in marks(compare(shown("ss-card-front", ZHANG), other, asked=asked, minor=True))


def test_expired_paper_does_not_count() -> None:
    old = paper("id-back", fields={"valid_from": "2010-01-05", "valid_until": "2020-01-05"})
    papers = (shown("id-front", ZHANG), old)
    question = ask()
    settled = settle_papers(papers, compare_people(papers, question), question)
    assert [p.problem for p in settled] == ["", "有效期至2020年1月5日,已过期,请寄现行有效的证件"]
    assert settle_papers(papers, compare_people(papers, ask(on=None)), ask(on=None)) == papers


@pytest.mark.parametrize(("title", "found"), [("外地户籍未成年人", True), ("外地户籍成年人", False), ("本地", None)])
def test_scenario_tells_its_age(title: str, found: bool | None) -> None:
    assert is_for_minor(Scenario("x", title)) is found


def test_shipped_scenarios_of_an_age() -> None:
    scenarios = [s for item in load_catalogue().items for s in item.scenarios]
    told = {s.code: is_for_minor(s) for s in scenarios if is_for_minor(s) is not None}
    assert told == {"nonlocal-minor": True, "nonlocal-adult": False}
    assert is_for_minor(None) is None


def test_every_mark_has_a_consequence() -> None:
    told = {mark for mark in Mark if mark.consequence is Consequence.TELL}
    assert told == {Mark.ODD_TERM, Mark.VARIANT_NAME, Mark.MISREAD_NUMBER, Mark.NO_AGENT_CARD}
    assert [mark for mark in Mark if mark.consequence is Consequence.ASK] == [Mark.EXPIRED]


SOME = st.lists(
    st.builds(
        shown,
        st.sampled_from(["id-front", "ss-card-front", "hukou-self", "written-request", "hukou-first", "birth-cert"]),
        st.sampled_from([ZHANG, LI, CHILD]),
        number=st.sampled_from([None, "", "9" * 18]),
        name=st.sampled_from([None, ""]),
    ),
    max_size=4,
)


def words(people: People) -> Iterable[tuple[Mark, str]]:
    return sorted((f.mark, f.words) for f in people.findings)


@given(SOME, st.sampled_from(["", "由他人代办"]), st.sampled_from([None, True, False]))
def test_order_of_the_papers_never_matters(papers: list[Paper], text: str, minor: bool | None) -> None:
    found = words(compare(*papers, text=text, minor=minor))
    assert all(words(compare(*turned, text=text, minor=minor)) == found for turned in permutations(papers))


@given(SOME)
def test_paper_that_says_nothing_changes_no_accusation(papers: list[Paper]) -> None:
    silent = paper("diagnosis", "silent.jpg")
    assert words(compare(*papers, silent)) == words(compare(*papers))


@given(SOME.filter(lambda papers: len({p.attachment.rpartition("-")[2] for p in papers}) == 1))
def test_one_persons_papers_are_never_accused(papers: list[Paper]) -> None:
    assert compare(*papers).warnings == ()


def test_childs_case_is_complete_with_a_parents_page_of_the_same_print() -> None:
    said = mail("城乡居民新参保", "孩子是外地户籍，办理城乡居民新参保建档，电话13900001234", to="dlybzxcbb@163.com")
    child = (birth_cert(CHILD, LI), shown("hukou-self", CHILD, file="1.jpg"), paper("written-request"))
    parent = (shown("hukou-self", LI, file="2.jpg"), shown("hukou-first", LI, file="3.jpg"))
    for sent, missing in ((child, ("residence-permit-front|parent-hukou-first",)), ((*child, *parent), ())):
        decided = decide(Situation(said, sent, "dlybzxcbb@163.com", received_on=ON), Classifier(load_catalogue()))
        assert (decided.classification.scenario, decided.word) == ("nonlocal-minor", "missing" if missing else "ack")
        if isinstance(decided.decision, AskForMaterials):
            assert decided.decision.checklist.missing[:1] == missing


def test_paper_that_does_not_count_names_nobody() -> None:
    blurred = paper("ss-card-front", is_legible=False, fields={"name": LI.name, "social_security_number": LI.id_number})
    assert marks(compare(shown("id-front", ZHANG), blurred)) == []


def test_misread_date_tells_no_age() -> None:
    card = paper("ss-card-front", fields={"name": "张三丰", "birth": "2015-13-40"})
    assert compare(card, asked="ss-card-front", minor=False).persons[0].birth is None


def test_two_peoples_cards_on_one_page() -> None:
    cards = shown("id-front", ZHANG, file="a.jpg"), shown("id-front", LI, file="a.jpg")
    assert marks(compare(*cards)) == marks(compare(*reversed(cards))) == [Mark.TWO_CARDS]


def test_one_card_with_two_names_is_not_called_two_cards() -> None:
    cards = shown("id-front", ZHANG, name="张三丰", file="a.jpg"), shown("id-front", ZHANG, name="李四光", file="b.jpg")
    assert marks(compare(*cards)) == [Mark.OTHER_NAME]

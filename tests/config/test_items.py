"""The 34 service items and what each requires, spelled out once more from the notices' reading."""

from __future__ import annotations

import pytest

from config.catalogue import load_catalogue
from domain.catalogue import FACT_CODES, ServiceItem
from domain.phrases import spell_phrase

CATALOGUE = load_catalogue()
ITEMS = pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda i: i.code)

CLAIM = "invoice|expense-list|medical-record|diagnosis"
OUT = "id-front id-back ss-card-front written-request phone email"
DEATH = "death-cert written-request phone email"
# item -> scenario ('' while it is open, or where there is none) -> what is required
REQUIRED: dict[str, dict[str, str]] = {
    "sd-registration": {"": "registration-materials"},
    "sd-transfer-out": {
        "": "destination-address destination-phone id-front+id-back|ss-card-front+ss-card-back",
        "id": "destination-address destination-phone id-front id-back",
        "ss-card": "destination-address destination-phone ss-card-front ss-card-back",
    },
    "sd-transfer-in": {"": "enrolment-cert phone"},
    "sd-chronic": {"": "medical-record lab-report"},
    "sd-remote": {"": "application-form"},
    "sd-claim-medical": {"": CLAIM},
    "sd-claim-drug": {"": CLAIM},
    "sd-maternity": {"": "invoice expense-list diagnosis commitment"},
    "dl-resettle": {
        "": "phone residence-permit-front|hukou-first|hukou-self|property-cert",
        "residence": "phone residence-permit-front",
        "hukou": "phone hukou-first|hukou-self",
        "property": "phone property-cert",
    },
    "dl-settlement": {"": "settlement-report"},
    "dl-inst-change": {
        "": "business-license stamped-form medical-license|drug-license",
        "hospital": "business-license stamped-form medical-license",
        "pharmacy": "business-license stamped-form drug-license",
    },
    "dl-inst-create": {"": "account-confirmation"},
    "dl-inst-apply": {"": "application-form business-license|medical-license|drug-license"},
    "dl-physician": {"": "physician-form physician-qualification physician-practice physician-title"},
    "dl-department": {"": "department-form medical-license"},
    "dl-rehab": {"": "medical-record application-form"},
    "dl-disease": {"": "medical-record application-form"},
    "dl-transfer-out": {"": OUT, "nonlocal-leaver": f"{OUT} termination-cert", "local-flexible": OUT},
    "dl-transfer-in": {"": "id-front id-back ss-card-front enrolment-cert written-request phone email"},
    "dl-resident-enrol": {
        "": "written-request phone hukou-first|residence-permit-front|birth-cert",
        "local": "written-request phone hukou-first hukou-self",
        "nonlocal-adult": "written-request phone residence-permit-front residence-permit-back",
        "nonlocal-minor": "written-request phone birth-cert hukou-self "
        "residence-permit-front+residence-permit-back|parent-hukou-first+parent-hukou-self",
        "assistance": "written-request phone hukou-first hukou-self subsistence-cert",
    },
    "dl-death": {
        "": DEATH,
        "employee": f"{DEATH} decrease-roster",
        "retiree": f"{DEATH} decrease-roster",
        "flexible": DEATH,
    },
    "dl-civil-servant": {
        "": "increase-roster selection-form|recruitment-form salary-sheet "
        "provincial-recruitment-form|post-appointment-form",
        "any": "increase-roster selection-form|recruitment-form salary-sheet "
        "provincial-recruitment-form|post-appointment-form",
    },
}
GUIDANCE = [
    *("sd-headcount", "sd-base", "sd-account"),
    *("dl-relax-arrears", "dl-relax-contract", "dl-relax-prescription", "dl-relax-dialysis"),
    *("dl-post-claim", "dl-post-maternity", "dl-post-family", "dl-post-account", "dl-post-pension"),
]
DISTRICT_OFFICES = (
    *("dl-zhongshan", "dl-xigang", "dl-shahekou", "dl-ganjingzi", "dl-gaoxin"),
    *("dl-lvshun", "dl-jinpu", "dl-pulandian", "dl-changxingdao"),
)


def list_required(item: ServiceItem) -> dict[str, set[str]]:
    always = {str(r) for r in item.requires}
    required = {"": always | {str(r) for r in item.open_requires}}
    return required | {s.code: always | {str(r) for r in s.requires} for s in item.scenarios}


def test_there_are_34_items_with_their_codes() -> None:
    assert len(CATALOGUE.items) == 34
    assert {i.code for i in CATALOGUE.items} == {*REQUIRED, *GUIDANCE}
    assert [i.code for i in CATALOGUE.items if i.is_guidance] == GUIDANCE


@pytest.mark.parametrize("code", REQUIRED)
def test_item_requires_what_its_notice_asks(code: str) -> None:
    expected = {scenario: set(text.split()) for scenario, text in REQUIRED[code].items()}
    assert list_required(CATALOGUE.item(code)) == expected


def test_bank_details_are_asked_only_when_the_account_changes() -> None:
    conditions = {i.code: [str(c.requires) for c in i.conditions] for i in CATALOGUE.items if i.conditions}
    assert conditions == {"dl-inst-change": ["bank-info"]}


def test_only_resettlement_accepts_a_landline() -> None:
    assert [i.code for i in CATALOGUE.items if i.accepts_landline] == ["dl-resettle"]


def test_of_the_papers_of_a_claim_or_licences_all_are_wanted() -> None:
    wanting = [i.code for i in CATALOGUE.items if i.wants_all]
    assert wanting == ["sd-claim-medical", "sd-claim-drug", "dl-inst-apply"]


def test_plain_titles_fit_whoever_applies() -> None:
    """Where different people may write, 单位为职工 or 亲人 would contradict some of them."""
    titles = [i.plain_title for i in CATALOGUE.items if i.scenarios or i.elsewhere]
    assert [title for title in titles if any(who in title for who in ("单位", "职工", "个人", "亲人"))] == []


def test_promises_are_those_of_the_notices() -> None:
    assert {i.code: i.working_days for i in CATALOGUE.items if i.working_days} == {
        "dl-transfer-out": 2,
        "dl-death": 2,
        "dl-civil-servant": 2,
    }
    assert "《参保凭证》" in CATALOGUE.item("dl-transfer-out").result
    assert "《医疗保险人员变动通知单》" in CATALOGUE.item("dl-death").result
    assert "邮寄" in CATALOGUE.item("sd-transfer-out").result
    assert "电话告知" in CATALOGUE.item("sd-transfer-in").result


def test_originals_follow_where_the_notices_say_so() -> None:
    later = {i.code for i in CATALOGUE.items if i.afterwards}
    assert later == {
        *("sd-registration", "sd-chronic", "sd-remote", "sd-claim-medical", "sd-claim-drug", "sd-maternity"),
        *("dl-settlement", "dl-resident-enrol"),
    }
    assert "81286770" in CATALOGUE.item("sd-chronic").afterwards


def test_applicants_sent_elsewhere() -> None:
    elsewhere = {i.code: [e.code for e in i.elsewhere] for i in CATALOGUE.items if i.elsewhere}
    assert elsewhere == {"sd-remote": ["individual"], "dl-resettle": ["employer"]}
    assert "国家异地就医备案小程序" in CATALOGUE.item("sd-remote").elsewhere[0].guidance
    employer = CATALOGUE.item("dl-resettle").elsewhere[0].guidance
    assert all(CATALOGUE.agency("dl").office(o).telephones[0] in employer for o in DISTRICT_OFFICES)


def test_mailboxes_handle_what_the_notices_say() -> None:
    handled = {o.code: {i.code for i in CATALOGUE.items_of(o)} for a in CATALOGUE.agencies for o in a.offices}
    citizens = {"dl-transfer-out", "dl-transfer-in", "dl-resident-enrol", "dl-death"}
    county = {"dl-resident-enrol", "dl-settlement"}
    outer = citizens | {"dl-civil-servant", "dl-settlement"}
    assert handled == {
        "sd-accounts": {"sd-registration", "sd-transfer-out", "sd-transfer-in"},
        "sd-outpatient": {"sd-chronic", "sd-claim-drug"},
        "sd-remote-care": {"sd-remote"},
        "sd-claims": {"sd-claim-medical"},
        "sd-births": {"sd-maternity"},
        "dl-review": {"dl-resettle"},
        "dl-clearing": {"dl-settlement"},
        "dl-contracts": {
            *("dl-inst-change", "dl-inst-create", "dl-inst-apply", "dl-physician", "dl-department"),
            *("dl-rehab", "dl-disease"),
        },
        "dl-enrolment": citizens | {"dl-civil-servant"},
        **dict.fromkeys(DISTRICT_OFFICES[:5], citizens),
        **dict.fromkeys(DISTRICT_OFFICES[5:], outer),
        **dict.fromkeys(("dl-wafangdian", "dl-zhuanghe", "dl-changhai"), county),
    }


def test_the_enrolment_office_is_right_in_every_district_but_for_civil_servants() -> None:
    citywide = {i.code: i.citywide_offices for i in CATALOGUE.items if i.citywide_offices}
    assert citywide == {
        "dl-settlement": ("dl-clearing",),
        **dict.fromkeys(("dl-transfer-out", "dl-transfer-in", "dl-resident-enrol", "dl-death"), ("dl-enrolment",)),
    }


@ITEMS
def test_every_item_can_be_told_and_explained(item: ServiceItem) -> None:
    assert item.guidance
    assert item.notice_clause.startswith(("山东通知", "大连通告"))
    assert {5.0, 3.0, 1.0} == {k.weight for k in item.keywords}


@ITEMS
def test_an_item_is_not_argued_against_by_its_own_words(item: ServiceItem) -> None:
    against = {k.word for k in item.not_keywords}
    assert not [own.word for own in item.keywords if own.word in against]
    assert not [word for word in against if word in item.title]


def test_postponed_businesses_have_their_appointment_tables() -> None:
    assert {i.code: i.appointment for i in CATALOGUE.items if i.appointment} == {
        "dl-post-claim": "remote-claim",
        "dl-post-maternity": "maternity",
        "dl-post-family": "maternity",
        "dl-post-account": "account-pension",
        "dl-post-pension": "account-pension",
    }


def test_every_code_that_is_required_has_a_title_and_a_photo_hint() -> None:
    for item in CATALOGUE.items:
        groups = (item.requires, item.open_requires, *(s.requires for s in item.scenarios))
        for code in {c for requirements in groups for r in requirements for c in r.codes}:
            assert CATALOGUE.kinds[code].title
            assert code in FACT_CODES or CATALOGUE.kinds[code].photo_hint


@pytest.mark.parametrize("phrase", ["{爸,妈去世", "爸}去世", "…去世", "去世…", "{,爸}去世"])
def test_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"a brace does not close|begins and ends with a word"):
        spell_phrase(phrase)


def test_uncovered_matters_are_read() -> None:
    assert {"公积金", "工伤"} <= {word for agency in CATALOGUE.agencies for word in agency.uncovered}

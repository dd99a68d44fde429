from __future__ import annotations

from pathlib import Path

import pytest

from config.papers import load_papers
from domain.catalogue import FACT_CODES, DocumentKind, Keyword
from domain.errors import ConfigError
from domain.text import fold

KINDS = load_papers()
CODES = (  # noqa: SIM905 - a list of 45 words reads better so
    "id-front id-back ss-card-front ss-card-back hukou-first hukou-self residence-permit-front residence-permit-back "
    "property-cert enrolment-cert death-cert termination-cert birth-cert parent-hukou-first parent-hukou-self "
    "subsistence-cert business-license medical-license drug-license bank-info stamped-form account-confirmation "
    "application-form physician-form physician-qualification physician-practice physician-title department-form "
    "medical-record lab-report diagnosis invoice expense-list commitment settlement-report written-request "
    "decrease-roster increase-roster selection-form recruitment-form salary-sheet provincial-recruitment-form "
    "post-appointment-form registration-materials other"
).split()


def test_every_code_of_the_reading_is_there_and_every_fact() -> None:
    assert set(KINDS) == {*CODES, *FACT_CODES}
    assert all(kind.code == code and kind.title for code, kind in KINDS.items())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.code)
def test_a_look_alike_never_hides_a_papers_own_name(kind: DocumentKind) -> None:
    own = [fold(word) for word in (*kind.names, *kind.titles)]
    assert not [(other, word) for other in kind.not_names for word in own if fold(other) in word]


def test_hints_fit_new_applicants_too() -> None:
    assert [k.code for k in KINDS.values() if "变更后" in k.photo_hint] == []


def test_only_the_written_request_must_be_handwritten() -> None:
    assert [k.code for k in KINDS.values() if k.handwritten] == ["written-request"]


def test_only_what_the_notices_want_stamped_must_bear_a_seal() -> None:
    assert [k.code for k in KINDS.values() if k.sealed] == ["stamped-form", "registration-materials"]


def test_sides_are_told_where_a_kind_is_one_side() -> None:
    assert {k.code: k.side for k in KINDS.values() if k.side} == {
        "id-front": "front",
        "id-back": "back",
        "ss-card-front": "front",
        "ss-card-back": "back",
        "residence-permit-front": "front",
        "residence-permit-back": "back",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("身份证国徽面.jpg", "id-back"),
        ("身份证反面.jpg", "id-back"),
        ("社保卡.jpg", "ss-card-front"),
        ("户口簿本人页.png", "hukou-self"),
        ("父亲户口本首页.png", "parent-hukou-first"),
        ("居民死亡医学证明(推断)书.pdf", "death-cert"),
        ("医疗保险减少人员花名册.xls", "decrease-roster"),
        ("转出申请书(手写).jpg", "written-request"),
        ("省属事业单位公开招聘登记表.jpg", "provincial-recruitment-form"),
        ("专业技术资格证书.jpg", "physician-title"),
    ],
)
def test_the_longest_name_in_a_file_name_is_the_paper(name: str, code: str) -> None:
    found = {k.code: max((len(fold(n)) for n in k.names if fold(n) in fold(name)), default=0) for k in KINDS.values()}
    assert max(found, key=lambda c: found[c]) == code


@pytest.mark.parametrize(
    ("look_alike", "code"),
    [
        ("租房合同", "property-cert"),
        ("火化证", "death-cert"),
        ("电子社保卡", "ss-card-front"),
        ("缴费明细", "enrolment-cert"),
        ("居住证明", "residence-permit-front"),
    ],
)
def test_a_known_look_alike_is_named_as_such(look_alike: str, code: str) -> None:
    assert look_alike in KINDS[code].not_names


def test_a_code_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "papers.toml"
    file.write_text('[[paper]]\ncode = "a"\ntitle = "甲"\n[[paper]]\ncode = "a"\ntitle = "乙"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_papers(file)
    assert (caught.value.file, caught.value.key) == (str(file), "paper.a.code")


def test_a_fact_without_a_title_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "papers.toml"
    file.write_text('[facts]\nphone = "电话"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_papers(file)
    assert caught.value.key == "facts.destination-address"


PASS = '[[paper]]\ncode = "a"\ntitle = "甲"\n'


def read_pass(tmp_path: Path, more: str) -> DocumentKind:
    file = tmp_path / "papers.toml"
    facts = "".join(f'{code} = "x"\n' for code in sorted(FACT_CODES))
    file.write_text(f"[facts]\n{facts}{PASS}{more}", encoding="utf-8")
    return load_papers(file)["a"]


def test_a_pattern_of_titles_stands_for_each_of_them(tmp_path: Path) -> None:
    kind = read_pass(tmp_path, 'title_words = ["增[加]员[申报](花名册|名册)"]\n')
    titles = [keyword.word for keyword in kind.printed]
    assert sorted(titles) == sorted(
        f"增{more}员{told}{what}" for more in ("", "加") for told in ("", "申报") for what in ("花名册", "名册")
    )


@pytest.mark.parametrize("pattern", ["增[加员", "增(加|员", "[增][员]", "增]员", "(一|二|三)" * 6])
def test_a_pattern_that_does_not_close_or_says_too_little_or_too_much_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_pass(tmp_path, f'title_words = ["{pattern}"]\n')
    assert caught.value.key == "paper.a.title_words"


@pytest.mark.parametrize("pattern", ["增…(员|表", "…名册", "名册…", "增[加]…[名]", "增……册"])
def test_a_gap_stands_between_words_that_must_be_there(tmp_path: Path, pattern: str) -> None:
    assert read_pass(tmp_path, 'labels = ["增…(名册|表)"]\n').printed == (Keyword("增…(名册|表)", 1.5),)
    for key in ("title_words", "labels"):
        with pytest.raises(ConfigError) as caught:
            read_pass(tmp_path, f'{key} = ["{pattern}"]\n')
        assert caught.value.key == f"paper.a.{key}"


def test_printed_words_carry_their_points(tmp_path: Path) -> None:
    kind = read_pass(
        tmp_path,
        'titles = ["通行证", "持证人"]\ntitle_words = ["临时通行证"]\nlabels = ["持证人"]\n'
        'printed = { 3 = ["证号"], "0.5" = ["姓名"] }\nneeds = ["证号|姓名"]\n'
        'against = ["通行证明"]\nfields = ["name"]\n',
    )
    assert kind == DocumentKind(
        "a",
        "甲",
        titles=("通行证", "持证人"),
        printed=(
            Keyword("证号", 3.0),
            Keyword("姓名", 0.5),
            Keyword("持证人", 1.5),
            Keyword("临时通行证", 4.5),
            Keyword("通行证", 4.5),
        ),
        needs=(("证号", "姓名"),),
        against=("通行证明",),
        fields=("name",),
    )


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('labels = ["甲"]\ntitle_words = ["甲"]\n', "paper.a.title_words"),
        ('printed = { x = ["甲"] }\n', "paper.a.printed.x"),
        ('printed = { 0 = ["甲"] }\n', "paper.a.printed.0"),
        ('needs = ["甲"]\n', "paper.a.needs"),
        ('labels = ["甲乙"]\nagainst = ["甲"]\n', "paper.a.against"),
        ('fields = ["nmae"]\n', "paper.a.fields"),
    ],
)
def test_a_mistake_in_printed_words_names_its_place(tmp_path: Path, more: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_pass(tmp_path, more)
    assert caught.value.key == key

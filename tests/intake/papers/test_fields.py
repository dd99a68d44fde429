from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.papers import FIELDS, load_papers
from intake.papers.fields import Field, read_fields
from intake.papers.kinds import Box, Shown, find_kinds
from intake.papers.labels import RULES
from intake.papers.lines import Line, Page
from intake.papers.people import read_name
from intake.papers.values import (
    READERS,
    read_amount,
    read_capitals,
    read_date,
    read_id_number,
    read_id_shape,
    read_span,
)
from tests.intake.papers.layouts import make_line, write_lines, write_page
from youban.demo.people import make_person

KINDS = load_papers()
PERSON = make_person(7, birth=date(1985, 3, 7))
CHILD = make_person(8, birth=date(2019, 6, 3))
ID, NAME, SEX = PERSON.id_number, PERSON.name, PERSON.sex


def values_of(text: str, *, height: int = 30, score: float = 0.97) -> dict[str, str]:
    page = write_page(text, height=height, score=score)
    (shown,) = find_kinds(page, KINDS)
    return {code: field.value for code, field in read_fields(shown, page).items()}


def test_every_field_of_the_catalogue_has_a_rule_and_a_reader() -> None:
    assert set(RULES) == set(FIELDS)
    assert {rule.reader for rule in RULES.values()} <= set(READERS)
    assert {rule.anywhere for rule in RULES.values() if rule.anywhere} <= set(READERS)


@pytest.mark.parametrize(
    "text",
    [
        f"姓名  {NAME}\n性别 {SEX}  民族 汉\n出生  1985年3月7日\n住址  大连市虚构路18号\n公民身份号码  {ID}",
        (
            f"姓 名{NAME}\n性 别{SEX}民 族汉\n出 生1985年3月7日\n住 址大连市虚构路18号\n"
            f"公民身份号码{ID[:6]} {ID[6:14]} {ID[14:]}"
        ),
        f"姓名\n{NAME}\n性别{SEX}民族汉\n出生 1985 年 3 月 7 日\n住址 大连市虚构路18号\n公民身份号码\n{ID}",
    ],
)
def test_an_identity_card_is_read_whatever_its_lines(text: str) -> None:
    expected = {"name": NAME, "sex": SEX, "birth": "1985-03-07", "address": "大连市虚构路18号", "id_number": ID}
    assert values_of(text) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2015.06.01-2035.06.01", ("2015-06-01", "2035-06-01")),
        ("2015.06.01-长期", ("2015-06-01", "长期")),
        ("20150601-20350601", ("2015-06-01", "2035-06-01")),
        ("自2018年05月01日至2033年04月30日", ("2018-05-01", "2033-04-30")),
        ("2024年04月19日", ("", "2024-04-19")),
        ("长期", ("", "长期")),
        ("2015.13.01-2035.02.30", ("", "")),
    ],
)
def test_a_term_is_read(printed: str, expected: tuple[str, str]) -> None:
    assert read_span(printed) == expected


def test_the_back_of_a_card_tells_authority_and_term() -> None:
    text = "中华人民共和国\n居民身份证\n签发机关  大连市公安局虚构分局\n有效期限  2015.06.01-2035.06.01"
    assert values_of(text) == {
        "authority": "大连市公安局虚构分局",
        "valid_from": "2015-06-01",
        "valid_until": "2035-06-01",
    }


def test_an_address_of_two_lines_is_joined() -> None:
    text = f"姓名  {NAME}\n住址  辽宁省大连市沙河口区虚构路\n    18号2单元301室\n公民身份号码  {ID}"
    assert values_of(text)["address"] == "辽宁省大连市沙河口区虚构路18号2单元301室"


@pytest.mark.parametrize("printed", ["医疗门诊收费票据", "医疗住院收费票据"])
def test_an_invoice_is_read(printed: str) -> None:
    text = (
        f"辽宁省{printed}（电子）\n票据代码：21060119  票据号码：0012345678\n交款人：{NAME}  开票日期：2020年01月06日\n"
        "金额合计（大写）壹佰贰拾元伍角  （小写）¥1,120.50\n收款单位（章）：虚构市中心医院"
    )
    assert values_of(text) == {
        "name": NAME,
        "hospital": "虚构市中心医院",
        "amount": "1120.50",
        "date": "2020-01-06",
        "invoice_code": "21060119",
        "invoice_number": "0012345678",
    }


def test_a_birth_certificate_tells_child_and_parents_apart() -> None:
    text = (
        f"出生医学证明\n新生儿姓名 {CHILD.name}  性别 {CHILD.sex}\n出生时间 2019年6月3日10时25分\n"
        f"母亲姓名 {NAME}  母亲身份证号 {ID}\n出生证编号 S210012345"
    )
    assert values_of(text) == {
        "name": CHILD.name,
        "sex": CHILD.sex,
        "birth": "2019-06-03",
        "mother_name": NAME,
        "mother_id_number": ID,
        "certificate_number": "S210012345",
    }


def test_a_social_security_card_is_read() -> None:
    text = f"中华人民共和国社会保障卡\n姓名 {NAME}\n社会保障号码 {ID}\n卡号 A99001234\n发卡日期 2016年05月"
    expected = {"name": NAME, "social_security_number": ID, "card_number": "A99001234", "issued": "2016-05"}
    assert values_of(text) == expected


def test_a_handwritten_request_gives_name_number_telephone_and_address() -> None:
    text = f"申请\n本人{NAME}，身份证号{ID}，申请将医保转出。\n"
    text += f"手机号码：{PERSON.phone}\n电子邮箱：{PERSON.email}\n2020年2月5日"
    assert values_of(text) == {
        "name": NAME,
        "id_number": ID,
        "phone": PERSON.phone,
        "email": PERSON.email,
        "date": "2020-02-05",
    }


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("辽（2018）大连市不动产权第00123456号", "辽(2018)大连市不动产权第00123456号"),
        ("大房权证沙单字第2009012345号", "大房权证沙单字第2009012345号"),
    ],
)
def test_a_title_deeds_number_is_read_without_a_label(number: str, expected: str) -> None:
    text = f"{number}\n权利人  {NAME}\n坐落  大连市虚构路18号\n权利类型  房屋所有权"
    assert values_of(text)["certificate_number"] == expected


def shown_id(text: str, *, height: int, score: float) -> Field:
    line = make_line(text, x=0, y=0, height=height, score=score)
    shown = Shown("id-front", 9.0, 0.9, (), (line,), Box(0, 0, 1, 1), ("id_number",))
    return read_fields(shown, Page(1000, 1000, (line,)))["id_number"]


@pytest.mark.parametrize(
    ("height", "score", "confidence"), [(30, 0.97, 0.99), (13, 0.8, 0.99), (12, 0.97, 0.4), (30, 0.79, 0.4)]
)
def test_small_or_badly_read_print_is_not_trusted(height: int, score: float, confidence: float) -> None:
    field = shown_id(f"公民身份号码{ID}", height=height, score=score)
    assert field == Field(ID, confidence, Box(0, 0, height * 24, height))


def test_a_misread_id_number_is_kept_as_doubtful() -> None:
    wrong = ID[:10] + str((int(ID[10]) + 1) % 2) + ID[11:16] + str((int(ID[16]) + 1) % 10) + ID[17]
    field = shown_id(f"公民身份号码{wrong}", height=30, score=0.97)
    assert (field.value, field.confidence) == (wrong, 0.3)


def test_letters_misread_for_digits_are_mended() -> None:
    assert read_id_number(ID.replace("0", "O")) == ID


@pytest.mark.parametrize("printed", ["2020年1月5日", "2020.01.05", "2020-1-5", "20200105", "二〇二〇年一月五日"])
def test_a_date_is_read_however_printed(printed: str) -> None:
    assert read_date(printed) == "2020-01-05"


def test_days_in_chinese_numerals() -> None:
    assert [read_date(f"二〇一九年十{m}月{d}日") for m, d in (("", "十"), ("一", "二十五"), ("二", "三十一"))] == [
        "2019-10-10",
        "2019-11-25",
        "2019-12-31",
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("合计 1,234.50", "1234.50"),
        ("¥100", "100.00"),
        ("叁佰元整", "300.00"),
        ("12", ""),
        ("壹万零贰拾元零伍分", "10020.05"),
    ],
)
def test_an_amount_is_read(printed: str, expected: str) -> None:
    assert read_amount(printed) == expected


def test_capitals_without_an_amount_give_nothing() -> None:
    assert read_capitals("整整整") == ""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("张 三", "张三"),
        ("欧阳建国", "欧阳建国"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("欧 阳 婧", "欧阳婧"),
        ("张 三 男", "张三"),
        ("张三丰签字", "张三丰"),
        ("黃霞竹", "黄霞竹"),
        ("需要", ""),
        ("合计", ""),
        ("于明远 准考证号 12", "于明远"),
        ("职务工资", ""),
        ("因工作调动现申请", ""),
        ("张", ""),
    ],
)
def test_a_name_is_read(printed: str, expected: str) -> None:
    assert read_name(printed) == expected


def read_lines(*lines: Line, fields: tuple[str, ...] = ("name", "id_number")) -> dict[str, Field]:
    shown = Shown("x", 9.0, 0.9, (), lines, Box(0, 0, 1, 1), fields)
    return dict(read_fields(shown, Page(2400, 3200, lines)))


def read_text_fields(text: str, *fields: str) -> dict[str, str]:
    return {code: field.value for code, field in read_lines(*write_lines(text), fields=fields).items()}


@pytest.mark.parametrize(
    "text",
    [
        f"姓名{NAME}性别{SEX}",
        f"姓   名  {NAME[0]} {NAME[1:]}",
        f"姓   名  :  {NAME}",
        f"姓 名：{' '.join(NAME)}  性别  {SEX}",
        f"姓名  -  {NAME}",
        f"患者姓名：{NAME}同志",
        f"申请人（签字）：{NAME}",
        f"承诺人签名  {NAME}",
        f"持证人\n{NAME}",
        f"购买方名称：{NAME}",
        f"保障对象：{NAME}",
        f"就诊人  {NAME}",
        f"受检者姓名：{NAME}",
        f"房屋产权人  {NAME}  共有情况  单独所有",
        f"付款方：{NAME}",
        f"乙方姓名：{NAME}",
        f"应聘人员姓名  {NAME}",
        f"技术工人姓名  {NAME}",
        f"本人签字：{NAME}  2020年1月5日",
    ],
)
def test_a_name_is_found_however_its_label_stands(text: str) -> None:
    assert read_text_fields(text, "name") == {"name": NAME}


def test_a_label_on_two_lines_is_one() -> None:
    lines = (
        make_line("公民身份", x=60, y=40),
        make_line("号码", x=90, y=72),
        make_line(ID, x=300, y=55),
        make_line("统一社会", x=60, y=200),
        make_line("信用代码", x=60, y=232),
        make_line("919989914898MA0XN4", x=300, y=216),
        make_line("参保人", x=60, y=360),
        make_line("姓名", x=75, y=392),
        make_line(NAME, x=300, y=376),
    )
    read = read_lines(*lines, fields=("name", "id_number", "credit_code"))
    assert {code: field.value for code, field in read.items()} == {
        "name": NAME,
        "id_number": ID,
        "credit_code": "919989914898MA0XN4",
    }


@pytest.mark.parametrize(
    ("label", "name"), [("姓8", NAME), ("班名", NAME), ("指用名", ""), ("户名", ""), ("药品名", "")]
)
def test_what_is_left_of_a_label_tells_a_doubtful_name(label: str, name: str) -> None:
    read = read_lines(make_line(label, x=60, y=40), make_line(NAME, x=200, y=40))
    assert [(f.value, f.confidence) for f in read.values()] == ([(name, 0.7)] if name else [])


def test_a_label_that_is_only_listed_has_no_value() -> None:
    text = f"本证明一式三份，用人单位、劳动者、存档各一份\n劳动者签收：{NAME}  签收日期：2020年1月5日"
    assert read_text_fields(text, "name") == {"name": NAME}


def test_two_labels_below_each_other_stay_two() -> None:
    lines = (
        make_line("户主", x=60, y=40),
        make_line(NAME, x=300, y=40),
        make_line("姓名", x=60, y=100),
        make_line(CHILD.name, x=300, y=100),
    )
    assert read_lines(*lines)["name"].value == CHILD.name


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号  {ID[:6]}  {ID[6:14]}  {ID[14:]}",
        f"身份证号码：{ID[:10]}  {ID[10:]}",
        f"公民身份号码{ID}",
        f"证件号码  :  {ID}",
        f"身份证号{ID[:6]} {ID[6:14]} {ID[14:]}联系电话13000001239",
        f"{NAME}  {ID[:6]}-{ID[6:14]}-{ID[14:]}",
    ],
)
def test_an_id_number_in_pieces_is_put_together(text: str) -> None:
    assert read_text_fields(text, "id_number") == {"id_number": ID}


@pytest.mark.parametrize(("right", "seen"), [("0", "O"), ("0", "〇"), ("1", "l"), ("1", "I"), ("1", "|"), ("0", "o")])
def test_what_looks_like_a_digit_is_one(right: str, seen: str) -> None:
    assert right in ID
    assert read_id_number(ID.replace(right, seen)) == ID


def test_a_small_x_ends_a_number_as_a_large_one_does() -> None:
    number = next(p.id_number for n in range(99) if (p := make_person(n, birth=date(1985, 3, 7))).id_number[-1] == "X")
    assert {read_id_number(number[:17] + end) for end in "xX×*"} == {number}


def test_amounts_beside_each_other_are_no_number() -> None:
    assert read_id_shape("2150.00 1260.00 2400.00") == ""


@pytest.mark.parametrize(
    "text",
    [
        f"法定代表人（单位负责人）：{NAME}",
        f"法定代表人/负责人  {NAME}",
        f"法定代表人  {NAME}  主要负责人  {CHILD.name}",
        f"企业负责人：{CHILD.name}  法定代表人：{NAME}",
        f"质量负责人：{CHILD.name}  企业负责人：{NAME}",
        f"科室负责人  {CHILD.name}\n负责人  {NAME}",
        f"法定代表人签字：{NAME}",
        f"药店负责人：{NAME}",
        f"法人姓名  {NAME}",
        f"经营者  {NAME}",
        f"执行事务合伙人：{NAME}",
    ],
)
def test_who_stands_for_a_unit_is_its_legal_representative_first(text: str) -> None:
    assert read_text_fields(text, "representative") == {"representative": NAME}


def test_somebody_elses_name_and_number_are_not_the_subjects() -> None:
    text = f"家属姓名：{CHILD.name}  家属身份证号：{ID}\n经办人姓名  {NAME}"
    assert read_text_fields(text, "name", "id_number") == {}
    assert read_text_fields(f"{text}\n死者：{NAME}", "name", "id_number") == {"name": NAME}


def test_of_two_cells_the_level_one_is_the_value() -> None:
    lines = (
        make_line("姓名", x=60, y=40, height=60),
        make_line(CHILD.name, x=299, y=85),
        make_line(NAME, x=300, y=50),
    )
    assert read_lines(*lines)["name"].value == NAME


def test_a_tilted_page_is_read_in_its_rows() -> None:
    rows = write_lines(f"姓名        {NAME}        性别        {SEX}\n公民身份号码        {ID}\n住址        虚构路18号")
    tilted = tuple(
        Line(line.text, line.score, tuple((x, y - 0.12 * x) for x, y in line.box))  # type: ignore[arg-type]
        for line in rows
    )
    read = read_lines(*tilted, fields=("name", "sex", "id_number", "address"))
    assert {code: field.value for code, field in read.items()} == {
        "name": NAME,
        "sex": SEX,
        "id_number": ID,
        "address": "虚构路18号",
    }
    assert read["name"].box.top == tilted[1].top


def trust_in(name: str, *more: str, score: float) -> float:
    lines = (
        make_line(f"姓名：{name}", x=60, y=40, score=score),
        *(make_line(text, x=60, y=200 + 90 * n) for n, text in enumerate(more)),
    )
    return read_lines(*lines)["name"].confidence


@pytest.mark.parametrize(
    ("name", "more", "score", "trust"),
    [
        ("于明远", (), 0.97, 0.97),
        ("于明远", (), 0.94, 0.7),
        ("于明远", ("申请人：于明远",), 0.94, 0.95),
        ("于明远", ("申请人：于明远",), 0.82, 0.7),
        ("于明远", ("申请人：于明运",), 0.97, 0.7),
        ("于明远", ("申请人：于明运", "于明远"), 0.97, 0.97),
        ("于明远", ("家属：于德海",), 0.97, 0.97),
        ("器明远", (), 0.99, 0.7),
        ("阿卜杜拉·买买提", (), 0.97, 0.97),
        ("黃霞竹", (), 0.99, 0.7),
        ("张龚", (), 0.99, 0.7),
        ("龚明远", (), 0.97, 0.97),
    ],
)
def test_a_name_is_trusted_when_well_read_or_twice_there(
    name: str, more: tuple[str, ...], score: float, trust: float
) -> None:
    assert trust_in(name, *more, score=score) == trust


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_raises_nothing(texts: list[str]) -> None:
    lines = tuple(make_line(text, x=0, y=40 * n) for n, text in enumerate(texts))
    shown = Shown("x", 1.0, 0.5, (), lines, Box(0, 0, 1, 1), FIELDS)
    fields = read_fields(shown, Page(1000, 1000, lines))
    assert all(field.value and 0 <= field.confidence <= 1 for field in fields.values())


def test_a_child_is_named_by_its_sentence_not_by_its_parents_column() -> None:
    text = "出生医学证明\n新生儿于小满，男，于2023年5月5日出生，出生孕周38周\n姓名  徐淑兰\n母亲姓名  徐淑兰"
    assert values_of(text)["name"] == "于小满"

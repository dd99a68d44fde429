from __future__ import annotations

from dataclasses import replace

import pytest

from config.catalogue import load_catalogue
from domain.catalogue import Catalogue, Scenario
from routing.scenarios import find_later_scenario, find_scenario
from tests.routing.building import MOVE, PERMIT, paper, papers


@pytest.mark.parametrize(
    ("text", "kinds", "scenario"),
    [
        ("我毕业了", "", "graduate"),
        ("本地读者", "", "local"),
        ("", "proof", "graduate"),
        ("", "card-front card-back", "local"),
        ("", "", ""),
        ("我是毕业的本地读者", "", ""),
        ("不是本地读者，已毕业", "", "graduate"),
        ("本地读者", "proof", "graduate"),
        ("", "proof card-front card-back", "local"),
    ],
)
def test_scenario(text: str, kinds: str, scenario: str) -> None:
    assert find_scenario(MOVE, text, papers(*kinds.split())) == scenario


def test_illegible_paper_tells_nothing() -> None:
    assert find_scenario(MOVE, "", (paper("proof", is_legible=False),)) == ""


def test_item_without_scenarios_has_none() -> None:
    assert find_scenario(PERMIT, "毕业", ()) == ""


ROSTER = replace(
    MOVE,
    scenarios=(
        Scenario("pensioner", "退休读者", MOVE.scenarios[1].requires, ("退休",)),
        Scenario("employee", "在职读者", MOVE.scenarios[1].requires, ("在职",), ("card-front",)),
        Scenario("other", "其他读者", (), ("临时",)),
    ),
)


@pytest.mark.parametrize(
    ("text", "kinds", "before", "scenario"),
    [
        ("", "card-front", "pensioner", "pensioner"),
        ("其实在职", "card-front", "pensioner", "employee"),
        ("", "card-front", "other", "employee"),
        ("", "", "other", "other"),
        ("在职", "", "", "employee"),
    ],
)
def test_what_earlier_mails_told_stands(text: str, kinds: str, before: str, scenario: str) -> None:
    assert find_later_scenario(ROSTER, text, papers(*kinds.split()), before=before) == scenario


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("户口在中山区，没单位自己交的，转去宁波", "local-flexible"),
        ("沙区户口 自己交的个体 转威海", "local-flexible"),
        ("皮口本地户口 打零工自己交的保险", "local-flexible"),
        ("甘井子户口 开出租的自己交保", "local-flexible"),
        ("本人旅顺人，一直以个人身份缴费", "local-flexible"),
        ("甘区人，自己缴灵活就业，以前单位合同到期离职", "local-flexible"),
        ("我老家黑龙江绥化的，户口一直在老家没动，厂子把合同解了", "nonlocal-leaver"),
        ("我是山东人，在旅顺的船厂上班，合同解除了回老家济宁", "nonlocal-leaver"),
        ("從公司離職，戶口在河南", "nonlocal-leaver"),
        ("被公司裁了，河北人", "nonlocal-leaver"),
        ("本人大连户口，从公司离职，转去北京", ""),
        ("外地户口，开店的", ""),
        ("医保转到哈尔滨，急", ""),
    ],
)
def test_who_leaves_is_told_by_hukou_and_by_work(text: str, scenario: str, shipped: Catalogue) -> None:
    assert find_scenario(shipped.item("dl-transfer-out"), text, ()) == scenario


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("我爸正月没的，个体缴费的。我妈自己在家，她是大连退休的", "flexible"),
        ("我是退休工人，老伴没工作单位，个体交的，上个月走了", "flexible"),
        ("我爸去世了，我在单位上班请不了假，他是灵活就业", "flexible"),
        ("儿子去世，开饭店的，自己交的医保。我老两口都退休了", "flexible"),
        ("我哥死了。他在机修车间上班，还没到退休年龄", "employee"),
        ("我司在职员工去世", "employee"),
        ("我单位退休职工王某去世，本单位申请销户", "retiree"),
        ("老伴去世了，她是退休的，我也是退休的", "retiree"),
        ("姥姥去世，有退休金", "retiree"),
        ("母亲死亡医保注销", ""),
        ("我妈病故，一辈子没工作，我单位同事说要来这注销", ""),
        ("我爸没了，没退休金", ""),
        ("我爸没了，我退休了给他跑手续", ""),
    ],
)
def test_what_the_dead_were_is_told_not_what_the_living_are(text: str, scenario: str, shipped: Catalogue) -> None:
    assert find_scenario(shipped.item("dl-death"), text, ()) == scenario


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("外來務工小孩參保，戶口在福建，四歲，辦有居住證", "nonlocal-minor"),
        ("闺女六岁，户口在四川，我有居住证", "nonlocal-minor"),
        ("给孩子上医保，户籍在外地", "nonlocal-minor"),
        ("儿子两岁半，户口在安徽", "nonlocal-minor"),
        ("我儿子45岁，户籍在黑龙江，想参居民", "nonlocal-adult"),
        ("我妈70岁，户口在吉林，有居住证，孩子帮发的", "nonlocal-adult"),
        ("俺是河南商丘的，居住证办在甘井子", "nonlocal-adult"),
        ("小孙女刚满俩月，户口上庄河了", "local"),
        ("女儿三岁，户口跟我一起落在沙河口", "local"),
        ("五保老人，普兰店户口", "assistance"),
        ("我想参加居民医保", ""),
    ],
)
def test_child_is_told_from_adult(text: str, scenario: str, shipped: Catalogue) -> None:
    assert find_scenario(shipped.item("dl-resident-enrol"), text, ()) == scenario


@pytest.mark.parametrize(
    ("text", "scenario"),
    [
        ("本连锁泉涌街门店负责人变更，新任为执业药师", "pharmacy"),
        ("医药有限公司地址变更", "pharmacy"),
        ("我院年前搬到新址", "hospital"),
        ("同晖牙科改成口腔门诊部", "hospital"),
        ("变更开户行，材料见附件", ""),
    ],
)
def test_institution_is_told_by_its_words(text: str, scenario: str, shipped: Catalogue) -> None:
    assert find_scenario(shipped.item("dl-inst-change"), text, ()) == scenario

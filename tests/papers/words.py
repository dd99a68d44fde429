"""The people and the words on the papers: more names, places and houses than the demo has, all fictional."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from youban.demo.papers import fill_blanks
from youban.demo.people import Person, make_person

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红娥玲芬燕彩春菊兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞"
    "凡佳嘉琼勤珍贞莉娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑筠柔"
    "竹霭凝晓欢霄枫芸菲寒欣滢伊亚宜可姬舒影荔枝思昂达博健祥福生海波宁贵"
)
_CITIES = ("虚构省样张市", "子虚省乌有市", "样张省假定市", "无有省虚构市")
_HOSPITALS = (
    "样张市人民医院", "虚构省立医院", "乌有市中医院", "假定市妇幼保健院", "虚构大学第二附属医院", "样张市第三人民医院",
    "子虚区社区卫生服务中心", "乌有市肿瘤医院",
)  # fmt: skip
_COMPANIES = (
    "样张市建筑工程有限公司", "乌有电子科技有限公司", "虚构省子虚物流集团有限公司", "假定市餐饮管理有限公司",
    "样张市第九中学", "乌有市图书馆",
)  # fmt: skip
_SHOPS = ("假定市百姓大药房", "乌有同康医药连锁有限公司", "样张市益民药店", "虚构市福泰药房有限公司")
_BANKS = ("虚构银行样张支行", "样张农村商业银行营业部", "乌有银行假定路支行", "子虚银行股份有限公司样张分行")
_AGENCIES = ("医疗保险事业中心", "社会保险基金管理中心", "医疗保障局", "社会保险事业局")


def make_citizen(rng: random.Random, *, birth_years: tuple[int, int] = (1945, 2002)) -> Person:
    """Return a fictional grown-up, or anybody born in a range of years."""
    first = date(birth_years[0], 1, 1)
    birth = first + timedelta(days=rng.randrange((date(birth_years[1], 12, 31) - first).days))
    person = make_person(rng.randrange(10_000), birth=birth)
    given = "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2, 2))))
    return replace(person, name=rng.choice(_SURNAMES) + given)


def make_words(person: Person, rng: random.Random) -> dict[str, str]:
    """Return the words of every blank: those of the demo's ``fill_blanks``, with more houses, dates and numbers."""
    city = rng.choice(_CITIES)
    issued = date(2017 + rng.randrange(7), rng.randrange(1, 13), rng.randrange(1, 29))
    until = issued.replace(year=issued.year + rng.choice((5, 10, 20)))
    fields = {
        "hospital": rng.choice(_HOSPITALS),
        "company": rng.choice(_COMPANIES),
        "shop": rng.choice(_SHOPS),
        "branch": rng.choice(_BANKS),
        "place": city,
        "city": city[3:],
        "agency": city[3:] + rng.choice(_AGENCIES),
        "iso_day": f"{issued:%Y-%m-%d}",
        "iso_birth": f"{person.birth:%Y-%m-%d}",
        "dot_birth": f"{person.birth:%Y%m%d}",
        "spaced_id": f"{person.id_number[:6]} {person.id_number[6:14]} {person.id_number[14:]}",
        "span": f"{issued:%Y.%m.%d}-{until:%Y.%m.%d}",
        "span_cn": f"{issued:%Y年%m月%d日}至{until:%Y年%m月%d日}",
        "when": f"{issued.year}年{issued.month}月{issued.day}日",
        "year": str(issued.year),
        "month": str(issued.month),
        "account": "".join(str(rng.randrange(10)) for _ in range(17)),
        "short": f"{rng.randrange(10**6):06d}",
        "ward": f"{rng.randrange(1, 20)}病区{rng.randrange(1, 60):02d}床",
        "fee": f"{rng.randrange(3_000, 90_000)}.{rng.randrange(100):02d}",
        "base": f"{rng.randrange(3_500, 9_000)}.00",
        **{f"v{n}": f"{rng.uniform(1, 9):.2f}" for n in range(1, 9)},
        "request": rng.choice(("dl-transfer-out", "dl-transfer-in", "dl-resident-enrol", "dl-death", "")),
    }
    return fill_blanks(person, rng, fields)

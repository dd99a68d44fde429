"""Fictional people for the demo and the tests: right in every check, and nobody."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from domain.idnumber import check_character

DOMAIN = "shimin.example"
"""Where every citizen of the demo has a mailbox (RFC 2606: .example is nobody's)."""

# Surnames by how common they are, with the pinyin that addresses are made of.
_SURNAMES = (
    ("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("陈", "chen"), ("杨", "yang"), ("赵", "zhao"),
    ("孙", "sun"), ("周", "zhou"), ("吴", "wu"), ("徐", "xu"), ("马", "ma"), ("于", "yu"), ("姜", "jiang"),
    ("曲", "qu"), ("丛", "cong"), ("欧阳", "ouyang"), ("宫", "gong"),
)  # fmt: skip
_FEMALE = ("淑兰", "秀英", "丽华", "雪梅", "晓燕", "玉珍", "佳宁", "思琪", "雨桐", "婧", "堃", "文静")
_MALE = ("建国", "志强", "德海", "永利", "明远", "子轩", "浩然", "喆", "镕", "䶮", "国栋", "洪波")
_STREETS = ("虚构路", "样张街", "无有巷", "子虚路", "乌有街", "假定路")
_DISTRICTS = {
    "dl": ("中山区", "西岗区", "沙河口区", "甘井子区", "旅顺口区", "普兰店区"),
    "sd": ("历下区", "市中区", "槐荫区", "天桥区"),
}
_CITY = {"dl": "辽宁省大连市", "sd": "山东省济南市"}


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional person. The id number's division (99xxxx) was never allocated, the rest of it is right."""

    name: str
    id_number: str
    birth: date
    is_female: bool
    address: str
    phone: str
    email: str
    seed: int

    @property
    def sex(self) -> str:
        """性别, as papers print it."""
        return "女" if self.is_female else "男"


def make_person(
    seed: int, *, birth: date | None = None, is_female: bool | None = None, place: str = "dl", district: str = ""
) -> Person:
    """Return the person of a seed, always the same one.

    Args:
        seed: 0 to 9999; two seeds never share a telephone or an address.
        birth: the birth date; without one a grown-up's is chosen.
        is_female: the sex; without one it is chosen.
        place: ``dl`` for Dalian or ``sd`` for Shandong: the city of the address.
        district: the district of the address; without one it is chosen.
    """
    rng = random.Random(f"person {seed}")
    female = rng.random() < 0.5
    female = female if is_female is None else is_female
    surname, pinyin = rng.choice(_SURNAMES)
    name = surname + rng.choice(_FEMALE if female else _MALE)
    chosen = date(1950, 1, 1) + timedelta(days=rng.randrange(50 * 365))
    birth = birth or chosen
    order = rng.randrange(500) * 2 + (0 if female else 1)
    body = f"9901{rng.randrange(1, 100):02d}{birth:%Y%m%d}{order:03d}"
    where = district or rng.choice(_DISTRICTS[place])
    house = f"{rng.choice(_STREETS)}{rng.randrange(1, 200)}号{rng.randrange(1, 25)}0{rng.randrange(1, 4)}室"
    return Person(
        name=name,
        id_number=body + check_character(body),
        birth=birth,
        is_female=female,
        address=f"{_CITY[place]}{where}{house}",
        phone=f"13{rng.randrange(10)}0000{seed % 10000:04d}",
        email=f"{pinyin}{seed:04d}@{DOMAIN}",
        seed=seed,
    )

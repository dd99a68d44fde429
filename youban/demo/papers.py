"""What stands on a fictional paper (the words of its blanks), and the drawing of the forms of ``forms.toml``."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from youban.demo import ink
from youban.demo.people import Person, make_person

PAGES = {"a4": (1000, 1414), "wide": (1414, 1000), "slip": (1240, 900)}
PAPERS = {"white": (252, 252, 250), "green": (234, 243, 234), "pink": (250, 236, 236)}
_RULE = (90, 90, 90)
_HOSPITALS = ("虚构市第一人民医院", "虚构医科大学附属医院", "虚构市中心医院")
_COMPANIES = ("虚构机械制造有限公司", "样张软件股份有限公司", "虚构市文化服务中心")
_SHOPS = ("虚构康民大药房有限公司", "样张仁和药店有限公司")
_ILLNESSES = (
    ("2型糖尿病", "多饮、多尿1年，加重1周", "内分泌科"),
    ("冠状动脉粥样硬化性心脏病", "活动后胸闷1月", "心内科"),
    ("慢性肾功能不全", "双下肢水肿2月", "肾内科"),
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


@cache
def load_forms() -> Mapping[str, Any]:
    """Return ``forms.toml``: document code -> form, and ``requests``."""
    return tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))


def spell_amount(cents: int) -> str:
    """Return an amount in the characters that receipts use (人民币大写), for example 壹佰零贰元叁角整."""
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words, gap = "", False
    for place, digit in enumerate(str(yuan)):
        unit = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟")[len(str(yuan)) - 1 - place]
        if digit == "0":
            gap = True
            words += "万" if unit == "万" else ""
            continue
        words += ("零" if gap else "") + _DIGITS[int(digit)] + unit
        gap = False
    small = (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[fen]}分" if fen else "整")
    return f"{words}元{small}"


def rng_for(what: str, person: Person, seed: int) -> random.Random:
    """Return the dice of one paper: text, not hash(), so that every process throws the same."""
    return random.Random(f"{what} {person.seed} {seed}")


def fill_blanks(person: Person, rng: random.Random, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the words of every blank: the person, those around them, and what the seed invents."""
    diagnosis, complaint, dept = rng.choice(_ILLNESSES)
    cents = [rng.randrange(20_000, 480_000) for _ in range(9)]
    today = date.fromisoformat(fields.get("today", "2020-02-05"))
    issued = date(today.year - 4 + rng.randrange(3), rng.randrange(1, 13), rng.randrange(1, 29))
    city = person.address[3:6]
    others = {
        "other": make_person((person.seed + 5001) % 10_000, birth=date(1938 + rng.randrange(15), 4, 12)),
        "mother": make_person((person.seed + 6001) % 10_000, is_female=True, birth=date(1990, 9, 3)),
        "father": make_person((person.seed + 7001) % 10_000, is_female=False, birth=date(1988, 5, 21)),
        **{f"p{n}": make_person((person.seed + 8000 + n) % 10_000) for n in (1, 2, 3)},
    }
    words = {
        **_describe("name", person),
        **{key: value for name, other in others.items() for key, value in _describe(name, other).items()},
        "birth_y": str(person.birth.year),
        "birth_m": str(person.birth.month),
        "birth_d": str(person.birth.day),
        "nation": rng.choice(("汉", "汉", "汉", "满", "回")),
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
        "province": person.address[:3],
        "province_city": person.address[:6],
        "home": f"虚构省样张市假定区子虚路{rng.randrange(1, 90)}号",
        "destination": "虚构省样张市",
        "police": f"{city}公安局{person.address[6:9].removesuffix('区')}分局",
        "validity": _tell_term(person, issued),
        "permit_validity": f"{today.year - 1}.06.01-{today.year + 4}.06.01",
        "issued": _day(issued),
        "valid_until": f"{today.year + 4}年04月19日",
        "day": _day(today),
        "moved": "2009年08月15日",
        "card": f"A9900{rng.randrange(10_000):04d}",
        "bank": rng.choice(("虚构银行", "样张银行")),
        "bank_card": f"6299 0000 {rng.randrange(10_000):04d} {rng.randrange(10_000):04d} 000",
        "hotline": "0000-95000",
        "household": rng.choice(("非农业家庭户", "居民家庭户")),
        "household_no": f"9901{rng.randrange(100_000):05d}",
        "head": person.name,
        "relation": "户主",
        "schooling": rng.choice(("大学本科", "大学专科", "高中")),
        "marriage": rng.choice(("有配偶", "未婚")),
        "occupation": rng.choice(("职员", "教师", "技术员")),
        "height": f"{rng.randrange(155, 182)}厘米",
        "clerk": f"{rng.choice('孙周吴徐')}{rng.choice(('宁', '敏', '强'))}",
        "doctor": f"{rng.choice('陈林郭')}{rng.choice(('明', '岩', '洁'))}",
        "hospital": rng.choice(_HOSPITALS),
        "company": rng.choice(_COMPANIES),
        "shop": rng.choice(_SHOPS),
        "agency": "虚构市医疗保障服务中心",
        "credit": f"9199{rng.randrange(10**8):08d}MA0XN{rng.randrange(10)}",
        "code": f"99{rng.randrange(10**6):06d}",
        "serial": f"{rng.randrange(10**8):08d}",
        "long": f"2013{rng.randrange(10**9):09d}99",
        "long2": f"1109{rng.randrange(10**9):09d}99",
        "months": str(rng.randrange(20, 95)),
        "area": f"{rng.randrange(45, 130)}.{rng.randrange(100):02d}",
        "diagnosis": diagnosis,
        "complaint": complaint,
        "dept": dept,
        "form_title": "医疗保险业务申请表",
        "form_type": "异地就医备案",
        "form_text": "申请办理上述人员异地就医备案，就医地：虚构省样张市",
        **{f"m{n}": f"{amount / 100:.2f}" for n, amount in enumerate(cents, 1)},
        **{f"d{n}": str(rng.randrange(10)) for n in (1, 2, 3)},
        "total": f"{sum(cents[:6]) / 100:.2f}",
        "total_words": spell_amount(sum(cents[:6])),
    }
    if person.birth.year >= 2004:
        words |= _describe_child(person, head=words["father"])
    request = load_forms()["requests"]
    words["text"] = request.get(fields.get("request", ""), request["default"])
    words |= fields
    words["text"] = words["text"].format_map(words)
    return words


def _describe(name: str, person: Person) -> dict[str, str]:
    prefix = "" if name == "name" else f"{name}_"
    return {
        name: person.name,
        f"{prefix}id": person.id_number,
        f"{prefix}sex": person.sex,
        f"{prefix}birth": _day(person.birth),
        f"{prefix}age": f"{2020 - person.birth.year}岁",
    }


def _tell_term(person: Person, issued: date) -> str:
    """Return the term of an identity card, which goes by its holder's age (居民身份证法 第五条)."""
    age = issued.year - person.birth.year - ((issued.month, issued.day) < (person.birth.month, person.birth.day))
    years = 5 if age < 16 else 10 if age <= 25 else 20 if age <= 45 else 0
    until = f"{issued.replace(year=issued.year + years):%Y.%m.%d}" if years else "长期"
    return f"{issued:%Y.%m.%d}-{until}"


def _describe_child(person: Person, *, head: str) -> dict[str, str]:
    """Return what the register says differently of a minor."""
    blank = dict.fromkeys(("schooling", "occupation", "height"), "")
    family = {"head": head, "relation": "女" if person.is_female else "子", "marriage": "未婚"}
    entered = _day(person.birth + timedelta(days=40))
    return blank | family | {"issued": entered, "moved": entered}


def _day(day: date) -> str:
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def draw_form(kind: str, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Draw a form of ``forms.toml`` with its blanks filled. Raises: KeyError for a kind that it does not hold."""
    form = load_forms()[kind]
    size = PAGES[form.get("page", "a4")]
    page = Image.new("RGB", size, PAPERS[form.get("paper", "white")])
    pen = ImageDraw.Draw(page)
    width, height = size
    y = 60
    if form.get("border"):
        pen.rectangle((22, 22, width - 22, height - 22), outline=(176, 140, 70), width=6)
        pen.rectangle((36, 36, width - 36, height - 36), outline=(176, 140, 70), width=2)
    if form.get("emblem"):
        ink.draw_emblem(pen, (width // 2, 100), 50)
        y = 160
    title = form["title"].format_map(words)
    large = next(size for size in (48, 44, 40, 36, 32) if size == 32 or ink.width_of(title, size) < width - 120)
    ink.write_centred(pen, (0, y, width, y + 60), title, size=large)
    y += 70
    if "number" in form:
        ink.write_centred(pen, (0, y, width, y + 40), form["number"].format_map(words), size=26)
        y += 46
    left, right = 60, width - 60
    if form.get("portrait"):
        ink.draw_portrait(pen, (width - 290, y + 40, width - 90, y + 310), rng)
        right = width - 310
    y += 24
    stamp_at = y
    for block in form["blocks"]:
        ((sort, content),) = block.items()
        filled = _fill(content, words)
        if sort == "sign":
            stamp_at = y
        y = _BLOCKS[sort](pen, filled, y=y, left=left, right=right) + 20
    if "seal" in form:
        text, inner = (part.format_map(words) for part in form["seal"])
        at = (width - 190, min(max(stamp_at + 96, 200), height - 130))
        ink.draw_seal(page, at, 110, text=text, inner=inner)
    return page


def _fill(content: Any, words: Mapping[str, str]) -> Any:
    if isinstance(content, str):
        return content.format_map(words)
    return [_fill(part, words) for part in content]


def _draw_rows(pen: ImageDraw.ImageDraw, rows: Sequence[Sequence[str]], *, y: int, left: int, right: int) -> int:
    """Ruled cells, label and value in turn. Returns where the next block starts."""
    size, label = 28, 180
    middle = left + (right - left) * 57 // 100  # the left value is often an id number, the right one short
    for cells in rows:
        edges = (left, right) if len(cells) == 2 else (left, middle, right)
        spans = list(pairwise(edges))
        values = [
            ink.wrap(value, size, x1 - x0 - label - 20) for value, (x0, x1) in zip(cells[1::2], spans, strict=True)
        ]
        tall = max(len(lines) for lines in values) * 38 + 34
        for pair, (lines, (x0, x1)) in enumerate(zip(values, spans, strict=True)):
            pen.rectangle((x0, y, x1, y + tall), outline=_RULE, width=2)
            pen.line((x0 + label, y, x0 + label, y + tall), fill=_RULE, width=2)
            name = cells[pair * 2]
            small = size if ink.width_of(name, size) < label - 8 else size - 4
            ink.write_centred(pen, (x0, y, x0 + label, y + tall), name, size=small)
            for number, line in enumerate(lines):
                ink.write(pen, (x0 + label + 12, y + 16 + number * 38), line, size=size)
        y += tall
    return y


def _draw_lines(pen: ImageDraw.ImageDraw, rows: Sequence[Sequence[str]], *, y: int, left: int, right: int) -> int:
    """Label and value in turn without rules, as certificates print them."""
    size, label = 32, 165
    step = (right - left) // 2
    for cells in rows:
        y0 = y
        for pair in range(len(cells) // 2):
            name, value = cells[pair * 2 : pair * 2 + 2]
            x = left + 20 + pair * step
            start = x + max(label, ink.width_of(name, size) + 20)
            end = right if len(cells) == 2 or pair else left + step
            ink.write(pen, (x, y0), name, size=size, fill=(70, 70, 78))
            for number, line in enumerate(ink.wrap(value, size, end - start)):
                ink.write(pen, (start, y0 + number * 44), line, size=size)
                y = max(y, y0 + number * 44)
        y += 60
    return y


def _draw_table(pen: ImageDraw.ImageDraw, rows: Sequence[Sequence[str]], *, y: int, left: int, right: int) -> int:
    """A table whose first row is the head; a column is as wide as its widest cell asks."""
    size = 26
    wants = [max(ink.width_of(row[column], size) for row in rows) + 24 for column in range(len(rows[0]))]
    edges = [left]
    for want in wants:
        edges.append(edges[-1] + want * (right - left) // sum(wants))
    edges[-1] = right
    for row in rows:
        for column, cell in enumerate(row):
            box = (edges[column], y, edges[column + 1], y + 54)
            pen.rectangle(box, outline=_RULE, width=2)
            ink.write_centred(pen, box, cell, size=size)
        y += 54
    return y


def _draw_text(pen: ImageDraw.ImageDraw, paragraphs: Sequence[str], *, y: int, left: int, right: int) -> int:
    for number, paragraph in enumerate(paragraphs):
        indent = "" if number == 0 and paragraph.endswith("：") else "\u3000\u3000"
        for line in ink.wrap(indent + paragraph, 32, right - left - 40):
            ink.write(pen, (left + 20, y), line, size=32)
            y += 54
        y += 10
    return y


def _draw_sign(pen: ImageDraw.ImageDraw, lines: Sequence[str], *, y: int, left: int, right: int) -> int:
    y += 36
    start = max(left, right - max(ink.width_of(line, 30) for line in lines) - 130)
    for line in lines:
        ink.write(pen, (start, y), line, size=30)
        y += 54
    return y


_BLOCKS = {"rows": _draw_rows, "lines": _draw_lines, "table": _draw_table, "text": _draw_text, "sign": _draw_sign}

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Cards, household registers, deeds and subsistence papers: layouts held back from the rules."""

from __future__ import annotations

import math
import re
from typing import Any

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout

# About how many characters a blank prints; any other takes three.
_WIDE = {
    "address": 19.5, "home": 15.5, "hospital": 11, "company": 13, "id": 9.5, "when": 7, "iso_day": 5.5, "place": 6, "branch": 14,
    "agency": 12, "credit": 9.5, "long": 8, "long2": 8, "account": 9, "span": 11, "span_cn": 14, "birth": 6.5, "diagnosis": 11,
    "phone": 6, "shop": 12, "police": 11, "total": 4.5, "total_words": 17, "serial": 4.5, "iso_birth": 5.5, "other_id": 9.5,
    "mother_id": 9.5, "father_id": 9.5, "complaint": 10, "moved": 6.5, "other_birth": 6.5, "household_no": 5, "email": 12, "sex": 1, "other_sex": 1, "nation": 1, "age": 2.2, "relation": 2, "schooling": 4, "fee": 4.5, "base": 4, "birth_y": 2, "birth_m": 1, "d1": 0.5, "d2": 0.5,
}  # fmt: skip


def _guess_length(text: str) -> float:
    """Return about how many characters wide a cell's text is once its blanks are filled."""
    blanks = re.findall(r"\{(\w+)\}", text)
    fixed = re.sub(r"\{\w+\}", "", text)
    return sum(0.52 if char.isascii() else 1 for char in fixed) + sum(_WIDE.get(blank, 3) for blank in blanks)


def grid_card(
    rows: tuple[tuple[Any, ...], ...],
    items: tuple[tuple[Any, ...], ...] = (),
    *,
    at: tuple[float, float] = (60, 150),
    font: float = 22,
    style: str = "",
    label: str = "",
    rules: tuple[tuple[float, float, float, float], ...] = (),
    **look: Any,
) -> Card:
    """Return a card with a ruled grid whose columns may differ from row to row.

    A row is (height, (width, text), …). A text is a centred label (``\\n`` breaks it, a leading ``|`` sets it
    one character under the other); one with a leading ``=`` is a value, at the left in ``style``.
    """
    words: list[tuple[Any, ...]] = list(items)
    lines = list(rules)
    y = at[1]
    for height, *cells in rows:
        x = at[0]
        for width, text in cells:
            lines += [(x, y, x + width, y), (x, y + height, x + width, y + height)]
            lines += [(x, y, x, y + height), (x + width, y, x + width, y + height)]
            if text.startswith("="):
                is_hand = "pen" in style or "brush" in style
                size, step = (font * 1.15, 1.4) if is_hand else (font, 1.3)
                count = sum(
                    max(1, math.ceil(_guess_length(part) * size / (width - 16))) for part in text[1:].split("\n")
                )
                top = y + max(4, (height - count * size * step) / 2)
                words.append((x + 9, top, text[1:], size, style, width - 14))
            elif text:
                parts = list(text[1:]) if text.startswith("|") else text.split("\n")
                size = min(font, (height - 8) / len(parts) / 1.3)
                top = y + (height - len(parts) * size * 1.3) / 2
                words.append((x + width / 2, top, "\n".join(parts), size, f"mid {label}"))
            x += width
        y += height
    return Card(tuple(words), rules=tuple(lines), **look)


_FIRST_PRINTED = grid_card(
    (
        (64, (150, "户    别"), (270, "={household}"), (160, "户主姓名"), (300, "={head}")),
        (64, (150, "户    号"), (270, "={household_no}"), (160, "所属派出所"), (300, "={police}")),
        (84, (150, "住    址"), (730, "={address}")),
        (250, (440, ""), (440, "")),
    ),
    (
        (500, 44, "居民户口簿首页", 34, "mid bold"), (70, 350, "省级公安机关户口专用章", 20), (510, 350, "户口登记机关户口专用章", 20),
        (60, 645, "承办人签章  {clerk}", 24), (940, 645, "签发日期  {issued}", 24, "right"), (940, 100, "NO. 99{serial}", 20, "right"),
    ),
    at=(60, 130), font=23, size=(1000, 720), colour=(248, 244, 232), face="hei",
    seals=((280, 480, 92, "虚构省公安厅", "户口专用章"), (730, 490, 84, "{police}", "户口专用章")),
)  # fmt: skip
_FIRST_WRITTEN = grid_card(
    (
        (80, (130, "户 别"), (250, "={household}"), (130, "户主姓名"), (250, "={head}"), (130, "户 号"), (190, "={household_no}")),
        (80, (130, "住 址"), (950, "={address}")),
        (52, (1080, "住 址 变 动 登 记")),
        (52, (560, "变 动 后 的 住 址"), (260, "变 动 日 期"), (260, "承 办 人 签 章")),
        (62, (560, ""), (260, ""), (260, "")), (62, (560, ""), (260, ""), (260, "")), (62, (560, ""), (260, ""), (260, "")),
    ),
    (
        (600, 30, "户  口  簿", 40, "mid green"), (60, 660, "发证机关（盖章）", 24, "green"), (1140, 660, "{moved} 签发", 24, "right"),
        (600, 740, "注意事项：本簿是登记人身份和亲属关系的凭证，妥善保管，严禁私自涂改、转让、出借。", 21, "mid green"),
    ),
    at=(60, 120), font=25, style="pen", label="green", size=(1200, 800), colour=(240, 244, 230), waves=(230, 236, 218),
    seals=((380, 640, 80, "{police}", "户口专用章"),),
)  # fmt: skip
_SELF_COPY = grid_card(
    (
        (62, (120, "姓    名"), (300, "={name}"), (150, "户 主 或 与\n户 主 关 系"), (330, "={relation}")),
        (62, (120, "曾 用 名"), (300, "="), (80, "性 别"), (130, "={sex}"), (80, "民 族"), (190, "={nation}族")),
        (62, (120, "出 生 地"), (300, "={place}"), (150, "出 生 日 期"), (330, "={birth}")),
        (62, (120, "籍    贯"), (300, "={place}"), (150, "宗 教 信 仰"), (330, "=")),
        (62, (120, "公民身份\n证件编号"), (360, "={id}"), (80, "身 高"), (140, "={height}"), (80, "血 型"), (120, "=不明")),
        (62, (120, "文化程度"), (180, "={schooling}"), (110, "婚姻状况"), (170, "={marriage}"), (110, "兵役状况"), (210, "=未服兵役")),
        (62, (120, "服务处所"), (430, "={company}"), (80, "职 业"), (270, "={occupation}")),
        (74, (210, "何时由何地\n迁来本市（县）"), (690, "={moved} {destination}")),
        (74, (210, "何时由何地\n迁 来 本 址"), (690, "=")),
    ),
    (
        (500, 34, "常住人口登记卡", 36, "mid bold wide"), (950, 88, "户号：{household_no}", 20, "right"),
        (60, 730, "登记机关：{police}", 21), (940, 730, "登记日期：{moved}", 21, "right"), (60, 770, "承办人签章：{clerk}", 21),
    ),
    at=(50, 120), font=22, size=(1000, 820), colour=(250, 250, 250), face="print",
    seals=((640, 740, 70, "{police}", "户口专用章"),),
)  # fmt: skip
_SELF_WRITTEN = grid_card(
    (
        (64, (110, "姓 名"), (230, "={name}"), (110, "与户主\n关系"), (120, "={relation}"), (560, "登 记 事 项 变 更 和 更 正 记 载")),
        (64, (110, "性 别"), (90, "={sex}"), (90, "民 族"), (90, "={nation}"), (90, "籍 贯"), (100, "=虚构"), (110, "项 目"), (230, "变更、更正后"), (220, "日期及承办人")),
        (64, (110, "出生日期"), (460, "={birth}"), (110, "="), (230, "="), (220, "=")),
        (64, (110, "出 生 地"), (460, "={place}"), (110, "="), (230, "="), (220, "=")),
        (64, (110, "身份证\n编 号"), (460, "={id}"), (110, "="), (230, "="), (220, "=")),
        (64, (110, "文化程度"), (170, "={schooling}"), (110, "婚姻状况"), (180, "={marriage}"), (110, "="), (230, "="), (220, "=")),
        (64, (110, "服务处所"), (460, "={company}"), (110, "="), (230, "="), (220, "=")),
        (64, (180, "何时由何地\n迁来本市"), (390, "={moved}迁入"), (110, "="), (230, "="), (220, "=")),
    ),
    ((600, 36, "常 住 人 口 登 记 卡", 38, "mid brown"), (60, 730, "承办人签章", 22, "brown"), (190, 722, "{clerk}", 30, "pen"), (560, 730, "登记日期  {moved}", 22, "brown")),
    at=(35, 120), font=22, style="pen", label="brown", size=(1200, 800), colour=(246, 236, 222),
    seals=((470, 660, 68, "{police}", "户口专用章"),),
)  # fmt: skip

LAYOUTS = (
    card_layout("id-front-two-scripts", "id-front", "held", Card(
        (
            (60, 62, "Singqmingz", 15, "blue"), (60, 82, "姓名", 27, "blue"), (170, 72, "{name}", 37), (60, 140, "Singqbied", 15, "blue"), (60, 160, "性别", 27, "blue"), (170, 156, "{sex}", 31),
            (270, 140, "Minzcuz", 15, "blue"), (270, 160, "民族", 27, "blue"), (360, 156, "{nation}", 31), (60, 218, "Ngoenzseng", 15, "blue"), (60, 238, "出生", 27, "blue"),
            (170, 234, "{birth_y}", 31), (250, 238, "年", 26, "blue"), (300, 234, "{birth_m}", 31), (346, 238, "月", 26, "blue"), (396, 234, "{birth_d}", 31), (442, 238, "日", 26, "blue"),
            (60, 300, "Dieg'youq", 15, "blue"), (60, 320, "住址", 27, "blue"), (170, 316, "{address}", 31, "", 420), (60, 506, "Hauhmaj sinfwn goengminz", 16, "blue"), (60, 530, "公民身份号码", 29, "blue"), (330, 520, "{id}", 43, "loose"),
        ),
        colour=(232, 240, 238), waves=(216, 230, 228), face="hei", extras=(("portrait", 650, 100, 280),),
    )),
    card_layout("id-front-grey-copy", "id-front", "held", Card(
        (
            (80, 90, "姓 名", 27), (180, 84, "{name}", 36), (80, 160, "性 别", 27), (180, 156, "{sex}", 30), (270, 160, "民 族", 27), (370, 156, "{nation}", 30),
            (80, 228, "出 生", 27), (180, 226, "{birth_y} 年 {birth_m} 月 {birth_d} 日", 30), (80, 298, "住 址", 27), (180, 296, "{home}", 30, "", 400), (80, 520, "公民身份号码", 27), (300, 514, "{spaced_id}", 38),
        ),
        colour=(222, 222, 220), waves=(206, 206, 204), face="song", extras=(("portrait", 630, 110, 270),),
    )),
    card_layout("id-back-two-scripts", "id-back", "held", Card(
        (
            (620, 56, "Cunghvaz Yinzminz Gunghozgoz", 24, "mid"), (620, 92, "中华人民共和国", 52, "mid wide"), (620, 186, "Gihminz Sinhfwncwng", 30, "mid"), (620, 226, "居民身份证", 76, "mid wide bold"),
            (150, 440, "Gihgvanh cienqfat", 17), (150, 464, "签发机关", 29, "bold"), (350, 460, "{police}", 32), (150, 522, "Geizhanh mizyauq", 17), (150, 546, "有效期限", 29, "bold"), (350, 542, "{span}", 32),
        ),
        colour=(236, 240, 234), waves=(222, 232, 224), extras=(("emblem", 150, 170, 84),),
    )),
    card_layout("id-back-grey-copy", "id-back", "held", Card(
        ((590, 84, "中华人民共和国", 54, "mid loose"), (590, 190, "居民身份证", 78, "mid loose"), (210, 476, "签发机关  {city}公安局", 31), (210, 540, "有效期限  2021.11.09-2026.11.09", 31)),
        colour=(226, 226, 224), waves=(210, 210, 208), face="hei", extras=(("emblem", 160, 176, 90),),
    )),
    card_layout("ss-front-third-generation", "ss-card-front", "held", Card(
        (
            (60, 36, "中华人民共和国社会保障卡", 44, "bold"), (60, 96, "SOCIAL SECURITY CARD OF THE PEOPLE'S REPUBLIC OF CHINA", 17), (940, 44, "{bank}", 30, "right red"),
            (60, 176, "姓名", 21, "grey"), (60, 206, "{name}", 40), (60, 276, "社会保障号码", 21, "grey"), (60, 306, "{id}", 36), (60, 376, "卡号", 21, "grey"), (60, 406, "{card}", 33), (60, 474, "发卡日期", 21, "grey"), (60, 504, "{iso_day}", 31),
            (940, 560, "全国通用", 26, "right red"),
        ),
        colour=(250, 232, 200), waves=(244, 220, 184), face="hei", extras=(("portrait", 690, 170, 240),),
    )),
    card_layout("ss-front-first-generation", "ss-card-front", "held", Card(
        (
            (500, 36, "虚构省社会保障卡", 50, "mid white bold"), (300, 210, "姓    名：{name}", 31), (300, 272, "性    别：{sex}", 31), (300, 334, "公民身份号码：", 31), (300, 384, "{id}", 38), (300, 456, "社会保障卡号：{card}", 31),
            (60, 566, "发卡机构：{city}人力资源和社会保障局", 26, "white"),
        ),
        colour=(206, 226, 236), bands=((0, 0, 1000, 130, (30, 110, 150)), (0, 545, 1000, 631, (30, 110, 150))), face="print", extras=(("portrait", 50, 190, 210),),
    )),
    card_layout("ss-back-signature", "ss-card-back", "held", Card(
        (
            (60, 160, "持卡人签名：", 25), (640, 166, "（未签名无效）", 22), (60, 250, "持卡须知", 29, "bold"), (60, 296, "1．本卡是持卡人享有社会保障和公共就业服务权益的电子凭证。", 24, "", 880), (60, 336, "2．本卡采用全国统一标准，社会保障号码采用公民身份号码。", 24, "", 880),
            (60, 376, "3．请勿折弯、刻划，遗失应及时挂失。", 24), (60, 450, "人力资源和社会保障部监制", 27), (60, 520, "社会保障服务咨询电话 12333", 27), (940, 520, "网址 www.shebao.example", 24, "right"),
        ),
        colour=(212, 230, 238), waves=(198, 220, 232), bands=((0, 40, 1000, 126, (40, 36, 36)), (220, 150, 620, 206, (252, 252, 252))), face="hei",
    )),
    card_layout("ss-back-bank-side", "ss-card-back", "held", Card(
        (
            (60, 50, "{branch}", 34, "red bold"), (940, 56, "借记卡 DEBIT", 24, "right"), (60, 380, "{bank_card}", 52, "loose"), (60, 470, "有效期 VALID THRU  09/31", 25), (900, 490, "银联 UnionPay", 32, "right blue"),
            (60, 545, "社会保障卡  医保 12393  人社 12333  银行 95000", 25), (60, 588, "本卡金融账户使用遵循发卡银行章程", 20, "grey"),
        ),
        colour=(246, 236, 214), waves=(238, 224, 198), bands=((90, 190, 230, 300, (212, 182, 104)),), face="print",
    )),
    card_layout("residence-front-municipal", "residence-permit-front", "held", Card(
        (
            (500, 32, "{city}居住证", 50, "mid bold blue"), (330, 130, "姓 名", 25, "blue"), (440, 124, "{name}", 34), (330, 190, "性 别", 25, "blue"), (440, 186, "{sex}", 30), (560, 190, "民 族", 25, "blue"), (660, 186, "{nation}", 30),
            (330, 250, "公民身份号码", 25, "blue"), (520, 244, "{id}", 34), (330, 310, "居住地址", 25, "blue"), (460, 308, "{home}", 27, "", 480), (330, 400, "签发机关", 25, "blue"), (460, 398, "{city}公安局", 28), (330, 460, "有效期限", 25, "blue"), (460, 458, "{span}", 28), (60, 560, "证件编号 99{serial}{short}", 24),
        ),
        colour=(224, 234, 248), waves=(208, 222, 244), face="hei", extras=(("portrait", 60, 130, 230),),
    )),
    card_layout("residence-front-plain-rows", "residence-permit-front", "held", Card(
        (
            (60, 40, "居 住 证", 46, "bold red"), (940, 50, "NO.{serial}", 26, "right"), (60, 130, "持证人姓名", 24), (230, 124, "{name}", 33), (60, 190, "出生日期", 24), (230, 186, "{birth}", 29), (60, 250, "性别/民族", 24), (230, 246, "{sex} / {nation}族", 29),
            (60, 310, "常住户口\n所在地住址", 22), (230, 312, "{home}", 27, "", 420), (60, 400, "居住地住址", 24), (230, 398, "{address}", 27, "", 420), (60, 510, "公民身份号码", 24), (230, 504, "{id}", 36), (60, 576, "签发日期", 24), (230, 572, "{iso_day}", 28),
        ),
        colour=(250, 236, 232), waves=(246, 222, 216), extras=(("portrait", 710, 130, 230),),
    )),
    card_layout("residence-back-endorsements", "residence-permit-back", "held", grid_card(
        ((54, (280, "签注日期"), (300, "有效期至"), (300, "签注机关")), (54, (280, "={iso_day}"), (300, "={valid_until}"), (300, "={city}公安局")), (54, (280, ""), (300, ""), (300, "")), (54, (280, ""), (300, ""), (300, ""))),
        ((500, 40, "居住证签注记录", 38, "mid bold"), (60, 410, "签发机关：{police}", 28), (60, 462, "有效期限：{span_cn}", 28), (60, 530, "居住证每年签注1次，逾期未签注的，居住证使用功能中止。", 24, "grey")),
        at=(60, 130), font=25, colour=(250, 238, 234), waves=(246, 226, 220), face="hei",
    )),
    card_layout("residence-back-notice", "residence-permit-back", "held", Card(
        (
            (500, 60, "持 证 须 知", 38, "mid blue bold"), (70, 140, "一、本证是持证人在居住地居住、作为常住人口享受基本公共服务和便利、申请登记常住户口的证明。", 26, "", 860), (70, 230, "二、居住地住址变更的，应自变更之日起10个工作日内到公安机关办理变更手续。", 26, "", 860), (70, 320, "三、居住证损坏难以辨认或者丢失的，应当到居住地公安机关办理换领、补领手续。", 26, "", 860),
            (70, 430, "签 发 机 关    {city}公安局", 29), (70, 490, "有 效 期 限    {span}", 29), (930, 560, "查询电话 0990-0000110", 24, "right"),
        ),
        colour=(228, 236, 248), waves=(212, 224, 244),
    )),
    card_layout("hukou-first-printed-grid", "hukou-first", "held", _FIRST_PRINTED),
    card_layout("hukou-first-written-wide", "hukou-first", "held", _FIRST_WRITTEN),
    card_layout("hukou-self-copy", "hukou-self", "held", _SELF_COPY),
    card_layout("hukou-self-written-wide", "hukou-self", "held", _SELF_WRITTEN),
    card_layout("parent-hukou-first-printed-grid", "parent-hukou-first", "held", _FIRST_PRINTED),
    card_layout("parent-hukou-first-written-wide", "parent-hukou-first", "held", _FIRST_WRITTEN),
    card_layout("parent-hukou-self-copy", "parent-hukou-self", "held", _SELF_COPY),
    card_layout("parent-hukou-self-written-wide", "parent-hukou-self", "held", _SELF_WRITTEN),
    card_layout("property-house-1990s", "property-cert", "held", grid_card(
        (
            (60, (170, "房屋所有权人"), (400, "={name}"), (120, "产  别"), (390, "=私有房产")), (60, (170, "房 屋 坐 落"), (910, "={address}")), (60, (170, "丘（地）号"), (400, "=9-12-{d1}{d2}"), (120, "共有人"), (390, "=无")),
            (56, (60, ""), (120, "幢 号"), (120, "房 号"), (140, "结 构"), (160, "房屋总层数"), (160, "所在层数"), (180, "建筑面积\n（平方米）"), (140, "设计用途")),
            (56, (60, "|房屋"), (120, "=12"), (120, "=3-1"), (140, "=混合"), (160, "=7"), (160, "=5"), (180, "={area}"), (140, "=住宅")), (56, (60, "|状况"), (120, ""), (120, ""), (140, ""), (160, ""), (160, ""), (180, ""), (140, "")),
            (60, (250, "土地使用情况摘要"), (200, "土地证号"), (230, ""), (200, "使用面积"), (200, "")), (110, (170, "附    记"), (910, "=房改购房，{moved}发证。")),
        ),
        ((600, 36, "房屋所有权证", 46, "mid bold red"), (1140, 100, "{city}房权证子虚字第 {serial} 号", 24, "right"), (1140, 720, "填发单位（盖章）  填发日期：{moved}", 24, "right")),
        at=(60, 150), font=23, style="pen", size=(1200, 800), colour=(250, 240, 228), waves=(244, 230, 214), seals=((930, 660, 92, "{city}房地产管理局", "产权专用章"),),
    )),
    card_layout("property-real-estate-2000s", "property-cert", "held", grid_card(
        (
            (56, (180, "权 利 人"), (240, "={name}"), (180, "身份证号码"), (360, "={id}")), (56, (180, "权属份额"), (240, "=单独所有"), (180, "登记价（元）"), (360, "=386000.00")), (70, (180, "房地产名称"), (780, "={address}")),
            (44, (960, "土        地")), (56, (180, "宗 地 号"), (240, "=T99-{short}"), (180, "宗地面积"), (360, "=12680.4平方米")), (56, (180, "土地用途"), (240, "=住宅用地"), (180, "使用年限"), (360, "=70年")),
            (44, (960, "建 筑 物 及 其 附 着 物")), (56, (180, "建筑面积"), (240, "={area}平方米"), (180, "套内建筑面积"), (360, "=——")), (56, (180, "用    途"), (240, "=住宅"), (180, "竣工日期"), (360, "={moved}")),
            (110, (180, "他项权利摘要\n及  附  记"), (780, "=市场商品房。")),
        ),
        ((540, 44, "房 地 产 证", 46, "mid bold red"), (1020, 108, "虚房地字第 {serial} 号", 24, "right"), (60, 790, "登记机关（盖章）：{city}国土资源和房屋管理局", 23), (1020, 840, "登记日期：{moved}", 23, "right")),
        at=(60, 150), font=23, size=(1080, 900), colour=(250, 244, 234), waves=(242, 232, 216), face="hei", seals=((520, 800, 84, "{city}国土资源和房屋管理局", "房地产登记专用章"),),
    )),
    card_layout("property-certificate-cover-page", "property-cert", "held", Card(
        (
            (650, 60, "中华人民共和国", 38, "mid gold"), (650, 120, "不 动 产 权 证 书", 58, "mid bold gold"), (90, 250, "根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，对不动产权利人申请登记的本证所列不动产权利，经审查核实，准予登记，颁发此证。", 27, "", 1120), (1180, 420, "登记机构（章）{city}自然资源局", 27, "right"), (1180, 470, "{when}", 27, "right"),
            (90, 590, "权 利 人   {name}", 27), (90, 640, "共有情况   房屋单独所有", 27), (90, 690, "坐    落   {home}", 27), (680, 590, "编号 NO 99{serial}", 24), (680, 640, "用途   城镇住宅用地/住宅", 27), (680, 740, "面积   房屋建筑面积{area}平方米", 27), (90, 740, "权利类型   房屋所有权", 27),
        ),
        size=(1300, 840), colour=(252, 242, 236), waves=(248, 228, 220), border="plain", extras=(("emblem", 150, 130, 56), ("squares", 1130, 70, 110)), seals=((1000, 440, 88, "{city}自然资源局", "不动产登记专用章"),), face="hei",
    )),
    card_layout("subsistence-urban-page", "subsistence-cert", "held", grid_card(
        (
            (56, (140, "户主姓名"), (220, "={name}"), (90, "性 别"), (90, "={sex}"), (120, "民 族"), (220, "={nation}")), (56, (140, "居民身份\n证 号 码"), (400, "={id}"), (120, "家庭人口"), (220, "=2")), (70, (140, "家庭住址"), (740, "={home}")), (56, (140, "户口性质"), (220, "=城镇"), (180, "月人均收入"), (340, "={m3}元")),
            (56, (140, "月保障金额"), (220, "={m3}元"), (180, "银行账号"), (340, "={account}")), (52, (100, "|成员"), (200, "姓 名"), (180, "与户主关系"), (400, "身 份 证 号")), (52, (100, ""), (200, "={other}"), (180, "=父亲"), (400, "={other_id}")), (52, (100, ""), (200, ""), (180, ""), (400, "")),
        ),
        ((500, 34, "城市居民最低生活保障金领取证", 36, "mid bold"), (60, 92, "低保证字第{short}号", 23), (940, 92, "有效期：一年", 23, "right"), (60, 615, "审批机关：{city}民政局（章）", 24), (940, 615, "发证日期：{when}", 24, "right"), (60, 665, "凭本证按月到指定银行领取保障金，实行动态管理，按年度审核。", 21)),
        at=(60, 130), font=22, style="pen", size=(1000, 730), colour=(240, 246, 250), waves=(226, 236, 246), seals=((420, 610, 72, "{city}民政局", "城市低保专用章"),),
    )),
    form_layout("subsistence-letter", "subsistence-cert", "held", Form(
        "最低生活保障家庭证明",
        (
            ("gap", 30), ("text", "{agency}：", "兹证明我辖区居民{name}（身份证号码：{id}，住{home}）家庭系城乡居民最低生活保障家庭，保障人口2人，低保证编号99{short}，现享受低保金每月{m3}元，自{when}起享受至今。", "该证明用于办理城乡居民基本医疗保险资助参保手续，有效期三十日。", "特此证明。"), ("gap", 30), ("sign", "{city}假定区民政局社会救助科", "经办人：{clerk}  电话：0990-0000321", "{when}"),
        ),
        font=28, title_size=44, margin=110, top=140, face="hei", seals=((0.68, 0.6, 94, "{city}假定区民政局", "社会救助专用章"),),
    )),
)  # fmt: skip

"""Under which labels a paper's fields stand, and how each value reads: a table, the telling labels first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_REPRESENTATIVES = (
    # A unit is its legal representative; who runs it stands in for one where none is printed.
    "变更后法定代表人 新法定代表人 现法定代表人 "
    "法定代表人单位负责人 法定代表人或单位负责人 法定代表人主要负责人 法定代表人或负责人 法定代表人负责人 "
    "法定代表人经营者 法定代表人姓名 法定代表人签字 法定代表人签名 法定代表人签章 法定代表人 法人代表 法人姓名 "
    "执行事务合伙人 投资人 经营者姓名 经营者 主要负责人 企业负责人 单位负责人 机构负责人 医疗机构负责人 药店负责人 "
    "药房负责人 门店负责人 诊所负责人 负责人姓名 负责人签字 负责人签名 负责人"
)
_LABEL_GAP = r"[\s()（）/]*"  # 姓 名, 合计（小写）, 法定代表人/负责人


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a field stands: how its value reads, its labels (the telling ones first), and how without.

    ``owners`` are the labels of the people whose bare number (证件号码 in the row of 法定代表人) it is.
    """

    reader: str
    labels: tuple[str, ...]
    anywhere: str = ""
    owners: frozenset[str] = frozenset()


def _rule(reader: str, labels: str, *, anywhere: str = "", owners: str = "") -> Rule:
    return Rule(reader, tuple(labels.split()), anywhere, frozenset(owners.split()))


_NUMBERS = (
    "公民身份号码 公民身份证号码 公民身份证件编号 公民身份证件号码 公民身份证件号 公民身份证号 居民身份证号码 "
    "居民身份证号 居民身份证编号 有效身份证件号码 有效身份证号码 有效身份证件号 有效证件号码 身份证件种类及号码 "
    "身份证件类型及号码 身份证件号码 身份证件编号 身份证件号 身份证编号 身份证号码 身份证号 身份号码 "
    "证件号码 证件编号 证件号 社会保障号码 社会保障号 身份证明号码 身份证明编号 社保号码 社保号"
)
BARE_NUMBERS = frozenset(_NUMBERS.split())
"""Blanks for an id number that do not say whose."""

_OWNED = ("身份证号码", "身份证号", "身份证件号码", "有效身份证件号码", "公民身份号码", "证件号码", "证件号")


def _own(people: str) -> str:
    return " ".join(f"{who}{what}" for who in people.split() for what in _OWNED)


RULES: Mapping[str, Rule] = {
    "name": _rule(
        "name",
        "新生儿姓名 婴儿姓名 死者姓名 逝者姓名 亡者姓名 患者姓名 病人姓名 就诊人姓名 受检者姓名 受检人姓名 "
        "参保人姓名 参保人员姓名 被保险人姓名 职工姓名 员工姓名 劳动者姓名 医师姓名 医生姓名 考生姓名 应聘人姓名 "
        "应聘人员姓名 受聘人员姓名 聘用人员姓名 拟聘人员姓名 持证人姓名 权利人姓名 产权人姓名 户主姓名 保障对象姓名 "
        "申请人姓名 承诺人姓名 交款人姓名 缴款人姓名 乙方姓名 本人姓名 姓名 "
        "产妇姓名 产妇 病员姓名 病员 写信人 新生儿 死者 逝者 患者 病人 就诊人 就诊者 受检者 受检人 持证人 "
        "保障对象 救助对象 户主 "
        "房屋所有权人 房地产权利人 所有权人 房屋产权人 产权人 权利人 交款人 缴款人 缴费人 "
        "付款单位 付款人 付款方 购买方名称 "
        "承诺人签字 承诺人签名 承诺人 声明人 申请人签字 申请人签名 申请人 本人签字 本人签名 "
        "参保人员 参保人 被保险人 被聘用人员 拟聘用人员 聘用人员 受聘人员 受聘人 应聘人 被证明人 "
        "兹有我单位职工 我单位职工 本单位职工 我公司员工 本公司员工 我公司职工 "
        "劳动者签收 劳动者签字 劳动者 职工签字 职工签收 乙方 客户名称 抬头 本人",
        anywhere="named",
    ),
    "sex": _rule("sex", "性别"),
    "birth": _rule("date", "出生日期 出生时间 出生年月日 出生年月 出生"),
    "id_number": _rule(
        "id",
        _own("患者 病人 参保人 参保人员 职工 劳动者 死者 申请人 承诺人 持证人 权利人 产权人 户主 本人")
        + f" {_NUMBERS} 交款人统一社会信用代码",
        anywhere="id",
    ),
    "address": _rule(
        "address",
        "居住地住址 居住地址 现居住地址 现居住地 现住址 房屋坐落 坐落 "
        "家庭住址 注册地址 经营场所 营业场所 地址 住所 住址",
    ),
    "home_address": _rule("address", "常住户口所在地住址 常住户口所在地 户籍地址 户籍地"),
    "relation": _rule("text", "户主或与户主关系 与户主关系"),
    "household_number": _rule("code", "户号"),
    "mother_name": _rule("name", "母亲姓名 母亲"),
    "mother_id_number": _rule("id", _own("母亲"), owners="母亲姓名 母亲"),
    "father_name": _rule("name", "父亲姓名 父亲"),
    "father_id_number": _rule("id", _own("父亲"), owners="父亲姓名 父亲"),
    "social_security_number": _rule("id", "社会保障号码 社会保障号", anywhere="id"),
    "card_number": _rule("card", "社会保障卡号 社保卡号 银行卡号 卡号"),
    "certificate_number": _rule(
        "code",
        "凭证编号 出生证编号 出生医学证明编号 证书编号 证书编码 管理号 "
        "低保证号 登记号 许可证编号 核准号 编号 证号 编码",
        anywhere="title_number",
    ),
    "authority": _rule("authority", "签发机关 发证机关 登记机关 签发机构 审批机关 签发单位 评审机构 评审组织 经办机构"),
    "issued": _rule(
        "issued",
        "签发日期 发证日期 发卡日期 登记日期 登记时间 批准日期 填发日期 授予时间",
        anywhere="sole_date",
    ),
    "valid_from": _rule("from", "有效期限 营业期限 有效期"),
    "valid_until": _rule("until", "有效期限 有效期至 营业期限 有效期"),
    "unit": _rule(
        "text",
        "单位名称 机构名称 医疗机构名称 企业名称 存款人名称 账户名称 "
        "单位全称 公司名称 药店名称 开户名称 户名 申请单位 申报单位 填报单位 用人单位 聘用单位 选聘单位 招聘单位 "
        "参保单位 工作单位 名称",
    ),
    "credit_code": _rule("credit", "统一社会信用代码 社会信用代码 信用代码", anywhere="credit"),
    "representative": _rule("name", _REPRESENTATIVES),
    "representative_id_number": _rule(
        "id", _own("法定代表人 法人代表 法人 主要负责人 单位负责人 负责人 经营者 投资人"), owners=_REPRESENTATIVES
    ),
    "bank": _rule("text", "开户银行 开户行"),
    "account_number": _rule("account", "银行账号 账户号码 账号"),
    "phone": _rule("phone", "联系电话 手机号码 手机号 移动电话 手机 电话", anywhere="phone"),
    "email": _rule("email", "电子邮箱 邮箱", anywhere="email"),
    "hospital": _rule(
        "hospital", "医疗机构名称 接生机构名称 主要执业机构 执业地点 收款单位 医疗机构", anywhere="hospital"
    ),
    "department": _rule("text", "备案科室 科室名称 科室"),
    "diagnosis": _rule("text", "出院诊断 临床诊断 主要诊断 初步诊断 入院诊断 诊断"),
    "admitted": _rule("date", "入院日期 入院时间"),
    "discharged": _rule("date", "出院日期 出院时间"),
    "record_number": _rule("code", "病案号 住院号 病历号 门诊号 样本号 标本号 检查号"),
    "practice_number": _rule("code", "医师执业证书编码 执业证书编码 执业证书编号 编码"),
    "qualification_number": _rule("code", "医师资格证书编码 资格证书编码 资格证书编号"),
    "title_of_physician": _rule("text", "资格名称 任职资格 资格级别 级别"),
    "amount": _rule("amount", "合计小写 小写 价税合计 金额合计 费用合计 费用总额 总费用 总计 合计"),
    "date": _rule("date", "开票日期 填报日期 填表日期 报告日期 报告时间 打印日期 就诊日期 日期", anywhere="date"),
    "month": _rule("month", "结算月份 结算年月 所属期 执行时间"),
    "invoice_code": _rule("code", "票据代码 发票代码"),
    "invoice_number": _rule("code", "票据号码 发票号码 no"),
    "insured_from": _rule("month", "参保起始时间 参保时间 参保起止时间 缴费起止时间"),
    "insured_until": _rule("month", "参保终止时间 终止时间"),
    "months": _rule("count", "累计缴费月数 缴费月数"),
    "death_date": _rule("date", "死亡日期 死亡时间"),
    "end_date": _rule("date", "终止或解除时间 解除时间 终止时间 解除日期 终止日期 于"),
}
"""Every field, and how it is found. A label's spaces and brackets do not matter."""

_PLAIN_LABELS = (
    "民族", "年龄", "科别", "职业", "学历", "专业", "婚姻状况",
    "文化程度", "国籍", "籍贯", "身高", "血型", "共有情况", "权利类型",
    "险种", "人员类别", "校验码", "规格", "质量负责人", "科室负责人", "财务负责人", "其他诊断",
    "医疗机构类型", "准考证号", "参保险种", "联系人", "经办人", "专管员",
    "疾病编码", "邮政编码", "邮编", "疾病名称", "诊疗科目", "诊疗科目代码", "床位数", "备案类型", "纳税人识别号",
    "身份证", "原法定代表人", "变更前法定代表人", "原负责人", "护士人数", "医师人数", "居民身份证",
)  # fmt: skip


_OTHERS = (
    "家属", "亲属", "陪护人", "联系人", "紧急联系人", "监护人", "法定监护人", "代办人", "代理人", "委托人", "受托人",
    "被委托人", "领证人", "经办人", "经办人员", "专管员", "配偶", "接生人员", "收件人", "财务负责人", "质量负责人",
)  # fmt: skip
OTHER_PEOPLE = frozenset(
    f"{who}{what}"
    for who in _OTHERS
    for what in ("姓名", "身份证号", "身份证号码", "证件号码", "公民身份号码", "身份证件号码", "有效身份证件号码")
) | frozenset(word for who in ("mother", "father") for word in RULES[f"{who}_id_number"].labels)
"""Labels of people whom a paper only mentions: never its subject's name or number."""

THIRD_PARTIES = OTHER_PEOPLE | frozenset(_OTHERS) - {"监护人", "法定监护人"} | {"母亲姓名", "母亲", "父亲姓名", "父亲"}
"""The same, and who they are: a bare number in their row is theirs too."""

PERSONS = THIRD_PARTIES | frozenset(
    word for field in ("name", "representative", "mother_name", "father_name") for word in RULES[field].labels
)
"""Labels of people, by which it is told whose a bare number is."""

LABEL_WORDS = (
    frozenset(label for rule in RULES.values() for label in rule.labels if len(label) > 1)
    | frozenset(_PLAIN_LABELS)
    | THIRD_PARTIES
)
"""Every label as one word."""

HALVED_WORDS = frozenset(
    word for word in LABEL_WORDS if word in BARE_NUMBERS or not word.endswith(tuple(BARE_NUMBERS - {"社会保障号码"}))
)
"""Those that a narrow cell prints on two lines: 监护人 over 公民身份号码 are two blanks."""


@cache
def label_pattern() -> re.Pattern[str]:
    """Return what finds any label in a normalised line, the longest first; compiling it takes half a second."""
    longest_first = sorted(LABEL_WORDS, key=lambda w: (-len(w), w))
    return re.compile("|".join(_LABEL_GAP.join(map(re.escape, word)) for word in longest_first), re.IGNORECASE)

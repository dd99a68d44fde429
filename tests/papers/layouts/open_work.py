# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers and agencies, and handwritten sheets: layouts that may be seen."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

_ROSTER = ("序号", "姓名", "身份证号码", "性别", "人员类别", "变动原因", "变动时间", "备注")

LAYOUTS = (
    form_layout("enrolment-national", "enrolment-cert", "open", Form(
        "参保凭证",
        (
            ("ends", "（基本医疗保障）", "编号：99{serial}"),
            ("cells", ("姓名", "{name}", "性别", "{sex}", "民族", "{nation}"), ("公民身份号码", "{id}", "出生日期", "{iso_birth}"), ("户籍类型", "城镇", "户籍地址", "{home}"), ("参加何种基本医疗保险", "职工基本医疗保险"), ("在本地参保起止时间", "{year}年01月至2023年06月", "缴费月数", "{months}"), ("个人账户余额", "{m1}元", "统筹基金支付累计", "{m2}元"), ("转出地经办机构", "{agency}"), ("机构地址", "{place}子虚路9号", "邮编", "990100"), ("联系电话", "0990-12393", "经办人", "{clerk}")),
            ("gap", 16), ("text", "说明：1.本凭证是参保人员基本医疗保险权益的记录证明，请妥善保管。2.参保人员跨统筹地区流动就业时，凭本凭证到新就业地医疗保险经办机构办理转移接续手续。"), ("sign", "（经办机构印章）", "{when}"),
        ),
        font=22, tall=62, title_size=48, title_track=12, seals=((0.72, 0.78, 94, "{agency}", "业务专用章"),),
    )),
    form_layout("termination-notice", "termination-cert", "open", Form(
        "终止（解除）劳动合同证明书",
        (
            ("ends", "", "编号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("身份证号", "{id}", "工作岗位", "{occupation}"), ("合同期限", "{span_cn}"), ("解除（终止）时间", "{when}", "本单位工作年限", "4年"), ("解除（终止）原因", "劳动者本人提出，协商一致解除劳动合同（《劳动合同法》第三十六条）"), ("经济补偿金", "无", "社会保险缴至", "{year}年{month}月")),
            ("big", "用人单位意见", "情况属实，同意解除劳动合同。", "（盖章）{company}", "{when}"), ("big", "劳动者签收", "本人已收到此证明书。", "签名：{name}", "{when}"),
        ),
        font=23, tall=60, seals=((0.72, 0.6, 92, "{company}", ""),),
    )),
    form_layout("application-remote", "application-form", "open", Form(
        "基本医疗保险异地就医登记备案表",
        (
            ("ends", "参保地：{place}", "险种：√职工 □城乡居民"), ("cells", ("姓名", "{name}", "性别", "{sex}", "社会保障卡号", "{card}"), ("身份证号", "{id}", "联系电话", "{phone}"), ("人员类别", "√异地安置退休 □异地长期居住 □常驻异地工作 □转诊"), ("参保单位", "{company}"), ("居住地址", "{address}"), ("就医地", "{destination}", "备案起始日期", "{iso_day}"), ("转往医院", "1.{hospital}  2.虚构市中心医院")),
            ("big", "申请人承诺", "以上信息真实有效，备案期间遵守就医地管理规定。", "签名：{name}", "{when}"), ("big", "单位意见", "同意。", "（盖章）{when}"), ("big", "医保机构意见", "", "（盖章）    年  月  日"),
        ),
        font=21, tall=54, title_size=36, hand=1, seals=((0.74, 0.66, 88, "{company}", ""),),
    )),
    form_layout("registration-unit", "registration-materials", "open", Form(
        "社会保险（医疗保险）单位参保登记表",
        (
            ("ends", "单位编号：{code}", "填表日期：{iso_day}"), ("cells", ("单位名称", "{company}"), ("统一社会信用代码", "{credit}"), ("单位住所", "{address}", "邮编", "990100"), ("单位类型", "企业", "隶属关系", "市属", "经济类型", "有限责任"), ("法定代表人", "{name}", "证件号码", "{id}"), ("专管员", "{clerk}", "联系电话", "{phone}"), ("开户银行", "{branch}", "账号", "{account}"), ("参加险种", "√基本医疗保险  √生育保险  √大额医疗补助", "参保人数", "36")),
            ("big", "单位申请", "现申请办理医疗保险参保登记，所填内容真实。", "（单位公章）", "{when}"), ("big", "经办机构审核", "", "审核人：     复核人：", "年   月   日"),
        ),
        font=21, tall=58, title_size=36, seals=((0.74, 0.6, 94, "{company}", ""),),
    )),
    form_layout("settlement-monthly", "settlement-report", "open", Form(
        "基本医疗保险定点医药机构费用结算汇总表",
        (
            ("ends", "医药机构（盖章）：{hospital}", "结算期间：{year}年{month}月  单位：元"), ("table", ("险种", "就医类别", "人次", "医疗总费用", "统筹支付", "大额支付", "个人账户", "个人自付", "申请结算额"), ("职工", "住院", "126", "{fee}", "{m1}", "{m2}", "{m3}", "{m4}", "{m5}"), ("职工", "门诊大病", "342", "{m6}", "{m7}", "0.00", "{m8}", "{m9}", "{m1}"), ("居民", "住院", "88", "{fee}", "{m2}", "{m3}", "0.00", "{m4}", "{m6}"), ("居民", "普通门诊", "901", "{m8}", "{m7}", "0.00", "0.00", "{m5}", "{m9}"), ("合计", "", "1457", "{fee}", "{total}", "{m5}", "{m3}", "{m2}", "{total}")),
            ("gap", 20), ("ends", "合计金额大写：{total_words}", ""), ("ends", "单位负责人：{other}    财务负责人：{p1}", "制表人：{clerk}    报送日期：{iso_day}"),
        ),
        size=A4_WIDE, font=22, tall=64, title_size=36, seals=((0.22, 0.24, 90, "{hospital}", ""),),
    )),
    form_layout("decrease-plain", "decrease-roster", "open", Form(
        "参保人员减少花名册",
        (
            ("ends", "单位编码：{code}   单位名称（盖章）：{company}", "{year}年{month}月"), ("table", _ROSTER, ("1", "{name}", "{id}", "{sex}", "在职", "解除合同", "{iso_day}", ""), ("2", "{p1}", "{p1_id}", "{p1_sex}", "在职", "死亡", "{iso_day}", ""), ("3", "{p2}", "{p2_id}", "{p2_sex}", "退休", "调出", "{iso_day}", ""), *((str(n), "", "", "", "", "", "", "") for n in range(4, 9))),
            ("gap", 16), ("ends", "单位负责人：{other}", "经办人：{clerk}    联系电话：{phone}"),
        ),
        size=A4_WIDE, font=23, tall=64, seals=((0.3, 0.2, 90, "{company}", ""),),
    )),
    form_layout("increase-plain", "increase-roster", "open", Form(
        "参保人员增加花名册",
        (
            ("ends", "单位编码：{code}   单位名称（盖章）：{company}", "{year}年{month}月"), ("table", ("序号", "姓名", "身份证号码", "民族", "参保时间", "增加原因", "月缴费工资", "户口性质"), ("1", "{name}", "{id}", "{nation}", "{iso_day}", "新招聘", "{base}", "非农"), ("2", "{p1}", "{p1_id}", "汉", "{iso_day}", "调入", "{base}", "非农"), *((str(n), "", "", "", "", "", "", "") for n in range(3, 9))),
            ("gap", 16), ("ends", "单位负责人：{other}", "经办人：{clerk}    联系电话：{phone}"),
        ),
        size=A4_WIDE, font=23, tall=64, seals=((0.3, 0.2, 90, "{company}", ""),),
    )),
    form_layout("selection-record", "selection-form", "open", Form(
        "事业单位选聘工作人员备案表",
        (
            ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("身份证号", "{id}", "政治面貌", "中共党员"), ("学历学位", "{schooling}", "毕业院校", "虚构大学"), ("原工作单位及职务", "假定市图书馆 馆员"), ("选聘单位", "{company}", "选聘岗位", "专业技术岗")),
            ("big", "选聘单位意见", "经考核合格，拟同意选聘。", "（盖章）{when}"), ("big", "主管部门意见", "同意。", "（盖章）{when}"), ("big", "人社部门备案意见", "同意备案。", "（盖章）{when}"),
        ),
        font=23, tall=60, right=0, seals=((0.74, 0.5, 86, "{company}", ""), (0.74, 0.8, 90, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("recruitment-public", "recruitment-form", "open", Form(
        "事业单位公开招聘人员登记表",
        (
            ("cells", ("姓名", "{name}", "性别", "{sex}", "民族", "{nation}"), ("出生年月", "{iso_birth}", "籍贯", "{place}"), ("身份证号", "{id}", "婚否", "{marriage}"), ("报考单位", "{company}", "报考岗位", "管理岗位"), ("学历", "{schooling}", "所学专业", "公共管理"), ("联系电话", "{phone}"), ("住址", "{address}")),
            ("big", "个人简历", "2012.09-2016.07 虚构大学公共管理专业学习；2016.09-2019.12 样张软件股份有限公司工作。"), ("big", "家庭成员", "父亲 {other}  退休"), ("big", "用人单位意见", "同意聘用。", "（盖章）{when}"),
        ),
        font=22, tall=58, extras=(("portrait", 770, 148, 160),), right=190, seals=((0.74, 0.66, 86, "{company}", ""),),
    )),
    form_layout("provincial-recruitment", "provincial-recruitment-form", "open", Form(
        "省属事业单位公开招聘人员登记表",
        (
            ("ends", "招聘单位：虚构省立图书馆", "岗位代码：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("身份证号码", "{id}", "民族", "{nation}"), ("学历学位", "{schooling}", "毕业时间", "2016.07"), ("笔试成绩", "7{d1}.5", "面试成绩", "8{d2}.2", "总成绩", "7{d3}.9"), ("体检结果", "合格", "考察结果", "合格"), ("联系电话", "{phone}")),
            ("big", "招聘单位意见", "经公示无异议，拟聘用。", "（盖章）{when}"), ("big", "主管部门审核意见", "同意。", "（盖章）{when}"), ("big", "省人社厅备案意见", "准予备案。", "（盖章）{when}"),
        ),
        font=22, tall=58, seals=((0.74, 0.8, 90, "虚构省人力资源和社会保障厅", ""),),
    )),
    form_layout("appointment-post", "post-appointment-form", "open", Form(
        "事业单位岗位聘用人员登记表",
        (
            ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("身份证号", "{id}", "参加工作时间", "2010.08"), ("聘用单位", "{company}"), ("原聘岗位", "专业技术十一级", "现聘岗位", "专业技术十级"), ("聘用起止时间", "{span_cn}"), ("学历", "{schooling}", "职称", "中级")),
            ("big", "本人意见", "同意。", "签名：{name}", "{when}"), ("big", "聘用单位意见", "同意聘用。", "（盖章）{when}"), ("big", "人社部门意见", "", "（盖章）  年  月  日"),
        ),
        font=23, tall=62, hand=0, seals=((0.74, 0.62, 86, "{company}", ""),),
    )),
    form_layout("salary-monthly", "salary-sheet", "open", Form(
        "{company}{year}年{month}月工资明细表",
        (("table", ("序号", "姓名", "岗位工资", "薪级工资", "绩效工资", "津贴补贴", "应发合计", "养老保险", "医疗保险", "公积金", "个税", "实发工资"), ("1", "{name}", "2150.00", "1260.00", "2400.00", "{m1}", "{base}", "384.00", "96.00", "576.00", "0.00", "{fee}"), ("2", "{p1}", "1980.00", "1105.00", "2200.00", "{m2}", "{base}", "352.00", "88.00", "528.00", "0.00", "{fee}"), ("3", "{p2}", "1810.00", "920.00", "2000.00", "{m3}", "{base}", "320.00", "80.00", "480.00", "0.00", "{fee}"), ("合计", "", "5940.00", "3285.00", "6600.00", "{m4}", "{total}", "1056.00", "264.00", "1584.00", "0.00", "{total}")), ("gap", 20), ("ends", "单位负责人：{other}   财务：{p3}", "制表：{clerk}")),
        size=A4_WIDE, font=21, tall=62, title_size=36, margin=50, seals=((0.8, 0.6, 84, "{company}", "财务专用章"),),
    )),
    card_layout("request-plain-brush", "written-request", "open", Card(
        (
            (500, 90, "", 40), (420, 90, "申 请 书", 54, "brush"), (80, 210, "{agency}：", 38, "brush"), (150, 280, "{text}", 38, "brush", 720), (560, 900, "申请人：{name}", 38, "brush"), (560, 970, "{when}", 38, "brush"),
        ),
        size=(1000, 1414), colour=(248, 246, 240),
    )),
    card_layout("request-squared-ballpoint", "written-request", "open", Card(
        (
            (430, 70, "申请", 46, "pen"), (70, 160, "本人{name}，身份证号码{id}，", 34, "pen"), (70, 226, "因工作调动，现申请办理医保关系转移手续，请予批准。", 34, "pen", 840), (70, 360, "联系电话：{phone}", 34, "pen"), (70, 426, "邮箱：{email}", 34, "pen"), (600, 560, "申请人：{name}", 36, "pen"), (600, 630, "{when}", 34, "pen"),
        ),
        size=(1000, 800), colour=(252, 250, 246), rules=tuple((50.0, y, 950.0, y) for y in range(144, 780, 66)), stamps=(),
    )),
)  # fmt: skip

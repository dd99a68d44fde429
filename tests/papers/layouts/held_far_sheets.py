# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Handwritten letters, lists and personnel forms from far and wide: held layouts."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_sheets import _GREY
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    card_layout("far-request-death-widow", "written-request", "held", Card(
        (
            (330, 90, "医保销户申请书", 46, "pen"), (80, 200, "{agency}：", 34, "pen"), (150, 272, "我家老人{other}，身份证{other_id}", 32, "pen"), (80, 344, "于{when}因病去世，生前在贵处参加医疗保险。", 32, "pen"), (80, 416, "现申请注销其医保账户，个人账户余额由我继承领取。", 32, "pen"), (150, 488, "申请人是死者的家属，情况属实。", 32, "pen"), (80, 620, "申请人：{name}（按手印）", 34, "pen"), (80, 692, "身份证号：{id}", 32, "pen"), (80, 764, "电话：{phone}", 32, "pen"), (80, 836, "电子邮箱：{email}", 32, "pen"), (560, 940, "{when}", 34, "pen"),
        ),
        size=(1000, 1414), colour=(246, 244, 236), extras=(),
    )),
    card_layout("far-request-notebook-list", "written-request", "held", Card(
        (
            (250, 70, "参加居民医保的申请", 42, "pen"), (90, 160, "姓    名：{name}", 34, "pen"), (90, 226, "性    别：{sex}", 34, "pen"), (90, 292, "身份证号：{id}", 34, "pen"), (90, 358, "现住：{home}", 32, "pen"), (90, 424, "电话：{phone}", 34, "pen"), (90, 490, "申请内容：本人无工作单位，以前没有", 34, "pen"), (90, 556, "参加过医保，现在愿意参加城乡居民医疗", 34, "pen"), (90, 622, "保险，按规定缴费。", 34, "pen"), (540, 754, "签字：{name}", 38, "pen"), (540, 820, "{when}", 34, "pen"),
        ),
        size=(900, 1100), colour=(244, 248, 252), rules=(*((30.0, y, 870.0, y) for y in range(142, 1090, 66)),), bands=tuple((10.0, y, 26.0, y + 16.0, (120, 120, 124)) for y in range(40, 1080, 90)),
    )),
    form_layout("far-decrease-attachment-portrait", "decrease-roster", "held", Form(
        "医疗保险人员减少情况表",
        (
            ("ends", "附表二", "填报日期：{iso_day}"), ("cells", ("单位名称", "{company}"), ("上月人数", "3{d1}", "本月减少", "1", "月末人数", "3{d1}")), ("table", ("姓名", "身份证件号码", "减少原因", "减少时间"), ("{name}", "{id}", "退休人员死亡", "{iso_day}"), *[("", "", "", "")] * 9), ("gap", 12), ("text", "备注：因死亡减少的，附死亡证明复印件。"), ("ends", "单位负责人签章：", "填报人：{clerk}（{phone}）")),
        title_size=36, font=23, tall=58, colour=_GREY, seals=((0.74, 0.2, 84, "{company}", ""),),
    )),
    form_layout("far-increase-civil-portrait", "increase-roster", "held", Form(
        "机关事业单位增员明细表（医疗）",
        (
            ("ends", "单位：{company}", "{year}年{month}月份"), ("table", ("姓名", "身份证号", "编制性质", "增员原因", "起保月份", "核定基数"), ("{name}", "{id}", "全额事业编", "公开招聘", "{year}-{month}", "{base}"), ("{p1}", "{p1_id}", "全额事业编", "省内交流", "{year}-{month}", "{base}"), ("{p2}", "{p2_id}", "参公", "军转安置", "{year}-{month}", "{base}"), *[("", "", "", "", "", "")] * 6), ("text", "上述人员同时享受公务员医疗补助待遇，请予核准。联系人 {clerk}，电话 {phone}。"), ("ends", "主管领导：", "填表：{clerk}"), ("sign", "（单位盖章）", "{when}")),
        title_size=36, font=21, tall=58, margin=50, seals=((0.68, 0.78, 86, "{company}", ""),),
    )),
    form_layout("far-selection-teachers-list", "selection-form", "held", Form(
        "教育系统选聘在职教师备案名册表",
        (
            ("ends", "主管部门：{city}教育局", "{year}年{month}月{d1}批次"), ("table", ("序号", "姓名", "性别", "身份证号", "学历", "原单位", "选聘单位", "任教学科", "成绩", "备案结果"), ("1", "{name}", "{sex}", "{id}", "{schooling}", "子虚镇中学", "样张市第九中学", "数学", "8{d1}.5", "同意"), ("2", "{p1}", "{p1_sex}", "{p1_id}", "大学本科", "乌有乡小学", "样张市第九中学", "语文", "8{d2}.1", "同意"), ("3", "{p2}", "{p2_sex}", "{p2_id}", "硕士", "假定一中", "样张市第九中学", "物理", "8{d3}.7", "同意")), ("gap", 30), ("ends", "选聘单位（章）", "人力资源和社会保障局备案（章）"), ("gap", 60), ("ends", "经办：{clerk}", "{when}")),
        size=A4_WIDE, title_size=36, font=21, tall=68, margin=46, face="print", seals=((0.14, 0.7, 80, "样张市第九中学", ""), (0.84, 0.7, 84, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("far-recruitment-health", "recruitment-form", "held", Form(
        "{city}卫生系统招聘医务人员登记备案表",
        (
            ("ends", "单位：{hospital}", "类别：事业编制"), ("cells", ("姓名", "{name}", "出生年月", "{iso_birth}"), ("证件号码", "{id}", "性别", "{sex}"), ("招聘岗位", "{dept}医师", "招聘公告", "{year}年第1号"), ("学历/学位", "硕士研究生", "规培证", "有"), ("执业资格", "临床执业医师", "取得时间", "{iso_day}"), ("笔试", "7{d1}.0", "面试", "8{d2}.4", "总分", "8{d3}.0"), ("体检医院", "样张市第三人民医院", "结论", "合格"), ("聘用日期", "{when}", "试用期", "12个月"), ("工资起薪", "{base}", "联系电话", "{phone}")), ("gap", 10), ("ends", "医院人事科（章）", "卫健委（章）        人社局（章）"), ("gap", 150), ("sign", "被招聘人签名：{name}")),
        title_size=36, font=23, tall=58, face="print", seals=((0.22, 0.71, 76, "{hospital}", "人事科"), (0.62, 0.71, 76, "{city}卫生健康委员会", ""), (0.85, 0.71, 76, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("far-provincial-commission-list", "provincial-recruitment-form", "held", Form(
        "虚构省卫生健康委员会直属（省属）单位公开招聘人员审批登记表",
        (
            ("ends", "用人单位：虚构省立医院", "报送日期：{iso_day}"), ("table", ("姓名", "性别", "身份证号码", "学历学位", "专业", "招聘岗位", "笔试", "面试", "总成绩", "名次"), ("{name}", "{sex}", "{id}", "{schooling}", "护理学", "临床护理", "7{d1}.2", "8{d2}.0", "7{d3}.6", "1"), *[("", "", "", "", "", "", "", "", "", "")] * 3), ("cells", ("体检、考核、公示情况", "体检合格，考核合格，公示七个工作日无异议"), ("用人单位意见", "同意聘用（章）", "主管部门意见", "同意（章）"), ("省人社厅审批意见", "同意聘用，纳入实名制管理（章）", "日期", "{when}"))),
        size=A4_WIDE, title_size=34, font=21, tall=74, margin=50, face="print", seals=((0.32, 0.76, 76, "虚构省立医院", ""), (0.7, 0.76, 76, "虚构省卫生健康委员会", "")),
    )),
    form_layout("far-appointment-exchange", "post-appointment-form", "held", Form(
        "省内事业单位工作人员交流登记表",
        (
            ("ends", "填表单位：{company}", "填表时间：{iso_day}"), ("lines", ("姓名：", "{name}", "性别：", "{sex}"), ("身份证号：", "{id}"), ("学历：", "{schooling}", "参加工作：", "2003.08"), ("现单位：", "样张市第二图书馆", "岗位等级：", "管理八级"), ("交流去向：", "{company}", "拟聘岗位：", "管理八级")), ("table", ("环节", "意见", "签章", "日期"), ("调出单位", "同意调出", "", "{iso_day}"), ("调出主管部门", "同意", "", "{iso_day}"), ("调入单位", "同意聘用", "", "{iso_day}"), ("调入主管部门", "同意", "", "{iso_day}"), ("人社部门", "同意交流", "", "{iso_day}"))),
        title_size=40, font=24, tall=60, hand=0, seals=((0.62, 0.62, 62, "样张市第二图书馆", ""), (0.62, 0.8, 66, "{company}", "")),
    )),
    form_layout("far-salary-change-wide", "salary-sheet", "held", Form(
        "机关工作人员工资变动花名明细表",
        (
            ("ends", "填报单位（公章）{company}", "单位：元/月"), ("table", ("姓名", "身份证号", "职务级别", "变动前 职务", "变动前 级别", "变动后 职务", "变动后 级别", "补贴", "增资额", "月工资"), ("{name}", "{id}", "四级主任科员", "1430", "1742", "1560", "1891", "{v1}", "279", "{base}"), ("{p1}", "{p1_id}", "一级科员", "1210", "1550", "1320", "1628", "{v2}", "188", "{base}"), ("{p2}", "{p2_id}", "二级科员", "1080", "1410", "1210", "1489", "{v3}", "209", "{base}"), ("合计 3 人", "", "", "3720", "4702", "4090", "5008", "", "676", "{total}")), ("gap", 16), ("ends", "审批单位意见：同意，自{year}年{month}月起执行", "填表人：{clerk}   复核：{p3}")),
        size=A4_WIDE, title_size=36, font=21, tall=72, margin=46, seals=((0.22, 0.16, 76, "{company}", ""), (0.28, 0.7, 80, "{city}人力资源和社会保障局", "工资专用章")),
    )),
    form_layout("far-birth-cert-copy-grey", "birth-cert", "held", Form(
        "出生医学证明（副本）",
        (
            ("ends", "户口登记机关存查", "证号 T99{short}"), ("table", ("项目", "新生儿", "母亲", "父亲"), ("姓名", "{name}", "{mother}", "{father}"), ("性别/年龄", "{sex}", "29岁", "31岁"), ("证件号码", "——", "{mother_id}", "{father_id}"), ("民族/国籍", "{nation}/中国", "汉/中国", "汉/中国")), ("cells", ("出生日期", "{birth}", "时刻", "21时45分"), ("孕周", "39+2", "体重", "3010克", "身长", "49厘米"), ("出生医疗机构", "{hospital}"), ("住址", "{home}")), ("ends", "领证人：{mother}", "签发人：{clerk}"), ("sign", "签发机构（章）", "{birth}")),
        size=(1200, 940), title_size=42, font=22, tall=58, colour=(206, 206, 204), seals=((0.72, 0.82, 78, "{hospital}", "出生医学证明专用章"),),
    )),
)  # fmt: skip

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers and agencies, and handwritten sheets: further open layouts, held out until a fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("enrolment-payment-record", "enrolment-cert", "open", Form(
        "{city}医疗保险参保缴费凭证",
        (
            ("ends", "打印编号：{long}", "打印日期：{iso_day}"), ("lines", ("参保人姓名：", "{name}", "社会保障号码：", "{id}"), ("参保单位：", "{company}", "参保状态：", "终止参保")), ("table", ("险种类型", "起始年月", "终止年月", "缴费月数", "缴费基数", "单位缴纳", "个人缴纳"), ("职工基本医疗保险", "201807", "201912", "18", "{base}", "{m1}", "{m2}"), ("职工基本医疗保险", "202001", "202212", "36", "{base}", "{m3}", "{m4}"), ("大额医疗费补助", "201807", "202212", "54", "——", "{m5}", "{m6}"), ("合计", "", "", "{months}", "", "{total}", "{m7}")),
            ("gap", 20), ("text", "该凭证用于办理基本医疗保险关系跨地区转移接续，复印无效。可登录网上服务大厅凭验证码核验真伪。"), ("sign", "{agency}", "（电子专用章）"),
        ),
        font=22, tall=60, title_size=36, extras=(("squares", 70, 1150, 130),), face="print", seals=((0.72, 0.6, 92, "{agency}", "电子业务专用章"),),
    )),
    form_layout("termination-leaving", "termination-cert", "open", Form(
        "离 职 证 明",
        (("gap", 40), ("text", "兹证明{name}（身份证号：{id}）自2018年03月01日起在我公司任职，担任{occupation}一职，现因个人原因提出辞职，双方已于{when}正式解除劳动关系，离职手续已全部办结，与我公司再无任何劳动纠纷。", "该同志医疗保险已缴至{year}年{month}月。", "特此证明。"), ("gap", 40), ("sign", "{company}（盖章）", "人力资源部：{clerk}", "{when}")),
        font=29, title_size=48, margin=110, top=140, over_title="", seals=((0.68, 0.5, 98, "{company}", ""),), face="print",
    )),
    form_layout("termination-three-part", "termination-cert", "open", Form(
        "解除、终止劳动合同通知书（证明）",
        (
            ("ends", "单位编号：{code}", "第二联：交劳动者"), ("lines", ("兹有我单位职工：", "{name}", "身份证号码：", "{id}"), ("合同签订日期：", "2017.05.01", "解除终止日期：", "{iso_day}"), ("解除原因：", "劳动合同期满终止", "最后工作月份：", "{year}.{month}")), ("text", "根据《中华人民共和国劳动合同法》第四十四条规定，终止劳动合同，请于十五日内办理档案和社会保险关系转移手续。"), ("sign", "单位（公章）{company}", "{when}"),
        ),
        size=(1240, 860), font=24, tall=62, hand=0, seals=((0.74, 0.74, 88, "{company}", "人事专用章"),),
    )),
    form_layout("application-rehab", "application-form", "open", Form(
        "{city}医疗保险业务申请表",
        (
            ("ends", "申请单位：{hospital}", "受理编号：{short}"), ("cells", ("申请事项", "康复住院结算类型申报变更"), ("患者姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("证件号码", "{id}"), ("诊断", "{diagnosis}", "住院号", "{serial}"), ("原结算类型", "按病种付费", "申请结算类型", "康复按床日付费"), ("申请理由", "患者病情需继续康复治疗，符合康复住院结算条件，特申请更改结算类型。"), ("经治医师", "{doctor}", "科主任", "{clerk}")), ("gap", 20), ("ends", "医院医保办（盖章）", "经办机构审批意见："), ("gap", 90), ("sign", "申请日期：{when}"),
        ),
        font=23, tall=66, title_size=38, seals=((0.28, 0.64, 88, "{hospital}", "医保专用章"),),
    )),
    form_layout("application-designation", "application-form", "open", Form(
        "医疗保障定点医药机构申请书",
        (
            ("gap", 30), ("lines", ("申请单位：", "{shop}"), ("统一社会信用代码：", "{credit}"), ("经营地址：", "{address}"), ("法定代表人：", "{name}"), ("联系电话：", "{phone}"), ("营业面积：", "{area}平方米"), ("药学技术人员：", "执业药师1人，药师2人"), ("申请类别：", "□定点医疗机构  √定点零售药店")), ("text", "本单位自愿申请纳入医疗保障定点管理，保证所提交材料真实有效，遵守医疗保障法律法规和服务协议。"), ("sign", "申请单位（章）{shop}", "{when}"),
        ),
        font=26, tall=72, title_size=44, hand=1, seals=((0.7, 0.8, 92, "{shop}", ""),),
    )),
    form_layout("registration-change", "registration-materials", "open", Form(
        "单位医疗保险登记信息变更申报表",
        (
            ("ends", "单位名称：{company}（章）", "单位社保编码：{code}"), ("table", ("登记项目", "原登记事项", "变更后事项"), ("单位名称", "无变化", "无变化"), ("法定代表人", "{other}", "{name}"), ("证件号码", "{other_id}", "{id}"), ("联系人及电话", "{p1}", "{clerk} {phone}"), ("缴费银行账号", "无变化", "{account}")), ("gap", 20), ("text", "附：营业执照副本复印件、法定代表人身份证复印件、开户许可证复印件。"), ("ends", "申报人：{clerk}", "申报日期：{when}"), ("ends", "医保经办机构受理人：", "受理日期："),
        ),
        font=23, tall=70, seals=((0.35, 0.13, 86, "{company}", ""),),
    )),
    form_layout("settlement-pharmacy", "settlement-report", "open", Form(
        "定点零售药店医保费用月结算单",
        (
            ("ends", "药店名称：{shop}", "机构编码：P{short}"), ("ends", "结算年月：{year}{month}", "币种：人民币"), ("cells", ("个人账户刷卡人次", "1{d1}{d2}{d3}", "金额", "{fee}"), ("门诊慢性病人次", "{months}", "金额", "{m1}"), ("双通道药品人次", "1{d2}", "金额", "{m2}"), ("扣款金额", "0.00", "质量保证金", "{m3}"), ("本期应拨付金额", "{total}", "大写", "{total_words}")), ("gap", 20), ("ends", "药店负责人：{name}", "医保经办机构复核："), ("sign", "药店盖章：", "{when}"),
        ),
        font=24, tall=74, title_size=42, seals=((0.7, 0.62, 88, "{shop}", "财务专用章"),),
    )),
    form_layout("decrease-detail", "decrease-roster", "open", Form(
        "职工医疗保险减员申报表（花名册）",
        (
            ("ends", "申报单位：{company}", "单位：人"), ("table", ("编号", "个人编号", "姓名", "公民身份号码", "减员类型", "停保月份"), ("1", "99{serial}", "{name}", "{id}", "合同终止", "{year}{month}"), ("2", "99{short}12", "{p3}", "{p3_id}", "退休死亡", "{year}{month}"), ("3", "", "", "", "", ""), ("4", "", "", "", "", ""), ("5", "", "", "", "", ""), ("6", "", "", "", "", "")), ("gap", 20), ("text", "减员合计：2人。"), ("ends", "填表人：{clerk}", "{when}（公章）"),
        ),
        font=22, tall=70, title_size=38, seals=((0.78, 0.52, 84, "{company}", ""),),
    )),
    form_layout("increase-detail", "increase-roster", "open", Form(
        "职工医疗保险新增人员申报花名册",
        (
            ("ends", "单位全称：{company}", "申报月份：{year}{month}"), ("table", ("序", "姓名", "性别", "身份证件号码", "人员身份", "首次参保", "申报基数", "手机"), ("1", "{name}", "{sex}", "{id}", "公务员", "否", "{base}", "{phone}"), ("2", "{p1}", "{p1_sex}", "{p1_id}", "事业在编", "是", "{base}", ""), ("3", "{p2}", "{p2_sex}", "{p2_id}", "事业在编", "是", "{base}", ""), ("4", "", "", "", "", "", "", ""), ("5", "", "", "", "", "", "", "")), ("gap", 24), ("ends", "本月新增 3 人", "填报人：{clerk}   单位盖章：   {when}"),
        ),
        size=A4_WIDE, font=22, tall=72, title_size=38, face="print", seals=((0.8, 0.66, 86, "{company}", ""),),
    )),
    form_layout("selection-approval", "selection-form", "open", Form(
        "{city}市直事业单位公开选聘人员备案审批表",
        (
            ("ends", "选聘单位：{company}", "编制：全额拨款"), ("cells", ("姓 名", "{name}", "性 别", "{sex}"), ("公民身份号码", "{id}"), ("现工作单位", "假定市第二中学"), ("拟选聘岗位", "教师（专技八级）", "选聘方式", "考试选聘"), ("考试成绩", "8{d1}.{d2}", "名次", "1"), ("公示情况", "{when}至次周，无异议")), ("gap", 16), ("cells", ("备案机关意见",), ("同意备案", "", "经办人", "{clerk}")), ("sign", "（备案专用章）", "{when}"),
        ),
        font=24, tall=68, title_size=34, extras=(("portrait", 800, 170, 130),), right=160, seals=((0.68, 0.7, 90, "{city}人力资源和社会保障局", "备案专用章"),),
    )),
    form_layout("recruitment-hired", "recruitment-form", "open", Form(
        "新招聘人员情况登记表",
        (
            ("ends", "填表日期：{iso_day}", "编号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("证件号", "{id}"), ("招聘单位", "{company}", "招聘批次", "{year}年第二批"), ("招聘岗位", "医护岗", "岗位等级", "专技十二级"), ("毕业院校及专业", "虚构医科大学 护理学"), ("户籍所在地", "{place}", "手机", "{phone}"), ("起薪日期", "{when}"), ("主要社会关系", "配偶 {p1}；父亲 {other}"), ("奖惩情况", "无")), ("gap", 10), ("sign", "本人签字：{name}", "招聘单位（章）", "招聘主管机关（章）"),
        ),
        font=23, tall=64, title_size=42, hand=1, seals=((0.66, 0.78, 84, "{company}", ""),),
    )),
    form_layout("provincial-registration", "provincial-recruitment-form", "open", Form(
        "虚构省省直事业单位公开招聘工作人员登记表",
        (
            ("ends", "主管部门：虚构省文化厅", "用人单位：虚构省美术馆"), ("cells", ("姓 名", "{name}", "曾用名", ""), ("性 别", "{sex}", "民 族", "{nation}", "籍 贯", "{place}"), ("身份证号", "{id}"), ("全日制教育", "{schooling}", "在职教育", "无"), ("招聘岗位名称", "展览策划", "公告名称", "{year}年省直公告"), ("学习和工作简历", "2008年至2012年在虚构大学学习；2012年至今在乌有电子科技有限公司工作。"), ("考试考核情况", "综合成绩第1名，体检合格，考察合格，公示无异议"), ("用人单位意见", "同意聘用  （盖章）"), ("主管部门意见", "同意  （盖章）")), ("sign", "登记日期：{when}"),
        ),
        font=23, tall=68, title_size=36, seals=((0.6, 0.62, 84, "虚构省美术馆", ""), (0.8, 0.7, 84, "虚构省文化厅", "")),
    )),
    form_layout("appointment-change", "post-appointment-form", "open", Form(
        "{city}事业单位工作人员岗位聘用（变动）登记表",
        (
            ("ends", "单位（盖章）：{company}", "备案号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}"), ("身份证号码", "{id}"), ("岗位类别", "√专业技术岗位 □管理岗位 □工勤技能岗位"), ("聘用前岗位等级", "十二级", "聘用后岗位等级", "十一级"), ("聘期", "{span_cn}"), ("变动原因", "取得中级职称"), ("任职资格取得时间", "{iso_day}"), ("核定意见", "经核定，同意该同志聘用岗位变动。")), ("gap", 20), ("sign", "主管部门（章）", "人事综合管理部门（章）", "{when}"),
        ),
        font=23, tall=68, title_size=34, seals=((0.34, 0.13, 80, "{company}", ""), (0.72, 0.72, 86, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("salary-person", "salary-sheet", "open", Form(
        "工资发放明细",
        (("ends", "单位：{company}", "所属期：{year}-{month}"), ("cells", ("姓名", "{name}", "身份证号", "{id}")), ("table", ("项目", "金额（元）", "项目", "金额（元）"), ("职务工资", "1640.00", "养老保险个人", "384.00"), ("级别工资", "2013.00", "职业年金个人", "192.00"), ("工作性津贴", "{m1}", "医疗保险个人", "96.00"), ("生活性补贴", "{m2}", "住房公积金", "576.00"), ("应发工资", "{base}", "扣款合计", "1248.00")), ("cells", ("实发工资", "{total}", "大写", "{total_words}")), ("sign", "财务科（盖章）", "{when}")),
        font=25, tall=66, title_size=42, size=(1000, 1000), seals=((0.72, 0.82, 80, "{company}", "财务专用章"),),
    )),
    card_layout("request-letter-ballpoint", "written-request", "open", Card(
        (
            (400, 80, "关于办理医保的申请", 42, "pen"), (80, 190, "尊敬的{agency}工作人员：", 34, "pen"), (150, 260, "您好！{text}", 34, "pen", 760), (150, 700, "望批准，谢谢！", 34, "pen"), (600, 800, "{name}", 44, "pen"), (600, 870, "{iso_day}", 34, "pen"),
        ),
        size=(1000, 1240), colour=(244, 242, 226),
    )),
    card_layout("request-red-grid-brush", "written-request", "open", Card(
        (
            (400, 76, "申请书", 50, "brush"), (90, 170, "本人{name}，", 40, "brush"), (90, 240, "身份证号{id}，", 40, "brush"), (90, 310, "特申请办理医保事宜，望予批准。", 40, "brush"), (90, 380, "电话{phone}", 40, "brush"), (540, 590, "申请人 {name}", 40, "brush"), (540, 660, "{when}", 40, "brush"),
        ),
        size=(1000, 1300), colour=(250, 248, 244), rules=(*((70.0, y, 930.0, y) for y in range(160, 1260, 70)), (70.0, 160.0, 70.0, 1210.0), (930.0, 160.0, 930.0, 1210.0)),
    )),
)  # fmt: skip

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers and agencies from far and wide - other provinces, years and systems: held layouts."""

from __future__ import annotations

from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_work import _GREY, _empty
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("far-enrolment-2010-three-parts", "enrolment-cert", "held", Form(
        "基本医疗保障参保（合）凭证",
        (
            ("ends", "第一联：参保（合）人员留存", "No.{serial}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("身份证号", "{id}"), ("户籍所在地", "{home}"), ("参保（合）类型", "√城镇职工医保  □城镇居民医保  □新农合"), ("参保（合）时间", "自{year}年1月", "至", "{when}"), ("累计缴费年限", "6年8个月", "个人账户", "余额 {v1} 元"), ("社保（医保）机构联系电话", "0990-00012393")),
            ("sign", "经办机构（章）：{agency}", "经办人：{clerk}", "{when}"),
        ),
        size=(1240, 900), title_size=40, font=23, tall=56, hand=0, colour=(250, 250, 236), seals=((0.72, 0.8, 84, "{agency}", ""),),
    )),
    form_layout("far-termination-no-receipt", "termination-cert", "held", Form(
        "解除劳动关系证明",
        (
            ("ends", "{company}人字〔{year}〕{d1}{d2}号", ""), ("gap", 20), ("text", "{name}，{sex}，{iso_birth}出生，公民身份号码：{id}，系我单位合同制职工，自{moved}起在我单位生产技术部从事{occupation}工作，签有无固定期限劳动合同。", "依据《劳动合同法》第四十六条，经单位与本人协商，自{when}起解除劳动关系，工资结算至当月末，失业、医疗等各项社会保险同月停缴。", "本证明一式四份，单位、本人、档案、社保经办机构各执一份。"), ("sign", "用人单位（公章）", "本人签收：{name}", "{when}"),
        ),
        title_size=44, font=27, margin=100, top=100, seals=((0.64, 0.6, 94, "{company}", ""),),
    )),
    form_layout("far-termination-resignation-agreed", "termination-cert", "held", Form(
        "解聘证明",
        (
            ("gap", 20), ("text", "兹有我单位原聘用人员{name}同志，身份证号码：{id}，自{moved}起受聘于我单位。经双方协商，聘用合同于{when}解除，人事关系随之终止，该同志不再为我单位在编人员。", "工资及社会保险关系已停止，所借公物均已交清。"), ("sign", "{company}人事处", "{when}"),
        ),
        size=(1240, 860), title_size=48, title_track=14, font=28, margin=120, top=110, colour=_GREY, seals=((0.7, 0.7, 92, "{company}", "人事处"),),
    )),
    form_layout("far-application-chronic-conversion", "application-form", "held", Form(
        "门诊规定病种变更（转换）申请",
        (
            ("lines", ("参保人：", "{name}", "性别：", "{sex}"), ("证件号码：", "{id}"), ("家庭住址：", "{address}"), ("联系方式：", "{phone}")), ("cells", ("原认定病种", "高血压Ⅲ期合并症", "认定时间", "2016-05"), ("拟转换病种", "{diagnosis}"), ("定点医院", "{hospital}")), ("gap", 10), ("text", "申请事由：本人原享受上述病种门诊待遇，现因病情变化，经主治医生诊断需变更为拟转换病种，随附近期住院病历及检查资料。"), ("sign", "申请人（代办人）签名：{name}", "责任医师：{doctor}", "医院医保科（章）", "{when}"),
        ),
        over_title="{city}职工医保", title_size=38, font=24, tall=62, hand=1, seals=((0.64, 0.78, 82, "{hospital}", "医保科"),),
    )),
    form_layout("far-application-e-service", "application-form", "held", Form(
        "异地就医备案申请登记表（网办件）",
        (
            ("ends", "办件编号：{long}", "受理状态：待审核"), ("lines", ("申请人姓名", "{name}", "人员类型", "常驻异地工作"), ("证件类型", "居民身份证", "证件号码", "{id}"), ("手机号码", "{phone}", "参保险种", "310 职工"), ("参保地区", "{place}", "就医地区", "虚构省样张市"), ("备案开始日期", "{iso_day}", "备案结束日期", "长期"), ("单位名称", "{company}"), ("联系地址", "{address}"), ("上传材料", "劳动合同.jpg；派出证明.jpg")), ("text", "√ 我已阅读并同意《异地就医备案告知书》。"), ("sign", "单位经办人：{clerk}", "单位印章："),
        ),
        size=(1240, 1000), title_size=36, font=23, tall=58, face="print", label_colour=(120, 120, 124), title_colour=(20, 90, 170), rule=(180, 190, 200), seals=((0.78, 0.82, 82, "{company}", ""),),
    )),
    form_layout("far-registration-institution-account", "registration-materials", "held", Form(
        "机关事业单位医疗保险开户信息采集表",
        (
            ("ends", "填报单位盖章：", "采集日期 {iso_day}"), ("table", ("信息项", "内容", "信息项", "内容"), ("单位全称", "{company}", "单位简称", "——"), ("机构类型", "事业法人", "经费来源", "财政全额"), ("批准成立文号", "虚编〔2009〕{d1}{d2}号", "统一信用代码", "{credit}"), ("负责人", "{name}", "负责人证件号", "{id}"), ("缴费户名", "{company}", "缴费账号", "{account}"), ("医保经办人", "{clerk}", "经办人手机", "{phone}"), ("在职人数", "5{d1}", "退休人数", "2{d3}"), ("公务员补助", "参加", "生育保险", "参加")), ("gap", 20), ("text", "本单位保证以上采集信息真实有效，并自开户次月起按月足额缴费。"), ("ends", "单位领导签字：{name}", "医保中心录入员：        录入日期："),
        ),
        size=A4_WIDE, title_size=36, font=22, tall=66, face="hei", seals=((0.22, 0.2, 82, "{company}", ""),),
    )),
    form_layout("far-settlement-drg", "settlement-report", "held", Form(
        "按病种分值付费（DIP）月度预结算报表",
        (
            ("ends", "机构代码 H99{short}   机构名称 {hospital}", "结算批次 {year}{month}-01   导出 {iso_day}"), ("table", ("结算险种", "病例数", "病种分值", "点值", "医疗总费用", "DIP应付", "个人负担", "基金预付", "差额"), ("职工医保", "1042", "98613.5", "{v1}", "{fee}", "{m1}", "{m2}", "{m3}", "-{v2}"), ("居民医保", "1877", "152440.1", "{v3}", "{fee}", "{m4}", "{m5}", "{m6}", "{v4}"), ("异地职工", "73", "8230.0", "{v5}", "{m7}", "{m8}", "{m9}", "{m1}", "0.00"), ("小计", "2992", "259283.6", "——", "{fee}", "{total}", "{m7}", "{total}", "——")), ("gap", 16), ("text", "说明：年终清算时按实际点值调整，本表经医疗机构确认盖章后作为预拨依据。"), ("ends", "医疗机构确认（签章）", "经办机构（签章）")),
        size=A4_WIDE, title_size=34, font=21, tall=64, face="print", rule=(140, 150, 170), seals=((0.2, 0.72, 80, "{hospital}", "医保办公室"),),
    )),
    form_layout("far-physician-form-excel", "physician-form", "held", Form(
        "{hospital}申请纳入医保管理医师备案明细表",
        (
            ("ends", "申报批次：{year}年第{d1}批", "填报：医务部  {iso_day}"), ("table", ("编号", "科室", "姓名", "性别", "身份证件号", "医师执业证号", "资格证号", "职称", "执业范围", "备注"), ("1", "{dept}", "{name}", "{sex}", "{id}", "{long2}", "{long}", "主任医师", "内科", "新进"), ("2", "儿科", "{p1}", "{p1_sex}", "{p1_id}", "1109{serial}55", "2013{serial}21", "医师", "儿科", "规培结业"), ("3", "口腔科", "{p2}", "{p2_sex}", "{p2_id}", "2209{serial}31", "2015{serial}08", "主治医师", "口腔", "多点"), *_empty(4, 8, 10)), ("gap", 10), ("text", "注：随表附资格证、执业证、职称证复印件。")),
        size=A4_WIDE, title_size=32, font=19, tall=60, margin=36, face="print", rule=(120, 120, 120), seals=((0.84, 0.85, 78, "{hospital}", ""),),
    )),
    form_layout("far-department-form-letter", "department-form", "held", Form(
        "科室设置及床位变更备案登记",
        (
            ("text", "{agency}：", "根据医疗保险服务协议，现将我院科室调整情况报备如下："), ("table", ("调整类型", "科室", "医保科室编码", "核定床位", "负责人", "生效日期"), ("增设", "{dept}", "A03.{d1}", "36", "{doctor}", "{iso_day}"), ("增设", "血液透析室", "A03.07", "20(机)", "{p1}", "{iso_day}"), ("合并", "中西医结合科", "A52", "18", "{p2}", "{iso_day}"), ("撤销", "皮肤病专科", "A13", "0", "——", "{iso_day}")), ("gap", 14), ("text", "以上科室均已取得《医疗机构执业许可证》相应诊疗科目登记，请予备案并维护信息系统。"), ("sign", "{hospital}（盖章）", "医保办主任：{clerk}", "联系电话：{phone}", "{when}"),
        ),
        title_size=40, font=24, tall=62, margin=80, face="print", seals=((0.7, 0.74, 90, "{hospital}", ""),),
    )),
    form_layout("far-stamped-form-hospital", "stamped-form", "held", Form(
        "医保定点医疗机构信息变更备案表",
        (
            ("ends", "协议机构编码 H99{short}", "（加盖公章有效）"), ("cells", ("机构名称", "{hospital}"), ("变更类别", "√名称 □地址 □法定代表人 □等级 √床位 □账户")), ("table", ("项目", "变更前内容", "变更后内容"), ("机构名称", "样张市第三医院", "{hospital}"), ("执业许可证登记号", "PDY{serial}", "PDY{serial}"), ("核定床位", "120张", "180张")), ("cells", ("变更依据", "{city}卫生健康委员会批复"), ("法定代表人", "{name}"), ("经办人", "{clerk}", "手机", "{phone}")), ("big", "申请单位", "上述变更属实，请予办理。", "（公章）{when}"), ("big", "医保中心受理", "", "受理人：    （章）"),
        ),
        title_size=36, font=23, tall=58, seals=((0.72, 0.66, 90, "{hospital}", ""),),
    )),
    form_layout("far-confirmation-e-pay", "account-confirmation", "held", Form(
        "医保基金拨付账户确认书",
        (
            ("text", "致：{agency}", "我单位（机构编码：H{short}）因新纳入医保定点，现书面确认医保基金拨付收款账户："), ("lines", ("收款单位全称", "{hospital}"), ("开户银行全称", "{branch}"), ("银行账号（人民币）", "{account}"), ("大额支付行号", "3139{serial}"), ("财务联系人", "{clerk}", "电话", "{phone}")), ("text", "该账户为我单位基本存款账户，今后如发生变更，将提前十五日提交书面申请；因未及时告知造成资金退汇、损失的，由我单位承担。"), ("ends", "财务章", "单位公章"), ("gap", 60), ("sign", "法定代表人（签章）：{name}", "{when}"),
        ),
        title_size=42, font=25, tall=60, margin=90, seals=((0.2, 0.76, 80, "{hospital}", "财务专用章"), (0.76, 0.76, 88, "{hospital}", "")),
    )),
    form_layout("far-bank-licence-permit", "bank-info", "held", Form(
        "开 户 许 可 证",
        (
            ("ends", "核准号：J9900{serial}", "编号：9910-00{serial}"), ("gap", 26), ("text", "经审核，{company}符合开户条件，准予开立基本存款账户。"), ("gap", 10), ("lines", ("法定代表人（单位负责人）", "{name}"), ("开 户 银 行", "{branch}"), ("账        号", "{account}")), ("sign", "发证机关（盖章）", "{when}"),
        ),
        size=(1280, 880), title_size=56, font=28, tall=76, margin=130, top=120, colour=(244, 238, 226), waves=(232, 222, 204), border="ornate", seals=((0.72, 0.76, 88, "人民银行样张市中心支行", "账户管理专用章"),),
    )),
)  # fmt: skip

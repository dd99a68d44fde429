# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers and agencies from far and wide - other provinces, years and systems: open layouts that measure."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

_GREY = (214, 214, 211)
_DIGITS = tuple(f"{{id[{place}]}}" for place in range(18))


def _empty(first: int, last: int, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list that nobody filled in, numbered."""
    return tuple((str(number), *[""] * (columns - 1)) for number in range(first, last))


LAYOUTS = (
    form_layout("far-enrolment-transfer-letter", "enrolment-cert", "open", Form(
        "职工基本医疗保险参保缴费凭证",
        (
            ("ends", "凭证号：{long}", "有效验证码：{short}"), ("text", "{name}（社会保障号码{id}）同志：", "您在我市参加职工基本医疗保险的情况如下，请凭此证明到新就业地医疗保险经办机构申请办理转移接续。"), ("table", ("参保起止时间", "参保单位", "缴费月数", "视同月数", "欠费"), ("2012.03-{year}.{month}", "{company}", "{months}", "0", "无")), ("gap", 14), ("text", "截至{iso_day}，个人账户累计余额{m1}元，其中可转移金额{m1}元。", "转出地经办机构名称：{agency}；行政区划代码：990100；地址：{home}；邮编：990001；电话：0990-0000{d1}{d2}{d3}1。"), ("sign", "（转出地业务章）", "打印日期：{when}"),
        ),
        over_title="{place}", title_size=38, font=24, tall=56, margin=85, face="print", extras=(("squares", 820, 40, 110),), seals=((0.72, 0.72, 88, "{agency}", "转移业务章"),),
    )),
    form_layout("far-enrolment-e-service", "enrolment-cert", "open", Form(
        "《参保凭证》",
        (
            ("ends", "中央政务平台自助下载  {iso_day} 20:15:33", "第1页/共1页"), ("lines", ("证件类型", "居民身份证（户口簿）"), ("证件号码", "{id}"), ("姓名", "{name}"), ("性别", "{sex}"), ("险种类型", "职工基本医疗保险"), ("参保地医保区划", "{place}"), ("本地实际缴费起始年月", "{year}-01"), ("本地实际缴费月数", "{months}"), ("暂停参保时间", "{iso_day}"), ("个人账户余额(元)", "{m3}"), ("转出地经办机构名称", "{agency}")), ("text", "本凭证由医疗保障信息平台生成，与经办窗口出具的凭证具有同等效力。"),
        ),
        title_size=42, font=25, tall=62, face="hei", label_colour=(110, 110, 116), margin=110, extras=(("squares", 740, 300, 150),), seals=((0.74, 0.76, 90, "{agency}", "电子签章"),),
    )),
    form_layout("far-termination-stub-form", "termination-cert", "open", Form(
        "与职工终止、解除劳动合同报告书",
        (
            ("ends", "单位性质：国有", "样劳终字第 {short} 号"), ("cells", ("职工姓名", "{name}", "性别", "{sex}", "文化程度", "{schooling}"), ("户口性质", "非农业", "用工形式", "合同制", "技术等级", "无"), ("合同起止日期", "1995.07.01-2000.06.30"), ("终解日期", "2000.06.30", "连续工龄", "11年"), ("家庭住址", "{home}"), ("终解原因", "合同期满，单位不再续订")),
            ("big", "企业意见", "同意终止劳动合同，发给生活补助费。", "厂长（经理）：{other}", "（盖章）"), ("big", "主管部门意见", "同意。", "（盖章）"), ("big", "劳动部门鉴证", "准予鉴证，请到失业保险处登记。", "（盖章）"),
        ),
        title_size=36, font=22, tall=56, hand=1, colour=(236, 230, 214), seals=((0.7, 0.5, 80, "{company}", ""), (0.7, 0.82, 80, "样张市劳动局", "劳动合同鉴证章")),
    )),
    replace(form_layout("far-termination-boxes", "termination-cert", "open", Form(
        "终止或解除劳动合同（关系）登记证明书",
        (
            ("ends", "社保登记证号：{code}", "本联交职工存档"), ("cells", ("用人单位", "{company}"), ("职工", "{name}", "手机", "{phone}")), ("table", ("公民身份号码", *_DIGITS)), ("cells", ("招（录）用日期", "{moved}", "终止解除日期", "{iso_day}"), ("终止解除类别", "□期满 √单位提出协商一致 □本人辞职 □辞退 □破产关闭"), ("是否领取经济补偿", "是，计3个月"), ("医保最后缴费月份", "{year}年{month}月")), ("ends", "单位经办人：{clerk}", "职工签字：{name}"), ("sign", "人力资源和社会保障部门备案章", "{when}"),
        ),
        title_size=36, font=22, tall=64, face="print", seals=((0.3, 0.73, 86, "{company}", ""), (0.72, 0.78, 86, "{city}就业服务局", "用工备案章")),
    )), id_word="id"),
    form_layout("far-application-unit-remote", "application-form", "open", Form(
        "参保职工长期驻外（异地工作）就医申请审批表",
        (
            ("ends", "单位医保号：{code}", "申请日期：{iso_day}"), ("cells", ("姓 名", "{name}", "性 别", "{sex}", "年 龄", "{age}"), ("身份证号", "{id}", "医保卡号", "{card}"), ("驻外地址", "{destination}虚构区无有巷6号"), ("驻外事由", "派驻外地办事处工作", "期限", "12个月")), ("table", ("选定医院（限三家）", "医院等级", "当地医保经办机构盖章"), ("虚构市中心医院", "三级", ""), ("无有区中医院", "二级", ""), ("样张社区卫生服务中心", "一级", "")),
            ("big", "所在单位意见", "该同志系我单位派驻外地人员，申请属实。", "医保专管员：{clerk}", "（盖章）{when}"), ("big", "经办机构审批", "", "审批人：        （盖章）"),
        ),
        title_size=34, font=22, tall=54, hand=0, seals=((0.72, 0.7, 86, "{company}", ""),),
    )),
    form_layout("far-application-settlement-letter", "application-form", "open", Form(
        "关于变更住院结算类型的申请",
        (
            ("gap", 16), ("text", "{agency}：", "我院现有住院患者{name}，{sex}，{age}，住院号{serial}，身份证号{id}，入院诊断为{diagnosis}。该患者因精神行为异常转入我院精神科长期住院治疗，目前按普通疾病结算，与实际治疗不符。", "为保证参保患者的医疗保险待遇，特申请将该患者结算类型由“普通住院”变更为“精神病按床日结算”，变更起始日期为{when}。", "当否，请批示。", "附件：病历复印件一份。"), ("gap", 10), ("sign", "{hospital}（公章）", "联系人：{clerk} {phone}", "{when}"),
        ),
        over_title="{hospital}", title_colour=(20, 20, 24), title_size=40, font=27, margin=105, top=90, seals=((0.66, 0.74, 94, "{hospital}", ""),),
    )),
    form_layout("far-application-pharmacy-designation", "application-form", "open", Form(
        "{city}基本医疗保险定点零售药店资格申请表",
        (
            ("cells", ("药店名称", "{shop}"), ("详细地址", "{home}", "邮政编码", "990002"), ("法定代表人", "{name}", "企业负责人", "{p1}"), ("药品经营许可证号", "虚DB{serial}", "GSP证书号", "C-{short}"), ("营业执照注册号", "{credit}", "开业时间", "{iso_day}"), ("房屋产权", "√租赁 □自有", "营业时间", "8:00-21:00"), ("经营品种：西药", "1126", "其中医保目录品种", "783")), ("table", ("职工姓名", "职称", "从事岗位", "上岗证号", "参保情况"), ("{p1}", "执业药师", "质量负责", "ZY{short}", "已参保"), ("{p2}", "药师", "处方审核", "YS{code}", "已参保"), ("{p3}", "无", "营业员", "——", "已参保")), ("big", "申请内容", "申请成为医保定点零售药店，并自愿遵守服务协议。", "（公章）{when}"), ("big", "现场考察情况", "", "考察人（两人以上）："),
        ),
        title_size=34, font=20, tall=52, margin=50, seals=((0.72, 0.72, 84, "{shop}", ""),),
    )),
    form_layout("far-registration-2000-form-one", "registration-materials", "open", Form(
        "社 会 保 险 登 记 表",
        (
            ("ends", "表一（缴费单位填写）", "登记类别：医疗、生育"), ("cells", ("单位名称（章）", "{company}"), ("住所（地址）", "{address}"), ("组织机构统一代码", "9900{code}-X", "主管部门", "市经委"), ("工商登记执照信息：发照日期", "{iso_day}", "种类", "企业法人"), ("法定代表人姓名", "{name}", "身份证号码", "{id}"), ("缴费单位专管员", "{clerk}", "所在部门", "劳资科", "电话", "{phone}"), ("单位类型", "股份制企业", "隶属关系", "区属"), ("开户银行", "{branch}", "户名", "{company}"), ("银行基本账号", "{account}")), ("big", "社会保险经办机构审核意见", "", "审核人：          （章）", "年    月    日"), ("text", "填表说明：本表一式两份，缴费单位自领取营业执照之日起30日内办理。"),
        ),
        over_title="中华人民共和国", title_size=40, font=21, tall=56, hand=0, colour=(238, 234, 222), seals=((0.4, 0.16, 80, "{company}", ""),),
    )),
    form_layout("far-registration-online-receipt", "registration-materials", "open", Form(
        "医疗保险参保单位新增登记申报表",
        (
            ("ends", "网厅业务流水号 {long}", "企业一网通办专区"), ("lines", ("单位名称", "{company}"), ("统一社会信用代码", "{credit}"), ("注册地址", "{home}"), ("成立日期", "{iso_day}", "参保日期", "{year}-{month}"), ("法定代表人姓名", "{other}", "手机", "1390000{d1}{d2}{d3}8"), ("经办人姓名", "{clerk}", "经办人手机", "{phone}"), ("征缴方式", "税务代征", "医保区划", "假定区"), ("开户行", "{branch}"), ("对公账号", "{account}")), ("gap", 10), ("text", "温馨提示：请将本表打印并加盖单位公章后上传。"), ("sign", "单位盖章处", "{when}"),
        ),
        title_size=36, font=24, tall=60, face="print", margin=80, extras=(("bars", 700, 30, 220),), seals=((0.7, 0.82, 88, "{company}", ""),),
    )),
    form_layout("far-registration-change-ledger", "registration-materials", "open", Form(
        "参保单位基本信息变更登记表",
        (
            ("ends", "单位社会保险登记号：{code}", "表号：医管05表"), ("table", ("变更事项", "变更前", "变更后", "批准机关", "批准文件"), ("单位名称", "样张市第二机械厂", "{company}", "市场监管局", "准予变更通知"), ("单位地址", "子虚路1号", "乌有街90号", "——", "——"), ("单位类型", "国有企业", "有限责任公司", "国资委", "改制批复"), ("开户银行", "样张银行", "{bank}", "——", "——"), ("银行账号", "990{short}", "{account}", "——", "——"), ("专管员", "{p1}", "{clerk}", "——", "——")), ("gap", 24), ("ends", "参保单位（公章）  法定代表人：{name}", "医疗保险经办机构（公章）"), ("gap", 60), ("ends", "填表人：{clerk}  {when}", "复核人："),
        ),
        size=A4_WIDE, title_size=38, font=23, tall=66, colour=_GREY, seals=((0.16, 0.76, 82, "{company}", ""),),
    )),
    form_layout("far-settlement-inpatient-declaration", "settlement-report", "open", Form(
        "医疗保险住院费用结算申报审核表",
        (
            ("ends", "定点医院：{hospital}（三级）", "{year}年{month}月1日至{year}年{month}月末"), ("table", ("人员类别", "出院人次", "住院床日", "总费用", "目录外", "起付线", "统筹应付", "审核扣减", "实付"), ("在职", "212", "1840", "{fee}", "{m1}", "{m2}", "{m3}", "", ""), ("退休", "389", "4126", "{fee}", "{m4}", "{m5}", "{m6}", "", ""), ("离休", "12", "188", "{m7}", "0.00", "0.00", "{m7}", "", ""), ("二乙伤残", "2", "31", "{m8}", "0.00", "0.00", "{m8}", "", ""), ("总计", "615", "6185", "{fee}", "{m9}", "{m1}", "{total}", "", "")), ("gap", 24), ("ends", "院长：{other}      医保科长：{doctor}      填表：{clerk}", "（医院公章）"), ("gap", 20), ("ends", "医保中心初审：            复审：            主任：", "拨付日期：")),
        size=A4_WIDE, title_size=36, font=22, tall=66, seals=((0.84, 0.7, 82, "{hospital}", ""),),
    )),
    form_layout("far-settlement-pharmacy-reconciliation", "settlement-report", "open", Form(
        "定点药店个人账户结算对账表",
        (
            ("ends", "{shop}", "对账期 {year}年{month}月"), ("table", ("日期", "笔数", "刷卡金额", "冲正金额", "应结金额"), *((f"{{month}}月{day}日", f"{day}{{d1}}", f"{{m{day % 9 + 1}}}", "0.00", f"{{m{day % 9 + 1}}}") for day in range(1, 13)), ("合计", "{short[0]}{short[1]}9", "{total}", "0.00", "{total}")), ("gap", 12), ("ends", "扣除5%保证金：{v1}", "本期实结：{total}"), ("ends", "药店负责人：{name}（章）", "医保结算员：{clerk}")),
        title_size=36, font=23, tall=54, colour=(248, 250, 244), seals=((0.32, 0.86, 78, "{shop}", "财务专用章"),),
    )),
    form_layout("far-settlement-resident-clinic", "settlement-report", "open", Form(
        "城乡居民医保门诊统筹费用拨付申请单",
        (
            ("lines", ("医疗机构：", "子虚区社区卫生服务中心"), ("所属月份：", "{year}年{month}月", "级别：", "一级"), ("就诊人次：", "8{d1}{d2}", "次均费用：", "4{d3}.60")), ("table", ("费用类别", "发生金额", "政策范围内", "统筹支付"), ("药品费", "{m1}", "{m2}", "{m3}"), ("一般诊疗费", "{m4}", "{m5}", "{m6}"), ("家庭医生签约", "{m7}", "{m8}", "{m9}"), ("合  计", "{fee}", "{fee}", "{total}")), ("gap", 12), ("cells", ("申请拨付金额（大写）", "{total_words}"), ("收款户名", "子虚区社区卫生服务中心"), ("开户行及账号", "{branch} {account}")), ("big", "审核结算", "", "审核：      分管领导：      基金财务：")),
        title_size=36, font=23, tall=56, seals=((0.76, 0.2, 78, "子虚区社区卫生服务中心", "财务专用章"),),
    )),
    form_layout("far-physician-form-agreement", "physician-form", "open", Form(
        "医保协议医师（药师）信息登记备案表",
        (
            ("ends", "□首次登记  √变更执业地点  □注销", "协议编号 YS{short}"), ("cells", ("医师姓名", "{name}", "性别", "{sex}", "民族", "{nation}"), ("居民身份证", "{id}"), ("资格证书编号", "{long}", "取得日期", "{iso_day}"), ("执业证书编号", "{long2}", "注册机关", "{city}卫健委"), ("原执业机构", "样张市第八医院"), ("现执业机构", "{hospital}", "科别", "{dept}"), ("从医年限", "1{d1}年", "处方权", "普通、麻精"), ("培训考试成绩", "9{d2}分", "手机", "{phone}")), ("gap", 12), ("text", "医师声明：本人已学习医保医师管理办法，承诺因病施治、合理检查、合理用药。"), ("ends", "医师签字：{name}", "定点机构医保部门（盖章）"), ("sign", "登记日期：{when}"),
        ),
        title_size=36, font=22, tall=60, hand=0, extras=(), colour=(250, 250, 240), seals=((0.76, 0.78, 82, "{hospital}", "医保办"),),
    )),
    form_layout("far-physician-form-village", "physician-form", "open", Form(
        "定岗医师备案登记表",
        (
            ("lines", ("单位（盖章）：", "假定镇中心卫生院", "定岗编码：", "D990{short}"), ("姓名：", "{name}", "出生年月：", "{iso_birth}"), ("身份证号：", "{id}"), ("学历专业：", "大专 临床医学", "毕业时间：", "2006.7"), ("执业类别：", "乡村全科执业助理医师", "执业证号：", "{long2}"), ("资格证号：", "{long}"), ("技术职务：", "助理医师", "所在岗位：", "全科门诊"), ("年度考核：", "合格", "违规记录：", "无")), ("big", "卫生院意见", "同意申报定岗医师。", "院长签字：{other}   {when}"), ("big", "医保局意见", "予以备案，有效期三年。", "（盖章）{when}"),
        ),
        over_title="{province}基本医疗保险", title_size=38, font=23, tall=58, hand=1, seals=((0.74, 0.86, 84, "{city}医疗保障局", ""),),
    )),
    form_layout("far-department-form-rehab", "department-form", "open", Form(
        "医保定点医院特色科室申报备案表",
        (
            ("ends", "申报医院：{hospital}（公章）", "医院编码：{code}"), ("cells", ("科室名称", "康复医学科", "成立时间", "{iso_day}"), ("科室主任", "{name}", "学历职称", "硕士 主任医师"), ("编制床位", "40", "实际开放", "46", "近一年出院人次", "9{d1}2"), ("卫技人员：医师", "9", "治疗师", "14", "护士", "16"), ("诊疗项目", "运动疗法、作业疗法、言语训练、针灸推拿"), ("场地面积", "{area}平方米", "独立病区", "√是 □否")), ("table", ("主要设备名称", "型号", "台数", "启用年份"), ("减重步态训练器", "XU-200", "2", "2018"), ("吞咽电刺激仪", "Y-5", "3", "2019"), ("等速肌力训练系统", "WY-9", "1", "2020")), ("big", "卫健部门核准诊疗科目", "康复医学专业", "（附执业许可证副本）"), ("big", "医保经办机构备案", "", "（章）    年  月  日"),
        ),
        title_size=36, font=21, tall=54, seals=((0.3, 0.12, 82, "{hospital}", ""),),
    )),
    form_layout("far-department-form-hand", "department-form", "open", Form(
        "定点医疗机构临床科室登记备案卡",
        (
            ("cells", ("医疗机构", "{hospital}", "等级", "二甲"), ("科室名称", "{dept}", "科室代码", "0{d1}0{d2}"), ("病床数", "28张", "所在楼层", "住院楼5层"), ("科主任", "{name}", "护士长", "{p1}"), ("本科医师", "{doctor}、{clerk}、{p2}"), ("开展项目", "常规诊疗、无创通气、动态血压监测"), ("备案事项", "√新增  □更名  □撤并"), ("填卡人", "{p3}", "填卡日期", "{when}")), ("ends", "医院签章", "医保处签章")),
        size=(1240, 880), title_size=38, font=23, tall=66, hand=1, colour=(246, 238, 226), seals=((0.24, 0.86, 78, "{hospital}", ""),),
    )),
    form_layout("far-stamped-form-chain-store", "stamped-form", "open", Form(
        "零售药店医保协议事项变更表",
        (
            ("ends", "药店编码：P{short}    所属连锁：乌有同康医药", "表6"), ("lines", ("药店名称", "{shop}"), ("企业负责人", "{name}", "质量负责人", "{p1}"), ("原经营地址", "{home}"), ("现经营地址", "{address}"), ("原开户行账号", "990{short}", "现账号", "{account}"), ("变更日期", "{iso_day}", "联系人", "{clerk}")), ("text", "变更理由：门店搬迁并完成工商、药监变更登记。已附营业执照、药品经营许可证副本。"), ("ends", "药店盖章：", "总部盖章："), ("gap", 80), ("sign", "填报日期 {when}"),
        ),
        size=(1240, 980), title_size=40, font=24, tall=60, hand=0, seals=((0.16, 0.8, 84, "{shop}", ""), (0.66, 0.8, 84, "乌有同康医药连锁有限公司", "")),
    )),
    form_layout("far-confirmation-table", "account-confirmation", "open", Form(
        "协议药店结算账户信息确认书（建档用）",
        (
            ("table", ("确认项目", "登记内容", "核对结果"), ("单位名称", "{shop}", "一致"), ("组织机构/信用代码", "{credit}", "一致"), ("账户名称", "{shop}", "一致"), ("开户行", "{branch}", "一致"), ("账号", "{account}", "一致"), ("账户性质", "基本户", "一致")), ("gap", 16), ("text", "我单位对上述账户信息进行了逐项核对，确认无误，请据此建立档案。"), ("ends", "负责人：{name}", "财务：{p1}"), ("sign", "{shop}（公章）", "{when}"),
        ),
        size=(1240, 900), title_size=40, font=25, tall=66, face="hei", seals=((0.72, 0.82, 84, "{shop}", ""),),
    )),
    card_layout("far-bank-net-screen-print", "bank-info", "open", Card(
        (
            (40, 26, "企业网上银行", 34, "white bold"), (1240, 32, "欢迎您，{company}", 24, "white right"), (60, 130, "账户查询 > 账户详细信息", 26, "grey"), (60, 210, "账户户名", 26, "grey"), (360, 210, "{company}", 28), (60, 280, "账号", 26, "grey"), (360, 280, "{account}", 28), (60, 350, "开户网点", 26, "grey"), (360, 350, "{branch}", 28), (60, 420, "账户类型", 26, "grey"), (360, 420, "单位活期基本户", 28), (60, 490, "联行号", 26, "grey"), (360, 490, "3139{serial}", 28), (60, 560, "币种", 26, "grey"), (360, 560, "人民币", 28), (60, 630, "开户日期", 26, "grey"), (360, 630, "{iso_day}", 28), (60, 700, "账户状态", 26, "grey"), (360, 700, "正常", 28, "green"), (60, 790, "打印时间 {iso_day} 14:03:27   操作员 {clerk}", 24, "grey"),
        ),
        size=(1280, 860), colour=(252, 252, 252), face="print", bands=((0, 0, 1280, 90, (30, 90, 160)),), rules=tuple((50.0, y, 1230.0, y) for y in range(262, 800, 70)), seals=((1040, 660, 84, "{company}", ""),),
    )),
)  # fmt: skip

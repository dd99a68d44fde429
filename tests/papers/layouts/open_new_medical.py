# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers, deaths, promises and what must be refused, from yet other hospitals, years and systems: open layouts that measure unseen papers."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import with_id
from tests.papers.layouts.open_new_cards import renamed

# fmt: off
_ROLL = (("诊查费", "1", "{m3}"), ("血常规五分类", "1", "18.00"), ("氯雷他定片", "2盒", "{m5}"), ("蒲地蓝口服液", "3盒", "{m6}"))
_HOSPITAL = (
    form_layout("new-record-transfer-summary", "medical-record", "open", Form(
        "转院病情摘要",
        (("ends", "病员：{name}　{sex}　{age}", "病案号 {serial}"), ("ends", "身份证：{id}", "住院时间：{iso_day} 起"), ("gap", 8), ("text", "转往：虚构省立医院　　目的：进一步手术治疗", "病史：患者因{complaint}入住我科{ward}。病程中无发热，精神食欲差。查体：神志清，双肺呼吸音粗，心律齐，腹平软，双下肢无水肿。", "诊治经过：入院后完善血常规、胸部CT等检查，予抗感染、营养支持，症状缓解不明显。", "目前诊断：{diagnosis}。", "现生命体征：T 37.8℃，P 96次/分，R 22次/分，BP 118/72mmHg，SpO2 94%。", "转运注意：持续吸氧，备急救药品，家属已签署知情同意书。"), ("sign", "经治：{doctor}　上级：{clerk}", "{dept}", "{when}")),
        over_title="{hospital}", font=24, title_size=38, margin=90, colour=(250, 248, 240), seals=((0.68, 0.66, 80, "{hospital}", "病案专用章"),),
    )),
    renamed(card_layout("new-record-e-clinic-page", "medical-record", "open", Card(
        ((500, 36, "{hospital}", 32, "mid"), (500, 84, "门（急）诊电子病历", 38, "mid bold"), (60, 160, "{name}", 34, "bold"), (420, 166, "{sex}  {age}  {nation}族", 26), (940, 166, "就诊卡 {card}", 24, "right"), (60, 214, "证件 {id}", 24), (560, 214, "科室 {dept}（复诊）", 24), (940, 214, "{iso_day}", 24, "right"), *((x, y, text, 25, style, width) for y, label, value in ((280, "主诉", "{complaint}，加重3天"), (350, "现病史", "患者近期上述症状反复，夜间明显，自服药物效果欠佳，无胸痛、咯血，大小便正常。"), (470, "既往", "否认肝炎、结核；有青霉素过敏史"), (540, "查体", "BP 136/84mmHg，心率80次/分，律齐，未闻及杂音，腹软无压痛"), (640, "辅助", "心电图：窦性心律，ST-T轻度改变"), (710, "初步诊断", "{diagnosis}"), (780, "处置", "1. 口服药物 2周；2. 复查肝肾功；3. 不适随诊"), (850, "建议", "门诊治疗，必要时住院")) for x, text, style, width in ((60, label, "bold", 130), (200, value, "", 740))), (60, 980, "接诊医生 {doctor}", 26), (940, 980, "打印 {iso_day} 09:47  第1/1页", 24, "right"), (60, 1030, "（电子签名有效，仅供本次就诊使用）", 22, "grey")),
        size=(1000, 1090), colour=(252, 252, 252), face="print", rules=((50, 145, 950, 145), (50, 256, 950, 256), (50, 960, 950, 960)), extras=(("bars", 60, 50, 170),),
    ))),
    form_layout("new-lab-township-hand-slip", "lab-report", "open", Form(
        "化 验 单",
        (("ends", "子虚镇中心卫生院", "第 {short} 号"), ("lines", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("标本", "静脉血", "送检", "{doctor}", "日期", "{iso_day}")), ("table", ("检查项目", "结果", "正常值"), ("谷丙转氨酶", "{months} U/L", "0-40"), ("总胆红素", "1{v2}", "3.4-20.5"), ("空腹血糖", "{v3}", "3.9-6.1"), ("尿素氮", "{v4}", "2.9-8.2"), ("甘油三酯", "{v5}", "0.5-1.7"), ("乙肝表面抗原", "阴性", "阴性")), ("ends", "检验者：{clerk}", "报告：{iso_day}")),
        size=(800, 1000), font=23, tall=54, hand=1, title_size=44, margin=50, top=50, colour=(240, 232, 240), seals=((0.74, 0.9, 70, "子虚镇中心卫生院", "检验专用章"),),
    )),
    with_id(form_layout("new-diagnosis-disability-letter", "diagnosis", "open", Form(
        "医 学 诊 断 书",
        (("ends", "诊字（{year}）第{short}号", ""), ("gap", 10), ("text", "患者 {name}，{sex}，{age}，身份证件号 {spaced_id}，家住{home}。", "该患者自{when}起在我院{dept}就诊，经相关检查，现明确诊断为：", "　　{diagnosis}", "医师建议：规律服药，定期复查，避免重体力劳动，门诊随访。", "本诊断书仅证明病情，不作伤残鉴定依据。"), ("gap", 20), ("sign", "签发医师：{doctor}（主任医师）", "医务部审核：{clerk}", "{hospital}", "{when}")),
        font=28, title_size=50, margin=110, top=130, face="print", seals=((0.68, 0.62, 92, "{hospital}", "诊断证明专用章"),), colour=(248, 250, 246),
    ))),
    card_layout("new-invoice-clinic-2008", "invoice", "open", Card(
        ((600, 30, "虚构省非营利性医疗机构收费收据", 36, "mid bold"), (600, 82, "收 据 联", 26, "mid red"), (1150, 40, "No {serial}", 28, "right red"), (60, 130, "缴款人", 26), (170, 122, "{name}", 34, "pen"), (480, 130, "类别 自费/医保", 24), (1140, 130, "{when}", 26, "right"), *((x, 200 + 60 * row, text, 28, style) for row, (first, amount, second, more) in enumerate((("西药费", "{m1}", "手术费", "{m4}"), ("中药费", "{m2}", "床位费", "{m5}"), ("检查费", "{m3}", "护理费", "{m6}"), ("化验费", "——", "其他", "——"))) for x, text, style in ((80, first, ""), (330, amount, "pen"), (660, second, ""), (910, more, "pen"))), (80, 450, "合计人民币（大写）", 26), (340, 444, "{total_words}", 30, "pen"), (960, 444, "¥{total}", 32, "pen"), (80, 530, "收款单位（盖章） {hospital}", 26), (760, 530, "收款人  {clerk}", 26), (60, 590, "手写涂改无效，医保报销请保存本联", 22, "grey")),
        size=(1200, 640), colour=(250, 240, 236), rules=(*((50.0, float(y), 1150.0, float(y)) for y in (184, 244, 304, 364, 424, 498)), *((x, 184.0, x, 424.0) for x in (50.0, 310.0, 630.0, 890.0, 1150.0))), seals=((420, 550, 70, "{hospital}", "收费专用章"), (600, 110, 56, "虚构省财政厅", "票据监制章")),
    )),
    card_layout("new-invoice-e-slip-phone", "invoice", "open", Card(
        ((375, 50, "电子票据详情", 32, "mid"), (375, 130, "医疗收费电子票据", 44, "mid bold"), (375, 200, "{total}", 64, "mid red"), *((x, 310 + 62 * n, text, 26, style) for n, (label, value) in enumerate((("票据代码", "9906{short}"), ("票据号码", "00{serial}"), ("校验码", "{short[0]}f{short[1]}9a{short[2]}"), ("交款人", "{name}"), ("开票单位", "{hospital}"), ("开票日期", "{iso_day}"), ("结算号", "{long}"), ("统筹支付", "{m2}"), ("个账支付", "{m1}"), ("现金支付", "{m3}"))) for x, text, style in ((60, label, "grey"), (690, value, "right"))), (60, 960, "项目明细", 28, "bold"), *((x, 1010 + 50 * n, text, 24, style) for n, (item, number, amount) in enumerate(_ROLL) for x, text, style in ((60, item, ""), (430, number, ""), (690, amount, "right"))), (375, 1260, "下载原件    发送邮箱    查验真伪", 26, "mid blue")),
        size=(750, 1334), colour=(244, 246, 248), face="print", bands=((24, 110, 726, 1220, (255, 255, 255)),), rules=((50, 290, 700, 290), (50, 940, 700, 940)),
    )),
    form_layout("new-expense-drug-list-hand", "expense-list", "open", Form(
        "患者用药及诊疗收费明细账",
        (("ends", "姓名 {name}　社保号 {id}", "{year}年{month}月"), ("table", ("日期", "品名规格", "单位", "数量", "单价", "金额", "记账人"), ("3日", "5%葡萄糖 500ml", "瓶", "2", "3.20", "6.40", "{clerk}"), ("3日", "丹参注射液", "支", "10", "{v1}", "{m1}", "{clerk}"), ("4日", "换药（中）", "次", "1", "15.00", "15.00", "{clerk}"), ("5日", "B超（腹部）", "次", "1", "60.00", "60.00", "{p1}"), ("6日", "参麦注射液", "支", "6", "{v2}", "{m2}", "{p1}"), ("7日", "针灸治疗", "次", "5", "20.00", "100.00", "{p1}"), ("", "合　计", "", "", "", "{total}", "")), ("gap", 12), ("ends", "预交 2000.00元　应补（退） {m5}元", "患者签认：{name}")),
        over_title="虚构县中医医院住院收费处", size=(1240, 900), font=22, tall=58, title_size=36, hand=1, colour=(244, 246, 238), seals=((0.78, 0.84, 74, "虚构县中医医院", "收费专用章"),),
    )),
    form_layout("new-commitment-no-double-claim", "commitment", "open", Form(
        "承 诺 函",
        (("text", "{agency}：", "承诺人：{name}　　证件种类：居民身份证　　号码：{id}", "配偶：{p1}　　　　号码：{p1_id}"), ("gap", 10), ("text", "就本次申领生育医疗费用及生育津贴事宜，郑重承诺如下：", "（一）配偶未参加生育保险，未在其他统筹区领取同类待遇；", "（二）提交的发票、诊断材料均为真实原件，不重复报销；", "（三）如承诺不实，愿退回全部所得并依法担责。"), ("gap", 40), ("ends", "承诺人签名：{name}", "按手印："), ("ends", "联系方式：{phone}", "{when}")),
        font=28, title_size=54, margin=100, top=130, face="print",
    )),
    form_layout("new-death-cert-rural-village", "death-cert", "open", Form(
        "农村居民死亡证明（死因推断）",
        (("ends", "虚构省样张县", "编号 99{serial}"), ("lines", ("死者姓名", "{other}", "性别", "{other_sex}"), ("死者身份证号", "{other_id}"), ("出生", "{other_birth}", "卒年", "{other_age}"), ("死亡日期", "{when}", "死亡地点", "家中"), ("死亡原因", "脑出血后遗症（生前慢性病史）"), ("生前住址", "样张县子虚镇假定村"), ("亲属姓名", "{name}", "与死者关系", "子女")), ("text", "调查记录：经村医入户询问知情人并查阅健康档案推断死因，无外伤迹象，亲属无异议。"), ("sign", "推断医师：{doctor}", "子虚镇中心卫生院（章）", "{when}"), ("text", "此联由户籍部门查验后交殡仪馆、社保机构使用。")),
        font=25, tall=62, hand=0, title_size=42, colour=(240, 246, 240), margin=80, seals=((0.66, 0.72, 84, "子虚镇中心卫生院", "死亡证明专用章"),),
    ), subject="other"),
    form_layout("new-death-cert-hospital-notice-columns", "death-cert", "open", Form(
        "死亡医学证明",
        (("ends", "No. D{short}", "患者家属联"), ("table", ("逝者", "性别", "民族", "年龄"), ("{other}", "{other_sex}", "汉", "{other_age}")), ("gap", 10), ("cells", ("有效证件号", "{other_id}"), ("入院日期", "{iso_day}", "死亡时刻", "{when} 03时17分")), ("table", ("致死疾病诊断", "发病至死亡间隔"), ("（a）呼吸循环衰竭", "2小时"), ("（b）急性心肌梗死", "3天"), ("（c）冠状动脉粥样硬化性心脏病", "8年")), ("gap", 12), ("text", "经抢救无效，于上述时间宣布临床死亡，特出具证明，凭此办理户口注销、殡葬及保险事宜。"), ("ends", "诊治医师：{doctor}", "家属签收：{name}"), ("sign", "{hospital}（公章）", "{when}")),
        over_title="{hospital}", font=24, tall=60, title_size=42, face="print", seals=((0.7, 0.68, 88, "{hospital}", "死亡证明专用章"),),
    ), subject="other"),
)
_OTHERS = (
    form_layout("new-other-funeral-receipt", "other", "open", Form(
        "遗体火化证明书",
        (("ends", "虚构省民政厅监制", "火字第 {short} 号"), ("gap", 20), ("lines", ("逝者姓名", "{other}", "性别", "{other_sex}"), ("身份证号", "{other_id}"), ("死亡日期", "{iso_day}", "火化日期", "{when}"), ("骨灰存放", "家属自行领取", "办理人", "{name}")), ("text", "上述遗体已在我馆火化，特此证明。凭本证办理骨灰寄存、安葬手续。"), ("sign", "{city}殡仪馆", "{when}")),
        size=(1240, 860), font=26, tall=66, title_size=48, colour=(240, 240, 244), border="plain", margin=90, hand=0, seals=((0.7, 0.74, 88, "{city}殡仪馆", "火化专用章"),),
    ), lookalike="cremation"),
    form_layout("new-other-payments-tax-voucher", "other", "open", Form(
        "社会保险费缴费证明（个人历年缴费明细）",
        (("ends", "缴费人：{name}　证件号码：{id}", "打印：{iso_day}"), ("table", ("费款所属期", "险种", "缴费基数", "单位部分", "个人部分", "入库日期"), *((f"{{year}}-{month:02d}", "职工医疗", "{base}", f"3{month}8.40", f"9{month}.60", f"{{year}}-{month:02d}-15") for month in range(1, 10))), ("gap", 14), ("text", "本明细依据税务征收系统数据生成，仅反映缴费情况，不作为关系转移凭证。"), ("sign", "国家税务总局{city}税务局", "{iso_day}")),
        font=22, tall=64, title_size=36, margin=60, face="print", seals=((0.7, 0.76, 86, "{city}税务局", "业务专用章"),),
    ), lookalike="payments"),
    form_layout("new-other-disability-cert", "other", "open", Form(
        "中华人民共和国残疾人证",
        (("gap", 10), ("lines", ("姓名", "{name}"), ("性别", "{sex}", "民族", "{nation}"), ("出生年月", "{birth_y}年{birth_m}月"), ("证号", "{id}42"), ("残疾类别", "肢体", "残疾等级", "二级"), ("住址", "{address}"), ("监护人", "{p1}", "联系电话", "{phone}")), ("sign", "批准残联（盖章） {city}残疾人联合会", "签发日期 {iso_day}", "有效期 十年")),
        size=(1000, 740), font=23, tall=50, title_size=40, top=50, margin=70, right=220, colour=(244, 236, 226), waves=(236, 222, 206), extras=(("portrait", 760, 150, 160),), seals=((0.8, 0.76, 76, "{city}残疾人联合会", ""),),
    ), lookalike="disability"),
    form_layout("new-other-labour-contract", "other", "open", Form(
        "劳 动 合 同 书",
        (("text", "甲方：{company}　　法定代表人：{other}", "乙方：{name}　性别：{sex}　居民身份证号码：{id}", "根据《中华人民共和国劳动法》《中华人民共和国劳动合同法》，甲乙双方遵循平等自愿、协商一致的原则订立本合同。", "第一条　合同期限：固定期限，自{when}起，期限三年，其中试用期三个月。", "第二条　工作内容：乙方同意担任{occupation}岗位工作。", "第三条　劳动报酬：月工资{base}元，每月10日发放。", "第四条　社会保险：甲乙双方依法参加社会保险，按时缴费。", "第五条　解除、终止条件依照法律规定执行，届时甲方出具证明。"), ("gap", 30), ("ends", "甲方（盖章）", "乙方（签字）{name}"), ("ends", "签订日期：{when}", "鉴证机关：")),
        font=26, title_size=50, margin=90, top=110, seals=((0.22, 0.8, 90, "{company}", ""),),
    ), lookalike="labour-contract"),
)
LAYOUTS = (*_HOSPITAL, *_OTHERS)
# fmt: on

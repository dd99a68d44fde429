# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers - certificates, records, bills: layouts held back from the rules."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.held_cards import grid_card
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

_DAYS = tuple(
    (f"{{month}}-{n:02d}", name, spec, unit, amount, price, price)
    for n, (name, spec, unit, amount, price) in enumerate(
        (("奥美拉唑肠溶胶囊", "20mg×14", "盒", "1.00", "{v1}"), ("葡萄糖注射液", "5%/250ml", "袋", "2.00", "{v2}"), ("静脉采血", "", "次", "1.00", "4.00"), ("心电图检查", "12导", "次", "1.00", "30.00"), ("彩色多普勒超声", "腹部", "部位", "1.00", "120.00"),
         ("留置针", "24G", "个", "1.00", "{v3}"), ("二人间床位费", "", "床日", "1.00", "46.00"), ("Ⅱ级护理", "", "日", "1.00", "22.00"), ("氧气吸入", "", "小时", "8.00", "24.00"), ("住院诊查费", "", "日", "1.00", "18.00")), 1,
    )
)  # fmt: skip

_BEAT = (
    (0, 0, 20, -8),
    (20, -8, 34, 0),
    (34, 0, 40, 6),
    (40, 6, 48, -48),
    (48, -48, 56, 12),
    (56, 12, 62, 0),
    (62, 0, 84, -14),
    (84, -14, 100, 0),
)

LAYOUTS = (
    replace(card_layout("death-cert-first-sheet", "death-cert", "held", grid_card(
        (
            (50, (110, "死者姓名"), (170, "={other}"), (70, "性别"), (80, "={other_sex}"), (70, "民族"), (80, "={nation}"), (160, "国家或地区"), (140, "=中国"), (120, "年 龄"), (140, "={other_age}")), (50, (160, "有效身份\n证件类别"), (160, "=居民身份证"), (120, "证件号码"), (320, "={other_id}"), (100, "婚姻状况"), (280, "=丧偶")),
            (50, (110, "出生日期"), (270, "={other_birth}"), (110, "文化程度"), (150, "=初中及以下"), (120, "个人身份"), (380, "=退（离）休人员")), (50, (110, "死亡日期"), (340, "={when}22时40分"), (110, "死亡地点"), (580, "=√医疗卫生机构病房  □急诊室  □家中  □其他")), (50, (160, "生前工作单位"), (410, "={company}"), (110, "户籍地址"), (460, "={home}")),
            (50, (160, "可联系的家属"), (410, "={name}"), (110, "联系电话"), (460, "={phone}")), (44, (740, "致死的主要疾病诊断（ICD-10）"), (400, "发病至死亡大概间隔时间")), (48, (180, "Ⅰ.(a)直接死因"), (560, "=多器官功能衰竭"), (400, "=3天")), (48, (180, "(b)引起(a)的疾病"), (560, "={diagnosis}"), (400, "=10年")), (48, (180, "Ⅱ.其他疾病诊断"), (560, "=肺部感染"), (400, "=1月")),
            (60, (270, "生前主要疾病最高诊断单位"), (300, "=三级医院"), (200, "最高诊断依据"), (370, "=临床+理化")),
        ),
        (
            (630, 34, "居民死亡医学证明（推断）书", 38, "mid bold"), (60, 96, "____省____市____县（区、旗）    行政区划代码 990102", 20), (1200, 96, "编号：{serial}", 22, "right"), (60, 700, "医师签名：{doctor}", 23), (440, 700, "医疗卫生机构盖章：{hospital}", 23), (1200, 750, "填表日期：{when}", 23, "right"), (1200, 34, "第一联", 24, "right"),
        ),
        at=(60, 128), font=20, size=(1260, 810), colour=(252, 252, 248), face="print", seals=((640, 710, 80, "{hospital}", "死亡医学证明专用章"),),
    )), name_word="other", id_word="other_id"),
    form_layout("death-cert-registration-cancelled", "death-cert", "held", Form(
        "居民死亡医学证明书",
        (
            ("ends", "第四联  居民死亡殡葬证", "编号 99{short}"), ("gap", 10),
            ("cells", ("死者姓名", "{other}", "性  别", "{other_sex}", "死亡年龄", "{other_age}"), ("身份证号码", "{other_id}"), ("死者户籍住址", "{home}"), ("死亡日期", "{when}", "死亡原因", "{diagnosis}"), ("家属姓名", "{name}", "与死者关系", "子女")), ("gap", 20),
            ("ends", "医师签章：{doctor}", "派出所（户籍注销）签章："), ("ends", "医院盖章：{hospital}", "{when}"),
        ),
        size=(1000, 720), font=22, tall=54, title_size=38, top=50, hand=1, colour=(252, 244, 240), label_colour=(140, 40, 50), rule=(170, 90, 90), seals=((0.3, 0.84, 74, "{hospital}", "死亡证明章"),),
    ), subject="other"),
    card_layout("birth-cert-fourth-edition", "birth-cert", "held", Card(
        (
            (560, 60, "出生医学证明", 54, "mid bold red wide"), (560, 138, "Medical Certificate of Birth", 24, "mid"), (90, 200, "新生儿姓名 {name}", 26), (480, 200, "性别 {sex}", 26), (720, 200, "出生时间 {birth}  03 时 52 分", 26, "", 320), (90, 262, "出 生 地  虚构省 {city} 假定区", 26), (720, 290, "出生孕周 39 周", 26),
            (90, 324, "健康状况：良好  □一般  □差", 26), (480, 352, "体重 3350 克", 26), (720, 352, "身长 50 厘米", 26), (90, 400, "母亲姓名 {mother}   年龄 {mother_age}   国籍 中国   民族 {nation}", 26), (90, 452, "身份证号 {mother_id}", 26), (90, 514, "父亲姓名 {father}   年龄 {father_age}   国籍 中国   民族 汉", 26), (90, 566, "身份证号 {father_id}", 26),
            (90, 640, "出生地点分类：医院√  妇幼保健院  家庭  其他", 24), (90, 690, "接生机构名称：{hospital}", 26), (1030, 720, "出生证编号 H99{short}", 26, "right"), (1030, 765, "签发日期 {birth}", 26, "right"),
        ),
        size=(1120, 860), colour=(240, 246, 252), waves=(224, 236, 248), border="ornate", seals=((620, 760, 84, "{hospital}", "出生医学证明专用章"),),
    )),
    card_layout("birth-cert-seventh-edition", "birth-cert", "held", grid_card(
        (
            (56, (150, "新生儿姓名\nName of Baby"), (250, "={name}"), (110, "性别\nSex"), (90, "={sex}"), (150, "出生时间\nTime of Birth"), (450, "={birth_y}年{birth_m}月{birth_d}日 16时08分")), (56, (150, "出生孕周\nGestation"), (160, "=39周+2天"), (150, "出生体重\nWeight"), (170, "=3260 克"), (150, "出生身长\nLength"), (420, "=50 厘米")), (56, (150, "出生地\nPlace of Birth"), (350, "={place}假定区"), (150, "医疗机构名称\nFacility"), (550, "={hospital}")),
            (56, (150, "母亲姓名\nMother"), (160, "={mother}"), (70, "年龄\nAge"), (120, "={mother_age}"), (70, "国籍"), (90, "=中国"), (70, "民族"), (70, "={nation}"), (130, "身份证件号码\nID No."), (270, "={mother_id}")), (56, (150, "母亲住址\nAddress"), (1050, "={home}")),
            (56, (150, "父亲姓名\nFather"), (160, "={father}"), (70, "年龄\nAge"), (120, "={father_age}"), (70, "国籍"), (90, "=中国"), (70, "民族"), (70, "=汉"), (130, "身份证件号码\nID No."), (270, "={father_id}")), (56, (150, "父亲住址\nAddress"), (1050, "={home}")), (56, (240, "新生儿母亲或监护人签字"), (360, "={mother}"), (200, "签发人员签字"), (400, "={clerk}")),
        ),
        ((650, 48, "出 生 医 学 证 明", 46, "mid bold"), (650, 112, "BIRTH CERTIFICATE", 22, "mid"), (1250, 150, "编号 Y99{short}", 26, "right"), (60, 150, "正页", 24), (60, 700, "签发机构（盖章） {hospital}", 24), (1250, 700, "签发日期 {iso_birth}", 24, "right"), (650, 776, "中华人民共和国国家卫生健康委员会制发", 22, "mid")),
        at=(50, 190), font=20, size=(1300, 860), colour=(250, 244, 232), waves=(244, 234, 216), border="plain", extras=(("bars", 1000, 750, 200),), seals=((470, 700, 82, "{hospital}", "出生医学证明专用章"),),
    )),
    card_layout("record-outpatient-book", "medical-record", "held", Card(
        (
            (420, 40, "{city}门诊病历本", 34, "mid bold blue"), (60, 110, "就诊日期", 22, "blue"), (170, 100, "{when}", 28, "pen"), (480, 110, "科别", 22, "blue"), (550, 100, "{dept}", 28, "pen"), (60, 160, "姓名", 22, "blue"), (130, 150, "{name}", 28, "pen"), (330, 160, "性别 年龄", 22, "blue"), (450, 150, "{sex} {age}", 28, "pen"),
            (60, 228, "主诉：{complaint}。", 30, "pen", 700), (60, 348, "现病史：症状反复，活动后明显，无胸痛。", 30, "pen", 700), (60, 468, "既往：体健。 查体：BP 130/80mmHg，心肺未见异常。", 30, "pen", 700), (60, 588, "诊断：{diagnosis}", 30, "pen", 700), (60, 648, "处置：1、化验血常规、血糖", 30, "pen"), (100, 708, "2、心电图", 30, "pen"), (100, 768, "3、口服药物，两周后复诊", 30, "pen"), (500, 888, "医师签名：{doctor}", 30, "pen"),
        ),
        size=(840, 1180), colour=(250, 250, 244), rules=tuple((50.0, y, 790.0, y) for y in range(205, 1150, 60)),
    )),
    form_layout("record-admission", "medical-record", "held", Form(
        "入  院  记  录",
        (
            ("ends", "姓名：{name}    科室：{dept}    床号：{ward}", "病案号：{serial}"), ("lines", ("姓　　名：", "{name}", "出 生 地：", "{place}"), ("性　　别：", "{sex}", "职　　业：", "{occupation}"), ("年　　龄：", "{age}", "入院时间：", "{iso_day} 14:30"), ("民　　族：", "{nation}族", "记录时间：", "{iso_day} 16:05"), ("婚姻状况：", "{marriage}", "病史陈述者：", "本人")),
            ("text", "主　诉：{complaint}。", "现病史：患者于入院前无明显诱因出现上述症状，曾自服药物治疗（具体不详），效果欠佳，为求系统诊治来我院，门诊以“{diagnosis}”收入院。病程中精神、睡眠尚可，二便正常。", "既往史：否认结核、肝炎病史，否认外伤、手术史，否认输血史，无食物药物过敏史。", "个人史：生于原籍，无烟酒嗜好。婚育史、家族史无特殊。", "体格检查：T 36.4℃  P 82次/分  R 18次/分  BP 142/86mmHg。发育正常，营养中等，自动体位，查体合作。", "初步诊断：{diagnosis}"), ("sign", "住院医师：{clerk}    主治医师：{doctor}"),
        ),
        over_title="{hospital}", font=21, tall=38, title_size=32, face="print", margin=90, top=60,
    )),
    form_layout("record-progress-daycase", "medical-record", "held", Form(
        "24小时内入出院记录",
        (
            ("ends", "{hospital}", "住院号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("入院时间", "{iso_day} 08:20", "出院时间", "{iso_day} 17:30"), ("主诉", "{complaint}"), ("入院情况", "神清，步入病房，生命体征平稳，专科检查见病程记录。"), ("入院诊断", "{diagnosis}"), ("诊疗经过", "入院后予完善相关检查，行日间治疗，过程顺利，观察无不适，准予出院。"), ("出院诊断", "{diagnosis}"), ("出院医嘱", "1. 规律服药，不适随诊。 2. 两周后携本记录至{dept}门诊复诊。")), ("ends", "医师签名：{doctor}", "记录日期：{when}"),
        ),
        font=23, tall=70, title_size=38,
    )),
    form_layout("lab-urine-half-sheet", "lab-report", "held", Form(
        "{hospital}检验报告单（尿液分析）",
        (
            ("ends", "姓 名：{name}    性 别：{sex}    年 龄：{age}", "病员号：{serial}"), ("ends", "科 别：{dept}    标本种类：随机尿", "样本编号：{short}"),
            ("table", ("中文名称", "英文", "结果", "参考范围", "中文名称", "英文", "结果", "参考范围"), ("葡萄糖", "GLU", "2+", "阴性", "蛋白质", "PRO", "阴性", "阴性"), ("胆红素", "BIL", "阴性", "阴性", "尿胆原", "URO", "正常", "正常"), ("酮体", "KET", "阴性", "阴性", "比重", "SG", "1.015", "1.003-1.030"), ("隐血", "BLD", "±", "阴性", "白细胞", "LEU", "阴性", "阴性"), ("酸碱度", "pH", "6.0", "4.5-8.0", "亚硝酸盐", "NIT", "阴性", "阴性")),
            ("gap", 10), ("ends", "采样：{iso_day} 08:12   检验者：{clerk}   审核者：{doctor}", "报告：{iso_day} 09:30"), ("ends", "*此结果只对送检标本负责*", "第1页/共1页"),
        ),
        size=(1240, 780), font=21, tall=50, title_size=30, top=46, face="print",
    )),
    form_layout("lab-ultrasound", "lab-report", "held", Form(
        "彩色多普勒超声检查报告单",
        (
            ("ends", "姓名 {name}   性别 {sex}   年龄 {age}   科室 {dept}", "超声号 US{short}"), ("ends", "检查部位 肝、胆、胰、脾、双肾", "检查日期 {iso_day}"), ("gap", 40), ("text", "超声所见：", "肝脏大小形态正常，包膜光滑，实质回声细密增强，后方回声略衰减。胆囊大小正常，壁光滑，腔内未见异常回声。胰腺、脾脏未见明显异常。双肾大小形态正常，集合系统未见分离。CDFI：未见异常血流信号。", "超声提示：", "脂肪肝（轻度）；胆囊、胰腺、脾脏、双肾未见明显异常。"), ("gap", 80), ("ends", "诊断医师：{doctor}      记录员：{clerk}", "报告时间：{iso_day} 10:47"), ("ends", "本报告仅供临床参考，不作证明用", ""),
        ),
        over_title="{hospital}超声医学科", font=24, title_size=36, extras=(("squares", 840, 60, 80),),
    )),
    form_layout("lab-pathology", "lab-report", "held", Form(
        "病理检查报告书",
        (
            ("cells", ("病理号", "B{short}", "住院号", "{serial}", "收到日期", "{iso_day}"), ("姓 名", "{name}", "性 别", "{sex}", "年 龄", "{age}"), ("送检科室", "{dept}", "床 号", "{ward}"), ("送检标本", "胃窦黏膜活检"), ("临床诊断", "{diagnosis}")), ("gap", 20), ("text", "肉眼所见：", "灰白色黏膜组织三块，直径0.2～0.3cm，全部取材。", "镜下所见：", "胃窦黏膜慢性炎，间质淋巴细胞、浆细胞浸润，部分腺体肠上皮化生，未见异型增生。", "病理诊断：", "（胃窦）慢性萎缩性胃炎，轻度，伴肠化，HP（+）。"), ("gap", 60), ("ends", "报告医师：{doctor}      复核医师：{clerk}", "报告日期：{when}"),
        ),
        over_title="{hospital}病理科", font=24, tall=54, title_size=36, seals=((0.72, 0.78, 74, "{hospital}病理科", ""),), colour=(252, 250, 252),
    )),
    card_layout("lab-ecg", "lab-report", "held", Card(
        (
            (700, 30, "{hospital}  心电图检查报告", 34, "mid bold"), (60, 100, "姓名：{name}    性别：{sex}    年龄：{age}    科别：{dept}", 24), (1340, 100, "编号：{short}", 24, "right"), (60, 150, "心率 76 bpm    P-R间期 158 ms    QRS时限 92 ms    QT/QTc 386/421 ms    电轴 42°", 23), *((80, y, lead, 22) for y, lead in ((250, "Ⅰ"), (350, "Ⅱ"), (450, "V1"), (550, "V5"))),
            (60, 690, "诊断结论：", 26, "bold"), (200, 690, "窦性心律；ST-T轻度改变。", 26), (60, 760, "检查时间：{iso_day} 08:55", 24), (700, 760, "报告医师：{doctor}", 24), (60, 820, "增益 10mm/mV   走速 25mm/s", 20, "grey"),
        ),
        size=(1400, 880), colour=(255, 248, 246), face="print", rules=tuple((140 + x0 + beat * 100, y0 + y, 140 + x1 + beat * 100, y1 + y) for y in (270, 370, 470, 570) for beat in range(12) for x0, y0, x1, y1 in _BEAT),
    )),
    form_layout("diagnosis-stub", "diagnosis", "held", Form(
        "医 疗 诊 断 证 明 书",
        (
            ("ends", "医证字第{short}号", "病历号：{serial}"), ("cells", ("姓 名", "{name}", "性 别", "{sex}", "年 龄", "{age}"), ("身份证号", "{id}", "科 别", "{dept}"), ("单位（住址）", "{home}")), ("big", "诊断", "{diagnosis}"), ("big", "处理意见", "建议休息贰周，避免重体力劳动，门诊随访。"), ("ends", "医师签名（盖章）：{doctor}", "{when}"), ("text", "注：1. 未经盖章无效；2. 涂改无效；3. 本证明一式二份。"),
        ),
        size=(1000, 1000), over_title="{hospital}", font=23, tall=56, title_size=36, hand=1, rule=(60, 90, 140), label_colour=(50, 80, 130), seals=((0.62, 0.8, 78, "{hospital}", "疾病证明专用章"),),
    )),
    form_layout("diagnosis-electronic", "diagnosis", "held", Form(
        "电子诊断证明",
        (
            ("ends", "证明编号：ZD{long}", "开具日期：{iso_day}"), ("gap", 20), ("lines", ("患者姓名", "{name}", "性别/年龄", "{sex}/{age}"), ("就诊类型", "住院", "就诊科室", "{dept}"), ("入院日期", "{iso_day}", "出院日期", "{iso_day}"), ("门诊/住院号", "{serial}")), ("gap", 20), ("text", "临床诊断：", "1. {diagnosis}", "2. 高脂血症", "建议：", "全休14天；低盐低脂饮食；按医嘱服药；不适随诊。"), ("gap", 30), ("sign", "诊断医师：{doctor}（电子签名）", "医疗机构：{hospital}"), ("gap", 60), ("text", "请扫描右上角二维码核验本证明真伪。"),
        ),
        font=26, tall=58, title_size=42, face="print", right=0, extras=(("squares", 830, 40, 110),), seals=((0.72, 0.66, 84, "{hospital}", "诊断证明电子章"),), over_title="{hospital}",
    )),
    form_layout("invoice-electronic-outpatient", "invoice", "held", Form(
        "{province}医疗门诊收费票据（电子）",
        (
            ("ends", "票据代码：99060123   校验码：{short}", "票据号码：00{serial}"), ("ends", "交款人统一社会信用代码：           交款人：{name}", "开票日期：{iso_day}"), ("table", ("项目名称", "数量/单位", "金额（元）", "备注", "项目名称", "数量/单位", "金额（元）", "备注"), ("西药费", "1/项", "{m1}", "", "化验费", "1/项", "{m2}", ""), ("诊察费", "1/次", "9.00", "", "检查费", "1/项", "{m3}", "")),
            ("cells", ("金额合计（大写）", "{total_words}", "（小写）", "{total}")), ("text", "其他信息：业务流水号：{long}  门诊号：{short}  就诊日期：{iso_day}  医疗机构类型：综合医院  医保类型：职工医保  性别：{sex}  医保统筹基金支付：{m3}  其他支付：0.00  个人账户支付：{m1}  个人现金支付：{m2}  个人自付：0.00  个人自费：{m4}"), ("ends", "收款单位（章）：{hospital}", "复核人：{clerk}   收款人：{doctor}"),
        ),
        size=(1300, 800), font=20, tall=48, title_size=32, top=60, margin=60, label_colour=(150, 40, 40), title_colour=(150, 40, 40), rule=(170, 70, 70), extras=(("squares", 70, 24, 70),), seals=((0.5, 0.1, 66, "虚构省财政厅", "监制章"), (0.3, 0.84, 66, "{hospital}", "财务专用章")),
    )),
    card_layout("invoice-stub-old", "invoice", "held", grid_card(
        (
            (44, (170, "项   目"), (170, "金   额"), (170, "项   目"), (170, "金   额")), *((44, (170, left), (170, f"={{m{n}}}"), (170, right), (170, "=" if n > 3 else f"={{v{n}}}")) for n, (left, right) in enumerate((("西  药", "手 术 费"), ("中 成 药", "输 血 费"), ("中 草 药", "输 氧 费"), ("检 查 费", "接 生 费"), ("治 疗 费", "住 院 费"), ("化 验 费", "其  他")), 1)),
            (50, (170, "合计金额\n（大写）"), (510, "={total_words}")), (50, (170, "基本医疗\n保险支付"), (170, "={m7}"), (170, "个人缴费"), (170, "={m8}")),
        ),
        ((400, 30, "{province}医疗机构门诊收费收据", 30, "mid red"), (400, 74, "（收 据 联）", 22, "mid red"), (60, 110, "姓名：{name}", 23), (740, 110, "No {serial}", 25, "right red"), (60, 570, "收款单位（公章）：{hospital}", 21), (740, 610, "收款人：{clerk}   {when}", 21, "right"), (400, 655, "手 写 无 效", 22, "mid red")),
        at=(60, 145), font=20, label="red", size=(800, 710), colour=(250, 244, 244), seals=((560, 560, 66, "{hospital}", "收费专用章"), (400, 60, 54, "{province}财政厅", "票据监制章")),
    )),
    form_layout("invoice-pharmacy-vat", "invoice", "held", Form(
        "电子发票（普通发票）",
        (
            ("ends", "", "发票号码：2{long}9900"), ("ends", "", "开票日期：{when}"), ("cells", ("购买方名称", "{name}", "销售方名称", "{shop}"), ("统一社会信用代码/纳税人识别号", "", "纳税人识别号", "{credit}")), ("table", ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率/征收率", "税额"), ("*化学药品制剂*安罗替尼胶囊", "12mg*7粒", "盒", "2", "{m1}", "{m2}", "13%", "{v1}"), ("*中成药*复方丹参滴丸", "27mg*180丸", "瓶", "1", "{v2}", "{v3}", "13%", "{v4}"), ("合    计", "", "", "", "", "¥{m3}", "", "¥{v5}")), ("cells", ("价税合计（大写）", "{total_words}", "（小写）", "¥{total}"), ("备注", "个人账户支付 0.00"),), ("ends", "开票人：{clerk}", ""),
        ),
        size=(1300, 830), font=20, tall=50, title_size=38, title_colour=(140, 70, 50), label_colour=(140, 70, 50), rule=(160, 100, 80), top=50, margin=50, extras=(("squares", 60, 40, 100),), seals=((0.5, 0.11, 68, "全国统一发票监制章", "国家税务总局"),),
    )),
    form_layout("invoice-inpatient-national", "invoice", "held", Form(
        "医疗住院收费票据",
        (
            ("ends", "国家财政部监制    票据代码：00010123", "票据号码：{serial}"), ("lines", ("交款人：", "{name}", "开票日期：", "{iso_day}"), ("住院科别：", "{dept}", "住院号：", "{short}"), ("住院时间：", "{iso_day}至{iso_day}", "预缴金额：", "20000.00")), ("table", ("收费项目", "金额", "收费项目", "金额"), ("床位费", "{m1}", "手术费", "{m2}"), ("诊察费", "{m3}", "护理费", "{m4}"), ("检查费", "{m5}", "卫生材料费", "{m6}"), ("化验费", "{m7}", "西药费", "{m8}"), ("治疗费", "{m9}", "中成药费", "0.00")), ("gap", 6), ("ends", "合计（大写）：{total_words}", "¥{total}"), ("ends", "统筹基金支付：{m2}   大额支付：0.00   个人账户：{m3}", "个人支付：{m1}"), ("ends", "收款单位：{hospital}（盖章）", "收款人：{clerk}"),
        ),
        size=(1000, 1100), font=21, tall=46, title_size=36, top=60, face="print", colour=(244, 250, 246), seals=((0.35, 0.86, 74, "{hospital}", "住院收费专用章"),),
    )),
    form_layout("expense-daily", "expense-list", "held", Form(
        "住院费用一日清单",
        (
            ("ends", "病区：{ward}    姓名：{name}    住院号：{short}", "清单日期：{iso_day}"), ("table", ("日期", "项目名称", "规格", "单位", "数量", "单价", "金额"), *_DAYS), ("gap", 14), ("ends", "本日费用：{m1}    累计费用：{total}", "预交金余额：{m2}"), ("ends", "如有疑问请到护士站查询", "打印人：{clerk}"),
        ),
        over_title="{hospital}", font=21, tall=52, title_size=30, face="print", size=(1000, 1200),
    )),
    form_layout("expense-insured-split", "expense-list", "held", Form(
        "医疗保险患者出院费用明细单（分类汇总）",
        (
            ("ends", "医院：{hospital}", "打印时间：{iso_day}"), ("ends", "患者：{name}  性别：{sex}  社会保障号：{id}", "住院次数：1"), ("table", ("费用类别", "总金额", "甲类金额", "乙类金额", "自理比例", "丙类（自费）"), ("西药费", "{m1}", "{v1}", "{v2}", "10%", "0.00"), ("中成药", "{m2}", "{v3}", "{v4}", "10%", "{v5}"), ("检查费", "{m3}", "{v6}", "{v7}", "5%", "0.00"), ("化验费", "{m4}", "{v8}", "0.00", "0%", "0.00"), ("材料费", "{m5}", "0.00", "{v1}", "20%", "{v3}"), ("护理费", "{m6}", "{v2}", "0.00", "0%", "0.00"), ("床位费", "{m7}", "{v4}", "0.00", "0%", "{v6}"), ("合  计", "{total}", "{m8}", "{m9}", "", "{v8}")), ("gap", 24), ("ends", "患者（家属）签字：{name}", "出院结算处：{clerk}"),
        ),
        size=A4_WIDE, font=23, tall=66, title_size=34, seals=((0.76, 0.74, 78, "{hospital}", "出院结算专用章"),),
    )),
    form_layout("commitment-birth-reimbursement", "commitment", "held", Form(
        "承 诺 书",
        (
            ("gap", 20), ("text", "本人{name}（公民身份号码：{id}），系{company}职工，因在外地分娩，现向{agency}申请生育医疗费及生育津贴，特作如下承诺：", "1. 本人所填报的生育信息及提供的票据均真实有效；", "2. 本人配偶未参加其他生育保险，未享受同类待遇；", "3. 若与事实不符，本人愿承担退还基金、依法接受处理等全部责任。"), ("gap", 40), ("sign", "承诺人：{name}（签字按指印）", "手机：{phone}", "{iso_day}"),
        ),
        font=29, title_size=52, title_track=10, margin=110, top=130, size=(1000, 1300),
    )),
    form_layout("commitment-family-planning", "commitment", "held", Form(
        "生育保险待遇申领个人承诺书",
        (
            ("cells", ("申领人姓名", "{name}", "身份证件号码", "{id}"), ("工作单位", "{company}"), ("配偶姓名", "{other}", "子女出生日期", "{iso_day}"), ("生育胎次", "第一胎", "分娩医院", "{hospital}")), ("big", "承诺内容", "我承诺：以上情况属实，符合国家生育政策；如隐瞒事实骗取生育保险基金，自愿退回所领待遇并承担法律责任。", "本人签名：{name}", "{when}"), ("big", "单位意见", "情况属实。", "（公章）", "{when}"),
        ),
        font=25, tall=70, title_size=38, face="print", seals=((0.74, 0.62, 88, "{company}", ""),),
    )),
    form_layout("physician-form-agreement", "physician-form", "held", Form(
        "医保医师信息备案申请表",
        (
            ("ends", "医疗机构名称：{hospital}", "国家编码：H99{serial}"), ("cells", ("医师姓名", "{name}", "身份证件号码", "{id}"), ("性别", "{sex}", "民族", "{nation}", "联系方式", "{phone}"), ("资格证书编号", "{long}", "资格取得时间", "{iso_day}"), ("执业证书编号", "{long2}", "执业类别", "口腔"), ("执业范围", "口腔专业", "执业级别", "执业医师"), ("专业技术职称", "主治医师", "职称证编号", "99{serial}"), ("从事科室", "{dept}", "聘用形式", "在编")), ("gap", 10), ("cells", ("备案类型",), ("√首次备案", "□变更备案", "□注销备案", "生效日期 {iso_day}")), ("gap", 30), ("ends", "医师本人签字：{name}", "医保科（盖章）："), ("ends", "经办机构受理人：", "受理日期：    年   月   日"),
        ),
        font=23, tall=64, title_size=38, face="hei", seals=((0.8, 0.72, 82, "{hospital}", "医保办公室"),),
    )),
    form_layout("physician-form-list-brief", "physician-form", "held", Form(
        "定点医药机构医师（药师）备案登记表",
        (
            ("ends", "机构名称（章）：{hospital}", "联系电话：{phone}"), ("table", ("姓名", "性别", "公民身份号码", "技术职称", "资格证书号", "执业证书号", "执业科别", "备案日期"), ("{name}", "{sex}", "{id}", "副主任医师", "{long}", "{long2}", "{dept}", "{iso_day}"), *((("",) * 8),) * 5), ("gap", 30), ("text", "说明：随表附医师资格证书、执业证书、职称证书复印件，加盖医疗机构公章。"), ("ends", "分管院长：{doctor}", "填表人：{clerk}"),
        ),
        size=A4_WIDE, font=22, tall=72, title_size=38, seals=((0.3, 0.2, 84, "{hospital}", ""),),
    )),
    form_layout("department-form-change", "department-form", "held", Form(
        "医疗机构科室设置备案表",
        (
            ("ends", "单位：{hospital}", "填报日期：{iso_day}"), ("table", ("一级科室", "二级科室", "科主任", "医师数", "护士数", "编制床位", "开放床位", "核准诊疗科目"), ("内科", "{dept}", "{doctor}", "12", "18", "40", "45", "03"), ("外科", "骨科", "{p1}", "9", "14", "36", "36", "04.03"), ("中医科", "针灸科", "{p2}", "4", "5", "10", "12", "50.11"), ("重症医学科", "", "{p3}", "6", "16", "8", "8", "28")), ("gap", 20), ("text", "我院对上述科室信息的真实性负责，申请医保系统备案。附《医疗机构执业许可证》副本复印件。"), ("ends", "法定代表人：{name}", "医保负责人：{clerk}   电话：{phone}"), ("sign", "（公章）{when}"),
        ),
        size=A4_WIDE, font=23, tall=66, title_size=40, seals=((0.74, 0.76, 84, "{hospital}", ""),),
    )),
    card_layout("department-form-grid", "department-form", "held", grid_card(
        (
            (64, (170, "定点医疗\n机构名称"), (400, "={hospital}"), (130, "机构代码"), (180, "=99{short}")), (64, (170, "申报科室"), (240, "={dept}"), (150, "科室类别"), (320, "=临床科室")), (64, (170, "科室负责人"), (240, "={name}"), (150, "职    称"), (320, "=主任医师")), (64, (170, "联系电话"), (240, "={phone}"), (150, "启用时间"), (320, "={iso_day}")), (64, (170, "人员配备"), (710, "=主任医师1人，主治医师3人，护士6人")), (64, (170, "床位数量"), (240, "=30张"), (150, "面    积"), (320, "=680平方米")),
            (200, (60, "|医院意见"), (820, "=同意设立该科室并报医保部门备案。")), (200, (60, "|医保中心意见"), (820, "")),
        ),
        ((500, 60, "新增科室医保备案申请表", 38, "mid bold"), (60, 120, "申请单位：{hospital}（公章）", 22), (800, 676, "院长签字：{other}", 22, "right"), (800, 706, "{when}", 22, "right")),
        at=(60, 160), font=23, style="pen", size=(1000, 1020), colour=(252, 252, 250), seals=((640, 690, 76, "{hospital}", ""),),
    )),
)  # fmt: skip

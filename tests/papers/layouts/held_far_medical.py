# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers from far and wide - other provinces, years and systems: held layouts."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_medical import _DIGITS, _GREY, _GRID, _ROLL

LAYOUTS = (
    form_layout("far-record-course-continued", "medical-record", "held", Form(
        "",
        (
            ("ends", "{hospital}", "病程记录   第 4 页"), ("ends", "姓名：{name}    床号：{ward}", "病案号：{serial}"), ("gap", 16),
            ("text", "{iso_day} 08:40   {doctor}主任医师查房记录：", "今日查房，患者诉症状较前缓解，夜间睡眠可。查体：血压128/76mmHg，双肺呼吸音清，未闻及干湿性罗音，心率74次/分，律齐，腹软，无压痛，双下肢无浮肿。回报：血钾4.1mmol/L，肌酐82μmol/L。{doctor}主任医师分析：结合病史及辅助检查，{diagnosis}诊断明确，继续目前治疗方案，注意监测血压、血糖变化，嘱低盐饮食。", "医师签名：{clerk}"), ("gap", 10),
            ("text", "{iso_day} 15:30   日常病程：", "患者午后一般情况可，未诉特殊不适，体温36.4℃。双侧足背动脉搏动正常。今日予以停用心电监护，改二级护理，余治疗同前，续观。", "医师签名：{clerk}"), ("gap", 10),
            ("text", "次日 09:00   阶段小结：", "入院经过：患者因{complaint}入院。入院后予抗血小板、调脂、控制血糖等治疗。目前情况：生命体征平稳，切口无渗出。诊疗计划：复查肝肾功能，若无异常拟近日出院。", "医师签名：{clerk} / {doctor}"),
        ),
        title_size=8, font=24, margin=95, top=50, colour=_GREY,
    )),
    form_layout("far-record-summary-shanghai", "medical-record", "held", Form(
        "出院小结",
        (
            ("ends", "{name}  {sex}  {age}", "病区：{ward}"), ("cells", ("入院日期", "{iso_day}", "出院日期", "{when}"), ("住院号", "{serial}", "过敏药物", "未发现"), ("门诊诊断", "{diagnosis}"), ("入院诊断", "{diagnosis}"), ("出院诊断", "1.{diagnosis} 2.高脂血症")),
            ("big", "入院时情况", "{complaint}。查体神清气平，心律齐，各瓣膜区未及杂音。"), ("big", "诊治经过", "入院后完善检查，心超示左室舒张功能减退。予扩冠、降糖、护胃等治疗后好转。"), ("big", "出院时情况", "胸闷缓解，无发热，胃纳可，生命体征稳定。"), ("big", "出院后用药及建议", "阿司匹林肠溶片 0.1 每日一次；瑞舒伐他汀 10mg 每晚一次；两周后专科门诊随访。", "主治医师：{doctor}   住院医师：{clerk}"),
        ),
        over_title="虚构大学医学院附属样张医院", title_size=34, font=21, tall=46, face="hei",
    )),
    card_layout("far-lab-ecg", "lab-report", "held", Card(
        (
            (60, 40, "{hospital}", 30), (700, 36, "十二导联心电图报告", 36, "mid bold"), (60, 110, "ID: {serial}", 24), (60, 150, "{name}   {sex}   {age}", 26), (60, 194, "{dept}   {ward}", 24), (480, 110, "心率 HR      72 bpm", 24), (480, 150, "P-R 间期    158 ms", 24), (480, 190, "QRS 时限    92 ms", 24), (860, 110, "QT/QTc   388/424 ms", 24), (860, 150, "电轴 P/QRS/T   48/35/20", 24), (860, 190, "RV5+SV1   {v1} mV", 24),
            (60, 240, "诊断结论：窦性心律；ST-T 改变（V4-V6），请结合临床", 28, "bold"), (74, 350, "I", 26), (400, 350, "aVR", 26), (720, 350, "V1", 26), (1040, 350, "V4", 26), (74, 500, "II", 26), (400, 500, "aVL", 26), (720, 500, "V2", 26), (1040, 500, "V5", 26), (74, 650, "III", 26), (400, 650, "aVF", 26), (720, 650, "V3", 26), (1040, 650, "V6", 26),
            (60, 810, "25mm/s   10mm/mV   0.05-100Hz   AC50", 22), (60, 870, "检查日期：{iso_day} 09:22:16", 24), (900, 870, "审核医生：{doctor}", 24),
        ),
        size=(1400, 960), colour=(252, 240, 240), rules=_GRID, face="print",
    )),
    card_layout("far-lab-gastroscopy", "lab-report", "held", Card(
        (
            (500, 36, "{hospital}消化内镜中心", 32, "mid"), (500, 84, "电子胃镜检查图文报告", 38, "mid bold blue"), (50, 160, "内镜号 W{short}", 23), (680, 160, "检查日期 {iso_day}", 23), (50, 200, "姓名 {name}", 23), (330, 200, "性别 {sex}", 23), (500, 200, "年龄 {age}", 23), (680, 200, "来源 门诊", 23), (50, 240, "科别 {dept}", 23), (330, 240, "镜型 GIF-H260", 23), (680, 240, "麻醉方式 静脉", 23), (50, 300, "镜检所见", 25, "bold blue"),
            (50, 345, "食管：黏膜光滑，血管纹理清晰，扩张度好，齿状线清楚。", 23, "", 430), (50, 415, "贲门：开闭好。", 23), (50, 455, "胃底：黏液湖清亮，量中等。", 23), (50, 495, "胃体：黏膜充血，蠕动正常。", 23), (50, 535, "胃角：弧形存在。", 23), (50, 575, "胃窦：黏膜红白相间，以红为主，散在糜烂。", 23, "", 430), (50, 645, "幽门：圆，开放好。", 23), (50, 685, "球部及降部：未见异常。", 23),
            (50, 790, "内镜诊断", 25, "bold blue"), (90, 835, "慢性非萎缩性胃炎伴糜烂（胃窦）", 25), (50, 900, "活检部位：胃窦小弯2块     HP：阳性(+)", 23), (50, 940, "建议：根除HP治疗，一年后复查", 23), (50, 1060, "操作医师：{doctor}", 24), (600, 1060, "护士：{p1}", 24),
        ),
        size=(1000, 1140), colour=(252, 252, 252), face="hei", bands=tuple((x, y, x + 210.0, y + 200.0, (126 + int(y) % 40, 60, 54)) for x in (520.0, 745.0) for y in (310.0, 530.0)), rules=((40, 150, 960, 150), (40, 282, 960, 282), (40, 770, 960, 770), (40, 1040, 960, 1040)),
    )),
    replace(form_layout("far-diagnosis-special-outpatient", "diagnosis", "held", Form(
        "门诊特殊疾病诊断证明书",
        (
            ("ends", "（由二级及以上定点医疗机构填写）", "编号：MT{short}"), ("cells", ("患者姓名", "{name}", "性别", "{sex}", "联系电话", "{phone}")), ("table", ("身份证号", *_DIGITS)), ("cells", ("参保地", "{place}", "险种", "√职工 □居民"), ("申报病种", "{diagnosis}")),
            ("big", "病史摘要及主要检查结果", "患者{complaint}，多次于我院{dept}就诊，检查结果支持诊断，需长期门诊治疗。"), ("big", "诊断意见", "{diagnosis}，符合门诊特殊疾病认定标准。", "两名副高以上医师签字：{doctor}  {clerk}", "{when}"), ("big", "医务科", "情况属实。", "（诊断证明专用章）", "{when}"),
        ),
        over_title="{hospital}", title_size=36, font=22, tall=56, seals=((0.72, 0.83, 84, "{hospital}", "诊断证明专用章"),),
    )), id_word="id"),
    form_layout("far-invoice-township-handwritten", "invoice", "held", Form(
        "乡镇卫生院医药费收据",
        (
            ("ends", "（第二联 报销凭证）", "№ 00{short}"), ("lines", ("姓名", "{name}", "住址", "子虚村三组"), ("西药费", "{v1}", "中药费", "{v2}"), ("注射费", "3.00", "处置费", "5.00"), ("检查费", "20.00", "挂号费", "1.00"), ("合计人民币（大写）", "肆拾贰元伍角整", "¥", "42.50")), ("ends", "收款单位：样张市假定镇卫生院", "收款人：{clerk}    {when}"),
        ),
        size=(1100, 720), title_size=36, over_title="{province}医疗服务", font=25, tall=62, top=50, hand=0, colour=(240, 246, 238), label_colour=(30, 100, 60), title_colour=(30, 100, 60), seals=((0.74, 0.78, 76, "样张市假定镇卫生院", "收费专用章"),),
    )),
    card_layout("far-expense-thermal-slip", "expense-list", "held", Card(
        (
            (300, 30, "{hospital}", 28, "mid"), (300, 74, "门诊费用明细清单", 32, "mid bold"), (30, 140, "姓名:{name} 性别:{sex} {age}", 24), (30, 178, "就诊卡号:{serial}", 24), (30, 216, "开单科室:{dept} 医生:{doctor}", 24), (30, 276, "名称/规格", 24), (380, 276, "数量", 24), (570, 276, "金额", 24, "right"),
            *(item for n, (name, spec, count, price) in enumerate(_ROLL) for item in ((30, 326 + n * 84, name, 24), (30, 360 + n * 84, spec, 22, "grey"), (400, 340 + n * 84, count, 24), (570, 340 + n * 84, price, 24, "right"))),
            (30, 930, "总费用:{total}元", 26, "bold"), (30, 972, "其中:甲类{m1} 乙类{m2}", 24), (30, 1010, "自费{v5} 乙类先行自付{v6}", 24), (30, 1060, "收费员:自助机07  {iso_day} 08:55", 22), (300, 1110, "请妥善保管，可作报销附件", 22, "mid"),
        ),
        size=(600, 1160), colour=(238, 238, 236), face="print", rules=((24, 266, 576, 266), (24, 312, 576, 312), (24, 916, 576, 916)),
    )),
    form_layout("far-commitment-unemployed-spouse", "commitment", "held", Form(
        "未就业配偶生育医疗待遇申领承诺",
        (
            ("ends", "样表 医保经办-生育-07", "{iso_day}"), ("text", "{agency}：", "承诺人{name}（公民身份号码{id}，手机{phone}），系职工{other}的配偶。", "本人现郑重声明：自怀孕之日起至今未在任何用人单位就业，亦未以个人身份参加职工基本医疗保险，未领取失业保险金，未在户籍地城乡居民医保报销本次住院分娩费用。", "上述声明如有隐瞒或虚假，本人及配偶愿承担相应法律责任，并同意将失信信息纳入信用记录。"), ("ends", "职工本人签字：", "承诺人签字："), ("gap", 20), ("ends", "{other}", "{name}"), ("sign", "{when}"),
        ),
        title_size=34, font=26, margin=95, face="print",
    )),
    form_layout("far-death-cert-1992", "death-cert", "held", Form(
        "死 亡 医 学 证 明 书",
        (
            ("ends", "{province}    样张市    假定区", "编号 {short}"), ("cells", ("死者姓名", "{other}", "性别", "{other_sex}", "民族", "{nation}"), ("主要职业及工种", "退休工人", "婚姻", "有配偶"), ("身份证编号", "{other_id}"), ("户口地址", "{home}"), ("出生", "{other_birth}", "死亡", "{when}", "实足年龄", "{other_age}"), ("死亡地点", "1医院病房", "生前工作单位", "{company}"), ("Ⅰ(a)直接导致死亡的疾病", "心力衰竭", "时间间隔", "3天"), ("(b)引起(a)的疾病", "{diagnosis}", "时间间隔", "10年"), ("Ⅱ 其他疾病诊断", "肺部感染"), ("死者生前最高诊断单位", "1省级医院", "诊断依据", "3临床+理化")),
            ("ends", "住院号 {serial}    医师签名 {doctor}", "单位盖章"), ("sign", "填报日期 {when}"),
        ),
        title_size=40, font=21, tall=58, hand=1, colour=(240, 234, 218), seals=((0.8, 0.78, 82, "{hospital}", ""),),
    ), subject="other"),
)  # fmt: skip

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers - certificates, records, bills: further open layouts, held out until a fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("death-cert-inferred", "death-cert", "open", Form(
        "居民死亡医学证明（推断）书",
        (
            ("ends", "（死亡证明三 公安机关保存/死者家属保存）", "{when}"), ("gap", 20),
            ("lines", ("死者姓名：", "{other}", "性别：", "{other_sex}"), ("身份证件号码：", "{other_id}"), ("出生日期：", "{other_birth}", "死亡日期：", "{when}"), ("实足年龄：", "{other_age}", "民族：", "{nation}"), ("常住户口地址：", "{address}"), ("死亡地点：", "家中"), ("死亡原因：", "{diagnosis}"), ("家属姓名：", "{name}", "与死者关系：", "子女"), ("住址或工作单位：", "{company}")),
            ("sign", "医师签名：{doctor}", "民警签名：", "医疗卫生机构（盖章）"),
        ),
        size=(1200, 1000), font=25, tall=62, title_size=38, hand=1, colour=(250, 246, 240), seals=((0.75, 0.85, 94, "{hospital}", "死亡证明专用章"),),
    ), subject="other"),
    form_layout("birth-cert-sixth-edition", "birth-cert", "open", Form(
        "出生医学证明",
        (
            ("ends", "（副页）", "编号：R99{short}"),
            ("cells", ("新生儿姓名", "{name}", "性别", "{sex}"), ("出生时间", "{birth_y}年{birth_m}月{birth_d}日11时06分", "出生孕周", "40周"), ("出生体重", "3480克", "出生身长", "51厘米"), ("出生地", "{place}"), ("医疗机构", "{hospital}"), ("母亲", "{mother}", "身份证号", "{mother_id}"), ("父亲", "{father}", "身份证号", "{father_id}"), ("家庭住址", "{home}"), ("接生人员签字", "{doctor}", "签发人员签字", "{clerk}")),
            ("text", "注：本证明是新生儿出生的法定医学证明，是办理户口登记的依据。请妥善保管。"), ("sign", "签发单位：{hospital}", "签发日期：{birth}"),
        ),
        size=(1200, 1000), colour=(250, 238, 240), waves=(244, 222, 228), border="plain", title_size=48, title_track=20, font=22, tall=58, hand=0, seals=((0.74, 0.83, 90, "{hospital}", "出生医学证明专用章"),),
    )),
    form_layout("record-discharge", "medical-record", "open", Form(
        "出 院 记 录",
        (
            ("ends", "科别：{dept}  {ward}", "住院号：{serial}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}", "职业", "{occupation}")),
            ("text", "入院日期：{when}        住院天数：9天", "入院诊断：{diagnosis}", "出院诊断：{diagnosis}", "入院情况：患者因{complaint}入院。查体：神志清楚，精神可，皮肤黏膜无黄染，双肺未闻及干湿罗音。", "诊疗经过：入院后完善血常规、生化、心电图等检查，给予对症支持治疗，病情好转。", "出院情况：一般状况良好，生命体征平稳。", "出院医嘱：1.注意休息，避免劳累；2.按时服药；3.门诊随诊，不适及时就诊。"),
            ("sign", "医师签名：{doctor} / {clerk}", "{when}"),
        ),
        over_title="{hospital}", title_size=34, font=23, margin=90, seals=((0.3, 0.82, 84, "{hospital}", "病案专用章"),),
    )),
    form_layout("record-first-page", "medical-record", "open", Form(
        "住院病案首页",
        (
            ("ends", "医疗付费方式：□城镇职工基本医疗保险", "第 1 次住院   病案号：{serial}"),
            ("cells", ("姓名", "{name}", "性别", "{sex}", "出生日期", "{iso_birth}", "年龄", "{age}"), ("身份证号", "{id}", "职业", "{occupation}", "婚姻", "{marriage}"), ("现住址", "{address}", "电话", "{phone}"), ("工作单位", "{company}"), ("联系人姓名", "{other}", "关系", "父母"), ("入院时间", "{when}10时", "入院科别", "{dept}", "病房", "{ward}"), ("门（急）诊诊断", "{diagnosis}", "疾病编码", "E11.900")),
            ("table", ("出院诊断", "疾病编码", "入院病情", "其他诊断", "疾病编码"), ("{diagnosis}", "E11.900", "有", "高血压2级", "I10.x05"), ("", "", "", "脂肪肝", "K76.000")),
            ("cells", ("病理诊断", "", "药物过敏", "无"), ("科主任", "{doctor}", "主治医师", "{clerk}", "住院医师", "{p1}"), ("住院费用（元）：总费用", "{total}", "自付金额", "{m1}")),
        ),
        over_title="{hospital}", title_size=32, font=18, tall=44, margin=50,
    )),
    form_layout("lab-ct", "lab-report", "open", Form(
        "CT检查报告单",
        (
            ("ends", "检查号：CT{short}", "检查日期：{iso_day}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("科室", "{dept}", "床号", "{ward}", "检查部位", "胸部平扫")),
            ("text", "影像所见：", "胸廓对称，双肺纹理增多，右肺下叶见小结节影，直径约5mm，边界清；气管支气管通畅，纵隔内未见肿大淋巴结，心影不大，双侧胸腔未见积液。", "影像诊断：", "右肺下叶小结节，建议随访复查；双肺纹理增多。"), ("gap", 300),
            ("ends", "报告医师：{doctor}", "审核医师：{clerk}"), ("ends", "本报告仅供临床医师参考，不作任何证明。", "报告时间：{iso_day} 16:20"),
        ),
        over_title="{hospital}", title_size=34, font=24,
    )),
    form_layout("lab-biochemistry", "lab-report", "open", Form(
        "{hospital}生化检验报告",
        (
            ("ends", "患者：{name}  {sex}  {age}", "条码号：99{serial}"), ("ends", "申请科室：{dept}  申请医生：{doctor}", "标本：血清"),
            ("lines", ("丙氨酸氨基转移酶", "31 U/L", "参考值", "9-50"), ("天门冬氨酸氨基转移酶", "26 U/L", "参考值", "15-40"), ("总胆红素", "{v1} μmol/L", "参考值", "0-26"), ("尿酸", "402 μmol/L", "参考值", "208-428"), ("甘油三酯", "{v2} mmol/L ↑", "参考值", "0-1.7"), ("低密度脂蛋白", "{v3} mmol/L", "参考值", "0-3.4"), ("空腹血糖", "{v4} mmol/L", "参考值", "3.9-6.1")),
            ("gap", 14), ("ends", "检验：{clerk}  核对：{doctor}  报告日期：{iso_day}", "结果仅对该标本负责"),
        ),
        size=(1200, 780), title_size=32, font=21, tall=44, top=50,
    )),
    form_layout("diagnosis-printed", "diagnosis", "open", Form(
        "诊 断 证 明",
        (
            ("text", "兹证明患者{name}，{sex}，{age}，身份证号：{id}，因{complaint}于{when}来我院{dept}就诊。", "诊断：{diagnosis}。", "处理意见：建议长期药物治疗，定期门诊复查。", "特此证明。"), ("sign", "主治医师：{doctor}", "{hospital}（公章）", "{when}"), ("gap", 60), ("text", "备注：本证明涂改无效，不作伤残鉴定及诉讼依据。"),
        ),
        over_title="{hospital}", font=27, title_size=40, top=100, seals=((0.7, 0.55, 96, "{hospital}", "医务专用章"),),
    )),
    form_layout("invoice-vat-electronic", "invoice", "open", Form(
        "{city}增值税电子普通发票",
        (
            ("ends", "", "发票代码：0990{serial}   发票号码：{serial}"), ("ends", "　　　　　　　机器编号：9900{serial}", "开票日期：{when}   校验码：{long}"),
            ("cells", ("购买方", "名称：{name}    纳税人识别号：    地址、电话："),), ("table", ("货物或应税劳务、服务名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额"), ("*中药*恩替卡韦分散片", "0.5mg*28片", "盒", "2", "{v1}", "{m1}", "13%", "{v2}"), ("*化学药品制剂*甲磺酸奥希替尼片", "80mg*30片", "盒", "1", "{v3}", "{m2}", "13%", "{v4}")),
            ("cells", ("价税合计（大写）", "{total_words}", "（小写）", "¥{total}"), ("销售方", "名称：{shop}  纳税人识别号：{credit}  开户行及账号：{branch} {account}")), ("gap", 10), ("ends", "收款人：{clerk}    复核：{p1}    开票人：{p2}", "销售方：（章）"),
        ),
        size=(1240, 780), title_size=34, title_colour=(150, 70, 30), label_colour=(150, 70, 30), rule=(170, 100, 60), font=19, tall=54, top=40, margin=50, extras=(("squares", 60, 30, 100),), seals=((0.82, 0.86, 70, "{shop}", "发票专用章"), (0.5, 0.1, 60, "全国统一发票监制章", "")),
    )),
    card_layout("invoice-outpatient-strip", "invoice", "open", Card(
        (
            (330, 40, "{province}医疗门诊收费票据", 30, "mid bold"), (40, 100, "票据号码：{serial}", 22), (40, 140, "姓名：{name}    性别：{sex}", 24), (40, 180, "医疗机构类型：公立医院", 22), (40, 220, "就诊日期：{iso_day}  门诊号：{short}", 22),
            (40, 280, "西药费", 24), (620, 280, "{m1}", 24, "right"), (40, 320, "检查费", 24), (620, 320, "{m2}", 24, "right"), (40, 360, "化验费", 24), (620, 360, "{m3}", 24, "right"), (40, 400, "诊察费", 24), (620, 400, "15.00", 24, "right"),
            (40, 470, "合计（大写）：{total_words}", 22, "", 590), (40, 540, "（小写）：¥{total}", 26), (40, 590, "个人账户支付：{m1}  统筹支付：{m2}", 22), (40, 630, "现金支付：{m3}", 22), (40, 690, "收款单位（章）：{hospital}", 22), (40, 730, "收款人：{clerk}     {when}", 22),
        ),
        size=(660, 820), colour=(240, 246, 242), rules=((30, 265, 630, 265), (30, 450, 630, 450)), seals=((480, 690, 70, "{hospital}", "收费专用章"),),
    )),
    form_layout("expense-list-summary", "expense-list", "open", Form(
        "患者费用清单（汇总）",
        (
            ("ends", "患者姓名：{name}", "病历号：{serial}"), ("ends", "结算日期：{iso_day}", "医保类型：城乡居民"),
            ("table", ("编码", "收费项目", "单价", "数量", "总额", "自付比例"), ("250403", "糖化血红蛋白测定", "50.00", "1", "50.00", "0%"), ("310701", "常规心电图检查", "{v1}", "2", "{m1}", "0%"), ("120100", "Ⅱ级护理", "12.00", "9", "108.00", "0%"), ("XA10A", "盐酸二甲双胍片", "{v2}", "3", "{m2}", "10%"), ("XB01A", "低分子肝素钙注射液", "{v3}", "14", "{m3}", "5%"), ("C0304", "留置针", "{v4}", "4", "{m4}", "100%"), ("110900", "住院诊查费", "15.00", "9", "135.00", "0%"), ("XN02B", "布洛芬缓释胶囊", "{v5}", "1", "{m5}", "10%")),
            ("gap", 10), ("cells", ("药品费小计", "{m2}", "诊疗费小计", "{m3}"), ("总费用", "{total}", "本单自付", "{m1}")), ("sign", "{hospital}住院收费处", "核对人：{clerk}"),
        ),
        over_title="{hospital}", title_size=32, font=21, seals=((0.74, 0.6, 78, "{hospital}", "收费专用章"),),
    )),
    form_layout("commitment-integrity", "commitment", "open", Form(
        "医保业务办理告知承诺书",
        (
            ("cells", ("承诺人", "{name}", "证件号码", "{id}"), ("办理事项", "生育医疗费用报销", "联系电话", "{phone}")), ("gap", 20),
            ("text", "一、告知内容：申请人应如实提供证明材料。以虚假承诺骗取医疗保障基金支出的，依法承担法律责任。", "二、承诺内容：本人已经知晓告知的全部内容，自愿作出以下承诺：（一）填写的信息真实、准确；（二）已满足办理条件；（三）愿意配合核查并承担不实承诺的法律责任。"),
            ("sign", "承诺人签名：{name}", "日期：{when}"),
        ),
        font=25, title_size=40, tall=58, hand=1,
    )),
    form_layout("physician-form-wide", "physician-form", "open", Form(
        "{city}基本医疗保险定点医疗机构医保医师备案汇总表",
        (
            ("ends", "单位（公章）：{hospital}", "填报时间：{iso_day}"), ("table", ("序号", "医师姓名", "身份证号码", "执业证书编码", "执业类别", "执业范围", "职称", "科室"), ("1", "{name}", "{id}", "{long}", "临床", "内科", "主治医师", "{dept}"), ("2", "{p1}", "{p1_id}", "{long2}", "临床", "外科", "副主任医师", "普外科"), ("3", "{p2}", "{p2_id}", "1109{serial}12", "中医", "中医专业", "医师", "中医科")),
            ("gap", 40), ("ends", "填报人：{clerk}    联系电话：{phone}", "医保科负责人：{doctor}"),
        ),
        size=A4_WIDE, title_size=36, font=22, tall=60, seals=((0.24, 0.22, 90, "{hospital}", ""),),
    )),
    form_layout("department-form-single", "department-form", "open", Form(
        "医保定点医疗机构新增科室（诊疗科目）备案表",
        (
            ("cells", ("医疗机构名称", "{hospital}"), ("医保编码", "H9901{short}", "法定代表人", "{other}"), ("新增科室名称", "{dept}", "开诊日期", "{when}"), ("科室负责人", "{name}", "职称", "主任医师"), ("医师人数", "8", "护士人数", "12", "核定床位", "36"), ("主要设备", "多参数监护仪、心电图机、除颤仪、输液泵"), ("经办人", "{clerk}", "联系电话", "{phone}")),
            ("big", "医疗机构意见", "经研究，同意申报。", "负责人签字：{other}", "（盖章）{when}"), ("big", "医保部门备案意见", "", "（盖章）    年   月   日"),
        ),
        title_size=36, tall=64, hand=1, seals=((0.74, 0.58, 90, "{hospital}", ""),),
    )),
)  # fmt: skip

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Licences, physicians' certificates and papers of leaving, dying and changing agencies, from elsewhere and other years: held layouts."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import ID_BOXES, with_id
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("business-legal-person-1999", "business-license", "held", Form(
        "企业法人营业执照",
        (
            ("ends", "（副本）", "注册号  9901001{short}（1-1）"), ("gap", 16), ("lines", ("企 业 名 称", "{company}"), ("住       所", "{address}"), ("法定代表人", "{name}"), ("注 册 资 金", "叁拾万元"), ("经 济 性 质", "集体所有制"), ("经 营 方 式", "零售、服务"), ("经 营 范 围", "主营：西药、中成药  兼营：日用百货、滋补品")),
            ("text", "根据《中华人民共和国企业法人登记管理条例》，经审查核准登记注册，发给此照。"), ("table", ("一九九九年度", "二〇〇〇年度", "二〇〇一年度", "二〇〇二年度"), ("年检合格", "年检合格", "", "")), ("sign", "中华人民共和国样张市工商行政管理局", "一九九九年七月八日"),
        ),
        font=26, tall=62, title_size=62, title_track=8, hand=0, border="plain", margin=100, top=210, colour=(250, 246, 236), extras=(("emblem", 500, 125, 56),), seals=((0.68, 0.86, 96, "样张市工商行政管理局", ""),),
    )),
    form_layout("medical-licence-electronic", "medical-license", "held", Form(
        "医疗机构执业许可证",
        (
            ("ends", "（电子证照）", "证照编号：{serial}990102219D2102"), ("cells", ("机构名称", "{hospital}"), ("第二名称", "无"), ("统一社会信用代码", "{credit}"), ("地址", "{address}"), ("法定代表人", "{name}", "主要负责人", "{doctor}"), ("机构类别", "门诊部", "经营性质", "营利性"), ("床位（牙椅）", "0（4）", "服务方式", "门诊"), ("诊疗科目", "口腔科（牙体牙髓病专业；牙周病专业；口腔修复专业）；医学影像科（X线诊断专业）"), ("有效期限", "{span_cn}"), ("发证机关", "{city}假定区卫生健康局", "发证日期", "{iso_day}")),
            ("text", "使用声明：本电子证照由政务服务平台下载，复印无效，请以扫码核验结果为准。"),
        ),
        size=A4_WIDE, font=23, tall=58, title_size=46, face="hei", colour=(238, 246, 250), waves=(220, 234, 242), label_colour=(40, 80, 130), rule=(120, 150, 180), top=60, extras=(("squares", 1230, 22, 98),), seals=((0.84, 0.8, 88, "{city}假定区卫生健康局", ""),),
    )),
    form_layout("drug-licence-enterprise-1995", "drug-license", "held", Form(
        "药品经营企业许可证",
        (
            ("ends", "（零售兼批发）", "虚经零字第 {short} 号"), ("gap", 16), ("lines", ("企业名称", "{shop}"), ("地    址", "{home}"), ("经济性质", "集体", "经营方式", "零售"), ("企业负责人", "{name}"), ("经营范围", "西药制剂、中成药、中药材"), ("有 效 期", "1995年9月至2000年8月")), ("text", "根据《中华人民共和国药品管理法》的规定，经审查合格，特发此证。"), ("sign", "发证机关：样张市卫生局  样张市医药管理局", "1995年 9 月 20 日"),
        ),
        size=(1240, 900), font=26, tall=62, title_size=54, hand=0, colour=(248, 238, 214), border="ornate", margin=110, top=100, title_colour=(160, 30, 34), seals=((0.6, 0.82, 84, "样张市医药管理局", ""), (0.8, 0.82, 84, "样张市卫生局", "")),
    )),
    form_layout("qualification-speciality-practical", "physician-qualification", "held", Form(
        "中医（专长）医师资格证书",
        (
            ("ends", "编码：{long}", ""), ("gap", 12), ("lines", ("姓    名", "{name}"), ("性    别", "{sex}"), ("民    族", "{nation}"), ("出生年月", "{birth_y}年{birth_m}月"), ("身份证号", "{id}"), ("技术专长", "针刺治疗腰腿痛"), ("考核地点", "虚构省")), ("text", "依照《中华人民共和国中医药法》，经考核合格，授予中医（专长）医师资格。"), ("sign", "签发机关：虚构省中医药管理局", "签发日期：{when}"),
        ),
        size=(1240, 900), font=26, tall=60, title_size=44, right=260, border="ornate", margin=100, top=100, colour=(246, 240, 222), waves=(236, 226, 200), extras=(("portrait", 920, 210, 200),), seals=((0.72, 0.84, 86, "虚构省中医药管理局", "资格审核专用章"),),
    )),
    form_layout("practice-village-doctor", "physician-practice", "held", Form(
        "乡村医生执业证书",
        (
            ("ends", "证书编码：99010{serial}", "{city}卫健（乡医）字"), ("gap", 16), ("lines", ("姓        名：", "{name}"), ("性        别：", "{sex}", "民族：", "{nation}"), ("出生日期：", "{birth}"), ("身份证号：", "{id}"), ("执业地点：", "子虚镇假定村卫生室"), ("执业类别：", "乡村全科"), ("有  效  期：", "{span_cn}")), ("text", "根据《乡村医生从业管理条例》，准予注册执业。"), ("sign", "发证机关（盖章）：样张县卫生健康局", "{when}"),
        ),
        size=(1240, 900), font=26, tall=62, title_size=50, right=270, hand=1, colour=(234, 244, 236), border="plain", margin=90, top=90, extras=(("portrait", 920, 200, 200),), seals=((0.72, 0.82, 86, "样张县卫生健康局", "乡村医生注册专用章"),),
    )),
    form_layout("title-e-certificate-senior", "physician-title", "held", Form(
        "职称证书",
        (
            ("ends", "（电子）", "证书编号：990{serial}A"), ("gap", 10), ("text", "{name}同志于{when}，经虚构省卫生系列高级职称评审委员会评审通过，具备主任医师资格。", "特发此证。"), ("gap", 20), ("cells", ("姓名", "{name}"), ("公民身份号码", "{id}"), ("系列（专业）", "卫生技术（{dept}）"), ("职称名称", "主任医师", "级别", "正高级"), ("评审通过时间", "{iso_day}")), ("sign", "虚构省人力资源和社会保障厅（电子印章）", "在线验证码：{short}"),
        ),
        size=A4_WIDE, font=26, tall=58, title_size=60, title_track=20, face="print", border="ornate", margin=130, top=110, colour=(250, 246, 238), waves=(240, 234, 220), title_colour=(170, 30, 36), extras=(("squares", 1120, 84, 110),), seals=((0.74, 0.82, 90, "虚构省人力资源和社会保障厅", "职称专用章"),),
    )),
    with_id(form_layout("enrolment-migrant-2010", "enrolment-cert", "held", Form(
        "流动就业人员基本医疗保障参保（合）凭证",
        (
            ("ends", "第一联：参保人员留存", "No. {short}"), ("gap", 16), ("lines", ("姓名", "{name}", "性别", "{sex}")), ("table", ("身份证号", *ID_BOXES)), ("gap", 24), ("lines", ("参保类型", "√城镇职工  □城镇居民  □新农合"), ("户籍所在地", "{home}"), ("本地参保时间", "2005年3月至2010年6月"), ("累计缴费", "63个月", "个人账户", "{m1}元"), ("经办机构名称", "{agency}"), ("经办人", "{clerk}", "联系电话", "0990-00001{d1}{d2}")), ("sign", "经办机构（章）", "2010 年 7 月 15 日"),
        ),
        size=(1240, 900), font=25, tall=58, title_size=38, hand=1, colour=(244, 236, 240), margin=80, seals=((0.74, 0.82, 88, "{agency}", "转移专用章"),),
    ))),
    replace(card_layout("death-cert-village", "death-cert", "held", Card(
        (
            (350, 80, "死 亡 证 明", 50, "pen"), (150, 190, "兹证明我村村民{other}，{other_sex}，{other_birth}出生，", 32, "pen"), (80, 250, "身份证号{other_id}，住{home}，", 32, "pen", 830), (80, 360, "因年老患病医治无效，于{when}在家中去世。", 32, "pen", 830), (150, 470, "家属{name}（{id}）前去办理有关手续，", 32, "pen", 760), (80, 570, "望予接洽为盼。", 32, "pen"), (150, 640, "特此证明。", 32, "pen"), (470, 760, "子虚镇假定村民委员会（盖章）", 32, "pen"), (560, 830, "村主任：{clerk}", 32, "pen"), (560, 900, "{when}", 32, "pen"),
            (80, 1030, "镇卫生院意见：情况属实，死因为{diagnosis}。", 32, "pen", 830), (560, 1150, "医师：{doctor}", 32, "pen"),
        ),
        size=(1000, 1280), colour=(250, 248, 240), seals=((660, 800, 96, "子虚镇假定村民委员会", ""), (640, 1140, 86, "子虚镇卫生院", "")),
    )), name_word="other", id_word="other_id"),
    form_layout("termination-bilingual", "termination-cert", "held", Form(
        "终止劳动关系证明  Certificate of Termination",
        (
            ("text", "兹证明以下员工与我司的劳动合同已经解除。This is to certify that the labour contract of the employee below has been terminated."), ("cells", ("员工姓名 Name", "{name}"), ("身份证号 ID No.", "{id}"), ("部门及职务 Position", "市场部  {occupation}"), ("入职日期 Date of joining", "2015-04-01"), ("最后工作日 Last day", "{iso_day}"), ("解除原因 Reason", "劳动者提出解除 Resignation"), ("竞业限制 Non-compete", "无 None")), ("text", "该员工已办结全部离职交接手续，双方无劳动争议。"), ("sign", "{company}", "人力资源部 Human Resources", "{iso_day}"),
        ),
        font=25, tall=68, title_size=38, face="print", margin=90, top=110, seals=((0.72, 0.78, 92, "{company}", "人力资源部"),),
    )),
)  # fmt: skip

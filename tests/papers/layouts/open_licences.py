# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Licences, certificates of physicians, bank papers: layouts that may be seen."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("business-portrait", "business-license", "open", Form(
        "营业执照",
        (
            ("ends", "统一社会信用代码", "（副  本）1-1"), ("ends", "{credit}", "扫描二维码登录国家企业信用信息公示系统"), ("gap", 24),
            ("lines", ("名    称", "{company}"), ("类    型", "有限责任公司（自然人投资或控股）"), ("住    所", "{address}"), ("法定代表人", "{name}"), ("注册资本", "壹佰万元整"), ("成立日期", "{when}"), ("营业期限", "{span_cn}"), ("经营范围", "药品零售；保健食品销售；第二类医疗器械销售；日用百货销售。（依法须经批准的项目，经相关部门批准后方可开展经营活动）")),
            ("sign", "登记机关", "{when}"), ("gap", 30), ("text", "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告。"),
        ),
        colour=(248, 244, 232), waves=(240, 234, 216), border="ornate", extras=(("emblem", 500, 130, 56), ("squares", 800, 150, 100)), title_size=72, title_track=20, top=220, margin=110, font=24, tall=62, seals=((0.72, 0.76, 98, "{city}市场监督管理局", ""),),
    )),
    form_layout("medical-licence-original", "medical-license", "open", Form(
        "医疗机构执业许可证",
        (
            ("gap", 20), ("lines", ("机构名称", "{hospital}"), ("地    址", "{address}", "邮政编码", "990000"), ("所有制形式", "全民", "机构类别", "综合医院"), ("诊疗科目", "预防保健科/内科/外科/妇产科/儿科/口腔科/急诊医学科/康复医学科/麻醉科/医学检验科/医学影像科/中医科"), ("法定代表人", "{other}", "主要负责人", "{name}"), ("床    位", "300张", "牙    椅", "6台"), ("登 记 号", "{serial}99010112A1001"), ("有效期限", "{span_cn}")),
            ("text", "该医疗机构经核准登记，准予执业。"), ("sign", "发证机关 {city}卫生健康委员会", "发证日期 {when}"),
        ),
        colour=(250, 246, 234), border="ornate", extras=(("emblem", 500, 120, 50),), top=190, title_size=56, font=24, tall=60, margin=110, seals=((0.72, 0.72, 96, "{city}卫生健康委员会", ""),),
    )),
    form_layout("drug-licence-retail", "drug-license", "open", Form(
        "药品经营许可证",
        (
            ("ends", "（零售）", "许可证编号：虚DA{short}"), ("gap", 20), ("lines", ("企业名称：", "{shop}"), ("注册地址：", "{address}"), ("法定代表人：", "{other}", "企业负责人：", "{name}"), ("质量负责人：", "{doctor}", "经营方式：", "零售"), ("仓库地址：", "无"), ("经营范围：", "中药饮片、中成药、化学药制剂、抗生素制剂、生化药品、生物制品（除疫苗）***"), ("有效期至：", "{span}")),
            ("sign", "发证机关：{city}市场监督管理局", "{when}"), ("text", "国家药品监督管理局制"),
        ),
        size=A4_WIDE, colour=(240, 246, 250), waves=(222, 234, 244), border="plain", extras=(("emblem", 190, 130, 54),), title_size=60, title_track=12, font=25, tall=58, margin=120, top=90, seals=((0.74, 0.75, 92, "{city}市场监督管理局", ""),),
    )),
    form_layout("bank-basic-account", "bank-info", "open", Form(
        "基本存款账户信息",
        (("gap", 20), ("lines", ("账户名称：", "{company}"), ("账户号码：", "{account}"), ("开户银行：", "{branch}"), ("法定代表人（单位负责人）：", "{name}"), ("基本存款账户编号：", "J9900{serial}")), ("gap", 40), ("sign", "{when}")),
        size=A4_WIDE, font=30, tall=84, title_size=50, colour=(250, 250, 246), seals=((0.72, 0.7, 100, "{branch}", "业务公章"),),
    )),
    form_layout("confirmation-account", "account-confirmation", "open", Form(
        "医保结算银行账户确认书",
        (
            ("text", "{agency}：", "我单位自愿将下列银行账户作为医疗保险费用结算的唯一收款账户，因账户信息错误造成的后果由我单位自行承担。"),
            ("cells", ("单位名称", "{shop}"), ("统一社会信用代码", "{credit}"), ("开户名称", "{shop}"), ("开户银行", "{branch}"), ("银行账号", "{account}"), ("联行号", "9901{serial}"), ("联系人", "{clerk}", "联系电话", "{phone}")), ("sign", "法定代表人签字：{name}", "单位（公章）：{shop}", "{when}"),
        ),
        font=25, tall=60, seals=((0.7, 0.72, 96, "{shop}", ""),),
    )),
    card_layout("qualification-old-booklet", "physician-qualification", "open", Card(
        (
            (940, 60, "医师资格证书", 44, "mid bold red"), (700, 170, "姓    名：{name}", 27), (700, 225, "性    别：{sex}", 27), (700, 280, "出生日期：{birth}", 27), (700, 335, "身份证号：{id}", 27), (700, 390, "类    别：临床执业医师", 27), (700, 445, "毕业学校：虚构医科大学", 27), (700, 500, "证书编码：{long}", 27),
            (325, 560, "持证人签名", 24, "mid"), (325, 600, "{name}", 36, "mid"), (60, 680, "签发机关  虚构省卫生健康委员会", 24), (60, 730, "签发日期  {when}", 24),
        ),
        size=(1240, 840), colour=(244, 240, 228), waves=(236, 228, 212), rules=((640, 10, 640, 830),), extras=(("portrait", 220, 120, 210),), seals=((430, 640, 86, "虚构省卫生健康委员会", "资格认定专用章"),),
    )),
    card_layout("practice-old-booklet", "physician-practice", "open", Card(
        (
            (325, 60, "医师执业证书", 42, "mid bold"), (60, 500, "编码：{long2}", 26), (60, 560, "签发机关：{city}卫生健康委员会", 24), (60, 610, "{when}", 26), (700, 80, "姓名  {name}     性别  {sex}", 27), (700, 140, "出生日期  {birth}", 27), (700, 200, "身份证号  {id}", 27), (700, 260, "执业级别  执业医师", 27), (700, 320, "执业类别  临床", 27), (700, 380, "执业范围  内科专业", 27), (700, 440, "执业地点  {hospital}", 27), (700, 500, "资格证书编码  {long}", 25), (700, 620, "变更注册记录", 30), (700, 680, "无", 26),
        ),
        size=(1240, 840), colour=(236, 242, 236), waves=(222, 234, 224), rules=((640, 10, 640, 830),), extras=(("portrait", 220, 150, 220),), seals=((460, 560, 84, "{city}卫生健康委员会", "医师注册专用章"),),
    )),
    card_layout("title-senior-booklet", "physician-title", "open", Card(
        (
            (325, 60, "高级专业技术职务资格证书", 36, "mid bold red"), (60, 560, "证书编号：GW{year}{short}", 25), (60, 610, "查询网址：rst.虚构.example", 22), (700, 90, "姓    名  {name}", 27), (700, 150, "性    别  {sex}", 27), (700, 210, "出生年月  {iso_birth}", 27), (700, 270, "身份证号  {id}", 27), (700, 330, "专业名称  {dept}", 27), (700, 390, "资格名称  副主任医师", 27), (700, 450, "资格级别  副高级", 27), (700, 510, "授予时间  {when}", 27), (700, 570, "评审组织  虚构省卫生高级职称评审委员会", 22), (700, 690, "发证机关  虚构省人力资源和社会保障厅", 23),
        ),
        size=(1240, 840), colour=(248, 240, 236), rules=((640, 10, 640, 830),), extras=(("portrait", 220, 150, 220),), seals=((950, 680, 86, "虚构省人力资源和社会保障厅", "职称专用章"),),
    )),
    form_layout("stamped-change", "stamped-form", "open", Form(
        "定点医药机构变更申请表",
        (
            ("cells", ("机构名称", "{shop}", "机构编号", "P{short}"), ("变更项目", "变更前", "变更后", ""), ("机构名称", "假定市康民药店", "变更为", "{shop}"), ("法定代表人", "{other}", "变更为", "{name}"), ("地址", "{home}"), ("开户银行及账号", "{branch} {account}"), ("联系人", "{clerk}", "联系电话", "{phone}")),
            ("big", "变更原因", "因经营需要，经股东会决议变更，相关证照已办理完毕。", "（单位盖章）", "{when}"), ("big", "经办机构意见", "", "经办人：        （盖章）", "年   月   日"),
        ),
        tall=62, hand=0, seals=((0.74, 0.58, 92, "{shop}", ""),),
    )),
)  # fmt: skip

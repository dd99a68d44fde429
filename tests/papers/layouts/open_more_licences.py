# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Licences, certificates of physicians, bank papers: further open layouts, held out until a fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    card_layout("business-2019", "business-license", "open", Card(
        (
            (707, 190, "营 业 执 照", 74, "mid bold"), (707, 290, "（正 本）", 30, "mid"), (120, 250, "统一社会信用代码", 22), (120, 285, "{credit}", 26),
            (120, 380, "名    称  {shop}", 25), (120, 440, "类    型  个体工商户", 25), (120, 500, "经 营 者  {name}", 25), (120, 560, "经营范围  药品零售、医疗器械零售、", 25), (252, 600, "食品经营、日用百货零售。", 25),
            (760, 380, "组成形式  个人经营", 25), (760, 440, "注册日期  {when}", 25), (760, 500, "经营场所", 25), (880, 500, "{address}", 25, "", 400), (760, 720, "登 记 机 关", 30), (940, 800, "{year}年{month}月", 30), (120, 900, "国家企业信用信息公示系统网址：http://www.gsxt.example", 18), (1294, 900, "国家市场监督管理总局监制", 18, "right"),
        ),
        size=A4_WIDE, colour=(250, 246, 236), waves=(240, 232, 216), border="ornate", extras=(("emblem", 707, 110, 58), ("squares", 1130, 180, 110)), seals=((1080, 770, 100, "{city}行政审批服务局", ""),),
    )),
    form_layout("medical-licence-copy", "medical-license", "open", Form(
        "中华人民共和国医疗机构执业许可证",
        (
            ("ends", "副本", "登记号：99{serial}"), ("cells", ("医疗机构名称", "{hospital}"), ("法定代表人", "{other}", "主要负责人", "{name}"), ("地址", "{address}"), ("经营性质", "营利性", "服务对象", "社会"), ("床位（张）", "20", "牙椅（台）", "2"), ("诊疗科目", "全科医疗科；内科；中医科；口腔科；医学检验科******"), ("有效期限", "自{span_cn}")),
            ("text", "校验记录："), ("table", ("校验日期", "校验结论", "下次校验日期"), ("{iso_day}", "合格", "{iso_day}"), ("", "", "")), ("sign", "发证机关：{city}行政审批服务局"),
        ),
        font=24, tall=64, title_size=40, colour=(244, 248, 244), waves=(230, 240, 232), border="plain", margin=90, seals=((0.72, 0.8, 90, "{city}行政审批服务局", ""),),
    )),
    form_layout("drug-licence-portrait", "drug-license", "open", Form(
        "中华人民共和国药品经营许可证",
        (
            ("ends", "", "证号：虚CB{short}"), ("cells", ("企业名称", "{shop}"), ("社会信用代码", "{credit}"), ("法定代表人", "{name}", "企业负责人", "{other}"), ("质量负责人", "{doctor}", "分类码", "CB21"), ("注册地址", "{address}"), ("经营类别", "处方药、甲类非处方药、乙类非处方药"), ("经营范围", "中成药、化学药、生物制品、中药饮片"), ("有效期至", "{when}")), ("gap", 30), ("sign", "发证机关（公章）：{city}药品监督管理局", "签发人：{clerk}", "{when}"),
        ),
        colour=(250, 248, 240), border="ornate", extras=(("emblem", 500, 130, 52), ("squares", 110, 1180, 110)), top=210, title_size=42, font=24, tall=66, margin=100, seals=((0.7, 0.75, 96, "{city}药品监督管理局", ""),),
    )),
    card_layout("bank-opening-permit", "bank-info", "open", Card(
        (
            (620, 70, "开户许可证", 64, "mid bold wide"), (110, 190, "核准号：J9900{serial}", 26), (1130, 190, "编号：9910-{serial}", 26, "right"), (150, 270, "经审核，{shop}符合开户条件，准予", 29), (110, 330, "开立基本存款账户。", 29), (110, 420, "法定代表人（单位负责人） {name}      开户银行 {branch}", 26, "", 1030), (110, 540, "账   号 {account}", 29), (760, 680, "发证机关（盖章）", 26), (760, 740, "{when}", 26),
        ),
        size=(1240, 860), colour=(244, 240, 246), waves=(232, 224, 240), border="plain", seals=((930, 680, 96, "虚构银行样张中心支行", "账户管理专用章"),),
    )),
    form_layout("bank-statement-of-account", "bank-info", "open", Form(
        "银行账户开户证明",
        (("text", "兹证明{company}在我行开立账户，账户信息如下："), ("cells", ("户名", "{company}"), ("账号", "{account}"), ("开户行名称", "{branch}"), ("开户行行号", "9901{serial}"), ("账户性质", "一般存款账户", "开户日期", "{iso_day}"), ("账户状态", "正常")), ("text", "特此证明。"), ("sign", "{branch}（业务章）", "经办柜员：{clerk}", "{when}")),
        font=26, tall=64, seals=((0.7, 0.58, 88, "{branch}", "业务专用章"),),
    )),
    form_layout("confirmation-letter", "account-confirmation", "open", Form(
        "账户信息确认函",
        (
            ("gap", 20), ("text", "{agency}：", "经核对，{hospital}用于接收医疗保险结算款项的账户信息如下，现予以确认：", "户    名：{hospital}", "开 户 行：{branch}", "账    号：{account}", "单位性质：非营利性医疗机构", "我单位承诺上述账户信息准确无误，如有变动将于五个工作日内书面告知。"), ("sign", "确认单位（盖章）：{hospital}", "法定代表人：{name}    财务负责人：{clerk}", "{when}"),
        ),
        font=28, title_size=46, margin=100, top=120, seals=((0.68, 0.6, 98, "{hospital}", "财务专用章"),),
    )),
    form_layout("qualification-new-page", "physician-qualification", "open", Form(
        "医师资格证书",
        (
            ("gap", 30), ("lines", ("姓名", "{name}"), ("性别", "{sex}"), ("出生日期", "{iso_birth}"), ("民族", "{nation}"), ("身份证号码", "{id}"), ("学历", "{schooling}"), ("专业", "临床医学"), ("类别", "执业医师（临床）"), ("证书编码", "{long}")), ("text", "该持证人符合《中华人民共和国执业医师法》规定的条件，具有医师资格。"), ("sign", "中华人民共和国国家卫生健康委员会", "发证日期：{when}"),
        ),
        size=(900, 1260), colour=(250, 244, 234), border="ornate", right=230, margin=90, font=24, tall=62, title_size=48, title_colour=(170, 40, 40), extras=(("portrait", 620, 200, 180), ("squares", 640, 480, 120)), seals=((0.7, 0.8, 90, "国家卫生健康委员会", ""),), top=100,
    )),
    form_layout("practice-new-page", "physician-practice", "open", Form(
        "医师执业证书",
        (
            ("ends", "执业证书编码：{long2}", ""), ("cells", ("姓名", "{name}", "性别", "{sex}"), ("身份证号", "{id}"), ("执业级别", "执业助理医师"), ("执业类别", "中医"), ("执业范围", "中医专业"), ("主要执业机构", "{hospital}"), ("执业地点", "{place}"), ("医师资格证书编码", "{long}")), ("gap", 20), ("cells", ("多机构备案记录",), ("机构名称", "", "备案日期", "")), ("sign", "发证机关：{city}卫生健康局", "发证日期：{when}"),
        ),
        size=(1000, 1100), colour=(240, 246, 250), waves=(226, 236, 246), font=24, tall=58, right=220, title_size=44, extras=(("portrait", 740, 190, 180),), seals=((0.68, 0.87, 86, "{city}卫生健康局", "医师执业注册专用章"),),
    )),
    form_layout("title-intermediate", "physician-title", "open", Form(
        "中华人民共和国专业技术资格证书",
        (
            ("gap", 10), ("text", "本证书由中华人民共和国人力资源和社会保障部、国家卫生健康委员会批准颁发，表明持证人通过国家统一组织的考试，取得卫生专业技术资格。"), ("lines", ("姓    名：", "{name}"), ("性    别：", "{sex}"), ("证件号码：", "{id}"), ("出生年月：", "{birth_y}年{birth_m}月"), ("专    业：", "{dept}"), ("级    别：", "中级"), ("资格名称：", "主治医师"), ("批准日期：", "{when}"), ("管 理 号：", "99{serial}{short}")),
        ),
        size=(1000, 1100), colour=(248, 240, 242), border="plain", font=25, tall=62, title_size=38, right=220, extras=(("portrait", 730, 300, 180),), seals=((0.72, 0.86, 88, "人力资源和社会保障部", "专业技术资格专用章"),),
    )),
    form_layout("appointment-letter", "physician-title", "open", Form(
        "专业技术职务聘书",
        (("gap", 30), ("text", "{name}同志（身份证号{id}）：", "经研究，聘任您为{dept}主治医师专业技术职务，聘期三年，自{when}起。", "此聘。"), ("gap", 40), ("sign", "聘任单位：{hospital}", "{when}", "编号：{short}")),
        size=(1240, 860), colour=(252, 240, 226), border="ornate", font=30, title_size=56, title_colour=(180, 30, 36), margin=120, seals=((0.72, 0.72, 92, "{hospital}", ""),),
    )),
    form_layout("stamped-information", "stamped-form", "open", Form(
        "医保定点零售药店基础信息变更登记表",
        (
            ("ends", "填报单位（公章）：{shop}", "填报日期：{iso_day}"), ("table", ("变更事项", "原登记内容", "变更后内容", "变更日期"), ("单位负责人", "{other}", "{name}", "{iso_day}"), ("营业面积", "120平方米", "{area}平方米", "{iso_day}"), ("联系电话", "0990-0000{d1}{d2}{d3}0", "{phone}", "{iso_day}"), ("药师人数", "2", "3", "{iso_day}")),
            ("gap", 30), ("text", "附件：营业执照、药品经营许可证复印件各一份。"), ("ends", "经办人：{clerk}", "审核人："), ("sign", "单位盖章"),
        ),
        size=A4_WIDE, font=24, tall=66, seals=((0.26, 0.2, 88, "{shop}", ""), (0.8, 0.74, 88, "{shop}", "")),
    )),
)  # fmt: skip

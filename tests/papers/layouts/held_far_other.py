# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Houses, births, households on relief, and what must be refused, from elsewhere and other years: held layouts."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_other import _PHONE
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("property-village-pen", "property-cert", "held", Form(
        "村镇房屋所有权证",
        (
            ("ends", "{city}村房字第 {short} 号", "填发日期：1996年 10 月"), ("cells", ("所有权人", "{name}", "所有权性质", "私有"), ("房屋坐落", "{home}"), ("产权来源", "自建", "共有人", "无")),
            ("table", ("栋号", "结构", "层数", "间数", "建筑面积(m²)", "四至"), ("1", "砖木", "1", "4", "{area}", "东路 南沟 西邻 北山"), ("2", "土木", "1", "2", "{v1}", "院内"), ("", "", "", "", "", "")),
            ("big", "附记", "依照城乡建设环境保护部有关规定，经审查确权，发给此证。", "发证机关：样张县城乡建设局", "经办人：{clerk}"),
        ),
        size=(1240, 900), font=26, tall=64, title_size=46, hand=0, colour=(246, 230, 224), border="plain", title_colour=(150, 30, 36), seals=((0.74, 0.82, 90, "样张县城乡建设局", "房屋产权专用章"),),
    )),
    form_layout("birth-cert-bilingual-2023", "birth-cert", "held", Form(
        "出生医学证明",
        (
            ("ends", "BIRTH CERTIFICATE", "编号 No. X99{short}"),
            ("cells", ("新生儿姓名 Name", "{name}", "性别 Sex", "{sex}"), ("出生时间 Time of birth", "{iso_birth} 16:05", "胎龄 Gestation", "39周+2"), ("体重 Weight", "3260g", "身长 Length", "50cm"), ("出生地点 Place of birth", "{place}"), ("助产机构 Facility", "{hospital}"), ("母亲姓名 Mother", "{mother}", "国籍 Nationality", "中国"), ("证件号码 ID No.", "{mother_id}", "年龄 Age", "31"), ("父亲姓名 Father", "{father}", "国籍 Nationality", "中国"), ("证件号码 ID No.", "{father_id}", "年龄 Age", "33"), ("居住地址 Address", "{address}")),
            ("ends", "签发机构 Issued by：{hospital}", "签发日期 Date：{iso_birth}"), ("ends", "中华人民共和国国家卫生健康委员会制", "Made by National Health Commission"),
        ),
        size=A4_WIDE, colour=(240, 244, 252), waves=(224, 232, 246), border="ornate", font=23, tall=58, title_size=50, title_track=14, margin=90, top=90, face="print", extras=(("squares", 90, 70, 100), ("bars", 1140, 90, 180)), seals=((0.62, 0.86, 80, "{hospital}", "出生医学证明专用章"),),
    )),
    form_layout("subsistence-province-pen", "subsistence-cert", "held", Form(
        "虚构省城乡居民最低生活保障证",
        (
            ("ends", "（□城市  √农村）", "低保证号：99{serial}"), ("cells", ("持证人", "{name}", "性别", "{sex}", "民族", "{nation}"), ("身份证号", "{id}", "联系电话", "{phone}"), ("家庭住址", "{home}"), ("致困原因", "因病", "保障类别", "二类"), ("保障人口", "2", "月保障金额", "{m2}元")),
            ("table", ("保障对象", "与持证人关系", "身份证号码", "健康状况"), ("{name}", "本人", "{id}", "患病"), ("{p1}", "配偶", "{p1_id}", "残疾"), ("", "", "", "")), ("big", "年审记录", "{year}年度复核，继续享受。", "子虚镇人民政府（盖章）", "{iso_day}"), ("sign", "审批机关：{city}民政局", "发证日期：{when}"),
        ),
        size=(1240, 1000), font=25, tall=58, title_size=40, hand=1, colour=(250, 244, 226), top=60, seals=((0.78, 0.86, 84, "{city}民政局", ""), (0.56, 0.7, 74, "子虚镇人民政府", "")),
    )),
    form_layout("other-cremation-electronic", "other", "held", Form(
        "火化证明（电子）",
        (
            ("ends", "虚构省殡葬服务管理信息系统", "证号：HH{serial}"), ("cells", ("逝者姓名", "{other}", "性别", "{other_sex}"), ("证件号码", "{other_id}", "享年", "{other_age}"), ("户籍地", "{address}"), ("死亡时间", "{when}", "火化时间", "{iso_day}"), ("骨灰去向", "公墓安葬", "火化机构", "{city}殡仪馆"), ("经办家属", "{name}", "家属证件号", "{id}")), ("text", "凭本证明办理骨灰寄存、安葬等事宜，扫码可核验。"),
        ),
        size=(1240, 900), font=24, tall=62, title_size=42, face="print", extras=(("squares", 100, 740, 110),), seals=((0.75, 0.82, 84, "{city}殡仪馆", "电子证明专用章"),),
    ), lookalike="cremation"),
    card_layout("other-driving-app", "other", "held", Card(
        (
            (36, 20, "19:12", 26), (375, 76, "电子驾驶证", 34, "mid"), (375, 180, "中华人民共和国机动车驾驶证", 34, "mid bold"), *((x, 250 + n * 74, text, 28, style, wrap) for n, (label, value) in enumerate((("证号", "{id}"), ("姓名", "{name}"), ("准驾车型", "C1E"), ("有效期限", "{span}"), ("住址", "{address}"), ("累积记分", "0分"), ("状态", "正常"))) for x, text, style, wrap in ((70, label, "grey", 200), (230, value, "", 300))), (375, 1130, "生成时间 {iso_day} 19:12:40", 24, "mid grey"), (375, 1240, "首页       网办进度       我的", 28, "mid grey"),
        ),
        size=_PHONE, colour=(234, 240, 248), face="print", bands=((30, 150, 720, 1190, (255, 255, 255)),), extras=(("portrait", 540, 330, 150), ("squares", 265, 860, 220)),
    ), lookalike="driving"),
    card_layout("other-disability-card", "other", "held", Card(
        (
            (340, 40, "中华人民共和国残疾人证", 36, "mid bold red"), (60, 120, "姓    名  {name}", 30), (60, 175, "性    别  {sex}      民    族  {nation}", 30), (60, 230, "出生日期  {birth}", 30), (60, 285, "残疾类别  肢体      残疾等级  叁级", 30), (60, 340, "家庭住址", 30), (200, 340, "{address}", 28, "", 450), (60, 430, "监护人  {other}    联系电话 {phone}", 28), (60, 500, "证    号  {id}43", 34), (60, 570, "签发机关  {city}残疾人联合会    {iso_day}", 26),
        ),
        colour=(244, 236, 228), waves=(236, 222, 210), extras=(("portrait", 720, 110, 220),), seals=((760, 500, 80, "{city}残疾人联合会", ""),),
    ), lookalike="disability"),
    form_layout("other-divorce", "other", "held", Form(
        "离 婚 证",
        (
            ("ends", "离婚证字号：L990102-{year}-{short}", "登记日期：{when}"), ("cells", ("持证人", "{name}", "性别", "{sex}"), ("国籍", "中国", "出生日期", "{birth}"), ("身份证件号", "{id}"), ("原配偶姓名", "{other}", "性别", "{other_sex}"), ("身份证件号", "{other_id}"), ("备注", "")), ("text", "离婚申请，符合《中华人民共和国民法典》规定，予以登记，发给此证。"), ("sign", "登记机关：{city}民政局", "婚姻登记员：{clerk}"),
        ),
        size=(1000, 900), font=26, tall=60, title_size=50, colour=(238, 230, 230), title_colour=(120, 30, 40), border="plain", margin=90, top=90, hand=0, seals=((0.7, 0.84, 84, "{city}民政局", "婚姻登记专用章"),),
    ), lookalike="divorce"),
    card_layout("other-notice-web-page", "other", "held", Card(
        (
            (36, 20, "11:03", 26), (375, 76, "yibao.example", 28, "mid grey"), (40, 150, "关于疫情防控期间医保业务“不见面”办理的通告", 36, "bold", 670), (40, 260, "发布时间：2020-02-03   来源：{agency}", 24, "grey"), (40, 330, "一、医保关系转出：请将身份证正反面、社会保障卡正面照片，手写申请照片，并注明手机号码和电子邮箱发送至邮箱。非本市户籍离职人员还需提供解除劳动合同证明。", 29, "", 670), (40, 580, "二、医保关系转入：身份证正反面、社会保障卡、参保凭证、手写申请。", 29, "", 670), (40, 710, "三、城乡居民新参保：户口本首页及本人页；外地户籍提供居住证正反面；低保人员提供低保证。", 29, "", 670), (40, 880, "四、定点医药机构：营业执照、医疗机构执业许可证、药品经营许可证、账户确认书。", 29, "", 670), (40, 1050, "五、死亡账户注销：死亡证明、减少人员花名册。", 29, "", 670), (375, 1260, "打印本页    关闭窗口", 26, "mid blue"),
        ),
        size=_PHONE, colour=(255, 255, 255), face="print", rules=((40, 310, 710, 310), (40, 1230, 710, 1230)),
    ), lookalike="screenshot"),
    form_layout("other-organisation-code", "other", "held", Form(
        "中华人民共和国组织机构代码证",
        (
            ("ends", "（副  本）", "登记号：组代管990102-{short}-1"), ("gap", 20), ("lines", ("代    码：", "99{short}-X"), ("机构名称：", "{hospital}"), ("机构类型：", "事业法人"), ("法定代表人：", "{name}"), ("地    址：", "{address}"), ("有 效 期：", "自2011年05月09日至2015年05月09日"), ("颁发单位：", "{city}质量技术监督局")),
        ),
        size=(1240, 860), font=26, tall=62, title_size=44, margin=110, top=100, border="ornate", colour=(240, 246, 240), waves=(224, 236, 226), seals=((0.74, 0.76, 88, "{city}质量技术监督局", "代码管理专用章"),),
    ), lookalike="organisation-code"),
)  # fmt: skip

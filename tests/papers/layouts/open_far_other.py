# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Houses, births, households on relief, and what must be refused, from elsewhere and other years: open layouts, held out until the next fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import copied
from tests.papers.sheet import A4_WIDE

_GREEN = (149, 236, 105)
_PHONE = (750, 1334)
# fmt: off
_HOUSES = (
    card_layout("property-land-and-house", "property-cert", "open", Card(
        (
            (650, 40, "房 地 产 权 证", 50, "mid bold"), (1240, 60, "虚房地市字（{year}）第{short}号", 24, "right"), (325, 130, "权 利 人", 26, "mid"), (560, 124, "{name}", 32), (60, 190, "房地坐落", 24), (210, 186, "{address}", 26, "", 420), (325, 290, "土 地 状 况", 26, "mid bold"), (60, 350, "权属性质", 24), (240, 348, "国有建设用地使用权", 26), (60, 410, "使用权来源", 24), (240, 408, "转让", 26), (60, 470, "用途", 24), (240, 468, "住宅", 26), (60, 530, "宗地面积", 24), (240, 528, "18422.0平方米", 26), (60, 590, "使用期限", 24), (240, 588, "1998-03-20至2068-03-19止", 26),
            (975, 290, "房 屋 状 况", 26, "mid bold"), (700, 350, "幢号", 24), (880, 348, "12", 26), (700, 410, "室号或部位", 24), (880, 408, "402", 26), (700, 470, "建筑面积", 24), (880, 468, "{area}平方米", 26), (700, 530, "类型", 24), (880, 528, "公寓", 26), (700, 590, "总层数 / 竣工日期", 24), (960, 588, "6层 / 1999年", 26), (700, 190, "共有人及共有情况  无", 24), (700, 780, "登记机构：{city}房地产登记处", 25), (700, 830, "登记日期：{when}", 25), (60, 780, "填证人：{clerk}", 25),
        ),
        size=(1300, 900), colour=(238, 244, 236), waves=(222, 234, 222), rules=((44, 110, 1256, 110), (44, 170, 1256, 170), (44, 275, 1256, 275), *((44, y, 1256, y) for y in range(335, 640, 60)), (650, 170, 650, 635)), seals=((1060, 740, 100, "{city}房地产登记处", "房地产登记专用章"),),
    )),
    form_layout("property-e-certificate", "property-cert", "open", Form(
        "不动产权电子证书",
        (
            ("ends", "证书编号：虚({year})假定区不动产权第{serial}号", ""), ("gap", 14), ("lines", ("权利人：", "{name}"), ("证件种类：", "居民身份证", "证件号：", "{id}"), ("共有情况：", "单独所有"), ("坐落：", "{address}"), ("不动产单元号：", "990103 {short} GB00021 F00040402"), ("权利类型：", "国有建设用地使用权/房屋所有权"), ("权利性质：", "出让/经济适用住房"), ("用途：", "城镇住宅用地/住宅"), ("面积：", "{area}平方米"), ("使用期限：", "2012-05-08起2082-05-07止"), ("登簿时间：", "{iso_day} 14:22:06")),
            ("text", "本电子证书与纸质不动产权证书具有同等法律效力，可扫描二维码核验真伪。"), ("sign", "登记机构（电子签章）", "{city}自然资源和规划局"),
        ),
        font=24, tall=60, title_size=46, face="hei", border="plain", margin=90, colour=(246, 250, 252), waves=(230, 240, 246), extras=(("squares", 110, 1180, 130),), seals=((0.7, 0.82, 92, "{city}自然资源和规划局", "不动产登记专用章"),), top=110,
    )),
    copied(form_layout("property-copy-shared", "property-cert", "open", Form(
        "房屋所有权证",
        (
            ("ends", "虚房权证假定字第{serial}号", "丘号：99-{short}"), ("cells", ("房屋所有权人", "{name}"), ("共有情况", "共同共有，共有人{other}"), ("房屋坐落", "{address}"), ("登记时间", "2009-08-21", "房屋性质", "房改房"), ("规划用途", "成套住宅", "总层数", "7"), ("建筑面积（平方米）", "{area}", "套内建筑面积（平方米）", "{v1}"), ("土地使用权取得方式", "划拨", "土地使用年限", "至")),
            ("big", "附记", "夫妻共有。原产权证号：90013。", "填发单位（盖章）", "2009年08月21日"),
        ),
        size=(1000, 1150), font=25, tall=70, title_size=46, colour=(230, 230, 228), seals=((0.72, 0.8, 96, "{city}房产管理局", "登记专用章"),),
    ))),
)
_FAMILY = (
    card_layout("birth-cert-phone", "birth-cert", "open", Card(
        (
            (36, 20, "14:06", 26), (714, 22, "5G 64%", 24, "right"), (375, 74, "电子证照详情", 32, "mid"), (375, 170, "出生医学证明", 46, "mid bold"), (375, 236, "（电子证照）", 26, "mid grey"), *((x, 300 + n * 62, text, 26, style) for n, (label, value) in enumerate((("新生儿姓名", "{name}"), ("性别", "{sex}"), ("出生时间", "{birth}07时11分"), ("出生地", "{place}"), ("医疗机构", "{hospital}"), ("母亲姓名", "{mother}"), ("母亲证件号", "{mother_id}"), ("父亲姓名", "{father}"), ("父亲证件号", "{father_id}"), ("出生证编号", "W99{short}"), ("签发日期", "{iso_birth}"))) for x, text, style in ((60, label, "grey"), (250, value, ""))),
            (375, 1230, "亮码          下载          授权使用", 28, "mid blue"),
        ),
        size=_PHONE, colour=(240, 244, 250), face="print", bands=((30, 140, 720, 1180, (255, 255, 255)),), extras=(("squares", 300, 1000, 150),), seals=((580, 1060, 84, "{hospital}", "出生证明专用章"),),
    )),
    copied(form_layout("birth-cert-copy-boxes", "birth-cert", "open", Form(
        "出 生 医 学 证 明",
        (
            ("ends", "正页（婴儿父母或监护人保存）", "No.T99{short}"), ("gap", 16), ("lines", ("新生儿姓名", "{name}", "性 别", "{sex}"), ("出生日期", "{birth_y}年{birth_m}月{birth_d}日02时40分", "孕 周", "37周"), ("出生体重", "2870克", "身 长", "48厘米"), ("出生地", "样张县子虚镇", "接生机构", "{hospital}"), ("母亲姓名", "{mother}", "年 龄", "28岁")),
            ("table", ("母亲身份证号", *(f"{{mother_id[{n}]}}" for n in range(18)))), ("gap", 26), ("lines", ("父亲姓名", "{father}", "年 龄", "30岁")), ("table", ("父亲身份证号", *(f"{{father_id[{n}]}}" for n in range(18)))), ("gap", 26), ("lines", ("家庭住址", "{home}"), ("接生人", "{doctor}", "签发人", "{clerk}")),
        ),
        size=(1200, 1000), font=24, tall=62, hand=0, title_size=44, border="plain", margin=90, top=90, colour=(236, 236, 236), seals=((0.76, 0.82, 90, "{hospital}", "出生医学证明专用章"),),
    ))),
    card_layout("subsistence-urban-booklet", "subsistence-cert", "open", Card(
        (
            (300, 50, "城市居民最低生活保障", 34, "mid bold"), (300, 96, "领 取 证", 46, "mid bold"), (60, 190, "户主姓名  {name}", 28), (60, 240, "性    别  {sex}", 28), (60, 290, "身份证号  {id}", 28), (60, 340, "家庭住址", 28), (190, 340, "{address}", 26, "", 380), (60, 440, "保障人数  2人", 28), (60, 490, "批准日期  {when}", 28), (60, 540, "编    号  {city}低字{short}", 28), (60, 700, "发证单位：{city}民政局", 28),
            (930, 50, "保障金领取记录", 32, "mid"), (700, 120, "月份", 26), (830, 120, "金额（元）", 26), (1010, 120, "领取人", 26), (1150, 120, "经办", 26), *((x, 176 + n * 56, text, size, style) for n, month in enumerate(("1", "2", "3", "4")) for x, text, size, style in ((710, month, 30, "pen"), (830, "{m3}", 30, "pen"), (1010, "{name}", 32, "pen"), (1150, "{clerk}", 32, "pen"))),
        ),
        size=(1280, 800), colour=(236, 244, 236), waves=(222, 236, 222), rules=((620, 20, 620, 780), *((680, y, 1250, y) for y in range(108, 700, 56)), (800, 108, 800, 668), (990, 108, 990, 668), (1130, 108, 1130, 668)), extras=(("portrait", 450, 425, 140),), seals=((330, 700, 90, "{city}民政局", "低保专用章"),),
    )),
    form_layout("subsistence-e-certificate", "subsistence-cert", "open", Form(
        "最低生活保障证",
        (
            ("ends", "电子证照标识：1.2.156.990.{serial}", "证号：DB{serial}"), ("gap", 14), ("lines", ("姓名", "{name}"), ("公民身份号码", "{id}"), ("户籍类别", "城镇"), ("家庭住址", "{address}"), ("保障人口数", "1人"), ("发证日期", "{when}"), ("有效期限", "{span_cn}")), ("gap", 20), ("table", ("共同生活的家庭成员", "与持证人关系", "是否保障对象"), ("{name}", "本人", "是")), ("sign", "发证机关：{city}假定区民政局"), ("text", "本证照由全国一体化政务服务平台电子证照系统生成。"),
        ),
        font=26, tall=64, title_size=52, face="print", border="plain", margin=100, top=130, colour=(252, 246, 238), extras=(("squares", 790, 124, 110),), seals=((0.66, 0.74, 92, "{city}假定区民政局", ""),), over_title="中华人民共和国",
    )),
)
_REFUSED = (
    form_layout("other-lease-last-page", "other", "open", Form(
        "",
        (
            ("text", "第七条  乙方应爱护房屋及附属设施，因使用不当造成损坏的，应负责修复或赔偿。", "第八条  有下列情形之一的，甲方可以解除合同并收回房屋：（一）擅自转租、转借；（二）拖欠租金累计达一个月；（三）利用房屋从事违法活动。", "第九条  租赁期满，乙方应将房屋腾空交还；如需续租，须提前三十日提出，同等条件下乙方有优先承租权。", "第十条  本合同未尽事宜，由双方协商解决；协商不成的，向房屋所在地人民法院起诉。", "第十一条  本合同一式三份，甲方、乙方及居间方各执一份。"), ("gap", 30),
            ("cells", ("甲方（出租人）", "{other}", "证件号码", "{other_id}"), ("乙方（承租人）", "{name}", "证件号码", "{id}"), ("居间方", "假定市安居房产经纪有限公司", "经纪人", "{clerk}"), ("签约日期", "{when}", "租赁房屋", "{address}")), ("gap", 30), ("ends", "房屋租赁合同", "第 3 页 / 共 3 页"),
        ),
        font=24, tall=64, margin=90, seals=((0.7, 0.66, 84, "假定市安居房产经纪有限公司", "合同专用章"),),
    ), lookalike="lease"),
    card_layout("other-insurance-e-voucher", "other", "open", Card(
        (
            (36, 20, "9:26", 26), (375, 76, "医保电子凭证", 34, "mid white bold"), (375, 210, "国家医疗保障局", 28, "mid"), (375, 270, "{name}", 40, "mid bold"), (375, 330, "{id}", 28, "mid grey"), (375, 810, "二维码每60秒自动更新", 24, "mid grey"), (375, 880, "参保地：{province_city}", 28, "mid"), (80, 1020, "医保账户", 28), (300, 1020, "就医记录", 28), (520, 1020, "亲情账户", 28), (80, 1120, "定点医院", 28), (300, 1120, "异地备案", 28), (520, 1120, "参保信息", 28),
        ),
        size=_PHONE, colour=(60, 120, 220), face="print", bands=((40, 160, 710, 960, (255, 255, 255)), (40, 985, 710, 1200, (250, 250, 252))), extras=(("squares", 205, 400, 340),),
    ), lookalike="e-card"),
    form_layout("other-payments-five-insurances", "other", "open", Form(
        "社会保险个人权益记录（参保人员缴费明细）",
        (
            ("ends", "姓名：{name}    社会保障号：{id}", "当前参保单位：{company}"), ("table", ("费款所属期", "缴费基数", "养老个人", "失业个人", "医疗个人", "单位划入", "缴费状态"), *((f"{{year}}-{month:02d}", "{base}", "31{d1}.20", "1{v2}", "7{d2}.80", "10{d3}.40", "实缴") for month in range(1, 11)), ("合计", "", "{m1}", "{m2}", "{m3}", "{m4}", "")), ("gap", 12), ("text", "1.本记录由参保人自行打印，仅反映缴费到账情况。2.验证码：{long}。"), ("ends", "打印渠道：政务服务网", "打印时间：{iso_day}"),
        ),
        size=A4_WIDE, font=22, tall=58, title_size=36, seals=((0.8, 0.82, 84, "{agency}", "权益查询专用章"),),
    ), lookalike="payments"),
    card_layout("other-permit-hk-macao", "other", "open", Card(
        (
            (330, 40, "往来港澳通行证", 42, "bold"), (330, 96, "EXIT-ENTRY PERMIT", 24), (330, 160, "{name}", 38), (330, 216, "XUGOU, YANGZHANG", 26), (330, 280, "{birth_y}.{birth_m}.{birth_d}", 30), (620, 280, "{sex}", 30), (330, 340, "有效期限 {span}", 28), (330, 400, "签发机关 {police}出入境管理", 26), (330, 460, "签发地点 {province}", 26), (640, 540, "C99{serial}", 36), (60, 590, "CSC99{serial}<0<<<<<<<<<<<<<<<<<", 24),
        ),
        colour=(226, 236, 246), waves=(206, 222, 240), face="print", extras=(("portrait", 60, 90, 230),),
    ), lookalike="passport"),
    card_layout("other-bank-card-upright", "other", "open", Card(
        ((50, 60, "{bank}", 44, "white bold"), (50, 120, "DEBIT CARD", 22, "white"), (315, 480, "{bank_card}", 42, "mid white"), (50, 580, "有效期 MONTH/YEAR 11/31", 24, "white"), (50, 640, "{name}", 34, "white"), (580, 900, "银联 UnionPay", 34, "right white"), (50, 910, "ATM", 28, "white")),
        size=(631, 1000), colour=(30, 60, 110), waves=(44, 76, 130), bands=((60, 260, 190, 360, (214, 186, 110)),), face="hei",
    ), lookalike="bank-card"),
    form_layout("other-diploma", "other", "open", Form(
        "普通高等学校毕业证书",
        (("gap", 20), ("text", "学生{name}，性别{sex}，{birth}生，于2008年9月至2012年7月在本校临床医学专业四年制本科学习，修完教学计划规定的全部课程，成绩合格，准予毕业。"), ("gap", 130), ("ends", "校名：虚构医科大学", "校长：{clerk}"), ("ends", "证书编号：9901012012{short}", "二〇一二年七月一日"), ("text", "中华人民共和国教育部学历证书查询网址：http://www.xueli.example")),
        size=A4_WIDE, font=30, title_size=52, title_colour=(170, 30, 36), right=300, margin=120, top=110, colour=(250, 246, 238), border="ornate", extras=(("portrait", 1070, 190, 190),), seals=((0.62, 0.6, 90, "虚构医科大学", ""),),
    ), lookalike="diploma"),
    card_layout("other-marriage", "other", "open", Card(
        (
            (310, 60, "结 婚 证", 60, "mid red bold"), (310, 520, "{name} {other}", 34, "mid"), (310, 610, "登记机关  {city}民政局", 28, "mid"), (310, 660, "婚姻登记员  {clerk}", 28, "mid"), (680, 80, "持 证 人  {name}", 30), (680, 136, "登记日期  {when}", 30), (680, 192, "结婚证字号  J990102-{year}-{short}", 26), (680, 290, "姓名 {name}      性别 {sex}", 28), (680, 340, "国籍 中国      出生日期 {birth}", 26), (680, 390, "身份证件号 {id}", 28), (680, 490, "姓名 {other}      性别 {other_sex}", 28), (680, 540, "国籍 中国      出生日期 {other_birth}", 26), (680, 590, "身份证件号 {other_id}", 28),
        ),
        size=(1260, 840), colour=(250, 234, 234), waves=(244, 218, 220), rules=((630, 20, 630, 820), (660, 260, 1230, 260), (660, 460, 1230, 460)), extras=(("portrait", 210, 180, 200),), seals=((430, 600, 84, "{city}民政局", "婚姻登记专用章"),),
    ), lookalike="marriage"),
    form_layout("other-tax-registration", "other", "open", Form(
        "税 务 登 记 证",
        (
            ("ends", "（副  本）", "虚国税字 9901{serial} 号"), ("gap", 20), ("lines", ("纳税人名称", "{shop}"), ("法定代表人（负责人）", "{name}"), ("地        址", "{address}"), ("登记注册类型", "私营有限责任公司"), ("经 营 范 围", "药品、医疗器械零售"), ("批准设立机关", "{city}工商行政管理局"), ("扣缴义务", "依法确定")), ("sign", "发证税务机关：{city}国家税务局", "2009年03月16日"),
        ),
        size=(1240, 900), font=26, tall=60, title_size=56, border="ornate", margin=110, top=100, colour=(248, 244, 230), seals=((0.72, 0.82, 90, "{city}国家税务局", "征收专用章"),),
    ), lookalike="tax"),
    card_layout("other-chat-clerk-photos", "other", "open", Card(
        (
            (30, 20, "16:48", 26), (375, 70, "社区医保群(286)", 32, "mid"), (140, 165, "网格员小吴", 22, "grey"), (150, 210, "新生儿参保请把以下材料拍照发邮箱：", 28), (150, 256, "1.出生医学证明 2.户口本首页和本人页", 28), (150, 302, "3.手写申请书 4.联系电话", 28), (140, 400, "3栋张姐", 22, "grey"), (150, 446, "死亡证明和花名册也是发这个邮箱吗？", 28), (200, 570, "居住证正反面要不要拍", 28), (140, 680, "网格员小吴", 22, "grey"), (150, 726, "要的，身份证、社保卡也要正反面", 28), (150, 930, "参保凭证.jpg", 26), (200, 1080, "好的收到", 28),
        ),
        size=_PHONE, colour=(237, 237, 237), face="print", bands=((130, 198, 690, 350, (255, 255, 255)), (130, 434, 690, 500, (255, 255, 255)), (180, 556, 640, 622, _GREEN), (130, 714, 690, 780, (255, 255, 255)), (130, 810, 420, 970, (208, 214, 220)), (180, 1066, 400, 1132, _GREEN), (30, 165, 100, 235, (110, 150, 120)), (30, 400, 100, 470, (180, 140, 170)), (655, 556, 725, 626, (90, 110, 160)), (30, 680, 100, 750, (110, 150, 120))),
    ), lookalike="chat"),
    form_layout("other-instructions-page", "other", "open", Form(
        "填 表 说 明",
        (("text", "一、本表由申请人用蓝黑墨水钢笔或签字笔填写，字迹清楚，不得涂改；打印有效。", "二、“姓名”“身份证号码”须与居民身份证一致，“社会保障卡号”按卡面填写。", "三、“参保类别”分为职工、灵活就业、城乡居民，请在相应方框内打“√”。", "四、“申请事项”：异地安置、常驻异地工作、转诊转院、结算类型变更，单选。", "五、“单位意见”由参保单位填写并加盖公章；无单位的由街道（社区）盖章。", "六、本表一式两份，医保经办机构、申请人各留存一份。", "七、申请人应提交的材料：身份证复印件、诊断证明、病历、转诊意见等。"), ("gap", 40), ("ends", "医疗保险业务申请表（背面）", "第 2 页")),
        font=26, title_size=44, margin=100, top=120,
    ), lookalike="instructions"),
    form_layout("other-nurse-licence", "other", "open", Form(
        "护士执业证书",
        (
            ("ends", "护士执业证书编号：{year}990{short}", ""), ("gap", 12), ("lines", ("姓名", "{name}"), ("性别", "{sex}"), ("出生日期", "{iso_birth}"), ("身份证号", "{id}"), ("执业地点", "{hospital}"), ("首次注册日期", "2014-08-20"), ("有效期至", "{iso_day}")), ("sign", "发证机关：{city}卫生健康委员会", "{when}"),
        ),
        size=(1240, 860), font=26, tall=60, title_size=48, right=270, margin=100, top=90, colour=(244, 248, 250), border="plain", extras=(("portrait", 920, 180, 200),), seals=((0.72, 0.8, 86, "{city}卫生健康委员会", "护士注册专用章"),),
    ), lookalike="nurse"),
)
LAYOUTS = (*_HOUSES, *_FAMILY, *_REFUSED)
# fmt: on

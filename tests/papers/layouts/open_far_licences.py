# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Licences, physicians' certificates and papers of leaving, dying and changing agencies, from elsewhere and other years: open layouts, held out until the next fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import ID_BOXES, copied, with_id
from tests.papers.sheet import A4_WIDE

_PHONE = (750, 1334)
# fmt: off
_BUSINESS = (
    form_layout("business-shopkeeper-2006", "business-license", "open", Form(
        "个体工商户营业执照",
        (
            ("ends", "（副  本）", "注册号 9901{serial}"), ("gap", 20), ("lines", ("经营者姓名", "{name}"), ("字 号 名 称", "{shop}"), ("组 成 形 式", "个人经营"), ("经 营 场 所", "{address}"), ("经 营 范 围", "零售：中成药、化学药制剂、抗生素、保健用品（凭许可证经营）"), ("注 册 日 期", "2006年04月17日"), ("有 效 期 限", "自2006年04月17日至2010年04月16日")),
            ("table", ("2006年度验照", "2007年度验照", "2008年度验照", "2009年度验照"), ("已验", "已验", "已验", "")), ("sign", "登记机关：{city}工商行政管理局假定分局", "二〇〇六年四月十七日"),
        ),
        size=(1240, 1000), colour=(246, 240, 226), waves=(236, 226, 206), border="ornate", font=26, tall=56, title_size=52, margin=110, top=90, seals=((0.72, 0.84, 92, "{city}工商行政管理局", ""),),
    )),
    card_layout("business-e-licence-phone", "business-license", "open", Card(
        (
            (36, 20, "10:51", 26), (714, 22, "4G 90%", 24, "right"), (375, 76, "电子营业执照", 34, "mid"), (375, 210, "营业执照", 60, "mid bold wide"), (375, 296, "（电子版）", 26, "mid"), *((x, 360 + n * 76, text, 26, style, wrap) for n, (label, value) in enumerate((("统一社会信用代码", "{credit}"), ("名称", "{hospital}有限公司"), ("类型", "有限责任公司（法人独资）"), ("法定代表人", "{name}"), ("注册资本", "伍佰万元人民币"), ("成立日期", "{when}"), ("住所", "{address}"))) for x, text, style, wrap in ((60, label, "grey", 300), (280, value, "", 410))),
            (60, 900, "登记机关  {city}市场监督管理局", 26), (375, 1180, "出示执照     下载打印     执照管理", 28, "mid blue"), (375, 1260, "国家市场监督管理总局监制", 24, "mid grey"),
        ),
        size=_PHONE, colour=(236, 240, 246), face="print", bands=((30, 140, 720, 1150, (253, 249, 238)),), extras=(("squares", 300, 970, 150), ("emblem", 110, 210, 40)), seals=((580, 960, 88, "{city}市场监督管理局", "电子执照专用"),),
    )),
    copied(form_layout("business-branch-copy", "business-license", "open", Form(
        "营 业 执 照",
        (
            ("ends", "（副本）（8-3）", "统一社会信用代码  {credit}"), ("gap", 20), ("lines", ("名        称", "{shop}第十二分店"), ("类        型", "有限责任公司分公司"), ("负  责  人", "{name}"), ("经营场所", "{address}"), ("成立日期", "{iso_day}"), ("经营范围", "许可项目：药品零售；第三类医疗器械经营。一般项目：第二类医疗器械销售；医用口罩零售；眼镜销售。")),
            ("gap", 60), ("text", "复印件与原件一致，仅用于医保定点资料变更。"), ("sign", "登记机关  {city}假定区行政审批局", "{when}"),
        ),
        font=25, tall=64, title_size=64, border="ornate", margin=110, top=220, colour=(240, 238, 230), extras=(("emblem", 500, 130, 56), ("squares", 110, 130, 100)), seals=((0.7, 0.8, 94, "{city}假定区行政审批局", ""), (0.3, 0.72, 84, "{shop}", "")),
    ))),
)
_FACILITIES = (
    card_layout("medical-licence-booklet-1998", "medical-license", "open", Card(
        (
            (320, 60, "医疗机构执业许可证", 42, "mid red bold"), (320, 124, "（副本）", 30, "mid red"), (60, 210, "机构名称", 26), (200, 204, "{hospital}", 32, "brush"), (60, 280, "地    址", 26), (200, 274, "{home}", 30, "brush", 380), (60, 380, "邮政编码", 26), (200, 374, "990012", 32, "pen"), (60, 450, "法定代表人", 26), (220, 440, "{other}", 36, "brush"), (60, 520, "主要负责人", 26), (220, 510, "{name}", 36, "brush"), (60, 590, "所有制形式", 26), (220, 584, "集体", 34, "brush"), (60, 660, "登记号  {serial}9901", 28), (60, 730, "有效期限 1998年6月至2003年5月", 28),
            (960, 60, "诊 疗 科 目", 32, "mid"), (700, 130, "内科  外科  妇产科", 34, "brush"), (700, 190, "儿科  中医科  检验科", 34, "brush"), (960, 290, "校  验  记  录", 32, "mid"), (700, 356, "1999.5   合格   {clerk}", 32, "pen"), (700, 426, "2000.5   合格   {clerk}", 32, "pen"), (700, 740, "发证机关：样张县卫生局", 28), (700, 690, "床位 10 张    牙椅 0 台", 28),
        ),
        size=(1280, 830), colour=(246, 240, 224), waves=(236, 228, 206), rules=((640, 20, 640, 810), *((690, y, 1240, y) for y in (120, 180, 240, 346, 406, 476, 536))), seals=((1080, 640, 92, "样张县卫生局", ""),),
    )),
    copied(form_layout("medical-licence-station-copy", "medical-license", "open", Form(
        "医疗机构执业许可证",
        (
            ("gap", 10), ("lines", ("名    称：", "{city}子虚社区卫生服务站"), ("地    址：", "{address}"), ("诊疗科目：", "预防保健科；全科医疗科；中医科******"), ("负 责 人：", "{name}"), ("登 记 号：", "PDY{serial}D2192"), ("有效期限：", "{span}")), ("text", "该机构经核准登记，准予执业。"), ("sign", "发证机关：{city}假定区卫生和计划生育局", "{when}"),
        ),
        size=A4_WIDE, font=28, tall=70, title_size=60, title_track=6, border="ornate", margin=130, top=210, colour=(236, 236, 232), extras=(("emblem", 707, 125, 56),), seals=((0.74, 0.82, 92, "假定区卫生和计划生育局", ""),),
    )), "与原件一致  {clerk}", share=0.92),
    form_layout("drug-licence-wholesale-2024", "drug-license", "open", Form(
        "药品经营许可证",
        (
            ("ends", "（批发）", "许可证编号：虚AA990{short}"), ("cells", ("企业名称", "{shop}"), ("统一社会信用代码", "{credit}"), ("法定代表人", "{name}", "主要负责人", "{other}"), ("质量负责人", "{p1}", "有效期至", "2029年03月11日"), ("住所（经营场所）", "{address}"), ("仓库地址", "{place}假定区乌有物流园3号库"), ("经营方式", "批发"), ("经营范围", "生物制品（含冷藏、冷冻）、中药饮片、中成药、化学药、医疗用毒性药品、罂粟壳")),
            ("sign", "发证机关：虚构省药品监督管理局", "发证日期：2024年03月12日"), ("text", "投诉举报电话：12315"),
        ),
        size=A4_WIDE, font=23, tall=58, title_size=46, face="print", colour=(250, 244, 246), waves=(240, 228, 234), border="plain", margin=90, top=80, extras=(("squares", 1180, 44, 98), ("emblem", 190, 110, 44)), seals=((0.75, 0.8, 92, "虚构省药品监督管理局", ""),),
    )),
    copied(form_layout("drug-licence-copy-changes", "drug-license", "open", Form(
        "药品经营许可证（副本）",
        (
            ("ends", "证号：虚DB99{short}", "社会信用代码：{credit}"), ("cells", ("企业名称", "{shop}"), ("注册地址", "{address}"), ("法定代表人", "{other}"), ("企业负责人", "{name}"), ("质量负责人", "{p1}"), ("经营范围", "处方药、非处方药、中药饮片（精装）"), ("许可证有效期至", "{when}")),
            ("gap", 24), ("table", ("变更项目", "变更内容", "变更日期", "登记部门盖章"), ("企业负责人", "由{p2}变更为{name}", "{iso_day}", ""), ("注册地址", "门牌号变更", "{iso_day}", ""), ("", "", "", "")), ("sign", "发证机关：{city}食品药品监督管理局"),
        ),
        font=24, tall=64, title_size=42, margin=90, border="plain", top=110, colour=(236, 236, 236), seals=((0.74, 0.64, 80, "{city}食品药品监督管理局", ""), (0.7, 0.84, 88, "{city}食品药品监督管理局", "")),
    ))),
)
_PHYSICIANS = (
    card_layout("qualification-app", "physician-qualification", "open", Card(
        (
            (36, 20, "8:03", 26), (375, 76, "我的证照", 34, "mid"), (375, 190, "医师资格证书", 48, "mid bold red"), (375, 262, "（电子证照）", 26, "mid grey"), *((x, 540 + n * 66, text, 28, style) for n, (label, value) in enumerate((("姓名", "{name}"), ("性别", "{sex}"), ("证件号码", "{id}"), ("类别", "公共卫生执业医师"), ("证书编码", "{long}"), ("发证机关", "虚构省卫生健康委"), ("发证日期", "{iso_day}"))) for x, text, style in ((80, label, "grey"), (260, value, ""))),
            (375, 1230, "验证二维码        分享        申请补办", 28, "mid blue"),
        ),
        size=_PHONE, colour=(238, 242, 246), face="print", bands=((40, 150, 710, 1180, (255, 253, 246)),), extras=(("portrait", 295, 300, 160), ("squares", 310, 1010, 130)), seals=((570, 1080, 84, "虚构省卫生健康委员会", "医师资格专用章"),),
    )),
    copied(card_layout("qualification-assistant-2002", "physician-qualification", "open", Card(
        (
            (330, 70, "{name}", 46, "mid brush"), (330, 520, "持证人签名", 26, "mid"), (330, 640, "中华人民共和国卫生部印制", 24, "mid"), (960, 70, "执业助理医师资格证书", 40, "mid bold"), (700, 170, "姓    名", 26), (860, 162, "{name}", 34, "brush"), (700, 230, "性    别", 26), (860, 222, "{sex}", 34, "brush"), (700, 290, "出生日期", 26), (860, 286, "{birth}", 30, "pen"), (700, 350, "身份证号", 26), (860, 346, "{id}", 30, "pen"), (700, 410, "学    历", 26), (860, 402, "中专", 34, "brush"), (700, 470, "类    别", 26), (860, 462, "中医", 34, "brush"), (700, 530, "证书编码  {long}", 26), (700, 650, "发证机关  虚构省卫生厅", 26), (700, 700, "2002年12月3日", 28, "pen"),
        ),
        size=(1260, 800), colour=(232, 232, 228), rules=((640, 20, 640, 780),), extras=(("portrait", 230, 160, 200),), seals=((460, 440, 80, "虚构省卫生厅", "钢印"), (1060, 640, 84, "虚构省卫生厅", "")),
    )), "原件已审  {clerk}", share=0.94),
    card_layout("practice-app", "physician-practice", "open", Card(
        (
            (36, 20, "17:40", 26), (375, 76, "电子证照", 34, "mid"), (80, 170, "医师执业证书", 44, "white bold"), (80, 230, "Practising Physician Certificate", 22, "white"), *((x, 330 + n * 70, text, 28, style, wrap) for n, (label, value) in enumerate((("姓名", "{name}"), ("身份证号", "{id}"), ("执业证书编码", "{long2}"), ("执业级别", "执业医师"), ("执业类别", "口腔"), ("执业范围", "口腔专业"), ("主要执业机构", "{hospital}"), ("执业地点", "虚构省"), ("批准机关", "{city}行政审批局"), ("批准日期", "{iso_day}"))) for x, text, style, wrap in ((80, label, "grey", 300), (290, value, "", 400))),
            (375, 1240, "截图无效，请扫码核验", 26, "mid grey"),
        ),
        size=_PHONE, colour=(240, 246, 246), face="print", bands=((40, 140, 710, 280, (30, 130, 130)), (40, 280, 710, 1210, (255, 255, 255))), extras=(("squares", 310, 1050, 140),),
    )),
    copied(form_layout("practice-copy-registrations", "physician-practice", "open", Form(
        "医师执业证书",
        (
            ("cells", ("姓名", "{name}", "性别", "{sex}"), ("出生日期", "{iso_birth}", "民族", "{nation}"), ("身份证号码", "{id}"), ("医师资格证书编码", "{long}"), ("医师执业证书编码", "{long2}"), ("执业机构", "{hospital}"), ("执业类别及范围", "临床  外科专业"), ("发证机关", "{city}卫生局", "发证日期", "{iso_day}")),
            ("gap", 30), ("cells", ("变 更 注 册 记 录",), ("变更事项", "执业地点：由样张县中医院变更为{hospital}"), ("批准机关", "{city}卫生局", "日期", "{iso_day}")), ("gap", 30), ("cells", ("备案（多机构执业）",), ("机构", "无", "日期", "")),
        ),
        font=25, tall=68, title_size=46, margin=80, top=110, colour=(234, 234, 232), extras=(("bars", 660, 40, 260),), seals=((0.74, 0.5, 84, "{city}卫生局", "医师执业注册专用章"), (0.7, 0.7, 84, "{city}卫生局", "医师执业注册专用章")),
    ))),
    form_layout("title-review-province-1994", "physician-title", "open", Form(
        "专业技术职务任职资格证书",
        (
            ("ends", "虚职改字 第 {short} 号", ""), ("gap", 16), ("lines", ("姓    名", "{name}"), ("性    别", "{sex}"), ("出生年月", "{birth_y}年{birth_m}月"), ("工作单位", "{hospital}"), ("专业名称", "{dept}"), ("任职资格", "主管技师"), ("批准时间", "1994年11月"), ("批准文号", "虚卫职改〔1994〕27号")), ("sign", "评审委员会：样张市卫生技术中级评审委员会", "发证机关：样张市职称改革领导小组"),
        ),
        size=(1000, 1200), font=26, tall=64, title_size=40, right=230, hand=0, colour=(246, 232, 226), border="plain", margin=80, extras=(("portrait", 720, 190, 190),), seals=((0.7, 0.86, 90, "样张市职称改革领导小组", ""),),
    )),
    form_layout("title-exam-junior-print", "physician-title", "open", Form(
        "卫生专业技术资格证书",
        (
            ("ends", "Qualification Certificate of Speciality and Technology", ""), ("gap", 20), ("lines", ("管理号：", "9901{serial}{short}"), ("姓  名：", "{name}"), ("证件号码：", "{id}"), ("性  别：", "{sex}"), ("资格级别：", "初级（师）"), ("专业类别：", "康复医学治疗技术"), ("授予时间：", "{iso_day}")), ("text", "持证人参加全国统一考试成绩合格，取得相应专业技术资格，表明持证人具备担任相应专业技术职务的水平和能力。"), ("sign", "国家卫生健康委人才交流服务中心印制", "打印日期：{iso_day}"),
        ),
        font=25, tall=66, title_size=44, right=240, margin=90, top=120, colour=(244, 246, 250), waves=(228, 232, 242), border="plain", extras=(("portrait", 700, 240, 190), ("squares", 110, 1180, 120)), seals=((0.68, 0.78, 88, "虚构省卫生健康委员会", "专业技术资格专用章"),),
    )),
)
_MOVES = (
    form_layout("enrolment-terminal-slip", "enrolment-cert", "open", Form(
        "参保凭证（医疗保险转移专用）",
        (
            ("ends", "自助服务终端 A0{d1}", "打印时间：{iso_day} 09:1{d2}:3{d3}"), ("gap", 16), ("lines", ("姓名：", "{name}"), ("证件号码：", "{id}"), ("原参保险种：", "职工基本医疗保险"), ("参保起止年月：", "2014-03 至 {year}-{month}"), ("实际缴费月数：", "{months}"), ("个人账户余额（元）：", "{m2}"), ("转出统筹区：", "{place}"), ("统筹区编码：", "990100"), ("经办机构：", "{agency}"), ("地址：", "{place}假定路1号"), ("凭证号：", "{long}")), ("text", "请持本凭证到转入地医疗保障经办机构办理关系转移接续。有效期一年，遗失可重新打印。"),
        ),
        size=(760, 1100), font=24, tall=54, title_size=36, margin=50, face="print", seals=((0.7, 0.84, 76, "{agency}", "自助打印专用章"),), extras=(("squares", 60, 950, 100),),
    )),
    form_layout("enrolment-letter", "enrolment-cert", "open", Form(
        "医疗保险参保缴费凭证",
        (
            ("ends", "", "虚医保转字〔{year}〕{short}号"), ("text", "转入地医疗保险经办机构：", "兹有参保人{name}（{sex}，社会保障号码{id}），自2008年07月至{year}年{month}月在我市参加城镇职工基本医疗保险，累计缴费{months}个月，其中视同缴费年限0个月。现其医疗保险关系已在我处中断，个人账户余额人民币{m3}元，将随关系转移一并划转。", "请凭此凭证为其办理医疗保险关系接续手续。", "转出地经办机构：{agency}", "单位地址：{place}乌有街22号    邮政编码：990100"), ("sign", "{agency}", "（业务专用章）", "{when}"),
        ),
        font=28, title_size=46, margin=110, top=130, seals=((0.68, 0.66, 98, "{agency}", "业务专用章"),),
    )),
    form_layout("enrolment-platform-pdf", "enrolment-cert", "open", Form(
        "基本医疗保险关系转移接续参保凭证",
        (
            ("ends", "国家医保服务平台", "凭证编号：CB{long}"), ("cells", ("一、参保人员基本信息",), ("姓名", "{name}", "证件类型", "居民身份证"), ("证件号码", "{id}", "医保编号", "{long2}"), ("联系电话", "{phone}", "户籍性质", "非农业"), ("二、参保缴费信息",)), ("table", ("参保地", "险种", "起始年月", "终止年月", "月数", "参保状态"), ("{place}", "职工医保", "201109", "{year}06", "{months}", "暂停参保"), ("{place}", "城乡居民医保", "201001", "201012", "12", "终止参保")),
            ("cells", ("三、经办机构信息",), ("机构名称", "{agency}"), ("机构地址", "{place}样张大街9号", "邮编", "990100")), ("gap", 16), ("text", "备注：本凭证仅用于基本医疗保险关系转移接续。"), ("sign", "出具单位：{agency}", "出具日期：{iso_day}"),
        ),
        font=23, tall=60, title_size=36, face="hei", label_colour=(60, 80, 110), rule=(150, 170, 190), seals=((0.72, 0.74, 88, "{agency}", "电子专用章"),), extras=(("squares", 90, 1200, 120),),
    )),
    with_id(form_layout("death-cert-1992-edition", "death-cert", "open", Form(
        "居 民 死 亡 医 学 证 明 书",
        (
            ("ends", "虚构省样张市假定区子虚街道", "编号 {short}"), ("gap", 16), ("lines", ("死者姓名", "{other}", "性别", "{other_sex}"), ("民族", "{nation}", "职业", "退休工人"), ("常住户口住址", "{address}"), ("生前工作单位", "{company}"), ("出生日期", "{other_birth}", "实足年龄", "{other_age}"), ("死亡日期", "{when} 21时", "死亡地点", "医院病房")), ("table", ("身份证编号", *(f"{{other_id[{n}]}}" for n in range(18)))), ("gap", 26), ("lines", ("Ⅰ(a)直接导致死亡的疾病", "多脏器功能衰竭"), ("Ⅰ(b)引起(a)的疾病", "{diagnosis}"), ("Ⅱ 其他疾病诊断", "肺部感染"), ("最高诊断单位", "省级医院", "诊断依据", "临床＋理化"), ("住院号", "{short}", "医师签名", "{doctor}"), ("可联系的家属", "{name}", "与死者关系", "子女")), ("sign", "单位盖章：{hospital}", "填报日期：{when}"),
        ),
        font=23, tall=58, title_size=42, hand=0, top=90, seals=((0.72, 0.84, 88, "{hospital}", "死亡证明专用章"),),
    ), subject="other"), "other_id"),
    form_layout("death-cert-hospital-his", "death-cert", "open", Form(
        "死亡证明书",
        (
            ("ends", "住院号：{serial}    病区：{ward}", "打印时间：{iso_day} 23:04"), ("cells", ("姓名", "{other}", "性别", "{other_sex}", "年龄", "{other_age}"), ("证件号", "{other_id}", "科室", "{dept}"), ("入院时间", "{iso_day} 08:20", "死亡时间", "{iso_day} 22:17"), ("入院诊断", "{diagnosis}"), ("死亡诊断", "{diagnosis}；急性左心衰竭"), ("死亡原因", "呼吸、心跳骤停"), ("联系人", "{name}", "关系", "家属", "电话", "{phone}")), ("text", "以上情况属实，特此证明。"), ("ends", "主管医师：{doctor}", "科主任：{clerk}"), ("sign", "{hospital}医务科（盖章有效）"),
        ),
        over_title="{hospital}", size=(1240, 880), font=24, tall=56, title_size=36, face="print", seals=((0.76, 0.84, 82, "{hospital}", "医务科"),),
    ), subject="other"),
    form_layout("death-cert-police-accident", "death-cert", "open", Form(
        "非正常死亡证明",
        (
            ("ends", "", "样公（交）死证字〔{year}〕第{short}号"), ("lines", ("死亡人姓名：", "{other}", "性别：", "{other_sex}"), ("身份证号码：", "{other_id}"), ("户籍地址：", "{address}"), ("死亡时间：", "{when}18时许"), ("死亡地点：", "样张市子虚大道与乌有路交叉口"), ("死亡原因：", "道路交通事故致颅脑损伤死亡")), ("text", "经法医检验和现场勘查，上述人员系非正常死亡，准予办理户口注销及遗体火化手续。"), ("sign", "{police}（盖章）", "承办民警：{clerk}", "{when}"), ("gap", 30), ("text", "本证明一式三份：家属、殡葬管理部门、户口登记机关各执一份。领取人：{name}"),
        ),
        font=26, tall=64, title_size=46, margin=100, top=110, seals=((0.7, 0.66, 92, "{police}", ""),),
    ), subject="other"),
    with_id(form_layout("termination-returned-worker", "termination-cert", "open", Form(
        "单位退工证明",
        (
            ("ends", "社会保险登记码：{code}", "（一式三联  第二联 劳动者）"), ("gap", 16), ("lines", ("单位名称", "{company}"), ("姓名", "{name}", "性别", "{sex}")), ("table", ("身份证", *ID_BOXES)), ("gap", 26), ("lines", ("劳动合同起止日期", "{span_cn}"), ("退工日期", "{when}", "退工原因", "合同解除（协商）"), ("工作岗位", "{occupation}", "档案", "转街道")), ("text", "该同志劳动关系已依法解除，请按规定办理社会保险及失业登记手续。"), ("sign", "单位（盖章）：{company}", "经办人：{clerk}    {when}"),
        ),
        size=(1240, 900), font=25, tall=60, title_size=46, margin=80, hand=1, seals=((0.7, 0.82, 88, "{company}", "人事专用章"),),
    ))),
    form_layout("termination-decision", "termination-cert", "open", Form(
        "关于解除{name}同志劳动合同的决定",
        (
            ("ends", "", "样建人字〔2003〕18号"), ("text", "各部门：", "{name}，{sex}，身份证号{id}，系我单位{occupation}。因本人合同期满前提出书面辞职申请，经单位办公会研究决定，自2003年9月30日起解除与其签订的劳动合同，劳动关系及工资关系同时终止，社会保险缴至2003年9月。", "请本人持本决定到劳动保障部门办理档案及保险关系转移手续。", "特此决定。"), ("sign", "{company}", "二〇〇三年九月二十八日"), ("gap", 40), ("text", "主题词：劳动  合同  解除", "抄送：市就业服务局，本人。"),
        ),
        over_title="{company}文件", font=28, title_size=38, margin=110, top=120, title_colour=(30, 30, 34), seals=((0.68, 0.6, 94, "{company}", ""),),
    )),
    form_layout("termination-institution", "termination-cert", "open", Form(
        "事业单位解除聘用合同证明书",
        (
            ("ends", "存根联/本人联/档案联", "编号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "学历", "{schooling}"), ("身份证号码", "{id}"), ("原聘岗位", "专业技术十二级", "聘用合同期限", "5年"), ("参加工作时间", "2011-08", "本单位工龄", "9年"), ("解除日期", "{when}"), ("解除依据", "《事业单位人事管理条例》第十七条，本人提前30日书面通知"), ("社会保险停缴时间", "{year}年{month}月")), ("big", "聘用单位", "聘用合同已解除，人事关系同时终止。", "（盖章）{company}", "{when}"), ("big", "受聘人员", "", "签收：{name}", "{when}"),
        ),
        font=24, tall=66, title_size=40, seals=((0.72, 0.62, 88, "{company}", ""),),
    )),
)
LAYOUTS = (*_BUSINESS, *_FACILITIES, *_PHYSICIANS, *_MOVES)
# fmt: on

# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Handwritten letters, lists and personnel forms from far and wide: open layouts that measure unseen papers."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

_GREY = (215, 215, 212)
_DIGITS = tuple(f"{{id[{place}]}}" for place in range(18))
_RULED = tuple((60.0, y, 940.0, y) for y in range(216, 1330, 72))


def _empty(first: int, last: int, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list that nobody filled in, numbered."""
    return tuple((str(number), *[""] * (columns - 1)) for number in range(first, last))


LAYOUTS = (
    card_layout("far-request-company-letterhead", "written-request", "open", Card(
        (
            (500, 50, "虚构机械制造有限公司便笺", 36, "mid red bold"), (80, 172, "医保中心：", 38, "brush"), (150, 244, "我是{name}，身份证号", 36, "brush"), (80, 316, "{id}，", 36, "brush"), (80, 388, "已经从单位离职，准备去外地上班，", 36, "brush"), (80, 460, "想把医保关系和个人账户一并转走。", 36, "brush"), (80, 532, "请帮助办理，谢谢！", 36, "brush"), (150, 604, "手机 {phone}", 36, "brush"), (150, 676, "邮箱 {email}", 34, "brush"), (580, 820, "{name}", 46, "brush"), (520, 892, "{when}", 36, "brush"),
        ),
        size=(1000, 1200), colour=(252, 250, 244), rules=((60, 104, 940, 104), (60, 110, 940, 110), *_RULED[:13]),
    )),
    card_layout("far-request-untitled-for-child", "written-request", "open", Card(
        (
            (60, 60, "医保局同志您好：", 34, "pen"), (130, 126, "我叫{name}，户口外地，在本市打工", 32, "pen"), (60, 192, "五年，有居住证，身份证号{id}。", 32, "pen"), (60, 258, "孩子叫{p1}，今年上小学，学校让交居民医保，", 32, "pen"), (60, 324, "说要先在你们这里建档。我自愿申请给孩子参保，", 32, "pen"), (60, 390, "请给办理一下，孩子的出生证、户口页照片", 32, "pen"), (60, 456, "已一起发过去。联系电话{phone}。", 32, "pen"), (130, 522, "麻烦了！", 32, "pen"), (560, 610, "家长：{name}", 36, "pen"), (560, 680, "{iso_day}", 32, "pen"),
        ),
        size=(1000, 800), colour=(250, 246, 224), rules=(*((40.0, y, 960.0, y) for y in range(108, 790, 66)), (48.0, 20.0, 48.0, 780.0)),
    )),
    card_layout("far-request-transfer-in-grid", "written-request", "open", Card(
        (
            (300, 76, "医保转入申请", 50, "brush"), (80, 188, "社保局：", 38, "brush"), (80, 260, "本人{name}，", 38, "brush"), (80, 332, "原在{destination}参保，", 38, "brush"), (80, 404, "现调入{company}工作，", 36, "brush"), (80, 476, "现将原参保凭证交上，", 38, "brush"), (80, 548, "申请把医保年限接续到本市。", 38, "brush"), (80, 620, "身份证：{id}", 36, "brush"), (80, 692, "手机：{phone}", 36, "brush"), (80, 764, "邮箱：{email}", 34, "brush"), (520, 930, "申请人：{name}", 38, "brush"), (520, 1002, "{when}", 36, "brush"),
        ),
        size=(1000, 1200), colour=(248, 250, 246), rules=(*((60.0, y, 940.0, y) for y in range(160, 1170, 72)), *((x, 160.0, x, 1168.0) for x in range(60, 950, 44))),
    )),
    card_layout("far-request-with-reasons", "written-request", "open", Card(
        (
            (220, 70, "关于医保关系转出的情况申请", 42, "brush"), (80, 160, "{agency}领导：", 34, "brush"), (150, 226, "申请人{name}，{sex}，身份证号：", 34, "brush"), (80, 292, "{id}，原系{company}职工。", 32, "brush"), (150, 358, "一、本人已于{when}办理离职；", 34, "brush"), (150, 424, "二、户籍不在本地，无灵活就业参保；", 34, "brush"), (150, 490, "三、新单位在{destination}，要求转入。", 34, "brush"), (80, 556, "为此，特申请转移本人医疗保险关系，", 34, "brush"), (80, 622, "恳请批准为盼。", 34, "brush"), (150, 688, "此致", 34, "brush"), (80, 754, "敬礼", 34, "brush"), (560, 850, "申请人 {name}", 38, "brush"), (560, 920, "{when}", 34, "brush"), (80, 1010, "联系方式：{phone}", 32, "brush"), (80, 1070, "{email}", 32, "brush"),
        ),
        size=(1000, 1414), colour=_GREY,
    )),
    form_layout("far-decrease-stop-list", "decrease-roster", "open", Form(
        "医疗、生育保险停保人员名册",
        (
            ("ends", "社保登记号 {code}", "停保所属期：{year}年{month}月"), ("table", ("序号", "医保编号", "姓名", "性别", "公民身份号码", "停保原因", "停保日期", "最后缴费月"), ("1", "{card}", "{name}", "{sex}", "{id}", "辞职", "{iso_day}", "{year}{month}"), ("2", "A9900{short[0]}{short[1]}77", "{p1}", "{p1_sex}", "{p1_id}", "应征入伍", "{iso_day}", "{year}{month}"), *_empty(3, 9, 8)), ("gap", 14), ("ends", "参保单位：{company}（章）", "劳资员：{clerk}  {phone}"), ("ends", "停保原因：01调出 02辞职 03辞退 04死亡 05参军 06判刑 07出境", "经办机构录入：")),
        size=A4_WIDE, title_size=36, font=22, tall=60, seals=((0.24, 0.82, 80, "{company}", ""),),
    )),
    form_layout("far-decrease-second-page", "decrease-roster", "open", Form(
        "",
        (
            ("ends", "单位：{company}", "续表   第 2 页"), ("table", ("序号", "姓名", "社会保障号码", "用工形式", "减员日期", "减员原因", "经济补偿", "档案去向"), ("21", "{name}", "{id}", "合同制", "{iso_day}", "合同到期不续", "有", "人才中心"), ("22", "{p1}", "{p1_id}", "合同制", "{iso_day}", "个人辞职", "无", "街道"), ("23", "{p2}", "{p2_id}", "固定工", "{iso_day}", "在职死亡", "——", "留存"), ("24", "{p3}", "{p3_id}", "劳务派遣", "{iso_day}", "退回派遣单位", "无", "派遣公司"), *_empty(25, 30, 8)), ("gap", 10), ("ends", "减员合计（含上页）：24人", "审核：          经办：{clerk}")),
        size=A4_WIDE, title_size=8, font=22, tall=62, top=44, face="print", colour=(244, 244, 240), seals=((0.2, 0.12, 76, "{company}", ""),),
    )),
    form_layout("far-decrease-e-hall", "decrease-roster", "open", Form(
        "单位减员申报明细（网上申报）",
        (
            ("ends", "申报批次号：{long}", "{iso_day} 16:40:02"), ("ends", "单位编号：{code}  单位名称：{company}", "险种：职工医疗+生育"), ("table", ("行号", "证件号码", "姓名", "减员类别", "终止缴费年月", "申报结果"), ("1", "{id}", "{name}", "解除/终止劳动合同", "{year}{month}", "校验通过"), ("2", "{p1_id}", "{p1}", "跨统筹转出", "{year}{month}", "校验通过"), ("3", "{p2_id}", "{p2}", "到龄退休", "{year}{month}", "校验通过")), ("gap", 20), ("text", "本批次共 3 条记录。请打印加盖公章留存备查。"), ("sign", "单位（盖章）", "经办人签字：{clerk}")),
        size=(1240, 900), title_size=34, font=22, tall=60, face="hei", rule=(170, 180, 190), seals=((0.74, 0.72, 80, "{company}", ""),),
    )),
    form_layout("far-increase-new-register", "increase-roster", "open", Form(
        "职工基本医疗保险新增（续保）人员登记册",
        (
            ("ends", "缴费单位（公章）{company}", "单位代码 {code}"), ("table", ("序", "公民身份号码", "姓名", "性别", "民族", "增加类型", "参加工作时间", "首次缴费年月", "月工资(元)", "户籍"), ("1", "{id}", "{name}", "{sex}", "{nation}", "续保", "2009.7", "{year}.{month}", "{base}", "本市城镇"), ("2", "{p1_id}", "{p1}", "{p1_sex}", "汉", "新参保", "2018.9", "{year}.{month}", "{base}", "外省农村"), *_empty(3, 8, 10)), ("gap", 14), ("ends", "法人代表：        劳资负责人：{other}", "制表：{clerk}  电话：{phone}  {iso_day}")),
        size=A4_WIDE, title_size=36, font=21, tall=62, margin=46, colour=(250, 250, 240), seals=((0.3, 0.16, 82, "{company}", ""),),
    )),
    form_layout("far-increase-second-page", "increase-roster", "open", Form(
        "",
        (
            ("ends", "单位名称：{company}", "共 3 页 第 2 页"), ("table", ("序号", "姓名", "证件号码", "增加原因", "增加时间", "岗位", "缴费基数", "手机号码", "备注"), ("16", "{name}", "{id}", "新招用", "{iso_day}", "操作工", "{base}", "{phone}", ""), ("17", "{p1}", "{p1_id}", "新招用", "{iso_day}", "操作工", "{base}", "", "试用"), ("18", "{p2}", "{p2_id}", "异地转入", "{iso_day}", "技术员", "{base}", "", ""), ("19", "{p3}", "{p3_id}", "退役士兵", "{iso_day}", "保管员", "{base}", "", ""), *_empty(20, 27, 9))),
        size=A4_WIDE, title_size=8, font=22, tall=66, top=50, face="hei", colour=(238, 238, 236),
    )),
    replace(form_layout("far-increase-single-person", "increase-roster", "open", Form(
        "参保职工增加申报表",
        (
            ("ends", "单位医保编号：{code}", "医险表3"), ("cells", ("申报单位", "{company}"), ("姓名", "{name}", "性别", "{sex}", "联系电话", "{phone}")), ("table", ("证件号", *_DIGITS)), ("cells", ("增加方式", "√统筹内转入 □统筹外转入 □新参加工作 □复工"), ("原参保单位", "样张市第六中学"), ("增加年月", "{year}年{month}月", "申报工资", "{base}元"), ("医疗人员类别", "在职", "公务员补助", "享受")), ("big", "单位意见", "同意增加。", "（章）{when}"), ("big", "医保机构意见", "", "（章）   年  月  日")),
        title_size=40, font=23, tall=62, seals=((0.74, 0.6, 86, "{company}", ""),),
    )), id_word="id"),
    form_layout("far-selection-talent", "selection-form", "open", Form(
        "高层次紧缺人才选聘备案登记表",
        (
            ("ends", "用人单位：{company}", "备案序号：{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "国籍", "中国"), ("身份证号码", "{id}"), ("最高学历学位", "博士研究生", "专业", "材料科学与工程"), ("现任职单位", "虚构大学", "专业技术职务", "教授"), ("引进方式", "√直接考核选聘 □调入"), ("岗位等级", "专技四级", "聘期", "五年"), ("主要业绩", "主持省级以上课题三项，获发明专利五件"), ("配偶情况", "{p1}  职员")), ("big", "用人单位党组织意见", "经集体研究，同意选聘。", "（盖章）{when}"), ("big", "编制部门", "同意使用周转编制。", "（盖章）{when}"), ("big", "人社部门", "准予备案。", "（盖章）{when}"),
        ),
        title_size=38, font=21, tall=52, margin=60, seals=((0.74, 0.6, 76, "{company}", ""), (0.74, 0.86, 76, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("far-selection-graduate-hand", "selection-form", "open", Form(
        "事业单位选聘优秀毕业生备案表",
        (
            ("lines", ("姓名", "{name}", "性别", "{sex}"), ("出生", "{iso_birth}", "籍贯", "{place}"), ("公民身份证号", "{id}"), ("毕业学校", "虚构师范大学", "毕业时间", "2013.6"), ("在校任职", "学生会部长", "奖励", "国家奖学金"), ("选聘去向", "{company}", "岗位", "管理九级")), ("big", "学校推荐意见", "该生品学兼优，同意推荐。", "（盖章）2013年5月20日"), ("big", "面试考察情况", "面试86分，考察合格，体检合格。", "考察组：{p1}  {p2}"), ("big", "选聘机关意见", "同意选聘，予以备案。", "（盖章）2013年7月2日"),
        ),
        title_size=38, font=23, tall=58, hand=1, right=0, colour=(244, 240, 228), seals=((0.7, 0.86, 82, "中共样张市委组织部", ""),),
    )),
    form_layout("far-recruitment-teacher", "recruitment-form", "open", Form(
        "公办学校招聘教师登记表",
        (
            ("ends", "招聘学校：样张市第九中学", "准考证号：{code}"), ("cells", ("姓名", "{name}", "曾用名", "无"), ("性别", "{sex}", "民族", "{nation}", "政治面貌", "群众"), ("身份证号", "{id}"), ("毕业院校", "虚构师范大学", "学历", "{schooling}"), ("教师资格种类", "高级中学", "学科", "英语"), ("普通话等级", "二级甲等", "身高", "{height}"), ("现户口所在派出所", "{police}"), ("联系电话", "{phone}", "邮箱", "{email}")), ("table", ("起止年月", "学习（工作）单位", "职务", "证明人"), ("2005.9-2008.7", "假定市第一中学", "学生", "{p1}"), ("2008.9-2012.7", "虚构师范大学", "学生", "{p2}"), ("2012.9至今", "样张培训学校", "教师", "{p3}")), ("big", "招聘单位意见", "笔试、面试、体检、考核合格，拟录用。", "（公章）{when}")),
        title_size=40, font=20, tall=52, extras=(("portrait", 800, 160, 130),), right=170, margin=50, top=76, seals=((0.5, 0.84, 78, "样张市第九中学", ""),),
    )),
    form_layout("far-recruitment-1999", "recruitment-form", "open", Form(
        "招聘干部、工人登记表",
        (
            ("lines", ("姓　名", "{name}", "性　别", "{sex}"), ("出　生", "{iso_birth}", "民　族", "{nation}"), ("文化程度", "{schooling}", "家庭出身", "职员"), ("身份证号", "{id}"), ("家庭住址", "{home}"), ("招聘单位", "{company}", "工种", "管理员")), ("big", "简历", "先后在子虚小学、假定中学读书，毕业后在本厂做临时工。"), ("big", "政审意见", "本人历史清楚，现实表现好。", "（派出所章）"), ("big", "招聘单位意见", "同意招聘，合同期三年。", "（章）1999年8月16日"), ("big", "人事局审批", "同意。", "（章）1999年9月1日")),
        title_size=40, font=22, tall=54, hand=0, colour=(232, 224, 204), seals=((0.72, 0.86, 80, "样张市人事局", ""),),
    )),
    form_layout("far-recruitment-online", "recruitment-form", "open", Form(
        "事业单位公开招聘拟聘用人员信息登记",
        (
            ("ends", "数据来源：招聘报名系统    报名序号 {serial}", "打印 {iso_day}"), ("table", ("栏目", "填报内容", "栏目", "填报内容"), ("姓名", "{name}", "证件号码", "{id}"), ("报考部门", "{company}", "职位代码", "{short}"), ("学历", "{schooling}", "专业", "会计学"), ("基层工作经历", "2年", "婚姻状况", "{marriage}"), ("手机", "{phone}", "档案所在地", "人才市场"), ("笔试成绩", "13{d1}.5", "面试成绩", "8{d2}.2"), ("名次", "1", "招聘结论", "拟聘用")), ("gap", 14), ("text", "本人保证所填信息真实，提供虚假材料的取消聘用资格。"), ("ends", "本人确认：{name}", "招聘单位确认（盖章）"), ("sign", "{when}")),
        size=(1240, 940), title_size=36, font=22, tall=62, face="hei", rule=(150, 170, 200), title_colour=(30, 70, 130), seals=((0.78, 0.8, 80, "{company}", ""),),
    )),
    form_layout("far-provincial-university", "provincial-recruitment-form", "open", Form(
        "省属高等学校公开招聘人员登记表",
        (
            ("ends", "学校（盖章）：虚构省立大学", "招聘年度：{year}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("公民身份号码", "{id}"), ("毕业院校及专业", "假定理工大学 机械工程"), ("学历", "研究生", "学位", "工学博士"), ("应聘岗位", "专任教师", "岗位类别", "专业技术"), ("科研成果", "论文八篇，专利二项"), ("试讲成绩", "9{d1}.0", "面谈成绩", "8{d2}.5"), ("健康状况", "良好", "移动电话", "{phone}")), ("big", "学院考核意见", "师德师风优良，同意聘用。", "院长：{p1}    {when}"), ("big", "学校人事处意见", "同意。", "（章）{when}"), ("big", "省教育厅备案", "", "（章）   年  月  日")),
        title_size=38, font=22, tall=54, seals=((0.72, 0.72, 80, "虚构省立大学", "人事处"),),
    )),
    form_layout("far-provincial-hand", "provincial-recruitment-form", "open", Form(
        "公开招聘工作人员登记表",
        (
            ("ends", "招聘单位：虚构省水利科学研究所", "隶属：省水利厅"), ("cells", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("身份证号", "{id}"), ("籍贯", "{place}", "婚姻", "{marriage}"), ("学习经历", "2004-2008 虚构大学水利工程"), ("工作经历", "2008至今 样张市水务局"), ("拟聘岗位", "助理工程师", "电话", "{phone}"), ("父母配偶情况", "{p1}、{p2}、{p3}"), ("特长", "测绘制图")), ("big", "本人承诺", "以上情况属实。", "签字：{name}"), ("big", "省属主管厅局意见", "同意办理。", "（盖章）{when}"), ("big", "省人事厅意见", "", "（盖章）")),
        over_title="虚构省省属事业单位", title_size=36, font=22, tall=56, hand=1, colour=(248, 246, 238), extras=(("portrait", 790, 200, 130),), right=160, top=60, margin=70, seals=((0.72, 0.78, 80, "虚构省水利厅", "人事专用章"),),
    )),
    form_layout("far-appointment-technical", "post-appointment-form", "open", Form(
        "专业技术岗位聘用登记表",
        (
            ("ends", "（一式三份）", "编号 ZJ{short}"), ("cells", ("姓名", "{name}", "性别", "{sex}", "出生", "{iso_birth}"), ("身份证号码", "{id}", "党派", "中共"), ("单位名称", "{company}", "单位类别", "公益一类"), ("现专业技术职务", "副研究馆员", "取得时间", "{iso_day}"), ("申请聘用岗位", "专业技术七级"), ("任现职以来年度考核", "合格、优秀、合格"), ("首聘日期", "{when}", "聘期", "3年")), ("big", "竞聘述职摘要", "任现职以来完成馆藏数字化项目两项，发表论文三篇。"), ("big", "聘用委员会意见", "投票 9 人，同意 9 票，同意聘用。", "主任：{other}"), ("big", "人社局核准", "核准聘用。", "（章）{when}")),
        title_size=40, font=21, tall=54, seals=((0.74, 0.86, 78, "{city}人力资源和社会保障局", "岗位管理专用章"),),
    )),
    form_layout("far-appointment-batch", "post-appointment-form", "open", Form(
        "{year}年事业单位岗位设置聘用人员登记明细表",
        (
            ("ends", "单位：{company}（盖章）", "岗位总量 86"), ("table", ("序号", "姓名", "身份证号", "岗位类别", "聘用岗位", "等级", "聘任起", "聘任止", "兑现工资"), ("1", "{name}", "{id}", "专技", "中学一级教师", "9级", "{year}.09", "2026.08", "{base}"), ("2", "{p1}", "{p1_id}", "专技", "中学二级教师", "11级", "{year}.09", "2026.08", "{base}"), ("3", "{p2}", "{p2_id}", "管理", "科员", "九级", "{year}.09", "2026.08", "{base}"), ("4", "{p3}", "{p3_id}", "工勤", "高级工", "三级", "{year}.09", "2026.08", "{base}"), *_empty(5, 8, 9)), ("gap", 12), ("ends", "人事干部：{clerk}", "主管部门审核：          人社局认定：")),
        size=A4_WIDE, title_size=34, font=22, tall=62, face="hei", seals=((0.26, 0.16, 78, "{company}", ""),),
    )),
    form_layout("far-salary-new-hire", "salary-sheet", "open", Form(
        "新聘用人员工资核定明细表",
        (
            ("ends", "单位：{company}", "执行时间：{year}年{month}月"), ("cells", ("姓名", "{name}", "性别", "{sex}", "学历", "{schooling}"), ("身份证号", "{id}"), ("岗位", "专业技术十二级", "薪级", "7级")), ("table", ("工资项目", "标准（元/月）", "依据"), ("岗位工资", "1950.00", "国办发标准"), ("薪级工资", "5{d1}5.00", "国办发标准"), ("教护龄津贴", "10.00", "教龄满5年"), ("基础性绩效", "{m1}", "本市标准"), ("住房补贴", "{m2}", "本市标准"), ("月工资合计", "{base}", "")), ("big", "审批机关", "同意按上述标准执行。", "（工资审批专用章）", "{when}")),
        title_size=38, font=23, tall=54, seals=((0.72, 0.82, 84, "{city}人力资源和社会保障局", "工资审批专用章"),),
    )),
    form_layout("far-salary-slips", "salary-sheet", "open", Form(
        "{month}月份职工薪酬发放明细",
        (
            ("ends", "{company}", "发放日 {iso_day}"), ("table", ("工号", "姓名", "基本工资", "加班", "奖金", "应发", "社保", "医保", "公积金", "个税", "实发"), *((f"00{n}", name, f"{{m{n}}}", "{v1}", f"{{m{n + 3}}}", "{base}", "384.0", "96.0", "500.0", "{v2}", "{fee}") for n, name in enumerate(("{name}", "{p1}", "{p2}", "{p3}"), 1)), ("合计", "", "{m9}", "{v3}", "{m8}", "{total}", "1536.0", "384.0", "2000.0", "{v4}", "{total}")), ("gap", 10), ("text", "注：银行代发，回单附后。"), ("ends", "总经理：          财务主管：{other}", "人事：{clerk}")),
        size=(1300, 800), title_size=34, font=21, tall=62, margin=40, face="print", rule=(130, 160, 130), colour=(250, 252, 248), seals=((0.76, 0.8, 74, "{company}", "财务专用章"),),
    )),
    form_layout("far-salary-1996-hand", "salary-sheet", "open", Form(
        "工 资 明 细",
        (
            ("ends", "一九九六年三月     科室：总务", "第 4 页"), ("cells", ("姓名", "{name}", "职务", "办事员"), ("基础工资", "120.00", "职务工资", "86.00"), ("工龄工资", "12.00", "级别工资", "65.00"), ("副食补贴", "18.50", "粮煤补贴", "9.00"), ("书报费", "15.00", "洗理费", "8.00"), ("扣房租", "4.20", "扣水电", "11.60"), ("扣医疗保险", "3.00", "扣互助金", "5.00"), ("实发金额", "309.70", "领款人章", "{name}")), ("ends", "会计：{clerk}", "出纳：{p1}")),
        size=(1000, 860), over_title="{company}", title_size=38, font=24, tall=58, hand=0, colour=(232, 224, 200), seals=((0.78, 0.86, 66, "{company}", "财务章"),),
    )),
    form_layout("far-stamped-form-bank-change", "stamped-form", "open", Form(
        "定点机构收款银行信息变更申请（盖章件）",
        (
            ("ends", "医保区划：{city}", "机构代码：H{short}"), ("cells", ("医药机构全称", "{hospital}"), ("原户名", "{hospital}", "原账号", "990{serial}"), ("原开户行", "样张农村信用社"), ("新户名", "{hospital}", "新账号", "{account}"), ("新开户行", "{branch}"), ("变更原因", "原开户网点撤并"), ("法定代表人", "{name}", "财务电话", "{phone}")), ("gap", 14), ("text", "附：营业执照、执业许可证、新账户开户信息。"), ("ends", "单位公章：", "财务专用章：")),
        title_size=36, font=24, tall=66, face="print", seals=((0.24, 0.74, 84, "{hospital}", ""), (0.86, 0.74, 72, "{hospital}", "财务专用章")),
    )),
    form_layout("far-confirmation-hand", "account-confirmation", "open", Form(
        "结算账户确认书",
        (
            ("text", "本机构向医疗保险经办机构确认以下账户为协议期内唯一结算账户："), ("lines", ("机构名称：", "{hospital}"), ("医保代码：", "H{short}", "等级：", "一级"), ("户　　名：", "{hospital}"), ("开户银行：", "{branch}"), ("账　　号：", "{account}"), ("主要负责人：", "{name}"), ("填写人：", "{clerk}", "电话：", "{phone}")), ("sign", "确认单位盖章", "{when}")),
        size=(1100, 1000), title_size=44, font=25, tall=60, hand=1, colour=(246, 244, 238), seals=((0.68, 0.84, 84, "{hospital}", ""),),
    )),
    form_layout("far-bank-account-opened-slip", "bank-info", "open", Form(
        "单位银行结算账户开户回执",
        (
            ("ends", "{branch}", "交易流水 {long}"), ("table", ("存款人名称", "账号", "账户性质", "币种", "启用日期"), ("{shop}", "{account}", "基本存款账户", "CNY", "{iso_day}")), ("cells", ("统一社会信用代码", "{credit}"), ("法定代表人", "{name}", "预留电话", "{phone}"), ("开户机构号", "9901{short}", "支付系统行号", "3139{serial}")), ("gap", 10), ("text", "该账户自正式开立之日起可办理收付款业务。本回执加盖业务章有效。"), ("ends", "授权：{p1}    柜员：{clerk}", "客户签收：")),
        size=(1240, 760), title_size=36, font=22, tall=58, face="print", colour=(246, 250, 252), seals=((0.74, 0.72, 76, "{branch}", "业务清讫章"),),
    )),
    form_layout("far-death-cert-form-hospital-print", "death-cert", "open", Form(
        "死亡证明",
        (
            ("ends", "医院电脑打印 手写无效", "病案号：{serial}"), ("gap", 20), ("text", "患者{other}，{other_sex}，{other_age}，身份证号{other_id}，因{diagnosis}在我院{dept}住院治疗，经抢救无效，于{when}06时20分宣布临床死亡。", "死亡原因：呼吸、循环衰竭。", "特此证明，供家属办理户口注销、殡葬及医保销户手续。"), ("sign", "主治医师：{doctor}", "{hospital}（盖章）", "{when}"), ("ends", "家属签收：{name}", "与死者关系：子女")),
        over_title="{hospital}", size=(1100, 1100), title_size=44, font=27, margin=100, top=90, seals=((0.64, 0.62, 90, "{hospital}", "死亡证明专用章"),),
    ), subject="other"),
    form_layout("far-birth-cert-electronic-licence", "birth-cert", "open", Form(
        "中华人民共和国出生医学证明（电子证照）",
        (
            ("ends", "电子证照标识：99.{serial}", "出生证编号 X99{short}"), ("cells", ("新生儿信息",), ("姓名", "{name}", "性别", "{sex}"), ("出生时间", "{birth}03时26分", "出生孕周", "37周+5天"), ("出生体重", "2890克", "出生地点", "{place}"), ("母亲信息",), ("姓名", "{mother}", "证件号码", "{mother_id}"), ("父亲信息",), ("姓名", "{father}", "证件号码", "{father_id}"), ("助产机构", "{hospital}"), ("签发机构", "{hospital}", "签发日期", "{birth}")), ("text", "本电子证照由省级妇幼健康信息平台生成，扫描二维码可核验。"),
        ),
        size=(1000, 1200), title_size=36, font=23, tall=56, face="hei", title_colour=(150, 40, 60), rule=(210, 150, 160), colour=(254, 246, 247), waves=(250, 234, 238), extras=(("squares", 80, 1040, 110),), seals=((0.72, 0.84, 82, "{hospital}", "出生医学证明专用章"),),
    )),
)  # fmt: skip

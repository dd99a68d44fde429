# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers, pharmacies, agencies and letter writers from yet other places, years and offices: open layouts that measure unseen papers."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import ID_BOXES, copied, with_id
from tests.papers.layouts.open_new_cards import _FOUR, renamed, watermarked
from tests.papers.sheet import A4_WIDE

_LINED = tuple((60.0, float(y), 940.0, float(y)) for y in range(150, 1200, 64))


def _blank(count: int, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list that nobody filled in."""
    return (("",) * columns,) * count


# fmt: off
_INSURED = (
    watermarked(form_layout("new-enrolment-province-columns", "enrolment-cert", "open", Form(
        "基本医疗保障参保（合）凭证",
        (("ends", "凭证编号：9925{serial}{short}", "No.{short}"), ("text", "该参保人员在本统筹地区参加基本医疗保障的情况如下，请予办理接续手续。"), ("table", ("参保人信息", "", "缴费信息", ""), ("姓名", "{name}", "参保险种", "职工基本医疗保险"), ("性别", "{sex}", "参保起止", "{span}"), ("证件类型", "居民身份证", "本地实际缴费", "{months}个月"), ("证件号码", "{id}", "视同缴费", "0个月"), ("户籍", "城镇", "个账余额", "{m1}元"), ("参保状态", "暂停参保", "中断时间", "{year}-{month}")), ("gap", 16), ("lines", ("转出地经办机构：", "{agency}"), ("经办机构编码：", "990{short}", "行政区划：", "990100"), ("联系电话：", "0990-0000{d1}{d2}{d3}0", "打印时间：", "{iso_day}")), ("text", "说明：凭证遗失可登录服务平台重新打印，转入地据此发函。")),
        font=22, tall=64, title_size=40, face="print", margin=60, extras=(("squares", 840, 1220, 110),), seals=((0.7, 0.76, 90, "{agency}", "业务专用章"),),
    )), "凭证查验专用", grey=180),
    form_layout("new-termination-agreement-letter", "termination-cert", "open", Form(
        "协商解除劳动合同证明",
        (("text", "甲方（用人单位）：{company}", "乙方（劳动者）：{name}    公民身份号码：{id}"), ("gap", 10), ("text", "甲乙双方于2015年9月1日签订无固定期限劳动合同。经双方协商一致，依据《中华人民共和国劳动合同法》第三十六条，自{when}起解除劳动关系，甲方已支付经济补偿金，工资结清至当日。", "乙方在甲方工作年限计{d1}年，离职前岗位为{occupation}。社会保险缴纳至解除当月。", "出具本证明，供乙方办理失业登记、社保医保转移使用。"), ("gap", 30), ("ends", "甲方（公章）", "乙方（签字）：{name}"), ("ends", "法定代表人或委托代理人：{clerk}", "{when}")),
        font=27, title_size=44, margin=100, top=130, colour=(250, 250, 246), seals=((0.22, 0.6, 92, "{company}", "人力资源专用章"),),
    )),
    form_layout("new-termination-handwritten-note", "termination-cert", "open", Form(
        "解除合同关系通知单",
        (("ends", "存根联号：{short}", "人社监制"), ("cells", ("员工", "{name}", "工号", "{code}"), ("身份号码", "{id}"), ("入厂时间", "2009.3.2", "离厂时间", "{iso_day}"), ("解约类别", "□期满  √辞职  □辞退  □退休  □其它"), ("合同期限", "三年", "离岗前工种", "包装工"), ("医保停缴月份", "{year}年{month}月", "档案转往", "样张县就业局"), ("厂部意见", "同意解除劳动合同，予以证明。")), ("ends", "劳资科：{clerk}", "员工签收：{name}")),
        size=(1240, 860), hand=1, font=24, tall=68, title_size=40, over_title="样张市子虚纺织厂", colour=(236, 242, 246), seals=((0.74, 0.66, 86, "样张市子虚纺织厂", "劳动工资科"),),
    )),
)
_INSTITUTIONS = (
    with_id(renamed(form_layout("new-physician-form-responsible", "physician-form", "open", Form(
        "医疗保险责任医师备案申请表",
        (("cells", ("申请人", "{name}", "性别", "{sex}", "出生", "{iso_birth}"), ("执业地点", "{hospital}", "科别", "{dept}"), ("从医年限", "1{d1}年", "联系方式", "{phone}")), ("table", ("身份证件", *ID_BOXES)), ("cells", ("毕业学校", "虚构医科大学", "职称", "主治"), ("资格证书编码", "{long}"), ("执业证书编码", "{long2}"), ("处方权", "普通、精麻", "签名留样", "{name}"), ("是否受过处罚", "否")), ("big", "本人保证", "遵守医保政策，因病施治，合理检查用药。", "签字：{name}    {when}"), ("big", "机构审查", "情况属实，同意备案。", "院章"), ("big", "医保中心", "编入责任医师库。", "编号：{short}")),
        over_title="乌有市", font=22, tall=56, title_size=38, hand=1, extras=(("portrait", 820, 40, 90),), seals=((0.76, 0.72, 80, "{hospital}", ""),),
    )), _FOUR)),
    form_layout("new-department-form-dialysis", "department-form", "open", Form(
        "新增诊疗科目（血液净化中心）医保备案表",
        (("ends", "报送机构：{hospital}", "机构代码 H99{short}"), ("table", ("备案内容", "申报情况", "核查情况"), ("科目名称", "血液透析室", "相符"), ("核准文号", "样卫医〔{year}〕{d1}{d2}号", "相符"), ("透析机台数", "2{d1}台", "2{d1}台"), ("医师/护师/技师", "4人/12人/1人", "相符"), ("水处理系统", "双级反渗", "运行正常"), ("建筑面积", "{area}平方米", "相符"), ("开科日期", "{iso_day}", "——")), ("gap", 12), ("cells", ("科室责任人", "{name}", "医保专管员", "{clerk}"), ("提交材料", "执业许可证副本变更页、设备清单、人员资质")), ("big", "备案结论", "经现场核查，准予备案并开通结算。", "核查人：{p1}  {p2}     {when}")),
        font=23, tall=64, title_size=36, seals=((0.72, 0.82, 88, "{agency}", ""),), colour=(250, 248, 240),
    )),
    form_layout("new-settlement-quarter-mental", "settlement-report", "open", Form(
        "精神病专科医院床日费用季度结算报表",
        (("ends", "填报单位（章）：样张市安康医院", "统计期：{year}年季报"), ("table", ("险种", "人次", "床日", "总费用", "统筹支付", "大额支付", "个人负担"), ("城镇职工", "8{d1}", "2{d2}10", "{m1}", "{m2}", "0.00", "{m3}"), ("城乡居民", "13{d2}", "4{d3}52", "{m4}", "{m5}", "{m6}", "{m7}"), ("离休", "2", "18{d1}", "{m8}", "{m8}", "0.00", "0.00"), ("合计", "21{d3}", "6{d1}44", "{fee}", "{total}", "{m6}", "{m9}")), ("gap", 16), ("lines", ("床日标准", "145元/床日", "预留5%保证金", "{m3}元"), ("核定拨付（大写）", "{total_words}")), ("ends", "分管院长：{name}    制表：{clerk}", "复核：{p1}    报出：{iso_day}")),
        size=A4_WIDE, font=23, tall=72, title_size=38, seals=((0.22, 0.12, 82, "样张市安康医院", ""),),
    )),
    copied(form_layout("new-settlement-drg-notice", "settlement-report", "open", Form(
        "DRG付费月度清算明细报告",
        (("ends", "机构：{hospital}", "清算月：{year}-{month}"), ("table", ("DRG组", "例数", "权重", "费率", "应付标准", "实际记账", "盈亏"), ("ES21", "34", "0.8{d1}", "9{d2}00", "{m1}", "{m2}", "{v1}"), ("FR23", "18", "1.1{d2}", "9{d2}00", "{m3}", "{m4}", "-{v2}"), ("GZ15", "51", "0.4{d3}", "9{d2}00", "{m5}", "{m6}", "{v3}"), ("OR19", "27", "0.6{d1}", "9{d2}00", "{m7}", "{m8}", "{v4}"), ("总计", "130", "——", "——", "{fee}", "{total}", "{v5}")), ("gap", 14), ("text", "本月入组率98.{d1}%，拒付{d2}例，扣减{m9}元，实拨金额{total}元（{total_words}）。医院对以上结算数据无异议。"), ("ends", "医院盖章确认：", "医保科：{clerk}"), ("sign", "{when}")),
        font=21, tall=70, title_size=38, margin=50, face="print", seals=((0.26, 0.66, 84, "{hospital}", "医保结算专用章"),),
    ))),
    form_layout("new-application-clinic-designated", "application-form", "open", Form(
        "基本医疗保险协议管理医疗机构申请表",
        (("ends", "申请机构（盖章）", "受理号：SL{short}"), ("cells", ("机构名称（全称）", "乌有口腔门诊部"), ("机构性质", "民营营利", "登记号", "PDY{serial}"), ("地址及邮编", "{home}  990{d1}{d2}{d3}"), ("法人代表", "{name}", "移动电话", "{phone}"), ("开业时间", "{iso_day}", "房屋产权", "租赁"), ("牙椅数", "8", "执业医师", "5", "护士", "7"), ("信息系统", "已具备接入条件", "POS机", "2"), ("上年业务收入", "{fee}元", "罚没记录", "无"), ("申请事由", "自愿申请成为医保协议管理机构，承担参保人员门诊服务。")), ("table", ("初审", "现场评估", "公示"), ("", "", "")), ("sign", "填表人：{clerk}", "{when}")),
        font=22, tall=66, title_size=36, margin=60, colour=(244, 248, 250), seals=((0.2, 0.1, 80, "乌有口腔门诊部", ""),),
    )),
    form_layout("new-stamped-form-hospital-rename", "stamped-form", "open", Form(
        "定点医疗机构名称、法人变更备案表（加盖公章）",
        (("table", ("变更类别", "变更前", "变更后"), ("机构名称", "样张县中医医院", "{hospital}"), ("法定代表人", "{other}", "{name}"), ("注册地址", "{home}", "不变"), ("结算账户", "无", "不变"), ("诊疗科目", "——", "增加疼痛科")), ("gap", 14), ("lines", ("医保机构代码：", "H9901{short}", "批准文号：", "样卫医{short}"), ("联系人：", "{clerk}", "电话：", "{phone}")), ("text", "随表报送：营业执照、医疗机构执业许可证（均加盖公章）。以上变更内容真实，请予维护档案。"), ("ends", "申报单位印章", "医保部门受理印章"), ("gap", 130), ("ends", "{when}", "受理人：")),
        font=24, tall=72, title_size=36, face="print", seals=((0.2, 0.74, 92, "{hospital}", ""), (0.5, 0.3, 88, "{hospital}", "")),
    )),
    replace(form_layout("new-registration-opening", "registration-materials", "open", Form(
        "用人单位基本医疗（生育）保险开户登记表",
        (("ends", "申报单位公章：", "新参保 √   转入 □"), ("cells", ("单位全称", "{company}"), ("统一信用代码", "{credit}", "登记类型", "有限责任"), ("成立时间", "{iso_day}", "行业代码", "5221"), ("注册地", "{home}"), ("法人姓名", "{name}", "法人证件号", "{id}"), ("参保人数", "2{d1}", "首次缴费所属期", "{year}{month}"), ("扣款银行", "{branch}", "扣款账号", "{account}"), ("社保专管员", "{clerk}", "手机", "{phone}"), ("缴费方式", "√银行代扣 □自行申报")), ("big", "承诺", "所填内容与证照一致，按时足额缴纳医疗保险费。", "单位负责人签章：{name}"), ("ends", "登记机关核准：准予登记", "单位编码：{code}")),
        font=22, tall=64, title_size=38, margin=60, seals=((0.3, 0.12, 84, "{company}", ""),), colour=(250, 252, 248),
    )), head_word="name"),
    watermarked(form_layout("new-registration-info-verification", "registration-materials", "open", Form(
        "参保单位登记信息核对及变更确认表",
        (("ends", "单位编号：{code}", "下载时间：{iso_day} 08:55"), ("table", ("登记要素", "系统现有信息", "是否变更", "变更后信息"), ("单位名称", "{company}", "否", ""), ("法定代表人", "{other}", "是", "{name}"), ("法人身份证", "{other_id}", "是", "{id}"), ("通讯地址", "子虚路1号", "是", "假定路9号"), ("开户行", "{branch}", "否", ""), ("经办人员", "{p1}", "是", "{clerk}"), ("参保险种", "医疗、生育", "否", "")), ("gap", 14), ("text", "经我单位核对，同意按“变更后信息”更新医保参保登记。"), ("sign", "参保单位（公章）", "{when}")),
        size=A4_WIDE, font=22, tall=72, title_size=38, face="print", seals=((0.8, 0.8, 88, "{company}", ""),),
    )), "网上服务大厅"),
)
_LETTERS = (
    renamed(card_layout("new-request-moving-out-card", "written-request", "open", Card(
        ((60, 50, "{agency}负责同志：", 34, "pen"), (120, 130, "申请人{name}，从事保洁工作，合同已满，", 32, "pen"), (60, 200, "下月返回老家{destination}参保缴费。", 32, "pen"), (60, 270, "老家医保局要求提供参保凭证，故写此信，", 32, "pen"), (60, 340, "请求把我的医疗保险关系转出，凭证发到", 32, "pen"), (60, 410, "{email}即可。", 32, "pen"), (60, 480, "证件号{id}", 32, "pen"), (60, 550, "手机{phone}", 32, "pen"), (120, 620, "盼复，十分感谢。", 32, "pen"), (500, 710, "写信人：{name}", 34, "pen"), (500, 780, "{iso_day} 晚", 32, "pen")),
        size=(1000, 860), colour=(236, 240, 244), rules=tuple((40.0, float(y), 960.0, float(y)) for y in range(108, 840, 70)),
    ))),
)
_STAFF = (
    form_layout("new-decrease-transfer-columns", "decrease-roster", "open", Form(
        "职工医保减少人员花名表",
        (("ends", "缴费单位（盖章）：{company}", "减少所属月份：{year}.{month}"), ("table", ("序次", "姓  名", "身份证明号码", "减少缘由", "离开时间", "去向"), ("一", "{name}", "{id}", "死亡", "{iso_day}", "——"), ("二", "{p1}", "{p1_id}", "调动", "{iso_day}", "外省"), ("三", "{p2}", "{p2_id}", "辞退", "{iso_day}", "待业"), *_blank(6, 6)), ("gap", 16), ("text", "上月人数：13{d1}　本月减少：3　本月实有：12{d2}"), ("ends", "劳资负责人：{p3}", "填制：{clerk}　{when}")),
        font=23, tall=66, title_size=40, hand=-1, colour=(248, 244, 232), seals=((0.34, 0.12, 84, "{company}", ""),),
    )),
    form_layout("new-increase-civil-batch", "increase-roster", "open", Form(
        "机关事业单位新增参保职工名册",
        (("ends", "单位：样张市水利局　单位编号：{code}", "报表期：{year}年{month}月"), ("table", ("行次", "职工姓名", "证件号码", "编制类别", "进入方式", "起保年月", "月缴费工资", "公务员补助"), ("1", "{name}", "{id}", "行政编", "考录", "{year}{month}", "{base}", "享受"), ("2", "{p2}", "{p2_id}", "参公", "调入", "{year}{month}", "{base}", "享受"), ("3", "{p3}", "{p3_id}", "全额事业", "军转安置", "{year}{month}", "{base}", "不享受"), *_blank(4, 8)), ("gap", 14), ("ends", "人事主管：{p1}　经办：{clerk}", "医保经办机构核定：")),
        size=A4_WIDE, font=22, tall=68, title_size=38, seals=((0.26, 0.14, 82, "样张市水利局", ""),),
    )),
    form_layout("new-increase-vertical-single", "increase-roster", "open", Form(
        "单位增员登记花名册（续保、转入）",
        (("ends", "参保单位　{company}", "{iso_day}"), ("table", ("项目", "第1人", "第2人", "第3人"), ("姓名", "{name}", "{p1}", "{p2}"), ("身份证号码", "{id}", "{p1_id}", "{p2_id}"), ("性别", "{sex}", "{p1_sex}", "{p2_sex}"), ("增加原因", "新招", "续保", "外地转入"), ("参加工作时间", "2019-07", "2008-03", "2011-11"), ("增加月份", "{year}{month}", "{year}{month}", "{year}{month}"), ("缴费基数", "{base}", "{base}", "{base}"), ("本人签字", "", "", "")), ("gap", 20), ("ends", "填报人 {clerk}", "单位盖章")),
        font=21, tall=78, title_size=38, margin=50, colour=(244, 248, 240), seals=((0.78, 0.84, 84, "{company}", ""),),
    )),
    form_layout("new-selection-list-wide", "selection-form", "open", Form(
        "{year}年选聘高校毕业生到机关事业单位工作备案名单表",
        (("ends", "呈报单位：{city}统计局", "备案编号：XP{short}"), ("table", ("序", "姓名", "身份证号", "毕业学校", "学历", "选聘岗位", "体检", "考察", "公示"), ("1", "{name}", "{id}", "虚构大学", "硕士", "综合文秘", "合格", "合格", "无异议"), ("2", "{p1}", "{p1_id}", "子虚学院", "硕士", "财务", "合格", "合格", "无异议"), *_blank(3, 9)), ("gap", 16), ("text", "以上人员经选聘程序产生，同意备案，请据此办理编制、工资、医疗保险手续。"), ("sign", "备案机关：{city}人社局事业单位管理科", "{when}")),
        size=A4_WIDE, font=22, tall=70, title_size=36, face="print", seals=((0.76, 0.8, 86, "{city}人力资源和社会保障局", "备案专用章"),),
    )),
    renamed(form_layout("new-recruitment-hospital-2003", "recruitment-form", "open", Form(
        "招 聘 人 员 登 记 表",
        (("ends", "应聘部门：护理部", "2003年制"), ("cells", ("姓名", "{name}", "曾用名", "——", "婚否", "{marriage}"), ("出生", "{iso_birth}", "籍贯", "样张县", "健康", "良好"), ("身份证编号", "{id}"), ("现住址", "{home}", "宅电", "无"), ("何时何校毕业", "虚构卫生学校 护理专业"), ("懂何外语", "英语", "特长", "文艺")), ("table", ("起止年月", "在何地何单位学习或工作", "任何职", "证明人"), ("1996-2000", "虚构卫生学校", "学生", "{p1}"), ("2000-2003", "样张县医院", "护士", "{p2}"), *_blank(2, 4)), ("big", "录用结果", "面试合格，予以招聘，试用期三个月。", "人事科 {clerk}")),
        over_title="{hospital}", font=22, tall=58, title_size=38, hand=1, extras=(("portrait", 830, 60, 84),), colour=(248, 242, 226),
    )), ("阿依古丽·买买提", "玛依拉·吐尔逊")),
    form_layout("new-provincial-institute", "provincial-recruitment-form", "open", Form(
        "省属科研事业单位公开招聘拟聘人员登记表",
        (("ends", "招聘单位：虚构省农业科学院", "批次：{year}-2"), ("table", ("姓名", "{name}", "性别", "{sex}"), ("出生年月", "{birth_y}.{birth_m}", "民族", "{nation}"), ("公民身份号码", "{id}", "生源地", "{city}"), ("最高学位", "博士", "研究方向", "作物遗传"), ("应聘岗位", "科研岗B07", "专技等级", "十级")), ("gap", 10), ("cells", ("主要成果", "发表论文{d1}篇，参与省级课题2项"), ("亲属在本单位情况", "无"), ("公示时间", "{span}")), ("big", "院所党委", "同意聘用，报省厅登记。", "（章）"), ("big", "省农业农村厅", "同意。", "（章）"), ("big", "省人社厅", "准予登记。", "{when}")),
        font=22, tall=60, title_size=36, face="print", seals=((0.74, 0.68, 78, "虚构省农业科学院", ""), (0.74, 0.88, 80, "虚构省人力资源和社会保障厅", "")),
    )),
    form_layout("new-provincial-hospital-2009", "provincial-recruitment-form", "open", Form(
        "虚构省直属事业单位公开招聘人员情况登记表",
        (("cells", ("姓 名", "{name}", "性 别", "{sex}", "政治面貌", "团员"), ("身份证号码", "{id}"), ("毕业院校", "无有医学院", "所学专业", "麻醉学"), ("报考单位", "虚构省立医院", "主管厅局", "省卫生厅"), ("岗位编号", "0{d1}{d2}", "总成绩", "8{d3}.1"), ("通讯地址", "{home}", "电话", "{phone}"), ("个人简历", "2001.9—2006.7 无有医学院本科；2006.8—2009.6 乌有市中医院 住院医师"), ("奖惩", "无")), ("ends", "省直单位盖章", "主管部门盖章"), ("gap", 110), ("ends", "本人保证所填属实　签名 {name}", "2009年8月17日")),
        font=24, tall=72, title_size=36, hand=0, colour=(246, 244, 234), seals=((0.2, 0.84, 80, "虚构省立医院", ""), (0.78, 0.84, 80, "虚构省卫生厅", "")),
    )),
    form_layout("new-appointment-management-first", "post-appointment-form", "open", Form(
        "管理岗位首次聘用人员备案（登记）表",
        (("table", ("人员", "{name}", "身份证", "{id}"), ("参加工作", "2009.08", "任现职级", "{iso_day}"), ("聘用岗位", "管理八级", "职务", "办公室副主任"), ("聘用期限", "3年", "聘用合同编号", "HT{short}"), ("工作年限", "1{d1}年", "进入本单位方式", "公开招聘")), ("gap", 16), ("text", "单位意见：根据岗位设置方案及竞聘结果，聘用该同志到上述岗位工作，签订聘用合同。"), ("sign", "{city}档案馆", "{when}"), ("text", "人事综合管理部门意见：同意备案登记。"), ("sign", "{city}委组织部", "{city}人力资源和社会保障局", "    年    月    日")),
        font=24, tall=74, title_size=38, face="hei", seals=((0.66, 0.52, 84, "{city}档案馆", ""), (0.7, 0.8, 86, "{city}人力资源和社会保障局", "")),
    )),
    form_layout("new-salary-department-wide", "salary-sheet", "open", Form(
        "{year}年{month}月在编人员工资表",
        (("ends", "发放单位：{city}图书馆", "金额单位：元"), ("table", ("编号", "姓名", "岗位工资", "薪级工资", "绩效", "津补贴", "应发", "公积金", "医保", "个税", "实发", "签领"), ("01", "{name}", "1810", "1069", "2150", "980", "6009.00", "721.0", "120.2", "0.0", "5167.8", ""), ("02", "{p1}", "2030", "1254", "2310", "980", "6574.00", "788.0", "131.5", "4.2", "5650.3", ""), ("03", "{p2}", "1670", "799", "1980", "860", "5309.00", "637.0", "106.2", "0.0", "4565.8", ""), ("04", "{p3}", "2650", "1517", "2600", "1020", "7787.00", "934.0", "155.7", "27.1", "6670.2", ""), ("", "合计", "8160", "4639", "9040", "3840", "25679.00", "3080.0", "513.6", "31.3", "——", "")), ("gap", 18), ("ends", "主管领导：{other}　财务：{doctor}", "造表：{clerk}")),
        size=A4_WIDE, font=21, tall=76, title_size=38, seals=((0.78, 0.78, 82, "{city}图书馆", "工资专用章"),),
    )),
)
LAYOUTS = (*_INSURED, *_INSTITUTIONS, *_LETTERS, *_STAFF)
# fmt: on

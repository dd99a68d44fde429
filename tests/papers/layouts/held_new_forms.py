# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Papers of employers, pharmacies, agencies and letter writers from yet other places, years and offices: held layouts."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_new_forms import _LINED, _blank
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    form_layout("new-enrolment-county-typed-2011", "enrolment-cert", "held", Form(
        "流动就业人员医疗保险缴费凭证",
        (("ends", "样张县社会医疗保险管理局", "样医转〔2011〕{d1}{d2}号"), ("gap", 16), ("text", "转入地医保经办机构：", "兹有参保人{name}，{sex}，身份证件号 {id}，自2003年7月至2011年3月在我县参加城镇职工基本医疗保险，累计缴费柒年零玖个月，无欠费。", "其个人账户截至开具之日结余人民币{m2}元，现因流动就业申请转移，请予接续医疗保险关系。"), ("cells", ("单位名称", "{company}", "个人编号", "{serial}"), ("首次缴费", "2003年7月", "末次缴费", "2011年3月")), ("sign", "经办人：{clerk}    复核：{doctor}", "（盖章）", "2011年4月6日"), ("text", "本凭证一式两份，个人与经办机构各执一份。")),
        font=26, tall=64, title_size=42, margin=90, colour=(246, 244, 236), seals=((0.68, 0.62, 92, "样张县社会医疗保险管理局", ""),),
    )),
    form_layout("new-physician-form-payment-qualification", "physician-form", "held", Form(
        "医保支付资格人员（医师）登记备案信息表",
        (("table", ("字段", "填写内容", "字段", "填写内容"), ("人员姓名", "{name}", "国家医保医师代码", "D99{serial}"), ("证件种类", "居民身份证", "公民身份证号", "{id}"), ("人员类别", "执业医师", "技术职称", "副主任医师"), ("资格编码", "{long}", "执业编码", "{long2}"), ("执业范围", "外科专业", "所在科室", "普外科"), ("主执业机构", "是", "多点执业", "否"), ("当年记分", "0分", "资格状态", "正常")), ("gap", 16), ("text", "已签订服务协议，知晓医保支付资格管理及记分规则。"), ("ends", "医师本人签名：{name}", "机构：{hospital}"), ("big", "经办核验", "信息核验一致，已备案生效。", "（章） {when}")),
        font=20, tall=76, title_size=36, margin=50, face="print", seals=((0.72, 0.72, 84, "{agency}", "备案专用章"),),
    )),
    form_layout("new-department-form-beds-ledger", "department-form", "held", Form(
        "{year}年度医院科室设置与床位备案一览表",
        (("ends", "填报医院：{hospital}", "级别：二级甲等"), ("table", ("科室编码", "科室名称", "负责人", "编制床位", "开放床位", "医师数", "护士数", "设置时间", "备注"), ("0301", "呼吸内科", "{name}", "40", "45", "9", "18", "2009.3", ""), ("0302", "消化内科", "{p1}", "36", "40", "8", "16", "2009.3", ""), ("0401", "普通外科", "{p2}", "45", "48", "12", "20", "2007.8", "更名"), ("0700", "儿科", "{p3}", "24", "24", "5", "11", "2012.1", ""), ("1600", "康复医学科", "{other}", "30", "30", "6", "9", "{year}.{month}", "新增"), *_blank(2, 9)), ("gap", 12), ("ends", "院长：{doctor}", "医保办主任：{clerk}"), ("sign", "报医保经办机构备案（公章）", "{when}")),
        size=A4_WIDE, font=22, tall=62, title_size=38, seals=((0.78, 0.84, 84, "{hospital}", ""),), face="print",
    )),
    form_layout("new-application-chronic-dual", "application-form", "held", Form(
        "门诊慢特病病种认定（变更）申请表",
        (("ends", "申请日期 {iso_day}", "√变更  □新增  □延期"), ("cells", ("就医人", "{name}", "性别", "{sex}", "年龄", "{age}"), ("身份证明号码", "{id}"), ("人员类别", "退休", "参保地", "{city}", "手机号", "{phone}"), ("现享病种", "高血压（并发症）", "申请病种", "脑血管病后遗症"), ("首选定点", "{hospital}", "次选", "社区中心")), ("big", "申请原因", "原病种已不符合现治疗需要，请求转换病种待遇。", "申请人或代办人：{name}"), ("big", "专家组鉴定", "□符合  □不符合", "专家签名："), ("big", "经办审批", "", "年   月   日")),
        font=23, tall=62, title_size=40, hand=0, seals=((0.8, 0.46, 70, "{hospital}", "医保办"),),
    )),
    form_layout("new-stamped-form-pharmacist-hand", "stamped-form", "held", Form(
        "药店档案资料修改申报单",
        (("ends", "{city}医保零售药店用表", "第{short}号"), ("lines", ("药店", "{shop}"), ("修改项目", "营业时间、负责人、药师"), ("原", "8:00-20:00；{other}；1名"), ("改为", "7:30-22:00；{name}；2名"), ("自何日起", "{when}"), ("原因", "扩大经营，人员调整"), ("药店电话", "{phone}")), ("gap", 30), ("sign", "药店（公章）", "店长：{clerk}")),
        size=(1000, 1100), hand=0, font=26, tall=74, title_size=44, colour=(244, 246, 230), seals=((0.66, 0.8, 92, "{shop}", ""),),
    )),
    card_layout("new-request-widow-death", "written-request", "held", Card(
        ((360, 90, "申 请", 52, "brush"), (70, 168, "市医保中心：", 36, "brush"), (130, 232, "我爱人{other}因病于今年正月去世，", 36, "brush"), (70, 296, "生前参加职工医保，身份证号是", 36, "brush"), (70, 360, "{other_id}，现请求注销", 36, "brush"), (70, 424, "其医保账户，余额由我领取。", 36, "brush"), (130, 488, "我的身份证号：{id}", 34, "brush"), (130, 552, "电话：{phone}", 34, "brush"), (130, 616, "邮箱 {email}", 34, "brush"), (130, 680, "恳请办理。", 36, "brush"), (520, 840, "配偶：{name}（手印）", 38, "brush"), (520, 920, "{when}", 34, "brush")),
        size=(1000, 1200), colour=(250, 244, 224), rules=(*_LINED, (100.0, 60.0, 100.0, 1180.0)), bands=((820, 900, 870, 966, (214, 90, 84)),),
    )),
    form_layout("new-decrease-e-export", "decrease-roster", "held", Form(
        "人员停保（减员）明细导出",
        (("ends", "查询条件：单位={company}；业务类型=停保", "共1页"), ("table", ("证件号码", "投保人", "变更类型", "停保原因", "停保年月", "操作员", "状态"), ("{id}", "{name}", "减员", "解除劳动合同", "{year}{month}", "{clerk}", "审核通过"), ("{p3_id}", "{p3}", "减员", "退休人员死亡", "{year}{month}", "{clerk}", "审核通过"), ("{p2_id}", "{p2}", "减员", "出国定居", "{year}{month}", "{clerk}", "审核通过")), ("gap", 20), ("ends", "导出时间 {iso_day} 15:20:09", "以下空白")),
        size=A4_WIDE, font=22, tall=80, title_size=34, face="print", rule=(170, 176, 184), seals=((0.8, 0.7, 84, "{company}", "人事专用章"),),
    )),
    form_layout("new-selection-village-officials", "selection-form", "held", Form(
        "公开选聘事业单位管理人员备案登记表",
        (("cells", ("被选聘人", "{name}", "性别", "{sex}", "民族", "{nation}"), ("身份证件", "{id}"), ("政治面貌", "中共党员", "学历学位", "研究生/硕士"), ("原单位及职务", "样张县水利局  科员"), ("选聘单位及岗位", "乌有县融媒体中心  副主任"), ("选聘依据", "样组发〔{year}〕{d1}{d2}号方案"), ("笔试", "7{d1}.5", "面试", "8{d2}.0", "总评", "第一")), ("big", "考察情况", "政治素质好，工作能力强，群众公认，符合选聘条件。", "考察人：{p1}、{p2}"), ("big", "选聘单位", "拟选聘，报请备案。", "{when}"), ("big", "编办、人社", "准予备案。", "（印章）")),
        font=23, tall=58, title_size=38, right=0, seals=((0.72, 0.82, 84, "{city}人力资源和社会保障局", ""), (0.7, 0.64, 78, "乌有县融媒体中心", "")),
    )),
    form_layout("new-recruitment-post-table", "recruitment-form", "held", Form(
        "事业单位招聘工作人员审核登记表",
        (("ends", "主管单位：{city}教育局", "招聘代码：{short}"), ("table", ("招聘单位", "{city}第九中学", "招聘计划", "2名"), ("拟聘人员", "{name}", "证件号码", "{id}"), ("招聘方式", "公开招聘", "开考比例", "1:3"), ("笔试成绩", "7{d1}.{d2}", "面试成绩", "8{d3}.{d1}"), ("准考证号", "{serial}", "岗位排名", "2"), ("户口性质", "非农", "专业", "汉语言文学")), ("gap", 10), ("cells", ("家庭成员", "父：{father}　母：{mother}")), ("big", "资格复审", "原件齐全，符合岗位条件。", "审核人：{clerk}"), ("big", "招聘单位", "同意聘用。", "{when}"), ("big", "人社部门", "同意。", "（盖章）")),
        font=22, tall=62, title_size=40, seals=((0.74, 0.84, 84, "{city}人力资源和社会保障局", ""),),
    )),
    form_layout("new-appointment-worker-grade", "post-appointment-form", "held", Form(
        "工勤技能岗位人员聘用登记卡",
        (("ends", "聘用单位 {city}公路养护中心", "卡号 {short}"), ("cells", ("受聘人", "{name}", "身份证号", "{id}"), ("工种", "汽车驾驶员", "技术等级", "技师"), ("拟聘岗位", "工勤技能二级", "原岗位", "工勤技能三级"), ("合同起止", "{span_cn}"), ("年度考核", "近三年均称职", "岗位空缺", "有"), ("岗位职责", "公务用车驾驶及维护")), ("ends", "受聘人签字：{name}", "单位负责人签字：{p1}"), ("big", "主管部门", "同意聘用。", "（盖章）"), ("big", "人社局核准", "核准登记，按新岗位执行工资。", "{when}")),
        size=(1240, 1100), font=23, tall=60, title_size=40, seals=((0.76, 0.84, 84, "{city}人力资源和社会保障局", "岗位管理专用章"),), colour=(246, 250, 252),
    )),
    form_layout("new-salary-bank-payroll", "salary-sheet", "held", Form(
        "代发工资明细清单",
        (("ends", "代发单位：{company}", "批次号 {serial}"), ("table", ("户名", "收款账号尾号", "证件号码", "基本工资", "奖金", "扣社保医保", "实发金额"), ("{name}", "{d1}{d2}{d3}9", "{id}", "4200.00", "{m4}", "632.00", "{m1}"), ("{p1}", "{d2}{d1}07", "{p1_id}", "3900.00", "{m5}", "598.00", "{m2}"), ("{p3}", "{d3}{d2}15", "{p3_id}", "5100.00", "{m6}", "710.00", "{m3}"), ("合计", "3笔", "", "13200.00", "", "1940.00", "{fee}")), ("gap", 20), ("lines", ("工资所属月份：", "{year}年{month}月", "入账日期：", "{iso_day}"), ("付款账户：", "{account}", "付款行：", "{branch}")), ("ends", "出纳：{clerk}　审核：{p2}", "银行受理章")),
        size=A4_WIDE, font=22, tall=72, title_size=40, face="print", colour=(250, 250, 244), seals=((0.82, 0.78, 82, "{branch}", "代发业务章"),),
    )),
)  # fmt: skip

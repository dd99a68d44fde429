# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers - certificates, records, bills: layouts that may be seen."""

from __future__ import annotations

from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.sheet import A4_WIDE

_ITEMS = (
    ("西药费", "注射用头孢呋辛钠", "0.75g", "支", "18", "{v1}", "{m1}", "甲"), ("西药费", "氯化钠注射液", "250ml", "袋", "24", "{v2}", "{m2}", "甲"),
    ("检查费", "胸部CT平扫", "", "次", "1", "260.00", "260.00", "乙"), ("化验费", "血常规（五分类）", "", "次", "3", "20.00", "60.00", "甲"),
    ("化验费", "肝功能十二项", "", "次", "2", "75.00", "150.00", "甲"), ("床位费", "普通病房三人间", "", "日", "9", "32.00", "288.00", "甲"),
    ("护理费", "二级护理", "", "日", "9", "15.00", "135.00", "甲"), ("治疗费", "静脉输液", "", "组", "18", "8.00", "144.00", "甲"),
    ("材料费", "一次性使用输液器", "", "套", "18", "{v3}", "{m4}", "乙"), ("西药费", "阿托伐他汀钙片", "20mg*7", "盒", "2", "{v4}", "{m5}", "乙"),
)  # fmt: skip
_LAB = (
    ("1", "白细胞计数(WBC)", "{v1}", "", "3.5-9.5", "10^9/L"), ("2", "红细胞计数(RBC)", "{v2}", "", "3.8-5.1", "10^12/L"), ("3", "血红蛋白(HGB)", "131", "", "115-150", "g/L"),
    ("4", "血小板计数(PLT)", "228", "", "125-350", "10^9/L"), ("5", "葡萄糖(GLU)", "{v3}", "↑", "3.9-6.1", "mmol/L"), ("6", "糖化血红蛋白(HbA1c)", "{v4}", "↑", "4.0-6.0", "%"),
    ("7", "肌酐(CREA)", "88", "", "41-81", "umol/L"), ("8", "尿素(UREA)", "{v5}", "", "2.6-7.5", "mmol/L"), ("9", "谷丙转氨酶(ALT)", "24", "", "7-40", "U/L"), ("10", "总胆固醇(TC)", "{v6}", "", "0-5.2", "mmol/L"),
)  # fmt: skip

LAYOUTS = (
    form_layout("death-cert-fourth-part", "death-cert", "open", Form(
        "居民死亡医学证明（推断）书",
        (
            ("ends", "行政区划代码：990101   编号：{serial}", "第四联 殡葬管理部门/家属保存"),
            ("cells", ("死者姓名", "{other}", "性别", "{other_sex}", "民族", "{nation}"), ("国家或地区", "中国", "有效身份证件类别", "身份证"), ("证件号码", "{other_id}", "年龄", "{other_age}"),
             ("婚姻状况", "丧偶", "出生日期", "{other_birth}", "文化程度", "小学"), ("个人身份", "离退休人员", "死亡日期", "{when}  08时15分"), ("死亡地点", "医疗卫生机构", "死亡时是否处于妊娠期", "否"),
             ("户籍地址", "{address}"), ("常住地址", "{address}"), ("致死的主要疾病诊断",), ("(a)直接死亡原因", "呼吸循环衰竭", "发病到死亡间隔", "2小时"), ("(b)引起(a)的疾病", "{diagnosis}", "间隔", "6年"),
             ("医师签名", "{doctor}", "医疗卫生机构盖章", "{hospital}"), ("可以联系的家属姓名", "{name}", "联系电话", "{phone}")),
            ("sign", "填表日期：{when}"),
        ),
        font=20, tall=56, title_size=36, seals=((0.72, 0.78, 92, "{hospital}", "死亡医学证明专用章"),),
    ), subject="other"),
    form_layout("birth-cert-2014", "birth-cert", "open", Form(
        "出生医学证明",
        (
            ("ends", "MEDICAL CERTIFICATE OF BIRTH", "出生证编号 P99{short}"), ("gap", 14),
            ("lines", ("新生儿姓名", "{name}", "性别", "{sex}"), ("出生时间", "{birth} 06时38分", "出生孕周", "38周"), ("出生体重", "3120 克", "出生身长", "50 厘米"), ("出生地点", "{place}", "医疗机构名称", "{hospital}"),
             ("母亲姓名", "{mother}", "年龄", "30 周岁"), ("国籍 中国", "民族 {nation}", "有效身份证件号码", "{mother_id}"), ("住址", "{address}"), ("父亲姓名", "{father}", "年龄", "32 周岁"), ("国籍 中国", "民族 {nation}", "有效身份证件号码", "{father_id}"), ("住址", "{address}")),
            ("sign", "签发机构（盖章）{hospital}", "签证编号 {serial}", "签发日期 {birth}"),
        ),
        colour=(238, 246, 240), waves=(220, 236, 224), border="ornate", title_size=52, title_colour=(170, 40, 60), title_track=16, font=21, tall=64, top=120, margin=90, seals=((0.74, 0.8, 92, "{hospital}", "出生医学证明专用章"),),
    )),
    form_layout("record-outpatient", "medical-record", "open", Form(
        "门诊病历",
        (
            ("ends", "姓名：{name}  性别：{sex}  年龄：{age}", "就诊科室：{dept}  门诊号：{serial}"), ("ends", "就诊时间：{iso_day} 09:42", "费别：医保"), ("gap", 20),
            ("text", "主诉：{complaint}。", "现病史：患者{complaint}，无发热、咳嗽，饮食睡眠可，大小便正常，近期体重无明显变化。", "既往史：否认高血压、冠心病史，否认肝炎、结核等传染病史，否认药物过敏史。", "体格检查：T36.5℃ P78次/分 R18次/分 BP135/85mmHg。神志清，双肺呼吸音清，心律齐。", "辅助检查：见检验报告。", "初步诊断：{diagnosis}", "处理意见：1.低盐低脂饮食；2.规律服药；3.一个月后复诊。"),
            ("sign", "医师签名：{doctor}"),
        ),
        over_title="{hospital}", title_size=36, font=24,
    )),
    form_layout("lab-blood", "lab-report", "open", Form(
        "检验报告单",
        (
            ("ends", "姓名：{name}   性别：{sex}   年龄：{age}", "样本号：{short}"), ("ends", "科别：{dept}   床号：{ward}", "标本种类：全血"), ("ends", "临床诊断：{diagnosis}", "送检医师：{doctor}"),
            ("table", ("序号", "检验项目", "结果", "提示", "参考区间", "单位"), *_LAB), ("gap", 24),
            ("ends", "采集时间：{iso_day} 07:10   接收时间：{iso_day} 07:55", "报告时间：{iso_day} 10:26"), ("ends", "检验者：{clerk}    审核者：{doctor}", ""), ("text", "此报告仅对本次送检标本负责，如有疑问请于三日内与检验科联系。"),
        ),
        over_title="{hospital}", size=(1414, 1000), title_size=32, font=22, extras=(("bars", 1120, 50, 200),), top=40, rule=(180, 180, 184),
    )),
    form_layout("diagnosis-slip", "diagnosis", "open", Form(
        "疾病诊断证明书",
        (
            ("ends", "门诊/住院号：{serial}", "NO. {short}"), ("lines", ("姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("单位或住址", "{address}"), ("科别", "{dept}", "就诊日期", "{when}"), ("临床诊断", "{diagnosis}"), ("医师建议", "1.住院治疗9天，于{when}好转出院；2.出院后休息一个月；3.按时服药，定期复查。")),
            ("gap", 10), ("sign", "医师：{doctor}", "（未盖诊断证明专用章无效）", "{when}"),
        ),
        over_title="{hospital}", size=(1100, 850), title_size=38, font=24, tall=54, hand=0, top=60, seals=((0.72, 0.78, 88, "{hospital}", "诊断证明专用章"),),
    )),
    form_layout("invoice-paper-inpatient", "invoice", "open", Form(
        "{province}医疗住院收费票据",
        (
            ("ends", "票据代码：9901{short}   业务流水号：{long}", "票据号码：{serial}"), ("ends", "姓名：{name}   性别：{sex}   医保类型：职工", "住院时间：{iso_day} 共9天"), ("ends", "医疗机构类型：综合医院   住院号：{short}", "科室：{dept}"),
            ("table", ("项目", "金额(元)", "项目", "金额(元)", "项目", "金额(元)"), ("床位费", "{m1}", "诊察费", "{m2}", "检查费", "{m3}"), ("化验费", "{m4}", "治疗费", "{m5}", "西药费", "{m6}"), ("护理费", "135.00", "手术费", "0.00", "卫生材料费", "{m7}")),
            ("cells", ("合计（大写）", "{total_words}", "¥", "{total}"), ("预缴金额", "10000.00", "补缴金额", "0.00", "退费金额", "{m8}"), ("医保统筹支付", "{m6}", "个人账户支付", "{m2}", "个人支付金额", "{m1}")),
            ("ends", "收款单位（章）：{hospital}   收款人：{clerk}", "{when}"),
        ),
        size=(1240, 800), colour=(246, 240, 240), title_size=34, title_colour=(170, 40, 40), label_colour=(170, 40, 40), rule=(180, 80, 80), font=21, tall=46, top=50, margin=50, seals=((0.2, 0.8, 74, "{hospital}", "收费专用章"), (0.5, 0.1, 66, "{province}财政票据监制章", "")),
    )),
    form_layout("expense-list-landscape", "expense-list", "open", Form(
        "住院病人费用明细清单",
        (
            ("ends", "姓名：{name}   住院号：{serial}   科室：{dept}   床号：{ward}", "入院日期：{iso_day}  住院天数：9"),
            ("table", ("费用类别", "项目名称", "规格", "单位", "数量", "单价", "金额", "医保类别"), *_ITEMS), ("gap", 14), ("ends", "费用合计：{total} 元   自费金额：{m7} 元", "打印时间：{iso_day} 15:02:11"), ("ends", "第 1 页 共 3 页", "制表：{clerk}"),
        ),
        over_title="{hospital}", size=A4_WIDE, title_size=32, font=20, tall=50, top=50,
    )),
    form_layout("commitment-maternity", "commitment", "open", Form(
        "个 人 承 诺 书",
        (
            ("text", "{agency}：", "本人{name}，身份证号码{id}，于{when}在{hospital}生育，现申请生育保险待遇。本人郑重承诺：", "一、本次生育符合国家和省人口与计划生育政策规定；", "二、所提交的材料真实、合法、有效，未在其他统筹地区重复申领生育保险待遇；", "三、如有虚假，愿意退回已领取的待遇，并承担由此产生的一切法律责任。", "特此承诺。"),
            ("sign", "承诺人（签字、按手印）：{name}", "联系电话：{phone}", "{when}"),
        ),
        font=27, title_size=44, top=110,
    )),
    form_layout("physician-form-batch", "physician-form", "open", Form(
        "医疗保险服务医师登记备案表",
        (
            ("ends", "定点医疗机构（盖章）：{hospital}", "机构编码：H{short}"),
            ("cells", ("姓名", "{name}", "性别", "{sex}", "出生年月", "{iso_birth}"), ("身份证号", "{id}", "学历", "{schooling}"), ("医师级别", "执业医师", "执业类别", "临床", "执业范围", "内科专业"), ("医师资格证书编码", "{long}"), ("医师执业证书编码", "{long2}"), ("专业技术职务", "主治医师", "所在科室", "{dept}"), ("第一执业地点", "{hospital}", "多点执业", "否"), ("联系电话", "{phone}", "申请日期", "{iso_day}")),
            ("big", "医师承诺", "本人自愿遵守医疗保险医师管理的有关规定，履行医保服务医师职责。", "医师签名：{name}", "{when}"), ("big", "医疗机构意见", "同意上报备案。", "（公章）", "{when}"), ("big", "医保经办机构意见", "", "（公章）", "年   月   日"),
        ),
        title_size=36, right=0, seals=((0.76, 0.64, 92, "{hospital}", ""),),
    )),
    form_layout("department-form-list", "department-form", "open", Form(
        "定点医疗机构诊疗科室备案登记表",
        (
            ("cells", ("机构名称", "{hospital}", "机构等级", "三级甲等"), ("执业许可证号", "PDY{serial}", "有效期", "{span}"), ("机构地址", "{address}"), ("联系人", "{name}", "联系电话", "{phone}")),
            ("table", ("序号", "科室名称", "诊疗科目代码", "床位数", "科室负责人", "备案类型"), ("1", "{dept}", "03.04", "42", "{doctor}", "新增"), ("2", "康复医学科", "21", "30", "{p1}", "新增"), ("3", "疼痛科", "27", "12", "{p2}", "变更")),
            ("big", "申请理由", "因业务发展需要，我院增设上述科室，现申请纳入医疗保险科室备案管理。", "法定代表人：{other}", "{when}"), ("big", "审核意见", "", "（盖章）   年   月   日"),
        ),
        title_size=38, seals=((0.75, 0.5, 92, "{hospital}", ""),),
    )),
)  # fmt: skip

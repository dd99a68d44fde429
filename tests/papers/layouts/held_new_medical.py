# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Hospital papers, deaths, promises and what must be refused, from yet other hospitals, years and systems: held layouts."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import ID_BOXES, copied, with_id
from tests.papers.layouts.open_new_cards import _FOUR, renamed, watermarked

LAYOUTS = (
    watermarked(form_layout("new-lab-mri-group", "lab-report", "held", Form(
        "磁共振（MR）诊断意见书",
        (("ends", "影像号：MR{serial}", "检查日期：{iso_day}"), ("table", ("受检者", "性别", "年龄", "来源", "床号"), ("{name}", "{sex}", "{age}", "{dept}", "{d1}{d2}")), ("gap", 10), ("cells", ("检查部位", "颅脑平扫+DWI", "设备", "3.0T超导"), ("检查技术", "T1WI、T2WI、FLAIR、DWI")), ("big", "影像表现", "双侧基底节区、半卵圆中心见多发斑点状长T1长T2信号，FLAIR呈高信号，DWI未见弥散受限。脑室系统略扩大，脑沟增宽，中线结构居中。", "—"), ("big", "印象", "1. 双侧多发腔隙性脑梗死（陈旧）；2. 轻度脑萎缩。请结合临床。", "书写：{clerk}　审签：{doctor}")),
        over_title="虚构影像诊断中心", font=23, title_size=38, tall=60, face="print", margin=60,
    )), "云影像"),
    copied(form_layout("new-diagnosis-leave-table", "diagnosis", "held", Form(
        "病情诊断（休假）证明",
        (("table", ("病人", "年龄", "住院/门诊号", "科别"), ("{name}", "{age}", "{serial}", "{dept}")), ("gap", 14), ("lines", ("工作单位", "{company}"), ("临床诊断", "{diagnosis}"), ("诊断依据", "病史、体征及影像检查"), ("医嘱", "√全休 □半休 □轻工作   共 {d1} 周"), ("起止", "{when}起")), ("ends", "医生签名（印）{doctor}", "{iso_day}"), ("ends", "白联交单位　红联存查", "挂号处盖章后生效")),
        size=(1240, 820), font=24, tall=62, hand=0, title_size=42, over_title="{hospital}", seals=((0.7, 0.72, 84, "{hospital}", "门诊办公室"),),
    ))),
    watermarked(form_layout("new-expense-discharge-portrait", "expense-list", "held", Form(
        "出院病人结算清单（明细）",
        (("ends", "结算号 {long}", "第 1 页 / 共 3 页"), ("ends", "{name}　{sex}　{ward}　住院号 {serial}", "{iso_day} 至 {iso_day}"), ("table", ("国家编码", "收费项目", "甲/乙/丙", "数×价", "小计", "自付"), ("XA0{short}", "注射用头孢曲松", "甲", "14×{v1}", "{m1}", "0.00"), ("XB0{short}", "奥美拉唑肠溶胶囊", "甲", "4×{v2}", "{m2}", "0.00"), ("0011{short}", "Ⅱ级护理", "甲", "9×18.00", "162.00", "0.00"), ("0025{short}", "糖化血红蛋白", "乙", "1×65.00", "65.00", "6.50"), ("C02{short}", "一次性输液器", "丙", "12×{v3}", "{m3}", "{m3}"), ("0031{short}", "动静脉置管护理", "甲", "9×5.00", "45.00", "0.00"), ("0012{short}", "普通病房床位", "甲", "9×40.00", "360.00", "0.00")), ("gap", 10), ("table", ("西药", "检查", "护理床位", "材料", "总计"), ("{m1}", "65.00", "522.00", "{m3}", "{total}")), ("ends", "医保类型：职工　个人负担 {m4}", "住院处：{clerk}"), ("text", "费用如有疑问，请持本单到住院收费处查询。")),
        over_title="{hospital}", font=20, tall=62, title_size=36, margin=46, face="print",
    )), "患者联"),
    renamed(with_id(form_layout("new-commitment-notice-table", "commitment", "held", Form(
        "医疗保障证明事项告知承诺制承诺书",
        (("cells", ("承诺事项名称", "门诊费用报销材料补正"), ("申办人", "{name}", "手机", "{phone}")), ("table", ("证件号", *ID_BOXES)), ("cells", ("受托代办人", "{p1}", "与申办人关系", "亲属"), ("告知内容", "行政机关将对承诺内容予以核查，作出虚假承诺的，记入信用记录，撤销已办事项。"), ("承诺内容", "本人已知晓告知事项，满足办理条件，所述信息真实，自愿承担不实承诺的法律责任。")), ("gap", 30), ("ends", "申办人（签字捺印）：{name}", "经办机构（章）"), ("ends", "日期：{when}", "日期：{when}")),
        font=24, tall=76, title_size=36, seals=((0.76, 0.66, 80, "{agency}", ""),),
    ))), _FOUR),
    form_layout("new-other-lease-private", "other", "held", Form(
        "房屋出租协议",
        (("text", "出租方（甲方）：{p1}　　承租方（乙方）：{name}", "乙方身份证号：{id}"), ("gap", 10), ("text", "一、甲方将坐落于{address}的住房租给乙方居住，租期一年，自{when}起。", "二、每月租金人民币壹仟伍佰元，押一付三；水、电、燃气、物业费由乙方承担。", "三、乙方不得擅自转租，到期退房时家具家电完好。", "四、一方违约，赔偿对方一个月房租。", "五、本协议一式两份，签字生效。"), ("gap", 40), ("ends", "甲方：{p1}", "乙方：{name}"), ("ends", "电话：{phone}", "{when}")),
        font=28, title_size=50, margin=100, top=120, hand=1,
    ), lookalike="lease"),
    card_layout("new-other-driving-electronic", "other", "held", Card(
        ((375, 60, "电子驾驶证", 34, "mid white"), (375, 180, "中华人民共和国机动车驾驶证", 38, "mid bold"), (375, 240, "Driving License of the People's Republic of China", 22, "mid grey"), (60, 330, "证号 {id}", 30), (60, 400, "姓名 {name}", 30), (60, 460, "性别 {sex}    国籍 中国", 28), (60, 520, "住址", 28), (140, 520, "{address}", 26, "", 330), (60, 640, "出生日期 {iso_birth}", 28), (60, 700, "初次领证日期 2011-09-02", 28), (60, 760, "准驾车型 C1", 30), (60, 820, "有效期限 {span}", 28), (60, 880, "累积记分 {d1}分    状态 正常", 28), (375, 1200, "生成时间 {iso_day} 08:13:22", 24, "mid grey")),
        size=(750, 1334), colour=(240, 244, 250), face="print", bands=((0, 0, 750, 130, (30, 90, 180)), (24, 150, 726, 1250, (255, 255, 255))), extras=(("portrait", 500, 400, 190), ("squares", 290, 960, 180)),
    ), lookalike="driving"),
)  # fmt: skip

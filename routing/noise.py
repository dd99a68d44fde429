"""Advertising, private letters and homework: mail that is answered with silence, told by several signs together."""

from __future__ import annotations

import re
from collections.abc import Mapping

_Weights = Mapping[int, re.Pattern[str]]

# Ordinary offers live from several of these at once; a citizen's mail touches one.
_OFFERS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"口罩|额温枪|测温枪|体温枪|防护服|护目镜|消毒(?:液|水|机)|酒精|手套|保健品|茶叶|白酒|耗材|硒鼓|服务器|云空间|建站|域名|软件|楼盘|商铺|学区房|写字楼|车位|水果|樱桃|苹果|海参|海鲜|鲍鱼|大闸蟹|月饼"
    ),
    re.compile(
        r"现货|秒发|当[天日]发|一手货|货源|厂家|直供|直销|量大|起订|起批|批发|先款|手慢无|包邮|出厂价|特价|优惠|折扣|促销|限时|抢购|秒杀|报价|询价|供应|供货|招商|加盟|诚招|火爆|产地直发|现捞|现摘|下单|预订|团购|接龙|拼团|元/?[斤箱盒只]|开盘|首付|discount"
    ),
    re.compile(
        r"加(?:我)?(?:微|薇|威|v|q|扣|群|vx)|(?:微信|v信|薇信|vx|qq|扣扣)(?:号|:|同号)|扫码|详谈|面议|私聊|来电详|欢迎(?:来电|咨询|选购|洽谈)|点击(?:链接|报名|领取|查看|咨询)|点此|手机同号|微电同步"
    ),
    re.compile(
        r"贷款|放款|低息|无抵押|免抵押|免担保|额度高|秒批|下款|信用卡|套现|理财|荐股|牛股|收益|返利|高额回报|日结|兼职|刷单"
    ),
    re.compile(
        r"代开|开票|可开[^,。]{0,6}票|发票(?:代|可)|税点|点数|验真|代理记账|代账|注册公司|工商代办|资质代办|刻章|办证"
    ),
    re.compile(
        r"培训|课程|公开课|研修|讲座|直播|训练营|考证|包过|报名|名额有限|席位|峰会|论坛|展会|参展|学历提升|一对一"
    ),
    re.compile(
        r"推广|seo|营销|群发|红包|免费(?:试用|领|体验|送)|立即(?:领取|购买|注册|咨询)|vip会员|会员(?:专享|福利)|供应商合作|解决方案|freetrial"
    ),
)
# No citizen writes any of these about his own business.
_PLAIN_OFFERS = re.compile(
    r"代开(?:各[类种])?[^,。]{0,6}发票|发票代开|退订|unsubscribe|恭喜[^,。]{0,8}中奖|中奖通知|博彩|六合彩|时时彩|点击链接领取"
    r"|厂家直[销供]|先款后货|一手货源|邮箱(?:容量|空间)?(?:已满|不足|即将|升级|到期|停用|异常)[^。]{0,20}(?:点击|验证|登录)|[无免]抵押贷|信用贷|(?:当天|秒|快速)放款|最高可?贷"
)

# Letters to one's own people: how they are called, what is talked about, how they end.
_PRIVATE: _Weights = {
    2: re.compile(
        r"老(?:班长|战友|同学|伙计|哥们|铁)|同学会|见信如[面晤]|我做东|咱(?:们)?(?:几个|俩|哥)|(?:喝|整)(?:一顿|两杯|几杯|两盅|一盅|点酒)|生日快乐|么么|想(?:死|坏)?你(?:们)?了|想你"
        r"|你的(?:兵|老战友|老同学|闺女|儿子|女儿|妹妹|弟弟|哥|姐)|亲爱的(?:老婆|老公|爸|妈|宝|闺女|儿子)|毕业照|喜帖|喜酒|请柬|旅游(?:照片|攻略)"
        r"|(?:给|跟)(?:你)?(?:姥爷|姥姥|爷爷|奶奶|爸|妈|爹|娘|哥|姐|舅|姨|姑|叔)[^,。]{0,3}(?:打|回|来)个?(?:电话|信|话)"
        r"|(?:姥爷|姥姥|爷爷|奶奶|爸爸?|妈妈?)(?:学会|天天|在家|都好|好着|惦记|给你)|^[\w]{1,4}(?:收|亲启)$|勿念|甚念|爱你|盼归|老同桌|发小|闺蜜|姐妹们|哥几个|兄弟们|战友们"
    ),
    1: re.compile(
        r"你?(?:嫂子|大嫂|弟妹|大侄子)|聚会|聚餐|再聚|聚聚|吃饭|喝酒|饺子|海鲜|粽子|酸菜|打麻将|广场舞|钓鱼|唠嗑|唠唠|春暖花开|发芽|开花了|憋坏|憋得慌|憋屈"
        r"|网课|约个时间|周末|晚饭|回家|爸妈|老妈|老爸|保重|多穿|注意身体|别惦记|别挂念|回个[话信]|来信|拜年|(?:新年|春节|元宵)快乐|过年好|婚礼|家里都好|都挺好"
        r"|你还好[吧吗]|最近(?:好|咋样|怎么样)|没着家|千万别(?:出门|下楼)|电影|合影|照片墙|全家福|[球牌棋]友|打球|遛弯|毛衣|压岁钱|相亲|视频聊天"
    ),
}
# Called by a nickname or by kinship, as nobody calls an office.
_CALLS = re.compile(
    r"^(?:[小大阿老][\w]{1,2}|[\w]{1,2}(?:子|儿|哥|姐|弟|妹|叔|姨|宝)|爸爸?|妈妈?|爹|娘|姥姥|姥爷|爷爷|奶奶|闺女|儿子|女儿|媳妇|宝贝|亲爱的)(?:啊|呀|哎)?(?:[,:!]|$)"
)
_HOMEWORK = re.compile(
    r"语文|数学|英语|作文|口算|听写|生字|课文|练习[册题]|作业|第[\d一二三四五六七八九十]+(?:课|单元)|[一二三四五六\d]年级|[一二三四五六\d]班|家长签[字名]|批改|打卡|背诵"
)
_SCHOOL = re.compile(r"作业|听写|课文|家长签[字名]")

_COUNTER = re.compile(
    r"请问|咨询|请教|办理|办一下|办了|给办|帮办|申请|备案|上班|开门|预约|社保|医保|参保|[上入交断续]保|保险|刷卡|卡里|落户|证件|证明|材料|资料|手续|户口|报销|看病|就医|缴费|住院|出院|病历|化验|诊断"
    r"|养老|退休金|津贴|工伤|失业|公积金|低保|转出|转入|挂失|注销|身份证|银行卡|居住证|发票|凭证|花名册|报表|投诉|举报|意见|领导|同志|贵(?:单位|中心|局)|您好"
)
"""Who greets with 新年快乐 or sends 爸妈的证件 writes to a counter: to ignore that mail would lose it."""
_SPEAKS_FOR_SELF = re.compile(r"我(?!司|厂|公司|店|们|单位)|俺|本人")
_REQUESTS_BY_PHONE = re.compile(r"(?:帮|给|替|为)(?:我|俺)|我(?:要|想)|本人|请(?:帮|给|予)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")

_SHORT = 80


def find_offer(text: str) -> str:
    """Return the words that make a folded mail advertising, '' when it may be a citizen's.

    Two kinds of offers must meet; a mail that names the counter's business needs more, and one that speaks
    of itself as "I" more still.
    """
    plain = [found.group() for found in _PLAIN_OFFERS.finditer(text)]
    offers = [words for kind in _OFFERS if (words := list(dict.fromkeys(kind.findall(text)))[:2])]
    score = sum(map(len, offers)) + 3 * bool(plain)
    if _asks_by_phone(text) or not (plain or len(offers) >= 2):
        return ""
    needed = 5 if _SPEAKS_FOR_SELF.search(text) else 3 if _COUNTER.search(text) else 2
    return "、".join(dict.fromkeys([*plain, *(w for words in offers for w in words)])) if score >= needed else ""


def find_private(subject: str, text: str, *, has_documents: bool) -> str:
    """Return the words that make a folded mail a private letter or a child's homework, '' when in the least doubt."""
    whole = f"{subject}\n{text}"
    if _COUNTER.search(whole) or _asks_by_phone(whole):
        return ""
    homework = list(dict.fromkeys(_HOMEWORK.findall(whole)))
    if len(homework) >= 2 and _SCHOOL.search(whole):
        return "、".join(homework)
    signs: dict[str, int] = {}
    for weight, words in _PRIVATE.items():
        for place in (subject, text):
            signs.update(dict.fromkeys((found.group() for found in words.finditer(place)), weight))
    signs.update({called.group(): 2 for place in (subject, text) if (called := _CALLS.match(place))})
    is_short = len(whole) < _SHORT and not has_documents
    needed = 5 if has_documents else 2 if is_short else 3
    return "、".join(signs) if sum(signs.values()) >= needed else ""


def _asks_by_phone(text: str) -> bool:
    return bool(_MOBILE.search(text) and _REQUESTS_BY_PHONE.search(text))

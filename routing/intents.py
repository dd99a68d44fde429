"""What a sender wants of us: apply, ask, add, complain, inform - or nothing that concerns a counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.routing import Evidence, Intent
from routing.words import is_denied


def _list_words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMPLAINT = _list_words(
    """
    投诉 举报 不作为 信访 推诿 踢皮球 渎职 纪委 曝光 态度恶劣 讨个说法 行政复议 起诉
    """
)
"""One of these, not denied, is a complaint."""
ANGER = _list_words(
    """
    态度差 态度太差 态度很差 太过分 不负责任 没人管 无人理 没人理 一直不回 没人接 打不通 拖延 拖了 非常不满 很不满
    强烈不满 失望 气愤 到底 岂有此理 欺负 服务差 刁难
    """
)
"""Two of these are one."""

SUPPLEMENT = _list_words(
    """
    补充 补交 补发 补传 补上 补正 补报 补寄 补齐 补送 补办材料 补一下 补一张 补拍 重拍 重新发 重新上传 重新拍 重发
    再发一次 再发一遍 再次发送 上次发 上次邮件 上封邮件 前一封 上一封 之前发 昨天发 前天发 刚才发 刚才的邮件 漏发 漏了
    忘了附 忘记附 忘了发 遗漏 按照要求补 缺少的 缺的材料
    """
)
"""Words that add to an earlier mail. 补缴 pays, 补助 and 补贴 are money, 补开 prescribes: none of them is here."""
_LATER = re.compile(
    r"(?:随后|稍后|之后|以后|过后|日后|疫情(?:结束|过)?后|明天|回头|再|如需|需要|是否|后)(?:再|会|将|统一)?$"
)
"""What stands before a supplement that is only promised."""

ASKING = re.compile(
    r"请问|咨询|想问|问一下|问下|请教|想了解|了解一下|怎么|怎样|如何|(?<!无论)什么|啥|哪[里些个儿]|哪家|多少|多久|几天|几个|何时"
    r"|能否|可否|是否|可不可以|能不能|行不行|要不要|需不需要|用不用|是不是|有没有|会不会|可以吗|(?:吗|么|呢)(?:[?,。!]|$)|[?]"
)
"""A question; the folded text has half-width marks."""

ASKING_HOW = re.compile(
    r"怎么|怎样|如何|需要(?:哪些|什么|啥|提供什么|准备)|要(?:哪些|什么)|哪些材料|什么材料|什么手续|哪里|哪儿|多少|多久|几天|何时|请问|咨询|请教|想问|了解|能否|可否|能不能|可不可以|可以吗"
)
"""A question about the way, which a request sentence beside it does not turn into an application."""

REQUESTING = re.compile(
    r"(?:特|现|兹|谨|故)(?:此|向|来|提出)*(?:贵单位|贵中心|你中心|您|你)?(?:提出)?申请|本人(?:自愿)?申请|申请人|请(?:予以?|帮我?|给我?|为我?|协助|尽快|贵中心|您|审核)*(?:办理|受理|备案|审核|核准|查收|注销|开具|登记)"
    r"|望(?:予以|给予)?(?:办理|批准|受理)|(?:材料|资料|照片|图片|证件|扫描件|证明)(?:[^,。;!?]{0,6})(?:见附件|在附件|已上传|已发送|如下|附后|附上)|见附件|附件(?:为|是|中|里|内|如下|:)|随信附|随邮件附|已附上|现将|现把|现报|报送|提交|(?:材料|照片|图片|资料|证件)(?:都)?(?:发过来|发给|发来|传给|发您|发你)"
    r"|申请(?:办理|转|将|把|异地|备案|注销|参保|新参保|变更|报销|受理)"
)
"""A sentence that asks for the thing itself."""

INFORMING = re.compile(
    r"特此(?:告知|通知|说明|函告)|感谢信|表扬信|告知(?:贵|你|您)|(?:仅|只是)?(?:供参考|告知一下|说一声|通知一下)|请知悉|请知晓|周知|(?:已|已经)(?:收到|打过电话|电话确认|电话联系|邮寄|寄出|寄送|快递)"
    r"|纸质(?:材料|件)[^,。;]{0,4}(?:已|于)|无人员增减|不需要(?:回复|办理)|无需回复|不用回复|ems单号|快递单号|运单号|放假通知|(?:停电|搬迁|会议|培训)通知"
)
"""A sentence that only informs."""
THANKS = re.compile(r"(?:好的?|收到|谢谢|感谢|辛苦|知道|明白|了|您|你们?|非常|多谢|麻烦|已|[,。!~])+")
"""A whole text that says no more than thank you."""

PROGRESS = re.compile(
    r"进度|进展|办(?:好|完|理|成)(?:了|完)?(?:吗|没|没有|么|得怎么样|到哪)|办得怎么样|什么时候能?(?:办好|办完|办下来|出来|好)|收到(?:了)?(?:吗|没|么)|到哪(?:一)?步|为什么还没|怎么还没|还没(?:办|有?(?:收到|回复|结果|消息))|是否(?:收到|办好|办理完|通过|受理)|审核(?:通过)?了?(?:吗|没)|(?:有)?结果(?:了)?吗"
)
"""A question about one's own case, which no notice answers."""

ADVERTISING = _list_words(
    """
    代开发票 发票代开 代开 开票 贷款 推广 促销 优惠价 特价 中奖 免费试用 点击链接 点此 立即领取 加微信 加qq vip会员
    退订 课程报名 培训班 招商 加盟 低息 放款 群发 seo 营销 红包 限时 折扣 理财 代理记账 询价 供应商合作 产品报价
    厂家直销 现货供应 口罩批发 批发 博彩 彩票 unsubscribe discount freetrial
    """
)
"""Two of these, or one of the plain ones, with nothing that the counter handles, are advertising."""
PLAIN_ADVERTISING = _list_words("代开发票 发票代开 退订 中奖 博彩 彩票 厂家直销 口罩批发 点击链接领取 unsubscribe")

PRIVATE = _list_words(
    """
    聚会 聚餐 吃饭 生日快乐 老同学 同学会 想你 么么 亲爱的老婆 亲爱的老公 旅游照片 旅游攻略 毕业照 婚礼 喜帖 请柬
    拜年 新年快乐 春节快乐 打麻将 喝酒 周末 约个时间 孩子作业 家庭作业 爸妈 老妈 老爸 晚饭 回家
    """
)
"""Private mail that went astray: two of these, or one in a short text, and nothing that speaks of a counter."""
COUNTER = re.compile(
    r"请问|咨询|请教|办理|办一下|办了|给办|帮办|上班|社保|医保|参保|证件|证明|材料|资料|手续|户口|报销|看病|就医|缴费"
)
"""Who greets with 新年快乐 or sends 爸妈的证件 writes to a counter: to ignore that mail would lose it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the signs look at, folded.

    ``has_documents``: anything came along, or links to it. ``has_item``: the mail names something the
    counter handles. ``answers_us``: it replies to a letter of ours or names its case.
    """

    subject: str
    text: str
    has_documents: bool
    has_item: bool
    answers_us: bool

    @property
    def whole(self) -> str:
        """Subject and text."""
        return f"{self.subject}\n{self.text}"

    @property
    def asked(self) -> str:
        """Where a question may stand: the subject of an answer is our own, so only its text can ask."""
        return self.text if self.answers_us else self.whole


@dataclass(frozen=True, slots=True)
class IntentFound:
    """An intent and the words that told it; ``is_progress`` marks a question about one's own case."""

    intent: Intent
    evidence: tuple[Evidence, ...] = ()
    is_progress: bool = False


def is_advertising(said: Said) -> str:
    """Advertising, with nothing that the counter handles."""
    if said.has_item or said.answers_us:
        return ""
    plain = [w for w in PLAIN_ADVERTISING if w in said.whole]
    adverts = [w for w in ADVERTISING if w in said.whole]
    return "、".join(dict.fromkeys((*plain, *adverts))) if plain or len(adverts) >= 2 else ""


def is_private(said: Said) -> str:
    """Private mail that went astray."""
    if said.has_item or said.answers_us or COUNTER.search(said.whole):
        return ""
    words = [w for w in PRIVATE if w in said.whole]
    is_short = len(said.whole) < 80 and not said.has_documents and not ASKING.search(said.whole)
    return "、".join(words) if len(words) >= 2 or (words and is_short) else ""


def complains(said: Said) -> str:
    """A complaint; asking for the complaints telephone is asking."""
    strong = find_first(said.whole, COMPLAINT)
    if strong and not re.search(strong + r"(?:电话|热线|渠道|邮箱)(?:是|多少|[?])", said.whole):
        return strong
    angry = [w for w in ANGER if w in said.whole]
    return "、".join(angry) if len(angry) >= 2 else ""


def adds_documents(said: Said) -> str:
    """Documents that complete an earlier mail."""
    return adds(said) if said.has_documents else ""


def sends_documents(said: Said) -> str:
    """Documents sent along with a question are an application (READING.md, intents)."""
    return "随信有材料" if said.has_documents else ""


def asks_progress(said: Said) -> str:
    """A question about one's own case."""
    found = PROGRESS.search(said.asked)
    return found.group() if found and not REQUESTING.search(said.asked) else ""


def asks(said: Said) -> str:
    """A question about the way, or any question that no request stands beside."""
    found = ASKING.search(said.asked)
    if found is None:
        return ""
    return found.group() if ASKING_HOW.search(said.asked) or not REQUESTING.search(said.asked) else ""


def thanks(said: Said) -> str:
    """Nothing but thanks."""
    is_short_answer = said.answers_us and len(said.text) < 30 and bool(re.search(r"谢谢|感谢|收到", said.text))
    return said.text[:20] if THANKS.fullmatch(said.text) or is_short_answer else ""


def informs(said: Said) -> str:
    """News without a request."""
    found = INFORMING.search(said.asked)
    return found.group() if found and not adds_words(said) and not REQUESTING.search(said.asked) else ""


def adds(said: Said) -> str:
    """Words, a telephone for example, that complete an earlier mail."""
    return adds_words(said) or ("回复本中心来信" if said.answers_us else "")


def adds_words(said: Said) -> str:
    """The word that says so; one that only promises ("随后补发") is none."""
    return find_first(said.whole, SUPPLEMENT, unless_before=_LATER)


Sign = Callable[[Said], str]
SIGNS: tuple[tuple[Intent, Sign], ...] = (
    (Intent.NOISE, is_advertising),  # First, because advertising asks, informs and encloses as well.
    (Intent.NOISE, is_private),
    (Intent.COMPLAINT, complains),  # Before the documents: an angry mail with papers still needs a person.
    (Intent.SUPPLEMENT, adds_documents),
    (Intent.APPLY, sends_documents),  # From here on nothing came along.
    (Intent.INQUIRY, asks_progress),
    (Intent.INQUIRY, asks),
    (Intent.NOTICE, thanks),
    (Intent.NOTICE, informs),
    (Intent.SUPPLEMENT, adds),
)
"""Read top to bottom; the first sign that shows tells the intent."""


def find_intent(subject: str, text: str, *, has_documents: bool, has_item: bool, answers_us: bool) -> IntentFound:
    """Return what the sender wants; subject and text are folded. Without any sign a mail applies."""
    said = Said(subject, text, has_documents, has_item, answers_us)
    for intent, sign in SIGNS:
        what = sign(said)
        if what:
            return IntentFound(intent, (Evidence(what, "text", 1.0),), is_progress=sign is asks_progress)
    return IntentFound(Intent.APPLY)


def find_first(text: str, words: tuple[str, ...], *, unless_before: re.Pattern[str] | None = None) -> str:
    """Return the first of some words that a folded text says, neither denied nor behind ``unless_before``."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            if not is_denied(text, at) and not (unless_before and unless_before.search(text[max(0, at - 8) : at])):
                return word
            at = text.find(word, at + 1)
    return ""

"""What a sender wants of us: apply, ask, add, complain, inform - or nothing that concerns a counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from domain.routing import Evidence, Intent
from routing.additions import POSTED, find_addition
from routing.complaints import find_complaint
from routing.noise import find_offer, find_private
from routing.words import any_of

# --- Requests.

REQUESTING = any_of(
    r"(?:特|现|兹|谨|故)(?:此|向|来|提出)*(?:贵单位|贵中心|你中心|您|你)?(?:提出)?申请|本人(?:自愿)?申请(?!过|了|的)|申请人",
    r"申请(?:办理|转|将|把|异地|备案|注销|参保|新参保|变更|报销|受理(?![了没]))",
    r"(?<!申)请(?:予以?|先|帮我?|给我?|为我?|协助|尽快|贵中心|您|审核)*(?:办理|受理|备案|审核|核准|查收|注销|开具|登记)",
    r"望(?:予以|给予)?(?:办理|批准|受理)",
    r"(?:材料|资料|照片|图片|证件|扫描件|证明)[^,。;!?]{0,6}(?:见附件|在附件|已上传|已发送|如下|附后|附上)",
    r"见附件|附件(?:为|是|中|里|内|如下|:)|超大附件|随信附|随邮件附|已附上|现将|现把|现报|(?:报送|提交)(?!的|了|过|后)",
    r"(?:材料|照片|图片|资料|证件)(?:都)?(?:发过来|发给|发来|传给|发您|发你)",
    # Papers announced for later: the sender wants his place in the queue.
    r"(?:先|给)[^,。;!?]{0,6}(?:挂个?上?号|占个?号|排个?号)|打个招呼",
)
"""A sentence that asks for the thing itself."""

_WISHES = r"(?:能|可[以否]?|否|请|麻烦|劳驾|烦劳|求|拜托)[^,。;!?\n]{0,12}"
_US = r"(?:我们?|俺们?|咱们?|本人)"
_NEWS = r"(?![^,。;!?]{0,3}(?:个?(?:准话|信|话|音|消息|通知)|复|电话))"
DOING = any_of(
    # "能给我发一份电子版吗", "能不能替我们加减一下": whoever names for whom it shall be done wants it done.
    rf"{_WISHES}[给为]{_US}[^,。;!?\n给]{{0,8}}?(?:发|开(?!通)|打(?!个?电话)|寄|邮|查|改|退|传|补|恢复){_NEWS}",
    rf"{_WISHES}[帮替]{_US}[^,。;!?\n给]{{0,10}}?(?:办|开|打|发|查|转|寄|邮|改|变更|加|减|报|弄|整|处理|登|备|销|补|提|退|算|交|恢复|建|解){_NEWS}",
    rf"{_WISHES}(?:打|汇|转|发|寄|邮|退)(?:到|至|给)?(?:{_US}|俺|咱)",
    r"(?:能|可以|麻烦|请(?![问教]))[^,。;!?]{0,10}(?:寄|邮)[到至往][^,。;!?]{2,20}(?:市|县|区|路|号|中心)",
    # Nobody writes down an identity number to ask about the rules.
    r"(?<!\d)\d{17}[\dx](?![\dx])",
    # "给我转回去吧", "麻烦给办一下".
    r"给(?:我|俺)?[^,。;!?]{0,2}(?:办|转|报|销|开|上|弄|整|备)[^,。;!?]{0,5}吧(?!\?)",
    r"(?:麻烦|请(?![问教])|求求?|劳驾)[^,。;!?]{0,8}[给帮][^,。;!?]{0,4}(?:办|转|报|销|备案|开)[^,。;!?]{0,3}(?:一?下|了)",
    # One's own balance and years stand in no notice: somebody must look.
    r"(?<!怎么)(?<!怎样)(?<!如何)(?<!哪里)(?<!哪儿)(?<!在哪)(?<!去哪)(?<!咋)(?:查(?!不)|想(?:知道|看看|了解)|看看|看一下)[^,。;!?]{0,14}(?:余额|卡里|卡上|账户|帐户|还剩|缴费(?:记录|年限|明细|情况)|交了?(?:多少|几)年)",
)
"""A wish that something be done, however politely it is put as a question."""

# --- News.

INFORMING = any_of(
    r"特此(?:告知|告之|通知|说明|函告|报告)|特告|谨此|备查|知会|感谢信|表扬信|告[知之](?:贵|你|您)|供参考|(?:仅|只是)[^,。;!?]{0,3}告[知之]|告知一下|通知一下|请知悉|请知晓|周知|请留意|注意(?:签收|收件)",
    r"告诉(?:您|你们?|恁)[^,。;!?]{0,2}一?声|(?:跟|和|给|来|就是|先)(?:您|你们?|恁|老师)*说一?声",
    r"(?:已|已经)(?:收到|打过电话|电话确认|电话联系|邮寄|寄出|寄送|快递)|(?:ems|快递|顺丰|运)单号",
    rf"(?:纸质|原件|盖章)[^,。;!?]{{0,16}}?(?:已|刚|今|昨|前天|于)[^,。;!?]{{0,12}}?(?:{POSTED}|发出|送[去到走出])",
    rf"(?:已|刚|都|今天|昨天|上午|下午|今早)[^,。;!?]{{0,8}}{POSTED}(?:出|走|去|过去)?(?:了|出)|[交发走](?:了|给)?(?:ems|顺丰)",
    r"人员(?:没有?|无|未)(?:变动|增减|变化)|无(?:人员)?(?:增减|变动)|(?:不需要|无需|不用|不必|甭)(?:再)?(?:给我)?(?:回(?:复(?![此这该本])|信|了|[,.。!]|$)|办理)",
    r"放假通知|(?:停电|停水|搬迁|会议|培训|消杀)(?:的)?(?:通知|告知)",
)
"""A sentence that only informs."""
_NEWS_OF_CASE = any_of(
    r"(?:再|随后|稍后|回头|过几天|[明后]天|下周)补|(?:先|就)?不办了|作废|撤回|撤销申请",
    r"电话(?:俺|我|也|都|已经?|刚才?|今天|昨天|上午|下午)*(?:打(?:过|通|完)|联系过|确认过)",
    r"(?:打(?:过|通)|联系过)了?电话",
)
"""In an answer to us it informs; in a first mail it begins a story or an application."""
_WANTING = any_of(
    r"(?:要|想)(?:办|转|报|申请|参|把|给|请)|申请(?![表书单])|办理|麻烦|帮(?:我|俺|忙)|给(?:我|俺|办)|请(?:予|给|帮|尽)|转[到回入往]"
)
"""Whoever wants something does not only inform: news are acknowledged without any papers."""
THANKS = re.compile(
    r"(?:好的?|收到|谢|感谢|感激|辛苦|费心|知道|明白|清楚|了|您|你们?|恁|老师|同志|非常|十分|太|多谢|麻烦|已|都|嗯|哦|行|中|已阅|妥|嘞|啦|啊|呀|哈|呢|ok|没问题|不客气|[,.。!~])+"
)
"""A whole text that says no more than thank you."""
_LONG_NUMBER = re.compile(r"\d{7}")
_IS_ANSWER = re.compile(r"^(?:回复|答复|回覆|答覆|re)(?:\[\d+\])?:")

# --- Questions.

_UNASKED = any_of(
    r"(?:https?://|www\.)[!-~]*",  # addresses carry question marks
    r"[“「『][^”」』]{0,60}[”」』]|《[^》]{0,200}》",  # what others said
    # "要是缺啥少啥你们说" offers to send more.
    r"(?:要是|如果|[如若]有?|倘[若有]|假如|万一|有|还)[^。!?;]{0,16}(?:缺|少|差|不全|不[清对行归管妥足]|投错|问题|模糊|不齐|错|遗漏)[^。!?;]{0,16}(?:说|告|吱|喊|讲|请|指|补|拍|联系|通知|电话|随时|再)[^。!?;]{0,40}",
    r"缺(?:啥|什么)[^。!?;]{0,8}(?:说|告|吱|喊|补|再|通知|联系)[^,。!?;]*|要(?:啥|什么)再[说发补]|收到(?:了|就|请|后|麻烦|的话|给我)*回[^,。!?;]{0,8}",
    # "不知对不对" is modesty; "不知道要什么材料" asks.
    r"不(?:知道?|晓得|清楚|确定)(?:是不是|是否)?(?:这样|[对行够全]不[对行够全]|可不可以|发对|对吗|合适|发给谁|该?[发投寄]?[到给]?哪个?(?:邮箱|信箱|里))[^,。;!?]{0,8}",
    # Indefinite words.
    r"(?:什么|啥|哪|怎么|咋|谁)[^,。!?;]{1,8}都[行成中可好]|还?能有(?:啥|什么)[^,。!?;]{0,10}|没(?:什么|啥)|(?:什么|啥|怎么|咋|多少|哪)[都也]|什么的|[没不]多久|等了多久|时不时|动不动|巴不得|(?:无论|不管)[^,。]{0,8}|多少(?:有点|有些|次|回|遍|趟|年)|不知道?(?:怎么|咋)(?:了|回事|搞的)",
    r"(?:有|哪里?)(?:什么|啥)?[^,。;!?]{0,8}(?:不对|不妥|不足)[^,。;!?]{0,6}|(?:能不能|行不行),(?:我)?(?:自己|也)[^,。]{0,8}",
)
"""What asks nobody."""
_RHETORIC = any_of(
    r"难道|(?:怎么|咋)(?:过|活|撑|得了)|谁(?:家|没|不|还|曾|受得)|凭(?:什么|啥)|叫(?:什么|啥|个啥)事|什么世道|谁(?:知道|想到|料到|能想|成想)|哪(?:想到|知道|敢|还?有(?:心|那|这|空))|怎么说呢|怎么会?想到|何[必况苦尝]|[您你]说(?:这|气|冤|可笑)|有什么办法|岂不|你还好[吧吗]",
)
"""Rhetoric, and the question how somebody is: nothing in its sentence asks."""
_SENTENCES = re.compile(r"[^。!?;]+[。!?;]?|[。!?;]")
_CLAUSES = re.compile(r"[^,。!?;]+[,。!?;]?|[,。!?;]")
_LONG_SENTENCE = 60  # Some write without any full stop.

_ASK_EXPRESSLY = (
    r"请问|咨询|想问|问一?[下声](?!好)|问问|请教|打听|想了解|了解一下|准话|明白话|qingwen|zixun"
    r"|(?:请|望|求|敬请|恳请)(?:您|老师|领导|贵中心|中心)*(?:明示|示下|指示|指教|指点|赐教|解答)"
)
ASKING = any_of(
    _ASK_EXPRESSLY,
    r"想知道|怎么|怎样|如何|咋|什么|啥|哪[里些个儿家位]|[去往在到]哪|多少|多久|多长时间|何时|能否|可否|是否|真的假的|[?吗嗎]",
    r"(?:要|得|需要?|用|等|大概|大约)几[天个]|几(?:天|个工作日)(?:能|可以|有|出|办|到|下)|[到截]几号|[盖要带拍报填写开发寄交]几[个张份次页]",
    r"(?P<verb>[一-鿿])[不没沒]得?(?P=verb)|能不|可不可以|需不需要|(?:是|先|要|算|属于|走)[^,。;!?]{1,12},?还是|百分之几|几成|[要得再着]交几|几点(?:上|下|开)",
    r"(?<![什这那怎多要])么(?=[?,.。!;\n]|$)|(?<![决绝从要可岂莫再还并又都也])不(?=[?。!;\n]|$)|(?:好使|给报|[能给]办|行|中|可以|[能管]用|能报)不(?=,)",
)
"""A question; the folded text has half-width marks."""

_DONE = (
    r"(?:办|弄|整|报|转|申|交|缴|寄|发|填|写|操作|查|算|走|领|约|预约|补|搞|传|登|备|处理|开|改|提|拿|取"
    r"|联系|收费|规定|参|注销|销|续|结|用|解决|上传|下载|挂失)"
)
_PAPERS = r"(?:材料|资料|手续|证件|证明|东西|表|条件|流程|程序|步骤|要求|规定|标准|范围|渠道|方式|途径)"
_ASKING_HOW = any_of(
    rf"(?:怎么个?|怎样|如何|咋个?|怎)(?:才能?|能|去|来|给|再|样|还|可以|算)?{_DONE}",
    rf"(?:需要?|要|准备|提供|带|交|寄|发|得)(?:提供|准备|交|带|些)?(?:哪[些几样]+|什么|啥)|(?:哪些|什么|啥|哪几[样种个]){_PAPERS}",
    r"(?:[去往到上在从报]|寄到?|发到?|交到?)哪(?!一?步|想|知)|哪里(?:办|交|领|填|下载|可)|哪个(?:邮箱|部门|窗口|地方|单位)|打哪个|打(?:什么|啥)电话|[到截]几号|[要得花收交]多少钱|zenme(?:ban|nong|bao|zhuan|jiao)|yaoshenme|shenmecailiao",
)
"""A question about the way, which no request beside it turns into an application."""
_ASKING_EXPRESSLY = re.compile(_ASK_EXPRESSLY)

_HANDLED = r"(?:办|转|批|报|弄|审核?|开|登记|备案?|处理|注销|改|建|入)"
_SO_FAR = r"(?:成|好|完成?|妥|过去|过来|下来|上)"
_OR_NOT = r"(?:吗|么|没有?(?=[?,.。!;\n]|$))"
PROGRESS = any_of(
    rf"进度|进展|{_HANDLED}{_SO_FAR}了?{_OR_NOT}|(?<!能)(?<!可以)(?<!会){_HANDLED}了{_OR_NOT}",
    r"办理完?了?吗|办得?(?:怎么|咋)样|办没办[好成完]|(?:那边|审核|审批)过了[吗没]",
    r"(?:转入|转出|备案|报销|申请|材料|手续|审核|安置|津贴|参保)[^,。;!?]{0,6}(?:咋|怎么)样了",
    r"(?:什么时候|啥时候|何时)能?(?:到账|办好|办完|办?下来|出来|好|有信)|(?:到|走到|办到|进行到)了?哪(?:一)?[步儿]|办到哪|审核(?:通过)?了?[吗没]|结果(?:了|出来)?[吗没]|什么情况了|催(?:一下|办|促)|到账了?[吗没]|(?:受理|下来|到账|出来|办结|通过)(?:了吗|没有?(?=[?,.。!;\n]|$))",
    r"收到(?:了)?(?:吗|么|没有?(?!收到)(?=[?,.。!;\n]|$))|收没收到|是否(?:已经?)?(?:收到|办好|办理完|通过|受理|办结)|有(?:没有)?(?:信儿?|消息|回音)了?(?:吗|没|\?)",
    r"(?:怎么|咋|为什么|为啥|为何)(?:到现在)?(?:还|都)?没|(?:还|一直|至今|到现在(?:也|还)?)没(?:有)?(?:收到|等到|回[复信音]|消息|动静|见着?|信儿?|下文|给办|人联系|办[好完])",
)
"""A question about one's own case, which no notice answers."""
_STILL_WAITS = re.compile(r"咋样了|怎么样了|等了[^,。]{0,6}[天周月]|还没(?:转|下来|结果)")


@dataclass(frozen=True)
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
    def own_subject(self) -> str:
        """The subject, '' when it is that of our letter: only the sender's own words ask and add."""
        return "" if self.answers_us and _IS_ANSWER.match(self.subject) else self.subject

    @cached_property
    def asked(self) -> str:
        """Where a question may stand."""
        return drop_unasked(f"{self.own_subject}\n{self.text}")


@dataclass(frozen=True, slots=True)
class IntentFound:
    """An intent and the words that told it; ``is_progress`` marks a question about one's own case."""

    intent: Intent
    evidence: tuple[Evidence, ...] = ()
    is_progress: bool = False


def is_advertising(said: Said) -> str:
    """Advertising, with nothing that the counter handles."""
    return "" if said.has_item or said.answers_us else find_offer(said.whole)


def is_private(said: Said) -> str:
    """Private mail that went astray."""
    if said.has_item or said.answers_us:
        return ""
    return find_private(said.subject, said.text, has_documents=said.has_documents)


def complains(said: Said) -> str:
    """A complaint about people or service."""
    asks_way = _ASKING_HOW.search(said.asked) is not None
    return find_complaint(said.subject, said.text, has_documents=said.has_documents, asks_way=asks_way)


def adds_documents(said: Said) -> str:
    """Documents that complete an earlier mail."""
    return adds(said) if said.has_documents else ""


def sends_documents(said: Said) -> str:
    """Documents sent along with a question are an application (READING.md, intents)."""
    return "随信有材料" if said.has_documents else ""


def asks_progress(said: Said) -> str:
    """A question about one's own case."""
    found = PROGRESS.search(said.asked) or (_STILL_WAITS.search(said.asked) if said.answers_us else None)
    return found.group() if found and not REQUESTING.search(said.asked) else ""


def asks(said: Said) -> str:
    """A question about the way, or any question that no request stands beside."""
    found = _ASKING_HOW.search(said.asked)
    if found is None and not DOING.search(said.whole):
        found = (_ASKING_EXPRESSLY if REQUESTING.search(said.asked) else ASKING).search(said.asked)
    return found.group() if found else ""


def thanks(said: Said) -> str:
    """Nothing but thanks."""
    says_thanks = said.answers_us and len(said.text) < 30 and re.search(r"谢谢|感谢|收到|知道了|明白了", said.text)
    is_short_answer = says_thanks and not _LONG_NUMBER.search(said.text)
    return said.text[:20] if THANKS.fullmatch(said.text) or is_short_answer else ""


def informs(said: Said) -> str:
    """News without a request."""
    text = said.asked
    found = INFORMING.search(text)
    if said.answers_us:
        text = text.replace("查收", "")  # in a case it is what the courier brings
        found = found or (None if _LONG_NUMBER.search(text) else _NEWS_OF_CASE.search(text))
    if found is None or adds_words(said) or REQUESTING.search(text):
        return ""
    return found.group() if said.answers_us or not _WANTING.search(text) else ""


def adds(said: Said) -> str:
    """Words, a telephone for example, that complete an earlier mail."""
    return adds_words(said) or ("回复本中心来信" if said.answers_us else "")


def adds_words(said: Said) -> str:
    """The word that says so; one that only promises ("随后补发") is none."""
    return find_addition(said.own_subject, said.text)


Sign = Callable[[Said], str]
SIGNS: tuple[tuple[Intent, Sign], ...] = (
    (Intent.NOISE, is_advertising),  # First, because advertising asks, informs and encloses as well.
    (Intent.NOISE, is_private),
    (Intent.COMPLAINT, complains),  # Before the documents: who demands that somebody answers for it needs a person.
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


def drop_unasked(text: str) -> str:
    """Return a folded text without what asks nobody."""
    parts = []
    for sentence in _SENTENCES.findall(_UNASKED.sub("", text)):
        parts += [sentence] if len(sentence) <= _LONG_SENTENCE else _CLAUSES.findall(sentence)
    return "".join(part for part in parts if not _RHETORIC.search(part))

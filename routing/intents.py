"""What a sender wants of us: apply, ask, add, complain, inform - or nothing that concerns a counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from domain.routing import Evidence, Intent
from routing.noise import find_offer, find_private
from routing.words import is_denied


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


# --- Requests.

REQUESTING = _any_of(
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
DOING = _any_of(
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

_POSTED = r"(?:寄|邮|快递|顺丰|ems)"
INFORMING = _any_of(
    r"特此(?:告知|告之|通知|说明|函告|报告)|特告|谨此|备查|知会|感谢信|表扬信|告[知之](?:贵|你|您)|供参考|(?:仅|只是)[^,。;!?]{0,3}告[知之]|告知一下|通知一下|请知悉|请知晓|周知|请留意|注意(?:签收|收件)",
    r"告诉(?:您|你们?|恁)[^,。;!?]{0,2}一?声|(?:跟|和|给|来|就是|先)(?:您|你们?|恁|老师)*说一?声",
    r"(?:已|已经)(?:收到|打过电话|电话确认|电话联系|邮寄|寄出|寄送|快递)|(?:ems|快递|顺丰|运)单号",
    rf"(?:纸质|原件|盖章)[^,。;!?]{{0,16}}?(?:已|刚|今|昨|前天|于)[^,。;!?]{{0,12}}?(?:{_POSTED}|发出|送[去到走出])",
    rf"(?:已|刚|都|今天|昨天|上午|下午|今早)[^,。;!?]{{0,8}}{_POSTED}(?:出|走|去|过去)?(?:了|出)|[交发走](?:了|给)?(?:ems|顺丰)",
    r"人员(?:没有?|无|未)(?:变动|增减|变化)|无(?:人员)?(?:增减|变动)|(?:不需要|无需|不用|不必|甭)(?:再)?(?:给我)?(?:回(?:复(?![此这该本])|信|了|[,.。!]|$)|办理)",
    r"放假通知|(?:停电|停水|搬迁|会议|培训|消杀)(?:的)?(?:通知|告知)",
)
"""A sentence that only informs."""
_NEWS_OF_CASE = _any_of(
    r"(?:再|随后|稍后|回头|过几天|[明后]天|下周)补|(?:先|就)?不办了|作废|撤回|撤销申请",
    r"电话(?:俺|我|也|都|已经?|刚才?|今天|昨天|上午|下午)*(?:打(?:过|通|完)|联系过|确认过)",
    r"(?:打(?:过|通)|联系过)了?电话",
)
"""In an answer to us it informs; in a first mail it begins a story or an application."""
_WANTING = _any_of(
    r"(?:要|想)(?:办|转|报|申请|参|把|给|请)|申请(?![表书单])|办理|麻烦|帮(?:我|俺|忙)|给(?:我|俺|办)|请(?:予|给|帮|尽)|转[到回入往]"
)
"""Whoever wants something does not only inform: news are acknowledged without any papers."""
THANKS = re.compile(
    r"(?:好的?|收到|谢|感谢|感激|辛苦|费心|知道|明白|清楚|了|您|你们?|恁|老师|同志|非常|十分|太|多谢|麻烦|已|都|嗯|哦|行|中|已阅|妥|嘞|啦|啊|呀|哈|呢|ok|没问题|不客气|[,.。!~])+"
)
"""A whole text that says no more than thank you."""
_LONG_NUMBER = re.compile(r"\d{7}")
_IS_ANSWER = re.compile(r"^(?:回复|答复|回覆|答覆|re)(?:\[\d+\])?:")

# --- Complaints: one plain word, or several kinds of grievance together.

_ACCUSES = re.compile(
    r"(?<![被遭挨])(?<!患者|病人|家属|客户|顾客)(?:投诉|举报)(?!我们|咱|俺|我[店院司]|电话|热线|渠道|邮箱|方式)"
)
# "再不办我就投诉": beside papers the sender still wants his business done.
_THREATENS = re.compile(r"(?:再不|要不|不然|否则|如果|要是|若)[^。!?;]{0,14}$")
_STATEMENT = r"(?:给|讨|要|还)(?:我们?|俺们?|大家|老百姓|一?个)*说法"
_DEMANDS = _any_of(
    r"管一管|管管|管不管|道歉|追究|追责|问责|调查(?:处理|并|清楚|一下|此|核实)|严肃处理|严惩|整改|批评教育|书面(?:的)?(?:回话|答复|回复)",
    r"(?:请|让|找)(?:你们?)?的?领导(?:看|出来|给|管|接|处理)|告(?:你们|到)|录音|媒体|记者|曝光(?!不|过|太|度)|讨个?公道",
    rf"市长热线|(?:打|拨|找|告)[^,。;!?]{{0,5}}12345|纪委|信访|起诉|行政复议|{_STATEMENT}",
)
# Each kind counts once. A telephone that nobody answers is why many write at all, so it weighs half.
# A statement owed is a demand that stands alone, so it counts as both.
_GRIEVANCES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, _DEMANDS),
    (1.0, re.compile(_STATEMENT)),
    (
        1.0,
        _any_of(
            r"服务态度|态度(?:很|太|特别|非常|十分|极其?)?(?:差|恶劣|不好|蛮横|冷|生硬|傲慢|嚣张)|[这那种什][种么]?态度|服务(?:太|很|真)?差",
            r"推搡|推了?(?:我|俺|老人)|嚷嚷|嚷[我俺]|吼|[骂训](?:我|俺|人|斥)|(?:挂断?了?|摔)(?:我的?)?电话|随即挂|再挂|轰(?:出|走|我|俺)|撵",
            r"不耐烦|爱[答搭]不理|没好气|甩脸|脸色|翻白眼|阴阳怪气|刁难|蛮横|冷嘲热讽|推三阻四|说话(?:太|很|特别|真|这么)?(?:难听|冲|噎人)|推来推去|踢来踢去|踢皮球|推诿|往外推|互相推|恶语",
        ),
    ),
    (
        1.0,
        _any_of(
            r"[没无]人理|不理睬|没人回(?!来|家)|一直不回|石沉大海|装聋作哑|置之不理|拖延|拖了[^,。]{0,6}[月年周]|一拖再拖"
        ),
    ),
    (
        1.0,
        _any_of(
            r"气愤|愤怒|失望|[非强十]\w{1,2}不满|岂有此理|太过分|心寒|可气|气死|欺负|忍无可忍|受(?:不了)?[这你][个种们]?(?:气|窝囊气)|不像话"
        ),
    ),
    (
        1.0,
        _any_of(
            r"摆设|上不上班|吃干饭|为人民服务(?:吗|\?|的?就是)|纳税人|养你们|干什么吃|不作为|渎职|不负责任|官僚|形式主义|懒政",
            r"折腾(?:人|老百姓)|耍我|糊弄|王法|衙门|官老爷|公仆|吃拿卡要|老百姓的?死活|没良心|坑人|形同虚设|一问三不知|没人性",
        ),
    ),
    (
        1.0,
        _any_of(
            r"反[映应](?:一个|一下|个|下|点|几个)*(?:情况|问题)",
            r"(?<!没)(?<!医生)(?<!大夫)(?<!审核)(?:提|有|个|的|几点|点)(?:一?点|几点|个|些)?意见(?![书函是为])",
        ),
    ),
    (0.5, re.compile(r"(?:意见|建议)(?:和建议)?\n")),
    (0.5, _any_of(r"跑了?[^,。;!?]{0,2}[三四五六七八九十\d]+[趟回次]")),
    (0.5, _any_of(r"没人接|打不[通进]|占线|忙音|无人接|接不通")),
)
# Papers enclosed speak for an application, however angry; a question of the way for somebody who wants to be told.
_NEEDED, _NEEDED_ASKING, _NEEDED_ENCLOSING = 1.5, 2.0, 3.0

# --- Additions: an earlier mail of the sender, or a word that adds.

_LATER = (
    r"随后|稍后|之后|以后|过后|日后|回头|到时|届时|开学|随时|马上|后补"
    r"|明[天日]|后天|下周|过[几两一]?[天日阵周]|疫情(?:结束|过)?后"
)
_PROMISED_BEFORE = _any_of(
    _LATER,
    r"如需|需要|是否|如果|要是|[如若]有|[如若]$|不行|可以|的话|我再|俺再|再给?$|说一声|喊一声|等[^,。]{0,12}(?:后|了|再|下来|回来)|[会将即要得]$|(?:让|叫|请)[我她他俺]?$",
)
"""What stands in a clause before an addition that is only promised, or that others ask for."""
_PROMISED_BEHIND = _any_of(_LATER, r"再(?:补|发|拍|寄|给)|行不|可以吗")
_ONCE = (
    r"(?:上[次回周]|上星期|上礼拜|前[几两些]天|头[几两]天|前天|昨[天日晚儿]|刚才|刚刚"
    r"|之前|先前|此前|原来|早先|那天|前面|[头第]一封)"
)
# Who sent it: the sender himself, to us. What a hospital sent him yesterday is no earlier mail.
_BY_ME = r"(?:光|只|就|也|又|都|已经?)?(?:我们?|俺们?|本人|我[爸妈]|由我)?(?:就|也|又|都|已经?)?"
_TO_YOU = r"(?:[给向往](?:您|你|恁|贵|中心|办事处|省|大连|旅顺|医保)[^,。;!?]{0,8}?|(?:用|通过|从)[^,。;!?微单]{1,8}?)?"
_EARLIER = _any_of(
    rf"{_ONCE}{_BY_ME}{_TO_YOU}(?:发|寄|传|递交?|投|给|提交|上传)(?:给(?:您|你|恁|贵|中心)[^,。;!?]{{0,3}})?(?:[过的了去]|邮件|材料|资料)(?!通知|通告|公告|原件|纸质|ems|快递|顺丰)",
    rf"{_ONCE}{_BY_ME}拍(?:的|重|糊|花|反|错|虚)",
    r"(?:上[次回]|昨[天日]|前[几两]?天|上一?|前一?|那)(?:的)?封?(?:邮件|来信|信(?:里|上)|材料|照片)(?!费)|那封(?:邮件|信)|[上前]一?封|(?:昨天|前天|刚才)(?:那封|的?邮件)|(?:上[次回]|之前)(?:我)?说?(?:没有|缺|差|少|欠)",
    r"(?:邮件|信|回信|你们|您|恁)(?:里|上|中)?(?:说|讲|写|告诉|通知)(?:我|俺)?的?还?(?:缺|差|少|欠)|按(?:照)?(?:你们|您|恁|贵中心)?的?要求补",
    r"(?:接着|继续)(?:给|帮|替)(?:我|俺)|还是[^,。;!?]{1,14}那(?:个|件)?事",
)
"""Words that speak of an earlier mail of the sender's."""
_ADDS = _any_of(
    r"补(?:发|传|拍|送|正)|补[在给](?!贴)|补充(?!医疗|养老|保险|说明|协议|公积|一点|:)|这[份张个]才[是对]|接上一?封|第[二三四2-4]封|以(?:此|这|本)[份次封张]?为准",
    r"补(?:交|上|齐)(?![^,。;!?]{0,8}(?:费|钱|款|欠|社保|医保|保险|差额|金|断|户口))",
    r"^补(?::|件)|重新?(?:拍|照(?!顾)|发(?!票)|传|扫|上传)|再次?发(?:一?[次遍份下]|送)|又发[一了]",
    r"[发传拍]重了|[发传拍贴附]错了?(?:文件|图|照片|附件|一?张|材料|表|[,。!]|$)|漏[发了传拍附]|忘(?:了|记)?[附发写贴传加放]|落下?了一?[张份页样]|少[发传附]了|缺少的|缺的材料",
    r"补(?![缴办助贴卡偿开保换领打寄录税差习休充报]|一句)(?:一?[张份下页个])?[^,。;:!?\s缴费]{0,8}?(?:证|表|单|照|材料|资料|申请|花名册|诊断|病历|发票|清单|许可|凭证|报告|电话|手机|号码|反面|背面|正面|承诺书|户口|手写)",
)
"""Words that add. 补缴 pays, 补助 and 补贴 are money, 补办 and 补领 ask for another card, 补寄 sends the originals."""
_ADDS_NOTHING = _any_of(
    r"卡[^,。;!?]{0,8}(?:丢|遗失|没了|坏)|挂失|补卡|[漏断欠]缴|漏保|欠费", rf"原件[^,。;!?]{{0,6}}{_POSTED}"
)
"""Another card is wanted, or the papers themselves went by post and this is the first mail."""
_LONG_TEXT, _OPENING = 160, 40
# No clause is longer; a hostile text without any mark would be looked through again for every word.
_CLAUSE = 120
# What went another way than by mail is no earlier mail.
_ELSEWHERE = re.compile(r"网上|系统|小程序|窗口|大厅|app|传真|微信|纸质|原件|快递")
_CLAUSE_ENDS = re.compile(r"[,。;!?\n]")

# --- Questions.

_UNASKED = _any_of(
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
_RHETORIC = _any_of(
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
ASKING = _any_of(
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
_ASKING_HOW = _any_of(
    rf"(?:怎么个?|怎样|如何|咋个?|怎)(?:才能?|能|去|来|给|再|样|还|可以|算)?{_DONE}",
    rf"(?:需要?|要|准备|提供|带|交|寄|发|得)(?:提供|准备|交|带|些)?(?:哪[些几样]+|什么|啥)|(?:哪些|什么|啥|哪几[样种个]){_PAPERS}",
    r"(?:[去往到上在从报]|寄到?|发到?|交到?)哪(?!一?步|想|知)|哪里(?:办|交|领|填|下载|可)|哪个(?:邮箱|部门|窗口|地方|单位)|打哪个|打(?:什么|啥)电话|[到截]几号|[要得花收交]多少钱|zenme(?:ban|nong|bao|zhuan|jiao)|yaoshenme|shenmecailiao",
)
"""A question about the way, which no request beside it turns into an application."""
_ASKING_EXPRESSLY = re.compile(_ASK_EXPRESSLY)

_HANDLED = r"(?:办|转|批|报|弄|审核?|开|登记|备案?|处理|注销|改|建|入)"
_SO_FAR = r"(?:成|好|完成?|妥|过去|过来|下来|上)"
_OR_NOT = r"(?:吗|么|没有?(?=[?,.。!;\n]|$))"
PROGRESS = _any_of(
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


def find_complaint(subject: str, text: str, *, has_documents: bool, asks_way: bool) -> str:
    """Return the words that complain of people or service in a folded mail, '' when none do.

    ``asks_way``: it also asks how something is done; then a grievance told in passing is no complaint yet.
    """
    whole = f"{subject}\n{text}"
    for found in _ACCUSES.finditer(whole):
        is_threat = has_documents and _THREATENS.search(whole[max(0, found.start() - _CLAUSE) : found.start()])
        if not is_denied(whole, found.start()) and not is_threat:
            return found.group()
    if has_documents and not _DEMANDS.search(whole):
        return ""
    told = [(weight, hit.group()) for weight, words in _GRIEVANCES if (hit := words.search(whole))]
    needed = _NEEDED_ENCLOSING if has_documents else _NEEDED_ASKING if asks_way else _NEEDED
    return "、".join(dict.fromkeys(word for _, word in told)) if sum(w for w, _ in told) >= needed else ""


def find_addition(subject: str, text: str) -> str:
    """Return the word that adds to an earlier mail of the sender, '' where none does or it is only promised.

    The earlier mail counts wherever it is named; a word that merely adds, in the subject, in a short text or
    at its beginning: in a long one it tells how the photographs came about.
    """
    whole = f"{subject}\n{text}"
    opening = text if len(text) <= _LONG_TEXT else text[:_OPENING]
    places = [(whole, _EARLIER)]
    if not _ADDS_NOTHING.search(whole):
        places += [(subject, _ADDS), (opening, _ADDS)]
    for place, words in places:
        for found in words.finditer(place):
            start, end = found.span()
            before = _CLAUSE_ENDS.split(place[max(0, start - _CLAUSE) : start])[-1]
            behind = _CLAUSE_ENDS.split(place[end : end + _CLAUSE], maxsplit=1)[0]
            is_other = _PROMISED_BEFORE.search(before) or _PROMISED_BEHIND.search(behind) or _ELSEWHERE.search(before)
            if not is_other and not is_denied(place, found.start()):
                return found.group()
    return ""

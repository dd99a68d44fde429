"""Additions to an earlier mail of the sender: words that name such a mail, or that add."""

from __future__ import annotations

import re

from routing.words import any_of, is_denied

POSTED = r"(?:寄|邮|快递|顺丰|ems)"
"""How papers go another way than by mail."""

_LATER = (
    r"随后|稍后|之后|以后|过后|日后|回头|到时|届时|开学|随时|马上|后补"
    r"|明[天日]|后天|下周|过[几两一]?[天日阵周]|疫情(?:结束|过)?后"
)
_PROMISED_BEFORE = any_of(
    _LATER,
    r"如需|需要|是否|如果|要是|[如若]有|[如若]$|不行|可以|的话|我再|俺再|再给?$|说一声|喊一声|等[^,。]{0,12}(?:后|了|再|下来|回来)|[会将即要得]$|(?:让|叫|请)[我她他俺]?$",
)
"""What stands in a clause before an addition that is only promised, or that others ask for."""
_PROMISED_BEHIND = any_of(_LATER, r"再(?:补|发|拍|寄|给)|行不|可以吗")
_ONCE = (
    r"(?:上[次回周]|上星期|上礼拜|前[几两些]天|头[几两]天|前天|昨[天日晚儿]|刚才|刚刚"
    r"|之前|先前|此前|原来|早先|那天|前面|[头第]一封)"
)
# Who sent it: the sender himself, to us. What a hospital sent him yesterday is no earlier mail.
_BY_ME = r"(?:光|只|就|也|又|都|已经?)?(?:我们?|俺们?|本人|我[爸妈]|由我)?(?:就|也|又|都|已经?)?"
_TO_YOU = r"(?:[给向往](?:您|你|恁|贵|中心|办事处|省|大连|旅顺|医保)[^,。;!?]{0,8}?|(?:用|通过|从)[^,。;!?微单]{1,8}?)?"
_EARLIER = any_of(
    rf"{_ONCE}{_BY_ME}{_TO_YOU}(?:发|寄|传|递交?|投|给|提交|上传)(?:给(?:您|你|恁|贵|中心)[^,。;!?]{{0,3}})?(?:[过的了去]|邮件|材料|资料)(?!通知|通告|公告|原件|纸质|ems|快递|顺丰)",
    rf"{_ONCE}{_BY_ME}拍(?:的|重|糊|花|反|错|虚)",
    r"(?:上[次回]|昨[天日]|前[几两]?天|上一?|前一?|那)(?:的)?封?(?:邮件|来信|信(?:里|上)|材料|照片)(?!费)|那封(?:邮件|信)|[上前]一?封|(?:昨天|前天|刚才)(?:那封|的?邮件)|(?:上[次回]|之前)(?:我)?说?(?:没有|缺|差|少|欠)",
    r"(?:邮件|信|回信|你们|您|恁)(?:里|上|中)?(?:说|讲|写|告诉|通知)(?:我|俺)?的?还?(?:缺|差|少|欠)|按(?:照)?(?:你们|您|恁|贵中心)?的?要求补",
    r"(?:接着|继续)(?:给|帮|替)(?:我|俺)|还是[^,。;!?]{1,14}那(?:个|件)?事",
)
"""Words that speak of an earlier mail of the sender's."""
_ADDS = any_of(
    r"补(?:发|传|拍|送|正)|补[在给](?!贴)|补充(?!医疗|养老|保险|说明|协议|公积|一点|:)|这[份张个]才[是对]|接上一?封|第[二三四2-4]封|以(?:此|这|本)[份次封张]?为准",
    r"补(?:交|上|齐)(?![^,。;!?]{0,8}(?:费|钱|款|欠|社保|医保|保险|差额|金|断|户口))",
    r"^补(?::|件)|重新?(?:拍|照(?!顾)|发(?!票)|传|扫|上传)|再次?发(?:一?[次遍份下]|送)|又发[一了]",
    r"[发传拍]重了|[发传拍贴附]错了?(?:文件|图|照片|附件|一?张|材料|表|[,。!]|$)|漏[发了传拍附]|忘(?:了|记)?[附发写贴传加放]|落下?了一?[张份页样]|少[发传附]了|缺少的|缺的材料",
    r"补(?![缴办助贴卡偿开保换领打寄录税差习休充报]|一句)(?:一?[张份下页个])?[^,。;:!?\s缴费]{0,8}?(?:证|表|单|照|材料|资料|申请|花名册|诊断|病历|发票|清单|许可|凭证|报告|电话|手机|号码|反面|背面|正面|承诺书|户口|手写)",
)
"""Words that add. 补缴 pays, 补助 and 补贴 are money, 补办 and 补领 ask for another card, 补寄 sends the originals."""
_ADDS_NOTHING = any_of(
    r"卡[^,。;!?]{0,8}(?:丢|遗失|没了|坏)|挂失|补卡|[漏断欠]缴|漏保|欠费", rf"原件[^,。;!?]{{0,6}}{POSTED}"
)
"""Another card is wanted, or the papers themselves went by post and this is the first mail."""
_LONG_TEXT, _OPENING = 160, 40
# No clause is longer; a hostile text without any mark would be looked through again for every word.
_CLAUSE = 120
# What went another way than by mail is no earlier mail.
_ELSEWHERE = re.compile(r"网上|系统|小程序|窗口|大厅|app|传真|微信|纸质|原件|快递")
_CLAUSE_ENDS = re.compile(r"[,。;!?\n]")


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

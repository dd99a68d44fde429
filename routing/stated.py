"""Whom a mail's own words name as its applicant, and whether somebody acts for them."""

from __future__ import annotations

import re

from domain.text import compose, fold
from routing.identity import Account, make_account
from routing.words import says_any

_COMPOUND = "欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|长孙|宇文|独孤|端木|南宫|西门|闻人"
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵"
    "万覃武钱戴严莫孔向常汤康易乔赖文洪兰殷尤申柳葛章岳齐庄梅关左焦柯耿游裴舒聂代路麦管卓祝欧阮"
    "翁辛滕丛曲宫初鞠隋矫战冷刁迟宁苗纪童盛喻项祁凌阳柴穆应霍毕甘鲍解车祖苑艾卜娄鹿古饶仇褚佟景米"
    "戚濮亓晁阚邰卞敖奚桑邬柏匡岑麻荣桂谷逄綦亢谌臧庞安郎"
    "仲蒲连满闵束沙包费樊封屈涂牛楚栾窦边卫华骆宗季练惠展晏鄂牟冉商佘虞靳蔺燕仝蓝冀"
)
SURNAME = f"(?:{_COMPOUND}|[{_SINGLE}])"
_GIVEN = r"[\u3400-\u9fff]{1,2}"
_END = r"(?=[\s,。;、()/]|$|身份证|公民身份|性别|[男女][,。;\s]|电话|手机|联系)"
_NAME = f"({SURNAME}{_GIVEN}?){_END}"
_LABELLED_NAME = re.compile(
    rf"(?:姓名|参保人(?:姓名)?|申请人(?:姓名)?|患者(?:姓名)?)\s*[:是为]\s*{_NAME}", re.MULTILINE
)
_SELF_NAME = re.compile(rf"(?:我叫|我名叫|本人叫|我的名字[是叫])[:\s]*{_NAME}", re.MULTILINE)
_PROVED_NAME = re.compile(rf"(?:我是|本人|我)[:\s]*({SURNAME}{_GIVEN})[\s,、(]*(?:[男女][\s,、]*)?(?:身份证|公民身份)")
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{6} ?\d{8} ?\d{3}[\dXx](?![0-9A-Za-z])")
_NOT_OWN = re.compile(
    r"(?:代办|经办|联系|委托|受托|代理|监护|紧急|收件|法定代表|负责|父亲|母亲|爸|妈|配偶|丈夫|妻子|爱人|孩子|儿子|女儿"
    r"|医生|医师|户主|单位)[^,。;\n]{0,10}$"
)
_OWN = re.compile(r"(?:参保人|申请人|本人|患者)[^,。;\n]{0,10}$")
_AGENT_WORDS = ("代办", "代为办理", "代理人", "委托", "受托", "授权", "代其办理", "替他办", "替她办", "帮他办")
_FOR_KIN = re.compile(
    r"(?:替|帮|给|为|代)(?:我|俺|咱|本人)?(?:单位|公司|家|的|们|村|社区)?[大小老二三]?(?:父|母|爸|妈|爹|娘|爷|奶|外公|外婆|姥|儿子|女儿|闺女|姑娘"
    r"|孩子|宝宝|小孩|孙|外孙|老公|老婆|老伴|爱人|对象|媳妇|丈夫|妻子|岳|公公|婆婆|哥|姐|弟|妹|嫂|叔|伯|婶|舅|姑|姨|侄|外甥"
    r"|家人|老人|老头|老太|亲属|亲戚|邻居|室友|同事|同住|员工|朋友|职工|学生|患者|村民)"
)
_MOST_TEXT = 20_000


def find_stated_account(text: str) -> Account | None:
    """Return whom a mail's words name as its applicant, None when they plainly name nobody.

    Only a labelled name that begins with a surname counts (``姓名：``, ``我叫``): a wrong guess would accuse somebody.
    Several names or numbers are nobody's, unless one of them is said to be the applicant's.
    """
    text = compose(text[:_MOST_TEXT])
    found = [m for pattern in (_LABELLED_NAME, _SELF_NAME, _PROVED_NAME) for m in pattern.finditer(text)]
    names = tuple(dict.fromkeys(m[1] for m in found if not _NOT_OWN.search(text[max(0, m.start() - 12) : m.start()])))
    number = _find_number(text)
    name = names[0] if len(names) == 1 else ""
    return make_account(name, number) if name or number else None


def _find_number(text: str) -> str:
    found = [(m[0], text[max(0, m.start() - 24) : m.start()]) for m in _ID_NUMBER.finditer(text)]
    own = {number for number, before in found if _OWN.search(before)}
    told = own or {number for number, _ in found}
    # Two people's numbers side by side do not tell who is who, and an agent's is not the applicant's.
    is_strangers = not own and any(_NOT_OWN.search(before) for _, before in found)
    return told.pop() if len(told) == 1 and not is_strangers else ""


def says_agent(text: str) -> bool:
    """Return whether a mail says that somebody acts for the applicant (代办)."""
    folded = fold(text[:_MOST_TEXT])
    return bool(says_any(folded, _AGENT_WORDS) or _FOR_KIN.search(folded))

"""Examples of mails with the item they are about: what the rules are tried on, and what teaches the second opinion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from domain.catalogue import Catalogue, ServiceItem
from domain.mail import Address, Attachment, Message
from domain.routing import Intent, Opinion
from domain.text import compose, fold
from routing.classify import Classifier
from routing.opinion import NO_ITEM, Model

# The surnames that a stated name begins with; a second list of them would soon be another one.
from routing.stated import SURNAME
from routing.words import find_forwarded

MOST_TEXT = 4_000
"""Characters of a mail that are kept: what is wanted stands at the beginning."""
MASKED, SOMEBODY = "***", "某某"
"""What stands instead of a number or an address, and instead of a name."""

_NUMBER = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{0,2}\d(?:[\s-]{0,2}\d){5,}[\s-]?[\dXx]?")
_SPOKEN_NUMBER = re.compile(
    r"[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖](?:[\s-]?[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]){6,}"
)
_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+\s*@\s*[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ACCOUNT = re.compile(r"((?:微信|[Qq][Qq]|[Vv][Xx]|[Ww][Xx])(?:号码?)?[:是]?\s*)[\w-]{5,}", re.ASCII)
_DOOR = re.compile(r"(?<![月\d-])\d+(?:-\d+)*(?=号楼|号院|号|栋|幢|单元|室|弄)")

# No name goes on with one of these: "于的", "方便我".
_GIVEN = r"(?:(?![的了与及是在把给我你您他她这那要请])[\u3400-\u9fff])"
_HAN = r"[\u3400-\u9fff]"
_NAME = rf"({SURNAME}{_GIVEN}{{1,2}}?)"
_LABELS = (
    "姓名|参保人|申请人|患者|病人|联系人|经办人|代办人|代理人|受托人|负责人|收件人|家属|户主|法人|法定代表人|署名|逝者|死者|亡者"
    "|我叫|我名叫|名叫|名字是|我是|本人|父亲|母亲|爸爸|妈妈|我爸|我妈|妻子|丈夫|老公|老婆|爱人|儿子|女儿|孩子|宝宝|孙子|孙女|爷爷|奶奶"
    "|职工|员工|同事|学生|医师|医生|大夫|老师|退休人员|工作人员"
)
_BEHIND = (
    "同志|女士|先生|同学|师傅|身份证|公民身份|社保卡|户口|居住证|病历|死亡证明|参保凭证|手写|的|因|于|现|已|申请|办理|要|想|今|自|之"
    "|去世|死亡|病故|过世|退休|调|转|电话|手机|联系|性别|男|女"
)
_NAMES = (
    re.compile(rf"(?:{_LABELS})(?:姓名|名字)?[\s:是为叫]*{_NAME}(?=(?:{_BEHIND})|[^\u3400-\u9fff]|$)"),
    re.compile(rf"(?<!{_HAN}){_NAME}(?=(?:{_BEHIND}))"),
    # A subject's last word, a signature: two or three characters that stand by themselves.
    re.compile(rf"(?<!{_HAN}){_NAME}(?!{_HAN})"),
    re.compile(rf"{_NAME}(?=的?(?:身份证|社保卡|户口本|居住证|病历|死亡证明))"),
)
_TITLED = re.compile(rf"{SURNAME}(?=女士|先生|师傅|老师|医生|大夫|主任|科长|同志|阿姨|大爷|大姐|大哥|经理)")
_NO_NAMES = frozenset(
    {"谢谢", "多谢", "申请", "申报", "方便", "麻烦", "文件", "何时", "于是", "万元", "毕业", "左右", "金额"}
)


@dataclass(frozen=True, slots=True)
class Example:
    """A mail's words and what they are about: an item's code or ``none``; ``intent`` None is not looked at.

    Of several lines the first is the subject.
    """

    item: str
    text: str
    intent: Intent | None = None

    @property
    def message(self) -> Message:
        """The mail; whoever applies sends a photograph along whose name tells nothing."""
        subject, _, body = self.text.partition("\n") if "\n" in self.text else ("", "", self.text)
        sends = self.intent in (Intent.APPLY, Intent.SUPPLEMENT)
        photograph = Attachment(0, "IMG_0001.jpg", "image/jpeg", 400_000, "")
        return Message(
            identity="",
            message_id="",
            subject=subject,
            sender=Address("citizen@example.invalid"),
            reply_to=None,
            recipients=(),
            date=None,
            text=body,
            quoted="",
            in_reply_to=(),
            references=(),
            attachments=(photograph,) if sends else (),
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules make of an example, and the model where there is one."""

    example: Example
    item: str
    intent: Intent
    opinion: Opinion | None = None

    @property
    def is_told_otherwise(self) -> bool:
        """Whether the rules or the model tell something else than the example says."""
        is_other_intent = self.example.intent not in (None, self.intent)
        return self.item != self.example.item or is_other_intent or self.is_opinion_other

    @property
    def is_opinion_other(self) -> bool:
        """Whether the model tells another item."""
        return self.opinion is not None and self.opinion.item != self.example.item


def try_examples(
    examples: Iterable[Example], classifier: Classifier, *, model: Model | None = None
) -> tuple[Tried, ...]:
    """Return what comes of each example, written to a mailbox that handles its item."""
    return tuple(_try_example(example, classifier, model) for example in examples)


def _try_example(example: Example, classifier: Classifier, model: Model | None) -> Tried:
    catalogue = classifier.catalogue
    item = catalogue.item(example.item) if example.item != NO_ITEM else None
    message = example.message
    found = classifier.classify(message, (), _find_mailbox(item, catalogue)).classification
    told = found.item if found.item and found.intent is not Intent.NOISE else NO_ITEM
    # As in a mail's decision: the model chooses among the items of one agency.
    among = {i.code for i in catalogue.items if item is None or i.agency == item.agency}
    return Tried(example, told, found.intent, model.tell(example.text, among) if model else None)


def _find_mailbox(item: ServiceItem | None, catalogue: Catalogue) -> str:
    """Return where people write about an item; about one that no office handles by e-mail, the agency's first."""
    if item is None:
        return ""
    offices = catalogue.agency(item.agency).offices
    return next((o for o in offices if o.code in item.offices), offices[0]).mailboxes[0]


def write_example(message: Message, item: str, intent: Intent | None, catalogue: Catalogue) -> Example:
    """Return a mail as an example, nobody's any more: numbers, addresses and names are masked.

    Names are found by what stands around them, so a name in the middle of a sentence may stay: who adds an example
    reads it.
    """
    body = message.text if message.text.strip() else find_forwarded(message)
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in f"{message.subject}\n{body}"[:MOST_TEXT])
    names = (message.sender.name, *(PurePath(a.name).stem for a in message.attachments))
    lines = mask_persons(text, near=names, words=list_words(catalogue)).split("\n")
    subject, *rest = (" ".join(line.split()) for line in lines)
    # The line's end is there without a body, too: a single line would be one.
    return Example(item, f"{subject}\n" + "\n".join(filter(None, rest)), intent)


def mask_persons(text: str, *, near: Sequence[str] = (), words: str = "") -> str:
    """Return a text without numbers of six digits or more, addresses and names of persons.

    ``near`` are texts whose names are masked as well: the sender's own, file names. ``words`` is text of the
    catalogue: what stands there is no name.
    """
    text = compose(text)
    for pattern in (_ADDRESS, _NUMBER, _SPOKEN_NUMBER, _DOOR):
        text = pattern.sub(MASKED, text)
    text = _ACCOUNT.sub(rf"\g<1>{MASKED}", text)
    for name in _find_names("\n".join((text, *map(compose, near))), words):
        text = text.replace(name, SOMEBODY)
    return _TITLED.sub("某", text)


def _find_names(text: str, words: str) -> list[str]:
    """Return what must be names, the longest first."""
    found = {match[1] for pattern in _NAMES for match in pattern.finditer(text)}
    return sorted((name for name in found if name not in _NO_NAMES and fold(name) not in words), key=lambda n: -len(n))


def list_words(catalogue: Catalogue) -> str:
    """Return the folded words of a catalogue, line by line: no piece of them is anybody's name."""
    said: list[str] = []
    for agency in catalogue.agencies:
        said += (agency.name, *(place for office in agency.offices for place in (office.name, *office.districts)))
    for item in catalogue.items:
        said += (item.title, item.plain_title, item.guidance, *(k.word for k in item.keywords))
        said += (word for scenario in item.scenarios for word in (scenario.title, *scenario.keywords))
    for kind in catalogue.kinds.values():
        said += (kind.title, *kind.names)
    return "\n".join(map(fold, said))

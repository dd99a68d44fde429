"""What a letter says it encloses ("附件依次为身份证正反面、社保卡、手写申请"), and which file is which by order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.mail import Message
from intake.papers.words import Hit, Lexicon, squeeze

_MAX_CHARS = 3_000
_SENTENCE = re.compile(r"[^。！!；;\n？?]*[。！!；;\n？?]?")
_SEGMENT = re.compile(r"[，,]")
_ENCLOSES = re.compile(
    r"附|照片|图片|扫描|复印|拍照|拍了|材料|资料|依次|分别|如下|上传|发送|发给|发去|发来|提供|提交|递交|补发|补充|补交"
)
# What the sender lacks, asks about or wants from us is not what came.
_NOT_ENCLOSED = re.compile(
    r"没有|没带|没拍|没附|还没|尚未|未附|未提供|缺|丢失|丢了|遗失|补办|稍后|随后|后补|下次|明天|过几天|暂无|暂时|无法提供|不能提供"
    r"|不需要|不用|要不要|需不需要|需要(?!的)|是否|吗|哪些|什么|怎么|如何|请问|能否|可否|查询|收不到|寄到|寄往|寄给|邮寄"
    r"|(?:请|帮|给我|为我|想|要|能|申请|麻烦|希望).{0,8}(?:开具|出具|打印|领取|补开|发给我|发我|传给我)"
)
_BOTH_SIDES = re.compile(r"正反|正背|双面|两面")
_FILLER = re.compile(r"[和与及以及还有本人的各一二两三份张个页电话手机号码\d姓名我是身份证号联系]+")

Taken = tuple[tuple[str, str, str], ...]
"""For one attachment: code, the letter's words, and how the order was used."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One enclosure that a letter names: its codes (both when it says both sides), its words, its side if unsaid."""

    codes: tuple[str, ...]
    sentence: str
    unsaid: tuple[str, ...] = ()


def find_listed(message: Message, lexicon: Lexicon) -> tuple[Listed, ...]:
    """Return the papers that a letter says it encloses, in its order, each once; questions and absences left out."""
    listed: list[Listed] = []
    seen: set[str] = set()
    for sentence in _SENTENCE.findall(f"{message.subject}\n{message.text[:_MAX_CHARS]}"):
        if not sentence.strip() or sentence.endswith(("？", "?")):
            continue
        for one in _read_sentence(sentence, lexicon):
            codes = tuple(c for c in one.codes if c not in seen)
            if codes:
                seen.update(codes)
                listed.append(Listed(codes, one.sentence, tuple(c for c in one.unsaid if c not in seen)))
    return tuple(listed)


def _read_sentence(sentence: str, lexicon: Lexicon) -> list[Listed]:
    found: list[Listed] = []
    shown = sentence.strip()[:40]
    has_enclosing_word = bool(_ENCLOSES.search(sentence))
    for segment in _SEGMENT.split(sentence):
        if _NOT_ENCLOSED.search(segment):
            continue
        words = squeeze(segment)
        hits = [h for h in lexicon.find_names(words) if h.codes]
        if not hits or not (has_enclosing_word or _is_bare_list(words, hits)):
            continue
        for hit in hits:
            codes, unsaid = _read_hit(hit, words, lexicon)
            if codes:
                found.append(Listed(codes, shown, unsaid))
    return found


def _read_hit(hit: Hit, words: str, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # "转出申请" in a letter is what the sender wants; only 手写 says that a sheet of paper came.
    codes = tuple(c for c in hit.codes if not lexicon.kinds[c].handwritten or "手写" in hit.word)
    if len(hit.word) <= 2 and hit.word.startswith("申请"):
        return (), ()
    if len(codes) == 1 and (pair := lexicon.sides_of(codes[0])):
        # "身份证的正反面各一张": the sides stand a little behind the name.
        behind = words[hit.start + len(hit.word) : hit.start + len(hit.word) + 6]
        if _BOTH_SIDES.match(behind.lstrip("原件复印照片的")):
            return pair, ()
        if not re.search(r"正|反|背|国徽|银行|人像|头像|[ab]面", hit.word):
            return codes, tuple(c for c in pair if c not in codes)
    return codes, ()


def _is_bare_list(words: str, hits: Sequence[Hit]) -> bool:
    """Whether a sentence is nothing but names of papers ("身份证正反面、社保卡")."""
    rest = words
    for hit in hits:
        rest = rest.replace(hit.word, "", 1)
    return len(_FILLER.sub("", rest)) <= 4


def assign_listed(
    sides: Sequence[str],
    are_containers: Sequence[bool],
    listed: Sequence[Listed],
    *,
    shown: AbstractSet[str],
    lexicon: Lexicon,
) -> list[Taken]:
    """Return for each nameless attachment the listed papers it is taken for, () for none.

    ``sides`` are what the file names tell (front, back, both, ''). Papers that named files show already
    are struck from the list. With at least as many files as list entries each file is the next entry
    (entries of two sides take a second file while files are left); with fewer, only a file that can
    hold many pages is taken for the whole list: which picture shows what would be a guess.
    """
    taken: list[Taken] = [()] * len(sides)
    cards = [one for one in listed if lexicon.sides_of(one.codes[0])]
    pairs = {lexicon.sides_of(one.codes[0]) for one in cards}
    got = set(shown)
    for index, side in enumerate(sides):
        # 正面.jpg and 反面.jpg beside a letter that speaks of one card only.
        if side in {"front", "back"} and len(pairs) == 1:
            code = next(iter(pairs))[side == "back"]
            taken[index] = ((code, cards[0].sentence, "和文件名中的正反面"),)
            got.add(code)
    rest = [
        Listed(tuple(c for c in one.codes if c not in got), one.sentence, tuple(c for c in one.unsaid if c not in got))
        for one in listed
    ]
    asked = [one for one in rest if one.codes]
    # 反面.jpg beside several cards stays open: its place in the list could contradict its name.
    free = [index for index, side in enumerate(sides) if side not in {"front", "back"}]
    if not free:
        return taken
    if len(free) >= len(asked):
        for index, entry in zip(free, _spread(rest, len(free)), strict=False):
            taken[index] = tuple((code, entry.sentence, "，按附件顺序对应") for code in entry.codes)
    elif (container := next((i for i in free if are_containers[i]), None)) is not None:
        taken[container] = tuple((code, one.sentence, "，多项材料在一个文件里") for one in asked for code in one.codes)
    return taken


def _spread(listed: Sequence[Listed], files: int) -> list[Listed]:
    """Return the list for so many files: two sides said take two files, then sides unsaid, while files are left."""
    extra = files - sum(bool(one.codes) for one in listed)
    opened: set[int] = set()
    for needs in (lambda one: len(one.codes) == 2, lambda one: len(one.codes) < 2 and one.unsaid):
        for index, one in enumerate(listed):
            if extra > 0 and needs(one):
                opened.add(index)
                extra -= 1
    out: list[Listed] = []
    for index, one in enumerate(listed):
        if index in opened:
            out += [Listed((code,), one.sentence) for code in (*one.codes, *one.unsaid)]
        elif one.codes:
            out.append(one)
    return out

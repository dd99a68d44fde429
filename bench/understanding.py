"""What mails ask for, told right: the labelled mails of ``tests/mails``, beside two plain ways, and what telling costs.

The held half is what counts: whoever writes the rules has not read it. So nothing of a mail is printed, only totals.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bench.house import MAILBOXES
from bench.mails import LIGHT, make_mails
from bench.measuring import Options, median, print_table
from config.catalogue import load_catalogue
from config.settings import PictureSettings
from domain.catalogue import Catalogue, Keyword, ServiceItem
from domain.mail import Message
from domain.phrases import is_phrase, spell_phrase
from domain.text import fold
from intake.reader import read_mail
from routing import Classifier
from routing.opinion import NO_ITEM, teach_model
from routing.situation import words_of
from tests.mails.drawing import draw
from tests.mails.judging import ASPECTS, Verdict, count, is_item_right, judge, judge_half
from tests.mails.labelled import HALVES, Half, LabelledMail, load_mails, write_raw
from youban.examples import load_shipped_examples
from youban.pictures import build_sight

RENDERED = 40
"""Mails of the held half whose papers are drawn and looked at; ``--scale 10`` takes all."""
COSTS = 1000
"""Mails whose classification is timed; ``--scale 10`` takes ten thousand."""
MANY = 500
"""Items of a catalogue as large as that of a whole province."""
_SEED = 11
_COUNTS = ("harmful", "to machines")
_HEAD = ("", "mails", *ASPECTS, *_COUNTS, "triage")
_GAP = re.compile(r"[{},…]+")

Tell = Callable[[Message, str], str]
"""Returns the item of a mail and the mailbox it came to."""


def run(options: Options) -> None:
    """Print what is told right of each half, which items are confused, and what a mail costs."""
    shown = {half: judge_half(half) for half in HALVES}
    others: dict[str, Tell | None] = {"most keywords": tell_by_keywords, "learned model alone": _teach()}
    rows: list[Sequence[object]] = []
    for half in reversed(HALVES):
        rows.append(_describe(f"{half} half", shown[half]))
        rows += (_describe_other(f"{half} half, {name}", half, tell) for name, tell in others.items())
    print_table(options, "Labelled mails told right, papers as labelled", _HEAD, rows)
    if others["learned model alone"] is None:
        options.console.print("the learned model is left out: scikit-learn is not installed (youban[learn])")
    _print_confusion(options, shown)
    _print_rendered(options)
    _print_costs(options)


def _describe(row: str, verdicts: Sequence[Verdict]) -> tuple[object, ...]:
    told = count(verdicts)
    shares = (_write(told[aspect]) for aspect in ASPECTS)
    return (row, len(verdicts), *shares, *(int(told[name]) for name in _COUNTS), _write(told["triage"]))


def _describe_other(row: str, half: Half, tell: Tell | None) -> tuple[object, ...]:
    """Describe what tells an item from one mail's words alone; only the keywords guess an intent too."""
    read = _read_half(half)
    if tell is None:
        return (row, len(read), "not installed", *[""] * (len(_HEAD) - 3))
    items = sum(is_item_right(tell(message, mail.mailbox), mail) for mail, message in read) / len(read)
    intent = ""
    if tell is tell_by_keywords:
        intent = _write(sum(guess_intent(message) == mail.intent for mail, message in read) / len(read))
    return (row, len(read), _write(items), intent, *[""] * (len(_HEAD) - 4))


def _write(share: float) -> str:
    return f"{100 * share:.1f} %"


@cache
def _read_half(half: Half) -> tuple[tuple[LabelledMail, Message], ...]:
    return tuple((mail, read_mail(write_raw(mail, number="")).message) for mail in load_mails(half))


def tell_by_keywords(message: Message, _mailbox: str) -> str:
    """Return the item whose keywords occur most often in subject and text, each as much as the other."""
    said = fold(words_of(message))
    hits = {code: sum(len(one.findall(said)) for one in patterns) for code, patterns in _spell_keywords().items()}
    best = max(hits, key=hits.__getitem__)
    return best if hits[best] else NO_ITEM


def guess_intent(message: Message) -> str:
    """Return ``apply``, or ``inquiry`` for a mail with a question mark."""
    return "inquiry" if "?" in fold(words_of(message)) else "apply"


@cache
def _spell_keywords() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    return {
        item.code: tuple(
            re.compile(spell_phrase(k.word) if is_phrase(k.word) else re.escape(fold(k.word))) for k in item.keywords
        )
        for item in load_catalogue().items
    }


def _teach() -> Tell | None:
    """Return what tells the item by the shipped examples' words alone; None without scikit-learn."""
    catalogue = load_catalogue()
    examples = load_shipped_examples([item.code for item in catalogue.items])
    try:
        model = teach_model([(example.item, example.text) for example in examples])
    except ImportError:
        return None

    def tell(message: Message, mailbox: str) -> str:
        # As when it is asked for an opinion on a mail whose item no rule knows: an item of the agency written to.
        office = catalogue.find_office(mailbox)
        among = {item.code for item in catalogue.items if office is None or item.agency == office.agency}
        opinion = model.tell(words_of(message), among)
        return opinion.item if opinion else NO_ITEM

    return tell


def _print_confusion(options: Options, shown: Mapping[Half, Sequence[Verdict]]) -> None:
    """Print which items are told as which: codes alone."""
    confused = {
        half: Counter((v.mail.item or NO_ITEM, v.told["item"]) for v in verdicts if "item" in v.wrong)
        for half, verdicts in shown.items()
    }
    pairs = sorted(set().union(*confused.values()), key=lambda pair: (-sum(c[pair] for c in confused.values()), pair))
    rows = [(f"{wanted} -> {told}", *(confused[half][wanted, told] for half in HALVES)) for wanted, told in pairs]
    print_table(options, "Items told as others", ("wanted -> told", *(f"{half} half" for half in HALVES)), rows)


def _print_rendered(options: Options) -> None:
    mails = choose_mails("held", options.count(RENDERED))
    start = time.monotonic()
    looked = judge(mails, see_papers=build_sight(PictureSettings(), load_catalogue().kinds), draw=draw)
    took_s = time.monotonic() - start
    rows = [
        _describe("papers rendered and looked at", looked),
        _describe("the same mails, papers as labelled", judge(mails)),
    ]
    files = sum(len(mail.files) for mail in mails)
    title = f"Some mails of the held half: {files} files drawn, photographed and looked at in {took_s:.0f} s"
    print_table(options, title, _HEAD, rows)


def choose_mails(half: Half, most: int) -> tuple[LabelledMail, ...]:
    """Return about so many mails with files, from all over a half, each with those that it follows and that follow."""
    mails = load_mails(half)
    by_name = {mail.name: mail for mail in mails}

    def find_first(mail: LabelledMail) -> str:
        return find_first(by_name[mail.after]) if mail.after else mail.name

    threads: dict[str, list[LabelledMail]] = {}
    for mail in mails:
        threads.setdefault(find_first(mail), []).append(mail)
    with_files = [thread for thread in threads.values() if any(mail.files for mail in thread)]
    random.Random(_SEED).shuffle(with_files)
    chosen: set[str] = set()
    for thread in with_files:
        if len(chosen) >= most:
            break
        chosen |= {mail.name for mail in thread}
    return tuple(mail for mail in mails if mail.name in chosen)


def _print_costs(options: Options) -> None:
    """Print what classifying a mail of 4 KB costs, read already, with few items and with many."""
    mails = [
        (read_mail(mail.raw).message, mail.mailbox) for mail in make_mails(LIGHT, MAILBOXES, count=options.count(COSTS))
    ]
    shipped = load_catalogue()
    rows: list[tuple[object, ...]] = []
    first = 0.0
    for name, catalogue in (("as shipped", shipped), ("with generated items", make_many_items(shipped, MANY))):
        start = time.thread_time()
        classifier = Classifier(catalogue)
        built_s = time.thread_time() - start
        runs = [sorted(_time_each(classifier, mails)) for _ in range(options.runs)]
        middle = median(median(spent) for spent in runs)
        slow = median(spent[len(spent) * 99 // 100] for spent in runs)
        first = first or middle
        rows.append((name, len(catalogue.items), len(mails), middle, slow, middle / first, built_s))
    head = (
        "catalogue",
        "items",
        "mails",
        "ms a mail, median",
        "the slowest of a hundred",
        "ratio",
        "s to make ready, once",
    )
    print_table(options, "Classifying a mail of 4 KB, CPU", head, rows)


def _time_each(classifier: Classifier, mails: Sequence[tuple[Message, str]]) -> Iterator[float]:
    for message, mailbox in mails:
        start = time.thread_time()
        classifier.classify(message, (), mailbox)
        yield (time.thread_time() - start) * 1000


def make_many_items(catalogue: Catalogue, count: int) -> Catalogue:
    """Return the catalogue with so many items in all: those made up have as many keywords, of pieces of real ones."""
    rng = random.Random(_SEED)
    agency = catalogue.agencies[-1]
    models = [item for item in agency.items if not item.is_guidance]
    pieces = [piece for item in catalogue.items for k in item.keywords for piece in _GAP.split(k.word) if piece]
    made = [
        _make_item(models[number % len(models)], number, pieces, rng) for number in range(count - len(catalogue.items))
    ]
    return Catalogue((*catalogue.agencies[:-1], replace(agency, items=(*agency.items, *made))), catalogue.kinds)


def _make_item(model: ServiceItem, number: int, pieces: Sequence[str], rng: random.Random) -> ServiceItem:
    words = {_make_word(k.word, pieces, rng): k.weight for k in model.keywords}
    keywords = tuple(Keyword(word, weight) for word, weight in words.items())
    return replace(model, code=f"{model.agency}-made-{number}", title=f"虚构事项{number}", keywords=keywords)


def _make_word(word: str, pieces: Sequence[str], rng: random.Random) -> str:
    """Return a word or phrase of the same sort: two halves that seldom stand together, so that it is looked for."""
    one, other, third = (rng.choice(pieces) for _ in range(3))
    if is_phrase(word):
        return f"{{{one},{other}}}…{third}"
    return one[: (len(one) + 1) // 2] + other[len(other) // 2 :]

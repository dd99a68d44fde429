"""Which service item a mail is about: weighted words by place, papers and the mailbox, each kept as evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.catalogue import FACT_CODES, Agency, Catalogue, Office, ServiceItem
from domain.mail import Message
from domain.papers import Paper
from domain.routing import Classification, Evidence, Intent, Rival
from domain.text import fold
from routing.agencies import FOREIGN_FACTOR, AgencySigns, build_agency_signs, find_direction, weigh_agencies
from routing.facts import find_digits
from routing.intents import find_intent
from routing.scenarios import find_scenario
from routing.words import Hit, WordIndex, drop_contained, find_forwarded

PLACE_WEIGHTS: Mapping[str, float] = {
    "subject": 1.5,  # A subject is written to say what the mail is about.
    "text": 1.0,  # The measure of the others.
    "quoted": 0.6,  # Read only when the mail has no text of its own: a forwarded request.
    "file-name": 0.6,  # Often the camera's or another business's name.
    "attachment": 0.3,  # A form or a certificate names many businesses besides the one asked for.
}
"""How much a word counts, by where it stands; a word counts once in each place."""

REQUEST_FACTOR = 1.5  # A word beside 申请, 办理, 咨询 is what is asked for; others may be told in passing.
PAPER_WEIGHT = 4.0  # A paper that one item alone asks for tells as much as a strong word; shared among its items.
PAPER_NAME_WEIGHT = 1.5  # The name of such a paper in the text tells less: it may be the one that lacks.
MAILBOX_WEIGHT = 1.0  # The mailbox's own items are likelier, but people write to the wrong one.
ONLY_ITEM_WEIGHT = 2.0  # A mailbox with one single business makes it likelier still.

MIN_SCORE = 2.0  # Below it nothing was said: a single hint word is no request.
ALSO_SHARE = 0.35  # A second request must weigh a third of the first, and be named by a strong word.
STRONG_WORD = 3.0  # Catalogue weights: 1 hint, 3 strong, 5 the item's own name.

_SAID = frozenset({"subject", "text", "quoted"})
# A mail of a megabyte tells no more than its first pages do.
_MAX_TEXT = 20_000
_MAX_ATTACHMENT_TEXT = 4_000

_ASKS_BEFORE = re.compile(r"(?:申请|办理?|想|需要?|咨询|要|请问|关于)[^,。;!?已]{0,6}$")
_ASKS_BEHIND = re.compile(r"[^,。;!?已]{0,4}(?:业务|手续|申请|办理|事宜|怎么|如何|备案)")
_SECOND = re.compile(
    r"另外|此外|同时|顺便|还(?:要|想|有|需)|并(?:申请|办理|且|想|需)|以及|一并|其次|第二|[;;\n][^;;\n]{0,2}[2二][.、)]|[,。;](?:另|再)|二是|[(]2[)]|(?<!\d)2[.、)](?!\d)"
)
_AND = re.compile(r"[和及与、+&/]")


@dataclass(frozen=True, slots=True)
class _Term:
    """What a word says: of which item, how strongly (negative against it), and whether it is a paper's name."""

    item: str
    weight: float
    is_paper: bool = False


@dataclass(slots=True)
class _Tally:
    """The evidence for one item while it is being gathered; ``own`` is the score without the mailbox."""

    score: float = 0.0
    own: float = 0.0
    strong_spans: list[tuple[int, int]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, what: str, where: str, weight: float) -> None:
        self.score += weight
        self.evidence.append(Evidence(what, where, round(weight, 2)))

    @property
    def is_named(self) -> bool:
        """Whether a strong word or a telling paper speaks for the item, not hints alone."""
        return bool(self.strong_spans) or any(e.where == "paper" and e.weight >= 1 for e in self.evidence)

    @property
    def is_single_hint(self) -> bool:
        """Whether one hint word is all there is, however often: "住院" in subject and text asks for no reimbursement.

        At a mailbox with a single business it is enough.
        """
        if self.is_named or any(e.where == "mailbox" and e.weight >= ONLY_ITEM_WEIGHT for e in self.evidence):
            return False
        said = [e for e in self.evidence if e.where in PLACE_WEIGHTS and e.weight > 0]
        is_hint = all(e.weight < STRONG_WORD * PLACE_WEIGHTS[e.where] for e in said)
        return is_hint and len({e.what for e in said}) == 1


@dataclass(frozen=True, slots=True)
class Classified:
    """A classification; ``is_progress`` marks a question about one's own case, which no notice answers."""

    classification: Classification
    is_progress: bool = False


class Classifier:
    """Finds the item, the scenario and the intent of a mail; everything about the catalogue is worked out once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._numbers = {agency.code: frozenset(_list_numbers(agency)) for agency in catalogue.agencies}
        self.own_numbers = frozenset().union(*self._numbers.values())
        self._papers = {item.code: list_codes(item) for item in catalogue.items}
        self._askers: dict[str, int] = defaultdict(int)
        for codes in self._papers.values():
            for code in codes:
                self._askers[code] += 1
        self._terms = self._build_terms()
        self._words = WordIndex(self._terms)
        self._signs: tuple[AgencySigns, ...] = tuple(build_agency_signs(a) for a in catalogue.agencies)

    def numbers_of(self, agency: str) -> frozenset[str]:
        """Return an agency's telephones and faxes in digits, with and without area code; none of an unknown one."""
        return self._numbers.get(agency, frozenset())

    def classify(
        self, message: Message, papers: Sequence[Paper], mailbox: str, *, answers_us: bool = False
    ) -> Classified:
        """Return what a mail is about and what its sender wants.

        ``answers_us`` says that it replies to a letter of ours or names its case, so that its subject is ours.
        """
        places = fold_places(message)
        tallies = self._tally_words(places)
        self._tally_papers(tallies, papers)
        for tally in tallies.values():
            tally.own = tally.score
        office = self.catalogue.find_office(mailbox)
        has_documents = bool(message.attachments or message.cloud_links or papers)
        self._tally_mailbox(tallies, office, has_documents=has_documents)
        scores = self._weigh_scores(tallies, places, office)
        ranked = sorted(
            (code for code, score in scores.items() if score > 0 and self._is_told(tallies[code], score)),
            key=lambda code: -scores[code],
        )
        has_item = any(tallies[code].is_named for code in ranked)
        text = places["text"] or places["quoted"]
        found = find_intent(
            places["subject"], text, has_documents=has_documents, has_item=has_item, answers_us=answers_us
        )
        if not ranked or found.intent is Intent.NOISE:
            return Classified(Classification("", found.intent, evidence=found.evidence), found.is_progress)
        wanted = self._find_wanted(ranked, tallies, scores, f"{places['subject']}\n{text}")
        best, rivals = wanted[0], [code for code in ranked if code not in wanted]
        item = self.catalogue.item(best)
        top = max(scores[best], scores[ranked[0]])
        margin = (top - scores[rivals[0]]) / top if rivals else 1.0
        classification = Classification(
            item=best,
            intent=found.intent,
            scenario=find_scenario(item, f"{places['subject']}\n{text}", papers),
            also_items=tuple(wanted[1:]),
            score=round(scores[best], 2),
            margin=round(max(0.0, margin), 3),
            evidence=(*tallies[best].evidence, *found.evidence),
            rivals=tuple(Rival(code, round(scores[code], 2)) for code in rivals[:5]),
        )
        return Classified(classification, found.is_progress)

    def _build_terms(self) -> dict[str, list[_Term]]:
        terms: dict[str, list[_Term]] = defaultdict(list)
        for item in self.catalogue.items:
            own: dict[str, _Term] = {}
            for code in self._papers[item.code]:
                kind = self.catalogue.kinds.get(code)
                for name in kind.names if kind else ():
                    own[fold(name)] = _Term(item.code, PAPER_NAME_WEIGHT / self._askers[code], is_paper=True)
            # A look-alike's name holds its place without weight, so that 身份证号 is not read as 身份证.
            for code in self._papers[item.code]:
                kind = self.catalogue.kinds.get(code)
                for name in kind.not_names if kind else ():
                    own.setdefault(fold(name), _Term(item.code, 0.0, is_paper=True))
            own.update({fold(k.word): _Term(item.code, -k.weight) for k in item.not_keywords})
            own.update({fold(k.word): _Term(item.code, k.weight) for k in item.keywords})
            for word, term in own.items():
                terms[word].append(term)
        return terms

    def _tally_words(self, places: Mapping[str, str]) -> dict[str, _Tally]:
        tallies: dict[str, _Tally] = defaultdict(_Tally)
        offset = 0
        for where in PLACE_WEIGHTS:
            text = places[where]
            if where == "quoted" and places["text"]:
                continue
            # Papers' names and the item's words do not hide each other: 参保登记表 still says 参保登记.
            spoken: dict[tuple[str, bool], list[tuple[Hit, float]]] = defaultdict(list)
            for hit in self._words.find(text):
                for term in self._terms[hit.word]:
                    spoken[term.item, term.is_paper].append((hit, term.weight))
            for (code, is_paper), said in spoken.items():
                self._tally_item(tallies[code], said, where=where, text=text, offset=None if is_paper else offset)
            offset += len(text) + 1
        return tallies

    @staticmethod
    def _tally_item(
        tally: _Tally, said: Sequence[tuple[Hit, float]], *, where: str, text: str, offset: int | None
    ) -> None:
        """Count each word once, where it weighs most; ``offset`` is where the text begins, None for papers' names."""
        factor = PLACE_WEIGHTS[where]
        weights = {hit.word: weight for hit, weight in said}
        best: dict[str, float] = {}
        for hit in drop_contained([hit for hit, _ in said]):
            weight = weights[hit.word]
            if hit.is_denied or not weight:
                continue
            if offset is not None and weight >= STRONG_WORD and where in _SAID:
                tally.strong_spans.append((offset + hit.start, offset + hit.end))
            if hit.word in best and (weight < 0 or offset is None):
                continue
            if weight > 0 and offset is not None and _is_asked_for(text, hit):
                weight *= REQUEST_FACTOR
            if weight < 0 or weight * factor > best.get(hit.word, 0.0):
                best[hit.word] = weight * factor
        for word, weight in best.items():
            tally.add(word, where, weight)

    def _tally_papers(self, tallies: dict[str, _Tally], papers: Iterable[Paper]) -> None:
        by_kind = {paper.kind: paper.attachment for paper in papers if paper.kind}
        for item in self.catalogue.items:
            for code in self._papers[item.code]:
                if code in by_kind:
                    tallies[item.code].add(by_kind[code], "paper", PAPER_WEIGHT / self._askers[code])

    def _tally_mailbox(self, tallies: dict[str, _Tally], office: Office | None, *, has_documents: bool) -> None:
        if office is None:
            return
        items = self.catalogue.items_of(office)
        is_only = len(items) == 1
        for item in items:
            # The mailbox decides nothing alone, but a picture without a word to a mailbox with one business is for it.
            is_silent = not any(t.own for t in tallies.values())
            if tallies[item.code].own > 0 or (is_only and has_documents and is_silent):
                tallies[item.code].add(office.mailboxes[0], "mailbox", ONLY_ITEM_WEIGHT if is_only else MAILBOX_WEIGHT)

    def _is_told(self, tally: _Tally, score: float) -> bool:
        return score >= MIN_SCORE * FOREIGN_FACTOR and tally.score >= MIN_SCORE and not tally.is_single_hint

    def _weigh_scores(
        self, tallies: Mapping[str, _Tally], places: Mapping[str, str], office: Office | None
    ) -> dict[str, float]:
        whole = "\n".join((places["subject"], places["text"] or places["quoted"], places["file-name"]))
        factors = weigh_agencies(whole, self._signs, mailbox_agency=office.agency if office else "")
        scores: dict[str, float] = {}
        for code, tally in tallies.items():
            item = self.catalogue.item(code)
            scores[code] = tally.score * factors[item.agency, find_direction(item)]
        return scores

    def _find_wanted(
        self, ranked: Sequence[str], tallies: Mapping[str, _Tally], scores: Mapping[str, float], text: str
    ) -> list[str]:
        """Return the items asked for, the first one named first: usually one.

        Another one counts only when words of its own name it behind 另外, 和, 2. …: the same words tell a rival.
        """
        best = ranked[0]
        taken = list(tallies[best].strong_spans)
        places = {best: min(taken, default=(-1, -1))[0]}
        for code in ranked[1:] if taken else ():
            if scores[code] < ALSO_SHARE * scores[best]:
                continue
            own = [span for span in tallies[code].strong_spans if not any(_overlap(span, other) for other in taken)]
            if own and any(_is_joined(text, span, other) for span in own for other in taken):
                taken += own
                places[code] = min(own)[0]
        return sorted(places, key=lambda code: places[code])


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_joined(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether the words between two requests say that both are meant."""
    first, second = sorted((one, other))
    between = text[first[1] : second[0]]
    return bool(_SECOND.search(between)) or (len(between) < 12 and bool(_AND.search(between)))


def list_codes(item: ServiceItem) -> frozenset[str]:
    """Return every document code that an item may ask for, in any scenario; facts are no papers."""
    requirements = [*item.requires, *item.open_requires, *(c.requires for c in item.conditions)]
    requirements += [r for s in item.scenarios for r in s.requires]
    codes = {code for r in requirements for code in r.codes} | {code for s in item.scenarios for code in s.papers}
    return frozenset(codes - FACT_CODES)


def fold_places(message: Message) -> dict[str, str]:
    """Return the folded texts of a message by place, in the order of PLACE_WEIGHTS."""
    return {
        "subject": fold(message.subject),
        "text": fold(message.text[:_MAX_TEXT]),
        "quoted": fold(find_forwarded(message)[:_MAX_TEXT]),
        "file-name": "\n".join(fold(a.name) for a in message.attachments),
        "attachment": "\n".join(fold(a.text[:_MAX_ATTACHMENT_TEXT]) for a in message.attachments if a.text),
    }


def _is_asked_for(text: str, hit: Hit) -> bool:
    return bool(
        _ASKS_BEFORE.search(text[max(0, hit.start - 9) : hit.start]) or _ASKS_BEHIND.match(text[hit.end : hit.end + 8])
    )


def _list_numbers(agency: Agency) -> Iterable[str]:
    """Yield every telephone and fax of an agency in digits, with and without area code."""
    printed = [n for o in agency.offices for n in (*o.telephones, *o.faxes)]
    printed += [n for i in agency.items for n in i.telephones]
    printed += [n for table in agency.appointments.values() for n in table.values()]
    for number in printed:
        digits = find_digits(number)
        yield digits
        if digits.startswith("0"):
            yield digits.removeprefix(agency.area_code)
        elif len(digits) <= 8:
            yield agency.area_code + digits

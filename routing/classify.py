"""Which service item a mail is about: weighted words by place, papers and the mailbox, each kept as evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.catalogue import FACT_CODES, Agency, Catalogue, Office, ServiceItem
from domain.mail import Message
from domain.papers import Paper
from domain.phrases import is_phrase
from domain.routing import Classification, Evidence, Intent, Rival
from domain.text import fold
from routing.agencies import (
    FOREIGN_FACTOR,
    AgencySigns,
    Direction,
    build_agency_signs,
    find_direction,
    weigh_agencies,
)
from routing.facts import find_digits
from routing.intents import find_intent
from routing.moves import MoveFinder
from routing.phrases import PhraseIndex
from routing.refusals import find_refused, find_uncovered, is_not_yet
from routing.scenarios import find_scenario
from routing.seconds import Seconds, overlap
from routing.words import Hit, WordIndex, drop_contained, find_forwarded, is_denied

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
MOVE_WEIGHT = 3.0  # "从大连转到绥化" says which of two transfers, though neither 转出 nor 转入 is said.
REFUSED_FACTOR = 0.3  # "不是转出": what else speaks for it was said before, or is told of in passing.
NOT_YET_FACTOR = 0.5  # "还没转入" may be the request, or why something else does not work.
MAILBOX_WEIGHT = 1.0  # The mailbox's own items are likelier, but people write to the wrong one.
ONLY_ITEM_WEIGHT = 2.0  # A mailbox with one single business makes it likelier still.

MIN_SCORE = 2.0  # Below it nothing was said: a single hint word is no request.
ALSO_SHARE = 0.35  # A second request must weigh a third of the first, and be named by a strong word.
NAME_WEIGHT, STRONG_WORD = 5.0, 3.0  # Catalogue weights: 1 hint, 3 strong, 5 the item's own name.

# Of a request named a hundred times the first places tell enough: each is held against each of the others.
_MOST_SPANS = 64

_SAID = frozenset({"subject", "text", "quoted"})
# A mail of a megabyte tells no more than its first pages do.
_MAX_TEXT = 20_000
_MAX_ATTACHMENT_TEXT = 4_000

_ASKS_BEFORE = re.compile(r"(?:申请|办理?|想|需要?|咨询|要|请问|关于)[^,。;!?已]{0,6}$")
_ASKS_BEHIND = re.compile(r"[^,。;!?已]{0,4}(?:业务|手续|申请|办理|事宜|怎么|如何|备案)")


@dataclass(frozen=True, slots=True)
class _Term:
    """What a word says: of which item, how strongly (negative against it), and whether it is a paper's name."""

    item: str
    weight: float
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one place of a mail; ``offset`` is where its text begins in all that is read.

    ``refused`` are words that the mail says it does not want, ``masked`` those in clauses about what no notice covers.
    """

    where: str
    text: str
    offset: int
    terms: Sequence[tuple[Hit, _Term]]
    refused: frozenset[Hit]
    masked: frozenset[Hit]
    _asked: dict[Hit, bool] = field(default_factory=dict)

    def weigh(self, hit: Hit, term: _Term) -> float:
        """Return what a word weighs here: in a clause about another counter's matter only an item's own name does."""
        return 0.0 if 0 < term.weight < NAME_WEIGHT and hit in self.masked else term.weight

    def is_asked_for(self, hit: Hit) -> bool:
        """Return whether a word stands beside 申请, 办理, 咨询; worked out once, though many items own it."""
        if hit not in self._asked:
            self._asked[hit] = _is_asked_for(self.text, hit)
        return self._asked[hit]


@dataclass(slots=True)
class _Tally:
    """The evidence for one item while it is being gathered.

    ``own`` is the score without the mailbox, ``said_for`` without what speaks against it: of two requests in one
    mail, the words of the one are no argument against the other. ``is_refused``: the mail says that it is not this;
    ``is_sent_for``: documents came to a mailbox that has no other business.
    """

    score: float = 0.0
    own: float = 0.0
    said_for: float = 0.0
    is_refused: bool = False
    is_sent_for: bool = False
    strong_spans: list[tuple[int, int]] = field(default_factory=list)
    told: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, what: str, where: str, weight: float) -> None:
        self.score += weight
        if weight > 0:
            self.said_for += weight
        self.told.append((what, where, weight))

    @property
    def evidence(self) -> list[Evidence]:
        """What was told, for a clerk's eyes: only the best item's is ever shown."""
        return [Evidence(what, where, round(weight, 2)) for what, where, weight in self.told]

    @property
    def is_named(self) -> bool:
        """Whether a strong word or a telling paper speaks for the item, not hints alone."""
        return bool(self.strong_spans) or any(e.weight >= 1 for e in self.evidence if e.where == "paper")

    @property
    def is_single_hint(self) -> bool:
        """Whether one hint word is all there is, however often: "住院" in subject and text asks for no reimbursement.

        With documents to a mailbox with a single business it is enough.
        """
        if self.is_named or self.is_sent_for:
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
        self._papers = {item.code: tuple(sorted(list_codes(item))) for item in catalogue.items}
        self._askers: dict[str, int] = defaultdict(int)
        for codes in self._papers.values():
            for code in codes:
                self._askers[code] += 1
        self._shares = {code: self._weigh_paper(code) for code in self._askers}
        self._terms = self._build_terms()
        self._uncovered = frozenset(fold(word) for agency in catalogue.agencies for word in agency.uncovered)
        self._words = WordIndex((*self._terms, *self._uncovered))
        self._phrases = PhraseIndex(_list_phrases(catalogue.items))
        self._moves = MoveFinder(catalogue.agencies)
        self._own_words = {
            i.code: frozenset(fold(k.word) for k in i.keywords if k.weight >= STRONG_WORD) for i in catalogue.items
        }
        self._ways = {item.code: (item.agency, find_direction(item)) for item in catalogue.items}
        self._movers = {way: code for code, way in self._ways.items()}
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
        office = self.catalogue.find_office(mailbox)
        self._tally_moves(tallies, places, office)
        for tally in tallies.values():
            tally.own = tally.score
        has_documents = bool(message.attachments or message.cloud_links or papers)
        self._tally_mailbox(tallies, office, has_documents=has_documents)
        factors = self._weigh_items(tallies, places, office)
        scores = {code: tally.score * factors[code] for code, tally in tallies.items()}
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
        claims = {code: tally.said_for * factors[code] for code, tally in tallies.items()}
        wanted = self._find_wanted(ranked[0], tallies, claims, text=f"{places['subject']}\n{text}")
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
            own.update({fold(k.word): _Term(item.code, -k.weight) for k in item.not_keywords if not is_phrase(k.word)})
            own.update({fold(k.word): _Term(item.code, k.weight) for k in item.keywords if not is_phrase(k.word)})
            for word, term in own.items():
                terms[word].append(term)
        return terms

    def _tally_words(self, places: Mapping[str, str]) -> dict[str, _Tally]:
        tallies: dict[str, _Tally] = defaultdict(_Tally)
        read: list[_Place] = []
        offset = 0
        for where in PLACE_WEIGHTS:
            if where != "quoted" or not places["text"]:
                read.append(self._read_place(where, places[where], offset))
                offset += len(places[where]) + 1
        # "不是生育" takes the edge off 生育 wherever the mail says it.
        blunt = {hit.word for place in read for hit in place.refused}
        for place in read:
            # Papers' names and the item's words do not hide each other: 参保登记表 still says 参保登记.
            spoken: dict[tuple[str, bool], list[tuple[Hit, float]]] = defaultdict(list)
            for hit, term in place.terms:
                if term.weight >= 0 or hit.word not in blunt:
                    weight = place.weigh(hit, term) if place.masked else term.weight
                    spoken[term.item, term.is_paper].append((hit, weight))
            for (code, is_paper), said in spoken.items():
                self._tally_item(tallies[code], said, place, is_paper=is_paper)
        return tallies

    def _read_place(self, where: str, text: str, offset: int) -> _Place:
        """Return what the words and phrases of the catalogue say in a text, in order of place, the longest first."""
        hits = self._words.find(text)
        terms = [(hit, term) for hit in hits for term in self._terms.get(hit.word, ())]
        phrased = [
            (Hit(m.group(), m.start(), m.end(), is_denied(text, m.start())), term)
            for m, term in self._phrases.find(text)
        ]
        if phrased:
            terms = sorted(terms + phrased, key=lambda pair: (pair[0].start, -pair[0].end))
        refused = (
            find_refused(text, {hit for hit, term in terms if not term.is_paper}) if where in _SAID else frozenset()
        )
        clauses = find_uncovered(text, (hit for hit in hits if hit.word in self._uncovered))
        masked = frozenset(hit for hit, _ in terms if any(overlap((hit.start, hit.end), c) for c in clauses))
        return _Place(where, text, offset, terms, refused, masked)

    @staticmethod
    def _tally_item(tally: _Tally, said: Sequence[tuple[Hit, float]], place: _Place, *, is_paper: bool) -> None:
        """Count each word once, where it weighs most."""
        factor = PLACE_WEIGHTS[place.where]
        weights = {hit.word: weight for hit, weight in said}
        best: dict[str, float] = {}
        for hit in drop_contained([hit for hit, _ in said]) if len(said) > 1 else (said[0][0],):
            weight = weights[hit.word]
            if weight > 0 and not is_paper and place.refused and hit in place.refused:
                tally.is_refused |= weight >= STRONG_WORD or place.where == "subject"
                continue
            if hit.is_denied:
                weight = NOT_YET_FACTOR * weight if weight > 0 and is_not_yet(place.text, hit) else 0.0
            if not weight:
                continue
            if not is_paper and weight >= STRONG_WORD and place.where in _SAID:
                tally.strong_spans.append((place.offset + hit.start, place.offset + hit.end))
            if hit.word in best and (weight < 0 or is_paper):
                continue
            if weight > 0 and not is_paper and place.is_asked_for(hit):
                weight *= REQUEST_FACTOR
            if weight < 0 or weight * factor > best.get(hit.word, 0.0):
                best[hit.word] = weight * factor
        for word, weight in best.items():
            tally.add(word, place.where, weight)

    def _tally_papers(self, tallies: dict[str, _Tally], papers: Iterable[Paper]) -> None:
        by_kind = {paper.kind: paper.attachment for paper in papers if paper.kind}
        for item, codes in self._papers.items() if by_kind else ():
            for code in codes:
                if code in by_kind:
                    tallies[item].add(by_kind[code], "paper", self._shares[code])

    def _weigh_paper(self, code: str) -> float:
        """Return what a paper tells of each item that asks for it.

        Where every agency has one business that asks for it, it tells that business: which agency's, others tell.
        """
        askers = [item.agency for item in self.catalogue.items if code in self._papers[item.code]]
        return PAPER_WEIGHT if len(set(askers)) == len(askers) else PAPER_WEIGHT / len(askers)

    def _tally_moves(self, tallies: dict[str, _Tally], places: Mapping[str, str], office: Office | None) -> None:
        """Let "从大连转到绥化" tell 转出 from 转入, and stand for it where an insurance is what moves."""
        # A full stop parts them: 医保转移 in the subject does not move to where the text begins.
        whole = f"{places['subject']}。{places['text'] or places['quoted']}"
        asked = office.agency if office else ""
        moves = self._moves.find(whole, mailbox_agency=asked).values()
        # From one of our agencies to another: each has a business in it, and is asked for its own.
        is_between = {move.direction for move in moves} == {Direction.LEAVES, Direction.COMES}
        for move in moves:
            ways = (Direction.LEAVES, Direction.COMES)
            twins = {way: self._movers[move.agency, way] for way in ways if (move.agency, way) in self._movers}
            told = twins.pop(move.direction, "")
            if not told or not (move.has_object or any(tallies[c].score > 0 for c in (told, *twins.values()))):
                continue
            is_asked = is_between and move.agency == asked
            tallies[told].add(whole[move.start : move.end], "text", MOVE_WEIGHT * (2 if is_asked else 1))
            if move.has_object:
                tallies[told].strong_spans.append((move.start, move.end))
            for code in twins.values():
                tallies[code].add(whole[move.start : move.end], "text", -MOVE_WEIGHT)

    def _tally_mailbox(self, tallies: dict[str, _Tally], office: Office | None, *, has_documents: bool) -> None:
        if office is None:
            return
        items = self.catalogue.items_of(office)
        is_only = len(items) == 1
        # The mailbox decides nothing alone, but a picture without a word to a mailbox with one business is for it.
        is_silent = not any(t.own for t in tallies.values())
        for item in items:
            if tallies[item.code].own > 0 or (is_only and has_documents and is_silent):
                tallies[item.code].add(office.mailboxes[0], "mailbox", ONLY_ITEM_WEIGHT if is_only else MAILBOX_WEIGHT)
                tallies[item.code].is_sent_for = is_only and has_documents

    def _is_told(self, tally: _Tally, score: float) -> bool:
        return score >= MIN_SCORE * FOREIGN_FACTOR and tally.score >= MIN_SCORE and not tally.is_single_hint

    def _weigh_items(
        self, tallies: Mapping[str, _Tally], places: Mapping[str, str], office: Office | None
    ) -> dict[str, float]:
        """Return what each item's words weigh: by whose insured the writer is, and less when the mail refuses it."""
        whole = "\n".join((places["subject"], places["text"] or places["quoted"], places["file-name"]))
        factors = weigh_agencies(whole, self._signs, mailbox_agency=office.agency if office else "")
        weighed: dict[str, float] = {}
        for code, tally in tallies.items():
            refused = REFUSED_FACTOR if tally.is_refused else 1.0
            weighed[code] = factors[self._ways[code]] * refused
        return weighed

    def _find_wanted(
        self, best: str, tallies: Mapping[str, _Tally], claims: Mapping[str, float], *, text: str
    ) -> list[str]:
        """Return the items asked for, the first one named first: usually one.

        Another one counts only when words of its own name it behind 另外, 和, 2. …: the same words tell a rival.
        """
        taken = list(tallies[best].strong_spans[:_MOST_SPANS])
        places = {best: min(taken, default=(-1, -1))[0]}
        least = ALSO_SHARE * claims[best]
        asked = [code for code, claim in claims.items() if claim >= least and not tallies[code].is_refused]
        seconds = Seconds(text)
        for code in sorted(asked, key=lambda code: -claims[code]):
            if code in places or any(self._are_twins(code, other) for other in places):
                continue
            spans = tallies[code].strong_spans[:_MOST_SPANS]
            own = [span for span in spans if not any(overlap(span, other) for other in taken)]
            if any(seconds.has(span, taken) for span in own):
                taken += own
                places[code] = min(own)[0]
        return sorted(places, key=lambda code: places[code])

    def _are_twins(self, one: str, other: str) -> bool:
        """Whether two items are one business: moved in the other direction, or at another agency."""
        (agency, way), (other_agency, other_way) = self._ways[one], self._ways[other]
        if agency != other_agency:
            return self._share_words(one, other)
        return Direction.STAYS not in (way, other_way)

    def _share_words(self, one: str, other: str) -> bool:
        return bool(self._own_words[one] & self._own_words[other])


def _list_phrases(items: Iterable[ServiceItem]) -> Iterable[tuple[str, _Term]]:
    for item in items:
        yield from ((k.word, _Term(item.code, k.weight)) for k in item.keywords if is_phrase(k.word))
        yield from ((k.word, _Term(item.code, -k.weight)) for k in item.not_keywords if is_phrase(k.word))


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

"""What a notice says, as values: agencies, offices, mailboxes, service items and what each requires.

A code never changes its meaning; the codes of the first two agencies are those of the notices'
reading (鲁医保中心函〔2020〕3号 and the notice of 大连市医疗保障事务服务中心).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FACT_CODES = frozenset({"phone", "email", "destination-address", "destination-phone"})
"""What a mail must state in words, rather than show on a paper."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of paper (材料), for example the portrait side of an identity card.

    ``names`` are the words by which people call it in file names and letters, the most telling
    first; ``titles`` are the words printed on it; ``not_names`` are look-alikes that are *not* it.
    ``photo_hint`` tells a citizen how to photograph it. ``handwritten`` marks a paper that must show
    handwriting, so that typed text never counts as it, ``sealed`` one that must bear a red seal (盖章),
    ``general`` a form of any heading, which stands back where a page has the blanks of another kind.

    A photograph of it is told by ``printed``, the words on it with their points, ``titles`` among them; by
    ``needs``, of each group of which one must stand there when no title does; and by ``against``, words that
    only stand on look-alikes. ``fields`` are the codes of what can be read from it. ``wordings`` are samples of all
    that stands on such papers; those of ``other`` are samples of what is no paper of ours.
    """

    code: str
    title: str
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    side: str = ""
    photo_hint: str = ""
    handwritten: bool = False
    sealed: bool = False
    general: bool = False
    printed: tuple[Keyword, ...] = ()
    against: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands printed on one version of a paper, line by line, and which version it is."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a checklist: any one of ``alternatives``, each a group of codes that are all needed.

    ``"id-front+id-back|ss-card-front+ss-card-back"`` is two alternatives of two codes.
    A code is a document kind or one of FACT_CODES.
    """

    alternatives: tuple[tuple[str, ...], ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code that may help to meet this requirement."""
        return frozenset(code for group in self.alternatives for code in group)

    def __str__(self) -> str:
        return "|".join("+".join(group) for group in self.alternatives)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of applicant (情形), who must bring ``requires`` besides what the item asks of all.

    ``keywords`` are words in a mail that tell this scenario; ``papers`` are document codes whose
    presence tells it.
    """

    code: str
    title: str
    requires: tuple[Requirement, ...] = ()
    keywords: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A requirement that holds only when the mail says one of ``when`` (for example 变更开户信息)."""

    requires: Requirement
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Applicants whom the notice sends elsewhere although the item is handled by e-mail.

    For example an employer at 异地安置备案 (大连通告一.1): told by ``keywords``, answered with ``guidance``.
    A mail that also says one of ``not_keywords`` (我单位, 退休 …) is not theirs.
    """

    code: str
    title: str
    keywords: tuple[str, ...]
    guidance: str
    not_keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase (domain.phrases) that speaks for an item: 1 a hint, 3 strongly, 5 its own name."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One thing people can ask for (服务事项), and everything the notice says about it.

    ``offices`` are the codes of the offices that handle it by e-mail (empty for a guidance item);
    ``citywide_offices`` are those of them that are right whatever district the mail states.
    ``requires`` holds for every scenario, ``open_requires`` is asked in addition while the scenario
    is open. ``working_days`` is the promised time (None where the notice promises none), ``result``
    what the citizen gets and how, ``afterwards`` what follows later (paper originals, a telephone
    call). ``wants_all``: of alternatives one is enough, but whoever has more shall send them all (报销材料).
    ``guidance`` is the text for items that are not handled by e-mail, and for inquiries.
    """

    code: str
    agency: str
    title: str
    plain_title: str
    notice_clause: str
    is_guidance: bool
    offices: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    open_requires: tuple[Requirement, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    conditions: tuple[Condition, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    not_keywords: tuple[Keyword, ...] = ()
    accepts_landline: bool = False
    wants_all: bool = False
    working_days: int | None = None
    result: str = ""
    afterwards: str = ""
    guidance: str = ""
    telephones: tuple[str, ...] = ()
    appointment: str = ""
    citywide_offices: tuple[str, ...] = ()

    def scenario(self, code: str) -> Scenario | None:
        """Return the scenario with this code, or None."""
        return next((s for s in self.scenarios if s.code == code), None)


@dataclass(frozen=True, slots=True)
class Office:
    """A part of an agency that people write to (经办部门/办事处), with everything a letter may quote.

    ``districts`` are the place names by which people call the area it serves; telephones and faxes
    stand exactly as the notice prints them, area code included where the notice has it.
    """

    code: str
    agency: str
    name: str
    mailboxes: tuple[str, ...]
    telephones: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    postal_address: str = ""
    districts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body with a notice (经办机构). ``prefix`` starts its case numbers: two to four letters.

    ``appointments`` holds the appointment telephones of the postponed businesses:
    table code -> place name -> telephone as printed (大连通告三). ``uncovered`` names matters that people write about
    although the notice leaves them to others (公积金, 补卡).
    """

    code: str
    name: str
    short_name: str
    prefix: str
    notice: str
    area_code: str
    website: str
    offices: tuple[Office, ...]
    items: tuple[ServiceItem, ...]
    wrong_mailbox: str = "transfer"
    closing: str = ""
    appointments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    uncovered: tuple[str, ...] = ()

    def office(self, code: str) -> Office:
        """Return the office with this code. Raises: KeyError when the agency has none."""
        for office in self.offices:
            if office.code == code:
                return office
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All agencies, their items and mailboxes, and the document kinds they share."""

    agencies: tuple[Agency, ...]
    kinds: Mapping[str, DocumentKind]
    _items: Mapping[str, ServiceItem] = field(init=False, repr=False, compare=False)
    _offices: Mapping[str, Office] = field(init=False, repr=False, compare=False)
    _agencies: Mapping[str, Agency] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_items", {i.code: i for a in self.agencies for i in a.items})
        object.__setattr__(
            self,
            "_offices",
            {m.lower(): o for a in self.agencies for o in a.offices for m in o.mailboxes},
        )
        object.__setattr__(self, "_agencies", {a.code: a for a in self.agencies})

    @property
    def items(self) -> tuple[ServiceItem, ...]:
        """Every service item of every agency, in the notices' order."""
        return tuple(self._items.values())

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """Every published address, in the notices' order."""
        return tuple(m for a in self.agencies for o in a.offices for m in o.mailboxes)

    def item(self, code: str) -> ServiceItem:
        """Return the item with this code. Raises: KeyError."""
        return self._items[code]

    def agency(self, code: str) -> Agency:
        """Return the agency with this code. Raises: KeyError."""
        return self._agencies[code]

    def find_office(self, mailbox: str) -> Office | None:
        """Return the office behind a published address, whatever its case, or None."""
        return self._offices.get(mailbox.lower())

    def items_of(self, office: Office) -> tuple[ServiceItem, ...]:
        """Return the items that an office handles by e-mail."""
        return tuple(i for i in self.agency(office.agency).items if office.code in i.offices)

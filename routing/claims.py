"""What each paper claims about whom: the person it names, and how much that says about whose case it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.catalogue import DocumentKind
from domain.papers import Paper
from domain.persons import Role
from routing.identity import Account, make_account, prove_number

BEARER_KINDS = frozenset({
    "id-front", "ss-card-front", "hukou-self", "residence-permit-front", "enrolment-cert", "termination-cert",
    "medical-record", "lab-report", "diagnosis",
    "physician-form", "physician-qualification", "physician-practice", "physician-title",
})  # fmt: skip
"""Papers that name the person whose paper they are."""

WRITER_KINDS = frozenset({"application-form", "written-request"})
"""Papers that name who asks, who may write for somebody else."""

_NAMING_KINDS = frozenset({
    "hukou-first", "property-cert", "subsistence-cert", "invoice", "expense-list", "commitment", "decrease-roster",
    "increase-roster", "salary-sheet", "selection-form", "recruitment-form", "provincial-recruitment-form",
    "post-appointment-form", "business-license", "medical-license", "drug-license",
})  # fmt: skip
"""Papers on which somebody else may rightly stand: the householder, the owner, the whole unit's people."""

_PARENT_KINDS = frozenset({"parent-hukou-self", "parent-hukou-first"})
_SHORT_TITLES: Mapping[str, str] = {
    "id-front": "身份证",
    "ss-card-front": "社保卡",
    "hukou-self": "户口本本人页",
    "residence-permit-front": "居住证",
    "application-form": "申请表",
    "residence-permit-back": "居住证",
}
MAIL_TITLE = "来信"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one paper (None: the mail's words) says about one person; ``role`` is what the paper tells of them.

    ``is_bearer``: it is this person's own paper, so that another person's name on it is worth a look.
    """

    account: Account
    role: Role
    paper: Paper | None
    is_bearer: bool = False

    @property
    def kind(self) -> str:
        """The paper's kind, '' for the mail."""
        return self.paper.kind if self.paper else ""


def read_claims(paper: Paper) -> Iterator[Claim]:
    """Yield whom a paper names, from those of its fields that could be read; nothing when it does not count.

    A paper of an unlisted kind is its bearer's when it gives a right id number. A householder, an owner or whoever
    paid is only named.
    """
    if not paper.counts:
        return
    fields = paper.fields
    number = fields.get("id_number") or fields.get("social_security_number", "")
    account = make_account(fields.get("name", ""), number, read_day(fields.get("birth", "")))
    if account.name or account.proved or len(account.number) == 18:
        known = BEARER_KINDS | WRITER_KINDS | {"death-cert", "birth-cert"}
        is_bearer = paper.kind in known or (paper.kind not in _NAMING_KINDS and account.proved is not None)
        role = Role.PARENT if paper.kind in _PARENT_KINDS else Role.OTHER
        yield Claim(account, role, paper, is_bearer=is_bearer and role is Role.OTHER)
    for parent in ("mother", "father"):
        account = make_account(fields.get(f"{parent}_name", ""), fields.get(f"{parent}_id_number", ""))
        if account.name or account.proved:
            yield Claim(account, Role.PARENT, paper)


def prove_birth(paper: Paper) -> date | None:
    """Return the birth date that a paper gives: by its id number when that is right, else as printed."""
    proved = prove_number(paper.fields.get("id_number") or paper.fields.get("social_security_number", ""))
    return proved.birth if proved else read_day(paper.fields.get("birth", ""))


def read_day(text: str) -> date | None:
    """Return a field's date (YYYY-MM-DD), None where it is none (长期, a month, nothing)."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def title_of(paper: Paper | None, kinds: Mapping[str, DocumentKind]) -> str:
    """Return how a clerk's sentence calls a paper; the mail itself is 来信."""
    if paper is None:
        return MAIL_TITLE
    known = kinds.get(paper.kind)
    return _SHORT_TITLES.get(paper.kind) or (known.title if known else paper.kind)

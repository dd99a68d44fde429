"""Which cases a message may belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa

from cases.holders import find_holders
from cases.rows import read_case, read_paper
from cases.tables import CASES, MESSAGES, PAPERS, REPLIES
from domain.cases import Case, CaseNumber, CaseStatus
from domain.mail import Message
from domain.papers import Paper

# A hostile header may name thousands; the nearest ancestors stand last (RFC 5322 3.6.4).
_MOST_REFERENCES = 50
_MOST_NUMBERS = 20
_MOST_OF_SENDER = 20
_MOST_OF_PERSON = 20
_MOST_HOLDERS = 20

# The strongest way first.
_WAYS = ("reply", "number", "sender", "person")

_FIND_CASES = sa.select(CASES).where(CASES.c.number.in_(sa.bindparam("numbers", expanding=True)))
_FIND_PAPERS = (
    sa.select(PAPERS).where(PAPERS.c.case_number.in_(sa.bindparam("numbers", expanding=True))).order_by(PAPERS.c.id)
)
_TAKE_TURN = sa.select(sa.func.pg_advisory_xact_lock(sa.bindparam("number", type_=sa.BigInteger)))
_OF_SENDER = (
    sa.select(CASES.c.number, sa.literal_column("'sender'").label("way"))
    .where(CASES.c.sender == sa.bindparam("sender"), CASES.c.status == CaseStatus.MISSING.value)
    .order_by(CASES.c.id.desc())
    .limit(_MOST_OF_SENDER)
    .subquery()
)


def _of_person(column: sa.ColumnElement[str | None], parameter: str) -> sa.Select[str, str]:
    """Return the question for the waiting cases whose papers name somebody.

    Not ordered: PostgreSQL would walk all cases from the newest instead of asking the papers' index.
    """
    found = (
        sa.select(PAPERS.c.case_number, sa.literal_column("'person'").label("way"))
        .join(CASES, CASES.c.number == PAPERS.c.case_number)
        .where(column.in_(sa.bindparam(parameter, expanding=True)), CASES.c.status == CaseStatus.MISSING.value)
        .distinct()
        .limit(_MOST_OF_PERSON)
        .subquery()
    )
    return sa.select(found)


# What a mail needs whose papers name nobody: it answers nothing and names no case.
_FIND_OF_SENDER = sa.select(_OF_SENDER)
# What most mails need.
_OF_PEOPLE = (
    _FIND_OF_SENDER,
    _of_person(PAPERS.c.holder_number, "holder_numbers"),
    _of_person(PAPERS.c.holder_name, "holder_names"),
)
_FIND_OF_PEOPLE = sa.union_all(*_OF_PEOPLE)
_FIND_RELATED = sa.union_all(
    sa.select(REPLIES.c.case_number, sa.literal_column("'reply'").label("way")).where(
        REPLIES.c.message_id.in_(sa.bindparam("references", expanding=True)), REPLIES.c.case_number.is_not(None)
    ),
    # People answer their own sent mail as well, to add what they forgot.
    sa.select(MESSAGES.c.case_number, sa.literal_column("'reply'").label("way")).where(
        MESSAGES.c.message_id.in_(sa.bindparam("references", expanding=True)),
        MESSAGES.c.sender == sa.bindparam("sender"),
        MESSAGES.c.case_number.is_not(None),
    ),
    sa.select(CASES.c.number, sa.literal_column("'number'").label("way")).where(
        CASES.c.number.in_(sa.bindparam("numbers", expanding=True))
    ),
    *_OF_PEOPLE,
)


def take_turn(conn: sa.Connection, sender: str) -> None:
    """Wait until no other transaction handles a mail of this sender; until the end of this one nobody else does.

    On SQLite there is one writer anyway. On PostgreSQL it is an advisory lock; two senders may share one, and wait.
    """
    if conn.dialect.name == "postgresql" and sender:
        number = int.from_bytes(hashlib.sha256(sender.encode()).digest()[:8], signed=True)
        conn.execute(_TAKE_TURN, {"number": number})


def find_case(conn: sa.Connection, number: CaseNumber | str) -> Case | None:
    """Return a case with its papers and facts, None when there is none of this number."""
    return find_cases(conn, (str(number),)).get(str(number))


def find_cases(conn: sa.Connection, numbers: Iterable[str]) -> dict[str, Case]:
    """Return the cases of some numbers with papers and facts, in two queries however many."""
    wanted = {"numbers": list(numbers)}
    if not wanted["numbers"]:
        return {}
    papers: dict[str, list[Paper]] = {}
    for row in conn.execute(_FIND_PAPERS, wanted):
        papers.setdefault(row.case_number, []).append(read_paper(row))
    return {row.number: read_case(row, papers.get(row.number, ())) for row in conn.execute(_FIND_CASES, wanted)}


def find_related(
    conn: sa.Connection, message: Message, numbers: Iterable[CaseNumber | str], *, papers: tuple[Paper, ...] = ()
) -> tuple[tuple[Case, str], ...]:
    """Return the cases a message may belong to, each once, the strongest way first; at most three queries.

    The ways: ``reply`` (In-Reply-To or References name our letter, or the same sender's earlier message),
    ``number`` (one of ``numbers``, found in its subject or text), ``sender`` (a case of the same sender that waits
    for materials, newest first), ``person`` (a case that waits for materials and has a paper of somebody whom one of
    ``papers`` names, by id number or, where none gives a number, by name alone). A case found by number, reply or
    person may be **another sender's**: the caller compares ``case.sender`` before it answers with anything from it.
    """
    ways: dict[str, str] = {}
    holder_numbers, holder_names = find_holders(papers)
    parameters = {
        "references": _message_ids(message),
        "numbers": list(dict.fromkeys(str(n) for n in numbers))[:_MOST_NUMBERS],
        # NULL equals nothing: bounces without a sender have no case in common.
        "sender": message.sender.addr or None,
        "holder_numbers": holder_numbers[:_MOST_HOLDERS],
        "holder_names": holder_names[:_MOST_HOLDERS],
    }
    find = _FIND_OF_PEOPLE if holder_numbers or holder_names else _FIND_OF_SENDER
    if parameters["references"] or parameters["numbers"]:
        find = _FIND_RELATED
    for number, way in conn.execute(find, parameters):
        if number not in ways or _WAYS.index(way) < _WAYS.index(ways[number]):
            ways[number] = way
    cases = find_cases(conn, ways)
    newest_first = sorted(cases.values(), key=lambda case: (case.opened_at, case.number), reverse=True)
    return tuple(sorted(((case, ways[case.number]) for case in newest_first), key=lambda found: _WAYS.index(found[1])))


def _message_ids(message: Message) -> list[str]:
    """Return the message ids a message answers to, each with and without its angle brackets."""
    named = [*message.references[-_MOST_REFERENCES:], *message.in_reply_to[:_MOST_REFERENCES]]
    bare = dict.fromkeys(name.strip().strip("<>") for name in named)
    return [form for name in bare if name for form in (name, f"<{name}>")]

"""Bring new messages of one folder home: bytes to the store, then one commit to the ledger, then Seen at the server.

That order loses nothing: killed before the commit, the messages are fetched again into the same names of the
store; killed after it, they only stay unseen at the server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from cases.ledger import Cursor
from domain.errors import MailboxError
from domain.mail import MessageKey, RawMessage
from intake.imap import LARGEST_BYTES, ImapSession
from intake.imap_answers import Fetched, Listed
from intake.rawstore import RawStore


@dataclass(frozen=True, slots=True)
class Batch:
    """How much is held in memory and committed at once, and when a message is given up.

    ``tries`` is how often it is asked for when the server says no; ``falls`` is over how many broken
    connections in a row: more, since a bad line breaks them too.
    """

    messages: int = 100
    size_bytes: int = 16 * 1024 * 1024
    tries: int = 3
    falls: int = 5


@dataclass(frozen=True, slots=True)
class Unfetchable:
    """A message that is at the server but does not come: for a clerk, with the reason."""

    key: MessageKey
    received_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What one look into a folder brought.

    ``left`` counts messages from before the mailbox's start that were left at the server unread; ``vanished``
    those that went away between being listed and fetched. ``is_first`` and ``is_renumbered`` tell that
    the folder was never read before, or has a new UIDVALIDITY.
    """

    mailbox: str
    folder: str
    uidvalidity: int
    fetched: int = 0
    size_bytes: int = 0
    left: int = 0
    vanished: int = 0
    unfetchable: tuple[Unfetchable, ...] = ()
    is_first: bool = False
    is_renumbered: bool = False


class Ledger(Protocol):
    """What fetching needs of the ledger."""

    def cursor(self, mailbox: str, folder: str) -> Cursor | None:
        """Return how far the folder was fetched, None when it never was."""

    def record(
        self,
        mailbox: str,
        folder: str,
        *,
        uidvalidity: int,
        last_uid: int,
        messages: Sequence[RawMessage],
        unfetchable: Sequence[Unfetchable],
    ) -> None:
        """In one transaction: write the messages down, enqueue each, quarantine the unfetchable, move the cursor."""


class Hurdles:
    """The messages over which a connection broke: they are asked for one by one, and given up at last.

    Without it a message that makes the server hang up would keep all later ones from coming for ever.
    Kept in memory only: after a restart they get their tries again.
    """

    def __init__(self) -> None:
        self._falls: Counter[MessageKey] = Counter()

    def falls(self, key: MessageKey) -> int:
        """How often the connection broke while this message was fetched."""
        return self._falls[key]

    def note(self, keys: Sequence[MessageKey]) -> None:
        """Remember that the connection broke over these."""
        self._falls.update(keys)

    def forget(self, keys: Sequence[MessageKey]) -> None:
        """These came, or were given up."""
        for key in keys:
            self._falls.pop(key, None)


def fetch_new(
    session: ImapSession,
    folder: str,
    *,
    store: RawStore,
    ledger: Ledger,
    starts_at: datetime,
    batch: Batch | None = None,
    hurdles: Hurdles | None = None,
) -> FetchReport:
    """Fetch what lies above the cursor and return what it was; the cursor moves with each batch that is recorded.

    A folder read for the first time, or renumbered by the server, is listed by date alone, and only what
    was received since ``starts_at`` is fetched. Messages met before under another UIDVALIDITY come again:
    their identity tells it later.

    Raises: MailboxError; what was recorded before it stays so.
    """
    work = _Fetch(session, folder, store=store, ledger=ledger, batch=batch or Batch(), hurdles=hurdles or Hurdles())
    return work.run(starts_at)


@dataclass(frozen=True, slots=True)
class _Fetch:
    session: ImapSession
    folder: str
    store: RawStore
    ledger: Ledger
    batch: Batch
    hurdles: Hurdles

    @property
    def mailbox(self) -> str:
        return self.session.account.mailbox

    def run(self, starts_at: datetime) -> FetchReport:
        state = self.session.select(self.folder)
        cursor = self.ledger.cursor(self.mailbox, self.folder)
        report = FetchReport(
            self.mailbox,
            self.folder,
            state.uidvalidity,
            is_first=cursor is None,
            is_renumbered=cursor is not None and cursor.uidvalidity != state.uidvalidity,
        )
        is_known = cursor is not None and cursor.uidvalidity == state.uidvalidity
        above = cursor.uid if cursor is not None and is_known else 0
        if not is_known or state.uidnext is None or state.uidnext > above + 1:
            # Of an empty folder nothing is asked: some servers refuse the question.
            listed = self.session.list_above(self.folder, above) if state.exists else []
            # INTERNALDATE knows no fractions of a second.
            start = starts_at.replace(microsecond=0)
            wanted = listed if is_known else [message for message in listed if message.received_at >= start]
            report = self._fetch_all(wanted, replace(report, left=len(listed) - len(wanted)))
            last = listed[-1].uid if listed else above
            if not is_known and (not wanted or wanted[-1].uid < last):
                self._record(report, last_uid=last)
        self.session.handled[self.folder] = state
        return report

    def _fetch_all(self, wanted: Sequence[Listed], report: FetchReport) -> FetchReport:
        for start in range(0, len(wanted), self.batch.messages):
            part = wanted[start : start + self.batch.messages]
            uids = [message.uid for message in part]
            # One message needs no planning, and one is what most polls find.
            sizes = self.session.sizes(self.folder, uids) if len(uids) > 1 else {}
            for group in self._group(part, sizes, report.uidvalidity):
                report = self._fetch_group(group, sizes, report)
        return report

    def _group(self, part: Sequence[Listed], sizes: Mapping[int, int], uidvalidity: int) -> Iterator[list[Listed]]:
        """Split so that each group fits into memory, and one over which the connection broke stands alone."""
        group: list[Listed] = []
        total = 0
        for message in part:
            size = sizes.get(message.uid, 0)
            is_hurdle = self.hurdles.falls(self._key(message.uid, uidvalidity)) > 0
            if group and (is_hurdle or total + size > self.batch.size_bytes):
                yield group
                group, total = [], 0
            group.append(message)
            total += size
            if is_hurdle:
                yield group
                group, total = [], 0
        if group:
            yield group

    def _fetch_group(self, group: Sequence[Listed], sizes: Mapping[int, int], report: FetchReport) -> FetchReport:
        refused = {m.uid: reason for m in group if (reason := self._refuse(m.uid, sizes, report.uidvalidity))}
        asked = [message.uid for message in group if message.uid not in refused]
        keys = [self._key(message.uid, report.uidvalidity) for message in group]
        try:
            found = self._fetch(asked) if asked else []
            came = {message.key.uid for message in found}
            present = self.session.present(self.folder, [uid for uid in asked if uid not in came])
        except MailboxError:
            if self.session.is_broken:
                self.hurdles.note(keys)
            raise
        refused |= dict.fromkeys(present, f"the server did not give it in {self.batch.tries} tries")
        raw = self._keep(found)
        unfetchable = tuple(
            Unfetchable(self._key(m.uid, report.uidvalidity), m.received_at, refused[m.uid])
            for m in group
            if m.uid in refused
        )
        self._record(report, last_uid=group[-1].uid, messages=raw, unfetchable=unfetchable)
        self.hurdles.forget(keys)
        if unseen := [message.key.uid for message in raw if not message.is_seen]:
            self.session.mark_seen(self.folder, unseen)
        return replace(
            report,
            fetched=report.fetched + len(raw),
            size_bytes=report.size_bytes + sum(message.size_bytes for message in raw),
            vanished=report.vanished + len(group) - len(raw) - len(unfetchable),
            unfetchable=report.unfetchable + unfetchable,
        )

    def _fetch(self, uids: Sequence[int]) -> list[Fetched]:
        """Fetch together; then, one by one, what did not come and is still there."""
        found = self.session.fetch(self.folder, uids)
        came = {message.key.uid for message in found}
        for uid in self.session.present(self.folder, [uid for uid in uids if uid not in came]):
            for attempt in range(1, self.batch.tries):
                if single := self.session.fetch(self.folder, [uid], is_minimal=attempt > 1):
                    found += single
                    break
        return sorted(found, key=lambda message: message.key)

    def _refuse(self, uid: int, sizes: Mapping[int, int], uidvalidity: int) -> str:
        falls = self.hurdles.falls(self._key(uid, uidvalidity))
        if falls >= self.batch.falls:
            return f"the connection broke {falls} times over it"
        if sizes.get(uid, 0) > LARGEST_BYTES:
            return f"it is said to have {sizes[uid]} bytes"
        return ""

    def _keep(self, found: Sequence[Fetched]) -> list[RawMessage]:
        try:
            digests = self.store.put_many([message.data for message in found])
        except OSError as exc:
            problem = (
                f"cannot keep its messages in {self.store.root}: {exc.strerror or exc}; free space or mend the disk"
            )
            raise MailboxError(self.mailbox, problem) from exc
        return [
            RawMessage(message.key, digest, len(message.data), message.received_at, message.is_seen)
            for message, digest in zip(found, digests, strict=True)
        ]

    def _record(
        self,
        report: FetchReport,
        *,
        last_uid: int,
        messages: Sequence[RawMessage] = (),
        unfetchable: Sequence[Unfetchable] = (),
    ) -> None:
        self.ledger.record(
            self.mailbox,
            self.folder,
            uidvalidity=report.uidvalidity,
            last_uid=last_uid,
            messages=messages,
            unfetchable=unfetchable,
        )

    def _key(self, uid: int, uidvalidity: int) -> MessageKey:
        return MessageKey(self.mailbox, self.folder, uidvalidity, uid)

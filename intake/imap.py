"""One IMAP session for one mailbox: the only file that knows imapclient.

Only ``UID FETCH`` by UID is used, never SEARCH, ENVELOPE or BODYSTRUCTURE: some providers answer those
wrongly. Nothing is ever deleted or expunged, so CLOSE is never sent either.
"""

# imapclient's own fetch() takes no ranges, and files an unsolicited FETCH of message 5 under UID 5.
# ruff: noqa: SLF001

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import imapclient
from imapclient import imap4, imap_utf7, tls
from imapclient.exceptions import CapabilityError, ProtocolError
from imapclient.response_parser import parse_response

from domain.accounts import Account, Tls
from domain.errors import MailboxError
from domain.mail import MessageKey
from intake.imap_answers import (
    Fetched,
    FolderState,
    Listed,
    Row,
    is_passing,
    join_uids,
    read_rows,
    read_state,
    split_answers,
    tells_change,
)

LARGEST_BYTES = 160 * 1024 * 1024
"""No message is read that is larger: providers refuse above about 50 MB, so a larger one is a lie."""
CONNECT_TIMEOUT_S = 10.0

_ID = '("name" "youban" "version" "1" "vendor" "youban" "support-email" "postmaster@localhost")'
_JUNK_NAMES = ("垃圾邮件", "垃圾箱", "Junk", "Spam", "Junk E-mail", "Bulk Mail", "INBOX.Junk", "INBOX.Spam")
_SENT_NAMES = ("已发送", "已发送邮件", "Sent", "Sent Messages", "Sent Items", "Sent Mail", "INBOX.Sent")


class _Bounded(imaplib.IMAP4):
    """Refuses a literal that could not be a message, before memory is taken for it."""

    def read(self, size: int) -> bytes:
        if size > LARGEST_BYTES:
            raise self.abort(f"a literal of {size} bytes was announced")
        return super().read(size)


class _BoundedPlain(_Bounded, imap4.IMAP4WithTimeout):  # type: ignore[misc, unused-ignore]
    pass


class _BoundedTls(_Bounded, tls.IMAP4_TLS):  # type: ignore[misc, unused-ignore]
    pass


class _Client(imapclient.IMAPClient):  # type: ignore[misc, unused-ignore]
    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - imapclient's name
        timeout: Any = self._timeout
        if self.ssl:
            return _BoundedTls(self.host, self.port, self.ssl_context, timeout.connect)
        return _BoundedPlain(self.host, self.port, timeout.connect)


class ImapSession:
    """A logged-in connection to one mailbox; used by one thread at a time.

    Every failure is a MailboxError; after one of the connection itself :attr:`is_broken` is True and the session
    is good for nothing but :meth:`close`. ``timeout_s`` bounds every single wait for the server.
    ``handled`` is for fetch and watch: the state up to which each folder was fetched.
    """

    def __init__(self, account: Account, timeout_s: float = 30.0) -> None:
        self.account = account
        self.timeout_s = timeout_s
        self.capabilities: frozenset[str] = frozenset()
        self.junk_folder = ""
        self.sent_folder = ""
        self.handled: dict[str, FolderState] = {}
        self.is_broken = False
        self._selected = ""
        self._uidvalidity = 0
        self._exists = 0
        self._has_changed = False  # the open folder, since its state was last read
        self._asked: list[tuple[str, str, bytes]] = []
        self._idle_tag: bytes | None = None
        self._client = self._connect()
        self._imap: Any = self._client._imap
        # imapclient's level 5 formats every literal as text: 8 ms for 600 KB instead of 0.6. It would
        # also hand letters to the log.
        self._imap.debug = 0
        try:
            self._login()
            self._send_id()
            self._find_folders()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders to watch: INBOX and Junk, where there is one."""
        return tuple(dict.fromkeys(f for f in (self.account.inbox_folder, self.junk_folder) if f))

    @property
    def can_idle(self) -> bool:
        """Whether the server offers IDLE and the provider's profile allows it."""
        return self.account.provider.uses_idle and "IDLE" in self.capabilities

    @property
    def is_idling(self) -> bool:
        """Whether the server is asked to speak up by itself (RFC 2177)."""
        return self._idle_tag is not None

    def fileno(self) -> int:
        """Return the socket's descriptor: readable when the server has spoken."""
        return int(self._imap.sock.fileno())

    def select(self, folder: str) -> FolderState:
        """Open a folder, always anew, and return its state. Raises: MailboxError, lasting when refused."""
        with self._translated(f"opening {folder}"):
            self._start_select(folder)
            return self._finish_ask()[folder]

    def list_above(self, folder: str, uid: int) -> list[Listed]:
        """Return what lies above a UID of the selected folder, in UID order: dates only, so cheap for many.

        Raises: MailboxError also when the server says no: what it withholds now must not pass for nothing.
        """
        self._require(folder)
        with self._translated(f"listing {folder}"):
            rows, refusal = self._fetch_rows(f"{uid + 1}:*", "(UID INTERNALDATE)")
            if refusal:  # perhaps it stumbles over one date
                rows = self._fetch_numbers(f"{uid + 1}:*") | rows
        # "n:*" is also "*:n": without anything new the server returns its last message (RFC 3501 6.4.8).
        return [Listed(number, row.received_at or _now()) for number, row in sorted(rows.items()) if number > uid]

    def sizes(self, folder: str, uids: Sequence[int]) -> dict[int, int]:
        """Return the size in bytes of each of these messages that is still there."""
        self._require(folder)
        with self._translated(f"reading sizes in {folder}"):
            rows, _ = self._fetch_rows(join_uids(uids), "(UID RFC822.SIZE)")
        return {uid: row.size_bytes for uid, row in rows.items() if row.size_bytes is not None}

    def present(self, folder: str, uids: Sequence[int]) -> list[int]:
        """Return those of these messages that are still there, in order. Raises: MailboxError, see ``list_above``."""
        if not uids:
            return []
        self._require(folder)
        with self._translated(f"looking into {folder}"):
            rows = self._fetch_numbers(join_uids(uids))
        return [uid for uid in sorted(uids) if uid in rows]

    def fetch(self, folder: str, uids: Sequence[int], *, is_minimal: bool = False) -> list[Fetched]:
        """Return those of these messages that the server gives, in UID order; it may keep some back without an error.

        ``is_minimal`` asks for the content alone, for a server that stumbles over a date.
        """
        self._require(folder)
        items = "(UID BODY.PEEK[])" if is_minimal else "(UID FLAGS INTERNALDATE BODY.PEEK[])"
        with self._translated(f"fetching from {folder}"):
            rows, _ = self._fetch_rows(join_uids(uids), items)
        wanted = set(uids)
        return [
            Fetched(
                MessageKey(self.account.mailbox, folder, self._uidvalidity, uid),
                row.data,
                row.received_at or _now(),
                row.is_seen,
            )
            for uid, row in sorted(rows.items())
            if uid in wanted and row.data is not None
        ]

    def fetch_above(self, folder: str, uid: int, limit: int) -> list[Fetched]:
        """Return up to ``limit`` messages above a UID, lowest first."""
        listed = self.list_above(folder, uid)[:limit]
        return self.fetch(folder, [message.uid for message in listed]) if listed else []

    def mark_seen(self, folder: str, uids: Sequence[int]) -> bool:
        """Set the Seen flag; False when the server will not (a folder opened read-only)."""
        self._require(folder)
        with self._translated(f"marking in {folder}"):
            self._imap.untagged_responses.clear()
            for part in _parts(uids):
                kind, _ = self._imap.uid("STORE", join_uids(part), "+FLAGS.SILENT", r"(\Seen)")
                if kind != "OK":
                    return False
        return True

    def append(self, folder: str, data: bytes, *, flags: Sequence[str] = (r"\Seen",), when: datetime | None) -> None:
        """Put a message into a folder, dated ``when`` (the server's now for None)."""
        with self._translated(f"saving to {folder}"):
            self._client.append(folder, data, flags, when)

    def noop(self) -> None:
        """Ask whether the connection lives."""
        with self._translated("asking for a sign of life"):
            self._imap.noop()

    def poll(self) -> dict[str, FolderState]:
        """Return the state of every watched folder, fresh from the server."""
        self.send_poll()
        return self.read_poll()

    def send_poll(self) -> None:
        """Send the question of :meth:`poll` without waiting; of an idling session, only the end of IDLE.

        Afterwards the socket becomes readable, and :meth:`read_poll` must be called.
        """
        with self._translated("polling"):
            if self._idle_tag is not None:
                self._imap.send(b"DONE\r\n")
            else:
                self._ask_states()

    def read_poll(self) -> dict[str, FolderState]:
        """Read the answer to :meth:`send_poll`; blocking reads, so a line in two halves is no matter."""
        with self._translated("polling"):
            if self._idle_tag is not None:
                self._finish_idle()
                self._ask_states()
            return self._finish_ask()

    def start_idle(self) -> bool:
        """Ask the server to speak up when INBOX changes; False where it cannot, or when a poll must come first.

        IDLE tells nothing twice: what has come since the poll may have been told in an answer to another command, or
        before the server began to idle (RFC 3501 7).

        imapclient's idle_check is not used: it gives up on a line that comes in two halves.
        """
        if not self.can_idle or self._selected != self.account.inbox_folder or self._has_changed:
            return False
        with self._translated("starting IDLE"):
            self._imap.untagged_responses.clear()
            self._idle_tag = tag = self._imap._command("IDLE")
            while self._imap._get_response() is not None:
                if self._imap.tagged_commands[tag] is not None:
                    self._idle_tag = None
                    self._imap._get_tagged_response(tag)
                    self.capabilities -= {"IDLE"}
                    return False
            if tells_change(self._imap.untagged_responses, exists=self._exists) or self._has_buffered():
                self._imap.send(b"DONE\r\n")
                self._finish_idle()
                return False
        return True

    def end_idle(self) -> None:
        """Return from IDLE to commands; nothing happens when not idling."""
        if self._idle_tag is not None:
            with self._translated("ending IDLE"):
                self._imap.send(b"DONE\r\n")
                self._finish_idle()

    def abort(self) -> None:
        """Cut the connection from any thread; whoever is reading gets an error. :meth:`close` must follow."""
        self.is_broken = True
        with contextlib.suppress(OSError):
            self._imap.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say goodbye without waiting for the answer, and let the socket go. Never raises."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error, ValueError):
            if not self.is_broken:
                self._imap.sock.settimeout(1.0)
                done = b"DONE\r\n" if self._idle_tag is not None else b""
                self._imap.send(done + b"BYE LOGOUT\r\n")
        self.is_broken = True
        with contextlib.suppress(OSError, imaplib.IMAP4.error, ValueError):
            self._client.shutdown()

    def _connect(self) -> Any:
        imap = self.account.imap
        with self._translated(f"connecting to {imap.host}:{imap.port}"):
            timeout: Any = imapclient.SocketTimeout(min(CONNECT_TIMEOUT_S, self.timeout_s), self.timeout_s)
            is_implicit = imap.tls is Tls.IMPLICIT
            context = self._trust() if imap.tls is not Tls.NONE else None
            client = _Client(
                imap.host, imap.port, ssl=is_implicit, ssl_context=context if is_implicit else None, timeout=timeout
            )
            if imap.tls is Tls.STARTTLS:
                try:
                    client.starttls(context)
                except BaseException:
                    with contextlib.suppress(OSError):
                        client.shutdown()
                    raise
            return client

    def _trust(self) -> ssl.SSLContext:
        ca_file = self.account.imap.ca_file
        try:
            return ssl.create_default_context(cafile=ca_file or None)
        except OSError as exc:
            problem = f"cannot read ca_file {ca_file}: {exc.strerror or exc}; it must be a PEM file"
            raise MailboxError(self.account.mailbox, problem, is_lasting=True) from exc

    def _login(self) -> None:
        with self._translated("logging in"):
            try:
                self._client.login(self.account.login, self.account.password)
            except imapclient.exceptions.LoginError as exc:
                if isinstance(exc.__context__, imaplib.IMAP4.abort):
                    raise exc.__context__ from exc
                # imapclient keeps only the repr of the server's bytes.
                first = exc.__context__.args[0] if exc.__context__ and exc.__context__.args else exc
                said = first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
                raise MailboxError(
                    self.account.mailbox,
                    f"the server refuses the login ({said[:160]}); check the login and the authorization code "
                    "(授权码, not the web password), and that IMAP is switched on in the web mail's settings",
                    is_lasting=not is_passing(said),
                ) from exc
            # What a server offers may differ after login (QQ), and its greeting counts no more.
            kind, data = self._imap.capability()
            words = b" ".join(data).decode("ascii", "replace") if kind == "OK" and data != [None] else ""
            self.capabilities = frozenset(words.upper().split())

    def _send_id(self) -> None:
        """Say who we are (RFC 2971). 163 and its sisters open no folder before; whatever a server answers is fine."""
        if not self.account.provider.sends_id:
            return
        with self._translated("sending ID"):
            try:
                self._imap._simple_command("ID", _ID)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                return

    def _find_folders(self) -> None:
        """Find Junk and Sent: as configured, by SPECIAL-USE (RFC 6154), by the names that providers use."""
        special: dict[bytes, str] = {}
        by_name: dict[str, str] = {}
        for flags, delimiter, name in self._list_folders():
            by_name[name.lower()] = name
            by_name.setdefault(name.rpartition(delimiter)[2].lower() if delimiter else name.lower(), name)
            for flag in flags:
                special.setdefault(flag.upper(), name)

        def find(configured: str, flag: bytes, usual: Sequence[str]) -> str:
            if configured:
                return configured
            return special.get(flag) or next((by_name[n.lower()] for n in usual if n.lower() in by_name), "")

        self.junk_folder = find(self.account.junk_folder, rb"\JUNK", _JUNK_NAMES)
        self.sent_folder = find(self.account.sent_folder, rb"\SENT", _SENT_NAMES)

    def _list_folders(self) -> Iterator[tuple[tuple[bytes, ...], str, str]]:
        """Yield flags, delimiter and name of each folder."""
        with self._translated("listing folders"):
            self._imap.untagged_responses.clear()
            self._imap._simple_command("LIST", '""', '"*"')
            lines = self._imap.untagged_responses.pop("LIST", [])
        for line in split_answers(lines):
            # One odd name must not hide the others.
            with contextlib.suppress(ProtocolError, ValueError, TypeError):
                answer: Any = parse_response(line)
                flags, delimiter, name = answer
                # A name like "2020" is parsed as a number.
                text = imap_utf7.decode(name) if isinstance(name, bytes) else str(name)
                yield tuple(flags), (delimiter or b"").decode("ascii", "replace"), text

    def _require(self, folder: str) -> None:
        if self._selected != folder:
            self.select(folder)

    def _ask_states(self) -> None:
        """Ask for the state of every watched folder at once (pipelined, RFC 3501 5.5)."""
        # Where IDLE may follow it finds INBOX open: opened only then, it would hide what came since its STATUS.
        opened = self.account.inbox_folder if self.can_idle else self._selected
        for folder in self.folders:
            # STATUS of the open folder may be stale (RFC 3501 6.3.10); opening it anew is not.
            if folder == opened:
                self._start_select(folder)
            else:
                command = self._imap._command("STATUS", _quote(folder), "(MESSAGES UIDNEXT UIDVALIDITY)")
                self._asked.append((folder, "STATUS", command))

    def _start_select(self, folder: str) -> None:
        self._asked.append((folder, "SELECT", self._imap._command("SELECT", _quote(folder))))

    def _finish_ask(self) -> dict[str, FolderState]:
        """Read the answers to everything asked, in order."""
        states: dict[str, FolderState] = {}
        asked, self._asked = self._asked, []
        refusal: tuple[str, bytes] | None = None
        for folder, command, tag in asked:
            untagged = self._imap.untagged_responses
            untagged.clear()
            kind, data = self._imap._command_complete(command, tag)
            if command == "SELECT":
                self._imap.state, self._selected = ("SELECTED", folder) if kind == "OK" else ("AUTH", "")
            elif tells_change(untagged, exists=self._exists):
                self._has_changed = True
            if kind == "OK":
                states[folder] = read_state(untagged)
                if command == "SELECT":
                    self._uidvalidity, self._exists = states[folder].uidvalidity, states[folder].exists
                    self._has_changed = False
            elif folder != self.account.inbox_folder and len(asked) > 1:
                self.junk_folder = ""  # renamed or removed; INBOX matters more, and the next session looks again
            else:
                refusal = refusal or (folder, data[-1] or b"")
        if refusal is not None:
            folder, said = refusal
            hint = "; set sends_id for this provider" if b"unsafe" in said.lower() else ""
            text = said.decode("utf-8", "replace")[:160]
            is_lasting = folder == self.account.inbox_folder and not is_passing(text)
            problem = f"the server will not open {folder}: {text}{hint}"
            raise MailboxError(self.account.mailbox, problem, is_lasting=is_lasting)
        return states

    def _fetch_numbers(self, uid_set: str) -> dict[int, Row]:
        rows, refusal = self._fetch_rows(uid_set, "(UID)")
        if refusal:
            raise imaplib.IMAP4.error(refusal)
        return rows

    def _fetch_rows(self, uid_set: str, items: str) -> tuple[dict[int, Row], str]:
        """Return the FETCH answers by UID and, when the command ended in a NO or BAD, what the server said.

        A NO after some answers does not take those back.
        """
        untagged = self._imap.untagged_responses
        untagged.clear()
        refusal = ""
        try:
            kind, data = self._imap._simple_command("UID", "FETCH", uid_set, items)
            if kind != "OK":
                refusal = (data[-1] or b"").decode("utf-8", "replace") or str(kind)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as exc:
            refusal = str(exc)  # BAD, for one message that the server cannot show
        return read_rows(untagged.pop("FETCH", [])), refusal

    def _finish_idle(self) -> None:
        tag, self._idle_tag = self._idle_tag, None
        self._imap._get_tagged_response(tag)
        self._imap.untagged_responses.clear()

    def _has_buffered(self) -> bool:
        """Whether bytes wait above the socket, in TLS or in the reader, where select() cannot see them."""
        sock = self._imap.sock
        sock.settimeout(0.0)
        try:
            return bool(self._imap.file.peek(1))
        except ssl.SSLWantReadError:
            return False
        finally:
            sock.settimeout(self.timeout_s)

    @contextlib.contextmanager
    def _translated(self, doing: str) -> Iterator[None]:
        try:
            yield
        except MailboxError:
            raise
        except CapabilityError as exc:
            problem = f"{doing}: the server does not offer it ({exc}); check the tls setting"
            raise MailboxError(self.account.mailbox, problem, is_lasting=True) from exc
        except ssl.SSLCertVerificationError as exc:
            self.is_broken = True
            problem = f"{doing}: the certificate is not trusted ({exc.verify_message}); check the host or set ca_file"
            raise MailboxError(self.account.mailbox, problem, is_lasting=True) from exc
        except TimeoutError as exc:
            self.is_broken = True
            raise MailboxError(self.account.mailbox, f"{doing}: no answer in {self.timeout_s:g} s") from exc
        except (imaplib.IMAP4.abort, OSError, EOFError, ProtocolError, ValueError, MemoryError) as exc:
            self.is_broken = True
            raise MailboxError(self.account.mailbox, f"{doing}: {str(exc)[:200] or type(exc).__name__}") from exc
        except imaplib.IMAP4.error as exc:
            raise MailboxError(self.account.mailbox, f"{doing}: {str(exc)[:200]}") from exc


def _now() -> datetime:
    """Stand in for a date that a server does not give, so that the message counts as new and is not left."""
    return datetime.now(UTC)


def _quote(folder: str) -> bytes:
    name = imap_utf7.encode(folder)
    return b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _parts(uids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Split so that no command line grows beyond what servers take."""
    for start in range(0, len(uids), size):
        yield uids[start : start + size]

"""A provider and its citizens on loopback: real IMAP and SMTP servers, and a settings file for a daemon to work with.

The demo runs the daemon beside it in one process; the acceptance tests start it as its own process, so that they can
kill it.
"""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from youban.demo.imap_server import SAMPLE_PASSWORD, ImapServer
from youban.demo.smtp_server import SmtpServer


class MailServer(Protocol):
    """What the sandbox needs of an IMAP server: the demo's pymap, or Dovecot in the tests."""

    host: str
    port: int
    password: str

    def deliver(self, address: str, data: bytes, *, folder: str = "INBOX") -> None:
        """Put a message into a folder."""

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Return the raw messages of a folder."""


class Sandbox:
    """The counter's mailboxes on an IMAP server, an SMTP server that delivers into them, and citizens who write.

    Args:
        folder: where settings, secrets and the daemon's data go.
        mailboxes: the counter's addresses.
        imap: the server that holds them.
        database: a database URL; '' is a SQLite file in the folder.
        settings: further top-level tables of youban.toml, for example ``{"poll": {"interval_s": 0.5}}``.
        agencies: agencies' files instead of the shipped ones.
        overrides: keys of single ``[[mailbox]]`` tables by address, for example a wrong port; None leaves a key out.
    """

    def __init__(
        self,
        folder: Path,
        *,
        mailboxes: Iterable[str],
        imap: MailServer,
        database: str = "",
        settings: Mapping[str, Mapping[str, Any]] | None = None,
        agencies: Iterable[Path] = (),
        overrides: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.folder = folder
        self.mailboxes = tuple(mailboxes)
        self.imap = imap
        self.settings_file = folder / "youban.toml"
        self._database = database
        self._settings = {"poll": {"interval_s": 1.0}, "send": {"longest_retry_s": 1.0}, **(settings or {})}
        self._agencies = tuple(agencies)
        self._overrides = dict(overrides or {})
        self._own = {m.lower(): m for m in self.mailboxes}
        self._letters: dict[str, list[bytes]] = {}
        self._changed = threading.Condition()
        self.smtp = SmtpServer(self._deliver, logins=dict.fromkeys(self.mailboxes, imap.password), requires_login=False)

    def __enter__(self) -> Self:
        self.smtp.start()
        self._write_settings()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.smtp.stop()

    def send(self, sender: str, mailbox: str | Iterable[str], raw: bytes) -> None:
        """Send a citizen's mail over SMTP, to one mailbox or to several at once."""
        recipients = [mailbox] if isinstance(mailbox, str) else list(mailbox)
        with smtplib.SMTP(self.smtp.host, self.smtp.port, local_hostname="citizen.example") as client:
            client.sendmail(sender, recipients, raw)

    def letters(self, citizen: str) -> list[bytes]:
        """Return the letters in a citizen's mailbox, in the order of their arrival."""
        with self._changed:
            return list(self._letters.get(citizen.lower(), ()))

    def wait_for_letters(self, citizen: str, count: int = 1, *, timeout_s: float = 30.0) -> list[bytes]:
        """Return a citizen's letters as soon as there are ``count``. Raises: TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._letters.get(citizen.lower(), ())) >= count, timeout_s):
                raise TimeoutError(f"{len(self._letters.get(citizen.lower(), ()))} of {count} letters for {citizen}")
            return list(self._letters[citizen.lower()])

    def _deliver(self, recipient: str, data: bytes) -> None:
        own = self._own.get(recipient.lower())
        if own is not None:
            self.imap.deliver(own, data)
            return
        with self._changed:
            self._letters.setdefault(recipient.lower(), []).append(data)
            self._changed.notify_all()

    def _write_settings(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text(self.imap.password, encoding="ascii")
        lines = ['data_dir = "var"']
        if self._database.startswith("sqlite") or not self._database:
            # A PostgreSQL address goes by the environment (YOUBAN_DATABASE), because it may hold a password.
            lines.append(f'database = "{self._database or "sqlite:///var/youban.db"}"')
        if self._agencies:
            lines.append(f"agencies = {[str(a) for a in self._agencies]!r}")
        for name, table in self._settings.items():
            lines += ["", f"[{name}]", *(f"{key} = {_write_value(value)}" for key, value in table.items())]
        for mailbox in self.mailboxes:
            values: dict[str, Any] = {
                "address": mailbox,
                "provider": "generic",
                "password_file": "secret",
                "imap_host": self.imap.host,
                "imap_port": self.imap.port,
                "imap_tls": "none",
                "smtp_host": self.smtp.host,
                "smtp_port": self.smtp.port,
                "smtp_tls": "none",
                "pace_s": 0.0,
                **self._overrides.get(mailbox, {}),
            }
            said = (f"{key} = {_write_value(value)}" for key, value in values.items() if value is not None)
            lines += ["", "[[mailbox]]", *said]
        self.settings_file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def open_sample_imap(mailboxes: Iterable[str]) -> ImapServer:
    """Return the demo's IMAP server for some mailboxes, not started yet."""
    return ImapServer(mailboxes, password=SAMPLE_PASSWORD)


def _write_value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case _:
            return f'"{value}"'

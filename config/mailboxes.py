"""Reads the [[mailbox]] tables of youban.toml: which published addresses are served, through which servers."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from config.providers import ProviderProfile, find_provider, read_authserv_ids
from config.toml import Table, hint_nearest
from domain.accounts import Account, Endpoint, Provider, Tls
from domain.catalogue import Catalogue
from domain.errors import ConfigError

_KEYS = (
    *("address", "provider", "login", "password_env", "password_file", "starts_at"),
    *("imap_host", "imap_port", "imap_tls", "smtp_host", "smtp_port", "smtp_tls", "ca_file"),
    *("inbox_folder", "junk_folder", "sent_folder", "keeps_sent_copy"),
    *("uses_idle", "pace_s", "letters_per_session", "daily_letters", "authserv_ids"),
)
_SECRETS = frozenset({"password", "secret", "passwd", "pass", "token", "auth_code", "authorization_code"})
# RFC 3501 2.1, RFC 6186; RFC 8314 7.3 for the implicit ones.
_PORTS: Mapping[str, Mapping[Tls, int]] = {
    "imap": {Tls.IMPLICIT: 993, Tls.STARTTLS: 143, Tls.NONE: 143},
    "smtp": {Tls.IMPLICIT: 465, Tls.STARTTLS: 587, Tls.NONE: 25},
}


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """One mailbox as the operator set it up.

    ``starts_at`` is None for "now": from the first start of the daemon, which stores that moment. ``authserv_ids`` are
    the servers whose word on a sender counts (RFC 8601 2.5).
    ``file`` and ``key`` say where it stands, for messages to the operator.
    """

    address: str
    login: str
    imap: Endpoint
    smtp: Endpoint
    provider: Provider
    starts_at: datetime | None
    password_env: str
    password_file: Path | None
    inbox_folder: str
    junk_folder: str
    sent_folder: str
    keeps_sent_copy: bool
    authserv_ids: tuple[str, ...]
    file: str
    key: str

    def account(self, *, starts_at: datetime, password: str = "") -> Account:
        """Return the account to work with: these settings, the resolved start and the secret."""
        return Account(
            mailbox=self.address,
            login=self.login,
            imap=self.imap,
            smtp=self.smtp,
            provider=self.provider,
            starts_at=starts_at,
            password=password,
            inbox_folder=self.inbox_folder,
            junk_folder=self.junk_folder,
            sent_folder=self.sent_folder,
            keeps_sent_copy=self.keeps_sent_copy,
        )


def read_password(mailbox: MailboxSettings, environ: Mapping[str, str]) -> str:
    """Return the secret of a mailbox, from the variable or the file that the settings name.

    Raises:
        ConfigError: naming the variable or file, and what to do; never the secret.
    """
    if mailbox.password_env:
        password = environ.get(mailbox.password_env, "")
        if not password:
            raise _secret_error(mailbox, f"the environment variable {mailbox.password_env} is not set", "password_env")
        return password
    if mailbox.password_file is None:
        raise _secret_error(mailbox, f"no secret is named for {mailbox.address}", "")
    try:
        password = mailbox.password_file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8"
        raise _secret_error(mailbox, f"{mailbox.password_file} cannot be read: {reason}", "password_file") from exc
    if not password.strip():
        raise _secret_error(mailbox, f"{mailbox.password_file} is empty", "password_file")
    return password


def _secret_error(mailbox: MailboxSettings, problem: str, key: str) -> ConfigError:
    hints = {
        "password_env": f'set it to the authorization code of {mailbox.address}: export {mailbox.password_env}="…"',
        "password_file": f"put the authorization code of {mailbox.address} alone into this file, mode 0600",
        "": "add password_env = a variable's name, or password_file = a file's name",
    }
    return ConfigError(mailbox.file, f"{mailbox.key}.{key}" if key else mailbox.key, problem, hints[key])


def read_mailboxes(
    root: Table,
    catalogue: Catalogue,
    *,
    profiles: Mapping[str, ProviderProfile],
    folder: Path,
    timezone: ZoneInfo,
) -> tuple[MailboxSettings, ...]:
    """Return the mailboxes of a settings file; relative paths lie in ``folder``.

    Raises:
        ConfigError: an address that no agency publishes, or that stands there twice; a secret; a wrong value.
    """
    found: dict[str, MailboxSettings] = {}
    for table in root.tables("mailbox", named_by="address"):
        refuse_secrets(table)
        table.expect(_KEYS)
        address = _read_address(table, catalogue)
        if address in found:
            raise table.error("address", f"{address} stands there twice")
        profile = _read_profile(table, profiles, address)
        login = table.text("login", address)
        found[address] = MailboxSettings(
            address=address,
            login=login,
            imap=_read_endpoint(table, "imap", shipped=profile.imap, address=address, folder=folder),
            smtp=_read_endpoint(table, "smtp", shipped=profile.smtp, address=address, folder=folder),
            provider=_read_habits(table, profile.provider),
            starts_at=_read_start(table, timezone),
            password_env=table.text("password_env", ""),
            password_file=folder / table.text("password_file") if table.has("password_file") else None,
            inbox_folder=table.text("inbox_folder", "INBOX"),
            junk_folder=table.text("junk_folder", ""),
            sent_folder=table.text("sent_folder", ""),
            keeps_sent_copy=table.flag("keeps_sent_copy", default=True),
            authserv_ids=read_authserv_ids(table) if table.has("authserv_ids") else profile.authserv_ids,
            file=table.file,
            key=table.key,
        )
        if table.has("password_env") and table.has("password_file"):
            raise table.error("password_file", "stands beside password_env", "keep one of the two")
    return tuple(found.values())


def refuse_secrets(table: Table) -> None:
    """Check that no secret stands in the file. Raises: ConfigError that says why, and where it belongs instead."""
    for key in table.values:
        if key.lower() in _SECRETS:
            raise table.error(
                key,
                "a secret must not stand in this file: it is copied, mailed and committed",
                "name a variable with password_env, or a file with password_file, and change the secret now",
            )


def _read_address(table: Table, catalogue: Catalogue) -> str:
    address = table.text("address")
    published = {m.lower(): m for m in catalogue.mailboxes}
    if address.lower() not in published:
        raise table.error("address", f"{address} is published by no agency", hint_nearest(address, published.values()))
    return published[address.lower()]


def _read_profile(table: Table, profiles: Mapping[str, ProviderProfile], address: str) -> ProviderProfile:
    if table.has("provider"):
        return profiles[table.choice("provider", profiles)]
    return find_provider(profiles, address)


def _read_habits(table: Table, shipped: Provider) -> Provider:
    return replace(
        shipped,
        uses_idle=table.flag("uses_idle", default=shipped.uses_idle),
        pace_s=table.number("pace_s", shipped.pace_s),
        letters_per_session=table.integer("letters_per_session", shipped.letters_per_session, least=1),
        daily_letters=table.integer("daily_letters", shipped.daily_letters, least=1),
    )


def _read_endpoint(table: Table, protocol: str, *, shipped: Endpoint, address: str, folder: Path) -> Endpoint:
    domain = address.rpartition("@")[2].lower()
    host = table.text(f"{protocol}_host", shipped.host.replace("{domain}", domain))
    if not host:
        raise table.error(
            f"{protocol}_host",
            f"is missing: the server of {domain} is not known",
            'add it, or provider = "exmail" for a domain of 腾讯企业邮',
        )
    tls = Tls(table.choice(f"{protocol}_tls", tuple(Tls), shipped.tls))
    if tls is Tls.NONE and not _is_loopback(host):
        raise table.error(
            f"{protocol}_tls", f'"none" would send the secret to {host} in the clear', 'use "implicit" or "starttls"'
        )
    usual = shipped.port if tls is shipped.tls else _PORTS[protocol][tls]
    ca_file = ""
    if table.has("ca_file"):
        path = folder / table.text("ca_file")
        if not path.is_file():
            raise table.error("ca_file", f"there is no file {path}")
        ca_file = str(path)
    return Endpoint(host, table.integer(f"{protocol}_port", usual, least=1, most=65535), tls, ca_file)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read_start(table: Table, timezone: ZoneInfo) -> datetime | None:
    """Return when a mailbox starts, aware; None for "now". A moment without an offset is in the settings' time zone."""
    value = table.values.get("starts_at", "now")
    if isinstance(value, str):
        if value == "now":
            return None
        try:
            value = datetime.fromisoformat(value)
        except ValueError as exc:
            raise table.error("starts_at", f'"{value}" is no moment', '"now" or such as 2020-02-03T08:00:00') from exc
    if not isinstance(value, datetime):
        raise table.error("starts_at", "must be a moment with a time of day", '"now" or such as 2020-02-03T08:00:00')
    return value if value.tzinfo else value.replace(tzinfo=timezone)

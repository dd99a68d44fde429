"""Tries every server and every mailbox of the settings, several at once. Nothing is sent, nothing is marked read."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from config.mailboxes import MailboxSettings, read_password
from config.settings import Settings
from domain.accounts import Account, Endpoint
from domain.errors import ConfigError, DeliveryError, MailboxError
from intake.imap import ImapSession
from youban.cli.findings import Finding, Mark, Note, is_wrong
from youban.wiring import open_post_office, utc_now

TIMEOUT_S = 15.0
_AT_ONCE = 8
_MOST_NAMES = 3
_OTHERS_MAY_READ = 0o077
Server = tuple[str, int]

# What servers and libraries say, and what usually lies behind it. The first row that fits counts.
_HINTS: tuple[tuple[str, str], ...] = (
    ("WRONG_VERSION_NUMBER", '{p}_port speaks no TLS at once: another port, or {p}_tls = "starttls"'),
    ("not trusted", "is {p}_host right? A certificate of the agency's own: name its authority with ca_file"),
    ("no permission", "switch on {p} for this mailbox in its web mail's settings"),
    ("the server refuses: ", "check login, and the authorization code (授权码, not the web password) in {secret}"),
    ("no answer", "a firewall, or {p}_tls does not fit {p}_port"),
    ("imed out", "a firewall, or {p}_tls does not fit {p}_port"),
    ("", "look at {p}_host, {p}_port and {p}_tls"),
)

# The post office speaks Chinese, because clerks read its words in a case's history; this table is the operator's.
_SPOKEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"发信服务器的证书不可信：(.*)"), "the certificate is not trusted ({0})"),
    (re.compile(r"发信服务器不支持设置所要求的加密或登录方式：(.*)"), "the server does not offer it ({0})"),
    (re.compile(r"读不了证书文件 (.*)"), "cannot read ca_file {0}; it must be a PEM file"),
    (re.compile(r".*（(\d{3} .*)）"), "the server refuses: {0}"),
)


def check_mailboxes(settings: Settings, environ: Mapping[str, str], *, offline: bool) -> list[Finding]:
    """Return a finding for each server that cannot be reached and one for each mailbox."""
    if not settings.mailboxes:
        todo = "add a [[mailbox]] for each address that Youban shall serve"
        return [
            Finding("mailboxes", Mark.WRONG, (Note("there is none: nothing is watched", todo),), str(settings.file))
        ]
    with ThreadPoolExecutor(_AT_ONCE) as pool, closing(open_post_office(settings)) as office:
        # Servers first and each once: 21 mailboxes of a provider that is down must not take 21 time-outs.
        unreached = {} if offline else _find_unreachable(pool, settings)

        def check(mailbox: MailboxSettings) -> Finding:
            return _check_mailbox(
                mailbox, settings, environ, unreached=unreached, probe=None if offline else office.probe
            )

        return [*unreached.values(), *pool.map(check, settings.mailboxes)]


def _find_unreachable(pool: ThreadPoolExecutor, settings: Settings) -> dict[Server, Finding]:
    keys: dict[Server, list[str]] = {}
    for mailbox in settings.mailboxes:
        for protocol, endpoint in (("imap", mailbox.imap), ("smtp", mailbox.smtp)):
            keys.setdefault((endpoint.host, endpoint.port), []).append(f"{mailbox.key}.{protocol}_host")
    found: dict[Server, Finding] = {}
    for server, note in zip(keys, pool.map(_reach, keys), strict=True):
        if note is not None:
            more = f" and {len(keys[server]) - _MOST_NAMES} more" if len(keys[server]) > _MOST_NAMES else ""
            where = f"{settings.file.name}: {', '.join(keys[server][:_MOST_NAMES])}{more}"
            found[server] = Finding(_name(server), Mark.WRONG, (note,), where)
    return found


def _reach(server: Server) -> Note | None:
    """Return why a server's port cannot be reached, None when it can."""
    host, port = server
    try:
        with socket.create_connection(server, timeout=TIMEOUT_S):
            return None
    except socket.gaierror:
        return Note(f"no server is called {host}", "is the name right? does this machine reach a DNS server?")
    except TimeoutError:
        return Note(f"no answer from {_name(server)} in {TIMEOUT_S:g} s", "is there a firewall? is the port right?")
    except OSError as exc:
        seen = f"nobody listens at port {port} of {host} ({exc.strerror or exc})"
        return Note(seen, "is the port right? is the server up? does a firewall refuse?")


def _check_mailbox(
    mailbox: MailboxSettings,
    settings: Settings,
    environ: Mapping[str, str],
    *,
    unreached: Collection[Server],
    probe: Callable[[Account], str] | None,
) -> Finding:
    """Return one finding for a mailbox: its secret, then its two servers; ``probe`` None asks none of them."""
    try:
        password = read_password(mailbox, environ)
    except ConfigError as error:
        return is_wrong(mailbox.address, error, home=settings.file)
    loose = list(_find_loose_secret(mailbox))
    if probe is None:
        return _join(mailbox, settings, wrong=(), look=loose, right="the secret is there; no server was asked")
    account = mailbox.account(starts_at=utc_now(), password=password)
    wrong: list[Note] = []
    told: list[str] = []
    for protocol, server, check in (
        ("imap", mailbox.imap, _check_imap),
        ("smtp", mailbox.smtp, lambda a: _check_smtp(a, probe)),
    ):
        if (server.host, server.port) in unreached:
            loose.append(Note(f"{protocol.upper()} was not tried: {_name((server.host, server.port))} is out of reach"))
            continue
        try:
            seen, note = check(account)
            told.append(seen)
            loose += note
        except (MailboxError, DeliveryError) as error:
            wrong.append(_explain(error, protocol, server, mailbox=mailbox, password=password))
    return _join(mailbox, settings, wrong=wrong, look=loose, right="secret, " + "; ".join(told))


def _join(
    mailbox: MailboxSettings, settings: Settings, *, wrong: Iterable[Note], look: Iterable[Note], right: str
) -> Finding:
    where = f"{settings.file.name}: {mailbox.key}"
    if notes := (*wrong, *look):
        return Finding(mailbox.address, Mark.WRONG if wrong else Mark.LOOK, notes, where)
    return Finding(mailbox.address, Mark.OK, (Note(right),), where)


def _find_loose_secret(mailbox: MailboxSettings) -> Iterable[Note]:
    file = mailbox.password_file
    if file is not None and (mode := file.stat().st_mode & 0o777) & _OTHERS_MAY_READ:
        yield Note(f"others on this machine may read {file} (mode {mode:04o})", f"chmod 600 {file}")


def _check_imap(account: Account) -> tuple[str, list[Note]]:
    with closing(ImapSession(account, TIMEOUT_S)) as session:
        session.select(account.inbox_folder)
        look: list[Note] = []
        if account.keeps_sent_copy and not session.sent_folder:
            todo = "name it with sent_folder, or set keeps_sent_copy = false"
            look.append(Note("no Sent folder is found: no copies of our letters are kept", todo))
        return f"IMAP ({', '.join(session.folders)}; Sent: {session.sent_folder or 'none'})", look


def _check_smtp(account: Account, probe: Callable[[Account], str]) -> tuple[str, list[Note]]:
    probe(account)
    return "SMTP", []


def _explain(
    error: MailboxError | DeliveryError, protocol: str, server: Endpoint, *, mailbox: MailboxSettings, password: str
) -> Note:
    said = say_in_english(error.problem if isinstance(error, MailboxError) else str(error))
    # A server may repeat what it was sent.
    said = said.replace(password, "***").removeprefix(f"connecting to {_name((server.host, server.port))}: ")
    seen, _, todo = said.partition("; ")
    secret = mailbox.password_env or str(mailbox.password_file)
    hint = next(hint for word, hint in _HINTS if word in said).format(p=protocol, secret=secret)
    return Note(f"{protocol.upper()} {_name((server.host, server.port))}: {seen}", todo or hint)


def say_in_english(problem: str) -> str:
    """Return what the post office said, the server's own words first; what it did not say in Chinese stays."""
    for chinese, english in _SPOKEN:
        if found := chinese.fullmatch(problem):
            return english.format(found[1])
    return problem


def _name(server: Server) -> str:
    return f"{server[0]}:{server[1]}"

"""``youban demo``: sample citizens write, the daemon answers, a table shows each mail's way."""

from __future__ import annotations

import email
import email.policy
import io
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from cases.database import Database
from cases.tables import LEDGER, MESSAGES
from config.catalogue import load_catalogue
from config.settings import DATABASE_VARIABLE
from domain.cases import Fate
from domain.errors import MessageError
from intake.reader import read_mail
from youban.daemon import Daemon
from youban.demo.samples import Sample, make_follow_up, make_samples
from youban.demo.sandbox import Sandbox, open_sample_imap
from youban.logs import configure_logs
from youban.wiring import read_settings

TIMEOUT_S = 120.0
_FATES = {
    Fate.WAITING: "处理中",
    Fate.ANSWERED: "已回复",
    Fate.IGNORED: "不回复",
    Fate.TRIAGE: "转人工",
    Fate.DUPLICATE: "重复",
    Fate.TOO_OLD: "过早",
    Fate.QUARANTINED: "已隔离",
}
_WORDS = {"ack": "受理", "missing": "补正", "guidance": "指引", "triage": "人工", "none": "不回复"}


@dataclass(slots=True)
class Way:
    """One sample's way through the house, as far as it is known."""

    sample: Sample
    identity: str = ""
    sent_at: float = 0.0
    fate: Fate | None = None
    decision: str = ""
    letters: list[bytes] = field(default_factory=list)
    seconds: float | None = None

    def is_done(self) -> bool:
        """Whether it has its fate, and the letter that the fate means has arrived."""
        if self.fate is None or self.fate is Fate.WAITING:
            return False
        return bool(self.letters) or self.fate in {Fate.IGNORED, Fate.DUPLICATE, Fate.TOO_OLD, Fate.QUARANTINED}

    def is_expected(self) -> bool:
        """Whether it went as its sample says."""
        got = "triage" if self.fate is Fate.QUARANTINED else self.decision
        return self.is_done() and got == self.sample.expected


def run_demo(*, once: bool, keep: Path | None, database: str) -> int:
    """Run the demo and return its exit code: 0 when every sample got the answer it should have."""
    console = Console(width=None if os.isatty(1) else 150)
    log = io.StringIO()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="youban-demo-")))
        mailboxes = load_catalogue().mailboxes
        console.print(f"邮办演示：{len(mailboxes)} 个邮箱，虚构的市民，本机上真实的 IMAP 与 SMTP 服务。")
        imap = stack.enter_context(open_sample_imap(mailboxes))
        box = stack.enter_context(
            Sandbox(folder, mailboxes=mailboxes, imap=imap, database=database, settings={"poll": {"interval_s": 0.5}})
        )
        environ = dict(os.environ) | ({DATABASE_VARIABLE: database} if database else {})
        configure_logs(level="WARNING", own_addresses=mailboxes, stream=log)
        console.print("正在绘制虚构的材料照片……")
        ways = [Way(sample) for sample in make_samples(now=datetime.now().astimezone())]
        daemon = Daemon(read_settings(box.settings_file, environ), environ=environ)
        daemon.start()
        try:
            _play(console, box, daemon.database, ways)
            _keep_mails(keep, ways)
            if not once:
                _wait_for_interrupt(console, box, keep)
        finally:
            daemon.stop()
    wrong = [way for way in ways if not way.is_expected()]
    for way in wrong:
        got = f"{way.fate.value if way.fate else 'no fate'}, {way.decision or 'no decision'}"
        console.print(Text(f"✗ {way.sample.name}: expected {way.sample.expected}, got {got}", style="red"))
    if log.getvalue() and wrong:
        console.print(Text(log.getvalue()))
    done = sum(way.is_done() for way in ways)
    console.print(f"{len(ways)} 封来信，{done} 封已有结果，{len(ways) - len(wrong)} 封与预期一致。")
    return 1 if wrong else 0


def _play(console: Console, box: Sandbox, database: Database, ways: list[Way]) -> None:
    """Send the samples and follow them until all are done; follow-ups are sent when their letter has come."""
    waiting = [way for way in ways if way.sample.follows]
    for way in ways:
        if not way.sample.follows:
            _send(box, way, way.sample.raw)
    by_name = {way.sample.name: way for way in ways}
    deadline = time.monotonic() + TIMEOUT_S
    with Live(_draw(ways), console=console, refresh_per_second=4, transient=False) as live:
        while not all(way.is_done() for way in ways) and time.monotonic() < deadline:
            _look(box, database, ways)
            for way in [w for w in waiting if by_name[w.sample.follows].letters]:
                waiting.remove(way)
                _send(box, way, make_follow_up(way.sample, by_name[way.sample.follows].letters[0]))
            live.update(_draw(ways))
            time.sleep(0.2)
        live.update(_draw(ways))
    if not console.is_terminal:
        console.print()  # rich leaves the cursor behind the table there


def _send(box: Sandbox, way: Way, raw: bytes) -> None:
    way.identity = _identity_of(raw)
    way.sent_at = time.monotonic()
    box.send(way.sample.sender, way.sample.mailbox, raw)


def _identity_of(raw: bytes) -> str:
    """Return the identity that a mail has after SMTP has set its line ends, "" for an unreadable one."""
    try:
        return read_mail(b"\r\n".join(raw.splitlines()) + b"\r\n").message.identity
    except MessageError:
        return ""


def _look(box: Sandbox, database: Database, ways: Iterable[Way]) -> None:
    query = sa.select(LEDGER.c.mailbox, LEDGER.c.identity, LEDGER.c.fate, MESSAGES.c.decision).join(
        MESSAGES, MESSAGES.c.identity == LEDGER.c.identity, isouter=True
    )
    with database.read() as connection:
        rows = connection.execute(query).all()
    known = {row.identity.partition(":")[2]: row for row in rows if row.identity}
    quarantined = {row.mailbox for row in rows if row.fate == Fate.QUARANTINED.value}
    for way in ways:
        if not way.sent_at or way.is_done():
            continue
        if row := known.get(way.identity):
            way.fate, way.decision = Fate(row.fate), row.decision or ""
        elif not way.identity and way.sample.mailbox in quarantined:
            way.fate = Fate.QUARANTINED
        way.letters = [letter for letter in box.letters(way.sample.sender) if _answers(letter, way)]
        if way.is_done():
            way.seconds = time.monotonic() - way.sent_at


def _answers(letter: bytes, way: Way) -> bool:
    """Whether a letter answers this very mail: a citizen with a follow-up gets two."""
    answered = email.message_from_bytes(letter)["In-Reply-To"]
    return answered is None or answered.strip("<> ") == (_message_id(way) or answered.strip("<> "))


def _message_id(way: Way) -> str:
    return str(email.message_from_bytes(way.sample.raw)["Message-ID"] or "").strip("<> ")


def _draw(ways: Iterable[Way]) -> Table:
    table = Table(title="来信与答复", expand=True, show_lines=False)
    table.add_column("来信", ratio=5, overflow="fold")
    table.add_column("邮箱", ratio=2, overflow="ellipsis", no_wrap=True)
    table.add_column("结果", no_wrap=True)
    table.add_column("决定", no_wrap=True)
    table.add_column("答复", ratio=5, overflow="fold")
    table.add_column("秒", justify="right", no_wrap=True)
    for way in ways:
        fate = _FATES[way.fate] if way.fate else ("已发出" if way.sent_at else "稍后")
        style = "green" if way.is_expected() else ("red" if way.is_done() else "yellow")
        table.add_row(
            Text(way.sample.story),
            Text(way.sample.mailbox.partition("@")[0]),
            Text(fate, style=style),
            Text(_WORDS.get(way.decision, "")),
            Text(_subject_of(way.letters[0]) if way.letters else ""),
            Text(f"{way.seconds:.1f}" if way.seconds is not None else ""),
        )
    return table


def _subject_of(letter: bytes) -> str:
    return str(email.message_from_bytes(letter, policy=email.policy.default)["Subject"] or "")


def _keep_mails(keep: Path | None, ways: Iterable[Way]) -> None:
    """Leave the mails and their answers in a folder, where any mail program opens them."""
    if keep is None:
        return
    keep.mkdir(parents=True, exist_ok=True)
    for number, way in enumerate(ways, start=1):
        stem = f"{number:02}-{way.sample.name}"
        (keep / f"{stem}-mail.eml").write_bytes(way.sample.raw)
        for letter in way.letters:
            (keep / f"{stem}-answer.eml").write_bytes(letter)


def _wait_for_interrupt(console: Console, box: Sandbox, keep: Path | None) -> None:
    """Let people play on: the servers stay up until Ctrl-C."""
    if keep is not None:
        console.print(f"来信与答复在 {keep}/ 中。")
    console.print(f"服务仍在运行：SMTP {box.smtp.host}:{box.smtp.port}，IMAP {box.imap.host}:{box.imap.port}。")
    console.print("可向上面任一邮箱发信试试；按 Ctrl-C 结束。")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("结束。")

"""Hostile and odd files through real handlers: each ends in a fate, costs itself alone, and leaves nothing behind."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import psutil
import pypdfium2
import pytest
import sqlalchemy as sa

from cases import quarantine
from cases.database import Database, open_database
from cases.tables import ATTACHMENTS, MESSAGES
from cases.upgrade import upgrade_database
from domain.cases import CaseStatus, Fate
from domain.mail import MessageKey
from intake.containers.rars import NESTED_WORDS
from intake.opened import CONFINEMENT, open_attachments
from intake.virus import ClamdError, ClamdRefusedError
from tests.acceptance.waiting import wait_until
from tests.intake.children import killer_of_next_child
from tests.intake.containers import bombs, samples
from tests.intake.pdfs import cjk_pdf, heavy_pdf, looping_pdf
from tests.servers.clamd import Script, ScriptedClamd
from tests.youban.test_handlers import children, foremen, run_handlers
from tests.youban.window import MAILBOX, Window, open_window, transfer_out
from youban import pipeline
from youban.handlers import UnhandledError

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(180, method="signal")

WORDS = "我叫王喆，沙河口区户籍，灵活就业，申请医保关系转出。电话13900001234，邮箱wang@shimin.example。"
PIXELS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + bytes(5000)


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


def write(name: str, files: Mapping[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{name}@shimin.example", MAILBOX, "医保关系转出"
    mail["Message-ID"] = f"<{name}@shimin.example>"
    mail.set_content(WORDS)
    for file, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return mail.as_bytes()


def closed(window: Window) -> dict[str, str]:
    """Return why each file that stayed closed did."""
    with window.database.read() as connection:
        rows = connection.execute(
            sa.select(ATTACHMENTS.c.name, ATTACHMENTS.c.unopened).where(ATTACHMENTS.c.unopened.is_not(None))
        )
        return {row.name: row.unopened for row in rows}


def reasons(window: Window) -> dict[MessageKey, str]:
    with window.database.read() as connection:
        return {one.key: one.reason for one in quarantine.find_quarantined(connection)}


def make_hostile() -> dict[str, bytes]:
    return {
        "比例.zip": bombs.size_bombs()["zip-ratio"],
        "重叠.zip": bombs.size_bombs()["zip-overlap-large"],
        "嵌套.zip": bombs.size_bombs()["zip-nested"],
        "长.pdf": cjk_pdf(["参保凭证"], pages=5_000),
        "循环.pdf": looping_pdf(),
        "像素.png": PIXELS,
        "截断.zip": samples.zip_gbk()[:2_000],
        "截断.pdf": cjk_pdf(["参保凭证"])[:200],
        "截断.docx": samples.make_docx(["申请书"], [samples.photo(1)])[:5_000],
        "路径.zip": samples.make_zip([(b"../../etc/x.jpg", samples.photo(1)), (b"a\x00b.jpg", samples.photo(2))]),
        "反向.zip": samples.make_zip(
            [("\u202egpj.exe".encode(), b"MZ"), ("长".encode() * 1_300 + b".jpg", samples.photo(3))]
        ),
    }


def test_every_hostile_file_costs_itself_and_the_handler_goes_on(window: Window, tmp_path: Path) -> None:
    hostile = make_hostile().items()
    keys = [window.receive(write(f"h{number}", {name: data})) for number, (name, data) in enumerate(hostile)]
    parts = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(10_000))
    broken = [
        window.receive(b"From: a@shimin.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts),
        window.receive(b"From: a@shimin.example\r\nSubject: " + b"a" * 1_000_000 + b"\r\n\r\nx"),
    ]
    with run_handlers(window, tmp_path) as handlers:
        (process,) = children()
        list(handlers.handle([*keys, *broken]))
        assert children() == [process]
    assert {window.entry(key).fate for key in keys} == {Fate.ANSWERED, Fate.TRIAGE}
    assert {window.entry(key).fate for key in broken} == {Fate.QUARANTINED}
    assert {"500 个部分", "64 KB"} <= {
        word for r in reasons(window).values() for word in ("500 个部分", "64 KB") if word in r
    }
    found = closed(window)
    wanted = {"比例.zip": "too-large", "重叠.zip": "too-large", "39.zip": "too-large", "截断.pdf": "damaged"}
    assert {name: found.get(name) for name in wanted} == wanted
    with window.database.read() as connection:
        names = set(connection.execute(sa.select(ATTACHMENTS.c.name)).scalars())
    assert not {c for name in names for c in name} & set("/\\\x00\u202e")


def test_file_that_crashes_its_reader_costs_itself_alone(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = pypdfium2.PdfDocument
    monkeypatch.setattr(
        pypdfium2, "PdfDocument", lambda data: ctypes.string_at(0) if b"CRASH" in data else document(data)
    )
    key = window.receive(write("a", {"坏.pdf": b"%PDF-1.7 CRASH", "身份证.zip": samples.zip_gbk()}))
    with run_handlers(window, tmp_path) as handlers:
        (process,) = children()
        assert len(list(handlers.handle([key]))) == 1
        assert children() == [process]
    assert closed(window) == {"坏.pdf": "hostile"}
    (case,) = window.cases()
    assert (case.status, {p.kind for p in case.papers if p.counts}) == (CaseStatus.MISSING, {"id-front", "id-back"})


def test_file_that_takes_all_the_time_costs_itself_alone(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(open_attachments.__kwdefaults__, "confinement", replace(CONFINEMENT, cpu_s=1))
    key = window.receive(write("a", {"重.pdf": heavy_pdf(), "身份证.zip": samples.zip_gbk()}))
    with run_handlers(window, tmp_path) as handlers:
        assert len(list(handlers.handle([key]))) == 1
    assert closed(window) == {"重.pdf": "hostile"}


def test_memory_of_a_handler_stays_flat(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/youban.db", pool_size=2)
    upgrade_database(database)
    window = open_window(tmp_path, database)
    zipped = samples.make_zip([(b"a.jpg", bytes(range(256)) * 4_000)], method=0)
    files = {"身份证.zip": samples.zip_gbk(), "大.zip": zipped, "凭证.pdf": cjk_pdf(["参保凭证"])}
    keys = [window.receive(write(f"m{number}", files)) for number in range(60)]
    with run_handlers(window, tmp_path) as handlers:
        (process,) = children()
        list(handlers.handle(keys[:20]))
        before = process.memory_info().rss
        list(handlers.handle(keys[20:]))
        grown = process.memory_info().rss - before
        assert children() == [process]
    database.close()
    assert grown < 4 * 2**20


def test_application_in_a_zip_is_a_whole_application(window: Window) -> None:
    names = ("身份证人像面.jpg", "身份证国徽面.jpg", "社保卡正面.jpg", "手写申请.jpg")
    archive = samples.make_zip([(name.encode(), samples.photo(n)) for n, name in enumerate(names)])
    window.handle_again(window.receive(write("a", {"材料.zip": archive})))
    (case,) = window.cases()
    assert (case.status, len(case.papers)) == (CaseStatus.COMPLETE, 4)


def test_file_lost_in_a_zip_is_told_to_the_citizen(window: Window) -> None:
    names = ("身份证人像面.jpg", "身份证国徽面.jpg", "社保卡正面.jpg", "手写申请.jpg")
    files = [(name.encode(), samples.photo(n)) for n, name in enumerate(names)]
    archive = bytearray(samples.make_zip(files, method=0))
    archive[archive.index(samples.photo(3)) + 50] ^= 0xFF
    window.handle_again(window.receive(write("a", {"材料.zip": bytes(archive)})))
    (reply,) = window.replies()
    assert "附件“材料.zip”里有一部分文件已经损坏，我们打不开" in reply.text
    (case,) = window.cases()
    assert (case.status, len([p for p in case.papers if p.counts])) == (CaseStatus.MISSING, 3)


def test_rar_in_a_zip_is_asked_for_as_it_can_be_opened(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unar = tmp_path / "unar"
    unar.write_text("#!/bin/sh\n", encoding="utf-8")
    unar.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rar = samples.make_rar5({"身份证人像面.jpg": samples.photo(1)})
    window.handle_again(window.receive(write("a", {"材料.zip": samples.make_zip([("照片.rar".encode(), rar)])})))
    assert closed(window) == {"照片.rar": "too-deep"}
    (reply,) = window.replies()
    assert (
        "附件“材料.zip”里的“照片.rar”里面一层套着一层，我们打不开。请只压缩一层，或者直接把照片作为附件发送。"
    ) in reply.text
    with window.database.read() as connection:
        (details,) = connection.execute(sa.select(MESSAGES.c.details)).scalars()
    assert details["defects"] == [f"照片.rar：{NESTED_WORDS}"]


def test_file_whose_child_the_machine_kills_is_tried_again_but_not_for_ever(window: Window) -> None:
    key = window.receive(write("a", {"a.pdf": heavy_pdf()}))
    with killer_of_next_child(), pytest.raises(pipeline.HeldError, match="killed-by-machine"):
        pipeline.handle_message(window.counter, key)
    assert window.entry(key).fate is Fate.WAITING
    window.now += pipeline.HELD_FOR
    with killer_of_next_child():
        assert window.handle_again(key).fate is Fate.QUARANTINED
    assert "有害" not in reasons(window)[key]


def add_virus_policy(folder: Path, policy: str, address: str) -> None:
    with (folder / "youban.toml").open("a", encoding="utf-8") as file:
        file.write(f'[virus]\npolicy = "{policy}"\naddress = "{address}"\ntimeout_s = 5\n')


@pytest.mark.parametrize("policy", ["warn", "require"])
def test_infected_file_quarantines_its_message(window: Window, tmp_path: Path, policy: str) -> None:
    infected, fine = window.receive(write("a", {"a.pdf": b"%PDF x"})), window.receive(transfer_out("b").raw)
    with ScriptedClamd(Script(answer=b"stream: Eicar-Test-Signature FOUND"), Script()) as clamd:
        add_virus_policy(tmp_path, policy, clamd.address)
        # Beside clamd's thread nothing may be forked, so here the foreman is a Python of its own from the start.
        with run_handlers(window, tmp_path) as handlers:
            (foreman,) = foremen()
            assert "youban.foreman" in foreman.cmdline()
            list(handlers.handle([infected, fine]))
        assert len(clamd.commands) == 5
    assert window.entry(fine).fate is Fate.ANSWERED
    assert reasons(window) == {infected: "第1个附件含有病毒（Eicar-Test-Signature），请勿打开"}


def test_without_clamd_mails_go_on_under_warn_and_wait_under_require(window: Window, tmp_path: Path) -> None:
    window.now = datetime.now(UTC)  # the handlers' clock is the real one
    add_virus_policy(tmp_path, "warn", str(tmp_path / "clamd.ctl"))
    key = window.receive(transfer_out("a").raw)
    with run_handlers(window, tmp_path) as handlers:
        assert len(list(handlers.handle([key]))) == 1
    with window.database.read() as connection:
        (details,) = connection.execute(sa.select(MESSAGES.c.details)).scalars()
    assert details["defects"] == ["病毒检查服务没有应答，附件未经病毒检查"]
    text = (tmp_path / "youban.toml").read_text(encoding="utf-8").replace('"warn"', '"require"')
    (tmp_path / "youban.toml").write_text(text, encoding="utf-8")
    waiting = window.receive(transfer_out("b").raw)
    with run_handlers(window, tmp_path) as handlers:
        with pytest.raises(UnhandledError, match="1 of 1 messages still wait: HeldError"):
            list(handlers.handle([waiting]))
        assert window.entry(waiting).fate is Fate.WAITING
        with ScriptedClamd(path=tmp_path / "clamd.ctl"):
            # Left alone for a while after it did not answer: another handler asks at once.
            (process,) = children()
            process.kill()
            wait_until(lambda: process.status() == psutil.STATUS_ZOMBIE, "it is dead")
            assert len(list(handlers.handle([waiting]))) == 1
    assert window.entry(waiting).fate is Fate.ANSWERED


def test_message_that_waited_a_day_is_a_clerks(window: Window, tmp_path: Path) -> None:
    def away(_mail: object) -> object:
        raise ClamdError("/run/clamav/clamd.ctl", "no answer")

    window.counter = replace(window.counter, check_viruses=away)  # type: ignore[arg-type]
    key = window.receive(transfer_out("a").raw)
    with pytest.raises(pipeline.HeldError):
        pipeline.handle_message(window.counter, key)
    window.now += timedelta(days=1)
    assert window.handle_again(key).fate is Fate.QUARANTINED
    assert reasons(window) == {key: "病毒检查服务没有应答，附件没有打开"}


def test_message_from_before_a_standstill_waits_for_clamd_as_well(window: Window) -> None:
    def refuses(_mail: object) -> object:
        raise ClamdRefusedError("/run/clamav/clamd.ctl", "it could not scan")

    key = window.receive(transfer_out("a").raw)
    window.now += timedelta(days=2)
    window.counter = replace(window.counter, check_viruses=refuses, opened_at=window.now)  # type: ignore[arg-type]
    with pytest.raises(pipeline.HeldError):
        pipeline.handle_message(window.counter, key)
    window.now += timedelta(days=1)
    assert window.handle_again(key).fate is Fate.QUARANTINED
    assert reasons(window) == {key: "病毒检查服务未能检查其中一个附件，附件没有打开"}


def test_word_of_the_mailboxs_own_server_on_a_sender_is_kept(window: Window) -> None:
    window.counter = replace(window.counter, authserv_ids={MAILBOX: ("mx.qq.com",)})
    raw = transfer_out("a").raw
    results = b"Authentication-Results: mx.qq.com; dmarc=pass header.from=shimin.example\r\n"
    window.handle_again(window.receive(results + raw))
    window.handle_again(window.receive(transfer_out("b").raw))
    with window.database.read() as connection:
        proofs = connection.execute(sa.select(MESSAGES.c.proof).order_by(MESSAGES.c.id)).scalars().all()
    assert proofs == ["verified", "unverified"]

"""Migrations: from nothing to the tables as they are, by any number of processes, beside the engine's tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from cases.database import Database, open_database
from cases.migrations.ours import is_ours
from cases.outbox import record_bounce
from cases.quarantine import Closing, close_quarantined, find_quarantined
from cases.tables import PAPERS, Base
from cases.upgrade import _config, find_revision, head_revision, is_current, upgrade_database, write_revision
from domain.errors import ConfigError
from domain.mail import DeliveryReport
from tests.cases.samples import NOW
from youban.demo.people import make_person

UPGRADE = """
import sys
from cases.database import open_database
from cases.upgrade import upgrade_database
database = open_database(sys.argv[1], pool_size=2)
print("ready", flush=True)
sys.stdin.readline()
print(upgrade_database(database))
database.close()
"""


@pytest.fixture
def empty(database_url: str):
    opened = open_database(database_url, pool_size=4)
    yield opened
    opened.close()


def table_names(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def differences(database: Database) -> list[object]:
    with database.read() as conn:
        options = {"include_name": is_ours, "compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(conn, opts=options), Base.metadata)


def test_upgrade_makes_exactly_the_tables_of_the_metadata(empty: Database) -> None:
    assert find_revision(empty) is None
    assert not is_current(empty)
    assert upgrade_database(empty) == head_revision()
    assert is_current(empty)
    assert table_names(empty) == {*Base.metadata.tables, "alembic_version"}
    assert differences(empty) == []


def test_upgrade_makes_the_same_constraints_and_indexes_as_the_metadata(empty: Database) -> None:
    upgrade_database(empty)
    inspector = sa.inspect(empty.engine)
    for table in Base.metadata.tables.values():
        assert {i["name"] for i in inspector.get_indexes(table.name) if not i.get("duplicates_constraint")} == {
            i.name for i in table.indexes
        }
        uniques = {c.name for c in table.constraints if isinstance(c, sa.UniqueConstraint)}
        assert {u["name"] for u in inspector.get_unique_constraints(table.name)} == uniques
        keys = {c.name for c in table.constraints if isinstance(c, sa.ForeignKeyConstraint)}
        assert {k["name"] for k in inspector.get_foreign_keys(table.name)} == keys


def test_upgrade_from_the_first_release_keeps_its_letters(empty: Database) -> None:
    with empty.alone() as conn:
        command.upgrade(_config(conn), "0001")
    with empty.write() as conn:
        conn.execute(
            sa.text(
                'INSERT INTO replies (decision_key, mailbox, recipient, message_id, in_reply_to, "references", subject,'
                " text, html, template, state, attempts, next_attempt_at, last_answer, written_at)"
                " VALUES ('d', 'm', 'r', '<1@a.example>', '', '[]', 's', 't', 'h', 'ack', 'sent', 1,"
                " '2020-02-10 01:30:00', '250', '2020-02-10 01:30:00')"
            )
        )
    assert upgrade_database(empty) == head_revision()
    assert differences(empty) == []
    with empty.write() as conn:
        reply = record_bounce(conn, "<1@a.example>", DeliveryReport("failed", "5.1.1"), at=NOW)
    assert reply is not None
    assert reply.recipient == "r"


def test_upgrade_keeps_what_was_set_aside_before_anybody_could_close_it(empty: Database) -> None:
    with empty.alone() as conn:
        command.upgrade(_config(conn), "0003")
    when = "'2020-02-10 01:30:00'"
    with empty.write() as conn:
        conn.execute(
            sa.text(
                "INSERT INTO ledger (mailbox, folder, uidvalidity, uid, sha256, size_bytes, received_at, is_seen,"
                f" fetched_at, fate, reason, identity) VALUES ('m', 'INBOX', 1, 1, 'd', 1, {when}, false, {when},"
                " 'quarantined', 'why', '')"
            )
        )
        conn.execute(
            sa.text(
                "INSERT INTO quarantine (ledger_id, sha256, reason, at, retries)"
                f" SELECT id, 'd', 'why', {when}, 0 FROM ledger"
            )
        )
    upgrade_database(empty)
    assert differences(empty) == []
    with empty.write() as conn:
        (one,) = find_quarantined(conn)
        assert one.closed is None
        assert close_quarantined(conn, one.key, Closing(NOW, "李", "已电话答复"))
        assert find_quarantined(conn) == ()


def test_upgrade_finds_whose_the_papers_of_earlier_releases_are(empty: Database) -> None:
    with empty.alone() as conn:
        command.upgrade(_config(conn), "0005")
    when = "'2020-02-10 01:30:00'"
    wang = make_person(21)
    shown = [
        ("id-front", {"name": " 王 小明", "id_number": wang.id_number.lower()}),
        ("parent-hukou-self", {"name": "李四"}),
        ("id-back", {}),
    ]
    with empty.write() as conn:
        conn.execute(
            sa.text(
                "INSERT INTO cases (number, agency, office, item, scenario, status, sender, opened_at, updated_at,"
                f" version, facts) VALUES ('n', 'dl', 'o', 'i', '', 'missing', 's', {when}, {when}, 1, '{{}}')"
            )
        )
        for kind, fields in shown:
            conn.execute(
                sa.text(
                    "INSERT INTO papers (case_number, attachment, sha256, page, kind, ordinal, source, confidence,"
                    " evidence, problem, fields, recorded_at)"
                    f" VALUES ('n', 'a', 'd', 1, :kind, 0, 'picture', 0.9, '[]', '', :fields, {when})"
                ),
                {"kind": kind, "fields": json.dumps(fields)},
            )
    upgrade_database(empty)
    assert differences(empty) == []
    with empty.read() as conn:
        rows = conn.execute(sa.select(PAPERS.c.kind, PAPERS.c.holder_number, PAPERS.c.holder_name)).all()
    assert {tuple(row) for row in rows} == {
        ("id-front", wang.id_number, "王小明"),
        ("parent-hukou-self", None, None),
        ("id-back", None, None),
    }


def test_upgrade_twice_changes_nothing(empty: Database) -> None:
    assert upgrade_database(empty) == upgrade_database(empty)


def test_upgrade_leaves_the_tables_of_the_engine_alone(empty: Database) -> None:
    with empty.write() as conn:
        conn.execute(sa.text("CREATE TABLE workflow_status (workflow_uuid TEXT PRIMARY KEY)"))
        conn.execute(sa.text("INSERT INTO workflow_status VALUES ('mail:1')"))
    upgrade_database(empty)
    assert differences(empty) == []
    with empty.read() as conn:
        assert conn.execute(sa.text("SELECT workflow_uuid FROM workflow_status")).scalars().all() == ["mail:1"]


def test_three_processes_upgrade_at_once(empty: Database) -> None:
    others = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, empty.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
    for other in others:
        assert other.stdin is not None
        other.stdin.write(b"go\n")
        other.stdin.flush()
    outputs = [other.communicate(timeout=60)[0].decode().strip() for other in others]
    assert outputs == [head_revision()] * 3
    assert [other.returncode for other in others] == [0, 0, 0]
    assert differences(empty) == []


def test_upgrade_fails_whole_or_not_at_all(empty: Database) -> None:
    with empty.write() as conn:
        conn.execute(sa.text("CREATE TABLE replies (id INTEGER)"))  # in the way of a later table
    with pytest.raises(sa.exc.DBAPIError):
        upgrade_database(empty)
    assert table_names(empty) == {"replies"}


def test_upgrade_refuses_a_database_of_a_newer_release(empty: Database) -> None:
    upgrade_database(empty)
    with empty.write() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer release"):
        upgrade_database(empty)


def test_foreign_keys_are_checked_after_a_change_of_the_schema(empty: Database) -> None:
    upgrade_database(empty)
    orphan = sa.text(
        "INSERT INTO events (case_number, at, what, \"by\", details) VALUES ('X', '2020-02-10', 'a', 'b', '{}')"
    )
    with pytest.raises(sa.exc.IntegrityError), empty.alone() as conn:
        conn.execute(orphan)
    with pytest.raises(sa.exc.IntegrityError), empty.write() as conn:
        conn.execute(orphan)  # enforced again afterwards


def test_a_new_revision_is_written_from_what_the_tables_have_more(empty: Database, tmp_path: Path) -> None:
    upgrade_database(empty)
    with empty.write() as conn:
        conn.execute(sa.text("ALTER TABLE cases DROP COLUMN due_on"))
    (tmp_path / "versions").mkdir()
    path = write_revision(empty, "The promised day", revision="0099", folder=tmp_path / "versions")
    assert path == tmp_path / "versions" / "0099_the_promised_day.py"
    text = path.read_text()
    assert "add_column(sa.Column('due_on', sa.Date(), nullable=True))" in text
    assert f"down_revision = {head_revision()!r}" in text
    compile(text, path, "exec")

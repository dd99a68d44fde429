"""``youban replay``: past mail by a changed catalogue, differences alone, nothing stored and nobody's data shown."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cases.archive import read_handled
from cases.database import Database
from config.catalogue import SHIPPED_AGENCIES
from tests.youban.requests import LACKING, NOISE, Run, write_request
from tests.youban.window import MAILBOX, START, Window, open_window, transfer_out

SHANDONG, DALIAN = SHIPPED_AGENCIES
# Of 转出: the back of the identity card.
UNASKED = (
    '["id-front", "id-back", "ss-card-front", "written-request",',
    '["id-front", "ss-card-front", "written-request",',
)


def change_dalian(folder: Path, old: str, new: str) -> Path:
    """Return Dalian's file with one thing changed."""
    text = DALIAN.read_text(encoding="utf-8")
    assert old in text
    (folder / "changed.toml").write_text(text.replace(old, new), encoding="utf-8")
    return folder / "changed.toml"


@pytest.fixture
def unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Dalian's file, which asks for no back of the identity card any more; no settings stand beside it."""
    monkeypatch.chdir(tmp_path)
    return change_dalian(tmp_path, *UNASKED)


def agencies(changed: Path) -> tuple[object, ...]:
    return ("--agency", SHANDONG, "--agency", changed)


def test_replay_prints_the_differences_alone_and_ends_with_1(youban: Run, unasked: Path) -> None:
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    Path("b.eml").write_bytes(NOISE)
    ran = youban("replay", "--no-look", *agencies(unasked), "a.eml", "b.eml")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        "a.eml\n    missing: id-back -> -\n    decision: missing -> ack\n"
        "1 of 2 mails would be decided otherwise: missing 1, decision 1\n"
    )


def test_replay_without_a_difference_ends_with_0(youban: Run, unasked: Path) -> None:
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    ran = youban("replay", "--no-look", *agencies(DALIAN), "a.eml")
    assert (ran.code, ran.out) == (0, "0 of 1 mails would be decided otherwise\n")


def test_replay_prints_one_json_object_a_difference_and_one_at_the_end(youban: Run, unasked: Path) -> None:
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    ran = youban("replay", "--json", "--no-look", *agencies(unasked), "a.eml")
    told, total = (json.loads(line) for line in ran.out.splitlines())
    assert (told["mail"], told["case"], told["changed"]) == ("a.eml", None, ["missing", "decision"])
    assert (told["before"]["missing"], told["after"]["missing"]) == (["id-back"], [])
    assert set(told["before"]) == {"item", "scenario", "missing", "decision", "right_mailbox"}
    assert total == {"mails": 1, "differences": 1, "changed": {"missing": 1, "decision": 1}}
    for data in ("刘文静", "13900001234", "citizen"):
        assert data not in ran.out


def test_replay_takes_the_changed_catalogue_from_settings_and_looks_at_pictures_once(
    youban: Run, unasked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from youban.cli import replay

    looks = []

    def build(settings: object, kinds: object, **_: object) -> object:
        from youban.pictures import see_names

        see = see_names(kinds)  # type: ignore[arg-type]
        return lambda mail: looks.append(mail) or see(mail)

    monkeypatch.setattr(replay, "build_sight", build)
    Path("new.toml").write_text('agencies = ["shandong", "changed.toml"]\n', encoding="utf-8")
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    assert youban("replay", "--config", "new.toml", "a.eml").code == 1
    assert len(looks) == 1


def test_replay_of_kinds_that_changed_looks_by_each(youban: Run, unasked: Path) -> None:
    paper = (
        '[[paper]]\ncode = "dl-slip"\ntitle = "单子"\nnames = ["单子"]\ntitles = ["单子"]\nphoto_hint = "请拍清楚。"\n'
    )
    unasked.write_text(f"{unasked.read_text(encoding='utf-8')}\n{paper}", encoding="utf-8")
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    assert youban("replay", "--no-look", *agencies(unasked), "a.eml").code == 1


def test_replay_knows_a_later_file_as_a_supplement(youban: Run, unasked: Path) -> None:
    Path("1.eml").write_bytes(write_request(1, files=LACKING))
    Path("2.eml").write_bytes(write_request(2, files=["身份证反面.jpg"], subject="Re: 转出", text="补交", answers=1))
    ran = youban("replay", "--json", "--no-look", *agencies(DALIAN), "1.eml", "2.eml")
    assert json.loads(ran.out) == {"mails": 2, "differences": 0, "changed": {}}


def test_replay_says_where_a_mailbox_is_published_no_more(youban: Run, tmp_path: Path, unasked: Path) -> None:
    moved = change_dalian(tmp_path, "dlybzxgqbsc@163.com", "dlybzx-moved@163.com")
    Path("a.eml").write_bytes(write_request(1, files=LACKING))
    ran = youban("replay", "--no-look", *agencies(moved), "a.eml")
    assert "decision: missing -> unserved" in ran.out
    Path("b.eml").write_bytes(write_request(2, to="nobody@elsewhere.example"))
    ran = youban("replay", "--no-look", *agencies(moved), "b.eml")
    assert ran.code == 3
    assert "say which with --mailbox" in ran.err
    assert youban("replay", *agencies(moved), "--mailbox", "nobody@elsewhere.example", "b.eml").code == 3
    assert youban("replay", "--no-look", *agencies(moved), "-m", "dlybzxgqbsc@163.com", "b.eml").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.eml",),
        ("--config", "new.toml", "--agency", "x.toml", "a.eml"),
        ("--agency", "x.toml", "--since", "2020-02-10", "a.eml"),
        ("--agency", str(DALIAN), "--since", "tomorrow"),
    ],
    ids=["no catalogue", "two", "since with files", "no day"],
)
def test_wrong_command_lines_end_with_2(youban: Run, unasked: Path, arguments: tuple[str, ...]) -> None:
    assert youban("replay", *arguments).code == 2


def test_replay_of_received_mails_needs_settings(youban: Run, unasked: Path) -> None:
    ran = youban("replay", *agencies(unasked))
    assert ran.code == 3
    assert "there is no such" in ran.err


# The mails received.


@pytest.fixture
def window(youban: Run, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A counter that has decided three mails, and the command line on its settings and database."""
    monkeypatch.setenv("YOUBAN_DATABASE", database.url)
    monkeypatch.chdir(tmp_path)
    opened = open_window(tmp_path, database)
    opened.handle(transfer_out("one", lacks="id-back"))
    opened.handle(transfer_out("two"))
    opened.now += timedelta(days=2)
    opened.handle(transfer_out("three", lacks="id-back"))
    return opened


def test_replay_of_received_mails_names_the_cases(youban: Run, window: Window, tmp_path: Path) -> None:
    changed = change_dalian(tmp_path, *UNASKED)
    first, _, third = (case.number for case in window.cases())
    before = window.dump()
    ran = youban("replay", *agencies(changed))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "".join(
        [
            f"{first}  {MAILBOX}:INBOX:7:1\n    missing: id-back -> -\n    decision: missing -> ack\n",
            f"{third}  {MAILBOX}:INBOX:7:3\n    missing: id-back -> -\n    decision: missing -> ack\n",
            "2 of 3 mails would be decided otherwise: missing 2, decision 2\n",
        ]
    )
    assert window.dump() == before
    later = youban("replay", *agencies(changed), "--since", "2020-02-12")
    assert later.out.endswith("1 of 1 mails would be decided otherwise: missing 1, decision 1\n")
    nothing = youban("replay", *agencies(changed), "--mailbox", "dlybzxgqbsc@163.com")
    assert (nothing.code, nothing.out) == (0, "0 of 0 mails would be decided otherwise\n")


def test_mail_whose_bytes_are_gone_is_left_out(youban: Run, window: Window, tmp_path: Path) -> None:
    handled = list(read_handled(window.database))
    (window.counter.raw.root / handled[0].sha256[:2] / handled[0].sha256).unlink()
    ran = youban("replay", *agencies(DALIAN))
    assert (ran.code, ran.out) == (0, "0 of 2 mails would be decided otherwise\n")
    assert f"{MAILBOX}:INBOX:7:1 is left out" in ran.err


def test_what_was_never_decided_is_not_replayed(window: Window) -> None:
    known = list(read_handled(window.database))
    window.handle_again(window.receive(window.counter.raw.read(known[1].sha256)))  # a duplicate
    window.receive(transfer_out("old").raw, received_at=START - timedelta(days=1))
    window.receive(transfer_out("waiting").raw)
    window.handle_again(window.receive(b""))  # quarantined
    assert list(read_handled(window.database)) == known
    assert list(read_handled(window.database, together=2)) == known
    assert [handled.case for handled in known] == [case.number for case in window.cases()]

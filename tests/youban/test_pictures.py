"""Mails with photographs through a counter that looks at them, with the real networks."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cases.database import Database, open_database
from cases.tables import SIGHTS
from cases.upgrade import upgrade_database
from config.catalogue import load_catalogue
from config.settings import PictureSettings
from domain.cases import CaseStatus, Fate
from domain.papers import Paper, Source
from intake.opened import open_attachments
from intake.papers.models import RECOGNISER_VERSION
from intake.reader import read_mail
from routing.checklist import find_unseen
from tests.intake.children import killer_of_next_child
from tests.intake.papers.photos import PERSON, photo
from tests.youban.window import MAILBOX, START, Window, open_window
from youban import pipeline
from youban.pictures import Memory, SeePapers, build_sight, prepare_models

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(180, method="signal")

KINDS = load_catalogue().kinds
WORDS = f"我叫{PERSON.name}，沙河口区户籍，灵活就业，申请医保关系转出。电话{PERSON.phone}，邮箱{PERSON.email}。"
BROKEN = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
Row = tuple[str, str, dict[str, Any], Any]


@pytest.fixture(scope="module", autouse=True)
def models() -> None:
    """The networks of this process, as the foreman loads them before it forks."""
    prepare_models(PictureSettings().providers, KINDS)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'youban.db'}", pool_size=4)
    upgrade_database(opened)
    yield opened
    opened.close()


@pytest.fixture
def window(tmp_path: Path, database: Database) -> Window:
    return open_window(tmp_path, database, see_papers=sight_of(database))


def sight_of(database: Database, **settings: Any) -> SeePapers:
    return build_sight(PictureSettings(**settings), KINDS, memory=Memory(database, lambda: START))


def write(name: str, files: Mapping[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{name}@shimin.example", MAILBOX, "医保关系转出"
    mail["Message-ID"] = f"<{name}@shimin.example>"
    mail.set_content(WORDS)
    for file, data in files.items():
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=file)
    return mail.as_bytes()


def handle(window: Window, name: str, files: Mapping[str, bytes]) -> list[Paper]:
    """Handle a mail and return the papers of its case."""
    assert window.handle_again(window.receive(write(name, files))).fate in {Fate.ANSWERED, Fate.TRIAGE}
    return list(window.cases()[-1].papers)


def see(see_papers: SeePapers, files: Mapping[str, bytes]) -> tuple[Paper, ...]:
    return see_papers(open_attachments(read_mail(write("a", files))))


def rows(database: Database) -> list[Row]:
    with database.read() as conn:
        return [tuple(row) for row in conn.execute(sa.select(SIGHTS).order_by(SIGHTS.c.sha256))]


def change(database: Database, **values: Any) -> None:
    with database.write() as conn:
        conn.execute(sa.update(SIGHTS).values(values))


def test_photograph_is_looked_at_once_by_each_version(window: Window) -> None:
    front, back = photo("id-front"), photo("id-back")
    papers = handle(window, "a", {"IMG_0001.jpg": front, "IMG_0002.jpg": back})
    assert [(p.kind, p.source, p.is_legible) for p in papers] == [
        ("id-front", Source.PICTURE, True),
        ("id-back", Source.PICTURE, True),
    ]
    assert papers[0].fields["id_number"] == PERSON.id_number
    digest = sha256(front).hexdigest()
    kept = {row[0]: row for row in rows(window.database)}
    assert {row[1] for row in kept.values()} == {RECOGNISER_VERSION}
    assert set(kept) == {digest, sha256(back).hexdigest()}

    # A second look would find the front again, and not what is now said to have been seen.
    change(window.database, facts=kept[sha256(back).hexdigest()][2])
    (paper,) = handle(window, "b", {"again.jpg": front})
    assert (paper.kind, paper.attachment, paper.sha256) == ("id-back", "again.jpg", digest)

    change(window.database, recogniser="an older one")
    (paper,) = handle(window, "c", {"IMG_0001.jpg": front})
    assert paper.kind == "id-front"
    assert kept[digest] in rows(window.database)


def test_what_was_kept_and_is_damaged_is_looked_at_again(database: Database) -> None:
    see_papers, back = sight_of(database), {"1.jpg": photo("id-back")}
    first = see(see_papers, back)
    kept = rows(database)
    for facts in ({"pages": [[0]]}, ["nonsense"], {"closed": "damaged", "told": "x"}):
        change(database, facts=facts)
        assert see(see_papers, back) == first
        assert rows(database) == kept


def test_broken_picture_is_asked_for_again(window: Window) -> None:
    (paper,) = handle(window, "a", {"身份证正面.jpg": BROKEN})
    assert (paper.kind, paper.is_legible) == ("id-front", False)
    (case,), (reply,) = window.cases(), window.replies()
    assert case.status is CaseStatus.MISSING
    assert "“身份证正面.jpg”" in reply.text
    assert paper.problem == "文件已损坏，打不开，请重新发送"
    assert "文件已损坏" in reply.text
    assert rows(window.database) == []


def test_picture_that_breaks_its_child_is_a_clerks_and_the_letter_is_answered(window: Window) -> None:
    with killer_of_next_child(signal.SIGSEGV):
        (paper,) = handle(window, "a", {"IMG_0001.jpg": photo("id-front")})
    assert (paper.kind, paper.is_legible, paper.problem) == ("", None, "")
    assert paper.evidence == ("系统未能看完这个文件，请人工查看",)
    assert len(window.replies()) == 1
    assert rows(window.database) == []


def test_picture_whose_child_the_machine_kills_is_looked_at_later(window: Window) -> None:
    key = window.receive(write("a", {"IMG_0001.jpg": photo("id-front")}))
    with killer_of_next_child(), pytest.raises(pipeline.HeldError, match="killed-by-machine"):
        pipeline.handle_message(window.counter, key)
    assert window.entry(key).fate is Fate.WAITING
    assert window.handle_again(key).fate is Fate.ANSWERED
    assert [paper.kind for paper in window.cases()[0].papers] == ["id-front"]


def test_pictures_beyond_the_time_of_a_mail_are_a_clerks(window: Window) -> None:
    see_papers = sight_of(window.database, longest_s=0.0)
    see(sight_of(window.database), {"1.jpg": photo("id-front")})
    files = {"1.jpg": photo("id-front"), "2.jpg": photo("id-back")}
    known, left = see(see_papers, files)
    assert (known.kind, known.is_legible) == ("id-front", True)
    assert find_unseen((known, left)) == (left,)
    assert left.evidence == ("系统未能看完这个文件，请人工查看",)
    assert len(rows(window.database)) == 1


def test_without_looks_names_tell_and_nothing_is_kept(database: Database) -> None:
    papers = see(sight_of(database, looks=False), {"身份证反面.jpg": photo("id-front"), "2.jpg": BROKEN})
    assert [(p.kind, p.source, p.is_legible) for p in papers] == [
        ("id-back", Source.FILE_NAME, None),
        ("", Source.NONE, None),
    ]
    assert rows(database) == []


def test_without_a_memory_each_mail_is_looked_at() -> None:
    see_papers = build_sight(PictureSettings(), KINDS)
    assert [[p.kind for p in see(see_papers, {"1.jpg": photo("id-back")})] for _ in range(2)] == [["id-back"]] * 2


def count_children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    children: list[int] = []
    fork = os.fork

    def count() -> int:
        pid = fork()
        if pid:
            children.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", count)
    return children


def test_pictures_of_a_mail_share_a_child(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{code}.jpg": photo(code) for code in ("id-front", "id-back", "ss-card-front")}
    files["broken.jpg"] = BROKEN
    see_papers, children = sight_of(database), count_children(monkeypatch)
    papers = see(see_papers, files)
    assert [p.kind for p in papers][:3] == ["id-front", "id-back", "ss-card-front"]
    assert papers[3].problem == "文件已损坏，打不开，请重新发送"
    assert len(children) == 1
    assert len(rows(database)) == 3


def test_where_one_picture_breaks_the_child_each_is_looked_at_by_itself(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_papers, children = sight_of(database), count_children(monkeypatch)
    with killer_of_next_child(signal.SIGSEGV):
        papers = see(see_papers, {"1.jpg": photo("id-front"), "2.jpg": photo("id-back")})
    assert [p.kind for p in papers] == ["id-front", "id-back"]
    assert len(children) == 3
    assert len(rows(database)) == 2

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from domain.errors import ConfigError
from tests.youban.requests import write_request
from youban.sources import Source, read_sources

ONE, TWO, THREE = (write_request(number, files=()) for number in (1, 2, 3))


def test_files_come_in_the_order_given(tmp_path: Path) -> None:
    first, second = tmp_path / "b.eml", tmp_path / "a.eml"
    first.write_bytes(ONE)
    second.write_bytes(TWO)
    assert list(read_sources([first, second])) == [Source(str(first), ONE), Source(str(second), TWO)]


def test_folder_is_read_by_name_with_its_folders_and_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    for name, raw in (("z.eml", THREE), ("inner/x.eml", TWO), ("a.eml", ONE)):
        (tmp_path / name).write_bytes(raw)
    assert [source.raw for source in read_sources([tmp_path])] == [ONE, TWO, THREE]


def test_mbox_gives_its_messages_numbered(tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    box = mailbox.mbox(path)
    for raw in (ONE, TWO):
        box.add(raw)
    box.close()
    assert list(read_sources([path])) == [Source(f"{path}#1", ONE), Source(f"{path}#2", TWO)]


def test_maildir_gives_read_and_new_mail_but_no_half_written_one(tmp_path: Path) -> None:
    path = tmp_path / "Maildir"
    box = mailbox.Maildir(path)
    box.add(ONE)
    box.close()
    (path / "cur/2:2,S").write_bytes(TWO)
    (path / "tmp/3").write_bytes(THREE)
    assert [source.raw for source in read_sources([path])] == [TWO, ONE]


def test_file_that_is_no_mail_is_still_a_source(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    assert list(read_sources([path])) == [Source(str(path), b"\xff\xd8\xff")]


def test_path_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    there = tmp_path / "a.eml"
    there.write_bytes(ONE)
    with pytest.raises(ConfigError, match=r"nowhere: there is no such file or folder \(name a mail"):
        read_sources([there, tmp_path / "nowhere"])


def test_file_that_goes_away_meanwhile_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(ONE)
    sources = read_sources([path])
    path.unlink()
    with pytest.raises(ConfigError, match=r"a\.eml: cannot be read: No such file"):
        next(sources)

"""The store of raw bytes keeps what it was given, or says that it cannot."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.errors import MessageError
from intake.rawstore import RawStore

MAIL = b"Subject: x\r\n\r\nbody\r\n"
NAME = hashlib.sha256(MAIL).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw")


def files(store: RawStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_put_returns_the_digest_and_read_the_bytes(store):
    assert store.put(MAIL) == NAME
    assert store.read(NAME) == MAIL
    assert store.has(NAME)


def test_put_many_keeps_the_order(store):
    batch = [MAIL, b"", b"a" * 300_000, MAIL]
    assert store.put_many(batch) == [hashlib.sha256(data).hexdigest() for data in batch]
    assert [store.read(name) for name in store.put_many(batch)] == batch
    assert dict(store.sizes()) == {hashlib.sha256(d).hexdigest(): len(d) for d in batch}


def test_put_twice_writes_once(store):
    store.put(MAIL)
    before = files(store)[0].stat()
    store.put(MAIL)
    assert (before.st_ino, before.st_mtime_ns) == (files(store)[0].stat().st_ino, files(store)[0].stat().st_mtime_ns)


def test_put_mends_a_file_of_the_wrong_size(store):
    store.put(MAIL)
    files(store)[0].write_bytes(b"torn")
    store.put(MAIL)
    assert store.read(NAME) == MAIL


def test_only_the_owner_may_look(store):
    store.put(MAIL)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in store.root.rglob("*") if path.is_dir()}
    assert modes | {stat.S_IMODE(store.root.stat().st_mode)} == {0o700}
    assert stat.S_IMODE(files(store)[0].stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["0" * 64, "", "../etc/passwd", "A" * 64])
def test_read_of_what_is_not_there_is_a_message_error(store, name):
    with pytest.raises(MessageError):
        store.read(name)


def test_read_of_changed_bytes_is_a_message_error(store):
    store.put(MAIL)
    files(store)[0].write_bytes(MAIL.replace(b"x", b"y"))
    with pytest.raises(MessageError, match="changed or damaged"):
        store.read(NAME)


def test_many_threads_put_the_same(store):
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(store.put, [MAIL] * 64)) == {NAME}
    assert len(files(store)) == 1


def test_full_disk_leaves_no_half_file_and_says_so(store, tmp_path):
    """The file size limit stands for the disk's end: the kernel writes a part, then refuses."""
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from intake.rawstore import RawStore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "store = RawStore(Path(sys.argv[1]))\n"
        "store.put(b'small')\n"
        "try:\n    store.put_many([b'also small', b'x' * 200_000])\n"
        "except OSError as exc:\n    sys.exit(exc.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(store.root)], check=False)
    assert done.returncode == errno.EFBIG
    assert sorted(size for _, size in store.sizes()) == [5, 10]
    assert len(files(store)) == 2


def test_everything_is_flushed_before_put_returns(store, monkeypatch):
    flushed: list[Path] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (flushed.append(Path(f"/proc/self/fd/{fd}").readlink()), real(fd))[1])
    store.put(MAIL)
    assert flushed[0].parent == store.root / NAME[:2]
    assert flushed[1:] == [store.root / NAME[:2], store.root]

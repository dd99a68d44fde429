from __future__ import annotations

import gc
import os
import resource
import time
from pathlib import Path

import pytest

from domain.mail import Unopened
from intake.containers.files import Opened
from intake.containers.limits import Limits
from tests.intake.containers.asking import ask, held
from tests.intake.containers.bombs import MIB, entity_bombs, size_bombs
from tests.intake.containers.samples import make_7z, make_tar, make_xlsx, make_zip, photo, replace_part

EXPECTED = {
    "zip-ratio": Unopened.TOO_LARGE,
    "zip-lie": Unopened.DAMAGED,
    "zip-claim": Unopened.TOO_LARGE,
    "zip-overlap": Unopened.HOSTILE,
    "zip-overlap-large": Unopened.TOO_LARGE,
    "zip-quoted": Unopened.TOO_LARGE,
    "zip-many": Unopened.TOO_LARGE,
    "zip-some-too-many": Unopened.TOO_LARGE,
    "zip-nested": None,
    "7z-ratio": Unopened.TOO_LARGE,
    "7z-dictionary": Unopened.TOO_LARGE,
    "tar.gz": Unopened.TOO_LARGE,
    "gz": Unopened.TOO_LARGE,
    "bz2": Unopened.TOO_LARGE,
    "xz": Unopened.TOO_LARGE,
    "xz-dictionary": Unopened.TOO_LARGE,
    "tnef-counts": None,
    "xlsx-wide": None,
    "docx-large": Unopened.TOO_LARGE,
    "ofd-deep": None,
    "mail-parts": Unopened.TOO_LARGE,
}
MEMORY_BYTES = 300 * MIB
NAMES = {"tnef-counts": "winmail.dat", "mail-parts": "a.eml"}


def peak_of(data: bytes, name: str) -> tuple[int, float]:
    """Return how many bytes opening a file took at most, and how many seconds of CPU, in a forked process."""
    gc.collect()
    before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    child = os.fork()
    if child == 0:
        try:
            ask(data, name)
        finally:
            os._exit(0)
    _, _, usage = os.wait4(child, 0)
    return usage.ru_maxrss * 1024 - before, usage.ru_utime + usage.ru_stime


def total(opened: Opened) -> int:
    return sum(len(m.file.data) + total(m.opened) for m in opened.members)


@pytest.mark.parametrize("name", EXPECTED)
def test_bombs_do_not_go_off(name: str) -> None:
    data = size_bombs()[name]
    started = time.process_time()
    opened = ask(data, NAMES.get(name, "附件"))
    assert time.process_time() - started < 3
    assert opened.unopened is EXPECTED[name]
    assert total(opened) <= Limits().max_bytes
    if opened.unopened:
        assert opened.members == ()
        assert opened.defects


@pytest.mark.parametrize("name", EXPECTED)
def test_bombs_stay_within_memory(name: str) -> None:
    taken, _ = peak_of(size_bombs()[name], NAMES.get(name, "附件"))
    assert taken < MEMORY_BYTES


def test_nested_bomb_is_cut_where_the_budget_ends() -> None:
    opened = ask(size_bombs()["zip-nested"])
    reasons = {member.opened.unopened for member in opened.members}
    assert reasons == {None, Unopened.TOO_LARGE}


@pytest.mark.parametrize("name", entity_bombs())
def test_documents_with_a_dtd_are_hostile(name: str) -> None:
    opened = ask(entity_bombs()[name])
    assert (opened.unopened, opened.text, opened.members) == (Unopened.HOSTILE, "", ())


def test_small_files_that_pack_well_pass() -> None:
    scan = bytes(4 * MIB)
    assert held(ask(make_zip([(b"blank.bmp", scan), (b"a.xml", b"<a/>" * 700)])))["blank.bmp"] == scan


def test_limits_are_counted_over_everything_inside() -> None:
    limits = Limits(max_members=3)
    inner = make_zip([(b"1.jpg", photo(1)), (b"2.jpg", photo(2))])
    opened = ask(make_zip([(b"a.zip", inner), (b"b.zip", inner)]), limits=limits)
    assert [m.opened.unopened for m in opened.members] == [Unopened.TOO_LARGE, Unopened.TOO_LARGE]
    limits = Limits(max_bytes=2 * len(photo(1)) - 1)
    for data in (make_zip([(b"1", photo(1)), (b"2", photo(1))]), make_7z({"1": photo(1), "2": photo(1)})):
        assert ask(data, limits=limits).unopened is Unopened.TOO_LARGE
    assert ask(make_tar({"1": photo(1), "2": photo(1)}), limits=limits).unopened is Unopened.TOO_LARGE


def test_bloated_styles_are_left_out_and_the_cells_read() -> None:
    bloat = b"".join(b'<xf numFmtId="%d"/>' % n for n in range(100_000))
    book = make_xlsx({"a": [["张三"]]})
    data = replace_part(book, "xl/styles.xml", lambda p: p.replace(b"</styleSheet>", bloat + b"</styleSheet>"))
    assert ask(data).text == "a\n张三"


def test_memory_ceiling_is_lifted_again() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    ask(size_bombs()["7z-dictionary"])
    assert resource.getrlimit(resource.RLIMIT_DATA) == before

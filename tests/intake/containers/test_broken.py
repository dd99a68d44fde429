from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.containers.filekinds import tell_file_type
from intake.containers.files import File, Opened
from intake.containers.limits import MIB, Limits
from intake.containers.opening import open_file
from tests.intake.children import apart
from tests.intake.containers.asking import ask
from tests.intake.containers.samples import one_of_each

STEPS = 40


def all_sizes(opened: Opened) -> int:
    return sum(len(m.file.data) + all_sizes(m.opened) for m in opened.members)


def where(name: str) -> Callable[[Callable[[], None]], None]:
    """Return what calls a check: PDFs are read in a child, as they always are."""
    return apart if name.endswith(".pdf") else lambda check: check()


@pytest.mark.parametrize("name", one_of_each())
def test_files_cut_anywhere_raise_nothing(name: str) -> None:
    where(name)(lambda: cut_anywhere(name, one_of_each()[name]))


def cut_anywhere(name: str, data: bytes) -> None:
    whole = ask(data, name)
    for end in (*range(min(40, len(data))), *range(40, len(data), max(1, len(data) // STEPS))):
        opened = open_file(File(name, tell_file_type(data, name=name), data[:end]))
        assert isinstance(opened, Opened)
        assert len(opened.members) <= len(whole.members)
        # A mail or winmail.dat that ends between two parts looks whole, PDFium mends a PDF, zeros may be missing.
        if end > 3 and not name.endswith((".eml", ".dat", ".pdf")) and data[end:].strip(b"\0"):
            assert opened.unopened or opened.defects


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a file of some kind with a few bytes changed, put in, or taken out."""
    name = draw(st.sampled_from(sorted(one_of_each())))
    data = bytearray(one_of_each()[name])
    for _ in range(draw(st.integers(1, 6))):
        # Structure stands at both ends: look there more often than chance would.
        at = draw(
            st.one_of(st.integers(0, len(data)), st.integers(0, 120), st.integers(max(0, len(data) - 400), len(data)))
        )
        change = draw(st.sampled_from(("set", "insert", "delete", "copy")))
        if change == "set":
            data[at : at + 1] = bytes([draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFF)) | st.integers(0, 255))])
        elif change == "insert":
            data[at:at] = draw(st.binary(min_size=1, max_size=8))
        elif change == "delete":
            del data[at : at + draw(st.integers(1, 40))]
        else:
            data[at : at + 8] = data[: draw(st.integers(1, 64))]
    return name, bytes(data)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_mutated_files_raise_nothing(sample: tuple[str, bytes]) -> None:
    name, data = sample
    where(name)(lambda: open_mutant(name, data))


def open_mutant(name: str, data: bytes) -> None:
    limits = Limits(max_bytes=20 * MIB)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opened = open_file(File(name, tell_file_type(data, name=name), data), limits)
    assert all_sizes(opened) <= limits.max_bytes


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"\x78\x9f\x3e\x22", b"Rar!\x1a\x07\x01\x00", b"%PDF-", b""]
    ),
    st.binary(),
)
def test_any_bytes_raise_nothing(mark: bytes, data: bytes) -> None:
    def check() -> None:
        assert isinstance(ask(mark + data), Opened)

    where(".pdf" if mark == b"%PDF-" else "")(check)

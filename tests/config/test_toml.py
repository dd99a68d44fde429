from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.toml import Table, hint_nearest, read_toml
from domain.errors import ConfigError

Read = Callable[[str], Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(text: str) -> Table:
        file = tmp_path / "some.toml"
        file.write_text(text, encoding="utf-8")
        return read_toml(file)

    return write_and_read


def test_an_unknown_key_names_the_nearest_right_one(read: Read) -> None:
    with pytest.raises(ConfigError) as caught:
        read("[poll]\nintervall_s = 1\n").table("poll").expect(("interval_s", "threads"))
    assert (caught.value.key, caught.value.problem) == ("poll.intervall_s", "unknown key")
    assert caught.value.hint == 'did you mean "interval_s"?'


def test_an_unknown_key_unlike_any_other_lists_the_right_ones() -> None:
    assert hint_nearest("xyzzy", ("interval_s", "threads")) == "one of: interval_s, threads"
    assert hint_nearest("xyzzy", (f"word-{n}" for n in range(30))) == ""


@pytest.mark.parametrize(
    ("text", "take", "expected"),
    [
        ("k = 1", lambda t: t.text("k"), "must be text in quotes, not a whole number 1"),
        ("k = true", lambda t: t.integer("k"), "must be a whole number, not true or false True"),
        ('k = "1"', lambda t: t.integer("k"), "must be a whole number, not text in quotes '1'"),
        ('k = "1"', lambda t: t.number("k"), "must be a number, not text in quotes '1'"),
        ("k = true", lambda t: t.number("k"), "must be a number, not true or false True"),
        ("k = 1", lambda t: t.flag("k"), "must be true or false, not a whole number 1"),
        ('k = "a"', lambda t: t.texts("k"), "must be a list, not text in quotes 'a'"),
        ('k = ["a", 2]', lambda t: t.texts("k"), "entry 2 must be text in quotes, not a whole number 2"),
        ('k = ["a", " "]', lambda t: t.texts("k"), "entry 2 must be text in quotes, not text in quotes ' '"),
        ('k = ["a", "a"]', lambda t: t.texts("k"), '"a" stands there twice'),
        ("k = 1", lambda t: t.table("k"), "must be a table, not a whole number 1"),
        ("k = [1]", lambda t: t.tables("k", named_by="code"), "must be tables, each headed [[k]]"),
        ('k = ""', lambda t: t.text("k"), "must not be empty"),
        ("", lambda t: t.text("k"), "is missing"),
        ("k = -1", lambda t: t.integer("k"), "must be at least 0, not -1"),
        ("k = 9", lambda t: t.integer("k", most=8), "must be at most 8, not 9"),
        ("k = 0.5", lambda t: t.number("k", least=1.0), "must be at least 1, not 0.5"),
        ("k = 2020-01-31T08:00:00", lambda t: t.day("k"), "must be a date without a time of day, such as 2020-01-31"),
        (
            'k = "2020-01-31"',
            lambda t: t.day("k"),
            "must be a date without quotes, such as 2020-01-31, not text in quotes '2020-01-31'",
        ),
        ('k = "inf"', lambda t: t.choice("k", ("info", "error")), '"inf" is not known here'),
    ],
)
def test_a_wrong_value_says_what_was_expected(
    read: Read, text: str, take: Callable[[Table], object], expected: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        take(read(text))
    assert (caught.value.key, caught.value.problem) == ("k", expected)


def test_right_values_are_given_as_they_stand(read: Read) -> None:
    table = read('t = "x"\ni = 3\nn = 2\nf = 0.5\nb = false\nl = ["a"]\n[[r]]\ncode = "c"\n[[r]]\n')
    assert (table.text("t"), table.integer("i"), table.number("n"), table.number("f")) == ("x", 3, 2.0, 0.5)
    assert (table.flag("b"), table.texts("l"), table.texts("absent")) == (False, ("a",), ())
    assert [t.key for t in table.tables("r", named_by="code")] == ["r.c", "r[2]"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = word\n", "line 2"), ('a = "x\n', "line 1"), ("a = 1\n[t\n", "line 2"), ("a = 1\na = 2\n", "line 2")],
)
def test_a_mistake_of_syntax_names_its_line(read: Read, text: str, line: str) -> None:
    with pytest.raises(ConfigError, match=f"not TOML at {line}, column") as caught:
        read(text)
    assert caught.value.file.endswith("some.toml")
    assert caught.value.hint


def test_a_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file") as caught:
        read_toml(tmp_path / "absent.toml")
    assert caught.value.file == str(tmp_path / "absent.toml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_toml(tmp_path)


def test_a_file_in_gbk_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('a = 1\nname = "大连"\n'.encode("gbk"))
    with pytest.raises(ConfigError, match="line 2 is not UTF-8"):
        read_toml(file)


def test_the_mark_that_windows_editors_leave_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "bom.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(file).integer("a") == 1

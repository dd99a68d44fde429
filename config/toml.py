"""A strict reader of TOML files: every key is expected, every value has its type, every mistake names its place."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from domain.errors import ConfigError

T = TypeVar("T")

_AT = re.compile(r"\s*\(at line (\d+), column (\d+)\)")
_WORDS: Mapping[type, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
    date: "a date without quotes, such as 2020-01-31",
}


def hint_nearest(word: str, right: Iterable[str]) -> str:
    """Return a hint that names the nearest right word, or all of them when there are few, or ''."""
    choices = sorted(set(right))
    near = difflib.get_close_matches(word.lower(), choices, n=1, cutoff=0.5)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"one of: {', '.join(choices)}" if 0 < len(choices) <= 20 else ""


def _describe(value: object) -> str:
    """Return the kind of a TOML value in words; dates and times by their Python name."""
    return _WORDS.get(type(value), type(value).__name__)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file; ``key`` is its dotted place, '' for the whole file."""

    file: str
    key: str
    values: Mapping[str, object]

    def place(self, key: str) -> str:
        """Return the dotted key of a value in this table."""
        return f"{self.key}.{key}" if self.key and key else self.key or key

    def error(self, key: str, problem: str, hint: str = "") -> ConfigError:
        """Return the error that says what is wrong with a value of this table; the caller raises it."""
        return ConfigError(self.file, self.place(key), problem, hint)

    def expect(self, keys: Iterable[str]) -> None:
        """Check that no other keys than these stand here. Raises: ConfigError naming the nearest right key."""
        known = set(keys)
        for key in self.values:
            if key not in known:
                raise self.error(key, "unknown key", hint_nearest(key, known))

    def has(self, key: str) -> bool:
        """Return whether the key stands in the file."""
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text. Raises: ConfigError when it is absent (without a default), empty, or no text."""
        value = self._value(key, str, default)
        if not value.strip() and key in self.values and default is None:
            raise self.error(key, "must not be empty")
        return value

    def choice(self, key: str, right: Iterable[str], default: str | None = None) -> str:
        """Return a text that is one of the right ones. Raises: ConfigError naming the nearest."""
        value = self.text(key, default)
        choices = tuple(right)
        if value not in choices:
            raise self.error(key, f'"{value}" is not known here', hint_nearest(value, choices))
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        return self._value(key, bool, default)

    def integer(self, key: str, default: int | None = None, *, least: int = 0, most: int | None = None) -> int:
        """Return a whole number. Raises: ConfigError also when it lies outside ``least`` to ``most``."""
        value = self._value(key, int, default)
        self._check_range(key, value, least=least, most=most)
        return value

    def number(self, key: str, default: float | None = None, *, least: float = 0.0, most: float | None = None) -> float:
        """Return a number, whole or not. Raises: ConfigError also when it is out of range."""
        if isinstance(self.values.get(key), int) and not isinstance(self.values[key], bool):
            value = float(self._value(key, int, None))
        else:
            value = self._value(key, float, default)
        self._check_range(key, value, least=least, most=most)
        return value

    def day(self, key: str) -> date:
        """Return a date such as 2020-01-31, which TOML writes without quotes."""
        value = self._value(key, date, None)
        if isinstance(value, datetime):
            raise self.error(key, "must be a date without a time of day, such as 2020-01-31")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty without the key. Raises: ConfigError, also on an empty or repeated text."""
        found: list[str] = []
        for number, value in enumerate(self._value(key, list, []), start=1):
            if not isinstance(value, str) or not value.strip():
                raise self.error(key, f"entry {number} must be text in quotes, not {_describe(value)} {value!r}")
            if value in found:
                raise self.error(key, f'"{value}" stands there twice')
            found.append(value)
        return tuple(found)

    def table(self, key: str) -> Table:
        """Return an inner table, empty when the key is absent."""
        return Table(self.file, self.place(key), self._value(key, dict, {}))

    def tables(self, key: str, *, named_by: str) -> tuple[Table, ...]:
        """Return an array of tables, empty when absent; each one's place carries its own ``named_by`` value."""
        found: list[Table] = []
        for number, value in enumerate(self._value(key, list, []), start=1):
            if not isinstance(value, dict):
                raise self.error(key, f"must be tables, each headed [[{self.place(key)}]]")
            name = value.get(named_by)
            place = self.place(f"{key}.{name}" if isinstance(name, str) and name else f"{key}[{number}]")
            found.append(Table(self.file, place, value))
        return tuple(found)

    def _value(self, key: str, kind: type[T], default: T | None) -> T:
        if key not in self.values:
            if default is None:
                raise self.error(key, "is missing", f"add it as {_WORDS[kind]}")
            return default
        value = self.values[key]
        # bool is a kind of int in Python, never in TOML.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"must be {_WORDS[kind]}, not {_describe(value)} {value!r}")
        return value

    def _check_range(self, key: str, value: float, *, least: float, most: float | None) -> None:
        if value < least:
            raise self.error(key, f"must be at least {least:g}, not {value:g}")
        if most is not None and value > most:
            raise self.error(key, f"must be at most {most:g}, not {value:g}")


def read_toml(path: Path) -> Table:
    """Return the whole of a TOML file. Raises: ConfigError when it cannot be read, or naming the line of a mistake."""
    try:
        return Table(str(path), "", tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as exc:
        raise ConfigError(str(path), "", "there is no such file") from exc
    except OSError as exc:
        raise ConfigError(str(path), "", f"cannot be read: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        line = path.read_bytes()[: exc.start].count(b"\n") + 1
        raise ConfigError(str(path), "", f"line {line} is not UTF-8", "save the file as UTF-8") from exc
    except tomllib.TOMLDecodeError as exc:
        found = _AT.search(str(exc))
        problem = _AT.sub("", str(exc)).strip()
        where = f"line {found[1]}, column {found[2]}" if found else "the last line"
        raise ConfigError(str(path), "", f"not TOML at {where}: {problem}", _explain_syntax(problem)) from exc


def _explain_syntax(problem: str) -> str:
    """Return what usually lies behind a message of the TOML parser, '' when nothing is known."""
    if "Invalid value" in problem:
        return "a text needs quotes"
    if "Illegal character" in problem or "Unterminated" in problem or "Expected" in problem:
        return "look for a missing quote, bracket or comma, there or on the line before"
    if "Cannot overwrite" in problem or "declare" in problem:
        return "the same key or table stands there twice"
    return ""

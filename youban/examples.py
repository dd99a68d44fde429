"""Examples of mails and the models they taught, as they lie on the disk."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import config
from config.toml import read_toml
from domain.errors import ConfigError
from domain.routing import Intent
from routing.examples import Example
from routing.opinion import NO_ITEM, Model, dump_model, parse_model

SHIPPED_EXAMPLES = Path(config.__file__).parent / "examples.toml"
"""The examples that Youban comes with."""
OWN_EXAMPLES, MODELS = "examples.toml", "opinion"
"""Below the data folder: the agency's own examples, and the models, a file for each time that something was learned."""

_VERSION = 1
_HEAD = f"""# Examples of this agency, appended by `youban examples add`. Read each: no name or number may stand here.
version = {_VERSION}
"""
_MODEL_NAME = re.compile(r"(\d{4,})-[0-9a-f]{12}\.npz")


def load_shipped_examples(items: Collection[str]) -> tuple[Example, ...]:
    """Return the shipped examples of those items that there are: another catalogue has others."""
    return tuple(e for e in _read_examples(SHIPPED_EXAMPLES, None) if e.item in items or e.item == NO_ITEM)


def load_examples(path: Path, items: Collection[str]) -> tuple[Example, ...]:
    """Return the examples of a file.

    Raises: ConfigError, also when an item is not one of these.
    """
    return _read_examples(path, (*items, NO_ITEM))


def _read_examples(path: Path, items: Collection[str] | None) -> tuple[Example, ...]:
    root = read_toml(path)
    root.expect(("version", "example"))
    if root.integer("version") != _VERSION:
        problem = f"is {root.integer('version')}, this release reads {_VERSION}"
        raise root.error("version", problem, "it was written for another release")
    found: list[Example] = []
    for table in root.tables("example", named_by="item"):
        table.expect(("item", "intent", "texts"))
        item = table.text("item") if items is None else table.choice("item", items)
        intent = table.choice("intent", ("", *Intent), "")
        if not table.texts("texts"):
            raise table.error("texts", "must hold at least one mail's words")
        found += (Example(item, text, Intent(intent) if intent else None) for text in table.texts("texts"))
    return tuple(found)


def append_example(path: Path, example: Example) -> None:
    """Append an example to a file, which is made where there is none; what stands there is left as it is.

    Raises: ConfigError.
    """
    lines = ["", "[[example]]", f"item = {_quote(example.item)}"]
    lines += [f"intent = {_quote(example.intent.value)}"] if example.intent else []
    lines += [f"texts = [{_quote(example.text)}]", ""]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        head = "" if path.exists() else _HEAD
        # Masked, but masking is no proof: nobody else on this machine reads it.
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(number, "ab") as file:
            file.write((head + "\n".join(lines)).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        raise ConfigError(str(path), "", f"cannot be written: {exc.strerror}", "name a file that may be") from exc


def _quote(text: str) -> str:
    """Return a text as a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def find_model(folder: Path) -> Path | None:
    """Return the newest model of a folder, None when nothing was ever learned."""
    found = {int(m[1]): p for p in folder.glob("*.npz") if (m := _MODEL_NAME.fullmatch(p.name))}
    return found[max(found)] if found else None


def load_model(path: Path) -> Model:
    """Return the model of a file, or the newest of a folder.

    Raises: ConfigError when there is none, it is damaged, or of another format.
    """
    file = find_model(path) if path.is_dir() else path
    if file is None:
        raise ConfigError(str(path), "", "holds no model", "`youban examples train` makes one")
    hint = "`youban examples train` makes another; without this file the one before counts again"
    try:
        return parse_model(file.read_bytes(), version=file.stem)
    except OSError as exc:
        raise ConfigError(str(file), "", f"cannot be read: {exc.strerror}", hint) from exc
    except ValueError as exc:
        raise ConfigError(str(file), "", str(exc), hint) from exc


def keep_model(folder: Path, model: Model) -> Model:
    """Write a model as the newest of a folder and return it under its version. Raises: ConfigError."""
    newest = find_model(folder)
    number = int(newest.name.partition("-")[0]) + 1 if newest else 1
    version = f"{number:04}-{model.taught[:12]}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whole or not at all: a daemon may start at this moment.
        fresh = folder / f"{version}.part"
        fresh.write_bytes(dump_model(model))
        fresh.replace(folder / f"{version}.npz")
    except OSError as exc:
        raise ConfigError(str(folder), "", f"cannot be written: {exc.strerror}", "name another data_dir") from exc
    return replace(model, version=version)

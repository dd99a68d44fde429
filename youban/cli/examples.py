"""``youban examples``: adds a clerk's correction, tries the rules on all examples, teaches the second opinion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from config.catalogue import load_catalogue
from config.toml import hint_nearest
from domain.catalogue import Catalogue
from domain.errors import CaseError, ConfigError, MessageError
from domain.routing import Intent
from intake.reader import read_mail
from routing import Classifier
from routing.examples import Example, Tried, try_examples, write_example
from routing.opinion import NO_ITEM, digest_examples, teach_model
from youban.cli.exits import EXIT_FAILED
from youban.examples import (
    MODELS,
    OWN_EXAMPLES,
    append_example,
    find_model,
    keep_model,
    load_examples,
    load_model,
    load_shipped_examples,
)
from youban.sources import read_sources
from youban.wiring import read_settings


@dataclass(frozen=True, slots=True)
class _Place:
    """The catalogue, and where own examples and models lie; None where there are no settings."""

    catalogue: Catalogue
    data_dir: Path | None

    @property
    def items(self) -> tuple[str, ...]:
        """The codes of all items."""
        return tuple(item.code for item in self.catalogue.items)


def run_add(path: Path, *, item: str, intent: str, to: Path | None, config: Path) -> None:
    """Append a mail's masked words to the agency's examples and show them. Raises: ConfigError, CaseError."""
    settings = read_settings(config)
    place = _Place(settings.catalogue, settings.data_dir)
    _check_choice("--item", item, (*place.items, NO_ITEM))
    _check_choice("--intent", intent, ("", *Intent))
    file = to or settings.data_dir / OWN_EXAMPLES
    for source in read_sources([path]):
        try:
            message = read_mail(source.raw).message
        except MessageError as exc:
            raise CaseError(f"{source.name} cannot be read: {exc}") from exc
        example = write_example(message, item, Intent(intent) if intent else None, settings.catalogue)
        if not example.text.strip():
            raise CaseError(f"{source.name} has neither subject nor text: there is nothing to learn from")
        known = load_examples(file, place.items) if file.exists() else ()
        same = next((e for e in known if e.text == example.text), None)
        if same is not None and same.item != item:
            raise CaseError(f"{source.name} stands in {file} already, as {same.item}: change it there")
        if same is None:
            append_example(file, example)
        typer.echo(f"{'known already' if same else 'added'} as {item} in {file}:")
        typer.echo("".join(f"    {line}\n" for line in example.text.split("\n")), nl=False)
    typer.echo("look for names and numbers that were not masked; `youban examples train` learns from it")


def run_check(files: Sequence[Path], *, config: Path, is_default: bool, as_json: bool) -> int:
    """Print the examples that the rules or the model tell otherwise; return the exit code. Raises: ConfigError."""
    place = _find_place(config, is_default=is_default)
    examples = _gather(place) if not files else [e for f in files for e in load_examples(f, place.items)]
    newest = find_model(place.data_dir / MODELS) if place.data_dir else None
    model = load_model(newest) if newest else None
    tried = try_examples(examples, Classifier(place.catalogue), model=model)
    others = [one for one in tried if one.is_told_otherwise]
    for one in others:
        typer.echo(json.dumps(_values(one), ensure_ascii=False) if as_json else _tell(one))
    asked = f" (opinion {model.version})" if model else ""
    typer.echo(f"{len(others)} of {len(tried)} examples are told otherwise{asked}", err=as_json)
    return EXIT_FAILED if others else 0


def run_train(*, config: Path, own: Path | None) -> None:
    """Teach the second opinion and keep it as the newest model. Raises: ConfigError."""
    settings = read_settings(config)
    place = _Place(settings.catalogue, settings.data_dir)
    examples = [(e.item, e.text) for e in _gather(place, own)]
    folder = settings.data_dir / MODELS
    newest = find_model(folder)
    if newest is not None and newest.stem.endswith(digest_examples(examples)[:12]):
        load_model(newest)
        typer.echo(f"opinion {newest.stem}: nothing new to learn from {len(examples)} examples")
        return
    try:
        model = keep_model(folder, teach_model(examples))
    except ImportError as exc:
        problem = "scikit-learn is not installed, so nothing can be learned"
        raise ConfigError(str(settings.file), "", problem, "install youban[learn]") from exc
    except ValueError as exc:
        raise ConfigError(str(own or settings.data_dir / OWN_EXAMPLES), "", str(exc), "add some") from exc
    typer.echo(
        f"opinion {model.version}: learned from {len(examples)} examples of {len(model.items)} items, "
        f"in {folder / model.version}.npz"
    )


def _find_place(config: Path, *, is_default: bool) -> _Place:
    """Return the place of the settings; the shipped catalogue where nobody named any and none are there."""
    if is_default and not config.exists():
        return _Place(load_catalogue(), None)
    settings = read_settings(config)
    return _Place(settings.catalogue, settings.data_dir)


def _gather(place: _Place, own: Path | None = None) -> list[Example]:
    """Return the shipped examples and the agency's own; of one mail's words the agency's word counts."""
    file = own or (place.data_dir / OWN_EXAMPLES if place.data_dir else None)
    corrected = load_examples(file, place.items) if file and (own or file.exists()) else ()
    texts = {example.text for example in corrected}
    return [*(e for e in load_shipped_examples(place.items) if e.text not in texts), *corrected]


def _check_choice(option: str, value: str, right: Sequence[str]) -> None:
    if value not in right:
        raise ConfigError(option, "", f'"{value}" is not known here', hint_nearest(value, right))


def _tell(one: Tried) -> str:
    example = one.example
    wanted = f"{example.item} {example.intent or ''}".rstrip()
    opinion = f", opinion {one.opinion.item} {one.opinion.probability:.0%}" if one.opinion else ""
    return f"{wanted}: rules {one.item} {one.intent}{opinion}\n    {' / '.join(example.text.split(chr(10)))}"


def _values(one: Tried) -> dict[str, object]:
    return {
        "item": one.example.item,
        "intent": one.example.intent,
        "text": one.example.text,
        "told": {"item": one.item, "intent": one.intent},
        "opinion": one.opinion and {"item": one.opinion.item, "probability": one.opinion.probability},
    }

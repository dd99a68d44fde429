"""``youban papers``: what a picture shows, for whoever tunes the kinds of paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from config.catalogue import load_catalogue
from domain.catalogue import DocumentKind
from domain.errors import ConfigError
from intake.confinement import ConfinedError
from intake.containers.filekinds import tell_file_type
from intake.papers.fields import Field, read_fields, read_people
from intake.papers.kinds import Shown, find_kinds
from intake.papers.legibility import Flaw
from intake.papers.looking import Sight, look
from intake.papers.models import load_models
from intake.papers.pictures import PictureError
from intake.papers.questions import Questions
from intake.papers.seals import Sealed

_FLAWS = {
    Flaw.DARK: "太暗",
    Flaw.BLURRED: "太模糊",
    Flaw.SMALL: "字太小",
    Flaw.GLARE: "反光",
    Flaw.CUT: "没有拍全",
    Flaw.NO_DOCUMENT: "不像证件或材料",
}

_SEALED = {Sealed.YES: "，有公章", Sealed.NO: "，没有公章", Sealed.UNKNOWN: "，黑白，看不出公章"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """One page with what was recognised on it."""

    file: str
    sight: Sight
    shown: tuple[tuple[Shown, Mapping[str, Field]], ...]


def run_papers(
    paths: Sequence[Path],
    *,
    has_lines: bool,
    mark_in: Path | None,
    as_json: bool,
    agencies: list[Path] | None,
) -> bool:
    """Print what each file shows and return whether all could be looked at. Raises: ConfigError."""
    kinds = load_catalogue(agencies or None).kinds
    files = [(path, _read(path)) for path in paths]
    if mark_in is not None:
        _make_folder(mark_in)
    models = load_models()
    console = Console(highlight=False)
    all_opened = True

    questions = Questions(kinds)
    for path, data in files:
        kind = tell_file_type(data, name=path.name)
        try:
            sights = look(data, kind, models, questions, is_marked=mark_in is not None)
        except (PictureError, ConfinedError) as error:
            all_opened = False
            _say_closed(console, path, str(error), as_json=as_json)
            continue
        for sight in sights:
            shown = tuple((one, read_fields(one, sight.page)) for one in find_kinds(sight.page, kinds))
            seen = _Seen(str(path), sight, shown)
            if mark_in is not None and sight.marked:
                (mark_in / f"{path.stem}-{sight.number}.jpg").write_bytes(sight.marked)
            if as_json:
                typer.echo(json.dumps(_as_json(seen, has_lines=has_lines), ensure_ascii=False))
            else:
                _print(console, seen, kinds, has_lines=has_lines)
    return all_opened


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        hint = "name pictures (JPEG, PNG, HEIC, …) or PDFs"
        raise ConfigError(str(path), "", f"cannot be read: {exc.strerror}", hint) from exc


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise ConfigError(str(folder), "--mark", f"cannot be made: {exc.strerror}", "name a folder") from exc


def _say_closed(console: Console, path: Path, problem: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"file": str(path), "problem": problem}, ensure_ascii=False))
    else:
        console.rule(Text(str(path)), align="left")
        console.print(Text(f"无法查看：{problem}", style="bold"))


def _as_json(seen: _Seen, *, has_lines: bool) -> dict[str, Any]:
    page = seen.sight.page
    told: dict[str, Any] = {
        "file": seen.file,
        "page": seen.sight.number,
        "turned": page.turned,
        "flaw": seen.sight.flaw,
        "sealed": seen.sight.sealed,
        "written": seen.sight.written,
        "papers": [
            {
                "kind": shown.code,
                "score": shown.score,
                "confidence": shown.confidence,
                "evidence": list(shown.evidence),
                "refused": [{"kind": refused.code, "word": refused.word} for refused in shown.refused],
                "fields": _tell(fields),
                **({"people": [_tell(one) for one in people]} if (people := read_people(shown, page)) else {}),
            }
            for shown, fields in seen.shown
        ],
    }
    if has_lines:
        told["lines"] = [{"text": line.text, "score": line.score, "box": line.box} for line in page.lines]
    return told


def _tell(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: {"value": field.value, "confidence": field.confidence} for name, field in fields.items()}


def _print(console: Console, seen: _Seen, kinds: Mapping[str, DocumentKind], *, has_lines: bool) -> None:
    page, flaw = seen.sight.page, seen.sight.flaw
    console.rule(Text(f"{seen.file} 第{seen.sight.number}页"), align="left")
    turned = f"，已转正（顺时针 {page.turned}°）" if page.turned else ""
    told = f"{page.width}×{page.height}，{len(page.lines)} 行{turned}{'，' + _FLAWS[flaw] if flaw else ''}"
    told += _SEALED[seen.sight.sealed] if seen.sight.sealed else ""
    told += f"，手写约 {seen.sight.written:.0%}" if seen.sight.written is not None else ""
    console.print(Text(told, style="dim"))
    if has_lines:
        for number, line in enumerate(page.lines, 1):
            console.print(Text(f"  {number:3} {line.score:.2f} {line.height_px:3.0f}px  {line.text}", style="dim"))
    if not any(shown.code for shown, _ in seen.shown):
        console.print(Text("未识别出材料", style="bold"))
    tell_title: Callable[[str], str] = lambda code: kinds[code].title if code in kinds else code  # noqa: E731
    for shown, fields in seen.shown:
        if shown.code:
            told = f"{tell_title(shown.code)} {shown.code}  {shown.score:g}分  {shown.confidence:.0%}"
            console.print(Text(told, style="bold"))
        for evidence in shown.evidence:
            console.print(Text(f"  · {evidence}"))
        for refused in shown.refused:
            console.print(Text(f"  不是{tell_title(refused.code)}：有“{refused.word}”", style="dim"))
        for name, field in fields.items():
            console.print(Text(f"  {name} = {field.value}  {field.confidence:.0%}"))
        for number, person in enumerate(read_people(shown, page), 1):
            told = "  ".join(f"{name} = {field.value}  {field.confidence:.0%}" for name, field in person.items())
            console.print(Text(f"  第{number}人  {told}"))

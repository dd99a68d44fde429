"""Reads the samples of what stands printed on papers: plain text, for TOML of this size takes longer than all else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from config.toml import hint_nearest
from domain.catalogue import Wording
from domain.errors import ConfigError

_HEAD = re.compile(r"\[([ -Z^-~]+)\]\s*(.*)")  # [甲类] is words, [Death-cert] a mistake


def read_wordings(path: Path, known: Collection[str]) -> Mapping[str, tuple[Wording, ...]]:
    """Return a file's samples by document code, in its order.

    A sample begins with a line ``[code] which version``; ``#`` begins a remark.

    Raises:
        ConfigError: naming the line of an unknown code, of a sample without a name or words, or of words without a
            head; or that the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", f"cannot be read: {error}", "it must be UTF-8 text") from error
    samples: list[tuple[int, str, str, list[str]]] = []
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if not line or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line):
            samples.append((number, head[1].strip(), head[2].strip(), []))
        elif samples:
            samples[-1][3].append(line)
        else:
            raise ConfigError(str(path), f"line {number}", "words before the first [code]", "begin with [code] version")
    found: dict[str, list[Wording]] = {}
    for number, code, what, lines in samples:
        if code not in known:
            hint = hint_nearest(code, known)
            raise ConfigError(str(path), f"line {number}", f'the document code "{code}" is not known here', hint)
        if not what or not lines:
            raise ConfigError(
                str(path), f"line {number}", "a sample needs a name and words", "[code] version, and its words below it"
            )
        found.setdefault(code, []).append(Wording(what, "\n".join(lines)))
    return {code: tuple(wordings) for code, wordings in found.items()}

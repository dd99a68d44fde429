"""Photographs through other recognisers, as they are shipped: run in a process that has loaded nothing of ours."""

from __future__ import annotations

import csv
import io
import resource
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from intake.papers.lines import Line, Page

Seen = tuple[Page, float]
"""The page that a reader saw, and the CPU seconds it took."""


def read_as_shipped(jpegs: list[bytes]) -> list[Seen]:
    """Return what rapidocr's own pipeline reads, one thread."""
    from rapidocr import RapidOCR

    threads = "EngineConfig.onnxruntime.intra_op_num_threads", "EngineConfig.onnxruntime.inter_op_num_threads"
    engine = RapidOCR(params={**dict.fromkeys(threads, 1), "Global.log_level": "error"})
    found = []
    for jpeg in jpegs:
        start = time.process_time()
        pixels = np.asarray(_open(jpeg), np.uint8)[:, :, ::-1]
        said = engine(pixels)
        height, width = pixels.shape[:2]
        lines = [
            Line(text, float(score), tuple((float(x), float(y)) for x, y in box))  # type: ignore[arg-type]
            for text, score, box in zip(
                said.txts or (), said.scores or (), said.boxes if said.txts else (), strict=True
            )
        ]
        found.append((Page(width, height, tuple(lines)), time.process_time() - start))
    return found


def read_with_tesseract(jpegs: list[bytes]) -> list[Seen]:
    """Return what Debian's tesseract with its Chinese model reads, turned upright by itself (``--psm 1``)."""
    return [_read_with_tesseract(jpeg) for jpeg in jpegs]


def _read_with_tesseract(jpeg: bytes) -> Seen:
    picture = _open(jpeg)
    before = _children_cpu_s()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture.png"
        picture.save(file)
        done = subprocess.run(
            ["tesseract", str(file), "-", "-l", "chi_sim", "--psm", "1", "tsv"],
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    lines = _read_table(done.stdout.decode(errors="replace"))
    return Page(picture.width, picture.height, lines), _children_cpu_s() - before


def _read_table(table: str) -> tuple[Line, ...]:
    """Return the lines of tesseract's table of words."""
    words = defaultdict(list)
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("text", "").strip():
            words[row["block_num"], row["par_num"], row["line_num"]].append(row)
    lines = []
    for row in words.values():
        left = min(int(word["left"]) for word in row)
        top = min(int(word["top"]) for word in row)
        right = max(int(word["left"]) + int(word["width"]) for word in row)
        bottom = max(int(word["top"]) + int(word["height"]) for word in row)
        box = ((left, top), (right, top), (right, bottom), (left, bottom))
        score = sum(float(word["conf"]) for word in row) / len(row) / 100
        lines.append(Line("".join(word["text"] for word in row), max(0.0, score), box))
    return tuple(sorted(lines, key=lambda line: (line.top, line.left)))


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _open(jpeg: bytes) -> Image.Image:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")

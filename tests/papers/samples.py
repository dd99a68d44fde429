"""Labelled photographs of fictional papers: seeded, balanced over document codes, lookalikes and layouts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from config.papers import load_papers
from tests.papers.camera import REASONS, Difficulty, photograph, put_on_one_sheet, spoil
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.layouts.layout import Layout, Split
from tests.papers.words import make_citizen, make_words

Truth = tuple[tuple[str, Mapping[str, str]], ...]

# What people copy onto one sheet: the two sides of a card, the two pages of the register.
PAIRS = {
    "id-front": "id-back", "ss-card-front": "ss-card-back", "residence-permit-front": "residence-permit-back",
    "hukou-first": "hukou-self", "parent-hukou-first": "parent-hukou-self",
}  # fmt: skip
_KINDS = load_papers()
_BIRTHS = {"birth-cert": (2018, 2023), "parent-hukou-self": (1975, 1995), "parent-hukou-first": (1975, 1995)}


@dataclass(frozen=True, slots=True)
class Sample:
    """One photograph and what is on it.

    ``truth`` holds (document code, fields) per paper, top to bottom; fields are ``name`` and ``id_number`` where
    the paper prints them: its subject's, ``representative`` where it is a unit's paper. ``other`` is a lookalike or no
    paper: it must be refused. A parent's pages look like anybody's: only the mail tells ``parent-hukou-self`` from
    ``hukou-self``. ``turn`` is in degrees, counter-clockwise.
    ``unreadable`` is '' or one of ``camera.REASONS``; ``lookalike`` says what an ``other`` is.
    """

    jpeg: bytes
    truth: Truth
    difficulty: str
    turn: int
    unreadable: str
    layouts: tuple[str, ...]
    lookalike: str = ""


def make_samples(
    split: Split,
    count: int,
    *,
    seed: int,
    difficulty: Difficulty | Literal["unreadable"],
    turn: int | None = None,
    codes: Sequence[str] = (),
) -> Iterator[Sample]:
    """Yield photographs of a split's layouts; the same arguments give the same bytes.

    Every code (and every sort of lookalike) comes once before any comes twice, its layouts in turn.
    Where Debian's fonts-noto-cjk is missing print is drawn in the demo's font: other bytes, the same truth.

    Args:
        split: whose layouts: ``open`` or ``held``.
        count: how many photographs.
        seed: decides everything else.
        difficulty: of the camera; ``unreadable`` spoils each picture for one of ``camera.REASONS`` in turn, and
            takes no ``other``: no paper is not an unreadable one.
        turn: of every picture; None chooses, upright half of the time.
        codes: only these document codes; none is all.
    """
    slots = _slots(split, codes)
    if difficulty == "unreadable":
        slots = {slot: layouts for slot, layouts in slots.items() if layouts[0].code != "other"}
    order: list[str] = []
    for number in range(count):
        rng = random.Random(f"{split} {seed} {difficulty} {number}")
        tour, place = divmod(number, len(slots))
        if place == 0:
            order = sorted(slots)
            random.Random(f"{split} {seed} tour {tour}").shuffle(order)
        layouts = slots[order[place]]
        # One layout per tour, starting anywhere, so that short runs see all of a code's layouts too.
        layout = layouts[(tour + seed) % len(layouts)]
        yield _make_sample(layout, split, difficulty, number, turn=turn, rng=rng)


def draw_flat(layout: Layout, seed: int) -> tuple[Image.Image, dict[str, str]]:
    """Return a layout as printed, and the words on it, for contact sheets and tests."""
    rng = random.Random(f"flat {layout.name} {seed}")
    words = make_words(make_citizen(rng, birth_years=_BIRTHS.get(layout.code, (1945, 2002))), rng)
    return layout.paint(words, rng), words


def read_truth(layout: Layout, words: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that a layout prints of its subject."""
    # Of a unit's paper it is the representative whose name counts; of one that has neither field nobody's does.
    fields = _KINDS[layout.code.removeprefix("parent-")].fields
    named = next((f for f in ("name", "representative") if f in fields), "")
    name_word = layout.head_word if named == "representative" else layout.name_word if named else ""
    pairs = ((named, name_word), ("id_number", layout.id_word))
    if layout.code == "written-request" and words["id"] in words["text"]:  # what people write is up to them
        pairs = (("name", layout.name_word), ("id_number", "id"))
    return {field: words[word] for field, word in pairs if word and field and layout.code != "other"}


def _slots(split: Split, codes: Sequence[str]) -> dict[str, list[Layout]]:
    slots: dict[str, list[Layout]] = {}
    for layout in ALL_LAYOUTS:
        if layout.split == split and (not codes or layout.code in codes):
            slots.setdefault(f"{layout.code} {layout.lookalike}", []).append(layout)
    if not slots:
        raise ValueError(f"no {split} layout draws any of {', '.join(codes)}")
    return slots


def _make_sample(
    layout: Layout, split: Split, difficulty: str, number: int, *, turn: int | None, rng: random.Random
) -> Sample:
    words = make_words(make_citizen(rng, birth_years=_BIRTHS.get(layout.code, (1945, 2002))), rng)
    layouts = [layout]
    if layout.code in PAIRS and difficulty in ("medium", "hard") and rng.random() < 0.35:
        mates = [other for other in ALL_LAYOUTS if other.split == split and other.code == PAIRS[layout.code]]
        layouts.append(rng.choice(mates))
    papers = [each.paint(words, rng) for each in layouts]
    page = papers[0] if len(papers) == 1 else put_on_one_sheet(papers, rng)
    turned = turn if turn is not None else rng.choice((0, 0, 0, 90, 180, 270))
    reason = REASONS[number % len(REASONS)] if difficulty == "unreadable" else ""
    is_screen = layout.lookalike in ("e-card", "chat", "screenshot", "landscape", "selfie")
    if reason:
        jpeg = spoil(page, reason, rng, turn=turned)
    else:
        jpeg = photograph(page, difficulty, rng, turn=turned, is_flat=is_screen)
    return Sample(
        jpeg,
        tuple((each.code, read_truth(each, words)) for each in layouts),
        difficulty,
        turned,
        reason,
        tuple(each.name for each in layouts),
        layout.lookalike,
    )

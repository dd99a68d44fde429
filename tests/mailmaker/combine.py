"""Every combination of charset label, real charset, transfer encoding, header style and mail programme."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mailmaker.clients import CLIENTS, Made
from tests.mailmaker.coding import TRANSFERS, Coding
from tests.mailmaker.letters import REAL_CHARSETS, Letter, write_letter
from tests.mailmaker.words import STYLES

LABELS = (
    "",
    "us-ascii",
    "gb2312",
    "gbk",
    "x-gbk",
    "gb18030",
    "hz-gb-2312",
    "big5",
    "utf-8",
    "iso-8859-1",
    "cp936",
    "unknown-8bit",
    "utf8",
)
"""What a mail may say about its charset, rightly or wrongly; '' is nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One combination, and the seed of its letter."""

    label: str
    real: str
    transfer: str
    style: str
    client: str
    seed: int = 0

    def __str__(self) -> str:
        said = self.label or "no label"
        return f"{self.real} as {said}, {self.transfer or 'no encoding'}, {self.style}, {self.client}, seed {self.seed}"


def all_cases(*, seed: int = 0) -> Iterator[Case]:
    """Yield the whole product: 13 x 5 x 5 x 7 x 6 = 13,650 cases, each with another letter."""
    product = itertools.product(LABELS, REAL_CHARSETS, TRANSFERS, STYLES, CLIENTS)
    return (Case(*case, seed=seed + number) for number, case in enumerate(product))


def covering_cases(*, seed: int = 0) -> Iterator[Case]:
    """Yield a fifth of the product, 2,730 cases, in which every three choices meet.

    Label, real charset, style and programme meet in every combination; the transfer encoding turns
    with the sum of their places. For any two of the four that are fixed another one has five
    values or more, so all five transfer encodings meet every two.
    """
    indexes = itertools.product(*(range(len(choice)) for choice in (LABELS, REAL_CHARSETS, STYLES, CLIENTS)))
    for number, (label, real, style, client) in enumerate(indexes):
        yield Case(
            LABELS[label],
            tuple(REAL_CHARSETS)[real],
            TRANSFERS[(label + real + style + client) % len(TRANSFERS)],
            STYLES[style],
            tuple(CLIENTS)[client],
            seed=seed + number,
        )


def make_mail(case: Case) -> tuple[Letter, Made]:
    """Return what the citizen of a case wrote, and the bytes that the programme made of it."""
    letter = write_letter(case.real, case.seed)
    # An encoded-word cannot be without a charset: where the body has no label, its words have the right one.
    codec, right_label = REAL_CHARSETS[case.real]
    coding = Coding(codec, case.label, case.label or right_label, case.transfer, case.style)
    return letter, CLIENTS[case.client](letter, coding)

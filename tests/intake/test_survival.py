"""Mail in every combination of charset label, real charset, transfer encoding, header style and programme survives.

Nothing is left out as unknowable: a header of two characters under a wrong label can be read as
anything, but the words of the same mail tell what the label is worth.
"""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from bench.reading import compare_readers, find_corpus
from tests.mailmaker.clients import CLIENTS
from tests.mailmaker.coding import TRANSFERS
from tests.mailmaker.combine import LABELS, Case, all_cases, covering_cases, make_mail
from tests.mailmaker.letters import REAL_CHARSETS
from tests.mailmaker.survival import find_losses
from tests.mailmaker.words import STYLES


@pytest.mark.parametrize("label", LABELS)
def test_every_character_and_byte_survives(label: str) -> None:
    losses = [loss for case in covering_cases() if case.label == label for loss in find_losses(case)]
    assert not losses, f"{len(losses)} losses, as {Counter(loss.place for loss in losses)}\n" + "\n".join(
        str(loss) for loss in losses[:10]
    )


def test_cases_cover_every_three_choices() -> None:
    cases = [(c.label, c.real, c.transfer, c.style, c.client) for c in covering_cases()]
    choices = (LABELS, tuple(REAL_CHARSETS), TRANSFERS, STYLES, tuple(CLIENTS))
    assert len(cases) == 2_730
    for three in itertools.combinations(range(5), 3):
        met = {tuple(case[place] for place in three) for case in cases}
        assert met == set(itertools.product(*(choices[place] for place in three)))


def test_mails_are_the_same_each_time_and_hold_the_rare_characters() -> None:
    assert sum(1 for _ in all_cases()) == 13_650
    case = Case("gb2312", "gb18030", "base64", "quoted", "qq", seed=4)
    assert make_mail(case)[1] == make_mail(case)[1]
    names = {make_mail(case)[0].sender_name for case in covering_cases() if case.real == "gb18030"}
    assert set("喆镕堃䶮𠮷㛃") <= set("".join(names))


def test_reader_keeps_what_all_readers_together_see() -> None:
    found = compare_readers(find_corpus())
    assert found.seen > 2_500
    assert found.kept_share >= 0.997
    assert found.tallies["ours"].exceptions == 0
    assert [b for b in found.behind if b.field != "files"] == []

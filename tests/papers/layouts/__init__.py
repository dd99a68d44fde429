"""Every layout of every paper. Files ``held_*`` are not to be read by whoever writes recognition rules."""

from __future__ import annotations

from tests.papers.layouts import (
    held_cards,
    held_far_cards,
    held_far_licences,
    held_far_medical,
    held_far_other,
    held_far_sheets,
    held_far_work,
    held_licences,
    held_medical,
    held_new_cards,
    held_new_forms,
    held_new_medical,
    held_other,
    held_work,
    open_cards,
    open_demo,
    open_far_cards,
    open_far_licences,
    open_far_medical,
    open_far_other,
    open_far_sheets,
    open_far_work,
    open_licences,
    open_medical,
    open_more_cards,
    open_more_licences,
    open_more_medical,
    open_more_other,
    open_more_work,
    open_new_cards,
    open_new_forms,
    open_new_medical,
    open_other,
    open_work,
)
from tests.papers.layouts.layout import Layout

ALL_LAYOUTS: tuple[Layout, ...] = tuple(
    layout
    for module in (
        open_demo, open_cards, open_medical, open_licences, open_work, open_other,
        open_more_cards, open_more_medical, open_more_licences, open_more_work, open_more_other,
        open_far_cards, open_far_medical, open_far_licences, open_far_work, open_far_sheets, open_far_other,
        open_new_cards, open_new_medical, open_new_forms,
        held_cards, held_medical, held_licences, held_work, held_other,
        held_far_cards, held_far_medical, held_far_licences, held_far_work, held_far_sheets, held_far_other,
        held_new_cards, held_new_medical, held_new_forms,
    )
    for layout in module.LAYOUTS
)  # fmt: skip

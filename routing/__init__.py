"""Routing: what a mail is about, what lacks, what is done. Pure: values in, values out."""

from routing.checklist import check
from routing.classify import Classified, Classifier
from routing.decide import CHAIN, DOUBTFUL_RULE, UNCOVERED_RULE, decide
from routing.facts import find_facts, merge_facts
from routing.files import set_aside_unopened
from routing.machine import OWN_HEADER, find_machine_mark
from routing.offices import Placement, find_placement
from routing.scenarios import find_scenario
from routing.situation import Situation
from routing.threads import Related

__all__ = [
    "CHAIN",
    "DOUBTFUL_RULE",
    "OWN_HEADER",
    "UNCOVERED_RULE",
    "Classified",
    "Classifier",
    "Placement",
    "Related",
    "Situation",
    "check",
    "decide",
    "find_facts",
    "find_machine_mark",
    "find_placement",
    "find_scenario",
    "merge_facts",
    "set_aside_unopened",
]

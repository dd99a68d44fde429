"""``python -m bench [NAME…]``: measure, and print tables. Nothing here is a test: a time depends on the machine."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys

import structlog
from rich.console import Console

from bench.measuring import Options, Skipped, describe_machine

BENCHES = {
    "flow": "messages a second and CPU ms for each, from full mailboxes to decided and to sent, beside mbsync",
    "growth": "ten times the mails: the rate and the memory on the way",
    "poll": "idle poll of 21 and 500 kept connections",
    "engine": "what the workflow engine costs for a message",
    "stages": "where a message's CPU goes, stage by stage",
    "reading": "our reader, mail-parser and the standard library side by side: characters, files, CPU",
    "understanding": "item, intent, scenario, what is missing and what is answered, told right on labelled mails",
    "papers": "kinds, fields and flaws told right on photographed papers, beside rapidocr as it is shipped",
    "fuzz": "200,000 broken mails through the reader, on all cores",
}


def main(arguments: list[str]) -> int:
    """Run the named benches, or all, and return the exit code."""
    lines = "\n".join(f"  {name:13} {about}" for name, about in BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench", epilog=f"benches:\n{lines}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (all when none is named)")
    parser.add_argument("--runs", type=int, default=3, help="medians over so many runs (3)")
    parser.add_argument("--scale", type=float, default=1.0, help="a share of the full sizes, for a quick look (1)")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.names if name not in BENCHES]:
        parser.error(f"no such bench: {', '.join(unknown)}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return run_benches(chosen.names or list(BENCHES), Options(_open_console(), chosen.runs, chosen.scale))


def _open_console() -> Console:
    """Return where tables go; a file has no width of its own, and cut figures help nobody."""
    console = Console()
    return console if console.is_terminal else Console(width=160)


def run_benches(names: list[str], options: Options) -> int:
    """Run benches one after the other; one that lacks a Debian package says so and is left out."""
    options.console.print(describe_machine())
    for name in names:
        try:
            importlib.import_module(f"bench.{name}").run(options)
        except Skipped as reason:
            options.console.print(f"{name} is left out: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

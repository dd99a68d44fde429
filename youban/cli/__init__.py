"""The command line. Each command's file is imported only when it runs, so that ``youban --help`` is instant."""

from __future__ import annotations

import sys

from domain.errors import ConfigError, YoubanError
from youban.cli.app import app

EXIT_FOUND_WRONG = 1
"""``check`` found something wrong, or a command could not do what was asked."""
EXIT_CONFIG = 3
"""The configuration is wrong: nothing was started. (2 is a wrong command line.)"""


def main() -> None:
    """Run the command line; errors of ours become one line that says what to do, and an exit code."""
    try:
        app()
    except ConfigError as error:
        print(f"youban: {error}", file=sys.stderr)
        sys.exit(EXIT_CONFIG)
    except YoubanError as error:
        print(f"youban: {error}", file=sys.stderr)
        sys.exit(EXIT_FOUND_WRONG)
    except BrokenPipeError:
        # `youban cases list | head`: the reader has seen enough.
        sys.stderr.close()
        sys.exit(0)

"""The command line. Each command's file is imported only when it runs, so that ``youban --help`` is instant."""

from __future__ import annotations

import sys

from domain.errors import ConfigError, YoubanError
from youban.cli.app import app
from youban.cli.exits import EXIT_CONFIG, EXIT_FAILED


def main() -> None:
    """Run the command line; errors of ours become one line that says what to do, and an exit code."""
    try:
        app()
    except ConfigError as error:
        print(f"youban: {error}", file=sys.stderr)
        sys.exit(EXIT_CONFIG)
    except YoubanError as error:
        print(f"youban: {error}", file=sys.stderr)
        sys.exit(EXIT_FAILED)
    except BrokenPipeError:
        # `youban cases list | head`: the reader has seen enough.
        sys.stderr.close()
        sys.exit(0)

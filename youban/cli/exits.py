"""The exit codes of the command line; docs/errors.md says what to do about each."""

EXIT_FAILED = 1
"""``check`` found something wrong, the demo got an odd answer, or a command could not do what was asked."""
EXIT_USAGE = 2
"""The command line itself is wrong (click's own code): see ``--help``."""
EXIT_CONFIG = 3
"""The configuration is wrong, or a file that was named cannot be read: nothing was started."""

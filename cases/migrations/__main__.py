"""Write the next revision: ``python -m cases.migrations 0002 "what changes"``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from cases.database import open_database
from cases.upgrade import upgrade_database, write_revision


def main(revision: str, text: str) -> None:
    """Upgrade an empty SQLite database to the last revision and write what the tables have beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'empty.db'}", pool_size=2)
        upgrade_database(database)
        path = write_revision(database, text, revision=revision)
        database.close()
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

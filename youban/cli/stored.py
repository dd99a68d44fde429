"""The database as it stands, for the commands that look at what has come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cases.database import Database
from cases.upgrade import find_revision, head_revision
from config.settings import Settings
from domain.errors import CaseError
from youban.wiring import find_sqlite_file, open_store


@contextmanager
def open_stored(settings: Settings) -> Iterator[Database]:
    """Yield a database that is there already, of this release's form: looking must not make one.

    Raises: CaseError, and ConfigError when it does not answer.
    """
    file = find_sqlite_file(settings)
    if file is not None and not file.exists():
        raise CaseError(
            f"there are no cases yet: {file} is not there; `youban run` makes it (or name another --config)"
        )
    database = open_store(settings)
    try:
        revision, needed = find_revision(database), head_revision()
        if revision != needed:
            raise CaseError(
                f"the database has tables of revision {revision or '(none)'}, this release needs {needed}: "
                "run `youban db upgrade`, or install the release that the daemon runs"
            )
        yield database
    finally:
        database.close()

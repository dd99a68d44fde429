"""The schema's way from one revision to the next, without alembic.ini and with any number of processes at once."""

from __future__ import annotations

import io
import os
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from cases.database import Database
from domain.errors import ConfigError

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS = _MIGRATIONS / "versions"


def upgrade_database(database: Database) -> str:
    """Bring a database, empty or of an earlier release, to this release's schema and return its revision.

    All in one transaction; another process that upgrades at the same time waits and then finds nothing to do.

    Raises: ConfigError when a newer release has already changed the schema.
    """
    with database.alone() as connection:
        config = _config(connection)
        try:
            command.upgrade(config, "head")
        except CommandError as exc:
            raise ConfigError(
                "youban.toml", "database", "a newer release of Youban has changed this database", "install that release"
            ) from exc
    return head_revision()


def find_revision(database: Database) -> str | None:
    """Return the revision of a database's schema, None for an empty one."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the schema is this release's."""
    return find_revision(database) == head_revision()


def head_revision() -> str:
    """Return the revision that this release needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def write_revision(database: Database, text: str, *, revision: str, folder: Path = _VERSIONS) -> Path:
    """Write the migration from a database's schema to the tables as they are now, for a developer to read over."""
    with database.alone() as connection:
        config = _config(connection)
        config.set_main_option("version_locations", os.pathsep.join({str(_VERSIONS), str(folder)}).replace("%", "%%"))
        script = command.revision(config, text, autogenerate=True, rev_id=revision, version_path=str(folder))
    assert script is not None
    assert not isinstance(script, list)
    return Path(script.path)


def _config(connection: sa.Connection | None = None) -> Config:
    # Its progress is for nobody: what matters is said by the exception or the revision returned.
    config = Config(stdout=io.StringIO(), attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config

"""What counts as alive when versions of ours change."""

from __future__ import annotations

import sqlalchemy as sa

from cases.database import Database
from tests.youban.work import KEY, open_enqueuer
from youban.queues import status_table


def test_what_another_version_left_behind_is_nobodys_and_a_sweep_may_revive_it(engine_database: Database) -> None:
    status = status_table(engine_database)
    with open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            enqueuer.enqueue_replies(connection, [1], mailbox=KEY.mailbox, attempt=1)
        alive = enqueuer.find_alive()
        assert (alive.has_mail(KEY), alive.has_reply(1)) == (True, True)
        with engine_database.write() as connection:
            connection.execute(sa.update(status).values(application_version="1"))
        alive = enqueuer.find_alive()
        assert (alive.has_mail(KEY), alive.has_reply(1)) == (False, False)

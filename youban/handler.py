"""A handler: a process that gives messages their fates and does nothing else.

One thread, without the mailboxes' secrets. It ends when the hub does: it reads from a channel that only the hub holds.
What it does is committed message by message, so it may be killed at any moment.

    hub -> [[mailbox, folder, uidvalidity, uid], …]        a batch
    hub <- {"letter": 12} | {} | {"trouble": "…"}          for each message, in order
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from cases.database import is_database_trouble
from cases.ledger import LedgerEntry
from config.settings import Settings
from domain.mail import MessageKey
from youban import pipeline
from youban.counter import Counter
from youban.logs import get_log
from youban.wiring import build_counter, open_store

log = get_log(__name__)

CONNECTIONS = 2
READY = b"ready"


def run_handler(settings: Settings, channel: Connection) -> None:
    """Handle what comes through the channel until its other end is closed. Raises: ConfigError."""
    database = open_store(settings, pool_size=CONNECTIONS)
    try:
        _serve(build_counter(settings, database=database), channel)
    except (EOFError, ConnectionError):
        return
    finally:
        database.close()


def _serve(counter: Counter, channel: Connection) -> None:
    channel.send_bytes(READY)
    while True:
        keys = [MessageKey(*parts) for parts in json.loads(channel.recv_bytes())]
        waiting = _look_up(counter, keys)
        for position, key in enumerate(keys):
            answer = _handle(counter, key, waiting.get(key), ahead=len(keys) - position)
            channel.send_bytes(json.dumps(answer).encode())


def _look_up(counter: Counter, keys: Sequence[MessageKey]) -> dict[MessageKey, LedgerEntry]:
    try:
        return pipeline.find_waiting(counter, keys)
    except SQLAlchemyError:
        return {}  # each message asks for itself, and says what is wrong


def _handle(counter: Counter, key: MessageKey, waiting: LedgerEntry | None, *, ahead: int) -> dict[str, Any]:
    """An error of ours costs one message: it is set aside, and the next one is handled."""
    try:
        settled = pipeline.handle_message(counter, key, waiting=waiting, ahead=ahead)
    except pipeline.HeldError as error:
        return _tell_trouble(key, error, problem=str(error))
    except Exception as error:
        if is_database_trouble(error):
            return _tell_trouble(key, error)
        # The error's name is the operator's: the reason is read by a clerk.
        log.exception("message_failed", mailbox=key.mailbox, folder=key.folder, uid=key.uid, error=type(error).__name__)
        try:
            pipeline.quarantine_failed(counter, key, reason="系统处理时出错")
        except SQLAlchemyError as second:
            return _tell_trouble(key, second)
        return {}
    return {"letter": settled.letter} if settled and settled.letter is not None else {}


def _tell_trouble(key: MessageKey, error: Exception, *, problem: str = "") -> dict[str, Any]:
    log.warning("message_not_handled", mailbox=key.mailbox, uid=key.uid, problem=problem or type(error).__name__)
    return {"trouble": type(error).__name__}

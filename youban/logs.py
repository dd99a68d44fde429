"""Logs: one event word and fields, no personal data.

structlog renders; the standard library's records (DBOS, APScheduler, imapclient) go the same way. This is the only
file that configures logging.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Collection, MutableMapping
from typing import Any, TextIO

import structlog

# As people write them: in one run, or in groups with spaces or hyphens, a mobile perhaps with its country.
_ID_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{3}[ -]?\d{4}[ -]?\d{2}[ -]?\d{2}[ -]?(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)((?:(?:\+|00)?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
# PostgreSQL shows the whole row that it refuses: a citizen's letter, over several lines if need be.
_ROW = re.compile(r"(DETAIL:\s+).+?(?=\n(?:\[SQL|HINT:|CONTEXT:|\(Background|\nThe above|\nDuring)|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Mask:
    """A processor that masks id numbers, mobile numbers and every e-mail address that is not our own."""

    def __init__(self, own_addresses: Collection[str] = ()) -> None:
        self._own = frozenset(a.lower() for a in own_addresses)

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Return the event with every text masked, also inside lists and mappings."""
        for key, value in event.items():
            event[key] = self._mask(value)
        return event

    def text(self, text: str) -> str:
        """Return a text with personal data masked."""
        text = _ROW.sub(r"\1***", text)
        text = _ID_NUMBER.sub(r"\1***********\2", text)
        text = _MOBILE.sub(r"\1****\2", text)
        return _ADDRESS.sub(self._mask_address, text)

    def _mask(self, value: object) -> object:
        match value:
            case str():
                return self.text(value)
            case bool() | int() | float() | None:
                return value
            case dict():
                return {self._mask(k): self._mask(v) for k, v in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._mask(v) for v in value]
            case _:
                return self.text(str(value))

    def _mask_address(self, match: re.Match[str]) -> str:
        address = match.group()
        if address.lower() in self._own:
            return address
        local, _, domain = address.partition("@")
        return f"{local[0]}***@{domain}"


def configure_logs(
    *,
    as_json: bool = False,
    level: str = "INFO",
    own_addresses: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logs to ``stream`` (default standard error), as JSON lines or for a terminal.

    Raises: ValueError when the level is unknown.
    """
    mask = Mask(own_addresses)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    stream = stream or sys.stderr
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    # These say every tick what nobody needs.
    for noisy in ("apscheduler", "imapclient", "pdfminer", "mail.log", "pymap"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get_log(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger: ``log.info("reply_deferred", case=number, code=452)``."""
    log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return log

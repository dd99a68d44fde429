"""ClamAV's part in a message's way: every file is shown to it before any is opened, if the settings ask for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from config.settings import VirusSettings
from domain.errors import MessageError
from domain.mail import Unopened
from intake.reader import ReadMail
from intake.virus import Clamd, ClamdError, ClamdRefusedError, Finding, Verdict, VirusPolicy, check_files
from youban.logs import get_log

log = get_log(__name__)

REST_S = 15.0
"""So long a clamd that answers nothing is not asked again: else every mail would wait for it in vain."""


def check_nothing(mail: ReadMail) -> ReadMail:
    """Return the mail as it is: what is done when no virus check is asked for."""
    return mail


def build_virus_check(settings: VirusSettings) -> Callable[[ReadMail], ReadMail]:
    """Return the check that the settings ask for.

    It returns the mail with what ClamAV has against its files among its defects. It raises MessageError when a file is
    infected, and under ``require`` ClamdError when there is no verdict.
    """
    policy = VirusPolicy(settings.policy)
    if policy is VirusPolicy.OFF:
        return check_nothing
    clamd = _PatientClamd(settings.address, settings.timeout_s)

    def check(mail: ReadMail) -> ReadMail:
        findings = check_files(policy, clamd, sorted(mail.payloads.items()))
        return _note(mail, findings) if findings else mail

    return check


class _PatientClamd(Clamd):
    """A clamd that is left alone for a while after it did not even answer a ping."""

    _asked_again_at = 0.0

    def scan(self, data: bytes) -> Verdict:
        if time.monotonic() < self._asked_again_at:
            raise ClamdError(self.address, "it did not answer a moment ago")
        try:
            return super().scan(data)
        except ClamdRefusedError:
            raise
        except ClamdError as error:
            try:
                self.ping()
            except ClamdError:
                self._asked_again_at = time.monotonic() + REST_S
                log.warning("clamd_away", problem=error.problem)
                raise error from None
            # It is there: this file alone got no verdict, and must not keep others from being scanned.
            raise ClamdRefusedError(self.address, error.problem) from error


def _note(mail: ReadMail, findings: tuple[Finding, ...]) -> ReadMail:
    reasons = {f.index: f.unopened for f in findings if f.index is not None}
    if Unopened.HOSTILE in reasons.values():
        # By number: names of files are often names of people, and reasons stand in the log.
        infected = "；".join(f"第{f.index}个{f.words}" for f in findings if f.unopened is Unopened.HOSTILE)
        raise MessageError(infected)
    names = {a.index: a.name for a in mail.message.attachments}
    words = tuple(f"{names[f.index]}：{f.words}" if f.index is not None else f.words for f in findings)
    attachments = tuple(
        replace(a, unopened=reasons.get(a.index) or a.unopened) if a.index in reasons else a
        for a in mail.message.attachments
    )
    message = replace(mail.message, attachments=attachments, defects=(*mail.message.defects, *words))
    return replace(mail, message=message)

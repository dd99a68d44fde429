"""The errors of the counter: the parent class says how far each one reaches."""

from __future__ import annotations


class YoubanError(Exception):
    """The root of every error that Youban raises on purpose."""


class ConfigError(YoubanError):
    """The process must not start: a file, a key or a value is wrong.

    Args:
        file: the file that holds the mistake, as the operator named it.
        key: the dotted key inside it, for example ``item.dl-death.requires``; empty for the whole file.
        problem: one sentence that says what is wrong.
        hint: what to do about it, for example the nearest right key.
    """

    def __init__(self, file: str, key: str, problem: str, hint: str = "") -> None:
        self.file = file
        self.key = key
        self.problem = problem
        self.hint = hint
        where = f"{file}: {key}" if key else file
        super().__init__(f"{where}: {problem}" + (f" ({hint})" if hint else ""))


class MailboxError(YoubanError):
    """One mailbox cannot be read or sent from; the others go on.

    Args:
        mailbox: the address of the mailbox.
        problem: one sentence that says what is wrong and what to do.
        is_lasting: True when only a person can mend it (a refused password), so that polling backs off long.
    """

    def __init__(self, mailbox: str, problem: str, *, is_lasting: bool = False) -> None:
        self.mailbox = mailbox
        self.problem = problem
        self.is_lasting = is_lasting
        super().__init__(f"{mailbox}: {problem}")


class MessageError(YoubanError):
    """One message cannot be read: it is quarantined with this reason, and the rest goes on."""


class CaseError(YoubanError):
    """One action on a case cannot be done, for example because someone else changed it first."""


class ReplyError(YoubanError):
    """One reply cannot be written: a clerk gets the case."""


class DeliveryError(YoubanError):
    """One sending failed.

    Args:
        code: the SMTP reply code (RFC 5321 4.2), or 0 when there was no answer.
        answer: what the server said, decoded.
    """

    def __init__(self, code: int, answer: str) -> None:
        self.code = code
        self.answer = answer
        super().__init__(f"{code} {answer}" if code else answer)


class Deferred(DeliveryError):  # noqa: N818 - the word of RFC 5321's operators
    """The server may take the letter later (4xx, or no answer at all)."""


class Refused(DeliveryError):  # noqa: N818
    """The server will never take this letter (5xx): a clerk decides."""

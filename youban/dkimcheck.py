"""DKIM's part in a message's way: where the provider says nothing of the sender, its signature is checked by us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from config.settings import DkimSettings
from domain.errors import MessageError
from domain.mail import Message, SenderProof
from intake.resolver import TxtResolver
from intake.signatures import verify_dkim


def believe_provider(_raw: bytes, message: Message) -> Message:
    """Return the message as it is: what is done when signatures are not checked."""
    return message


def build_sender_check(settings: DkimSettings) -> Callable[[bytes, Message], Message]:
    """Return the check that the settings ask for: the bytes as received and what was read in, the message out.

    It never raises: a signature that cannot be checked leaves the message unverified. At most it takes twice
    ``timeout_s``.
    """
    if not settings.check:
        return believe_provider
    resolver = TxtResolver(settings.nameservers, timeout_s=settings.timeout_s)

    def check(raw: bytes, message: Message) -> Message:
        if message.proof is not SenderProof.UNVERIFIED:
            return message
        try:
            proof = verify_dkim(raw, message.sender, find_txt=resolver.start_message())
        except MessageError:
            return message
        return replace(message, proof=proof)

    return check

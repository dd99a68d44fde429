"""A mailbox's pace: the gap between letters, the daily limit, and the times when it must be left alone.

Times are seconds of a monotonic clock, passed in.
"""

from __future__ import annotations

from collections import deque

from domain.accounts import Provider
from domain.errors import Deferred, MailboxError

_DAY_S = 86_400.0


class Pace:
    """When a mailbox may send. Counts the letters of this process; a restart forgets them."""

    def __init__(self, *, longest_stop_s: float) -> None:
        self._longest_stop_s = longest_stop_s
        self._free_at = 0.0
        self._sent_at: deque[float] = deque()
        self._shut_until = 0.0
        self._shut_because: Deferred | MailboxError | None = None

    def check_open(self, now: float) -> None:
        """Raises: what the mailbox was shut for, while it is."""
        if self._shut_because is not None and now < self._shut_until:
            raise self._shut_because.with_traceback(None)

    def check_day(self, provider: Provider, now: float) -> None:
        """Raises: Deferred when the last 24 hours had as many letters as the provider's habits allow."""
        while self._sent_at and self._sent_at[0] < now - _DAY_S:
            self._sent_at.popleft()
        if len(self._sent_at) >= provider.daily_letters:
            raise Deferred(0, f"本邮箱 24 小时内已发 {len(self._sent_at)} 封，达到设置的每日上限")

    def wait_s(self, now: float) -> float:
        """Return the seconds until the next letter may go."""
        return max(0.0, self._free_at - now)

    def record_attempt(self, provider: Provider, now: float, *, is_sent: bool) -> None:
        """Note a letter, taken or not: both count for the gap."""
        self._free_at = now + provider.pace_s
        if is_sent:
            self._sent_at.append(now)

    def shut(self, error: Deferred | MailboxError, *, delay_s: float, now: float) -> None:
        """Leave the mailbox alone for a while: whoever hammers a provider is locked out longer."""
        self._shut_because = error
        self._shut_until = now + min(delay_s, self._longest_stop_s)

    def reopen(self) -> None:
        """Try again at once, because the settings changed."""
        self._shut_because = None

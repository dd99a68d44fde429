"""Asks DNS servers for TXT records: within a time limit, with a bounded memory, and never with an exception.

dnspython asks (RFC 1035, over TCP where an answer is too long for UDP). DNSSEC is not checked here: the word of the
server that is asked counts, so it should be one's own.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    import dns.resolver

log = structlog.get_logger(__name__)

MAX_TXT_BYTES = 1_024
"""An RSA key of 4,096 bits has 736 characters (RFC 8301 3.2 asks for no longer one); some longer ones cost seconds."""
MAX_REMEMBERED = 1_000
LONGEST_TTL_S = 3_600.0
"""So long a key that was withdrawn may still count, whatever its record says."""
NOTHING_TTL_S = 60.0
"""So long a name is not asked again that has no record, or did not get an answer."""
SILENCES = 3
"""After so many questions in a row without any answer, no more are asked for ``REST_S``."""
REST_S = 300.0

_UDP_PAYLOAD_BYTES = 1_232  # what passes everywhere without fragments (DNS flag day 2020)


class TxtResolver:
    """TXT records by name, from ``nameservers`` (IP address and port; none: the system's).

    ``timeout_s`` is for one question with all its repetitions, and ``clock`` counts seconds. Not for several threads.
    dnspython is needed, which comes with the extra ``dkim``.
    """

    def __init__(
        self,
        nameservers: Sequence[tuple[str, int]] = (),
        *,
        timeout_s: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._places = tuple(nameservers)
        self._timeout_s = timeout_s
        self._clock = clock
        self._resolver: dns.resolver.Resolver | None = None
        self._remembered: OrderedDict[str, tuple[float, bytes | None]] = OrderedDict()
        self._silences = 0
        self._asked_again_at = 0.0

    def start_message(self) -> Callable[[str], bytes | None]:
        """Return a ``find_txt`` for one message: all its questions together take at most ``2 * timeout_s``.

        It returns the one TXT record of an absolute name; None when there is none, or several, or no answer in time.
        """
        until = self._clock() + 2 * self._timeout_s
        return lambda name: self._find_txt(name, until=until)

    def find_problem(self) -> str:
        """Return what is wrong with the servers in a few words, '' when one answers what is asked."""
        try:
            self._ask(".", self._timeout_s)
        except _UnansweredError as error:
            return str(error)
        return ""

    def _find_txt(self, name: str, *, until: float) -> bytes | None:
        now = self._clock()
        if name in self._remembered:
            expires_at, record = self._remembered.pop(name)
            if expires_at > now:
                self._remembered[name] = expires_at, record
                return record
        if now >= until or now < self._asked_again_at:
            return None
        try:
            record, ttl_s = self._ask(name, min(self._timeout_s, until - now))
            self._silences = 0
        except _UnansweredError as error:
            record, ttl_s = None, NOTHING_TTL_S
            self._note_unanswered(error)
        self._remembered[name] = self._clock() + ttl_s, record
        if len(self._remembered) > MAX_REMEMBERED:
            self._remembered.popitem(last=False)
        return record

    def _note_unanswered(self, error: _UnansweredError) -> None:
        # The name is not logged: people have domains of their own.
        log.info("dns_unanswered", problem=str(error))
        self._silences = self._silences + 1 if error.is_silence else 0
        if self._silences >= SILENCES:
            self._asked_again_at = self._clock() + REST_S
            # Afterwards the system's servers may be others.
            self._silences, self._resolver = 0, None
            log.warning("dns_away", problem=str(error), pause_s=REST_S)

    def _ask(self, name: str, time_s: float) -> tuple[bytes | None, float]:
        """Return a name's record, and for how many seconds it holds. Raises: _UnansweredError, and nothing else."""
        import dns.exception
        import dns.resolver

        try:
            self._resolver = self._resolver or self._open()
            # One server that is silent must leave time for a repetition, and for the next one.
            self._resolver.timeout = time_s / 3
            absolute = name if name.endswith(".") else f"{name}."
            answer = self._resolver.resolve(absolute, "TXT", lifetime=time_s, raise_on_no_answer=False)
            return _read_answer(answer)
        except (dns.resolver.NXDOMAIN, dns.resolver.YXDOMAIN):
            return None, NOTHING_TTL_S
        except dns.resolver.NoNameservers as error:
            raise _explain(error.kwargs["errors"]) from error
        except dns.resolver.NoResolverConfiguration as error:
            raise _UnansweredError("the system names no DNS server", is_silence=True) from error
        except dns.exception.Timeout as error:
            raise _UnansweredError("no DNS server answered in time", is_silence=True) from error
        except OSError as error:
            raise _UnansweredError(_say_unreachable(error), is_silence=True) from error
        except (dns.exception.DNSException, ValueError, LookupError, TypeError, AttributeError, EOFError) as error:
            problem = f"a question or an answer cannot be read ({type(error).__name__})"
            raise _UnansweredError(problem, is_silence=False) from error

    def _open(self) -> dns.resolver.Resolver:
        import dns.nameserver
        import dns.resolver

        resolver = dns.resolver.Resolver(configure=not self._places)
        if self._places:
            resolver.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in self._places]
        resolver.use_edns(0, 0, _UDP_PAYLOAD_BYTES)
        resolver.search = []
        return resolver


class _UnansweredError(Exception):
    """There is no answer; ``is_silence`` says that nobody is there at all, and it is not the name's fault."""

    def __init__(self, problem: str, *, is_silence: bool) -> None:
        super().__init__(problem)
        self.is_silence = is_silence


def _explain(errors: Sequence[tuple[Any, ...]]) -> _UnansweredError:
    """Return what dnspython says of each server it gave up, put into one error."""
    *_, said, response = errors[-1]
    if response is not None:
        return _UnansweredError(f"the DNS server answers {_name_code(response)}", is_silence=False)
    if isinstance(said, OSError):
        return _UnansweredError(_say_unreachable(said), is_silence=True)
    return _UnansweredError("the DNS server answers what cannot be read", is_silence=False)


def _name_code(response: Any) -> str:
    """Return the code of a response by its name, such as SERVFAIL."""
    import dns.rcode

    return dns.rcode.to_text(response.rcode())


def _say_unreachable(error: OSError) -> str:
    return f"the DNS server cannot be reached: {error.strerror or type(error).__name__}"


def _read_answer(answer: dns.resolver.Answer) -> tuple[bytes | None, float]:
    ttl_s = min(float(answer.chaining_result.minimum_ttl), LONGEST_TTL_S)
    # Of several records none counts (RFC 6376 3.6.2.2).
    if answer.rrset is None or len(answer.rrset) != 1:
        return None, NOTHING_TTL_S
    record = b"".join(answer.rrset[0].strings)
    return (record, ttl_s) if len(record) <= MAX_TXT_BYTES else (None, ttl_s)

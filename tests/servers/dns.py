"""A DNS server on loopback that answers as it is told: UDP, and TCP at the same port for what is too long."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Answer = Callable[[dns.message.QueryMessage], dns.message.Message | bytes | None]
MOST_UDP_BYTES = 512


def say(*texts: bytes, ttl: int = 300) -> Answer:
    """Answer with one TXT record for each text, in strings of 255 bytes (RFC 1035 3.3.14)."""

    def answer(question: dns.message.QueryMessage) -> dns.message.Message:
        response = dns.message.make_response(question)
        response.flags |= dns.flags.RA
        words = [
            " ".join(f'"{_escape(text[start : start + 255])}"' for start in range(0, len(text) or 1, 255))
            for text in texts
        ]
        if words:
            response.answer.append(dns.rrset.from_text(question.question[0].name, ttl, "IN", "TXT", *words))
        return response

    return answer


def _escape(text: bytes) -> str:
    return "".join(f"\\{byte:03d}" for byte in text)


def refuse(code: str) -> Answer:
    """Answer with a code such as SERVFAIL."""

    def answer(question: dns.message.QueryMessage) -> dns.message.Message:
        response = dns.message.make_response(question)
        response.set_rcode(dns.rcode.from_text(code))
        return response

    return answer


def be_silent(_question: dns.message.QueryMessage) -> None:
    """Answer nothing."""


def lie(text: bytes) -> Answer:
    """Answer with the record under another identity: a forger who sees no question must guess it."""

    def answer(question: dns.message.QueryMessage) -> dns.message.Message:
        response = say(text)(question)
        assert isinstance(response, dns.message.Message)
        response.id ^= 1
        return response

    return answer


def babble(_question: dns.message.QueryMessage) -> bytes:
    """Answer what is no DNS message."""
    return b"\x00" * 40


class DnsServer:
    """Answers by name (without the last dot), NXDOMAIN for every other; ``asked`` are the names in order.

    The test may change ``answers`` while it runs.
    """

    def __init__(self, answers: Mapping[str, Answer] | None = None, *, otherwise: Answer | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[str] = []
        self._otherwise = otherwise or refuse("NXDOMAIN")
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._threads = [
            threading.Thread(target=run, daemon=True) for run in (self._serve_packets, self._serve_connections)
        ]

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for sock in (self._udp, self._tcp):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        # A packet of our own wakes the thread that waits for one.
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
            own.sendto(b"", self.place)
        for thread in self._threads:
            thread.join(5)
        self._udp.close()
        self._tcp.close()

    def _serve_packets(self) -> None:
        while True:
            try:
                wire, peer = self._udp.recvfrom(4096)
            except OSError:
                return
            if not wire:
                return
            answer = self._answer(wire)
            if answer is None:
                continue
            if len(answer) > MOST_UDP_BYTES:
                short = dns.message.make_response(dns.message.from_wire(wire))
                short.flags |= dns.flags.TC
                answer = short.to_wire()
            with suppress(OSError):
                self._udp.sendto(answer, peer)

    def _serve_connections(self) -> None:
        while True:
            try:
                sock, _ = self._tcp.accept()
            except OSError:
                return
            with sock, suppress(OSError, struct.error):
                sock.settimeout(5)
                (length,) = struct.unpack("!H", sock.recv(2, socket.MSG_WAITALL))
                answer = self._answer(sock.recv(length, socket.MSG_WAITALL))
                if answer is not None:
                    sock.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, wire: bytes) -> bytes | None:
        question = dns.message.from_wire(wire)
        assert isinstance(question, dns.message.QueryMessage)
        name = question.question[0].name.to_text().rstrip(".").lower()
        self.asked.append(name)
        answer = self.answers.get(name, self._otherwise)(question)
        return answer.to_wire(max_size=65_535) if isinstance(answer, dns.message.Message) else answer

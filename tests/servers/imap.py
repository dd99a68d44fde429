"""Fixtures: the same IMAP contract against pymap in this process and against Debian's Dovecot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from domain.accounts import Account, Endpoint, Provider
from tests.servers.dovecot import DovecotServer
from youban.demo.imap_server import SAMPLE_PASSWORD, ImapServer

MAILBOX = "counter@agency.example"
SERVERS: dict[str, Any] = {"pymap": ImapServer, "dovecot": DovecotServer}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["pymap", pytest.param("dovecot", marks=pytest.mark.dovecot)])
def imap_server(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A server with one mailbox, MAILBOX."""
    with SERVERS[request.param]([MAILBOX]) as server:
        yield server


@pytest.fixture(params=["pymap", pytest.param("dovecot", marks=pytest.mark.dovecot)])
def imap_kind(request: pytest.FixtureRequest) -> Any:
    """The class of a server, for tests that start their own."""
    return SERVERS[request.param]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Chain, key and the authority's certificate for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    chain, key, ca = folder / "chain.pem", folder / "key.pem", folder / "ca.pem"
    chain.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    key.write_bytes(issued.private_key_pem.bytes())
    ca.write_bytes(authority.cert_pem.bytes())
    return chain, key, ca


def make_account(endpoint: Endpoint, *, mailbox: str = MAILBOX, **changes: Any) -> Account:
    """An account on a test server."""
    fields: dict[str, Any] = {
        "mailbox": mailbox,
        "login": mailbox,
        "imap": endpoint,
        "smtp": endpoint,
        "provider": Provider("generic"),
        "starts_at": LONG_AGO,
        "password": SAMPLE_PASSWORD,
    }
    return Account(**fields | changes)


def make_mail(subject: str = "新参保", *, size_bytes: int = 0) -> bytes:
    """A small message with CRLF line ends, filled up with text when a size is asked for."""
    head = f"From: wang@citizen.example\r\nTo: {MAILBOX}\r\nSubject: {subject}\r\n\r\n".encode()
    body = b"x" * 70 + b"\r\n"
    return head + body * max(1, (size_bytes - len(head)) // len(body))

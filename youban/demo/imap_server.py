"""A real IMAP server on loopback, inside this process: pymap's in-memory backend, with Chinese folders.

The demo and the tests use it as the provider's server. Mail arrives by :meth:`ImapServer.deliver`;
everything else goes over the wire. Tests run the same contracts against Dovecot.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from argparse import Namespace
from collections.abc import Coroutine, Iterable
from contextlib import AsyncExitStack, closing, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

from proxyprotocol.result import ProxyResultLocal
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Subsystem
from pymap.config import BackendCapability
from pymap.context import connection_exit
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.message import AppendMessage
from pymap.parsing.response import ResponseNo
from pymap.parsing.response.specials import ListResponse
from pymap.parsing.specials import FetchRequirement
from pymap.parsing.specials.flag import Seen
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from domain.accounts import Endpoint, Tls

JUNK_FOLDER = "垃圾邮件"
SENT_FOLDER = "已发送"
SAMPLE_PASSWORD = "sample-password"  # noqa: S105 - guards invented mail on loopback
_SPECIAL_USE = {JUNK_FOLDER: b"Junk", SENT_FOLDER: b"Sent"}
_TIMEOUT_S = 30.0
_IDLE_LOOK_S = 0.1
T = TypeVar("T")


class _Config(Config):
    """pymap's settings: passwords in clear, hashing none, and SPECIAL-USE (RFC 6154) announced."""

    uses_idle: bool = True
    greeting = b"Youban's sample IMAP server"  # the original looks its host name up in DNS

    @property
    def backend_capability(self) -> BackendCapability:
        return BackendCapability(idle=self.uses_idle, object_id=True, multi_append=True, custom=[b"SPECIAL-USE"])


class _State(ConnectionState):
    """One connection: marks special folders and, as 163 does, may refuse to open any before ID was sent."""

    requires_id = False
    has_sent_id = False

    async def do_id(self, cmd: Any) -> Any:
        self.has_sent_id = True
        return await super().do_id(cmd)

    async def receive_updates(self, cmd: Any, done: Any) -> Any:
        # pymap itself sleeps over a message that comes between two of its waits, for as long as no other comes.
        while not done.is_set():
            selected = await self.session.check_mailbox(self.selected)
            self._selected, untagged = selected.fork(cmd)
            if updates := list(untagged):
                return updates
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _IDLE_LOOK_S)
        return []

    async def do_select(self, cmd: Any) -> Any:
        if self.requires_id and not self.has_sent_id:
            return ResponseNo(cmd.tag, b"SELECT Unsafe Login. Please contact the provider for help"), None
        return await super().do_select(cmd)

    async def do_status(self, cmd: Any) -> Any:
        if self.requires_id and not self.has_sent_id:
            return ResponseNo(cmd.tag, b"STATUS Unsafe Login. Please contact the provider for help"), None
        return await super().do_status(cmd)

    async def do_list(self, cmd: Any) -> Any:
        response, updates = await super().do_list(cmd)
        for line in response._untagged:  # noqa: SLF001 - pymap offers no other way to mark a folder
            if isinstance(line, ListResponse) and line.mailbox in _SPECIAL_USE:
                line.attrs = [*line.attrs, _SPECIAL_USE[line.mailbox]]
        return response, updates


class ImapServer:
    """An IMAP server on 127.0.0.1 for as long as the ``with`` block lasts.

    Args:
        addresses: the logins; each has INBOX, 垃圾邮件 (Junk) and 已发送 (Sent).
        password: the one password of all of them.
        tls: IMPLICIT and STARTTLS need ``certificate``, a PEM chain file and its key file.
        port: 0 takes a free one; read :attr:`port` inside the block.
        requires_id: refuse SELECT and STATUS until the client sent ID (RFC 2971), as 163 does.
        uses_idle: announce IDLE (RFC 2177).
    """

    host = "127.0.0.1"

    def __init__(
        self,
        addresses: Iterable[str] = (),
        *,
        password: str = SAMPLE_PASSWORD,
        tls: Tls = Tls.NONE,
        certificate: tuple[Path, Path] | None = None,
        port: int = 0,
        requires_id: bool = False,
        uses_idle: bool = True,
    ) -> None:
        self.password = password
        self.tls = tls
        self.port = port
        self.requires_id = requires_id
        self.uses_idle = uses_idle
        self._addresses = tuple(addresses)
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="imap-server", daemon=True)
        self._connections: dict[asyncio.StreamWriter, asyncio.Task[Any]] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._call(self._start())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._close())
        self._stop()

    def endpoint(self, *, ca_file: str = "") -> Endpoint:
        """Return where this server listens, as an account names it."""
        return Endpoint(self.host, self.port, self.tls, ca_file)

    def add_address(self, address: str) -> None:
        """Open one more mailbox."""
        self._call(self._add_address(address))

    def deliver(self, address: str, data: bytes, *, folder: str = "INBOX", when: datetime | None = None) -> None:
        """Put a message into a folder, with an INTERNALDATE (now when None). Any thread may call this.

        Raises: KeyError for an unknown address or folder.
        """
        self._call(self._deliver(address, data, folder=folder, when=when or datetime.now().astimezone()))

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Return the raw messages of a folder in UID order."""
        return [data for data, _ in self._call(self._read(address, folder))]

    def seen(self, address: str, folder: str = "INBOX") -> list[bool]:
        """Return for each message, in UID order, whether it was marked as seen."""
        return [is_seen for _, is_seen in self._call(self._read(address, folder))]

    def expunge(self, address: str, index: int, *, folder: str = "INBOX") -> None:
        """Remove the message at a place (0 is the oldest), as the citizen's own client or a provider may."""
        self._call(self._expunge(address, index, folder=folder))

    def change_uidvalidity(self, address: str, folder: str = "INBOX") -> None:
        """Give a folder a new UIDVALIDITY: same messages and flags, new UIDs.

        pymap has no command for it: the folder is replaced by a fresh one with a higher value, and
        every connection is dropped, since a server may not change it under an open folder (RFC 3501 2.3.1.1).
        """
        self._call(self._change_uidvalidity(address, folder))

    def drop_connections(self) -> None:
        """Cut every client off, without a BYE."""
        self._call(self._drop_connections())

    # Everything below runs in the server's own thread.

    async def _start(self) -> None:
        args = Namespace(passlib_cfg=None, proxy_protocol=None)
        context = self._ssl_context()
        extra: dict[str, Any] = {} if context is None else {"ssl_context": context}
        self._config = _Config(
            args, host=self.host, port=0, tls_enabled=self.tls is Tls.STARTTLS, hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(), demo_data=False, demo_user="", demo_password="", **extra,
        )  # fmt: skip
        self._config.uses_idle = self.uses_idle
        self._login = Login(self._config)
        for address in self._addresses:
            await self._add_address(address)
        implicit = context if self.tls is Tls.IMPLICIT else None
        self._server = await asyncio.start_server(self._serve, self.host, self.port, ssl=implicit, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    def _ssl_context(self) -> ssl.SSLContext | None:
        if self._certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self._certificate)
        return context

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[writer] = task
        state = _State(self._login, self._config)
        state.requires_id = self.requires_id
        info = SocketInfo.get(writer, ProxyResultLocal(), unique_id=uuid4().bytes)
        connection = IMAPConnection(self._config.commands, self._config, reader, writer, info)
        try:
            async with AsyncExitStack() as stack:
                connection_exit.set(stack)
                stack.enter_context(closing(connection))
                # A client that goes away in the middle is every day's business.
                with suppress(OSError, EOFError, asyncio.CancelledError):
                    await connection.run(state)
        finally:
            self._connections.pop(writer, None)

    async def _close(self) -> None:
        self._server.close()
        await self._drop_connections()
        await self._server.wait_closed()

    async def _drop_connections(self) -> None:
        connections = dict(self._connections)
        for writer, task in connections.items():
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*connections.values(), return_exceptions=True)

    async def _add_address(self, address: str) -> None:
        folders = MailboxSet()
        for name in _SPECIAL_USE:
            await folders.add_mailbox(name)
        self._config.set_cache[address] = (folders, FilterSet())
        self._login.users_dict[address] = UserMetadata(self._config, address, password=self.password)

    async def _folder(self, address: str, name: str) -> MailboxData:
        return await self._config.set_cache[address][0].get_mailbox(name)

    async def _deliver(self, address: str, data: bytes, *, folder: str, when: datetime) -> None:
        await (await self._folder(address, folder)).append(AppendMessage(data, when), recent=True)

    async def _read(self, address: str, name: str) -> list[tuple[bytes, bool]]:
        folder = await self._folder(address, name)
        found = []
        async for message in folder.messages():
            loaded = await message.load_content(FetchRequirement.CONTENT)
            found.append((bytes(loaded.get_body(None)), Seen in message.permanent_flags))
        return found

    async def _expunge(self, address: str, index: int, *, folder: str) -> None:
        data = await self._folder(address, folder)
        await data.delete([[message.uid async for message in data.messages()][index]])

    async def _change_uidvalidity(self, address: str, name: str) -> None:
        folders: Any = self._config.set_cache[address][0]
        old = await self._folder(address, name)
        new: Any = MailboxData(folders._content_cache, folders._thread_cache)  # noqa: SLF001
        new._uid_validity = old.uid_validity + 1  # noqa: SLF001
        async for message in old.messages():
            loaded = await message.load_content(FetchRequirement.CONTENT)
            data = bytes(loaded.get_body(None))
            await new.append(AppendMessage(data, message.internal_date, message.permanent_flags))
        if name == "INBOX":
            folders._inbox = new  # noqa: SLF001
        else:
            folders._set[name] = new  # noqa: SLF001
        await self._drop_connections()

    def _call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(_TIMEOUT_S)

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_TIMEOUT_S)
        self._loop.run_until_complete(self._finish())
        self._loop.close()

    async def _finish(self) -> None:
        # pymap leaves the task that watches an IDLE behind; ended here, it warns nobody.
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._loop.shutdown_asyncgens()

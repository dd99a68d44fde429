"""An SMTP server that takes every letter and forgets it: cheap, so that it takes no core from who is measured."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

_ANSWERS = {
    b"EHLO": b"250-sink.example\r\n250-SIZE 73400320\r\n250 AUTH PLAIN\r\n",
    b"AUTH": b"235 ok\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


class SmtpSink:
    """Listens on 127.0.0.1 in a thread while started; ``letters`` counts what was taken."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.port = 0
        self.letters = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="smtp-sink", daemon=True)

    def start(self) -> None:
        """Open the port."""
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """Close it and every session."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, self.host, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.write(b"220 sink.example\r\n")
            while line := await reader.readline():
                command = line[:4].upper()
                writer.write(_ANSWERS.get(command, b"250 ok\r\n"))
                if command == b"DATA":
                    await reader.readuntil(b"\r\n.\r\n")
                    self.letters += 1
                    writer.write(b"250 taken\r\n")
                elif command == b"QUIT":
                    break
        writer.close()

"""Debian's Dovecot as a private instance in a temporary directory: the second judge besides pymap.

Same interface as :class:`youban.demo.imap_server.ImapServer`. Runs as root (the mail then belongs to
``nobody``) and as an ordinary user. Mail is Maildir, so that a delivery is a file put into ``new``.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Self

import pytest
from imapclient import imap_utf7

from domain.accounts import Endpoint, Tls
from youban.demo.imap_server import JUNK_FOLDER, SAMPLE_PASSWORD, SENT_FOLDER

_CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
instance_name = youban-{port}
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
first_valid_uid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
auth_verbose = yes
ssl = {ssl}
{ssl_files}
mail_location = maildir:~/Maildir
mail_save_crlf = yes
mail_fsync = never
mail_max_userip_connections = 2000
imap_idle_notify_interval = 2 mins
namespace inbox {{
  inbox = yes
  mailbox {junk} {{
    auto = create
    special_use = \\Junk
  }}
  mailbox {sent} {{
    auto = create
    special_use = \\Sent
  }}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {root}/users
}}
service imap-login {{
  chroot =
  service_count = 0
  client_limit = 2000
  process_min_avail = 1
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 2000
  client_limit = {clients_per_process}
  service_count = 0
}}
service anvil {{
  chroot =
  client_limit = 8000
}}
service auth {{
  client_limit = 8000
}}
service stats {{
  client_limit = 8000
}}
"""
_START_TIMEOUT_S = 20.0


class DovecotServer:
    """Dovecot on 127.0.0.1 for as long as the ``with`` block lasts; see ImapServer for the arguments.

    ``clients_per_process`` above 1 lets one process serve many connections, as big providers do.
    Skips the test when Debian's package is not installed.
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
        clients_per_process: int = 1,
    ) -> None:
        self.password = password
        self.tls = tls
        self.port = port
        self._certificate = certificate
        self._clients_per_process = clients_per_process
        self._addresses = list(addresses)
        self._serial = itertools.count(1)

    def __enter__(self) -> Self:
        if shutil.which("dovecot") is None or not Path("/usr/lib/dovecot/imap").exists():
            pytest.skip("needs Debian's dovecot-imapd")
        self.port = self.port or _free_port()
        # Not pytest's own directory: that one is closed to the user whom root lends the mail to,
        # and Dovecot's sockets need a short path.
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.root.chmod(0o755)
        self._owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        (self.root / "mail").mkdir()
        self._own(self.root / "mail")
        self._write_users()
        self._write_config()
        self._run()
        return self

    def __exit__(self, *error: object) -> None:
        self._end()
        shutil.rmtree(self.root, ignore_errors=True)

    def endpoint(self, *, ca_file: str = "") -> Endpoint:
        return Endpoint(self.host, self.port, self.tls, ca_file)

    def add_address(self, address: str) -> None:
        self._addresses.append(address)
        self._write_users()

    def deliver(self, address: str, data: bytes, *, folder: str = "INBOX", when: datetime | None = None) -> None:
        if address not in self._addresses:
            raise KeyError(address)
        at = (when or datetime.now().astimezone()).timestamp()
        base = self._maildir(address, folder)
        name = f"{int(time.time())}.M{next(self._serial):09d}.localhost"
        temporary = base / "tmp" / name
        temporary.write_bytes(data)
        # Dovecot shows a Maildir file's time as INTERNALDATE.
        os.utime(temporary, (at, at))
        self._own(temporary)
        temporary.rename(base / "new" / name)

    def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        return [path.read_bytes() for path in self._files(address, folder)]

    def seen(self, address: str, folder: str = "INBOX") -> list[bool]:
        return ["S" in path.name.partition(":2,")[2] for path in self._files(address, folder)]

    def expunge(self, address: str, index: int, *, folder: str = "INBOX") -> None:
        self._files(address, folder)[index].unlink()

    def change_uidvalidity(self, address: str, folder: str = "INBOX") -> None:
        """Forget the UIDs as a provider's restore does: Dovecot then numbers the same files anew."""
        self._end()
        for path in self._maildir(address, folder).glob("dovecot[.-]*"):
            if path.name.startswith(("dovecot-uidlist", "dovecot.index")):
                path.unlink()
        self._run()

    def drop_connections(self) -> None:
        self._end()
        self._run()

    def log(self) -> str:
        path = self.root / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _maildir(self, address: str, folder: str) -> Path:
        home = self.root / "mail" / address / "Maildir"
        base = home if folder == "INBOX" else home / ("." + imap_utf7.encode(folder).decode())
        for path in (home.parent, home, base, base / "tmp", base / "new", base / "cur"):
            if not path.is_dir():
                path.mkdir(mode=0o700)
                self._own(path)
        return base

    def _files(self, address: str, folder: str) -> list[Path]:
        base = self._maildir(address, folder)
        uidlist = base / "dovecot-uidlist"
        order: dict[str, int] = {}
        if uidlist.exists():
            for line in uidlist.read_text().splitlines()[1:]:
                uid, _, rest = line.partition(" ")
                order[rest.rpartition(":")[2].partition(":")[0]] = int(uid)
        files = [path for part in ("cur", "new") for path in (base / part).iterdir()]
        return sorted(files, key=lambda path: (order.get(path.name.partition(":")[0], 1 << 40), path.name))

    def _own(self, path: Path) -> None:
        if os.getuid() == 0:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _write_users(self) -> None:
        who = f"{self._owner.pw_uid}:{self._owner.pw_gid}"
        lines = [f"{a}:{{PLAIN}}{self.password}:{who}::{self.root}/mail/{a}::" for a in self._addresses]
        (self.root / "users.new").write_text("\n".join(lines) + "\n")
        (self.root / "users.new").rename(self.root / "users")

    def _write_config(self) -> None:
        me = pwd.getpwuid(os.getuid())
        is_root = me.pw_uid == 0
        is_implicit = self.tls is Tls.IMPLICIT
        files = ""
        if self._certificate is not None:
            files = f"ssl_cert = <{self._certificate[0]}\nssl_key = <{self._certificate[1]}"
        text = _CONFIG.format(
            root=self.root,
            port=self.port,
            imap_port=0 if is_implicit else self.port,
            imaps_port=self.port if is_implicit else 0,
            ssl="no" if self.tls is Tls.NONE else "yes",
            ssl_files=files,
            internal_user="dovecot" if is_root else me.pw_name,
            internal_group="dovecot" if is_root else _group_name(me.pw_gid),
            login_user="dovenull" if is_root else me.pw_name,
            junk=JUNK_FOLDER,
            sent=SENT_FOLDER,
            clients_per_process=self._clients_per_process,
        )
        (self.root / "dovecot.conf").write_text(text, encoding="utf-8")

    def _run(self) -> None:
        # Its own session, so that the whole family can be ended by the number of its group.
        with (self.root / "said").open("ab") as said:
            self._process = subprocess.Popen(
                ["dovecot", "-F", "-c", str(self.root / "dovecot.conf")],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        until = time.monotonic() + _START_TIMEOUT_S
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > until:
                self._end()
                raise RuntimeError(f"Dovecot did not start: {(self.root / 'said').read_text()} {self.log()}")
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        """Whether a client is greeted; a port that accepts is not enough, the login process may still start."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        try:
            with socket.create_connection((self.host, self.port), timeout=5) as link:
                if self.tls is Tls.IMPLICIT:
                    with context.wrap_socket(link) as secured:
                        return secured.recv(4) == b"* OK"
                return link.recv(4) == b"* OK"
        except OSError:
            return False

    def _end(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.3)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        # Whoever was killed may have held a dotlock, which the next Dovecot would honour for minutes.
        for lock in self.root.glob("mail/**/*.lock"):
            lock.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _group_name(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name

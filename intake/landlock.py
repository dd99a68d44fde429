"""What the Linux kernel is asked to forbid this process for good: Landlock for files and TCP; prctl for the rest.

By ctypes, because it needs a few calls only. They cannot be taken back, so only a forked child asks.
Source: Linux Documentation/userspace-api/landlock.rst. Calls as such: ``intake.seccomp``.
"""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
IS_LINUX = platform.system() == "Linux"

# Options of prctl, from linux/prctl.h.
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9

# System calls since Linux 5 have one number on every architecture.
_CLOSE_RANGE, _CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 436, 444, 445, 446

# linux/landlock.h: the n-th access right is bit n.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_RIGHTS = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
# Devices, sockets, named pipes; and symbolic links, which would lead whoever reads the scratch folder astray.
_MAKE_SYM = 1 << 12
_MAKE_ODD = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | _MAKE_SYM
_TCP_BIND, _TCP_CONNECT = 1 << 0, 1 << 1
_SCOPE_ABSTRACT_SOCKET, _SCOPE_SIGNAL = 1 << 0, 1 << 1
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


def find_landlock_abi() -> int:
    """Return the version of Landlock that this kernel offers; 0 when it offers none (or a container hides it)."""
    if not IS_LINUX:
        return 0
    return max(0, int(LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)))


def restrict_files(
    *, readable: Iterable[Path], scratch: Path | None, executable: Iterable[Path] = (), may_link: bool = False
) -> bool:
    """Forbid this process every file but these, TCP, and talking to processes outside.

    Nothing may be executed but what is ``executable``, for a process that is to become another program; ``may_link``
    lets it make symbolic links in the scratch folder: whoever reads there must follow none. Every version of the
    kernel's Landlock gives what it has: TCP from 4, device calls from 5, abstract sockets and signals from 6. What is
    already open stays open.

    Returns: False when this kernel has no Landlock.
    Raises: OSError when it has it and refuses.
    """
    abi = find_landlock_abi()
    if not abi:
        return False
    rights = _FIRST_RIGHTS | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    rights |= _IOCTL_DEV if abi >= 5 else 0
    network = _TCP_BIND | _TCP_CONNECT if abi >= 4 else 0
    scope = _SCOPE_ABSTRACT_SOCKET | _SCOPE_SIGNAL if abi >= 6 else 0
    # An older kernel refuses fields that it does not know, unless they are zero (E2BIG).
    attributes = struct.pack("=QQQ", rights, network, scope)
    ruleset = check_call(LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR)
        for path in executable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR | _EXECUTE)
        if scratch is not None:
            odd = _MAKE_ODD & ~(_MAKE_SYM if may_link else 0)
            _allow(ruleset, scratch, rights & ~(_EXECUTE | odd | _REFER | _IOCTL_DEV))
        check_call(LIBC.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _FILE_ONLY
        check_call(LIBC.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0))
    finally:
        os.close(place)


def give_up_privileges() -> None:
    """End with the parent, gain nothing by executing, be no target of ptrace, and use no power of root any more.

    Raises: OSError when the kernel refuses.
    """
    if not IS_LINUX:
        return
    for option, value in ((_SET_PDEATHSIG, _SIGKILL), (_SET_NO_NEW_PRIVS, 1), (_SET_DUMPABLE, 0)):
        check_call(LIBC.prctl(option, ctypes.c_ulong(value), *(ctypes.c_ulong(0),) * 3))
    # A root without capabilities can neither raise its limits again nor reach past Landlock: capset(2), version 3.
    check_call(LIBC.capset(struct.pack("=Ii", 0x20080522, 0), bytes(24)))


def close_files_except(kept: int) -> None:
    """Close every file descriptor above 2 but one.

    A Python built against an old C library closes number by number in ``os.closerange``: a second at a limit of a
    million.
    """
    for low, high in ((3, kept - 1), (kept + 1, 0xFFFFFFFF)):
        if low <= high and (not IS_LINUX or LIBC.syscall(_CLOSE_RANGE, low, ctypes.c_uint(high), 0) != 0):
            os.closerange(low, min(high + 1, os.sysconf("SC_OPEN_MAX")))


def check_call(result: int) -> int:
    """Return a call's result. Raises: OSError with the kernel's reason when it is negative."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

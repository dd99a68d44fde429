"""What the Linux kernel is asked to forbid this process for good: Landlock for files and TCP, seccomp for calls.

Both by ctypes, because neither needs more than a few calls. Neither can be taken back, so only a forked child asks.
Sources: Linux Documentation/userspace-api/landlock.rst and seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import stat
import struct
from collections.abc import Iterable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_IS_LINUX = platform.system() == "Linux"

# Options of prctl, from linux/prctl.h.
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SIGKILL = 9

# System calls since Linux 5 have one number on every architecture.
_CLOSE_RANGE, _CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 436, 444, 445, 446

# linux/landlock.h: the n-th access right is bit n.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_RIGHTS = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
# Devices, sockets, named pipes; and symbolic links, which would lead whoever reads the scratch folder astray.
_MAKE_ODD = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12
_TCP_BIND, _TCP_CONNECT = 1 << 0, 1 << 1
_SCOPE_ABSTRACT_SOCKET, _SCOPE_SIGNAL = 1 << 0, 1 << 1
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV


def find_landlock_abi() -> int:
    """Return the version of Landlock that this kernel offers; 0 when it offers none (or a container hides it)."""
    if not _IS_LINUX:
        return 0
    return max(0, int(_LIBC.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)))


def restrict_files(*, readable: Iterable[Path], scratch: Path | None) -> bool:
    """Forbid this process every file but these, all execution, TCP, and talking to processes outside.

    Every version of the kernel's Landlock gives what it has: TCP from 4, device calls from 5, abstract
    sockets and signals from 6. What is already open stays open.

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
    ruleset = _call(_LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR)
        if scratch is not None:
            _allow(ruleset, scratch, rights & ~(_EXECUTE | _MAKE_ODD | _REFER | _IOCTL_DEV))
        _call(_LIBC.syscall(_RESTRICT_SELF, ruleset, 0))
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
        _call(_LIBC.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0))
    finally:
        os.close(place)


def give_up_privileges() -> None:
    """End with the parent, gain nothing by executing, be no target of ptrace, and use no power of root any more.

    Raises: OSError when the kernel refuses.
    """
    if not _IS_LINUX:
        return
    for option, value in ((_SET_PDEATHSIG, _SIGKILL), (_SET_NO_NEW_PRIVS, 1), (_SET_DUMPABLE, 0)):
        _call(_LIBC.prctl(option, ctypes.c_ulong(value), *(ctypes.c_ulong(0),) * 3))
    # A root without capabilities can neither raise its limits again nor reach past Landlock: capset(2), version 3.
    _call(_LIBC.capset(struct.pack("=Ii", 0x20080522, 0), bytes(24)))


def close_files_except(kept: int) -> None:
    """Close every file descriptor above 2 but one.

    A Python built against an old C library closes number by number in ``os.closerange``: a second at a limit of a
    million.
    """
    for low, high in ((3, kept - 1), (kept + 1, 0xFFFFFFFF)):
        if low <= high and (not _IS_LINUX or _LIBC.syscall(_CLOSE_RANGE, low, ctypes.c_uint(high), 0) != 0):
            os.closerange(low, min(high + 1, os.sysconf("SC_OPEN_MAX")))


# What Python, its C library and a parser of files need: number on x86-64, number on aarch64. Whatever is not named
# here does not exist for the child: no socket, no exec, no fork, no ptrace, no io_uring, nobody else's limits.
_CALLS = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "pwrite64": (18, 68),
    "lseek": (8, 62), "close": (3, 57), "fstat": (5, 80), "newfstatat": (262, 79), "statx": (332, 291),
    "mmap": (9, 222), "munmap": (11, 215), "mremap": (25, 216), "mprotect": (10, 226), "madvise": (28, 233),
    "brk": (12, 214), "mincore": (27, 232), "msync": (26, 227), "mlock": (149, 228), "munlock": (150, 229),
    "membarrier": (324, 283), "futex": (202, 98), "getrandom": (318, 278), "ioctl": (16, 29),
    "openat": (257, 56), "getdents64": (217, 61), "readlinkat": (267, 78), "faccessat": (269, 48),
    "faccessat2": (439, 439), "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50), "umask": (95, 166),
    "statfs": (137, 43), "fstatfs": (138, 44), "fadvise64": (221, 223), "dup": (32, 23), "dup3": (292, 24),
    "mkdirat": (258, 34), "unlinkat": (263, 35), "renameat": (264, 38), "renameat2": (316, 276), "fchmod": (91, 52),
    "fchmodat": (268, 53), "utimensat": (280, 88), "ftruncate": (77, 46), "fallocate": (285, 47), "fsync": (74, 82),
    "fdatasync": (75, 83), "flock": (73, 32), "copy_file_range": (326, 285), "sendfile": (40, 71),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "rt_sigpending": (127, 136), "rt_sigtimedwait": (128, 137), "set_robust_list": (273, 99), "rseq": (334, 293),
    "set_tid_address": (218, 96), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
    "restart_syscall": (219, 128), "exit": (60, 93), "exit_group": (231, 94),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "times": (100, 153), "getrusage": (98, 165), "getitimer": (36, 102),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158), "uname": (63, 160), "sysinfo": (99, 179),
    "getpriority": (140, 141), "getrlimit": (97, 163), "pipe2": (293, 59), "ppoll": (271, 73), "pselect6": (270, 72),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_pwait": (281, 22), "eventfd2": (290, 19),
}  # fmt: skip
# open, stat, lstat, access, readlink, mkdir, rmdir, unlink, rename, chmod, poll, select, dup2, pipe, getdents,
# time, arch_prctl, epoll_wait: only x86-64 still has them.
_OLD_X86_CALLS = (2, 4, 6, 21, 89, 83, 84, 87, 82, 90, 7, 23, 33, 22, 78, 201, 158, 232)
_PRLIMIT, _FCNTL, _CLONE = (302, 261), (72, 25), (56, 220)
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_CLONE_THREAD = 0x10000

# The column of the table, and AUDIT_ARCH of linux/audit.h.
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# linux/bpf_common.h and linux/seccomp.h
_LOAD, _IF_EQUAL, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_FIRST_ARGUMENT, _SECOND_ARGUMENT = 16, 24


def has_seccomp() -> bool:
    """Whether this kernel takes a filter of system calls, and we know this machine's numbers."""
    if not _IS_LINUX or platform.machine() not in _ARCHITECTURES:
        return False
    # No filter given: a kernel that can answers "bad address", one that cannot "invalid".
    _LIBC.prctl(_SET_SECCOMP, ctypes.c_ulong(2), None, ctypes.c_ulong(0), ctypes.c_ulong(0))
    return ctypes.get_errno() == errno.EFAULT


@functools.cache
def build_call_filter(*, allows_threads: bool) -> bytes | None:
    """Return the filter that forbids every system call which reading a file does not need; they answer ENOSYS.

    Best built once in the parent. Returns: None when this kernel or machine takes none.
    """
    if not has_seccomp():
        return None
    column, architecture = _ARCHITECTURES[platform.machine()]
    return _build_filter(column, architecture, allows_threads=allows_threads)


def restrict_calls(call_filter: bytes) -> None:
    """Hold this process to a filter of ``build_call_filter``. Raises: OSError, also before ``give_up_privileges``."""
    code = ctypes.create_string_buffer(call_filter, len(call_filter))
    header = struct.pack("@HP", len(call_filter) // 8, ctypes.addressof(code))
    _call(_LIBC.prctl(_SET_SECCOMP, ctypes.c_ulong(2), header, ctypes.c_ulong(0), ctypes.c_ulong(0)))


def _build_filter(column: int, architecture: int, *, allows_threads: bool) -> bytes:
    """Return the BPF program: a known number jumps to "allow", some depend on an argument, the rest is refused."""
    plain = [numbers[column] for numbers in _CALLS.values()] + list(_OLD_X86_CALLS if column == 0 else ())
    steps: list[tuple[int, int | None, int | None, int]] = [  # instruction, steps to jump if true, if false, value
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, 0),
        *((_IF_EQUAL, None, 0, number) for number in plain),
        # Its own limits only: the parent's CPU limit is as good as a kill.
        *_with_argument(_PRLIMIT[column], _FIRST_ARGUMENT, [(_IF_EQUAL, None, 0, 0)]),
        # Not who is signalled when a file is ready: that could be the parent, by SIGKILL.
        *_with_argument(
            _FCNTL[column],
            _SECOND_ARGUMENT,
            [
                (_IF_EQUAL, 2, 0, _F_SETOWN),
                (_IF_EQUAL, 1, 0, _F_SETSIG),
                (_IF_EQUAL, 0, None, _F_SETOWN_EX),
            ],
        ),
    ]
    if allows_threads:  # clone3 hides its flags in memory; refused, the C library falls back to clone.
        steps += _with_argument(_CLONE[column], _FIRST_ARGUMENT, [(_IF_ANY_BIT, None, 0, _CLONE_THREAD)])
    steps += [(_RETURN, 0, 0, _ERRNO | errno.ENOSYS), (_RETURN, 0, 0, _ALLOW)]
    last = len(steps) - 1
    return b"".join(
        struct.pack("=HBBI", code, *(last - at - 1 if jump is None else jump for jump in (yes, no)), value)
        for at, (code, yes, no, value) in enumerate(steps)
    )


def _with_argument(
    number: int, argument: int, checks: list[tuple[int, int | None, int | None, int]]
) -> list[tuple[int, int | None, int | None, int]]:
    """Return the steps that check an argument of one call; None jumps to "allow", the end of the checks is EPERM."""
    refusal = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    return [(_IF_EQUAL, 0, len(checks) + 2, number), (_LOAD, 0, 0, argument), *checks, refusal]


def _call(result: int) -> int:
    """Return a call's result. Raises: OSError with the kernel's reason when it is negative."""
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

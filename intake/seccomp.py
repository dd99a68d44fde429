"""The filter of system calls (seccomp) that a confined process runs under: what reading a file needs, and nothing else.

By ctypes and a table, because it needs one call of the kernel. Source: Linux
Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import platform
import struct
from collections.abc import Sequence

from intake.landlock import IS_LINUX, LIBC, check_call

_SET_SECCOMP = 22  # linux/prctl.h

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
# What no program that unpacks files needs, and what reaches the network, other processes or the kernel's odd corners.
_PRYING = {
    "socket": (41, 198), "io_uring_setup": (425, 425), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "pidfd_getfd": (438, 438), "unshare": (272, 97), "setns": (308, 268),
    "bpf": (321, 280), "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217),
    "perf_event_open": (298, 241), "mount": (165, 40),
}  # fmt: skip
_X32 = 0x40000000
_PRLIMIT, _FCNTL, _CLONE = (302, 261), (72, 25), (56, 220)
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_CLONE_THREAD = 0x10000

# The column of the table, and AUDIT_ARCH of linux/audit.h.
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# linux/bpf_common.h and linux/seccomp.h
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_FIRST_ARGUMENT, _SECOND_ARGUMENT = 16, 24


def has_seccomp() -> bool:
    """Whether this kernel takes a filter of system calls, and we know this machine's numbers."""
    if not IS_LINUX or platform.machine() not in _ARCHITECTURES:
        return False
    # No filter given: a kernel that can answers "bad address", one that cannot "invalid".
    LIBC.prctl(_SET_SECCOMP, ctypes.c_ulong(2), None, ctypes.c_ulong(0), ctypes.c_ulong(0))
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
    check_call(LIBC.prctl(_SET_SECCOMP, ctypes.c_ulong(2), header, ctypes.c_ulong(0), ctypes.c_ulong(0)))


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
    return _assemble([*steps, (_RETURN, 0, 0, _ERRNO | errno.ENOSYS), (_RETURN, 0, 0, _ALLOW)])


@functools.cache
def build_program_filter() -> bytes | None:
    """Return the filter for another program that must start, unpack and nothing else: no socket, no prying.

    It names what is forbidden, for nobody knows what a program needs; those calls answer EPERM.
    Returns: None when this kernel or machine takes none.
    """
    if not has_seccomp():
        return None
    column, architecture = _ARCHITECTURES[platform.machine()]
    return _assemble(
        [
            (_LOAD, 0, 0, 4),
            (_IF_EQUAL, 1, 0, architecture),
            (_RETURN, 0, 0, _KILL_PROCESS),
            (_LOAD, 0, 0, 0),
            (_IF_AT_LEAST, None, 0, _X32),  # the same calls under other numbers
            *((_IF_EQUAL, None, 0, numbers[column]) for numbers in _PRYING.values()),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        ]
    )


def _assemble(steps: Sequence[tuple[int, int | None, int | None, int]]) -> bytes:
    """Return a BPF program; None jumps to its last step."""
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

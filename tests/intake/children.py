"""Forked children that try things out, for the tests of the kernel's fences."""

import errno
import os


def in_child(prepare, *attempts) -> list[str]:
    """Return for each attempt the name of the error it ends in, 'well' for none."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            os.write(write_end, " ".join(try_out(attempt) for attempt in attempts).encode())
        except BaseException as error:
            os.write(write_end, repr(error).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told.split()


def try_out(attempt) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "well"

"""A lock on an open file, for whoever adds to what others add to: one at a time, the rest wait."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST = 60.0  # seconds to wait for others: a line is written in thousandths
PAUSE = 0.01  # seconds between two tries
FAR = 1 << 40  # a byte that no file reaches: where a lock forbids to read, it forbids only this
TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextmanager
def held_alone(handle: int, name: str, longest: float = LONGEST) -> Iterator[None]:
    """Hold an open file alone; others that ask for it wait until this is done.

    The lock goes with the process: one that was killed holds none. Raises OSError with the name
    where the file is still held after the longest wait, or can't be locked.
    """
    end = time.monotonic() + longest
    while not _try(_lock, handle, name):
        if time.monotonic() > end:
            raise OSError(errno.EAGAIN, "another process holds it and doesn't let go", name)
        time.sleep(PAUSE)
    try:
        yield
    finally:
        _unlock(handle)


def _try(lock: Callable[[int], None], handle: int, name: str) -> bool:
    try:
        lock(handle)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        raise OSError(error.errno, error.strerror, name) from None
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int) -> None:
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

"""A compiled solver that writes to the terminal by itself is kept quiet: a document must stay whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import RLock

OUTPUT = 1  # where compiled code writes, whatever Python's own standard output is
# one at a time: of two that begin at once the second would put silence back as what was there
ALONE = RLock()


@contextmanager
def quiet() -> Iterator[None]:
    """Let nothing that compiled code writes reach standard output.

    >>> with quiet():
    ...     done = os.write(OUTPUT, b"a solver's own line")
    """
    with suppress(Exception):
        sys.stdout.flush()
    with ALONE:
        try:
            kept = os.dup(OUTPUT)
        except OSError:  # a program without a standard output
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, OUTPUT)
            yield
        finally:
            os.dup2(kept, OUTPUT)
            os.close(kept)
            os.close(nowhere)

"""The one line of a terminal that tells how far work is: written over by the next, cleared before all else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

PATIENCE = 2.0  # seconds without a sign, after which a command says that it is at work
CLEARED = "\r\033[K"


@dataclass
class _Line:
    """What the line shows, what is worked on, and when something was printed last."""

    text: str = ""
    step: str = ""
    printed: float = 0.0


_line = _Line()


def is_watched() -> bool:
    """Return whether somebody sees standard error as it is written."""
    return sys.stderr is not None and sys.stderr.isatty()


def write_over(text: str) -> None:
    """Show a text in place of the one before; a blank one clears the line. For a terminal: ask `is_watched`."""
    _line.printed = monotonic()
    if text or _line.text:
        print(f"{CLEARED}{text}", end="", file=sys.stderr, flush=True)
    _line.text = text


def begin_step(step: str) -> None:
    """Tell what is worked on from now, which the line names."""
    _line.step = step


@contextmanager
def at_work(what: str) -> Iterator[None]:
    """Tell on a terminal, every second, that something is at work and for how long.

    It waits until nothing else was printed for two seconds.
    """
    if not is_watched():
        yield
        return
    ended = Event()
    begin_step("")
    write_over("")
    teller = Thread(target=_tell_until, args=(ended, what), daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()
        write_over("")


def _tell_until(ended: Event, what: str) -> None:
    began = monotonic()
    own = ""
    while not ended.wait(PATIENCE / 2):
        silent = monotonic() - _line.printed >= PATIENCE
        if silent or (own and _line.text == own):
            step = f", {_line.step}" if _line.step else ""
            own = f"{what}{step}: {int(monotonic() - began)} s"
            write_over(own)

"""How many processors a run may use."""

from __future__ import annotations

import os


def processors() -> int:
    """Return how many processors the system leaves this process, 1 at least.

    A shared machine may leave it fewer than it has.

    >>> processors() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):  # not on Windows or macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

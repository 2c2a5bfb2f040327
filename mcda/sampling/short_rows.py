"""Rows shorter than numpy's buffer, broadcast without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

SHORTEST = 2**10  # numbers: a step over a shorter row takes no longer than the call made for it


@contextmanager
def short_rows() -> Iterator[None]:
    """Let numpy broadcast a number along a row that is shorter than its buffer of 8,192 numbers.

    Otherwise it copies both first, to fill the buffer, which takes three times as long as the step.

    >>> with short_rows():
    ...     np.getbufsize()
    1024
    """
    before = np.setbufsize(SHORTEST)
    try:
        yield
    finally:
        np.setbufsize(before)

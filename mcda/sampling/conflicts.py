"""The smallest set of conditions that exclude each other, among many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations


def smallest_conflict(count: int, agree: Callable[[Sequence[int]], bool]) -> tuple[int, ...]:
    """Return the smallest set of conditions, out of 0 to count - 1, that can't hold together.

    agree: whether some conditions can hold together; all of them can't. Of equally small sets the
    first in order is returned. A conflict holds at least one condition outside every set that
    agrees, so that only sets that do are looked at. Source: Ignatiev, Previti, Liffiton and
    Marques-Silva (2015), Smallest MUS extraction with minimal hitting set dualization.

    >>> def agree(some):
    ...     return not {1, 3} <= set(some) and not {0, 2, 3} <= set(some)
    >>> smallest_conflict(4, agree)
    (1, 3)
    """
    outside: list[frozenset[int]] = []
    for size in range(1, count):
        for some in combinations(range(count), size):
            if all(not one.isdisjoint(some) for one in outside):
                if not agree(some):
                    return some
                outside.append(_outside(some, count, agree))
    return tuple(range(count))


def _outside(
    some: Sequence[int], count: int, agree: Callable[[Sequence[int]], bool]
) -> frozenset[int]:
    """Return what is left outside a largest set around some conditions that still agree."""
    rows = list(some)
    for one in range(count):
        if one not in rows and agree([*rows, one]):
            rows.append(one)
    return frozenset(range(count)) - frozenset(rows)

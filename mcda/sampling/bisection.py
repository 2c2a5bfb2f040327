"""Bisection: where an answer changes between two numbers, found down to neighbours.

Each search asks at numbers and keeps the piece in which the answer first changes. They differ in
what one question costs: many searches ask together, halves or several sections at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np

# how far a search goes
HALVINGS_OF_STEP = 60  # of a step of a grid: down to neighbouring doubles
HALVINGS_OF_WAY = 50  # of a way from 0 to 1: to 1e-15 of it, less than a sum of weights is sure to
CUTS = 10  # of a part into sections again: down to last bits with 32 of them
NEIGHBOURS = 2.0**-62  # of the way searched: no double lies between

# into how many pieces it cuts
SECTIONS = 16  # a section costs one call for all its numbers
SECTIONS_OF_WAY = 32  # a row of a table costs little beside the call that scores it
HALVES = 2  # where a method scores tables one by one

Changed = Callable[[np.ndarray], np.ndarray]


def halved(
    changed: Changed, before: np.ndarray, after: np.ndarray, halvings: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the last numbers (k,) before a change and the first ones after it.

    changed: numbers (k,) -> whether the answer to each is already another one.

    >>> before, after = halved(lambda at: at > 0.3, np.zeros(1), np.ones(1), HALVINGS_OF_STEP)
    >>> before <= 0.3, after > 0.3, after - before < 1e-15
    (array([ True]), array([ True]), array([ True]))
    """
    for _ in range(halvings):
        middle = (before + after) / 2
        beyond = changed(middle)
        before = np.where(beyond, before, middle)
        after = np.where(beyond, middle, after)
    return before, after


def sectioned(
    changed: Callable[[np.ndarray, np.ndarray], np.ndarray], numbers: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the first number (k,) after a change on each path (k, s), and whether there is one.

    changed: numbers (j, s) and the places (j,) of their paths -> whether the answer to each is
    another than the one before its path. Paths without a change are asked about once. Their number
    is the first one.

    >>> after, found = sectioned(lambda at, _: at > 0.3, np.linspace([0.0], [1.0], 5, axis=1))
    >>> after.round(12).tolist(), found.tolist()
    ([0.3], [True])
    """
    after = numbers[:, 0].copy()
    found = np.zeros(len(numbers), dtype=bool)
    paths = np.arange(len(numbers))
    steps = np.linspace(0, 1, SECTIONS_OF_WAY + 1)
    for _ in range(CUTS):
        beyond = changed(numbers, paths)
        found[paths] = beyond.any(axis=-1)
        first = beyond.argmax(axis=-1)[:, None]
        after[paths] = np.take_along_axis(numbers, first, axis=-1)[:, 0]
        before = np.take_along_axis(numbers, np.maximum(first - 1, 0), axis=-1)
        before = before[found[paths]]
        paths = paths[found[paths]]
        numbers = before + (after[paths, None] - before) * steps
        numbers[:, -1] = after[paths]  # the sum above may miss it by its last bit
    return after, found


def neighbours(
    before: float, after: float, sections: int
) -> Generator[Sequence[float], Sequence[str], tuple[float, float]]:
    """Return the search for two neighbouring numbers, before the first change and after it.

    It asks who leads at numbers, and is sent "" where the answer is the one before.

    >>> search = neighbours(0.0, 1.0, HALVES)
    >>> next(search), search.send([""]), search.send(["B"])
    ([0.5], [0.75], [0.625])
    """
    width = abs(after - before)
    while abs(after - before) > NEIGHBOURS * width:
        steps = before + (after - before) * np.linspace(0, 1, sections + 1)[1:-1]
        between = [number for number in steps.tolist() if number not in (before, after)]
        if not between:
            break
        answers = yield between
        first = next((at for at, answer in enumerate(answers) if answer), len(between))
        before = [before, *between][first]
        after = [*between, after][first]
    return before, after

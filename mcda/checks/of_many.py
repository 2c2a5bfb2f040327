"""How much of very many is shown, tried one by one, or looked at in draws: one rule for all.

Small questions never meet these numbers. What is left out is said where it would stand, with the
place that holds the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TypeVar

import numpy as np

Held = TypeVar("Held")
SHOWN = 40  # rows, columns or names of many that are shown
LOOKED_UP = 500  # rows of an annex, in which a reader looks a thing up
IN_A_SHEET = (
    70_000  # cells of a table in a workbook beside which it stands whole: few enough to read
)
TRIED = 12  # options, or holders, for each of which a search of its own is run, of more than SHOWN
SCORED = 2**32  # cells in all cases together, which two cores score in a minute or two
FEWEST = 1_000  # cases, however large a question is: shares are then known within 1.6 points


def fitting(most: int, cells: int) -> int:
    """Return how many cases of so many cells each are looked at: so many, or what the work allows.

    Fewer are a number that begins with its one digit.

    >>> fitting(100_000, 2_057), fitting(100_000, 220_000), fitting(100_000, 4_000_000)
    (100000, 10000, 1000)
    """
    if most * cells <= SCORED:
        return most
    fewer = min(most, max(FEWEST, SCORED // cells))
    ones = int(10 ** (len(str(fewer)) - 1))
    return fewer // ones * ones


def foremost(ranks: np.ndarray, most: int) -> np.ndarray:
    """Return the places (k,) of the best ranks (m,), at most so many, in the order given.

    Of equal ranks the first are taken.

    >>> foremost(np.array([3, 1, 2, 2]), 2).tolist()
    [1, 2]
    """
    best = np.argsort(ranks, kind="stable")[:most]
    return np.sort(best, kind="stable")


def tried(ranks: np.ndarray) -> np.ndarray:
    """Return the places of the options that are tried one by one: all of few, the best of many.

    >>> tried(np.array([2, 1])).tolist(), len(tried(np.arange(1, 500)))
    ([0, 1], 12)
    """
    return np.arange(len(ranks)) if len(ranks) <= SHOWN else foremost(ranks, TRIED)


def first_of_many(holders: Mapping[str, Held]) -> dict[str, Held]:
    """Return those for each of whom a search is run: all of few, the first of many.

    >>> first_of_many({"a": 1, "b": 2}), len(first_of_many(dict.fromkeys(map(str, range(200)))))
    ({'a': 1, 'b': 2}, 12)
    """
    most = TRIED if len(holders) > SHOWN else None
    return dict(islice(holders.items(), most))


def unbeaten(merits: np.ndarray) -> np.ndarray:
    """Return the places of the rows (m, k) that no other row beats in everything; of few all.

    More is better. Of equal rows the first stays. What is beaten decides no lead of another row by
    a method that never falls as a merit rises.

    >>> few = np.array([[1.0, 2.0], [1.0, 1.0]])
    >>> unbeaten(few).tolist(), unbeaten(np.repeat(few, 30, axis=0)).tolist()
    ([0, 1], [0])
    """
    places = np.arange(len(merits))
    if len(places) <= SHOWN:
        return places
    beaten = []
    for at in places:
        above = (merits >= merits[at]).all(axis=1)
        better = (merits > merits[at]).any(axis=1)
        beaten.append(bool((above & (better | (places < at))).any()))
    return np.flatnonzero(~np.array(beaten))


def with_place(places: np.ndarray, one: int) -> tuple[np.ndarray, int]:
    """Return places in order with one more among them, and where that stands there.

    >>> with_place(np.array([2, 7]), 5)
    (array([2, 5, 7]), 1)
    """
    joined = np.union1d(places, one)
    return joined, int(np.searchsorted(joined, one))

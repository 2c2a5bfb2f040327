"""One set of values out of many that keep some statements: it tells best what follows from them."""

from __future__ import annotations

import numpy as np

from mcda.preferences.from_statements.bounds import CLEAR
from mcda.preferences.from_statements.room import Room
from mcda.sampling.linear_programs import least


def representative_parts(room: Room, options: np.ndarray, necessary: np.ndarray) -> np.ndarray:
    """Return the parts (n,) that stand for all in a room, for rows of options (m, n).

    Options of which one is necessarily better (m, m) differ by as much as can be, in the pair where
    they do least; then options of which neither is, by as little as can be, in the pair where they
    do most; then the largest part is as small as can be, and parts that come first are smaller.
    Source: Figueira, Greco and Slowinski (2009).

    >>> table = np.array([[1.0, 0.5], [0.0, 0.5]])
    >>> parts = representative_parts(Room((), 2), table, np.array([[1, 1], [0, 1]], dtype=bool))
    >>> parts.round(6).tolist()
    [1.0, 0.0]
    """
    n = room.size
    apart = necessary & ~necessary.T
    neither = ~necessary & ~necessary.T
    better = _differences(options, apart)
    open_pairs = _differences(options, neither)
    # behind the parts: the least lead, the largest difference, the largest part
    rows = np.vstack(
        [
            _beside(room.rows, (0, 0, 0)),
            _beside(-better, (1, 0, 0)),
            _beside(open_pairs, (0, -1, 0)),
            _beside(np.eye(n), (0, 0, -1)),
        ]
    )
    equal = _beside(np.vstack([np.ones(n), room.equal]), (0, 0, 0))
    sums = np.append(1.0, np.zeros(len(room.equal)))
    ends = np.eye(3)
    costs = [np.r_[np.zeros(n), sign * end] for sign, end in zip((-1, 1, 1), ends, strict=True)]
    costs.append(np.r_[np.arange(n, 0, -1.0), np.zeros(3)])
    high = np.r_[np.ones(n), 2.0, 2.0, 1.0]
    solved = least(costs, rows, np.zeros(len(rows)), equal, sums, high=high)
    if solved is None:
        raise ValueError("a room without parts has none that stand for it")
    return np.asarray(np.maximum(solved.at[:n], 0.0))


def clearest_parts(room: Room) -> np.ndarray:
    """Return the parts (n,) that keep bounds with a margin by as many times that as can be.

    Among several the largest part is as small as can be, and parts that come first are smaller.

    >>> from mcda.preferences.from_statements.bounds import Bound
    >>> ahead = [Bound(np.array(row), margin=CLEAR) for row in ([-1.0, 1.0, 0.0], [0.0, -1.0, 1.0])]
    >>> clearest_parts(Room(tuple(ahead), 3)).round(6).tolist()
    [0.666667, 0.333333, 0.0]
    """
    n = room.size
    # behind the parts: how far rows are below 0, in whole margins; the largest part
    margins = room.margins / CLEAR
    deeper = np.hstack([room.rows, margins[:, None], np.zeros((len(margins), 1))])
    largest = np.hstack([np.eye(n), np.zeros((n, 1)), -np.ones((n, 1))])
    equal = np.vstack([np.ones(n), room.equal])
    equal = np.hstack([equal, np.zeros((len(equal), 2))])
    sums = np.append(1.0, np.zeros(len(room.equal)))
    deepest = 1.0 if margins.any() else 0.0  # without any margin it would have no end
    costs = [np.r_[np.zeros(n), -1.0, 0.0], np.r_[np.zeros(n), 0.0, 1.0]]
    costs.append(np.r_[np.arange(n, 0, -1.0), 0.0, 0.0])
    high = np.r_[np.ones(n), deepest, 1.0]
    rows = np.vstack([deeper, largest])
    solved = least(costs, rows, np.zeros(len(rows)), equal, sums, high=high)
    if solved is None:
        raise ValueError("a room without parts has none that keep its bounds")
    return np.asarray(np.maximum(solved.at[:n], 0.0))


def _differences(options: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return the rows (k, n) of one option less another, for all pairs (m, m) that are marked."""
    first, second = np.nonzero(pairs)
    return np.asarray(options[first] - options[second])


def _beside(rows: np.ndarray, behind: tuple[int, int, int]) -> np.ndarray:
    """Return rows (k, n + 3) with the same three numbers behind each."""
    return np.hstack([rows, np.tile(np.array(behind, dtype=float), (len(rows), 1))])

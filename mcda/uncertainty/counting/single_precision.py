"""A bare matrix of triangular cells under textbook TOPSIS, in single precision.

Both engines take it, and this is numpy's. With half as many bytes an instruction takes twice as
many numbers. TOPSIS with vector normalisation doesn't change when a criterion is divided by a
number: each is divided by its largest end, so that no square is too large or too small. Gaps to the
ideal don't change when a criterion is shifted: numbers count from its lowest end, so that all
digits go to differences.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from mcda.problem.estimates import Estimate
from mcda.problem.over_ranges.estimate_sampler import STREAM
from mcda.sampling.distributions import triangle
from mcda.sampling.streams import halves, pairs, single_fractions, stream, words
from mcda.uncertainty.draws.batch_scores import add_distances, closeness_of, sum_of_squares
from mcda.uncertainty.draws.draws import Draws

SHARES = 2.0**23  # no uniform number is a whole number of 2^-23: none falls on a mode


class BareMatrix(NamedTuple):
    """The cells of a bare matrix (n, m), in single precision.

    Each criterion is divided by its largest end. cells (6, n, m): share below the mode, factors of
    the roots below and above it, both at the mode, what is added. starts (n, m): where the random
    streams begin. base (n,): what numbers are drawn from. signs (n,): -1 for a cost.
    """

    cells: np.ndarray
    starts: np.ndarray
    base: np.ndarray
    signs: np.ndarray


def bare_matrix(draws: Draws) -> BareMatrix:
    """Return the cells of a question of judged triangular cells.

    Cells that don't vary have no width.
    """
    problem = draws.problem
    estimates = draws.drawing.estimates
    varying = set(draws.varying)
    options = problem.options.index
    held = []
    for leaf in problem.leaves:
        held.append([estimates[f"{leaf.key}/{option}"] for option in options])
    ends = []
    starts = []
    for row in held:
        ends.append([_ends(one, one.key in varying) for one in row])
        starts.append([stream(draws.seed, STREAM + one.key) for one in row])
    low, mode, high = np.moveaxis(np.array(ends), -1, 0)
    size = np.maximum(abs(low), abs(high)).max(axis=1, keepdims=True)
    size[size == 0] = 1.0
    base = low.min(axis=1, keepdims=True)
    signs = np.array([leaf.sign for leaf in problem.leaves], dtype=float)
    cells = _shapes(*((end - base) / size for end in (low, mode, high)))
    return BareMatrix(
        cells, np.array(starts, dtype=np.uint64), (base / size)[:, 0].astype(np.float32), signs
    )


def _ends(estimate: Estimate, varies: bool) -> tuple[float, float, float]:
    low, high = estimate.ends if varies else (estimate.mode, estimate.mode)
    return low, estimate.mode, high


def _shapes(low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the shapes of cells, in which a root is constant on the other side of the mode.

    Left of the mode the root above it is constant, and right of it the root below it. So a number
    is one root less the other plus a constant, and no branch is needed.
    """
    exact, *factors = triangle(low, mode, high)
    share = (np.rint(exact * SHARES) / SHARES).astype(np.float32)
    rise, fall = (factor.astype(np.float32) for factor in factors)
    at_rise = rise * np.sqrt(share)
    at_fall = fall * np.sqrt(1 - share)
    return np.stack(
        [share, rise, fall, at_rise, at_fall, mode.astype(np.float32) + at_fall - at_rise]
    )


def bare_scores(
    matrix: BareMatrix, weights: Sequence[np.ndarray], first: int, count: int
) -> Iterable[np.ndarray]:
    """Return the closeness of the options in a run, (m, count), for each holder's weights.

    weights: (n, count) or (n, 1) each. The next run in this thread uses the same memory again.
    """
    (n, m) = matrix.starts.shape
    (word, many) = pairs(first, count)
    used = _MEMORY.of(2 * (len(weights) + 1), m, 2 * many)
    run = used[..., first % 2 :][..., :count]
    column = run[0]
    spare = run[1]
    distances = [run[at : at + 2] for at in range(2, len(run), 2)]
    run[2:] = 0
    for j in range(n):
        draw_column(matrix, j, word, used[:2])
        norm = sum_of_squares(np.add(column, matrix.base[j], out=spare), spare)
        for gaps, whose in zip(distances, weights, strict=True):
            add_distances(gaps, column, whose[j].astype(np.float32), norm, matrix.signs[j], spare)
    return (closeness_of(*gaps) for gaps in distances)


def draw_column(matrix: BareMatrix, j: int, word: int, memory: np.ndarray) -> None:
    """Write one criterion's numbers less the base, (m, draws), from a word of the streams on.

    A second table is used for the work. Random words, uniform numbers and quantiles use the same
    memory one after the other.
    """
    share, rise, fall, _, _, middle = matrix.cells[:, j, :, None]
    mixed = words(matrix.starts[j], word, memory.shape[2] // 2, out=memory.view(np.uint64))
    u = single_fractions(halves(mixed))
    spare = memory[1]
    np.subtract(1, u, out=spare)
    for root, most, factor in ((u, share, rise), (spare, 1 - share, fall)):
        np.clip(root, 0, most, out=root)
        np.sqrt(root, out=root)
        root *= factor
    np.subtract(u, spare, out=memory[0])
    memory[0] += middle


class _Memory(threading.local):
    """One thread's memory, which is used again and again.

    To get memory from the system costs more than to fill it.
    """

    array = np.empty(0, dtype=np.float32)

    def of(self, *shape: int) -> np.ndarray:
        """Return a table of single precision with anything in it."""
        if self.array.size < np.prod(shape):
            self.array = np.empty(np.prod(shape), dtype=np.float32)
        return self.array[: np.prod(shape)].reshape(shape)


_MEMORY = _Memory()

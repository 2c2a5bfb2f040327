"""The worth of knowing one number, from sums of scores over narrow cells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property

import numpy as np

from mcda.checks.significant_digits import CLEAR
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.sensitivity.information.gains import Gain, Means
from mcda.sensitivity.information.pieces import pieces

FOLDS = 5  # parts of the draws: what one finds is tried on the others
MOST_CELLS = 2_048  # beyond it a curve of one number has no more to show
DRAWS_A_CELL = 8  # on average; the pieces join cells, so that narrow ones cost little
# of a number with no more values than these each has a mean of its own: no curve is fitted
FEW_VALUES = 24
# the narrowest cells, at both ends, hold this part of an average cell's draws, or a little more
EVEN = 1 / 16
PRIOR = 8.0  # degrees of freedom that the variance over all cells adds to the variance within one
SURE = 4.0  # an option that trails by so many errors in every run of cells is no rival
BUCKETS = 4_096  # of equal width: one look-up instead of a search through the edges
SEVERAL = 16  # fewer edges than these are searched as fast
TOGETHER = 8  # numbers whose curves are fitted at once: their tables stay in the cache
# what never happened in n draws has a chance of less than 3 / n, at 95% (rule of three)
UNSEEN = 3.0


class Edges:
    """Edges of cells, in rising order: the cell of a number, faster than by a binary search.

    Buckets of equal width say how many edges are below; one comparison decides the rest, except
    where a bucket holds several edges. Rounding changes no order, so a number never falls into a
    bucket on the wrong side of an edge. `few`: the number takes no more values than there are cells.

    >>> Edges(np.array([1.0, 2.0])).cells_of(np.array([0.5, 1.0, 1.5, 2.5])).tolist()
    [0, 1, 1, 2]
    """

    def __init__(self, edges: np.ndarray, few: bool = False) -> None:
        self.few = few
        self.cells = 1 << len(edges).bit_length()
        self.places = edges
        self.beyond = np.r_[edges, np.inf]
        with np.errstate(divide="ignore", over="ignore"):
            self.rate = BUCKETS / (edges[-1] - edges[0]) if len(edges) >= SEVERAL else np.inf
        if np.isfinite(self.rate):
            buckets = np.arange(BUCKETS)
            held = self._buckets(edges)
            self.below = np.searchsorted(held, buckets)
            self.crowded = np.searchsorted(held, buckets, side="right") > self.below + 1

    @classmethod
    def of(cls, number: np.ndarray, draws: int, most: int = MOST_CELLS) -> Edges:
        """Return the edges for so many draws of a number, cut by some of them (k,)."""
        values, counts = np.unique(number, return_counts=True)
        cuts = np.arange(len(values) - 1)
        few = len(values) <= FEW_VALUES
        if not few:
            cells = int(np.clip(draws // DRAWS_A_CELL, 2, most))
            cells = 1 << (cells.bit_length() - 1)
            at = np.searchsorted(np.cumsum(counts[:-1]), _levels(cells) * len(number))
            cuts = np.unique(np.minimum(at, cuts[-1]))
        return cls(values[cuts] + (values[cuts + 1] - values[cuts]) / 2, few)

    def cells_of(self, numbers: np.ndarray) -> np.ndarray:
        """Return how many edges each number (k,) reaches."""
        if not np.isfinite(self.rate):
            return np.searchsorted(self.places, numbers, side="right")
        buckets = self._buckets(numbers)
        cells = self.below.take(buckets)
        cells += numbers >= self.beyond.take(cells)
        crowded = np.flatnonzero(self.crowded.take(buckets))
        cells[crowded] = np.searchsorted(self.places, numbers[crowded], side="right")
        return cells

    def _buckets(self, numbers: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):  # far beyond all edges lies the last bucket
            return np.clip((numbers - self.places[0]) * self.rate, 0, BUCKETS - 1).astype(np.intp)


class Placed:
    """Draws of a number (k,) in its cells by fold (k,), the fold of each by `folds_of`.

    They are placed once for all that is summed over them.
    """

    def __init__(self, edges: Edges, number: np.ndarray, fold: np.ndarray) -> None:
        cell = edges.cells_of(number)
        self.edges = edges
        self.at = (fold * edges.cells + cell).astype(np.int32)
        counts = np.bincount(self.at, minlength=FOLDS * edges.cells)
        self.counts = counts.reshape(FOLDS, edges.cells)
        self.places = np.bincount(cell, number, minlength=edges.cells)

    def sums(self, outcomes: np.ndarray) -> np.ndarray:
        """Return the sums (folds, cells, m) of outcomes (k, m).

        All outcomes of a draw are added at once, where they lie side by side: draw by draw, so that
        sums are rounded alike on any machine.
        """
        from scipy.sparse import csc_array  # slow to load

        draws = len(self.at)
        each = (np.ones(draws), self.at, np.arange(draws + 1, dtype=np.int32))
        sums = csc_array(each, (self.counts.size, draws)) @ outcomes
        return np.asarray(sums).reshape(*self.counts.shape, -1)


class Cells:
    """Sums of scores by fold and by cell of a number that could be known.

    The worth of knowing it needs nothing else of the draws.
    """

    def __init__(self, edges: Edges, options: int) -> None:
        self.edges = edges
        self.counts = np.zeros((FOLDS, edges.cells))
        self.sums = np.zeros((FOLDS, edges.cells, options))
        self.places = np.zeros(edges.cells)

    def add(self, scores: np.ndarray, number: np.ndarray, fold: np.ndarray) -> None:
        """Add draws: scores (k, m), number (k,) and fold (k,)."""
        placed = Placed(self.edges, number, fold)
        self.sums += placed.sums(scores)
        self.counts += placed.counts
        self.places += placed.places

    def halved(self) -> Cells:
        """Return the same with cells joined two by two."""
        halves = copy(self)
        halves.counts = _in_pairs(self.counts)
        halves.sums = self.sums[:, 0::2] + self.sums[:, 1::2]
        halves.places = _in_pairs(self.places)
        return halves


def gains_of(tallies: Sequence[Cells], means: Means) -> list[Gain]:
    """Return what knowing each number gains over the best option, with its error.

    means: those of all options over the same draws. The gain is that of a choice made for each fold
    from the other folds, so that noise isn't taken for information: on average no more than the
    true worth. The error combines that of sampling, half of the way up to the worth that the curve
    itself claims (too high, as noise lifts the best of several), what finer cells still add, what
    no cell could show, and the advantage of the chosen option in these draws.
    """
    found: dict[int, Gain] = {}
    alike: dict[tuple[bool, int], list[int]] = {}
    for at, cells in enumerate(tallies):
        alike.setdefault((cells.edges.few, cells.edges.cells), []).append(at)
    for places in alike.values():
        for first in range(0, len(places), TOGETHER):
            some = places[first : first + TOGETHER]
            found.update(zip(some, _gains_of([tallies[at] for at in some], means), strict=True))
    return [found[at] for at in range(len(tallies))]


def _gains_of(tallies: Sequence[Cells], means: Means) -> Iterator[Gain]:
    """Go through the gains of some numbers with as many cells."""
    best = int(means.chosen[0])
    known = _Known(tallies, best)
    worth, sampling, change = known.tried()
    coarser = worth.copy()
    fine: list[int] = []
    if not known.few and tallies[0].edges.cells > 2:
        fine = np.flatnonzero(worth > 0).tolist()
    if fine:
        coarser[fine] = _Known([tallies[at].halved() for at in fine], best).tried()[0]
    parts = (
        sampling,
        np.maximum(known.claimed() - worth, 0.0) / 2,
        np.maximum(worth - coarser, 0.0),
        np.maximum(known.hidden(), UNSEEN * means.spread / known.draws) / CLEAR,
        np.full(worth.shape, means.favour),
    )
    errors = np.sqrt(np.square(parts).sum(axis=0))
    for one in zip(worth.tolist(), errors.tolist(), change.tolist(), strict=True):
        yield Gain(*one) if one[0] > 0 else Gain(0.0, one[1], 0.0)


def _levels(cells: int) -> np.ndarray:
    """Return the shares of draws below the inner edges of cells, narrower towards both ends."""
    even = np.arange(1, cells) / cells
    return (1 - EVEN) * np.sin(np.pi * even / 2) ** 2 + EVEN * even


def folds_of(first: int, count: int) -> np.ndarray:
    """Return the folds of draws first, first + 1, and so on.

    Numbers are scrambled, so that no pattern in their order is a fold. Source: Steele, Lea and
    Flood (2014), the finaliser of SplitMix64.
    """
    bits = np.arange(first + 1, first + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((bits ^ (bits >> np.uint64(31))) % np.uint64(FOLDS)).astype(np.int64)


class _Fitted:
    """Outcomes by fold and cell, the variance within cells, and the curves fitted through them.

    Those of k numbers over the same draws: counts (k, folds, cells), sums (k, folds, cells,
    outcomes), places (k, cells).
    """

    def __init__(self, counts: np.ndarray, sums: np.ndarray, places: np.ndarray, few: bool) -> None:
        self.counts = counts
        self.sums = np.ascontiguousarray(sums.swapaxes(-1, -2))  # k, folds, outcomes, cells
        self.few = few
        self.count = counts.sum(axis=1)
        self.all = self.sums.sum(axis=1)
        self.draws = float(self.count[0].sum())
        self.places = np.stack([_standard(*each) for each in zip(places, self.count, strict=True)])
        self.within = self._within()

    def _within(self) -> np.ndarray:
        """Return the variance of one draw in each cell, (k, outcomes, cells).

        It is steadied by the variance over all cells.
        """
        means = self.all / np.maximum(self.count, 1)[:, None]
        apart = self.sums / np.maximum(self.counts, 1)[:, :, None] - means[:, None]
        squares = (self.counts[:, :, None] * apart**2).sum(axis=1)
        freedom = np.maximum((self.counts > 0).sum(axis=1) - 1, 0)[:, None]
        among = np.maximum(freedom.sum(axis=-1, keepdims=True), 1)
        overall = squares.sum(axis=-1, keepdims=True) / among
        return np.asarray((squares + PRIOR * overall) / (freedom + PRIOR))

    def curves(self) -> np.ndarray:
        """Return the expected outcome in each cell by all draws, (k, outcomes, cells)."""
        if self.few:
            return np.asarray(self.all / np.maximum(self.count, 1)[:, None])
        return pieces(self.count, self.places, self.all, self.within, float(np.log(self.draws)))

    def curves_of_others(self, rows: np.ndarray) -> np.ndarray:
        """Return the same of some numbers by all draws but one fold's, (rows, folds, outcomes, cells)."""
        counts = self.count[rows, None] - self.counts[rows]
        sums = self.all[rows, None] - self.sums[rows]
        if self.few:
            return np.asarray(sums / np.maximum(counts, 1)[:, :, None])
        within = self.within[rows, None]
        return pieces(counts, self.places[rows, None], sums, within, float(np.log(self.draws)))


class Curve:
    """Outcomes (n, m) as a function of one number, learned from draws in a limited number of cells."""

    def __init__(self, placed: Placed, outcomes: np.ndarray) -> None:
        edges = placed.edges
        sums = placed.sums(outcomes)
        fitted = _Fitted(placed.counts[None], sums[None], placed.places[None], edges.few)
        self.edges = edges
        self.heights = fitted.curves()[0]

    @property
    def flat(self) -> bool:
        """Whether the number says nothing: one level piece for each outcome."""
        return bool(
            (np.ptp(self.heights, axis=1) <= TIE_TOLERANCE * abs(self.heights).max(axis=1)).all()
        )

    def at(self, number: np.ndarray) -> np.ndarray:
        """Return the outcomes expected (m, k) at numbers (k,)."""
        return self.heights.take(self.edges.cells_of(number), axis=1)


class _Known(_Fitted):
    """Leads over the option chosen without knowing, and the choices where a number is known.

    Options that trail everywhere are no rivals: they count as level with the chosen one, which no
    choice leaves for them.
    """

    def __init__(self, tallies: Sequence[Cells], best: int) -> None:
        counts = np.stack([cells.counts for cells in tallies])
        sums = np.stack([cells.sums for cells in tallies])
        places = np.stack([cells.places for cells in tallies])
        super().__init__(counts, sums - sums[..., [best]], places, tallies[0].edges.few)
        self.best = best
        ends = [
            run.max(axis=-1) for run in _runs(self.all, self.within * self.count[:, None], SURE)
        ]
        trails = np.max(ends, axis=0) <= 0
        self.sums[np.broadcast_to(trails[:, None], self.sums.shape[:-1])] = 0
        self.all[trails] = 0
        self.within[trails] = 0
        self.curve = self.curves()
        self.choice = self._chosen(self.curve)

    @cached_property
    def others(self) -> np.ndarray:
        """The choice for each fold by a curve through the other folds, (k, folds, cells).

        No other option is chosen where all draws show none.
        """
        others = np.full(self.counts.shape, self.best)
        rows = np.flatnonzero((self.choice != self.best).any(axis=-1))
        if len(rows):
            others[rows] = self._chosen(self.curves_of_others(rows))
        return others

    def _chosen(self, curves: np.ndarray) -> np.ndarray:
        """Return the best option in each cell, (k, ..., cells).

        It is the option chosen without knowing where that one is no worse.
        """
        largest = abs(curves).max(axis=tuple(range(1, curves.ndim)), keepdims=True)
        tied = TIE_TOLERANCE * np.maximum(1.0, largest[..., 0, :])
        return np.where(curves.max(axis=-2) > tied, curves.argmax(axis=-2), self.best)

    def _entries_of(self, table: np.ndarray, choice: np.ndarray) -> np.ndarray:
        """Return the entries of a table (..., options, cells) for the choice in each cell."""
        return np.take_along_axis(table, choice[..., None, :], axis=-2)[..., 0, :]

    def tried(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the gain of choices made from other folds, and its sampling error, (k,) each.

        The last number is the share of draws in which the choice is another.
        """
        gains = self._entries_of(self.sums, self.others)
        other = self.others != self.best
        worth = self._mean(gains)
        within = np.broadcast_to(self.within[:, None], self.sums.shape)
        squares = self.counts * (self._entries_of(within, self.others) * other)
        squares += gains**2 / np.maximum(self.counts, 1)
        spread = np.maximum(self._mean(squares) - worth**2, 0.0)
        return worth, np.sqrt(spread / self.draws), self._mean(self.counts * other)

    def _mean(self, sums: np.ndarray) -> np.ndarray:
        """Return the mean over all draws (k,) of what cells (k, ...) sum up."""
        return np.asarray(sums.reshape(len(sums), -1).sum(axis=1) / self.draws)

    def claimed(self) -> np.ndarray:
        """Return the worth (k,) that the curve through all draws claims.

        It is the mean of its best, or of its choice on these draws.
        """
        top = np.maximum(self.curve.max(axis=1), 0.0)
        chosen = self._mean(self._entries_of(self.all, self.choice))
        return np.maximum(self._mean(self.count * top), chosen)

    def hidden(self) -> np.ndarray:
        """Return the most (k,) that another choice in any one run of cells could still gain, at 95%."""
        more = self.all - self._entries_of(self.all, self.choice)[:, None]
        runs = _runs(more, self.within * self.count[:, None], CLEAR)
        return np.asarray(np.max([run.max(axis=(1, 2)) for run in runs], axis=0) / self.draws)


def _runs(more: np.ndarray, noise: np.ndarray, errors: float) -> Iterator[np.ndarray]:
    """Go through sums and a number of their errors, over cells, pairs of cells, and so on to all.

    noise: the variances of the sums.
    """
    while True:
        yield np.where(noise > 0, more + errors * np.sqrt(noise), 0.0)
        if more.shape[-1] == 1:
            return
        more = _in_pairs(more)
        noise = _in_pairs(noise)


def _in_pairs(sums: np.ndarray) -> np.ndarray:
    """Return sums (..., cells) over neighbours, two by two."""
    return np.asarray(sums[..., 0::2] + sums[..., 1::2])


def _standard(places: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return the mean place of the draws in each cell, on a standard scale.

    On it the middle is 0 and most places are near 1.
    """
    used = count > 0
    mean = places / np.maximum(count, 1)
    middle = np.median(mean[used])
    size = np.median(abs(mean[used] - middle)) or abs(mean[used] - middle).max() or 1.0
    return np.asarray(np.where(used, (mean - middle) / size, 0.0))

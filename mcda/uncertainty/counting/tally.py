"""The sums counted over draws: whole numbers, the same in any order and on any machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.checks.arguments import check_word
from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks

SHARE = 232_792_560  # a draw in parts that every number up to 20 of tied options divides
FIXED = 2.0**30  # weights and scores as whole numbers of 2^-30
MANY = 1000  # options: with more, later ranks share one count
RANKS_OF_MANY = 100  # ranks that are then counted one by one
PAIRED = 300  # options: the square of more of them is a table that nobody reads
SINGLE_TOLERANCE = 2.0**-20  # of a score in single precision: eight of the last bits of 1
SHARED = "shared"
BEHIND = "behind/"  # of sums among fewer options, beside those among all
BLOCK = 1024  # draws that the kernels count together
TIES = (SHARED, "better")


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over draws, by name: whole-number arrays, added in any order.

    ranks (m, ranks): shares of draws at each rank, in parts of a draw (a last column holds all
    later ranks where not every rank is counted by itself). wins (m, m): draws in which the row's
    option is ahead of the column's; not kept for very many options. weights, squares (m, n):
    weights of the draws in which an option is first, and their squares. scores, score_squares (m,).
    passes (options, floors + 1): draws in which a floor, and every floor, is passed.
    """

    draws: int
    sums: Mapping[str, np.ndarray]

    def __add__(self, other: Tally) -> Tally:
        """Return the sums of both."""
        return Tally(
            self.draws + other.draws,
            {name: self.sums[name] + other.sums[name] for name in self.sums},
        )

    def beside(self, other: Tally) -> Tally:
        """Return the sums with those of fewer options from the same draws, by names of their own."""
        named = {BEHIND + name: sums for name, sums in other.sums.items()}
        return Tally(self.draws, {**self.sums, **named})

    def parted(self) -> tuple[Tally, Tally]:
        """Return again what was put side by side: the sums, and those of fewer options."""
        parts: tuple[dict[str, np.ndarray], dict[str, np.ndarray]] = ({}, {})
        for name, sums in self.sums.items():
            parts[name.startswith(BEHIND)][name.removeprefix(BEHIND)] = sums
        return Tally(self.draws, parts[0]), Tally(self.draws, parts[1])

    def of(self, holder: int) -> Tally:
        """Return one holder's part of stacked sums."""
        return Tally(self.draws, {name: sums[holder] for name, sums in self.sums.items()})


def summed(runs: Iterable[Iterable[Tally]], holders: int) -> Tally:
    """Return the sums of several holders over runs of draws; a run has a tally for each holder.

    Every array has the holders as its first axis. Each tally is added as it comes and let go:
    those of very many options and holders take much memory.
    """
    draws = 0
    sums: dict[str, np.ndarray] = {}
    for tallies in runs:
        counted = 0
        for holder, one in enumerate(tallies):
            counted = one.draws
            for name, part in one.sums.items():
                if name not in sums:
                    sums[name] = np.zeros((holders, *part.shape), part.dtype)
                sums[name][holder] += part
        draws += counted
    return Tally(draws, sums)


def size_of(scores: np.ndarray) -> float:
    """Return the power of two that reaches the largest score."""
    largest = float(np.abs(scores).max())
    return float(2.0 ** np.ceil(np.log2(largest))) if largest > 0 else 1.0


@dataclass(frozen=True, eq=False)
class WholeWeights:
    """Weights and their squares, (2n, draws or 1), in units of 2^-30: exact, and rounded down."""

    exact: np.ndarray
    whole: np.ndarray


def whole_weights(weights: np.ndarray) -> WholeWeights:
    """Return weights (n, draws or 1) as they are counted: once, for whoever counts them."""
    exact = np.concatenate([weights, weights * weights]) * FIXED
    return WholeWeights(exact, np.floor(exact))


def tally(
    scores: np.ndarray,
    weights: WholeWeights,
    passes: np.ndarray,
    score_unit: float = 1.0,
    ties: str = SHARED,
) -> Tally:
    """Return the sums for scores (m, draws) and what belongs to these draws.

    passes, the floors passed: (options, floors, draws).
    """
    check_word(ties, TIES, "ties")
    ranks = places(scores)
    moments = np.array([_moments(row.astype(float) / score_unit) for row in scores])
    wins = {"wins": ranks.wins} if len(scores) <= PAIRED else {}
    return Tally(
        scores.shape[1],
        {
            "ranks": rank_shares(ranks, ties),
            **wins,
            **_firsts(ranks, weights),
            "scores": moments[:, 0],
            "score_squares": moments[:, 1],
            "passes": np.concatenate([passes, passes.all(axis=1, keepdims=True)], axis=1).sum(
                axis=-1, dtype=np.int64
            ),
        },
    )


def _moments(numbers: np.ndarray) -> tuple[int, int]:
    """Return the sums of numbers and of their squares, each rounded to a whole number of 2^-30."""
    parts = (numbers * FIXED, numbers * numbers * FIXED)
    first, second = (int(np.rint(part, out=part).astype(np.int64).sum()) for part in parts)
    return first, second


@dataclass(frozen=True, eq=False)
class Places:
    """The places of options in each draw, and the wins of rows over columns.

    ahead (m, draws): how many are ahead of each option. wins: in how many draws rows beat columns.
    Few draws have ties: `doubtful` are these draws, and `tied` (m, doubtful) says how many options
    are level with each, itself included.
    """

    ahead: np.ndarray
    doubtful: np.ndarray
    tied: np.ndarray
    wins: np.ndarray


def places(scores: np.ndarray) -> Places:
    """Return the places of scores (m, draws).

    Ties are those of `ranks`: scores closer than its tolerance to the next are tied, and so are
    their neighbours.
    """
    ahead, doubtful, wins = (
        _sorted_places(scores) if len(scores) > PAIRED else _paired_places(scores)
    )
    exact = (competition_ranks(scores[:, doubtful].T, tolerance_of(scores)) - 1).T
    if len(doubtful) and len(scores) <= PAIRED:
        close = scores[:, doubtful]
        for i, row in enumerate(exact):
            wins[i] += (row < exact).sum(axis=1) - (close[i] - close > _margin(close)).sum(axis=1)
    ahead[:, doubtful] = exact
    return Places(ahead, doubtful, _level(exact), wins)


def tolerance_of(scores: np.ndarray) -> float:
    """Return how close scores are tied.

    It is as for `ranks`, and wider in single precision, where rounding separates equal scores.
    """
    return SINGLE_TOLERANCE if scores.dtype == np.float32 else TIE_TOLERANCE


def _margin(scores: np.ndarray) -> np.ndarray:
    """Return by more than what a score has to exceed another to be ahead, in each draw."""
    return np.asarray(tolerance_of(scores) * np.maximum(1.0, np.abs(scores).max(axis=0)))


def _paired_places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places by comparing every pair: no sort, and the wins come for nothing."""
    m, draws = scores.shape
    margin = _margin(scores)
    ahead = np.zeros((m, draws), dtype=np.min_scalar_type(m))
    wins = np.zeros((m, m), dtype=np.int64)
    behind = -margin
    leads = np.empty_like(scores)
    for i in range(m - 1):
        lead = np.subtract(scores[i], scores[i + 1 :], out=leads[i + 1 :])
        above = lead > margin
        below = lead < behind
        wins[i, i + 1 :] = [np.count_nonzero(row) for row in above]
        wins[i + 1 :, i] = [np.count_nonzero(row) for row in below]
        ahead[i + 1 :] += above.view(np.uint8)  # small whole numbers: many fit one instruction
        ahead[i] += np.add.reduce(below.view(np.uint8), axis=0, dtype=ahead.dtype)
    pairs = m * (m - 1) // 2
    decided = wins.sum() == pairs * draws
    return (
        ahead,
        np.flatnonzero(ahead.sum(axis=0) < pairs) if not decided else np.zeros(0, dtype=np.intp),
        wins,
    )


def _sorted_places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places by sorting, for many options: the time grows with m log m; wins aren't kept."""
    ahead = (competition_ranks(scores.T, tolerance_of(scores)) - 1).T
    tied = np.flatnonzero((np.diff(np.sort(ahead, axis=0), axis=0) == 0).any(axis=0))
    return ahead, tied, np.zeros((0, 0), dtype=np.int64)


def _level(ahead: np.ndarray) -> np.ndarray:
    """Return how many options are level with each, draw by draw."""
    tied = np.empty_like(ahead)
    for d in range(ahead.shape[1]):
        tied[:, d] = np.bincount(ahead[:, d], minlength=len(ahead))[ahead[:, d]]
    return tied


def rank_shares(counts: Places, ties: str = SHARED) -> np.ndarray:
    """Return the shares of draws at each rank, (m, ranks), in parts of a draw.

    t tied options share the t ranks that they cover, a t-th of the draw at each: every rank's
    column, and every option's row, sums to the number of draws. What doesn't divide evenly (t > 20)
    goes round among them.
    """
    m = len(counts.ahead)
    width = m if m <= MANY else RANKS_OF_MANY + 1
    shares = (
        np.array([np.bincount(np.minimum(row, width - 1), minlength=width) for row in counts.ahead])
        * SHARE
    )
    ahead = counts.ahead[:, counts.doubtful]
    tied = counts.tied
    for t in np.unique(tied[tied > 1]) if ties == SHARED else ():
        options, draws = np.nonzero(tied == t)
        first = ahead[options, draws]
        member = _member(ahead, options, draws)
        np.subtract.at(shares, (options, np.minimum(first, width - 1)), SHARE)
        for step in range(t):
            part = SHARE // t + np.where(member == step, SHARE % t, 0)
            np.add.at(shares, (options, np.minimum(first + step, width - 1)), part)
    return shares


def _member(ahead: np.ndarray, options: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the number, from 0, of each tied option within its group of equals."""
    before = ahead[:, at] == ahead[options, at]
    return np.where(np.arange(len(ahead))[:, None] < options, before, False).sum(axis=0)


def _firsts(counts: Places, weights: WholeWeights) -> dict[str, np.ndarray]:
    """Return sums of weights and their squares over the draws in which each option is first.

    Options that are tied for the first place share the draw.
    """
    options, column = np.nonzero(counts.ahead[:, counts.doubtful] == 0)
    first = counts.ahead == 0
    first[:, counts.doubtful] = False
    sums = _sums_where(first, weights.whole)
    if len(options):
        draws = counts.doubtful[column] if weights.exact.shape[1] > 1 else np.zeros_like(column)
        parts = np.floor(weights.exact[:, draws] / counts.tied[options, column])
        np.add.at(sums, options, parts.astype(np.int64).T)
    once, squared = np.split(sums, 2, axis=1)
    return {"weights": once, "squares": squared}


def _sums_where(first: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return sums (m, k) of whole numbers (k, draws or 1) over the draws in which each is first.

    They stay below 2^53, so the product of matrices is exact whatever the order of its additions.
    """
    if whole.shape[1] == 1:
        return first.sum(axis=1)[:, None] * whole[:, 0].astype(np.int64)
    return np.asarray((first.astype(float) @ whole.T).astype(np.int64))

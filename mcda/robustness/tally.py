"""What is counted over draws: whole numbers only, so that any order, cut or machine gives the same sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks
from mcda.problem.faults import Fault, InputError, known

SHARE = 232_792_560  # a draw in parts that every number up to 20 of tied options divides
FIXED = 2.0**30  # weights and scores as whole numbers of 2^-30
MANY, RANKS_OF_MANY = 1000, 100
PAIRED = 300
SHARED = "shared"
TIES = (SHARED, "better")


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over draws, by name: whole-number arrays, added without regard to order.

    ranks (m, ranks): shares of draws at each rank, in parts of a draw (a last column holds all later ranks where not
    every rank is told apart). wins (m, m): draws in which the row's option is ahead of the column's; not kept for very
    many options. weights, squares (m, n): weights of the draws in which an option is first, and their squares.
    scores, score_squares (m,). passes (options, floors + 1): draws in which a floor, and every floor, is passed.
    """

    draws: int
    sums: Mapping[str, np.ndarray]

    def __add__(self, other: Tally) -> Tally:
        """Return the sums of both."""
        return Tally(self.draws + other.draws, {name: self.sums[name] + other.sums[name] for name in self.sums})

    def of(self, holder: int) -> Tally:
        """Return one holder's part of stacked sums."""
        return Tally(self.draws, {name: sums[holder] for name, sums in self.sums.items()})


def stacked(tallies: Iterable[Tally]) -> Tally:
    """Return the sums of several holders over the same draws as one: every array with the holders as its first axis."""
    held = list(tallies)
    return Tally(held[0].draws, {name: np.stack([one.sums[name] for one in held]) for name in held[0].sums})


def size_of(scores: np.ndarray) -> float:
    """Return the power of two that reaches the largest score."""
    largest = float(np.abs(scores).max())
    return float(2.0 ** np.ceil(np.log2(largest))) if largest > 0 else 1.0


def tally(
    scores: np.ndarray, weights: np.ndarray, passes: np.ndarray, score_unit: float = 1.0, ties: str = SHARED
) -> Tally:
    """Return the sums for scores (m, draws), weights (n, draws or 1) and floors passed (options, floors, draws)."""
    if ties not in TIES:
        raise InputError(Fault("ties", f"one of {known(TIES)}", repr(ties)))
    m, draws = scores.shape
    at, tied, wins = places(scores)
    each = np.rint(scores * (FIXED / score_unit)).astype(np.int64)
    squared = np.rint((scores / score_unit) ** 2 * FIXED).astype(np.int64)
    firsts = _firsts(at, tied, weights)
    return Tally(
        draws,
        {
            "ranks": rank_shares(at, tied if ties == SHARED else np.ones_like(tied)),
            **({"wins": wins} if m <= PAIRED else {}),
            **firsts,
            "scores": each.sum(axis=1),
            "score_squares": squared.sum(axis=1),
            "passes": np.concatenate([passes, passes.all(axis=1, keepdims=True)], axis=1).sum(axis=-1, dtype=np.int64),
        },
    )


def places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for scores (m, draws): how many are ahead of each, how many tie with it (itself too), and all wins.

    Ties are those of `ranks`: scores closer than its tolerance to the next are tied, and so are their neighbours.
    """
    m = len(scores)
    ahead, tied, wins = _sorted_places(scores) if m > PAIRED else _paired_places(scores)
    doubtful = np.flatnonzero((tied > 1).any(axis=0))
    if len(doubtful) and m <= PAIRED:
        exact = competition_ranks(scores[:, doubtful].T).T - 1
        before = scores[:, None, doubtful] > scores[None, :, doubtful] + _margin(scores[:, doubtful])
        wins += (exact[:, None] < exact[None, :]).sum(axis=-1) - before.sum(axis=-1)
        ahead[:, doubtful] = exact
        tied[:, doubtful] = (exact[:, None] == exact[None, :]).sum(axis=1)
    return ahead, tied, wins


def _margin(scores: np.ndarray) -> np.ndarray:
    return TIE_TOLERANCE * np.maximum(1.0, np.abs(scores).max(axis=0))


def _paired_places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places by comparing every pair: no sort, and the wins come for nothing."""
    m, draws = scores.shape
    margin = _margin(scores)
    ahead, tied = np.zeros((m, draws), dtype=np.int32), np.ones((m, draws), dtype=np.int32)
    wins = np.zeros((m, m), dtype=np.int64)
    for i in range(m - 1):
        above = scores[i] > scores[i + 1 :] + margin
        below = scores[i + 1 :] > scores[i] + margin
        wins[i, i + 1 :] += np.count_nonzero(above, axis=1)
        wins[i + 1 :, i] += np.count_nonzero(below, axis=1)
        ahead[i + 1 :] += above
        ahead[i] += below.sum(axis=0, dtype=np.int32)
        level = ~(above | below)
        tied[i + 1 :] += level
        tied[i] += level.sum(axis=0, dtype=np.int32)
    return ahead, tied, wins


def _sorted_places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places by sorting, for many options: the time grows with m log m; wins aren't kept."""
    ahead = (competition_ranks(scores.T) - 1).T
    tied = np.empty_like(ahead)
    for d in range(ahead.shape[1]):
        tied[:, d] = np.bincount(ahead[:, d], minlength=len(ahead))[ahead[:, d]]
    return ahead, tied, np.zeros((0, 0), dtype=np.int64)


def rank_shares(ahead: np.ndarray, tied: np.ndarray) -> np.ndarray:
    """Return the shares of draws at each rank, (m, ranks), in parts of a draw.

    t tied options share the t ranks that they cover, a t-th of the draw at each: every rank's column, and every
    option's row, sums to the number of draws. What doesn't divide evenly (t > 20) goes round among them.
    """
    m = len(ahead)
    width = m if m <= MANY else RANKS_OF_MANY + 1
    alone = tied == 1
    cells = (np.arange(m)[:, None] * width + np.minimum(ahead, width - 1))[alone]
    shares = np.bincount(cells, minlength=m * width).reshape(m, width) * SHARE
    for t in np.unique(tied[~alone]):
        options, at = np.nonzero(tied == t)
        first = ahead[options, at]
        member = _member(ahead, options, at)
        for step in range(t):
            part = SHARE // t + np.where(member == step, SHARE % t, 0)
            np.add.at(shares, (options, np.minimum(first + step, width - 1)), part)
    return shares


def _member(ahead: np.ndarray, options: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the number, from 0, of each tied option within its group of equals."""
    before = ahead[:, at] == ahead[options, at]
    return np.where(np.arange(len(ahead))[:, None] < options, before, False).sum(axis=0)


def _firsts(ahead: np.ndarray, tied: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Return the sums of weights and their squares over the draws in which each option is first, shared in ties."""
    options, at = np.nonzero(ahead == 0)
    held = np.broadcast_to(weights, (len(weights), ahead.shape[1]))[:, at]
    sums = np.zeros((2, len(ahead), len(weights)), dtype=np.int64)
    for power, parts in enumerate((held, held * held)):
        for column, part in enumerate(np.floor(parts * FIXED / tied[options, at])):
            sums[power, :, column] = np.bincount(options, part, minlength=len(ahead))  # below 2^53: exact
    return {"weights": sums[0], "squares": sums[1]}

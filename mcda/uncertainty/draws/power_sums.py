"""Methods that add powers of weighted gaps, over draws: what holders share is added once for all.

A holder's weights are drawn on the heads of the tree, and passed on to the criteria below by fixed
shares. So the sum under a head is the same in a draw whatever the head weighs there: (w s gap)^p is
w^p times (s gap)^p. Holders who differ in the weights of heads share all sums under heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mcda.sampling.hit_and_run import combined

# cells of a criterion that are added at once: the sums under a few heads stay in the cache, and a
# step repays its call
CELLS = 2**13


class PowerSum(NamedTuple):
    """A method by sums over criteria of weight^order times gap^order.

    gaps: (values of a criterion (m, draws)) -> gaps^order, (kinds, m, draws); scores: (sums, an
    array for each kind) -> scores, in the memory of the sums.
    """

    order: int
    gaps: Callable[[np.ndarray], np.ndarray]
    scores: Callable[..., np.ndarray]


@dataclass(frozen=True, eq=False)
class DrawnWeights:
    """Weights of draws: of criteria (n, draws or 1), and of the heads that they are passed on from.

    heads (heads, draws or 1); shares (heads, n) of the criteria below, of which each is below one.
    """

    criteria: np.ndarray
    heads: np.ndarray
    shares: np.ndarray

    @classmethod
    def passed_on(cls, heads: np.ndarray, shares: np.ndarray) -> DrawnWeights:
        """Return weights of heads and what is passed on from them."""
        if not _apart(shares):
            return cls.of_criteria(np.ascontiguousarray(combined(heads.T, shares).T))
        above = shares.argmax(axis=0)
        return cls(heads[above] * shares.max(axis=0)[:, None], heads, shares)

    @classmethod
    def of_criteria(cls, weights: np.ndarray) -> DrawnWeights:
        """Return weights (n, draws or 1) of criteria that are below no head: each is its own."""
        return cls(weights, weights, np.eye(len(weights)))

    @classmethod
    def the_same(cls, weights: np.ndarray) -> DrawnWeights:
        """Return one weight vector (n,) for all draws: one head has it all."""
        return cls(weights[:, None], np.ones((1, 1)), weights[None])

    @classmethod
    def means(cls, weights: np.ndarray, shares: np.ndarray) -> list[DrawnWeights]:
        """Return for all draws each mean (k, n) of weights that were passed on by shares.

        A head has what its criteria have together.
        """
        if not _apart(shares):
            return [cls.the_same(one) for one in weights]
        heads = combined(weights, (shares > 0).T.astype(float))
        return [cls(*one, shares) for one in zip(weights[..., None], heads[..., None], strict=True)]


def _apart(shares: np.ndarray) -> bool:
    """Return whether each criterion is below one head at most."""
    return bool(np.count_nonzero(shares, axis=0).max() <= 1)


def scores_of_all(
    method: PowerSum, values: np.ndarray, weights: Sequence[DrawnWeights]
) -> np.ndarray:
    """Return the scores (holders, m, draws) of values (n, m, draws), for each holder's weights.

    A few options are scored at a time, criterion by criterion: these cells stay in the cache, the
    table of all doesn't.
    """
    (_, m, draws) = values.shape
    scores = np.empty((len(weights), m, draws))
    shares, heads_of = _shared([whose.shares for whose in weights])
    powers = [whose.heads**method.order for whose in weights]
    for some in _pieces(m, draws):
        sums = _sums_under_heads(method, values[:, some], shares**method.order)
        for found, heads, weighing in zip(scores, heads_of, powers, strict=True):
            found[some] = method.scores(*_over_heads(sums, heads, weighing))
    return scores


def _shared(shares: Sequence[np.ndarray]) -> tuple[np.ndarray, list[list[int]]]:
    """Return the rows of all tables, each once, and the places of each table's rows among them."""
    places: dict[tuple[float, ...], int] = {}
    places_of = []
    for table in shares:
        rows = map(tuple, table.tolist())
        places_of.append([places.setdefault(row, len(places)) for row in rows])
    return np.array(list(places)), places_of


def _pieces(m: int, draws: int) -> Iterator[slice]:
    """Go through the options, as many at a time as fit the cache."""
    step = max(1, CELLS // max(1, draws))
    for first in range(0, m, step):
        yield slice(first, first + step)


def _sums_under_heads(method: PowerSum, values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the sums of shares (heads, n) times gaps, (heads, kinds, m, draws)."""
    gaps = method.gaps(values[0])
    sums = np.zeros((len(shares), *gaps.shape))
    for at, column in enumerate(shares.T):
        gaps = method.gaps(values[at])
        for head in np.flatnonzero(column):
            sums[head] += column[head] * gaps
    return sums


def _over_heads(sums: np.ndarray, heads: Sequence[int], weights: np.ndarray) -> np.ndarray:
    """Return the sums (kinds, m, draws) over a holder's heads, each by its weight."""
    total = sums[heads[0]] * weights[0]
    term = np.empty_like(total)
    for head, weight in zip(heads[1:], weights[1:], strict=True):
        total += np.multiply(sums[head], weight, out=term)
    return total

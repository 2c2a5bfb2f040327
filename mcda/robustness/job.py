"""What one worker needs to count any run of draws: small enough to send, the same wherever it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np

from mcda.methods.ranking import Method
from mcda.preferences.spaces import WeightSpace
from mcda.preferences.weights import Weights
from mcda.robustness.compiled import BLOCK, count_compiled, worth_compiling
from mcda.robustness.draws import Draws
from mcda.robustness.performances import Performances
from mcda.robustness.repeats import counted_by_repeat, net_of
from mcda.robustness.scoring import Scoring, find_scoring
from mcda.robustness.tally import SHARED, Tally, size_of, stacked, tally

CELLS_AT_ONCE = 2**21  # a chunk's tables stay in the shared cache, and a chunk repays the calls made for it
FIRST = 256  # draws that say how large scores are


@dataclass(frozen=True, eq=False)
class Job:
    """Draws, the weights or weight spaces of holders, a method, and the floors: everything that is counted follows.

    All holders are scored on the same draws, made once.
    """

    draws: Draws
    weights: tuple[Weights | WeightSpace, ...]
    method: str | Method
    p: float
    floors: Mapping[str, float]
    kept: tuple[str, ...]
    ties: str = SHARED

    def counted(self, first: int, count: int) -> Tally:
        """Return each holder's sums over draws first to first + count - 1, by kernels where they serve and pay."""
        if net_of(self):
            return sum_of(counted_by_repeat(self, first, count))
        whole = count // BLOCK * BLOCK if self.compiled and first % 2 == 0 else 0
        parts = [count_compiled(self, first, whole)] if whole else []
        if whole < count:
            parts.append(self.counted_by_numpy(first + whole, count - whole))
        return sum_of(parts)

    def counted_by_numpy(self, first: int, count: int) -> Tally:
        """Return the same sums by numpy, chunk by chunk: the reference, for any method."""
        return sum_of(self._counted_at_once(at, size) for at, size in self.chunks(first, count))

    def _counted_at_once(self, first: int, count: int) -> Tally:
        seen, passes = self.seen(first, count)
        return stacked(
            tally(self.scoring.scores(seen, weights), weights, passes, unit, self.ties)
            for weights, unit in zip(self.weights_of(first, count), self.score_units, strict=True)
        )

    def chunks(self, first: int, count: int) -> Iterator[tuple[int, int]]:
        """Cut a run of draws into chunks that fit the cache; where it is cut changes no number."""
        for at in range(first, first + count, self.chunk):
            yield at, min(self.chunk, first + count - at)

    def scores(self, first: int, count: int) -> np.ndarray:
        """Return the scores of a run of draws, (holders, m, draws)."""
        seen, _ = self.seen(first, count)
        return np.stack([self.scoring.scores(seen, weights) for weights in self.weights_of(first, count)])

    def seen(self, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the values or performances (n, kept, draws) that the method reads, and floors passed in a run."""
        table, passes = self.performances.at(first, count)
        if self.scoring.reads_values:
            scales = [leaf.scale for leaf in self.performances.ranked.leaves if leaf.scale]
            for column, scale in zip(table, scales, strict=True):
                column[:] = scale.value(column)
        return table, passes

    def weights_of(self, first: int, count: int) -> list[np.ndarray]:
        """Return each holder's weights of a run of draws, (n, draws), or the holder's one vector, (n, 1)."""
        return [
            one.values.to_numpy()[:, None]
            if isinstance(one, Weights)
            else np.ascontiguousarray(one.sample(count, self.draws.seed, first).T)
            for one in self.weights
        ]

    @cached_property
    def performances(self) -> Performances:
        """What is read of every draw."""
        return Performances(self.draws, self.draws.problem.keep(self.kept), self.floors)

    @cached_property
    def compiled(self) -> bool:
        """Whether kernels count this job."""
        return worth_compiling(self)

    @cached_property
    def scoring(self) -> Scoring:
        """The method over draws."""
        return find_scoring(self.performances.ranked, self.method, self.p)

    @cached_property
    def score_units(self) -> tuple[float, ...]:
        """What each holder's scores are counted in: 1, or for a method without a scale the size of the first scores."""
        if self.scoring.unit:
            return (1.0,) * len(self.weights)
        return tuple(size_of(scores) for scores in self.scores(0, min(self.draws.n, FIRST)))

    @cached_property
    def chunk(self) -> int:
        """How many draws are made at once: a power of two, few enough for the cache."""
        problem = self.draws.problem
        cells = len(problem.estimates) + 2 * len(problem.options) * len(problem.leaves)
        return int(2 ** np.clip(np.log2(CELLS_AT_ONCE // cells + 1) // 1, 0, 11))


def sum_of(parts: Iterable[Tally]) -> Tally:
    """Return the sums of all parts."""
    return reduce(add, parts)

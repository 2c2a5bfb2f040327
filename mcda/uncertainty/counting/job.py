"""What a worker needs to count any run of draws: small enough to send, and the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np

from mcda.methods.method import Choice
from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace
from mcda.preferences.weighting.stated import Weights
from mcda.sampling.simplex import simplex_weights
from mcda.sampling.streams import runs, single_fractions
from mcda.uncertainty.counting.single_precision import BareMatrix, bare_matrix, bare_scores
from mcda.uncertainty.counting.tally import (
    PAIRED,
    SHARED,
    Tally,
    size_of,
    summed,
    tally,
    whole_weights,
)
from mcda.uncertainty.draws.batch_scores import VECTOR_TOPSIS, Scoring, find_scoring
from mcda.uncertainty.draws.draw_tables import CELLS_AT_ONCE, Performances
from mcda.uncertainty.draws.draws import Draws
from mcda.uncertainty.draws.power_sums import DrawnWeights

BUFFER = 2**13  # numpy copies a shorter row before it broadcasts it, which takes twice the time
FIRST = 256  # draws that say how large scores are
TOGETHER = 4  # chunks that are scored and counted at once, as each holder costs its calls
LOOKED_AT = 10_000  # draws from whose scores quantiles are taken
SCORES_LOOKED_AT = 2**22  # scores that are kept: with very many options, of fewer draws
SEEN_LOOKED_AT = 2**22  # cells that are kept; a larger question's are made again


@dataclass(frozen=True, eq=False)
class Job:
    """Draws, the weights or weight spaces of holders, a method, and floors.

    Everything that is counted follows from these. All holders are scored on the same draws, made
    once. behind: a job on some of the options that this one `covers`, counted beside it.
    """

    draws: Draws
    weights: tuple[Weights | WeightSpace, ...]
    method: Choice
    order: float
    floors: Mapping[str, float]
    kept: tuple[str, ...]
    ties: str = SHARED
    behind: Job | None = None

    def covers(self, other: Job) -> bool:
        """Return whether another's scores are rows of these: then both are counted at once.

        They are where each option is scored by its own row, and measured whoever stands beside it,
        and no floor is in force here. Without draws of the facts there may be nets of weights,
        which are counted in another way.
        """
        return (
            bool(self.draws.varying)
            and not self.floors
            and self.scoring.own_row
            and set(other.kept) <= set(self.kept)
            and not other.performances.comparing
        )

    def counted_by_numpy(self, first: int, count: int) -> Tally:
        """Return the same sums by numpy, chunk by chunk: the reference, for any method."""
        runs = self.chunks(first, count, self.longest)
        return summed((self._tallies(*run) for run in runs), len(self.weights))

    def _tallies(self, first: int, count: int) -> Iterator[Tally]:
        """Go through the sums of each holder over a run of draws."""
        weights = self._drawn_weights(first, count)
        scored, passes = self._scored(first, count, weights)
        if first < self.looked_at and not self.bare:
            scored = self._keep_scores(first, np.stack(list(scored)))
        for scores, whose, unit in zip(scored, weights, self.score_units, strict=True):
            shares = whole_weights(whose.criteria)
            counts = tally(scores, shares, passes[:, : len(self.floors)], unit, self.ties)
            if self.behind:
                some = scores[self._rows_behind]
                counts = counts.beside(tally(some, shares, passes, unit, self.ties))
            yield counts

    def _keep_scores(self, first: int, scores: np.ndarray) -> np.ndarray:
        """Keep the scores of the first runs, which are looked at again, and return them."""
        self._looked_at[first] = scores
        if self.behind:
            self.behind._looked_at[first] = scores[:, self._rows_behind]
        return scores

    def _scored(
        self, first: int, count: int, weights: Sequence[DrawnWeights]
    ) -> tuple[Iterable[np.ndarray], np.ndarray]:
        """Return each holder's scores of a run of draws, and floors passed."""
        if self.bare:
            shares = [whose.criteria for whose in weights]
            return bare_scores(self.bare, shares, first, count), np.ones(
                (len(self.kept), 0, count), dtype=bool
            )
        seen, passes = self._measure(first, count)
        if first < self.looked_at and self._keeps_seen:
            self._first_seen[first] = seen
            if self.behind:
                self.behind._first_seen[first] = seen[:, self._rows_behind]
        return self.scoring.of_all(seen, weights), passes

    def chunks(self, first: int, count: int, longest: int = 0) -> Iterator[tuple[int, int]]:
        """Cut a run of draws into chunks that fit the cache; where it is cut changes no number."""
        return runs(first, count, longest or self.chunk)

    def scores(self, first: int, count: int) -> np.ndarray:
        """Return the scores of a run of draws, (holders, m, draws).

        Scores that were counted in this process aren't computed again.
        """
        known = _part_of(self._looked_at, first, count)
        if known is not None:
            return known
        seen = self.seen(first, count)
        return np.stack(list(self.scoring.of_all(seen, self._drawn_weights(first, count))))

    def seen(self, first: int, count: int) -> np.ndarray:
        """Return what the method reads in a run, (n, kept, draws): values or performances.

        What was read in this process isn't made again.
        """
        known = _part_of(self._first_seen, first, count)
        return self._measure(first, count)[0] if known is None else known

    def _measure(self, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return what the method reads in a run, and the floors passed."""
        table, passes = self.performances.at(first, count)
        if self.scoring.reads_values:
            scales = [leaf.scale for leaf in self.performances.ranked.leaves if leaf.scale]
            for column, scale in zip(table, scales, strict=True):
                column[:] = scale.value(column)
        return table, passes

    def weights_of(self, first: int, count: int) -> list[np.ndarray]:
        """Return each holder's weights of a run: (n, draws), or (n, 1) for one weight vector."""
        return [whose.criteria for whose in self._drawn_weights(first, count)]

    def weights_of_one(self, holder: int, first: int, count: int) -> np.ndarray:
        """Return one holder's weights of a run: (n, draws), or (n, 1) for one weight vector."""
        return self._drawn_weights_of_one(self.weights[holder], first, count).criteria

    def _drawn_weights(self, first: int, count: int) -> list[DrawnWeights]:
        return [self._drawn_weights_of_one(whose, first, count) for whose in self.weights]

    def _drawn_weights_of_one(
        self, whose: Weights | WeightSpace, first: int, count: int
    ) -> DrawnWeights:
        if isinstance(whose, Weights):
            return DrawnWeights.the_same(whose.values.to_numpy())
        if self.bare:
            key = f"weights/{whose.holder}"
            single = simplex_weights(
                whose.criteria, self.draws.seed, key, first, count, single_fractions
            )
            return DrawnWeights.of_criteria(single.astype(float))
        heads = np.ascontiguousarray(whose.sample_tops(count, self.draws.seed, first).T)
        return DrawnWeights.passed_on(heads, whose.shares)

    @cached_property
    def bare(self) -> BareMatrix | None:
        """The cells of a bare matrix under textbook TOPSIS; None for any other job.

        Such a job is counted in single precision.
        """
        return bare_matrix(self.draws) if is_bare(self) else None

    @cached_property
    def performances(self) -> Performances:
        """What is read of every draw."""
        floors = self.behind.floors if self.behind else self.floors
        return Performances(self.draws, self.draws.problem.keep(self.kept), floors)

    @cached_property
    def _rows_behind(self) -> np.ndarray:
        """The rows of the options that are counted among themselves too."""
        kept = self.behind.kept if self.behind else ()
        return np.array([self.kept.index(option) for option in kept], dtype=int)

    @cached_property
    def scoring(self) -> Scoring:
        """The method over draws."""
        return find_scoring(self.performances.ranked, self.method, self.order)

    @cached_property
    def score_units(self) -> tuple[float, ...]:
        """The unit in which each holder's scores are counted.

        The unit is 1; for a method without a scale it is the size of the first scores.
        """
        if self.scoring.unit:
            return (1.0,) * len(self.weights)
        return tuple(size_of(scores) for scores in self.scores(0, min(self.draws.n, FIRST)))

    @cached_property
    def looked_at(self) -> int:
        """How many draws' scores are looked at, the first: no more of them than memory holds."""
        return min(self.draws.n, LOOKED_AT, max(1, SCORES_LOOKED_AT // len(self.kept)))

    @cached_property
    def _looked_at(self) -> dict[int, np.ndarray]:
        """The scores of the first runs that were counted here, by where they start."""
        return {}

    @cached_property
    def _first_seen(self) -> dict[int, np.ndarray]:
        """What the method read in the first runs, by where they start, if it is kept."""
        return {}

    @cached_property
    def _keeps_seen(self) -> bool:
        """Whether what is read of the first draws is kept: confidence factors ask for it again."""
        cells = self.looked_at * len(self.kept) * len(self.performances.ranked.leaves)
        spread = any(isinstance(weights, WeightSpace) for weights in self.weights)
        return spread and cells <= SEEN_LOOKED_AT

    @property
    def chunk(self) -> int:
        """How many draws are made at once."""
        return self.performances.chunk

    @property
    def cells_of_draw(self) -> int:
        """How many cells are scored in a draw: those of all options, for every holder."""
        return len(self.kept) * len(self.performances.ranked.leaves) * len(self.weights)

    @property
    def bytes_of_sums(self) -> int:
        """How much memory the sums of all holders take, or a little more."""
        options = len(self.kept)
        counted = 2 * options + 2 * len(self.performances.ranked.leaves) + len(self.floors) + 3
        return 8 * options * counted * len(self.weights)

    @property
    def longest(self) -> int:
        """How many draws are counted at once.

        Several chunks; of a bare matrix more, as no table of all criteria is made.
        """
        if not self.bare:
            return TOGETHER * self.chunk
        tables = len(self.kept) * (1 + len(self.weights))
        return min(CELLS_AT_ONCE // tables + 1, BUFFER)


def _part_of(tables: Mapping[int, np.ndarray], first: int, count: int) -> np.ndarray | None:
    """Return a run of draws of tables (..., draws), by where they start; None if none holds it."""
    for start, table in tables.items():
        if start <= first and first + count <= start + table.shape[-1]:
            return table[..., first - start :][..., :count]
    return None


def sum_of(parts: Iterable[Tally]) -> Tally:
    """Return the sums of all parts."""
    return reduce(add, parts)


def is_bare(job: Job) -> bool:
    """Return whether a job can be counted in single precision.

    Such a job is textbook TOPSIS of judged triangular cells, without floors. Its weights are one
    vector or the whole simplex, ties are shared, and nothing is correlated.
    """
    problem = job.draws.problem
    estimates = job.draws.drawing.estimates
    return (
        job.scoring.label == VECTOR_TOPSIS
        and all(isinstance(weights, Weights) or is_whole(weights) for weights in job.weights)
        and not any(leaf.derived for leaf in problem.leaves)
        and all(estimates[key].distribution == "triangular" for key in job.draws.varying)
        and not job.draws.drawing.correlations.groups
        and not job.floors
        and job.ties == SHARED
        and len(job.kept) == len(problem.options) <= PAIRED
    )


def is_whole(space: WeightSpace) -> bool:
    """Return whether all weights are as likely as any other, and drawn independently."""
    return isinstance(space, ConstrainedWeights) and space.whole

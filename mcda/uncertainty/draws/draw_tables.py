"""What is read of every draw: performances of the ranked options, and which pass each floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mcda.problem.estimate_sampler import Drawing
from mcda.problem.estimates import Drawn
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import passes
from mcda.sampling.streams import runs
from mcda.uncertainty.draws.draws import Draws

# a chunk's tables stay in the shared cache, and a chunk repays the calls made for it
CELLS_AT_ONCE = 2**21


@dataclass(frozen=True, eq=False)
class Performances:
    """Performances over draws of the ranked options, and of all options on leaves with a floor.

    `ranked` is a narrowed question. Only the estimates behind the performances are drawn.
    """

    draws: Draws
    ranked: Problem
    floors: Mapping[str, float]

    def at(self, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return performances (n, ranked, draws) in natural units, and the floors passed.

        The floors passed are (options, floors, draws). Draws are last: every step over them is one
        long vector. Raises InputError that names a cell that isn't finite.
        """
        table = np.empty((len(self.ranked.leaves), len(self.ranked.options), count))
        passed = np.empty((len(self.draws.problem.options), len(self.floors), count), dtype=bool)
        for at, size in runs(first, count, self.chunk):
            of = slice(at - first, at - first + size)
            self._fill(table[..., of], passed[..., of], at)
        return table, passed

    def _fill(self, table: np.ndarray, passed: np.ndarray, first: int) -> None:
        """Write the performances and the floors passed of a chunk of draws, from the first one on."""
        count = table.shape[-1]
        drawn = self._names.over(self.drawing.numbers(first, count).T)
        floored = {}
        for column, leaf in enumerate(self._floored):
            floored[leaf.key] = _draws_last(leaf.measured(self.draws.problem, drawn), count)
            passed[:, column] = passes(leaf, floored[leaf.key], self.floors[leaf.key])
        for at, leaf in enumerate(self.ranked.leaves):
            known = floored.get(leaf.key)
            if known is None:
                table[at].T[...] = leaf.measured(self.ranked, drawn)
            else:
                table[at] = known[self._rows]
        if not np.isfinite([table.sum(), *(each.sum() for each in floored.values())]).all():
            for problem in (self.ranked, self.draws.problem):
                problem.measured(
                    self.draws.numbers(first, count)
                )  # names the cell that isn't finite

    @cached_property
    def chunk(self) -> int:
        """How many draws are made at once: a power of two, few enough for the cache."""
        problem = self.draws.problem
        cells = len(problem.estimates) + 2 * len(problem.options) * len(problem.leaves)
        return int(2 ** np.clip(np.log2(CELLS_AT_ONCE // cells + 1) // 1, 0, 11))

    @cached_property
    def drawing(self) -> Drawing:
        """How the estimates behind these performances are drawn."""
        floored = [self.draws.problem.reads[leaf.key] for leaf in self._floored]
        return self.draws.drawing.only(set().union(*floored, *self.ranked.reads.values()))

    @cached_property
    def _names(self) -> Drawn:
        return Drawn(self.drawing.estimates, np.zeros(len(self.drawing.estimates)))

    @cached_property
    def _floored(self) -> list[Criterion]:
        return [self.draws.problem.criterion(key) for key in self.floors]

    @cached_property
    def _rows(self) -> list[int]:
        return [
            self.draws.problem.options.index.get_loc(option) for option in self.ranked.options.index
        ]


def _draws_last(measured: np.ndarray, count: int) -> np.ndarray:
    """Return performances (..., m) as (m, draws): those that rest on no estimate are alike in all."""
    return np.broadcast_to(measured, (count, measured.shape[-1])).T

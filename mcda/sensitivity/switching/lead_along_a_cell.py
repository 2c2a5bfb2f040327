"""Who leads when numbers move.

Every option is screened again at each number, and those that pass are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

import numpy as np

from mcda.checks.labels import JOIN, names_in
from mcda.methods.contest import Contest, leading
from mcda.problem.estimates import Drawn, Estimate
from mcda.problem.model import Problem
from mcda.problem.screening import floors_of, passes
from mcda.sensitivity.comparison.run import Run

NOBODY = "no option"
CELLS = 2**18  # numbers in tables that are made and scored at a time: they stay in the cache


@dataclass(frozen=True, eq=False)
class Board:
    """All options of a run, those that a floor excludes among them."""

    run: Run

    @property
    def problem(self) -> Problem:
        """The question."""
        return self.run.problem

    @property
    def case(self) -> Contest:
        """The contest of the options that pass the floors now."""
        return self.run.contest

    @cached_property
    def floors(self) -> dict[str, float]:
        """The floors in force, by leaf."""
        return floors_of(self.problem, self.run.floors)

    @property
    def together(self) -> bool:
        """Whether the method scores many tables in one call."""
        return self.case.together

    @cached_property
    def whole(self) -> Contest:
        """The contest of all options, whoever passes."""
        return replace(self.run, floors=None).contest

    @cached_property
    def leaders(self) -> np.ndarray:
        """Which options lead now, (m,)."""
        return np.asarray(self.problem.options.index.isin(self.case.leaders))

    @cached_property
    def passes(self) -> np.ndarray:
        """Which cells pass the floors now, (m, n)."""
        columns = self.problem.performance.to_numpy(float).T
        return np.stack(
            [self.passing(column, cells) for column, cells in enumerate(columns)], axis=-1
        )

    def passing(self, column: int, performances: np.ndarray) -> np.ndarray:
        """Return which performances on one leaf pass its floor, as in `screen`.

        A performance at the floor passes.
        """
        leaf = self.problem.leaves[column]
        if leaf.key not in self.floors:
            return np.ones(np.shape(performances), dtype=bool)
        return passes(leaf, performances, self.floors[leaf.key])

    def scores(
        self, values: np.ndarray, passed: np.ndarray, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """Return scores (k, m) of values (k, m, n), NaN for the options that do not pass (k, m)."""
        weighed = self.case.weights.to_numpy(float) if weights is None else weights
        if self.case.anchored:
            # what never comes about counts as its fallback, which stands beside it
            contends = passed & ~self.problem.counted_as_others(values)
            return np.where(contends, self.whole.scored(values, weighed), np.nan)
        scores = np.full(passed.shape, np.nan)
        for mask in np.unique(passed, axis=0):
            rows = np.flatnonzero((passed == mask).all(axis=1))
            if mask.sum() == 1:
                scores[rows, mask.argmax()] = (
                    0.0  # whoever is left leads, whatever a method makes of one option
                )
            elif mask.any():
                among = self._among(tuple(np.flatnonzero(mask).tolist()))
                scores[np.ix_(rows, mask)] = among.scored(values[np.ix_(rows, mask)], weighed)
        return scores

    @cached_property
    def _narrowed(self) -> dict[tuple[int, ...], Contest]:
        return {}

    def _among(self, places: tuple[int, ...]) -> Contest:
        """Return the contest of some of the options.

        Their method scores them without the others.
        """
        if places not in self._narrowed:
            fewer = self.problem.keep(self.problem.options.index[list(places)])
            self._narrowed[places] = replace(self.run, problem=fewer, floors=None).contest
        return self._narrowed[places]

    def with_cells(
        self,
        cells: Sequence[tuple[int, int]],
        performances: np.ndarray,
        weights: np.ndarray | None = None,
    ) -> np.ndarray:
        """Return scores (k, m) with cells (row, column) at performances (k, cells).

        All other cells stay as they are.
        """
        count = len(performances)
        values = np.tile(self.case.table(self.problem).to_numpy(float), (count, 1, 1))
        passes = np.tile(self.passes, (count, 1, 1))
        for cell, moved in zip(cells, performances.T, strict=True):
            for row, column in self.problem.places_of_cell(*cell):
                values[:, row, column] = self._valued(column, moved)
                passes[:, row, column] = self.passing(column, moved)
        return self.scores(values, np.all(passes, axis=-1), weights)

    def with_one_cell(
        self, rows: np.ndarray, columns: np.ndarray, performances: np.ndarray
    ) -> np.ndarray:
        """Return scores (k, m) of k tables, each with one cell moved.

        The cell (rows, columns) is at its performance (k,).
        """
        return self._by_blocks(self._with_cell_each, rows, columns, performances)

    def _with_cell_each(
        self, rows: np.ndarray, columns: np.ndarray, performances: np.ndarray
    ) -> np.ndarray:
        values = self._tables(len(rows))
        passed = np.tile(self.passes, (len(rows), 1, 1))
        for cell in np.unique(np.stack([rows, columns], axis=1), axis=0).tolist():
            at = np.flatnonzero((rows == cell[0]) & (columns == cell[1]))
            moved = performances[at]
            for row, column in self.problem.places_of_cell(*cell):
                values[at, row, column] = self._valued(column, moved)
                passed[at, row, column] = self.passing(column, moved)
        return self.scores(values, np.all(passed, axis=-1))

    @cached_property
    def standing(self) -> np.ndarray:
        """The scores where nothing is moved, (m,), NaN for the options that do not pass."""
        return self.scores(
            self.case.table(self.problem).to_numpy(float)[None], np.all(self.passes, axis=-1)[None]
        )[0]

    def with_one_estimate(self, places: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """Return scores (k, m) of k tables, each with one estimate moved.

        The estimate at one of the places (k,) has its number (k,). Every cell that reads the
        estimate is measured again.
        """
        return self._by_blocks(self._with_places, places, numbers)

    def _with_places(self, places: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        at = np.arange(len(places))
        moved = np.tile(self.problem.modes, (len(places), 1))
        moved[at, places] = numbers
        values = self._tables(len(places))
        passed = np.tile(self.passes, (len(places), 1, 1))
        for column, leaf in enumerate(self.problem.leaves):
            rows = np.flatnonzero(self._read[column, places])
            if len(rows):
                cells = np.asarray(
                    leaf.measured(self.problem, self._drawn[column].over(moved[rows]))
                )
                values[rows, :, column] = self._valued(column, cells)
                passed[rows, :, column] = self.passing(column, cells)
        return self.scores(values, np.all(passed, axis=-1))

    def _tables(self, count: int) -> np.ndarray:
        """Return `count` copies of the values, (k, m, n), with the same layout for any count.

        A sum is rounded by the order of its terms in memory: so what a number gives doesn't depend
        on what is computed beside it.
        """
        return np.tile(
            np.ascontiguousarray(self.case.table(self.problem).to_numpy(float)), (count, 1, 1)
        )

    def _by_blocks(self, scores: Callable[..., np.ndarray], *columns: np.ndarray) -> np.ndarray:
        """Return scores (k, m) of k tables that are made and scored some at a time."""
        size = max(1, CELLS // (self.problem.values.size + len(self.problem.estimates)))
        count = len(columns[0])
        blocks = [np.empty((0, len(self.problem.options)))]
        for first in range(0, count, size):
            block = [each[first : first + size] for each in columns]
            blocks.append(scores(*block))
        return np.concatenate(blocks)

    def _valued(self, column: int, performances: np.ndarray) -> np.ndarray:
        scale = self.problem.leaves[column].scale
        reads_values = self.case.by is None or self.case.by.reads_values
        return scale.value(performances) if scale and reads_values else performances

    @cached_property
    def _drawn(self) -> list[Drawn]:
        """For each leaf the estimates as its measure sees them.

        A name that was looked up isn't looked up again.
        """
        return [Drawn(self.problem.estimates, self.problem.modes) for _ in self.problem.leaves]

    @cached_property
    def _read(self) -> np.ndarray:
        """Which leaf reads which estimate, (n, estimates)."""
        reads = self.problem.reads
        rows = []
        for leaf in self.problem.leaves:
            rows.append([key in reads[leaf.key] for key in self.problem.estimates])
        return np.array(rows)

    def restated(self, key: str, numbers: np.ndarray) -> np.ndarray:
        """Return scores (k, m) of the question with one best estimate stated as each number (k,).

        A measure may read best estimates beside what is drawn, such as to put contributors in
        order: then this differs from `with_one_estimate`, and is what a user gets who types the
        number. Raises InputError for a number that can't be stated.
        """
        stated = [replace(self.problem.estimates[key], mode=float(number)) for number in numbers]
        if not any(leaf.derived for leaf in self.problem.leaves):  # judged cells are what is drawn
            return self.with_one_estimate(
                np.full(len(numbers), self.problem.position[key]), numbers
            )
        return np.stack([self._stated(one) for one in stated])

    def _stated(self, one: Estimate) -> np.ndarray:
        """Return the scores (m,) of the question in which one estimate is another."""
        stated = replace(self.problem, estimates={**self.problem.estimates, one.key: one})
        performances = stated.performance.to_numpy(float)
        passed = np.all(
            [self.passing(column, cells) for column, cells in enumerate(performances.T)], axis=0
        )
        return self.scores(self.case.table(stated).to_numpy(float)[None], passed[None])[0]

    def lead(self, scores: np.ndarray) -> np.ndarray:
        """Return who leads by scores (k, m), NaN for the excluded.

        Several lead where they tie, and nobody where all are excluded.
        """
        out = np.isnan(scores)
        lowest = np.nanmin(np.where(out, np.inf, scores), axis=1, keepdims=True, initial=np.inf)
        floor = np.where(np.isfinite(lowest), lowest, 0.0) - 1.0
        return np.asarray(leading(np.where(out, floor, scores)) & ~out)

    def ahead(self, scores: np.ndarray) -> np.ndarray:
        """Return the score of the first leader less the best of the others, (k,).

        Infinite where no other is left, minus infinite where a floor excludes the leader itself.
        """
        first = int(self.leaders.argmax())
        others = np.where(np.isnan(scores), -np.inf, scores)
        others[:, first] = -np.inf
        own = np.where(np.isnan(scores[:, first]), -np.inf, scores[:, first])
        best = others.max(axis=1, initial=-np.inf)
        return np.where(
            np.isneginf(own), own, np.subtract(own, best, where=~np.isneginf(own), out=own.copy())
        )

    def instead(self, scores: np.ndarray) -> list[str]:
        """Return who leads by scores (k, m) where the present leaders no longer all lead.

        The name is "" elsewhere.
        """
        lead = self.lead(scores)
        return self.named(lead, ~np.all(lead[:, self.leaders], axis=1))

    def named(self, lead: np.ndarray, changed: np.ndarray) -> list[str]:
        """Return the names of those who lead (k, m) where the lead changed (k,), "" elsewhere."""
        return [
            self.names(who) if so else "" for who, so in zip(lead, changed.tolist(), strict=True)
        ]

    def names(self, lead: np.ndarray) -> str:
        """Return the ids of the options that a mask (m,) marks, joined by a comma."""
        return JOIN.join(compress(self._ids, lead.tolist())) or NOBODY

    @cached_property
    def _ids(self) -> list[str]:
        return [str(option) for option in self.problem.options.index]

    def names_of(self, leaders: str) -> str:
        """Return the names of those that `names` joined, for a sentence."""
        return self.whole.names(names_in(leaders, self._ids))

"""Who leads when numbers move: every option is screened again at each number, and those that pass are scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np

from mcda.methods.method import Choice
from mcda.preferences.weights import Weights
from mcda.problem.evidence import Drawn
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, floors_of, passes
from mcda.robustness.contest import Contest, contest, leading

NOBODY = "no option"


@dataclass(frozen=True, eq=False)
class Board:
    """All options of a question, those that a floor excludes among them, under one holder's weights by one method.

    case: the contest of those who pass now. floors: those in force, by leaf. leaders (m,): who leads now.
    """

    problem: Problem
    case: Contest
    floors: Mapping[str, float]
    asked: Mapping[str, Any]

    @property
    def together(self) -> bool:
        """Whether the method scores many tables in one call."""
        return self.case.gaps is not None

    @cached_property
    def whole(self) -> Contest:
        """The contest of all options, whoever passes."""
        return contest(self.problem, **self.asked)

    @cached_property
    def leaders(self) -> np.ndarray:
        """Which options lead now, (m,)."""
        return np.asarray(self.problem.options.index.isin(self.case.leaders))

    @cached_property
    def passes(self) -> np.ndarray:
        """Which cells pass the floors now, (m, n)."""
        columns = self.problem.performance.to_numpy(float).T
        return np.stack([self.passing(column, cells) for column, cells in enumerate(columns)], axis=-1)

    def passing(self, column: int, performances: np.ndarray) -> np.ndarray:
        """Return which performances on one leaf pass its floor, as `screen` has it: at the floor they do."""
        leaf = self.problem.leaves[column]
        if leaf.key not in self.floors:
            return np.ones(np.shape(performances), dtype=bool)
        return passes(leaf, performances, self.floors[leaf.key])

    def scores(self, values: np.ndarray, passed: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """Return scores (k, m) of values (k, m, n), NaN for the options that do not pass (k, m)."""
        weighed = self.case.weights.to_numpy(float) if weights is None else weights
        if self.case.anchored:
            return np.where(passed, self.whole.scored(values, weighed), np.nan)
        scores = np.full(passed.shape, np.nan)
        for mask in np.unique(passed, axis=0):
            rows = np.flatnonzero((passed == mask).all(axis=1))
            if mask.sum() == 1:
                scores[rows, mask.argmax()] = 0.0  # whoever is left leads, whatever a method makes of one option
            elif mask.any():
                among = self._among(tuple(np.flatnonzero(mask).tolist()))
                scores[np.ix_(rows, mask)] = among.scored(values[np.ix_(rows, mask)], weighed)
        return scores

    @cached_property
    def _narrowed(self) -> dict[tuple[int, ...], Contest]:
        return {}

    def _among(self, places: tuple[int, ...]) -> Contest:
        """Return the contest of some of the options: their method scores them without the others."""
        if places not in self._narrowed:
            kept = self.problem.keep(self.problem.options.index[list(places)])
            self._narrowed[places] = contest(kept, **self.asked)
        return self._narrowed[places]

    def with_cells(
        self, cells: Sequence[tuple[int, int]], performances: np.ndarray, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """Return scores (k, m) with cells (row, column) at performances (k, cells), all others where they are."""
        count = len(performances)
        values = np.tile(self.problem.values.to_numpy(float), (count, 1, 1))
        passes = np.tile(self.passes, (count, 1, 1))
        for (row, column), moved in zip(cells, performances.T, strict=True):
            scale = self.problem.leaves[column].scale
            if scale is not None:
                values[:, row, column] = scale.value(moved)
            passes[:, row, column] = self.passing(column, moved)
        return self.scores(values, np.all(passes, axis=-1), weights)

    def with_estimate(self, key: str, numbers: np.ndarray) -> np.ndarray:
        """Return scores (k, m) with one estimate at numbers (k,): every cell that reads it is measured again."""
        moved = np.tile(self.problem.modes, (len(numbers), 1))
        moved[:, self.problem.position[key]] = numbers
        values = np.tile(self.problem.values.to_numpy(float), (len(numbers), 1, 1))
        passes = np.tile(self.passes, (len(numbers), 1, 1))
        for column, leaf in enumerate(self.problem.leaves):
            if leaf.scale is not None and key in self.problem.reads[leaf.key]:
                cells = np.asarray(leaf.measured(self.problem, Drawn(self.problem.estimates, moved)))
                values[..., column] = leaf.scale.value(cells)
                passes[..., column] = self.passing(column, cells)
        return self.scores(values, np.all(passes, axis=-1))

    def restated(self, key: str, number: float) -> np.ndarray:
        """Return scores (1, m) of the question in which one best estimate is stated as a number.

        A measure may read best estimates beside what is drawn, such as to put contributors in order: then this differs
        from `with_estimate`, and is what whoever types the number gets.
        """
        moved = replace(self.problem.estimates[key], mode=number)
        stated = replace(self.problem, estimates={**self.problem.estimates, key: moved})
        performances = stated.performance.to_numpy(float)
        passes = np.stack([self.passing(column, cells) for column, cells in enumerate(performances.T)], axis=-1)
        return self.scores(stated.values.to_numpy(float)[None], np.all(passes, axis=-1)[None])

    def lead(self, scores: np.ndarray) -> np.ndarray:
        """Return who leads by scores (k, m), NaN for the excluded; several where they tie, nobody where all are."""
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
        return np.where(np.isneginf(own), own, np.subtract(own, best, where=~np.isneginf(own), out=own.copy()))

    def names(self, lead: np.ndarray) -> str:
        """Return the ids of the options that a mask (m,) marks, joined by a comma."""
        return ", ".join(compress(self._ids, lead.tolist())) or NOBODY

    @cached_property
    def _ids(self) -> list[str]:
        return [str(option) for option in self.problem.options.index]

    def told(self, leaders: str) -> str:
        """Return the names of those that `names` joined, for a sentence."""
        return self.whole.names(leaders.split(", "))


def board(problem: Problem, weights: Weights, method: Choice, floors: Floors, p: float) -> Board:
    """Return the board of a question behind floors."""
    case = contest(problem, weights, method, floors=floors, p=p)
    asked = {"weights": weights, "method": method, "p": p}
    return Board(problem, case, floors_of(problem, floors), asked)

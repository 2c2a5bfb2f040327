"""Who leads as one option's value on one criterion moves, floors in force: where its lead is taken or lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.robustness.contest import Contest, leading

STEPS, HALVINGS, EVEN, BEYOND = 64, 60, 1e-12, 1e-6


@dataclass(frozen=True, eq=False)
class Board:
    """Options that are scored together: those ranked, alone or with one that a floor excludes.

    leaders: who leads now. asked: the options whose cells are moved. places: options x leaves, where each performance
    stands on its value scale, beyond 0 or 1 where it lies beyond the anchors. floors: as places, by leaf.
    """

    case: Contest
    leaders: tuple[str, ...]
    asked: tuple[str, ...]
    places: pd.DataFrame
    floors: Mapping[str, float]

    @cached_property
    def values(self) -> np.ndarray:
        """The places of the options on board, (m, n): their values where they lie between the anchors."""
        return self.places.loc[self.case.values.index, self.case.values.columns].to_numpy(float)

    @cached_property
    def leads(self) -> np.ndarray:
        """Which options lead now, (m,)."""
        return np.asarray(self.case.values.index.isin(self.leaders))

    @cached_property
    def passed(self) -> np.ndarray:
        """Which cells pass the floors where they stand, (m, n)."""
        return np.stack([self.passes(column, values) for column, values in enumerate(self.values.T)], axis=-1)

    def passes(self, column: int, values: np.ndarray) -> np.ndarray:
        """Return which of the values on a criterion pass its floor."""
        return np.asarray(values >= self.floors.get(self.case.values.columns[column], -np.inf) - EVEN)

    def _ends(self, column: int) -> tuple[np.ndarray, np.ndarray]:
        """Return how far down and up each option's value on a criterion is moved: over the scale and past its floor."""
        floor, here = self.floors.get(self.case.values.columns[column], 0.5), self.values[:, column]
        return np.minimum(here, min(0.0, floor - BEYOND)), np.maximum(here, max(1.0, floor + BEYOND))

    def switches(self) -> pd.DataFrame:
        """Return switch (a value), who leads beyond it and whether it is at a floor, by asked option and leaf."""
        switch = pd.DataFrame(np.stack([self._switches(at) for at in range(self.values.shape[1])], axis=-1),
                              self.case.values.index, self.case.values.columns)  # fmt: skip
        rows = [(option, leaf, *self._beyond(option, leaf, switch.loc[option, leaf]))
                for option in self.asked for leaf in switch.columns]  # fmt: skip
        return pd.DataFrame(rows, columns=["option", "criterion", "switch", "then_leads", "at_floor"])

    def _switches(self, column: int) -> np.ndarray:
        """Return the value (m,) on one criterion at which each option takes or loses the lead; NaN where none does."""
        here, steps = self.values[:, column], np.linspace(0, 1, STEPS + 1)
        found = [self._first(column, here[:, None] + (end - here)[:, None] * steps) for end in self._ends(column)]
        near = np.abs(np.stack(found) - here)
        none = np.isnan(near).all(axis=0)
        side = np.where(none, 0, np.argmin(np.where(np.isnan(near), np.inf, near), axis=0))
        return np.where(self.leads & (self.leads.sum() > 1), here, np.stack(found)[side, np.arange(len(here))])

    def _first(self, column: int, path: np.ndarray) -> np.ndarray:
        """Return where on its path (m, steps) of values each option's lead first changes; NaN where it never does."""
        ahead = self._ahead(column, path)
        changed = ahead != self.leads[:, None]
        step = changed.argmax(axis=1)
        rows = np.arange(len(path))
        low, high = path[rows, np.maximum(step - 1, 0)], path[rows, step]
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            same = self._ahead(column, middle[:, None])[:, 0] == self.leads
            low, high = np.where(same, middle, low), np.where(same, high, middle)
        return np.where(changed.any(axis=1), high, np.nan)

    def _ahead(self, column: int, values: np.ndarray) -> np.ndarray:
        """Return whether each option (still) leads when its own value on a criterion is as given, (m, k)."""
        rows = np.arange(len(values))
        tables = np.broadcast_to(self.values, (*values.shape, *self.values.shape)).copy()
        tables[rows, :, rows, column] = values
        scores = self.case.scored(np.clip(tables, 0, 1, out=tables), self.case.weights.to_numpy(float))
        own = scores[rows, :, rows]
        others = np.where(np.eye(len(rows), dtype=bool)[:, None, :], -np.inf, scores).max(axis=-1)
        admitted = np.delete(self.passed, column, axis=1).all(axis=1, keepdims=True) & self.passes(column, values)
        level = EVEN * (1 - 2.0 * self.leads)
        return np.asarray(admitted & (own - others > level.reshape(-1, 1)))

    def _beyond(self, option: str, leaf: str, switch: float) -> tuple[float, str, bool]:
        """Return a switch, who leads just beyond it ("" where there is none), and whether a floor is crossed there."""
        at = self.case.values.index.get_loc(option), self.case.values.columns.get_loc(leaf)
        if np.isnan(switch):
            return switch, "", False
        table, step = self.values.copy(), BEYOND * np.sign(switch - self.values[at])
        table[at] = switch + step
        passes, passed = (bool(self.passes(at[1], np.array(value))) for value in (table[at], switch - step))
        scores = self.case.score(np.clip(table, 0, 1), self.case.weights.to_numpy(float))
        lead = leading(scores if passes else np.where(np.arange(len(scores)) == at[0], scores.min() - 1, scores))
        alone = np.arange(len(lead)) == at[0]
        others = lead & (~alone if option in self.leaders else alone)
        return switch, self.case.leaders_of(others if others.any() else lead), passes != passed

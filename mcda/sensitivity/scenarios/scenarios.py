"""Scenarios: states of the world with ranges of chance and effects on performances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, NotApplicable, known, refuse
from mcda.files.question.optional_sheets.scenario_rows import (
    COLUMNS,
    Effect,
    Scenario,
    read_scenarios,
    table_rows,
)
from mcda.problem.chances import OTHERWISE
from mcda.problem.estimates import Drawn
from mcda.problem.events.expected_losses import bill_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sampling.distributions import triangular
from mcda.sampling.streams import uniforms
from mcda.sensitivity.scenarios.repriced import Repriced, repriced
from mcda.sentences.catalogue import joined, told

RULE = (
    "in a future every scenario is in one of its states; on each cell all multipliers in "
    "force are multiplied first, "
    "then all additions are added; what then lies beyond an end of its scale counts as that end"
)
EVERY = "ALL"


@dataclass(frozen=True, eq=False)
class Futures:
    """Every combination of the states of all scenarios, and the performances in each.

    Attributes
    ----------
    problem : Problem
        The question.
    scenarios : tuple of Scenario
        The scenarios of the question.
    rule : str
        The rule by which effects are combined.
    states : array, (futures, scenarios)
        The state of each scenario by position.
    """

    problem: Problem
    scenarios: tuple[Scenario, ...]
    rule: str = RULE

    @cached_property
    def states(self) -> np.ndarray:
        """Every combination, (futures, scenarios), in the order of the file.

        The last scenario changes fastest.
        """
        return np.array(
            list(product(*(range(len(scenario.states)) for scenario in self.scenarios))), dtype=int
        )

    @cached_property
    def reference(self) -> tuple[int, ...]:
        """The state of each scenario that has no effects, as in the performance table.

        It is -1 if all states have some.
        """
        return tuple(_without_effects(scenario) for scenario in self.scenarios)

    def label(self, future: np.ndarray) -> str:
        """Return the states of one future by name, those at the reference left out."""
        places = zip(self.scenarios, future, self.reference, strict=True)
        parts = [f"{one.label}: {one.states[at].name}" for one, at, plain in places if at != plain]
        return joined(parts) or told("future_label.reference")

    def performances(
        self,
        table: np.ndarray,
        states: np.ndarray,
        sizes: np.ndarray | None = None,
        numbers: np.ndarray | None = None,
    ) -> np.ndarray:
        """Return performances (k, m, n) in k futures, for a table (m, n) or tables (k, m, n).

        states: (k, scenarios), -1 for none. sizes: (k, effects) in the order of `effects`, their
        modes if not given. numbers: the estimates (..., estimates) behind the table, the best ones
        if not given: what is computed from events is computed again, as its costs and chances
        change.
        """
        shape = (len(states), *np.shape(table)[-2:])
        factor = np.ones(shape)
        added = np.zeros(shape)
        for rows, size, effect in self._in_force(states, sizes):
            for options, columns in self._touched(effect):
                cells = np.ix_(rows, options, columns)
                if effect.kind == "mult":
                    factor[cells] *= size[:, None, None]
                else:
                    added[cells] += size[:, None, None]
        if self._priced:
            table = np.array(np.broadcast_to(table, shape))
            drawn = Drawn(self.problem.estimates, self._numbers(numbers, len(states)))
            changed = partial(self.changed, states, sizes)
            for column, priced in self._priced.items():
                table[..., column] = priced(self.problem, drawn, changed)
        return table * factor + added

    def changed(
        self, states: np.ndarray, sizes: np.ndarray | None, leaf: str, cells: np.ndarray
    ) -> np.ndarray:
        """Return performances (k, M) on a leaf in k futures, for (..., M) of the whole question.

        The leaf may be one that a structure leaves out. Performances that no effect of the
        scenarios ever touches come back as they are.
        """
        if leaf not in self._affected:
            return cells
        ids = self.problem.whole.options.index
        table = np.array(np.broadcast_to(cells, (len(states), len(ids))), dtype=float)
        added = np.zeros_like(table)
        for rows, size, effect in self._in_force(states, sizes):
            if effect.criterion == leaf:
                named = [EVERY in effect.options or option in effect.options for option in ids]
                at = np.ix_(rows, np.flatnonzero(named))
                if effect.kind == "mult":
                    table[at] *= size[:, None]
                else:
                    added[at] += size[:, None]
        return table + added

    def _in_force(
        self, states: np.ndarray, sizes: np.ndarray | None
    ) -> Iterator[tuple[np.ndarray, np.ndarray, Effect]]:
        """Go through the effects: the futures in which each is in force, and its size in each."""
        for at, (scenario, state, effect) in enumerate(self.effects):
            rows = np.flatnonzero(states[:, scenario] == state)
            size = np.full(len(rows), effect.size.mode) if sizes is None else sizes[rows, at]
            yield rows, size, effect

    def _numbers(self, numbers: np.ndarray | None, count: int) -> np.ndarray:
        """Return the estimates (k, estimates) behind the table of each of k futures."""
        stated = self.problem.modes if numbers is None else numbers
        return np.broadcast_to(stated, (count, len(self.problem.estimates)))

    @cached_property
    def _affected(self) -> set[str]:
        """The leaves that some effect changes."""
        return {effect.criterion for _, _, effect in self.effects}

    @cached_property
    def _priced(self) -> dict[int, Repriced]:
        """The columns of what is computed from events, each with how it is computed in futures."""
        return repriced(self.problem)

    @cached_property
    def effects(self) -> tuple[tuple[int, int, Effect], ...]:
        """Every effect with the positions of its scenario and state."""
        return tuple(
            (at, which, effect)
            for at, scenario in enumerate(self.scenarios)
            for which, state in enumerate(scenario.states)
            for effect in state.effects
        )

    def _touched(self, effect: Effect) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the rows and the column that an effect touches.

        Where options may fail to happen, it also touches what they become otherwise.
        """
        if effect.criterion not in self._columns or effect.criterion in self._costs_of_bills:
            return []
        touched = [(self._rows[effect.options], self._columns[effect.criterion])]
        otherwise = f"{effect.criterion} {OTHERWISE}"
        if otherwise in self._columns:
            fallbacks = [
                self.problem.fallbacks.get(option, option) for option in self.problem.options.index
            ]
            named = [EVERY in effect.options or one in effect.options for one in fallbacks]
            touched.append((np.flatnonzero(named), self._columns[otherwise]))
        return touched

    @cached_property
    def _costs_of_bills(self) -> set[str]:
        """The costs in whose place a structure puts a bill: effects are on the cost in it."""
        priced = {leaf.key for leaf in self.problem.leaves if leaf.prices_events}
        stated = (self.problem.stated or self.problem).criteria
        return priced & {leaf.key for leaf in bill_leaves(stated)}

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], np.ndarray]:
        ids = list(self.problem.options.index)
        listed = {effect.options for _, _, effect in self.effects}
        rows = {}
        for options in listed:
            named = [EVERY in options or option in options for option in ids]
            rows[options] = np.flatnonzero(named)
        return rows

    @cached_property
    def _columns(self) -> dict[str, np.ndarray]:
        return {leaf.key: np.array([at]) for at, leaf in enumerate(self.problem.leaves)}

    def draw(self, n: int, seed: int, first: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Return the states (n, scenarios) and the effects' sizes (n, effects) of n draws.

        Each scenario is drawn by the modes of its chances, by itself; each effect draws its own
        size from a triangle. Row d depends on seed and first + d alone.
        """
        chances = uniforms(seed, "futures/states", first, n, len(self.scenarios))
        columns = []
        for at, scenario in enumerate(self.scenarios):
            modes = np.array([state.chance[1] for state in scenario.states])
            columns.append(
                np.searchsorted(np.cumsum(modes / modes.sum())[:-1], chances[:, at], side="right")
            )
        random = uniforms(seed, "futures/sizes", first, n, max(len(self.effects), 1))
        sizes = []
        for at, (_, _, effect) in enumerate(self.effects):
            low, mode, high = np.array([effect.size.low, effect.size.mode, effect.size.high])
            sizes.append(triangular(random[:, at], low, mode, high))
        return np.stack(columns, axis=1), np.stack(sizes, axis=1) if sizes else np.zeros((n, 0))


def _without_effects(scenario: Scenario) -> int:
    """Return the position of the first state without effects; -1 where all have some."""
    for at, state in enumerate(scenario.states):
        if not state.effects:
            return at
    return -1


def has_scenarios(problem: Problem) -> bool:
    """Say whether a question has any scenario; a sheet without rows has none.

    >>> from criteria import ukraine_force
    >>> has_scenarios(ukraine_force.problem())
    True
    """
    table = problem.tables.get("scenarios")
    return table is not None and not table.empty


def futures(problem: Problem) -> Futures:
    """Return every future that the scenarios of a question make, from its table "scenarios".

    A row of the table is one effect of one state: chances in percent (low, mode, high), a leaf,
    options (separated by semicolons, or ALL), effect_type "add", "mult" or "none" and the effect's
    size.

    Parameters
    ----------
    problem : Problem
        The question.

    Returns
    -------
    Futures
        Every combination of states.

    Raises
    ------
    InputError
        For every fault of the table at once, and where there are no scenarios.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> len(futures(ukraine_force.problem()).states)
    972
    """
    check_problem(problem)
    if not has_scenarios(problem):
        raise NotApplicable(
            Fault(f"question '{problem.name}'", "scenarios", "none", "describe them in scenarios")
        )
    # a bill rests on costs and chances that its structure may leave out
    source = problem.stated if problem.stated and repriced(problem) else problem
    table = source.tables["scenarios"]
    refuse(
        Fault("scenarios.csv", f"a column '{name}'", f"columns {known(table.columns, 30)}")
        for name in COLUMNS
        if name not in table
    )
    faults = Faults()
    scenarios = read_scenarios(table_rows(table), [leaf.key for leaf in source.leaves], faults)
    refuse(dict.fromkeys(faults))
    return Futures(problem, scenarios)


def performance_in(problem: Problem, states: Mapping[str, str]) -> pd.DataFrame:
    """Return the performance table in one future.

    Parameters
    ----------
    problem : Problem
        The question, with scenarios.
    states : mapping of str to str
        The state of each scenario by its id; the other scenarios are at the reference.

    Returns
    -------
    DataFrame
        Options x leaves, in natural units.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> performance_in(problem, {"SCN02": "absent"}).loc["OPT03", "C1.3"].round(1)
    np.float64(19.8)
    """
    scenarios = futures(problem)
    chosen = list(scenarios.reference)
    keys = [scenario.key for scenario in scenarios.scenarios]
    for key, name in states.items():
        if key not in keys:
            raise InputError(Fault("scenario", f"one of {known(keys)}", f"'{key}'"))
        names = [state.name for state in scenarios.scenarios[keys.index(key)].states]
        if name not in names:
            raise InputError(Fault(f"state of '{key}'", f"one of {known(names)}", f"'{name}'"))
        chosen[keys.index(key)] = names.index(name)
    table = scenarios.performances(problem.performance.to_numpy(), np.array([chosen]))[0]
    return pd.DataFrame(table, index=problem.performance.index, columns=problem.performance.columns)

"""The quantities of a question's packages at its best estimates: what counts, its limits, whole steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_named, check_number, check_several
from mcda.checks.faults import Fault, InputError, NotApplicable, known, refuse
from mcda.checks.significant_digits import plain
from mcda.portfolios.chance_to_reach import can_be_counted, chance_to_reach
from mcda.portfolios.whole_steps import FINEST, in_units, steps_within, whole_steps
from mcda.problem.chances import certain
from mcda.problem.parts.parts import CHANCE, Quantity, product_of
from mcda.problem.parts.program import Program, Rows
from mcda.problem.value_scales import sign_of
from mcda.sentences.catalogue import told

MOST_AIMS = 12

Limits = Mapping[str, tuple[float | None, float | None]]
Steps: TypeAlias = tuple[Fraction, np.ndarray, bool]


@dataclass(frozen=True, eq=False)
class Limit:
    """A limit of a quantity: its name, the quantity and its name, the least and most, both allowed."""

    name: str
    quantity: str
    label: str
    least: float
    most: float

    @property
    def told(self) -> str:
        """The limit in words."""
        ends = {}
        if np.isfinite(self.least):
            ends["least"] = plain(self.least)
        if np.isfinite(self.most):
            ends["most"] = plain(self.most)
        return told(f"limit_told.{'_'.join(ends)}", label=self.label, **ends)


@dataclass(frozen=True, eq=False)
class Asked:
    """What was asked of packages: the question, the quantities aimed at, the limits, parts held."""

    problem: Any
    program: Program
    aims: tuple[Quantity, ...]
    limits: tuple[Limit, ...]
    held_in: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    per: Mapping[str, float] | None = None

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """The keys of all quantities, in order."""
        return tuple(one.key for one in self.program.parts.quantities)

    @cached_property
    def best(self) -> np.ndarray:
        """What each column brings to each quantity at the best estimates, (quantities, columns)."""
        return self.program.amounts(self.problem, self.problem.modes)

    @cached_property
    def signs(self) -> np.ndarray:
        """1 for each aim of which more is better, -1 where less is, (aims,)."""
        return np.array([sign_of(aim.direction) for aim in self.aims], dtype=float)

    @cached_property
    def places(self) -> list[int]:
        """The places of the aims among the quantities."""
        return [self.quantities.index(aim.key) for aim in self.aims]

    @cached_property
    def in_steps(self) -> list[Steps]:
        """Of each quantity the step, the amounts in whole steps, and whether these are exact."""
        return [whole_steps(row) for row in self.best]

    @cached_property
    def in_coarse_steps(self) -> list[Steps]:
        """The same in so few steps that a solver tells them apart."""
        return [whole_steps(row, FINEST) for row in self.best]

    @cached_property
    def costs(self) -> np.ndarray:
        """The aims in whole steps, less is better: (aims, columns)."""
        return self._costs(self.in_steps)

    @cached_property
    def coarse_costs(self) -> np.ndarray:
        """The same in coarse steps."""
        return self._costs(self.in_coarse_steps)

    def _costs(self, in_steps: list[Steps]) -> np.ndarray:
        steps = np.array([in_steps[place][1] for place in self.places])
        return np.asarray(-self.signs[:, None] * steps)

    @cached_property
    def spans(self) -> np.ndarray:
        """The amount of each aim that its weight is for, (aims,): all that parts bring and take."""
        whole = spans_of(self.best[self.places])
        if self.per is None:
            return whole
        return np.array([float(self.per[aim.key]) for aim in self.aims])

    @property
    def gains(self) -> np.ndarray:
        """What each column adds to the value of each aim at the best estimates, (aims, columns)."""
        return np.asarray((self.signs / self.spans)[:, None] * self.best[self.places])

    @cached_property
    def fixed_parts(self) -> Rows:
        """The rows that hold parts in or out."""
        rows = []
        for names, number in ((self.held_in, 1.0), (self.held_out, 0.0)):
            for key in self.program.parts.members(names):
                row = np.zeros(self.program.columns)
                row[self.program.parts.keys.index(key)] = 1.0
                rows.append((row, number, number, f"hold '{key}'"))
        return Rows.of(rows, self.program.columns)

    @property
    def best_limits(self) -> Rows:
        """The limits at the best estimates, with the parts that are held."""
        return self.limits_at(self.best)

    @cached_property
    def step_limits(self) -> Rows:
        """The limits in whole steps, with the parts that are held."""
        rows = []
        for limit in self.limits:
            step, amounts, _ = self.in_steps[self.quantities.index(limit.quantity)]
            rows.append((amounts, *steps_within(limit.least, limit.most, step), limit.name))
        return Rows.of(rows, self.program.columns).and_also(self.fixed_parts)

    def limits_at(self, amounts: np.ndarray) -> Rows:
        """Return the limits on drawn amounts (quantities, columns), with the parts that are held."""
        rows = []
        for limit in self.limits:
            row = amounts[self.quantities.index(limit.quantity)]
            rows.append((row, limit.least, limit.most, limit.name))
        return Rows.of(rows, self.program.columns).and_also(self.fixed_parts)

    def table(self, packages: np.ndarray) -> pd.DataFrame:
        """Return the quantities of packages (k, parts) at the best estimates, a row each."""
        filled = self.program.filled(packages)
        columns = {key: self.totals(filled, at) for at, key in enumerate(self.quantities)}
        table = pd.DataFrame(columns)
        table.insert(0, "size", packages.sum(axis=1).astype(int))
        chances = self.chances
        if (chances < 1).any():
            table[CHANCE] = np.where(packages > 0, chances, 1.0).prod(axis=1)
            for limit in self.limits:
                if np.isfinite(limit.least):
                    table[f"{CHANCE} of {limit.quantity}"] = self._reaching(packages, limit)
        return table

    def totals(self, filled: np.ndarray, at: int) -> np.ndarray:
        """Return the sums of a quantity over filled rows (k, columns): whole steps leave no last bits."""
        step, steps, exact = self.in_steps[at]
        if exact:
            return in_units(filled @ steps, step)
        return np.asarray(filled @ self.best[at])

    def countable_steps(self, at: int) -> Steps:
        """Return a quantity in whole steps of which the sums of parts are few enough to count them all."""
        exact = self.in_steps[at]
        if can_be_counted(exact[1][: self.program.size]):
            return exact
        return self.in_coarse_steps[at]

    def _reaching(self, packages: np.ndarray, limit: Limit) -> list[float]:
        """Return the chance that those parts of each package that come about reach a limit."""
        at = self.quantities.index(limit.quantity)
        step, amounts, _ = self.countable_steps(at)
        needed = steps_within(limit.least, np.inf, step)[0]
        brought = amounts[: self.program.size]
        return [
            chance_to_reach(needed, brought[one > 0], self.chances[one > 0]) for one in packages
        ]

    @cached_property
    def chances(self) -> np.ndarray:
        """The chance that each part comes about, at the best estimates, (parts,), from 0 to 1."""
        estimates = self.problem.estimates
        chances = []
        for part in self.program.parts.parts:
            shares = {key: _share(estimates[key]) for key in part.chance}
            chance = product_of(shares.__getitem__, part.chance) if shares else 1.0
            chances.append(chance)
        return np.array(chances, dtype=float)


def _share(estimate: Any) -> np.ndarray:
    return np.asarray(estimate.mode / certain(estimate))


def spans_of(amounts: np.ndarray) -> np.ndarray:
    """Return how far apart all losses and all gains of quantities are: (..., columns) to (...)."""
    spans = np.abs(amounts).sum(axis=-1)
    return np.asarray(np.where(spans > 0, spans, 1.0))


def asked_of(
    problem: Any,
    aims: Iterable[str] | Mapping[str, str] | None,
    limits: Limits | None,
    hold: Iterable[str],
    leave_out: Iterable[str],
    per: Mapping[str, float] | None = None,
) -> Asked:
    """Return what is asked, checked; raises InputError with every fault.

    Raises NotApplicable for a question without parts.
    """
    if problem.parts is None:
        remedy = "add the sheet parts, as data/README.md says"
        raise NotApplicable(Fault("packages", "a question that states parts", "none", remedy))
    parts = problem.parts
    for names, what in ((hold, "hold"), (leave_out, "leave_out")):
        check_several(names, what, "names of parts or groups in a list")
    refuse(
        Fault(what, f"parts or groups: {known((*parts.keys, *parts.groups), 30)}", f"'{name}'")
        for names, what in ((hold, "hold"), (leave_out, "leave_out"))
        for name in names
        if name not in (*parts.keys, *parts.groups)
    )
    both = set(parts.members(hold)) & set(parts.members(leave_out))
    if both:
        expected = "each part held in, or left out"
        raise InputError(Fault("hold and leave_out", expected, f"both of {known(sorted(both))}"))
    chosen = _aims(parts, aims)
    held = tuple(hold), tuple(leave_out)
    return Asked(
        problem, Program(parts), chosen, _limits(parts, limits), *held, _checked(per, chosen)
    )


def _checked(
    per: Mapping[str, float] | None, aims: Iterable[Quantity]
) -> Mapping[str, float] | None:
    """Return the amounts that weights are for; refuse what isn't a number above 0 for each aim."""
    if per is None:
        return None
    check_named(per, "per", "amounts by quantity", '{"cost": 100}')
    for aim in aims:
        expected = "an amount above 0"
        check_number(per.get(aim.key), lambda it: 0 < it < np.inf, f"per, '{aim.key}'", expected)
    return per


def _aims(parts: Any, aims: Iterable[str] | Mapping[str, str] | None) -> tuple[Quantity, ...]:
    """Return the quantities that are aimed at: those named, or all with a direction."""
    if aims is None:
        chosen = [one for one in parts.quantities if one.direction]
    elif isinstance(aims, Mapping):
        chosen = [replace(parts.quantity(name), direction=way) for name, way in aims.items()]
    else:
        check_several(aims, "aims", "names of quantities in a list")
        chosen = [parts.quantity(name) for name in dict.fromkeys(aims)]
    directed = [one.key for one in chosen if one.direction]
    if len(directed) < len(chosen):
        nameless = [one.key for one in chosen if not one.direction]
        expected = "quantities of which the sheet parts says what is better"
        raise InputError(
            Fault("aims", expected, known(nameless), "say max or min, as {'cost': 'min'}")
        )
    if not 1 <= len(chosen) <= MOST_AIMS:
        remedy = f"name at most {MOST_AIMS} of {known([one.key for one in parts.quantities], 30)}"
        expected = f"from 1 to {MOST_AIMS} quantities"
        raise InputError(Fault("aims", expected, f"{len(chosen)}", remedy))
    return tuple(chosen)


def _limits(parts: Any, limits: Limits | None) -> tuple[Limit, ...]:
    """Return the limits of the rules and those given, which stand in place of them."""
    given = {} if limits is None else limits
    check_kind(given, Mapping, "limits", 'such as {"cost": (None, 100)}')
    stated = [
        Limit(rule.name, *_named(parts, rule.quantity), *_ends(rule.least, rule.most, rule.key))
        for rule in parts.rules
        if rule.kind == "limit" and rule.quantity not in given
    ]
    for key, ends in given.items():
        named = _named(parts, key)
        if not isinstance(ends, tuple | list) or len(ends) != 2:
            expected = "the least and the most, None for no such limit"
            raise InputError(Fault(f"limits, '{key}'", expected, repr(ends)))
        stated.append(Limit(f"limit of {key}", *named, *_ends(*ends, key)))
    return tuple(limit for limit in stated if np.isfinite((limit.least, limit.most)).any())


def _named(parts: Any, key: str) -> tuple[str, str]:
    """Return a quantity's key and its name; raises InputError for one that there isn't."""
    by_key = {one.key: one for one in parts.quantities}
    if key not in by_key:
        raise InputError(Fault("limits", f"quantities: {known(by_key, 30)}", f"'{key}'"))
    return key, by_key[key].name


def _ends(least: float | None, most: float | None, key: str) -> tuple[float, float]:
    low = -np.inf if least is None else least
    high = np.inf if most is None else most
    for end in (low, high):
        check_number(end, lambda it: it == it, f"limits, '{key}'", "a number, or None for no limit")
    if not low <= high:
        expected = "the least at most the most"
        raise InputError(Fault(f"limits, '{key}'", expected, f"{least} and {most}"))
    return float(low), float(high)

"""Weight spaces: the weights that somebody allows who won't give one number for each criterion."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_named, check_number, check_tuples
from mcda.checks.faults import Fault, InputError, NotApplicable, known, refuse
from mcda.checks.labels import as_numbers, length_fault, name_faults
from mcda.checks.significant_digits import plain
from mcda.preferences.weighting.linear_constraints import Constraint, box, read_constraints
from mcda.preferences.weighting.normalise import normalised
from mcda.sampling.conflicts import smallest_conflict
from mcda.sampling.hit_and_run import combined, shares_of
from mcda.sampling.polytope import Polytope
from mcda.sampling.simplex import simplex_weights
from mcda.sampling.streams import check_counts, uniforms

INSIDE = 1e-9  # how far beyond a bound a weight may lie by rounding
TRIED = 64  # draws of a space: where they are all the same, it holds one point
RANGE = ["low", "mode", "high"]


@dataclass(frozen=True, eq=False)
class WeightSpace(ABC):
    """The weights that a holder allows, as something that draws them.

    Parameters
    ----------
    tops : tuple of str
        The criteria to which its weights belong.
    holder : str
        The name of whoever allows them.
    spread : pandas.DataFrame, optional
        Passes the weights on: a row for each of the tops, a column for each criterion below, rows
        that sum to one; `criteria` are then those columns.

    Examples
    --------
    >>> weight_space(["cost", "legal"]).sample(3, seed=0).sum(axis=1).round(9).tolist()
    [1.0, 1.0, 1.0]
    """

    tops: tuple[str, ...]
    holder: str = "anyone"
    spread: pd.DataFrame | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse criteria without names of their own."""
        check_tuples("weight space", str, "names of criteria", tops=self.tops)
        if not self.tops:
            raise InputError(Fault("weight space", "at least one criterion", "none"))
        refuse(name_faults(self.tops, "criterion"))

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that a drawn row has a weight for, in order."""
        return self.tops if self.spread is None else tuple(self.spread.columns)

    def sample(self, n: int, seed: int, first: int = 0) -> np.ndarray:
        """Return n rows of weights (n, criteria) that sum to one.

        Row d depends on seed and first + d alone. Raises InputError for a seed, a number of rows or
        a first one that isn't a whole number.
        """
        return self.passed_on(self.sample_tops(n, seed, first))

    def sample_tops(self, n: int, seed: int, first: int = 0) -> np.ndarray:
        """Return what `sample` passes on: n rows of weights (n, tops)."""
        check_counts(seed, first, n)
        return self._draw(n, seed, first, f"weights/{self.holder}")

    @property
    def shares(self) -> np.ndarray:
        """The share of each top's weight that each criterion has, (tops, criteria)."""
        return np.eye(len(self.tops)) if self.spread is None else self.spread.to_numpy()

    @cached_property
    def varies(self) -> bool:
        """Whether it holds more than one point: ranges of no width hold one."""
        rows = self.sample(TRIED, seed=0)
        return bool(np.ptp(rows, axis=0).max() > INSIDE)

    def passed_on(self, weights: np.ndarray) -> np.ndarray:
        """Return weights (..., criteria) for weights (..., tops)."""
        return weights if self.spread is None else combined(weights, self.spread.to_numpy())

    @abstractmethod
    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        """Return n rows of weights over the tops."""


@dataclass(frozen=True, eq=False)
class ConstrainedWeights(WeightSpace):
    """Every weight vector that satisfies linear constraints, all equally likely.

    Weights are at least 0 and sum to one. Draws are exactly uniform where the space can be
    cut into few pieces; otherwise they are by hit-and-run, and `mixing` reports how well it mixed.
    """

    constraints: tuple[Constraint, ...] = field(default=(), kw_only=True)

    @cached_property
    def polytope(self) -> Polytope:
        """The space over its tops as inequalities and equalities."""
        return _polytope(self.tops, self.constraints)

    @property
    def vertices(self) -> pd.DataFrame:
        """The corners, a row each, over the criteria; InputError if they are too many to list."""
        try:
            return pd.DataFrame(self.passed_on(self.polytope.corners), columns=list(self.criteria))
        except OverflowError:
            raise NotApplicable(
                Fault(
                    f"weight space of '{self.holder}'",
                    "corners few enough to list",
                    f"{len(self.tops)} criteria under {len(self.constraints)} constraints",
                    "draw from it instead",
                )
            ) from None

    @property
    def mixing(self) -> dict[str, Any]:
        """How it is drawn: "exact", or by hit-and-run with its sweeps and mixing diagnostic.

        See `Walk` for the diagnostic.
        """
        if self.polytope.body.has_few_pieces:
            return {"sampler": "exact", "pieces": len(self.polytope.body.pieces[1])}
        walk = self.polytope.body.walk
        return {"sampler": "hit-and-run", "sweeps": walk.sweeps, "gap": walk.gap}

    def contains(self, weights: Any, tolerance: float = INSIDE) -> np.ndarray:
        """Return whether weights (..., tops) satisfy every constraint."""
        check_number(
            tolerance, lambda tolerance: tolerance >= 0, "tolerance", "a number of at least 0"
        )
        rows = as_numbers(weights, lambda at: f"weight of '{self.tops[at[-1]]}'")
        refuse(length_fault("weights", rows.T, len(self.tops), "criterion"))
        return self.polytope.contains(rows, tolerance)

    def where(self, *constraints: str | Constraint) -> ConstrainedWeights:
        """Return the part of the space that satisfies further constraints.

        Raises InputError if that part is empty.
        """
        return _not_empty(
            replace(self, constraints=(*self.constraints, *_read(constraints, self.tops)))
        )

    @property
    def whole(self) -> bool:
        """Whether nothing is excluded: every weight vector over the criteria is allowed."""
        unspread = self.tops == self.criteria and (
            self.spread is None or np.array_equal(self.spread, np.eye(len(self.tops)))
        )
        return not self.constraints and unspread

    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        if not self.constraints:
            return simplex_weights(self.tops, seed, key, first, n).T
        return self.polytope.body.sample(n, seed, first, key)


@dataclass(frozen=True, eq=False)
class WeightsAround(WeightSpace):
    """Weights scattered around a point by a Dirichlet distribution.

    The larger the concentration, the closer. `point` holds the mean over the tops. The variance of
    a weight w is w (1 - w) / (concentration + 1). A criterion with weight 0 at the point has weight
    0 in every draw.
    """

    point: tuple[float, ...] = field(default=(), kw_only=True)
    concentration: float = field(default=1.0, kw_only=True)

    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        """Return normalised gamma numbers, made as logarithms so that a small shape can't vanish.

        A gamma number of shape a is one of shape a + 1 times u^(1/a): Marsaglia and Tsang (2000).
        """
        from scipy.special import gammaincinv

        weights = np.zeros((n, len(self.tops)))
        cares = np.flatnonzero(self.point)
        shapes = np.array(self.point)[cares] * self.concentration
        random = uniforms(seed, key, first, n, 2 * len(cares))
        logs = np.log(gammaincinv(shapes + 1, random[:, ::2])) + np.log(random[:, 1::2]) / shapes
        weights[:, cares] = shares_of(np.exp(logs - logs.max(axis=1, keepdims=True)))
        return weights


def weight_space(
    criteria: Sequence[str],
    *constraints: str | Constraint,
    holder: str = "anyone",
    low: Mapping[str, float] | None = None,
    high: Mapping[str, float] | None = None,
) -> ConstrainedWeights:
    """Return the weights that satisfy all constraints: the whole simplex if there are none.

    Parameters
    ----------
    criteria : sequence of str
        The criteria.
    *constraints : str or Constraint
        Text such as "cost >= legal", "a >= b >= c", "cost >= 2 * legal" or "0.2 <= cost + legal <=
        0.5".
    holder : str
        The name of whoever states them.
    low, high : mapping of str to float, optional
        Bounds of single weights, as shares of the sum.

    Returns
    -------
    ConstrainedWeights
        A space to draw from, uniformly.

    Raises
    ------
    InputError
        For what can't be read, and for an empty space: it then names the smallest set of
        constraints that exclude each other, the one stated first among equally small ones.

    Examples
    --------
    >>> weight_space(["cost", "legal"], "cost >= 3 * legal").vertices.round(2).to_dict("list")
    {'cost': [0.75, 1.0], 'legal': [0.25, 0.0]}
    """
    check_kind(criteria, Iterable, "criteria", "a list of names")
    for ends, what in ((low, "low"), (high, "high")):
        if ends is not None:
            check_named(ends, what, "shares by criterion", '{"cost": 0.2}')
    tops = tuple(criteria)
    low = {} if low is None else dict(low)
    high = {} if high is None else dict(high)
    refuse(name_faults(tops, "criterion"))
    refuse(
        Fault("weight range", f"a criterion among {known(tops)}", f"'{key}'")
        for key in low | high
        if key not in tops
    )
    bounds = [
        dict(zip(each, as_numbers(list(each.values()), lambda at: "weight range"), strict=True))
        for each in (low, high)
    ]
    return _not_empty(
        ConstrainedWeights(tops, holder, constraints=(*box(*bounds), *_read(constraints, tops)))
    )


def stated_ranges(ranges: pd.DataFrame, holder: str) -> ConstrainedWeights:
    """Return the space of weights stated as ranges.

    A range is read as shares of the sum of the modes. So the modes lie in the space, and it is
    never empty.

    Parameters
    ----------
    ranges : pandas.DataFrame
        Columns low, mode and high in any unit, a row for each criterion.
    holder : str
        The name of whoever states them.

    Returns
    -------
    ConstrainedWeights
        A space to draw from, uniformly.

    Raises
    ------
    InputError
        Unless low <= mode <= high.

    Examples
    --------
    >>> stated = pd.DataFrame(
    ...     {"low": [40, 20], "mode": [60, 40], "high": [70, 50]}, index=["cost", "legal"]
    ... )
    >>> stated_ranges(stated, "Treasury").vertices.round(2).to_dict("list")
    {'cost': [0.5, 0.7], 'legal': [0.5, 0.3]}
    """
    expected = "a table with columns low, mode and high"
    check_kind(ranges, pd.DataFrame, "weight ranges", expected, "a row for each criterion")
    if not set(RANGE) <= set(ranges):
        raise InputError(Fault("weight ranges", expected, f"columns {known(ranges)}"))
    numbers = as_numbers(ranges[RANGE], lambda at: f"weight range of '{ranges.index[at[0]]}'")
    faults = []
    for key, (low, mode, high) in zip(ranges.index, numbers, strict=True):
        if not 0 <= low <= mode <= high:
            found = f"{plain(low)}, {plain(mode)}, {plain(high)}"
            faults.append(Fault(f"weight range of '{key}'", "0 <= low <= mode <= high", found))
    refuse(faults)
    modes = normalised(numbers[:, 1], list(ranges.index))
    largest = numbers[:, 1].argmax()
    shares = pd.DataFrame(numbers / numbers[largest, 1] * modes[largest], ranges.index, RANGE)
    return ConstrainedWeights(
        tuple(ranges.index),
        holder,
        constraints=box(shares["low"].to_dict(), shares["high"].to_dict()),
    )


def weights_around(
    point: Mapping[str, float] | pd.Series, concentration: float, holder: str
) -> WeightsAround:
    """Return weights scattered around a point by a Dirichlet distribution.

    Parameters
    ----------
    point : mapping of str to float or pandas.Series
        The mean, in any unit; it is divided by its sum.
    concentration : float
        Above 0: the larger, the closer to the point.
    holder : str
        The name of whoever holds them.

    Returns
    -------
    WeightsAround
        A space to draw from.

    Raises
    ------
    InputError
        For a negative weight, a sum of 0 or a concentration that isn't above 0.

    Examples
    --------
    >>> weights_around({"cost": 3, "legal": 1}, 50, "panel").sample(2, seed=0).round(2).tolist()
    [[0.68, 0.32], [0.67, 0.33]]
    """
    check_named(point, "weights")
    stated = dict(point)
    refuse(name_faults(stated, "criterion"))
    numbers = as_numbers(list(stated.values()), lambda at: f"weight of '{list(stated)[at[0]]}'")
    shares = normalised(numbers, list(stated))
    remedy = "100 keeps close to the point"
    check_number(
        concentration, lambda given: 0 < given < np.inf, "concentration", "a number above 0", remedy
    )
    return WeightsAround(
        tuple(stated), holder, point=tuple(shares.tolist()), concentration=float(concentration)
    )


def _read(constraints: Sequence[str | Constraint], tops: tuple[str, ...]) -> list[Constraint]:
    read = [
        (constraint,) if isinstance(constraint, Constraint) else read_constraints(constraint, tops)
        for constraint in constraints
    ]
    return [one for several in read for one in several]


# a holder's weights are put over the leaves of many questions: the space is cut up once
@lru_cache(maxsize=100)
def _polytope(tops: tuple[str, ...], constraints: tuple[Constraint, ...]) -> Polytope:
    n = len(tops)
    bounds = [constraint for constraint in constraints if not constraint.equality]
    fixed = [constraint for constraint in constraints if constraint.equality]
    return Polytope(
        np.vstack([-np.eye(n), *(bound.row(tops) for bound in bounds)]),
        np.r_[np.zeros(n), [bound.bound for bound in bounds]],
        np.vstack([np.ones(n), *(bound.row(tops) for bound in fixed)]),
        np.r_[1.0, [bound.bound for bound in fixed]],
    )


def _not_empty(space: ConstrainedWeights) -> ConstrainedWeights:
    """Return the space, or raise with the smallest set of constraints that exclude each other."""
    stated = space.constraints
    if not stated or space.polytope.inner is not None:
        return space
    conflict = smallest_conflict(
        len(stated),
        lambda some: _polytope(space.tops, tuple(stated[at] for at in some)).inner is not None,
    )
    raise InputError(
        Fault(
            f"weight space of '{space.holder}'",
            "weights of at least 0 that sum to 1 and satisfy every constraint",
            f"none: {' and '.join(repr(stated[at].name) for at in conflict)} exclude each other",
            "loosen one of them",
        )
    )

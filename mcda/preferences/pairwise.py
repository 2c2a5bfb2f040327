"""The analytic hierarchy process: pairwise judgements, the priorities they imply, and how coherent they are."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from mcda.preferences.consistency import SAATY_1980, Consistency, consistency
from mcda.preferences.weights import Weights
from mcda.problem.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.problem.names import as_numbers, name_faults

RULES = ("eigenvector", "geometric mean")
SCALE_TOP = 9
RECIPROCAL_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Priorities:
    """A priority vector that sums to one, with the consistency of its judgements; numpy reads it as an array."""

    values: Any
    consistency: Consistency
    rule: str

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """Return the vector."""
        return np.array(self.values, dtype=dtype)

    def __iter__(self) -> Iterator[Any]:
        """Go through the vector."""
        return iter(np.asarray(self.values))

    def __len__(self) -> int:
        """Return the number of things compared (of matrices, for a stack)."""
        return len(self.values)

    def __getitem__(self, at: Any) -> Any:
        """Return an entry by position, or by label where there are labels."""
        return self.values[at]


def priorities(matrix: Any, rule: str = "eigenvector", *, random_index: str = SAATY_1980) -> Priorities:
    """Return the priority vector of a pairwise matrix (..., n, n), with its consistency.

    Entry (i, j) says how many times i is preferred to j; the matrix is positive and reciprocal. rule is "eigenvector"
    (Saaty, 1980) or "geometric mean" (Crawford and Williams, 1985). A labelled DataFrame gives a labelled vector.
    An entry given as a decimal (0.33 for 1/3) is accepted with a warning; the larger of the two is then believed.
    Raises InputError that names the pair, the diagonal or the size.

    >>> found = priorities([[1, 3, 5], [1/3, 1, 2], [1/5, 1/2, 1]])
    >>> found.values.round(3).tolist(), round(found.consistency.ratio, 4)
    ([0.648, 0.23, 0.122], 0.0032)
    """
    if rule not in RULES:
        raise InputError(Fault("rule", f"one of {known(RULES)}", repr(rule)))
    judged = _reciprocal(matrix)
    values, lambda_max = _eigenvector(judged)
    if rule == "geometric mean":
        values = _geometric_mean(judged)
    if isinstance(matrix, pd.DataFrame):
        values = pd.Series(values, index=matrix.index, name="priority")
    return Priorities(values, consistency(judged.shape[-1], lambda_max, random_index), rule)


def _geometric_mean(matrix: np.ndarray) -> np.ndarray:
    logs = np.log(matrix).mean(axis=-1)
    means = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return means / means.sum(axis=-1, keepdims=True)


def _eigenvector(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the principal eigenvector and value; the matrix is first balanced by its geometric means.

    Balanced, a consistent matrix holds ones only, so ratios of any size are within reach of the solver.
    """
    means = np.log(matrix).mean(axis=-1)
    balanced = np.exp(np.log(matrix) + means[..., None, :] - means[..., :, None])
    values, vectors = np.linalg.eig(balanced)
    top = values.real.argmax(axis=-1)
    vector = np.abs(np.take_along_axis(vectors, top[..., None, None], axis=-1)[..., 0].real)
    vector = vector * np.exp(means - means.max(axis=-1, keepdims=True))
    return vector / vector.sum(axis=-1, keepdims=True), np.take_along_axis(values.real, top[..., None], axis=-1)[..., 0]


def _reciprocal(matrix: Any) -> np.ndarray:
    """Return the matrix as numbers, checked: square, diagonal of ones, positive, reciprocal."""
    items = _items(matrix)
    numbers = as_numbers(matrix, lambda at: _pair(items, at))
    diagonal = np.eye(len(items), dtype=bool)
    faults = [
        *_entry_faults(numbers, (numbers != 1) & diagonal, items, "1 on the diagonal"),
        *_entry_faults(numbers, (numbers <= 0) & ~diagonal, items, "a ratio above 0"),
    ]
    refuse(faults)
    _tell_beyond_scale(items, numbers)
    mirrored = numbers * np.swapaxes(numbers, -1, -2)
    rounded = _rounding(numbers)
    off = np.abs(mirrored - 1) > np.where(rounded, 0.02, RECIPROCAL_TOLERANCE)
    refuse(
        Fault(_pair(items, at), "a matrix whose mirrored entries are reciprocal",
              f"{numbers[tuple(at)]:g} and {numbers[(*at[:-2], at[-1], at[-2])]:g}",
              "give one and let the other follow")
        for at in np.argwhere(off).tolist() if at[-2] < at[-1]
    )  # fmt: skip
    return _exact(numbers, mirrored)


def _tell_beyond_scale(items: Sequence[str], numbers: np.ndarray) -> None:
    beyond = np.argwhere(numbers > SCALE_TOP * (1 + RECIPROCAL_TOLERANCE)).tolist()
    if beyond:
        told = ", ".join(f"{_pair(items, at)}: {numbers[tuple(at)]:g}" for at in beyond[:5])
        warnings.warn(f"outside Saaty's scale of 1/9 to 9, used as it stands: {told}", AssumptionWarning, stacklevel=4)


def _rounding(numbers: np.ndarray) -> np.ndarray:
    """Return where an entry and its mirror could be a ratio and its reciprocal rounded to two decimals."""
    mirror = np.swapaxes(numbers, -1, -2)
    smaller, larger = np.minimum(numbers, mirror), np.maximum(numbers, mirror)
    return np.abs(smaller - 1 / larger) <= 0.005


def _exact(numbers: np.ndarray, mirrored: np.ndarray) -> np.ndarray:
    """Return the matrix with the smaller of each mirrored pair replaced by the reciprocal of the larger."""
    if (np.abs(mirrored - 1) > RECIPROCAL_TOLERANCE).any():
        told = "mirrored entries are reciprocal only after rounding; the larger of each pair is believed"
        warnings.warn(told, AssumptionWarning, stacklevel=4)
    mirror = np.swapaxes(numbers, -1, -2)
    if (np.abs(mirrored - 1) < 1e-9).all():
        return numbers
    return np.where(numbers >= mirror, numbers, 1 / mirror)


def _items(matrix: Any) -> tuple[str, ...]:
    try:
        shape = np.shape(matrix)
    except ValueError:
        shape = ()
    if len(shape) < 2 or shape[-1] != shape[-2] or shape[-1] == 0:
        raise InputError(Fault("pairwise matrix", "a square of at least one item", f"shape {tuple(shape)}"))
    if not isinstance(matrix, pd.DataFrame):
        return tuple(f"item {i + 1}" for i in range(shape[-1]))
    refuse(name_faults(matrix.index, "item"))
    if list(matrix.index) != list(matrix.columns):
        raise InputError(Fault("pairwise matrix", "the same items in rows and columns, in one order",
                               f"rows {known(matrix.index)} and columns {known(matrix.columns)}"))  # fmt: skip
    return tuple(matrix.index)


def _pair(items: Sequence[str], at: Sequence[int]) -> str:
    return f"judgement '{items[at[-2]]}' to '{items[at[-1]]}'"


def _entry_faults(numbers: np.ndarray, bad: np.ndarray, items: Sequence[str], expected: str) -> list[Fault]:
    return [
        Fault(_pair(items, at), expected, f"{numbers[tuple(at)]:g}", "correct the entry")
        for at in np.argwhere(bad).tolist()
    ]


@dataclass(frozen=True, eq=False)
class Judgements:
    """Pairwise judgements of items: (first, second) -> how many times the first is preferred to the second.

    Ratios are numbers or text such as "1/3". Every pair is judged once; a pair and its mirror must agree.
    A ratio outside 1/9 to 9 (Saaty's scale) is legal; `priorities` warns of it. Raises InputError that names the pair.

    >>> Judgements(["cost", "legal"], {("cost", "legal"): "1/3"}).matrix.loc["legal", "cost"]
    np.float64(3.0)
    """

    items: Sequence[str]
    ratios: Mapping[tuple[str, str], float | str]

    def __post_init__(self) -> None:
        """Refuse unknown items, contradicted, missing or non-positive judgements."""
        refuse(name_faults(self.items, "item"))
        if not len(self.items):
            raise InputError(Fault("judgements", "at least one item", "none"))
        faults = [fault for (a, b), ratio in self.ratios.items() for fault in self._faults(a, b, ratio)]
        refuse(faults)
        pairs = [(a, b) for i, a in enumerate(self.items) for b in self.items[i + 1 :]]
        refuse(
            Fault(f"judgement '{a}' to '{b}'", "a ratio", "none", "judge the pair")
            for a, b in pairs if (a, b) not in self.ratios and (b, a) not in self.ratios
        )  # fmt: skip

    def _faults(self, a: str, b: str, ratio: float | str) -> Iterator[Fault]:
        place = f"judgement '{a}' to '{b}'"
        for item in (a, b):
            if item not in self.items:
                yield Fault(place, f"items among {known(self.items)}", f"'{item}'", "correct the name")
        if a == b:
            yield Fault(place, "two different items", "one item with itself", "leave it out")
        try:
            number = _ratio(ratio)
        except (ValueError, ZeroDivisionError, TypeError):
            yield Fault(place, "a ratio such as 3 or 1/3", repr(ratio))
            return
        if not 0 < number < float("inf"):
            yield Fault(place, "a ratio above 0", repr(ratio), "turn the pair round for a ratio below 1")
        elif a != b and (b, a) in self.ratios and (a, b) > (b, a):
            yield from self._contradiction(a, b, number)

    def _contradiction(self, a: str, b: str, number: float) -> Iterator[Fault]:
        try:
            mirror = _ratio(self.ratios[b, a])
        except (ValueError, ZeroDivisionError, TypeError):
            return
        if abs(number * mirror - 1) > RECIPROCAL_TOLERANCE:
            found = f"{self.ratios[a, b]} and, the other way, {self.ratios[b, a]}"
            yield Fault(f"judgement '{a}' to '{b}'", "one judgement, or two that are reciprocal", found, "keep one")

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """The reciprocal matrix of the judgements, labelled."""
        table = pd.DataFrame(np.eye(len(self.items)), index=list(self.items), columns=list(self.items))
        for (a, b), ratio in self.ratios.items():
            table.loc[a, b], table.loc[b, a] = _ratio(ratio), 1 / _ratio(ratio)
        return table


def _ratio(given: float | str) -> float:
    return float(Fraction(given)) if isinstance(given, str) else float(given)


def ahp(
    judgements: Judgements, holder: str, *, rule: str = "eigenvector", random_index: str = SAATY_1980, **about: Any
) -> Weights:
    """Return the weights that a holder's pairwise judgements imply, with `.consistency`.

    The judgements are of swings: how much more is moving one criterion from worst to best worth than moving another?
    `about` is any further field of `Weights`.

    >>> made = ahp(Judgements(["cost", "legal"], {("cost", "legal"): 3}), holder="panel")
    >>> made.values.round(2).to_dict()
    {'cost': 0.75, 'legal': 0.25}
    """
    found = priorities(judgements.matrix, rule, random_index=random_index)
    method = f"AHP, {rule}"
    steps = {"pairwise judgements": judgements.matrix}
    return Weights(found.values, holder, method=method, consistency=found.consistency, steps=steps, **about)

"""What an advantage on one criterion is worth, 0 to 1: the six functions of Brans and Vincke."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.checks.arguments import check_word
from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import Table, by_name
from mcda.methods.outranking.thresholds import read_threshold
from mcda.methods.ranks import TIE_TOLERANCE


@dataclass(frozen=True)
class Limits:
    """The thresholds of one criterion, in its unit; NaN for one that was not given.

    step: what rounding alone may add to an advantage, which is then not beyond a threshold.
    """

    q: float
    p: float
    s: float
    step: float


@dataclass(frozen=True)
class PreferenceFunction:
    """A function of the advantage, and the thresholds that it needs."""

    needs: tuple[str, ...]
    degree: Callable[[np.ndarray, Limits], np.ndarray]


def _usual(ahead: np.ndarray, _: Limits) -> np.ndarray:
    return (ahead > 0).astype(float)


def _u_shape(ahead: np.ndarray, limits: Limits) -> np.ndarray:
    return (ahead > limits.q + limits.step).astype(float)


def _v_shape(ahead: np.ndarray, limits: Limits) -> np.ndarray:
    return np.clip(ahead / limits.p, 0.0, 1.0)


def _level(ahead: np.ndarray, limits: Limits) -> np.ndarray:
    beyond_q = ahead > limits.q + limits.step
    beyond_p = ahead > limits.p + limits.step
    return (beyond_q.astype(float) + beyond_p) / 2


def _linear(ahead: np.ndarray, limits: Limits) -> np.ndarray:
    if limits.p == limits.q:
        return _u_shape(ahead, limits)
    return np.clip((ahead - limits.q) / (limits.p - limits.q), 0.0, 1.0)


def _gaussian(ahead: np.ndarray, limits: Limits) -> np.ndarray:
    return np.asarray(-np.expm1(-((np.maximum(ahead, 0.0) / limits.s) ** 2) / 2))


# type I to type VI, in the order of the source
FUNCTIONS = {
    "usual": PreferenceFunction((), _usual),
    "u-shape": PreferenceFunction(("q",), _u_shape),
    "v-shape": PreferenceFunction(("p",), _v_shape),
    "level": PreferenceFunction(("q", "p"), _level),
    "linear": PreferenceFunction(("q", "p"), _linear),
    "gaussian": PreferenceFunction(("s",), _gaussian),
}
# what other tools and books call them
ALIASES = {
    "quasi": "u-shape",
    "v-shape with indifference": "linear",
    "v-shape 2": "linear",
    "v-shape indifference": "linear",
    "v-shape indiff": "linear",
    "gauss": "gaussian",
}
STEPS = ("level", "linear")  # where p equals q, they are a step there
ABOVE_ZERO = {"v-shape": "p", "gaussian": "s"}  # what an advantage is divided by


def preference_degrees(
    table: Table, ahead: np.ndarray, preference: Any, q: Any, p: Any, s: Any
) -> np.ndarray:
    """Return how much each alternative is preferred to each other on each criterion, (m, m, n).

    ahead (m, m, n): the advantage of the first over the second. preference: a function's name, or
    one for each criterion. Raises InputError for an unknown function and for thresholds that are
    missing, negative or in the wrong order.
    """
    names = _names(table, preference)
    numbers = _thresholds(table, names, {"q": q, "p": p, "s": s})
    _check_order(table, names, numbers)
    rounding = TIE_TOLERANCE * np.abs(table.matrix).max(axis=0)
    columns = []
    for at, name in enumerate(names):
        limits = Limits(numbers["q"][at], numbers["p"][at], numbers["s"][at], rounding[at])
        columns.append(FUNCTIONS[name].degree(ahead[..., at], limits))
    return np.stack(columns, axis=-1)


def _names(table: Table, preference: Any) -> list[str]:
    """Return the name of each criterion's function as the list has it."""
    if isinstance(preference, str) or not isinstance(preference, Iterable):
        return [_canonical(preference, "preference")] * len(table.criteria)
    labelled = table.index is not None
    names = list(by_name(preference, table.criteria, labelled, "preference function"))
    if len(names) != len(table.criteria):
        raise InputError(
            Fault(
                "preference",
                f"{len(table.criteria)} functions, one for each criterion",
                f"{len(names)}",
                "give one name for all, or one each",
            )
        )
    return [
        _canonical(one, f"preference of '{name}'")
        for name, one in zip(table.criteria, names, strict=True)
    ]


def _canonical(given: Any, what: str) -> str:
    """Return a function's name as the list has it: any case, with or without hyphens.

    >>> _canonical("U_Shape", "preference"), _canonical("vshape_2", "preference")
    ('u-shape', 'linear')
    """
    if isinstance(given, str):
        bare = _bare(given)
        for name in FUNCTIONS:
            if _bare(name) == bare:
                return name
        for other, name in ALIASES.items():
            if _bare(other) == bare:
                return name
    check_word(given, FUNCTIONS, what)
    return str(given)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _thresholds(table: Table, names: list[str], given: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return each threshold by criterion, (n,), NaN where the function has none."""
    thresholds = {}
    for which, stated in given.items():
        needed = np.array([which in FUNCTIONS[name].needs for name in names])
        if stated is None and needed.all():
            raise InputError(Fault(f"threshold {which}", "a number for each criterion", "none"))
        numbers = read_threshold(table, stated, which)
        refuse(
            Fault(
                f"threshold {which} of '{table.criteria[at]}'",
                f"a number, which the function '{names[at]}' needs",
                "none",
            )
            for at in np.flatnonzero(needed & np.isnan(numbers)).tolist()
        )
        spare = [table.criteria[at] for at in np.flatnonzero(~needed & (numbers > 0)).tolist()]
        if spare:
            sentence = f"threshold {which} of {known(spare)} isn't used by its preference function"
            warnings.warn(sentence, AssumptionWarning, stacklevel=5)
        thresholds[which] = numbers
    return thresholds


def _check_order(table: Table, names: list[str], numbers: Mapping[str, np.ndarray]) -> None:
    """Refuse q above p and a width of 0; warn where p equals q."""
    faults = []
    steps = []
    for at, (criterion, name) in enumerate(zip(table.criteria, names, strict=True)):
        low = numbers["q"][at]
        high = numbers["p"][at]
        if name in STEPS and low > high:
            found = f"q = {plain(low)}, p = {plain(high)}"
            faults.append(Fault(f"thresholds of '{criterion}'", "q at most p", found))
        if name in STEPS and low == high:
            steps.append(criterion)
        width = ABOVE_ZERO.get(name)
        if width and numbers[width][at] == 0:
            remedy = "the function 'usual' prefers any advantage fully"
            where = f"threshold {width} of '{criterion}'"
            faults.append(Fault(where, "a number above 0", "0", remedy))
    refuse(faults)
    if steps:
        warnings.warn(
            f"p equals q for {known(steps)}: preference is a step there",
            AssumptionWarning,
            stacklevel=5,
        )

"""Chances: an option that may fail to happen, and the option that happens otherwise.

Such a question has leaves that nobody weighs: the chance that an option comes about, and what each
weighed leaf would be if it doesn't. So an option's row holds all that its score rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.problem.estimates import Estimate
from mcda.problem.value_scales import Scale

CHANCE = "chance"
OTHERWISE = "otherwise"
PERCENT = Scale((0.0, 100.0), (0.0, 1.0))  # a chance in percent is its own value
LABEL = "Chance that it comes about"
PERCENT_WORDS = ("percent", "%")
NO_CHANCE = 1e-9  # a chance that is smaller is rounding
LEAST = 200 * NO_CHANCE  # percent: twice what counts as none, the least that a search tries


def with_chance(
    criteria: Sequence[Any],
    key: str,
    happens: Callable[..., np.ndarray],
    fallbacks: Mapping[str, str],
) -> tuple[Any, ...]:
    """Return criteria with the leaf of a chance, and what each other leaf is otherwise, at the end.

    key: of the leaf of the chance, whose label is kept if there is such a criterion. happens:
    (problem, drawn) -> percent (..., m). fallbacks: by option, the option that happens otherwise;
    one without is certain.
    """
    known = {criterion.key: criterion for criterion in criteria}
    weighed = [criterion for criterion in criteria if criterion.key != key]
    leaves = [one for one in weighed if one.scale]
    base = known.get(key, replace(leaves[0], label=LABEL, definition=""))
    common: dict[str, Any] = {"parent": "", "floor": None}
    chance = replace(
        base,
        key=key,
        unit="percent",
        direction="max",
        scale=PERCENT,
        measure=partial(_happens, happens=happens, fallbacks=dict(fallbacks)),
        role=CHANCE,
        **common,
    )
    otherwise = [
        replace(
            leaf,
            key=f"{leaf.key} otherwise",
            label=f"{leaf.label} otherwise",
            measure=partial(_otherwise, leaf=leaf, fallbacks=dict(fallbacks)),
            role=OTHERWISE,
            **common,
        )
        for leaf in leaves
    ]
    return (*weighed, chance, *otherwise)


def with_fallbacks(criteria: Sequence[Any], fallbacks: Mapping[str, str]) -> tuple[Any, ...]:
    """Return criteria that have a chance with other fallbacks, and with the chances as stated."""
    stated = stated_chance(criteria)
    if stated is None:
        return tuple(criteria)
    leaf, happens = stated
    plain = [one for one in criteria if not one.role]
    return with_chance((*plain, replace(leaf, role="")), leaf.key, happens, fallbacks)


def stated_chance(criteria: Sequence[Any]) -> tuple[Any, Callable[..., np.ndarray]] | None:
    """Return the leaf of the chance among criteria, and the chances as stated; None where none is."""
    for leaf in criteria:
        if leaf.role == CHANCE and isinstance(leaf.measure, partial):
            return leaf, leaf.measure.keywords["happens"]
    return None


def _happens(
    problem: Any, drawn: Any, happens: Callable[..., np.ndarray], fallbacks: Mapping[str, str]
) -> np.ndarray:
    """Return the chance of every option in percent (..., m): 100 of one without a fallback."""
    ids = list(problem.options.index)
    stated = np.asarray(happens(problem, drawn), dtype=float)
    percent = np.broadcast_to(stated, (*stated.shape[:-1], len(ids)))
    uncertain = np.array([option in fallbacks for option in ids])
    chances = np.where(percent <= 100 * NO_CHANCE, 0.0, percent)
    return np.where(uncertain, chances, 100.0)


def _otherwise(problem: Any, drawn: Any, leaf: Any, fallbacks: Mapping[str, str]) -> np.ndarray:
    """Return the performances on a leaf of what happens otherwise, (..., m)."""
    whole = problem.whole
    ids = list(whole.options.index)
    stated = np.asarray(leaf.measured(whole, drawn), dtype=float)
    table = np.broadcast_to(stated, (*stated.shape[:-1], len(ids)))
    at = [ids.index(fallbacks.get(option, option)) for option in problem.options.index]
    return table[..., at]


def from_estimates(
    problem: Any, drawn: Any, keys: Mapping[str, str], percent: Mapping[str, bool]
) -> np.ndarray:
    """Return chances in percent (..., m) that options take from estimates, by key."""
    columns = []
    for option in problem.options.index:
        if option in keys:
            number = drawn.along(keys[option])
            in_percent = number if percent[option] else 100 * number
            columns.append(in_percent)
        else:
            columns.append(np.float64(100.0))
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def in_percent(estimate: Estimate) -> bool:
    """Say whether an estimate of a chance is in percent, by its unit; a share of 1 otherwise.

    >>> in_percent(Estimate("rain", 20, 30, 50, "percent")), in_percent(Estimate("rain", 0, 0, 1))
    (True, False)
    """
    return estimate.unit.strip().lower().startswith(PERCENT_WORDS)


def certain(estimate: Estimate) -> float:
    """Return the number of an estimate of a chance that means certain: 100 in percent, 1 as a share.

    >>> certain(Estimate("rain", 20, 30, 50, "percent")), certain(Estimate("rain", 0, 0, 1))
    (100.0, 1.0)
    """
    return 100.0 if in_percent(estimate) else 1.0


def check_fallbacks(fallbacks: Mapping[str, str], options: Sequence[str]) -> None:
    """Refuse a fallback that isn't an option, is the option itself, or may fail to happen."""
    for option in fallbacks:
        check_fallback(option, fallbacks, options)


def check_fallback(option: str, fallbacks: Mapping[str, str], options: Sequence[str]) -> None:
    """Refuse the fallback of one option, where it isn't another that happens for sure."""
    certain = [one for one in options if one not in fallbacks]
    fallback = fallbacks[option]
    if fallback not in certain:
        fallback_told = f"'{fallback}'" if fallback else "none"
        options_told = ", ".join(f"'{one}'" for one in certain) or "none"
        expected = f"an option that happens for sure: {options_told}"
        where = f"option '{option}', fallback"
        raise InputError(Fault(where, expected, fallback_told, "name another"))

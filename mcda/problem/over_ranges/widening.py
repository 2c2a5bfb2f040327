"""A rule by which weak evidence widens a range.

It is written in the question, applied when numbers are drawn, and reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from mcda.checks.arguments import check_named, check_texts
from mcda.checks.faults import Fault, Faults, InputError, refuse
from mcda.checks.labels import parse_number
from mcda.problem.estimates import CREDIBILITY, RELIABILITY, Estimate, Source
from mcda.sampling.distributions import BOUNDED, UNBOUNDED

# names that a rule may use beside the grades themselves
UNSOURCED = "unsourced"
UNGRADED = "ungraded"
GRADES = (*(first + second for first in RELIABILITY for second in CREDIBILITY), UNGRADED, UNSOURCED)
COLUMNS = ("grade", "factor", "low", "high", "widened_low", "widened_high", "held")


@dataclass(frozen=True)
class Widening:
    """Factors by evidence grade: low and high move away from the mode by a factor.

    The factor is that of the best-graded source: an estimate with several sources takes the
    smallest factor among them.

    Parameters
    ----------
    factors : mapping of str to float
        By grade ("D4"), "ungraded" or "unsourced"; a grade that isn't named keeps its range.
    limits : mapping of str to (float, float)
        By unit, the least and greatest that a number in it can be; a range ends there.
    reason : str
        Why the rule is so.

    Raises
    ------
    InputError
        For unknown grades, and factors or limits that are no rule.

    Examples
    --------
    >>> rule = Widening({"D4": 2.0})
    >>> weak = Estimate("weak", 1, 2, 4, sources=("S1",))
    >>> rule.widened(weak, {"S1": Source("S1", reliability="D", credibility="4")}).high
    6.0
    """

    factors: Mapping[str, float]
    limits: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse grades that don't exist, factors below 1, and limits out of order."""
        check_named(self.factors, "widening, factors", "numbers by grade", '{"D4": 1.5}')
        limits = "two numbers by unit"
        check_named(self.limits, "widening, limits", limits, '{"percent": (0, 100)}')
        check_texts("widening", reason=self.reason)
        faults = [
            Fault(
                "widening, factors",
                f"a grade such as 'D4', '{UNGRADED}' or '{UNSOURCED}'",
                f"'{grade}'",
            )
            for grade in self.factors
            if grade not in GRADES
        ]
        faults += [
            Fault(f"widening, factor of '{grade}'", "a number of at least 1", repr(factor))
            for grade, factor in self.factors.items()
            if not _number(factor) or factor < 1
        ]
        faults += [
            Fault(
                f"widening, limits of '{unit}'",
                "two numbers, the least and the greatest",
                repr(pair),
            )
            for unit, pair in self.limits.items()
            if not isinstance(pair, tuple | list)
            or len(pair) != 2
            or not all(map(_number, pair))
            or not pair[0] < pair[1]
        ]
        refuse(faults)

    def grade(self, estimate: Estimate, sources: Mapping[str, Source]) -> str:
        """Return the grade that counts: that of the source with the smallest factor."""
        grades = [sources[key].grade for key in estimate.sources] or [UNSOURCED]
        return min(grades, key=lambda grade: self.factors.get(grade, 1.0))

    def widened(self, estimate: Estimate, sources: Mapping[str, Source]) -> Estimate:
        """Return the estimate with the range that the rule gives it.

        Points, and what doesn't vary, stay.
        """
        factor = self.factors.get(self.grade(estimate, sources), 1.0)
        if (
            factor == 1
            or not estimate.varies
            or estimate.distribution not in (*BOUNDED, *UNBOUNDED)
        ):
            return estimate
        least, most = self.limits.get(estimate.unit, (-math.inf, math.inf))
        low = estimate.mode - factor * (estimate.mode - estimate.low)
        high = estimate.mode + factor * (estimate.high - estimate.mode)
        return replace(
            estimate,
            low=max(low, min(least, estimate.low)),
            high=min(high, max(most, estimate.high)),
        )


def read_widening(given: Mapping[str, Sequence[str]]) -> Widening | None:
    """Return the rule from fields such as "factors.D4" and "limits.percent"; None without any.

    >>> fields = {"factors.D4": ["1.5"], "limits.percent": ["0", "100"]}
    >>> read_widening(fields).limits
    {'percent': (0.0, 100.0)}
    """
    if not given:
        return None
    parts: dict[str, dict[str, tuple[float, ...]]] = {"factors": {}, "limits": {}}
    faults = Faults()
    for name, texts in given.items():
        part, _, key = name.partition(".")
        with faults.gathered(f"widening.{name}"):
            if name != "reason" and part not in parts:
                raise InputError(
                    Fault("field", "factors.GRADE, limits.UNIT or reason", f"'{name}'")
                )
            if name != "reason":
                parts[part][key] = tuple(_parsed(text) for text in texts)
    refuse(faults)
    factors = {grade: numbers[0] for grade, numbers in parts["factors"].items()}
    return Widening(factors, parts["limits"], "; ".join(given.get("reason", ())))


def _parsed(text: str) -> float:
    try:
        return parse_number(text)
    except ValueError:
        raise InputError(Fault("number", "a number such as 1.5", repr(text))) from None


def widened(
    rule: Widening | None, estimates: Mapping[str, Estimate], sources: Mapping[str, Source]
) -> tuple[dict[str, Estimate], pd.DataFrame]:
    """Return the estimates with the ranges that the rule gives them, and a row for each change.

    >>> rule = Widening({"D4": 2.0})
    >>> sources = {"S1": Source("S1", reliability="D", credibility="4")}
    >>> estimates = {"weak": Estimate("weak", 1, 2, 4, sources=("S1",))}
    >>> changes = widened(rule, estimates, sources)[1]
    >>> changes.loc["weak", ["widened_low", "widened_high"]].astype(float).tolist()
    [0.0, 6.0]
    """
    if rule is None:
        return dict(estimates), pd.DataFrame(columns=list(COLUMNS)).rename_axis("estimate")
    wide = {key: rule.widened(estimate, sources) for key, estimate in estimates.items()}
    rows = {
        key: _row(rule, estimates[key], wide[key], sources)
        for key in wide
        if wide[key] is not estimates[key]
    }
    return wide, pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS)).rename_axis(
        "estimate"
    )


def _row(
    rule: Widening, stated: Estimate, wide: Estimate, sources: Mapping[str, Source]
) -> tuple[Any, ...]:
    grade = rule.grade(stated, sources)
    factor = rule.factors[grade]
    reached = (
        stated.mode - factor * (stated.mode - stated.low),
        stated.mode + factor * (stated.high - stated.mode),
    )
    numbers = ", ".join(
        name
        for name, end, limit in (("low", wide.low, reached[0]), ("high", wide.high, reached[1]))
        if end != limit
    )
    return grade, factor, stated.low, stated.high, wide.low, wide.high, numbers


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

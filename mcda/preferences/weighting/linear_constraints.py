"""Linear constraints on weights, read from text such as "cost >= 2 * legal".

A small grammar reads the text; it is never executed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain

RELATION = re.compile(r"(>=|<=|==|=)")
REMEDY = 'write for example "cost >= legal", "cost >= 2 * legal" or "0.2 <= cost + legal <= 0.5"'


@dataclass(frozen=True)
class Constraint:
    """A linear constraint on weights that sum to one.

    The sum of coefficient x weight is at most the bound, or equal to it.
    """

    name: str
    coefficients: Mapping[str, float] = field(hash=False)
    bound: float = 0.0
    equality: bool = False

    def row(self, criteria: Sequence[str]) -> np.ndarray:
        """Return the coefficients (n,) in the order of the criteria."""
        return np.array([self.coefficients.get(key, 0.0) for key in criteria])


def read_constraints(text: str, criteria: Sequence[str]) -> tuple[Constraint, ...]:
    """Return the constraints that a text states, such as "a >= b" or the chain "a >= b >= c".

    A chain gives one constraint for each sign. A side is a sum of terms: a criterion, a number
    times a criterion, or a number (a share of the sum of all weights). Names that hold spaces or
    signs may be put in single quotes. Raises InputError that shows what can't be read.

    >>> [one.coefficients for one in read_constraints("cost >= 2 * legal", ["cost", "legal"])]
    [{'cost': -1.0, 'legal': 2.0}]
    """
    parts = RELATION.split(text) if isinstance(text, str) else [""]
    if len(parts) < 3:
        raise InputError(
            Fault("weight constraint", "two sides and a sign >=, <= or ==", repr(text), REMEDY)
        )
    texts = parts[::2]
    sides = [_side(part, text, criteria) for part in texts]
    constraints = []
    for at, sign in enumerate(parts[1::2]):
        name = text
        if len(texts) > 2:  # each link of a chain is called after its own two sides
            name = f"{texts[at].strip()} {sign} {texts[at + 1].strip()}"
        constraints.append(_between(sides[at], sign, sides[at + 1], name))
    return tuple(constraints)


def _between(left: dict[str, float], sign: str, right: dict[str, float], name: str) -> Constraint:
    turn = -1.0 if sign == ">=" else 1.0
    both = {key: turn * (left.get(key, 0.0) - right.get(key, 0.0)) for key in left | right}
    bound = -both.pop("", 0.0)
    return Constraint(name.strip(), both, bound + 0.0, sign in ("=", "=="))


def _side(side: str, text: str, criteria: Sequence[str]) -> dict[str, float]:
    """Return the coefficients of a side, by criterion; the blank name has the number left over."""
    names = "|".join(re.escape(name) for name in sorted(criteria, key=len, reverse=True))
    number = r"\d+(?:\.\d*)?|\.\d+"
    term = re.compile(
        rf"\s*(?P<sign>[+-]?)\s*(?:(?P<times>{number})\s*\*\s*)?"
        rf"(?:'(?P<quoted>{names})'|(?P<name>{names})|(?P<alone>{number}))\s*(?=[+-]|$)"
    )
    factors: dict[str, float] = {}
    at = 0
    first = True
    while first or at < len(side):
        match = term.match(side, at)
        if match is None or (not first and not match["sign"]):
            raise InputError(_unread(side[at:], text, criteria))
        _add(factors, match)
        at = match.end()
        first = False
    return factors


def _add(factors: dict[str, float], match: re.Match[str]) -> None:
    sign = -1.0 if match["sign"] == "-" else 1.0
    key = match["quoted"] or match["name"] or ""
    size = float(match["times"] or 1.0) * float(match["alone"] or 1.0)
    factors[key] = factors.get(key, 0.0) + sign * size


def _unread(rest: str, text: str, criteria: Sequence[str]) -> Fault:
    return Fault(
        f"weight constraint {text!r}",
        f"terms made of {known(criteria)} and numbers",
        repr(rest.strip()),
        REMEDY,
    )


def box(low: Mapping[str, float], high: Mapping[str, float]) -> tuple[Constraint, ...]:
    """Return a lower and an upper bound for each criterion that has one.

    Raises InputError where they cross.

    >>> [one.name for one in box({"cost": 0.2}, {"cost": 0.3})]
    ['cost >= 0.2', 'cost <= 0.3']
    """
    refuse(
        Fault(
            f"weight range of '{key}'",
            "0 <= low <= high",
            f"{plain(low.get(key, 0.0))} to {plain(high.get(key, np.inf))}",
        )
        for key in {**low, **high}
        if not 0 <= low.get(key, 0.0) <= high.get(key, np.inf)
    )
    constraints = []
    for key in dict.fromkeys([*low, *high]):
        if key in low:
            constraints.append(
                Constraint(f"{key} >= {plain(low[key])}", {key: -1.0}, -float(low[key]))
            )
        if key in high:
            constraints.append(
                Constraint(f"{key} <= {plain(high[key])}", {key: 1.0}, float(high[key]))
            )
    return tuple(constraints)

"""The robust view: the best package in each of many states, each a draw of weights and of the facts.

References: Liesiö, Mild and Salo (2007), Preference programming for robust portfolio modeling and
project selection, EJOR 181, 1488 (core index); Tervonen, Liesiö and Salo (2017), Modeling project
preferences in multiattribute portfolio decision analysis, EJOR 263, 225 (acceptability of parts).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mcda.portfolios.amounts import Asked
from mcda.portfolios.solver import FINER, TOLERANCE, Clock, cheapest
from mcda.uncertainty.draws.draws import Draws

EACH_PART = 1e-3  # so a part that changes a value by less than a ten-millionth is left out
TIED = 1e-9  # of values from 0 to 1
AT_ONCE = 256  # states whose numbers are made together


@dataclass(frozen=True, eq=False)
class States:
    """What was best in each state, and how packages fare in all of them.

    Attributes
    ----------
    packages : ndarray of shape (k, parts)
        Those given, then those that are best in some state.
    best : ndarray of shape (states,)
        The place of the best package of each state; -1 where none keeps the limits.
    values : ndarray of shape (states, k)
        The weighted sum of each package.
    within : ndarray of shape (states, k)
        Whether it keeps the limits.
    proven : bool
        Whether every state that was asked for was searched.
    """

    packages: np.ndarray
    best: np.ndarray
    values: np.ndarray
    within: np.ndarray
    proven: bool

    @property
    def regret(self) -> np.ndarray:
        """What a package falls short of the best of a state, (states, k); NaN beyond the limits."""
        ahead = np.where(self.best >= 0, self.values[np.arange(len(self.best)), self.best], np.nan)
        return np.where(self.within, ahead[:, None] - self.values, np.nan)


class Met:
    """Packages in the order in which they were met, each once."""

    def __init__(self, packages: list[np.ndarray]) -> None:
        self.packages = packages
        self._places = {self._key(one): at for at, one in enumerate(packages)}

    def index_of(self, package: np.ndarray) -> int:
        """Return the index of a package, a new one where it wasn't met before."""
        key = self._key(package)
        if key not in self._places:
            self._places[key] = len(self.packages)
            self.packages.append(package)
        return self._places[key]

    def _key(self, package: np.ndarray) -> bytes:
        return package.astype(bool).tobytes()


def states_of_weights(asked: Asked, weights: np.ndarray, whole: np.ndarray) -> States:
    """Return the best package for each row of weights (states, aims), at the best estimates.

    whole: every package that no other beats (k, parts): the best for any weights is among them. Of
    equal ones it is the first.
    """
    values = weights @ asked.gains @ asked.program.filled(whole).T
    best = (values >= values.max(axis=1, keepdims=True) - TIED).argmax(axis=1)
    return States(whole, best, values, np.ones(values.shape, dtype=bool), proven=True)


def states_of(
    asked: Asked, weights: np.ndarray, draws: Draws | None, given: np.ndarray, clock: Clock
) -> States:
    """Return the best package in each state, with those given (k, parts) beside them.

    weights (states, aims): of each state. draws: of the facts, the first ones; without any the
    facts stay at their best estimates. What weight 1 is worth is fixed: from the least to the most
    that all parts bring at the best estimates.
    """
    program = asked.program
    met = Met([np.asarray(one, dtype=float) for one in given])
    best: list[int] = []
    counted = np.zeros(program.columns)
    counted[: program.size] = EACH_PART
    for _, amounts, gains in _each(asked, weights, draws):
        rows = asked.limits_at(amounts).scaled(1.0)
        answer = cheapest(program, counted - FINER * gains, rows, clock, slack=TOLERANCE)
        if not answer.proven:
            break  # time is up: the states from here on aren't counted
        at = -1 if answer.package is None else met.index_of(answer.package)
        best.append(at)
    whole = np.array(met.packages).reshape(-1, program.size)
    fared = _fared(asked, weights[: len(best)], draws, whole)
    return States(whole, np.array(best, int), *fared, proven=len(best) == len(weights))


def _each(
    asked: Asked, weights: np.ndarray, draws: Draws | None
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Go through the states: its number, its amounts, and what each column adds to the value."""
    worth = weights * asked.signs / asked.spans
    fixed = asked.best
    for first in range(0, len(weights), AT_ONCE):
        count = min(AT_ONCE, len(weights) - first)
        drawn = None
        if draws is not None:
            drawn = asked.program.amounts(asked.problem, draws.numbers(first, count))
        for at in range(first, first + count):
            amounts = fixed if drawn is None else drawn[at - first]
            yield at, amounts, worth[at] @ amounts[asked.places]


def _fared(
    asked: Asked, weights: np.ndarray, draws: Draws | None, packages: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of packages in all states, and whether they keep the limits: (states, k)."""
    filled = asked.program.filled(packages)
    values = np.empty((len(weights), len(packages)))
    within = np.empty(values.shape, dtype=bool)
    for at, amounts, gains in _each(asked, weights, draws):
        values[at] = filled @ gains
        within[at] = asked.limits_at(amounts).kept_by(filled)
    return values, within

"""Parts and rules as one linear program over zeros and ones: a package is a row of them.

Each rule that adds an amount has a column of its own behind those of the parts, which is 1 exactly
where enough of its parts are in: so every quantity is linear in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mcda.problem.estimates import Drawn
from mcda.problem.parts.parts import Parts, product_of
from mcda.problem.parts.rules import (
    ADDS,
    AT_LEAST,
    AT_MOST,
    EXCLUDES,
    LIMIT,
    NEEDS,
    TOGETHER,
    Rule,
)

LAST_BITS = 1e-13  # of a row's coefficients: what is lost where they are summed


@dataclass(frozen=True, eq=False)
class Rows:
    """Constraints low <= coefficients @ x <= high: (r, columns), (r,), (r,), and whose they are."""

    coefficients: np.ndarray
    low: np.ndarray
    high: np.ndarray
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[tuple[np.ndarray, float, float, str]], columns: int) -> Rows:
        """Return rows that were made one by one."""
        return cls(
            np.array([row[0] for row in rows], dtype=float).reshape(len(rows), columns),
            np.array([row[1] for row in rows], dtype=float),
            np.array([row[2] for row in rows], dtype=float),
            tuple(row[3] for row in rows),
        )

    def and_also(self, others: Rows) -> Rows:
        """Return these rows and others below them."""
        return Rows(
            np.vstack([self.coefficients, others.coefficients]),
            np.r_[self.low, others.low],
            np.r_[self.high, others.high],
            (*self.names, *others.names),
        )

    @property
    def sizes(self) -> np.ndarray:
        """The sum of the coefficients of each row, whatever their sign, (r,); 1 where all are 0."""
        sizes = np.abs(self.coefficients).sum(axis=1)
        return np.asarray(np.where(sizes > 0, sizes, 1.0))

    def scaled(self, size: float) -> Rows:
        """Return the rows whose coefficients sum to a size, so that one tolerance fits all."""
        by = size / self.sizes
        return Rows(self.coefficients * by[:, None], self.low * by, self.high * by, self.names)

    def kept_by(self, filled: np.ndarray) -> np.ndarray:
        """Return whether rows of zeros and ones (..., columns) keep every constraint, (...)."""
        sums = filled @ self.coefficients.T
        spare = LAST_BITS * self.sizes
        return np.asarray(((sums >= self.low - spare) & (sums <= self.high + spare)).all(axis=-1))


@dataclass(frozen=True, eq=False)
class Program:
    """The parts of a question, compiled: columns are the parts, then one for each rule that adds.

    Examples
    --------
    >>> from mcda.problem.parts.parts import Part
    >>> three = tuple(Part(key) for key in "abc")
    >>> rule = Rule("one", "excludes", ("a", "b"))
    >>> program = Program(Parts(three, (rule,)))
    >>> program.allowed(np.array([[1, 0, 1], [1, 1, 0]])).tolist()
    [True, False]
    """

    parts: Parts

    @property
    def size(self) -> int:
        """How many parts there are."""
        return len(self.parts.parts)

    @cached_property
    def added(self) -> tuple[Rule, ...]:
        """The rules that add an amount, in order: each has a column."""
        return tuple(rule for rule in self.parts.rules if rule.kind == ADDS)

    @property
    def columns(self) -> int:
        """How many zeros and ones a filled row has."""
        return self.size + len(self.added)

    @cached_property
    def limits(self) -> tuple[Rule, ...]:
        """The rules that limit a quantity."""
        return tuple(rule for rule in self.parts.rules if rule.kind == LIMIT)

    @cached_property
    def structure(self) -> Rows:
        """The rules on parts alone, and what ties the columns of added amounts to their parts."""
        rows: list[tuple[np.ndarray, float, float, str]] = []
        for rule in self.parts.rules:
            rows += [(*row, rule.key) for row in self._of(rule)]
        return Rows.of(rows, self.columns)

    def filled(self, packages: np.ndarray) -> np.ndarray:
        """Return packages (..., parts) with the columns of what they add, (..., columns)."""
        whole = np.zeros((*packages.shape[:-1], self.columns))
        whole[..., : self.size] = packages
        for at, rule in enumerate(self.added):
            counts = packages[..., self._columns(rule.parts)].sum(axis=-1)
            whole[..., self.size + at] = counts >= self._needed(rule)
        return whole

    def allowed(self, packages: np.ndarray) -> np.ndarray:
        """Return whether packages (..., parts) keep the rules on parts, (...)."""
        return self.structure.kept_by(self.filled(np.asarray(packages, dtype=float)))

    def amounts(self, problem: Any, numbers: np.ndarray) -> np.ndarray:
        """Return what each column brings to each quantity, (..., quantities, columns).

        numbers: the estimates of the question, (..., estimates), drawn or at their best.
        """
        drawn = Drawn(problem.estimates, np.asarray(numbers, dtype=float))
        rows = {quantity.key: row for row, quantity in enumerate(self.parts.quantities)}
        table = np.zeros((*np.shape(numbers)[:-1], len(rows), self.columns))
        for column, part in enumerate(self.parts.parts):
            for amount in part.amounts:
                product = product_of(drawn.along, amount.factors)
                table[..., rows[amount.quantity], column] = product
        for column, rule in enumerate(self.added, start=self.size):
            if rule.amount:
                product = product_of(drawn.along, rule.amount.factors)
                table[..., rows[rule.quantity], column] = product
        return table

    def _of(self, rule: Rule) -> Iterator[tuple[np.ndarray, float, float]]:
        """Go through the constraints of one rule, as coefficients, low and high."""
        columns = self._columns(rule.parts)
        count = float(rule.count or 0)
        limits = {
            AT_MOST: (-np.inf, count),
            AT_LEAST: (count, np.inf),
            EXCLUDES: (-np.inf, 1.0),
        }
        if rule.kind in limits:
            yield self._ones(columns), *limits[rule.kind]
        if rule.kind == TOGETHER:
            for column in columns[1:]:
                yield self._ones([column]) - self._ones(columns[:1]), 0.0, 0.0
        if rule.kind == NEEDS:
            yield from self._needs(rule, columns)
        if rule.kind == ADDS:
            yield from self._adds(rule, columns)

    def _needs(self, rule: Rule, columns: list[int]) -> Iterator[tuple[np.ndarray, float, float]]:
        """Go through what each part needs: count of the others, all of them without a count."""
        others = self._columns(rule.others)
        count = len(others) if rule.count is None else rule.count
        for column in columns:
            yield self._ones(others) - count * self._ones([column]), 0.0, np.inf

    def _adds(self, rule: Rule, columns: list[int]) -> Iterator[tuple[np.ndarray, float, float]]:
        """Go through what makes an added amount's column 1 exactly where enough parts are in."""
        added = self._ones([self.size + self.added.index(rule)])
        together = self._ones(columns)
        needed = self._needed(rule)
        yield together - needed * added, 0.0, np.inf
        yield together - (len(columns) - needed + 1) * added, -np.inf, needed - 1.0

    def _needed(self, rule: Rule) -> int:
        return len(self._columns(rule.parts)) if rule.count is None else rule.count

    def _columns(self, names: Sequence[str]) -> list[int]:
        return [self.parts.keys.index(key) for key in self.parts.members(names)]

    def _ones(self, columns: Sequence[int]) -> np.ndarray:
        """Return the coefficients (columns,) of the sum of some columns."""
        row = np.zeros(self.columns)
        row[list(columns)] = 1.0
        return row

"""Values as sums of parts that are at least 0 and add up to one: what every statement bounds.

Under stated value functions the parts are the weights of the leaves. Where value functions are
open but monotone, they are the steps of worth from each level of a leaf to the next better one,
and the weight of a leaf is the sum of its steps. Everything else is the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mcda.checks.faults import Fault, InputError, NotApplicable, known
from mcda.checks.significant_digits import plain
from mcda.preferences.from_statements.kinds import Exchange, Statement
from mcda.problem.chances import OTHERWISE
from mcda.problem.model import Criterion, Problem
from mcda.problem.value_scales import Scale

STRAIGHT = 1e-9  # how far an anchor may lie off a straight scale by rounding
STATED = "stated"
OPEN = "open"
PIECES = "pieces"


@dataclass(frozen=True, eq=False)
class ValueModel(ABC):
    """A question's values as rows of numbers over parts (n,): row @ parts is the value.

    Parts are at least 0 and sum to 1.
    """

    problem: Problem

    @property
    @abstractmethod
    def size(self) -> int:
        """How many parts there are."""

    @abstractmethod
    def level(self, leaf: str, performance: float) -> np.ndarray:
        """Return the row (n,) of the worth of a performance on a leaf, in its natural unit."""

    @abstractmethod
    def needs_levels(self, leaf: str) -> bool:
        """Whether the worth of an amount depends on the level that it starts from."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids of the options."""
        return tuple(map(str, self.problem.options.index))

    @cached_property
    def options(self) -> np.ndarray:
        """The rows of the options' overall values (m, n), at the best estimates.

        The value of an option that may fail to happen is that of the lottery.
        """
        happens = self._rows("")
        if not self.problem.has_chances:
            return happens
        chance = self.problem.chance.to_numpy()[:, None]
        return np.asarray(chance * happens + (1 - chance) * self._rows(f" {OTHERWISE}"))

    def _rows(self, behind: str) -> np.ndarray:
        performance = self.problem.performance
        rows = np.zeros((len(self.names), self.size))
        for leaf in self.problem.weighed:
            for at, raw in enumerate(performance[f"{leaf.key}{behind}"]):
                rows[at] += self.level(leaf.key, float(raw))
        return rows

    def option(self, key: str) -> np.ndarray:
        """Return the row (n,) of an option's overall value."""
        return np.asarray(self.options[self.names.index(key)])

    def swing(self, criterion: str) -> np.ndarray:
        """Return the row (n,) of the weight of a criterion: a leaf's, or of all leaves below a head."""
        row = np.zeros(self.size)
        for leaf in leaves_below(self.problem, criterion):
            scale = scale_of(leaf)
            row += self.level(leaf.key, scale.anchors[-1]) - self.level(leaf.key, scale.anchors[0])
        return row

    def gain(self, leaf: str, amount: float, start: float | None) -> np.ndarray:
        """Return the row (n,) of the worth of an amount that a leaf gets better by.

        Where the scale is straight it may start anywhere: then it does at the worst end.
        """
        scale = scale_of(self.problem.criterion(leaf))
        before = scale.anchors[0] if start is None else start
        after = before + scale.sign * amount
        return np.asarray(self.level(leaf, after) - self.level(leaf, before))

    def loss(self, leaf: str, amount: float, start: float | None) -> np.ndarray:
        """Return the row (n,) of the worth of an amount that a leaf gets worse by."""
        scale = scale_of(self.problem.criterion(leaf))
        before = scale.anchors[-1] if start is None else start
        after = before - scale.sign * amount
        return np.asarray(self.level(leaf, before) - self.level(leaf, after))


@dataclass(frozen=True, eq=False)
class StatedValues(ValueModel):
    """Values under the value functions that the question states: a part for each weighed leaf."""

    @property
    def size(self) -> int:
        """How many parts there are: the weighed leaves."""
        return len(self.problem.weighed)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The ids of the weighed leaves."""
        return tuple(leaf.key for leaf in self.problem.weighed)

    def level(self, leaf: str, performance: float) -> np.ndarray:
        """Return the row (n,) of the worth of a performance on a leaf, in its natural unit."""
        row = np.zeros(self.size)
        scale = scale_of(self.problem.criterion(leaf))
        row[self.keys.index(leaf)] = scale.value(np.array(performance))
        return row

    def needs_levels(self, leaf: str) -> bool:
        """Whether the scale of a leaf is bent."""
        scale = scale_of(self.problem.criterion(leaf))
        anchors = np.array(scale.anchors)
        straight = (anchors - anchors[0]) / (anchors[-1] - anchors[0])
        return bool(abs(straight - np.array(scale.worth)).max() > STRAIGHT)


@dataclass(frozen=True, eq=False)
class SteppedValues(ValueModel):
    """Values under monotone value functions: a part for each step between levels of a leaf.

    Between two levels the worth runs straight, and beyond the last it stays.
    """

    @abstractmethod
    def levels_of(self, leaf: Criterion) -> np.ndarray:
        """Return the levels of a leaf, from the worst to the best."""

    @cached_property
    def levels(self) -> dict[str, np.ndarray]:
        """The levels of each weighed leaf, from the worst to the best."""
        return {leaf.key: self.levels_of(leaf) for leaf in self.problem.weighed}

    @cached_property
    def starts(self) -> dict[str, int]:
        """Where the steps of each leaf start among the parts."""
        at = 0
        starts = {}
        for key, levels in self.levels.items():
            starts[key] = at
            at += len(levels) - 1
        return starts

    @property
    def size(self) -> int:
        """How many parts there are: all steps."""
        return sum(len(levels) - 1 for levels in self.levels.values())

    def level(self, leaf: str, performance: float) -> np.ndarray:
        """Return the row (n,) of the worth of a performance on a leaf, in its natural unit."""
        levels = self.levels[leaf]
        row = np.zeros(self.size)
        start = self.starts[leaf]
        past = (performance - levels[:-1]) / np.diff(levels)
        row[start : start + len(past)] = np.clip(past, 0.0, 1.0)
        return row

    def needs_levels(self, leaf: str) -> bool:
        """Always: each step has a worth of its own."""
        return True


@dataclass(frozen=True, eq=False)
class OpenValues(SteppedValues):
    """Values under any monotone value functions.

    Levels are the performances of the options, the anchors, and what statements name; nothing is
    said of the worth between them.
    """

    more: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def levels_of(self, leaf: Criterion) -> np.ndarray:
        """Return the levels of a leaf, from the worst to the best."""
        scale = scale_of(leaf)
        columns = [leaf.key]
        if self.problem.has_chances:
            columns.append(f"{leaf.key} {OTHERWISE}")
        seen = self.problem.performance[columns].to_numpy().ravel()
        every = np.unique(np.r_[seen, scale.anchors, self.more.get(leaf.key, ())])
        return every[:: scale.sign]

    def level(self, leaf: str, performance: float) -> np.ndarray:
        """Return the row (n,) of the worth of a level of a leaf, in its natural unit."""
        levels = self.levels[leaf]
        if performance not in levels:
            found = f"{plain(performance)}"
            raise InputError(Fault(f"level on '{leaf}'", f"one of {known(levels)}", found))
        return super().level(leaf, performance)


@dataclass(frozen=True, eq=False)
class PieceValues(SteppedValues):
    """Values under monotone value functions that run straight between the anchors of each scale.

    Source: Jacquet-Lagreze and Siskos (1982), Assessing a set of additive utility functions for
    multicriteria decision-making, European Journal of Operational Research 10 (the method UTA).
    """

    def levels_of(self, leaf: Criterion) -> np.ndarray:
        """Return the anchors of a leaf, from the worst to the best."""
        return np.array(scale_of(leaf).anchors, dtype=float)


def value_model(
    problem: Problem, statements: Iterable[Statement], functions: str = STATED
) -> ValueModel:
    """Return the values of a question under its stated value functions, or under open ones.

    functions is "stated", "open" or "pieces". Raises InputError that lists every statement at fault:
    one that names what the question hasn't, or whose amounts don't fit a scale.
    """
    said = list(statements)
    if functions == STATED:
        return StatedValues(problem)
    if functions == PIECES:
        return PieceValues(problem)
    if functions != OPEN:
        expected = f"'{STATED}', '{OPEN}' or '{PIECES}'"
        raise InputError(Fault("value functions", expected, repr(functions)))
    more: dict[str, tuple[float, ...]] = {}
    for one in said:
        if isinstance(one, Exchange):
            for leaf, levels in _levels_named(problem, one).items():
                more[leaf] = (*more.get(leaf, ()), *levels)
    return OpenValues(problem, more)


def _levels_named(problem: Problem, said: Exchange) -> dict[str, list[float]]:
    """Return the levels on both leaves that an exchange names; refuse one that names none."""
    if said.start is None or said.second_start is None:
        remedy = "say from which level both move, or keep the stated value functions"
        expected = "levels to start from, as value functions are open"
        raise NotApplicable(Fault(f"statement {said.told!r}", expected, "none", remedy))
    up = scale_of(problem.criterion(said.first)).sign
    down = -scale_of(problem.criterion(said.second)).sign
    paid = [amount for amount in (said.low, said.high) if 0 < amount < np.inf]
    return {
        said.first: [said.start, said.start + up * said.amount],
        said.second: [said.second_start, *(said.second_start + down * one for one in paid)],
    }


def leaves_below(problem: Problem, criterion: str) -> list[Criterion]:
    """Return the weighed leaves that are a criterion or lie below it."""
    return [leaf for leaf in problem.weighed if criterion in problem.path(leaf.key)]


def scale_of(leaf: Criterion) -> Scale:
    """Return the scale of a leaf; refuse a head, which has none."""
    if leaf.scale is None:
        raise InputError(Fault(f"criterion '{leaf.key}'", "a leaf", "a head, which has no scale"))
    return leaf.scale

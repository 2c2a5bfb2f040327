"""Who leads by one method under one holder's weights: the start of every challenge of a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several
from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import JOIN
from mcda.checks.of_many import tried
from mcda.checks.significant_digits import plain
from mcda.methods.compromise.relative_topsis import RelativeTopsis
from mcda.methods.decision_table import names_of, read_single_table
from mcda.methods.lottery import method_for
from mcda.methods.method import Choice, Function, Method, find_method
from mcda.methods.ranking import weights_for
from mcda.methods.ranks import competition_ranks, tie_margin
from mcda.methods.textbook.table_methods import TableTopsis
from mcda.preferences.weighting.spaces import WeightSpace
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, check_problem, keep_passing
from mcda.sentences.catalogue import told


@dataclass(frozen=True, eq=False)
class Contest:
    """Options as a method sees them, the weights, and the scores that follow.

    Attributes
    ----------
    values : pandas.DataFrame of shape (m, n)
        Options x criteria, as the method takes them.
    weights : pandas.Series of shape (n,)
        One holder's shares of these criteria, summing to one.
    score : callable
        (values (..., m, n), weights (..., n)) -> scores (..., m).
    method, holder : str
        The names of both, for a sentence.
    labels : mapping of str to str
        Names of options and criteria for a sentence.
    p : float
        The exponent of weighted distances, where the method has one.
    problem, stated : Problem and Weights, optional
        The question and the holder's weights that it came from, if it came from one.
    space : WeightSpace, optional
        All the weights of these criteria that the holder allows, if ranges were stated.
    by : Method, optional
        The method itself.

    Examples
    --------
    >>> duel = contest([[0.8, 0.4], [0.4, 0.9]], [0.7, 0.3], "additive")
    >>> duel.scores.round(2).tolist(), duel.leaders
    ([0.68, 0.55], ('row 1',))
    """

    values: pd.DataFrame
    weights: pd.Series
    score: Function
    method: str
    holder: str
    labels: Mapping[str, str] = field(default_factory=dict)
    p: float = 1.0
    problem: Problem | None = None
    stated: Weights | None = None
    space: WeightSpace | None = None
    by: Method | None = None

    @cached_property
    def scores(self) -> pd.Series:
        """The score of every option."""
        scores = self.score(self.values.to_numpy(float), self.weights.to_numpy(float))
        return pd.Series(scores, index=self.values.index, name="score")

    @cached_property
    def ranks(self) -> np.ndarray:
        """The competition rank of each option, (m,)."""
        return competition_ranks(self.scores.to_numpy())

    @property
    def leading(self) -> np.ndarray:
        """Which options lead, (m,): more than one where they tie."""
        return self.lead(self.scores.to_numpy())

    def lead(self, scores: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        """Return which options lead, (..., m), for scores (..., m) of values (..., m, n), or of these.

        One that never comes about is level with its fallback, which leads for both.
        """
        first = leading(scores)
        if self.problem is None or not self.problem.has_chances:
            return first
        stated = self.values.to_numpy(float) if values is None else values
        return np.asarray(first & ~self.problem.counted_as_others(stated))

    @property
    def leaders(self) -> tuple[str, ...]:
        """The ids of the options that lead."""
        return tuple(self.values.index[self.leading])

    @cached_property
    def tried(self) -> list[str]:
        """The ids of the options that are tried one by one: all of few, the best of very many."""
        return [self._ids[at] for at in tried(self.ranks)]

    @property
    def scope(self) -> str:
        """A sentence on how many of very many options are tried; blank where all are."""
        total = len(self.values)
        count = len(self.tried)
        return told("tie.tried", total=total, count=count) if count < total else ""

    @cached_property
    def gaps(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Distances to ideal and anti-ideal, (m, n) each, for a method made of them alone.

        They are of order p and weighted. A method that is linear in the weights is the case p = 1:
        its distances are the parts of each score, and what they lack of the largest part. None for
        a method of another form.
        """
        values = self.values.to_numpy(float)
        if not np.isfinite(self.p):
            return None
        if isinstance(self.score, RelativeTopsis | TableTopsis):
            return self.score.gaps(values)
        if self.by and self.by.order and not self.linear:
            return 1 - values, values
        if self.linear:
            parts = np.moveaxis(self.score(values, np.eye(values.shape[1])), 0, -1)
            parts = (parts - parts.min()) / (np.ptp(parts) or 1.0)
            return 1 - parts, parts
        return None

    @property
    def together(self) -> bool:
        """Whether the method scores many tables in one call."""
        return self.gaps is not None or (self.by is not None and self.by.outcome is not None)

    @property
    def order(self) -> float:
        """The exponent of the weighted distances that score what happens: of a lottery, each of both."""
        outcome = self.by.outcome if self.by else None
        return (outcome.order or np.inf) if outcome else self.p

    def table(self, problem: Problem) -> pd.DataFrame:
        """Return what the method reads of a question: values, or performances as they stand."""
        return self.by.table(problem) if self.by else problem.values

    def read(self, problem: Problem, performances: np.ndarray) -> np.ndarray:
        """Return what the method reads of performances (..., m, n) of a question's options."""
        return self.by.read(problem, performances) if self.by else problem.valued(performances)

    def scored(self, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return scores (..., m) of values (..., m, n) under weights (..., n).

        They are computed one by one for a method that needs it.
        """
        if self.together or (np.ndim(values) == 2 and np.ndim(weights) == 1):
            return self.score(values, weights)
        return np.asarray(
            np.vectorize(self.score, otypes=[float], signature="(m,n),(n)->(m)")(values, weights)
        )

    @property
    def linear(self) -> bool:
        """Whether scores are a weighted sum of the values, or of what an AHP mode makes of them."""
        return self.by is not None and self.by.linear

    @property
    def anchored(self) -> bool:
        """Whether an option's score rests on its own row alone."""
        return self.by is not None and self.by.own_row

    def name(self, key: str) -> str:
        """Return the label of an option or criterion for a sentence; its id too where another has it."""
        label = self.labels.get(key, key)
        alike = list(self.labels.values()).count(label) > 1
        return f"{label} ({key})" if alike and label != key else label

    def names(self, keys: Iterable[str]) -> str:
        """Return the names of several, joined for a sentence."""
        return told("join.and").join(self.name(key) for key in keys)

    def leaders_of(self, mask: np.ndarray) -> str:
        """Return the ids of the options that a mask (m,) marks, joined by a comma."""
        return JOIN.join(compress(self._ids, mask.tolist()))

    @cached_property
    def _ids(self) -> list[str]:
        return list(self.values.index)

    def first(self) -> str:
        """Return the name of the first leader, with those that it is level with."""
        leader, *level = self.leaders
        if not level:
            return self.name(leader)
        return told("tie.first", leader=self.name(leader), level=self.names(level))

    def tied(self) -> str:
        """Return a sentence about a tie at the top, or blank where one option leads."""
        if len(self.leaders) < 2:
            return ""
        return told("tie.top", leaders=self.names(self.leaders))


def leading(scores: np.ndarray) -> np.ndarray:
    """Return which options lead, (..., m), for scores (..., m); several where they tie.

    Ranks are needed only where others are level with the best: what is level with these leads too.
    """
    best = scores.max(axis=-1, keepdims=True)
    lead = best - scores <= tie_margin(best, scores.min(axis=-1, keepdims=True))
    several = lead.sum(axis=-1) > 1
    lead[several] = competition_ranks(scores[several]) == 1
    return np.asarray(lead)


def contest(
    given: Any, weights: Any, method: Choice, *, floors: Floors = None, p: float = 2.0
) -> Contest:
    """Return the contest of a question, or of a table of values, under weights by a method.

    Parameters
    ----------
    given : Problem or array_like of shape (m, n)
        A question, or a table of values that are better when higher.
    weights : Weights, or array_like of shape (n,) or mapping of str to float
        A holder's weights for a question; for a table, weights by position or name.
    method : str, Method or callable
        For a question, every method of `rank`. For a table "additive", "topsis" (values from 0 to
        1), or a function such as `RelativeTopsis` for a matrix in its units.
    floors : None, True or mapping of str to float
        For a question, as in `rank`.
    p : float
        The exponent of TOPSIS.

    Returns
    -------
    Contest
        Values, weights, scores and leaders.

    Raises
    ------
    InputError
        As `rank` and `topsis` do.

    Examples
    --------
    >>> contest([[0.8, 0.4], [0.4, 0.9]], [0.7, 0.3], "additive").leaders
    ('row 1',)
    """
    if isinstance(given, Mapping | bytes):
        check_problem(given)
    if isinstance(given, Problem):
        return _of_question(given, weights, method, floors, p)
    check_several(
        given, "question", "a Problem or a table", "mcda.open_question(name) gives a question"
    )
    check_kind(floors, bool | Mapping | None, "floors", "None, True, or numbers by leaf")
    if floors:
        raise InputError(
            Fault("floors", "a question that they belong to", "a table", "drop the rows instead")
        )
    return _of_table(given, weights, method, p)


def _of_question(
    problem: Problem, weights: Weights, method: Choice, floors: Floors, order: float
) -> Contest:
    passed = keep_passing(problem, floors)
    by = method_for(passed, method, order)
    stated = weights_for(by, weights)
    labels = {
        **{criterion.key: criterion.label for criterion in problem.criteria},
        **problem.short.to_dict(),
    }
    leaves = over_leaves(passed, stated)
    return Contest(
        by.table(passed),
        leaves.values,
        by.scores,
        by.label,
        weights.holder,
        labels,
        p=by.order or 1.0,
        by=by,
        problem=passed,
        stated=stated,
        space=leaves.space,
    )


def _of_table(given: Any, weights: Any, method: Choice, order: float) -> Contest:
    by = find_method(method, order)
    if isinstance(method, RelativeTopsis):
        label = f"topsis ({method.normalisation}, p = {plain(method.p)})"
        by = replace(by, name=label, label=label, order=float(method.p))
    directions = (
        method.directions
        if isinstance(method, RelativeTopsis)
        else ["max"] * len(names_of(given)[1])
    )
    table = read_single_table(given, weights, directions)
    if by.name == "topsis" and ((table.matrix < 0) | (table.matrix > 1)).any():
        span = f"{plain(table.matrix.min())} to {plain(table.matrix.max())}"
        raise InputError(
            Fault(
                "values",
                "numbers from 0 to 1",
                span,
                "give RelativeTopsis for a matrix in its units",
            )
        )
    values = pd.DataFrame(
        table.matrix, index=list(table.alternatives), columns=list(table.criteria)
    )
    shares = pd.Series(table.weights, index=list(table.criteria))
    holder = weights.holder if isinstance(weights, Weights) else "the weights given"
    return Contest(values, shares, by.scores, by.label, holder, p=by.order or 1.0, by=by)


def without(contest: Contest, options: Iterable[str]) -> Contest:
    """Return the contest of the options that are left."""
    return replace(contest, values=contest.values.drop(index=list(options)))

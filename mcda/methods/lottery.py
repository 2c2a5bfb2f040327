"""Methods on a question in which an option may fail to happen: its score is that of a lottery."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mcda.checks.faults import Fault, NotApplicable
from mcda.methods.method import Choice, Method, find_method
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem

FITTING = "additive, topsis or ahp:ratings"


def method_for(problem: Problem, method: Choice | None, order: float = 2.0) -> Method:
    """Return a method for a question: as `find_method`, or of lotteries where options may fail.

    Raises NotApplicable for a method that compares options, where an option may fail to happen.
    """
    by = find_method(method, order, problem)
    return lottery(by, len(problem.weighed)) if problem.has_chances else by


def lottery(by: Method, count: int) -> Method:
    """Return a method that scores the lottery of an option and what happens otherwise.

    Of a row of values the first `count` are the option's, then comes the chance that it comes
    about, then its fallback's values. Weights beyond the first `count` mean nothing.

    >>> values = np.array([[1.0, 0.5, 0.2]])
    >>> lottery(find_method("additive"), 1).scores(values, np.array([1.0, 0.0, 0.0])).tolist()
    [0.6]
    """
    if not by.own_row:
        raise NotApplicable(
            Fault(
                f"method '{by.name}'",
                "a method that scores an option by its own row, since an option may fail to happen",
                "one that compares options, or isn't known to do without",
                f"take {FITTING}",
            )
        )

    def scores(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        held = np.asarray(weights)[..., :count]
        total = held.sum(axis=-1, keepdims=True)
        # weights on nothing but what nobody weighs tell no options apart
        shares = np.where(total > 0, held / np.where(total > 0, total, 1.0), 1 / count)
        chance = values[..., count]
        happens = by.scores(values[..., :count], shares)
        otherwise = by.scores(values[..., count + 1 :], shares)
        return np.asarray(chance * happens + (1 - chance) * otherwise)

    # a mean of weighted sums is one; a mean of two distances' ratios is no such ratio
    order = by.order if by.linear else None
    return replace(by, scores=scores, order=order, outcome=by)


def refuse_chances(problem: Problem, what: str, remedy: str) -> None:
    """Refuse a question in which an option may fail to happen, for an analysis that can't take it."""
    check_problem(problem)
    if problem.has_chances:
        chances = f"chances: {', '.join(problem.fallbacks)} may fail to happen"
        raise NotApplicable(Fault(what, "a question without chances", chances, remedy))

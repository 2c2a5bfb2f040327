"""A run: one question, weights, method and floors, put together so that two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.methods.contest import Contest, contest, leading
from mcda.methods.method import Choice
from mcda.methods.ranking import Ranking, rank
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sampling.streams import runs
from mcda.uncertainty.draws.draws import AT_ONCE, sample


@dataclass(frozen=True, eq=False)
class Run:
    """One analysis: a question, one holder's weights, a method, and floors.

    Attributes
    ----------
    problem : Problem
        The question.
    weights : Weights
        The weights of one holder.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.
    n : int
        The number of draws. With 0 an option's score is that of the ranking at the best estimates;
        with more it is the share of draws in which the option is first.
    seed : int
        The seed of the draws.
    """

    problem: Problem
    weights: Weights
    method: Choice
    floors: Floors = None
    p: float = 2.0
    n: int = 0
    seed: int = 0

    @cached_property
    def contest(self) -> Contest:
        """The options that pass the floors, as the method reads them, with their scores."""
        return contest(self.problem, self.weights, self.method, floors=self.floors, p=self.p)

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking at the best estimates."""
        return rank(self.problem, self.weights, self.method, floors=self.floors, p=self.p)

    @cached_property
    def scores(self) -> pd.Series:
        """The score of every option that passes the floors."""
        return self.ranking.table["score"].astype(float) if not self.n else self._first_shares()

    def _first_shares(self) -> pd.Series:
        case = self.contest
        draws = sample(case.problem or self.problem, self.n, self.seed)
        counts = np.zeros(len(case.values))
        weights = case.weights.to_numpy(float)
        for first, count in runs(0, self.n, AT_ONCE):
            performances = draws.performances(first, count)
            scores = case.scored(case.read(draws.problem, performances), weights)
            best = leading(scores)
            counts += (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
        return pd.Series(counts / self.n, index=case.values.index)

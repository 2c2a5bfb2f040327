"""A run: one question, weights, method and floors, put together so that two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mcda.methods.contest import contest, leading
from mcda.methods.method import Choice
from mcda.methods.ranking import Ranking, rank
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.uncertainty.draws.draws import sample

CHUNK = 10_000


@dataclass(frozen=True, eq=False)
class Run:
    """One analysis: a question, whose weights, by which method, behind which floors; with draws if n is above 0.

    Without draws an option's score is that of the ranking at the best estimates; with n draws from a seed it is the
    share of draws in which it is first.
    """

    problem: Problem
    weights: Weights
    method: Choice
    floors: Floors = None
    p: float = 2.0
    n: int = 0
    seed: int = 0

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking at the best estimates."""
        return rank(self.problem, self.weights, self.method, floors=self.floors, p=self.p)

    @cached_property
    def scores(self) -> pd.Series:
        """The score of every option that passes the floors."""
        return self.ranking.table["score"].astype(float) if not self.n else self._first_shares()

    def _first_shares(self) -> pd.Series:
        case = contest(self.problem, self.weights, self.method, floors=self.floors, p=self.p)
        draws, counts = (
            sample(case.problem or self.problem, self.n, self.seed),
            np.zeros(len(case.values)),
        )
        for first in range(0, self.n, CHUNK):
            scores = case.scored(
                draws.values(first, min(CHUNK, self.n - first)), case.weights.to_numpy(float)
            )
            best = leading(scores)
            counts += (best / best.sum(axis=1, keepdims=True)).sum(axis=0)
        return pd.Series(counts / self.n, index=case.values.index)

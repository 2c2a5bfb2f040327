"""Several experts' answers as one distribution: pieces between points, each with its chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_several, check_word
from mcda.checks.faults import Fault, InputError
from mcda.problem.experts.answers import LEVELS, ExpertAnswer, last_answers, quantile_table
from mcda.problem.experts.cooke import OVERSHOOT, expert_scores, intrinsic_range

MIXTURE = "mixture"
QUANTILES = "quantiles"
COOKE = "Cooke"
RULES = (MIXTURE, QUANTILES, COOKE)
EDGES = np.array([0.0, *LEVELS, 1.0])


@dataclass(frozen=True, eq=False)
class Pool:
    """The pooled answers to one question.

    Attributes
    ----------
    points : ndarray of shape (k + 1,)
        Where the density changes, rising.
    chances : ndarray of shape (k,)
        The chance between each point and the next.
    weights : pandas.Series
        The weight of each expert.
    within, between : float
        The variance within an expert's answer, on average, and that between their means.
    """

    points: np.ndarray
    chances: np.ndarray
    weights: pd.Series
    within: float
    between: float

    def quantile(self, chance: float) -> float:
        """Return the number that the pool stays below with a chance."""
        return float(np.interp(chance, np.r_[0.0, np.cumsum(self.chances)], self.points))

    @property
    def between_share(self) -> float:
        """The part of the whole variance that lies between the experts, from 0 to 1."""
        return self.between / (self.between + self.within)


def pooled(
    answers: Sequence[ExpertAnswer],
    key: str,
    rule: str = MIXTURE,
    *,
    alpha: float = 0.0,
) -> Pool:
    """Return the answers of several experts to one question as one distribution.

    Each answer is spread evenly between its 5%, 50% and 95% quantiles and the ends of the range of
    all answers, widened by a tenth at each end.

    Parameters
    ----------
    answers : sequence of ExpertAnswer
        Of any rounds and questions; the last round of each expert counts.
    key : str
        The question.
    rule : str
        "mixture" (each expert alike), "quantiles" (the mean of the experts' quantiles) or "Cooke"
        (a mixture by performance on the seed questions, which are the answers with `known`).
    alpha : float
        Of the classical model: the calibration below which an expert has no weight.

    Returns
    -------
    Pool
        The distribution, the weights, and the variance within and between experts.

    Raises
    ------
    InputError
        For a question that nobody answered, an unknown rule, or no seed questions for Cooke's.

    References
    ----------
    Cooke (1991), Experts in Uncertainty. Lichtendahl, Grushka-Cockayne and Winkler (2013), Is it
    better to average probabilities or quantiles?, Management Science 59.

    Examples
    --------
    >>> said = [ExpertAnswer("E1", "cost", 10, 20, 30), ExpertAnswer("E2", "cost", 30, 40, 50)]
    >>> pool = pooled(said, "cost")
    >>> round(pool.quantile(0.5), 6), round(pool.between_share, 2)
    (30.0, 0.59)
    """
    check_word(rule, RULES, "rule of pooling")
    last = last_answers(_checked(answers))
    asked = [answer for answer in last if answer.key == key]
    if not asked:
        raise InputError(Fault(f"experts' answers to '{key}'", "at least one", "none"))
    names = [answer.expert for answer in asked]
    weights = pd.Series(1 / len(names), index=names)
    if rule == COOKE:
        weights = _by_performance(last, names, alpha)
    edges = _edges(asked)
    shares = weights.to_numpy()
    means = (np.diff(EDGES) * (edges[:, 1:] + edges[:, :-1]) / 2).sum(axis=1)
    squares = (np.diff(EDGES) * _squares(edges)).sum(axis=1)
    mean = float(shares @ means)
    spread = (float(shares @ (squares - means**2)), float(shares @ (means - mean) ** 2))
    if rule == QUANTILES:
        return Pool(shares @ edges, np.diff(EDGES), weights, *spread)
    points = np.unique(edges)
    below = np.array([np.interp(points, one, EDGES) for one in edges])
    return Pool(points, np.diff(shares @ below), weights, *spread)


def _checked(answers: Sequence[ExpertAnswer]) -> Sequence[ExpertAnswer]:
    """Return the answers; refuse what isn't a list of them."""
    check_several(answers, "answers", "a list of ExpertAnswer")
    for answer in answers:
        check_kind(answer, ExpertAnswer, "answers", "a list of ExpertAnswer")
    return answers


def _edges(asked: Sequence[ExpertAnswer]) -> np.ndarray:
    """Return the ends of the pieces of each answer (experts, pieces + 1)."""
    table = quantile_table(asked)
    low, high = intrinsic_range(table[:, None, :])
    ends = [np.full((len(table), 1), float(end[0])) for end in (low, high)]
    return np.hstack([ends[0], table, ends[1]])


def _squares(edges: np.ndarray) -> np.ndarray:
    """Return the mean square of a number that is spread evenly over each piece."""
    low = edges[:, :-1]
    high = edges[:, 1:]
    return np.asarray((low**2 + low * high + high**2) / 3)


def _by_performance(last: Sequence[ExpertAnswer], names: Sequence[str], alpha: float) -> pd.Series:
    """Return the weights of experts by their answers to seed questions."""
    known = {answer.key: answer.known for answer in last if answer.known is not None}
    if not known:
        remedy = "add questions whose answers are known, or pool by mixture"
        raise InputError(Fault("experts", "seed questions, with known answers", "none", remedy))
    given = {(answer.expert, answer.key): answer.quantiles for answer in last}
    blank = np.full(len(LEVELS), np.nan)
    answers = [given.get(asked, blank) for asked in product(names, known)]
    table = np.reshape(answers, (len(names), len(known), len(LEVELS)))
    truths = [truth for truth in known.values() if truth is not None]
    scores = expert_scores(table, truths, LEVELS, overshoot=OVERSHOOT, alpha=alpha)
    return pd.Series(scores["weight"].to_numpy(), index=list(names))

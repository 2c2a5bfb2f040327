"""Implied prices: what a unit of each measure is worth to a holder, in units of one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, NotApplicable, known
from mcda.preferences.weighting.reshaped import ReshapedWeights
from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem

COLUMNS = ("holder", "leaf", "unit", "in_unit", "price", "low", "high", "range_from")
# how a unit of money is written: a code of three letters, or a sign
MONEY = re.compile(r"\b(EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|INR|CNY|ZAR|BRL)\b|[€$£¥₹]")
DRAWS = 2_000  # of a space whose corners can't be listed
ENDS = (0.05, 0.95)  # of those draws, the ends of a range


def price_leaf(problem: Problem, measure: str | None, weights: np.ndarray) -> str:
    """Return the leaf in whose unit prices are told.

    It is the one asked for, or else the first in money on which less is better (the first in
    money, if there is none), or else the one that all holders together weigh most, weights
    (holders, n). Raises InputError for one that isn't a leaf.
    """
    keys = [leaf.key for leaf in problem.weighed]
    if measure is not None:
        if measure not in keys:
            raise InputError(Fault("measure", f"one of {known(keys, 30)}", repr(measure)))
        return measure
    money = [leaf for leaf in problem.weighed if MONEY.search(leaf.unit)]
    costs = [leaf for leaf in money if leaf.direction == "min"]
    for leaf in (*costs, *money):
        return leaf.key
    return keys[int(weights.sum(axis=0).argmax())]


def implied_prices(
    problem: Problem,
    leaf_weights: Mapping[str, np.ndarray],
    holders: Mapping[str, Weights],
    leaf: str,
) -> pd.DataFrame:
    """Return the price of a unit of each leaf in units of one, for each holder.

    It is how many units of that leaf a holder gives for one unit of another, both in the direction
    that is better: weight over the length of the scale, each, so the mean slope from the worst to
    the best anchor. low and high are its ends over the weights that the holder allows: at the
    corners of the space, or from 5% to 95% of draws where they are too many to list. Blank where
    the holder gives neither any weight.
    """
    keys = [each.key for each in problem.weighed]
    lengths = scale_lengths(problem)
    at = keys.index(leaf)
    rows = []
    for holder, weights in leaf_weights.items():
        price = prices_at(weights[None], lengths, at)[0]
        low, high, is_exact = _range(holders[holder].space, lengths, at, price)
        for column, each in enumerate(problem.weighed):
            numbers = (price[column], low[column], high[column])
            about = (holder, each.key, each.unit, problem.weighed[at].unit)
            if column != at:
                rows.append((*about, *numbers, is_exact))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def scale_lengths(problem: Problem) -> np.ndarray:
    """Return how far apart worst and best anchor of each leaf are, in its unit (n,)."""
    scales = [leaf.scale for leaf in problem.weighed if leaf.scale]
    return np.array([abs(scale.anchors[-1] - scale.anchors[0]) for scale in scales])


def prices_at(weights: np.ndarray, lengths: np.ndarray, at: int) -> np.ndarray:
    """Return how much of one measure a unit of each is worth under weights (k, n), (k, n).

    Infinite where the measure itself has no weight; blank where neither has any.

    >>> prices_at(np.array([[0.8, 0.2]]), np.array([40.0, 60.0]), 0).round(3).tolist()
    [[1.0, 0.167]]
    """
    slopes = weights / lengths
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(slopes / slopes[:, [at]])


def _range(
    space: WeightSpace | None, lengths: np.ndarray, at: int, price: np.ndarray
) -> tuple[np.ndarray, np.ndarray, str]:
    """Return the least and the highest prices that a space of weights allows, and how they were found."""
    if space is None:
        return price, price, "stated weights alone"
    try:
        if isinstance(space, ConstrainedWeights | ReshapedWeights):
            ends = prices_at(space.vertices.to_numpy()[:, : len(lengths)], lengths, at)
            return ends.min(axis=0), ends.max(axis=0), "corners"
    except NotApplicable:
        pass
    drawn = prices_at(space.sample(DRAWS, seed=0)[:, : len(lengths)], lengths, at)
    low, high = np.quantile(drawn, ENDS, axis=0)
    return low, high, f"5% to 95% of {DRAWS:,} draws"

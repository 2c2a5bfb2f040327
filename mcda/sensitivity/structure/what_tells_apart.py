"""What tells the options apart: how far they lie apart, and what is earned for what doesn't happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from mcda.preferences.weighting.tree_shares import leaves_below, local_shares
from mcda.problem.model import Criterion, Problem
from mcda.sensitivity.structure.effective_weights import correlation_ratios, covariance_shares

EARNED_COLUMNS = (
    "holder",
    "option",
    "rival",
    "leaf",
    "weight",
    "value",
    "rival_value",
    "contribution",
    "not_happening",
)

ALIKE = 12  # digits in which shares of the same local weights agree, whoever the holder is


def weights_beside_effect(problem: Problem, holders: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Return stated and effective weight of every head and leaf for every holder, with the spread.

    holders: weights on the leaves, (n,) each, summing to 1.
    """
    values = problem.expected_values.to_numpy()
    totals = values @ np.array(list(holders.values())).T
    on_leaves = correlation_ratios(values, totals)
    on_heads = _on_heads(problem, holders, totals) if problem.heads else on_leaves
    frames = []
    for at, (holder, weights) in enumerate(holders.items()):
        if problem.heads:
            frames.append(_level(problem, holder, weights, "head", problem.heads, on_heads[at]))
        frames.append(_level(problem, holder, weights, "leaf", problem.weighed, on_leaves[at]))
    return pd.concat(frames, ignore_index=True)


def _on_heads(
    problem: Problem, holders: Mapping[str, np.ndarray], totals: np.ndarray
) -> np.ndarray:
    """Return the correlation ratio of each holder's totals with each head, (holders, heads).

    Holders of the same weights below the heads are fitted together: the fits are costly.
    """
    values = problem.expected_values.to_numpy()
    alike: dict[bytes, list[int]] = {}
    shares_of = []
    for at, weights in enumerate(holders.values()):
        shares_of.append(local_shares(problem, weights, problem.heads))
        alike.setdefault(shares_of[at].round(ALIKE).tobytes(), []).append(at)
    ratios = np.empty((len(holders), len(problem.heads)))
    for places in alike.values():
        heads = values @ shares_of[places[0]]
        ratios[places] = correlation_ratios(heads, totals[:, places])
    return ratios


def _level(
    problem: Problem,
    holder: str,
    weights: np.ndarray,
    level: str,
    criteria: Sequence[Criterion],
    ratios: np.ndarray,
) -> pd.DataFrame:
    values = problem.expected_values.to_numpy()
    below = leaves_below(problem, criteria)
    scaled = values @ local_shares(problem, weights, criteria)
    options = problem.options.index
    return pd.DataFrame(
        {
            "holder": holder,
            "criterion": [criterion.key for criterion in criteria],
            "level": level,
            "label": [criterion.label for criterion in criteria],
            "stated": weights @ below,
            "effective": covariance_shares((values * weights) @ below, values @ weights),
            "correlation_ratio": ratios,
            "spread": np.ptp(scaled, axis=0),
            "lowest": options[scaled.argmin(axis=0)],
            "highest": options[scaled.argmax(axis=0)],
        }
    )


def earned_by_nothing(problem: Problem) -> np.ndarray:
    """Return the leaves on which the baseline does better than most others, (n,): whoever acts pays.

    No leaf is one where the question has no baseline.
    """
    values = problem.expected_values
    if not problem.frame.baseline:
        return np.zeros(values.shape[1], dtype=bool)
    own = values.loc[problem.frame.baseline].to_numpy()
    others = values.drop(index=problem.frame.baseline).to_numpy()
    return np.asarray(2 * (own > others).sum(axis=0) > len(others))


def earned(
    problem: Problem, holders: Mapping[str, np.ndarray], leaders: Mapping[str, str]
) -> pd.DataFrame:
    """Return what each leaf adds to the lead of leader and baseline over every rival.

    It is the weighted sum's: weight times the difference of values. `not_happening` marks a leaf on
    which the baseline does better than most others: points that are earned for what isn't done.
    """
    values = problem.expected_values
    idle = earned_by_nothing(problem)
    frames = []
    for holder, weights in holders.items():
        looked_at = dict.fromkeys([leaders[holder], problem.frame.baseline])
        for option in filter(None, looked_at):
            rivals = values.drop(index=option)
            frames.append(_lead(holder, option, values.loc[option], rivals, weights, idle))
    if not frames:
        return pd.DataFrame(columns=list(EARNED_COLUMNS))
    return pd.concat(frames, ignore_index=True)


def _lead(
    holder: str,
    option: str,
    own: pd.Series,
    rivals: pd.DataFrame,
    weights: np.ndarray,
    idle: np.ndarray,
) -> pd.DataFrame:
    count = len(rivals)
    theirs = rivals.to_numpy()
    table = pd.DataFrame(
        {
            "holder": holder,
            "option": option,
            "rival": np.repeat(rivals.index.to_numpy(), len(own)),
            "leaf": np.tile(own.index.to_numpy(), count),
            "weight": np.tile(weights, count),
            "value": np.tile(own.to_numpy(), count),
            "rival_value": theirs.ravel(),
            "contribution": (weights * (own.to_numpy() - theirs)).ravel(),
            "not_happening": np.tile(idle, count),
        }
    )
    return table[list(EARNED_COLUMNS)]

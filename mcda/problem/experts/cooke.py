"""Cooke's classical model: how well experts' ranges fit known answers, and how much they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_number, check_several
from mcda.checks.faults import Fault, InputError, refuse
from mcda.checks.labels import as_numbers

OVERSHOOT = 0.1  # of the range of all answers: by so much it is widened at each end


def expert_scores(
    quantiles: np.ndarray,
    known: Sequence[float],
    levels: Sequence[float] = (0.05, 0.5, 0.95),
    *,
    overshoot: float = OVERSHOOT,
    alpha: float = 0.0,
) -> pd.DataFrame:
    """Return the calibration, the information and the weight of experts by their seed questions.

    Calibration is the level at which the share of known answers between the quantiles would be
    refused as chance; information is that of each answer against an even spread over the range of
    all answers. The weight is their product, divided by the sum; 0 below a calibration of alpha.

    Parameters
    ----------
    quantiles : ndarray of shape (experts, seeds, levels)
        What each answered; NaN throughout where an expert gave no answer.
    known : sequence of float
        The true answers, one a seed.
    levels : sequence of float
        The chances of the quantiles, rising.
    overshoot : float
        By which part the range of all answers is widened at each end.
    alpha : float
        The calibration below which an expert has no weight.

    Returns
    -------
    pandas.DataFrame
        A row for each expert: calibration, information, weight.

    Raises
    ------
    InputError
        For shapes that don't fit, quantiles that don't rise, or weights that are all 0.

    References
    ----------
    Cooke (1991), Experts in Uncertainty. Colson and Cooke (2018), Expert elicitation: using the
    classical model to validate experts' judgments, Review of Environmental Economics and Policy 12.

    Examples
    --------
    >>> answers = np.array([[[1, 3, 9], [10, 20, 30]], [[2, 3, 4], [1, 2, 3]]], dtype=float)
    >>> found = expert_scores(answers, [5, 22])
    >>> found.round(3).to_dict("list")
    {'calibration': [0.363, 0.007], 'information': [0.215, 1.717], 'weight': [0.859, 0.141]}
    """
    check_kind(quantiles, np.ndarray, "quantiles", "an array of numbers")
    check_several(known, "known answers", "a list of numbers, one a seed")
    check_several(levels, "levels", "a list of chances that rise")
    table, truths, chances = _checked(quantiles, known, levels, overshoot, alpha)
    answered = ~np.isnan(table).any(axis=2)
    fewest = int(answered.sum(axis=1).min())
    calibration = np.array([_calibration(one, truths, chances, fewest) for one in table])
    information = _information(table, truths, chances, overshoot).mean(axis=1).filled(0.0)
    weight = np.where(calibration >= alpha, calibration * information, 0.0)
    if not weight.sum() > 0:
        remedy = "lower alpha, or pool them evenly"
        raise InputError(Fault("experts", "one whose calibration reaches alpha", "none", remedy))
    shares = weight / weight.sum()
    columns = {"calibration": calibration, "information": information, "weight": shares}
    return pd.DataFrame(columns)


def _checked(
    quantiles: np.ndarray,
    known: Sequence[float],
    levels: Sequence[float],
    overshoot: float,
    alpha: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return answers, truths and levels as arrays; refuse those that don't fit each other."""
    check_number(overshoot, lambda some: 0 < some < np.inf, "overshoot", "a number above 0")
    check_number(alpha, lambda some: 0 <= some <= 1, "alpha", "a number from 0 to 1")
    truths = as_numbers(list(known), lambda at: f"known answer {at[0] + 1}")
    chances = as_numbers(list(levels), lambda at: f"level {at[0] + 1}")
    table = as_numbers(quantiles, lambda at: "quantiles", missing=True)
    faults = []
    if table.shape[1:] != (len(truths), len(chances)) or not table.size:
        expected = f"experts by {len(truths)} seeds by {len(chances)} levels"
        faults.append(Fault("quantiles", expected, f"the shape {table.shape}"))
    elif np.isnan(table).any(axis=2).all(axis=1).any():
        faults.append(Fault("quantiles", "an answer of each expert", "an expert with none"))
    elif (np.diff(table, axis=2) <= 0).any():
        faults.append(Fault("quantiles", "numbers that rise", "some that don't"))
    ends = np.r_[0.0, chances, 1.0]
    if not (np.diff(ends) > 0).all():
        faults.append(Fault("levels", "chances between 0 and 1 that rise", str(list(levels))))
    refuse(faults)
    return table, truths, chances


def _calibration(answers: np.ndarray, truths: np.ndarray, levels: np.ndarray, fewest: int) -> float:
    """Return the calibration of one expert's answers (seeds, levels).

    As many seeds count as the expert with the fewest answered, so that none gains by silence.
    """
    from scipy.special import gammaincc

    there = ~np.isnan(answers).any(axis=1)
    between = (truths[there, None] > answers[there]).sum(axis=1)
    counts = np.bincount(between, minlength=len(levels) + 1)
    shares = counts / counts.sum()
    chances = np.diff(np.r_[0.0, levels, 1.0])
    seen = shares > 0
    relative = float(np.sum(shares[seen] * np.log(shares[seen] / chances[seen])))
    return float(gammaincc(len(levels) / 2, fewest * relative))


def _information(
    table: np.ndarray, truths: np.ndarray, levels: np.ndarray, overshoot: float
) -> np.ma.MaskedArray:
    """Return the information of each answer (experts, seeds), masked where there is none."""
    low, high = intrinsic_range(table, truths, overshoot)
    ends = [np.broadcast_to(end[None, :, None], (*table.shape[:2], 1)) for end in (low, high)]
    edges = np.concatenate([ends[0], table, ends[1]], axis=2)
    chances = np.diff(np.r_[0.0, levels, 1.0])
    found = np.sum(chances * np.log(chances / np.diff(edges, axis=2)), axis=2) + np.log(high - low)
    return np.ma.masked_invalid(found)


def intrinsic_range(
    table: np.ndarray, truths: np.ndarray | None = None, overshoot: float = OVERSHOOT
) -> tuple[np.ndarray, np.ndarray]:
    """Return the range (seeds,) of all answers (experts, seeds, levels) and truths, widened."""
    low = np.nanmin(table, axis=(0, 2))
    high = np.nanmax(table, axis=(0, 2))
    if truths is not None:
        low = np.minimum(low, truths)
        high = np.maximum(high, truths)
    more = overshoot * (high - low)
    return low - more, high + more

"""Monte Carlo errors of what was counted, and what they could change: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.uncertainty.counting.sobol_repeats import count_error, ratio_error
from mcda.uncertainty.counting.tally import FIXED, SHARE, Tally

NORMAL_95 = 1.959963984540054  # the quantile of a normal number that 95 of 100 lie within
INTERVAL = (0.05, 0.5, 0.95)  # the quantiles that are shown: ends of a 90% interval, and the middle

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Trials:
    """The number of draws, and the degrees of freedom of their errors.

    The degrees are infinite where the draws are independent.
    """

    draws: int
    degrees: float = np.inf

    def interval(self, shares: np.ndarray, errors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the low and high ends of the 95% intervals of shares with their standard errors.

        The intervals are Wilson's (1927), which also hold at 0 and 1. They are those of as many
        independent draws as would have the same error; where the share is 0 or 1, of all draws.
        """
        z = _student_95(self.degrees) if np.isfinite(self.degrees) else NORMAL_95
        with np.errstate(divide="ignore", invalid="ignore"):
            inside = (shares > 0) & (shares < 1) & (errors > 0)
            alike = np.where(inside, shares * (1 - shares) / errors**2, self.draws)
        middle = (shares + z * z / (2 * alike)) / (1 + z * z / alike)
        reach = (
            z
            / (1 + z * z / alike)
            * np.sqrt(shares * (1 - shares) / alike + z * z / (4 * alike * alike))
        )
        return np.nan_to_num((middle - reach).clip(min=0.0)), np.nan_to_num(
            (middle + reach).clip(max=1.0), nan=1.0
        )


def _student_95(degrees: float) -> float:
    # loading it takes as long as a short run, and independent draws don't need it
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975))


def clear_of(cuts: Sequence[float], low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return whether intervals lie on one side of each cut.

    If so, no error could take a share across a cut.

    >>> clear_of((0.45, 0.55), np.array([0.46, 0.5]), np.array([0.54, 0.6])).tolist()
    [True, False]
    """
    return np.asarray(
        np.searchsorted(cuts, low, side="right") == np.searchsorted(cuts, high, side="right")
    )


def share_errors(shares: np.ndarray, draws: float) -> np.ndarray:
    """Return the standard errors of shares of independent draws, sqrt(p (1 - p) / n): never 0.

    What none of n draws shows, the next one may: a share counts as at least 1 / (n + 1) away from 0
    and 1, which is the rule of succession.

    >>> share_errors(np.array([0.5, 0.0]), 100).round(4).tolist()
    [0.05, 0.0099]
    """
    least = 1 / (draws + 1)
    near = np.clip(shares, least, 1 - least)
    return np.asarray(np.sqrt(near * (1 - near) / draws))


def independent_errors(counts: Tally, tables: Arrays, scores: np.ndarray) -> dict[str, np.ndarray]:
    """Return standard errors of independent draws.

    Those of shares are as in `share_errors`, that of a mean is its spread over root n. Central
    weights are means too, over the draws in which the option is first: NaN where it is first in
    only one. The error of a spread s is sqrt((m4 - s^4) / n) / (2 s), with the fourth moment m4 of
    the scores looked at.
    """
    n = counts.draws
    (_, spread) = tables["scores"].T
    first = tables["rank_acceptability"][:, 0]
    firsts = counts.sums["ranks"][:, :1] / SHARE
    squares = np.square(scores - scores.mean(axis=1, keepdims=True))
    fourth = np.square(squares).mean(axis=1)  # a general power takes a hundred times as long
    with np.errstate(invalid="ignore", divide="ignore"):
        of_weights = np.maximum(
            counts.sums["squares"] / FIXED / firsts - tables["central_weights"] ** 2, 0.0
        )
        of_weights /= np.where(firsts > 1, firsts - 1, np.nan)
    of_spread = np.sqrt(np.maximum(fourth - spread**4, 0.0) / n) / np.where(
        spread > 0, 2 * spread, 1.0
    )
    of_shares = {
        name: share_errors(tables[name], n)
        for name in ("rank_acceptability", "pairwise_winning", "reached")
        if name in tables
    }
    return of_shares | {
        "central_weights": np.sqrt(of_weights),
        "scores": np.stack([spread / np.sqrt(n), of_spread], axis=1),
        "entropy": max(
            np.sqrt(max(float((first * _surprise(first) ** 2).sum()), 0.0) / n), entropy_of_one(n)
        ),
    }


def repeat_errors(repeats: Arrays, tables: Arrays, unit: float) -> dict[str, np.ndarray]:
    """Return standard errors from sums by independent repeats: each index is a ratio of sums."""
    ranks = repeats["ranks"] / SHARE
    n = repeats["draws"][:, None, None]
    surprise = (ranks[..., 0] * _surprise(tables["rank_acceptability"][:, 0])).sum(axis=1)
    return {
        "rank_acceptability": count_error(ranks, n),
        "reached": count_error(ranks.cumsum(axis=-1), n),
        "central_weights": ratio_error(repeats["weights"] / FIXED, ranks[..., :1]),
        "scores": _score_errors(repeats, tables["scores"] / unit) * unit,
        "entropy": np.fmax(
            ratio_error(surprise, repeats["draws"]), entropy_of_one(float(repeats["draws"].sum()))
        ),
        **({"pairwise_winning": count_error(repeats["wins"], n)} if "wins" in repeats else {}),
    }


def _score_errors(repeats: Arrays, scores: np.ndarray) -> np.ndarray:
    """Return standard errors of means and of spreads.

    The error of a spread is that of the squares about the mean, over twice the spread.
    """
    n = repeats["draws"][:, None]
    (mean, spread) = scores.T
    squared = (repeats["score_squares"] - 2 * mean * repeats["scores"]) / FIXED
    of_spread = ratio_error(squared, n) / np.where(spread > 0, 2 * spread, 1.0)
    return np.stack([ratio_error(repeats["scores"] / FIXED, n), of_spread], axis=1)


def _surprise(shares: np.ndarray) -> np.ndarray:
    """Return how fast the entropy of shares changes with each of them, about its mean."""
    return np.asarray(-np.log2(np.where(shares > 0, shares, 1.0)) - entropy(shares))


def entropy(shares: np.ndarray) -> float:
    """Return the entropy of shares that sum to one, in bits (Shannon, 1948).

    >>> entropy(np.array([0.5, 0.5, 0.0]))
    1.0
    """
    present = shares[shares > 0]
    return float(-(present * np.log2(present)).sum()) + 0.0


def entropy_of_one(draws: float) -> float:
    """Return what one more draw, with another option first, would add to an entropy of 0.

    No error of an entropy is less.
    """
    return entropy(np.array([1.0, draws]) / (draws + 1))


def quantile_errors(scores: np.ndarray) -> np.ndarray:
    """Return standard errors (m, 3) of the quantiles of independent scores (m, draws).

    They hold for any distribution. They come from the order statistics that hold a quantile with
    95% confidence: Conover (1999), section 3.2.
    """
    reach = [NORMAL_95 * np.sqrt(share * (1 - share) / scores.shape[1]) for share in INTERVAL]
    ends = [
        np.clip([share - r, share + r], 0.0, 1.0) for share, r in zip(INTERVAL, reach, strict=True)
    ]
    low, high = np.quantile(scores, np.array(ends).T, axis=1)
    return (high - low).T / (2 * NORMAL_95)


def ranks_at(reached: np.ndarray) -> np.ndarray:
    """Return the ranks at which the share of draws reaches 5%, 50% and 95%, (options, 3)."""
    return np.stack([(reached < share - 1e-9).sum(axis=1) + 1 for share in INTERVAL], axis=1)


def rank_reach(reached: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return how many ranks each could move.

    low and high: the ends between which shares of draws up to a rank are known to lie.
    """
    at = ranks_at(reached)
    return np.maximum(at - ranks_at(high), ranks_at(low) - at)

"""The indices of stochastic multicriteria acceptability analysis, from what was counted, each with its error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.problem.shown import html_table
from mcda.robustness.repeats import count_error, ratio_error, repeats_of
from mcda.robustness.tally import FIXED, SHARE, Tally

INTERVAL = (0.05, 0.5, 0.95)
NORMAL_95 = 1.959963984540054
CUTS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95)
UNDEFINED = "undefined"


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of the draws: shares of tested assumptions, never the likelihood of an event.

    rank_acceptability (options x ranks): the share of draws in which an option has a rank; every column and row sums to
    one. pairwise_winning (options x options): the share in which the row's option is ahead of the column's; a tie
    counts for neither; None for very many options. central_weights (options x leaves): the mean weights of the draws
    in which an option is first; NaN where it never is: undefined. rank_intervals: ranks at 5%, 50% and 95%. scores:
    mean, spread (standard deviation) and quantiles. entropy: of who is first, in bits; 0 where one option always is;
    entropy_of_rankings: of whole rankings, where the scores of every draw were given, else NaN.
    standard_errors: the Monte Carlo error of each of these, by name; of rank_intervals, how many ranks each could move.
    first_rank: the acceptability of rank 1 with its
    95% interval, and whether the error could move it across a cut of the words used for shares (`CUTS`).
    Source: Lahdelma and Salminen (2001), SMAA-2; Tervonen and Lahdelma (2007), Implementing SMAA.
    """

    draws: int
    rank_acceptability: pd.DataFrame
    pairwise_winning: pd.DataFrame | None
    central_weights: pd.DataFrame
    rank_intervals: pd.DataFrame
    scores: pd.DataFrame
    entropy: float
    standard_errors: Mapping[str, pd.DataFrame]
    first_rank: pd.DataFrame
    tally: Tally = field(repr=False)
    entropy_of_rankings: float = field(default=np.nan, kw_only=True)

    @property
    def settled(self) -> bool:
        """Whether the number of draws suffices: no error could change the word for a share of first ranks."""
        return bool(self.first_rank["settled"].all())

    def _repr_html_(self) -> str:
        shares = html_table(self.rank_acceptability.round(4), "rank acceptability")
        first = html_table(self.first_rank.round(4), "share of draws in first place, with its 95% interval")
        held = self.central_weights.round(3).astype(object)
        weights = html_table(held.where(held.notna(), UNDEFINED), "central weights")
        return shares + first + weights


def indices_of(
    found: Tally, options: Sequence[object], criteria: Sequence[object], scores: np.ndarray, score_unit: float = 1.0
) -> dict[str, object]:
    """Return the tables of `Acceptability` by name, for what was counted; quantiles are those of scores (m, draws).

    Errors are those of independent draws, or where repeats were counted apart, from how these differ.
    """
    tables = _shares(found, options, criteria, score_unit)
    repeats = repeats_of(found)
    errors = _repeat_errors(repeats, tables, score_unit) if repeats else _errors(found, tables, scores)
    shares, names = tables["rank_acceptability"], list(options)
    quantiles = pd.DataFrame(np.quantile(scores, INTERVAL, axis=1).T, names, ["5%", "50%", "95%"])
    errors["scores"] = errors["scores"].join(pd.DataFrame(quantile_errors(scores), names, quantiles.columns))
    trials = (len(repeats["draws"]) - 1, found.draws) if repeats else (np.inf, found.draws)
    return {
        "draws": found.draws,
        **tables,
        "scores": tables["scores"].join(quantiles),
        "rank_intervals": _intervals(shares),
        "entropy": entropy(shares[1].to_numpy()),
        "standard_errors": errors,
        "first_rank": first_rank(shares[1], errors["rank_acceptability"][1], *trials),
        "tally": found,
    }


def _shares(
    found: Tally, options: Sequence[object], criteria: Sequence[object], unit: float
) -> dict[str, pd.DataFrame]:
    sums, n, names = found.sums, found.draws, list(options)
    ranks = [*range(1, sums["ranks"].shape[1] + 1)]
    firsts = sums["ranks"][:, :1] / SHARE
    with np.errstate(invalid="ignore"):
        central = sums["weights"] / FIXED / firsts
    mean, square = sums["scores"] / FIXED / n, sums["score_squares"] / FIXED / n
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))
    return {
        "rank_acceptability": pd.DataFrame(sums["ranks"] / SHARE / n, names, pd.Index(ranks, name="rank")),
        "pairwise_winning": pd.DataFrame(sums["wins"] / n, names, names) if "wins" in sums else None,
        "central_weights": pd.DataFrame(central, names, list(criteria)),
        "scores": pd.DataFrame({"mean": mean * unit, "spread": spread * unit}, index=names),
    }


def _errors(found: Tally, tables: Mapping[str, pd.DataFrame], scores: np.ndarray) -> dict[str, pd.DataFrame]:
    """Return standard errors of independent draws: of a share sqrt(p (1 - p) / n), of a mean its spread over root n.

    That of a spread s is sqrt((m4 - s^4) / n) / (2 s), with the fourth moment m4 of the scores looked at.
    """
    n, wins, shares = found.draws, tables["pairwise_winning"], tables["rank_acceptability"]
    central, spread = tables["central_weights"], tables["scores"]["spread"]
    firsts = found.sums["ranks"][:, :1] / SHARE
    fourth = ((scores - scores.mean(axis=1, keepdims=True)) ** 4).mean(axis=1)
    with np.errstate(invalid="ignore"):
        of_weights = np.sqrt(np.maximum(found.sums["squares"] / FIXED / firsts - central**2, 0.0) / firsts)
        of_spread = np.sqrt(np.maximum(fourth - spread**4, 0.0) / n) / np.where(spread > 0, 2 * spread, 1.0)
    of_entropy = np.sqrt(max(float((shares[1] * _surprise(shares[1]) ** 2).sum()), 0.0) / n)
    return {
        "rank_acceptability": _share_error(shares, n),
        **({} if wins is None else {"pairwise_winning": _share_error(wins, n)}),
        "central_weights": of_weights,
        "scores": pd.DataFrame({"mean": spread / np.sqrt(n), "spread": of_spread}),
        "rank_intervals": rank_reach(shares, _share_error(shares.cumsum(axis=1).clip(upper=1.0), n)),
        "entropy": pd.DataFrame({"entropy": [of_entropy]}, ["first rank"]),
    }


def _repeat_errors(
    repeats: Mapping[str, np.ndarray], tables: Mapping[str, pd.DataFrame], unit: float
) -> dict[str, pd.DataFrame]:
    """Return standard errors from sums by independent repeats: each index is a ratio of sums."""
    ranks, n, shares = repeats["ranks"] / SHARE, repeats["draws"][:, None, None], tables["rank_acceptability"]
    made = {
        "rank_acceptability": count_error(ranks, n),
        "central_weights": ratio_error(repeats["weights"] / FIXED, ranks[..., :1]),
        **({"pairwise_winning": count_error(repeats["wins"], n)} if "wins" in repeats else {}),
    }
    reached = pd.DataFrame(count_error(ranks.cumsum(axis=-1), n), shares.index, shares.columns)
    surprise = (ranks[..., 0] * _surprise(shares[1]).to_numpy()).sum(axis=1)
    return {
        **{name: pd.DataFrame(made[name], tables[name].index, tables[name].columns) for name in made},
        "scores": _score_errors(repeats, tables["scores"], unit),
        "rank_intervals": rank_reach(shares, reached),
        "entropy": pd.DataFrame({"entropy": [float(ratio_error(surprise, repeats["draws"]))]}, ["first rank"]),
    }


def _score_errors(repeats: Mapping[str, np.ndarray], scores: pd.DataFrame, unit: float) -> pd.DataFrame:
    """Return standard errors of means, and of spreads: those of the squares about the mean, over twice the spread."""
    n, mean, spread = (repeats["draws"][:, None], *(scores[name].to_numpy() / unit for name in ("mean", "spread")))
    squared = (repeats["score_squares"] - 2 * mean * repeats["scores"]) / FIXED
    of_spread = ratio_error(squared, n) / np.where(spread > 0, 2 * spread, 1.0)
    of_mean = ratio_error(repeats["scores"] / FIXED, n)
    return pd.DataFrame({"mean": of_mean * unit, "spread": of_spread * unit}, scores.index)


def _share_error(shares: pd.DataFrame, n: int) -> pd.DataFrame:
    return np.sqrt(shares * (1 - shares).clip(lower=0) / n)


def _surprise(shares: pd.Series) -> pd.Series:
    """Return how fast the entropy of shares changes with each of them, about its mean."""
    return -np.log2(shares.where(shares > 0, 1.0)) - entropy(shares.to_numpy())


def quantile_errors(scores: np.ndarray) -> np.ndarray:
    """Return standard errors (m, 3) of the quantiles of independent scores (m, draws), whatever their distribution.

    From the order statistics that hold a quantile with 95% confidence: Conover (1999), section 3.2.
    """
    reach = [NORMAL_95 * np.sqrt(share * (1 - share) / scores.shape[1]) for share in INTERVAL]
    ends = [np.clip([share - r, share + r], 0.0, 1.0) for share, r in zip(INTERVAL, reach, strict=True)]
    low, high = np.quantile(scores, np.array(ends).T, axis=1)
    return (high - low).T / (2 * NORMAL_95)


def rank_reach(shares: pd.DataFrame, errors: pd.DataFrame) -> pd.DataFrame:
    """Return how many ranks each rank interval could move: the share of draws up to a rank is known to 1.96 errors."""
    reached, off = shares.cumsum(axis=1), NORMAL_95 * errors
    early, late = (_places(reached + side * off) for side in (1, -1))
    at = _places(reached)
    return pd.DataFrame(np.maximum(at - early, late - at), shares.index, ["5%", "50%", "95%"])


def first_rank(shares: pd.Series, errors: pd.Series, degrees: float, n: int) -> pd.DataFrame:
    """Return shares of first ranks with their errors, 95% intervals, and whether these lie within one word's cuts.

    The interval is Wilson's (1927), which also holds at 0 and 1, for as many independent draws as would have the same
    error; n where the share is 0 or 1. `degrees` of freedom are those of the errors, infinite for independent draws.
    """
    z = _student_95(degrees) if np.isfinite(degrees) else NORMAL_95
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = (shares * (1 - shares) / errors**2).where(errors != 0, n)
    middle = (shares + z * z / (2 * alike)) / (1 + z * z / alike)
    reach = z / (1 + z * z / alike) * np.sqrt(shares * (1 - shares) / alike + z * z / (4 * alike * alike))
    low, high = (middle - reach).clip(lower=0.0).fillna(0.0), (middle + reach).clip(upper=1.0).fillna(1.0)
    settled = np.searchsorted(CUTS, low, side="right") == np.searchsorted(CUTS, high, side="right")
    table = {"acceptability": shares, "standard_error": errors, "low": low, "high": high, "settled": settled}
    return pd.DataFrame(table)


def _student_95(degrees: float) -> float:
    from scipy.special import stdtrit  # costs half of what a short run does, and independent draws don't need it

    return float(stdtrit(degrees, 0.975))


def _intervals(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks at 5%, 50% and 95% of the draws; NaN beyond the ranks that are told apart."""
    last = shares.shape[1] if shares.shape[1] < shares.shape[0] else shares.shape[1] + 1
    places = _places(shares.cumsum(axis=1)).astype(float)
    places[places >= last] = np.nan
    return pd.DataFrame(places, shares.index, ["5%", "50%", "95%"]).convert_dtypes()


def _places(reached: pd.DataFrame) -> np.ndarray:
    """Return the ranks at which the share of draws up to them reaches 5%, 50% and 95%, (options, 3)."""
    table = reached.to_numpy()
    return np.stack([(table < share - 1e-9).sum(axis=1) + 1 for share in INTERVAL], axis=1)


def entropy(shares: np.ndarray) -> float:
    """Return the entropy of shares that sum to one, in bits (Shannon, 1948).

    >>> entropy(np.array([0.5, 0.5, 0.0]))
    1.0
    """
    held = shares[shares > 0]
    return float(-(held * np.log2(held)).sum()) + 0.0

"""The indices of stochastic multicriteria acceptability analysis, from what was counted, each with its error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.problem.shown import html_table
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
    standard_errors: the Monte Carlo error of each of these, by name. first_rank: the acceptability of rank 1 with its
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
    found: Tally,
    options: Sequence[object],
    criteria: Sequence[object],
    quantiles: np.ndarray,
    score_unit: float = 1.0,
    repeats: Sequence[Tally] = (),
) -> dict[str, object]:
    """Return the tables of `Acceptability` by name, for what was counted and quantiles (m, 3) of the scores.

    `repeats` are the same counts by independent randomisation, where the draws aren't independent: errors come
    from how they differ.
    """
    tables = _shares(found, options, criteria, score_unit)
    errors = _repeat_errors(repeats, options, criteria, score_unit) if repeats else _errors(found, tables)
    scores = tables["scores"].join(pd.DataFrame(quantiles, index=list(options), columns=["5%", "50%", "95%"]))
    shares = tables["rank_acceptability"]
    return {
        "draws": found.draws,
        **tables,
        "scores": scores,
        "rank_intervals": _intervals(shares),
        "entropy": entropy(shares[1].to_numpy()),
        "standard_errors": errors,
        "first_rank": first_rank(shares[1], errors["rank_acceptability"][1], 0 if repeats else found.draws),
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


def _errors(found: Tally, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return standard errors of independent draws: of a share sqrt(p (1 - p) / n), of a mean its spread over root n."""
    n, wins = found.draws, tables["pairwise_winning"]
    central = tables["central_weights"]
    firsts = found.sums["ranks"][:, :1] / SHARE
    with np.errstate(invalid="ignore"):
        spread = np.sqrt(np.maximum(found.sums["squares"] / FIXED / firsts - central**2, 0.0) / firsts)
    return {
        "rank_acceptability": _share_error(tables["rank_acceptability"], n),
        **({} if wins is None else {"pairwise_winning": _share_error(wins, n)}),
        "central_weights": spread,
        "scores": (tables["scores"][["spread"]] / np.sqrt(n)).rename(columns={"spread": "mean"}),
    }


def _repeat_errors(
    repeats: Sequence[Tally], options: Sequence[object], criteria: Sequence[object], unit: float
) -> dict[str, pd.DataFrame]:
    """Return standard errors from independent repeats: the spread of their results over the root of their number."""
    each = [_shares(repeat, options, criteria, unit) for repeat in repeats]
    errors = {}
    for name, table in each[0].items():
        if table is not None:
            stacked = np.stack([tables[name].to_numpy() for tables in each])
            errors[name] = pd.DataFrame(stacked.std(axis=0, ddof=1) / np.sqrt(len(each)), table.index, table.columns)
    errors["scores"] = errors["scores"][["mean"]]
    return errors


def _share_error(shares: pd.DataFrame, n: int) -> pd.DataFrame:
    return np.sqrt(shares * (1 - shares).clip(lower=0) / n)


def first_rank(shares: pd.Series, errors: pd.Series, n: int) -> pd.DataFrame:
    """Return shares of first ranks with their errors, 95% intervals, and whether these lie within one word's cuts.

    The interval is Wilson's (1927) for n independent draws, which also holds at 0 and 1; with n = 0 it is the share
    plus and minus twice its error.
    """
    z = NORMAL_95
    middle = (shares + z * z / (2 * n)) / (1 + z * z / n) if n else shares
    reach = z / (1 + z * z / n) * np.sqrt(shares * (1 - shares) / n + z * z / (4 * n * n)) if n else 2 * errors
    low, high = (middle - reach).clip(lower=0.0), (middle + reach).clip(upper=1.0)
    settled = np.searchsorted(CUTS, low, side="right") == np.searchsorted(CUTS, high, side="right")
    table = {"acceptability": shares, "standard_error": errors, "low": low, "high": high, "settled": settled}
    return pd.DataFrame(table)


def _intervals(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks at 5%, 50% and 95% of the draws; NaN beyond the ranks that are told apart."""
    reached = shares.cumsum(axis=1).to_numpy()
    last = shares.shape[1] if shares.shape[1] < shares.shape[0] else shares.shape[1] + 1
    places = np.stack([(reached < share - 1e-9).sum(axis=1) + 1 for share in INTERVAL], axis=1).astype(float)
    places[places >= last] = np.nan
    return pd.DataFrame(places, shares.index, ["5%", "50%", "95%"]).convert_dtypes()


def entropy(shares: np.ndarray) -> float:
    """Return the entropy of shares that sum to one, in bits (Shannon, 1948).

    >>> entropy(np.array([0.5, 0.5, 0.0]))
    1.0
    """
    held = shares[shares > 0]
    return float(-(held * np.log2(held)).sum()) + 0.0

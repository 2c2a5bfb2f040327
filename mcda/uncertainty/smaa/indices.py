"""The indices of stochastic multicriteria acceptability analysis, each with its error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.display.html_table import html_table
from mcda.sentences.catalogue import told
from mcda.uncertainty.counting.sobol_repeats import repeats_of
from mcda.uncertainty.counting.tally import FIXED, SHARE, Tally
from mcda.uncertainty.smaa.standard_errors import (
    INTERVAL,
    Trials,
    clear_of,
    entropy,
    independent_errors,
    quantile_errors,
    rank_reach,
    ranks_at,
    repeat_errors,
)

QUANTILES = ["5%", "50%", "95%"]
# whole percent at which the word for a share changes: the cut points of ICD 203,
# so that readers' intuitions carry over
WORD_BARS = (5, 20, 45, 55, 80, 95)
# a word is chosen from the whole percent that is shown, so it changes where the rounding does
CUTS = tuple((bar - 0.5) / 100 for bar in WORD_BARS)
SHARES = ("pairwise_winning", "reached")
UNDEFINED = "undefined"


@dataclass(frozen=True, eq=False)
class Acceptability:
    """The indices of stochastic multicriteria acceptability analysis over draws.

    Shares of draws are shares of tested assumptions, never the likelihood of an event. No share has
    an error of 0, whatever was counted.

    Attributes
    ----------
    draws : int
        The number of draws.
    rank_acceptability : DataFrame
        Options x ranks: the share of draws in which an option has a rank. Every column and every
        row sums to one.
    pairwise_winning : DataFrame or None
        Options x options: the share of draws in which the row's option is ahead of the column's. A
        tie counts for neither. None for very many options.
    central_weights : DataFrame
        Options x leaves: the mean weights of the draws in which an option is first. NaN, undefined,
        where it never is.
    rank_intervals : DataFrame
        The ranks at 5%, 50% and 95% of the draws.
    scores : DataFrame
        The mean, the spread (standard deviation) and quantiles of the scores.
    entropy : float
        The entropy of who is first, in bits: 0 where one option always is.
    standard_errors : mapping of str to DataFrame
        The Monte Carlo error of each of these tables, by name. For rank_intervals: how many ranks
        each could move.
    first_rank : DataFrame
        The acceptability of rank 1 with its 95% interval, and whether it is settled: no error could
        take it across a cut of the words used for shares (`CUTS`).
    settled_at : mapping of str to DataFrame
        Whether other tables are settled, by name: pairwise_winning within such cuts, rank_intervals
        at their ranks.
    tally : Tally
        The sums that were counted.
    entropy_of_rankings : float
        The entropy of whole rankings, where the scores of every draw were given, else NaN.

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2. Tervonen and Lahdelma (2007), Implementing SMAA.
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
    settled_at: Mapping[str, pd.DataFrame]
    tally: Tally = field(repr=False)
    entropy_of_rankings: float = field(default=np.nan, kw_only=True)

    @property
    def settled(self) -> bool:
        """Whether there are so many draws that no error could change the word for a first rank."""
        return bool(self.first_rank["settled"].all())

    def _repr_html_(self) -> str:
        shares = html_table(self.rank_acceptability, told("caption.rank_acceptability"))
        first = html_table(self.first_rank, told("caption.first_rank"))
        shown = self.central_weights.astype(object)
        weights = html_table(shown.where(shown.notna(), UNDEFINED), told("caption.central_weights"))
        return shares + first + weights


def indices_of(
    counts: Tally,
    options: Sequence[object],
    criteria: Sequence[object],
    scores: np.ndarray,
    score_unit: float = 1.0,
) -> dict[str, object]:
    """Return the tables of `Acceptability` by name, for what was counted.

    Quantiles are those of scores (m, draws). Errors are those of independent draws; where repeats
    were counted apart, they come from how these differ.
    """
    tables = _indices(counts, score_unit)
    repeats = repeats_of(counts)
    # an index made once: pandas looks through a list of names each time that it gets one
    names = (_index_of(options), _index_of(criteria))
    errors = (
        repeat_errors(repeats, tables, score_unit)
        if repeats
        else independent_errors(counts, tables, scores)
    )
    degrees = len(repeats["draws"]) - 1 if repeats else np.inf
    trials = Trials(counts.draws, degrees)
    first, of_first = (each["rank_acceptability"][:, 0] for each in (tables, errors))
    reach = {name: trials.interval(tables[name], errors[name]) for name in SHARES if name in tables}
    tables["scores"] = np.hstack([tables["scores"], np.quantile(scores, INTERVAL, axis=1).T])
    errors["scores"] = np.hstack([errors["scores"], quantile_errors(scores)])
    errors["rank_intervals"] = rank_reach(tables["reached"], *reach["reached"])
    of_entropy = pd.DataFrame({"entropy": [float(errors["entropy"])]}, ["first rank"])
    return {
        "draws": counts.draws,
        "pairwise_winning": None,
        **_labelled(tables, *names),
        "rank_intervals": _intervals(tables["reached"], names[0]),
        "entropy": entropy(first),
        "standard_errors": _labelled(errors, *names) | {"entropy": of_entropy},
        "first_rank": _first_rank(names[0], first, of_first, trials),
        "settled_at": _labelled(_settled(reach), *names),
        "tally": counts,
    }


def _index_of(names: Sequence[object]) -> pd.Index:
    return pd.Index(list(names), tupleize_cols=False)


def _indices(counts: Tally, unit: float) -> dict[str, np.ndarray]:
    """Return the indices as arrays; reached is the share of draws up to each rank."""
    sums = counts.sums
    n = counts.draws
    with np.errstate(invalid="ignore"):
        central = sums["weights"] / FIXED / (sums["ranks"][:, :1] / SHARE)
    mean = sums["scores"] / FIXED / n
    square = sums["score_squares"] / FIXED / n
    ranks = sums["ranks"] / SHARE / n
    return {
        "rank_acceptability": ranks,
        "reached": ranks.cumsum(axis=1),
        "central_weights": central,
        "scores": np.stack(
            [mean * unit, np.sqrt(np.maximum(square - mean**2, 0.0)) * unit], axis=1
        ),
        **({"pairwise_winning": sums["wins"] / n} if "wins" in sums else {}),
    }


def _settled(reach: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return which results no error could take across a cut.

    The cuts are those of words for a share, or of shares for a rank interval.
    """
    ranks = [clear_of((share,), *reach["reached"]).all(axis=1) for share in INTERVAL]
    pairs = {
        name: clear_of(CUTS, *ends) for name, ends in reach.items() if name == "pairwise_winning"
    }
    return {"rank_intervals": np.stack(ranks, axis=1), **pairs}


def _labelled(
    arrays: Mapping[str, np.ndarray], options: pd.Index, criteria: pd.Index
) -> dict[str, pd.DataFrame]:
    """Return arrays, a row for each option, as tables."""
    columns: dict[str, pd.Index | None] = {
        "rank_acceptability": None,
        "pairwise_winning": options,
        "central_weights": criteria,
        "scores": pd.Index(["mean", "spread", *QUANTILES]),
        "rank_intervals": pd.Index(QUANTILES),
    }
    tables = {
        name: pd.DataFrame(arrays[name], options, columns[name])
        for name in columns
        if name in arrays
    }
    if "rank_acceptability" in tables:
        ranks = tables["rank_acceptability"]
        ranks.columns = pd.RangeIndex(1, ranks.shape[1] + 1, name="rank")
    return tables


def _first_rank(
    options: pd.Index, shares: np.ndarray, errors: np.ndarray, trials: Trials
) -> pd.DataFrame:
    low, high = trials.interval(shares, errors)
    table = {"acceptability": shares, "standard_error": errors, "low": low, "high": high}
    return pd.DataFrame(table | {"settled": clear_of(CUTS, low, high)}, options)


def _intervals(reached: np.ndarray, options: pd.Index) -> pd.DataFrame:
    """Return the ranks at 5%, 50% and 95% of the draws.

    They are NaN beyond the ranks that are counted one by one.
    """
    last = reached.shape[1] if reached.shape[1] < reached.shape[0] else reached.shape[1] + 1
    places = ranks_at(reached).astype(float)
    places[places >= last] = np.nan
    return pd.DataFrame(places, options, QUANTILES).convert_dtypes()

"""What an audit of the structure flags: the thing, its number, and the bar that the number passes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import rounded
from mcda.problem.model import Criterion, Problem
from mcda.sensitivity.structure.what_tells_apart import earned_by_nothing

GAP = 0.10  # between stated and effective weight, each as it is told: in whole percent
TURNED = -0.005  # an effective weight that is told as -1% or less
FLAT = 0.25  # of the scale, over which the options spread on a top criterion
FLAG_COLUMNS = ("kind", "holder", "subject", "number", "bar")
# in the languages that questions are written in
CHANCE_WORDS = re.compile(
    r"\b(chances?|probability|likelihood|odds|chancen|\w*wahrscheinlichkeit(en)?|шанс\w*|[йі]мовірн\w*)\b",
    re.IGNORECASE,
)
Flag = tuple[str, str, str, float, float]


def flagged(
    problem: Problem, weights: pd.DataFrame, positions: pd.DataFrame, pairs: pd.DataFrame
) -> pd.DataFrame:
    """Return what is flagged, a row each: kind, holder (blank for all), subject, number and bar.

    Kinds: "sign" (an effective weight turns against the stated one), "gap" (it differs from it by
    more than ten points), "flat" (a weighted top criterion on which all options lie within a
    quarter of the scale), "twice" (a pair of leaves as good as one), "chance" (the chance that an
    option comes about, added as a good: doing nothing does better on it than most), "own option" (no weights
    that the holder allows put its own option first by the weighted sum, and no method ranks it so).
    """
    rows = [
        *_weight_flags(weights),
        *_flat_flags(problem, weights),
        *_twice_flags(pairs),
        *_chance_flags(problem, weights),
        *_position_flags(positions),
    ]
    return pd.DataFrame(rows, columns=list(FLAG_COLUMNS))


def _weight_flags(weights: pd.DataFrame) -> Iterator[Flag]:
    for row in weights[weights["stated"] > 0].itertuples():
        gap = rounded(rounded(row.effective, 2) - rounded(row.stated, 2), 2)
        if row.effective <= TURNED:
            yield "sign", row.holder, row.criterion, row.effective, TURNED
        if abs(gap) > GAP:
            yield "gap", row.holder, row.criterion, row.effective - row.stated, GAP


def _flat_flags(problem: Problem, weights: pd.DataFrame) -> Iterator[Flag]:
    tops = [top.key for top in problem.tops]
    at_top = weights[weights["criterion"].isin(tops) & (weights["stated"] > 0)]
    for row in at_top.itertuples():
        if len(problem.options) > 1 and row.spread < FLAT:
            yield "flat", row.holder, row.criterion, row.spread, FLAT


def _twice_flags(pairs: pd.DataFrame) -> Iterator[Flag]:
    for row in pairs[pairs["twice"]].itertuples():
        together = np.nanmax([row.over_draws, row.over_options])
        yield "twice", "", f"{row.first} + {row.second}", together, np.nan


def _chance_flags(problem: Problem, weights: pd.DataFrame) -> Iterator[Flag]:
    stated = weights.groupby("criterion")["stated"].max()
    idle = earned_by_nothing(problem)
    for leaf, best in zip(problem.weighed, idle.tolist(), strict=True):
        comes_about = best or not problem.frame.baseline
        if is_chance(problem, leaf) and stated[leaf.key] > 0 and comes_about:
            yield "chance", "", leaf.key, float(stated[leaf.key]), np.nan


def is_chance(problem: Problem, leaf: Criterion) -> bool:
    """Say whether a leaf is a chance of which more is better, by its kind of scale or its label."""
    table = problem.tables.get("criteria", pd.DataFrame())
    kinds = table["scale_type"] if "scale_type" in table else pd.Series(dtype=object)
    is_named_so = kinds.get(leaf.key) == "probability" or bool(CHANCE_WORDS.search(leaf.label))
    return is_named_so and leaf.direction == "max"


def _position_flags(positions: pd.DataFrame) -> Iterator[Flag]:
    stated = positions[(positions["side"] == "without") & ~positions["can_lead_in_range"]]
    for (holder, option), rows in stated.groupby(["holder", "option"], sort=False):
        best = rows["rank"].min()
        if best > 1:
            yield "own option", str(holder), str(option), float(best), 1.0

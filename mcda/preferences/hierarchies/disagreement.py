"""How far the members of a group differ: their consensus, their spread, and the pairs on which they are split."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.labels import as_numbers
from mcda.preferences.hierarchies.contradictions import geometric_index
from mcda.preferences.hierarchies.priorities import Priorities
from mcda.preferences.pairwise.saaty_scale import TOP
from mcda.preferences.weighting.normalise import normalised
from mcda.sentences.catalogue import joined, told

TWOFOLD = 2.0  # the least step of Saaty's scale away from equal: who prefers less is on no side
CAMP = 0.25  # of the shares on each side: two of ten who differ are no split of the ten
NAMED = 3  # pairs in a sentence; the table has all


def consensus(priorities: Any) -> float:
    """Return how far the members of a group agree: at most 1.

    The number is (exp(-B) - m) / (1 - m), where B is the Shannon entropy of the mean vector less
    the mean entropy of the vectors, and m = exp(A) / n with A the entropy of a vector that prefers
    one item 9 times to each of the others: 9 / (n + 8), and 1 / (n + 8) for the rest. It is 1 where
    all vectors are the same, and 0 where each is such a vector and their mean is even. Vectors more
    uneven than that can differ more: the number is then below 0, and is not cut off there (its
    source, which takes that vector for the most uneven one, gives the range as 0 to 1).

    Parameters
    ----------
    priorities : array_like of shape (members, n)
        A priority vector for each member, summing to one.

    Returns
    -------
    float
        The consensus; 1 for a group of one, or of one item.

    Raises
    ------
    InputError
        Unless there is a vector for each member.

    References
    ----------
    Goepel (2018), International Journal of the Analytic Hierarchy Process 10(3).

    Examples
    --------
    >>> round(consensus([[0.9, 0.1], [0.1, 0.9]]), 3)
    0.0
    >>> round(consensus([[0.98, 0.02], [0.02, 0.98]]), 3)
    -0.457
    """
    vectors = as_numbers(priorities, lambda at: f"priority {at[-1] + 1} of member {at[0] + 1}")
    if vectors.ndim != 2 or not vectors.size:
        raise InputError(Fault("priorities", "a vector for each member", f"shape {vectors.shape}"))
    n = vectors.shape[-1]
    vectors = normalised(vectors, [f"item {at + 1}" for at in range(n)])
    if n == 1:
        return 1.0
    uneven = np.r_[TOP, np.ones(n - 1)] / (n + TOP - 1)
    least = np.exp(_entropy(uneven)) / n
    between = _entropy(vectors.mean(axis=0)) - _entropy(vectors).mean()
    return float((np.exp(-between) - least) / (1 - least))


def _entropy(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(-(vectors * np.log(np.where(vectors > 0, vectors, 1.0))).sum(axis=-1))


def spread_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and the highest share of each item over the members, and who has them."""
    if not len(rows):
        return pd.DataFrame(index=rows.columns)
    return pd.DataFrame(
        {
            "lowest": rows.min(),
            "lowest for": rows.idxmin(),
            "highest": rows.max(),
            "highest for": rows.idxmax(),
            "highest over lowest": rows.max() / rows.min(),
            "standard deviation": rows.std(ddof=0),
        }
    )


def split_of(rows: pd.DataFrame, part: pd.Series, values: pd.Series) -> pd.DataFrame:
    """Return the pairs of items on which the group is split, with who is on which side.

    The widest apart come first. Ratios are those of priorities: of the group, and of each member
    (lowest and highest).
    """
    columns = ["first", "second", "group", "for the first", "for the second", "lowest", "highest"]
    parts = []
    # a judgement of exactly 2 comes back from its priorities within rounding
    least = TWOFOLD * (1 - 1e-9)
    for first, second in combinations(values.index, 2):
        ratios = rows[first] / rows[second]
        ups = part[ratios >= least]
        downs = part[ratios <= 1 / least]
        group_ratio = values[first] / values[second]
        undecided = 1 / least < group_ratio < least
        if undecided and min(ups.sum(), downs.sum()) >= CAMP * (1 - 1e-9):
            parts.append(
                (
                    first,
                    second,
                    group_ratio,
                    tuple(ups.index),
                    tuple(downs.index),
                    ratios.min(),
                    ratios.max(),
                )
            )
    table = pd.DataFrame(parts, columns=columns)
    apart = np.round(np.log(table["highest"].to_numpy(float) / table["lowest"].to_numpy(float)), 9)
    return table.iloc[np.argsort(-apart, kind="stable")].reset_index(drop=True)


def split_told(table: pd.DataFrame) -> str:
    """Return the sentence on the pairs on which the members contradict each other."""
    pairs = [
        told(
            "group_notes.pair",
            first=row["first"],
            second=row["second"],
            for_first=known(row["for the first"], 3),
            for_second=known(row["for the second"], 3),
        )
        for _, row in table[:NAMED].iterrows()
    ]
    shown = joined(pairs)
    if len(table) > NAMED:
        return told("group_notes.split_and_more", pairs=shown, count=len(table) - NAMED)
    return told("group_notes.split", pairs=shown)


def incompatibility(each: Mapping[str, Priorities], part: pd.Series, values: pd.Series) -> float:
    """Return the members' weighted mean squared log error about the group's priorities."""
    if len(each) < len(part) or any(found.consistency.missing for found in each.values()):
        return float("nan")
    matrices = np.stack([found.matrix.loc[values.index, values.index] for found in each.values()])
    return float(part.to_numpy() @ geometric_index(matrices, values.to_numpy()))

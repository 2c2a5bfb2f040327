"""Triads of pairwise judgements: where two ways from one item to another disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import digits
from mcda.sentences.catalogue import told


@dataclass(frozen=True)
class Triad:
    """Three items with judgements that disagree: first to third directly, and by the second.

    >>> print(Triad("a", "b", "c", 1 / 7, 49))
    'a', 'b' and 'c': 'a' to 'c' was judged 0.143, but the other two judgements make it 49
    """

    first: str
    second: str
    third: str
    judged: float
    by_way: float

    def __str__(self) -> str:
        """Tell the two numbers that disagree."""
        items = {"first": self.first, "second": self.second, "third": self.third}
        ratios = {"judged": digits(self.judged), "by_way": digits(self.by_way)}
        return told("consistency.triad", **items, **ratios)


def triads(matrix: np.ndarray, items: Sequence[str]) -> pd.DataFrame:
    """Return every judged triad of a matrix (n, n), worst first.

    Each has both ways from its first to its third item. A triad's disagreement is 1 less the
    smaller over the larger of the two ways (Koczkodaj, 1993); of equals the one with the earlier
    items comes first. NaN is a pair that wasn't judged.

    >>> judged = np.array([[1, 2, 3], [1 / 2, 1, 3], [1 / 3, 1 / 3, 1]])
    >>> triads(judged, "abc").loc[0, "disagreement"]
    np.float64(0.5)
    """
    at = np.array(list(combinations(range(len(items)), 3)), dtype=int).reshape(-1, 3)
    first, second, third = at.T
    judged = matrix[first, third]
    by_way = matrix[first, second] * matrix[second, third]
    names = []
    for triad in at.tolist():
        names.append([items[k] for k in triad])
    table = pd.DataFrame(names, columns=["first", "second", "third"])
    table["judged"] = judged
    table["by way"] = by_way
    table = table[~np.isnan(judged * by_way)]
    quotient = table["judged"] / table["by way"]
    table = table.assign(disagreement=1 - np.minimum(quotient, 1 / quotient))
    # equals differ by rounding alone
    worst_first = np.argsort(-table["disagreement"].round(12).to_numpy(), kind="stable")
    return table.iloc[worst_first].reset_index(drop=True)


def worst_triad(matrix: np.ndarray, items: Sequence[str]) -> Triad | None:
    """Return the judged triad that disagrees most; None where no three judgements meet.

    >>> worst_triad(np.array([[1, 2], [1 / 2, 1]]), "ab") is None
    True
    """
    table = triads(matrix, items)
    if table.empty:
        return None
    worst = table.iloc[0]
    return Triad(
        worst["first"],
        worst["second"],
        worst["third"],
        float(worst["judged"]),
        float(worst["by way"]),
    )

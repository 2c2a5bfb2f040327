"""How coherent pairwise judgements are: the consistency ratio and its random-index tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_word
from mcda.checks.significant_digits import fixed, rounded
from mcda.preferences.pairwise.triads import Triad
from mcda.sentences.catalogue import joined, told

SAATY_1980 = "Saaty 1980"
SAATY_2005 = "Saaty 2005"
ALONSO_LAMATA = "Alonso & Lamata 2006"
DONEGAN_DODD = "Donegan & Dodd 1991"
GOLDEN_WANG = "Golden & Wang 1989"
RANDOM_INDEX = {
    SAATY_1980: (
        0,
        0,
        0.58,
        0.90,
        1.12,
        1.24,
        1.32,
        1.41,
        1.45,
        1.49,
        1.51,
        1.48,
        1.56,
        1.57,
        1.59,
    ),
    SAATY_2005: (
        0,
        0,
        0.52,
        0.89,
        1.11,
        1.25,
        1.35,
        1.40,
        1.45,
        1.49,
        1.52,
        1.54,
        1.56,
        1.58,
        1.59,
    ),
    ALONSO_LAMATA: (
        0,
        0,
        0.5247,
        0.8816,
        1.1086,
        1.2479,
        1.3417,
        1.4057,
        1.4499,
        1.4854,
        1.5140,
        1.5365,
        1.5551,
        1.5713,
        1.5838,
    ),
    DONEGAN_DODD: (
        0,
        0,
        0.4914,
        0.8286,
        1.0591,
        1.1797,
        1.2519,
        1.3171,
        1.3733,
        1.4055,
        1.4213,
        1.4497,
        1.4643,
        1.4822,
        1.4969,
        1.5078,
        1.5153,
        1.5262,
        1.5313,
        1.5371,
    ),
    GOLDEN_WANG: (
        0,
        0,
        0.5799,
        0.8921,
        1.1159,
        1.2358,
        1.3322,
        1.3952,
        1.4537,
        1.4882,
        1.5117,
        1.5356,
        1.5571,
        1.5714,
        1.5831,
    ),
}
SOURCES = {
    SAATY_1980: "Saaty (1980), The Analytic Hierarchy Process",
    SAATY_2005: "Saaty (2005), Theory and Applications of the Analytic Network Process, p. 31",
    ALONSO_LAMATA: "Alonso and Lamata (2006), Consistency in the AHP: a new approach, IJUFKS 14(4)",
    DONEGAN_DODD: (
        "Donegan and Dodd (1991), A note on Saaty's random indexes, Math. Comput. Modelling 15(10)"
    ),
    GOLDEN_WANG: (
        "Golden and Wang (1989), An alternate measure of consistency, "
        "in Alonso and Lamata (2006), table 1; "
        "passed on by some software as Tummala and Ling (1998)"
    ),
}
LIMIT = 0.10  # Saaty (1980): above it, judgements should be looked at again


@dataclass(frozen=True)
class Consistency:
    """How coherent pairwise judgements are.

    A ratio of 0 is fully coherent; up to 0.10 is, by convention, taken as coherent. It says nothing
    of whether the judgements are right.

    Attributes
    ----------
    lambda_max : float or ndarray
        The principal eigenvalue.
    index : float or ndarray
        (lambda_max - n) / (n - 1).
    ratio : float or ndarray
        The index divided by the mean index of random matrices of size n in the named table.
    random_index : float
        That mean index.
    table : str
        The name of the table.
    size : int
        The number of items, n.
    missing : int
        How many pairs were filled in, which flatters the ratio.
    triad : Triad or None
        The worst triad, if the ratio of one matrix is above 0.10.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process.

    Examples
    --------
    >>> round(float(consistency(3, np.array(3.0037), SAATY_1980).index), 5)
    0.00185
    """

    lambda_max: Any
    index: Any
    ratio: Any
    random_index: float
    table: str
    size: int
    missing: int = 0
    triad: Triad | None = None

    @property
    def alarm(self) -> str:
        """A sentence if the judgements contradict each other beyond a ratio of 0.10, or blank."""
        table, defined = self._reached()
        ratios = np.ravel(defined)
        above = ratios[ratios > LIMIT]
        if not len(above):
            return ""
        about = {
            "ratio": ratio_above(float(above.max())),
            "limit": fixed(LIMIT, 2),
            "table": table,
            "size": self.size,
        }
        if np.ndim(self.ratio):
            counts = {
                "count": fixed(len(above), grouped=True),
                "all": fixed(len(ratios), grouped=True),
            }
            return told("consistency.alarm_of_many", **about, **counts)
        if self.triad:
            return told("consistency.alarm_on_triad", **about, triad=self.triad)
        return told("consistency.alarm", **about)

    def _reached(self) -> tuple[str, Any]:
        """Return the named table and its ratio, or those of one that reaches so many items, if any does."""
        if not np.isnan(self.random_index):
            return self.table, self.ratio
        for table, indices in RANDOM_INDEX.items():
            if self.size <= len(indices):
                return table, _ratio(self.index, indices[self.size - 1])
        return self.table, self.ratio

    @property
    def source(self) -> str:
        """The publication of the random-index table."""
        return SOURCES[self.table]

    @property
    def verdicts(self) -> pd.DataFrame:
        """For one matrix, the verdict of every table that reaches its size.

        Columns: random index, ratio, coherent, source.
        """
        rows = {
            table: {
                "random index": indices[self.size - 1],
                "ratio": _ratio(self.index, indices[self.size - 1]),
            }
            for table, indices in RANDOM_INDEX.items()
            if self.size <= len(indices)
        }
        verdicts = pd.DataFrame.from_dict(rows, orient="index", columns=["random index", "ratio"])
        return verdicts.assign(
            coherent=verdicts["ratio"] <= LIMIT, source=[SOURCES[table] for table in verdicts.index]
        )

    def __str__(self) -> str:
        """Say the ratio with its table and size, its limits, and where tables disagree."""
        if np.ndim(self.ratio):
            about = {"count": np.size(self.ratio), "table": self.table, "size": self.size}
            return told("consistency.many", **about)
        return joined(self._parts_told())

    def _parts_told(self) -> Iterator[str]:
        """Go through what is said of one ratio."""
        about = {"table": self.table, "size": self.size}
        yield told("consistency.one", ratio=ratio_told(self.ratio), **about)
        if self.size < 3:
            yield told("consistency.two_items")
        if self.missing:
            pairs = self.size * (self.size - 1) // 2
            yield told("consistency.missing", missing=self.missing, pairs=pairs)
        yield from self._by_another() if np.isnan(self.ratio) else self._disagreement()

    def _by_another(self) -> Iterator[str]:
        """Say that the named table ends before this size, and the ratio by one that reaches it."""
        yield told("consistency.ends", items=len(RANDOM_INDEX[self.table]))
        others = [
            told("consistency.by_another", ratio=fixed(row.ratio, 3), table=table)
            for table, row in self.verdicts.iterrows()
        ]
        if others:
            yield told("join.comma").join(others)

    def _disagreement(self) -> Iterator[str]:
        """Say which tables take the judgements as coherent, where not all do."""
        sides = {}
        for side, part in self.verdicts.groupby("coherent"):
            ratios = [f"{table} ({fixed(ratio, 3)})" for table, ratio in part["ratio"].items()]
            sides[side] = told("join.comma").join(ratios)
        if len(sides) == 2:
            about = {"within": sides[True], "above": sides[False]}
            yield told("consistency.disagree", limit=fixed(LIMIT, 2), **about)


def ratio_told(ratio: float, places: int = 3) -> str:
    """Return a ratio with so many places, in words where it isn't defined: more items than its table reaches.

    >>> ratio_told(0.0032), ratio_told(float("nan"))
    ('0.003', 'not defined')
    """
    return told("consistency.undefined") if np.isnan(ratio) else fixed(ratio, places)


def ratio_above(ratio: float) -> str:
    """Return a ratio above 0.10 with two places, or as many more as show that it is above.

    >>> ratio_above(4.4258), ratio_above(0.1004)
    ('4.43', '0.1004')
    """
    places = next((places for places in range(2, 12) if rounded(ratio, places) > LIMIT), 12)
    return fixed(ratio, places)


def consistency(n: int, lambda_max: np.ndarray, table: str, missing: int = 0) -> Consistency:
    """Return the consistency of matrices of n items with principal eigenvalues (...).

    table: the name of a random-index table.

    The ratio is NaN, not defined, for more items than the table reaches.

    >>> print(consistency(3, np.array(3.0037), SAATY_1980))
    consistency ratio 0.003 (Saaty 1980, n = 3)
    """
    check_word(table, RANDOM_INDEX, "random-index table")
    indices = RANDOM_INDEX[table]
    random = indices[n - 1] if n <= len(indices) else float("nan")
    excess = np.maximum(lambda_max - n, 0.0)
    index = np.where(excess > 1e-12 * n, excess, 0.0) / max(n - 1, 1)
    return Consistency(
        _scalar(lambda_max),
        _scalar(index),
        _scalar(_ratio(index, random)),
        random,
        table,
        n,
        missing,
    )


def _ratio(index: Any, random: float) -> Any:
    return index / random if random else np.zeros_like(index)


def _scalar(number: Any) -> Any:
    return float(number) if np.ndim(number) == 0 else number

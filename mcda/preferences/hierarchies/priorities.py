"""The analytic hierarchy process: the priorities that pairwise judgements imply."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_word
from mcda.checks.faults import AssumptionWarning
from mcda.display.html_table import html_table
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.pairwise.consistency import SAATY_1980, Consistency, consistency
from mcda.preferences.pairwise.eigenvector import principal
from mcda.preferences.pairwise.incomplete import COMPLETIONS, completed
from mcda.preferences.pairwise.reciprocal_matrix import reciprocal
from mcda.preferences.pairwise.triads import worst_triad
from mcda.sentences.catalogue import counted, joined, told

COMPLETION_OF = {"eigenvector": "eigenvalue", "geometric mean": "log least squares"}
RULES = tuple(COMPLETION_OF)


@dataclass(frozen=True, eq=False)
class Priorities:
    """A priority vector that sums to one, with the consistency of its judgements.

    numpy reads it as an array.

    Attributes
    ----------
    values : ndarray of shape (..., n) or pandas.Series
        The priorities.
    consistency : Consistency
        Of the judgements.
    rule : str
        How they were computed.
    matrix : pandas.DataFrame or None
        The matrix that was solved, missing pairs filled in; None for a stack.
    completion : str
        How missing pairs were filled in; blank if there were none.

    Examples
    --------
    >>> np.asarray(priorities([[1, 3], [1 / 3, 1]])).round(9).tolist()
    [0.75, 0.25]
    """

    values: Any
    consistency: Consistency
    rule: str
    matrix: Any
    completion: str = ""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """Return the vector."""
        return np.array(self.values, dtype=dtype)

    def __iter__(self) -> Iterator[Any]:
        """Go through the vector."""
        return iter(np.asarray(self.values))

    def __len__(self) -> int:
        """Return the number of things compared (of matrices, for a stack)."""
        return len(self.values)

    def __getitem__(self, at: Any) -> Any:
        """Return an entry by position, or by label where there are labels."""
        return self.values[at]

    @property
    def told(self) -> str:
        """How the vector came about: the rule, and the completion where pairs were missing."""
        missing = self.consistency.missing
        size = self.consistency.size
        if not missing:
            return self.rule
        pairs = counted(size * (size - 1) // 2, "pair")
        about = {"rule": self.rule, "missing": missing, "pairs": pairs}
        return told("priorities.completed", **about, way=self.completion)

    def _repr_html_(self) -> str:
        return html_table(
            pd.DataFrame({"priority": self.values}), joined([self.told, str(self.consistency)])
        )


def priorities(
    matrix: Any,
    rule: str = "eigenvector",
    *,
    random_index: str = SAATY_1980,
    completion: str | None = None,
) -> Priorities:
    """Return the priorities that pairwise judgements imply, with their consistency.

    Warns of entries given as decimals (0.33 for 1/3), of which the larger of a pair is then
    believed, and of judgements that contradict each other beyond a consistency ratio of 0.10: the
    warning names the worst triad, or for a stack how many of its matrices do.

    Parameters
    ----------
    matrix : Judgements or array_like of shape (..., n, n)
        Entry (i, j) is how many times i is preferred to j; the matrix is positive and reciprocal. A
        labelled DataFrame gives a labelled vector. NaN is a pair that wasn't judged, in one matrix.
    rule : str
        "eigenvector" (Saaty, 1980) or "geometric mean" (Crawford and Williams, 1985).
    random_index : str
        The table of random indices of the consistency ratio.
    completion : str, optional
        How missing pairs are filled in: "eigenvalue", "log least squares" (both Bozoki, Fulop and
        Ronyai, 2010) or "Harker" (1987); by default the one that minimises what the rule does.

    Returns
    -------
    Priorities
        The vector (..., n), summing to one, and its consistency. The ratio is NaN, not defined, for
        more items than the table of random indices reaches; contradictions are then measured by one
        that reaches them, if any does.

    Raises
    ------
    InputError
        That names the pair, the diagonal, the size, or the parts that no judgement connects.

    References
    ----------
    Saaty (1980), The Analytic Hierarchy Process. Crawford and Williams (1985), Journal of
    Mathematical Psychology 29. Bozoki, Fulop and Ronyai (2010), Mathematical and Computer Modelling
    52. Harker (1987), Mathematical Modelling 9.

    Examples
    --------
    >>> found = priorities([[1, 3, 5], [1/3, 1, 2], [1/5, 1/2, 1]])
    >>> found.values.round(3).tolist(), round(found.consistency.ratio, 4)
    ([0.648, 0.23, 0.122], 0.0032)
    """
    found = solved(matrix, rule, random_index, completion)
    tell_contradictions({"": found})
    return found


def solved(
    matrix: Any,
    rule: str = "eigenvector",
    random_index: str = SAATY_1980,
    completion: str | None = None,
) -> Priorities:
    """Return what `priorities` does, for callers that tell contradictions in words of their own.

    >>> solved([[1, 3], [1/3, 1]]).values.tolist()
    [0.75, 0.25]
    """
    _check(rule, completion)
    cells = matrix.matrix if isinstance(matrix, Judgements) else matrix
    judged, items, missing = reciprocal(cells)
    completion = completion or COMPLETION_OF[rule]
    solvable = completed(judged, items, completion) if missing else judged
    values, lambda_max = principal(solvable)
    coherence = consistency(len(items), lambda_max, random_index, missing)
    if solvable.ndim == 2 and coherence.alarm:
        coherence = replace(coherence, triad=worst_triad(judged, items))
    values = geometric_means(solvable) if rule == "geometric mean" else values
    if isinstance(cells, pd.DataFrame):
        values = pd.Series(values, index=cells.index, name="priority")
    used = completion if missing else ""
    return Priorities(values, coherence, rule, _labelled_copy(solvable, cells), used)


def tell_contradictions(by_name: Mapping[str, Priorities], depth: int = 3) -> None:
    """Warn once of all judgements that contradict each other, by where they were given.

    The place is blank for the only ones. `depth` is how many calls up the caller is that the
    warning shows.
    """
    alarms = {
        where: one.consistency.alarm for where, one in by_name.items() if one.consistency.alarm
    }
    if alarms:
        told = [f"{where}: {alarm}" if where else alarm for where, alarm in alarms.items()]
        warnings.warn("; ".join(told), AssumptionWarning, stacklevel=depth)


def _labelled_copy(judged: np.ndarray, given: Any) -> Any:
    """Return a copy of one matrix, labelled where it was given so; None for a stack of them."""
    if judged.ndim > 2:
        return None
    return (
        pd.DataFrame(judged, *given.axes, copy=True)
        if isinstance(given, pd.DataFrame)
        else judged.copy()
    )


def _check(rule: str, completion: str | None) -> None:
    check_word(rule, RULES, "rule")
    if completion is not None:
        check_word(completion, COMPLETIONS, "completion")


def geometric_means(matrix: np.ndarray) -> np.ndarray:
    """Return the geometric means (..., n) of the rows of matrices (..., n, n), over their sum.

    >>> geometric_means(np.array([[1.0, 4.0], [0.25, 1.0]])).tolist()
    [0.8, 0.2]
    """
    logs = np.log(matrix).mean(axis=-1)
    means = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(means / means.sum(axis=-1, keepdims=True))

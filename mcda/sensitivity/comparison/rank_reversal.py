"""Rank reversal: what happens to the order of options when others are dropped, copied or added."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import AssumptionWarning
from mcda.display.html_table import html_result
from mcda.methods.compromise.relative_topsis import RelativeTopsis
from mcda.methods.contest import Contest, contest
from mcda.methods.method import Choice
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.methods.textbook.table_methods import TableMethod
from mcda.problem.screening import Floors
from mcda.sentences.catalogue import method_asked, method_name, told

NEAR = 0.01  # of a scale: how much worse a near copy is than its original


@dataclass(frozen=True, eq=False)
class RankReversal:
    """What changed among the original options in each test, beside the full ranking.

    Attributes
    ----------
    table : DataFrame
        A row for each test and option: test ("drop", "copy", "near copy", "dominated", "pair"),
        option, pairs of the others that changed order, whether the leader changed, and who leads
        then.
    summary : DataFrame
        A row for each test: how many were run, in how many some pair changed order and in how many
        the leader did.
    cycles : tuple of (str, str, str)
        Triples of options in which each beats the next when two are ranked alone.
    immune : bool
        Whether a score depends on the option's own row alone, so that nothing can change by
        construction.
    method : str
        The method that scores the options.
    holder : str
        The holder of the weights.
    finding : str
        The finding in words.
    """

    table: pd.DataFrame
    summary: pd.DataFrame
    cycles: tuple[tuple[str, str, str], ...]
    immune: bool
    method: str
    holder: str
    finding: str

    def _repr_html_(self) -> str:
        caption = told("caption.reversals", method=method_asked(self.method))
        return html_result(self.finding, {caption: self.summary})


def rank_reversal(
    given: Any, weights: Any, method: Choice, *, floors: Floors = None, p: float = 2.0
) -> RankReversal:
    """Return what dropping, copying or dominating each option does to the order of the others.

    A copy is also tried with small losses: a near copy is worse than the original by 1% of each
    criterion's spread, and the dominated option by half of it, but never worse than the criterion's
    worst. Every pair is also ranked alone: the pair's order is compared with the full ranking, and
    triples that go round in a circle are listed. Of more than 40 options the 12 that score highest
    are tested so, and the finding says it.

    Parameters
    ----------
    given : Problem or table, (m, n)
        A question or a table, as for `contest`.
    weights : Weights or sequence, (n,)
        The weights, as for `contest`.
    method : str or function
        The method that scores the options, as for `rank`.
    floors : optional
        The floors that exclude options, as for `rank`.
    p : float
        The order of the distance in TOPSIS.

    Returns
    -------
    RankReversal
        What changed in each test.

    References
    ----------
    Belton and Gear (1983). Garcia-Cascales and Lamata (2012).

    Examples
    --------
    >>> rank_reversal([[0.8, 0.4], [0.4, 0.9], [0.1, 0.2]], [0.7, 0.3], "topsis").immune
    True
    """
    case = contest(given, weights, method, floors=floors, p=p)
    with warnings.catch_warnings():  # a criterion on which two options are alike is no news here
        warnings.simplefilter("ignore", AssumptionWarning)
        table = _tested(case)
        cycles = tuple(_cycles(case))
    summary = table.groupby("test", sort=False).agg(
        run=("option", "size"),
        reversed=("pairs", lambda pairs: int((pairs != "").sum())),
        leader_changes=("leader_changes", "sum"),
    )
    return RankReversal(
        table,
        summary,
        cycles,
        case.anchored,
        case.method,
        case.holder,
        _finding(case, summary, cycles),
    )


def _tested(case: Contest) -> pd.DataFrame:
    tests = [*_dropped(case), *_added(case), *_pairs(case)]
    return pd.DataFrame(
        [(test, option, *_compared(case, changed)) for test, option, changed in tests],
        columns=["test", "option", "pairs", "leader_changes", "then_leads"],
    )


def _dropped(case: Contest) -> Iterator[tuple[str, str, Contest]]:
    if len(case.values) > 2:
        for option in case.tried:
            yield "drop", option, replace(case, values=case.values.drop(index=option))


def _added(case: Contest) -> Iterator[tuple[str, str, Contest]]:
    """Go through the contests with a newcomer made from each option."""
    for test, worse in (("copy", 0.0), ("near copy", NEAR), ("dominated", 0.5)):
        for option in case.tried:
            row = _worsened(case, case.values.loc[option], worse).rename(f"{test} of {option}")
            yield test, option, replace(case, values=pd.concat([case.values, row.to_frame().T]))


def _worsened(case: Contest, row: pd.Series, share: float) -> pd.Series:
    """Return a row moved towards the worst by a share of each criterion's spread.

    It never goes beyond the worst of the options at hand.
    """
    best = case.values.max()
    worst = case.values.min()
    if isinstance(case.score, RelativeTopsis | TableMethod):
        directions = case.score.directions or ["max"] * len(row)
        costs = np.array([direction == "min" for direction in directions])
        largest = best
        best = best.where(~costs, worst)
        worst = worst.where(~costs, largest)
    moved = row - share * (best - worst)
    return moved.where((moved - worst) * np.sign(best - worst) >= 0, worst)


def _pairs(case: Contest) -> Iterator[tuple[str, str, Contest]]:
    if len(case.values) > 2:
        for first, second in combinations(case.tried, 2):
            yield (
                "pair",
                f"{first}, {second}",
                replace(case, values=case.values.loc[[first, second]]),
            )


def _compared(case: Contest, changed: Contest) -> tuple[str, bool, str]:
    """Return which pairs of original options changed order, and whether the best of them did.

    The last string names the best now. Only the options that are left are compared.
    """
    left = case.values.index[case.values.index.isin(changed.values.index)]
    before = case.scores[left]
    after = changed.scores[left]
    turned = np.argwhere(np.triu(_orders(before) * _orders(after) < 0))
    first = _best(before)
    then = _best(after)
    pairs = ", ".join(f"{left[one]}-{left[other]}" for one, other in turned)
    return pairs, not first & then, ", ".join(sorted(then))


def _orders(scores: pd.Series) -> np.ndarray:
    """Return the order of each option (m,) to each other: 1 before it, -1 behind, 0 level."""
    gaps = np.subtract.outer(scores.to_numpy(), scores.to_numpy())
    return np.where(np.abs(gaps) <= TIE_TOLERANCE, 0, np.sign(gaps))


def _order(scores: pd.Series, first: str, second: str) -> int:
    gap = scores[first] - scores[second]
    return 0 if abs(gap) <= TIE_TOLERANCE else int(np.sign(gap))


def _best(scores: pd.Series) -> set[str]:
    return set(scores.index[scores >= scores.max() - TIE_TOLERANCE])


def _cycles(case: Contest) -> Iterator[tuple[str, str, str]]:
    """Go through triples in which, ranked two at a time, a beats b, b beats c and c beats a."""
    beats = set()
    for first, second in permutations(case.tried, 2):
        scores = replace(case, values=case.values.loc[[first, second]]).scores
        if _order(scores, first, second) > 0:
            beats.add((first, second))
    for a, b, c in combinations(case.tried, 3):
        for one, two, three in ((a, b, c), (a, c, b)):
            if {(one, two), (two, three), (three, one)} <= beats:
                yield one, two, three


def _finding(case: Contest, summary: pd.DataFrame, cycles: Sequence[tuple[str, str, str]]) -> str:
    return " ".join(filter(None, [_reversals(case, summary, len(cycles)), case.scope]))


def _reversals(case: Contest, summary: pd.DataFrame, cycles: int) -> str:
    """Return the sentence on how many tests reversed something."""
    counts = {name: int(summary[name].sum()) for name in ("run", "reversed", "leader_changes")}
    if case.anchored:
        return told(
            "reversal.none",
            method=method_name(case.method),
            run=counts["run"],
            reversed=counts["reversed"],
        )
    circles = told("reversal.circles", count=cycles) if cycles else ""
    return told(
        "reversal.some",
        method=method_name(case.method),
        reversed=counts["reversed"],
        run=counts["run"],
        leads=counts["leader_changes"],
        circles=circles,
    )

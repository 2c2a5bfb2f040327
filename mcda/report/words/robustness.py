"""Sentences about draws: shares of tested assumptions, never the likelihood of an event."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mcda.problem.model import Problem
from mcda.report.words.catalogue import counted, listed, told
from mcda.report.words.numbers import bound_of_none, figure, share
from mcda.report.words.results import counted_points, method_name, option_name
from mcda.robustness.fragility import Fragility

# cut points of ICD 203, so that readers' intuitions carry over; quantifiers, so that nobody reads a likelihood
PHRASES = ((0.95, "nearly_all"), (0.80, "large_majority"), (0.55, "most"), (0.45, "half"), (0.20, "minority"),
           (0.05, "few"), (0.0, "almost_none"))  # fmt: skip
TIED = (0.45, 0.55)


def robustness_phrase(part: float) -> str:
    """Return the words for a share of tested assumptions.

    >>> robustness_phrase(0.72), robustness_phrase(0.5)
    ('under most tested assumptions', 'under about half of tested assumptions: treat as tied')
    """
    return told(f"robust.{next(key for bar, key in PHRASES if part >= bar)}")


def first_place(problem: Problem, option: str, part: float, error: float, draws: int) -> str:
    """Return in which share of draws an option ranks first, with its sampling error; never in any, its bound."""
    about = {"option": option_name(problem, option), "draws": counted(draws, "draw"),
             "phrase": robustness_phrase(part)}  # fmt: skip
    if part == 0:
        return told("robust.never", **about, bound=bound_of_none(draws))
    points = max(1, round(100 * 1.96 * error)) if error > 0 else 0
    shown = told("robust.error", points=counted_points(points)) if points else told("robust.exact")
    return told("robust.first", **about, share=share(part), error=shown)


def first_across(problem: Problem, option: str, parts: Mapping[str, float], draws: int, method: str) -> str:
    """Return between which shares, and for which holders, an option ranks first over the draws."""
    low, high = min(parts, key=parts.__getitem__), max(parts, key=parts.__getitem__)
    about = {"draws": counted(draws, "draw"), "option": option_name(problem, option), "method": method_name(method),
             "low": share(parts[low]), "high": share(parts[high]), "low_holder": low, "high_holder": high,
             "holders": counted(len(parts), "holder")}  # fmt: skip
    if len(parts) == 1:
        return told("robust.across_one", **about)
    return told("robust.across_same" if about["low"] == about["high"] else "robust.across", **about)


def interval(problem: Problem, option: str, low: int, high: int) -> str:
    """Return the ranks between which an option lies in nine draws of ten."""
    key = "robust.interval_one" if low == high else "robust.interval"
    return told(key, option=option_name(problem, option), low=low, high=high)


def leading_band(problem: Problem, winning: pd.DataFrame, leader: str) -> tuple[str, ...]:
    """Return the leader and every option that it doesn't outscore in more than 55% of draws, in order."""
    rivals = [option for option in winning.index if option != leader and winning.loc[leader, option] < TIED[1]]
    return (leader, *rivals)


def band(problem: Problem, options: tuple[str, ...]) -> str:
    """Return the leading band in words: one option alone, or several that are not told apart."""
    if len(options) == 1:
        return told("robust.band_one", name=option_name(problem, options[0]))
    return told("robust.band", bar=share(TIED[1]), names=listed(option_name(problem, option) for option in options))


def closest(problem: Problem, winning: pd.DataFrame, leader: str) -> str:
    """Return the rival that outscores the leader most often: tied with it, or told apart."""
    if len(winning) == 1:
        return told("robust.one")
    others = winning.loc[leader].drop(leader)
    rival = str(others.idxmin())
    about = {
        "first": option_name(problem, leader),
        "second": option_name(problem, rival),
        "share": share(others[rival]),
    }
    return told("robust.tied" if TIED[0] <= others[rival] <= TIED[1] else "robust.apart", **about)


def handover(problem: Problem, found: Fragility, side: str) -> str:
    """Return the smallest change found on a side of the floor that hands the lead over: each number, from and to."""
    parts = [
        told("handover.part", label=row.label, option=f" ({row.option})" if row.option else "",
             before=figure(row.before), after=figure(row.after), unit=row.unit)
        for row in found.changes.itertuples()
    ]  # fmt: skip
    sentence = told("handover.sentence", then=option_name(problem, found.then_leads), parts=listed(parts),
                    whom=told(f"handover.{side}", holder=found.holder))  # fmt: skip
    return f"{sentence} {told('handover.alone')}" if found.notes else sentence

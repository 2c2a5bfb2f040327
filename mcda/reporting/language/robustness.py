"""Sentences about draws: shares of tested assumptions, never the likelihood of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import CLEAR, as_parts, rounded
from mcda.problem.model import Problem
from mcda.reporting.language.numbers import bound_of_none, share, turning, whole_percent
from mcda.reporting.language.results import counted_points, option_name
from mcda.sensitivity.information.of_each_estimate import ValueOfInformation
from mcda.sensitivity.smallest_change.certificate import Fragility
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sentences.catalogue import counted, listed, method_name, told
from mcda.uncertainty.counting.drawn_and_held import FACTS, PARTS, nothing_drawn
from mcda.uncertainty.smaa.indices import WORD_BARS, Acceptability
from mcda.uncertainty.smaa.robustness import Robustness

# quantifiers, so that nobody reads a likelihood
PHRASES = ("almost_none", "few", "minority", "half", "most", "large_majority", "nearly_all")
# whole percent of draws in which one option must outscore another, or the two are tied
TIED_BAR = 55


def what_was_drawn(*found: Robustness | ValueOfInformation) -> str:
    """Return what was drawn and what was held in results over the same draws.

    For several holders it says for how many of them.

    >>> import mcda
    >>> from criteria import ukraine_force
    >>> draws = mcda.sample(ukraine_force.problem(), 100, seed=1)
    >>> paris = ukraine_force.perspectives()["Paris"]
    >>> what_was_drawn(mcda.robustness(draws, paris, "topsis", hold="weights"))
    'facts, with weights held as stated'
    """
    first = found[0]
    if all(one.held_because == first.held_because for one in found):
        drawn = listed(told(f"drawn.{part}") for part in first.drawn)
        reasons = listed(
            told(f"drawn.{part}_{reason}") for part, reason in first.held_because.items()
        )
        return told("drawn.with", drawn=drawn, held=reasons) if reasons else drawn
    times = Counter(chain.from_iterable(one.drawn for one in found))
    counts = {part: times[part] for part in PARTS}
    holders = counted(len(found), "holder")
    parts = []
    for part, count in counts.items():
        drawn = told(f"drawn.{part}")
        if 0 < count < len(found):
            drawn = told("drawn.some", part=drawn, count=count, holders=holders)
        if count:
            parts.append(drawn)
    return listed(parts)


def draws_of(*found: Robustness | ValueOfInformation) -> str:
    """Return how many draws results rest on, and of what."""
    return told(
        "drawn.draws", draws=counted(int(found[0].draws), "draw"), drawn=what_was_drawn(*found)
    )


def draws_of_facts(draws: int) -> str:
    """Return how many draws something rests on that no weights touch."""
    return told("drawn.draws", draws=counted(int(draws), "draw"), drawn=told(f"drawn.{FACTS}"))


def no_shares(robust: Mapping[str, Robustness]) -> list[str]:
    """Return for which holders nothing was drawn, with the reason for each.

    These holders have no shares.
    """
    reasons: dict[str, list[str]] = {}
    for holder, one in robust.items():
        if not one.drawn:
            reasons.setdefault(nothing_drawn(one.held_because), []).append(holder)
    if len(reasons) == 1 and all(not result.drawn for result in robust.values()):
        reason = next(iter(reasons))
        return [f"{reason[0].upper()}{reason[1:]}."]
    return [
        told("robust.not_drawn", holders=listed(holders), reason=reason)
        for reason, holders in reasons.items()
    ]


def first_places(robust: Acceptability, places: int = 0) -> pd.Series:
    """Return the share of draws in which each option comes first, as it is shown.

    Shares are parts of 100 over all options. Sentences, tables and figures take a holder's shares
    from here, and words are chosen from them. places: of the percent; options without shares, where
    nothing was drawn, have none here.
    """
    stated = robust.first_rank["acceptability"]
    return pd.Series(as_parts(stated, places), stated.index, dtype=float)


def rank_shares(robust: Acceptability, options: Sequence[str]) -> pd.DataFrame:
    """Return the share of draws in which each of some options has each rank, as it is shown.

    First ranks are those of `first_places`. The other ranks of an option are parts of what is left
    of 100, for those that have no column among them.
    """
    stated = robust.rank_acceptability
    firsts = pd.Series(as_parts(stated[1]), stated.index)
    few = stated.loc[list(options)]
    others = few.drop(columns=1)
    without_column = np.maximum(0.0, 1 - few.sum(axis="columns"))
    rows = []
    for option, row in zip(few.index, others.to_numpy(dtype=float), strict=True):
        whole = 1 - rounded(firsts[option], 2)
        rows.append(as_parts([*row, without_column[option]], whole=whole)[:-1])
    shown = pd.DataFrame(rows, few.index, others.columns, dtype=float)
    shown[1] = firsts[few.index]
    return shown[few.columns]


def robustness_phrase(part: float) -> str:
    """Return the words for a share of tested assumptions.

    They are chosen from the whole percent that is shown. A share says how often something holds;
    that two options tie is for `leading_band` and `closest` to say.

    >>> robustness_phrase(0.72), robustness_phrase(0.5)
    ('under most tested assumptions', 'under about half of tested assumptions')
    >>> robustness_phrase(0.549) == robustness_phrase(0.552)
    True
    """
    passed = sum(whole_percent(part) >= bar for bar in WORD_BARS)
    return told(f"robust.{PHRASES[passed]}")


def ahead(part: float) -> bool:
    """Say whether one option is told apart from another that it outscores in this share of draws.

    >>> ahead(0.549), ahead(0.552), ahead(0.544)
    (True, True, False)
    """
    return whole_percent(part) >= TIED_BAR


def first_place(
    problem: Problem, option: str, part: float, error: float, draws: int, drawn: str = ""
) -> str:
    """Return in which share of draws an option ranks first, with its sampling error.

    If it never does, the bound is given. drawn: what was drawn, in words.
    """
    draws_counted = counted(draws, "draw")
    about = {
        "option": option_name(problem, option),
        "draws": told("drawn.draws", draws=draws_counted, drawn=drawn) if drawn else draws_counted,
        "phrase": robustness_phrase(part),
    }
    if part == 0:
        return told("robust.never", **about, bound=bound_of_none(draws))
    points = max(1, int(rounded(100 * CLEAR * error)))
    shown = told("robust.error", points=counted_points(points))
    return told("robust.first", **about, share=share(part), error=shown)


def first_across(
    problem: Problem, option: str, parts: Mapping[str, float], draws: str, method: str
) -> str:
    """Return between which shares, and for which holders, an option ranks first over the draws.

    draws: how many, and of what, as in `draws_of`.
    """
    low = min(parts, key=parts.__getitem__)
    high = max(parts, key=parts.__getitem__)
    about = {
        "draws": draws,
        "option": option_name(problem, option),
        "method": method_name(method),
        "low": share(parts[low]),
        "high": share(parts[high]),
        "low_holder": low,
        "high_holder": high,
        "holders": counted(len(parts), "holder"),
    }
    if len(parts) == 1:
        return told("robust.across_one", **about)
    key = "robust.across_same" if about["low"] == about["high"] else "robust.across"
    return told(key, **about)


def interval(problem: Problem, option: str, low: int, high: int) -> str:
    """Return the ranks between which an option lies in nine draws of ten."""
    key = "robust.interval_one" if low == high else "robust.interval"
    return told(key, option=option_name(problem, option), low=low, high=high)


def leading_band(problem: Problem, winning: pd.DataFrame | None, leader: str) -> tuple[str, ...]:
    """Return the leader and every option tied with it, in order.

    Of two tied options neither outscores the other in 55% of draws. winning: None where pairs of so
    many options aren't kept; then no tie is known.
    """
    if winning is None:
        return (leader,)
    rivals = [
        option
        for option in winning.index
        if option != leader
        and not ahead(winning.loc[leader, option])
        and not ahead(winning.loc[option, leader])
    ]
    return (leader, *rivals)


def band(problem: Problem, options: tuple[str, ...]) -> str:
    """Return which options are tied with the leader, the first of them; or that none is."""
    leader, *tied = (option_name(problem, option) for option in options)
    if not tied:
        return told("robust.band_one", name=leader)
    return told("robust.band", bar=share(TIED_BAR / 100), first=leader, names=listed(tied))


def closest(problem: Problem, winning: pd.DataFrame, leader: str) -> str:
    """Return the rival that the leader outscores least often.

    The sentence says whether it is behind over the draws, tied, or ahead.
    """
    if len(winning) == 1:
        return told("robust.one")
    others = winning.loc[leader].drop(leader)
    rival = str(others.idxmin())
    names = {"first": option_name(problem, leader), "second": option_name(problem, rival)}
    if ahead(others[rival]):
        return told("robust.apart", **names, share=share(others[rival]))
    back = winning.loc[rival, leader]
    if ahead(back):
        return told("robust.overtaken", **names, share=share(back))
    return told("robust.tied", **names, share=share(others[rival]))


def handover(problem: Problem, smallest: Fragility, side: str) -> str:
    """Return the smallest change found on a side of the floor that changes who leads.

    It names each number, from and to.
    """
    parts = []
    for row in smallest.changes.itertuples():
        option = f" ({option_name(problem, row.option)})" if row.option else ""
        turn = turning(row.threshold)
        now = row.threshold.now
        part = told(
            "handover.part", label=row.label, option=option, turn=turn, now=now, unit=row.unit
        )
        parts.append(part)
    leaders = leaders_in(problem, smallest.then_leads)
    key = "handover.sentence" if len(leaders) == 1 else "handover.tied"
    sentence = told(
        key,
        then=listed(option_name(problem, option) for option in leaders),
        parts=listed(parts),
        whom=told(f"handover.{side}", holder=smallest.holder),
    )
    return f"{sentence} {told('handover.alone')}" if smallest.notes else sentence

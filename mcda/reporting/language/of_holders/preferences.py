"""Sentences about weights.

They say who stated them, where the holders differ, and how coherent their judgements are.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from mcda.checks.significant_digits import digits, fixed, percents, plain
from mcda.preferences.from_statements.weights import STATEMENTS
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.reporting.language.evidence import kind_name
from mcda.sentences.catalogue import counted, listed, told

ACCEPTED_RATIO = 0.1  # the limit of Saaty (1980) on the ratio of consistency


def spread(problem: Problem, chosen: Sequence[Weights]) -> str:
    """Return the head on which the holders differ most, with both ends and their holders."""
    if all(stated.method == "equal" for stated in chosen):
        return told("weights.nobody")
    if len(chosen) == 1:
        return told("weights.alike")
    by_head = {stated.holder: head_shares(problem, stated) for stated in chosen}
    ends = {
        key: (
            min(by_head, key=lambda holder: by_head[holder][key]),
            max(by_head, key=lambda holder: by_head[holder][key]),
        )
        for key in next(iter(by_head.values()))
    }
    widest = max(ends, key=lambda key: by_head[ends[key][1]][key] - by_head[ends[key][0]][key])
    low, high = ends[widest]
    points = {
        holder: dict(zip(by_head[holder], percents(by_head[holder].values(), unit=""), strict=True))
        for holder in (low, high)
    }
    return told(
        "weights.spread",
        label=problem.criterion(widest).label,
        low=points[low][widest],
        high=points[high][widest],
        low_holder=low,
        high_holder=high,
    )


def asked(chosen: Sequence[Weights], what: str = "weights") -> str:
    """Return what kinds of number are behind weights, or behind what else is named.

    The sentence also says which are statements of the holders' own.
    """
    kinds = sorted({kind for stated in chosen for kind in stated.kinds})
    if not kinds:
        return told("weights.unrecorded", what=what)
    own = [stated.holder for stated in chosen if "statement" in stated.kinds]
    whose = told("weights.asked", holders=listed(own)) if own else told("weights.unasked")
    return f"{told('weights.kinds', what=what, kinds=listed(map(kind_name, kinds)))} {whose}"


def head_shares(problem: Problem, stated: Weights) -> dict[str, float]:
    """Return the weight of every head at the top of the tree, by key."""
    values = over_leaves(problem, stated).values
    return values.groupby([problem.top(key) for key in values.index], sort=False).sum().to_dict()


def consistency(chosen: Sequence[Weights]) -> list[str]:
    """Return the range of consistency ratios with their table.

    A sentence says which holders lie above the customary 0.1.
    """
    priorities = {
        stated.holder: stated.pairwise.consistency
        for stated in chosen
        if stated.pairwise and stated.pairwise.consistency
    }
    if not priorities:
        return [told("weights.no_pairs")]
    about = next(iter(priorities.values()))
    ratios = {
        holder: priority.ratio
        for holder, priority in priorities.items()
        if not isnan(priority.ratio)
    }
    holders = counted(len(chosen), "holder")
    table = f"{about.table}, n = {about.size}"
    if not ratios:
        return [told("weights.no_ratio", count=len(priorities), holders=holders, table=table)]
    ends = {"low": fixed(min(ratios.values()), 2), "high": fixed(max(ratios.values()), 2)}
    key = "consistency" if ends["low"] != ends["high"] else "consistency_alike"
    sentences = [
        told(f"weights.{key}", count=len(priorities), holders=holders, **ends, table=table)
    ]
    loose = [holder for holder, ratio in ratios.items() if ratio > ACCEPTED_RATIO]
    return sentences + (
        [told("weights.inconsistent", bar=plain(ACCEPTED_RATIO), names=listed(loose))]
        if loose
        else []
    )


def from_statements(chosen: Sequence[Weights]) -> list[str]:
    """Return a sentence for each holder whose weights come from statements, with their words."""
    sentences = []
    for stated in chosen:
        if STATEMENTS in stated.steps:
            words = [
                told("weights.said", words=one) for one in stated.steps[STATEMENTS]["statement"]
            ]
            said = listed(words)
            sentences.append(told("weights.from_statements", holder=stated.holder, said=said))
    return sentences


def contradictions(problem: Problem, chosen: Sequence[Weights]) -> list[str]:
    """Return the judgements of each holder that contradict each other.

    For such a holder these are the three that disagree most.
    """
    contradictory = {
        stated.holder: stated.pairwise.consistency.triad
        for stated in chosen
        if stated.pairwise and stated.pairwise.consistency
    }
    return [
        told(
            "weights.triad",
            holder=holder,
            first=problem.criterion(triad.first).label,
            second=problem.criterion(triad.second).label,
            third=problem.criterion(triad.third).label,
            judged=digits(triad.judged),
            by_way=digits(triad.by_way),
        )
        for holder, triad in contradictory.items()
        if triad
    ]

"""What a reader of the shares of draws must know: for whom the best estimates give another first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mcda.holders.answers import Answer
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.reporting.language.first_page.plain_names import (
    cut,
    plain_options,
    side_told,
    started,
)
from mcda.sentences.catalogue import counted, joined, told
from mcda.uncertainty.smaa.robustness import Robustness

MOST_NAMED = 2  # holders: more of them are counted


def led_otherwise(
    problem: Problem,
    rankings: Mapping[str, Answer[Ranking]],
    drawn: Mapping[str, Answer[Robustness]],
    sides: Sequence[str],
) -> list[str]:
    """Return for whom the option that is first in most draws isn't first at the best estimates.

    There is a sentence for each side on which it is so for somebody: the page counts who comes
    first at the best estimates, and its figure shows the draws.
    """
    sentences = []
    for side in sides:
        leaders = _leaders_of_others(rankings, drawn, side)
        if leaders:
            sentences.append(started(_sentence(problem, leaders, side_told(problem, side))))
    return sentences


def _leaders_of_others(
    rankings: Mapping[str, Answer[Ranking]], drawn: Mapping[str, Answer[Robustness]], side: str
) -> dict[str, tuple[str, ...]]:
    """Return the leaders at the best estimates of each holder for whom the draws have another."""
    leaders = {}
    for holder, each in drawn.items():
        over_draws = each.on(side)
        ranking = rankings[holder].on(side)
        if over_draws is None or ranking is None:
            continue
        if str(over_draws.rank_acceptability[1].idxmax()) not in ranking.leaders:
            leaders[holder] = tuple(map(str, ranking.leaders))
    return leaders


def _sentence(problem: Problem, leaders: Mapping[str, tuple[str, ...]], side: str) -> str:
    """Return for whom another option is first, with its name; many are counted."""
    if len(leaders) > MOST_NAMED:
        holders = counted(len(leaders), "priorities")
        return told("first_page.led_otherwise_for_many", side=side, holders=holders)
    names = plain_options(problem)
    parts = []
    for holder, options in leaders.items():
        option = told("join.and").join(names[one] for one in options)
        parts.append(told("first_page.led_for", holder=cut(holder), option=option))
    return told("first_page.led_otherwise", side=side, parts=joined(parts))

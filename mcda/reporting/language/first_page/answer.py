"""The answer in at most three sentences.

They say what it turns on, who leads without the minimum, and who leads with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mcda.holders.answers import Answer
from mcda.methods.ranking import Ranking
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.screening import failures
from mcda.reporting.language.first_page.plain_names import (
    FEW,
    cut,
    few,
    kind_of_limit,
    limit_named,
    limit_set,
    plain_options,
    sets_of,
    started,
    without_brackets,
)
from mcda.reporting.language.headline import Lead, Rankings, lead_of
from mcda.reporting.language.numbers import share
from mcda.reporting.language.robustness import draws_of, first_places
from mcda.sentences.catalogue import counted, listed, told
from mcda.uncertainty.smaa.robustness import Robustness


@dataclass(frozen=True)
class Said:
    """A sentence, or a few, with the words that it opens with set apart; these may be blank."""

    opening: str
    text: str = ""


def answer_told(
    problem: Problem,
    answers: Mapping[str, Answer[Ranking]],
    robust: Mapping[str, Answer[Robustness]],
    floors: Mapping[str, float],
    shapes: pd.DataFrame | None = None,
) -> list[Said]:
    """Return the answer; `floors` are the limits that the question proposes, if any.

    answers, robust: by holder, by the leading method; where nothing was drawn, bands of scores
    decide who is too close to call. shapes: who leads under each structure, by one method, where
    the question states several: what the answer turns on is said of the stated one alone.
    """
    if len(problem.options) == 1:
        return _only_one(problem, floors)
    without = {holder: each.without for holder, each in answers.items()}
    drawn = {holder: each.without for holder, each in robust.items()}
    lead = lead_of(problem, without, drawn)
    if not floors:
        first = Said(started(_lead_told(problem, lead, without)))
        return [first, *_of_leader(problem, lead, without, drawn)]
    behind = {holder: each.behind for holder, each in answers.items() if each.behind is not None}
    drawn_behind = {h: each.behind for h, each in robust.items() if each.behind is not None}
    kind = kind_of_limit(problem, floors)
    first = Said(told(f"first_page.unset_{kind}"), _lead_told(problem, lead, without))
    condition = told("first_page.if", condition=limit_set(problem, floors))
    if not behind:
        turns = told("first_page.stops", limit=started(limit_named(problem, floors)))
        return [Said(turns), first, Said(condition, told("first_page.nobody_left"))]
    then = lead_of(problem, behind, drawn_behind)
    if _stands(lead, then) and not _moved_by_limits(without, behind) and shapes is None:
        limit = limit_named(problem, floors)
        option = few(plain_options(problem)[one] for one in lead.options)
        alike = told("first_page.stands", option=option, whom=_under(lead, without), limit=limit)
        return [Said(started(alike)), *_of_leader(problem, lead, without, {})]
    second = Said(condition, _lead_told(problem, then, behind))
    return [Said(_turns_on(problem, floors, without, behind, shapes)), first, second]


def _stands(lead: Lead, then: Lead) -> bool:
    """Say whether one option leads, and for as many, on either side of the limits."""
    return lead.kind == "one" and (lead.options, lead.count) == (then.options, then.count)


def _moved_by_limits(without: Rankings, behind: Rankings) -> bool:
    """Say whether anybody else leads with the limits than without them."""
    return any(without[holder].leaders != ranking.leaders for holder, ranking in behind.items())


def _only_one(problem: Problem, floors: Mapping[str, float]) -> list[Said]:
    """Return that there is nothing to compare, and whether the one option keeps the limits."""
    single = [Said(told("leads.single"))]
    if not floors:
        return single
    key = "single_fails" if len(failures(problem, floors)) else "single_passes"
    return [*single, Said("", told(f"first_page.{key}", limit=limit_named(problem, floors)))]


def _turns_on(
    problem: Problem,
    floors: Mapping[str, float],
    without: Rankings,
    behind: Rankings,
    shapes: pd.DataFrame | None,
) -> str:
    """Return whether the answer hangs on the limits, and in how many other shapes it doesn't so."""
    limit = limit_named(problem, floors)
    before = {holder: without[holder].leaders for holder in behind}
    then = {holder: ranking.leaders for holder, ranking in behind.items()}
    hangs = _hangs(before, then)
    about: dict[str, Any] = {}
    if hangs == "moves":
        about = {"count": _moved(before, then), "sets": sets_of(list(behind))}
    others = {} if shapes is None else _hangs_by_shape(shapes)
    kind = "stays" if hangs == "stays" else "turns"
    apart = sum((other == kind) != (hangs == kind) for other in others.values())
    if not apart:
        opening = limit if hangs == "turns" else started(limit)
        return told(f"first_page.{hangs}", limit=opening, **about)
    elsewhere = {"apart": apart, "shapes": counted(len(others), "shape")}
    return told(f"first_page.{hangs}_as_stated", limit=limit, **about, **elsewhere)


def _moved(before: Mapping[str, Hashable], then: Mapping[str, Hashable]) -> int:
    """Return for how many holders others lead with the limits than without them."""
    return sum(before[holder] != leaders for holder, leaders in then.items())


def _hangs(before: Mapping[str, Hashable], then: Mapping[str, Hashable]) -> str:
    """Return for whom who leads hangs on the limits: for most it "turns", or "moves", or "stays"."""
    moved = _moved(before, then)
    if not moved:
        return "stays"
    differs = _most_frequent(before) != _most_frequent(then)
    return "turns" if differs or 2 * moved > len(then) else "moves"


def _most_frequent(leaders: Mapping[str, Hashable]) -> set[Hashable]:
    """Return who leads for most holders, all of those that lead for as many."""
    counts = Counter(leaders.values())
    most = max(counts.values(), default=0)
    return {one for one, count in counts.items() if count == most}


def _hangs_by_shape(shapes: pd.DataFrame) -> dict[str, str]:
    """Return how who leads hangs on the limits under each shape but the stated one.

    Where a shape leaves out what the limits are on, or no option keeps them, nothing hangs on them.
    """
    found = {}
    for name, rows in shapes[shapes["structure"] != AS_STATED].groupby("structure", sort=False):
        sides = {side: held.set_index("holder")["leaders"] for side, held in rows.groupby("side")}
        before = sides["without"].to_dict()
        then = sides["behind"].to_dict() if "behind" in sides else before
        found[str(name)] = _hangs(before, then)
    return found


def _of_leader(
    problem: Problem, lead: Lead, rankings: Rankings, drawn: Mapping[str, Robustness]
) -> list[Said]:
    """Return on what the one leader does best and worst, and in how many draws it leads."""
    if lead.kind != "one":
        return []
    ends = _best_and_worst(problem, lead.options[0])
    said = [Said("", ends)] if ends else []
    theirs = [
        one
        for holder, one in drawn.items()
        if rankings[holder].leaders == lead.options and one.drawn
    ]
    if theirs:
        shares = [float(first_places(one)[lead.options[0]]) for one in theirs]
        low = share(min(shares))
        high = share(max(shares))
        span = low if low == high else told("cell.range", low=low, high=high)
        said.append(Said("", told("first_page.held", span=span, draws=draws_of(*theirs))))
    return said


def _best_and_worst(problem: Problem, option: str) -> str:
    """Return the measures on which an option comes closest to the best and to the worst end."""
    leaves = [leaf.key for leaf in problem.weighed]
    values: pd.Series = problem.values.loc[option, leaves]
    if values.max() == values.min():
        return ""
    ends = {"best": str(values.idxmax()), "worst": str(values.idxmin())}
    labels = {
        end: cut(without_brackets(problem.criterion(key).label or key)) for end, key in ends.items()
    }
    return told("first_page.best_and_worst", **labels)


def _lead_told(problem: Problem, lead: Lead, rankings: Rankings) -> str:
    """Return who leads, as the end of a sentence that begins with a condition."""
    names = plain_options(problem)
    if lead.kind == "split":
        return _split_told(names, lead)
    option = few([names[one] for one in lead.options])
    return told(f"first_page.{lead.kind}", option=option, whom=_under(lead, rankings))


def _under(lead: Lead, rankings: Rankings) -> str:
    """Return under how many sets of priorities something is so; the one there is by name."""
    if len(lead.holders) == 1:
        (holder,) = lead.holders
        if rankings[holder].weights.method == "equal":
            return told("first_page.with_equal")
        return told("first_page.with_those_of", holder=cut(holder))
    sets = sets_of(lead.holders)
    if lead.count == len(lead.holders):
        return told("first_page.under_all", sets=sets)
    return told("first_page.under_some", count=lead.count, sets=sets)


def _split_told(names: Mapping[str, str], lead: Lead) -> str:
    """Return who is first for how many; of many options those that are first most often."""
    parts = []
    for options, count in lead.firsts[:FEW]:
        level = told("join.and").join(names[option] for option in options[:FEW])
        parts.append(told("first_page.part", option=level, count=count))
    rest = sum(count for _, count in lead.firsts[FEW:])
    if rest:
        parts.append(told("first_page.others", count=rest))
    return told("first_page.split", parts=listed(parts), sets=sets_of(lead.holders))

"""The first line of a report: who leads, for how many holders, and how far that holds.

Another sentence says who is closest to another answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.holders.answers import Answer
from mcda.holders.price_of_agreement import Prices
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.reporting.language.agreements import dearer, nearest_change, points_moved, whole_points
from mcda.reporting.language.numbers import as_stated, share, turning
from mcda.reporting.language.results import floors_told, of_holders, option_name
from mcda.reporting.language.robustness import TIED_BAR, draws_of, first_places, leading_band
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.switching.floor_curve import FloorCurve
from mcda.sentences.catalogue import counted, listed, method_name, told
from mcda.uncertainty.smaa.robustness import Robustness

CLOSE = 2  # points of 100 that change hands
Rankings = Mapping[str, Ranking]


def headlines(
    problem: Problem,
    answers: Mapping[str, Answer[Ranking]],
    robust: Mapping[str, Answer[Robustness]],
    floors: Mapping[str, float],
) -> list[str]:
    """Return who leads by one method, without the floors and behind them.

    A sentence says whether the floors exclude the one who leads without them. answers, robust: by holder;
    where nothing was drawn, bands of scores count.
    """
    if len(problem.options) == 1:
        return [told("leads.single")]
    without = {holder: each.without for holder, each in answers.items()}
    behind = {holder: each.behind for holder, each in answers.items() if each.behind is not None}
    drawn = {holder: each.without for holder, each in robust.items()}
    first = headline(problem, without, drawn)
    if not floors:
        return [told("headline.alone", told=f"{first[0].upper()}{first[1:]}")]
    named = floors_told(problem, floors)
    told_first = told("headline.without", told=first)
    if not behind:
        return [told_first, told("headline.nothing", floor=named)]
    drawn = {holder: each.behind for holder, each in robust.items() if each.behind is not None}
    then = headline(problem, behind, drawn)
    lead = lead_of(problem, without, {holder: each.without for holder, each in robust.items()})
    passing = next(iter(behind.values())).table.index
    falls = lead.kind == "one" and lead.options[0] not in passing
    key = "headline.excludes" if falls else "headline.behind"
    return [
        told_first,
        told(key, floor=named, told=then),
    ]


def usual(rankings: Rankings) -> tuple[str, ...]:
    """Return the first option (or those that tie for first) of most holders."""
    return Counter(ranking.leaders for ranking in rankings.values()).most_common(1)[0][0]


@dataclass(frozen=True)
class Lead:
    """Who leads for some holders on one side of the floor.

    kind: "one" option leads, several are "tied", or the lead is "split" and no option has it.
    options: who leads or ties; none where it is split. count: for how many of the holders that is
    so. firsts: who is first by best estimates, and for how many, the most frequent first.
    """

    kind: str
    options: tuple[str, ...]
    count: int
    holders: tuple[str, ...]
    firsts: tuple[tuple[tuple[str, ...], int], ...]


def lead_of(problem: Problem, rankings: Rankings, drawn: Mapping[str, Robustness]) -> Lead:
    """Return who leads on one side of the floor: one option, several that are tied, or none alone.

    One option leads where it is first for more than half of the holders and no other is in the
    leading band of as many.
    """
    holders = tuple(rankings)
    firsts = tuple(Counter(ranking.leaders for ranking in rankings.values()).most_common())
    top, count = firsts[0]
    if 2 * count <= len(rankings):
        return Lead("split", (), 0, holders, firsts)
    bands = {holder: _band(problem, one, drawn.get(holder)) for holder, one in rankings.items()}
    near = Counter(option for band in bands.values() for option in band)
    rivals = [
        option for option, times in near.items() if 2 * times > len(rankings) and option not in top
    ]
    options = (*top, *rivals)
    if len(options) == 1:
        return Lead("one", options, count, holders, firsts)
    tied = sum({*options} <= {*band} for band in bands.values()) or count
    return Lead("tied", options, tied, holders, firsts)


def headline(problem: Problem, rankings: Rankings, drawn: Mapping[str, Robustness]) -> str:
    """Return who leads on one side of the floor, and in how many draws."""
    lead = lead_of(problem, rankings, drawn)
    if lead.kind == "split":
        return _split(problem, lead.firsts, lead.holders) + _shares_of_draws(
            problem, rankings, drawn, told("headline.each")
        )
    names = listed(option_name(problem, option) for option in lead.options)
    whom = of_holders(lead.count, lead.holders)
    first = told(f"headline.{lead.kind}", option=names, whom=whom)
    top = lead.firsts[0][0]
    theirs = {holder: ranking for holder, ranking in rankings.items() if ranking.leaders == top}
    who = told("headline.it") if lead.options == top else problem.short[top[0]]
    return first + _shares_of_draws(problem, theirs, drawn, who)


def _band(problem: Problem, ranking: Ranking, drawn: Robustness | None) -> Sequence[str]:
    """Return the options that can't be told from one holder's leader, itself among them."""
    if drawn is None:
        return [str(option) for option in ranking.table.index[ranking.table["band"] == 1]]
    return _tied(problem, drawn, ranking)


def _tied(problem: Problem, drawn: Robustness, ranking: Ranking) -> tuple[str, ...]:
    """Return one holder's first option and those that the draws can't separate from it."""
    return leading_band(problem, drawn.pairwise_winning, ranking.leaders[0])


def _split(
    problem: Problem, firsts: Sequence[tuple[tuple[str, ...], int]], holders: Sequence[str]
) -> str:
    parts = []
    for leaders, count in firsts:
        option = told("join.and").join(option_name(problem, option) for option in leaders)
        parts.append(told("headline.part", option=option, count=count))
    return told("headline.split", parts=listed(parts), holders=counted(len(holders), "holder"))


def _shares_of_draws(
    problem: Problem, rankings: Rankings, robust: Mapping[str, Robustness], who: str
) -> str:
    """Return in how many draws the holders' first options are first.

    A sentence also says for how many holders one is in a tie.
    """
    found = {holder: robust[holder] for holder in rankings if holder in robust}
    if not found:
        return ""
    shares = [
        float(first_places(one)[rankings[holder].leaders[0]]) for holder, one in found.items()
    ]
    low = share(min(shares))
    high = share(max(shares))
    draws = draws_of(*found.values())
    span = low if low == high else told("cell.range", low=low, high=high)
    weak = sum(len(_tied(problem, one, rankings[holder])) > 1 for holder, one in found.items())
    tail = (
        told("headline.weak", holders=counted(weak, "holder"), bar=share(TIED_BAR / 100))
        if weak
        else ""
    )
    return told("headline.held", who=who, span=span, draws=draws) + tail


def nearest_holders(problem: Problem, prices: Prices, side: str) -> str:
    """Return the holders for whom two points of weight or fewer change the first option.

    Where there is none, the nearest holder is returned. The text is blank where no weights change
    any holder's first option.
    """
    changes = nearest_change(prices)
    if not len(changes):
        return ""
    near = changes[[whole_points(price) <= CLOSE for price in changes["price"]]]
    key, rows = (
        ("headline.close", near)
        if len(near)
        else ("headline.nearest", changes.loc[[changes["price"].round(9).idxmin()]])
    )
    parts = []
    for (option, first), group in rows.groupby(["option", "first"], sort=False):
        who = listed(_price(holder, change) for holder, change in group.iterrows())
        led = listed(map(problem.short.get, first))
        name = option_name(problem, option)
        parts.append(told("headline.change", option=name, first=led, holders=who))
    holders = list(prices.table.index.get_level_values("holder").unique())
    return told(
        key,
        side=side,
        whom=of_holders(len(rows), holders),
        most=counted(CLOSE, "point"),
        parts=listed(parts),
        method=method_name(prices.method),
    )


def _price(holder: str, change: pd.Series) -> str:
    """Return a holder with the points that change hands.

    Those inside its stated ranges are added where they are more.
    """
    moved = points_moved(change["price"], change["at least"])
    return told("headline.price", holder=holder, points=f"{moved}{dearer(change)}")


def floor_steps(problem: Problem, curve: FloorCurve) -> str:
    """Return who leads by one holder's weights as the floor on a leaf gets stricter.

    The sentence also says which floor is proposed.
    """
    table = curve.table
    turns = table[table["starts"].notna()]
    leaders = _names_of(problem, table["leaders"].iloc[0])
    parts = [told("headline.loosest", leaders=leaders)]
    parts += [
        told(
            "headline.stricter",
            leaders=_names_of(problem, row.leaders),
            turn=turning(row.starts),
        )
        for row in turns.itertuples()
    ]
    proposed = (
        told("headline.proposed", floor=as_stated(curve.proposed))
        if curve.proposed is not None
        else ""
    )
    leads = "lead" if ", " in table["leaders"].iloc[0] else "leads"
    steps = (
        told("headline.decides", parts=told("join.comma").join(parts))
        if len(turns)
        else told("headline.whatever", leaders=leaders, leads=told(f"headline.{leads}"))
    )
    return told(
        "headline.floors",
        holder=curve.holder,
        label=curve.label,
        told=steps,
        proposed=proposed,
    )


def _names_of(problem: Problem, leaders: str) -> str:
    """Return the names of options whose ids are given with a comma between."""
    return listed(option_name(problem, option) for option in leaders_in(problem, leaders))

"""A result over draws at a terminal: how often each option is first, and between which ranks it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mcda.display.visible_text import visible, visible_lines
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.columns import columns, heads, span
from mcda.uncertainty.smaa.robustness import Robustness


def robust_text(problem: Problem, robust: Robustness) -> str:
    """Return one result as text.

    The text has shares of first ranks with their 95% intervals, and the ranks at 5% and 95%. Where
    nothing was drawn it has neither, and a note says why.
    """
    side = words.told("leads.without")
    if robust.floors:
        side = words.told(
            "terminal_robust.behind", floors=words.floors_told(problem, robust.floors)
        )
    about = words.told(
        "terminal_robust.about",
        method=words.method_asked(robust.method),
        holder=words.holder_name(robust.holder),
        side=side,
        draws=words.counted(robust.draws, "draw"),
        seed=robust.seed,
    )
    notes = [visible(note) for note in robust.notes]
    if not robust.drawn:
        return "\n".join([visible(about), "", *notes])
    about += f" {words.told('drawn.line', drawn=words.what_was_drawn(robust))}"
    told = words.told("terminal_robust.shares")
    if not (robust.settled and robust.settled_at["rank_intervals"][["5%", "95%"]].all(axis=None)):
        told += f" {words.told('terminal_robust.unsettled')}"
    return "\n".join([visible(about), "", _first_places(problem, robust), "", told, *notes])


def across_text(problem: Problem, results: Sequence[Robustness], method: str) -> str:
    """Return the results of several holders as text: between which shares who is first, and a line each."""
    sides = {}
    for one in results:
        side = "behind" if one.floors else "without"
        sides[bool(one.floors)] = words.told(f"leads.{side}")
    sentences: list[str] = []
    for behind, side in sides.items():
        held = {one.holder: one for one in results if bool(one.floors) == behind and one.drawn}
        sentences += _across(problem, held, side, method)
    rows = [_line(problem, one, sides[bool(one.floors)]) for one in results if one.drawn]
    over = heads("holder", "side", "most_often", "first_in", "ranks")
    notes = dict.fromkeys(note for one in results for note in one.notes)
    told = words.told("terminal.each_holder")
    parts = ["\n".join(sentences), columns(rows, over) if rows else "", "\n".join(notes), told]
    return "\n\n".join(filter(None, map(visible_lines, parts)))


def _across(
    problem: Problem, held: Mapping[str, Robustness], side: str, method: str
) -> Iterator[str]:
    """Say who is first most often for how many holders, and between which shares."""
    first = Counter(_most_often(one) for one in held.values())
    for option, count in first.most_common(1):
        shares = {
            name: float(one.first_rank.loc[option, "acceptability"]) for name, one in held.items()
        }
        whose = words.told(
            "headline.for_some", count=count, holders=words.counted(len(held), "holder")
        )
        drawn = words.draws_of(*held.values())
        yield words.told(
            "terminal.across",
            option=words.option_name(problem, option),
            side=side,
            whom=whose,
            low=words.share(min(shares.values())),
            high=words.share(max(shares.values())),
            draws=drawn,
            method=words.method_name(method),
        )


def _most_often(robust: Robustness) -> str:
    return str(robust.first_rank["acceptability"].idxmax())


def _line(problem: Problem, robust: Robustness, side: str) -> list[str]:
    option = _most_often(robust)
    shares = words.first_places(robust, places=1)
    ranks = span(_rank(robust, option, "5%"), _rank(robust, option, "95%"))
    share = words.share_in_tenths(shares[option])
    return [words.holder_name(robust.holder), side, str(problem.short[option]), share, ranks]


def _first_places(problem: Problem, robust: Robustness) -> str:
    shown = words.first_places(robust, places=1)
    rows = []
    for first in robust.first_rank.itertuples():
        option = first.Index
        mark = "" if first.settled else "~"
        rows.append(
            (
                option,
                problem.name_of(option),
                mark + words.share_in_tenths(shown[option]),
                words.interval_in_tenths(first.low, first.high),
                span(_rank(robust, option, "5%"), _rank(robust, option, "95%")),
            )
        )
    return columns(rows, heads("option", "label", "first_in", "interval", "ranks"), cut=1)


def _rank(robust: Robustness, option: str, end: str) -> str:
    """Return a rank of an option's interval, marked where the error could change it."""
    mark = "" if robust.settled_at["rank_intervals"].loc[option, end] else "~"
    return f"{mark}{robust.rank_intervals.loc[option, end]}"

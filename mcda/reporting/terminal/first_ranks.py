"""A result over draws at a terminal: how often each option is first, and between which ranks it lies."""

from __future__ import annotations

from mcda.checks.visible_text import visible
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.terminal.columns import columns, told_floors
from mcda.uncertainty.smaa.robustness import Robustness


def robust_text(problem: Problem, robust: Robustness) -> str:
    """Return one result as text.

    The text has shares of first ranks with their 95% intervals, and the ranks at 5% and 95%. Where
    nothing was drawn it has neither, and a note says why.
    """
    behind = (
        f"behind a floor ({told_floors(robust.floors)})" if robust.floors else "without a floor"
    )
    about = (
        f"Method {robust.method}, weights of {robust.holder}, {behind}, {robust.draws:,} draws, "
        f"seed {robust.seed}."
    )
    notes = [visible(note) for note in robust.notes]
    if not robust.drawn:
        return "\n".join([visible(about), "", *notes])
    about += f" {words.told('drawn.line', drawn=words.what_was_drawn(robust))}"
    told = "Shares are of tested assumptions, not the likelihood of an event."
    if not (robust.settled and robust.settled_at["rank_intervals"][["5%", "95%"]].all(axis=None)):
        told += " More draws could change a rank marked ~, or the word for a share so marked."
    return "\n".join([visible(about), "", _first_places(problem, robust), "", told, *notes])


def _first_places(problem: Problem, robust: Robustness) -> str:
    shown = words.first_places(robust, places=1)
    rows = []
    for first in robust.first_rank.itertuples():
        option = first.Index
        mark = "" if first.settled else "~"
        rows.append(
            (
                option,
                problem.labels[option],
                mark + words.share_in_tenths(shown[option]),
                words.interval_in_tenths(first.low, first.high),
                f"{_rank(robust, option, '5%')} to {_rank(robust, option, '95%')}",
            )
        )
    return columns(rows, ("option", "label", "first in", "95% interval", "ranks, 5% to 95%"), cut=1)


def _rank(robust: Robustness, option: str, end: str) -> str:
    """Return a rank of an option's interval, marked where the error could change it."""
    mark = "" if robust.settled_at["rank_intervals"].loc[option, end] else "~"
    return f"{mark}{robust.rank_intervals.loc[option, end]}"

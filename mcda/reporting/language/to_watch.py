"""Sentences about what to watch: the numbers that change who leads, within their own ranges."""

from __future__ import annotations

import pandas as pd

from mcda.problem.estimate_names import estimate_name as estimate_name
from mcda.problem.model import Problem
from mcda.reporting.language.numbers import share, turning
from mcda.reporting.language.results import option_name
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.switching.lead_along_a_cell import NOBODY
from mcda.sensitivity.switching.switching_scores import SwitchingEstimates
from mcda.sentences.catalogue import counted, listed, told


def flips(switching: SwitchingEstimates) -> pd.DataFrame:
    """Return the estimates that change who leads, the nearest first.

    `way` is the share of the way to the end of its range.
    """
    table = switching.table[switching.table["switch"].notna()].copy()
    room = (table["high"] - table["mode"]).where(
        table["switch"] > table["mode"], table["mode"] - table["low"]
    )
    table["way"] = (table["switch"] - table["mode"]).abs() / room.where(room > 0)
    return table.sort_values("way", kind="stable")


def signposts(problem: Problem, switching: SwitchingEstimates, side: str) -> str:
    """Return how many estimates, each moved alone, change who leads, and the nearest one.

    Each is moved through its range.
    """
    table = flips(switching)
    about = {
        "holder": switching.holder,
        "side": side,
        "estimates": counted(len(switching.table), "estimate"),
        "option": listed(option_name(problem, option) for option in switching.leaders),
    }
    if len(switching.leaders) > 1:
        return told("signposts.tied", **about)
    if not len(switching.table):
        return told("signposts.no_range", **about)
    if not len(table):
        return told("signposts.none", **about)
    key = str(table.index[0])
    row = table.iloc[0]
    return told(
        "signposts.some",
        **about,
        count=len(table),
        name=estimate_name(problem, key),
        unit=row["unit"],
        turn=turning(row["threshold"]),
        now=row["threshold"].now,
        way=share(row["way"]),
        then=then_leads(problem, row["then_leads"]),
    )


def then_leads(problem: Problem, leaders: str) -> str:
    """Return the names of the options that lead beyond a switch."""
    if leaders == NOBODY:
        return told("threshold.nobody")
    return listed(option_name(problem, option) for option in leaders_in(problem, leaders))

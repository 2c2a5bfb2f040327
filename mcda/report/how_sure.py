"""The tables of how sure a ranking is, for a reader in a notebook: options and criteria by name, shares in percent."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mcda.problem.model import Problem
from mcda.report import words
from mcda.report.brief import Table, Text
from mcda.robustness.acceptability import Robustness
from mcda.robustness.draws import Draws


def one_draw(draws: Draws, number: int, most: int = 8) -> Table:
    """Return the first estimates of one draw: what was stated, and what was drawn."""
    every = draws.show(number).estimates
    shown = every.head(most)
    told = shown[["low", "mode", "high", "drawn"]].map(words.figure).assign(unit=shown["unit"])
    told = told.rename(columns={"mode": "best estimate"})
    told.index = pd.Index([words.estimate_name(draws.problem, str(key)) for key in shown.index])
    return Table(told, f"Draw {number:,} of seed {draws.seed}: {len(told)} of {len(every)} estimates")


def together(problem: Problem) -> Table | Text:
    """Return which estimates move together, how strongly (-1 to 1), and why."""
    asked = problem.tables.get("correlations")
    if asked is None or asked.empty:
        return Text("The question says of no estimates that they move together.")
    pairs = zip(asked["first"], asked["second"], strict=True)
    told = pd.DataFrame({
        "rank correlation": [words.figure(rho) for rho in asked["rank_correlation"]],
        "kind": asked["kind"].tolist(),
        "why": asked.get("rationale", pd.Series("", asked.index)).fillna("").tolist(),
    }, index=[" and ".join(words.estimate_name(problem, key) for key in pair) for pair in pairs])  # fmt: skip
    return Table(told, "What moves together: 1 exactly, 0 not at all, below 0 against each other")


def first_places(problem: Problem, robust: Robustness) -> Table:
    """Return the share of draws in which each option comes first, its 95% interval, and whether more draws could tell.

    "settled" is "yes" where the whole interval is told by the same words.
    """
    found = robust.first_rank.sort_values("acceptability", ascending=False, kind="stable")
    by = f"{words.method_name(robust.method)}, weights of {robust.holder}"
    intervals = zip(found["low"], found["high"], strict=True)
    told = pd.DataFrame({
        "first in": found["acceptability"].map(words.share),
        "95% interval": [f"{100 * low:.1f} to {100 * high:.1f}%" for low, high in intervals],
        "settled": found["settled"].map({True: "yes", False: "no"}),
    })  # fmt: skip
    return Table(_by_name(problem, told), f"Share of {robust.draws:,} draws in first place, {by}")


def floors_passed(problem: Problem, robust: Robustness) -> Table:
    """Return the share of draws in which each option would pass each floor, were the draw the truth."""
    names = {key: f"{problem.criterion(key).label} at {floor:g}" for key, floor in robust.floors.items()}
    told = robust.floors_passed.map(words.share).rename(columns=names)
    if len(names) == 1:
        told = told.drop(columns="all floors")
    return Table(_by_name(problem, told), f"Share of {robust.draws:,} draws that pass the floor")


def every_holder(problem: Problem, found: Mapping[str, Robustness]) -> Table:
    """Return the share of draws in which each option comes first, a column for each holder."""
    told = pd.DataFrame({name: one.first_rank["acceptability"].map(words.share) for name, one in found.items()})
    return Table(_by_name(problem, told), "Share of the same draws in first place, by whose weights")


def confidence(problem: Problem, robust: Robustness) -> Table:
    """Return the share of draws in which each option is first under its own central weights."""
    told = robust.confidence_factors.map(lambda factor: "never first" if pd.isna(factor) else words.share(factor))
    return Table(_by_name(problem, told.to_frame()), "First in so many draws, under the weights that suit it")


def _by_name(problem: Problem, table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis(pd.Index([words.option_name(problem, str(option)) for option in table.index]), axis=0)

"""What a reader of a notebook sees of packages: names for keys, percent for shares, a package as an option."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import digits, percent
from mcda.methods.ranking import rank
from mcda.portfolios.packages import Packages
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.parts.made_option import MADE, make_option
from mcda.reporting import language as words
from mcda.reporting.language.portfolios.packages import (
    amount_named,
    package_sentences,
    parts_named,
    steps_caption,
)
from mcda.reporting.notebooks.absent import Absent, attempt, passing
from mcda.reporting.notebooks.brief import Table, Text
from mcda.reporting.panels.holding import PackagePanel, hold

FIGURES = 4  # of an amount


@passing
def finding(found: Packages) -> Text:
    """Return what was found, sentence by sentence."""
    return Text(" ".join(package_sentences(found)))


@passing
def listed(found: Packages) -> Table | Absent:
    """Return the packages with their amounts and the names of their parts."""
    if not len(found.table):
        return Absent(words.told("absent.rows"))
    rows = {}
    (parts,) = words.columns("parts_held")
    for name, row in found.table.iterrows():
        keys = [str(key) for key in row.index[1:]]
        shown = {amount_named(found, key): _number(key, row[key]) for key in keys}
        rows[name] = {**shown, parts: parts_named(found, str(name))}
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("packages.table"))


@passing
def steps(found: Packages) -> Table | Absent:
    """Return what one more unit of the first of two aims does to the second, from package to package."""
    table = found.steps.set_index("package")
    if not len(table):
        return Absent(words.told("absent.rows"))
    shown = table.map(lambda number: digits(number, FIGURES))
    shown.columns = words.columns("step_first", "step_second", "price_each")
    return Table(shown, steps_caption(found))


@passing
def shares(found: Packages) -> Table:
    """Return of each part in how many packages it is, and in how many of the best ones."""
    table = found.parts.set_index("label")
    heads = words.columns(*table.columns)
    told = {}
    for head, name in zip(heads, table.columns, strict=True):
        told[head] = [_share(one) for one in table[name]]
    return Table(pd.DataFrame(told, index=table.index), words.told("packages.parts_table"))


def panel(found: Packages, like: str, members: str = "") -> PackagePanel | Absent:
    """Return the panel on which parts are held in or out, and the packages left are seen."""
    shown: PackagePanel | Absent = attempt(hold, found, like=like, members=members)
    return shown


@passing
def with_option(
    problem: Problem, found: Packages, package: str, like: str, members: str = ""
) -> Problem | Absent:
    """Return the question with a package as an option, like another in all that parts don't say.

    like: blank for the first option that isn't the baseline.
    """
    if package not in found.table.index:
        return Absent(words.told("absent.rows"))
    others = [option for option in problem.options.index if option != problem.frame.baseline]
    label = f"{words.columns('package')[0]} {package}"
    return make_option(
        problem,
        found.of(package),
        key=package,
        label=label,
        like=like or others[0],
        members=members,
    )


@passing
def ranked(problem: Problem, weights: Weights, method: str) -> Table:
    """Return the ranking of a holder, in which options that are made name their parts."""
    table = rank(problem, weights, method).table
    rows = {}
    rank_head, score_head, made_head = words.columns("rank", "score", "made_of")
    for option, row in table.iterrows():
        name = problem.name_of(str(option))
        made = problem.options.at[option, MADE]
        rows[name] = {rank_head: row["rank"], score_head: digits(row["score"]), made_head: made}
    return Table(pd.DataFrame.from_dict(rows, orient="index"), weights.holder)


def _number(key: str, number: float) -> str:
    return percent(number) if key.startswith("chance") else digits(number, FIGURES)


def _share(share: float) -> str:
    return "-" if pd.isna(share) else percent(share)

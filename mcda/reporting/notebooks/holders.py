"""Whose values: tables and sentences about holders, for a reader in a notebook or at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from mcda.checks.labels import names_in
from mcda.checks.significant_digits import digits, fixed, percents
from mcda.files.question.open_question import place_of_question
from mcda.files.question.read_perspectives import read_statements
from mcda.holders.advocate_test import Advocacy
from mcda.holders.price_of_agreement import Prices, bound_of
from mcda.holders.said import positions_tested, said_by_each, stated_positions
from mcda.holders.side_by_side import Clusters, Perspectives
from mcda.preferences.from_statements.weights import STATEMENTS
from mcda.preferences.pairwise.consistency import ratio_told
from mcda.preferences.weighting.dispersion import LABEL, dispersion_weights
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.language.of_holders import statements as of_statements
from mcda.reporting.notebooks.absent import Absent, attempt, passing
from mcda.reporting.notebooks.brief import Table, Text, titled

POINTS = 100  # a weight is shown in points of 100
EVEN = 9  # decimals: holders that are equally far keep the order of the question


def weights_table(problem: Problem, holders: Mapping[str, Weights]) -> pd.DataFrame:
    """Return every holder's weight on each head in points of 100, with its stated range.

    The last column is the consistency ratio.
    """
    rows = {}
    ratio = words.told("index_tables.ratio")
    for holder, stated in holders.items():
        used = over_leaves(problem, stated)
        weighed = used.values[[leaf.key for leaf in problem.weighed]]
        by_head = weighed.groupby([problem.top(key) for key in weighed.index], sort=False).sum()
        ends = stated_ends(used)
        points = dict(zip(by_head.index, percents(by_head, unit=""), strict=True))
        rows[holder] = {
            problem.criterion(head).label: _with_range(points[head], ends.get(head))
            for head in points
        }
        coherence = stated.pairwise.consistency if stated.pairwise else None
        rows[holder][ratio] = ratio_told(coherence.ratio) if coherence else ""
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table if table[ratio].any() else table.drop(columns=ratio)


def stated_ends(used: Weights) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest weight that the holder's ranges leave open.

    They are by what the holder weighs.
    """
    if (
        not isinstance(used.space, ConstrainedWeights)
        or not used.space.polytope.body.has_few_corners
    ):
        return {}
    corners = used.space.polytope.corners
    return dict(
        zip(
            used.space.tops, zip(corners.min(axis=0), corners.max(axis=0), strict=True), strict=True
        )
    )


def _with_range(told: str, ends: tuple[float, float] | None) -> str:
    return f"{told} ({_range(*ends)})" if ends else told


def _range(low: float, high: float) -> str:
    return words.told("cell.range", low=fixed(POINTS * low), high=fixed(POINTS * high))


def weights(problem: Problem, holders: Mapping[str, Weights]) -> Table:
    """Return the same as a table with its caption."""
    stated = any(weights.space for weights in holders.values())
    key = "holders_weights.stated" if stated else "holders_weights.caption"
    caption = words.told(key)
    meanings = {weights.meaning for weights in holders.values()}
    label = f": {meanings.pop()}" if meanings == {LABEL} else ""
    return Table(weights_table(problem, holders), caption + label)


def spread_weights(problem: Problem, rules: Iterable[str]) -> Table | Absent:
    """Return what the spread of the data would say by some rules, or that nothing is spread."""
    spread_by_rule = {rule: attempt(dispersion_weights, problem, rule) for rule in rules}
    gone = [one for one in spread_by_rule.values() if isinstance(one, Absent)]
    return gone[0] if gone else weights(problem, spread_by_rule)


@passing
def said(question: str | Path, problem: Problem, holders: Mapping[str, Weights]) -> Text | Absent:
    """Return what follows from what holders said, and what stands against their positions.

    question: its name or path, where the statements lie.
    """
    statements = read_statements(place_of_question(question), problem)
    positions = stated_positions(problem)
    if not statements and not positions:
        return Absent(words.told("statements.none"))
    own = {name: weights for name, weights in holders.items() if STATEMENTS not in weights.steps}
    found = said_by_each(problem, statements, own)
    tested = positions_tested(problem, positions, statements)
    return Text("\n".join(f"- {line}" for line in of_statements.finding(problem, found, tested)))


@passing
def disagreement(problem: Problem, side: Perspectives) -> Table:
    """Return where the holders part, option by option: best and worst rank and for whom."""
    found = side.disagreement
    total = len(side.ranks.columns)
    table = pd.DataFrame(
        index=pd.Index([words.option_name(problem, str(option)) for option in found.index])
    )
    for end in ("best", "worst"):
        cells = zip(found[end], found[f"{end} for"], strict=True)
        table[end] = [
            f"{rank}: {_whom(names_in(names, side.ranks.columns), total)}" for rank, names in cells
        ]
    table["first"] = found["first for"].to_numpy()
    table["last"] = found["last for"].to_numpy()
    table["apart"] = [words.figure(places) for places in found["places apart"]]
    return Table(
        titled("parted", table), words.told("parted.caption", method=words.method_name(side.method))
    )


def _whom(names: Sequence[str], total: int) -> str:
    if len(names) == total:
        return words.told("parted.all")
    return (
        words.told("parted.some", count=len(names), total=total)
        if len(names) > 4
        else words.listed(names)
    )


def asked(problem: Problem, holders: Mapping[str, Weights]) -> Text:
    """Return the question of a notebook, and what kinds of number are behind its weights.

    The text also says whether a holder was asked.
    """
    return Text(f"{problem.title}. {words.asked(list(holders.values()))}")


@passing
def views(problem: Problem, side: Perspectives) -> Text:
    """Return minority views and common ground in sentences."""
    total = len(side.ranks.columns)
    ground = [
        _common(problem, side.never_last, "views.never_last", total),
        _common(problem, side.first_for_nobody, "views.never_first", total),
    ]
    majority = () if side.has_majority else (words.told("views.no_majority"),)
    apart = (*majority, *side.minority_views) or (words.told("views.united"),)
    return Text(
        "\n".join(
            [
                *(f"- {sentence}" for sentence in apart),
                "",
                *(f"- {line}" for line in ground if line),
            ]
        )
    )


def _common(problem: Problem, options: tuple[str, ...], key: str, total: int) -> str:
    names = [words.option_name(problem, option) for option in options]
    return words.told(key, total=total, options=words.listed(names)) if options else ""


@passing
def clusters(found: Clusters) -> Table:
    """Return which holders are near each other.

    There is a row for each cluster, with the largest distance between two of its members.
    """
    rows = [
        {
            "members": words.listed(members),
            "widest": _widest(found.distances.loc[[*members], [*members]]),
        }
        for members in found.members
    ]
    table = pd.DataFrame(rows, index=range(1, len(rows) + 1))
    return Table(
        titled("clusters", table), words.told(f"clusters.{found.by}", apart=POINTS * found.apart)
    )


def _widest(distances: pd.DataFrame) -> str:
    return fixed(POINTS * distances.to_numpy().max()) if len(distances) > 1 else ""


@passing
def prices(problem: Problem, found: Prices) -> Table:
    """Return the points that would have to change hands before an option comes first.

    The table is options x holders. A price beyond the stated range is marked; "never" is proven for
    any weights on what the holder weighs.
    """
    table = found.table.apply(_price, axis=1).unstack("holder")
    holders = found.table.index.get_level_values("holder").unique()
    options = found.table.index.get_level_values("option").unique()
    table = table.loc[options, holders]
    table.index = pd.Index([words.option_name(problem, str(option)) for option in options])
    return Table(table, words.told("prices.caption", method=words.method_name(found.method)))


def _price(row: pd.Series) -> str:
    for reach, mark in (("in range", ""), ("without limit", "*")):
        price = row.get(reach, np.inf)
        bound = row.get(bound_of(reach), np.inf)
        if np.isfinite(price):
            return f"{_moved(price, bound)}{mark}" if price else words.told("prices.first")
        if np.isnan(price):
            return words.told("prices.over", points=_moved(bound)) + mark
    return words.told("prices.never")


def _moved(change: float, at_least: float | None = None) -> str:
    """Return points that change hands as a cell.

    The cell is "under 1", one number, or the two it lies between.
    """
    whole = words.whole_points(change)
    least = change if at_least is None else at_least
    low = words.whole_points(least)
    if low < whole:
        return words.told("cell.range", low=low, high=whole)
    return words.told("prices.less") if whole == 0 and change > 0 else str(whole)


@passing
def prices_told(problem: Problem, found: Prices) -> Text:
    """Return what no weights can do, and the cheapest agreement.

    The text also says who could change sides within its range.
    """
    never = [words.option_name(problem, option) for option in found.never()]
    key = ("prices.every", "prices.never_one", "prices.never_several")[min(len(never), 2)]
    lines = [
        words.told(key, method=words.method_name(found.method), options=words.listed(never)),
        _within_range(problem, found),
        _cheapest(problem, found),
    ]
    return Text("\n".join(f"- {line}" for line in lines if line))


def _within_range(problem: Problem, found: Prices) -> str:
    if "in range" not in found.table:
        return ""
    open_to = found.table[(found.table["rank"] > 1) & np.isfinite(found.table["in range"])]
    total = len(found.table.index.get_level_values("holder").unique())
    names = open_to.index.get_level_values("holder").unique()
    if not len(names):
        return words.told("prices.fixed")
    cells = {
        holder: rows.droplevel("holder")["in range"]
        for holder, rows in open_to.groupby(level="holder", sort=False)
    }
    parts = [f"{holder} ({words.listed(_priced(prices))})" for holder, prices in cells.items()]
    return words.told("prices.open", count=len(names), total=total, parts=words.listed(parts))


def _priced(prices: pd.Series) -> list[str]:
    return [
        words.told("prices.at", option=option, points=_moved(price))
        for option, price in prices.items()
    ]


def _cheapest(problem: Problem, found: Prices) -> str:
    """Return the option that the holder who finds it dearest could accept most cheaply."""
    by_option = found.table["without limit"].round(EVEN).unstack("holder").fillna(np.inf)
    dearest = by_option.max(axis=1)
    if not np.isfinite(dearest).any():
        return words.told("prices.apart")
    option = str(dearest.idxmin())
    if not dearest.min():
        return words.told("prices.united", option=words.option_name(problem, option))
    holder = str(by_option.loc[option].idxmax())
    return words.told(
        "prices.cheapest",
        option=words.option_name(problem, option),
        points=_moved(dearest.min()),
        holder=holder,
    )


@passing
def advocates(problem: Problem, found: Advocacy) -> Table:
    """Return, for each option, what its advocate could claim.

    Another column has the distance from the nearest real holder.
    """
    table = found.table
    told = pd.DataFrame(
        index=pd.Index([words.option_name(problem, str(option)) for option in table.index])
    )
    told["first"] = [words.put_first(row) for _, row in table.iterrows()]
    told["lead"] = [_lead(row["lead"], row["at most"]) for _, row in table.iterrows()]
    told["nearest"] = table["nearest holder"].to_numpy()
    told["away"] = [_moved(distance) for distance in table["distance"]]
    ends = zip(table["bent most"], table["holder's"], table["advocate's"], strict=True)
    told["bent"] = [f"{head}: {_range(own, claimed)}" for head, own, claimed in ends]
    caption = "advocates.proven" if found.exact else "advocates.searched"
    return Table(
        titled("advocates", told), words.told(caption, method=words.method_name(found.method))
    )


def _lead(least: float, most: float) -> str:
    """Return a lead in points of score.

    It is the lead where nothing exceeds it, otherwise the least that it is.
    """
    if np.isinf(most):
        return words.told("advocates.at_least", low=digits(POINTS * least, down=True))
    return words.figure(POINTS * least)


@passing
def advocates_told(problem: Problem, found: Advocacy) -> Text:
    """Return which options no advocate can bring to the front.

    The text also says which need hardly any bending.
    """
    table = found.table
    out = [words.option_name(problem, str(option)) for option in table.index[~table["first"]]]
    which = "none" if out else "every"
    key = f"advocates.{which}" if found.exact else f"advocates.{which}_found"
    first = words.told(key, method=words.method_name(found.method), options=words.listed(out))
    far = table[table["first"]].sort_values(
        "distance", kind="stable", key=lambda apart: apart.round(EVEN)
    )
    near = words.listed(
        words.told(
            "advocates.distance",
            option=words.option_name(problem, str(option)),
            points=_moved(row["distance"]),
            holder=row["nearest holder"],
        )
        for option, row in far.iterrows()
    )
    second = words.told("advocates.far", parts=near) if near else ""
    return Text("\n".join(f"- {line}" for line in (first, second) if line))


@passing
def moves(problem: Problem, stated: Weights, found: Prices) -> Table:
    """Return one holder's weights, as they are and after the smallest change for each option.

    They are on what the holder weighs.
    """
    used = over_leaves(problem, stated)
    rows = found.table.loc[used.holder]
    columns = {}
    for option, row in rows.sort_values(
        "without limit", kind="stable", key=lambda price: price.round(EVEN)
    ).iterrows():
        reach = "in range" if np.isfinite(row.get("in range", np.inf)) else "without limit"
        moved = found.moved.get((used.holder, str(option), reach))
        if moved is not None:
            name = words.option_name(problem, str(option))
            after = {
                problem.criterion(key).label: fixed(POINTS * weight)
                for key, weight in moved.items()
            }
            columns[name] = {words.told("moves.points"): _price(row), **after}
    caption = words.told(
        "moves.caption", holder=used.holder, method=words.method_name(found.method)
    )
    return Table(pd.DataFrame.from_dict(columns, orient="index"), caption)

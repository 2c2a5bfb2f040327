"""Whose values: tables and sentences about holders, for a reader in a notebook or at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mcda.methods.advocacy import Advocacy
from mcda.methods.agreement import Prices
from mcda.methods.perspectives import Clusters, Perspectives
from mcda.preferences.dispersion import LABEL
from mcda.preferences.spaces import ConstrainedWeights
from mcda.preferences.weights import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.report import words
from mcda.report.brief import Table, Text

POINTS = 100


def weights_table(problem: Problem, holders: Mapping[str, Weights]) -> pd.DataFrame:
    """Return every holder's weight on each head in points of 100, with its stated range, and the consistency ratio."""
    rows = {}
    for holder, stated in holders.items():
        used = over_leaves(problem, stated)
        by_head = used.values.groupby([problem.top(key) for key in used.values.index], sort=False).sum()
        ends = stated_ends(used)
        rows[holder] = {
            problem.criterion(head).label: _with_range(by_head[head], ends.get(head)) for head in by_head.index
        }
        found = stated.pairwise.consistency if stated.pairwise else None
        rows[holder]["consistency ratio"] = f"{found.ratio:.3f}" if found else ""
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table if table["consistency ratio"].any() else table.drop(columns="consistency ratio")


def stated_ends(used: Weights) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest weight that the holder's ranges leave open, by what it weighs."""
    if not isinstance(used.space, ConstrainedWeights) or not used.space.polytope.body.has_few_corners:
        return {}
    corners = used.space.polytope.corners
    return dict(zip(used.space.tops, zip(corners.min(axis=0), corners.max(axis=0), strict=True), strict=True))


def _with_range(weight: float, ends: tuple[float, float] | None) -> str:
    told = f"{POINTS * weight:.0f}"
    return f"{told} ({POINTS * ends[0]:.0f} to {POINTS * ends[1]:.0f})" if ends else told


def weights(problem: Problem, holders: Mapping[str, Weights]) -> Table:
    """Return the same as a table with its caption."""
    stated = any(weights.space for weights in holders.values())
    caption = "Weights on the heads, points of 100" + (" (stated range)" if stated else "")
    meanings = {weights.meaning for weights in holders.values()}
    label = f": {meanings.pop()}" if meanings == {LABEL} else ""
    return Table(weights_table(problem, holders), caption + label)


def disagreement(problem: Problem, side: Perspectives) -> Table:
    """Return where the holders part, option by option: best and worst rank and for whom."""
    found = side.disagreement
    total = len(side.ranks.columns)
    table = pd.DataFrame(index=pd.Index([words.option_name(problem, str(option)) for option in found.index]))
    for end in ("best", "worst"):
        told = zip(found[end], found[f"{end} for"], strict=True)
        table[f"{end} rank"] = [f"{rank}: {_whom(names.split(', '), total)}" for rank, names in told]
    table["first for"] = found["first for"].to_numpy()
    table["last for"] = found["last for"].to_numpy()
    table["places between two holders, mean"] = [words.figure(places) for places in found["places apart"]]
    return Table(table, f"Where the holders part, {words.method_name(side.method)}; the most disputed first")


def _whom(names: list[str], total: int) -> str:
    return "all" if len(names) == total else f"{len(names)} of {total}" if len(names) > 4 else words.listed(names)


def asked(problem: Problem, holders: Mapping[str, Weights]) -> Text:
    """Return which question it is, what kinds of number stand behind its weights, and whether a holder was asked."""
    return Text(f"*{problem.frame.title or problem.name}.* {words.asked(list(holders.values()))}")


def views(problem: Problem, side: Perspectives) -> Text:
    """Return minority views and common ground in sentences."""
    total = len(side.ranks.columns)
    ground = [
        _common(problem, side.never_last, f"Ranked last by none of the {total} holders"),
        _common(problem, side.first_for_nobody, f"First for none of the {total} holders"),
    ]
    minority = side.minority_views or ("No holder stands apart.",)
    return Text("\n".join([*(f"- {sentence}" for sentence in minority), "", *(f"- {line}" for line in ground if line)]))


def _common(problem: Problem, options: tuple[str, ...], told: str) -> str:
    names = options if len(options) > 3 else [words.option_name(problem, option) for option in options]
    return f"{told}: {words.listed(names)}." if options else ""


def clusters(found: Clusters) -> Table:
    """Return who stands near whom: a row for each cluster, with the largest distance between two of its members."""
    rows = [
        {
            "holders": words.listed(members),
            "furthest apart inside": _widest(found.distances.loc[[*members], [*members]]),
        }
        for members in found.members
    ]
    unit = "pairs of options ordered differently" if found.by == "rankings" else "points that would have to move"
    caption = f"Clusters by {found.by}, cut at a mean distance of {POINTS * found.apart:.0f} ({unit}, of 100)"
    return Table(pd.DataFrame(rows, index=range(1, len(rows) + 1)), caption)


def _widest(distances: pd.DataFrame) -> str:
    return f"{POINTS * distances.to_numpy().max():.0f}" if len(distances) > 1 else ""


def prices(problem: Problem, found: Prices) -> Table:
    """Return the points that would have to change hands before an option comes first: options x holders.

    A price beyond the stated range is marked; "never" is proven for any weights on what the holder weighs.
    """
    table = found.table.apply(_price, axis=1).unstack("holder")
    holders = found.table.index.get_level_values("holder").unique()
    options = found.table.index.get_level_values("option").unique()
    table = table.loc[options, holders]
    table.index = pd.Index([words.option_name(problem, str(option)) for option in options])
    caption = (
        f"Points of 100 that would have to move before the option is first, {words.method_name(found.method)} "
        "(*: only beyond the stated range; never: under no weights at all on the heads)"
    )
    return Table(table, caption)


def _price(row: pd.Series) -> str:
    for reach, mark in (("in range", ""), ("without limit", "*")):
        price = row.get(reach, np.inf)
        if np.isfinite(price):
            return f"{_moved(price)}{mark}" if price else "first"
        if np.isnan(price):
            return f"over {_moved(row[f'{reach}, at least'])}{mark}"
    return "never"


def _moved(change: float) -> str:
    """Return points that change hands: half of the sum of rises and falls."""
    points = POINTS * change / 2
    return f"{points:.0f}" if points >= 1 else "under 1"


def prices_told(problem: Problem, found: Prices) -> Text:
    """Return what no weights can do, who could change sides within its range, and the cheapest agreement."""
    never = found.never()
    lines = [
        f"By {words.method_name(found.method)} {words.listed(words.option_name(problem, one) for one in never)} "
        f"{'comes' if len(never) == 1 else 'come'} first for no holder under any weights on the heads."
        if never
        else f"By {words.method_name(found.method)} every option comes first under some weights.",
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
        return "No holder's stated range holds weights under which its first option changes."
    told = {
        holder: rows.droplevel("holder")["in range"] for holder, rows in open_to.groupby(level="holder", sort=False)
    }
    parts = [
        f"{holder} ({words.listed(f'{option} at {_moved(price)}' for option, price in prices.items())})"
        for holder, prices in told.items()
    ]
    return (
        f"For {len(names)} of {total} holders the stated range itself leaves open what comes first (points to move): "
        f"{words.listed(parts)}."
    )


def _cheapest(problem: Problem, found: Prices) -> str:
    """Return the option that the holder who finds it dearest could accept most cheaply."""
    dearest = found.table["without limit"].unstack("holder").fillna(np.inf).max(axis=1)
    if not np.isfinite(dearest).any():
        return "No option could be first for every holder."
    option = str(dearest.idxmin())
    if not dearest.min():
        return f"{words.option_name(problem, option)} is first for every holder already."
    holder = str(found.table["without limit"].xs(option, level="option").idxmax())
    return (
        f"Agreement on {words.option_name(problem, option)} asks least of the holder it asks most of: "
        f"{_moved(dearest.min())} points of {holder}."
    )


def advocates(problem: Problem, found: Advocacy) -> Table:
    """Return, for each option, what its advocate could claim and how far that lies from the nearest real holder."""
    table = found.table
    told = pd.DataFrame(index=pd.Index([words.option_name(problem, str(option)) for option in table.index]))
    told["first at best"] = ["yes" if first else "no" for first in table["first"]]
    told["lead at best, points of score"] = [words.figure(POINTS * lead) for lead in table["lead"]]
    told["nearest holder"] = table["nearest holder"].to_numpy()
    told["points away"] = [_moved(distance) for distance in table["distance"]]
    ends = zip(table["bent most"], table["holder's"], table["advocate's"], strict=True)
    told["bent most"] = [f"{head}: {POINTS * own:.0f} to {POINTS * claimed:.0f}" for head, own, claimed in ends]
    basis = "proven largest" if found.exact else "the largest that a search found"
    return Table(
        told,
        f"The most favourable weights within the stated ranges, {words.method_name(found.method)} (leads: {basis})",
    )


def advocates_told(problem: Problem, found: Advocacy) -> Text:
    """Return which options no advocate can bring to the front, and which need no bending to speak of."""
    table = found.table
    out = [words.option_name(problem, str(option)) for option in table.index[~table["first"]]]
    method = words.method_name(found.method)
    claim = "can be" if found.exact else "was found that would be"
    first = (
        f"By {method} no weights within the stated ranges {'make' if found.exact else 'were found that make'} "
        f"{words.listed(out)} first."
        if out
        else f"By {method} every option {claim} first under some weights within the stated ranges."
    )
    far = table[table["first"]].sort_values("distance", kind="stable")
    near = words.listed(
        f"{words.option_name(problem, str(option))} ({_moved(row['distance'])} from {row['nearest holder']})"
        for option, row in far.iterrows()
    )
    second = f"Points between an advocate's best case and the nearest real holder: {near}." if near else ""
    return Text("\n".join(f"- {line}" for line in (first, second) if line))


def moves(problem: Problem, stated: Weights, found: Prices) -> Table:
    """Return one holder's weights on what it weighs, as they are and after the smallest change for each option."""
    used = over_leaves(problem, stated)
    rows, told = found.table.loc[used.holder], {}
    for option, row in rows.sort_values("without limit", kind="stable").iterrows():
        reach = "in range" if np.isfinite(row.get("in range", np.inf)) else "without limit"
        moved = found.moved.get((used.holder, str(option), reach))
        if moved is not None:
            name = words.option_name(problem, str(option))
            told[name] = {"points": _price(row), **{problem.criterion(key).label: f"{POINTS * weight:.0f}"
                                                    for key, weight in moved.items()}}  # fmt: skip
    caption = f"The nearest weights of {used.holder} at which an option is first, {words.method_name(found.method)}"
    return Table(pd.DataFrame.from_dict(told, orient="index"), caption)

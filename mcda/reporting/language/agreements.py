"""Sentences about what agreement would cost the holders, and what an advocate could claim."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import rounded
from mcda.holders.advocate_test import Advocacy
from mcda.holders.price_of_agreement import Prices, bound_of
from mcda.problem.model import Problem
from mcda.reporting.language.results import option_name
from mcda.sentences.catalogue import counted, listed, told

IN_RANGE = "in range"
REACH = "without limit"
EVEN = 9  # decimals: holders and options whose changes are equally large are taken in their order


def whole_points(change: float) -> int:
    """Return the whole points of 100 that change hands.

    They are half of a sum of rises and falls, which is in shares of the whole.

    >>> whole_points(0.363), whole_points(0.144)
    (18, 7)
    """
    return int(rounded(100 * change / 2))


def points_moved(change: float, at_least: float | None = None) -> str:
    """Return the points that change hands.

    Where only a lower bound is as sure as what is shown, the text has both ends. A change that
    isn't nothing is never shown as 0.

    >>> points_moved(0.363), points_moved(0.0046), points_moved(0.02)
    ('18 points', 'less than 1 point', '1 point')
    >>> points_moved(0.0), points_moved(0.46, 0.399)
    ('0 points', '20 to 23 points')
    """
    whole = whole_points(change)
    least = change if at_least is None else min(at_least, change)
    low = whole_points(least)
    if low < whole:
        return told("agreement.between", low=low, high=whole)
    return told("agreement.less") if whole == 0 and change > 0 else counted(whole, "point")


def nearest_change(prices: Prices) -> pd.DataFrame:
    """Return for each holder the other option that is cheapest to put first, and its price.

    The holder's first options are beside it, and the price in range. price and inside are sums of
    rises and falls, "at least" the bound proven for the price. inside is infinite where the
    holder's stated ranges hold no such weights, missing where it states none. Holders for whom no
    weights put another option first have no row.
    """
    table = prices.table.assign(nearly=prices.table[REACH].round(EVEN))
    priced = table[(table["rank"] > 1) & np.isfinite(table[REACH])]
    cheapest = priced.loc[priced.groupby("holder", sort=False)["nearly"].idxmin()].reset_index(
        "option"
    )
    inside = cheapest.get(IN_RANGE, np.nan)
    # what never comes about is level with its fallback, and its price is none
    leads = (table["rank"] == 1) & np.isfinite(table[REACH])
    firsts = table[leads].reset_index("option").groupby("holder")["option"].agg(tuple)
    columns = {
        "first": firsts[cheapest.index],
        "option": cheapest["option"],
        "price": cheapest[REACH],
        "at least": cheapest[bound_of(REACH)],
        "inside": inside,
    }
    return pd.DataFrame(columns)


def agreement(problem: Problem, prices: Prices) -> list[str]:
    """Return the cheapest change of mind, the cost of unity, and who is never first.

    The cost of unity is that to the holder furthest from it.
    """
    changes = nearest_change(prices)
    never = prices.never()
    names = listed(option_name(problem, option) for option in never)
    return [
        _cheapest(problem, changes) if len(changes) else told("agreement.fixed"),
        _unity(problem, prices),
        told("agreement.never", options=names) if never else "",
    ]


def _cheapest(problem: Problem, changes: pd.DataFrame) -> str:
    holder = changes["price"].round(EVEN).idxmin()
    least = changes.loc[holder]
    inside = "" if np.isnan(least["inside"]) else f"{told('join.comma')}{told('agreement.inside')}"
    return told(
        "agreement.cheapest",
        holder=holder,
        option=option_name(problem, least["option"]),
        points=points_moved(least["price"], least["at least"]),
        where=dearer(least) or inside,
    )


def dearer(change: pd.Series) -> str:
    """Return what a row of `nearest_change` comes to inside the stated ranges.

    A comma comes before it. The text is blank where it comes to the same there, or no range is
    stated.
    """
    inside = change["inside"]
    if np.isnan(inside) or (
        np.isfinite(inside) and whole_points(inside) == whole_points(change["price"])
    ):
        return ""
    where = (
        told("agreement.further", points=points_moved(inside))
        if np.isfinite(inside)
        else told("agreement.outside")
    )
    return f"{told('join.comma')}{where}"


def _unity(problem: Problem, prices: Prices) -> str:
    """Return the option on which all holders could agree most easily.

    It needs the least that any of them would have to move.
    """
    by_option = prices.table[REACH].round(EVEN).fillna(np.inf).unstack("holder")
    dearest = by_option.max(axis=1)
    option = dearest.idxmin()
    if by_option.shape[1] < 2 or dearest[option] == 0 or np.isinf(dearest[option]):
        return ""
    return told(
        "agreement.unity",
        option=option_name(problem, option),
        holder=by_option.loc[option].idxmax(),
        points=points_moved(dearest[option]),
    )


def put_first(row: pd.Series) -> str:
    """Return whether an advocate can put an option first.

    The text is yes, no where that is proven, otherwise not found.
    """
    if row["first"]:
        return told("agreement.yes")
    key = "advocacy.unknown" if np.isinf(row["at most"]) else "agreement.no"
    return told(key)


def advocacy(problem: Problem, test: Advocacy) -> str:
    """Return which options some weights within the holders' ranges put first, and which none do.

    "None" is said where it is proven. Where the leads come from a search, options that it did not
    put first are reported as not found, never as impossible.
    """
    first = [option_name(problem, option) for option in test.table.index[test.table["first"]]]
    others = [option_name(problem, option) for option in test.table.index[~test.table["first"]]]
    could = told("advocacy.could", options=listed(first))
    if not others:
        return could
    key = "advocacy.none" if test.exact else "advocacy.not_found"
    return f"{could} {told(key, options=listed(others))}"

"""Sentences about whose values count: what agreement would cost the holders, and what an advocate could claim."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.methods.advocacy import Advocacy
from mcda.methods.agreement import Prices
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.problem.model import Problem
from mcda.report.words.catalogue import counted, listed, told
from mcda.report.words.results import option_name

REACH = "without limit"


def points(part: float) -> str:
    """Return a share of the whole weight in whole points of 100; what isn't nothing is never told as 0.

    >>> points(0.363), points(0.0046), points(0.01), points(0.0)
    ('36 points', '<1 point', '1 point', '0 points')
    """
    whole = round(100 * part)
    return told("agreement.less") if whole == 0 and part > 0 else counted(whole, "point")


def nearest_change(prices: Prices) -> pd.DataFrame:
    """Return for each holder its first options, the other that is cheapest to put first, its price, also in range.

    inside is infinite where the holder's stated ranges hold no such weights, missing where it states none. Holders for
    whom no weights put another option first have no row.
    """
    table = prices.table
    priced = table[(table["rank"] > 1) & np.isfinite(table[REACH])]
    cheapest = priced.loc[priced.groupby("holder", sort=False)[REACH].idxmin()].reset_index("option")
    inside = cheapest.get("in range", np.nan)
    firsts = table[table["rank"] == 1].reset_index("option").groupby("holder")["option"].agg(tuple)
    told = {"first": firsts[cheapest.index], "option": cheapest["option"], "price": cheapest[REACH], "inside": inside}
    return pd.DataFrame(told)


def agreement(problem: Problem, prices: Prices) -> list[str]:
    """Return the cheapest change of mind, what unity would cost the holder furthest from it, and who is never first."""
    changes, never = nearest_change(prices), prices.never()
    names = listed(option_name(problem, option) for option in never)
    return [
        _cheapest(problem, changes) if len(changes) else told("agreement.fixed"),
        _unity(problem, prices),
        told("agreement.never", options=names) if never else "",
    ]


def _cheapest(problem: Problem, changes: pd.DataFrame) -> str:
    holder = changes["price"].idxmin()
    least = changes.loc[holder]
    where = told("agreement.inside" if least["inside"] <= least["price"] + TIE_TOLERANCE else "agreement.outside")
    return told("agreement.cheapest", holder=holder, option=option_name(problem, least["option"]),
                points=points(least["price"]), where=where)  # fmt: skip


def _unity(problem: Problem, prices: Prices) -> str:
    """Return the option on which all holders could agree with the least that any of them would have to move."""
    by_option = prices.table[REACH].fillna(np.inf).unstack("holder")
    dearest = by_option.max(axis=1)
    option = dearest.idxmin()
    if by_option.shape[1] < 2 or dearest[option] == 0 or np.isinf(dearest[option]):
        return ""
    return told("agreement.unity", option=option_name(problem, option), holder=by_option.loc[option].idxmax(),
                points=points(dearest[option]))  # fmt: skip


def advocacy(problem: Problem, found: Advocacy) -> str:
    """Return which options some weights within the holders' ranges put first, and which none do, where that is proven.

    Where the leads come from a search, options that it did not put first are told as not found, never as impossible.
    """
    first = [option_name(problem, option) for option in found.table.index[found.table["first"]]]
    others = [option_name(problem, option) for option in found.table.index[~found.table["first"]]]
    could = told("advocacy.could", options=listed(first))
    rest = told("advocacy.none" if found.exact else "advocacy.not_found", options=listed(others)) if others else ""
    return f"{could} {rest}".strip()

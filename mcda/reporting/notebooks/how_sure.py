"""The tables of how sure a ranking is, for a reader in a notebook.

Options and criteria are named, and shares are in percent.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.notebooks.brief import Table, Text, titled
from mcda.uncertainty.counting.drawn_and_held import FACTS
from mcda.uncertainty.draws.draws import Draws
from mcda.uncertainty.smaa.robustness import Robustness


def one_draw(draws: Draws, number: int, most: int = 8) -> Table:
    """Return the first estimates of one draw: what was stated, and what was drawn."""
    every = draws.show(number).estimates
    shown = every.head(most)
    told = shown[["low", "mode", "high", "drawn"]].map(words.figure).assign(unit=shown["unit"])
    told.index = pd.Index([words.estimate_name(draws.problem, str(key)) for key in shown.index])
    caption = words.told(
        "one_draw.caption", number=number, seed=draws.seed, shown=len(told), estimates=len(every)
    )
    return Table(titled("one_draw", told), caption)


def together(problem: Problem) -> Table | Text:
    """Return which estimates move together, how strongly (-1 to 1), and why."""
    asked = problem.tables.get("correlations")
    if asked is None or asked.empty:
        return Text(words.told("together.none"))
    names = []
    for first, second in zip(asked["first"], asked["second"], strict=True):
        pair = [words.estimate_name(problem, first), words.estimate_name(problem, second)]
        names.append(words.listed(pair))
    told = pd.DataFrame(
        {
            "correlation": [words.figure(rho) for rho in asked["rank_correlation"]],
            "kind": asked["kind"].tolist(),
            "why": asked.get("rationale", pd.Series("", asked.index)).fillna("").tolist(),
        },
        index=names,
    )
    return Table(titled("together", told), words.told("together.caption"))


def first_places(problem: Problem, robust: Robustness) -> Table | Text:
    """Return the share of draws in which each option comes first, with its 95% interval.

    "settled" is "yes" where the whole interval has the same words: more draws would not change
    them. Where nothing was drawn, a text says why.
    """
    if not robust.drawn:
        return Text(*words.no_shares({robust.holder: robust}))
    found = robust.first_rank.sort_values("acceptability", ascending=False, kind="stable")
    basis = words.told(
        "option.basis", method=words.method_name(robust.method), holder=robust.holder
    )
    intervals = zip(found["low"], found["high"], strict=True)
    told = pd.DataFrame(
        {
            "share": words.first_places(robust)[found.index].map(words.share),
            "interval": [words.interval_in_tenths(low, high) for low, high in intervals],
            "settled": [
                words.told("agreement.yes" if settled else "agreement.no")
                for settled in found["settled"]
            ],
        }
    )
    caption = words.told("first_places.caption", draws=words.draws_of(robust), basis=basis)
    return Table(_by_name(problem, titled("first_places", told)), caption)


def floors_passed(problem: Problem, robust: Robustness) -> Table | Text:
    """Return the share of draws in which each option would pass each floor.

    It would, were the draw the truth.
    """
    if robust.floors_passed.isna().all(axis=None):
        return Text(words.told("floors_passed.none"))
    names = {
        key: words.told(
            "floors_passed.floor", label=problem.criterion(key).label, floor=words.as_stated(floor)
        )
        for key, floor in robust.floors.items()
    }
    shares = robust.floors_passed.map(words.share)
    told = shares.drop(columns="all floors") if len(names) == 1 else shares
    told = told.rename(columns=names | {"all floors": words.told("floors_passed.all")})
    return Table(
        _by_name(problem, told),
        words.told("floors_passed.caption", draws=words.draws_of_facts(robust.draws)),
    )


def every_holder(problem: Problem, found: Mapping[str, Robustness]) -> Table:
    """Return the share of draws in which each option comes first, a column for each holder."""
    none = words.told("every_holder.none")
    told = pd.DataFrame(
        {
            name: words.first_places(one).map(words.share) if one.drawn else none
            for name, one in found.items()
        },
        index=next(iter(found.values())).first_rank.index,
    )
    return Table(
        _by_name(problem, told),
        words.told("every_holder.caption", draws=words.draws_of(*found.values())),
    )


def confidence(problem: Problem, robust: Robustness) -> Table | Text:
    """Return the share of draws in which each option is first under its own central weights.

    The draws are those of the facts.
    """
    if FACTS not in robust.drawn:
        return Text(words.told("confidence_factors.no_facts"))
    never = words.told("confidence_factors.never")
    told = robust.confidence_factors.map(
        lambda factor: never if pd.isna(factor) else words.share(factor)
    )
    told = told.to_frame(words.told("confidence_factors.share"))
    draws = words.draws_of_facts(robust.rests_on["confidence_factors"])
    return Table(_by_name(problem, told), words.told("confidence_factors.caption", draws=draws))


def _by_name(problem: Problem, table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis(
        pd.Index([words.option_name(problem, str(option)) for option in table.index]), axis=0
    )

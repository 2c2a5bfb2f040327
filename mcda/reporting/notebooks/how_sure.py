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
    cells = shown[["low", "mode", "high", "drawn"]].map(words.figure).assign(unit=shown["unit"])
    cells.index = pd.Index([words.estimate_name(draws.problem, str(key)) for key in shown.index])
    caption = words.told(
        "one_draw.caption", number=number, seed=draws.seed, shown=len(cells), estimates=len(every)
    )
    return Table(titled("one_draw", cells), caption)


def together(problem: Problem) -> Table | Text:
    """Return which estimates move together, how strongly (-1 to 1), and why."""
    stated = problem.tables.get("correlations")
    if stated is None or stated.empty:
        return Text(words.told("together.none"))
    names = []
    for first, second in zip(stated["first"], stated["second"], strict=True):
        pair = [words.estimate_name(problem, first), words.estimate_name(problem, second)]
        names.append(words.listed(pair))
    table = pd.DataFrame(
        {
            "correlation": [words.figure(rho) for rho in stated["rank_correlation"]],
            "kind": stated["kind"].tolist(),
            "why": stated.get("rationale", pd.Series("", stated.index))
            .astype(object)
            .fillna("")
            .tolist(),
        },
        index=names,
    )
    return Table(titled("together", table), words.told("together.caption"))


def first_places(problem: Problem, robust: Robustness) -> Table | Text:
    """Return the share of draws in which each option comes first, with its 95% interval.

    "settled" is "yes" where the whole interval has the same words: more draws would not change
    them. Where nothing was drawn, a text says why.
    """
    if not robust.drawn:
        return Text(*words.no_shares({robust.holder: robust}))
    shares = robust.first_rank.sort_values("acceptability", ascending=False, kind="stable")
    basis = words.told(
        "option.basis", method=words.method_name(robust.method), holder=robust.holder
    )
    intervals = zip(shares["low"], shares["high"], strict=True)
    settled = [
        "agreement.yes" if is_settled else "agreement.no" for is_settled in shares["settled"]
    ]
    table = pd.DataFrame(
        {
            "share": words.first_places(robust)[shares.index].map(words.share),
            "interval": [words.interval_in_tenths(low, high) for low, high in intervals],
            "settled": [words.told(key) for key in settled],
        }
    )
    caption = words.told("first_places.caption", draws=words.draws_of(robust), basis=basis)
    return Table(_by_name(problem, titled("first_places", table)), caption)


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
    cells = shares.drop(columns="all floors") if len(names) == 1 else shares
    cells = cells.rename(columns=names | {"all floors": words.told("floors_passed.all")})
    return Table(
        _by_name(problem, cells),
        words.told("floors_passed.caption", draws=words.draws_of_facts(robust.draws)),
    )


def every_holder(problem: Problem, found: Mapping[str, Robustness]) -> Table:
    """Return the share of draws in which each option comes first, a column for each holder."""
    none = words.told("every_holder.none")
    columns = {
        name: words.first_places(one).map(words.share) if one.drawn else none
        for name, one in found.items()
    }
    table = pd.DataFrame(columns, index=next(iter(found.values())).first_rank.index)
    return Table(
        _by_name(problem, table),
        words.told("every_holder.caption", draws=words.draws_of(*found.values())),
    )


def confidence(problem: Problem, robust: Robustness) -> Table | Text:
    """Return the share of draws in which each option is first under its own central weights.

    The draws are those of the facts.
    """
    if FACTS not in robust.drawn:
        return Text(words.told("confidence_factors.no_facts"))
    never = words.told("confidence_factors.never")
    cells = robust.confidence_factors.map(
        lambda factor: never if pd.isna(factor) else words.share(factor)
    )
    cells = cells.to_frame(words.told("confidence_factors.share"))
    draws = words.draws_of_facts(robust.rests_on["confidence_factors"])
    return Table(_by_name(problem, cells), words.told("confidence_factors.caption", draws=draws))


def _by_name(problem: Problem, table: pd.DataFrame) -> pd.DataFrame:
    return table.set_axis(
        pd.Index([words.option_name(problem, str(option)) for option in table.index]), axis=0
    )

"""Every ranking of a question that is shown together, with and without the floor, and each as a plain record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from mcda.methods.ranking import Method, Ranking, rank
from mcda.preferences.weights import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors

METHODS = ("additive", "topsis", "ahp")


def proposed_floors(problem: Problem) -> dict[str, float]:
    """Return the floors that the question proposes, by leaf; empty where it proposes none."""
    return {leaf.key: leaf.floor for leaf in problem.leaves if leaf.floor is not None}


def both_answers(
    problem: Problem, weights: Weights, method: str | Method, *, floors: Floors = True, p: float = 2.0
) -> tuple[Ranking, Ranking | None]:
    """Return the ranking without a floor, and beside it the one with: the two are always shown together.

    floors is True for those the question proposes (none if it proposes none), or a mapping.
    """
    without = rank(problem, weights, method, p=p)
    screened = floors if isinstance(floors, Mapping) else proposed_floors(problem)
    return without, rank(problem, weights, method, floors=screened, p=p) if screened else None


def holder_ranks(
    problem: Problem, holders: Iterable[Weights], methods: Iterable[str | Method], *, floors: Floors = None, p: float = 2.0
) -> pd.DataFrame:
    """Return the rank of every option for each holder and method: options x (holder, method), blank where excluded."""
    methods = list(methods)
    columns = {}
    for weights in holders:
        for method in methods:
            ranking = rank(problem, weights, method, floors=floors, p=p)
            columns[weights.holder, ranking.method] = ranking.table["rank"].reindex(problem.options.index).astype("Int64")
    table = pd.DataFrame(columns, index=problem.options.index)
    table.columns = pd.MultiIndex.from_tuples(list(columns), names=["holder", "method"])
    return table


def record(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as plain data for JSON: full precision, labels, exclusions with their reason, notes."""
    return {
        "holder": ranking.holder,
        "method": ranking.method,
        "tie_tolerance": ranking.tie_tolerance,
        "band_width": ranking.band_width,
        "floors": dict(ranking.floors),
        "weights": {str(key): float(weight) for key, weight in ranking.weights.values.items()},
        "ranking": [
            {"option": option, "label": row["label"], "score": float(row["score"]), "rank": int(row["rank"]),
             "band": int(row["band"]), "baseline": bool(row["baseline"])}
            for option, row in ranking.table.to_dict("index").items()
        ],
        "excluded": [{"option": option, **row} for option, row in ranking.excluded.to_dict("index").items()],
        "notes": list(ranking.notes),
    }  # fmt: skip

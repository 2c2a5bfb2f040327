"""Every ranking of a question that is shown together, with and without the floor, and each as a plain record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mcda.methods.method import Choice
from mcda.methods.ranking import Ranking, rank, repeats
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, failures

METHODS = ("additive", "topsis", "ahp")
Answers = Mapping[str, Sequence[tuple[Ranking, Ranking | None]]]


def proposed_floors(problem: Problem) -> dict[str, float]:
    """Return the floors that the question proposes, by leaf; empty where it proposes none."""
    return {leaf.key: leaf.floor for leaf in problem.leaves if leaf.floor is not None}


def both_answers(
    problem: Problem, weights: Weights, method: Choice, *, floors: Floors = True, p: float = 2.0
) -> tuple[Ranking, Ranking | None]:
    """Return the ranking without a floor, and beside it the one with: the two are always shown together.

    floors is True for those the question proposes (none if it proposes none), or a mapping. Where no option passes
    there is nothing to rank behind the floor: None.
    """
    without = rank(problem, weights, method, p=p)
    screened = floors if isinstance(floors, Mapping) else proposed_floors(problem)
    nobody = failures(problem, screened).index.nunique() == len(problem.options)
    return without, rank(
        problem, weights, method, floors=screened, p=p
    ) if screened and not nobody else None


def every_answer(
    problem: Problem,
    chosen: Iterable[Weights],
    methods: Iterable[Choice] = METHODS,
    *,
    floors: Floors = True,
    p: float = 2.0,
) -> Answers:
    """Return both answers of every method for every set of weights, by holder."""
    methods = list(methods)
    return {
        weights.holder: [
            both_answers(problem, weights, method, floors=floors, p=p) for method in methods
        ]
        for weights in chosen
    }


@dataclass(frozen=True)
class Repeat:
    """A method that gives a holder another one's answer once more; exact where the weights are the same too."""

    holder: str
    method: str
    of: str
    width: float
    exact: bool


def repeated(answers: Answers, leading: int = 0) -> list[Repeat]:
    """Return what is neither counted nor tabled: each answer that repeats one by another method, the leading one first.

    leading: the place, among the methods, of the one that is kept whatever it equals.
    """
    found = []
    for pairs in answers.values():
        kept: list[Ranking] = []
        for pair in _leading_first(pairs, leading):
            same = next((other for other in kept if repeats(pair[0], other)), None)
            if same is None:
                kept.append(pair[0])
            else:
                found.append(_repeat(pair[0], same))
    return found


def _leading_first(
    pairs: Sequence[tuple[Ranking, Ranking | None]], leading: int
) -> list[tuple[Ranking, Ranking | None]]:
    return [pairs[leading], *(pair for at, pair in enumerate(pairs) if at != leading)]


def _repeat(one: Ranking, other: Ranking) -> Repeat:
    apart = (one.weights.values - other.weights.values).abs().max()
    return Repeat(
        one.holder, one.method, other.method, one.band_width or 0.0, bool(apart <= TIE_TOLERANCE)
    )


def distinct(answers: Answers, leading: int = 0) -> Answers:
    """Return the answers without those that repeat another: what is counted and tabled, in the order of methods."""
    gone = {(one.holder, one.method) for one in repeated(answers, leading)}
    return {
        holder: [pair for pair in pairs if (pair[0].holder, pair[0].method) not in gone]
        for holder, pairs in answers.items()
    }


def by_method(answers: Answers) -> dict[str, list[tuple[Ranking, Ranking | None]]]:
    """Return both answers of each method for every holder for whom it has one of its own."""
    grouped: dict[str, list[tuple[Ranking, Ranking | None]]] = {}
    for pairs in answers.values():
        for pair in pairs:
            grouped.setdefault(pair[0].method, []).append(pair)
    return grouped


def by_side(problem: Problem, answers: Answers) -> dict[str, dict[str, list[Ranking]]]:
    """Return the rankings of every holder, one a method, by the name of each side of the floor that has any."""
    without = {holder: [pair[0] for pair in pairs] for holder, pairs in answers.items()}
    behind = {holder: [pair[1] for pair in pairs if pair[1]] for holder, pairs in answers.items()}
    if not proposed_floors(problem):
        return {"plain": without}
    return {"without": without, "behind": behind} if any(behind.values()) else {"without": without}


def rank_table(problem: Problem, rankings: Mapping[str, Ranking | None]) -> pd.DataFrame:
    """Return options x names: the rank of every option in each ranking, blank where excluded; no column for None."""
    columns = {
        name: ranking.table["rank"] for name, ranking in rankings.items() if ranking is not None
    }
    return pd.DataFrame(columns, index=problem.options.index)


def side_by_side(without: Ranking, screened: Ranking | None) -> pd.DataFrame:
    """Return a ranking as a table, best first: label, score, rank, band, and (with a floor) the rank behind it."""
    table = without.table[["label", "score", "rank", "band"]].copy()
    table["label"] = [
        f"{label} (baseline)" if mark else label
        for label, mark in zip(table["label"], without.table["baseline"], strict=True)
    ]
    if screened is not None:
        table["rank with floor"] = [
            screened.table["rank"].get(option, "excluded") for option in table.index
        ]
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
            {
                "option": option,
                "label": row["label"],
                "score": float(row["score"]),
                "rank": int(row["rank"]),
                "band": int(row["band"]),
                "baseline": bool(row["baseline"]),
            }
            for option, row in ranking.table.to_dict("index").items()
        ],
        "excluded": [
            {"option": option, **row} for option, row in ranking.excluded.to_dict("index").items()
        ],
        "notes": list(ranking.notes),
    }

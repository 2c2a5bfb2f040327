"""Answers as tables, and as plain records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd

from mcda.checks.faults import NotApplicable
from mcda.checks.of_many import SHOWN, foremost
from mcda.holders.answers import Answer
from mcda.methods.ranking import Ranking, rank
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.sentences.catalogue import told

EQUAL = 9  # decimals: rivals that win equally often keep their order, on any machine


def rank_table(problem: Problem, rankings: Mapping[str, Ranking | None]) -> pd.DataFrame:
    """Return options x names: the rank of every option in each ranking, blank where excluded; no column for None."""
    columns = {
        name: ranking.table["rank"] for name, ranking in rankings.items() if ranking is not None
    }
    return pd.DataFrame(columns, index=problem.options.index)


def rank_tables(
    problem: Problem, answers: Mapping[str, Answer[Ranking]]
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return the ranks of every option for every holder, without the floor and behind it (None if none)."""
    without = rank_table(problem, {holder: each.without for holder, each in answers.items()})
    behind = rank_table(problem, {holder: each.behind for holder, each in answers.items()})
    return without, None if behind.empty else behind


def narrowed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table over draws; one that grows with the square of very many options loses columns.

    Left are the first ranks, and the rivals that win most.
    """
    if name == "rank_acceptability":
        return table.iloc[:, :SHOWN]
    if name == "pairwise_winning" and table.shape[1] > SHOWN:
        return table.iloc[:, foremost(_losses(table).to_numpy(), SHOWN)]
    return table


def narrowed_alike(name: str, tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """Return tables that will stand below each other, narrowed to the same columns.

    Of very many rivals those are left that win most on the mean of the tables: with columns of its
    own, each table would leave those of the others blank.
    """
    if name != "pairwise_winning" or max(table.shape[1] for table in tables) <= SHOWN:
        return [narrowed(name, table) for table in tables]
    losses = pd.concat([_losses(table) for table in tables], axis="columns").mean(axis="columns")
    rivals = losses.index[foremost(losses.round(EQUAL).to_numpy(), SHOWN)]
    return [table.reindex(columns=rivals) for table in tables]


def _losses(pairs: pd.DataFrame) -> pd.Series:
    """Return for each option the sum of the shares of draws in which others are ahead of it."""
    return pairs.shape[1] - pairs.sum(axis="columns").round(EQUAL)


def methods_for(
    problem: Problem, weights: Weights, methods: Iterable[str], floors: Floors = None
) -> list[str]:
    """Return those of some methods that can rank a question; some can't where options are alike."""
    able = []
    for method in methods:
        with suppress(NotApplicable):
            rank(problem, weights, method, floors=floors)
            able.append(method)
    return able


def side_by_side(answer: Answer[Ranking]) -> pd.DataFrame:
    """Return an answer as a table, best first: label, score, rank, band, and the rank behind a floor."""
    table = answer.without.table[["label", "score", "rank", "band"]].copy()
    table["label"] = [
        f"{label} {told('option.baseline_mark')}" if mark else label
        for label, mark in zip(table["label"], answer.without.table["baseline"], strict=True)
    ]
    if answer.behind is not None:
        behind = answer.behind.table["rank"]
        excluded = told("drawn_leaders.excluded")
        table["rank with floor"] = [behind.get(option, excluded) for option in table.index]
    return table


def answer_record(answer: Answer[Ranking]) -> dict[str, Any]:
    """Return an answer as plain data for JSON; nothing stands for a side that has no ranking."""
    behind = None if answer.behind is None else record(answer.behind)
    return {"without_floor": record(answer.without), "with_floor": behind}


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

"""Sentences about statements: what follows from them, what can't all hold, and what each would give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import percent, plain
from mcda.holders.said import Said
from mcda.preferences.from_statements.conflict import Conflict
from mcda.preferences.from_statements.following import Following
from mcda.preferences.from_statements.kinds import Statement
from mcda.preferences.from_statements.next_question import NextQuestion
from mcda.problem.model import Problem
from mcda.sentences.catalogue import counted, listed, told

SHOWN_DIGITS = 3  # of a range that is told
SAME = ("option", "label", "options_against", "statements_against")


def finding(problem: Problem, said: Sequence[Said], positions: pd.DataFrame) -> list[str]:
    """Return what the statements of each holder come to, then what stands against positions."""
    sentences = [] if said else [told("statements.none")]
    for one in said:
        sentences += _of_holder(problem, one)
    return [*sentences, *_of_positions(problem, positions)]


def _of_holder(problem: Problem, one: Said) -> Iterator[str]:
    if one.conflict is not None:
        yield told("statements.conflict", holder=one.holder, said=quoted(one.conflict.statements))
        yield from gives(one.conflict)
    if one.follows is not None:
        yield _follows(problem, one, one.follows)
    if one.broken:
        yield told("statements.broken", holder=one.holder, said=quoted(one.broken))


def _follows(problem: Problem, one: Said, follows: Following) -> str:
    """Return which options may be first, and how many pairs are settled."""
    count = counted(len(one.statements), "statement")
    settled = follows.necessary.to_numpy().copy()
    np.fill_diagonal(settled, val=False)
    m = len(settled)
    pairs = int(np.triu(settled | settled.T, 1).sum())
    names = [problem.name_of(option) for option in follows.firsts]
    parts = {"holder": one.holder, "count": count, "pairs": pairs, "all": m * (m - 1) // 2}
    if len(names) == 1:
        return told("statements.settled", **parts, option=names[0])
    return told("statements.open", **parts, options=listed(names))


def gives(conflict: Conflict) -> Iterator[str]:
    """Go through what each statement of a conflict would have to give, in its own unit."""
    for row in conflict.table.itertuples():
        if not np.isnan(row.can_low):
            ends = _range(row.can_low, row.can_high)
            about = told(f"statements.about_{row.about}")
            unit = row.unit
            yield told("statements.gives", words=row.statement, about=about, ends=ends, unit=unit)


def _range(low: float, high: float) -> str:
    low_told = plain(low, SHOWN_DIGITS)
    high_told = plain(high, SHOWN_DIGITS)
    if np.isinf(high):
        return told("statements.from", low=low_told)
    if low_told == high_told:
        return low_told
    return told("statements.between", low=low_told, high=high_told)


def quoted(said: Sequence[Statement]) -> str:
    """Return statements in their words, listed."""
    return listed([told("weights.said", words=one.told) for one in said])


def _of_positions(problem: Problem, positions: pd.DataFrame) -> Iterator[str]:
    """Go through the positions that no weights put first in some structure, and what stands against."""
    if positions.empty:
        return
    holders = positions["holder"].nunique()
    never = positions[~positions["can_be_first"]]
    if never.empty:
        yield told("statements.all_can", positions=counted(holders, "position"))
    holders_of: dict[tuple[str, ...], list[str]] = {}
    for row in never.itertuples():
        holders_of.setdefault(_same(row), []).append(row.holder)
    for row in never.drop_duplicates(list(SAME)).itertuples():
        against = [problem.name_of(option) for option in row.options_against]
        against += [told("weights.said", words=words) for words in row.statements_against]
        yield told(
            "statements.never",
            holders=listed(holders_of[_same(row)]),
            option=problem.name_of(row.option),
            structure=row.label,
            against=listed(against),
        )


def _same(row: Any) -> tuple[str, ...]:
    """Return what rows have in common that one sentence tells for several holders."""
    return tuple(str(getattr(row, column)) for column in SAME)


def next_told(problem: Problem, asked: Mapping[str, NextQuestion]) -> Iterator[str]:
    """Go through what to ask each holder next, with the ranking so far, or why to stop."""
    for holder, one in asked.items():
        so_far = {
            "holder": holder,
            "option": problem.name_of(one.leader),
            "share": percent(one.certainty),
            "draws": counted(one.draws, "draw"),
        }
        if one.comparison is None:
            yield told(f"statements.stop_{one.reason.replace(' ', '_')}", **so_far)
        else:
            first = _move(problem, one.comparison.first, one.comparison.first_move)
            second = _move(problem, one.comparison.second, one.comparison.second_move)
            yield told("statements.next", **so_far, first=first, second=second)


def _move(problem: Problem, key: str, move: tuple[float, float]) -> str:
    """Return a move of a measure in its natural unit."""
    leaf = problem.criterion(key)
    ends = {"start": plain(move[0]), "end": plain(move[1])}
    return told("statements.move", label=leaf.label or leaf.key, unit=leaf.unit, **ends)


def ranks_caption(one: Said) -> str:
    """Return what the table of ranks shows, for whom, and under which value functions."""
    kind = one.follows.functions if one.follows is not None else "stated"
    functions = told(f"statements.functions_{kind}")
    return told("statements.ranks", holder=one.holder, functions=functions)

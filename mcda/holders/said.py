"""What each holder's statements come to: what follows, what can't hold, what its weights break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.conflict import Conflict, statement_conflict
from mcda.preferences.from_statements.first_place import can_be_first
from mcda.preferences.from_statements.following import Following, following
from mcda.preferences.from_statements.kinds import Statement
from mcda.preferences.from_statements.value_model import STATED, StatedValues
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem


@dataclass(frozen=True, eq=False)
class Said:
    """What one holder's statements come to.

    conflict: the fewest that can't all hold, or None; follows: what follows from all, where they
    can; broken: those that the holder's own stated weights don't keep; has_weights: whether it
    states any.
    """

    holder: str
    statements: tuple[Statement, ...]
    conflict: Conflict | None
    follows: Following | None
    broken: tuple[Statement, ...]
    has_weights: bool


def said_by_each(
    problem: Problem,
    statements: Mapping[str, Sequence[Statement]],
    holders: Mapping[str, Weights],
    functions: str = STATED,
) -> list[Said]:
    """Return what the statements of each holder come to; holders: those with weights of their own."""
    found = []
    for holder, some in statements.items():
        conflict = statement_conflict(problem, some, functions)
        follows = following(problem, some, functions) if conflict is None else None
        weights = holders.get(holder)
        broken = not_kept(problem, some, weights) if weights is not None else ()
        found.append(Said(holder, tuple(some), conflict, follows, broken, weights is not None))
    return found


def not_kept(
    problem: Problem, statements: Iterable[Statement], weights: Weights
) -> tuple[Statement, ...]:
    """Return the statements that some weights don't keep under the stated value functions."""
    values = over_leaves(problem, weights).values
    parts = values[[leaf.key for leaf in problem.weighed]].to_numpy()
    model = StatedValues(problem)
    return tuple(one for one in statements if not are_kept(bounds_of(one, model), parts))


def stated_positions(problem: Problem) -> dict[str, str]:
    """Return the option that each holder's public line names, where it names one."""
    table = problem.tables.get("positions", pd.DataFrame(columns=["holder", "option"]))
    named = table[table["option"].isin(problem.options.index)]
    return dict(zip(named["holder"], named["option"], strict=True))


def positions_tested(
    problem: Problem,
    positions: Mapping[str, str],
    statements: Mapping[str, Sequence[Statement]],
) -> pd.DataFrame:
    """Return, for each holder's own option by structure, whether any weights put it first.

    positions: the option by holder. What else the holder said holds as well. Columns: holder,
    option, and those of `can_be_first`.
    """
    tables = []
    for holder, option in positions.items():
        table = can_be_first(problem, option, statements.get(holder, ()))
        table.insert(0, "option", option)
        table.insert(0, "holder", holder)
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()

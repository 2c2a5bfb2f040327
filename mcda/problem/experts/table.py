"""The sheet of experts as a table: its answers, their pools, and the spread between experts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.checks.significant_digits import plain
from mcda.problem.experts.answers import ExpertAnswer, last_answers
from mcda.problem.experts.pool import MIXTURE, Pool, pooled
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem

SPREAD = ("estimate", "experts", "rounds", "pool", "low", "best", "high", "within", "between")
ENDS = (0.05, 0.5, 0.95)
TEXTS = ("expert", "key", "as_of", "rationale")
NUMBERS = ("low", "best", "high", "confidence", "known", "round")


def answer_of(cells: Mapping[str, Any]) -> ExpertAnswer:
    """Return the answer that a row of the table holds; blanks are NaN or empty texts."""
    given: dict[str, Any] = {}
    for key in TEXTS:
        given[key] = "" if _is_blank(cells.get(key, "")) else str(cells[key])
    for key in NUMBERS:
        if not _is_blank(cells.get(key, "")):
            given[key] = float(cells[key])
    number = given.pop("round", 1.0)
    if number != int(number):
        raise InputError(Fault("column 'round'", "a whole number", plain(number)))
    return ExpertAnswer(**given, round=int(number))


def _is_blank(cell: object) -> bool:
    return (isinstance(cell, str) and not cell.strip()) or (
        isinstance(cell, float) and cell != cell
    )


def expert_answers(problem: Problem) -> list[ExpertAnswer]:
    """Return the answers of the question's sheet "experts", of every round."""
    table = problem.tables.get("experts", pd.DataFrame())
    return [answer_of(row) for row in table.to_dict("records")]


def pool_rule(problem: Problem, key: str) -> str:
    """Return the rule by which the answers to an estimate are pooled."""
    table = problem.tables["experts"]
    if "pool" not in table:
        return MIXTURE
    stated = [cell for cell in table.loc[table["key"] == key, "pool"] if not _is_blank(cell)]
    return str(stated[0]) if stated else MIXTURE


def expert_spread(problem: Problem) -> pd.DataFrame:
    """Return how far experts differ on each estimate that several answered, beside how unsure each is.

    Parameters
    ----------
    problem : Problem
        The question.

    Returns
    -------
    pandas.DataFrame
        A row for each estimate with experts: its key, how many, in how many rounds, the rule of
        pooling, the 5%, 50% and 95% quantiles of the pool, and the standard deviations within an
        expert's answer and between the experts, in the unit of the estimate.

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> list(expert_spread(ukraine_force.problem()))[:3]
    ['estimate', 'experts', 'rounds']
    """
    check_problem(problem)
    answers = expert_answers(problem)
    rows = []
    for key in dict.fromkeys(answer.key for answer in answers if answer.key in problem.estimates):
        rule = pool_rule(problem, key)
        pool = pooled(answers, key, rule)
        asked = [answer for answer in last_answers(answers) if answer.key == key]
        rounds = max(answer.round for answer in answers if answer.key == key)
        ends = [pool.quantile(chance) for chance in ENDS]
        spread = (float(np.sqrt(pool.within)), float(np.sqrt(pool.between)))
        rows.append((key, len(asked), rounds, rule, *ends, *spread))
    return pd.DataFrame(rows, columns=list(SPREAD))


def pooled_fields(pool: Pool) -> dict[str, Any]:
    """Return the fields of an estimate that is drawn from a pool."""
    low, best, high = (pool.quantile(chance) for chance in ENDS)
    return {
        "low": low,
        "mode": best,
        "high": high,
        "distribution": "pieces",
        "interval": "5-95%",
        "points": tuple(pool.points.tolist()),
        "chances": tuple(pool.chances.tolist()),
    }

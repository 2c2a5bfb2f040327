"""Why no package is allowed: rules that exclude each other, or limits and the least they must give way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.portfolios.amounts import Asked, spans_of
from mcda.portfolios.solver import FINER, OPTIMAL, TOLERANCE, Answer, Clock, cheapest
from mcda.problem.parts.parts import Parts
from mcda.problem.parts.program import Program, Rows
from mcda.sampling.conflicts import smallest_conflict
from mcda.sampling.integer_programs import integer_program

COLUMNS = ("limit", "quantity", "end", "stated", "alone", "together")


@dataclass(frozen=True, eq=False)
class End:
    """An end of a limit: the name of the limit, its quantity, "least" or "most", and the number."""

    name: str
    quantity: str
    way: str
    stated: float


@dataclass(frozen=True, eq=False)
class Reason:
    """Why there is no package: rules in conflict, or a table of limits; whether that is proven."""

    conflict: tuple[str, ...] = ()
    relaxation: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))
    proven: bool = True


def why_none(asked: Asked, clock: Clock) -> Reason:
    """Return the rules that exclude each other, or else by how much limits must give way."""
    answers: list[Answer] = []
    conflict = _rules_in_conflict(asked, clock, answers)
    if conflict:
        return Reason(conflict, proven=all(answer.proven for answer in answers))
    relaxation = _smallest_relaxation(asked, clock, answers)
    return Reason((), relaxation, all(answer.proven for answer in answers))


def _rules_in_conflict(asked: Asked, clock: Clock, answers: list[Answer]) -> tuple[str, ...]:
    """Return the fewest rules and held parts that no package keeps; none where some package does."""
    rules = [rule for rule in asked.program.parts.rules if rule.kind not in ("limit", "adds")]
    held = len(asked.fixed_parts.low)

    def is_possible(some: Sequence[int]) -> bool:
        kept = tuple(rules[at] for at in some if at < len(rules))
        parts = asked.program.parts
        program = Program(Parts(parts.parts, kept, parts.quantities))
        rows = [at - len(rules) for at in some if at >= len(rules)]
        few = Rows(
            asked.fixed_parts.coefficients[rows][:, : program.columns],
            asked.fixed_parts.low[rows],
            asked.fixed_parts.high[rows],
        )
        answer = cheapest(program, np.zeros(program.columns), few, clock)
        answers.append(answer)
        return answer.package is not None or not answer.proven

    everything = tuple(range(len(rules) + held))
    if is_possible(everything):
        return ()
    conflict = smallest_conflict(len(everything), is_possible)
    names = [*(rule.name for rule in rules), *asked.fixed_parts.names]
    return tuple(names[at] for at in conflict)


def _smallest_relaxation(asked: Asked, clock: Clock, answers: list[Answer]) -> pd.DataFrame:
    """Return by how much limits must give way before a package is allowed, a row for each end.

    alone: the nearest number at which this end alone would do, the others being kept; blank where
    it wouldn't, or time was up. together: the ends at which the sum of what all give way, each as a
    share of all that parts bring or take of its quantity, is least.
    """
    ends = _ends(asked)
    joint = _together(asked, ends, clock)
    answers.append(joint)
    rows = []
    for end in ends:
        alone = _alone(asked, ends, end, clock)
        answers.append(alone)
        nearest = [_reached(asked, end, answer) for answer in (alone, joint)]
        rows.append((end.name, end.quantity, end.way, end.stated, *nearest))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _ends(asked: Asked) -> list[End]:
    """Return each end of a limit."""
    ends = []
    for limit in asked.limits:
        for way in ("least", "most"):
            stated = getattr(limit, way)
            if np.isfinite(stated):
                ends.append(End(limit.name, limit.quantity, way, stated))
    return ends


def _above(asked: Asked, end: End) -> tuple[np.ndarray, float]:
    """Return what each column brings beyond an end (columns,), and at most how much may be, in shares."""
    amounts = asked.best[asked.quantities.index(end.quantity)]
    sign = 1.0 if end.way == "most" else -1.0
    span = float(spans_of(amounts))
    return sign * amounts / span, sign * end.stated / span


def _alone(asked: Asked, ends: Sequence[End], loose: End, clock: Clock) -> Answer:
    """Return the package that goes least beyond one end, of those that keep the others."""
    rows = []
    for end in ends:
        if end is not loose:
            amounts, most = _above(asked, end)
            rows.append((amounts, -np.inf, most, end.name))
    kept = Rows.of(rows, asked.program.columns).and_also(asked.fixed_parts)
    beyond, _ = _above(asked, loose)
    return cheapest(asked.program, FINER * beyond, kept, clock, slack=TOLERANCE)


def _together(asked: Asked, ends: Sequence[End], clock: Clock) -> Answer:
    """Return the package with the least sum of what goes beyond all ends: each has a column for it."""
    from scipy.optimize import Bounds, LinearConstraint

    columns = asked.program.columns
    structure = asked.program.structure.and_also(asked.fixed_parts)
    beyond = [_above(asked, end) for end in ends]
    amounts = FINER * np.array([one[0] for one in beyond]).reshape(-1, columns)
    most = FINER * np.array([one[1] for one in beyond])
    constraints = [LinearConstraint(np.hstack([amounts, -np.eye(len(ends))]), -np.inf, most)]
    if len(structure.low):
        padded = np.hstack([structure.coefficients, np.zeros((len(structure.low), len(ends)))])
        constraints.append(LinearConstraint(padded, structure.low, structure.high))
    found = integer_program(
        np.r_[np.zeros(columns), np.ones(len(ends))],
        integrality=np.r_[np.ones(columns), np.zeros(len(ends))],
        bounds=Bounds(0, np.r_[np.ones(columns), np.full(len(ends), np.inf)]),
        constraints=constraints,
        options={"time_limit": clock.left, "mip_rel_gap": 0.0},
    )
    if found.x is None or found.status != OPTIMAL:
        return Answer(None, proven=False)
    return Answer(np.rint(found.x[: asked.program.size]), proven=True)


def _reached(asked: Asked, end: End, answer: Answer) -> float:
    """Return an end where it stays, or what a package reaches beyond it; NaN without a package."""
    if answer.package is None:
        return np.nan
    filled = asked.program.filled(answer.package[None])
    total = float(asked.totals(filled, asked.quantities.index(end.quantity))[0])
    return min(total, end.stated) if end.way == "least" else max(total, end.stated)

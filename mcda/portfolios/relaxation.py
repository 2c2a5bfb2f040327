"""Why no package is allowed: rules that exclude each other, or limits and the least they must give way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from mcda.portfolios.amounts import Asked, spans_of
from mcda.portfolios.solver import Clock, cheapest
from mcda.problem.parts.parts import Parts
from mcda.problem.parts.program import Program, Rows
from mcda.sampling.conflicts import smallest_conflict
from mcda.sampling.integer_programs import integer_program

End: TypeAlias = tuple[str, str, str, float]
COLUMNS = ("limit", "quantity", "end", "stated", "alone", "together")


def rules_in_conflict(asked: Asked, clock: Clock) -> tuple[str, ...]:
    """Return the fewest rules and held parts that no package keeps; none where some package does."""
    rules = [rule for rule in asked.program.parts.rules if rule.kind not in ("limit", "adds")]
    held = len(asked.held.low)

    def is_possible(some: Sequence[int]) -> bool:
        kept = tuple(rules[at] for at in some if at < len(rules))
        parts = asked.program.parts
        program = Program(Parts(parts.parts, kept, parts.quantities))
        rows = [at - len(rules) for at in some if at >= len(rules)]
        few = Rows(
            asked.held.coefficients[rows][:, : program.columns],
            asked.held.low[rows],
            asked.held.high[rows],
        )
        answer = cheapest(program, np.zeros(program.columns), few, clock)
        return answer.package is not None or not answer.proven

    everything = tuple(range(len(rules) + held))
    if is_possible(everything):
        return ()
    conflict = smallest_conflict(len(everything), is_possible)
    names = [*(rule.name for rule in rules), *asked.held.names]
    return tuple(names[at] for at in conflict)


def smallest_relaxation(asked: Asked, clock: Clock) -> pd.DataFrame:
    """Return by how much limits must give way before a package is allowed, a row for each end.

    alone: the nearest number at which this end alone would do, the others being kept; blank where
    it wouldn't. together: the ends at which the sum of what all give way, each as a share of all
    that parts bring or take of its quantity, is least.
    """
    ends = _ends(asked)
    joint = _nearest(asked, ends, range(len(ends)), clock)
    rows = []
    for at, (name, quantity, end, stated) in enumerate(ends):
        alone = _nearest(asked, ends, [at], clock)
        nearest = np.nan if alone is None else alone[at]
        together = np.nan if joint is None else joint[at]
        rows.append((name, quantity, end, stated, nearest, together))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _ends(asked: Asked) -> list[End]:
    """Return each end of a limit: its name, its quantity, "least" or "most", and the number."""
    ends = []
    for limit in asked.limits:
        for end in ("least", "most"):
            number = getattr(limit, end)
            if np.isfinite(number):
                ends.append((limit.name, limit.quantity, end, number))
    return ends


def _nearest(
    asked: Asked, ends: Sequence[End], loose: Sequence[int], clock: Clock
) -> list[float] | None:
    """Return every end as it must be if some give way, as little as they can; None if they can't."""
    from scipy.optimize import Bounds, LinearConstraint

    columns = asked.program.columns
    structure = asked.program.structure.and_also(asked.held)
    rows, stated = _loosened(asked, ends)
    gives = np.zeros(len(ends))
    gives[list(loose)] = np.inf
    constraints = [LinearConstraint(rows, -np.inf, stated)]
    if len(structure.low):
        padded = np.hstack([structure.coefficients, np.zeros((len(structure.low), len(ends)))])
        constraints.append(LinearConstraint(padded, structure.low, structure.high))
    found = integer_program(
        np.r_[np.zeros(columns), np.ones(len(ends))],
        integrality=np.r_[np.ones(columns), np.zeros(len(ends))],
        bounds=Bounds(0, np.r_[np.ones(columns), gives]),
        constraints=constraints,
        options={"time_limit": clock.left, "mip_rel_gap": 0.0},
    )
    if found.x is None or found.status:
        return None
    return _reached(asked, ends, np.rint(found.x[: asked.program.size]))


def _loosened(asked: Asked, ends: Sequence[End]) -> tuple[np.ndarray, np.ndarray]:
    """Return rows (ends, columns + ends) and what they may reach: each end gives way by its own column.

    They are in shares of all that parts bring or take of their quantity.
    """
    columns = asked.program.columns
    rows = np.zeros((len(ends), columns + len(ends)))
    stated = np.zeros(len(ends))
    for at, (_, quantity, end, number) in enumerate(ends):
        amounts = asked.best[asked.quantities.index(quantity)]
        sign = 1.0 if end == "most" else -1.0
        span = float(spans_of(amounts))
        rows[at, :columns] = sign * amounts / span
        rows[at, columns + at] = -1.0
        stated[at] = sign * number / span
    return rows, stated


def _reached(asked: Asked, ends: Sequence[End], package: np.ndarray) -> list[float]:
    """Return each end where it stays, or what a package reaches beyond it."""
    totals = asked.program.filled(package) @ asked.best.T
    reached = []
    for _, quantity, end, number in ends:
        total = float(totals[asked.quantities.index(quantity)])
        beyond = total < number if end == "least" else total > number
        reached.append(total if beyond else number)
    return reached

"""Weights from statements: every set of weights that keeps them, and the middle of these."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mcda.preferences.from_statements.bounds import Bound, bounds_of, check_fit, split_bounds
from mcda.preferences.from_statements.conflict import refuse_conflict
from mcda.preferences.from_statements.kinds import Statement, check_statements, one_holder
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.preferences.weighting.linear_constraints import Constraint
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem

# the step of weights that holds the statements that they come from
STATEMENTS = "statements"
METHOD = "statements"
DRAWS = 10_000  # of a space that isn't cut into pieces: their mean stands for its middle
SEED = 0
COLUMNS = (
    "statement",
    "says",
    "first",
    "second",
    "amount",
    "low",
    "high",
    "start",
    "second_start",
    "words",
    "as_of",
    "recorded_by",
)


def weights_from_statements(problem: Problem, statements: Sequence[Statement]) -> Weights:
    """Return the weights of a holder who made statements: the middle of all that keep them.

    The space holds every set of weights of the leaves that keeps each statement under the value
    functions of the question, at its best estimates. Below a head that no statement looks into,
    the question's local weights hold, as for whoever weighs heads. The weights are the mean over
    the space, where every set is as likely as any other; of a space with too many corners, or pieces
    between them, they are the mean of 10,000 draws.

    Parameters
    ----------
    problem : Problem
        The question.
    statements : sequence of Statement
        What one holder said.

    Returns
    -------
    Weights
        Over the leaves, with the `space`; the step "statements" lists what was said.

    Raises
    ------
    InputError
        For statements about what the question hasn't, or of several holders; and for some that
        can't all hold, with the fewest that exclude each other.

    References
    ----------
    Greco, Mousseau and Slowinski (2008), Ordinal regression revisited, European Journal of
    Operational Research 191. Figueira and Roy (2002), European Journal of Operational Research 139.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from mcda.preferences.from_statements.kinds import SwingOver
    >>> said = [SwingOver("C1", one, holder="panel") for one in ("C2", "C3", "C4", "C5")]
    >>> found = weights_from_statements(ukraine_force.problem(), said)
    >>> heads = found.values.groupby(lambda leaf: leaf.split(".")[0]).sum()
    >>> heads.round(2).to_dict()
    {'C1': 0.46, 'C2': 0.14, 'C3': 0.14, 'C4': 0.14, 'C5': 0.14}
    """
    check_problem(problem)
    said = check_statements(statements)
    holder = one_holder(said)
    model = StatedValues(problem)
    check_fit(problem, said, model)
    refuse_conflict(problem, said, model)
    space = statement_space(problem, said, model)
    dates = [one.as_of for one in said if one.as_of]
    return Weights(
        pd.Series(middle(space), index=list(model.keys)),
        holder,
        method=METHOD,
        as_of=max(dates, default=""),
        rationale="; ".join(one.told for one in said),
        space=space,
        steps={STATEMENTS: statement_table(said)},
        kinds=("statement",),
    )


def statement_space(
    problem: Problem, said: Sequence[Statement], model: StatedValues, *, spoken_of: bool = False
) -> ConstrainedWeights:
    """Return every set of weights of the leaves that keeps some statements, which can all hold.

    spoken_of: local weights of the question hold only below heads that a statement names.
    """
    constraints = []
    for one in said:
        for bound in bounds_of(one, model):
            if bound.equality or (bound.row > 0).any():  # weights are at least 0 anyway
                constraints.append(_constraint(one.told, bound, model))
    for bound in split_bounds(problem, said, model, spoken_of=spoken_of):
        constraints.append(_constraint("local weights of the question", bound, model))
    return ConstrainedWeights(model.keys, said[0].holder, constraints=tuple(constraints))


def _constraint(name: str, bound: Bound, model: StatedValues) -> Constraint:
    size = float(np.abs(bound.row).max()) or 1.0
    parts = (bound.row / size).tolist()
    return Constraint(name, dict(zip(model.keys, parts, strict=True)), 0.0, bound.equality)


def middle(space: ConstrainedWeights) -> np.ndarray:
    """Return the mean over a space (n,), where every point is as likely as any other.

    >>> from mcda.preferences.weighting.spaces import weight_space
    >>> middle(weight_space(["a", "b", "c"], "a >= b >= c")).round(3).tolist()
    [0.611, 0.278, 0.111]
    """
    body = space.polytope.body
    mean = body.mean if body.has_few_pieces else space.sample(DRAWS, SEED).mean(axis=0)
    least = np.maximum(mean, 0.0)  # a corner may lie below 0 by rounding
    return np.asarray(least / least.sum())


def statement_table(said: Sequence[Statement]) -> pd.DataFrame:
    """Return statements as a table: in words, what each says of what, when, and who recorded it.

    The columns are those of the sheet "statements", behind the words as told.
    """
    rows = [{"statement": one.told, **one.cells} for one in said]
    return pd.DataFrame(rows, columns=list(COLUMNS))

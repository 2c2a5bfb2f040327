"""Whether any weights put an option first, in each structure, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mcda.checks.faults import Fault, InputError, known
from mcda.preferences.from_statements.bounds import (
    Bound,
    bounds_of,
    split_bounds,
    statement_faults,
)
from mcda.preferences.from_statements.kinds import OptionOver, Statement, check_statements
from mcda.preferences.from_statements.room import room_of
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.screening import check_problem
from mcda.sampling.conflicts import smallest_conflict

COLUMNS = ("structure", "label", "can_be_first", "options_against", "statements_against", "unsaid")


def can_be_first(
    problem: Problem, option: str, statements: Sequence[Statement] = ()
) -> pd.DataFrame:
    """Return whether any weights of the leaves put an option first, in each structure.

    A public position that names an option is the statement that it comes first, or level. Where no
    weights do that, the fewest options and statements are told that stand against it together.

    Parameters
    ----------
    problem : Problem
        The question, at its best estimates, under its stated value functions.
    option : str
        The id of the option.
    statements : sequence of Statement
        What else the holder said; none leaves every set of weights. That the option is wanted
        rather than another says no more than the position, and is left out.

    Returns
    -------
    pandas.DataFrame
        A row for each structure, the stated one first: whether it can be first, the options and the
        statements against it (ids and words; empty where it can), and the words of statements that
        can't be said in that structure, since it lacks what they name.

    Raises
    ------
    InputError
        For an option that the question hasn't.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> found = can_be_first(ukraine_force.problem(), "OPT09")
    >>> found["can_be_first"].tolist()[:4]
    [True, True, True, False]
    """
    check_problem(problem)
    said = check_statements(statements)
    if option not in problem.options.index:
        expected = f"one of the options {known(problem.options.index, 30)}"
        raise InputError(Fault("option", expected, f"'{option}'"))
    shapes = [(AS_STATED, AS_STATED), *((one.name, one.label) for one in problem.structures)]
    rows = []
    for name, label in shapes:
        shaped = problem.structured(name) if problem.structures else problem
        rows.append((name, label, *_tested(shaped, option, said)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _is_implied(said: Statement, option: str) -> bool:
    """Whether a statement says no more than that the option comes first: it can't stand against it."""
    return isinstance(said, OptionOver) and said.first == option and not said.level


Tested = tuple[bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _tested(problem: Problem, option: str, said: Sequence[Statement]) -> Tested:
    """Return whether an option can be first, and what stands against it."""
    model = StatedValues(problem)
    unsaid = [one for one in said if statement_faults(problem, one, model)]
    kept = [one for one in said if one not in unsaid and not _is_implied(one, option)]
    others = [name for name in model.names if name != option]
    own = model.option(option)
    each = [bounds_of(one, model) for one in kept]
    each += [[Bound(model.option(name) - own)] for name in others]
    split = split_bounds(problem, kept, model)

    def agree(some: Sequence[int]) -> bool:
        return not room_of([split, *(each[at] for at in some)], model.size, clearly=True).is_empty

    words = tuple(one.told for one in unsaid)
    if agree(range(len(each))):
        return True, (), (), words
    against = smallest_conflict(len(each), agree)
    options = tuple(others[at - len(kept)] for at in against if at >= len(kept))
    return False, options, tuple(kept[at].told for at in against if at < len(kept)), words

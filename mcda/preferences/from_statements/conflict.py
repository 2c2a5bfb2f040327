"""Statements that can't all hold: the fewest that exclude each other, and what each would give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, InputError
from mcda.display.html_table import html_table
from mcda.preferences.from_statements.bounds import bounds_of, check_fit, split_bounds
from mcda.preferences.from_statements.kinds import (
    POINTS,
    CardOrder,
    Differences,
    Exchange,
    OptionOver,
    Statement,
    SwingOver,
    check_statements,
)
from mcda.preferences.from_statements.room import Room, room_of
from mcda.preferences.from_statements.value_model import (
    STATED,
    StatedValues,
    ValueModel,
    scale_of,
    value_model,
)
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sampling.conflicts import smallest_conflict
from mcda.sentences import catalogue

COLUMNS = ("statement", "about", "said_low", "said_high", "can_low", "can_high", "unit")
# what the range of a statement is about: overall value, first less second; swing, first over
# second; the amount in return; and the largest gap between a card and its place, or between a
# difference and its category
DIFFERENCE = "difference"
TIMES = "times"
PAID = "paid"
SPACING = "spacing"
SIZES = "sizes"


@dataclass(frozen=True, eq=False)
class Conflict:
    """The fewest statements that can't all hold, and what each would have to give.

    Of equally small sets it is the one stated first.

    Attributes
    ----------
    statements : tuple of Statement
        They exclude each other; without any one of them the others can hold.
    table : pandas.DataFrame
        A row for each: the statement in its words, what it is about, the range that it states, the
        range that the others leave it, and the unit of both.

    Examples
    --------
    >>> said = (OptionOver("A", "B"), OptionOver("B", "A"))
    >>> str(Conflict(said, pd.DataFrame(columns=COLUMNS)))
    "can't all hold: 'option 'A' rather than option 'B'' and 'option 'B' rather than option 'A''"
    """

    statements: tuple[Statement, ...]
    table: pd.DataFrame

    def __str__(self) -> str:
        """Name the statements in their words."""
        return f"can't all hold: {' and '.join(repr_of(one) for one in self.statements)}"

    def _repr_html_(self) -> str:
        return html_table(self.table, catalogue.told("caption.conflict"))


def repr_of(said: Statement) -> str:
    """Return a statement in its words, in quotes."""
    return f"'{said.told}'"


def statement_conflict(
    problem: Problem, statements: Sequence[Statement], functions: str = STATED
) -> Conflict | None:
    """Return the fewest statements that can't all hold, or None where all can.

    They can hold where some weights keep them all: "more" by a hundredth of a point of 100,
    and whatever is compared in numbers with a tenth of a point of weight at least. What one would
    have to give is told in its own unit: the range that all other statements of the conflict leave
    it.

    Parameters
    ----------
    problem : Problem
        The question, at its best estimates.
    statements : sequence of Statement
        Of one holder or of several.
    functions : str
        "stated" for the value functions of the question, "open" for any that are monotone, "pieces"
        for those of them that run straight between the anchors.

    Returns
    -------
    Conflict or None
        The statements and the table.

    Raises
    ------
    InputError
        For statements about what the question hasn't.

    References
    ----------
    Ignatiev, Previti, Liffiton and Marques-Silva (2015), Smallest MUS extraction with minimal
    hitting set dualization.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> said = [SwingOver("C1", "C2", 2), SwingOver("C2", "C5"), SwingOver("C5", "C1")]
    >>> found = statement_conflict(ukraine_force.problem(), said)
    >>> ends = found.table.loc[0, ["said_low", "can_high"]].astype(float)
    >>> len(found.statements), ends.tolist()
    (3, [2.0, 1.0])
    """
    check_problem(problem)
    said = check_statements(statements)
    model = value_model(problem, said, functions)
    check_fit(problem, said, model)
    return conflict_in(problem, said, model)


def conflict_in(problem: Problem, said: Sequence[Statement], model: ValueModel) -> Conflict | None:
    """Return the fewest statements that can't all hold in a value model, or None."""
    each = [bounds_of(one, model) for one in said]
    split = split_bounds(problem, said, model)

    def agree(some: Sequence[int]) -> bool:
        bounds = [split, *(each[at] for at in some)]
        return not room_of(bounds, model.size, clearly=True).is_empty

    if agree(range(len(said))):
        return None
    places = smallest_conflict(len(said), agree)
    rows = []
    for place in places:
        others = [split, *(each[at] for at in places if at != place)]
        rows.append(_row(said[place], model, room_of(others, model.size)))
    return Conflict(tuple(said[at] for at in places), pd.DataFrame(rows, columns=list(COLUMNS)))


def refuse_conflict(problem: Problem, said: Sequence[Statement], model: ValueModel) -> None:
    """Refuse statements that can't all hold, with the fewest of them that exclude each other."""
    conflict = conflict_in(problem, said, model)
    if conflict is not None:
        expected = "some weights that keep all of them"
        found = f"none: they {conflict}"
        remedy = "ask which of these to take back; mcda statements tells what each would give"
        raise InputError(Fault(f"statements of '{said[0].holder}'", expected, found, remedy))


Row = tuple[object, ...]


def _row(said: Statement, model: ValueModel, room: Room) -> Row:
    """Return what a statement says and what the room of the others leaves it."""
    return TOLD[type(said)](said, model, room)


def _options(said: OptionOver, model: ValueModel, room: Room) -> Row:
    row = POINTS * (model.option(said.first) - model.option(said.second))
    high = 0.0 if said.level else np.inf
    can = (room.lowest(row), room.highest(row))
    return (said.told, DIFFERENCE, said.by, high, *can, "points of 100")


def _swings(said: SwingOver, model: ValueModel, room: Room) -> Row:
    can = room.times(model.swing(said.first), model.swing(said.second))
    return (said.told, TIMES, said.low, said.high, *can, "times")


def _exchange(said: Exchange, model: ValueModel, room: Room) -> Row:
    leaf = model.problem.criterion(said.second)
    can = (np.nan, np.nan)
    if isinstance(model, StatedValues):
        gained = model.gain(said.first, said.amount, said.start)
        shares = room.times(gained, model.swing(said.second))
        can = _amounts(said, model, shares)
    return (said.told, PAID, said.low, said.high, *can, leaf.unit)


def _amounts(
    said: Exchange, model: StatedValues, shares: tuple[float, float]
) -> tuple[float, float]:
    """Return the amounts of the second leaf that are worth so many shares of its whole scale."""
    scale = scale_of(model.problem.criterion(said.second))
    start = scale.anchors[-1] if said.second_start is None else said.second_start
    before = scale.place(np.array(start))
    found = []
    for share in shares:
        if np.isinf(share):
            found.append(np.inf)
        else:
            after = float(scale.performance(before - share))
            found.append((start - after) * scale.sign)
    return found[0], found[1]


def _cards(said: CardOrder, model: ValueModel, room: Room) -> Row:
    """Return how far the weights must lie off the cards' places, in points of 100, at least."""
    least = model.swing(said.order[0][0])
    most = model.swing(said.order[-1][0])
    gaps = [
        model.swing(key) - least - height * (most - least) for key, height in said.heights.items()
    ]
    off = POINTS * room.closest(np.array(gaps))
    return (said.told, SPACING, 0.0, 0.0, off, np.inf, "points of 100")


def _differences(said: Differences, model: ValueModel, room: Room) -> Row:
    """Return how far differences must lie off their categories, in points of 100, at least."""
    bounds = bounds_of(said, model)
    rows = [one.row for one in bounds] + [-one.row for one in bounds if one.equality]
    off = POINTS * room.peak(np.array(rows))
    return (said.told, SIZES, 0.0, 0.0, off, np.inf, "points of 100")


TOLD: dict[type[Statement], Callable[..., Row]] = {
    OptionOver: _options,
    SwingOver: _swings,
    Exchange: _exchange,
    CardOrder: _cards,
    Differences: _differences,
}

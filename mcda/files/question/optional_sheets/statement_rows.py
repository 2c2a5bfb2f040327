"""Statements as they are written: rows of what people said, read into checked types and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, known
from mcda.checks.significant_digits import plain
from mcda.files.question.as_typed.names_in_cells import Names, names_of
from mcda.files.tables.sheets import Row, Sheets
from mcda.files.workbook.cells import number_text
from mcda.preferences.from_statements.bounds import statement_faults
from mcda.preferences.from_statements.conflict import conflict_in
from mcda.preferences.from_statements.kinds import (
    CardOrder,
    Differences,
    Exchange,
    OptionOver,
    Statement,
    SwingOver,
    card_order,
    stated_differences,
)
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.problem.model import Problem

NUMBERS = ("amount", "low", "high", "start", "second_start")
TEXTS = ("words", "as_of", "recorded_by")
# the numbers that each saying takes: one that it doesn't take would be dropped in silence
TAKEN = {
    "rather": ("low",),
    "level": (),
    "more": (),
    "times": ("low", "high"),
    "exchange": NUMBERS,
    "price": ("low", "high", "start", "second_start"),
    "cards": ("low", "high"),
    "differences": (),
}
# the column of numbers that a statement refuses, by what it calls them
OF_NUMBERS = {
    "amount": "amount",
    "amounts in return": "low",
    "last to first": "low",
    "points of the lead": "low",
    "times": "low",
}
About = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """A statement and the row where it stands."""

    row: Row
    statement: Statement


def statements_said(sheets: Sheets, faults: Faults) -> list[Said]:
    """Return the statements of the sheet "statements", noting every fault of a row.

    What they name is looked for among the ids of the sheets; whether amounts fit a scale is for
    `check_said`, as it takes the question.
    """
    named = {of: names_of(sheets, of) for of in ("options", "criteria")}
    read = []
    for row in sheets.sound("statements"):
        before = len(faults)
        with faults.gathered(row):
            statement = _statement(row, named)
            read.append(Said(row, statement))
            faults.extend(_name_faults(row, statement, named))
        if len(faults) > before and read and read[-1].row is row:
            read.pop()
    return read


def check_said(said: list[Said], problem: Problem, faults: Faults) -> list[Said]:
    """Return the statements that the question can hold, noting the faults of all others."""
    model = StatedValues(problem)
    fit = []
    for one in said:
        found = statement_faults(problem, one.statement, model)
        for fault in found:
            faults.append(fault.inside(one.row.place, one.row.spot(one.row.column_of(fault))))
        if not found:
            fit.append(one)
    return fit


def check_together(said: list[Said], problem: Problem, faults: Faults) -> None:
    """Note the fewest statements of a holder that can't all hold, with their rows."""
    statements = [one.statement for one in said]
    conflict = conflict_in(problem, statements, StatedValues(problem))
    if conflict is None:
        return
    rows = {id(one.statement): one.row for one in said}
    places = [rows[id(one)] for one in conflict.statements]
    told = [f"{rows[id(one)].place} '{one.told}'" for one in conflict.statements]
    remedy = "ask which of them to take back: `mcda statements` tells what each would give"
    faults.append(
        Fault(
            places[0].place,
            f"statements of '{statements[0].holder}' that some weights keep",
            f"{len(told)} that exclude each other: {' and '.join(told)}",
            remedy,
            places[0].spot("says"),
        )
    )


def statement_cells(table: pd.DataFrame, holder: str) -> Iterator[dict[str, str]]:
    """Go through the rows of the sheet for a holder's statements, as `statement_table` has them."""
    for row in table.to_dict("records"):
        numbers = {key: "" if np.isnan(row[key]) else number_text(row[key]) for key in NUMBERS}
        texts = {key: str(row[key]) for key in ("says", "first", "second", *TEXTS)}
        yield {"holder": holder, **texts, **numbers}


def _statement(row: Row, named: Mapping[str, Names]) -> Statement:
    """Return the statement of a row; raises InputError with the columns at fault."""
    says = row.text("says")
    _check_cells(row, says)
    about = {"holder": row.text("holder").strip(), **{key: row.text(key) for key in TEXTS}}
    try:
        if says in LISTED:
            of, listed = LISTED[says]
            return listed(row, named[of], about)
        return SAID[says](row, about)
    except InputError as error:
        column = "first" if says in LISTED else "second"
        raise InputError(*(_in_a_cell(fault, row, column) for fault in error.faults)) from error


def _check_cells(row: Row, says: str) -> None:
    """Refuse numbers that a statement of a kind doesn't take, and a second one missing or too many."""
    for column in NUMBERS:
        if row.text(column).strip() and column not in TAKEN[says]:
            remedy = "clear the cell, or say something else"
            expected = f"nothing, as '{says}' takes no such number"
            raise InputError(Fault(row.named(column), expected, row.text(column), remedy))
    other = row.text("second").strip()
    if says not in LISTED and not other:
        raise InputError(Fault(row.named("second"), "the id of the other", "an empty cell"))
    if says in LISTED and other:
        expected = f"an empty cell: all {says} stand in the column 'first'"
        raise InputError(Fault(row.named("second"), expected, f"'{other}'"))


def _in_a_cell(fault: Fault, row: Row, column: str) -> Fault:
    """Return a fault of a statement in its cell: that of its numbers, or else in this column."""
    if fault.where.startswith("column '"):
        return fault
    at = OF_NUMBERS.get(fault.where, column)
    return replace(fault, where=row.named(at), at=row.spot(at))


def _rather(row: Row, about: About) -> Statement:
    lead = row.optional("low") or 0.0
    return OptionOver(row.text("first"), row.text("second"), by=lead, **about)


def _level(row: Row, about: About) -> Statement:
    return OptionOver(row.text("first"), row.text("second"), level=True, **about)


def _more(row: Row, about: About) -> Statement:
    return SwingOver(row.text("first"), row.text("second"), **about)


def _times(row: Row, about: About) -> Statement:
    return SwingOver(row.text("first"), row.text("second"), *_ends(row), **about)


def _exchange(row: Row, about: About) -> Statement:
    amount = row.numbers("amount")[0]
    return _exchanged(row, amount, about)


def _price(row: Row, about: About) -> Statement:
    return _exchanged(row, 1.0, about)


def _exchanged(row: Row, amount: float, about: About) -> Statement:
    starts = row.optional("start"), row.optional("second_start")
    return Exchange(row.text("first"), amount, row.text("second"), *_ends(row), *starts, **about)


SAID: dict[str, Callable[[Row, About], Statement]] = {
    "rather": _rather,
    "level": _level,
    "more": _more,
    "times": _times,
    "exchange": _exchange,
    "price": _price,
}


def _cards(row: Row, criteria: Names, about: About) -> Statement:
    """Return the order of cards of a row: names as ids, and no range where none is given."""
    places = []
    for place in card_order(row.text("first")):
        places.append(tuple(criteria.meant(name) for name in place))
    ends = (1.0, np.inf)
    if row.text("low").strip() or row.text("high").strip():
        ends = _ends(row)
    return CardOrder(tuple(places), *ends, **about)


def _differences(row: Row, options: Names, about: About) -> Statement:
    """Return the differences of a row: names as ids."""
    pairs = []
    for one in stated_differences(row.text("first")):
        ids = {"first": options.meant(one.first), "second": options.meant(one.second)}
        pairs.append(replace(one, **ids))
    return Differences(tuple(pairs), **about)


# of those that name all in one cell: the sheet that lists what they name
LISTED: dict[str, tuple[str, Callable[[Row, Names, About], Statement]]] = {
    "cards": ("criteria", _cards),
    "differences": ("options", _differences),
}


def _ends(row: Row) -> tuple[float, float]:
    """Return the lower and the upper end of a row; refuse one that has neither."""
    low = row.optional("low")
    high = row.optional("high")
    if low is None and high is None:
        expected = "a number here or in 'high', the same in both for exactly"
        raise InputError(Fault(row.named("low"), expected, "empty cells"))
    low = 0.0 if low is None else low
    high = np.inf if high is None else high
    if low > high or high == 0:
        found = f"{plain(low)} to {plain(high)}"
        raise InputError(Fault(row.named("low"), "low at most high, and high above 0", found))
    return low, high


def _name_faults(row: Row, said: Statement, named: Mapping[str, Names]) -> Iterator[Fault]:
    """Go through the names of a statement that the sheets don't list."""
    for of, names in (("options", said.options), ("criteria", said.criteria)):
        for at, name in enumerate(names):
            if name not in named[of].ids:
                column = "second" if at == 1 and len(names) == 2 and row.text("second") else "first"
                near = named[of].near(name)
                remedy = f"did you mean '{near}'?" if near else ""
                expected = f"one of the {of} {known(named[of].ids, 30)}"
                yield row.fault(column, expected, f"'{name}'", remedy)

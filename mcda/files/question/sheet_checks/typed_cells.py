"""Every cell of a question's sheets against the type of its column, when the question is read."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.checks.faults import Fault
from mcda.checks.labels import NUMBER
from mcda.files.question.schema import Column, Form, form_of
from mcda.files.tables.cell_types import NUMBERED, Number
from mcda.files.tables.sheets import Row, Sheet, Sheets


def check_types(sheets: Sheets, forms: Iterable[Form] = ()) -> None:
    """Note a fault for every cell that isn't what its column holds.

    Its row is then unsound and read no further. `forms` are the tables of the question's own, and
    what it adds to the sheets that every question has.
    """
    declared = {form.name: form for form in forms}
    for form in declared.values():
        sheets.require(form.name, *form.required)
    for name, sheet in sheets.sheets.items():
        columns = _typed(sheet, form_of(name), declared.get(name))
        for row in [row for row in sheet.rows if row.place not in sheets.unsound]:
            own = [column for column in columns if column.name not in row.repeated]
            faults = [fault for column in own if (fault := cell_fault(row, column))]
            sheets.faults.extend(faults)
            if faults:
                sheets.unsound.add(row.place)


def cell_fault(row: Row, column: Column) -> Fault | None:
    """Return the fault of one cell of a row; None if it holds what it should.

    A blank cell has none where it may be blank.
    """
    text = row.text(column.name)
    if not text.strip() and not column.filled:
        return None
    refused = column.refused(text)
    return (
        Fault(row.named(column.name), *refused, row.spot(column.name)).inside(row.place)
        if refused
        else None
    )


def _typed(sheet: Sheet, form: Form, declared: Form | None) -> list[Column]:
    """Return the columns of a sheet, by the form, the question's own forms, or their names."""
    known = {
        column.name: column for column in (*form.columns, *(declared.columns if declared else ()))
    }
    return [known.get(name) or _by_name(name, sheet) for name in sheet.columns]


def _by_name(name: str, sheet: Sheet) -> Column:
    """Return a column that no form declares, with a type guessed from its name.

    low, mode, high, and names that end so, are numbers if one of their cells is.
    """
    numbers = NUMBERED.fullmatch(name) and any(
        NUMBER.fullmatch(row.text(name).strip()) for row in sheet.rows
    )
    kind = Number() if numbers else None
    return Column(name, holds=kind)

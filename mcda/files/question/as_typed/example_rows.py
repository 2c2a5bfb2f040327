"""Rows of the worked example that were left where somebody else's question was written over it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from mcda.checks.faults import Fault
from mcda.files.question.as_typed.names_in_cells import EVERY_OPTION, names_of
from mcda.files.tables.folder import read_folder
from mcda.files.tables.sheets import Note, Row, Sheet, Sheets
from mcda.files.tables.things import number_of

EXAMPLE = Path(__file__).parents[1] / "template"
NAMING = {"option": "options", "options": "options", "criterion": "criteria"}
NAMING_IN_PAIRS = {"first": "criteria", "second": "criteria"}
OWN_FIELDS = ("title", "question", "decision_owner", "notes")  # no two questions share them


@cache
def example_sheets() -> dict[str, Sheet]:
    """Return the sheets of the worked example."""
    return read_folder(EXAMPLE).sheets


@cache
def _rows_of_example(name: str) -> frozenset[tuple[str, ...]]:
    """Return the rows of a sheet of the example, each by the texts of its columns."""
    sheet = example_sheets().get(name)
    return frozenset(_texts(row, sheet.columns) for row in sheet.rows) if sheet else frozenset()


def _texts(row: Row, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.text(column).strip() for column in columns)


def is_of_example(name: str, row: Row) -> bool:
    """Return whether a row of a sheet is one of the worked example, as it was written."""
    written = _rows_of_example(name)
    return bool(written) and _texts(row, example_sheets()[name].columns) in written


def _is_written_over(sheets: Sheets) -> bool:
    """Return whether most options or most criteria of the example are gone: it is another question."""
    for name in ("options", "criteria"):
        rows_of_example = sum(is_of_example(name, row) for row in sheets.rows(name))
        if 2 * rows_of_example < len(_rows_of_example(name)):
            return True
    return False


def without_leftovers(sheets: Sheets) -> Sheets:
    """Return the sheets without rows of the example that name nothing of the question.

    They are one fault for each sheet. Rows of the example that do no harm, in a question with other
    options, are told in a note.
    """
    listed = {of: {*names_of(sheets, of).ids, "", EVERY_OPTION} for of in ("options", "criteria")}
    if not sheets.rows("options") or not sheets.rows("criteria") or not _is_written_over(sheets):
        return sheets
    for name, sheet in list(sheets.sheets.items()):
        naming = NAMING_IN_PAIRS if name.startswith("judgements/") else NAMING
        left = [
            row
            for row in sheet.rows
            if is_of_example(name, row) and _names_nothing(row, naming, listed)
        ]
        if left and name not in ("options", "criteria"):
            _drop(sheets, sheet, left)
    if not any(is_of_example("options", row) for row in sheets.rows("options")):
        _tell_others(sheets)
    return sheets


def _names_nothing(row: Row, naming: dict[str, str], listed: dict[str, set[str]]) -> bool:
    """Return whether a row names an option or a criterion that the question doesn't have."""
    return any(
        entry not in listed[of] for column, of in naming.items() for entry in row.listed(column)
    )


def _drop(sheets: Sheets, sheet: Sheet, left: list[Row]) -> None:
    """Take rows out of a sheet, with a fault; a sheet of judgements without any other goes whole."""
    rows = tuple(row for row in sheet.rows if row not in left)
    expected = "rows of this question"
    remedy = f"delete {_listed(left)}, or write over what is there"
    if sheet.name.startswith("judgements/") and not rows:
        remedy = "delete the sheet, or write over what is there"
    found = f"{number_of(len(left), 'row')} left from the example ({_listed(left)})"
    sheets.faults.append(
        Fault(sheets.place(sheet.name), expected, found, remedy, left[0].spot(sheet.columns[0]))
    )
    if rows or not sheet.name.startswith("judgements/"):
        sheets.sheets[sheet.name] = Sheet(sheet.name, sheet.columns, rows)
    else:
        del sheets.sheets[sheet.name]


def _listed(rows: Iterable[Row]) -> str:
    """Return the numbers of rows, those that follow each other as one: "rows 5 to 9, 12".

    >>> _listed([Row(f"scores.csv row {number}", {}) for number in (5, 6, 7, 9)])
    'rows 5 to 7, 9'
    """
    numbers = [int(row.place.rpartition(" ")[2]) for row in rows]
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"row{'s' * (len(set(numbers)) > 1)} {', '.join(texts)}"


def _tell_others(sheets: Sheets) -> None:
    """Note the rows of the example that name nothing missing, where no option is the example's."""
    for name, sheet in sheets.sheets.items():
        left = [row for row in sheet.rows if is_of_example(name, row)]
        if name == "question":
            left = [row for row in left if row.text("field").strip() in OWN_FIELDS]
        if left:
            where = (
                f"{sheets.place(name)} {_listed(left)}" if _numbered(left) else sheets.place(name)
            )
            what = number_of(len(left), "row", " left from the example")
            sheets.notes.append(
                Note(where, what, "your own: write over what isn't", left[0].spot())
            )


def _numbered(rows: list[Row]) -> bool:
    return all(row.place.rpartition(" ")[2].isdecimal() for row in rows)

"""The role of a row by its name, where its cells agree with it; where they don't, it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mcda.checks.faults import Fault
from mcda.checks.table_words import direction, folded, role
from mcda.files.interchange.table_layout.repeated_numbers import STATISTICS, are_ranks
from mcda.files.interchange.table_layout.row_cells import (
    LETTERS,
    THRESHOLDS,
    RowCells,
    is_positive,
    weighs,
)
from mcda.files.tables.sheets import Row

SINGLE = ("weights", "directions", *THRESHOLDS, "units")  # roles that one row has at most
FUNCTIONS = range(1, 7)  # the types of Brans and Vincke
# what a row is that is neither an alternative nor used
SAID = {
    **STATISTICS,
    "rank": "ranks",
    "functions": "types of preference functions",
    "flags": "0 and 1 for the way that is better",
    "types": "types",
    "label": "texts",
    "remarks": "texts",
}
# alternatives of a table that a person made: in longer ones only words are looked at
LOOKED_AT = 200
NOTHING = ("", "-", "–", "—", ".")


def role_by_word(table: RowCells, row: Row) -> str | Fault:
    """Return the role that a row's name and cells agree on, blank for an alternative, or a fault that asks."""
    called = row.text("")
    part = role(called)
    letter = LETTERS.get(folded(called), "")
    if not part and not letter:
        return _by_cells(table, row)
    if not table.filled(row):
        return ""
    return _by_letter(table, row, letter) if letter else _by_name(table, row, part)


def _by_name(table: RowCells, row: Row, part: str) -> str | Fault:
    """Return what a row of a role's name is, where its cells agree; where they don't, it may be asked for."""
    if part in ("types", "directions") and _directed(table, row):
        return "directions"
    if part in AGREE:
        return part if AGREE[part](table, row) else ask(row, part)
    if part in ("label", "remarks") and _worded(table, row):
        return part
    return _by_cells(table, row)


def _by_cells(table: RowCells, row: Row) -> str | Fault:
    """Return "directions" for a row that tells them whatever its name, blank for an alternative."""
    if _directed_alone(table, row):
        return "directions"
    return _ask_of_words(row) if _words_without_name(table, row) else ""


def _by_letter(table: RowCells, row: Row, part: str) -> str | Fault:
    """Return what a row called w, f, q, p or v is: an alternative beside others of one letter, else what it stands for.

    Weights by their letter alone sum to 1 or 100; the other letters stand for anything only below such weights, and
    without these it is asked for where numbers grow from q to p to v.
    """
    if not table.has_letters:
        return ""
    if part == "weights":
        return part if table.letter_weighs(row) else ask(row, part)
    if not any(table.letter_weighs(each) for each in table.rows if folded(each.text("")) == "w"):
        return ask(row, part) if part in THRESHOLDS and table.lettered_thresholds else ""
    agrees = AGREE[part](table, row)
    return part if agrees else ask(row, part)


def ask(row: Row, part: str) -> Fault:
    """Return the fault of a row whose name and cells don't agree, with the argument that says what it is."""
    called = row.text("")
    meant = f"rows={{{called!r}: {part if part in SINGLE else 'left out'!r}}}"
    if part in ("weights", "directions"):
        meant = f"{part}={called!r}"
    remedy = f"say which: rows={{{called!r}: 'option'}} or {meant}"
    found = "a name and cells that don't tell which"
    return row.fault("", f"an alternative, or {SAID.get(part, part)}", found, remedy)


def _directed(table: RowCells, row: Row) -> bool:
    return all(direction(text) for text in table.filled(row)) and not table.coded(row)


def _directed_alone(table: RowCells, row: Row) -> bool:
    """Return whether a row of any name holds words of directions where the others hold numbers."""
    if not any(direction(row.text(key)) for key in table.criteria[:LOOKED_AT]):
        return False
    filled = table.filled(row)
    if not _directed(table, row) or all(text in NOTHING for text in filled):
        return False
    if any(not np.isnan(table.number(text)) for text in filled):
        return False
    return _beside_numbers(table, row)


def _words_without_name(table: RowCells, row: Row) -> bool:
    """Return whether a row without a name holds words where others hold numbers, as one of units does."""
    nameless = not row.text("").strip() and bool(table.filled(row))
    return nameless and _worded(table, row) and _beside_numbers(table, row)


def _ask_of_words(row: Row) -> Fault:
    remedy = "say what they are: rows={'': 'units'} or rows={'': 'left out'}"
    return row.fault("", "an alternative with its name, or units", "words without a name", remedy)


def _beside_numbers(table: RowCells, row: Row) -> bool:
    """Return whether another row, which no word gives a role, holds numbers."""
    others = [each for each in table.rows if each is not row and not role(each.text(""))]
    return any(any(table.are_numbers(each)) for each in others)


def _worded(table: RowCells, row: Row) -> bool:
    return not any(table.are_numbers(row)) and not table.coded(row)


def _functions(table: RowCells, row: Row) -> bool:
    return all(number in FUNCTIONS for number in table.filled_numbers(row))


def _ranks(table: RowCells, row: Row) -> bool:
    return are_ranks([table.number(text) for text in table.filled(row)])


AGREE: dict[str, Callable[[RowCells, Row], bool]] = {
    "weights": weighs,
    "directions": _directed,
    "units": _worded,
    "types": _worded,
    "rank": _ranks,
    "functions": _functions,
    **dict.fromkeys(THRESHOLDS, is_positive),
}

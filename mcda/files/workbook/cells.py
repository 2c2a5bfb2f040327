"""One cell of a workbook as text, and back.

It is what a program stored, without what the program made of it for show.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mcda.checks.faults import Fault, InputError
from mcda.checks.labels import NUMBER
from mcda.checks.limits import LIMITS
from mcda.files.tables.csv_file import FORMULA
from mcda.files.tables.plain_numbers import NUMBERS

if TYPE_CHECKING:
    from openpyxl.cell import Cell

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
RATIO_FORMAT = "# ?/?"
EXACT = 2e-15  # a workbook keeps sixteen digits


def is_formula(cell: Cell) -> bool:
    """Return whether a cell holds a formula."""
    return cell.data_type == "f"


def text_of(cell: Cell, stored: Any) -> str:
    """Return what a cell holds as text.

    `stored` is its value, for a formula the one it had when it was saved. Raises InputError for an
    error, and for a formula without a stored value.
    """
    if stored is None:
        _refuse_unstored(cell)
        return ""
    if isinstance(stored, str):
        _refuse_error(cell, stored)
        return ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), stored)
    if isinstance(stored, bool):
        return str(stored).upper()
    if isinstance(stored, int | float):
        return _number(stored, cell.number_format or "")
    return _date(stored)


def _refuse_unstored(cell: Cell) -> None:
    """Raise InputError for a formula that no program has computed yet."""
    if is_formula(cell):
        remedy = "open it in a spreadsheet program and save it, or write the value"
        raise InputError(
            Fault("formula", "a stored result", "none: nothing is computed here", remedy)
        )


def _refuse_error(cell: Cell, stored: str) -> None:
    """Raise InputError for a formula's error; a text that looks like one is a text."""
    if stored.startswith("#") and (cell.data_type == "e" or is_formula(cell)):
        remedy = "mend the formula, or write the value"
        raise InputError(Fault("cell", "a value", f"the error {stored}", remedy))


def _date(stored: Any) -> str:
    """Return a date or a time in the form of ISO 8601, the midnight of a date alone left away."""
    if isinstance(stored, datetime.datetime) and stored.time() == datetime.time():
        stored = stored.date()
    return stored.isoformat() if hasattr(stored, "isoformat") else str(stored)


def _number(number: float, shown: str) -> str:
    """Return a stored number as text.

    Percent is as it is shown; a number with the format of a fraction is one if that is exact.
    """
    if "%" in shown:
        return f"{number_text(float(f'{number * 100:.12g}'))}%"
    if "?/" in shown and number != int(number):
        fraction = Fraction(number).limit_denominator(999)
        if abs(float(fraction) - number) <= EXACT * number:
            return str(fraction)
    return number_text(number)


def number_text(number: float) -> str:
    """Return a number as the shortest text that reads back as it is.

    >>> number_text(17537.0), number_text(0.1)
    ('17537', '0.1')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


def write_text(cell: Cell, text: str, column: str = "") -> None:
    """Put a text into a cell: as a number if it is one, and never as a formula."""
    cell.value = kept = kept_as(text, column)
    if isinstance(kept, str):
        cell.data_type = "s"
        if begins_as_formula(text):
            cell.quotePrefix = True


def kept_as(text: str, column: str = "") -> float | int | str:
    """Return what a cell keeps for a text: its number if it is one, else its signs as XML can hold them.

    >>> kept_as("0.5"), kept_as("half")
    (0.5, 'half')
    """
    number = stored_number(text, column)
    if number is not None:
        return number
    escaped = TO_ESCAPE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    if len(escaped) > LIMITS.characters:
        found = f"{len(escaped)} in '{text[:40]}...'"
        raise InputError(
            Fault("cell", f"at most {LIMITS.characters} characters", found, "shorten it")
        )
    return escaped


def begins_as_formula(text: str) -> bool:
    """Return whether a program could take a text for a formula, unless it is marked as text.

    >>> begins_as_formula("=A1"), begins_as_formula("A1")
    (True, False)
    """
    return bool(FORMULA.match(text))


def stored_number(text: str, column: str = "") -> float | int | None:
    """Return the number to store for a text.

    It is stored as a number if it reads back as the same text, or is in a column of numbers.
    """
    if not NUMBER.fullmatch(text):
        return None
    number = float(text)
    if abs(number) > 1e300 or float(f"{number:.16g}") != number:
        return None
    if number_text(number) != text and not NUMBERS.fullmatch(column):
        return None
    return int(number) if number == int(number) and abs(number) < 1e15 else number

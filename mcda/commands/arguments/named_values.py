"""Values by name as they are typed on a command line, "Cost=3,Time=1", or stand in a small file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import LIMITS
from mcda.checks.significant_digits import plain
from mcda.checks.table_words import direction
from mcda.files.disk.places import ENDINGS
from mcda.files.interchange.csv_lines import read_csv_lines
from mcda.files.tables.numerals import as_plain, unreadable
from mcda.files.workbook.book import open_book

SUCH = "NAME=VALUE, with commas or semicolons between, such as 'Cost=3,Time=1'"

HEADS = ("weight", "weights", "direction", "directions", "value", "gewicht", "gewichtung", "better")


def named_values(text: str, option: str) -> dict[str, str]:
    """Return the values of a text by name; with semicolons between, a comma may stand in both.

    >>> named_values("Cost, total=3,Time=1", "--weights")
    {'Cost, total': '3', 'Time': '1'}
    >>> named_values("Cost=0,5;Time=0,5", "--weights")
    {'Cost': '0,5', 'Time': '0,5'}

    Raises InputError for a part without a name or a value, and a name given twice.
    """
    sign = ";" if ";" in text else ","
    values: dict[str, str] = {}
    begun = ""
    for part in text.split(sign):
        begun += part
        name, equal, value = begun.rpartition("=")
        if not equal and sign == ",":
            begun += sign  # a comma inside a name
            continue
        name = name.strip()
        if not name or not value.strip():
            raise InputError(Fault(option, SUCH, f"'{begun.strip()}'"))
        if name in values:
            raise InputError(Fault(option, "each name once", f"'{name}' twice", "leave one out"))
        values[name] = value.strip()
        begun = ""
    if begun.strip(" ,"):
        raise InputError(Fault(option, SUCH, f"'{begun.strip(' ,')}'"))
    return values


def values_from_file(path: Path) -> dict[str, str]:
    """Return the values of a file by name: two columns, or a row of names above a row of values.

    A first line that is a header ("criterion,weight") is passed over. Raises InputError for a file
    of another form.
    """
    rows = _rows(path)
    if _stand_across(rows):
        rows = [list(pair) for pair in zip(*rows, strict=False)]
    wrong = [row for row in rows if len(row) != 2]
    if wrong or not rows:
        expected = "two columns (name and value), or a row of names above a row of values"
        found = f"a row of {len(wrong[0])} cells" if wrong else "an empty file"
        raise InputError(Fault(path.name, expected, found))
    first = rows[0][1].strip().lower()
    if first in HEADS:
        rows = rows[1:]
    return {name.strip(): value.strip() for name, value in rows if name.strip()}


def _stand_across(rows: list[list[str]]) -> bool:
    """Return whether names stand in a first row and values in a second one."""
    if len(rows) != 2 or len(rows[0]) < 2 or rows[0][1].strip().lower() in HEADS:
        return False
    return as_plain(rows[0][1]) is None and all(map(_is_value, rows[1]))


def _is_value(text: str) -> bool:
    return as_plain(text.removesuffix("%")) is not None or direction(text) is not None


def _rows(path: Path) -> list[list[str]]:
    """Return the filled rows of a CSV file, or of the first sheet of a workbook."""
    if path.suffix.lower() in ENDINGS:
        book = open_book(path, LIMITS)
        grid = book.grid(book.titles[0])
        return [list(grid.filled(row).values()) for row in grid.rows()]
    lines, _, _ = read_csv_lines(path, LIMITS)
    return [list(line.texts) for line in lines if not line.blank()]


def joined(values: Mapping[str, object]) -> str:
    """Return values by name as one text that reads back as them.

    >>> joined({"Cost": 3, "Time": 1}), joined({"Cost, total": 3, "Time": 1})
    ('Cost=3,Time=1', 'Cost, total=3;Time=1')
    """
    sign = ";" if any("," in name for name in values) else ","
    return sign.join(f"{name}={value}" for name, value in values.items())


def number_of(text: str, place: str) -> float:
    """Return the number that a text means, with a decimal point or comma, or in percent.

    >>> number_of("0,5", "--weights, 'Cost'"), number_of("55%", "--weights, 'Cost'")
    (0.5, 55.0)

    Raises InputError for a text that is none.
    """
    plainly = as_plain(text.strip().removesuffix("%").strip())
    if plainly is None:
        found, remedy = unreadable(text)
        raise InputError(Fault(place, "a number such as 12.5", found, remedy))
    return float(plainly)


def share_of(text: str, option: str) -> float:
    """Return a share told as one (0.1) or in percent (10%).

    >>> share_of("10%", "--spread"), share_of("0.1", "--spread")
    (0.1, 0.1)

    Raises InputError for one that isn't above 0 and below 1.
    """
    number = number_of(text, option)
    share = number / 100 if text.strip().endswith("%") else number
    if not 0 < share < 1:
        remedy = f"did you mean {plain(number)}%?" if 1 <= share < 100 else ""
        raise InputError(Fault(option, "a share such as 10% or 0.1", f"'{text}'", remedy))
    return share

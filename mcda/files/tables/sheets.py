"""Sheets of rows that know their place, so that a fault can name sheet, row and column wherever they come from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, Faults, Spot, known, refuse
from mcda.checks.labels import parse_number
from mcda.files.tables.numerals import unreadable
from mcda.files.tables.things import verb

LAST_WORD = re.compile(r"(?:, |\bcolumn ')(\w+)'?$")
# of the place of a cell: what stands in a column of its own name comes before, or behind in brackets
ROW = re.compile(r" (row \d+)\b")
CELL = re.compile(r"\((cell [A-Z]+\d+)\)$")


@dataclass(frozen=True)
class Row:
    """One row of a sheet.

    It has its cells by column, where it stands, the spots of its cells, which were typed as
    numbers, and which repeat another cell, in which their faults are told.
    """

    place: str
    cells: dict[str, str]
    spots: Mapping[str, Spot] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """Return a cell's text; blank where the sheet has no such column."""
        return self.cells.get(column, "")

    def spot(self, column: str = "") -> Spot | None:
        """Return the spot of a cell, or of the row."""
        return self.spots.get(column) or self.spots.get("")

    def column_of(self, fault: Fault) -> str:
        """Return the column that a fault of what this row holds speaks of; blank where it names none."""
        named = LAST_WORD.search(fault.where)
        if named and named[1] in self.cells:
            return named[1]
        if "low <= mode <= high" in fault.expected:
            low, _, high = self.numbers("low", "mode", "high")
            return "low" if low > high else "mode"
        return "worst" if fault.where == "anchors" and "worst" in self.cells else ""

    def fault(self, column: str, expected: str, found: str, remedy: str = "") -> Fault:
        """Return a fault of the cell in a column, or of the row as a whole where the column is blank."""
        place = f"{self.place}, {self.named(column)}" if column else self.place
        return Fault(place, expected, found, remedy, self.spot(column))

    def named(self, column: str) -> str:
        """Return the words for a column: its name, with the cell where there are letters."""
        spot = self.spots.get(column)
        return (
            f"column '{column}' (cell {spot.column}{spot.row})"
            if spot and spot.column
            else f"column '{column}'"
        )

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the entries of a cell that lists several, separated by semicolons."""
        return tuple(entry.strip() for entry in self.text(column).split(";") if entry.strip())

    def numbers(self, *columns: str) -> list[float]:
        """Return the numbers in these columns; raises InputError for every one that isn't a plain number."""
        found = []
        faults = []
        for column in columns:
            try:
                found.append(parse_number(self.text(column)))
            except ValueError:
                text, remedy = unreadable(self.text(column))
                where = self.named(column)
                spot = self.spot(column)
                faults.append(Fault(where, "a number such as 12.5", text, remedy, spot))
        refuse(faults)
        return found

    def optional(self, column: str) -> float | None:
        """Return the number in a column, or None where it is blank."""
        return self.numbers(column)[0] if self.text(column).strip() else None


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file: its name, its columns in order, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def frame(self, texts: Collection[str] = ()) -> pd.DataFrame:
        """Return a labelled table: columns of only numbers and blanks as numbers, the column "id" as its index.

        texts: columns that stay text, such as names, which may be years.
        """
        columns = {}
        for column in self.columns:
            cells = [row.cells[column] for row in self.rows]
            columns[column] = np.array(cells, dtype=object) if column in texts else _column(cells)
        table = pd.DataFrame(columns)
        return table.set_index("id") if "id" in self.columns else table


@dataclass(frozen=True)
class Note:
    """What was read although its form was not the plain one: where, what was found, and as what it was read.

    column: of one cell whose text was read as another; blank for any other note.
    """

    where: str
    found: str
    read_as: str
    at: Spot | None = None
    column: str = ""

    def __str__(self) -> str:
        """Tell the note in one line."""
        return f"{self.where}: {self.told}"

    @property
    def told(self) -> str:
        """What was found and as what it was read, without the place."""
        return f"{self.found} {verb(self.found)} read as {self.read_as}"

    @property
    def cell(self) -> str:
        """The cell, by letter where there are letters, or else its row."""
        named = CELL.search(self.where) or ROW.search(self.where)
        return named[1] if named else self.where


def note_lines(notes: Iterable[Note]) -> list[str]:
    """Return notes as lines; the cells of one column whose texts were read as others share one.

    >>> rows = [("'1,5'", "1.5", 2), ("'2,5'", "2.5", 3)]
    >>> note_lines(Note(f"a.csv row {row}, column 'x'", *read, column="x") for *read, row in rows)
    ["a.csv, column 'x': '1,5' was read as 1.5 (row 2), '2,5' as 2.5 (row 3)"]
    """
    together: dict[object, list[Note]] = {}
    for note in notes:
        sheet = ROW.split(note.where)[0]
        key = (sheet, note.column) if note.column else note
        together.setdefault(key, []).append(note)
    return [_line(cells) for cells in together.values()]


def _line(cells: Sequence[Note]) -> str:
    """Return a note, or those of several cells of one column, as one line."""
    first, *others = cells
    if not others:
        return str(first)
    texts = [f"{first.told} ({first.cell})"]
    texts += [f"{each.found} as {each.read_as} ({each.cell})" for each in others]
    return f"{ROW.split(first.where)[0]}, column '{first.column}': {', '.join(texts)}"


@dataclass
class Sheets:
    """The sheets that a folder or a workbook holds, with the faults of their form and what was read with a note.

    "question" has a row for each entry of the frame (columns field and value), "judgements/ID" the pairs of one holder;
    the others are named as their files. `broken` are sheets that couldn't be read: what refers to them isn't checked.
    `called` is how a sheet is called in words, but for those in `titles`. `unsound` are the places of rows with a cell
    that isn't what its column holds. `alarms` are sentences on what was read plainly and can hardly be meant.
    """

    name: str
    called: str = "{}.csv"
    sheets: dict[str, Sheet] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    notes: list[Note] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)

    def place(self, name: str) -> str:
        """Return what a sheet is called in words."""
        return self.titles.get(name) or self.called.format(name)

    def distinct_faults(self) -> list[Fault]:
        """Return the faults, one for each cell: a cell that couldn't be read is not called empty as well."""
        by_cell: dict[object, Fault] = {}
        for fault in self.faults:
            key = fault.at if fault.at and fault.at.column else fault
            by_cell.setdefault(key, fault)
        return list(by_cell.values())

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a sheet; none where there is no such sheet."""
        return self.sheets[name].rows if name in self.sheets else ()

    def sound(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a sheet whose cells are all what their columns hold."""
        return tuple(row for row in self.rows(name) if row.place not in self.unsound)

    def require(self, name: str, *columns: str) -> None:
        """Note a fault for every column that a sheet must have and hasn't; its rows are then left alone."""
        if name not in self.sheets:
            return
        held = self.sheets[name].columns
        missing = [column for column in columns if column not in held]
        self.faults.extend(
            Fault(self.place(name), f"a column '{column}'", f"columns {known(held)}")
            for column in missing
        )
        if missing:
            del self.sheets[name]
            self.broken.add(name)


def _column(cells: list[str]) -> np.ndarray:
    """Return a column as numbers where each filled cell is one, as text otherwise."""
    try:
        numbers = [parse_number(cell) if cell.strip() else np.nan for cell in cells]
    except ValueError:
        return np.array(cells, dtype=object)
    return np.array(numbers)


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Return rows by what a column names, in the order in which the names are met.

    A blank name is left out: it is told as a cell that must be filled.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.text(column).strip(), []).append(row)
    groups.pop("", None)
    return groups

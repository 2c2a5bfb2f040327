"""Read a CSV file as rows that know their place, so that a fault can name file, row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.problem.names import parse_number


class Faults(list[Fault]):
    """Faults met while reading, gathered so that all of them can be told at once."""

    @contextmanager
    def gathered(self, place: str = "") -> Iterator[None]:
        """Turn an `InputError` raised inside into gathered faults, at this place where one is given."""
        try:
            yield
        except InputError as error:
            self.extend(fault.inside(place) if place else fault for fault in error.faults)


@dataclass(frozen=True)
class Row:
    """One row of a sheet: cells by column, and where it stands."""

    place: str
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell's text; blank where the sheet has no such column."""
        return self.cells.get(column, "")

    def listed(self, column: str) -> tuple[str, ...]:
        """Return the entries of a cell that lists several, separated by semicolons."""
        return tuple(entry.strip() for entry in self.text(column).split(";") if entry.strip())

    def numbers(self, *columns: str) -> list[float]:
        """Return the numbers in these columns; raises InputError for every one that isn't a plain number."""
        found, faults = [], []
        for column in columns:
            try:
                found.append(parse_number(self.text(column)))
            except ValueError:
                told = repr(self.text(column)) if self.text(column).strip() else "an empty cell"
                faults.append(
                    Fault(f"column '{column}'", "a number such as 12.5", told, "write plain digits and a point")
                )
        refuse(faults)
        return found

    def optional(self, column: str) -> float | None:
        """Return the number in a column, or None where it is blank."""
        return self.numbers(column)[0] if self.text(column).strip() else None


@dataclass(frozen=True)
class Sheet:
    """A CSV file: its name without ending, its columns in order, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def frame(self) -> pd.DataFrame:
        """Return a labelled table: columns of only numbers and blanks as numbers, the column "id" as its index."""
        table = pd.DataFrame({column: _column([row.cells[column] for row in self.rows]) for column in self.columns})
        return table.set_index("id") if "id" in self.columns else table


def _column(cells: list[str]) -> np.ndarray:
    """Return a column as numbers where each filled cell is one, as text otherwise."""
    try:
        return np.array([parse_number(cell) if cell.strip() else np.nan for cell in cells])
    except ValueError:
        return np.array(cells, dtype=object)


def read_sheet(path: Path, required: tuple[str, ...] = ()) -> Sheet:
    """Return a CSV file as a sheet; raises InputError with every fault of its form."""
    place = path.name
    lines = list(_lines(path))
    if not lines:
        raise InputError(Fault(place, "a header and rows", "an empty file"))
    columns = tuple(cell.strip() for cell in lines[0][1])
    _check_header(place, columns, required)
    rows, faults = [], []
    for number, cells in lines[1:]:
        if len(cells) != len(columns):
            remedy = 'put a cell that holds a comma in "quotes"'
            faults.append(Fault(f"{place} row {number}", f"{len(columns)} cells", f"{len(cells)}", remedy))
        rows.append(Row(f"{place} row {number}", dict(zip(columns, cells, strict=False))))
    refuse(faults)
    return Sheet(path.stem, columns, tuple(rows))


def _check_header(place: str, columns: tuple[str, ...], required: tuple[str, ...]) -> None:
    twice = {column for column in columns if columns.count(column) > 1}
    faults = [Fault(place, "columns with a name each", "a column without one")] if "" in columns else []
    faults += [
        Fault(place, "every column once", f"'{column}' {columns.count(column)} times")
        for column in sorted(twice - {""})
    ]
    missing = [column for column in required if column not in columns]
    remedy = "save it with commas between cells" if len(columns) == 1 and ";" in columns[0] else ""
    faults += [Fault(place, f"a column '{column}'", f"columns {known(columns)}", remedy) for column in missing]
    refuse(faults)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows that aren't blank, each with the number of its last line."""
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(Fault(f"{path.name} row {reader.line_num}", "cells separated by commas", str(error))) from None


def _decoded(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a byte that isn't UTF-8 at position {error.start}"
        raise InputError(Fault(path.name, "a table in UTF-8", found, "save it as 'CSV UTF-8'")) from None
    except OSError as error:
        raise InputError(Fault(str(path), "a file that can be read", error.strerror or str(error))) from None
    if "\0" in text:
        raise InputError(Fault(path.name, "a table", "a file that isn't text"))
    return text

"""The numbers in the tables of a report's folder, read so that two runs of it can be compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import Limits
from mcda.files.disk.reading import read_bytes
from mcda.files.workbook.reader import workbook_in
from mcda.reporting.writers.result_files import FOLDER, WORKBOOK


def tables_in(folder: Path, limits: Limits) -> dict[str, bytes]:
    """Return the files of results in the folder of a report, by name."""
    names = [f"{FOLDER}/{path.name}" for path in sorted((folder / FOLDER).glob("*.csv"))]
    names.append(WORKBOOK)
    return {name: read_bytes(folder / name, limits) for name in names if (folder / name).is_file()}


def cells_in(name: str, content: bytes, limits: Limits) -> Any:
    """Return the cells of a file of results: the rows of a table, or those of every sheet.

    A cell with a formula counts twice, by its formula and by its number. Raises InputError for a
    file that can't be read.
    """
    if name != WORKBOOK:
        return _rows(name, content)
    return {
        "formulas": _sheets(workbook_in(content, Path(name), limits, results=False)),
        "numbers": _sheets(workbook_in(content, Path(name), limits, results=True)),
    }


def _rows(name: str, content: bytes) -> list[list[str | float]]:
    lines = io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")
    try:
        return _values(csv.reader(lines))
    except csv.Error as error:  # such as a cell longer than the module reads
        raise InputError(Fault(name, "a table of results as CSV", str(error))) from None


def _sheets(book: Any) -> Mapping[str, list[list[Any]]]:
    return {sheet.title: _values(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _values(rows: Iterable[Iterable[Any]]) -> list[list[Any]]:
    values = []
    for row in rows:
        values.append([_value(cell) for cell in row])
    return values


def _value(cell: Any) -> Any:
    """Return a number for a cell that is one, else what it says."""
    if isinstance(cell, bool) or cell is None:
        return cell
    try:
        return float(cell)
    except (TypeError, ValueError):
        return str(cell)

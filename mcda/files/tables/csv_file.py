"""Read and write a sheet as a CSV file: decoded, separated, every row with its place."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mcda.checks.faults import Fault, InputError, Spot, refuse
from mcda.checks.labels import NUMBER
from mcda.checks.limits import HIGHER, LIMITS, Limits
from mcda.files.disk.reading import read_bytes
from mcda.files.disk.writing import write_bytes
from mcda.files.tables.clean_cells import clean_cell, clean_rows
from mcda.files.tables.file_kind import TEXT, kind_faults
from mcda.files.tables.sheets import Note, Row, Sheet
from mcda.files.tables.things import Several

FORMULA = re.compile(r"'*[=+\-@\t\r]")
SEPARATORS = {";": "semicolons", "\t": "tabs"}


def read_sheet(
    path: Path, name: str = "", limits: Limits = LIMITS, *, corner: str = ""
) -> tuple[Sheet, list[Note]]:
    """Return a CSV file as a sheet, and notes on its form; raises InputError with every fault of its form.

    Cells are separated by commas, or by semicolons or tabs where the header has them and no comma. UTF-8, with or
    without a mark, and UTF-16 with its mark are read. A first column without a name is called `corner`, where given.
    """
    name = name or path.stem
    place = f"{name}.csv"
    lines, notes = read_lines(path, limits)
    filled = [(number, cells) for number, cells in lines if "".join(cells).strip()]
    if not filled:
        raise InputError(Fault(place, "a header and rows", "an empty file"))
    heads = [
        clean_cell(unguarded(cell.strip()), f"{place} row {filled[0][0]}", notes)
        for cell in filled[0][1]
    ]
    columns = tuple(head or corner * (at == 0) for at, head in enumerate(heads))
    refuse(header_faults(place, columns))
    rows = []
    faults = []
    for number, cells in filled[1:]:
        if len(cells) != len(columns):
            remedy = 'put a cell that holds a comma in "quotes"'
            faults.append(
                Fault(f"{place} row {number}", f"{len(columns)} cells", f"{len(cells)}", remedy)
            )
        cells = [unguarded(cell) for cell in cells]
        rows.append(
            Row(
                f"{place} row {number}",
                dict(zip(columns, cells, strict=False)),
                {"": Spot(name, number)},
            )
        )
    refuse(faults)
    cleaned, told = clean_rows(rows)
    return Sheet(name, columns, cleaned), [*notes, *told]


def header_faults(place: str, columns: tuple[str, ...]) -> list[Fault]:
    """Return the faults of a header: a column without a name, or one that stands twice."""
    counts = Counter(columns)
    twice = {column for column, count in counts.items() if count > 1}
    faults = (
        [Fault(place, "columns with a name each", "a column without one")] if "" in columns else []
    )
    return faults + [
        Fault(place, "every column once", f"'{column}' {counts[column]} times", "rename one")
        for column in sorted(twice - {""})
    ]


def read_lines(
    path: Path, limits: Limits = LIMITS
) -> tuple[list[tuple[int, list[str]]], list[Note]]:
    """Return the rows of a CSV file, blank ones too, each with the number of its last line; raises InputError."""
    text, notes = decoded(path, limits)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in SEPARATORS if sign in first and "," not in first), ",")
    if separator != ",":
        notes.append(Note(path.name, Several(SEPARATORS[separator]), "the signs between cells"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return list(counted(reader, path.name, limits)), notes


def counted(
    reader: Iterator[list[str]], place: str, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows until they hold more cells than the limit."""
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if cells > limits.cells:
                raise InputError(Fault(place, f"at most {limits.cells} cells", "more", HIGHER))
            yield reader.line_num, row  # type: ignore[attr-defined]
    except csv.Error as error:
        row_number = reader.line_num  # type: ignore[attr-defined]
        raise InputError(
            Fault(f"{place} row {row_number}", "cells separated by commas", str(error))
        ) from None


def decoded(path: Path, limits: Limits) -> tuple[str, list[Note]]:
    """Return the text of a file in UTF-8 or UTF-16, and a note on the second; raises InputError for another."""
    raw = read_bytes(path, limits)
    refuse(kind_faults(path.name, raw, "a table in UTF-8", TEXT))
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        encoding = "utf-16" if wide else "utf-8-sig"
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"a byte that isn't {'UTF-16' if wide else 'UTF-8'} at position {error.start}"
        raise InputError(
            Fault(path.name, "a table in UTF-8", found, "save it as 'CSV UTF-8'")
        ) from None
    if "\0" in text:
        raise InputError(Fault(path.name, "a table", "a file that isn't text"))
    return text, [Note(path.name, "a text in UTF-16", "a table")] if wide else []


def write_sheet(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a CSV file in UTF-8; no cell of it is a formula to a program that opens it."""
    lines = [_line(row) for row in (columns, *rows)]
    write_bytes(path, "".join(lines).encode())


def _line(cells: Iterable[str]) -> str:
    return ",".join(_quoted(guarded(cell)) for cell in cells) + "\n"


def _quoted(text: str) -> str:
    """Return a cell in quotes where it needs them; csv.writer leaves out those of a lone carriage return."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',;\t"\r\n') else text


def guarded(text: str) -> str:
    """Return a text with an apostrophe in front where a program would take it for a formula; numbers stay.

    >>> guarded("=1+1"), guarded("-3"), unguarded(guarded("@x"))
    ("'=1+1", '-3', '@x')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text.strip()) else text


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that `guarded` put in front."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text

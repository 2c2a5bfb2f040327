"""Read a bare decision matrix from CSV, Excel, JSON or XMCDA; nothing is guessed that the file doesn't tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcda.checks.faults import Fault, InputError, Spot, known, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.table_words import direction
from mcda.files.disk.places import ENDINGS
from mcda.files.interchange.bare_matrix import Hints, matrix_of
from mcda.files.interchange.csv_lines import read_csv_lines
from mcda.files.interchange.json_matrix import read_json
from mcda.files.interchange.table_layout.decimal_sign import unproven_points
from mcda.files.interchange.table_layout.table_lines import Line, blocks_of, tells_directions
from mcda.files.interchange.xmcda import read_xmcda
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import Several, named
from mcda.files.workbook.book import open_book
from mcda.files.workbook.grid import Grid, letter
from mcda.problem.bare_table.matrix import Matrix

AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


def read_matrix(
    *paths: str | Path,
    sheet: str | None = None,
    cells: str | None = None,
    weights: str | None = None,
    directions: str | Mapping[str, str] | None = None,
    levels: Mapping[str, Mapping[str, float]] | None = None,
    rows: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    criteria: str | None = None,
    names: str | None = None,
    header: bool | None = None,
    separator: str | None = None,
    decimal: str | None = None,
    limits: Limits = LIMITS,
) -> Matrix:
    r"""Return the decision matrix of a CSV file, an Excel sheet, a JSON document, or of one or several XMCDA files.

    A row or column has another role than alternative or criterion where its name and its cells agree on one, or where
    it is told: `weights` and `directions` name the row that holds them (in a workbook also its area, "I3:L3"), or give
    directions by criterion; `rows` and `columns` give roles by name, {"W": "option"}, {"No.": "left out"}. `criteria`
    says where criteria stand, in "rows" or "columns"; `names` is the head of the column of names; `header` whether the
    first line is one; `separator` the sign between cells of CSV; `decimal` the decimal sign of numbers such as "1.200",
    which the cells alone may not tell. In a workbook `cells` is the area of the matrix with
    its header and names ("A2:E7"); without it the sheet must hold the matrix alone. In CSV a first block may tell
    directions and which columns are criteria. `levels` give numbers to the words of a criterion, by name.
    XMCDA 3 is checked against its schema where the extra `xmcda` is installed, XMCDA 2 by what is read of it alone; a
    note says so.
    Raises InputError that names file, row, alternative and criterion for all that can't be read, and the argument for
    what could be read in two ways.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "cars.csv").write_text(";price;speed\nA;12,5;180\nB;9;150\ndirection;min;max\n")
    ...     found = read_matrix(Path(folder) / "cars.csv")
    >>> found.performances.loc["A"].tolist(), dict(found.directions)
    ([12.5, 180.0], {'price': 'min', 'speed': 'max'})
    """
    if not paths:
        raise InputError(Fault("read_matrix", "at least one file", "none"))
    files = [_file(path) for path in paths]
    endings = {path.suffix.lower() for path in files}
    refuse(
        _misplaced(
            known(files),
            endings,
            {
                "sheet": sheet,
                "cells": cells,
                "weights": weights,
                "directions": directions,
                "rows": rows,
                "columns": columns,
                "criteria": criteria,
                "names": names,
                "header": header,
                "separator": separator,
                "decimal": decimal,
            },
        )
    )
    if endings == {".xml"}:
        return read_xmcda(files, limits)
    path = files[0]
    if len(files) > 1:
        raise InputError(Fault(known(paths), "one file, or several of XMCDA", f"{len(files)}"))
    if path.suffix.lower() == ".json":
        return read_json(path, levels, limits)
    hints = Hints(rows or {}, columns or {}, levels or {}, criteria, names, header, decimal)
    if path.suffix.lower() in ENDINGS:
        return _from_workbook(path, _Place(sheet, cells, weights, directions), hints, limits)
    hints = hints.with_row(weights, "weights")
    if isinstance(directions, str):
        hints = hints.with_row(directions, "directions")
        directions = None
    return _from_csv(path, directions, hints, separator, limits)


def _misplaced(place: str, endings: set[str], given: Mapping[str, object]) -> list[Fault]:
    """Return a fault for each argument that a file of such a kind has no use for: none is left aside in silence."""
    kind = "CSV"
    useless = {"sheet", "cells"}
    if endings & {".json", ".xml"}:
        kind = "JSON and XMCDA"
        useless = set(given)
    elif endings <= set(ENDINGS):
        kind = "a workbook"
        useless = {"separator"}
    return [
        Fault(place, f"arguments that {kind} can use", f"{what}={given[what]!r}", "leave it out")
        for what in given
        if what in useless and given[what] is not None
    ]


def _file(path: str | Path) -> Path:
    place = Path(path)
    if not place.is_file():
        found = "a folder" if place.is_dir() else "nothing there"
        raise InputError(Fault(str(path), "a file: CSV, .xlsx, .json or XMCDA (.xml)", found))
    return place


def _from_csv(
    path: Path,
    directions: Mapping[str, str] | None,
    hints: Hints,
    separator: str | None,
    limits: Limits,
) -> Matrix:
    """Read a table, or blocks between blank rows of which the first tells directions and the criteria of another."""
    lines, notes, sign = read_csv_lines(path, limits, separator)
    if sign == ";" and hints.decimal is None:
        refuse(unproven_points(lines))
    if all(line.blank() for line in lines):
        raise InputError(Fault(path.name, "a header and rows", "an empty file"))
    if not tells_directions(lines):
        return matrix_of(path.stem, lines, directions=directions, notes=notes, hints=hints)
    blocks = blocks_of(lines)
    better = _told_directions(blocks[0])
    held = [block for block in blocks if better and set(better) <= set(_heads(block))]
    if len(held) != 1:
        raise InputError(
            Fault(path.name, f"one block with columns {known(better)}", f"{len(held)} such blocks")
        )
    narrowed, left_out = _narrowed(held[0], list(better))
    if left_out:
        notes.append(Note(path.name, named("column", left_out), "no criterion: left out"))
    given = {**better, **(directions or {})}
    return matrix_of(path.stem, narrowed, directions=given, notes=notes, hints=hints)


def _told_directions(block: Sequence[Line]) -> dict[str, str]:
    """Return the directions by criterion from the block that tells them."""
    for line in block[1:]:
        if direction(line.texts[1]) is None:
            raise InputError(Fault(line.place, '"max" or "min" (or 1 or -1)', repr(line.texts[1])))
    return {line.texts[0].strip(): direction(line.texts[1]) or "" for line in block[1:]}


def _heads(block: Sequence[Line]) -> list[str]:
    return [text.strip() for text in block[0].texts]


def _narrowed(block: Sequence[Line], criteria: Sequence[str]) -> tuple[list[Line], list[str]]:
    """Return a block's first column and those of the criteria, and the columns that were left out."""
    heads = _heads(block)
    at = [0, *(heads.index(key) for key in criteria)]
    left_out = [head for position, head in enumerate(heads) if position not in at and head]
    return [line.picked(at) for line in block], left_out


# first column, first row, last column, last row
_Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Place:
    """Where in a workbook the matrix stands, and what stands beside it: areas, or names of rows."""

    sheet: str | None
    cells: str | None
    weights: str | None
    directions: str | Mapping[str, str] | None

    def areas(self, called: Sequence[str]) -> dict[str, str]:
        """Return the areas of rows that stand beside the table: what isn't the name of one of its rows."""
        given = {"weights": self.weights, "directions": self.directions}
        return {
            part: text
            for part, text in given.items()
            if isinstance(text, str) and text not in called and AREA.fullmatch(text.strip())
        }


def _from_workbook(path: Path, place: _Place, hints: Hints, limits: Limits) -> Matrix:
    grid, notes = _grid(path, place.sheet, limits)
    area = _area(place.cells) if place.cells else _whole(grid)
    called = [text.strip() for (_, column), text in grid.texts.items() if column == area[0]]
    areas = place.areas(called)
    for part, text in (("weights", place.weights), ("directions", place.directions)):
        if isinstance(text, str) and part not in areas:
            hints = hints.with_row(text, part)
    spans = {part: _area(text) for part, text in areas.items()}
    beside = {part: _line(grid, span) for part, span in spans.items()}
    given = place.directions if isinstance(place.directions, Mapping) else None
    try:
        return matrix_of(
            path.stem,
            _lines_of_area(grid, area, spans.values()),
            weights=beside.get("weights"),
            directions=beside.get("directions", given),
            notes=[*notes, *_notes(grid, area)],
            hints=hints,
        )
    except InputError as error:
        raise InputError(*map(grid.with_format, error.faults)) from None


def _lines_of_area(grid: Grid, area: _Area, beside: Iterable[_Area]) -> list[Line]:
    """Return the lines of an area, but those of which a part is named as something else."""
    left, top, right, bottom = area
    used = {span[1] for span in beside if span[0] <= right and span[2] >= left}
    rows = [row for row in range(top, bottom + 1) if row not in used or row == top]
    return [_line(grid, (left, row, right, row)) for row in rows]


def _grid(path: Path, sheet: str | None, limits: Limits) -> tuple[Grid, list[Note]]:
    """Return the cells of a sheet, the first where none is named, and a note on the sheets that are left out."""
    book = open_book(path, limits)
    title = sheet or book.titles[0]
    grid = book.grid(title)
    others = [other for other in book.titles if other != title]
    said = Note(path.name, named("sheet", others), f"nothing: '{title}' is read")
    return grid, [said] if others else []


def _notes(grid: Grid, area: _Area) -> list[Note]:
    """Return the notes that concern an area, and one where the sheet holds more."""
    inside = [note for note in grid.notes if note.at is None or area[1] <= note.at.row <= area[3]]
    beyond = any(
        not (area[1] <= row <= area[3] and area[0] <= column <= area[2])
        for row, column in grid.texts
    )
    return (
        [*inside, Note(grid.place, Several("cells outside the area"), "no part of it")]
        if beyond
        else inside
    )


def _area(text: str) -> _Area:
    """Return first column, first row, last column, last row of an area such as A2:E7."""
    found = AREA.fullmatch(text.strip())
    if not found:
        raise InputError(Fault("area", "cells such as A2:E7", repr(text)))
    first, last = (_column(letters) for letters in (found[1], found[3] or found[1]))
    return first, int(found[2]), last, int(found[4] or found[2])


def _column(letters: str) -> int:
    return sum((ord(sign) - 64) * 26**at for at, sign in enumerate(reversed(letters.upper())))


def _whole(grid: Grid) -> _Area:
    """Return the area that the filled cells of a sheet span."""
    filled = [*grid.texts, *grid.unread]
    if not filled:
        raise InputError(Fault(grid.place, "a header and rows", "an empty sheet"))
    rows = [row for row, _ in filled]
    columns = [column for _, column in filled]
    return min(columns), min(rows), max(columns), max(rows)


def _line(grid: Grid, area: _Area) -> Line:
    row = area[1]
    columns = range(area[0], area[2] + 1)
    for column in columns:
        if (row, column) in grid.unread:
            raise InputError(grid.unread[row, column])
    spots = tuple(Spot(grid.title, row, letter(column)) for column in columns)
    texts = tuple(grid.texts.get((row, column), "") for column in columns)
    return Line(
        f"{grid.place} row {row}",
        texts,
        spots,
        tuple((row, column) in grid.typed for column in columns),
    )

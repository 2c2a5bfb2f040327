"""Scores as a matrix: criteria by options, best estimates in the cells, read as rows of scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mcda.checks.faults import Fault, Spot
from mcda.checks.significant_digits import plain
from mcda.files.question.as_typed.names_in_cells import folded, names_of
from mcda.files.tables.numerals import as_plain, unreadable
from mcda.files.tables.plain_numbers import BESIDE, MATRIX
from mcda.files.tables.sheets import Note, Row, Sheet, Sheets
from mcda.files.tables.things import number_of

AXES = {"criterion": "options", "option": "criteria"}
COLUMNS = ("option", "criterion", "low", "mode", "high", "kind", "sources", "rationale")
ABOUT = ("kind", "sources", "rationale")
UNSAID = "judgement"  # the kind of a number that nobody says more about
# 20 (15 to 30), also with a dash, and an end below zero
RANGED = re.compile(
    r"(?P<mode>.+?)\s*[(\[](?P<low>.+?)\s*(?:to|[–—;…]|\.\.|(?<=[\d%])-)\s*(?P<high>.+?)[)\]]"
)
AROUND = re.compile(r"(?:±|\+/?-)?\s*(?P<width>[^%\s]+)\s*(?P<percent>%?)")
Three = tuple[str, str, str]


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix: its text, where it stands, and the row and column that it belongs to.

    `width` is the range of its row: how far up and down, and whether that is in percent.
    """

    text: str
    place: str
    spot: Spot | None
    option: str
    criterion: str
    about: Mapping[str, str]
    width: tuple[float, bool] | None

    def fault(self, expected: str, found: str, remedy: str = "") -> Fault:
        """Return a fault of the cell."""
        return Fault(self.place, expected, found, remedy, self.spot)


def with_matrix(sheets: Sheets) -> Sheets:
    """Return the sheets with the numbers of the sheet matrix as rows of scores, and without it.

    Criteria may stand in rows and options in columns, or the other way round. A cell holds a best
    estimate, or one with its range, such as 20 (15 to 30); the column range gives one to a whole
    row, such as 10% or 5. A row of scores may say more of a cell; a number that differs is a fault.
    """
    sheet = sheets.sheets.get(MATRIX)
    axis = _axis(sheet) if sheet else ""
    if sheet is None or not axis:
        return sheets
    del sheets.sheets[MATRIX]
    scores = sheets.sheets.get("scores") or Sheet("scores", (), ())
    columns = dict.fromkeys((*scores.columns, *COLUMNS))
    rows = _with_cells(sheets, scores, list(_cells(sheets, sheet, axis)))
    if rows or scores.columns:
        blank = dict.fromkeys(columns, "")
        whole = tuple(replace(row, cells={**blank, **row.cells}) for row in rows)
        sheets.sheets["scores"] = Sheet("scores", tuple(columns), whole)
    return sheets


def _with_cells(sheets: Sheets, scores: Sheet, cells: list[Cell]) -> tuple[Row, ...]:
    """Return the rows of scores with what the matrix gives, and those of its cells that have none."""
    three = {(cell.option, cell.criterion): (cell, _three(cell, sheets)) for cell in cells}
    rows = []
    for row in scores.rows:
        cell, numbers = three.pop((row.text("option"), row.text("criterion")), (None, None))
        read_row = _joined(row, cell, numbers, sheets) if cell and numbers else row
        rows.append(read_row)
    unsaid = sum(not cell.about.get("kind", "").strip() for cell, _ in three.values())
    if unsaid:
        count = number_of(unsaid, "number", " without a kind")
        sheets.notes.append(Note(sheets.place(MATRIX), count, f"{UNSAID}, without a source"))
    for cell, numbers in three.values():
        rows.append(_row_of_scores(cell, numbers or ("", "", "")))
        if not numbers:
            sheets.unsound.add(cell.place)  # told already
    return tuple(rows)


def _axis(sheet: Sheet) -> str:
    """Return what stands in the rows, criterion or option; blank where the first column names neither."""
    first = folded(sheet.columns[0]) if sheet.columns else ""
    return first if first in AXES else ""


def _cells(sheets: Sheets, sheet: Sheet, axis: str) -> Iterator[Cell]:
    """Go through the filled cells."""
    down = names_of(sheets, AXES[_other(axis)])
    heads = _heads(sheets, sheet, axis)
    beside = {folded(column): column for column in sheet.columns if folded(column) in BESIDE}
    for row in sheet.rows:
        about = {name: row.text(beside[name]) for name in ABOUT if name in beside}
        width = _width(sheets, row, beside["range"]) if "range" in beside else None
        named = down.meant(row.text(sheet.columns[0]))
        for column, other in heads.items():
            text = row.text(column).strip()
            if text:
                pair = {axis: named, _other(axis): other}
                spot = row.spots.get(column)
                where = f"{row.place}, column '{column}'"
                if spot:
                    where = f"{sheets.place(MATRIX)} cell {spot.column}{spot.row}"
                yield Cell(text, where, spot or row.spot(), **pair, about=about, width=width)


def _heads(sheets: Sheets, sheet: Sheet, axis: str) -> dict[str, str]:
    """Return what each column of cells stands for.

    A column of texts under a head that names nothing is left out, with a note.
    """
    across = names_of(sheets, AXES[axis])
    heads = {}
    for column in sheet.columns[1:]:
        if folded(column) in BESIDE:
            continue
        meant = across.meant(column)
        if meant in across.ids or any(_is_number(row.text(column)) for row in sheet.rows):
            heads[column] = meant
        else:
            left_out = f"no {_other(axis)}: left out"
            sheets.notes.append(Note(sheets.place(MATRIX), f"the column '{column}'", left_out))
    return heads


def _other(axis: str) -> str:
    return "option" if axis == "criterion" else "criterion"


def _is_number(text: str) -> bool:
    """Return whether a text begins like a number of the matrix."""
    match = RANGED.fullmatch(text.strip())
    number = match["mode"].strip() if match else text.strip()
    return bool(_number(number))


def _three(cell: Cell, sheets: Sheets) -> Three | None:
    """Return low, best estimate and high of a cell as texts; low and high blank where it has no range."""
    match = RANGED.fullmatch(cell.text)
    if match:
        parts = [_number(match[end].strip()) for end in ("low", "mode", "high")]
        if all(parts):
            return parts[0], parts[1], parts[2]
        expected = "a number with its range, such as 20 (15 to 30)"
        sheets.faults.append(cell.fault(expected, repr(cell.text), "write it so, in plain digits"))
        return None
    mode = _number(cell.text)
    if not mode:
        what, remedy = unreadable(cell.text)
        sheets.faults.append(cell.fault("a number such as 12.5 or 20 (15 to 30)", what, remedy))
        return None
    return _around(mode, cell.width)


def _number(text: str) -> str:
    """Return a number written plainly, with its percent sign where it has one; blank for none."""
    sign = "%" if text.endswith("%") else ""
    number = as_plain(text.removesuffix("%"))
    return f"{number}{sign}" if number else ""


def _width(sheets: Sheets, row: Row, column: str) -> tuple[float, bool] | None:
    """Return how far up and down the numbers of a row may lie, and whether in percent; None for no range."""
    text = row.text(column).strip()
    if not text:
        return None
    match = AROUND.fullmatch(text)
    width = as_plain(match["width"]) if match else None
    if match is None or width is None or float(width) < 0:
        expected = "a range such as 10% or 5, or a blank cell"
        sheets.faults.append(
            row.fault(column, expected, repr(text), "write 10%, or clear the cell")
        )
        return None
    return float(width), bool(match["percent"])


def _around(mode: str, width: tuple[float, bool] | None) -> Three:
    """Return a best estimate with the range of its row; low and high blank where it has none."""
    if width is None:
        return "", mode, ""
    sign = "%" if mode.endswith("%") else ""
    best = float(mode.removesuffix("%"))
    half = abs(best) * width[0] / 100 if width[1] else width[0]
    return f"{plain(best - half, 12)}{sign}", mode, f"{plain(best + half, 12)}{sign}"


def _row_of_scores(cell: Cell, three: Three) -> Row:
    """Return a row of scores for a cell of the matrix."""
    cells = dict(zip(("low", "mode", "high"), three, strict=True))
    about = {name: cell.about.get(name, "") for name in ABOUT}
    about["kind"] = about["kind"].strip() or UNSAID
    spots = {"": cell.spot, "low": cell.spot, "mode": cell.spot, "high": cell.spot}
    filled = {name: spot for name, spot in spots.items() if spot}
    return Row(
        cell.place, {"option": cell.option, "criterion": cell.criterion, **cells, **about}, filled
    )


def _joined(row: Row, cell: Cell, three: Three, sheets: Sheets) -> Row:
    """Return a row of scores with what the matrix gives and it leaves blank; a number that differs is a fault."""
    cells = dict(row.cells)
    spots = dict(row.spots)
    ends = dict(zip(("low", "mode", "high"), three, strict=True))
    has_range = any(row.text(end).strip() for end in ("low", "high"))
    stated = RANGED.fullmatch(cell.text) is not None
    for end, text in ends.items():
        held = row.text(end).strip()
        if not held and text and (end == "mode" or not has_range):
            cells[end] = text
            if cell.spot:
                spots[end] = cell.spot
        elif held and text and (end == "mode" or stated) and not _same(held, text):
            expected = f"{held}, the {end} of {row.place}"
            remedy = f"write {held} here, or clear this cell"
            sheets.faults.append(cell.fault(expected, text, remedy))
    return replace(row, cells=cells, spots=spots)


def _same(one: str, other: str) -> bool:
    """Return whether two texts are one number; what is no number is told where it stands."""
    first = _number(one)
    second = _number(other)
    if not first or not second:
        return True
    percents = (first.endswith("%"), second.endswith("%"))
    numbers = (float(first.removesuffix("%")), float(second.removesuffix("%")))
    return percents[0] == percents[1] and numbers[0] == numbers[1]

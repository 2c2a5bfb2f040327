"""One holder's pairwise judgements as a matrix in a sheet, read cell by cell.

Each pair has one cell; its mirror is filled by a formula.
"""

from __future__ import annotations

import re

from mcda.checks.faults import Fault, InputError, known
from mcda.files.tables.sheets import Row, Sheet
from mcda.files.workbook.grid import Grid, letter

PAIR = ("first", "second", "ratio")
MOST = 200  # labels of a matrix: nobody judges more pairs


def read_pairs(name: str, grid: Grid) -> Sheet | None:
    """Return a matrix of judgements as rows first, second, ratio, with the remarks below it.

    None if there is no matrix. A cell with a formula that points to its mirror isn't a judgement.
    Raises InputError for a diagonal that isn't 1, and for items that differ between rows and
    columns.
    """
    if not name.startswith("judgements/"):
        return None
    corner = _corner(grid)
    if corner is None:
        _refuse_half(grid)
        return None
    items = _items(grid, *corner)
    grid.forget_above(corner[0])
    remarks, columns = _remarks(grid, corner[0] + len(items), items)
    rows = []
    for i, first in enumerate(items, start=1):
        for j, second in enumerate(items, start=1):
            at = (corner[0] + i, corner[1] + j)
            mirror = (corner[0] + j, corner[1] + i)
            if i == j:
                _check_diagonal(grid, at)
            elif not _mirrored(grid, at, mirror):
                rows += _judgement(grid, at, first, second, remarks)
    return Sheet(name, (*PAIR, *columns), tuple(rows))


def items_to_judge(grid: Grid) -> list[str]:
    """Return the items of the matrix in a sheet, as they stand beside its corner; none where there is no matrix."""
    corner = _corner(grid)
    return _items(grid, *corner) if corner else []


def _refuse_half(grid: Grid) -> None:
    """Refuse a matrix with different items to the right and below.

    In such a sheet only the remarks are recognised, by their columns first and second.
    """
    heads = [set(grid.filled(row).values()) for row in grid.rows()]
    if any({"first", "second"} <= columns for columns in heads) and not any(
        {*PAIR} <= columns for columns in heads
    ):
        expected = "the same items to the right of the corner and below it, in one order"
        found = "items that differ"
        raise InputError(
            Fault(
                grid.place, expected, found, "write each id alike in the first row and first column"
            )
        )


def _corner(grid: Grid) -> tuple[int, int] | None:
    """Return the cell at the corner of the matrix: its labels are to the right and below."""
    for row, column in sorted(grid.texts):
        labels = _items(grid, row, column - 1)
        below = [grid.texts.get((row + at, column - 1), "") for at in range(1, len(labels) + 1)]
        if len(labels) > 1 and labels == below:
            return row, column - 1
    return None


def _items(grid: Grid, row: int, column: int) -> list[str]:
    """Return the labels to the right of a cell, up to the first blank one."""
    labels: list[str] = []
    while len(labels) < MOST and (
        text := grid.texts.get((row, column + len(labels) + 1), "").strip()
    ):
        labels.append(text)
    return labels


def _mirrored(grid: Grid, at: tuple[int, int], mirror: tuple[int, int]) -> bool:
    formula = grid.formulas.get(at, "").replace("$", "")
    return bool(re.search(rf"(?<![A-Z0-9]){letter(mirror[1])}{mirror[0]}(?!\d)", formula))


def _check_diagonal(grid: Grid, at: tuple[int, int]) -> None:
    if grid.texts.get(at, "1").strip() not in ("1", ""):
        raise InputError(grid.fault(at, "1 on the diagonal", repr(grid.texts[at]), "clear it"))


def _judgement(
    grid: Grid,
    at: tuple[int, int],
    first: str,
    second: str,
    remarks: dict[tuple[str, str], dict[str, str]],
) -> list[Row]:
    if at in grid.unread:
        grid.faults.append(grid.unread[at])
    text = grid.texts.get(at, "")
    if not text.strip():
        return []
    cells = {"first": first, "second": second, "ratio": text, **remarks.get((first, second), {})}
    spots = {"": grid.spot(at[0]), "ratio": grid.spot(*at)}
    typed = {"ratio"} if at in grid.typed else set()
    return [Row(f"{grid.place} row {at[0]}", cells, spots, frozenset(typed))]


def _remarks(
    grid: Grid, last: int, items: list[str]
) -> tuple[dict[tuple[str, str], dict[str, str]], tuple[str, ...]]:
    """Return the remarks below the matrix on each pair, and their columns.

    A remark on no pair of the matrix is a fault.
    """
    rows = [row for row in grid.rows() if row > last]
    header_row = next(
        (row for row in rows if {"first", "second"} <= set(grid.filled(row).values())), None
    )
    if header_row is None:
        return {}, ()
    header = grid.filled(header_row)
    remarks = {}
    for row in rows:
        cells = {name: grid.texts.get((row, column), "") for column, name in header.items()}
        if row > header_row:
            pair = cells.pop("first"), cells.pop("second")
            if all(pair) and not {*pair} <= {*items}:
                where = f"{grid.place} row {row}"
                expected = f"two of {known(items)}"
                grid.faults.append(
                    Fault(where, expected, known(pair), "correct the name", grid.spot(row))
                )
            remarks[pair] = cells
    return remarks, tuple(name for name in header.values() if name not in PAIR)

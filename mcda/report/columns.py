"""Rows as columns of text, for a terminal; imported by commands that print little else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mcda.problem.digits import plain
from mcda.report.visible import visible

WIDE, NARROW = 80, 12  # characters of a usual terminal, and of what must stay readable of a text cut to fit it


def columns(rows: Iterable[Sequence[object]], header: Sequence[str], *, cut: int | None = None) -> str:
    """Return rows under a header, each column as wide as its widest cell; numbers stand to the right.

    cut: the column whose long texts are cut, so that the lines fit a terminal.
    """
    cells = [[visible(cell) for cell in row] for row in (header, *rows)]
    if cut is not None:
        _cut(cells, cut)
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    right = [column > 0 and all(_numeric(row[column]) for row in cells[1:]) for column in range(len(header))]
    aligned = [
        [cell.rjust(width) if end else cell.ljust(width) for cell, width, end in zip(row, widths, right, strict=True)]
        for row in (cells[0], ["-" * width for width in widths], *cells[1:])
    ]
    return "\n".join("  ".join(row).rstrip() for row in aligned)


def _cut(cells: list[list[str]], column: int) -> None:
    """Cut the texts of a column to the room that the others leave on a line."""
    others = [max(map(len, texts)) for at, texts in enumerate(zip(*cells, strict=True)) if at != column]
    room = max(NARROW, WIDE - sum(others) - 2 * len(others))
    for row in cells:
        if len(row[column]) > room:
            row[column] = row[column][: room - 1].rstrip(" ,") + "…"


def _numeric(cell: str) -> bool:
    return cell in ("", "-") or cell.lstrip("-").replace(".", "", 1).isdigit()


def told_floors(floors: Mapping[str, float]) -> str:
    """Return floors in words, such as "cost at 30"."""
    return ", ".join(f"{key} at {plain(floor)}" for key, floor in floors.items())

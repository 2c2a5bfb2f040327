"""Cells that only show another cell, or the sheet scores: read as what they show, without a program."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mcda.files.workbook.grid import Grid

CELL = r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})"
LINK = re.compile(rf"={CELL}")
# =IF(x="","",x): a blank cell isn't shown as 0
BLANK_OR = re.compile(r'=IF\((?P<first>[^"]+)="","",(?P<then>[^",]+)\)')
VIEW = re.compile(r"SUMIFS\(scores!", re.IGNORECASE)
DEPTH = 20  # links from cell to cell


def follow_links(grids: Mapping[str, Grid]) -> None:
    """Read the cells that link to another, where no program has stored what they show.

    `grids` are the sheets by title. A cell that shows a number of the sheet scores says nothing of
    its own and is left out.
    """
    for grid in grids.values():
        for at, formula in grid.formulas.items():
            if VIEW.search(formula):
                grid.texts.pop(at, None)
                grid.unread.pop(at, None)
    for grid in grids.values():
        for at in [at for at in grid.unread if at in grid.formulas]:
            _follow(grids, grid, at)
    for grid in grids.values():
        grid.refresh()


def _follow(grids: Mapping[str, Grid], grid: Grid, at: tuple[int, int]) -> None:
    """Give a cell the text of the cell that it links to, if that can be read."""
    end: tuple[Grid, tuple[int, int]] | None = (grid, at)
    for _ in range(DEPTH):
        if end is None or end[1] not in end[0].unread:
            break
        end = _linked(grids, *end)
    if end is None or end[1] in end[0].unread:
        return
    shown, there = end
    del grid.unread[at]
    if there in shown.texts:
        grid.texts[at] = shown.texts[there]
        if there in shown.typed:
            grid.typed.add(at)


def _linked(
    grids: Mapping[str, Grid], grid: Grid, at: tuple[int, int]
) -> tuple[Grid, tuple[int, int]] | None:
    """Return the cell that a formula does nothing but show; None for any other formula."""
    formula = grid.formulas.get(at, "")
    guarded = BLANK_OR.fullmatch(formula)
    if guarded and guarded["first"] == guarded["then"]:
        formula = f"={guarded['then']}"
    match = LINK.fullmatch(formula)
    if match is None:
        return None
    title = (match["quoted"] or "").replace("''", "'") or match["plain"] or grid.title
    there = next((one for name, one in grids.items() if name.lower() == title.lower()), None)
    return (there, (int(match["row"]), _number(match["column"]))) if there else None


def _number(letters: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number

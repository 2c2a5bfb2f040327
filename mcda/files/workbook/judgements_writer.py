"""Write one holder's pairwise judgements as a matrix, with remarks below it.

Each pair has one cell; its mirror is filled by a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.checks.labels import NUMBER
from mcda.files.tables.sheets import Sheet
from mcda.files.workbook.cells import RATIO_FORMAT, stored_number, write_text
from mcda.files.workbook.grid import letter
from mcda.files.workbook.judgements_reader import MOST, PAIR
from mcda.files.workbook.styles import BEYOND, Look, band, cell_look
from mcda.sentences.catalogue import told

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def write_pairs(page: Worksheet, sheet: Sheet, header_row: int) -> bool:
    """Write judgements as a matrix; return False if it can't hold them, and a list must."""
    pairs = {(row.text("first"), row.text("second")): row.text("ratio") for row in sheet.rows}
    items = list(dict.fromkeys(item for pair in pairs for item in pair))
    if not _fits(sheet, pairs, items):
        return False
    band(page, 1, len(items) + 1, page.title[0].upper() + page.title[1:], Look.TITLE)
    band(page, 2, max(len(items) + 1, 6), told("read_me.judgements"), Look.TOLD)
    cell_look(page.cell(header_row, 1), Look.REQUIRED)
    for i, first in enumerate(items, start=1):
        for at in ((header_row, i + 1), (header_row + i, 1)):
            write_text(page.cell(*at), first)
            cell_look(page.cell(*at), Look.REQUIRED)
        for j, second in enumerate(items, start=1):
            _write_cell(
                page,
                header_row,
                (i, j),
                pairs.get((first, second)),
                mirrored=(second, first) in pairs or i > j,
            )
    _write_remarks(page, sheet, header_row + len(items) + 2)
    _dress(page, header_row, len(items))
    return True


def _fits(sheet: Sheet, pairs: dict[tuple[str, str], str], items: list[str]) -> bool:
    """Return whether a matrix holds all that the list holds, and nothing else."""
    mirrors = any((second, first) in pairs or first == second for first, second in pairs)
    in_order = sheet.columns[:3] == PAIR and all(item.strip() == item and item for item in items)
    written = [row.text("ratio") for row in sheet.rows]
    return (
        len(items) in range(2, MOST)
        and in_order
        and not mirrors
        and len(pairs) == len(sheet.rows)
        and [(row.text("first"), row.text("second")) for row in sheet.rows]
        == sorted(pairs, key=lambda pair: (items.index(pair[0]), items.index(pair[1])))
        and all(_ratio(text) is not None for text in written)
    )


def _ratio(text: str) -> float | None:
    """Return a ratio such as 3 or 1/3 as a number that reads back as the same text, or None."""
    over, slash, under = text.partition("/")
    if slash:
        whole = (
            over.isascii()
            and under.isascii()
            and over.isdigit()
            and under.isdigit()
            and 0 < int(under) < 1000
        )
        plain = whole and not over.startswith("0") and not under.startswith("0")
        return int(over) / int(under) if plain and _reduced(int(over), int(under)) else None
    number = stored_number(text) if NUMBER.fullmatch(text) else None
    return None if number is None else float(number)


def _reduced(over: int, under: int) -> bool:
    from math import gcd

    return gcd(over, under) == 1 and under > 1 and over < 1000


def _write_cell(
    page: Worksheet, header_row: int, at: tuple[int, int], ratio: str | None, *, mirrored: bool
) -> None:
    """Write a ratio into a row and column, counted from 1, of the matrix below a header.

    On the diagonal stands 1. A mirrored cell has the formula that turns its mirror over.
    """
    row, column = at
    cell = page.cell(header_row + row, column + 1)
    look = Look.ANSWER if ratio or (row < column and not mirrored) else Look.MIRROR
    cell_look(cell, look)
    cell.number_format = RATIO_FORMAT
    if ratio:
        cell.value = _ratio(ratio)
        cell.number_format = "General" if "." in ratio else RATIO_FORMAT
    elif row == column:
        cell.value = 1
    elif mirrored:
        mirror = f"{letter(row + 1)}{header_row + column}"
        cell.value = f'=IF(ISNUMBER({mirror}),1/{mirror},"")'


def _write_remarks(page: Worksheet, sheet: Sheet, row: int) -> None:
    columns = [column for column in sheet.columns if column != "ratio"]
    if len(columns) == 2:
        return
    for at, column in enumerate(columns, start=1):
        write_text(page.cell(row, at), column)
        cell_look(page.cell(row, at), Look.HEADER)
        for below, pair in enumerate(sheet.rows, start=row + 1):
            if pair.text(column):
                write_text(page.cell(below, at), pair.text(column), column)
            cell_look(page.cell(below, at), Look.LINE)


def _dress(page: Worksheet, header_row: int, size: int) -> None:
    """Set widths, freeze the labels, and colour answers outside 1/9 to 9."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    for at in range(1, max(size + 1, 6) + 1):
        page.column_dimensions[letter(at)].width = 16
    page.row_dimensions[2].height = 66
    page.freeze_panes = page.cell(header_row + 1, 2)
    cells = f"B{header_row + 1}:{letter(size + 1)}{header_row + size}"
    cell = f"B{header_row + 1}"
    outside = (
        f"OR(AND(ISTEXT({cell}),LEN({cell})>0),AND(ISNUMBER({cell}),OR({cell}>9.001,{cell}<0.111)))"
    )
    page.conditional_formatting.add(
        cells, FormulaRule([outside], fill=PatternFill("solid", bgColor=BEYOND))
    )

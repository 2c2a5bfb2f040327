"""How a workbook of ours looks: one place for colours, fonts and borders."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING

from mcda.files.workbook.grid import letter

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

# text
INK = "1F2933"
GREY = "52606D"
EXAMPLE_INK = "5A4A00"
# bands, headers, hints and lines, from dark to light
DEEP = "1B4B66"
MILD = "5B8299"
LINE = "C9D5DC"
PALE = "EAF1F5"
# cells that ask for something: to be filled, to be looked at, to be written over
MISSING = "F8C9C4"
BEYOND = "FFE0A3"
INPUT = "FFFBEA"


HINT_LINES = (4, 10)  # lines of a row of hints at least, and at most: a sheet must show its rows
HINT_LINE = 11.5  # points of a line of a hint
SMALLER = 1.2  # characters of a hint in the width of one of a cell


class Look(Enum):
    """What a cell is, as a reader sees it: font colour, bold, italic, size, fill, border."""

    TITLE = ("FFFFFF", True, False, 16, DEEP, False)
    TOLD = (INK, False, False, 11, PALE, False)
    HINT = (GREY, False, True, 9, PALE, False)
    REQUIRED = ("FFFFFF", True, False, 11, DEEP, True)
    HEADER = ("FFFFFF", True, False, 11, MILD, True)
    BODY = (INK, False, False, 11, None, True)
    LINE = (INK, False, False, 11, None, False)
    MIRROR = (GREY, False, False, 11, PALE, True)
    ANSWER = (INK, False, False, 11, INPUT, True)


BODY = Look.BODY


def hint_height(hints: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row of hints in points, for each hint and the width of its column.

    >>> hint_height([("Id from options", 12)]), hint_height([("What exactly is measured. " * 8, 30)])
    (46.0, 69.0)
    """
    needed = (len(hint) / (SMALLER * width) for hint, width in hints)
    least, most = HINT_LINES
    return HINT_LINE * min(most, max(least, *map(ceil, needed)))


def cell_look(cell: Cell, look: Look) -> None:
    """Give a cell its look, a named style of its workbook.

    Of what was set before, only the mark of a text stays.
    """
    book = cell.parent.parent
    name = f"mcda {look.name.lower()}"
    is_text = cell.quotePrefix
    try:
        cell.style = name
    except ValueError:  # the first cell of this look
        book.add_named_style(_style(name, look))
        cell.style = name
    if is_text:
        cell.quotePrefix = True


def style_number(page: Worksheet, look: Look, *, text: bool = False) -> int:
    """Return the number under which the workbook of a sheet keeps a look.

    text: marked as text, whatever it begins with.
    """
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    cell_look(cell, look)
    if text:
        cell.quotePrefix = True
    return int(cell.style_id)


def _style(name: str, look: Look) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    ink, bold, italic, size, fill, ruled = look.value
    side = Side("thin", color=LINE)
    wrap = look not in (Look.TITLE, Look.LINE)
    style = NamedStyle(name, Font("Calibri", size, bold=bold, italic=italic, color=ink))
    vertical = "center" if fill else "top"
    style.alignment = Alignment(horizontal="left", wrap_text=wrap, vertical=vertical)
    if fill:
        style.fill = PatternFill("solid", fgColor=fill)
    if ruled:
        style.border = Border(side, side, side, side)
    return style


def band(page: Worksheet, row: int, columns: int, text: str, look: Look) -> None:
    """Write a text over the width of a sheet."""
    for at in range(1, max(columns, 1) + 1):
        cell_look(page.cell(row, at), look)
    page.cell(row, 1).value = text
    if columns > 1:
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    width = sum(page.column_dimensions[letter(at)].width for at in range(1, columns + 1))
    page.row_dimensions[row].height = (
        26 if look is Look.TITLE else 16 * (1 + int(1.15 * len(text) / max(width, 60)))
    )


def link(cell: Cell, sheet: str, target: str) -> None:
    """Let a cell lead to another in the same workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{sheet.replace(chr(39), chr(39) * 2)}'!{target}"
    )
    cell.font = Font("Calibri", 11, color=MILD, underline="single")


def print_on_one_width(page: Worksheet) -> None:
    """Let a sheet print in landscape, as wide as a page; the first on one page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    is_first = page.parent.worksheets[0] is page
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 1 if is_first else 0  # 0: as many pages as it takes
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

"""Pages of a workbook of results: cells of text, numbers, and formulas with the number they give."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

from mcda.files.workbook.cells import begins_as_formula, kept_as
from mcda.files.workbook.grid import letter
from mcda.files.workbook.styles import BODY, Look, print_on_one_width, style_number

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TITLE = 31  # characters that spreadsheet programs allow
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
FIRST_DAY = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every part of the archive: the same bytes for the same numbers
SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# the size and the rows of a sheet without cells, and what is between: the places of those of a page
PLACES = re.compile(rb'<dimension ref="A1:A1"\s*/>(.*)<sheetData\s*(?:/>|></sheetData>)', re.DOTALL)
WIDEST = 44  # characters of a column; longer texts wrap
NARROWEST = 9  # characters: the width of a number


@dataclass(frozen=True)
class Formula:
    """A formula of a cell, and the number that it gives."""

    text: str
    result: float


Cell = str | float | int | bool | Formula | None


@dataclass
class Page:
    """A sheet: its title, rows of cells, and which rows are headers."""

    title: str
    rows: list[list[Cell]] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)

    def add(self, *cells: Cell, header: bool = False) -> int:
        """Add a row and return its number, from 1."""
        self.rows.append(list(cells))
        if header:
            self.headers.add(len(self.rows))
        return len(self.rows)


def page_of(title: str, table: pd.DataFrame) -> Page:
    """Return a table as a page, with its index as the first columns.

    >>> page_of("ranks", pd.DataFrame({"rank": [1]}, index=["A"])).rows
    [['', 'rank'], ['A', 1]]
    """
    page = Page(title)
    flat = table.reset_index() if table.index.nlevels > 1 or table.index.name else table
    heads = [] if flat is not table else [""]
    page.add(*heads, *(str(key) for key in flat.columns), header=True)
    for name, row in zip(flat.index, flat.astype(object).to_numpy().tolist(), strict=True):
        first = [] if flat is not table else [str(name)]
        page.add(*first, *map(_cell, row))
    return page


def _cell(value: Any) -> Cell:
    """Return a value as a cell: nothing for what is missing, text for what is no number."""
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, np.number):
        return _finite(value.item())
    if isinstance(value, int | float):
        return _finite(value)
    return str(value)


def _finite(number: float) -> Cell:
    if number != number:
        return None
    return number if abs(number) != float("inf") else str(number)


def workbook_bytes(pages: Iterable[Page]) -> bytes:
    """Return pages as a workbook: names are text whatever they begin with, formulas have results.

    The same pages give the same bytes.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = "mcda"
    rows: list[bytes] = []
    sizes: list[bytes] = []
    taken: set[str] = set()
    for page in pages:
        sheet = book.create_sheet(title_of(page.title, taken))
        rows.append(_rows(sheet, page).encode("ascii", "xmlcharrefreplace"))
        sizes.append(_size(page.rows).encode("ascii"))
        for at, width in enumerate(_widths(page.rows), start=1):
            sheet.column_dimensions[letter(at)].width = width
        print_on_one_width(sheet)
    return _filled(book, sizes, rows)


def title_of(text: str, taken: set[str] | None = None) -> str:
    """Return a text as a title that a sheet can bear, none of those that are taken.

    >>> title_of("topsis:vector"), title_of("A", {"a"})
    ('topsis vector', 'A 2')
    """
    plain = NOT_IN_TITLE.sub(" ", text).strip("' ")[:LONGEST_TITLE].strip() or "results"
    taken = set() if taken is None else taken
    title = plain
    number = 1
    while title.lower() in taken:
        number += 1
        ending = f" {number}"
        title = plain[: LONGEST_TITLE - len(ending)].strip() + ending
    taken.add(title.lower())
    return title


def _rows(sheet: Worksheet, page: Page) -> str:
    """Return the rows of a page as XML.

    They are written as text at once, because a report has tens of thousands of cells, and because
    the library has no place for the result of a formula.
    """

    @cache
    def style(look: Look, text: bool) -> int:
        return style_number(sheet, look, text=text)

    lines = []
    for number, row in enumerate(page.rows, start=1):
        look = Look.HEADER if number in page.headers else BODY
        cells = []
        for at, value in enumerate(row, start=1):
            is_text = isinstance(value, str) and begins_as_formula(value)
            head = f'<c r="{letter(at)}{number}" s="{style(look, is_text)}"'
            cells.append(head + _inside(value))
        if cells:
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def _inside(value: Cell) -> str:
    """Return what stands in the element of a cell behind its place and its style."""
    if isinstance(value, Formula):
        return f"><f>{escape(value.text)}</f><v>{float(value.result)!r}</v></c>"
    kept = kept_as(value) if isinstance(value, str) else value
    if isinstance(kept, str):
        return f' t="inlineStr">{_text(kept)}</c>'
    number = "" if kept is None or not isfinite(kept) else f"<v>{kept:.16g}</v>"
    return f' t="n">{number}</c>'


def _text(kept: str) -> str:
    """Return a text of a cell as XML: blanks at its ends are kept."""
    if not kept:
        return ""
    blanks = ' xml:space="preserve"' if kept != kept.strip() else ""
    return f"<is><t{blanks}>{escape(kept)}</t></is>"


def _size(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the area of the cells of a sheet."""
    columns = max(map(len, rows), default=0)
    return f'<dimension ref="A1:{letter(max(columns, 1))}{max(len(rows), 1)}"/>'


def _widths(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Return widths of columns that hold what is in them; a text alone in its row runs on."""
    widths: list[float] = []
    for row in rows:
        if len(row) < 2:
            continue
        for at, value in enumerate(row):
            widths += [NARROWEST] * (at + 1 - len(widths))
            long = len(value) + 2 if isinstance(value, str) else NARROWEST + 2
            widths[at] = max(widths[at], min(WIDEST, long))
    return widths


def _filled(book: Workbook, sizes: Sequence[bytes], rows: Sequence[bytes]) -> bytes:
    """Return the archive of a workbook with the rows of its sheets, and each part of one date."""
    raw = io.BytesIO()
    book.save(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            sheet = SHEET.fullmatch(name)
            if sheet:
                at = int(sheet[1]) - 1
                before, between, after = PLACES.split(content)
                content = b"".join([before, sizes[at], between, rows[at], after])
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content
                )
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

"""Pages of a workbook of results: cells of text, numbers, and formulas with the number they give."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mcda.files.workbook.cells import write_text
from mcda.files.workbook.grid import letter
from mcda.files.workbook.styles import BODY, Look, print_on_one_width, style_of

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
STORED = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*?)( t="\w+")?(><f>.*?</f>)<v\s*(?:/>|></v>)')
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
    if isinstance(value, int | float | np.number):
        return value.item() if isinstance(value, np.number) else _finite(value)
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
    results: list[dict[str, float]] = []
    taken: set[str] = set()
    for page in pages:
        sheet = book.create_sheet(title_of(page.title, taken))
        results.append(_fill(sheet, page))
        print_on_one_width(sheet)
    return _with_results(book, results)


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


def _fill(sheet: Worksheet, page: Page) -> dict[str, float]:
    """Write the cells of a page; return the results of its formulas by cell."""
    results = {}
    styles: dict[Look, Any] = {}
    for number, row in enumerate(page.rows, start=1):
        look = Look.HEADER if number in page.headers else BODY
        if look not in styles:
            styles[look] = style_of(sheet, look)
        for at, value in enumerate(row, start=1):
            cell: Any = sheet.cell(number, at)
            cell._style = copy(styles[look])  # by its name it would be sought for every cell
            if isinstance(value, Formula):
                cell.value = f"={value.text}"
                results[f"{letter(at)}{number}"] = value.result
            elif isinstance(value, str):
                write_text(cell, value)
            elif value is not None:
                cell.value = value
    for at, width in enumerate(_widths(page.rows), start=1):
        sheet.column_dimensions[letter(at)].width = width
    return results


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


def _with_results(book: Workbook, results: Sequence[dict[str, float]]) -> bytes:
    """Return the archive of a workbook, each formula with its result and each part of one date."""
    raw = io.BytesIO()
    book.save(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            sheet = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if sheet:
                content = _stored(content, results[int(sheet[1]) - 1])
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content
                )
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _stored(content: bytes, results: dict[str, float]) -> bytes:
    """Return the part of a sheet with a result behind each formula."""

    def with_result(found: re.Match[str]) -> str:
        return f"{found[1]}{found[4]}<v>{results[found[2]]!r}</v>"

    return STORED.sub(with_result, content.decode("utf-8")).encode("utf-8")

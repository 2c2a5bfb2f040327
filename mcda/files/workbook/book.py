"""Sheets of a workbook without the others: one of sixty is read as fast as one of two.

The results of formulas are read for the sheets that have any.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.limits import LIMITS, Limits
from mcda.files.workbook.cells import is_formula
from mcda.files.workbook.grid import Grid, read_grid
from mcda.files.workbook.safe_archive import checked_archive, damaged

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Book:
    """A workbook whose archive was checked once: its bytes, and the titles of its sheets."""

    path: Path
    content: bytes
    titles: tuple[str, ...]

    def grid(self, title: str) -> Grid:
        """Return the filled cells of one sheet; raises InputError that lists the sheets there are."""
        if title not in self.titles:
            raise InputError(
                Fault(self.path.name, f"a sheet among {known(self.titles)}", f"'{title}'")
            )
        return self.grids((title,), f"{self.path.name} sheet")[title]

    def grids(self, titles: Collection[str], called: str) -> dict[str, Grid]:
        """Return the filled cells of some sheets by title; `called` stands before it in messages."""
        sheets = self._sheets(titles, results=False)
        computed = [title for title, sheet in sheets.items() if _has_formulas(sheet)]
        # where nothing is computed, what is stored is what is written
        stored = {**sheets, **(self._sheets(computed, results=True) if computed else {})}
        return {
            title: read_grid(sheet, stored[title], f"{called} '{title}'")
            for title, sheet in sheets.items()
        }

    def _sheets(self, titles: Collection[str], *, results: bool) -> dict[str, Worksheet]:
        try:
            with warnings.catch_warnings():
                # what openpyxl leaves out (pictures, extensions) holds no cell
                warnings.simplefilter("ignore")
                return _read(BytesIO(self.content), titles, results=results)
        except Exception as error:  # a stranger's file may fail in any way; it is then damaged
            raise damaged(self.path, f"{type(error).__name__}: {error}") from None


def _has_formulas(sheet: Worksheet) -> bool:
    return any(is_formula(cell) for cell in sheet._cells.values())


def open_book(path: Path, limits: Limits = LIMITS) -> Book:
    """Return a workbook with the titles of its sheets; no sheet is read.

    Raises InputError if it is no workbook, or holds no sheet with cells.
    """
    content = checked_archive(path, limits).getvalue()
    try:
        titles = _titles(BytesIO(content))
    except Exception as error:  # a stranger's file may fail in any way; it is then damaged
        raise damaged(path, f"{type(error).__name__}: {error}") from None
    if not titles:
        raise damaged(path, "no sheet with cells")
    if len({title.casefold() for title in titles}) < len(titles):
        raise damaged(path, "two sheets of one name")
    return Book(path, content, titles)


def _titles(content: BytesIO) -> tuple[str, ...]:
    """Return the titles of the sheets with cells: pages of charts are none."""
    from openpyxl.reader.workbook import WorkbookParser

    with zipfile.ZipFile(content) as archive:
        parser = WorkbookParser(archive, _workbook_part(archive), keep_links=False)
        parser.parse()
        names = set(archive.namelist())
        pairs = [(sheet.name, rel) for sheet, rel in parser.find_sheets()]
    return tuple(
        name for name, rel in pairs if rel.target in names and "chartsheet" not in rel.Type
    )


def _workbook_part(archive: zipfile.ZipFile) -> str:
    """Return the name of the part that lists the sheets."""
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.reader.excel import _find_workbook_part
    from openpyxl.xml.functions import fromstring

    manifest = Manifest.from_tree(fromstring(archive.read("[Content_Types].xml")))
    return str(_find_workbook_part(manifest).PartName[1:])


def _read(content: BytesIO, titles: Collection[str], *, results: bool) -> dict[str, Worksheet]:
    """Return some sheets with their formulas, or with the results that were saved."""
    from openpyxl.reader.excel import ExcelReader

    class SomeSheets(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
        """A reader that passes the other sheets by; what names mean in them isn't wanted."""

        def read_worksheets(self) -> None:
            pairs = [pair for pair in self.parser.find_sheets() if pair[0].name in titles]
            self.parser.find_sheets = lambda: pairs
            self.parser.assign_names = lambda: None
            super().read_worksheets()

    reader: Any = SomeSheets(content, data_only=results, keep_links=False)
    reader.read()
    return {sheet.title: sheet for sheet in reader.wb.worksheets}

"""A copy of a workbook with every fault as a comment in its cell.

A first sheet lists all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.checks.faults import Fault, InputError, Spot
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import ENDINGS
from mcda.files.tables.sheets import Note
from mcda.files.workbook.cells import write_text
from mcda.files.workbook.reader import FAULTS, load
from mcda.files.workbook.styles import BEYOND, MISSING, Look, band, cell_look, link
from mcda.files.workbook.writer import save_book

if TYPE_CHECKING:
    from openpyxl import Workbook

AUTHOR = "mcda check"


def mark(
    path: str | Path,
    out: str | Path,
    faults: Sequence[Fault],
    notes: Iterable[Note] = (),
    limits: Limits = LIMITS,
) -> Path:
    """Write a copy of a workbook with a mark on every cell that has a fault or a note.

    A mark is a comment and a colour. Faults that belong to no cell are on the sheet "faults" with
    the others. Returns the path of the copy. Raises InputError for a file that is no workbook, or a
    copy that would take the place of a file.
    """
    path = Path(path)
    out = Path(out)
    if path.suffix.lower() not in ENDINGS or out.suffix.lower() != ".xlsx":
        raise InputError(Fault(f"{path} to {out}", "workbooks that end in .xlsx", "another ending"))
    if out.exists():
        raise InputError(
            Fault(str(out), "a new file", "one that is there already", "choose another name")
        )
    book = load(path, limits, results=False)
    told: dict[Spot, list[str]] = {}
    entries: list[Fault | Note] = [*faults, *notes]
    for entry in entries:
        if entry.at:
            told.setdefault(entry.at, []).append(_fault_text(entry))
    wrong = {fault.at for fault in faults}
    for spot, texts in told.items():
        look = MISSING if spot in wrong else BEYOND
        _comment(book, spot, texts, look)
    _list(book, entries)
    return save_book(book, out)


def _fault_text(entry: Fault | Note) -> str:
    if isinstance(entry, Note):
        return entry.told
    return f"Expected {entry.expected}, found {entry.found}." + (
        f" {entry.remedy[0].upper()}{entry.remedy[1:]}." if entry.remedy else ""
    )


def _comment(book: Workbook, spot: Spot, texts: Sequence[str], colour: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = book[spot.sheet][f"{spot.column or 'A'}{spot.row}"]
    earlier = [cell.comment.text] if getattr(cell, "comment", None) else []
    if hasattr(cell, "column_letter"):  # a cell inside a merged area can have no comment
        cell.comment = Comment("\n".join([*earlier, *texts])[:2000], AUTHOR, height=140, width=320)
        cell.fill = PatternFill("solid", fgColor=colour)


def _list(book: Workbook, entries: Sequence[Fault | Note]) -> None:
    """Put a first sheet into the copy that lists all faults and notes, linked to their cells."""
    if FAULTS in book.sheetnames:
        del book[FAULTS]
    page = book.create_sheet(FAULTS, 0)
    book.active = 0
    for letter, width in zip("ABC", (14, 44, 110), strict=True):
        page.column_dimensions[letter].width = width
    band(
        page,
        1,
        3,
        f"{sum(isinstance(entry, Fault) for entry in entries)} faults found by mcda check",
        Look.TITLE,
    )
    for at, entry in enumerate(entries, start=2):
        what = "fault" if isinstance(entry, Fault) else "note"
        for column, text in enumerate((what, entry.where, _fault_text(entry)), start=1):
            write_text(page.cell(at, column), text[:1000])
            cell_look(page.cell(at, column), Look.BODY)
        if entry.at:
            link(page.cell(at, 2), entry.at.sheet, f"{entry.at.column or 'A'}{entry.at.row}")

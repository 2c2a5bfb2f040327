"""The first sheet of a workbook: what to do, in which order, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mcda.files.question.schema import Form
from mcda.files.workbook.styles import BEYOND, INPUT, MISSING, PALE, Look, band, cell_look, link

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

STEPS = (
    "Write your question into the sheet question: what is decided, by whom, what for.",
    "List the options, one row each. "
    "Keep one that changes nothing; name it as baseline in question.",
    "List the criteria: heads, and leaves below them. Give every leaf its unit, its direction and "
    "its scale: worst, best and, if you like, what is worth half of the way between. They mean "
    "that on every scale, in numbers or in words (constructed), whether more is better or less, "
    "and don't depend on the options you happen to have.",
    "Give every option a row on every leaf in scores: "
    "low, best estimate, high, what kind of number it is, its source.",
    "List your sources with two grades: "
    "how reliable the source is (A to F), how credible what it says is (1 to 6).",
    "Write each holder's weights into perspectives: one row for each head. "
    "Add a sheet 'judgements ID' for pairwise answers of the holder with that id, "
    "if you have any.",
    "Check it:  mcda check FILE.xlsx --mark MARKED.xlsx  "
    "lists every fault, and marks each in a copy.",
    "Read the report:  mcda report FILE.xlsx",
)
FORM = (
    "Numbers: plain digits. Nothing is filled in for a number that is missing, and no formula is "
    "computed: save the file in your spreadsheet program so that results are stored.",
    "You may add columns and sheets; they are kept. "
    "Don't rename the columns and sheets that are here.",
    "Sheets that a question may have besides: events (what may happen, its chance and its loss), "
    "parts and rules (what packages are made of), "
    "structures (other shapes of the tree), positions (what holders say in public), "
    "screened_out (options that were considered and ruled out).",
)
LEGEND = (
    (INPUT, "A worked example, invented, to write over; in judgements: a cell to fill"),
    (PALE, "A hint, or a cell that follows from another"),
    (MISSING, "A cell that must be filled"),
    (
        BEYOND,
        "A number out of order (low, mode, high), beyond the anchors of its criterion, "
        "or not a number",
    ),
)
# widths of the two columns, in characters
NARROW = 20
WIDE = 96  # characters that a line of instructions has room for


def write_read_me(page: Worksheet, sheets: Sequence[tuple[str, Form]], *, example: bool) -> None:
    """Write the instructions, a link to every sheet, and the legend."""
    page.title = "read me"
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = NARROW
    page.column_dimensions["B"].width = WIDE
    band(page, 1, 2, "A question for mcda", Look.TITLE)
    if example:
        sentence = (
            "The sheets hold a worked example. "
            "It is invented: write over it, then change the marking in question."
        )
        band(page, 2, 2, sentence, Look.TOLD)
    row = _listed(
        page, 4, "What to do", [(str(number), step) for number, step in enumerate(STEPS, start=1)]
    )
    row = _listed(page, row + 1, "The sheets", [(title, form.told) for title, form in sheets])
    for at, (title, _) in enumerate(sheets, start=row - len(sheets)):
        link(page.cell(at, 1), title, "A1")
    row = _listed(page, row + 1, "Colours", [("", sentence) for _, sentence in LEGEND])
    for at, (colour, _) in enumerate(LEGEND, start=row - len(LEGEND)):
        _fill(page, at, colour)
    _listed(page, row + 1, "Form", [("", sentence) for sentence in FORM])


def _listed(page: Worksheet, row: int, title: str, entries: Sequence[tuple[str, str]]) -> int:
    """Write a heading and a row for each entry; return the row after them."""
    band(page, row, 2, title, Look.REQUIRED)
    for at, (first, second) in enumerate(entries, start=row + 1):
        for column, text in ((1, first), (2, second or "Your own table: its columns are kept")):
            cell_look(page.cell(at, column, text), Look.BODY)
        page.row_dimensions[at].height = 16 * (1 + len(second) // WIDE) + 4
    return row + 1 + len(entries)


def _fill(page: Worksheet, row: int, colour: str) -> None:
    from openpyxl.styles import PatternFill

    page.cell(row, 1).fill = PatternFill("solid", fgColor=colour)

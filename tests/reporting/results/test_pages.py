"""A workbook of results reads back cell by cell, and holds what a formula gives."""

import io
import os
import subprocess
import sys

import numpy as np
import openpyxl
import pandas as pd
import pytest

from mcda.checks.faults import InputError
from mcda.reporting.results.pages import Formula, Page, page_of, workbook_bytes

CELLS = ["plain", "=SUM(A1)", " blank at its ends ", "<&>\"'", "two\nlines", "a\x07b", "", "0.5", 7]
READ = [
    "plain",
    "=SUM(A1)",
    " blank at its ends ",
    "<&>\"'",
    "two\nlines",
    "a_x0007_b",
    None,
    0.5,
    7,
]


def read(pages, *, results=False):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(pages)), data_only=results)


def test_each_cell_reads_back():
    """Signs of XML, blanks, lines and numbers come out as they went in; no text is a formula."""
    page = Page("all")
    page.add(*["head"] * len(CELLS), header=True)
    page.add(*CELLS)
    sheet = read([page])["all"]
    assert [cell.value for cell in sheet[2]] == READ
    assert "f" not in {cell.data_type for cell in sheet[2]}
    assert [cell.quotePrefix for cell in sheet[2]][:2] == [False, True]
    assert sheet.dimensions == "A1:I2"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold


def test_a_formula_keeps_its_result():
    """A program that computes nothing, such as a viewer, shows the number all the same."""
    page = Page("one")
    page.add(2, Formula('IF(A1<3,"<",A1)', np.float64(0.1) + 0.2))
    assert read([page])["one"]["B1"].value == '=IF(A1<3,"<",A1)'
    assert read([page], results=True)["one"]["B1"].value == 0.1 + 0.2


def test_what_is_no_number_is_an_empty_cell():
    """A gap and what has no end take no digits that a program could count."""
    page = Page("gaps")
    page.add(None, float("nan"), float("inf"))
    assert [cell.value for cell in read([page])["gaps"][1]] == [None, None, None]


@pytest.mark.parametrize("kind", [float, np.float64, object])
def test_a_number_without_end_is_told_in_words(kind):
    """Whatever type of number a table has; a gap stays one."""
    table = pd.DataFrame({"worth": pd.Series([np.inf, -np.inf, np.nan, 0.5], dtype=kind)})
    assert [row[1] for row in page_of("worth", table).rows] == ["worth", "inf", "-inf", None, 0.5]


def test_a_sheet_without_rows_opens():
    """A table may be empty."""
    assert read([Page("none")])["none"].dimensions == "A1:A1"


def test_a_text_that_no_cell_holds_is_refused():
    """A cell has as many characters as a program reads."""
    page = Page("long")
    page.add("x" * 40_000)
    with pytest.raises(InputError, match="at most 32767 characters"):
        workbook_bytes([page])


def test_rows_find_their_place_without_the_faster_writer():
    """The library writes a sheet in another form where lxml isn't installed."""
    code = (
        "from mcda.reporting.results.pages import Page, workbook_bytes\n"
        "import io, openpyxl\n"
        "page = Page('one', [['a', 1]])\n"
        "book = openpyxl.load_workbook(io.BytesIO(workbook_bytes([page])))\n"
        "print(openpyxl.LXML, book['one']['A1'].value, book['one']['B1'].value)"
    )
    bare = {**os.environ, "OPENPYXL_LXML": "False"}
    made = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, text=True)
    assert made.stdout.split() == ["False", "a", "1"], made.stderr

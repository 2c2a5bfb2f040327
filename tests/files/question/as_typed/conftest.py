"""Cells of a workbook that several tests type into."""

import pytest


@pytest.fixture
def baseline():
    """Find the cell with the baseline of a workbook."""

    def cell(workbook):
        rows = workbook["question"].iter_rows(min_row=5)
        return next(row[1] for row in rows if row[0].value == "baseline")

    return cell

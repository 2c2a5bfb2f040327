"""Rows left from the example are known as such, and what is typed over the example doesn't look like it."""

import pytest

from mcda import AssumptionWarning, InputError, read_problem
from mcda.cli import main


@pytest.fixture
def book(open_blank, tmp_path):
    """Another question written over the example: two options, one head with two leaves, one holder."""
    path = tmp_path / "q.xlsx"
    workbook = open_blank()
    rows = {
        "options": [["N", "North"], ["S", "South"]],
        "criteria": [
            ["worth", "", "Worth", "", "", "head"],
            ["price", "worth", "Price", "What is paid", "EUR", "natural", "min", 100, None, 0, 1],
            ["beds", "worth", "Beds", "How many", "beds", "natural", "max", 0, None, 50, 1],
        ],
        "scores": [
            ["N", "price", 10, 20, 30, "estimate", None, None, "Offer"],
            ["N", "beds", 10, 20, 30, "estimate"],
            ["S", "price", 20, 30, 40, "estimate"],
            ["S", "beds", 30, 40, 50, "estimate"],
        ],
        "perspectives": [["M", "Mayor", "worth", 100, 100, 100, "judgement"]],
    }
    for name in ("options", "criteria", "scores", "perspectives", "scenarios", "local_weights"):
        page = workbook[name]
        for row in page.iter_rows(min_row=5, max_row=30):
            for cell in row:
                cell.value = None
        for at, cells in enumerate(rows.get(name, []), start=5):
            for column, value in enumerate(cells, start=1):
                page.cell(at, column).value = None if value == "" else value
    del workbook["judgements T"]
    for cells in workbook["question"].iter_rows(min_row=5, max_row=30):
        if cells[0].value == "baseline":
            cells[1].value = "N"
    return workbook, path


def test_a_row_left_from_the_example_is_one_fault(open_blank, book):
    """All of a sheet in one, with the rows to delete; deleted, nothing is left to tell but notes."""
    workbook, path = book
    example = open_blank()["scores"]
    for at, row in ((9, 5), (10, 6), (12, 9)):
        for column in range(1, 11):
            workbook["scores"].cell(at, column).value = example.cell(row, column).value
    workbook.save(path)
    with pytest.raises(InputError) as refused:
        read_problem(path)
    assert len(refused.value.faults) == 1, refused.value
    (fault,) = refused.value.faults
    assert str(fault) == (
        "sheet 'scores': expected rows of this question, found 3 rows left from the example "
        "(rows 9 to 10, 12); delete rows 9 to 10, 12, or write over what is there"
    )
    workbook["scores"].delete_rows(9, 4)
    workbook.save(path)
    with pytest.warns(AssumptionWarning, match="left from the example"):
        assert read_problem(path).performance.shape == (2, 2)


def test_rows_of_the_example_that_do_no_harm_are_told(book, capsys):
    """Its sources, and what the sheet question says of Lindenau."""
    workbook, path = book
    workbook.save(path)
    assert main(["check", str(path)]) == 0
    told = capsys.readouterr().err
    assert "sheet 'sources' rows 5 to 7: 3 rows left from the example were read as your own" in told
    assert "sheet 'question' rows 5 to 7, " in told


def test_the_example_itself_has_nothing_left_over(blank_book, recwarn):
    """It is read without a note, also with one option renamed everywhere."""
    read_problem(blank_book)
    assert not recwarn.list


def test_a_cell_looks_like_the_example_only_while_it_is(open_blank):
    """The look hangs on the text: written over, it is gone."""
    page = open_blank()["options"]
    rules = {str(area.sqref): area.rules for area in page.conditional_formatting}
    (rule,) = rules["B5"]
    assert rule.formula == ['LEFT(B5,100)="Keep the gas boiler"'] and rule.dxf.font.i
    assert not page["B5"].font.i and page["B5"].fill.fgColor.rgb == "00000000"


def test_two_sources_in_a_cell_do_not_trip_the_list(open_blank):
    """A list of ids is offered; several are taken without a question."""
    page = open_blank()["scores"]
    asked = {rule.formula1: rule.showErrorMessage for rule in page.data_validations.dataValidation}
    assert not asked["'sources'!$A$5:$A$1000"] and asked["'options'!$A$5:$A$1000"]

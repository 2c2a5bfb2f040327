"""Names as people type them are read as ids; what names nothing is one fault, with the name that was likely meant."""

import pytest

from mcda import AssumptionWarning, InputError, read_perspectives, read_problem
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets


@pytest.fixture
def book(open_blank, tmp_path):
    """The blank workbook, to be changed and saved."""
    return open_blank(), tmp_path / "q.xlsx"


def faults(book):
    """Every fault of a workbook as it stands."""
    workbook, path = book
    workbook.save(path)
    with pytest.raises(InputError) as refused:
        open_sheets(read_sheets(path))
    return refused.value.faults


def test_labels_and_ids_in_any_case_are_read(book, baseline):
    """Options, criteria, sources, kinds, grades and holders; each text is told once for its sheet."""
    workbook, path = book
    scores = workbook["scores"]
    for cell, text in {
        "A9": "Heat pump",
        "A10": "Heat pump",
        "A11": " pump",
        "B9": "Yearly  cost",
        "B10": "WORKS",
        "F5": "Estimate",
        "G9": "s2",
    }.items():
        scores[cell] = text
    workbook["sources"]["G5"] = "a"
    workbook["scenarios"]["I5"] = "all"
    workbook["perspectives"]["C5"] = "BURDEN"
    workbook["local_weights"]["A5"] = "c"
    baseline(workbook).value = "keep the gas boiler"
    workbook["judgements T"].title = "judgements treasurer"
    workbook.save(path)
    sheets = read_sheets(path)
    with pytest.warns(AssumptionWarning, match="'Heat pump' was read as PUMP"):
        problem = read_problem(sheets)
    assert problem.estimates["cost/PUMP"].mode == 62 and problem.frame.baseline == "GAS"
    assert read_perspectives(sheets, problem)["Treasurer"].pairwise is not None
    told = [str(note) for note in sheets.notes]
    assert sum("'Heat pump' was read as PUMP" in line for line in told) == 1
    assert any("(cell G5): 'a' was read as A" in line for line in told)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("PMP", "PUMP"), ("Heat pumps", "PUMP"), ("gsa", "GAS"), ("District heat", "GRID")],
)
def test_a_mistyped_option_is_one_fault_that_asks(book, typed, meant):
    """The cell that it leaves without a score isn't told as well; what is proposed is right."""
    book[0]["scores"]["A9" if meant == "PUMP" else "A5" if meant == "GAS" else "A13"] = typed
    (fault,) = faults(book)
    assert fault.found == f"'{typed}'" and fault.at.column == "A"
    assert f"did you mean '{meant}'? Write '{meant}', or add '{typed}'" in fault.remedy


def test_a_renamed_option_is_one_fault(book):
    """All cells with the old name are in it; the new one, which nothing names, is what was meant."""
    book[0]["options"]["A5"] = "BOILER"
    (fault,) = faults(book)
    assert fault.found.startswith("'GAS' (also in ") and "did you mean 'BOILER'?" in fault.remedy
    for place in ("A6, A7, A8", "I5, I6 of sheet 'scenarios'", "of sheet 'question'"):
        assert place in fault.found, fault.found


def test_a_renamed_criterion_is_one_fault(book):
    """In scores, scenarios and judgements alike."""
    book[0]["criteria"]["A5"], book[0]["criteria"]["C5"] = "load", "What it takes"
    book[0]["criteria"]["B7"] = book[0]["criteria"]["B8"] = "load"
    (fault,) = faults(book)
    assert fault.found.startswith("'burden' (also in C7; ") and "'load'" in fault.remedy
    assert "sheet 'judgements T'" in fault.found


def test_a_name_of_two_things_is_the_name_of_none(book):
    """A label of one option that is the id of another in another case isn't guessed."""
    book[0]["options"]["B6"] = "grid"
    book[0]["scores"]["A9"] = "Grid"
    (fault,) = faults(book)
    assert fault.found == "'Grid'" and "expected a known id" in str(fault)


def test_an_option_without_any_score_is_one_fault(book):
    """A new option misses four cells for one reason; a single cell is told by its own."""
    options = book[0]["options"]
    options["A8"], options["B8"] = "WOOD", "Pellets"
    (fault,) = faults(book)
    assert fault.expected == "rows for option 'WOOD' with 'cost', 'works', 'emissions', 'supply'"
    options["A8"] = options["B8"] = None
    book[0]["scores"].delete_rows(16)
    (fault,) = faults(book)
    assert fault.expected == "a row for option 'GRID', criterion 'supply'"


def test_faults_come_in_the_order_of_the_sheets(book):
    """All at once, of facts and preferences, typed cells and references, by sheet, row and column."""
    workbook, _ = book
    for sheet, cell, value in (
        ("judgements T", "C5", "thrice"),
        ("local_weights", "C5", "many"),
        ("scenarios", "J6", "bogus"),
        ("scenarios", "D5", 300),
        ("perspectives", "E6", "n/a"),
        ("sources", "G6", "Z"),
        ("scores", "F8", "guess"),
        ("scores", "D6", "x"),
        ("scores", "H12", "bell"),
        ("criteria", "F7", "verbal"),
    ):
        workbook[sheet][cell] = value
    workbook["estimates"]["A5"], workbook["estimates"]["C5"] = "tariff", "x"
    spots = [(fault.at.sheet, f"{fault.at.column}{fault.at.row}") for fault in faults(book)]
    assert spots == [
        ("criteria", "F7"),
        ("scores", "D6"),
        ("scores", "F8"),
        ("scores", "H12"),
        ("estimates", "C5"),
        ("sources", "G6"),
        ("perspectives", "E6"),
        ("judgements T", "C5"),
        ("local_weights", "C5"),
        ("scenarios", "D5"),
        ("scenarios", "J6"),
    ]

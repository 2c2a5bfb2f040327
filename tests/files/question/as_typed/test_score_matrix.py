"""Scores typed as a matrix are the scores of the long sheet; the two together never contradict."""

import pytest

from mcda import AssumptionWarning, InputError, read_problem
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import read_folder, write_folder
from mcda.files.workbook.writer import write_workbook

ROWS = {"cost": 7, "works": 8, "emissions": 9, "supply": 10}
COLUMNS = {"GAS": "G", "PUMP": "H", "GRID": "I"}
BEST = {"GAS": (85, 0, 92, 99), "PUMP": (62, 35, 20, 88), "GRID": (68, 55, 30, 97)}


@pytest.fixture
def book(open_blank, tmp_path):
    """The blank workbook with the matrix filled and the sheet scores emptied, to be saved."""
    path = tmp_path / "q.xlsx"
    workbook = open_blank()
    workbook["scores"].delete_rows(5, 12)
    for option, numbers in BEST.items():
        for row, number in zip(ROWS.values(), numbers, strict=True):
            workbook["matrix"][f"{COLUMNS[option]}{row}"] = number
    return workbook, path


def problem_of(book):
    """The question in a workbook as it stands, and its notes."""
    workbook, path = book
    workbook.save(path)
    sheets = read_sheets(path)
    with pytest.warns(AssumptionWarning):
        return read_problem(sheets), [str(note) for note in sheets.notes]


def test_a_matrix_of_best_estimates_is_enough(book):
    """Names come by formula, no range is asked for, and what was taken is told once each."""
    problem, told = problem_of(book)
    assert problem.performance.loc["PUMP"].tolist() == list(BEST["PUMP"])
    cell = problem.estimates["cost/GAS"]
    assert (cell.low, cell.high, cell.kind, cell.sources) == (85, 85, "judgement", ())
    assert told == [
        "sheet 'matrix': 12 numbers without a kind were read as judgement, without a source",
        "sheet 'scores': 12 best estimates without low and high were read as known exactly: "
        "not varied",
    ]


def test_ranges_kinds_and_sources_of_a_row(book):
    """10%, or so much up and down, for a row; a cell's own range counts before it."""
    page = book[0]["matrix"]
    page["D7"], page["D7"].number_format = 0.1, "0%"
    page["D8"], page["D9"], page["E7"], page["F7"] = 5, "±20%", "Estimate", "S1; S2"
    page["G7"], page["H10"], page["I10"] = "85 (70 to 110)", "88 (78-95)", "97,5 (92–99)"
    problem, told = problem_of(book)

    def three(key):
        return tuple(getattr(problem.estimates[key], end) for end in ("low", "mode", "high"))

    assert three("cost/GAS") == (70, 85, 110) and three("cost/GRID") == (61.2, 68, 74.8)
    assert three("works/PUMP") == (30, 35, 40) and three("emissions/GAS") == (73.6, 92, 110.4)
    assert three("supply/PUMP") == (78, 88, 95) and three("supply/GRID") == (92, 97.5, 99)
    cell = problem.estimates["cost/PUMP"]
    assert (cell.kind, cell.sources) == ("estimate", ("S1", "S2"))
    assert any("9 numbers without a kind" in line for line in told)


def test_options_may_stand_in_rows_and_labels_name_them(book):
    """A table of one's own is pasted in as it is, and the names needn't be ids."""
    workbook, _ = book
    del workbook["matrix"]
    page = workbook.create_sheet("Matrix")
    page.append(["Option", "Yearly cost", "works", "EMISSIONS", "Supply in a cold week"])
    for name, option in (("Heat pump", "PUMP"), ("gas", "GAS"), ("GRID", "GRID")):
        page.append([name, *BEST[option]])
    problem, _ = problem_of(book)
    assert problem.performance.loc["GAS"].tolist() == list(BEST["GAS"])


def test_a_row_of_scores_says_more_and_never_otherwise(book):
    """It may leave the number to the matrix; one that differs is told by its cell, with a way out that works."""
    scores = book[0]["scores"]
    for at, text in enumerate(["GAS", "cost", 70, None, 110, "fact", "S1", None, "Bills"], start=1):
        scores.cell(5, at).value = text
    cell = problem_of(book)[0].estimates["cost/GAS"]
    assert (cell.low, cell.mode, cell.high, cell.kind) == (70, 85, 110, "fact")
    scores["D5"] = 90
    book[0].save(book[1])
    with pytest.raises(InputError) as refused:
        read_problem(book[1])
    (fault,) = refused.value.faults
    assert str(fault) == (
        "sheet 'matrix' cell G7: expected 90, the mode of sheet 'scores' row 5, found 85; "
        "write 90 here, or clear this cell"
    )
    book[0]["matrix"]["G7"] = None
    assert problem_of(book)[0].estimates["cost/GAS"].mode == 90


@pytest.mark.parametrize(
    ("cell", "text", "message"),
    [
        (
            "G7",
            "85 kEUR",
            "sheet 'matrix' cell G7: expected a number such as 12.5 or 20 (15 to 30)",
        ),
        ("G7", "85 (70 bis)", "cell G7: expected a number such as 12.5 or 20"),
        ("G7", "85 (x to y)", "cell G7: expected a number with its range"),
        ("G7", "85 (90 to 110)", "cell G7: estimate 'cost/GAS': expected low <= mode <= high"),
        ("D7", "much", "column 'range' (cell D7): expected a range such as 10% or 5"),
        (
            "G4",
            "GSA",
            "expected a known id, found 'GSA' (also in G8, G9, G10); did you mean 'GAS'?",
        ),
        (
            "A7",
            "costs",
            "expected a known id, found 'costs' (also in H7, I7); did you mean 'cost'?",
        ),
        ("G7", None, "expected a row for option 'GAS', criterion 'cost'"),
    ],
)
def test_a_bad_cell_of_the_matrix_is_one_fault(book, cell, text, message):
    """Told by the cell, once for its cause."""
    book[0]["matrix"][cell] = text
    book[0].save(book[1])
    with pytest.raises(InputError) as refused:
        read_problem(book[1])
    assert message in str(refused.value)
    assert len(refused.value.faults) == 1, refused.value


def test_the_view_of_the_example_says_nothing_of_its_own(open_blank, tmp_path):
    """Unfilled, the matrix shows the sheet scores: a score that is changed there is no contradiction."""
    path = tmp_path / "q.xlsx"
    workbook = open_blank()
    page = workbook["matrix"]
    assert page["G4"].value == '=IF(options!$A5="","",options!$A5)'
    assert "SUMIFS(scores!" in page["G7"].value
    workbook["scores"]["D5"] = 80
    workbook.save(path)
    assert read_problem(path).estimates["cost/GAS"].mode == 80


def test_names_follow_when_they_change(book, baseline):
    """A number stays beside its name: a renamed option is renamed in the matrix too."""
    book[0]["options"]["A5"] = "BOILER"
    for cell in ("I5", "I6"):
        book[0]["scenarios"][cell] = "BOILER"
    baseline(book[0]).value = "BOILER"
    assert problem_of(book)[0].performance.loc["BOILER"].tolist() == list(BEST["GAS"])


def test_a_matrix_goes_there_and_back(book, tmp_path):
    """Workbook, folder, workbook: the same numbers; a folder may hold matrix.csv too."""
    problem, _ = problem_of(book)
    folder = write_folder(read_sheets(book[1]), tmp_path / "folder")
    again = read_problem(write_workbook(read_folder(folder), tmp_path / "again.xlsx"))
    assert again.performance.equals(problem.performance)
    (folder / "scores.csv").unlink()
    lines = ["criterion,GAS,PUMP,GRID"]
    lines += [
        ",".join([key, *(str(BEST[option][at]) for option in COLUMNS)])
        for at, key in enumerate(ROWS)
    ]
    (folder / "matrix.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.warns(AssumptionWarning):
        assert read_problem(folder).performance.equals(problem.performance)
    held = read_folder(folder)
    with pytest.warns(AssumptionWarning):
        book_again = read_problem(write_workbook(held, tmp_path / "third.xlsx"))
    assert book_again.performance.equals(problem.performance)

"""A question as a workbook: nothing lost on the way there and back, everything read rightly and said, or refused."""

import datetime
import shutil
import tempfile
import warnings
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import AssumptionWarning, InputError, open_question, read_perspectives, read_problem
from mcda.checks.labels import NUMBER
from mcda.files.question.new_question import new_question
from mcda.files.question.read_problem import read_sheets
from mcda.files.tables.folder import read_folder, write_folder
from mcda.files.tables.plain_numbers import NUMBERS
from mcda.files.tables.sheets import Row, Sheet, Sheets
from mcda.files.workbook.reader import read_workbook
from mcda.files.workbook.writer import write_workbook

UKRAINE = Path(__file__).parents[3] / "data" / "ukraine_force"
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=20
) | st.sampled_from(
    [
        "=1+1",
        "+3",
        "-x",
        "@SUM(A1)",
        "'=x",
        "''-",
        "_x000D_",
        "a\r\nb",
        " padded ",
        "007",
        "1e5",
        "2.10",
        "TRUE",
        "\ufeff",
        "1/3",
        "2024-03-01",
        "45%",
        "#N/A",
        "NA",
        "\ue000",
        "\x1f",
        "\ufffe",
    ]
)
PLAIN = st.floats(allow_nan=False, allow_infinity=False).map(repr)


def cells(sheet):
    """The cells of a sheet, numbers of its columns of numbers as numbers."""
    return [
        {
            column: float(row.text(column))
            if NUMBERS.fullmatch(column) and NUMBER.fullmatch(row.text(column))
            else row.text(column)
            for column in sheet.columns
            if (sheet.name, column) != ("question", "about")
        }
        for row in sheet.rows
    ]


def there_and_back(sheets, folder):
    """Folder, workbook, folder: what is read from the first and from the last."""
    first = read_folder(write_folder(sheets, folder / "first"))
    book = read_workbook(write_workbook(first, folder / "book.xlsx"))
    assert first.faults == [] and book.faults == [] and book.notes == []
    return first, read_folder(write_folder(book, folder / "last"))


def assert_same(first, last):
    assert set(first.sheets) == set(last.sheets)
    for name, sheet in first.sheets.items():
        assert cells(sheet) == cells(last.sheets[name]), name


@st.composite
def random_sheets(draw):
    """A frame, options, scores, a table with any columns, and a holder's pairs, of any text."""
    filled = TEXT.filter(lambda text: text.strip())
    name = filled.map(lambda text: text.strip().lstrip("\ufeff").strip()).filter(bool)
    names = draw(st.lists(name, min_size=1, max_size=4, unique=True))
    tables = {
        "question": (("field", "value"), st.tuples(st.sampled_from(["title", "notes"]), filled)),
        "options": (("id", "label", "note"), st.tuples(filled, TEXT, TEXT)),
        "scores": (
            ("option", "criterion", "low", "mode", "high", "kind"),
            st.tuples(filled, TEXT, PLAIN, PLAIN, PLAIN, TEXT),
        ),
        "Rooms": (tuple(names), st.tuples(filled, *[TEXT] * (len(names) - 1))),
        "judgements/V": (
            ("first", "second", "ratio", "why"),
            st.tuples(
                filled, filled, st.sampled_from(["3", "1/3", "1/7", "0.5", "5/3", "3/9", "x"]), TEXT
            ),
        ),
    }
    held = {
        name: Sheet(
            name, columns, tuple(Row("", dict(zip(columns, row, strict=True))) for row in rows)
        )
        for name, (columns, strategy) in tables.items()
        for rows in [draw(st.lists(strategy, max_size=4))]
    }
    return Sheets("any", sheets=held)


@settings(max_examples=15)
@given(sheets=random_sheets())
def test_nothing_is_lost_on_the_way(sheets):
    """Any text comes back from a workbook as it went in, whatever it begins with; every number as it is."""
    with tempfile.TemporaryDirectory() as folder:
        assert_same(*there_and_back(sheets, Path(folder)))


@pytest.mark.parametrize("question", ["cooling", "ukraine"])
def test_nothing_is_lost_of_a_question(question, cooling, tmp_path):
    """The same holds for whole questions, and their rankings rest on the same weights."""
    folder = cooling if question == "cooling" else UKRAINE
    first, last = there_and_back(read_folder(folder), tmp_path)
    assert_same(first, last)
    problem, holders = open_question(folder)
    again, others = open_question(tmp_path / "book.xlsx")
    assert problem.performance.equals(again.performance) and problem.frame == again.frame
    assert problem.short.equals(again.short) and (question == "cooling") == problem.short.equals(
        problem.labels
    )
    assert [weights.raw.to_dict() for weights in holders.values()] == [
        weights.raw.to_dict() for weights in others.values()
    ]
    for name, weights in holders.items():
        if weights.pairwise:
            assert weights.pairwise.raw.tolist() == pytest.approx(
                others[name].pairwise.raw.tolist(), rel=1e-12
            )


def test_no_text_becomes_a_formula(tmp_path):
    """Every cell of a workbook that we write is text or number, but for the mirrors of pairs; and so in a folder."""
    texts = ["=1+1", "+x", "-1+2", "@SUM(A1)", "=HYPERLINK(1)", "\t=1"]
    rows = tuple(Row("", {"id": text, "label": text}) for text in texts)
    sheets = Sheets("any", sheets={"options": Sheet("options", ("id", "label"), rows)})
    book = openpyxl.load_workbook(write_workbook(sheets, tmp_path / "book.xlsx"))
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert book["options"]["A5"].value == "=1+1" and book["options"]["A5"].quotePrefix
    written = (
        (write_folder(sheets, tmp_path / "folder") / "options.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    assert {line.lstrip('"')[0] for line in written[1:]} == {"'"}


@pytest.fixture
def book(blank_book, tmp_path):
    """The blank workbook, to be changed and saved."""
    path = shutil.copy(blank_book, tmp_path / "question.xlsx")
    return openpyxl.load_workbook(path), path


@pytest.fixture(scope="module")
def opened(blank_book):
    """The same, read once for all who change one cell."""
    return openpyxl.load_workbook(blank_book)


@pytest.fixture
def changed(opened, tmp_path):
    """Save the blank workbook with another value in one cell, and put the cell back."""

    def change(sheet, at, value):
        cell = opened[sheet][at]
        before, form = cell.value, cell.number_format
        cell.value = value
        opened.save(tmp_path / "changed.xlsx")
        cell.value = before
        cell.number_format = form  # which a date changes
        return tmp_path / "changed.xlsx"

    return change


def test_the_blank_workbook_is_a_question(book):
    """It reads without a fault or a note, and says of itself that it is an example."""
    workbook, path = book
    problem = read_problem(path)
    assert workbook.sheetnames[0] == "read me" and "invented" in problem.frame.marking
    assert [len(read_perspectives(path, problem)), len(problem.options)] == [2, 3]
    assert not any(sheet.protection.sheet for sheet in workbook)
    assert all(sheet.freeze_panes for sheet in workbook if sheet.title != "read me")
    offered = {
        rule.formula1
        for name in ("criteria", "scores", "sources")
        for rule in workbook[name].data_validations.dataValidation
    }
    for list_ in (
        '"max,min"',
        '"fact,estimate,statement,derived,judgement,assumption"',
        '"A,B,C,D,E,F"',
        "'sources'!$A$5:$A$1000",
    ):
        assert list_ in offered
    marked = [str(one.sqref) for one in workbook["scores"].conditional_formatting]
    assert len([cells for cells in marked if ":" in cells]) == 6


READ = [
    ("scores", "C5", "70,5", 70.5, "'70,5' was read as 70.5"),
    ("scores", "C5", "７０", 70, "'７０' was read as 70"),
    ("scores", "C5", " 70 ", 70, None),
    ("scores", "C5", "70", 70, None),
    ("scores", "E5", "1 110", 1110, "'1 110' was read as 1110"),
    ("scores", "E5", "1.110,5", 1110.5, "was read as 1110.5"),
    ("scores", "E5", "1,250,000", 1250000, "was read as 1250000"),
    ("scores", "C8", "96%", 96, "'96%' was read as 96 percent"),
]


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "number", "said"), READ, ids=[case[2] for case in READ]
)
def test_numbers_as_people_write_them_are_read_and_said(changed, sheet, cell, text, number, said):
    """Where the meaning is certain the number counts, and a warning names the cell."""
    path = changed(sheet, cell, text)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        problem = read_problem(path)
    held = problem.estimates["cost/GAS" if cell != "C8" else "supply/GAS"]
    assert number in (held.low, held.mode, held.high)
    assert [said in str(warning.message) and cell in str(warning.message) for warning in told] == [
        True
    ] * bool(said)


def test_a_percent_format_is_read_as_it_is_shown(book):
    """0.96 shown as 96% is 96 where the unit is percent; elsewhere it could be either and is refused."""
    workbook, path = book
    workbook["scores"]["C8"], workbook["scores"]["C8"].number_format = 0.96, "0%"
    workbook.save(path)
    with pytest.warns(AssumptionWarning, match="read as 96 percent"):
        assert read_problem(path).estimates["supply/GAS"].low == 96
    workbook["scores"]["C5"], workbook["scores"]["C5"].number_format = 0.7, "0%"
    workbook.save(path)
    with pytest.raises(InputError, match=r"cell C5\).*'70%', a percentage"):
        read_problem(path)


REFUSED = [
    ("scores", "C5", "1,110", "which is 1.110 or 1110"),
    ("scores", "D5", datetime.date(2024, 3, 1), "'2024-03-01', a date"),
    ("scores", "D5", datetime.datetime(2024, 3, 1, 12), "a date"),
    ("scores", "D5", True, "found 'TRUE'"),
    ("scores", "D5", "=1/0", "none: nothing is computed here"),
    ("scores", "D5", "#DIV/0!", "the error #DIV/0!"),
    ("options", "B6", "#REF!", "the error #REF!"),
    ("scores", "D5", "n/a", "a missing number"),
    ("scores", "D5", None, "an empty cell"),
    ("scores", "D5", "85 kEUR", "'85 kEUR'"),
    ("scores", "D5", "1e999", "'1e999'"),
    ("scores", "F5", "guess", "kind: expected one of 'fact'"),
    ("scores", "A5", "OIL", "expected a known id, found 'OIL'"),
    ("criteria", "G7", "up", "direction"),
    ("perspectives", "D5", -1, "0 <= low <= mode <= high"),
    ("judgements T", "C5", -2, "expected a ratio above 0"),
    ("judgements T", "B5", 2, "1 on the diagonal"),
    ("judgements T", "C4", "climat", "the same items to the right of the corner and below it"),
]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "message"), REFUSED, ids=[f"{case[1]}-{case[2]}" for case in REFUSED]
)
def test_what_has_no_certain_meaning_is_refused_with_its_cell(changed, sheet, cell, value, message):
    """A fault names sheet and cell (or row), what was expected, what was found."""
    path = changed(sheet, cell, value)
    with pytest.raises(InputError) as refused:
        read_perspectives(path, read_problem(path))
    assert message in str(refused.value) and f"sheet '{sheet}'" in str(refused.value)


def test_hidden_and_merged_cells_are_said(book):
    """Hidden rows, columns and sheets count and are told; a merged text stands for all its cells, a number doesn't."""
    workbook, path = book
    scores = workbook["scores"]
    scores.row_dimensions[6].hidden = True
    scores.column_dimensions["I"].hidden = True
    workbook["sources"].sheet_state = "veryHidden"
    for row in (6, 7, 8):
        scores[f"A{row}"] = None
    scores.merge_cells("A5:A8")
    workbook.save(path)
    notes = " ".join(map(str, read_sheets(path).notes))
    for told in (
        "row 6: a hidden row",
        "column I: a hidden column",
        "'sources': a hidden sheet",
        "cells A5:A8: 'GAS', merged",
    ):
        assert told in notes
    scores.merge_cells("C9:D9")
    workbook.save(path)
    with pytest.raises(
        InputError, match="cell C9: expected a number of its own for each cell, found C9:D9 merged"
    ):
        read_problem(path)


def test_form_is_forgiven(book):
    """Titles above, blank rows between, other case in headers and titles, a star, a sheet of notes: all the same."""
    workbook, path = book
    scores = workbook["scores"]
    scores.insert_rows(7, 3)
    scores["A4"], scores["B4"] = "Option *", " CRITERION"
    scores.title = "other"
    scores.title = "SCORES"
    notes = workbook.create_sheet("Scribbles")
    notes["B2"], notes["C9"] = "ask the utility", "again"
    workbook.save(path)
    with pytest.warns(
        AssumptionWarning, match="'Scribbles': a sheet that is no table was read as nothing"
    ):
        assert read_problem(path).performance.shape == (3, 4)


def test_a_misspelt_sheet_is_told(book):
    """A sheet that can only be meant for another isn't passed over."""
    workbook, path = book
    workbook["sources"].title = "source"
    workbook.save(path)
    with pytest.raises(InputError, match="sheet 'source': expected the name 'sources'"):
        read_problem(path)


def test_a_formula_with_a_stored_result_counts(tmp_path):
    """What the program computed and saved is read; the mirror of a pair is no second judgement."""
    path = shutil.copy(
        Path(__file__).parents[2] / "questions" / "saved_by_a_program.xlsx", tmp_path / "q.xlsx"
    )
    problem = read_problem(path)
    assert problem.estimates["cost/GAS"].mode == 85 and problem.estimates["cost/GAS"].low == 70
    assert read_perspectives(path, problem)["Treasurer"].pairwise.raw["cost"] == pytest.approx(0.5)


def test_what_a_workbook_cannot_hold_is_refused(tmp_path):
    """Names that no sheet can bear, texts that no cell can, and a file that is there already."""
    rows = (Row("here", {"id": "x" * 40000}),)
    for name, message in (
        ("a" * 40, "up to 31 characters"),
        ("a:b", "none of"),
        ("History", "no two alike"),
    ):
        sheets = Sheets("any", sheets={name: Sheet(name, ("id",), ())})
        with pytest.raises(InputError, match=message):
            write_workbook(sheets, tmp_path / "book.xlsx")
    with pytest.raises(InputError, match="at most 32767 characters"):
        write_workbook(
            Sheets("any", sheets={"t": Sheet("t", ("id",), rows)}), tmp_path / "book.xlsx"
        )
    new_question(tmp_path / "new.xlsx")
    for path in ("new.xlsx", "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        (tmp_path / "folder" / "x").touch()
        with pytest.raises(InputError, match="choose another name"):
            new_question(tmp_path / path)


def test_a_third_in_a_judgement_stays_a_third(tmp_path):
    """Every cell to fill has the format of a fraction, which a spreadsheet doesn't take for a date."""
    path = new_question(tmp_path / "question.xlsx")
    workbook = openpyxl.load_workbook(path)
    page = workbook["judgements T"]
    assert {page[cell].number_format for cell in ("B5", "C5", "B6", "C6")} == {"# ?/?"}
    page["C5"] = datetime.datetime(2026, 3, 1)
    workbook.save(path)
    with pytest.raises(InputError, match="found '2026-03-01', a date; Excel made a date of 1/3; "):
        read_perspectives(read_sheets(path), read_problem(path))
    page["C5"], page["C5"].number_format = 0.3333, "# ?/?"
    workbook.save(path)
    weights = read_perspectives(read_sheets(path), read_problem(path))
    assert any(stated.pairwise for stated in weights.values())


def test_a_workbook_without_a_sheet_it_needs_says_which(tmp_path):
    """Called as spreadsheet programs call it, once."""
    book = openpyxl.Workbook()
    book.active.title = "options"
    book["options"].append(["id", "label"])
    book["options"].append(["A", "One"])
    book.save(tmp_path / "q.xlsx")
    with pytest.raises(InputError, match=r"expected sheet 'criteria', found none"):
        read_problem(tmp_path / "q.xlsx")

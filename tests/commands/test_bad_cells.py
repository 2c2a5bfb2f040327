"""A bad cell of any kind ends every command that reads a question: status 1, its file and place, nothing written."""

import csv
import io
import re
import shutil

import openpyxl
import pytest
from openpyxl.formatting.formatting import ConditionalFormattingList

from mcda.cli import COMMANDS, main

DUPLICATE, GONE = "another row's id", "no such column"
CELLS = {
    "text in a number's column": (
        "scores",
        2,
        "mode",
        "about a quarter",
        "scores.csv row 2",
        "'about a quarter'",
    ),
    "a number that is none": ("scores", 3, "mode", "NaN", "scores.csv row 3", "'NaN'"),
    "an infinite number": ("criteria", 4, "worst", "inf", "criteria.csv row 4", "'inf'"),
    "a local weight past all": (
        "local_weights",
        2,
        "weight",
        "1e308",
        "local_weights.csv row 2",
        "1e+308",
    ),
    "a judgement past the scale": (
        "judgements/T",
        2,
        "ratio",
        "1e16",
        "judgements/T.csv row 2",
        "1e16",
    ),
    "an effect of no type": (
        "scenarios",
        3,
        "effect_type",
        "bogus",
        "scenarios.csv row 3",
        "'bogus'",
    ),
    "an effect's size in words": (
        "scenarios",
        3,
        "effect_mode",
        "#N/A",
        "scenarios.csv row 3",
        "'#N/A'",
    ),
    "an option of no name": ("scores", 2, "option", "COAL", "scores.csv row 2", "'COAL'"),
    "a source of no name": ("scores", 2, "sources", "S9", "scores.csv row 2", "'S9'"),
    "a holder's criterion of no name": (
        "perspectives",
        2,
        "criterion",
        "beauty",
        "perspectives.csv row 2",
        "'beauty'",
    ),
    "a judgement on nothing": (
        "judgements/T",
        2,
        "first",
        "beauty",
        "judgements/T.csv row 2",
        "'beauty'",
    ),
    "a kind of no name": ("scores", 2, "kind", "rumour", "scores.csv row 2", "'rumour'"),
    "a mode beyond its ends": (
        "scores",
        2,
        "low",
        "100",
        "scores.csv row 2",
        "low <= mode <= high",
    ),
    "an id that is taken": ("options", 3, "id", DUPLICATE, "options.csv row 3", "'GAS'"),
    "a criterion that is taken": ("criteria", 5, "id", DUPLICATE, "criteria.csv row 5", "'cost'"),
    "a required column that is gone": ("scores", 1, "mode", GONE, "scores.csv", "column 'mode'"),
    "a required column of holders": (
        "perspectives",
        1,
        "criterion",
        GONE,
        "perspectives.csv",
        "column 'criterion'",
    ),
}
ASKED = {
    "rank": [],
    "weights": [],
    "robust": ["-n", "100", "--state", "OUT", "--no-floors"],
    "check": [],
    "structure": [],
    "statements": [],
    "consequences": [],
    "packages": [],
    "challenge": ["-n", "100", "--holder", "Treasurer"],
    "report": ["--draws", "0", "--to", "html", "--out", "OUT"],
    "figures": ["-n", "100", "--out", "OUT"],
}
NO_QUESTION = {"new", "methods", "lab"}  # ask for none
ITS_FILES = {
    "log",
    "verify",
}  # `log` reads the logs alone; `verify` compares with a report, tested on its own below
SHOWS_FAULTS = {"watch"}  # in its page, until they are mended: tested with the page
JSON = [name for name in ASKED if name not in ("report", "figures")]
ELSEWHERE = (
    "report",
    "figures",
    "consequences",
    "packages",
)  # take long, or ask for what the example lacks


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The worked example, as a folder and as a workbook."""
    room = tmp_path_factory.mktemp("example")
    assert main(["new", str(room / "q")]) == main(["new", str(room / "q.xlsx")]) == 0
    return room


@pytest.fixture(scope="module")
def book(example):
    """The workbook, read once: whoever changes a cell saves a copy and puts the cell back.

    It has lost its colours and merged titles, which no reader of cells asks for: they are half of what a copy costs.
    """
    book = openpyxl.load_workbook(example / "q.xlsx")
    for page in book:
        page.conditional_formatting = ConditionalFormattingList()
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
    return book


def changed(rows, row, column, text):
    """The rows of a sheet, header first, with one cell or the name of one column changed."""
    at, rows = rows[0].index(column), [list(cells) for cells in rows]
    rows[row - 1][at] = rows[row - 2][at] if text is DUPLICATE else text
    return rows


def spoil(folder, sheet, row, column, text):
    """Write a text into one cell of a folder's sheet."""
    path = folder / f"{sheet}.csv"
    rows = changed(
        list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))),
        row,
        column,
        text,
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def spoilt(example, tmp_path_factory):
    """The example as a folder with one bad cell."""
    folder = shutil.copytree(example / "q", tmp_path_factory.mktemp("spoilt") / "q")
    spoil(folder, "scores", 2, "mode", "about a quarter")
    return folder


def ended(words, capsys):
    """The status of a command, what it printed and what it told."""
    try:
        status = main([str(word) for word in words])
    except SystemExit as stop:
        status = stop.code
    return status, *capsys.readouterr()


def asked(command, question, out):
    """A command with what it needs."""
    return [command, question, *(out if word == "OUT" else word for word in ASKED[command])]


def test_every_command_is_asked():
    """A new command is asked too, or said to read no question."""
    assert {*ASKED, *NO_QUESTION, *ITS_FILES, *SHOWS_FAULTS} == set(COMMANDS)


@pytest.mark.parametrize("command", ASKED)
def test_every_command_is_done_with_sound_cells(command, example, tmp_path, capsys, monkeypatch):
    """The example itself is at no fault: else the tests below would find any other."""
    monkeypatch.chdir(tmp_path)
    if command not in ELSEWHERE:  # with tests of their own
        assert ended(asked(command, example / "q", "out"), capsys)[0] == 0


def pairs_of_commands_and_kinds():
    """Every kind by one command, every command on one kind of each sheet; the others are thorough."""
    one_of_each_sheet = {cell[0]: kind for kind, cell in CELLS.items()}.values()
    for command in ASKED:
        for kind in CELLS:
            every_time = command == "check" or kind in one_of_each_sheet
            marks = [] if every_time else [pytest.mark.thorough]
            yield pytest.param(command, kind, marks=marks)


@pytest.mark.parametrize(("command", "kind"), list(pairs_of_commands_and_kinds()))
def test_a_bad_cell_ends_every_command(command, kind, example, tmp_path, capsys, monkeypatch):
    """Told with file, row and what was found; nothing on standard output, nothing at --out or beside it."""
    sheet, row, column, text, place, found = CELLS[kind]
    folder, room = shutil.copytree(example / "q", tmp_path / "q"), tmp_path / "room"
    room.mkdir()
    monkeypatch.chdir(room)
    spoil(folder, sheet, row, column, text)
    status, out, err = ended(asked(command, folder, "out"), capsys)
    assert (status, out, list(room.iterdir())) == (1, "", []), err
    assert place in err and found in err and "Traceback" not in err, err


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "expected"),
    [
        ("criteria", 7, "parent", "weather", "a known id, found 'weather'"),
        ("judgements/T", 2, "sources", "S9", "a known id, found 'S9'"),
        ("scenarios", 3, "scenario", "Price of oil", "one name for scenario 'GASPRICE'"),
        ("perspectives", 5, "holder_id", "D", "one id for 'Climate officer', found 'D' beside 'C'"),
    ],
)
def test_names_that_go_nowhere_or_two_ways(
    sheet, row, column, text, expected, example, tmp_path, capsys
):
    """Each is told with its row: neither is "every id resolves" said, nor is one of the two dropped."""
    folder = shutil.copytree(example / "q", tmp_path / "q")
    spoil(folder, sheet, row, column, text)
    status, out, err = ended(["check", folder], capsys)
    assert (status, out) == (1, "")
    assert f"{sheet}.csv row {row}" in err and expected in err, err


@pytest.mark.parametrize("command", JSON)
def test_a_bad_cell_leaves_no_document(command, spoilt, capsys):
    """With --json too, what isn't computed isn't half printed."""
    status, out, err = ended([*asked(command, spoilt, "out"), "--json"], capsys)
    assert (status, out) == (1, "") and "scores.csv row 2: column 'mode'" in err


IN_A_LIST = [kind for kind, cell in CELLS.items() if not cell[0].startswith("judgements/")]
IN_A_MATRIX = {"C5": ("1e16", "1e16"), "A9": ("beauty", "'beauty'"), "B9": ("pomp", "'pomp'")}


def refused(book, cell, text, path, capsys):
    """What `check`, which reads it as every command does, tells of a workbook with another cell; it prints nothing."""
    before, cell.value = cell.value, text
    book.save(path)
    cell.value = before
    status, out, err = ended(["check", path], capsys)
    assert (status, out) == (1, "") and f"sheet '{cell.parent.title}'" in err, err
    return err


@pytest.mark.parametrize("kind", IN_A_LIST)
def test_a_bad_cell_of_a_workbook_is_told_by_its_place(kind, book, tmp_path, capsys):
    """The same of a workbook: the sheet, the row or the cell, and what was found."""
    sheet, row, column, text, _, found = CELLS[kind]
    cell = next(
        cell for cells in book[sheet].iter_rows() for cell in cells if cell.value == column
    ).offset(row - 1)
    place = re.compile(rf"row {cell.row}\b|cell [A-Z]+{cell.row}\b")
    written = cell.offset(-1).value if text is DUPLICATE else text
    err = refused(book, cell, written, tmp_path / "q.xlsx", capsys)
    assert found.strip("'") in err and (text is GONE or place.search(err)), err


@pytest.mark.parametrize("at", IN_A_MATRIX)
def test_a_bad_cell_of_a_matrix_of_judgements_is_told(at, book, tmp_path, capsys):
    """A ratio past the scale; a remark that is on no pair of the matrix."""
    text, found = IN_A_MATRIX[at]
    err = refused(book, book["judgements T"][at], text, tmp_path / "q.xlsx", capsys)
    assert found in err and f"row {at[1]}" in err, err


@pytest.mark.parametrize(
    "more", [["--since", "SPOILT"], ["--redact", "PUMP"], ["--redact", "options.description"]]
)
def test_a_bad_cell_ends_a_report_whatever_reads_it(more, example, spoilt, tmp_path, capsys):
    """An earlier version that is compared, and a copy from which something is left out: nothing is written."""
    question = example / "q" if "SPOILT" in more else spoilt
    words = ["report", question, "--draws", "0", "--to", "html", "--out", tmp_path / "out"]
    status, out, err = ended(
        [*words, *(spoilt if word == "SPOILT" else word for word in more)], capsys
    )
    assert (status, out, list(tmp_path.iterdir())) == (1, "", [])
    assert "scores.csv row 2: column 'mode'" in err and "'about a quarter'" in err


def test_a_report_is_not_verified_by_inputs_with_a_bad_cell(example, spoilt, tmp_path, capsys):
    """The cell is told, and the report is not said to hold."""
    assert (
        ended(["report", example / "q", "--draws", "0", "--to", "html", "--out", tmp_path], capsys)[
            0
        ]
        == 0
    )
    status, out, err = ended(["verify", tmp_path, "--inputs", spoilt], capsys)
    assert status == 1 and "scores.csv row 2: column 'mode'" in err and "\nverified:" not in out


def test_a_bad_cell_is_told_also_where_it_cannot_be_marked(spoilt, tmp_path, capsys):
    """A folder has no cells to mark: both are told, and no copy is written."""
    status, out, err = ended(["check", spoilt, "--mark", tmp_path / "marked.xlsx"], capsys)
    assert (status, out, list(tmp_path.iterdir())) == (1, "", [])
    assert "scores.csv row 2: column 'mode'" in err and "expected workbooks" in err

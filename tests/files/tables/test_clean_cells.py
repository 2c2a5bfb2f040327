"""A sign that can't be seen or printed is made plain where it enters, whatever the file, and told."""

import csv
import json
import warnings

import openpyxl
import pytest

import mcda
from mcda.checks.clean_text import clean
from mcda.cli import main
from mcda.files.question.read_problem import read_sheets

pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
SIGNS = {
    "Word's bullet": ("\uf0b7", "•"),
    "private use": ("\ue000", "\\ue000"),
    "start of heading": ("\x01", "\\x01"),
    "backspace": ("\x08", "\\x08"),
    "vertical tab": ("\x0b", "\n"),
    "form feed": ("\x0c", "\n"),
    "escape": ("\x1b", "\\x1b"),
    "delete": ("\x7f", "\\x7f"),
    "next line": ("\x85", "\n"),
    "byte order mark": ("\ufeff", ""),
    "U+FFFE": ("\ufffe", "\\ufffe"),
    "U+FFFF": ("\uffff", "\\uffff"),
    "beyond all planes' letters": ("\U0010ffff", "\\U0010ffff"),
    "line separator": ("\u2028", "\n"),
    "unassigned": ("\u0378", "\\u0378"),
    "right to left": ("\u202e", "\\u202e"),
    "isolate": ("\u2066", "\\u2066"),
    "zero width space": ("\u200b", ""),
    "hidden letter": ("\U000e0041", "\\U000e0041"),
}
FINE = (
    "x\ny",
    "a\tb",
    "soft\xadhyphen",
    "हिन्दी",
    "क्‍ष",  # with a joiner that Hindi needs
    "می‌خواهم",  # with a non-joiner that Persian needs
    "שלום\u200f",
    "ไทย",
    "😀👩‍👩‍👧",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "12\u00a0000",
)


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_made_plain_and_told_with_its_code(sign):
    """By its code, so that it can be found."""
    given, read = SIGNS[sign]
    plainly, told = clean(f"x{given}y")
    assert plainly == f"x{read}y"
    assert next(iter(told)).startswith(f"U+{ord(given):04X} (")
    assert clean(plainly) == (plainly, {})


@pytest.mark.parametrize("text", FINE)
def test_what_scripts_need_stays(text):
    """Joiners, marks of direction, the flag of a region, line ends, hyphens."""
    assert clean(text) == (text, {})


def test_half_a_character_can_be_written_down():
    """As a JSON document may hold it."""
    assert clean("\ud800")[0] == "\\ud800"
    clean("\ud800")[0].encode("utf-8")


def changed(question, sheet, column, sign):
    """Put a sign into the first cell of a column of a folder's sheet."""
    path = question / f"{sheet}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] += f" x{sign}y"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("sign", ["Word's bullet", "start of heading", "U+FFFF", "right to left"])
def test_a_cell_of_a_folder_is_told_by_its_place(tmp_path, capsys, sign):
    """The check goes on, and says sheet, row, column and code."""
    question = mcda.new_question(tmp_path / "q")
    given, read = SIGNS[sign]
    changed(question, "options", "label", given)
    changed(question, "scores", "rationale", given)
    assert main(["check", str(question)]) == 0
    told = capsys.readouterr().err
    for place in ("options.csv row 2, column 'label'", "scores.csv row 2, column 'rationale'"):
        assert f"{place}: U+{ord(given):04X} (" in told
    assert mcda.read_problem(read_sheets(question)).labels.iloc[0].endswith(f"x{read}y")


def test_one_pasted_bullet_stops_no_format(tmp_path, capsys):
    """Page, PDF and Word file all come out."""
    question = mcda.new_question(tmp_path / "q")
    for sign in ("\uf0b7", "\ue000", "\x01", "\uffff"):
        changed(question, "options", "label", sign)
    assert main(["report", str(question), "--draws", "0", "--out", str(tmp_path / "out")]) == 0
    written = {path.name for path in (tmp_path / "out").glob("report.*")}
    assert written == {"report.html", "report.pdf", "report.docx"}


def test_signs_that_no_one_font_has_together_stop_no_format(tmp_path):
    """A keycap, a coloured hand behind a letter, marks of another script: boxes in the PDF."""
    question = mcda.new_question(tmp_path / "q")
    sheet = question / "options.csv"
    odd = "1\ufe0f\u20e3 a\u20dd b\u200d\U0001f469 c\U0001f3fd d\u1ab0 e\u3099 \u05d0\u20dd"
    text = sheet.read_text(encoding="utf-8")
    label = text.splitlines()[1].split(",")[1]
    sheet.write_text(text.replace(label, f"{label} {odd}"), encoding="utf-8")
    words = ["report", str(question), "--draws", "0", "--out", str(tmp_path / "out")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert main(words) == 0
    assert {"report.html", "report.pdf", "report.docx"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }


def test_a_cell_of_a_workbook_is_told_by_its_letters(tmp_path):
    """Also one that the file writes as an escape."""
    book = mcda.new_question(tmp_path / "q.xlsx")
    held = openpyxl.load_workbook(book)
    cell = next(c for row in held["options"] for c in row if c.value == "GAS").offset(0, 1)
    cell.value = "Gas boiler\uf0b7 _xE000_"
    held.save(book)
    sheets = read_sheets(book)
    (note,) = [note for note in sheets.notes if "U+F0B7" in note.found]
    assert f"cell {cell.coordinate}" in note.where and note.at.row == cell.row
    assert "U+E000" in note.found and note.read_as == "•, \\ue000"


def test_a_frame_is_told(tmp_path):
    """A title with a sign of the private area."""
    question = mcda.new_question(tmp_path / "q")
    text = (question / "question.toml").read_text(encoding="utf-8")
    with (question / "question.toml").open("w", encoding="utf-8") as file:
        file.write(text.replace('title = "', 'title = "\ue000', 1))
    sheets = read_sheets(question)
    assert any("U+E000" in note.found for note in sheets.notes)
    assert mcda.read_problem(sheets).frame.title.startswith("\\ue000")


def test_a_name_of_a_file_or_a_column_is_told(tmp_path):
    """A sheet's file is to be renamed; a column is read, and told."""
    question = mcda.new_question(tmp_path / "q")
    (question / "rooms\u202e.csv").write_text("id,si\ue000ze\nA,1\n", encoding="utf-8")
    assert "rename the file" in str(read_sheets(question).faults[0])
    (question / "rooms\u202e.csv").rename(question / "rooms.csv")
    sheets = read_sheets(question)
    assert sheets.sheets["rooms"].columns == ("id", "si\\ue000ze")
    assert any(note.where == "rooms.csv row 1" for note in sheets.notes)


XML = """<?xml version="1.0" encoding="UTF-8"?>
<xmcda:XMCDA xmlns:xmcda="http://www.decision-deck.org/2009/XMCDA-2.2.1">
<alternatives><alternative id="a" name="A\ue000"/><alternative id="b"/></alternatives>
<criteria><criterion id="c"><scale><quantitative><preferenceDirection>max</preferenceDirection>
</quantitative></scale></criterion></criteria>
<performanceTable>
<alternativePerformances><alternativeID>a</alternativeID><performance><criterionID>c</criterionID>
<value><real>1</real></value></performance></alternativePerformances>
<alternativePerformances><alternativeID>b</alternativeID><performance><criterionID>c</criterionID>
<value><real>2</real></value></performance></alternativePerformances>
</performanceTable></xmcda:XMCDA>"""
BARE = {
    "t.csv": "name,price,speed\nA\ue000,1,2\nB,3,4\ndirection,min,max\n",
    "t.json": json.dumps(
        {
            "alternatives": ["A\ue000", "B\ud800"],
            "criteria": ["price"],
            "matrix": [[1], [2]],
            "directions": ["min"],
        }
    ),
    "t.xml": XML,
}


@pytest.mark.parametrize("name", BARE)
def test_bare_tables_are_told(tmp_path, name):
    """CSV, JSON and XMCDA."""
    (tmp_path / name).write_text(BARE[name], encoding="utf-8")
    found = mcda.read_matrix(tmp_path / name)
    told = "\n".join(map(str, found.notes))
    assert "U+E000" in told
    str(found.performances).encode("utf-8")
    assert not any("\ue000" in option for option in found.performances.index)

"""A number that can hardly be meant is refused or told, with its place; none passes in silence."""

import csv
import io
import shutil

import pytest

import mcda
from criteria.ukraine_force.question import DATA
from mcda.files.question.open_question import open_sheets
from mcda.files.question.read_problem import read_sheets

CHANGES = [
    ("judgements/STK07", 11, "ratio", "1e16"),
    ("judgements/STK07", 11, "ratio", "101"),
    ("judgements/STK07", 10, "ratio", ""),
    ("local_weights", 5, "weight", "1e308"),
    ("local_weights", 5, "weight", "50"),
    ("local_weights", 5, "weight", "7"),
    ("local_weights", 6, "holder", "nobody"),
    ("scenarios", 8, "effect_low", "50 %"),
    ("scenarios", 8, "effect_type", "1/2"),
    ("scenarios", 15, "effect_mode", "#N/A"),
    ("scenarios", 19, "prob_low", "$5"),
    ("scenarios", 19, "prob_high", "-inf"),
    ("options", 3, "size_mode", "<b>1</b>"),
    ("options", 3, "size_mode", "5.."),
    ("options", 3, "size_low", "2026-01-01"),
    ("contributors", 3, "max_contribution_mode", "TRUE"),
    ("contributors", 3, "max_contribution_low", "-1e308"),
    ("scores", 4, "mode", "९"),
    ("scores", 4, "low", "1e400"),
    ("perspectives", 4, "mode", "1_000"),
]


def told(sheets):
    """Everything that reading the question says, as one text."""
    try:
        open_sheets(sheets)
    except mcda.InputError as error:
        return str(error)
    return "\n".join(map(str, (*sheets.notes, *sheets.alarms)))


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize(("sheet", "row", "column", "new"), CHANGES)
def test_no_number_passes_in_silence(tmp_path, sheet, row, column, new):
    """Each is named with its sheet: as a fault, or in a note on how it was read."""
    shutil.copytree(DATA, tmp_path / "q")
    path = tmp_path / "q" / f"{sheet}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[row - 1][rows[0].index(column)] = new
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    said = told(read_sheets(tmp_path / "q"))
    assert f"{sheet}.csv" in said, said


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_the_question_as_it_is_says_nothing_of_these(tmp_path):
    """So that what is said above comes of the change."""
    said = told(read_sheets(DATA))
    for sheet in {sheet for sheet, *_ in CHANGES}:
        assert f"{sheet}.csv row" not in said


@pytest.mark.parametrize(("column", "text"), [("best", "½"), ("worst", "5"), ("middle", "=1+1")])
def test_the_end_of_a_head_is_not_dropped_in_silence(tmp_path, column, text):
    """A head has no scale: what stands there is refused with its cell."""
    question = mcda.new_question(tmp_path / "q")
    path = question / "criteria.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert not rows[0]["direction"]
    rows[0][column] = text
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    expected = f"criteria.csv row 2, column '{column}': expected nothing: a head has no scale"
    with pytest.raises(mcda.InputError, match=expected):
        mcda.read_problem(question)

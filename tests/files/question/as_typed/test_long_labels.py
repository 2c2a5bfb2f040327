"""A label that would fill a page is cut and told; the whole of it is kept."""

import csv

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.language import option_name

pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
LONG = "Donaudampfschiff" * 190


@pytest.fixture
def question(tmp_path):
    """A question whose first criterion and first option have a label of 3,040 letters."""
    place = mcda.new_question(tmp_path / "q")
    for sheet in ("criteria", "options"):
        relabel(place / f"{sheet}.csv", "label")
    return place


def relabel(path, column):
    """Put the long text into the first cell of a column."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = LONG
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_long_label_of_a_criterion_is_cut_and_told(question, capsys):
    """The note has its place and its length, the definition has the whole."""
    problem = mcda.read_problem(question)
    first = problem.criteria[0]
    assert len(first.label) < 200 and first.label.endswith(f"… ({first.key})")
    assert first.definition.startswith(f"{LONG}\n")
    assert main(["check", str(question)]) == 0
    told = capsys.readouterr().err
    assert "criteria.csv row 2, column 'label': a label of 3,040 characters was read as" in told


def test_a_name_that_was_cut_has_its_id_once(question):
    """In a sentence as in a table."""
    problem = mcda.read_problem(question)
    option = str(problem.options.index[0])
    for name in (problem.name_of(option), option_name(problem, option)):
        assert name.count(option) == 1 and len(name) < 200


def test_a_holder_of_a_long_name_is_refused_by_cell(question, capsys):
    """A holder's name is a key of many tables: nothing can stand for it."""
    relabel(question / "perspectives.csv", "holder")
    assert main(["check", str(question)]) == 1
    assert "expected a name of at most 120 characters, found 3,040" in capsys.readouterr().err

"""Packages that were chosen join the options, and every fault is told by its row and column."""

import pytest

import mcda

from .test_part_rows import KEPT, PLAIN, with_parts

HEADER = "id,label,short,parts,like,fallback,members,rationale"
pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")


# what parts bring is a criterion of the blank question
BROUGHT = PLAIN.replace("warmth,max,4,5,6,,points", "emissions,,4,5,6,,")
BROUGHT = BROUGHT.replace("warmth,,,1", "emissions,,,1")
RULED = KEPT.replace("warmth", "emissions")


def with_rows(place, *rows):
    """The question with parts, and rows of packages."""
    with_parts(place, BROUGHT, RULED)
    text = "\n".join([HEADER, *rows])
    (place / "packages.csv").write_text(f"{text}\n", encoding="utf-8")
    return place


def test_rows_become_options(tmp_path):
    """In order, marked with their parts, like another in all else; a workbook says the same."""
    rows = ["P1,Loft alone,,loft,GAS,,,Cheapest", "P2,,,trees;loft,GAS,,,"]
    place = with_rows(tmp_path / "q", *rows)
    problem = mcda.read_problem(place)
    assert list(problem.options.index[-2:]) == ["P1", "P2"]
    assert problem.options.loc["P1", "made"] == "Insulate the loft"
    assert problem.options.loc["P1", "description"].endswith(". Cheapest")
    assert problem.labels["P2"] == "P2"
    assert problem.performance.loc["P1", "emissions"] == 5
    assert problem.performance.loc["P1", "cost"] == problem.performance.loc["GAS", "cost"]
    mcda.write_workbook(mcda.read_sheets(place), tmp_path / "q.xlsx")
    again = mcda.read_problem(tmp_path / "q.xlsx")
    assert again.performance.equals(problem.performance)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("P1,,,attic,GAS,,,", "packages.csv row 2: column 'parts': expected keys of parts"),
        ("P1,,,loft;panels,GAS,,,", "column 'parts': expected parts that the rules allow"),
        ("GAS,,,loft,GAS,,,", "column 'id': expected an id of its own"),
        ("P1,,,loft,NOWHERE,,,", "'NOWHERE'"),
        ("P1,,,loft,,,,", "column 'like'"),
    ],
)
def test_faults_are_told_by_cell(tmp_path, row, told):
    """Parts of no name, against the rules, ids that are taken, options that aren't there."""
    place = with_rows(tmp_path / "q", row)
    with pytest.raises(mcda.InputError, match=told):
        mcda.read_problem(place)


def test_a_question_without_parts_has_no_packages(tmp_path):
    """Told with the row."""
    place = with_rows(tmp_path / "q", "P1,,,loft,GAS,,,")
    (place / "parts.csv").unlink()
    (place / "rules.csv").unlink()
    with pytest.raises(mcda.InputError, match=r"packages.csv row 2.*a question that states parts"):
        mcda.read_problem(place)

"""A question's criteria take the words for directions that arrays and tables take."""

import shutil

import pytest

import mcda
from criteria.ukraine_force.question import DATA
from mcda.files.question.read_problem import read_sheets


@pytest.mark.parametrize(
    ("more", "less"), [("Benefit", "COST"), ("1", "-1"), ("higher is better", "Lower is better")]
)
def test_directions_of_criteria_are_read_from_many_words(more, less, tmp_path):
    """They are max and min, with a note each; the rest of the table is as it was."""
    folder = tmp_path / "question"
    shutil.copytree(DATA, folder)
    plain = read_sheets(folder)
    path = folder / "criteria.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",max,", f",{more},").replace(",min,", f",{less},"), "utf-8")
    found = read_sheets(folder)
    told = [row.text("direction") for row in plain.rows("criteria")]
    assert [row.text("direction") for row in found.rows("criteria")] == told
    assert set(told) >= {"max", "min"}
    assert len(found.notes) - len(plain.notes) == sum(bool(way) for way in told)


def test_another_word_stays_to_be_refused(tmp_path):
    """It is named where the direction is asked for."""
    folder = tmp_path / "question"
    shutil.copytree(DATA, folder)
    path = folder / "criteria.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",max,", ",upwards,", 1), "utf-8")
    assert "upwards" in {row.text("direction") for row in read_sheets(folder).rows("criteria")}
    with pytest.raises(mcda.InputError, match="'upwards'"):
        mcda.read_problem(folder)

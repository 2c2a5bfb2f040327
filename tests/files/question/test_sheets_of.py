"""A question that was made of a table goes into a workbook or a folder and comes back as it was."""

import shlex

import pandas as pd
import pytest

import mcda
from mcda.cli import main

TABLE = pd.DataFrame({"cost": [10.5, 8.0], "reach": [3.0, 4.0]}, index=["N/S", "=East"])


@pytest.fixture
def problem():
    source = mcda.Source("S1", title="A survey", reliability="B", credibility="2")
    return mcda.problem_from(
        mcda.Matrix("sites", TABLE, {"cost": "min", "reach": "max"}),
        units={"cost": "EUR m"},
        anchors={"cost": (20, 5)},
        sources=source,
        low=TABLE.rename(index={"N/S": "N|S"}) - 1,
        high=TABLE.rename(index={"N/S": "N|S"}) + 1,
        accept=["anchors", "units"],
    )


@pytest.mark.parametrize("place", ["q.xlsx", "q"])
def test_a_question_comes_back_as_it_was(problem, tmp_path, place):
    """Options, criteria, scales, estimates and sources; ids and names are texts."""
    path = tmp_path / place
    write = mcda.write_workbook if path.suffix else mcda.write_folder
    write(mcda.sheets_of(problem), path)
    read = mcda.read_problem(path)
    pd.testing.assert_frame_equal(read.performance, problem.performance, check_names=False)
    pd.testing.assert_frame_equal(read.values, problem.values, check_names=False)
    assert read.labels.to_dict() == problem.labels.to_dict()
    assert dict(read.estimates) == dict(problem.estimates)
    assert dict(read.sources) == dict(problem.sources)
    assert read.frame == problem.frame


def test_the_weights_of_holders_come_back_with_their_ranges(problem, tmp_path):
    """In points, whatever unit they were stated in."""
    holders = {
        "A": mcda.weights({"cost": 3, "reach": 1}, "A"),
        "B": mcda.weights(
            {"cost": 60, "reach": 40}, "B", ranges={"cost": (50, 70), "reach": (30, 50)}
        ),
    }
    mcda.write_workbook(mcda.sheets_of(problem, holders), tmp_path / "q.xlsx")
    read = mcda.open_question(tmp_path / "q.xlsx")[1]
    assert read["A"].values.to_dict() == {"cost": 0.75, "reach": 0.25}
    assert read["B"].space is not None


def test_what_cannot_be_written_is_said(problem, tmp_path):
    """Formulas have no place in a sheet; what is no question is named as what it is."""
    with pytest.raises(mcda.InputError, match=r"judged cells on every criterion.*read_sheets"):
        mcda.write_workbook(mcda.open_question("ukraine_force")[0], tmp_path / "q.xlsx")
    with pytest.raises(mcda.InputError, match=r"sheets: expected sheets as read_sheets gives"):
        mcda.write_workbook(TABLE, tmp_path / "q.xlsx")
    with pytest.raises(mcda.InputError, match=r"mcda\.sheets_of\(problem\)"):
        mcda.write_folder(problem, tmp_path / "q")


@pytest.mark.parametrize("place", ["q.xlsx", "q"])
@pytest.mark.parametrize("weights", ["weights,5,5\n", ""])
def test_a_question_is_made_of_a_table_by_one_command(
    capsys, tmp_path, monkeypatch, place, weights
):
    """What has to be completed is named, and the question passes its check."""
    monkeypatch.chdir(tmp_path)
    text = f"Site,Cost,Access\nNorth,10,3\nSouth,8,4\n{weights}direction,min,max\n"
    (tmp_path / "sites.csv").write_text(text)
    assert main(shlex.split(f"new {place} --from sites.csv")) == 0
    out = capsys.readouterr().out
    assert "the unit of 'Cost' and 'Access'" in out and "fixed (4 numbers)" in out
    assert ("whose weights; the table brought none" in out) == (not weights)
    assert main(["check", place]) == 0
    assert main(["rank", place, "--method", "additive"]) == 0
    problem, holders = mcda.open_question(tmp_path / place)
    assert problem.performance.loc["South"].tolist() == [8, 4]
    assert list(holders) == (["First holder"] if weights else [])


def test_a_question_of_a_table_speaks_its_language(tmp_path, monkeypatch):
    """Its first holder, and what was accepted; numbers are written as files have them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites.csv").write_text(
        "Site,Cost\nNorth,10.5\nSouth,8\nweights,1\ndirection,min\n"
    )
    assert main(["new", "q", "--from", "sites.csv", "--language", "de"]) == 0
    problem, holders = mcda.open_question(tmp_path / "q")
    assert list(holders) == ["Erste Perspektive"]
    assert problem.performance.loc["North", "Cost"] == 10.5
    told = [note for note in problem.frame.notes if "was read as" not in note]
    assert told and not [note for note in told if "Accepted" in note]


def test_a_table_without_directions_is_asked_for_them(capsys, tmp_path, monkeypatch):
    """As everywhere; weights may be stated later."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bare.csv").write_text("Site,Cost\nNorth,10\nSouth,8\n")
    assert main(["new", "q.xlsx", "--from", "bare.csv"]) == 1
    err = capsys.readouterr().err
    assert "weights" not in err
    assert main(shlex.split(err.rpartition(": mcda ")[2])) == 0

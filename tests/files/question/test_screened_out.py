"""What was considered and ruled out: read, checked, shown in words and never ranked."""

import pandas as pd
import pytest

import mcda
from mcda.problem.screening import ruled_out
from mcda.reporting.terminal.text import check_text

HEADER = "id,label,reason,returns_if,option,as_of,kind,sources"
RULED_OUT = "TENT,A tent in the park,No permit for the night,The park stays open,,2026-05,fact,"


def with_ruled_out(place, *rows):
    """The blank question with a sheet of what was ruled out."""
    mcda.new_question(place)
    (place / "screened_out.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return place


def test_it_is_told_and_not_ranked(tmp_path):
    """It stands in the check with its name, and no option is more."""
    problem, holders = mcda.open_question(with_ruled_out(tmp_path / "asked", RULED_OUT))
    assert "TENT" not in problem.options.index
    table = ruled_out(problem)
    assert table.loc["TENT", "reason"] == "No permit for the night"
    state = mcda.check(problem)
    assert state.screened_out.equals(table)
    assert "ruled out, so not ranked, 1 option: A tent in the park." in check_text(state)
    ranking = mcda.rank(problem, next(iter(holders.values())), "additive")
    assert "TENT" not in ranking.table.index


def test_a_question_without_it_tells_nothing(tmp_path):
    """No sheet, no line."""
    mcda.new_question(tmp_path / "asked")
    problem, _ = mcda.open_question(tmp_path / "asked")
    assert ruled_out(problem).empty
    assert "ruled out" not in check_text(mcda.check(problem))


def test_faults_are_told_by_row(tmp_path):
    """An option that is ranked all the same, a reason that is missing, an id twice, an unknown source."""
    place = tmp_path / "asked"
    mcda.new_question(place)
    ranked = pd.read_csv(place / "options.csv", dtype=str)["id"][0]
    rows = [
        f"{ranked},Ranked,Too dear,,,,,",
        "TENT,A tent,,,,,,",
        "TENT,A tent,No permit,,NOBODY,,,S99",
    ]
    (place / "screened_out.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(place)
    told = "\n".join(str(fault) for fault in raised.value.faults)
    assert (
        f"row 2, column 'id': expected an option that isn't ranked, found the option '{ranked}'"
        in told
    )
    for part in ("expected a text, found an empty cell", "'TENT' again", "'NOBODY'", "'S99'"):
        assert part in told


def test_through_a_workbook(tmp_path):
    """The sheet comes back from a workbook as it was."""
    place = with_ruled_out(tmp_path / "asked", RULED_OUT)
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "asked.xlsx")
    pd.testing.assert_frame_equal(
        ruled_out(mcda.read_problem(book)), ruled_out(mcda.read_problem(place)), check_dtype=False
    )

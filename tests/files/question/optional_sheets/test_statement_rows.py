"""Statements of a question: read from a folder or a workbook, every fault told by its row and column."""

import warnings

import openpyxl
import pytest

import mcda
from mcda.cli import main

HEADER = "holder,says,first,second,amount,low,high,start,second_start,words,as_of,recorded_by"
TENANT = """
Tenant,rather,Heat pump,GAS,,,,,,rather the pump than gas,2026-05-01,AB
Tenant,more,cost,emissions,,,,,,,,
Tenant,cards,works; -; cost,,,2,4,,,the noise counts least,,
"""


def with_statements(place, rows):
    """A blank question with a sheet of statements."""
    mcda.new_question(place)
    (place / "statements.csv").write_text(f"{HEADER}\n{rows.strip()}\n", encoding="utf-8")
    return place


def opened(place):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        return mcda.open_question(place)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory):
    return with_statements(tmp_path_factory.mktemp("tenant") / "q", TENANT)


def test_a_holder_of_statements_has_a_space_and_weights(tenant):
    """Names are read by label; what was said is kept; the weights of others stay as they were."""
    problem, holders = opened(tenant)
    found = holders["Tenant"]
    assert found.method == "statements" and found.kinds == ("statement",)
    assert found.as_of == "2026-05-01"
    step = found.steps["statements"]
    assert step["first"].tolist() == ["PUMP", "cost", "works; -; cost"]
    assert step.loc[0, "recorded_by"] == "AB"
    scores = problem.expected_values @ found.space.sample(500, seed=1).T
    assert (scores.loc["PUMP"] >= scores.loc["GAS"] - 1e-9).all()
    assert len(holders) == 1 + len(mcda.read_perspectives(mcda_new(tenant), problem))


def mcda_new(tenant):
    """The same question without statements."""
    place = tenant.parent / "plain"
    return place if place.exists() else mcda.new_question(place)


def test_it_ranks_and_is_drawn(tenant):
    """Every draw of its space keeps the statements, and the space is what robustness draws."""
    problem, holders = opened(tenant)
    ranking = mcda.rank(problem, holders["Tenant"], method="additive")
    assert ranking.table["rank"].min() == 1
    draws = mcda.sample(problem, n=200, seed=1)
    robust = mcda.robustness(draws, holders["Tenant"], method="additive", hold="facts")
    ahead = robust.pairwise_winning.loc["PUMP", "GAS"]
    assert ahead == pytest.approx(1.0)


def test_a_folder_and_a_workbook_hold_the_same(tenant, tmp_path):
    book = mcda.write_workbook(mcda.read_sheets(tenant), tmp_path / "q.xlsx")
    assert "statements" in openpyxl.load_workbook(book, read_only=True).sheetnames
    _, from_book = opened(book)
    _, from_folder = opened(tenant)
    one, two = from_book["Tenant"], from_folder["Tenant"]
    assert one.steps["statements"].equals(two.steps["statements"])
    assert one.values.equals(two.values)


def test_what_was_made_in_python_is_written_and_read_back(tenant, tmp_path):
    """Statements go out as they came in, and not as the weights that follow from them."""
    problem, holders = opened(tenant)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        folder = mcda.write_folder(mcda.sheets_of(problem, holders), tmp_path / "again")
    _, again = opened(folder)
    assert again["Tenant"].values.tolist() == pytest.approx(holders["Tenant"].values.tolist())


def test_statements_of_a_holder_with_weights_are_a_test(tmp_path):
    """The weights stay, and a note says what the statements are taken for."""
    place = with_statements(tmp_path / "q", "Treasurer,rather,PUMP,GAS,,,,,,,,")
    sheets = mcda.read_sheets(place)
    problem = mcda.read_problem(sheets)
    holders = mcda.read_perspectives(sheets, problem)
    assert holders["Treasurer"].method != "statements"
    assert any("a test of these weights" in str(note) for note in sheets.notes)
    assert len(mcda.read_statements(place, problem)["Treasurer"]) == 1


FAULTS = {
    "T,rather,PUMP,PUMP,,,,,,,,": "column 'second': expected two different options",
    "T,more,cost,cost,,,,,,,,": "column 'second': expected two different criteria",
    "T,cards,works; works,,,,,,,,,": "column 'first': expected a name of its own",
    "T,cards,cost,,,2,,,,,,": "column 'first': expected two places or more",
    "T,rather,PUMP,COAL,,,,,,,,": "row 2, column 'second': expected one of the options",
    "T,rather,PUMP,,,,,,,,,": "column 'second': expected the id of the other, found an empty cell",
    "T,rather,PUMP,GAS,3,,,,,,,": "column 'amount': expected nothing, as 'rather'",
    "T,rather,PUMP,GAS,,120,,,,,,": "column 'low': expected a number from 0 to 100, found 120",
    "T,rather,PUMP,GAS,,,5,,,,,": "column 'high': expected nothing, as 'rather'",
    "T,differences,PUMP > GAS,,,,,,,,,": "such as 'A > B: weak'",
    "T,differences,PUMP > GAS: huge,,,,,,,,,": "expected one of 'no', 'very weak'",
    "T,differences,PUMP > COAL: weak,,,,,,,,,": "column 'first': expected one of the options",
    "T,differences,PUMP > GAS: weak,WOOD,,,,,,,,": "all differences stand in the column 'first'",
    "T,wants,PUMP,GAS,,,,,,,,": "column 'says': expected one of 'rather'",
    ",rather,PUMP,GAS,,,,,,,,": "column 'holder': expected a text",
    "T,more,cots,emissions,,,,,,,,": "did you mean 'cost'",
    "T,times,cost,emissions,,3,2,,,,,": "column 'low': expected low at most high",
    "T,times,cost,emissions,,,,,,,,": "the same in both for exactly",
    "T,times,cost,emissions,,two,,,,,,": "column 'low': expected a number",
    "T,exchange,cost,emissions,,1,2,,,,,": "column 'amount': expected a number",
    "T,cards,works; -; beauty,,,,,,,,,": "'beauty'",
    "T,cards,works; -,,,,,,,,,": "no blank card at an end",
    "T,exchange,cost,emissions,9,1,2,,,,,": "column 'start': expected the level from which 'cost'",
    "T,exchange,cost,emissions,900,1,2,90,50,,,": "expected a move within the scale of 'cost'",
}


@pytest.mark.parametrize("row", FAULTS)
def test_each_fault_names_its_row_and_column(tmp_path_factory, row):
    place = with_statements(tmp_path_factory.mktemp("bad") / "q", row)
    with pytest.raises(mcda.InputError) as raised:
        opened(place)
    assert "statements.csv row 2" in str(raised.value) and FAULTS[row] in str(raised.value)


def test_a_fault_of_a_workbook_names_its_cell(tmp_path):
    """Also where what is wrong is the statement as a whole."""
    place = with_statements(tmp_path / "q", "T,rather,PUMP,PUMP,,,,,,,,")
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "q.xlsx")
    with pytest.raises(mcda.InputError, match=r"sheet 'statements' row \d+: .*\(cell D\d+\)"):
        opened(book)


def test_all_faults_are_told_at_once_with_those_of_other_sheets(tmp_path, capsys):
    rows = "T,rather,PUMP,COAL,,,,,,,,\nT,more,cots,emissions,,,,,,,,"
    place = with_statements(tmp_path / "q", rows)
    scores = place / "scores.csv"
    scores.write_text(scores.read_text(encoding="utf-8").replace("PUMP", "PUMPS", 1), "utf-8")
    assert main(["check", str(place)]) == 1
    told = capsys.readouterr().err
    assert "'COAL'" in told and "'cots'" in told and "'PUMPS'" in told


def test_leads_and_differences_are_read_by_name_and_written_back(tmp_path):
    """A lead in points, and differences in categories: ids or labels, in any case."""
    rows = "Tenant,rather,PUMP,GAS,,3,,,,,,\nTenant,differences,heat pump > gas: weak to strong,,,,,,,,,"
    problem, holders = opened(with_statements(tmp_path / "q", rows))
    step = holders["Tenant"].steps["statements"]
    assert step["first"].tolist() == ["PUMP", "PUMP > GAS: weak to strong"]
    scores = problem.expected_values @ holders["Tenant"].space.sample(500, seed=1).T
    assert (scores.loc["PUMP"] - scores.loc["GAS"]).min() >= 0.03 - 1e-9
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        folder = mcda.write_folder(mcda.sheets_of(problem, holders), tmp_path / "again")
    _, again = opened(folder)
    columns = ["statement", "says", "first", "second", "low"]
    assert again["Tenant"].steps["statements"][columns].equals(step[columns])


def test_a_conflict_names_the_rows_that_exclude_each_other(tmp_path):
    """A third statement that has nothing to do with it isn't named."""
    rows = "X,more,cost,emissions,,,,,,,,\nX,more,works,cost,,,,,,,,\nX,more,emissions,cost,,,,,,,,"
    with pytest.raises(mcda.InputError) as raised:
        opened(with_statements(tmp_path / "q", rows))
    told = str(raised.value)
    assert "row 2 '" in told and "row 4 '" in told and "row 3 '" not in told


def test_the_blank_form_has_the_sheet(tmp_path):
    """`mcda new` offers it empty, and an empty sheet says nothing."""
    place = mcda.new_question(tmp_path / "q")
    assert (place / "statements.csv").read_text(encoding="utf-8").startswith(HEADER)
    assert mcda.read_statements(place, mcda.read_problem(place)) == {}

"""Events of a question: read from a sheet or a workbook, and every fault told by its row and column."""

import csv
import tempfile
import warnings
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda

HEADER = "event,label,option,chance,years,low,mode,high,loss,unit,criterion,group,kind,rationale"
SHARED = (
    "frost,A burst main,,20 (10 to 40),10,50,100,300,,EUR thousand,,,judgement,Once in 50 years"
)


def with_events(place, rows, **cells):
    """A blank question with a sheet of events; cells: of criteria, by id and column."""
    mcda.new_question(place)
    (place / "events.csv").write_text(f"{HEADER}\n{rows.strip()}\n", encoding="utf-8")
    with_cells(place / "criteria.csv", cells or {"cost": {"bill": "yearly"}})
    return place


def with_cells(path, cells):
    """Set cells of a sheet by the first cell of their row; further columns come at the end."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = dict.fromkeys([*rows[0], *(name for row in cells.values() for name in row)])
    for row in rows:
        row.update(cells.get(row["id"], {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_one_row_is_an_event_of_all_options(tmp_path):
    """A chance with its range, a loss with its range, and the years: estimates that all options share."""
    problem = mcda.read_problem(with_events(tmp_path / "heating", SHARED))
    (event,) = problem.events
    assert (event.key, event.name, event.years) == ("frost", "A burst main", 10)
    assert set(event.chances.values()) == {"frost/chance"}
    chance, loss = problem.estimates["frost/chance"], problem.estimates["frost/loss"]
    assert (chance.low, chance.mode, chance.high, chance.unit) == (10, 20, 40, "percent")
    assert (loss.low, loss.mode, loss.high, loss.unit) == (50, 100, 300, "EUR thousand")
    assert loss.kind == "judgement"
    assert event.in_money.is_shared


OWN = """
frost,,,20,10,100,100,100,,EUR thousand,,,judgement,
frost,,PUMP,40 (30 to 50),,150,150,150,,,,,judgement,Pipes in the yard
frost,,GRID,supply,,,,,,,,,,
"""


def test_options_may_have_rows_of_their_own(tmp_path):
    """An option's own chance or loss stands in a row of its own; a chance may be a criterion in percent."""
    problem = mcda.read_problem(with_events(tmp_path / "heating", OWN))
    (event,) = problem.events
    assert dict(event.chances) == {
        "GAS": "frost/chance",
        "PUMP": "frost/chance/PUMP",
        "GRID": "supply",
    }
    amounts = event.in_money.amounts
    assert dict(amounts) == {"GAS": "frost/loss", "PUMP": "frost/loss/PUMP", "GRID": "frost/loss"}
    assert problem.owners("frost/chance/PUMP") == {"PUMP"}


def test_a_measure_without_python(tmp_path):
    """A criterion names expected_bill, expected_loss or its yearly part and is computed from events."""
    for measure, unit, at_gas in (
        ("expected_bill", "EUR thousand a year", 85 + 0.2 * 100 / 10),
        ("yearly_expected_loss", "EUR thousand a year", 0.2 * 100 / 10),
        ("expected_loss", "EUR thousand", 0.2 * 100),
    ):
        cells = {"cost": {"bill": "yearly"}, "works": {"measure": measure, "unit": unit}}
        problem = mcda.read_problem(with_events(tmp_path / measure, SHARED, **cells))
        assert problem.performance.loc["GAS", "works"] == pytest.approx(at_gas)
        drawn = mcda.sample(problem, 400, 1).performances()[:, 0, 1]
        assert drawn.min() < at_gas < drawn.max()
        assert {"frost/chance", "frost/loss"} <= problem.reads["works"]


def test_a_loss_in_the_unit_of_a_criterion(tmp_path):
    """It counts on that criterion, where money doesn't."""
    rows = f"{SHARED}\nfrost,,,,,10,20,30,,,works,,judgement,The hall stays shut"
    cells = {"works": {"measure": "expected_loss"}}
    problem = mcda.read_problem(with_events(tmp_path / "heating", rows, **cells))
    assert problem.performance["works"].tolist() == pytest.approx([4, 4, 4])
    assert problem.estimates["frost/loss/works"].unit == "points 0-100"


def test_a_structure_prices_events(tmp_path):
    """A structure may put the expected bill in place of a cost, which stays part of it."""
    place = with_events(tmp_path / "heating", SHARED)
    told = (
        "structure,change,criterion,measure,worst,best\npriced,measure,cost,expected_bill,200,0\n"
    )
    (place / "structures.csv").write_text(told, encoding="utf-8")
    problem = mcda.read_problem(place)
    bills = problem.structured("priced").performance["cost"]
    assert bills.tolist() == pytest.approx([87, 64, 70])
    assert problem.performance["cost"].tolist() == [85, 62, 68]


def test_estimates_of_the_question(tmp_path):
    """A chance as a share of 1 and a loss may be named by their keys, and so move with all that reads them."""
    rows = "frost,,,p_frost,10,,,,damage,,,,,"
    place = with_events(
        tmp_path / "heating", rows, works={"measure": "expected_loss", "unit": "EUR thousand"}
    )
    path = place / "estimates.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    lines = (
        "p_frost,0.1,0.2,0.4,share of 1,,judgement,,,",
        "damage,50,100,300,EUR thousand,,judgement,,,",
    )
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    problem = mcda.read_problem(place)
    assert problem.performance["works"].tolist() == pytest.approx([20, 20, 20])
    assert problem.events[0].in_money.unit == "EUR thousand"


FAULTS = {
    "GAS,,,20,10,100,100,100,,EUR thousand,,,judgement,": "column 'event'.*a name of its own",
    "frost,,TREE,20,10,100,100,100,,EUR thousand,,,judgement,": "column 'option'.*'TREE'",
    "frost,,GAS,20,10,100,100,100,,EUR thousand,,,judgement,": "a chance for every option, found none for 'PUMP'",
    "frost,,,,10,100,100,100,,EUR thousand,,,judgement,": "a chance for every option, found none for 'GAS'",
    "frost,,,120,10,100,100,100,,EUR thousand,,,judgement,": "column 'chance'.*from 0 to 100, percent.*120",
    "frost,,,cost,10,100,100,100,,EUR thousand,,,judgement,": "column 'chance'.*a leaf in percent, found 'cost'",
    "frost,,,often,10,100,100,100,,EUR thousand,,,judgement,": "column 'chance'.*or a leaf: 'supply', found 'often'",
    "frost,,,20,,100,100,100,,EUR thousand,,,judgement,": "column 'years'.*a whole number, found an empty cell",
    "frost,,,20,2.5,100,100,100,,EUR thousand,,,judgement,": "column 'years'.*a whole number, found '2.5'",
    "frost,,,20,10,,,,,EUR thousand,,,judgement,": "column 'mode'.*what is lost if it happens",
    "frost,,,20,10,100,100,100,,,,,judgement,": "column 'unit'.*such as EUR bn, found none",
    "frost,,,20,10,,100,,,USD bn,,,judgement,": "'EUR thousand', as criterion 'cost', unit has it, found 'USD bn'",
    "frost,,,20,10,300,100,50,,EUR thousand,,,judgement,": "low <= mode <= high",
    "frost,,,20,10,100,100,100,,EUR thousand,,,guess,": "kind.*'guess'",
    "frost,,,20,10,,100,,damage,EUR thousand,,,judgement,": "column 'loss'.*both",
    "frost,,,20,10,,,,damage,EUR thousand,,,judgement,": "column 'loss'.*the key of an estimate.*'damage'",
    "frost,,,20,10,100,100,100,,,burden,,judgement,": "column 'criterion'.*a leaf, found the head 'burden'",
    "frost,,,20,10,much,100,200,,EUR thousand,,,judgement,": "column 'low'.*a number such as 12.5",
}


@pytest.mark.parametrize("row", FAULTS)
def test_each_fault_has_its_row(tmp_path, row):
    """With what was expected and what was found."""
    with pytest.raises(mcda.InputError, match=f"events.csv row 2.*{FAULTS[row]}"):
        mcda.read_problem(with_events(tmp_path / "heating", row))


def test_all_faults_at_once(tmp_path):
    """One for each cause, each with its own row."""
    rows = """
flood,,,often,10,100,100,100,,EUR thousand,,,judgement,
frost,,,20,10,100,100,100,,EUR thousand,,,judgement,
frost,,,30,10,,,,,,,,judgement,
storm,,GAS,140,10,100,100,100,,,,,judgement,
storm,,PUMP,150,,,,,,,,,judgement,
storm,,GRID,5,,,,,,,,,hunch,
"""
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(with_events(tmp_path / "heating", rows))
    told = [str(fault) for fault in raised.value.faults]
    for row, words in (
        (2, "'often'"),
        (4, "a second one"),
        (5, "140"),
        (5, "such as EUR bn"),
        (6, "150"),
        (7, "hunch"),
    ):
        assert [line for line in told if f"events.csv row {row}" in line and words in line], told
    assert len(told) == 6


def test_one_cause_is_one_fault(tmp_path):
    """An option or a criterion that there isn't is told once, and not as a chance that is missing too."""
    for row in (
        "frost,,TREE,20,10,100,100,100,,EUR thousand,,,judgement,",
        "frost,,,20,10,100,100,100,,EUR thousand,shade,,judgement,",
        "the town's frost,,,20,10,100,100,100,,USD,,,judgement,",
        "frost,,,1e999,10,100,100,100,,EUR thousand,,,judgement,",
    ):
        place = tmp_path / str(hash(row))
        with pytest.raises(mcda.InputError, match=r"events\.csv row 2") as raised:
            mcda.read_problem(with_events(place, row))
        assert len(raised.value.faults) == 1


def test_a_structure_with_another_unit_leaves_the_chance_as_stated(tmp_path):
    """A chance is read in percent, also where a structure measures its criterion in something else."""
    row = "cold,,,supply,10,100,200,400,,EUR thousand,,,judgement,"
    cells = {
        "cost": {"bill": "yearly"},
        "works": {"measure": "expected_loss", "unit": "EUR thousand"},
    }
    place = with_events(tmp_path / "heating", row, **cells)
    before = mcda.read_problem(place).performance["works"].tolist()
    told = "structure,change,criterion,unit,worst,best\ndays,scale,supply,days,0,365\n"
    (place / "structures.csv").write_text(told, encoding="utf-8")
    shaped = mcda.read_problem(place).structured("days")
    assert shaped.performance["works"].tolist() == before


def test_years_that_differ(tmp_path):
    """What can't be summed isn't: events over different years have no common bill."""
    rows = f"{SHARED}\nstorm,,,5,20,100,100,100,,EUR thousand,,,judgement,"
    cells = {"works": {"measure": "expected_loss", "unit": "EUR thousand"}}
    with pytest.raises(mcda.InputError, match="events over the same years, found 10, 20"):
        mcda.read_problem(with_events(tmp_path / "heating", rows, **cells))
    yearly = {"works": {"measure": "yearly_expected_loss", "unit": "EUR thousand a year"}}
    problem = mcda.read_problem(with_events(tmp_path / "yearly", rows, **yearly))
    assert problem.performance.loc["GAS", "works"] == pytest.approx(
        0.2 * 100 / 10 + 0.05 * 100 / 20
    )


def test_a_measure_without_events(tmp_path):
    """The criterion is named, and the sheet to fill."""
    place = mcda.new_question(tmp_path / "heating")
    with_cells(place / "criteria.csv", {"works": {"measure": "expected_loss"}})
    with pytest.raises(
        mcda.InputError, match=r"criterion 'works'.*an event with a loss.*sheet events"
    ):
        mcda.read_problem(place)


def test_a_share_typed_as_percent(tmp_path, capsys):
    """A chance of 0.2 is read as percent, and told as what can hardly be meant."""
    row = "frost,,,0.2,10,100,100,100,,EUR thousand,,,judgement,"
    sheets = mcda.read_sheets(with_events(tmp_path / "heating", row))
    mcda.read_problem(sheets)
    assert [alarm for alarm in sheets.alarms if "write 20 for one in five" in alarm]


def test_a_bill_on_what_is_no_cost(tmp_path):
    """A head, and another word, are refused with their cells."""
    for key, text in (("burden", "yearly"), ("cost", "monthly")):
        with pytest.raises(mcda.InputError, match=f"criteria.csv.*bill.*{text}"):
            mcda.read_problem(with_events(tmp_path / key, SHARED, **{key: {"bill": text}}))


def test_through_a_workbook(tmp_path):
    """The sheet comes back from a workbook as it was, and the form explains each column."""
    place = with_events(tmp_path / "heating", OWN)
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "heating.xlsx")
    before, after = mcda.read_problem(place), mcda.read_problem(book)
    assert [dict(one.chances) for one in after.events] == [
        dict(one.chances) for one in before.events
    ]
    assert after.estimates["frost/chance/PUMP"].high == 50


def test_the_blank_workbook_has_the_sheet(tmp_path):
    """It is empty and changes nothing until a row is written; a percent sign is read as it is meant."""
    path = mcda.new_question(tmp_path / "heating.xlsx")
    assert mcda.read_problem(path).events == ()
    book = openpyxl.load_workbook(path)
    page = book["events"]
    columns = {cell.value: cell.column for cell in page[4]}
    row = {"event": "frost", "chance": 0.2, "years": 10, "mode": 100, "low": 50, "high": 300}
    for name, value in (row | {"unit": "EUR thousand", "kind": "judgement"}).items():
        page.cell(5, columns[name], value)
    page.cell(5, columns["chance"]).number_format = "0%"
    book.save(path)
    problem = mcda.read_problem(path)
    assert problem.estimates["frost/chance"].mode == 20
    assert problem.events[0].years == 10


def test_a_question_made_in_python_keeps_its_events(tmp_path):
    """Sheets made of a question name its events' estimates by their keys, and give the same numbers."""
    cells = {
        "works": {"measure": "expected_bill", "unit": "EUR thousand a year"},
        "cost": {"bill": "yearly"},
    }
    problem = mcda.read_problem(with_events(tmp_path / "heating", OWN, **cells))
    book = mcda.write_workbook(problem, tmp_path / "heating.xlsx")
    again = mcda.read_problem(book)
    assert again.performance.equals(problem.performance)
    assert again.events[0].years == 10


CELLS = st.sampled_from(
    [
        "",
        "20",
        "20 (15 to 30)",
        "-5",
        "1e999",
        "1e308",
        "GAS",
        "cost",
        "supply",
        "frost",
        "%",
        "a/b",
        "x' y",
    ]
)


def faults_of(rows):
    """The faults of a question with these rows of events; none if it is read."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            mcda.read_problem(with_events(Path(folder) / "heating", rows))
        except mcda.InputError as error:
            return [str(fault) for fault in error.faults]
    return []


@given(st.lists(st.lists(CELLS, min_size=14, max_size=14), min_size=1, max_size=3))
def test_whatever_stands_there_is_read_or_refused(rows):
    """Any text in any cell: never an error of Python's own, and every fault of a row is told with it."""
    told = faults_of("\n".join(map(",".join, rows)))
    assert all("events.csv" in fault for fault in told)


@given(st.integers(0, 13), CELLS)
def test_one_odd_cell_is_at_most_one_fault(at, text):
    """One cell of a sound row that is written over is told once, if it is told at all."""
    cells = SHARED.split(",")
    cells[at] = text
    told = faults_of(",".join(cells))
    assert len(told) <= 1, told
    assert all("events.csv row 2" in fault for fault in told)

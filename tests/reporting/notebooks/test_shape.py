"""What a notebook shows of the shape of a question and of events, and what stands there without either."""

import pytest

import mcda
from mcda.reporting.notebooks import shape
from mcda.reporting.notebooks.absent import Absent, attempt

FROST = "frost,A burst main,,20 (10 to 40),10,100,200,400,EUR thousand,,judgement,Seen twice"


@pytest.fixture(scope="module")
def ukraine(ukraine_question):
    """The audit of the first question, for two holders."""
    problem, holders = ukraine_question
    some = {name: holders[name] for name in ("Paris", "Kyiv")}
    return mcda.structure_audit(problem, some, n=500)


def test_tables_have_labels_and_shares(ukraine):
    """By either method a column for each set of cases; every option has a row."""
    table = shape.first_places(ukraine).data
    assert table.shape == (11, 8)
    assert table.columns.get_level_values(0).unique().tolist() == [
        "By the weighted sum",
        "By TOPSIS",
    ]
    assert table.iloc[0, 0].endswith("%") and table.index[0].startswith("Arms and training only")
    acts = shape.weights(ukraine).data
    assert acts.shape == (2, 5) and acts.loc["Paris", "Force size and effect"].startswith(
        "26% as -"
    )
    assert shape.led(ukraine).data.loc["As stated", "By the weighted sum"] == (
        "Arms and training only: 2"
    )


def test_texts_say_why_and_where_it_stops(ukraine):
    """Who leads, what is behind it, how own positions rank, and in which shape another leads."""
    assert "The options hardly differ on" in shape.finding(ukraine)
    assert "works against its own weight" in shape.looks(ukraine)
    assert "tests the model" in shape.positions(ukraine)
    assert "'All together'" in shape.under_shapes(ukraine)
    told = shape.shapes(ukraine.problem).data
    assert told["Rationale"].str.startswith("For: ").all() and len(told) == 5


def test_a_question_without_shapes_and_events_says_so(cooling_question):
    """A sentence stands where there is nothing, and no cell fails."""
    problem, holders = cooling_question
    audit = mcda.structure_audit(problem, holders, n=50)
    for one in (shape.shapes(problem), shape.under_shapes(audit), shape.led(audit)):
        assert isinstance(one, Absent)
    assert isinstance(shape.positions(audit), Absent)
    found = attempt(mcda.consequences, problem, n=10)
    assert isinstance(shape.bills(found), Absent) and "events" in str(shape.bills_told(found))


def test_bills_have_names_and_ranges(make_events, tmp_path):
    """What an option costs and may lose, with nine draws of ten."""
    problem, _ = mcda.open_question(make_events(tmp_path / "heating", FROST))
    found = mcda.consequences(problem, n=100)
    table = shape.bills(found).data
    assert table.columns.tolist() == ["Cost", "Expected loss", "Bill", "Nine draws of ten"]
    assert " to " in table.iloc[0]["Nine draws of ten"]
    assert "lowest expected bill" in shape.bills_told(found)

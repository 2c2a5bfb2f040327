"""The section on events tells bills, break-even losses and risk, and stands only where events are stated."""

import json

import pytest

import mcda
from mcda.reporting.document.consequences import consequences
from mcda.reporting.document.outline import context
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.verification.said import passed
from mcda.reporting.writers.report import composed, write

FROST = """
frost,A burst main,,20 (10 to 40),10,100,200,400,EUR thousand,,judgement,Once in fifty years
frost,,PUMP,5 (0 to 10),,,,,,,judgement,No water in the street
frost,,,,,10,20,30,,works,judgement,The hall stays shut
"""
IN_POINTS = """
frost,A burst main,,20 (10 to 40),10,10,20,30,,works,judgement,The hall stays shut
"""


@pytest.fixture(scope="module")
def study(make_events, tmp_path_factory):
    """The study of a question with an event in money and in points."""
    place = make_events(tmp_path_factory.mktemp("frost") / "heating", FROST)
    return Study(*mcda.open_question(place), Settings(draws=200, seed=5), folder=place)


def tables(section):
    """The tables of a section by caption."""
    return {block["caption"]: block for block in section["blocks"] if block["is"] == "table"}


def test_the_bills_are_those_of_the_function(study):
    """With the report's draws and seed; every table has its place, and each number is rounded as elsewhere."""
    found = mcda.consequences(study.problem, dict(study.holders), n=200, seed=5)
    shown = tables(consequences(study))
    bills = shown["Expected bill in EUR thousand a year over 10 years"]["rows"]
    told = {row[0]["under"][0]: row[3]["text"] for row in bills}
    assert told == {"GAS": "89", "PUMP": "63", "GRID": "72"}
    assert {option: round(bill) for option, bill in found.bills["bill"].items()} == {
        option: int(bill) for option, bill in told.items()
    }
    profile = next(table for caption, table in shown.items() if "over an amount" in caption)
    assert len(profile["rows"]) == len(found.profiles) and len(profile["columns"]) == 4
    assert any("Expected loss" in caption for caption in shown)
    assert any("for how many holders" in caption for caption in shown)
    assert study.analysis.results["consequences"]["bills"][0]["bill"] == found.bills["bill"].iloc[0]


def test_the_finding_is_the_one_of_the_command(study, capsys):
    """The same sentences, in the same order."""
    from mcda.cli import main

    words = ["consequences", str(study.folder), "--json", "-n", "200", "--seed", "5"]
    assert main(words) == 0
    listed = next(block for block in consequences(study)["blocks"] if block["is"] == "list")
    assert listed["items"] == json.loads(capsys.readouterr().out)["finding"]


def test_a_report_with_events_verifies(study, tmp_path):
    """Its section stands behind the shape of the question, and its tables are among the results."""
    made = composed(Study(study.problem, study.holders, folder=study.folder))
    keys = [section["key"] for section in made.context["sections"]]
    assert keys[keys.index("shape") + 1] == "consequences"
    folder = write(made, tmp_path / "out", ("html",))
    assert (folder / "tables" / "events_bills.csv").exists()
    assert passed(mcda.verify(folder))


def test_events_in_points_alone_make_no_bill(make_events, tmp_path):
    """The section says why; without events there is none."""
    place = make_events(tmp_path / "points", IN_POINTS)
    told = json.dumps(consequences(Study(*mcda.open_question(place))))
    assert "expected an event with a loss in money" in told
    plain = mcda.new_question(tmp_path / "plain")
    assert consequences(Study(*mcda.open_question(plain))) is None


def test_no_section_without_events(shelter):
    """A question without events has the sections that it always had."""
    sections = context(Study(shelter, {}))[0]["sections"]
    assert "consequences" not in [section["key"] for section in sections]

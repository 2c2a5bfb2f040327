"""`mcda consequences` tells the finding first, fits a terminal of 80 columns, and gives one document."""

import json

import pytest

import mcda
from mcda.cli import main

HEADER = "event,label,option,chance,years,low,mode,high,unit,criterion,kind,rationale"
FROST = """
frost,A burst main,,20 (10 to 40),10,100,200,400,EUR thousand,,judgement,Once in fifty years
frost,,PUMP,5 (0 to 10),,,,,,,judgement,No water in the street
frost,,,,,10,20,30,,works,judgement,The hall stays shut
"""


def with_rates(place):
    """A question with a discount rate and a bias besides."""
    estimates = place / "estimates.csv"
    header = estimates.read_text(encoding="utf-8").splitlines()[0]
    added = (
        "discount_rate,2,3.5,5,percent,,assumption,,,\noptimism_bias,0,10,40,percent,,assumption,,,"
    )
    estimates.write_text(f"{header}\n{added}\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def folder(make_events, tmp_path_factory):
    """Such a question, with an event and a cost that makes a bill."""
    return with_rates(make_events(tmp_path_factory.mktemp("frost") / "heating", FROST))


def shown(capsys, *words):
    """What the command prints."""
    assert main(["consequences", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_the_finding_comes_first(folder, capsys, monkeypatch):
    """Whose bill is lowest, what nothing costs, from which loss on; then the tables, 80 columns wide."""
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(capsys, folder, "-n", "500")
    told = " ".join(text.split())
    assert "Heat pump has the lowest expected bill at the best estimates, 63 EUR" in told
    assert "With an expected loss of 4 a year its bill is 89" in told
    assert "Heat pump at any loss" in told
    assert max(map(len, text.splitlines())) <= 80
    for part in ("Expected bill, EUR thousand a year over 10 years", "Net present cost"):
        assert part in text
    assert "Expected loss over 10 years, in other units" in text
    assert text.index("lowest expected bill") < text.index("Expected bill, EUR")


def test_one_document(folder, capsys):
    """The same tables as data, with full precision, and nothing that isn't JSON."""
    document = json.loads(shown(capsys, folder, "--json", "-n", "500"))
    found = mcda.consequences(*mcda.open_question(folder), n=500)
    assert (document["draws"], document["seed"], document["years"]) == (500, 2025, 10)
    assert [row["bill"] for row in document["bills"]] == found.bills["bill"].tolist()
    assert document["bills"][0]["option"] == "GAS"
    assert document["break_evens"][0]["told"] == found.break_evens["told"].iloc[0]
    assert document["present_costs"][1]["best"] == found.present_costs["best"].iloc[1]
    assert len(document["profiles"]) == len(found.profiles)
    assert document["finding"]


def test_one_holder_and_every_pair(folder, capsys):
    """Value beside cost for one holder, and with --full pairs that leave the baseline out."""
    text = shown(capsys, folder, "-n", "200", "--holder", "Treasurer", "--full")
    assert "cost of a further point" in " ".join(text.split())
    table = text[text.index("The loss from which on") :]
    assert any(line.split()[1:3] == ["PUMP", "GRID"] for line in table.splitlines()[3:6])


def test_a_question_without_events(tmp_path, capsys):
    """It ends with status 1, and says which sheet to add."""
    place = mcda.new_question(tmp_path / "heating")
    assert main(["consequences", str(place)]) == 1
    assert "add the sheet events.csv" in " ".join(capsys.readouterr().err.split())


def test_check_tells_what_counts_twice(make_events, tmp_path, capsys):
    """A bill in one structure, in which the chance is weighed as well; none in the stated shape."""
    place = with_rates(make_events(tmp_path / "heating", FROST))
    (place / "events.csv").write_text(
        f"{HEADER}\ncold,,,supply,10,100,200,400,EUR thousand,,judgement,\n", encoding="utf-8"
    )
    assert main(["check", str(place)]) == 0
    assert "'cold' counts in no criterion" in " ".join(capsys.readouterr().out.split())
    told = (
        "structure,change,criterion,measure,worst,best\npriced,measure,cost,expected_bill,200,0\n"
    )
    (place / "structures.csv").write_text(
        f"{told}apart,measure,cost,expected_bill,200,0\napart,leave out,supply,,,\n",
        encoding="utf-8",
    )
    assert main(["check", str(place)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "'cold' counts twice in the structure 'priced': as a loss in cost" in out
    assert "'apart'" not in out and "in no criterion" not in out
    assert "discount_rate" not in out and "cold/loss" not in out
    assert main(["check", str(place), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["events"]
    assert (row["structure"], row["leaf"], row["priced_in"]) == ("priced", "supply", "cost")

"""`mcda packages` tells the finding first, fits a terminal of 80 columns, and gives one document."""

import json
import re
from pathlib import Path

import openpyxl
import pytest

import mcda
from mcda.cli import main

PARTS = """part,label,groups,quantity,better,low,mode,high,times,unit,kind
loft,Insulate the loft,fabric,spend,min,20,30,50,,EUR thousand,estimate
loft,,,warmth,max,4,5,6,,points,judgement
panels,Solar panels,,spend,,15,20,28,,,estimate
panels,,,warmth,,0,1,2,,,judgement
doors,New doors,fabric,spend,,8,10,12,,,estimate
doors,,,warmth,,1,2,3,,,judgement
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The blank question with three parts under a budget."""
    place = mcda.new_question(tmp_path_factory.mktemp("packages") / "heating")
    (place / "parts.csv").write_text(PARTS, encoding="utf-8")
    rules = "id,rule,quantity,most\nbudget,limit,spend,45\n"
    (place / "rules.csv").write_text(rules, encoding="utf-8")
    return place


def shown(capsys, *words):
    """What the command prints."""
    assert main(["packages", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_the_finding_comes_first(folder, capsys, monkeypatch):
    """How many packages no other beats, that none is missing, what is in all; then the tables."""
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(capsys, folder, "-n", "20")
    told = " ".join(text.split())
    assert "4 packages are beaten by no other one. What counts: spend (less is better) and" in told
    assert "so none is missing" in told
    assert "In none of them: Solar panels." in told
    assert "draws of weights and facts P" in told
    assert max(map(len, text.splitlines())) <= 80
    assert text.index("none is missing") < text.index("Packages that no other one beats")
    assert "one more unit of spend (EUR thousand) brings in warmth (points)" in told


def test_one_document(folder, capsys):
    """The same tables as data, and nothing that isn't JSON."""
    found = json.loads(shown(capsys, folder, "--json"))
    assert [row["warmth"] for row in found["table"]] == [0, 2, 5, 7]
    assert found["members"]["P4"] == ["loft", "doors"]
    assert found["complete"] is True


def test_limits_and_aims_of_the_command(folder, capsys):
    """They stand in place of the question's; what can't be reached is told with what would do."""
    cheap = shown(capsys, folder, "--aim", "spend=min", "--least", "warmth=3")
    assert "made of Insulate the loft" in " ".join(cheap.split())
    none = " ".join(shown(capsys, folder, "--least", "warmth=8").split())
    assert "No package keeps the limits" in none
    assert "the limit of at most 45 on spend would do if it rises to 60" in none
    held = shown(capsys, folder, "--with", "panels", "--without", "fabric")
    assert "made of Solar panels" in " ".join(held.split())


def test_a_result_as_a_file(folder, tmp_path, capsys):
    """Every table is a page of the workbook."""
    shown(capsys, folder, "--out", tmp_path / "found.xlsx")
    pages = openpyxl.load_workbook(tmp_path / "found.xlsx").sheetnames
    assert {"packages", "parts", "parts by packages"} <= set(pages)


def test_the_tutorial_says_what_its_example_gives(tmp_path, capsys):
    """Its files are read, and each finding that it prints comes out."""
    tutorial = Path(__file__).parents[2] / "docs" / "packages.md"
    parts, rules, shared, _ = re.findall(r"```csv\n(.*?)```", tutorial.read_text("utf-8"), re.S)
    place = mcda.new_question(tmp_path / "summer")
    for name, rows in (("parts", parts), ("rules", rules), ("estimates", shared)):
        (place / f"{name}.csv").write_text(rows, encoding="utf-8")
    found, none = re.findall(r"```text\n(.*?)```", tutorial.read_text("utf-8"), re.S)
    assert " ".join(found.split()) in " ".join(shown(capsys, place).split())
    assert none.strip() in " ".join(shown(capsys, place, "--least", "relieved=20").split())
    assert "P10" in json.loads(shown(capsys, place, "--json"))["members"]
    likely = json.loads(shown(capsys, place, "--chance", "relieved=12", "--json"))
    assert likely["largest_chance"]["proven"] and likely["largest_chance"]["chance"] == 1
    assert any("The largest chance to reach 12" in sentence for sentence in likely["finding"])
    told = shown(capsys, place, "--chance", "relieved=99")
    assert "No package was found that has a chance to reach 99" in " ".join(told.split())


def test_what_cannot_be_asked(folder, capsys):
    """A question without parts, a quantity and a part of no name: status 1, and the way out."""
    assert main(["packages", str(folder), "--least", "noise=3"]) == 1
    assert "'noise'" in capsys.readouterr().err
    assert main(["packages", str(folder), "--with", "attic"]) == 1
    assert "'attic'" in capsys.readouterr().err
    assert main(["packages", "heparin"]) == 1
    assert "a question that states parts" in capsys.readouterr().err

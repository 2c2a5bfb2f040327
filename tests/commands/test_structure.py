"""`mcda structure` tells the finding first, fits a terminal of 80 columns, and gives one document."""

import json

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.study.study import Settings, Study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A question with a position, made from the blank one."""
    place = mcda.new_question(tmp_path_factory.mktemp("blank") / "heating")
    holder = next(iter(mcda.open_question(place)[1]))
    told = f"holder,option,as_of,sources,rationale\n{holder},PUMP,2026-05-01,,Said so\n"
    (place / "positions.csv").write_text(told, encoding="utf-8")
    return place


def shown(capsys, *words):
    """What the command prints."""
    assert main(["structure", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_the_finding_comes_first(folder, capsys, monkeypatch):
    """Who leads under which share of weights, then the tables; no line is longer than 80."""
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(capsys, folder, "-n", "2000")
    lines = text.splitlines()
    assert lines[2].split(" leads ")[1].startswith("under ")
    assert max(map(len, lines)) <= 80
    assert "First in so many percent of cases" in text
    assert "Rank of the option that a holder's public line names" in text
    assert text.index(" leads ") < text.index("First in so many")


@pytest.mark.parametrize("draws", [0, 300])
def test_a_report_tells_the_same_shares(cooling, cooling_question, capsys, draws):
    """With the same draws and seed, and where neither is asked for."""
    asked = ["-n", str(draws)] if draws else []
    document = json.loads(shown(capsys, cooling, "--json", *asked))
    settings = Settings(draws=draws, seed=document["seed"])
    told = Study(*cooling_question, settings).analysis.shape.leads
    drawn = told[told["holder"] == "anyone"]
    of_command = [row for row in document["leads"] if row["holder"] == "anyone"]
    assert drawn["leads"].tolist() == [row["leads"] for row in of_command]


def test_one_document(folder, capsys):
    """The same tables as data, without anything that isn't JSON."""
    document = json.loads(shown(capsys, folder, "--json", "-n", "2000"))
    problem, holders = mcda.open_question(folder)
    audit = mcda.structure_audit(problem, holders, n=2000)
    assert document["seed"] == 2025 and document["draws"] == 2000
    assert len(document["leads"]) == len(audit.leads)
    assert document["leads"][0]["leads"] == audit.leads["leads"].iloc[0]
    assert [row["rank"] for row in document["positions"]] == audit.positions["rank"].tolist()
    assert document["finding"][0] in " ".join(document["finding"])


def test_one_holder_and_another_measure(capsys):
    """One holder's weights, prices in the unit that is asked for, leaves with --full."""
    text = shown(
        capsys, "ukraine_force", "--holder", "Paris", "--measure", "C1.1", "--full", "-n", "2000"
    )
    assert "26" in text and "-10" in text
    assert "What one unit is worth in thousand personnel (C1.1)" in text
    assert "measure by measure" in text


def test_a_question_without_heads(capsys):
    """Its leaves are told, and no table of heads that it hasn't."""
    text = shown(capsys, "heparin", "-n", "500")
    assert "measure by measure" in text
    assert "trade-off by trade-off" not in text


def test_a_position_of_nobody(folder, tmp_path, capsys):
    """A holder without weights and an unknown option are named with their rows."""
    place = mcda.new_question(tmp_path / "heating")
    told = "holder,option\nNobody,PUMP\n"
    (place / "positions.csv").write_text(told, encoding="utf-8")
    assert main(["structure", str(place)]) == 1
    found = capsys.readouterr().err
    assert "positions.csv row 2, column 'holder'" in found and "'Nobody'" in found
    holder = next(iter(mcda.open_question(folder)[1]))
    (place / "positions.csv").write_text(f"holder,option\n{holder},TREE\n", encoding="utf-8")
    assert main(["structure", str(place)]) == 1
    assert "positions.csv row 2, column 'option'" in capsys.readouterr().err


def test_a_holder_without_a_position(tmp_path):
    """A blank option says that a holder's line names none: nothing is ranked for it."""
    place = mcda.new_question(tmp_path / "heating")
    holder = next(iter(mcda.open_question(place)[1]))
    (place / "positions.csv").write_text(f"holder,option\n{holder},\n", encoding="utf-8")
    problem, holders = mcda.open_question(place)
    assert mcda.structure_audit(problem, holders, n=100).positions.empty


def test_the_sheet_of_a_workbook(tmp_path):
    """Positions come through a workbook as they stand in a folder."""
    place = mcda.new_question(tmp_path / "heating")
    holder = next(iter(mcda.open_question(place)[1]))
    (place / "positions.csv").write_text(f"holder,option\n{holder},GRID\n", encoding="utf-8")
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "heating.xlsx")
    problem, holders = mcda.open_question(book)
    row = mcda.structure_audit(problem, holders, n=100).positions.iloc[0]
    assert (row["holder"], row["option"]) == (holder, "GRID")


def test_a_structure_on_a_command(tmp_path, capsys):
    """Ranking tells the structure that it was asked for; an unknown one is wrong usage."""
    place = mcda.new_question(tmp_path / "heating")
    leaf = mcda.read_problem(place).leaves[0].key
    told = f"structure,change,criterion,rationale\nfewer,leave out,{leaf},Not an end\n"
    (place / "structures.csv").write_text(told, encoding="utf-8")
    assert main(["rank", str(place), "--structure", "Fewer"]) == 0
    assert "[structure: fewer]" in capsys.readouterr().out
    assert "Who leads under which structure" in shown(capsys, place, "-n", "500")
    with pytest.raises(SystemExit) as ended:
        main(["rank", str(place), "--structure", "other"])
    assert ended.value.code == 2
    assert "expected one of 'as stated', 'fewer'" in capsys.readouterr().err


def test_check_and_packages_take_a_structure(tmp_path, capsys):
    """What `rank` counts beyond the anchors in a shape is what `check` lists in that shape."""
    place = mcda.new_question(tmp_path / "heating")
    told = "structure,change,criterion,worst,best\nnarrow,scale,cost,60,40\n"
    (place / "structures.csv").write_text(told, encoding="utf-8")
    assert main(["rank", str(place), "--structure", "narrow"]) == 0
    count = int(capsys.readouterr().err.split(" numbers beyond")[0].split()[-1])
    assert main(["check", str(place), "--structure", "narrow"]) == 0
    narrow = capsys.readouterr().out
    assert main(["check", str(place)]) == 0
    assert count == narrow.count("Beyond an end of its scale")
    assert count > capsys.readouterr().out.count("Beyond an end of its scale")
    with pytest.raises(SystemExit):
        main(["packages", str(place), "--structure", "other"])
    assert "expected one of 'as stated', 'narrow'" in capsys.readouterr().err


def test_nobody_is_asked_what_a_chance_weighs(tmp_path, capsys):
    """The weights of a structure with a chance have no column for it."""
    place = mcda.new_question(tmp_path / "heating")
    told = "structure,change,criterion\nsupply fails,chance,supply\n"
    (place / "structures.csv").write_text(told, encoding="utf-8")
    label = mcda.read_problem(place).criterion("supply").label
    assert main(["weights", str(place), "--holder", "Treasurer"]) == 0
    assert label[:10] in capsys.readouterr().out
    assert main(["weights", str(place), "--structure", "supply fails"]) == 0
    assert label[:10] not in capsys.readouterr().out

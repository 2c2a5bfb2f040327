"""A table of one's own goes into the commands as it is, or they say what is missing and how to tell it."""

import json
import shlex

import openpyxl
import pandas as pd
import pytest

import mcda
from mcda.cli import main

SITES = (
    "Site;Kosten;Zugang;Lärm\nNord;10,5;3;60\nSüd;8;4;71,5\nOst;7,25;2;64\n"
    "Gewichtung;50;30;20\nRichtung;min;max;min\n"
)
BARE = "Site,Cost,Access\nNorth,10,3\nSouth,8,4\n"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Run a command in a folder with two tables; return status, output and messages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites.csv").write_text(SITES, encoding="utf-8")
    (tmp_path / "bare.csv").write_text(BARE)

    def ran(line):
        try:
            status = main(shlex.split(line))
        except SystemExit as stop:
            status = stop.code
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran


def test_the_finding_comes_first_then_the_table_then_how_it_was_read(run):
    """Every note of the reading is there, and no line is wider than the terminal."""
    status, out, err = run("rank sites.csv")
    finding, table, reading = (
        out.index("Süd leads by each"),
        out.index("------"),
        out.index("How it"),
    )
    assert status == 0 and not err and finding < table < reading
    assert "the row 'Gewichtung' was read as the weights" in out
    assert "'10,5' was read as 10.5" in out
    assert max(map(len, out.splitlines())) <= 80


def test_scores_are_those_of_the_methods(run):
    """The document has what the functions give."""
    _, out, _ = run("rank sites.csv --json --method TOPSIS:Vector")
    document = json.loads(out)
    rows = document["rankings"][0]["without_floor"]["ranking"]
    expected = mcda.topsis(mcda.read_matrix("sites.csv"))
    assert {row["option"]: row["score"] for row in rows} == pytest.approx(expected.to_dict())
    assert any("Richtung" in note for note in document["read_as"])


def test_the_command_line_that_an_error_tells_works(run):
    """Weights and directions are asked for, both at once, and never assumed."""
    status, out, err = run("rank bare.csv")
    assert (status, out) == (1, "")
    assert "which way is better on 'Cost', 'Access'" in err and "weights" in err
    line = err.rpartition(": mcda ")[2]
    assert run(line)[0] == 0
    partly = run("rank bare.csv --directions Cost=min --weights equal")[2]
    line = partly.rpartition(": mcda ")[2].strip()
    assert line == "rank bare.csv --weights equal --directions Cost=min,Access=max"
    assert run(line)[0] == 0


@pytest.mark.parametrize(
    "weights", ["'Cost=3,Access=1'", "'cost=0,75;access=0,25'", "w.csv", "w.xlsx", "equal"]
)
def test_weights_are_given_in_several_ways(run, tmp_path, weights):
    """By name in any case, with decimal commas, in a file of two columns or two rows, or equal."""
    (tmp_path / "w.csv").write_text("criterion,weight\nCost,3\nAccess,1\n")
    book = openpyxl.Workbook()
    book.active.append(["Cost", "Access", "Unused"][:2])
    book.active.append([3, 1])
    book.save(tmp_path / "w.xlsx")
    line = f"rank bare.csv --json --method additive --directions Cost=min,Access=max --weights {weights}"
    document = json.loads(run(line)[1])
    share = document["rankings"][0]["without_floor"]["weights"]["Cost"]
    assert share == pytest.approx(0.5 if weights == "equal" else 0.75)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--weights Cost=3,Acess=1 --directions max", "did you mean 'Access'?"),
        ("--weights Cost=much,Access=1 --directions max", "--weights, 'Cost': expected a number"),
        (
            "--weights equal --directions Cost=sideways,Access=max",
            "expected max or min, found 'sideways'",
        ),
        ("--weights 3,1 --directions max", "expected NAME=VALUE"),
        ("--weights equal --directions max --row Total", "expected NAME=ROLE"),
    ],
)
def test_what_an_option_gets_wrong_is_named(run, options, told):
    """With status 1 and the way out."""
    status, _, err = run(f"rank bare.csv {options}")
    assert status == 1 and told in err


def test_a_fault_of_the_table_is_mended_by_an_option_that_it_names(run, tmp_path):
    """The way out of the reader is told as an option, and works."""
    (tmp_path / "routes.csv").write_text("Route,Cost,Time\nN,1,4\nE,3,2\nS,2,3\nW,2,2\n")
    end = "--weights equal --directions min"
    status, _, err = run(f"rank routes.csv {end}")
    if status:
        assert "--row W=option" in err and "rows=" not in err
    status, out, _ = run(f"rank routes.csv {end} --row W=option")
    assert status == 0 and "W " in out


def test_a_row_without_a_name_is_told_by_an_option_too(run, tmp_path):
    """Its name is blank there as well."""
    (tmp_path / "sites.csv").write_text("Site,Cost,Reach\n,EUR m,km\nA,1,20\nB,2,30\n")
    line = "rank sites.csv --weights equal --directions max"
    status, _, err = run(line)
    assert status == 1 and "--row =units or --row '=left out'" in err
    assert run(f"{line} --row =units")[0] == 0


def test_criteria_in_rows_are_turned(run, tmp_path):
    """By --criteria rows, or --transpose."""
    (tmp_path / "turned.csv").write_text("Measure,Bridge,Ferry\nCost,90,20\nMinutes,6,30\n")
    line = "rank turned.csv --weights Cost=1,Minutes=2 --directions min"
    assert run(f"{line} --transpose")[1] == run(f"{line} --criteria rows")[1]
    assert "Bridge" in run(f"{line} --transpose")[1]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_chart_is_drawn(run, tmp_path, ending):
    """In the form that its ending says; it names which method it shows."""
    status, _, err = run(f"rank sites.csv --chart out.{ending}")
    begin = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert status == 0 and (tmp_path / f"out.{ending}").read_bytes().startswith(begin)
    assert "the chart shows additive" in err


def test_a_file_that_cannot_be_written_is_wrong_usage(run):
    """Before anything is computed; and the table itself is never written over."""
    status, _, err = run("rank sites.csv --chart out.gif")
    assert status == 2 and "--chart: expected a file that ends in one of .png" in err
    status, _, err = run("rank sites.csv --out sites.csv")
    assert status == 1 and "another file than the question" in err


def test_without_ranges_there_is_nothing_to_draw_until_a_spread_is_assumed(run):
    """The option is named; with it the assumption is told."""
    status, out, err = run("robust sites.csv -n 200")
    assert status == 0 and "nothing was drawn" in out and "--spread 10%" in err
    status, out, err = run("robust sites.csv -n 200 --spread 10%")
    assert status == 0 and "first in" in out and "10% to either side (assumed, not evidence)" in err
    status, _, err = run("robust sites.csv --spread 10")
    assert status == 1 and "did you mean 10%?" in err


def test_the_other_commands_take_it_or_say_what_to_do(run):
    """Check, weights and challenge work; a report is of a question."""
    assert "9 numbers" in run("check sites.csv")[1]
    assert "Kosten" in run("weights sites.csv")[1]
    assert "Switching weights" in run("challenge sites.csv -n 200 --spread 10%")[1]
    status, _, err = run("report sites.csv")
    assert status == 2 and "mcda new sites.xlsx --from sites.csv" in err


def test_options_of_a_table_are_wrong_usage_for_a_question(run):
    """They would be left aside in silence."""
    status, _, err = run("rank ukraine_force --weights equal")
    assert status == 2 and "--weights: only for a bare table" in err


def test_a_workbook_is_a_question_or_a_table_by_its_sheets(run, tmp_path):
    """Whatever its name is; an ending may be left out."""
    book = openpyxl.Workbook()
    for row in (["Site", "Cost", "Access"], ["North", 10, 3], ["South", 8, 4]):
        book.active.append(row)
    book.save(tmp_path / "options.xlsx")
    assert run("rank options --weights equal --directions Cost=min,Access=max")[0] == 0
    mcda.new_question(tmp_path / "ex.xlsx")
    assert "GAS" in run("rank ex --full")[1]


def test_thresholds_that_no_method_uses_are_told(run, tmp_path):
    """They stand in the table of an outranking method, and are left aside by name."""
    rows = "c,g0,g1\na1,8,17\na2,9,19\na3,5,18\nw,0.25,0.75\np,2,1.5\nq,0.5,1\n"
    (tmp_path / "out.csv").write_text(rows)
    status, out, _ = run("rank out.csv --directions max --method promethee2")
    assert status == 0 and "The thresholds of the table are used by none" in out


def test_criteria_in_rows_are_thought_of_where_directions_are_missing(run, tmp_path):
    """Nothing in such a table says which way it stands; the way out works."""
    (tmp_path / "breeds.csv").write_text("X,Devon,Dexter\nDiversity,24,22\nMarket,10,12\n")
    err = run("rank breeds.csv")[2]
    assert "where these are the options, criteria stand in rows: add --criteria rows" in err
    assert "'Diversity', 'Market'" in run("rank breeds.csv --criteria rows")[2]


def test_a_tab_between_cells_can_be_told(run, tmp_path):
    """As an error spells it, and in a word."""
    (tmp_path / "t.tsv").write_text("2,6\t5,1\n3,8\t6,4\n3,1\t0,8\n")
    err = run("rank t.tsv")[2]
    assert "--separator '\\t'" in err
    rest = "--header no --names none --weights equal --directions max"
    shown = run(rf"rank t.tsv --separator '\t' {rest}")
    assert shown[0] == 0 and shown[1] == run(f"rank t.tsv --separator tab {rest}")[1]


@pytest.mark.parametrize("method", ["topsis:vector", "VIKOR", "Promethee II", "copras"])
def test_a_search_takes_a_weight_of_a_bare_table_down_to_nothing(tmp_path, method):
    """By each textbook method, under its plain name in any case."""
    (tmp_path / "sites.csv").write_text(SITES, encoding="utf-8")
    question = mcda.problem_from(mcda.read_matrix(tmp_path / "sites.csv"), accept="all")
    weights = mcda.weights({"Kosten": 50, "Zugang": 30, "Lärm": 20}, "table")
    assert list(mcda.switching_weights(question, weights, method).table.index)


def test_the_smallest_change_spends_a_weight_whole():
    """What rounding leaves of it is no negative weight, which a textbook's method would refuse."""
    table = pd.DataFrame(
        {"cost": [12.5, 9.75, 7.2, 15.1], "reach": [8, 6, 4, 9], "green": [15, 22.5, 48, 8.0]},
        index=["A", "B", "C", "D"],
    )
    table["noise"] = [61.5, 68, 52.25, 65]
    ways = {"cost": "min", "reach": "max", "green": "max", "noise": "min"}
    ends = {"low": table * 0.9, "high": table * 1.1}
    accept = ["anchors", "sources", "units"]
    question = mcda.problem_from(table, directions=ways, accept=accept, **ends)
    stated = {"cost": 40, "reach": 30, "green": 10, "noise": 20}
    weights = mcda.weights(stated, "table")
    assert mcda.fragility(question, weights, "topsis:vector", move="weights") is not None


def test_weights_that_are_all_the_same_are_told_once(run):
    """Not 40 times as 2 or 3 of 100, as rounding makes them."""
    same = "Equal weights: all the same."
    _, out, _ = run("rank bare.csv --weights equal --directions max")
    assert f"{same} On all 2 criteria more is better." in out
    _, out, _ = run("rank bare.csv --weights equal --directions Cost=min,Access=max")
    assert f"{same} Less is better on Cost; more is better on Access." in " ".join(out.split())


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("Quality:good=3,bad=2", "or a word with a level ('good', 'bad'), found 'fair'"),
        ("Quality:good=3,bad=2", "give it a level: --levels 'Quality:WORD=NUMBER,...'"),
        ("Qualty:good=3,fair=2", "--levels: expected criteria among 'Quality', 'Cost'"),
    ],
)
def test_a_wrong_word_of_levels_names_the_option(levels, told, run, tmp_path):
    """A word of the table that has no level, and a criterion that the table hasn't."""
    (tmp_path / "words.csv").write_text("Site,Quality,Cost\nNorth,good,3\nSouth,fair,4\n")
    line = f"rank words.csv --weights equal --directions max --levels '{levels}'"
    status, _, err = run(line)
    assert status == 1 and told in err

"""The command says what it found, ends with the right status, and never shows a traceback."""

import argparse
import json
import os
import shutil
import subprocess
import sys

import pytest

import mcda
from criteria.ukraine_force.question import DATA
from mcda.cli import main
from mcda.commands.arguments.question import question_place


def run(capsys, *arguments):
    """Run the command in this process; return status, output and messages."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = stop.code
    told = capsys.readouterr()
    return status, told.out, told.err


def test_one_holder_and_method_is_a_table_with_both_answers(capsys, cooling):
    """The ranking without the floor has the one with it beside it, and says why an option is excluded."""
    status, out, err = run(
        capsys, "rank", cooling, "--holder", "Treasurer", "--method", "topsis", "--full"
    )
    assert (status, err) == (0, "")
    assert "weights of Treasurer" in out and "rank with maximum" in out and "(baseline)" in out
    assert "Excluded by it: N, Room temperature of 32 degrees C is above the most that is" in out


def test_json_is_one_document_and_nothing_else(capsys, cooling):
    """Scores, ranks, exclusions and notes arrive at full precision."""
    status, out, err = run(capsys, "rank", cooling, "--method", "topsis", "--json")
    document = json.loads(out)
    assert (status, err) == (0, "") and len(document["rankings"]) == 2
    first = document["rankings"][0]
    assert (
        first["without_floor"]["holder"] == "Visitors' council"
        and len(first["with_floor"]["excluded"]) == 2
    )
    assert first["without_floor"]["ranking"][0]["rank"] == 1


def test_all_holders_and_methods_are_an_overview(capsys, cooling):
    """Without holder and method, who leads for every holder by each method that isn't another one again, both sides."""
    status, out, _ = run(capsys, "rank", cooling, "--full")
    assert status == 0 and out.count("Treasurer") == 2 and "leads with maximum" in out
    assert out.count("neither counted nor tabled") == 1


def test_a_floor_of_the_users_own_replaces_the_proposed_one(capsys, cooling):
    """--floor sets the pass mark; what isn't a number is wrong usage."""
    _, out, _ = run(
        capsys,
        "rank",
        cooling,
        "--holder",
        "Treasurer",
        "--method",
        "additive",
        "--floor",
        "seats=40",
        "--full",
    )
    assert "Excluded by it: C, Seats of 30 seats is below the minimum of 40." in out
    assert run(capsys, "rank", cooling, "--floor", "seats=many")[0] == 2


@pytest.mark.parametrize(
    ("floors", "told"),
    [
        (["seats=40"], "With the minimum (Seats at least 40 seats):"),
        (["cost=100"], "With the maximum (Cost at most 100 EUR thousand):"),
        (["seats=40", "cost=300"], "With the limit (Seats at least 40 seats and Cost at most 300"),
        (["seats=9999"], "The minimum (Seats at least 9,999 seats) excludes every option"),
    ],
)
def test_a_floor_of_the_users_own_is_told_as_what_it_is(floors, told, capsys, cooling):
    """By its own name, number and kind, whatever the question proposes."""
    words = [word for floor in floors for word in ("--floor", floor)]
    _, out, _ = run(capsys, "rank", cooling, *words)
    assert told in " ".join(out.split())


def test_a_question_without_holders_is_ranked_with_equal_weights(capsys, cooling, tmp_path):
    """Nobody's preferences are invented: the weights are equal on the heads and say so."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    (folder / "perspectives.csv").unlink()
    shutil.rmtree(folder / "judgements")
    status, out, _ = run(capsys, "rank", folder, "--method", "additive")
    assert status == 0 and "equal weights" in out


def test_check_reports_the_evidence(capsys, cooling):
    """Coverage by kind, cells without a source, and the same as JSON."""
    status, out, _ = run(capsys, "check", cooling)
    assert (
        status == 0
        and "16 numbers: 3 fact, 6 estimate, 6 judgement, 1 assumption" in out
        and "Without a source: 1 fact, 6 judgement, 1 assumption" in out
    )
    assert json.loads(run(capsys, "check", cooling, "--json")[1])["coverage"][0] == {
        "kind": "fact",
        "cells": 3,
        "without_source": 1,
    }


def test_faults_of_the_input_end_with_status_1_and_no_output(capsys, cooling, tmp_path):
    """Every fault is listed on standard error; standard output stays empty, with --json too."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    text = (folder / "scores.csv").read_text(encoding="utf-8").replace("30,32,34", "a,b,34")
    (folder / "scores.csv").write_text(text, encoding="utf-8")
    for more in ([], ["--json"]):
        status, out, err = run(capsys, "rank", folder, *more)
        assert (
            (status, out) == (1, "")
            and "column 'low'" in err
            and "column 'mode'" in err
            and "Traceback" not in err
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rank", "no_such_question"], "no folder, workbook or package"),
        (["rank", "os.path"], "no folder, workbook or package"),
        (["rank", "QUESTION", "--holder", "Nobody"], "holder 'Nobody'"),
        (["rank", "QUESTION", "--method", "topsy"], "expected one of 'additive', 'topsis'"),
        (["rank", "QUESTION", "--method", "pymcdm:COPRAS"], "COPRAS"),
        (["rank", "QUESTION", "--method", "topsis", "--p", "0.5"], "exponent p"),
        (["report", "QUESTION", "--to", "odt"], "expected one of 'html', 'pdf', 'docx'"),
        (["rnk", "QUESTION"], "invalid choice: 'rnk'"),
        (["help", "rnk"], "did you mean 'rank'?"),
        (["rank"], "usage: mcda rank QUESTION [OPTION ...]"),
    ],
)
def test_wrong_usage_ends_with_status_2(capsys, cooling, arguments, message):
    """A name that isn't there is answered with the names that are."""
    given = [str(cooling) if argument == "QUESTION" else argument for argument in arguments]
    status, out, err = run(capsys, *given)
    assert (status, out) == (2, "") and message in err


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_alone_it_shows_its_commands(capsys, arguments):
    """To ask what there is isn't wrong usage."""
    status, out, err = run(capsys, *arguments)
    assert (status, err) == (0, "") and "challenge" in out and "COMMAND" in out


def test_the_help_of_a_command_and_the_version(capsys):
    """`mcda help rank` is `mcda rank --help`."""
    status, out, _ = run(capsys, "help", "rank")
    assert status == 0 and "--chart FILE" in out
    assert out == run(capsys, "rank", "--help")[1]
    assert run(capsys, "--version")[1].startswith("mcda 0.")


@pytest.mark.parametrize("name", ["Treasurer", "treasurer", " TREASURER "])
def test_a_holder_is_known_by_name_or_id_in_any_case(capsys, cooling, name):
    """As the sheet has them; one of nobody is answered with who may be meant."""
    expected = run(capsys, "weights", cooling, "--holder", "Treasurer")
    assert run(capsys, "weights", cooling, "--holder", name) == expected
    ids = {
        row.text("holder_id")
        for row in mcda.read_sheets(cooling).rows("perspectives")
        if row.text("holder") == "Treasurer"
    }
    assert run(capsys, "weights", cooling, "--holder", ids.pop().lower()) == expected
    status, _, err = run(capsys, "weights", cooling, "--holder", "Tresurer")
    assert status == 2 and "did you mean 'Treasurer'?" in err


def test_a_challenge_is_of_the_first_holder_where_none_is_named(capsys, cooling):
    """As the other commands take it."""
    _, out, _ = run(capsys, "challenge", cooling, "-n", "200", "--json")
    assert json.loads(out)["holder"] == "Visitors' council"


def test_all_commands_that_draw_have_the_same_defaults():
    """One number of draws and one seed, told in one place."""
    from mcda.cli import _parser

    for command in ("robust", "challenge", "figures", "report"):
        given = _parser(command)[0].parse_args([command, "question"])
        # none given: as many as the size of a question allows, at most 100,000
        assert (given.draws, given.seed) == (None, 2025), command


def test_how_much_a_file_may_hold_is_told_on_the_command_line(capsys, cooling):
    """Less or more of what a stranger's file may hold, for any command that reads a question."""
    check = ("check", str(cooling), "--limit", "cells=10")
    status, _, err = run(capsys, *check)
    assert status == 1 and "at most 10 cells" in err
    assert run(capsys, *check, "--limit", "cells=2000000")[0] == 0
    status, _, err = run(capsys, *check, "--limit", "rows=10")
    assert status == 2 and "expected NAME=N, NAME one of 'file_bytes'" in err


def test_names_reach_the_terminal_without_steering_it(capsys, cooling, tmp_path):
    """An escape sequence in a label is written out."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    text = (
        (folder / "options.csv")
        .read_text(encoding="utf-8")
        .replace("Lecture hall", "\x1b[31mLecture")
    )
    (folder / "options.csv").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "rank", folder, "--holder", "Treasurer", "--method", "additive")
    assert "\x1b" not in out and "\\x1b[31mLecture" in out


def test_a_console_without_utf_8_is_no_error(cooling):
    """The accent of a label is written as an escape where the console can't show it."""
    command = [
        sys.executable,
        "-m",
        "mcda",
        "rank",
        str(cooling),
        "--holder",
        "Treasurer",
        "--method",
        "additive",
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "Caf\\xe9" in done.stdout


def test_where_a_question_lies_is_found_without_reading_it(tmp_path, cooling):
    """A log is kept beside a workbook; to find the place reads none of its cells; a path to nothing is refused."""
    book = tmp_path / "heating.xlsx"
    book.write_bytes(b"not read")
    parser, place = argparse.ArgumentParser(), argparse.Namespace
    assert question_place(place(question=str(book)), parser) == book
    assert question_place(place(question=str(cooling)), parser) == cooling
    with pytest.raises(mcda.InputError, match="found nothing there"):
        question_place(place(question=str(tmp_path / "nothing.xlsx")), parser)


def test_contradictory_judgements_are_told_by_every_command_that_reads_them(capsys, tmp_path):
    """The sheet, the ratio and the triad stand on standard error; the ranking that rests on them repeats it."""
    folder = shutil.copytree(DATA, tmp_path / "question")
    judged = folder / "judgements" / "STK05.csv"
    heads = ["C1", "C2", "C3", "C4", "C5"]
    pairs = [(a, b) for k, a in enumerate(heads) for b in heads[k + 1 :]]
    rows = [f"{a},{b},{'1/9' if (a, b) == ('C1', 'C3') else 3}" for a, b in pairs]
    judged.write_text("\n".join(["first,second,ratio", *rows]) + "\n", encoding="utf-8")
    status, out, err = run(capsys, "rank", folder, "--json", "--method", "ahp")
    alarms = [
        note
        for one in json.loads(out)["rankings"]
        for note in one["without_floor"]["notes"]
        if "above" in note
    ]
    assert (
        status == 0
        and len(alarms) == 1
        and "most on 'C1', 'C2' and 'C3': 'C1' to 'C3' was judged 0.111" in alarms[0]
    )
    assert f"mcda: judgements/{judged.name}: {alarms[0]}\n" in err
    assert f"mcda: judgements/{judged.name}: {alarms[0]}\n" in run(capsys, "check", folder)[2]
    with pytest.warns(mcda.AssumptionWarning, match=f"judgements/{judged.name}: .*above 0.10"):
        mcda.open_question(folder)


@pytest.mark.parametrize("name", ["__init__", "os", "_hidden", "no_such"])
def test_a_name_is_that_of_a_question_package_or_of_nothing(name, capsys):
    """What else Python could import under criteria/ is no question."""
    with pytest.raises(SystemExit) as ended:
        main(["rank", name])
    assert ended.value.code == 2
    assert "no folder, workbook or package under criteria/ has this name" in capsys.readouterr().err

"""Every sheet is read into checked types when the question is read: a bad cell is named alone, whatever reads it."""

import csv
import io
import shutil
import sys

import pytest

import mcda
from criteria import ukraine_force
from mcda.cli import main

UKRAINE = [
    ("judgements/STK07.csv", 11, "ratio", "1e16", "a ratio from 1/9 to 9"),
    ("judgements/STK07.csv", 11, "ratio", "101", "a ratio from 1/9 to 9"),
    ("judgements/STK07.csv", 10, "ratio", "", "a ratio such as 3, found an empty cell"),
    ("local_weights.csv", 5, "weight", "1e308", "a number from 0 to 100, found 1e+308"),
    ("local_weights.csv", 6, "holder", "nobody", "found 'nobody'"),
    ("scenarios.csv", 8, "effect_low", "50 %", "'50 %', a percentage"),
    ("scenarios.csv", 15, "effect_mode", "#N/A", "'#N/A', a formula's error"),
    ("scenarios.csv", 19, "prob_low", "$5", "found '$5'"),
    ("scenarios.csv", 19, "prob_high", "101", "a number from 0 to 100, found 101"),
    ("scenarios.csv", 19, "effect_low", "-inf", "found '-inf'"),
    ("scenarios.csv", 19, "effect_type", "1/2", "one of 'mult', 'add', 'none', found '1/2'"),
    ("scenarios.csv", 19, "effect_type", "", "one of 'mult', 'add', 'none', found ''"),
    ("options.csv", 3, "size_mode", "<b>1</b>", "found '<b>1</b>'"),
    ("contributors.csv", 3, "max_contribution_mode", "TRUE", "found 'TRUE'"),
    ("contributors.csv", 3, "max_contribution_mode", "-5", "a number from 0 to 1000000, found -5"),
    ("cost_model.csv", 3, "base_thousand", "5..", "found '5..'"),
    ("claims.csv", 3, "low", "2025-01-02", "'2025-01-02', a date"),
    ("judgements/STK07.csv", 11, "kind", "rumour", "'assumption', found 'rumour'"),
    ("perspectives.csv", 3, "kind", "rumour", "'assumption', found 'rumour'"),
    ("correlations.csv", 2, "rank_correlation", "-6", "a number from -1 to 1, found -6"),
    ("criteria.csv", 3, "local_weight", "a lot", "found 'a lot'"),
]


def spoil(folder, sheet, row, column, text):
    """Write a text into one cell of a question's folder, by the number of its row and the name of its column."""
    path = folder / sheet
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[row - 1][rows[0].index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture
def ukraine(tmp_path):
    """A copy of a large question's folder."""
    return shutil.copytree(ukraine_force.DATA, tmp_path / "q")


@pytest.fixture
def small(tmp_path):
    """The worked example as a folder."""
    main(["new", str(tmp_path / "small")])
    return tmp_path / "small"


@pytest.mark.parametrize(("sheet", "row", "column", "text", "told"), UKRAINE)
def test_a_cell_that_is_not_what_its_column_holds_is_named_alone(
    ukraine, sheet, row, column, text, told
):
    """File, row, column, what was expected and found, in one line; no other cell of the column is called at fault."""
    spoil(ukraine, sheet, row, column, text)
    with pytest.raises(mcda.InputError) as refused:
        mcda.open_question(ukraine)
    (fault,) = refused.value.faults
    assert (
        str(fault).startswith(f"{sheet} row {row}")
        and f"column '{column}'" in str(fault)
        and told in str(fault)
    )
    assert "\n" not in str(fault) and "\\n" not in str(fault)


def test_faults_of_several_sheets_are_told_at_once(ukraine):
    """One fault in each of four sheets, read by four parts of the engine: one list."""
    for sheet, row, column, text, _ in (UKRAINE[0], UKRAINE[3], UKRAINE[5], UKRAINE[13]):
        spoil(ukraine, sheet, row, column, text)
    with pytest.raises(mcda.InputError) as refused:
        mcda.open_question(ukraine)
    assert sorted(str(fault).split(" row")[0] for fault in refused.value.faults) == [
        "contributors.csv",
        "judgements/STK07.csv",
        "local_weights.csv",
        "scenarios.csv",
    ]


@pytest.mark.parametrize("command", ["check", "rank", "robust", "challenge", "report", "weights"])
@pytest.mark.parametrize(("column", "text"), [("effect_type", "bogus"), ("effect_mode", "#N/A")])
def test_every_command_ends_with_1_on_a_bad_scenario(
    small, tmp_path, capsys, command, column, text
):
    """Whether or not the command needs the scenarios: nothing is skipped, nothing is written."""
    spoil(small, "scenarios.csv", 3, column, text)
    extra = {
        "challenge": ["--holder", "Resident's panel"],
        "report": ["--out", str(tmp_path / "out"), "--draws", "0"],
    }
    assert main([command, str(small), *extra.get(command, [])]) == 1
    printed = capsys.readouterr()
    assert (
        f"scenarios.csv row 3: column '{column}': expected" in printed.err
        and f"'{text}'" in printed.err
    )
    assert "skipped" not in printed.out + printed.err and not (tmp_path / "out").exists()


def test_a_table_that_no_form_declares_keeps_its_texts(small):
    """Only columns that end in _low, _mode or _high, and hold a number somewhere, must be numbers throughout."""
    (small / "rooms.csv").write_text(
        "id,traffic_high,area_low\nA,bad,1\nB,good,2\n", encoding="utf-8"
    )
    assert mcda.read_problem(small).tables["rooms"]["traffic_high"].tolist() == ["bad", "good"]
    spoil(small, "rooms.csv", 3, "area_low", "two")
    with pytest.raises(
        mcda.InputError,
        match=r"rooms.csv row 3: column 'area_low': expected a number .* found 'two'",
    ):
        mcda.read_problem(small)


def test_a_question_declares_the_types_of_its_own_tables(small):
    """Bounds, cells that must be filled, columns that must be there, and keys; what it adds to options as well."""
    (small / "rooms.csv").write_text("id,seats\nA,12\nB,\nA,-1\n", encoding="utf-8")
    forms = (
        mcda.Form(
            "rooms", "", (mcda.Column("seats", holds=mcda.Number(0, 50), filled=True),), key=("id",)
        ),
    )
    with pytest.raises(mcda.InputError) as refused:
        mcda.read_problem(small, forms=forms)
    told = [str(fault) for fault in refused.value.faults]
    assert [line.split(":")[0] for line in told] == [
        "rooms.csv row 3",
        "rooms.csv row 4",
        "rooms.csv row 4",
    ]
    assert "expected a number from 0 to 50, found -1" in told[2]
    needed = (mcda.Form("rooms", "", (mcda.Column("area", required=True),)),)
    with pytest.raises(mcda.InputError, match=r"rooms.csv: expected a column 'area'"):
        mcda.read_problem(small, forms=needed)


def test_local_weights_that_miss_their_whole_are_told(ukraine, small, capsys):
    """Kyiv's weights below one head sum to 0.6: told with the sum; ratios such as 3 and 1 are no shares of anything."""
    assert main(["check", str(ukraine)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "local weights" in line]
    assert told[0] == (
        "mcda: local_weights.csv, 'Kyiv' below 'C5': a sum of local weights of 0.6 was read as the whole: "
        "each counts as its share"
    )
    assert main(["check", str(small)]) == 0
    assert "local weights" not in capsys.readouterr().err


def test_bad_input_met_in_a_part_of_a_challenge_is_no_skipped_part(cooling_question, monkeypatch):
    """A part is left out for the form of the method alone: any other fault stops the whole challenge."""
    problem, holders = cooling_question
    stated = next(iter(holders.values()))
    refused = mcda.InputError(mcda.Fault("scenarios.csv row 3", "a number", "'bogus'"))

    def fail(*given, **named):
        raise refused

    monkeypatch.setattr(sys.modules["mcda.sensitivity.challenge"], "fragility", fail)
    with pytest.raises(mcda.InputError, match="found 'bogus'"):
        mcda.challenge(problem, stated, "additive", n=100, seed=1)


def test_a_format_that_cannot_be_made_is_told_and_the_others_are_written(
    small, tmp_path, monkeypatch, capsys
):
    """The PDF fails: page and Word file stand, the fault names the PDF, the status is 1."""
    from mcda.reporting.writers import report as document

    def fail(made):
        raise RuntimeError("the codepoint U+F0B7")

    monkeypatch.setitem(document.WRITERS, "pdf", fail)
    assert main(["report", str(small), "--draws", "0", "--out", str(tmp_path / "out")]) == 1
    assert (
        "report.pdf: expected a file, found none, RuntimeError: the codepoint U+F0B7"
        in capsys.readouterr().err
    )
    assert sorted(path.name for path in (tmp_path / "out").glob("report.*")) == [
        "report.docx",
        "report.html",
    ]

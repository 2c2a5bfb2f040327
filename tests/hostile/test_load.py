"""A question with more of everything than is shown goes through every command, and each says what it left out."""

import json
import runpy
from pathlib import Path

import openpyxl
import pytest

from mcda.checks import of_many
from mcda.cli import main
from mcda.reporting.writers import result_files

LOAD = Path(__file__).parents[2] / "benchmarks" / "load.py"
MANY = {"options": 41, "leaves": 18, "holders": 41, "futures": 4, "sources": 60}


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    """Its folder: selections of its measures are too many to count, and its tables too long for a sheet."""
    folder = tmp_path_factory.mktemp("load") / "q"
    runpy.run_path(str(LOAD))["write_question"](folder, **MANY)
    return folder


@pytest.fixture
def bounded(monkeypatch):
    """The bounds of a question many times as large."""
    monkeypatch.setattr(of_many, "SCORED", 2_000 * 41 * 18 * 12)
    monkeypatch.setattr(result_files, "IN_A_SHEET", 5_000)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("check", "judgement"),
        ("rank --method topsis", "Option number"),
        ("robust", "1,000 draws instead of 100,000"),
        ("challenge -n 100", "Of 41 holders the first 12 stand in the multiverse"),
        ("structure -n 100", "2,000 selections of the measures were drawn"),
    ],
)
def test_every_command_ends_and_says_what_it_bounds(question, bounded, capsys, command, told):
    """In seconds, with status 0."""
    name, *more = command.split()
    assert main([name, str(question), *more]) == 0
    said = capsys.readouterr()
    assert told in " ".join((said.out + said.err).split())


@pytest.mark.slow
def test_a_report_ends_is_small_and_says_what_it_bounds(question, bounded, tmp_path):
    """Page, tables and manifest; what a sheet leaves out stands in a table."""
    out = tmp_path / "out"
    words = ["--to", "html", "--draws", "100", "--method", "additive", "--out", str(out)]
    assert main(["report", str(question), *words]) == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert len(page) < 5_000_000
    assert "2,000 selections of the measures were drawn for each holder" in page
    first = openpyxl.load_workbook(out / "results.xlsx")["rank acceptability"]["A1"].value
    assert first.startswith("Below are the first") and first.endswith("rank_acceptability.csv.")
    rows = (out / "tables" / "rank_acceptability.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + MANY["options"] * MANY["holders"]
    assert json.loads((out / "manifest.json").read_bytes())

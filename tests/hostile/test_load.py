"""A question with more of everything than is shown goes through every command, and each says what it left out."""

import runpy
from pathlib import Path

import pytest

from mcda.checks import of_many
from mcda.cli import main

LOAD = Path(__file__).parents[2] / "benchmarks" / "load.py"
MANY = {"options": 41, "leaves": 18, "holders": 41, "futures": 4, "sources": 60}


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    """Its folder; selections of its measures are too many to count."""
    folder = tmp_path_factory.mktemp("load") / "q"
    runpy.run_path(str(LOAD))["write_question"](folder, **MANY)
    return folder


@pytest.fixture
def bounded(monkeypatch):
    """The bounds of a question many times as large."""
    monkeypatch.setattr(of_many, "SCORED", 2_000 * 41 * 18 * 12)


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

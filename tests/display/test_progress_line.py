"""A command that takes long says so, on a terminal alone, in one line that leaves nothing behind."""

import time

import pytest

from mcda.cli import main
from mcda.display import progress_line
from mcda.reporting.terminal.lines import tell


@pytest.fixture
def watched(monkeypatch):
    """Let standard error be a terminal whose reader has little patience."""
    monkeypatch.setattr(progress_line, "is_watched", lambda: True)
    monkeypatch.setattr(progress_line, "PATIENCE", 0.02)


def test_a_long_command_tells_that_it_is_at_work(watched, capsys):
    """With what is worked on, and for how long; at the end the line is clear."""
    with progress_line.at_work("mcda rank"):
        progress_line.begin_step("drawing")
        time.sleep(0.2)
    told = capsys.readouterr().err
    assert f"{progress_line.CLEARED}mcda rank, drawing: 0 s" in told
    assert told.endswith(progress_line.CLEARED)


def test_what_tells_its_own_progress_is_not_written_over(watched, monkeypatch, capsys):
    """A count of draws tells more than the seconds."""
    monkeypatch.setattr(progress_line, "PATIENCE", 5.0)
    with progress_line.at_work("mcda robust"):
        progress_line.write_over("50% of 1,000 draws")
    told = capsys.readouterr().err
    assert "50% of 1,000 draws" in told and "mcda robust" not in told


def test_a_message_clears_the_line_first(watched, capsys):
    """So that it begins at the margin."""
    progress_line.write_over("10%")
    tell("written: out.csv")
    assert f"10%{progress_line.CLEARED}mcda: written: out.csv\n" in capsys.readouterr().err


def test_nothing_is_told_where_nobody_watches(capsys, monkeypatch):
    """A file or a pipe gets results and messages alone."""
    monkeypatch.setattr(progress_line, "PATIENCE", 0.02)
    with progress_line.at_work("mcda rank"):
        time.sleep(0.1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["check", "methods"])
def test_every_command_has_it(command, watched, monkeypatch, tmp_path, capsys):
    """It is put round all commands in one place."""
    table = tmp_path / "t.csv"
    table.write_text("Option,a,b\nx,1,2\ny,2,1\nweights,1,1\ndirection,max,max\n")
    begun = []
    monkeypatch.setattr("mcda.cli.at_work", lambda what: begun.append(what) or _nothing())
    assert main([command] if command == "methods" else [command, str(table)]) == 0
    assert begun == [f"mcda {command}"]


def _nothing():
    from contextlib import nullcontext

    return nullcontext()

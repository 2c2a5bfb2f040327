"""How a command ends: one line, the right status, no traceback, whatever stops it."""

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

import mcda
from mcda import cli
from mcda.checks.faults import Fault
from mcda.cli import main

COMMAND = [sys.executable, "-m", "mcda"]
posix = pytest.mark.skipif(os.name != "posix", reason="of the devices and signals of POSIX")
STOPS = {
    "disk": (OSError(errno.ENOSPC, "No space left on device", "a.pdf"), 3, "a.pdf: No space left"),
    "permission": (PermissionError(errno.EACCES, "Permission denied", "x"), 3, "x: Permission"),
    "missing": (FileNotFoundError(errno.ENOENT, "No such file or directory", "x"), 1, "x: No such"),
    "memory": (MemoryError(), 3, "no more memory"),
    "depth": (RecursionError("maximum depth"), 1, "nested too deeply"),
    "keyboard": (KeyboardInterrupt(), 130, "interrupted"),
    "reader": (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
    "input": (mcda.InputError(Fault("a", "b", "c")), 1, "a: expected b, found c"),
    "itself": (AttributeError("'x' has no 'y'"), 3, "the toolkit itself failed (AttributeError"),
}


@pytest.mark.parametrize("stop", STOPS)
def test_each_stop_ends_in_a_line_and_a_status_of_its_own(monkeypatch, capsys, stop):
    """1 the input, 3 the machine, 130 the keyboard; a reader that went away is no fault."""
    error, status, told = STOPS[stop]

    def stopped(words):
        raise error

    monkeypatch.setattr(cli, "_run", stopped)
    assert main(["methods"]) == status
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == bool(told)
    assert "Traceback" not in said


@posix
@pytest.mark.parametrize("words", ["methods", "--version", "rank --help", "help log"])
@pytest.mark.parametrize("stdout", ["/dev/full", "closed"])
def test_what_cannot_be_printed_is_said(stdout, words):
    """A full disk behind standard output, or none at all: both end with 3."""
    redirected = ">&-" if stdout == "closed" else f"> {stdout}"
    line = f'"{sys.executable}" -m mcda {words} {redirected}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 3 and done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


@posix
def test_a_reader_that_went_away_is_no_fault():
    """`mcda methods | true` is quiet."""
    line = f'("{sys.executable}" -m mcda methods; echo $? >&2) | true'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.stderr.strip() in ("0", "")


def as_from_a_keyboard():
    """Let a process hear the signal of the keyboard, which those started in the background ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_the_keyboard_stops_a_command_with_one_line():
    """While it waits for a long count, which begins after the first line it says."""
    words = ["robust", "ukraine_force", "-n", "50000000", "--holder", "Paris"]
    process = subprocess.Popen(
        [*COMMAND, *words], stderr=subprocess.PIPE, text=True, preexec_fn=as_from_a_keyboard
    )
    try:
        assert "counted as that end" in process.stderr.readline()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "interrupted" in told and "Traceback" not in told


@pytest.mark.parametrize("given", ["yesterday", "-1", "9" * 30, "१", "4354819200", "99999999999"])
def test_a_time_that_is_none_is_told(monkeypatch, given):
    """The variable by its name, with the way out."""
    from mcda.reporting.study.environment import moment

    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(mcda.InputError, match="SOURCE_DATE_EPOCH: expected whole seconds"):
        moment()


@pytest.mark.parametrize(
    "content", ["a." * 20_000 + "b = 1", "a = " + "[" * 50_000, f"a = {'9' * 5000}", "a = \x00"]
)
def test_a_frame_without_end_is_told_by_name(tmp_path, capsys, content):
    """Dots, brackets or digits without end."""
    question = mcda.new_question(tmp_path / "q")
    (question / "question.toml").write_text(content, encoding="utf-8")
    assert main(["check", str(question)]) == 1
    assert "question.toml" in capsys.readouterr().err


@posix
def test_a_name_that_is_no_text_can_be_read_and_reported(tmp_path):
    """Bytes of another alphabet in a folder's name are written out."""
    place = os.path.join(os.fsencode(tmp_path), b"q\xff")
    mcda.new_question(tmp_path / "q").rename(os.fsdecode(place))
    done = subprocess.run([*COMMAND, "rank", place, "--json"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    words = ["report", place, "--to", "html", "--draws", "0", "--out", str(tmp_path / "out")]
    done = subprocess.run([*COMMAND, *words], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_bad_clock_of_the_environment_ends_every_command_before_a_package_reads_it(
    monkeypatch, capsys
):
    """One of numpy's modules turns it into a number while it is imported."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "abc")
    assert main(["methods"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("mcda: SOURCE_DATE_EPOCH: expected whole seconds since 1970")


@posix
def test_a_workbook_that_the_disk_has_no_room_for_ends_as_any_file(tmp_path):
    """The writer of its sheets has errors of its own, and fails a second time when it is let go."""
    code = (
        "import resource, signal, sys\n"
        "from mcda.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "sys.exit(main(['new', 'big.xlsx']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 3
    told = done.stderr.strip().splitlines()
    assert told == ["mcda: a temporary file: File too large; nothing was left half written"]
    assert list(tmp_path.iterdir()) == []

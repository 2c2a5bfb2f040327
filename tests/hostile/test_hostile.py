"""A short leg of `make fuzz`: nothing but a sentence comes out of a reader, nothing half out of a writer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


def run(*words):
    """Run the script, and return its status and its lines."""
    command = [sys.executable, str(RUN), "--quick", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("only", ["one thing", "bytes"])
def test_changed_files_are_read_told_or_refused_by_name(only):
    """Some of everything happens, and nothing else."""
    status, told = run("--only", only)
    assert status == 0, told
    assert "refused by name" in told and re.search(r" \d+ read", told)


@pytest.mark.skipif(os.name != "posix", reason="a process is copied as POSIX does")
def test_killed_writers_leave_nothing_half():
    """Each next run works, and none of what a killed one wrote is in its way."""
    status, told = run("--only", "killed")
    assert status == 0, told
    assert "20 stopped in the middle" in told
    assert re.search(r"[2-9]\d all whole", told)


def test_the_run_can_fail():
    """A reader that lets an error through, and one that is silent, are counted as faults."""
    code = (
        f"import sys; sys.path.insert(0, {str(RUN.parent)!r})\n"
        "from cells import Change, ended\n"
        "def broken(place): raise KeyError('x')\n"
        "change = Change('scores.csv', 'row 2', 'mode', 'about 5')\n"
        "print(ended(None, change, broken)); print(ended(None, change, lambda place: []))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first.startswith("ERROR KeyError") and second.startswith("UNSAID")

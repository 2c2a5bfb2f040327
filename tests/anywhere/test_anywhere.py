"""What is shown is the same on another machine: the fast leg of `make anywhere`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
def test_a_plain_processor_shows_the_same():
    """Searches, a notebook, ranks and what would change the answer: line by line, with other last bits."""
    command = [sys.executable, str(HERE / "run.py"), "--quick", "--leg", "plain processor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    compared = re.search(r"plain processor, one thread: passed; (\d+) lines", done.stdout)
    assert compared and int(compared[1]) > 500, done.stdout


def test_a_command_that_fails_is_not_compared():
    """A status that isn't 0 ends the run with the command and its complaint, however alike two machines fail."""
    command = [
        sys.executable,
        str(HERE / "shown.py"),
        "--command",
        "rank ukraine_force --holder Nobody",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Nobody" in done.stderr and not done.stdout

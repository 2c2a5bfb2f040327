"""What is shown is the same on another machine: the fast leg of `make anywhere`."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_processor_without_wide_vectors_shows_the_same():
    """Notebook 03, ranks, weights and what would change the answer: line by line, with other last bits."""
    runner = Path(__file__).with_name("run.py")
    command = [sys.executable, str(runner), "--quick", "--leg", "Prescott, numpy without AVX2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout and "0 lines" not in done.stdout.splitlines()[0]

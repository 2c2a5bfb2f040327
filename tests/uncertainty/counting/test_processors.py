"""The processors that a run may use."""

import os
import subprocess
import sys

import pytest

ASK = "from mcda.uncertainty.counting.processors import processors; print(processors())"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="systems that leave all of them")
def test_a_process_that_is_left_one_uses_one():
    """However many the machine has."""
    one = min(os.sched_getaffinity(0))
    lines = f"import os; os.sched_setaffinity(0, [{one}]); {ASK}"
    told = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert told.stdout == "1\n"

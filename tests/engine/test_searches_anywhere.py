"""What a search shows is the same under another processor's kernels, vector instructions and number of threads."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]


def features():
    """The vector instructions that numpy would use here beyond the least it needs: what can be taken from it."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


def test_searches_show_the_same_on_another_machine():
    """Prescott's kernels on one thread without vector instructions, beside this machine as it is."""
    told = []
    for machine in ({}, {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1",
                         "NPY_DISABLE_CPU_FEATURES": features()}):  # fmt: skip
        run = subprocess.run([sys.executable, "tests/anywhere/searches.py"], cwd=ROOT, capture_output=True, text=True,
                             env={**os.environ, "PYTHONPATH": str(ROOT), **machine}, check=True)  # fmt: skip
        told.append(run.stdout.splitlines())
    assert len(told[0]) > 50 and told[0] == told[1], np.setdiff1d(*told)

"""Mixed-integer programs are solved in silence: a document on standard output stays whole."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import scipy.optimize

import mcda
from mcda.sampling.integer_programs import integer_program

SOLVE = scipy.optimize.milp


def noisy(*args, **asked):
    """The solver of a release of scipy that writes lines of its own."""
    os.write(1, b"tmpSolver.run();\n")
    return SOLVE(*args, **asked)


def test_what_the_solver_writes_is_lost(capfd, monkeypatch):
    """Nothing of it reaches the terminal, whoever asks; what Python prints around it does."""
    monkeypatch.setattr(scipy.optimize, "milp", noisy)
    cost = np.array([1.0, -2.0])
    bounds = scipy.optimize.Bounds(0, 1)
    print("before", flush=True)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: integer_program(cost, bounds=bounds).fun, range(20)))
    print("after", flush=True)
    assert found == [-2.0] * 20
    assert capfd.readouterr().out == "before\nafter\n"


def test_nobody_else_calls_the_solver():
    """There is one door to it."""
    folder = Path(mcda.__file__).parent
    calls = [path.name for path in folder.rglob("*.py") if "milp(" in path.read_text("utf-8")]
    assert calls == ["integer_programs.py"]

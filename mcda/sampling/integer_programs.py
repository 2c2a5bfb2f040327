"""Mixed-integer programs, solved without a word on the terminal."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.sampling.quiet import quiet


def integer_program(cost: np.ndarray, **asked: Any) -> Any:
    """Return what `scipy.optimize.milp` finds; its solver writes nothing to standard output.

    >>> found = integer_program(np.array([1.0, 2.0]), integrality=np.ones(2))
    >>> found.x.tolist()
    [0.0, 0.0]
    """
    from scipy.optimize import milp

    with quiet():
        return milp(cost, **asked)

"""The best and the worst rank of an option over all values that keep some statements."""

from __future__ import annotations

import numpy as np

from mcda.preferences.from_statements.room import Room
from mcda.sampling.integer_programs import integer_program

AHEAD = 1e-5  # an option that is ahead by less is level: above what a mixed integer program leaves


def rank_range(room: Room, options: np.ndarray, option: int) -> tuple[int, int]:
    """Return the best and the worst rank of an option of rows (m, n), by two mixed integer programs.

    Ties share the better rank. Source: Kadzinski, Greco and Slowinski (2012), Extreme ranking
    analysis in robust ordinal regression.

    >>> rank_range(Room((), 2), np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]]), 2)
    (2, 3)
    """
    others = np.delete(options, option, axis=0) - options[option]
    if not len(others):
        return 1, 1
    ahead = np.eye(len(others))
    # an option that is ahead counts: at best as few as can be, ...
    fewest = _count(room, np.hstack([others, -ahead]), np.full(len(others), AHEAD), 1.0)
    # ... and at worst as many as can be that are ahead clearly
    clearly = np.hstack([-others, (1 + AHEAD) * ahead])
    most = _count(room, clearly, np.ones(len(others)), -1.0)
    return 1 + fewest, 1 + most


def _count(room: Room, rows: np.ndarray, limits: np.ndarray, sign: float) -> int:
    """Return how many marks, which stand behind the parts in each row, are set at least or most."""
    from scipy.optimize import Bounds, LinearConstraint

    marks = rows.shape[1] - room.size
    within = np.vstack([np.hstack([room.rows, np.zeros((len(room.rows), marks))]), rows])
    most = np.r_[np.zeros(len(room.rows)), limits]
    equal = np.vstack([np.ones(room.size), room.equal])
    equal = np.hstack([equal, np.zeros((len(equal), marks))])
    sums = np.append(1.0, np.zeros(len(room.equal)))
    solution = integer_program(
        np.r_[np.zeros(room.size), np.full(marks, sign)],
        integrality=np.r_[np.zeros(room.size), np.ones(marks)],
        bounds=Bounds(0.0, 1.0),
        constraints=[
            LinearConstraint(within, -np.inf, most),
            LinearConstraint(equal, sums, sums),
        ],
        # there always is an answer; what simplifies the problem in scipy 1.13 denies some
        options={"presolve": False},
    )
    return int(np.count_nonzero(solution.x[room.size :] > 0.5))

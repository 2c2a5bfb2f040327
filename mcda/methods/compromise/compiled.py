"""Compiled loops for very large tables: the extents of criteria, and closeness of order 2.

They give what numpy's steps in `blocks` and `topsis` give, but for the order in which squares are
added. Imported only where a table repays the compiler's start.
"""

from __future__ import annotations

import math

from numba import njit


@njit(error_model="numpy", nogil=True, cache=True)
def add_extents(tables, top, bottom, squares):
    """Update largest, smallest and sum of squares (tables, n) with the rows of (tables, m, n)."""
    for t in range(tables.shape[0]):
        for i in range(tables.shape[1]):
            for j in range(tables.shape[2]):
                number = tables[t, i, j]
                top[t, j] = max(top[t, j], number)
                bottom[t, j] = min(bottom[t, j], number)
                squares[t, j] += number * number


@njit(error_model="numpy", nogil=True, cache=True)
def write_closeness(tables, worst, factors, reach, scores):
    """Write closeness (scores, m).

    It is that of each table under its weights, of one table under many, or of many under one.
    """
    for s in range(scores.shape[0]):
        t = min(s, tables.shape[0] - 1)
        w = min(s, factors.shape[0] - 1)
        for i in range(scores.shape[1]):
            near = 0.0
            far = 0.0
            for j in range(tables.shape[2]):
                gap = (tables[t, i, j] - worst[t, j]) * factors[w, j]
                far += gap * gap
                gap -= reach[w, j]
                near += gap * gap
            to_worst = math.sqrt(far)
            scores[s, i] = to_worst / (math.sqrt(near) + to_worst)

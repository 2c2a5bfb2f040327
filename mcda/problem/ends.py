"""Numbers beyond the end anchors of their scales: the cell, the end, and a likely slip of unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.problem.screening import check_problem
from mcda.problem.value_scales import Scale

ENDS = ("low", "mode", "high")
COLUMNS = ("option", "criterion", "end", "number", "guess")
# times the larger anchor: from there on a unit is doubted even if no other number of the cell
# gives a reason to
FAR = 10.0
# factors between the units that are mistaken for each other: thousands, percent, millions
SLIPS = (1e-3, 1e3, 1e-2, 1e2, 1e-6, 1e6)


def beyond_ends(problem: Problem) -> pd.DataFrame:
    """Return a row for every low, mode and high that lies beyond an end anchor of its scale.

    Such a number gets the value of the end anchor.

    Parameters
    ----------
    problem : Problem
        The question.

    Returns
    -------
    pandas.DataFrame
        Columns option, criterion, end ("low", "mode" or "high"), number (in the unit of the
        criterion), and guess: what a typed number would be in thousands of the unit or in percent,
        if that lies on the scale (NaN if it doesn't, and for what a formula gives).

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> beyond_ends(ukraine_force.problem()).iloc[2].tolist()[:3]
    ['OPT06', 'C1.2', 'mode']
    """
    check_problem(problem)
    rows = []
    for (option, key), row in ranges(problem).iterrows():
        leaf = problem.criterion(key)
        if leaf.role:  # what an option is otherwise is told of the option that happens then
            continue
        numbers = [float(row[end]) for end in ENDS]
        for end, number in zip(ENDS, numbers, strict=True):
            if leaf.scale is not None and leaf.scale.beyond(np.array(number)):
                # nobody typed what a formula gives, so no unit was mistaken there
                guess = np.nan if leaf.derived else likely(number, numbers, leaf.scale)
                rows.append((option, key, end, number, guess))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def likely(number: float, cell: Sequence[float], scale: Scale) -> float:
    """Return a number beyond the scale in the unit that was likely meant; NaN where none fits.

    Of the slips of unit that bring it onto the scale, the one counts that brings it nearest to the
    cell's other numbers there, and only if it brings it nearer to them; where no other lies on the
    scale, the number must be ten times larger than the anchors, or ten times smaller.

    >>> round(likely(89_000.0, [300.0, 400.0, 89_000.0], Scale((900.0, 200.0), (0.0, 1.0))), 6)
    890.0
    """
    fits = [number * slip for slip in SLIPS if not scale.beyond(np.array(number * slip))]
    others = [one for one in cell if one and not scale.beyond(np.array(one))]
    sizes = [abs(anchor) for anchor in scale.anchors]
    far = abs(number) >= FAR * max(sizes) or FAR * abs(number) <= min(sizes)
    if number == 0 or not (others or far):
        return float("nan")
    ends = (
        min([number, *fits], key=lambda fit: _apart(fit, others))
        if others
        else next(iter(fits), number)
    )
    return float("nan") if ends == number else ends


def _apart(number: float, others: Sequence[float]) -> float:
    """Return the log of the factor between a number and the nearest other one of its sign."""
    return min(
        (abs(np.log(number / other)) for other in others if number / other > 0), default=np.inf
    )

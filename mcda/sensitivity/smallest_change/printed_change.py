"""How the numbers of a change are printed.

They are rounded past the change, so that all of them set as printed still make it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.problem.thresholds import Threshold, past, shown_end, threshold
from mcda.sensitivity.smallest_change.moves import stated_weights
from mcda.sensitivity.switching.lead_along_a_cell import Board


def thresholds_of(on: Board, changes: pd.DataFrame, then: str) -> list[Threshold]:
    """Return a threshold for each row of the changes of a `Fragility`.

    After all of them together `then` leads.
    """
    if not len(changes):
        return []

    def answer(numbers: list[float]) -> str:
        lead = on.lead(_scores(on, changes, np.array(numbers)))[0]
        return "" if lead[on.leaders].all() else on.names(lead)

    before, after = (changes[end].tolist() for end in ("before", "after"))
    ends = [row.high if row.after > row.before else row.low for row in changes.itertuples()]
    if len(changes) == 1:
        end = shown_end(before[0], ends[0])
        return [threshold(before[0], after[0], lambda number: answer([number]), end, then)]
    return past(before, after, ends, answer, then)


def _scores(on: Board, changes: pd.DataFrame, numbers: np.ndarray) -> np.ndarray:
    """Return the scores (1, m) with what the changes name at numbers (rows,).

    All else stays as it is.
    """
    weighed = (changes["kind"] == "weight").to_numpy()
    tops, local = stated_weights(on.case, on.problem)
    points = tops["mode"].copy()
    points[changes["criterion"][weighed].tolist()] = numbers[weighed]
    weights = (
        points.to_numpy(float) @ local / points.sum()
        if weighed.any() and points.sum() > 0
        else None
    )
    cells = [
        (
            int(on.problem.options.index.get_loc(row.option)),
            int(on.problem.performance.columns.get_loc(row.criterion)),
        )
        for row in changes[~weighed].itertuples()
    ]
    return on.with_cells(cells, numbers[~weighed][None], weights)

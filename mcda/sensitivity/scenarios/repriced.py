"""What is computed from events in a future: its costs and chances have changed, so it is computed again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from mcda.problem.chances import OTHERWISE
from mcda.problem.estimates import Drawn
from mcda.problem.events.events import Changed
from mcda.problem.events.expected_losses import Priced
from mcda.problem.model import Problem

Repriced = Callable[[Problem, Drawn, Changed], np.ndarray]
"""(problem, drawn, changed) -> performances (k, m) where costs and chances have changed."""


def repriced(problem: Problem) -> dict[int, Repriced]:
    """Return how each leaf that is computed from events is computed in futures, by its column.

    Where options may fail to happen, so is what it is otherwise.
    """
    columns = {leaf.key: at for at, leaf in enumerate(problem.leaves)}
    places = problem.whole.options.index.get_indexer(problem.options.index)
    priced: dict[int, Repriced] = {}
    for leaf in problem.leaves:
        if not isinstance(leaf.measure, Priced):
            continue
        priced[columns[leaf.key]] = partial(_priced, leaf.measure, places)
        otherwise = columns.get(f"{leaf.key} {OTHERWISE}")
        if otherwise is not None:
            named = [problem.fallbacks.get(option, option) for option in problem.options.index]
            fallbacks = problem.whole.options.index.get_indexer(named)
            priced[otherwise] = partial(_priced, leaf.measure, fallbacks)
    return priced


def _priced(
    measure: Priced, places: np.ndarray, problem: Problem, drawn: Drawn, changed: Changed
) -> np.ndarray:
    """Return what a measure gives (k, m) for the options of the whole question at some places."""
    whole = problem.whole
    table = measure.where(whole, drawn, changed)
    return np.broadcast_to(table, (*table.shape[:-1], len(whole.options)))[..., places]

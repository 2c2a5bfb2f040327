"""Cells with a best estimate far from their mean.

A bent formula at the best estimates is not its mean over their ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from mcda.problem.estimates import Drawn
from mcda.problem.model import Criterion, Problem
from mcda.problem.over_ranges.drawn_formulas import drawn_formulas
from mcda.problem.over_ranges.estimate_sampler import Drawing
from mcda.problem.over_ranges.widening import widened
from mcda.problem.screening import check_problem
from mcda.sampling.correlation import correlations
from mcda.sampling.streams import runs

WORTH = 0.02  # of value, the band within which a difference of scores is no finding
SEED = 2025  # stated, so that everybody reads the same table
AT_ONCE = 2_048  # draws whose formulas are worked out together: what they make stays in the cache
DRAWS = 32_000  # the mean of numbers in percent then has a standard error below 0.3
COLUMNS = ("option", "criterion", "best", "mean", "error", "worth")


def bent_cells(problem: Problem, *, n: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return the derived cells that their formula puts far from their mean.

    A cell is listed if its value at the best estimates and at the mean over n draws differ by more
    than 0.02. One with a gap within a few standard errors of 0.02 is decided by the draws of the
    stated seed.

    Parameters
    ----------
    problem : Problem
        The question.
    n : int
        Number of draws.
    seed : int
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        Columns option, criterion, best (the formula at the best estimates), mean and error (its
        standard error), all in the unit of the criterion, and worth (the gap in value, 0 to 1).

    Raises
    ------
    InputError
        If `problem` is no `Problem`, or seed or n no whole number.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> found = bent_cells(ukraine_force.problem()).set_index(["criterion", "option"])
    >>> found.loc[("C3.2", "OPT08"), ["best", "mean"]].round().tolist()
    [100.0, 74.0]
    """
    check_problem(problem)
    table = _table(problem.whole, n, seed)
    cells = table[table["option"].isin(problem.options.index)]
    return cells.reset_index(drop=True)


@lru_cache(maxsize=8)  # a ranking behind each floor, and by each method, asks for the same table
def _table(problem: Problem, n: int, seed: int) -> pd.DataFrame:
    leaves = [leaf for leaf in problem.leaves if leaf.derived and not leaf.role]
    rows: list[tuple[str, str, float, float, float, float]] = []
    if leaves:
        drawn = _drawn(problem, leaves, n, seed)
        for leaf, table in zip(leaves, drawn, strict=True):
            rows += _gaps(problem, leaf, table)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(COLUMNS[2:], float))


def _drawn(problem: Problem, leaves: Sequence[Criterion], n: int, seed: int) -> list[np.ndarray]:
    """Return n draws (n, m) of derived leaves, each as every analysis draws it."""
    estimates, _ = widened(problem.widening, problem.estimates, problem.sources)
    varying = tuple(key for key in estimates if estimates[key].varies)
    formulas = drawn_formulas(problem, seed, varying)
    known = formulas.known(0, n)
    missing = [leaf for leaf in leaves if leaf.key not in known]
    if missing:
        together = correlations(problem.tables.get("correlations"), estimates, varying)
        drawing = Drawing(estimates, seed, varying, together)
        known |= _measured(problem, missing, drawing, n)
        for leaf in missing:
            formulas.keep(leaf.key, 0, known[leaf.key])
    # row by row: a mean is then rounded alike whoever has drawn
    return [np.ascontiguousarray(known[leaf.key].T) for leaf in leaves]


def _measured(
    problem: Problem, leaves: Sequence[Criterion], drawing: Drawing, n: int
) -> dict[str, np.ndarray]:
    """Return n draws (m, n) of leaves by key; only estimates behind them are drawn."""
    behind = drawing.only(set().union(*(problem.reads[leaf.key] for leaf in leaves)))
    names = Drawn(behind.estimates, np.zeros(len(behind.estimates)))
    tables = {leaf.key: np.empty((len(problem.options), n)) for leaf in leaves}
    for first, count in runs(0, n, AT_ONCE):
        drawn = names.over(behind.numbers(first, count).T)
        for leaf in leaves:
            tables[leaf.key][:, first : first + count].T[...] = leaf.measured(problem, drawn)
    return tables


def _gaps(
    problem: Problem, leaf: Criterion, drawn: np.ndarray
) -> list[tuple[str, str, float, float, float, float]]:
    """Return a row for each option with a notable gap on a leaf, from performances (draws, m)."""
    best = problem.performance[leaf.key].to_numpy()
    means = drawn.mean(axis=0)
    errors = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    values = (
        np.abs(leaf.scale.value(best) - leaf.scale.value(means))
        if leaf.scale
        else np.zeros(len(best))
    )
    return [
        (problem.options.index[at], leaf.key, best[at], means[at], errors[at], values[at])
        for at in np.flatnonzero(values > WORTH)
    ]

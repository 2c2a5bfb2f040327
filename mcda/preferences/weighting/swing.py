"""Swing weighting: the worth of moving from a worst to a best anchor that the holder sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mcda.checks.arguments import check_named
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.significant_digits import plain
from mcda.preferences.weighting.stated import Weights, level_of, weights
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem

MOST = 100.0  # points of the most wanted swing


def swing_questions(problem: Problem, heads: bool = False) -> pd.DataFrame:
    """Return what to ask a holder: a row for each leaf, with its swing and question.

    Parameters
    ----------
    problem : Problem
        The question.
    heads : bool
        Ask for each top criterion instead.

    Returns
    -------
    pandas.DataFrame
        Columns label, swing (worst to best anchor with unit; for a head, those of all its leaves)
        and question.

    Raises
    ------
    InputError
        If `problem` is no `Problem`.

    References
    ----------
    von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, ch. 8. HM
    Treasury (2022), The Green Book, supplementary guidance.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> swing_questions(ukraine_force.problem()).loc["C2.1", "swing"]
    'Yearly running cost from 40 to 0 EUR bn per year'
    """
    check_problem(problem)
    criteria = problem.tops if heads else problem.leaves
    swings = [_swing(problem, criterion) for criterion in criteria]
    rows = [
        f"Suppose everything stands at its worst. The swing you want most earns {plain(MOST)} "
        f"points. How many does this one earn, 0 if you don't care: {swing}?"
        for swing in swings
    ]
    labels = [criterion.label for criterion in criteria]
    return pd.DataFrame(
        {"label": labels, "swing": swings, "question": rows},
        index=[criterion.key for criterion in criteria],
    )


def swing(problem: Problem, points: Mapping[str, float], holder: str, **about: Any) -> Weights:
    """Return the weights of a holder's answers to `swing_questions`.

    The anchors that were shown stay with the weights: if one moves, the weights are stale, and
    ranking with them says so.

    Parameters
    ----------
    problem : Problem
        The question.
    points : mapping of str to float
        For leaves or for top criteria, all of one level: from 0 (the holder doesn't care) to 100
        (the most wanted swing).
    holder : str
        The name of the holder.
    **about
        Any further field of `Weights`.

    Returns
    -------
    Weights
        Over the criteria that were asked for.

    Raises
    ------
    InputError
        For a missing or unknown criterion, points out of range, or no swing at 100.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> points = {"C1": 100, "C2": 40, "C3": 40, "C4": 20, "C5": 0}
    >>> swing(ukraine_force.problem(), points, "panel").values.round(3).tolist()
    [0.5, 0.2, 0.2, 0.1, 0.0]
    """
    where = f"swing points of '{holder}'"
    check_named(points, where)
    level = level_of(problem, points.keys())
    refuse(
        [
            *(
                Fault(
                    where,
                    f"points for '{key}'",
                    "none",
                    "state 0 for a swing the holder doesn't care about",
                )
                for key in level
                if key not in points
            ),
            *(
                Fault(where, f"criteria among {known(level)}", f"'{key}'")
                for key in points
                if key not in level
            ),
        ]
    )
    seen = {leaf.key: ends(leaf) for leaf in problem.leaves}
    stated = weights(
        {key: points[key] for key in level}, holder, method="swing", anchors=seen, **about
    )
    refuse(
        Fault(f"{where} on '{key}'", f"0 to {plain(MOST)}", plain(one))
        for key, one in stated.raw.items()
        if one > MOST
    )
    if stated.raw.max() != MOST:
        largest = f"{plain(stated.raw.max())} at most"
        raise InputError(
            Fault(
                where,
                f"{plain(MOST)} for the swing that is wanted most",
                largest,
                "scale the points, so that the others are told against it",
            )
        )
    return stated


def ends(leaf: Criterion) -> tuple[float, float]:
    """Return the worst and the best anchor of a leaf."""
    if leaf.scale is None:
        raise InputError(Fault(f"criterion '{leaf.key}'", "a leaf", "a head"))
    return leaf.scale.anchors[0], leaf.scale.anchors[-1]


def _swing(problem: Problem, asked: Criterion) -> str:
    if asked.scale is None:
        children = problem.children(asked.key)
        return f"{asked.label} ({'; '.join(_swing(problem, child) for child in children)})"
    worst, best = ends(asked)
    words = asked.scale.words
    meant = f", that is from '{words[0]}' to '{words[-1]}'" if words else ""
    return f"{asked.label} from {plain(worst)} to {plain(best)} {asked.unit}{meant}"

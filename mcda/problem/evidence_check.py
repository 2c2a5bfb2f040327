"""The state of a question's evidence: coverage, sources, disagreements, numbers off scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import pandas as pd

from mcda.problem.ends import beyond_ends
from mcda.problem.estimates import KINDS, Estimate
from mcda.problem.events.expected_losses import read_for_events
from mcda.problem.events.priced_twice import priced_twice
from mcda.problem.model import Frame, Problem
from mcda.problem.over_ranges.means import SEED, bent_cells
from mcda.problem.ranges import ranges
from mcda.problem.screening import check_problem, ruled_out

MATERIAL = 0.05  # of the distance between the end anchors: a smaller difference is no finding

UNASKED = ("notes", "language")  # fields of the frame that may well be blank


@dataclass(frozen=True, eq=False)
class Check:
    """What an auditor asks of the evidence before any ranking.

    Every table is labelled, and empty if there is nothing to report.

    Attributes
    ----------
    problem : Problem
        The question.
    coverage : pandas.DataFrame
        Number of cells of the performance table by kind, and of those without a source.
    inputs : pandas.DataFrame
        The same for the estimates behind derived cells.
    disagreements : pandas.DataFrame
        Derived cells that differ from what an analyst typed for them.
    bent : pandas.DataFrame
        Derived cells with a best estimate far from their mean (`bent_cells`).
    beyond_anchors : pandas.DataFrame
        Every low, best estimate and high beyond its scale (`beyond_ends`).
    events : pandas.DataFrame
        Events that count twice in a shape of the question, as a loss and by a weighed leaf that is
        their chance, and events that no criterion is computed from (`priced_twice`).
    screened_out : pandas.DataFrame
        Options that were considered and ruled out, and aren't ranked (`ruled_out`).
    unused : tuple of str
        Estimates that no measure and no event reads.
    missing : tuple of str
        Fields of the frame that are blank.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> check(ukraine_force.problem()).coverage.columns.tolist()
    ['cells', 'without_source']
    """

    problem: Problem
    coverage: pd.DataFrame
    inputs: pd.DataFrame
    disagreements: pd.DataFrame
    bent: pd.DataFrame
    beyond_anchors: pd.DataFrame
    events: pd.DataFrame
    screened_out: pd.DataFrame
    unused: tuple[str, ...]
    missing: tuple[str, ...]


def check(problem: Problem, *, seed: int = SEED) -> Check:
    """Return the state of a question's evidence.

    The ids of sources were resolved when the question was read.

    Parameters
    ----------
    problem : Problem
        The question.
    seed : int
        Of the draws over which the mean of a derived cell is taken.

    Returns
    -------
    Check
        Tables of coverage, disagreements and numbers beyond their scales.

    Raises
    ------
    InputError
        If `problem` is no `Problem`, or the seed no whole number.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> check(ukraine_force.problem()).coverage["cells"].to_dict()["derived"]
    44
    """
    check_problem(problem)
    cells = [
        _cell(problem, leaf.key, option)
        for option in problem.options.index
        for leaf in problem.leaves
    ]
    read = set().union(*problem.reads.values())
    asked = read | read_for_events(problem)
    if problem.parts:
        asked |= set(problem.parts.estimates())
    leaves = _leaves(problem)
    shared = [
        problem.estimates[key]
        for key in problem.estimates
        if key in read and key.partition("/")[0] not in leaves
    ]
    return Check(
        problem,
        _coverage(cells),
        _coverage((estimate.kind, bool(estimate.sources)) for estimate in shared),
        disagreements(problem),
        bent_cells(problem, seed=seed),
        beyond_ends(problem),
        priced_twice(problem),
        ruled_out(problem),
        tuple(key for key in problem.estimates if key not in asked),
        tuple(
            entry.name
            for entry in fields(Frame)
            if entry.name not in UNASKED and not getattr(problem.frame, entry.name)
        ),
    )


def _leaves(problem: Problem) -> set[str]:
    return {leaf.key for leaf in problem.leaves}


def _cell(problem: Problem, leaf: str, option: str) -> tuple[str, bool]:
    """Return the kind of a cell and whether anything behind it has a source."""
    return problem.kind(leaf, option), any(
        estimate.sources for estimate in problem.inputs(leaf, option)
    )


def _coverage(cells: Iterable[tuple[str, bool]]) -> pd.DataFrame:
    table = pd.DataFrame(list(cells), columns=["kind", "sourced"])
    counts = {kind: table[table["kind"] == kind] for kind in KINDS}
    rows = {
        kind: (len(held), int((~held["sourced"].astype(bool)).sum()))
        for kind, held in counts.items()
    }
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["cells", "without_source"]
    ).rename_axis("kind")


def disagreements(problem: Problem) -> pd.DataFrame:
    """Return the derived cells with a range that differs from the one an analyst typed for them.

    An end (or the mode) differs when it is further off than 5% of the distance between the end
    anchors. `finding` says in words what differs most. The derived range is used; the analyst's is
    kept for comparison.

    >>> from criteria import ukraine_force
    >>> disagreements(ukraine_force.problem()).loc[("OPT06", "C3.2"), "finding"]
    "the ranges don't meet"
    """
    typed = problem.tables.get("scores", pd.DataFrame())
    derived = [leaf.key for leaf in problem.leaves if leaf.derived]
    columns = ["low", "mode", "high", "analyst_low", "analyst_mode", "analyst_high", "finding"]
    if typed.empty or not derived:
        return pd.DataFrame(
            columns=columns,
            index=pd.MultiIndex.from_arrays([[], []], names=["option", "criterion"]),
        )
    analyst = typed[typed["criterion"].isin(derived)].set_index(["option", "criterion"])[
        ["low", "mode", "high"]
    ]
    both = ranges(problem).join(analyst.add_prefix("analyst_"), how="inner")
    both["finding"] = [_finding(problem, row) for row in both.itertuples()]
    return both[both["finding"] != ""]


def _finding(problem: Problem, row: object) -> str:
    low = row.low  # type: ignore[attr-defined]
    mode = row.mode  # type: ignore[attr-defined]
    high = row.high  # type: ignore[attr-defined]
    their_low = row.analyst_low  # type: ignore[attr-defined]
    their_mode = row.analyst_mode  # type: ignore[attr-defined]
    their_high = row.analyst_high  # type: ignore[attr-defined]
    scale = problem.criterion(row.Index[1]).scale  # type: ignore[attr-defined]
    span = abs(scale.anchors[-1] - scale.anchors[0]) * MATERIAL if scale else 0.0
    if high < their_low or low > their_high:
        return "the ranges don't meet"
    if not their_low - 1e-9 <= mode <= their_high + 1e-9:
        return "the derived best estimate lies outside the analyst's range"
    if abs(mode - their_mode) > span:
        return "the best estimates differ"
    if abs(low - their_low) > span or abs(high - their_high) > span:
        return (
            "the derived range is wider"
            if low <= their_low and high >= their_high
            else "the ranges end elsewhere"
        )
    return ""


def sources_of(problem: Problem, inputs: Iterable[Estimate]) -> tuple[str, ...]:
    """Return the ids of the sources behind some estimates, each once, in the question's order."""
    named = {source for estimate in inputs for source in estimate.sources}
    return tuple(source for source in problem.sources if source in named)

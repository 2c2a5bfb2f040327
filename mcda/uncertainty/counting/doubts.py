"""Can sums be those of a run? What must hold of them, whoever wrote them down."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mcda.checks.faults import known
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.tally import MANY, SHARE, SHARED, Tally


def first_doubt(counts: Tally, job: Job) -> str:
    """Return why sums can't be those of a run of this job; blank where nothing speaks against it."""
    return (
        next(_of_the_form(counts, job), "") or next(_of_the_ranks(counts, job), "") or _rest(counts)
    )


def _of_the_form(counts: Tally, job: Job) -> Iterator[str]:
    form = count(job, 0, 1).sums
    if set(counts.sums) != set(form):
        yield f"sums named {known(sorted(counts.sums))}"
        return
    for name, sums in counts.sums.items():
        if sums.shape != form[name].shape or sums.dtype != form[name].dtype:
            yield f"'{name}' of the shape {sums.shape} and the type {sums.dtype}"


def _of_the_ranks(counts: Tally, job: Job) -> Iterator[str]:
    """Go through what is wrong with the ranks: every option has one in each draw, and every rank an option."""
    ranks = counts.sums["ranks"]
    shares = counts.draws * SHARE
    if ranks.min(initial=0) < 0 or (ranks.sum(axis=-1) != shares).any():
        yield f"ranks of an option that don't add up to {counts.draws:,} draws"
    each_by_itself = len(job.kept) <= MANY and job.ties == SHARED
    if each_by_itself and (ranks.sum(axis=-2) != shares).any():
        yield f"options at a rank that don't add up to {counts.draws:,} draws"


def _rest(counts: Tally) -> str:
    """Return what is wrong with the sums of wins, floors and squares."""
    none = np.zeros((1, 1), dtype=np.int64)
    wins = counts.sums.get("wins", none)
    both_ways = wins + np.swapaxes(wins, -1, -2)
    if wins.min(initial=0) < 0 or both_ways.max(initial=0) > counts.draws:
        return f"options ahead of each other in more than {counts.draws:,} draws"
    passes = counts.sums["passes"]
    if passes.min(initial=0) < 0 or passes.max(initial=0) > counts.draws:
        return f"a floor that is passed in more than {counts.draws:,} draws"
    squares = (counts.sums["squares"], counts.sums["score_squares"])
    return (
        "a sum of squares below nought"
        if any(square.min(initial=0) < 0 for square in squares)
        else ""
    )

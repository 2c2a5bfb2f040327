"""Break-even losses: from which loss on one option's expected bill is below another's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, NotApplicable
from mcda.problem.estimates import Drawn
from mcda.problem.events.events import Event
from mcda.problem.model import Problem
from mcda.problem.thresholds import threshold
from mcda.sensitivity.events.bills import bills_of
from mcda.sentences.catalogue import told

COLUMNS = ("event", "option", "against", "break_even", "told", "cheaper_now", "cheaper_in")
NOISE = 1e-12  # relative: slopes that differ by less are equal
CHEAPER = "cheaper"
LITTLE = 1e-6  # of a size, by which it is passed to see that the bills have crossed
# how the sentence is called that tells a threshold of a size which grows from 0
SIDES = {"rises to": "break_even.from", "rises just above": "break_even.above"}
Row: TypeAlias = tuple[str, str, str, float, str, bool, float]


def break_evens(problem: Problem, bills: np.ndarray) -> pd.DataFrame:
    """Return for each event and each pair of options the loss from which on one is cheaper.

    Columns: event; option, whose expected bill grows less with the loss, and against, the other;
    break_even (the loss at which both bills are equal; blank where none does); told (the side of
    it and the number, rounded so that option is cheaper at the number as printed); cheaper_now
    (whether it is at the best estimates); cheaper_in (in what share of draws, bills (n, m)). Other
    events are held at their best estimates. An event with a gain has the size of the gain in told.
    An event with losses of options' own has no row: no one number could be moved.
    """
    rows: list[Row] = []
    for event in problem.events:
        if event.shared_loss:
            rows += _of_event(problem, event, event.shared_loss, bills)
    return pd.DataFrame(rows, columns=list(COLUMNS))


class Moved:
    """The expected bills of all options as the size of one event's loss, or gain, is moved."""

    def __init__(self, problem: Problem, key: str) -> None:
        self.problem = problem
        self.names = Drawn(problem.estimates, problem.modes)
        self.at = problem.position[key]
        self.now = float(problem.modes[self.at])
        self.sign = -1.0 if self.now < 0 else 1.0
        scale = abs(self.now) or 1.0
        self.start, end = self.bills(np.array([0.0, scale]))
        self.slopes = (end - self.start) / scale

    def bills(self, sizes: np.ndarray) -> np.ndarray:
        """Return the expected bills (k, m) at sizes (k,), all else at the best estimates."""
        numbers = np.repeat(self.problem.modes[None], len(sizes), axis=0)
        numbers[:, self.at] = self.sign * sizes
        return bills_of(self.problem, self.names.over(numbers)).expected

    def ordered(self, one: int, other: int) -> tuple[int, int]:
        """Return two options, first the one whose bill grows less with the size."""
        if self.is_parallel(one, other):
            return (other, one) if self.start[other] < self.start[one] else (one, other)
        return (other, one) if self.slopes[other] < self.slopes[one] else (one, other)

    def is_parallel(self, one: int, other: int) -> bool:
        """Say whether both bills grow alike, so that no size tells them apart."""
        larger = max(abs(self.slopes[one]), abs(self.slopes[other]))
        return bool(abs(self.slopes[one] - self.slopes[other]) <= NOISE * larger)

    def crossing(self, one: int, other: int) -> float:
        """Return the size at which both bills are equal; blank where they grow alike."""
        if self.is_parallel(one, other):
            return np.nan
        gap = self.start[one] - self.start[other]
        size = float(gap / (self.slopes[other] - self.slopes[one]))
        return (
            float(f"{size:.12g}") + 0.0
        )  # without the last bits of a sum: 145, not 145.00000000000003


def bills_over_losses(problem: Problem, event: Event, sizes: np.ndarray) -> pd.DataFrame:
    """Return the expected bills (sizes x options) as the loss from one event is of each size.

    The event has one loss in money for all options; all else is at the best estimates. Of an event
    with a gain, sizes are those of the gain.
    """
    if not event.shared_loss:
        raise NotApplicable(
            Fault(f"event '{event.key}'", "one loss in money for all options", "another")
        )
    moved = Moved(problem, event.shared_loss)
    return pd.DataFrame(
        moved.bills(sizes), index=pd.Index(sizes, name="loss"), columns=problem.options.index
    )


def _of_event(problem: Problem, event: Event, key: str, bills: np.ndarray) -> Iterator[Row]:
    """Go through the rows of an event, a pair of options each."""
    moved = Moved(problem, key)
    ids = list(problem.options.index)
    pairs = [moved.ordered(one, other) for one, other in combinations(range(len(ids)), 2)]
    now = moved.bills(np.array([abs(moved.now)]))[0]
    for one, other in pairs:
        crossing = moved.crossing(one, other)
        number = moved.sign * crossing if crossing >= 0 else np.nan
        share = float((bills[:, one] < bills[:, other]).mean())
        cheaper = bool(now[one] < now[other])
        size = _size_from_which(moved, one, other, crossing)
        yield (event.key, ids[one], ids[other], number, size, cheaper, share)


def _size_from_which(moved: Moved, one: int, other: int, crossing: float) -> str:
    """Return from which size on the first of two options is cheaper, as it is printed.

    Blank where the bills don't bear it out: the loss then acts on something else as well.
    """
    if not crossing >= 0:
        is_less = moved.start[one] < moved.start[other]
        key = "break_even.any" if is_less else "break_even.equal"
        return told(key)

    def answer(size: float) -> str:
        return CHEAPER if size > crossing else ""

    below = -NOISE * (abs(moved.now) or 1.0)  # a size at which nothing has crossed
    beyond = math.nextafter(crossing, math.inf)
    turn = threshold(below, beyond, answer, 2 * crossing + 1, CHEAPER)
    size = turn.number
    if size <= crossing:
        size += LITTLE * max(size, abs(moved.now))
    bill = moved.bills(np.array([size]))[0]
    if bill[one] >= bill[other]:
        return ""
    return told(SIDES[turn.relation], size=turn.shown)

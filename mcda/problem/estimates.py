"""What a number rests on: its range, its kind and its sources."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import pairwise, product
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_numbers, check_several, check_texts, check_tuples
from mcda.checks.faults import Fault, known, refuse
from mcda.checks.significant_digits import plain
from mcda.sampling.distributions import (
    BOUNDED,
    BOUNDS,
    CENTRAL_90,
    COUNTED,
    DISTRIBUTIONS,
    PIECES,
    POINTED,
    UNBOUNDED,
    bounds,
    central,
    coverage,
)

KINDS = ("fact", "estimate", "statement", "derived", "judgement", "assumption")
ROUNDED = 0.01  # how far a share that was typed may be from that of its counts: 14.7 for 14.706
# the grades of the Admiralty system, of a source and of what it says; the last of each is for what
# can't be judged
RELIABILITY = "ABCDEF"
CREDIBILITY = "123456"


@dataclass(frozen=True)
class Source:
    """Where a number comes from, with its Admiralty grade.

    The grade has two parts, judged separately and never merged into a number: F and 6 mean that the
    source can't be judged, not that it is the worst.

    Parameters
    ----------
    id : str
        The name by which estimates refer to it.
    title, publisher, author, date, url : str
        What a reader needs to find it.
    reliability : str
        Of the source, "A" (completely reliable) to "F"; blank if ungraded.
    credibility : str
        Of what it says, "1" (confirmed) to "6"; blank if ungraded.
    note : str
        Anything a reader of the source should know.

    Raises
    ------
    InputError
        For a blank id, or a grade outside the Admiralty system.

    Examples
    --------
    >>> Source("S1", title="Budget 2025", reliability="A", credibility="1").grade
    'A1'
    """

    id: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    reliability: str = ""
    credibility: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a blank id and grades outside the Admiralty system; no grade is allowed."""
        check_texts("source", **vars(self))
        faults = [] if self.id.strip() else [Fault("source", "an id", repr(self.id))]
        for name, letters in (("reliability", RELIABILITY), ("credibility", CREDIBILITY)):
            grade = getattr(self, name)
            if grade and (len(grade) != 1 or grade not in letters):
                faults.append(
                    Fault(
                        f"source '{self.id}', {name}",
                        f"one of {letters[0]} to {letters[-1]}",
                        repr(grade),
                    )
                )
        refuse(faults)

    @property
    def grade(self) -> str:
        """Reliability and credibility, as in "B2"; "ungraded" where either is missing."""
        return (
            self.reliability + self.credibility
            if self.reliability and self.credibility
            else "ungraded"
        )


@dataclass(frozen=True)
class Estimate:
    """A number with its range: low <= mode <= high.

    Parameters
    ----------
    key : str
        Its name; the judged cell of a leaf and an option has the key "leaf/option".
    low, mode, high : float
        The range and the best estimate, in `unit`.
    unit : str
        The unit of all three.
    distribution : str
        "triangular", "pert", "uniform", "normal", "lognormal", "discrete" (points with chances),
        "sample" (points, all equally likely), "pieces" (spread evenly between points, as experts'
        pooled answers are), "beta" (a share known from counts) or "fixed" (the mode). The shape of
        a normal, a log-normal and a uniform comes from low and high alone: the mode is then only
        the best estimate.
    kind : str
        "fact", "estimate", "statement", "derived", "judgement" or "assumption".
    sources : tuple of str
        Ids of sources.
    as_of, rationale : str
        The date of the number and the reason for it.
    interval : str
        What low and high are: "bounds", or quantiles such as "5-95%" and "2.5-97.5%", which the
        distribution is then fitted to. A normal and a log-normal have no bounds.
    points, chances : tuple of float
        The values of a discrete one, of a sample, and the ends of the pieces of one in pieces; and
        the chances of a discrete one or of each piece, which sum to 1.
    counts : tuple of float
        The events and the cases of a beta. The number is the share of events, in percent of the
        cases, or in events, whichever the mode is. The shape comes from the counts alone: low and
        high are what readers see.

    Raises
    ------
    InputError
        With every fault: no key, numbers out of order or not finite, an unknown kind or
        distribution, points or counts that don't fit the distribution.

    Examples
    --------
    >>> Estimate("unit_cost", 0.10, 0.25, 0.60, unit="EUR m per person-year", kind="estimate").mode
    0.25
    """

    key: str
    low: float
    mode: float
    high: float
    unit: str = ""
    distribution: str = "triangular"
    kind: str = "judgement"
    sources: tuple[str, ...] = ()
    as_of: str = ""
    rationale: str = ""
    interval: str = ""
    points: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()
    counts: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a blank key, numbers out of order or not finite, and unknown kinds."""
        where = f"estimate '{self.key}'"
        texts = ("key", "unit", "distribution", "kind", "as_of", "rationale", "interval")
        check_texts(where, **{name: getattr(self, name) for name in texts})
        check_numbers(where, low=self.low, mode=self.mode, high=self.high)
        check_tuples(where, str, "ids of sources", sources=self.sources)
        listed = {"points": self.points, "chances": self.chances, "counts": self.counts}
        check_tuples(where, Real, "numbers", **listed)
        faults = [] if self.key.strip() else [Fault("estimate", "a key", repr(self.key))]
        ends = f"{self.low}, {self.mode}, {self.high}"
        if not all(math.isfinite(number) for number in (self.low, self.mode, self.high)):
            faults.append(Fault(where, "finite low, mode and high", ends))
        elif not self.low <= self.mode <= self.high:
            faults.append(Fault(where, "low <= mode <= high", ends, "put them in order"))
        for what, names in (("kind", KINDS), ("distribution", DISTRIBUTIONS)):
            if getattr(self, what) not in names:
                faults.append(
                    Fault(f"{where}, {what}", f"one of {known(names)}", repr(getattr(self, what)))
                )
        refuse(faults or [*_interval_faults(self), *_point_faults(self), *_count_faults(self)])

    @property
    def low_and_high_are(self) -> str:
        """What low and high mean: "bounds", or quantiles such as "5-95%"."""
        return self.interval or (CENTRAL_90 if self.distribution in UNBOUNDED else BOUNDS)

    @property
    def ends(self) -> tuple[float, float]:
        """The low and high that it is drawn with: bounds, or the 5% and 95% quantiles."""
        stated = coverage(self.low_and_high_are)
        if stated and self.distribution in BOUNDED:
            return bounds(self.distribution, self.low, self.mode, self.high, *stated)
        if stated and self.distribution in UNBOUNDED and self.low_and_high_are != CENTRAL_90:
            return central(self.distribution, self.low, self.high, *stated)
        return self.low, self.high

    @property
    def scale(self) -> float:
        """The factor of a beta's share: 1, 100 for percent, or the cases; NaN if none fits."""
        events, cases = self.counts
        near = [
            scale
            for scale in (1.0, 100.0, cases)
            if abs(self.mode / scale * cases / events - 1) <= ROUNDED
        ]
        return near[0] if near else math.nan

    @property
    def varies(self) -> bool:
        """Whether a draw of it can differ from another."""
        return self.distribution != "fixed" and (self.low < self.high or len(set(self.points)) > 1)


def _interval_faults(estimate: Estimate) -> list[Fault]:
    where = f"estimate '{estimate.key}'"
    faults = []
    if estimate.interval not in ("", BOUNDS) and not coverage(estimate.interval):
        remedy = "two quantiles with the median between them"
        expected = f"one of {known((BOUNDS, CENTRAL_90))} or another such range"
        faults.append(Fault(f"{where}, interval", expected, repr(estimate.interval), remedy))
    if estimate.distribution in UNBOUNDED and estimate.interval == BOUNDS:
        remedy = 'write "5-95%", or choose another distribution'
        faults.append(
            Fault(
                f"{where}, interval",
                f'"{CENTRAL_90}": a {estimate.distribution} has no bounds',
                '"bounds"',
                remedy,
            )
        )
    if estimate.distribution == "lognormal" and estimate.low <= 0:
        faults.append(Fault(f"{where}, low", "above 0 for a log-normal", plain(estimate.low)))
    if not faults and estimate.distribution in BOUNDED and math.isnan(estimate.ends[0]):
        expected = f"quantiles that a {estimate.distribution} with this mode can have"
        faults.append(
            Fault(
                f"{where}, interval",
                expected,
                repr(estimate.interval),
                "choose another distribution",
            )
        )
    return faults


def _count_faults(estimate: Estimate) -> list[Fault]:
    where = f"estimate '{estimate.key}', counts"
    counts = estimate.counts
    if estimate.distribution != COUNTED:
        return (
            [Fault(where, f"none for a {estimate.distribution}", f"{len(counts)}")]
            if counts
            else []
        )
    if len(counts) != 2 or not 0 < counts[0] < counts[1] < math.inf:
        numbers = " of ".join(plain(count) for count in counts) or "none"
        remedy = (
            "of 0 events, or of nothing else, no share is known: "
            "add 0.5 to both sides (Jeffreys), and say so"
        )
        return [Fault(where, "events and cases, such as 20 of 136", numbers, remedy)]
    if math.isnan(estimate.scale):
        events, cases = counts
        share = plain(events / cases, 4)
        expected = f"the counts' share {share}, the same in percent, or {plain(events)} events"
        return [Fault(f"estimate '{estimate.key}', mode", expected, plain(estimate.mode))]
    return []


def _point_faults(estimate: Estimate) -> list[Fault]:
    where = f"estimate '{estimate.key}'"
    points = estimate.points
    if estimate.distribution == PIECES:
        return _piece_faults(estimate)
    if estimate.distribution not in POINTED:
        expected = f"none for a {estimate.distribution}"
        return [Fault(f"{where}, points", expected, f"{len(points)}")] if points else []
    if not points:
        return [Fault(f"{where}, points", "at least one", "none", 'such as "0:0.4; 5:0.6"')]
    outside = [point for point in points if not estimate.low <= point <= estimate.high]
    expected = "numbers from low to high"
    faults = [Fault(f"{where}, points", expected, plain(point)) for point in outside]
    return faults + _chance_faults(estimate)


def _chance_faults(estimate: Estimate) -> list[Fault]:
    """Return what is wrong with the chances of points; those of a sample have none."""
    where = f"estimate '{estimate.key}', chances"
    chances = estimate.chances
    if estimate.distribution == "sample":
        expected = "none: each point is as likely"
        return [Fault(where, expected, f"{len(chances)}")] if chances else []
    sums = math.isclose(sum(chances), 1.0, abs_tol=1e-9)
    if len(chances) == len(estimate.points) and min(chances) >= 0 and sums:
        return []
    numbers = ", ".join(plain(chance) for chance in chances) or "none"
    return [Fault(where, "one for each point, at least 0, that sum to 1", numbers)]


def _piece_faults(estimate: Estimate) -> list[Fault]:
    """Return what is wrong with the ends of pieces and with their chances."""
    where = f"estimate '{estimate.key}'"
    points = estimate.points
    chances = estimate.chances
    rise = all(one < other for one, other in pairwise(points))
    if len(points) < 2 or not rise or not all(map(math.isfinite, points)):
        numbers = ", ".join(plain(point) for point in points) or "none"
        return [Fault(f"{where}, points", "two or more that rise", numbers)]
    sums = math.isclose(sum(chances), 1.0, abs_tol=1e-9)
    if len(chances) != len(points) - 1 or min(chances) < 0 or not sums:
        numbers = ", ".join(plain(chance) for chance in chances) or "none"
        expected = "one for each piece between points, at least 0, that sum to 1"
        return [Fault(f"{where}, chances", expected, numbers)]
    if not points[0] <= estimate.low <= estimate.high <= points[-1]:
        found = f"{plain(estimate.low)} to {plain(estimate.high)}"
        return [Fault(f"{where}, points", "a range within the first and the last", found)]
    return []


class Drawn:
    """One number per draw for each estimate, as a measure sees them.

    Leading axes are draws; the best estimate is the case without any. `read` collects the keys that
    were asked for.

    Parameters
    ----------
    keys : iterable of str
        The keys of the estimates.
    numbers : ndarray of shape (..., estimates)
        Their numbers, each in the unit of its estimate.

    Examples
    --------
    >>> drawn = Drawn(["multiplier", "C1.1/A", "C1.1/B"], np.array([3.0, 10.0, 20.0]))
    >>> (drawn["multiplier"] * drawn.along("C1.1", ["A", "B"])).tolist()
    [30.0, 60.0]
    """

    def __init__(self, keys: Iterable[str], numbers: np.ndarray) -> None:
        check_several(keys, "keys", "a list of keys")
        self._at = {key: position for position, key in enumerate(keys)}
        self._found: dict[tuple[Any, ...], np.ndarray] = {}
        self._numbers = numbers
        self.read: set[str] = set()

    @property
    def draws(self) -> tuple[int, ...]:
        """The lengths of the leading axes, which are draws."""
        return self._numbers.shape[:-1]

    def over(self, numbers: np.ndarray) -> Drawn:
        """Return the same estimates with other numbers; names are not looked up again."""
        other = copy(self)
        other._numbers = numbers
        return other

    def __getitem__(self, key: str) -> np.ndarray:
        """Return an estimate shared by all options, (..., 1); raise InputError if there is none."""
        return self.along(key)[..., None]

    def along(
        self, family: str, *labels: Iterable[str], default: float | None = None
    ) -> np.ndarray:
        """Return the estimates "family/label" in the order of the labels, (..., len(labels)).

        Several lists of labels give one axis each. A missing estimate is an InputError that names
        it, unless the family is declared sparse by a `default`.
        """
        axes = tuple(_in_order(axis) for axis in labels)
        key = (family, axes, default is None)
        if key not in self._found:
            self._found[key] = self._places(*key)
        places = self._found[key]
        if default is None:
            numbers = self._numbers[..., places]
        else:  # labels lie side by side: a sum over them is rounded alike for one draw and for many
            numbers = np.full((*self._numbers.shape[:-1], len(places)), default, dtype=float)
            present = np.flatnonzero(places >= 0)
            numbers[..., present] = self._numbers[..., places[present]]
        return numbers.reshape((*numbers.shape[:-1], *map(len, axes)))

    def _places(self, family: str, axes: tuple[tuple[str, ...], ...], all_held: bool) -> np.ndarray:
        """Return the places of a family's estimates, -1 for a missing one; note them as read."""
        keys = ["/".join((family, *path)) for path in product(*axes)]
        refuse(
            Fault("estimates", f"'{key}'", "no such estimate", "add it to estimates.csv")
            for key in keys
            if all_held and key not in self._at
        )
        self.read.update(key for key in keys if key in self._at)
        return np.array([self._at.get(key, -1) for key in keys], dtype=np.intp)


def _in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels in their order; those of pandas as one list, as going through them is slow."""
    if isinstance(labels, pd.Index | pd.Series):
        return tuple(labels.tolist())
    return tuple(labels)


def modes(estimates: Mapping[str, Estimate]) -> np.ndarray:
    """Return the modes of estimates in their order, (estimates,)."""
    return np.array([estimate.mode for estimate in estimates.values()], dtype=float)

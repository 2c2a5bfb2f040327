"""Value scales: what a performance is worth, between fixed anchors that no option can move."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import numpy as np

from mcda.checks.arguments import check_tuples
from mcda.checks.faults import Fault, refuse

# what five anchors are worth where nothing else is said: even steps
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def sign_of(direction: str) -> int:
    """Return 1 for "max", where more is better, and -1 for "min", where less is."""
    return 1 if direction == "max" else -1


@dataclass(frozen=True)
class Scale:
    """A piecewise-linear value function through anchors, from the worst (0) to the best (1).

    A performance beyond an end anchor gets that anchor's value; `beyond` says where this happens,
    and whoever shows values must report it.

    Parameters
    ----------
    anchors : tuple of float
        Performances in natural units, from the worst to the best.
    worth : tuple of float
        The values that the anchors earn, rising from 0 to 1; five even steps by default.
    words : tuple of str
        The words of the levels of a constructed scale, one for each anchor.

    Raises
    ------
    InputError
        For anchors that don't run from worst to best in one direction, or values that don't fit
        them.

    References
    ----------
    Belton and Stewart (2002), Multiple Criteria Decision Analysis, ch. 5.

    Examples
    --------
    >>> cost = Scale(anchors=(40.0, 12.0, 0.0), worth=(0.0, 0.5, 1.0))
    >>> cost.value(np.array([40.0, 26.0, 6.0, 50.0])).tolist()
    [0.0, 0.25, 0.75, 0.0]
    """

    anchors: tuple[float, ...]
    worth: tuple[float, ...] = LEVELS
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse anchors that don't run from worst to best in one direction."""
        check_tuples("scale", Real, "numbers", anchors=self.anchors, worth=self.worth)
        check_tuples("scale", str, "words", words=self.words)
        steps = np.diff(self.anchors)
        one_way = (
            len(self.anchors) > 1
            and np.isfinite(self.anchors).all()
            and ((steps > 0).all() or (steps < 0).all())
        )
        rising = (
            len(self.worth) > 1
            and (np.diff(self.worth) > 0).all()
            and (self.worth[0], self.worth[-1]) == (0.0, 1.0)
        )
        faults = []
        if not one_way:
            faults.append(
                Fault(
                    "anchors",
                    "numbers that only rise or only fall, from worst to best",
                    str(self.anchors),
                )
            )
        if not rising or len(self.worth) != len(self.anchors):
            faults.append(
                Fault(
                    "values of the anchors",
                    "one each, rising from 0 to 1 with no two the same",
                    str(self.worth),
                )
            )
        refuse(faults)

    @property
    def direction(self) -> str:
        """Which way is better: "max" or "min"."""
        return "max" if self.anchors[-1] > self.anchors[0] else "min"

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return sign_of(self.direction)

    def value(self, performance: np.ndarray) -> np.ndarray:
        """Return the values, 0 to 1, of performances in natural units (any shape)."""
        sign: float = self.sign
        return np.interp(sign * performance, sign * np.array(self.anchors), self.worth)

    def place(self, performance: np.ndarray) -> np.ndarray:
        """Return the values, continued in a straight line beyond the end anchors.

        So each performance has a value of its own.

        >>> Scale((0.0, 10.0), (0.0, 1.0)).place(np.array([5.0, 12.0])).tolist()
        [0.5, 1.2]
        """
        inside = np.clip(performance, min(self.anchors), max(self.anchors))
        past = (performance - inside) / (self.anchors[-1] - self.anchors[0])
        value: np.ndarray = self.value(performance) + past
        return value

    def performance(self, place: np.ndarray) -> np.ndarray:
        """Return the performances in natural units that have these places: what `place` undoes."""
        beyond = place - np.clip(place, 0, 1)
        past = beyond * (self.anchors[-1] - self.anchors[0])
        performance: np.ndarray = np.interp(place, self.worth, self.anchors) + past
        return performance

    def beyond(self, performance: np.ndarray) -> np.ndarray:
        """Return where performances lie beyond the worst or best anchor."""
        low, high = sorted((self.anchors[0], self.anchors[-1]))
        return (performance < low) | (performance > high)

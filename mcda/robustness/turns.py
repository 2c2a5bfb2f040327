"""Where the lead changes hands as one number moves from where it stands towards an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mcda.problem.thresholds import Threshold, threshold

SECTIONS = 16  # a section costs one call for all its numbers
HALVES = 2  # where a method scores tables one by one
NEIGHBOURS = 2.0**-62  # of the way searched: no double lies between
STEP = 1e-6  # of the way searched: past a tie's tolerance, short of the next change

Instead = Callable[[np.ndarray], list[str]]


class Turn(NamedTuple):
    """A change of the lead: the last number before it, the first after it, the way to it, and how it is printed."""

    inside: float
    beyond: float
    way: float
    threshold: Threshold


def first_turn(
    path: np.ndarray, who: list[str], instead: Instead, sections: int = SECTIONS, limit: float | None = None
) -> Turn | None:
    """Return the first change of the lead on a path (k,) of numbers that starts where the number stands now.

    instead: who leads at numbers in place of the present leaders, "" where they stay; who: the same on the path. Two
    changes between neighbours of the path can cancel unseen. limit: a change before it is printed before it too, as one
    inside a stated range is.
    """
    at = next((place for place, leader in enumerate(who) if place and leader), 0)
    if not at:
        return None
    inside, beyond = _narrowed(float(path[at - 1]), float(path[at]), instead, sections)
    now, end = float(path[0]), float(path[-1])
    if limit is not None and abs(beyond - now) <= abs(limit - now) < abs(end - now):
        end = limit
    return turn_at(now, inside, beyond, instead, end)


def turn_at(now: float, inside: float, beyond: float, instead: Instead, end: float) -> Turn:
    """Return the change between neighbouring numbers, with the threshold that is printed for it."""

    def answer(number: float) -> str:
        return instead(np.array([number]))[0]

    step = STEP * (end - now)
    further = beyond + step if abs(beyond + step - now) < abs(end - now) else beyond
    return Turn(inside, beyond, abs(beyond - now), threshold(now, beyond, answer, end, answer(further)))


def _narrowed(inside: float, beyond: float, instead: Instead, sections: int) -> tuple[float, float]:
    """Return two neighbouring numbers, before the first change that is seen and after it."""
    width = abs(beyond - inside)
    while abs(beyond - inside) > NEIGHBOURS * width:
        between = inside + (beyond - inside) * np.linspace(0, 1, sections + 1)[1:-1]
        between = between[(between != inside) & (between != beyond)]
        if not len(between):
            break
        changed = [bool(who) for who in instead(between)]
        at = changed.index(True) if any(changed) else len(between)
        inside, beyond = float([inside, *between][at]), float([*between, beyond][at])
    return inside, beyond

"""Where another option takes the lead as one number moves towards an end of its range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mcda.problem.searches_in_step import Search, in_step
from mcda.problem.thresholds import Threshold, search_threshold
from mcda.sampling.bisection import SECTIONS, neighbours

STEP = 1e-6  # of the way searched: past a tie's tolerance, short of the next change

Instead = Callable[[np.ndarray], Sequence[str]]


class Turn(NamedTuple):
    """A change of the lead.

    It has the last number before it, the first after it, the way to it, and how it is printed.
    """

    inside: float
    beyond: float
    way: float
    threshold: Threshold


def first_turn(
    path: np.ndarray,
    who: Sequence[str],
    instead: Instead,
    sections: int = SECTIONS,
    limit: float | None = None,
) -> Turn | None:
    """Return the first change of the lead on a path (k,) that starts at the present number.

    instead: who leads at numbers in place of the present leaders, "" where they stay; who: the same
    on the path. Two changes between neighbours of the path can cancel unseen. limit: a change
    before it is printed before it too, such as a change inside a stated range.
    """
    return in_step([search_turn(path, sections, limit, who)], lambda _, numbers: instead(numbers))[
        0
    ]


def search_turn(
    path: np.ndarray, sections: int = SECTIONS, limit: float | None = None, who: Sequence[str] = ()
) -> Search[Turn | None]:
    """Return the search for what `first_turn` returns.

    It asks who leads on the path too where that isn't given.
    """
    if not who:
        who = yield path.tolist()
    at = next((position for position, leader in enumerate(who) if position and leader), 0)
    if not at:
        return None
    inside, beyond = yield from neighbours(float(path[at - 1]), float(path[at]), sections)
    now = float(path[0])
    end = float(path[-1])
    if limit is not None and abs(beyond - now) <= abs(limit - now) < abs(end - now):
        end = limit
    step = STEP * (end - now)
    (then,) = yield [beyond + step if abs(beyond + step - now) < abs(end - now) else beyond]
    return Turn(
        inside, beyond, abs(beyond - now), (yield from search_threshold(now, beyond, end, then))
    )

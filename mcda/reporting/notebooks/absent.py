"""What stands in a notebook where a question has nothing to show: a minimum, judgements, ranges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from mcda.checks.faults import NotApplicable
from mcda.display.html_text import html_text
from mcda.problem.model import Problem
from mcda.problem.screening import proposed_floors, usable_floors
from mcda.reporting import language as words


@dataclass(frozen=True, repr=False)
class Absent:
    """A sentence that stands for a result which the question can't give, and for any part of it.

    >>> Absent("Nobody compared pairs.").consistency
    Nobody compared pairs.
    """

    reason: str

    def __getattr__(self, name: str) -> Absent:
        """Return the same sentence for a part of the result."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name: object) -> Absent:
        """Return the same sentence for an entry of the result."""
        return self

    def __call__(self, *given: object, **settings: object) -> Absent:
        """Return the same sentence for what a method of the result would give."""
        return self

    def _repr_html_(self) -> str:
        return html_text(self.reason)

    def __repr__(self) -> str:
        """Show the sentence."""
        return self.reason


def attempt(function: Callable[..., Any], *given: Any, **settings: Any) -> Any:
    """Return what a function gives, or why the question doesn't allow it.

    A sentence that stands for something it is given stands for its result too.
    """
    gone = [one for one in given if isinstance(one, Absent)]
    if gone:
        return gone[0]
    try:
        return function(*given, **settings)
    except NotApplicable as error:
        fault = error.faults[0]
        return Absent(words.told("absent.analysis", where=fault.where, found=fault.found))


def behind(problem: Problem, function: Callable[..., Any], *given: Any, **settings: Any) -> Any:
    """Return what a function gives behind the floors that a question proposes.

    Where it proposes none, or no option passes, a sentence says so.
    """
    floors = usable_floors(problem)
    if floors:
        return attempt(function, *given, floors=floors, **settings)
    proposed = proposed_floors(problem)
    if proposed:
        return Absent(words.told("headline.nothing", floor=words.floors_told(problem, proposed)))
    return Absent(words.told("floor.absent"))


def passing(show: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that shows a result, or the sentence that stands for it."""

    @wraps(show)
    def shown(*given: Any, **settings: Any) -> Any:
        return attempt(show, *given, **settings)

    return shown

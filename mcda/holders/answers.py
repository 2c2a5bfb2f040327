"""Answers side by side: every method for every holder, without the minimums and behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from mcda.methods.method import Choice
from mcda.methods.ranking import Ranking, rank, repeats
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import Floors, excludes_all, proposed_floors

METHODS = ("additive", "topsis", "ahp")


class Result(Protocol):
    """What a method finds for one holder."""

    @property
    def holder(self) -> str:
        """Whose weights were used."""

    @property
    def method(self) -> str:
        """The name of the method."""


Found = TypeVar("Found", bound=Result)


@dataclass(frozen=True, eq=False)
class Answer(Generic[Found]):
    """What one method finds for one holder on both sides of the minimums, which are always shown.

    behind is None where the question proposes no minimum, or no option passes.
    """

    without: Found
    behind: Found | None = None

    @property
    def holder(self) -> str:
        """Whose weights were used."""
        return self.without.holder

    @property
    def method(self) -> str:
        """The name of the method."""
        return self.without.method

    def on(self, side: str) -> Found | None:
        """Return what was found on a side: behind the minimums for "behind", else without them."""
        return self.behind if side == "behind" else self.without


Answers = Mapping[str, Sequence[Answer[Ranking]]]
"""By holder, one answer for each method."""


def answer(
    problem: Problem, weights: Weights, method: Choice, *, floors: Floors = True, order: float = 2.0
) -> Answer[Ranking]:
    """Return the rankings of one holder by one method, without the minimums and behind them.

    floors is True for those that the question proposes (none if it proposes none), or a mapping.
    """
    without = rank(problem, weights, method, p=order)
    in_force = floors if isinstance(floors, Mapping) else proposed_floors(problem)
    if not in_force or excludes_all(problem, in_force):
        return Answer(without)
    return Answer(without, rank(problem, weights, method, floors=in_force, p=order))


def every_answer(
    problem: Problem,
    chosen: Iterable[Weights],
    methods: Iterable[Choice] = METHODS,
    *,
    floors: Floors = True,
    order: float = 2.0,
) -> Answers:
    """Return the answer of every method for every set of weights, by holder."""
    names = list(methods)
    answers = {}
    for weights in chosen:
        answers[weights.holder] = [
            answer(problem, weights, method, floors=floors, order=order) for method in names
        ]
    return answers


@dataclass(frozen=True)
class Repeat:
    """A method that gives a holder the answer of another once more.

    exact: whether the weights are the same too.
    """

    holder: str
    method: str
    of: str
    width: float
    exact: bool


def repeated(answers: Answers, leading: int = 0) -> list[Repeat]:
    """Return each answer that repeats one by another method: it is neither counted nor tabled.

    leading: the place, among the methods, of the one that is kept whatever it equals.
    """
    repetitions = []
    for by_one_holder in answers.values():
        earlier: list[Ranking] = []
        for each in _leading_first(by_one_holder, leading):
            same = next((other for other in earlier if repeats(each.without, other)), None)
            if same is None:
                earlier.append(each.without)
            else:
                repetitions.append(_repeat(each.without, same))
    return repetitions


def _leading_first(answers: Sequence[Answer[Ranking]], leading: int) -> list[Answer[Ranking]]:
    return [answers[leading], *answers[:leading], *answers[leading + 1 :]]


def _repeat(one: Ranking, other: Ranking) -> Repeat:
    apart = (one.weights.values - other.weights.values).abs().max()
    exact = bool(apart <= TIE_TOLERANCE)
    return Repeat(one.holder, one.method, other.method, one.band_width or 0.0, exact)


def distinct(answers: Answers, leading: int = 0) -> Answers:
    """Return the answers that repeat no other, in the order of methods: what is counted and tabled."""
    gone = {(one.holder, one.method) for one in repeated(answers, leading)}
    left = {}
    for holder, by_one_holder in answers.items():
        left[holder] = [each for each in by_one_holder if (each.holder, each.method) not in gone]
    return left


def by_method(answers: Answers) -> dict[str, list[Answer[Ranking]]]:
    """Return the answers of each method, for every holder for whom it has one of its own."""
    grouped: dict[str, list[Answer[Ranking]]] = {}
    for by_one_holder in answers.values():
        for each in by_one_holder:
            grouped.setdefault(each.method, []).append(each)
    return grouped


def by_side(problem: Problem, answers: Answers) -> dict[str, dict[str, list[Ranking]]]:
    """Return the rankings of every holder, one a method, by the name of each side that has any.

    The sides are "without" and "behind"; "plain" alone where the question proposes no minimum.
    """
    without = {}
    behind = {}
    for holder, by_one_holder in answers.items():
        without[holder] = [each.without for each in by_one_holder]
        behind[holder] = [each.behind for each in by_one_holder if each.behind is not None]
    if not proposed_floors(problem):
        return {"plain": without}
    return {"without": without, "behind": behind} if any(behind.values()) else {"without": without}

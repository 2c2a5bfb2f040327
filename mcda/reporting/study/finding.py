"""The finding of a question in computed sentences.

They say who leads, without the floor and with it, and how far that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from mcda.holders.answers import Answer, Answers, by_method, by_side, distinct, repeated
from mcda.methods.ranking import Ranking, contributions
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import dominance, failures, proposed_floors
from mcda.reporting import language as words


@dataclass(frozen=True)
class Finding:
    """Sentences about leaders, the baseline, methods and bands.

    There is a sentence for each method, or for each side of the floor. `repeats` says which methods
    give holders the answer of another: they are neither counted nor tabled. `floor` names the
    floor, `excluded` what it excludes; both are blank, and `screened` empty, where there is none.
    """

    plain: tuple[str, ...]
    without: tuple[str, ...]
    floor: str
    screened: tuple[str, ...]
    excluded: str
    methods: tuple[str, ...]
    bands: tuple[str, ...]
    dominance: str
    repeats: tuple[str, ...]


def finding(
    problem: Problem,
    answers: Answers,
    leading: int = 0,
    own_floors: Mapping[str, float] | None = None,
) -> Finding:
    """Return the finding of all rankings of a question.

    answers: by holder, one a method. leading: the place of the method that is kept where another
    gives a holder the same answer. own_floors: those of the answers, if not the question's own.
    """
    counted = distinct(answers, leading)
    methods = by_method(counted).values()
    behind = list(filter(None, map(_behind, methods)))
    floors = own_floors or proposed_floors(problem)
    sides = {
        words.told(f"leads.{side}"): by_holder
        for side, by_holder in by_side(problem, counted).items()
    }
    every = {side: list(chain.from_iterable(of.values())) for side, of in sides.items()}
    excluded = words.excluded(problem, failures(problem, floors)) if floors else ""
    return Finding(
        plain=tuple(
            words.without_action(problem, rankings, side) for side, rankings in every.items()
        ),
        without=tuple(words.leads(problem, rankings) for rankings in map(_without, methods)),
        floor=words.floors_told(problem, floors),
        screened=tuple(words.leads(problem, rankings) for rankings in behind),
        excluded=excluded,
        methods=tuple(
            words.disagreement_of_methods(by_holder, side) for side, by_holder in sides.items()
        ),
        bands=tuple(words.within_band(rankings, side) for side, rankings in every.items()),
        dominance=words.dominance(dominance(problem)),
        repeats=tuple(words.repeats(repeated(answers, leading), list(answers))),
    )


def _without(answers: Iterable[Answer[Ranking]]) -> list[Ranking]:
    """Return the rankings of one method without the minimum."""
    return [each.without for each in answers]


def _behind(answers: Iterable[Answer[Ranking]]) -> list[Ranking]:
    """Return the rankings of one method behind the minimum, where there is one."""
    return [each.behind for each in answers if each.behind is not None]


def why_it_leads(problem: Problem, weights: Weights, ranking: Ranking) -> str:
    """Return what the lead of the first option of a ranking over the second is made of.

    It is taken apart under the additive model.
    """
    ordered = ranking.contending.index
    if len(ordered) < 2:
        return words.told("leads.single")
    first, second = ordered[:2]
    return words.why(problem, contributions(problem, weights, first, second), first, second)

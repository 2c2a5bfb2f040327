"""Five facts about a question in a row: a number with its noun, and a few words on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import failures
from mcda.reporting.language.evidence import judged_share
from mcda.reporting.language.first_page.plain_names import (
    cut,
    few,
    kind_of_limit,
    plain_options,
    started,
    without_brackets,
)
from mcda.reporting.language.grounds import Grounds, confidence_level, failing_grounds
from mcda.reporting.language.numbers import share
from mcda.sentences.catalogue import counted, listed, told

NARROW = 30  # characters of a name in a fact


@dataclass(frozen=True)
class Fact:
    """A number with its noun, a few words on it, and whether a reader should beware."""

    head: str
    text: str
    alarm: bool = False


def facts_told(
    problem: Problem, chosen: Sequence[Weights], floors: Mapping[str, float], grounds: Grounds
) -> list[Fact]:
    """Return how many options, trade-offs and sets of priorities there are, and how sure it is."""
    return [
        _options(problem, floors),
        _tradeoffs(problem),
        _priorities(chosen),
        _judgement(problem),
        _confidence(grounds),
    ]


def _options(problem: Problem, floors: Mapping[str, float]) -> Fact:
    names = {key: cut(name, NARROW) for key, name in plain_options(problem).items()}
    baseline = problem.frame.baseline
    known = baseline in names
    text = told("first_page.baseline", option=names[baseline]) if known else few(names.values(), 2)
    if floors:
        passing = len(problem.options) - failures(problem, floors).index.nunique()
        text = told(
            f"first_page.passing_{kind_of_limit(problem, floors)}", text=text, count=passing
        )
    return Fact(counted(len(problem.options), "option"), text)


def _tradeoffs(problem: Problem) -> Fact:
    labels = [cut(without_brackets(top.label or top.key), NARROW) for top in problem.tops]
    text = few(labels)
    if len(problem.weighed) > len(labels):
        measures = counted(len(problem.weighed), "measure")
        text = told("first_page.measured", measures=measures, labels=text)
    return Fact(counted(len(labels), "tradeoff"), text)


def _priorities(chosen: Sequence[Weights]) -> Fact:
    if all(stated.method == "equal" for stated in chosen):
        return Fact(told("first_page.no_priorities"), told("first_page.nobody_stated"), alarm=True)
    own = [cut(stated.holder, NARROW) for stated in chosen if "statement" in stated.kinds]
    recorded = any(stated.kinds for stated in chosen)
    if not own:
        sentence = "first_page.nobody_asked" if recorded else "first_page.not_recorded"
        text = told(sentence)
    elif len(own) == len(chosen):
        text = told("first_page.all_asked")
    else:
        text = told("first_page.asked", holders=few(own, 2))
    return Fact(counted(len(chosen), "priorities"), text)


def _judgement(problem: Problem) -> Fact:
    part, cells = judged_share(problem)
    head = told("first_page.judgement", share=share(part))
    return Fact(head, told("first_page.judged", cells=counted(cells, "number")))


def _confidence(grounds: Grounds) -> Fact:
    level = confidence_level(grounds)
    failing = listed(_ground(grounds, name) for name in failing_grounds(grounds))
    text = started(failing) if failing else told("first_page.ground_none")
    return Fact(told(f"first_page.confidence_{level}"), text, alarm=level == "low")


def _ground(grounds: Grounds, name: str) -> str:
    """Return why confidence isn't high: a lead that wasn't drawn doesn't change within its ranges."""
    undrawn = name == "draws" and not grounds.first_places
    return told("first_page.ground_undrawn") if undrawn else told(f"first_page.ground_{name}")

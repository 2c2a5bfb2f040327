"""What an estimate is called where people read it."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from mcda.problem.model import Problem
from mcda.sentences.catalogue import told

NAMES = "names"  # the sheet in which a question says what the words of its keys are called


def estimate_name(problem: Problem, key: str) -> str:
    """Return an estimate's name: its family's, and what it is about, each by its label.

    A part of its key that the question's sheet "names" has is called as it says there. Another that
    is the id of a criterion, an option, an event or a part of packages has that one's name; the
    rest are words of their own, of which a family's begins with a capital, as labels do.

    >>> from criteria import ukraine_force
    >>> estimate_name(ukraine_force.problem(), "earmarked_strength/OPT01")
    'Troops held ready on allied territory, Arms and training only'
    """
    words = key.split("/")
    labels = _labels(problem)
    family = labels.get(words[0]) or _capital(_plain(words[0]))
    about = [labels.get(word) or _plain(word) for word in words[1:]]
    if not about:
        return family
    return told("option.estimate", label=family, option=told("join.comma").join(about))


@lru_cache(maxsize=8)  # the same for every key of a question
def _labels(problem: Problem) -> dict[str, str]:
    """Return what a question calls the parts of its keys, by part; blank where it doesn't say."""
    members = problem.parts.parts if problem.parts is not None else ()
    labels = {event.key: event.name for event in problem.events}
    labels.update({part.key: part.name for part in members})
    labels.update({one.key: one.label for one in problem.criteria})
    labels.update({str(option): problem.name_of(str(option)) for option in problem.options.index})
    return {**labels, **_given(problem)}


def _given(problem: Problem) -> dict[str, str]:
    """Return the names of the question's sheet of names, by word."""
    table = problem.tables.get(NAMES, pd.DataFrame(columns=["word", "name"]))
    return dict(zip(table["word"], table["name"], strict=True))


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

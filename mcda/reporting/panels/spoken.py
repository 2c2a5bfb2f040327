"""What a panel speaks: the texts of the catalogue that it fills in, and the signs of its numbers.

They reach the panel as data, so that a translation of the catalogue is one of the panels too.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mcda.checks.significant_digits import signs
from mcda.problem.model import Problem
from mcda.reporting.study.question_language import language_of
from mcda.sentences.catalogue import open_texts, spoken

LISTS = ("join.and", "join.comma")
# the texts of the catalogue that a kind of panel fills in, besides those of its own section
TEXTS = {
    "explorer": (
        *LISTS,
        "column.method",
        "column.option",
        "column.rank",
        "column.score",
        "first_page.of_hundred",
        "method.additive",
        "plural.draw",
        "saved.button",
        "threshold",
    ),
    "judging": ("plural.more_judgement", "plural.open_pair", "saved.button"),
    "holding": (
        *LISTS,
        "cell.range",
        "column.package",
        "direction",
        "join.semicolon",
        "packages.no_part",
        "plural.package_left",
        "saved.button",
    ),
    "asking": ("plural.answer", "plural.answered_question", "saved.button"),
}


def language_for(problem: Problem, language: str | None) -> str:
    """Return the language of a panel: the one asked for, or else the question's own.

    >>> from criteria import ukraine_force
    >>> language_for(ukraine_force.problem(), None)
    'en'
    """
    return language or language_of(problem.frame)


def spoken_by(kind: str) -> dict[str, Any]:
    """Return what a kind of panel speaks in the present language, as plain data.

    >>> spoken_by("judging")["signs"]
    {'point': '.', 'group': ',', 'percent': '%'}
    """
    texts = open_texts((kind, *TEXTS[kind]))
    return {"language": spoken(), "signs": asdict(signs()), "texts": texts}

"""Searches in step: what many of them ask at one time is answered in one call."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

Found = TypeVar("Found")
Search = Generator[Sequence[float], Sequence[str], Found]
"""A generator that yields numbers, is sent the leader at each, and returns what it found."""

Answers = Callable[[np.ndarray, np.ndarray], Sequence[str]]


def in_step(searches: Sequence[Search[Found]], answers: Answers) -> list[Found]:
    """Return what each of many searches finds; none of them knows of the others.

    answers: (which search asks (k,), numbers (k,)) -> an answer for each number. It is called once
    for a step of all searches that are still under way, so that a search costs little beside
    others.

    >>> def first_above(edge):
    ...     number = 0.0
    ...     while (yield [number]) == ["below"]:
    ...         number += 1
    ...     return number
    >>> edges = np.array([1.5, 0.2])
    >>> def answers(which, numbers):
    ...     return np.where(numbers < edges[which], "below", "above").tolist()
    >>> in_step([first_above(edge) for edge in edges], answers)
    [2.0, 1.0]
    """
    results: dict[int, Found] = {}
    questions = _questions(searches, dict.fromkeys(range(len(searches))), results)
    while questions:
        sizes = [len(numbers) for numbers in questions.values()]
        which = np.repeat(list(questions), sizes)
        numbers = np.concatenate(list(questions.values()))
        replies = iter(answers(which, numbers))
        questions = _questions(
            searches,
            {at: list(islice(replies, size)) for at, size in zip(questions, sizes, strict=True)},
            results,
        )
    return [results[at] for at in range(len(searches))]


def _questions(
    searches: Sequence[Search[Found]],
    replies: dict[int, list[str]] | dict[int, None],
    results: dict[int, Found],
) -> dict[int, Sequence[float]]:
    """Return what searches ask next, by their place, given the answers to what they asked.

    What the finished searches found is put into `results`.
    """
    questions = {}
    for at, answer in replies.items():
        try:
            # a generator starts when None is sent
            questions[at] = searches[at].send(answer)  # type: ignore[arg-type]
        except StopIteration as end:
            results[at] = end.value
    return questions

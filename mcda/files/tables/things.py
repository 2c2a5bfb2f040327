"""Words for things that a note tells of, which know whether they are one or several."""

from __future__ import annotations

from collections.abc import Collection

from mcda.checks.faults import known


class Several(str):
    """Words for several things: a sentence about them says "were".

    >>> verb(Several("the answers")), verb("the answer")
    ('were', 'was')
    """

    __slots__ = ()


def verb(words: str) -> str:
    """Return the verb that goes with the words for one thing or several."""
    return "were" if isinstance(words, Several) else "was"


def named(word: str, names: Collection[object]) -> str:
    """Return a word with the names of what it means; of several where it means several.

    >>> named("column", ["age"]), named("column", ["age", "sex"])
    ("column 'age'", "columns 'age', 'sex'")
    """
    return Several(f"{word}s {known(names)}") if len(names) > 1 else f"{word} {known(names)}"


def quoted(names: Collection[object]) -> str:
    """Return names in quotes; several where there are several.

    >>> verb(quoted(["Route 4", "route 4"])), verb(quoted(["Route 4"]))
    ('were', 'was')
    """
    return Several(known(names)) if len(names) > 1 else known(names)


def number_of(count: int, word: str, rest: str = "") -> str:
    """Return how many there are of a thing: "1 blank column", "3 values of sets".

    >>> number_of(1, "blank column"), number_of(3, "value", " of sets")
    ('1 blank column', '3 values of sets')
    """
    told = f"{count} {word}{'s' * (count != 1)}{rest}"
    return told if count == 1 else Several(told)

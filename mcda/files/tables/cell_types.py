"""What a cell of a column may hold: a number within bounds, a date, or one of some words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from mcda.checks.faults import known
from mcda.checks.labels import parse_number
from mcda.checks.significant_digits import plain
from mcda.files.tables.days import days_meant
from mcda.files.tables.numerals import unreadable

Told: TypeAlias = tuple[str, str, str]
NUMBERED = re.compile(r"low|mode|high|.+_(low|mode|high)")


class CellType(Protocol):
    """What a column holds."""

    def refused(self, text: str) -> Told | None:
        """Return what was expected, what was found and the way out; None where the text is what it should be."""


@dataclass(frozen=True)
class Number:
    """A plain number between two bounds, both allowed.

    >>> Number(0, 100).refused("140")
    ('a number from 0 to 100', '140', '')
    >>> Number().refused("12.5") is None
    True
    """

    least: float = -math.inf
    most: float = math.inf

    def refused(self, text: str) -> Told | None:
        """Return what was expected, what was found and the way out; None for a number within the bounds."""
        try:
            number = parse_number(text)
        except ValueError:
            return "a number such as 12.5", *unreadable(text)
        return None if self.least <= number <= self.most else (self._expected(), plain(number), "")

    def _expected(self) -> str:
        if math.isinf(self.most):
            return f"a number of at least {plain(self.least)}"
        if math.isinf(self.least):
            return f"a number of at most {plain(self.most)}"
        return f"a number from {plain(self.least)} to {plain(self.most)}"


@dataclass(frozen=True)
class OneOf:
    """One of some words; case and spelling count."""

    words: tuple[str, ...]

    def refused(self, text: str) -> Told | None:
        """Return what was expected and found; None for one of the words."""
        return None if text in self.words else (f"one of {known(self.words)}", repr(text), "")


@dataclass(frozen=True)
class Date:
    """A day, a month, a year, or words such as "autumn 2026"; a day is one of the calendar.

    >>> Date().refused("2026-02-30")
    ('a day of the calendar, such as 2026-11-28', "'2026-02-30'", 'correct it, or leave the cell empty')
    >>> Date().refused("2024-25") is None, Date().refused("autumn 2026") is None
    (True, True)
    """

    def refused(self, text: str) -> Told | None:
        """Return what was expected, what was found and the way out of a day that no calendar has."""
        if days_meant(text.strip()) != []:
            return None
        expected = "a day of the calendar, such as 2026-11-28"
        return expected, repr(text), "correct it, or leave the cell empty"

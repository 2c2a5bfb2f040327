"""Faults of the input, told in one form: where, what was expected, what was found, the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

SHOWN = 40


@dataclass(frozen=True)
class Spot:
    """A place that can be marked: a sheet by name, a row, and a column by letter where one cell is meant."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class Fault:
    """One fault of the input; `at` is its spot in a sheet, where it has one.

    >>> print(Fault("scores.csv row 3", "a number", "'n/a'", "give low, mode and high"))
    scores.csv row 3: expected a number, found 'n/a'; give low, mode and high
    """

    where: str
    expected: str
    found: str
    remedy: str = ""
    at: Spot | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Tell the fault in one line."""
        told = f"{self.where}: expected {self.expected}, found {self.found}"
        return f"{told}; {self.remedy}" if self.remedy else told

    def inside(self, place: str, at: Spot | None = None) -> Fault:
        """Return the same fault with the place it was met in front, if it isn't there, and that spot if it has none."""
        rest = self.where.removeprefix(place)
        is_there = self.where.startswith(place) and rest[:1] in ("", " ", ",", ":")
        return replace(
            self, where=self.where if is_there else f"{place}: {self.where}", at=self.at or at
        )


class InputError(ValueError):
    """Input that can't be used; it carries every fault found, not the first alone.

    >>> str(InputError(Fault("weight of 'cost'", "a number of at least 0", "-3")))
    "weight of 'cost': expected a number of at least 0, found -3"
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        """List the faults, one a line."""
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"and {len(self.faults) - SHOWN} more")
        if len(self.faults) == 1:
            return lines[0]
        return "\n  ".join([f"{len(self.faults)} faults:", *lines])


class Located(Protocol):
    """What stands somewhere in a file: its place in words, and the spots of its cells."""

    @property
    def place(self) -> str:
        """Where it stands."""

    def spot(self, column: str = "") -> Spot | None:
        """Return the spot of a cell, or of the whole."""


class Faults(list[Fault]):
    """Faults met while reading, gathered so that all of them can be told at once."""

    @contextmanager
    def gathered(self, place: str | Located = "", column: str = "") -> Iterator[None]:
        """Turn an `InputError` raised inside into gathered faults, at this place, row or cell where one is given."""
        told, at = (place, None) if isinstance(place, str) else (place.place, place.spot(column))
        try:
            yield
        except InputError as error:
            self.extend(fault.inside(told, at) if told else fault for fault in error.faults)


class NotApplicable(InputError):
    """An analysis that the form of a method, or of a question, doesn't allow: nothing that was given is wrong."""


class AssumptionWarning(UserWarning):
    """An answer was given, but on an assumption that its reader must know of."""


def refuse(faults: Iterable[Fault], error: type[InputError] = InputError) -> None:
    """Raise an `InputError`, or the kind of it that is given, with all the faults; do nothing where there are none."""
    found = tuple(faults)
    if found:
        raise error(*found)


def known(names: Iterable[object], most: int = 12) -> str:
    """Return the names in quotes, for a sentence; a long list is cut and says so."""
    quoted = [f"'{name}'" for name in names]
    rest = f" and {len(quoted) - most} more" if len(quoted) > most else ""
    return ", ".join(quoted[:most]) + rest if quoted else "none"

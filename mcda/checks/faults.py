"""Faults of the input in one form: where, what was expected, what was found, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

SHOWN = 40  # faults listed in a message; the rest are counted


@dataclass(frozen=True)
class Spot:
    """A place that can be marked: a sheet by name, a row, and a column letter for a single cell."""

    sheet: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class Fault:
    """One fault of the input.

    Parameters
    ----------
    where : str
        The thing that is wrong: a file and row, an argument, a named weight.
    expected : str
        What was expected there, as it continues "expected ...".
    found : str
        What was found, as it continues "found ...".
    remedy : str
        A way out that works; blank where the first three say it all.
    at : Spot, optional
        The cell of a sheet that can be marked.

    Examples
    --------
    >>> print(Fault("scores.csv row 3", "a number", "'n/a'", "give low, mode and high"))
    scores.csv row 3: expected a number, found 'n/a'; give low, mode and high
    """

    where: str
    expected: str
    found: str
    remedy: str = ""
    at: Spot | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Write the fault in one line."""
        sentence = f"{self.where}: expected {self.expected}, found {self.found}"
        return f"{sentence}; {self.remedy}" if self.remedy else sentence

    def inside(self, place: str, at: Spot | None = None) -> Fault:
        """Return the same fault with the place in front of its own, and the spot where it has none.

        A place that already starts the fault's own is not repeated.
        """
        rest = self.where.removeprefix(place)
        is_there = self.where.startswith(place) and rest[:1] in ("", " ", ",", ":")
        where = self.where if is_there else ": ".join(filter(None, (place, self.where)))
        return replace(self, where=where, at=self.at or at)


class InputError(ValueError):
    """Input that can't be used; it carries every fault found, not only the first.

    Parameters
    ----------
    *faults : Fault
        All faults, in the order in which they were met; the message lists the first 40.

    Examples
    --------
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

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the faults, without the lines of code that met them."""
        return str(self).splitlines()


class Located(Protocol):
    """Something with a place in a file: the place in words, and the spots of its cells."""

    @property
    def place(self) -> str:
        """Where it is, in words."""

    def spot(self, column: str = "") -> Spot | None:
        """Return the spot of a cell, or of the whole."""

    def column_of(self, fault: Fault) -> str:
        """Return the column that a fault speaks of; blank where it speaks of the whole."""


class Faults(list[Fault]):
    """Faults gathered while reading, so that all of them can be reported at once."""

    @contextmanager
    def gathered(self, place: str | Located = "", column: str = "") -> Iterator[None]:
        """Gather the faults of an `InputError` raised inside; each gets the place, row or cell."""
        try:
            yield
        except InputError as error:
            for fault in error.faults:
                if not isinstance(place, str):
                    spot = place.spot(column or place.column_of(fault))
                    fault = fault.inside(place.place, spot)
                elif place:
                    fault = fault.inside(place)
                self.append(fault)


class NotApplicable(InputError):
    """An analysis that the form of a method or of a question doesn't allow.

    Nothing that was given is wrong; the message names an analysis that fits, if there is one.

    Examples
    --------
    >>> issubclass(NotApplicable, InputError)
    True
    """


class AssumptionWarning(UserWarning):
    """A warning that an answer rests on an assumption its reader must know of.

    Examples
    --------
    >>> issubclass(AssumptionWarning, UserWarning)
    True
    """


def refuse(faults: Iterable[Fault], error: type[InputError] = InputError) -> None:
    """Raise an `InputError`, or the given kind of it, with all the faults; without any, return."""
    found = tuple(faults)
    if found:
        raise error(*found)


def known(names: Iterable[object], most: int = 12) -> str:
    """Return the names in quotes, for a sentence; a long list is cut and says so."""
    quoted = [f"'{name}'" for name in names]
    rest = f" and {len(quoted) - most} more" if len(quoted) > most else ""
    return ", ".join(quoted[:most]) + rest if quoted else "none"

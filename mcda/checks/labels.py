"""Checks of names and numbers that come from outside, before anything is computed with them."""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from typing import Any

import numpy as np

from mcda.checks.faults import Fault, refuse
from mcda.checks.significant_digits import plain

JOIN = ", "  # between the names of several in one cell of a table
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def printed(name: str) -> str:
    """Return a name as a reader sees it: accents composed, no invisible marks, one space between words.

    >>> printed(" Route\u00a04 ") == printed("Route 4"), printed("Har\u00adbour")
    (True, 'Harbour')
    """
    seen = (sign for sign in name if sign.isascii() or unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def name_among(names: Mapping[str, str], key: str) -> str:
    """Return the name of a key for a sentence; the key behind it where another has that name.

    >>> name_among({"A": "Harbour", "B": "Harbour", "C": "Hill"}, "B")
    'Harbour (B)'
    """
    name = names[key]
    alike = [other for other in names.values() if other == name]
    return f"{name} ({key})" if len(alike) > 1 else name


def names_in(joined: str, names: Iterable[object]) -> tuple[str, ...]:
    """Return the names that stand in a text, joined by commas; a name may have a comma of its own.

    Of several readings it is that with the longest name first; what is no name stays as it is.

    >>> names_in("Bonn, Berlin, East", ["Berlin", "Bonn", "Berlin, East"])
    ('Bonn', 'Berlin, East')
    """
    known_names = set(map(str, names))
    longest = max((name.count(JOIN) for name in known_names), default=0) + 1
    parts = joined.split(JOIN)
    found = []
    start = 0
    while start < len(parts):
        ends = range(min(start + longest, len(parts)), start, -1)
        readings = (end for end in ends if JOIN.join(parts[start:end]) in known_names)
        end = next(readings, start + 1)
        found.append(JOIN.join(parts[start:end]))
        start = end
    return tuple(found)


def name_faults(names: Iterable[object], what: str, *, numbered: bool = False) -> list[Fault]:
    """Return the faults of a list of names: blank, missing, not text, or printed alike.

    Where it is `numbered`, whole numbers are names too, if all are: a default index, numbers of projects, years.
    """
    faults = []
    seen = dict[str, object]()
    names = list(names)
    numbered = numbered and all(map(_is_whole, names))
    for position, name in enumerate(names, start=1):
        if numbered:
            name = str(name)
        if not isinstance(name, str) or not printed(name):
            faults.append(
                Fault(
                    f"{what} {position}", "a name", repr(name), "give every one a name of its own"
                )
            )
            continue
        alike = printed(name)
        if alike in seen:
            fault = f"'{name}' a second time"
            if seen[alike] != name:
                fault = f"{name!r}, which is printed like {seen[alike]!r}"
            faults.append(Fault(f"{what} {position}", "a name of its own", fault, "rename one"))
        seen[alike] = name
    return faults


def alike(names: Iterable[object]) -> list[list[str]]:
    """Return the names that differ by case or blanks alone, together.

    >>> alike(["Route 4", "Harbour", "route 4"])
    [['Route 4', 'route 4']]
    """
    groups: dict[str, list[str]] = {}
    for name in map(str, names):
        groups.setdefault(" ".join(name.casefold().split()), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def _is_whole(name: object) -> bool:
    return isinstance(name, numbers.Integral) and not isinstance(name, bool | np.bool_)


def parse_number(text: str) -> float:
    """Return the number in a text, in plain or scientific notation.

    Any other text raises ValueError.

    >>> parse_number(" 12.5 ")
    12.5
    """
    if not NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def as_numbers(
    values: Any,
    place: Callable[[tuple[int, ...]], str],
    *,
    missing: bool = False,
    copy: bool = True,
) -> np.ndarray:
    """Return an array of finite floats; every cell that isn't one is a fault.

    `place(position)` names a cell in its fault. Text, dates, complex numbers, booleans and missing
    cells are refused rather than converted; with `missing`, cells that hold nothing (NaN, None)
    come back as NaN. Without `copy`, floats come back as they are, to be read and never written.
    """
    array = np.asarray(values)
    if array.dtype.kind in "iuf":
        array = array.astype(float, copy=copy)
        if not missing and all_finite(array):
            return array
        bad = ~np.isfinite(array) if not missing else np.isinf(array)
    else:
        array = np.array(values, dtype=object)
        if missing:
            array[np.frompyfunc(lambda cell: cell is None, 1, 1)(array).astype(bool)] = np.nan
        bad = np.asarray(
            np.frompyfunc(lambda cell: not _is_number(cell, missing), 1, 1)(array), dtype=bool
        )
    if bad.any():
        cells = np.atleast_1d(array)
        refuse(
            Fault(place(tuple(at)), "a finite number", _cell_text(cells[tuple(at)]), "correct it")
            for at in np.argwhere(np.atleast_1d(bad)).tolist()
        )
    return array.astype(float, copy=False)


def all_finite(array: np.ndarray) -> bool:
    """Return whether all floats are finite: they are if the smallest and the largest are.

    These two are read without a mask, which would fill fresh memory; where there is a NaN, both are
    NaN.
    """
    return not array.size or bool(np.isfinite(array.min()) and np.isfinite(array.max()))


def _is_number(cell: object, missing: bool) -> bool:
    if not isinstance(cell, numbers.Real) or isinstance(cell, bool | np.bool_):
        return False
    return math.isfinite(cell) or (missing and math.isnan(cell))


def _cell_text(cell: object) -> str:
    if isinstance(cell, float | np.floating):
        return "a missing number (NaN)" if math.isnan(cell) else plain(float(cell))
    return repr(cell)


def length_fault(
    what: str, found: Sequence[object] | np.ndarray, expected: int, of: str
) -> list[Fault]:
    """Return a fault where a sequence has another length than the thing it belongs to."""
    is_one = not isinstance(found, Sized) or (isinstance(found, np.ndarray) and not found.ndim)
    if not is_one and len(found) == expected:
        return []
    shown = repr(found) if is_one else f"{len(found)}"
    return [
        Fault(
            what,
            f"{expected}, one for each {of}",
            shown,
            "give one each, or give them by name",
        )
    ]

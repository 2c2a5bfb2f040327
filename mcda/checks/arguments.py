"""Checks of what a caller gives: its type, its bounds, or one of the words that are expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, InputError, known, refuse

SHORT = 60  # characters of a value that is shown as it was given


def check_kind(given: object, kind: Any, what: str, expected: str, remedy: str = "") -> None:
    """Refuse what is of none of the types (a class, several in a tuple, or a union).

    >>> check_kind({"cost": 60}, dict, "weights", "numbers by criterion")
    """
    if not isinstance(given, kind):
        raise InputError(Fault(what, expected, shortly(given), remedy))


def check_named(
    given: object, what: str, expected: str = "numbers by criterion", such: str = '{"cost": 60}'
) -> None:
    """Refuse what has no names: anything but a mapping or a Series."""
    check_kind(given, (Mapping, pd.Series), what, expected, f"such as {such}")


def check_several(given: object, what: str, expected: str, remedy: str = "") -> None:
    """Refuse what isn't a list of things: text, for one, is a thing."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InputError(Fault(what, expected, shortly(given), remedy))


def check_word(given: object, words: Iterable[str], what: str, most: int = 12) -> None:
    """Refuse what is none of the words, and list them."""
    if not isinstance(given, str) or given not in words:
        raise InputError(Fault(what, f"one of {known(words, most)}", shortly(given)))


def check_number(
    given: Any, fits: Callable[[Any], bool], what: str, expected: str, remedy: str = ""
) -> None:
    """Refuse what is no number, or one that doesn't fit: NaN never does where `fits` compares.

    >>> check_number(0.5, lambda share: 0 <= share <= 1, "share", "a number from 0 to 1")
    """
    if isinstance(given, bool) or not isinstance(given, Real) or not fits(given):
        raise InputError(Fault(what, expected, shortly(given), remedy))


def check_whole(given: Any, least: int, what: str, remedy: str = "") -> None:
    """Refuse what is no whole number, or one below the least."""
    fits = isinstance(given, Integral) and int(given) >= least
    check_number(given, lambda _: fits, what, f"a whole number of at least {least}", remedy)


def shortly(given: object) -> str:
    """Return what was given as text, or the name of its type if the text is long."""
    text = repr(given)
    return text if len(text) <= SHORT and "\n" not in text else f"a {type(given).__name__}"


def check_texts(what: str, /, **given: object) -> None:
    """Refuse each of several fields that isn't text, all at once.

    >>> check_texts("source", id="S1", title="A survey")
    """
    refuse(
        Fault(f"{what}, {name}", "text", shortly(value))
        for name, value in given.items()
        if not isinstance(value, str)
    )


def check_numbers(what: str, /, **given: object) -> None:
    """Refuse each of several fields that isn't a number, all at once.

    >>> check_numbers("estimate", low=1, high=2.5)
    """
    refuse(
        Fault(f"{what}, {name}", "a number", shortly(value))
        for name, value in given.items()
        if isinstance(value, bool) or not isinstance(value, Real)
    )


def check_tuples(what: str, kind: type, each: str, /, **given: object) -> None:
    """Refuse each of several fields that isn't a list or tuple of things of one kind.

    >>> check_tuples("estimate", str, "ids", sources=("S1", "S2"))
    """
    refuse(
        Fault(f"{what}, {name}", f"a tuple of {each}", shortly(value))
        for name, value in given.items()
        if not _holds_only(value, kind)
    )


def _holds_only(value: object, kind: type) -> bool:
    """Return whether a value is a tuple or list of things of a kind, none of them true or false."""
    if not isinstance(value, tuple | list):
        return False
    return all(isinstance(item, kind) and not isinstance(item, bool) for item in value)


def path_of(given: object, what: str = "path") -> Path:
    """Return a path from text or a path; raises InputError for anything else, and for blank text.

    >>> path_of("out.xlsx").suffix
    '.xlsx'
    """
    if not isinstance(given, str | Path) or not str(given).strip() or "\0" in str(given):
        raise InputError(Fault(what, "a path", shortly(given), "such as 'question.xlsx'"))
    return Path(given)

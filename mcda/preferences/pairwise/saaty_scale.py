"""Saaty's scale of pairwise judgements: its words and numbers, and steps along it."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.labels import parse_number
from mcda.checks.significant_digits import fixed, rounded

WORDS = (
    "equal",
    "equal to moderate",
    "moderate",
    "moderate to strong",
    "strong",
    "strong to very strong",
    "very strong",
    "very strong to extreme",
    "extreme",
)
TOP = len(WORDS)
# a ratio beyond it is a slip of the keyboard, and its powers would overflow
SMALLEST = Fraction(1, 10**100)
INVERSE = "inverse "  # before the words of a ratio below 1
ABOUT = "about "  # before the words of a ratio between two steps
DATE = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[T ].*)?|(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")


def ratio_of(given: float | str | Fraction, place: str = "judgement") -> Fraction:
    """Return a judgement as an exact ratio.

    It is a number, text such as "3", "0.5" or "1/3", or words of Saaty's scale: "strong" is 5,
    "inverse strong" is 1/5 (Saaty, 1980). Raises InputError at a place for anything else, and for
    what isn't above 0.

    >>> ratio_of("1/3"), ratio_of("inverse very strong")
    (Fraction(1, 3), Fraction(1, 7))
    """
    try:
        ratio = _spoken(given) if isinstance(given, str) else _exact_fraction(given)
    except (ValueError, ZeroDivisionError, TypeError, OverflowError):
        expected = "a ratio such as 3 or 1/3"
        typed = _typed_for_date(given)
        if typed:
            remedy = f"Excel made a date of {typed}; write {fixed(float(Fraction(typed)), 4)}"
            raise InputError(Fault(place, expected, f"{given!r}, a date", remedy)) from None
        remedy = f"or say one of {known(WORDS)}"
        raise InputError(Fault(place, expected, repr(given), remedy)) from None
    if ratio <= 0:
        raise InputError(
            Fault(place, "a ratio above 0", str(given), "turn the pair round for a ratio below 1")
        )
    if not SMALLEST <= ratio <= 1 / SMALLEST:
        raise InputError(
            Fault(
                place, "a ratio from 1e-100 to 1e100", "one beyond", "nobody can tell it from those"
            )
        )
    return ratio


def _typed_for_date(given: object) -> str:
    """Return the ratio that somebody typed where a program made a date of it; blank for what is no date.

    1/3 becomes 1 March or 3 January, as the program's language has it: the ratio is below 1 in both.
    """
    date = DATE.fullmatch(given.strip()) if isinstance(given, str) else None
    if not date:
        return ""
    parts = sorted(int(part) for part in date.groups() if part)
    return f"{parts[0]}/{parts[1]}" if parts[0] else ""


def _spoken(text: str) -> Fraction:
    words = " ".join(text.lower().split())
    plain = words.removeprefix(INVERSE)
    if plain not in WORDS:
        above, *below = map(_exact, words.split("/", 1))
        return above / below[0] if below else above
    number = Fraction(WORDS.index(plain) + 1)
    return number if plain == words else 1 / number


def _exact(text: str) -> Fraction:
    """Return the number in a text, exactly; one too small for a float is 0.

    So no exponent takes forever.
    """
    return Fraction(text) if parse_number(text) else Fraction(0)


def _exact_fraction(number: float | Fraction) -> Fraction:
    if isinstance(number, bool | np.bool_):
        raise TypeError(number)
    return Fraction(number) if isinstance(number, int | Fraction) else Fraction(float(number))


def in_words(ratio: float | Fraction) -> str:
    """Return the words of Saaty's scale for a ratio.

    They are "inverse ..." below 1, and "about ..." between two of its steps.

    >>> in_words(5), in_words(1 / 5), in_words(2.9)
    ('strong', 'inverse strong', 'about moderate')
    """
    upper = float(max(ratio, 1 / ratio))
    step = int(rounded(min(upper, TOP)))
    about = "" if abs(upper - step) < 1e-9 * step else ABOUT
    inverse = INVERSE if ratio < 1 and step > 1 else ""
    return f"{about}{inverse}{WORDS[step - 1]}"


def moved(ratios: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Return ratios (...) moved by steps (...) along 1/9, 1/8, ..., 1/2, 1, 2, ..., 9.

    None is moved beyond an end.

    >>> moved(np.array([1.0, 1 / 2, 9.0]), np.array([-1, 1, 1])).tolist()
    [0.5, 1.0, 9.0]
    """
    step = np.where(ratios >= 1, ratios - 1, 1 - 1 / ratios)
    reach = np.maximum(np.abs(step), TOP - 1)
    step = np.clip(step + steps, -reach, reach)
    return np.asarray(np.where(step >= 0, step + 1, 1 / (1 - np.minimum(step, 0))))

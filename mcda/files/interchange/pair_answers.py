"""Answers to questions in pairs: which two things a column compares, and what ratio a coded answer means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from mcda.checks.faults import Fault, InputError, known
from mcda.files.tables.numerals import as_plain, convention
from mcda.preferences.pairwise.saaty_scale import ratio_of

RATIOS = "ratios"
NINES = "-9 to 9"
EIGHTS = "-8 to 8"
SCALES = (RATIOS, NINES, EIGHTS)
TOP = {NINES: 9, EIGHTS: 8}
WHOLE = re.compile(r"[+-]?\d{1,4}(\.0+)?")
SPOKEN = re.compile(r"\s+(?:vs\.?|versus|compared (?:to|with)|against|or|oder|ou|o)\s+", re.I)
SIGNS = tuple(re.compile(rf"\s*{sign}\s*") for sign in (r"\|", ":", "/", "_", "-", "–", ">"))
Pair = tuple[str, str]


def pairs_of(place: str, columns: Sequence[str], items: Sequence[str] | None) -> dict[str, Pair]:
    """Return the two things that each column compares, by column, for those that compare any.

    Without `items` all columns are split by one sign ("A vs B", "A_B", "A / B"); a column whose two things no other
    column knows compares nothing. Raises InputError where no column does, or two signs would split them alike.

    >>> pairs_of("s.csv", ["person", "A vs B", "A vs C"], None)
    {'A vs B': ('A', 'B'), 'A vs C': ('A', 'C')}
    """
    if items is not None:
        found = {column: pair for column in columns if (pair := _pair_among(column, items))}
        candidates = [found] if found else []
    else:
        spoken = _split(columns, SPOKEN)
        by_sign = [pairs for sign in SIGNS if (pairs := _split(columns, sign))]
        most = max(map(len, by_sign), default=0)
        candidates = [spoken] if spoken else [pairs for pairs in by_sign if len(pairs) == most]
    if len(candidates) != 1:
        readings = [known(" and ".join(next(iter(pairs.values()))) for pairs in candidates[:2])]
        found_told = f"two readings, {readings[0]}" if candidates else f"columns {known(columns)}"
        remedy = 'name them with items=["A", "B", ...], as the header spells them'
        raise InputError(
            Fault(place, "columns that compare two things, such as 'A vs B'", found_told, remedy)
        )
    _refuse_repeats(place, candidates[0])
    return candidates[0]


def _pair_among(column: str, items: Sequence[str]) -> Pair | None:
    """Return the two items with which a column begins and ends, if anything but letters stands between them."""
    for first in items:
        for second in items:
            middle = column[len(first) : len(column) - len(second)]
            ends = column.startswith(first) and column.endswith(second) and first != second
            if ends and (SPOKEN.fullmatch(middle) or any(sign.fullmatch(middle) for sign in SIGNS)):
                return first, second
    return None


def _split(columns: Iterable[str], sign: re.Pattern[str]) -> dict[str, Pair]:
    """Return the columns that a sign splits in two, without those whose things no other column knows."""
    split = {column: sign.split(column.strip()) for column in columns}
    pairs = {
        column: (parts[0], parts[1])
        for column, parts in split.items()
        if len(parts) == 2 and all(parts) and parts[0] != parts[1]
    }
    if len(pairs) < 2:
        return pairs
    times = Counter(item for pair in pairs.values() for item in pair)
    return {
        column: (first, second)
        for column, (first, second) in pairs.items()
        if times[first] > 1 or times[second] > 1
    }


def _refuse_repeats(place: str, pairs: Mapping[str, Pair]) -> None:
    met: dict[frozenset[str], str] = {}
    for column, pair in pairs.items():
        if frozenset(pair) in met:
            found = f"'{met[frozenset(pair)]}' and '{column}'"
            raise InputError(Fault(place, "every pair once", found, "leave one out"))
        met[frozenset(pair)] = column


def proven_scale(place: str, answers: Sequence[str]) -> str:
    """Return the scale that answers prove; raises InputError where they could be read on several.

    A ratio below 1, or words, prove ratios; a negative number with a 9 and no 0 proves -9 to 9, one with a 0 and no
    9 proves -8 to 8.

    >>> proven_scale("s.csv", ["3", "1/3"]), proven_scale("s.csv", ["-9", "2"])
    ('ratios', '-9 to 9')
    """
    numbers = {abs(float(text)) for text in answers if WHOLE.fullmatch(text)}
    negative = any(text.startswith("-") for text in answers)
    if not negative and len([text for text in answers if not WHOLE.fullmatch(text)]) > 0:
        return RATIOS
    scales = [scale for scale in TOP if negative and _proves(scale, numbers)]
    if len(scales) != 1:
        told = known(sorted(set(answers))[:6])
        expected = f"answers that prove a scale among {known(SCALES)}"
        remedy = (
            'name it: scale="ratios" (1/9 to 9, or words), "-9 to 9" (1 equal), "-8 to 8" (0 equal)'
        )
        raise InputError(Fault(place, expected, told, remedy))
    return scales[0]


def _proves(scale: str, numbers: set[float]) -> bool:
    return (
        9 in numbers and 0 not in numbers if scale == NINES else 0 in numbers and 9 not in numbers
    )


def plain_answers(texts: Iterable[str]) -> dict[str, str]:
    """Return answers by their texts, decimal commas as points where the texts prove them."""
    given = list(dict.fromkeys(texts))
    decimal = convention(given)
    return {text: as_plain(text, decimal) or text.strip() for text in given}


def ratio_on(scale: str, text: str, place: str, *, negative: str = "first") -> Fraction:
    """Return how many times the first is preferred to the second, from an answer on a scale; raises InputError.

    >>> ratio_on("-9 to 9", "-3", "A vs B"), ratio_on("-8 to 8", "2", "A vs B")
    (Fraction(3, 1), Fraction(1, 3))
    """
    if scale == RATIOS:
        return ratio_of(text, place)
    number = int(float(text)) if WHOLE.fullmatch(text) else None
    least = 1 if scale == NINES else 0
    if number is None or not least <= abs(number) <= TOP[scale]:
        without = " without 0" if least else ""
        remedy = "correct it, or name another scale"
        raise InputError(Fault(place, f"a whole number from {scale}{without}", repr(text), remedy))
    times = Fraction(abs(number) + 1 - least)
    return times if (number < 0) == (negative == "first") else 1 / times

"""Names and limits as the first page has them: without codes and brackets, and short."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence

from mcda.problem.model import Problem
from mcda.problem.screening import proposed_floors
from mcda.reporting.language.numbers import as_stated
from mcda.sentences.catalogue import counted, listed, told

BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
OF_HUNDRED = re.compile(r"points,? \(?0\W+100\)?")
LONGEST = 60  # characters of a name in a sentence
FEW = 3  # names that a sentence names
ISO_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
LONG = 3  # months between two dates of which a reader must be told: a quarter, in which much may change
IN_YEARS = 24  # months from which on time is told in years
MIDDLE = 15  # day of a month after which the next one is nearer
HALF_A_YEAR = 6  # months after which the next year is nearer


def without_brackets(name: str) -> str:
    """Return a name without what stands in brackets, or as it is where nothing else does.

    >>> without_brackets("Sky Shield (air only)"), without_brackets("(none)")
    ('Sky Shield', '(none)')
    """
    return BRACKETS.sub("", name).strip() or name


def cut(name: object, most: int = LONGEST) -> str:
    """Return a name on one line, cut between words where it is too long for a sentence.

    >>> cut("A name of many words", 14)
    'A name of…'
    """
    plain = " ".join(str(name).split())
    if len(plain) <= most:
        return plain
    return (
        textwrap.shorten(plain, most, placeholder="…")
        if " " in plain[:most]
        else plain[:most] + "…"
    )


def plain_options(problem: Problem) -> dict[str, str]:
    """Return the name of every option by id; brackets stay where two names differ by them alone.

    >>> from criteria import ukraine_force
    >>> plain_options(ukraine_force.problem())["OPT01"]
    'Arms and training only'
    """
    bare = {str(option): cut(without_brackets(str(name))) for option, name in problem.short.items()}
    times = list(bare.values())
    return {
        option: name if times.count(name) == 1 else cut(problem.short[option])
        for option, name in bare.items()
    }


def amount(number: float, unit: str) -> str:
    """Return a stated number with its unit in plain words.

    >>> amount(30.0, "points 0-100"), amount(2.5, "EUR bn (2025)")
    ('30 of 100', '2.5 EUR bn')
    """
    if OF_HUNDRED.fullmatch(unit.strip()):
        return told("first_page.of_hundred", number=as_stated(number))
    return f"{as_stated(number)} {cut(without_brackets(unit))}".strip()


def unit_told(unit: str) -> str:
    """Return a unit in plain words.

    >>> unit_told("points 0-100"), unit_told("EUR bn (2025)")
    ('points of 100', 'EUR bn')
    """
    if OF_HUNDRED.fullmatch(unit.strip()):
        return told("first_page.points_of_hundred")
    return cut(without_brackets(unit))


def few(names: Iterable[str], most: int = FEW) -> str:
    """Return a few names as a list in a sentence, and how many more there are.

    >>> few(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    told_names = list(names)
    if len(told_names) <= most + 1:
        return listed(told_names)
    first = told("join.comma").join(told_names[:most])
    return told("many.names", names=first, count=len(told_names) - most)


def started(sentence: str) -> str:
    """Return a sentence with a capital at its start."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def day(text: str) -> str:
    """Return a date as people write it; other text as it is.

    >>> day("2026-02-24"), day("2026-02"), day("spring 2026")
    ('24 February 2026', 'February 2026', 'spring 2026')
    """
    found = ISO_DAY.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        return text
    month = told(f"month.m{found[2]}")
    if found[3]:
        return told("month.day", day=str(int(found[3])), month=month, year=found[1])
    return told("month.month", month=month, year=found[1])


def when(text: str) -> str:
    """Return a date with the word before it: on a day, in a month; other text as it is.

    >>> when("2026-02-24"), when("2026-02"), when("in spring")
    ('on 24 February 2026', 'in February 2026', 'in spring')
    """
    written = day(text)
    if written == text:
        return text
    key = "month.on" if text.strip().count("-") > 1 else "month.in"
    return told(key, date=written)


def time_between(earlier: str, later: str) -> str:
    """Return about how long after a date another is; blank below a quarter, or where one is no date.

    >>> time_between("2026-02-24", "2026-11-22"), time_between("1996-09", "2026-11-25")
    ('9 months', '30 years')
    >>> time_between("2026-11-02", "2026-11-20"), time_between("in spring", "2026-11-20")
    ('', '')
    """
    start = ISO_DAY.fullmatch(earlier.strip())
    end = ISO_DAY.fullmatch(later.strip())
    if not start or not end:
        return ""
    months = _months(end) - _months(start)
    if months < LONG:
        return ""
    if months < IN_YEARS:
        return counted(months, "month")
    return counted((months + HALF_A_YEAR) // 12, "year")


def _months(date: re.Match[str]) -> int:
    """Return the months up to a date, to the nearest."""
    return 12 * int(date[1]) + int(date[2]) + (int(date[3] or 0) > MIDDLE)


def kind_of_limit(problem: Problem, floors: Mapping[str, float]) -> str:
    """Return how limits are spoken of: one "minimum", one "maximum", or several "limits"."""
    if len(floors) > 1:
        return "limits"
    return "minimum" if problem.criterion(next(iter(floors))).direction == "max" else "maximum"


def side_told(problem: Problem, side: str) -> str:
    """Return a side of the limits that a question proposes, as a sentence opens; blank without any."""
    floors = proposed_floors(problem)
    return told(f"first_page.side_{side}_{kind_of_limit(problem, floors)}") if floors else ""


def limit_named(problem: Problem, floors: Mapping[str, float]) -> str:
    """Return the limits of a question in words, without their numbers."""
    labels = [cut(without_brackets(problem.criterion(key).label)) for key in floors]
    return told(f"first_page.the_{kind_of_limit(problem, floors)}", label=few(labels))


def limit_set(problem: Problem, floors: Mapping[str, float]) -> str:
    """Return what every option must reach, or may not pass, in words."""
    parts = []
    for key, floor in floors.items():
        leaf = problem.criterion(key)
        side = "must_reach" if leaf.direction == "max" else "at_most"
        label = cut(without_brackets(leaf.label))
        parts.append(told(f"first_page.{side}", label=label, amount=amount(floor, leaf.unit)))
    return few(parts)


def sets_of(holders: Sequence[str]) -> str:
    """Return how many sets of priorities there are."""
    return counted(len(holders), "priorities")

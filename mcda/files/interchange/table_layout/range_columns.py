"""Columns such as cost_min and cost_max, or cost low, mode and high: the range of one criterion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

from mcda.checks.faults import Fault, known, refuse
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import named

LOW = "low"
MODE = "mode"
HIGH = "high"
DEVIATION = "deviation"
# which of them is the low end is seen in the numbers: a cost's best case is its lowest one
BEST_CASE = "best case"
WORST_CASE = "worst case"
ENDS = {
    LOW: "low, lower, lo, min, minimum, lowest, from, von, p5, p05, p10, 5%, 10%",
    MODE: """
        mode, best estimate, most likely, likely, central, median, mid, mean, expected, base case,
        p50, 50%
    """,
    HIGH: "high, higher, upper, hi, max, maximum, highest, to, bis, p90, p95, 90%, 95%",
    BEST_CASE: "best, best case, optimistic",  # "best" is the best estimate where no worst stands beside
    WORST_CASE: "worst, worst case, pessimistic",
    DEVIATION: """
        std, sd, stdev, se, deviation, standard deviation, standard error, std error, error, sigma,
        margin of error, uncertainty, ±, +/-, +-
    """,
}
END_OF_WORD = {word.strip(): end for end, words in ENDS.items() for word in words.split(",")}
WORDS = "|".join(map(re.escape, sorted(END_OF_WORD, key=len, reverse=True)))
HEAD = re.compile(rf"(.+?)[\s_\-.,:/(\[]+({WORDS})[)\]\s]*", re.IGNORECASE)
SIGNS = ("±", "+/-", "+-")  # alone they tell of the column before them


@dataclass(frozen=True)
class Ranges:
    """The table of best estimates, its low and high where columns tell them, and notes on those columns."""

    body: pd.DataFrame
    low: pd.DataFrame | None = None
    high: pd.DataFrame | None = None
    notes: list[Note] = field(default_factory=list)
    heads: Mapping[str, list[str]] = field(default_factory=dict)


def ranges_of(table: pd.DataFrame, told: Mapping[str, str], place: str) -> Ranges:
    """Return a table whose columns of one range are one criterion; raises InputError where they are none.

    Columns that are told to be criteria stay as they are. Where no column holds the best estimate, it is the middle.
    """
    heads = [str(key) for key in table.columns if str(key) not in told]
    grouped = _grouped(table, heads, place)
    refuse(fault for stem, ends in grouped.items() for fault in _faults(table, stem, ends, place))
    if not grouped:
        return Ranges(table)
    body = {}
    low = {}
    high = {}
    notes = []
    ends_of = {key: stem for stem, ends in grouped.items() for key in ends.values()}
    for key in table.columns:
        stem = ends_of.get(key)
        if stem is None:
            body[key] = table[key]
        elif stem not in body:
            ends = grouped[stem]
            low[stem] = table[ends[LOW]]
            high[stem] = table[ends[HIGH]]
            body[stem] = table[ends[MODE]] if MODE in ends else (low[stem] + high[stem]) / 2
            notes.append(_note(place, stem, ends))
    best, lowest, highest = (pd.DataFrame(each, index=table.index) for each in (body, low, high))
    return Ranges(
        best, lowest, highest, notes, {stem: list(ends.values()) for stem, ends in grouped.items()}
    )


def _note(place: str, stem: str, ends: Mapping[str, str]) -> Note:
    middle = "" if MODE in ends else ", its best estimate the middle"
    return Note(place, named("the column", ends.values()), f"the range of '{stem}'{middle}")


def end_of(head: str) -> tuple[str, str]:
    """Return the criterion and the end of its range that a head tells; blank where it tells none.

    >>> end_of("cost_min"), end_of("Cost (high)"), end_of("Cost")
    (('cost', 'low'), ('Cost', 'high'), ('', ''))
    """
    match = HEAD.fullmatch(head.strip())
    if match is None:
        return "", ""
    criterion, word = match.groups()
    return criterion.strip(), END_OF_WORD[word.lower()]


def _grouped(table: pd.DataFrame, heads: Sequence[str], place: str) -> dict[str, dict[str, str]]:
    """Return the column of each end, by criterion; raises InputError where two columns tell the same end."""
    groups = _groups(heads)
    refuse(fault for stem, ends in groups.items() for fault in _twice(stem, ends, place))
    return {stem: _ends(table, ends) for stem, ends in groups.items()}


def _groups(heads: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Return the columns of each criterion by what they tell of its range: those with both ends, or a deviation."""
    groups: dict[str, dict[str, list[str]]] = {}
    for before, head in pairwise(["", *heads]):
        stem, end = (before, DEVIATION) if head.strip() in SIGNS else end_of(head)
        if stem:
            groups.setdefault(stem, {}).setdefault(end, []).append(head)
    for stem, ends in groups.items():
        if WORST_CASE not in ends and BEST_CASE in ends:
            ends.setdefault(MODE, []).extend(ends.pop(BEST_CASE))
        if stem in heads:
            ends.setdefault(MODE, []).append(stem)
    return {stem: ends for stem, ends in groups.items() if _is_range(ends)}


def _is_range(ends: Mapping[str, object]) -> bool:
    """Return whether there are two ends, or a deviation from something: "forecast error" alone is none."""
    from_something = DEVIATION in ends and len(ends) > 1
    return {LOW, HIGH} <= set(ends) or {BEST_CASE, WORST_CASE} <= set(ends) or from_something


def _twice(stem: str, ends: Mapping[str, Sequence[str]], place: str) -> list[Fault]:
    """Return a fault for each end of a range that two columns tell."""
    faults = []
    for end, heads in ends.items():
        if len(heads) > 1:
            ways = f"columns={{{heads[-1]!r}: 'left out'}}"
            where = f"{place}, columns {known(heads)}"
            expected = f"one column for the {end} of '{stem}'"
            faults.append(Fault(where, expected, str(len(heads)), f"leave one out, {ways}"))
    return faults


def _ends(table: pd.DataFrame, heads: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the column of each end of a range, the best and the worst case by their numbers."""
    ends = {end: columns[0] for end, columns in heads.items()}
    if BEST_CASE in ends:
        best = ends.pop(BEST_CASE)
        worst = ends.pop(WORST_CASE)
        rises = (table[best] <= table[worst]).all()
        ends[LOW] = best if rises else worst
        ends[HIGH] = worst if rises else best
    return ends


def _faults(table: pd.DataFrame, stem: str, ends: Mapping[str, str], place: str) -> list[Fault]:
    """Return the fault of columns that are called after a range and hold none."""
    heads = list(ends.values())
    ways = f"say that they are criteria, columns={dict.fromkeys(heads, 'criterion')!r}"
    where = f"{place}, columns {known(heads)}"
    if DEVIATION in ends:
        remedy = f"leave the deviation out, columns={{{ends[DEVIATION]!r}: 'left out'}}, or {ways}"
        return [Fault(where, f"low and high of '{stem}'", "a deviation", remedy)]
    ordered = [table[ends[end]] for end in (LOW, MODE, HIGH) if end in ends]
    wrong = [
        str(name)
        for lower, upper in pairwise(ordered)
        for name in table.index[(lower > upper).to_numpy()]
    ]
    found = f"the reverse for {known(dict.fromkeys(wrong))}"
    expected = f"a range of '{stem}', from low to high"
    return [Fault(where, expected, found, f"correct them, or {ways}")] if wrong else []

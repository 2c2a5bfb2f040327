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

ENDS = {
    "low": ("low", "lower", "lo", "min", "minimum", "lowest", "from", "von", "p5", "p10"),
    "mode": (
        "mode",
        "best",
        "best estimate",
        "most likely",
        "likely",
        "central",
        "median",
        "mid",
        "mean",
    ),
    "high": (
        "high",
        "higher",
        "upper",
        "hi",
        "max",
        "maximum",
        "highest",
        "to",
        "bis",
        "p90",
        "p95",
    ),
    "deviation": ("std", "sd", "stdev", "se", "deviation", "standard deviation", "sigma"),
}
WORDS = sorted((word for words in ENDS.values() for word in words), key=len, reverse=True)
HEAD = re.compile(rf"(.+?)[\s_\-.,:/(\[]+({'|'.join(WORDS)})[)\]\s]*", re.IGNORECASE)


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
    grouped = _grouped([str(key) for key in table.columns if str(key) not in told])
    refuse([fault for stem, ends in grouped.items() for fault in _faults(table, stem, ends, place)])
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
            low[stem] = table[ends["low"]]
            high[stem] = table[ends["high"]]
            body[stem] = table[ends["mode"]] if "mode" in ends else (low[stem] + high[stem]) / 2
            notes.append(_note(place, stem, ends))
    best, lowest, highest = (pd.DataFrame(each, index=table.index) for each in (body, low, high))
    return Ranges(
        best, lowest, highest, notes, {stem: list(ends.values()) for stem, ends in grouped.items()}
    )


def _note(place: str, stem: str, ends: Mapping[str, str]) -> Note:
    middle = "" if "mode" in ends else ", its best estimate the middle"
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
    end = next(end for end, words in ENDS.items() if word.lower() in words)
    return criterion.strip(), end


def _grouped(heads: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the columns of each criterion by the end of its range: those with both ends, or a deviation."""
    groups: dict[str, dict[str, str]] = {}
    for head in heads:
        stem, end = end_of(head)
        if stem:
            groups.setdefault(stem, {}).setdefault(end, head)
    grouped = {
        stem: ends
        for stem, ends in groups.items()
        if {"low", "high"} <= set(ends) or "deviation" in ends
    }
    for stem, ends in grouped.items():
        if stem in heads:
            ends.setdefault("mode", stem)
    return grouped


def _faults(table: pd.DataFrame, stem: str, ends: Mapping[str, str], place: str) -> list[Fault]:
    """Return the fault of columns that are called after a range and hold none."""
    heads = list(ends.values())
    ways = f"say that they are criteria, columns={dict.fromkeys(heads, 'criterion')!r}"
    where = f"{place}, columns {known(heads)}"
    if "deviation" in ends:
        remedy = (
            f"leave the deviation out, columns={{{ends['deviation']!r}: 'left out'}}, or {ways}"
        )
        return [Fault(where, f"low and high of '{stem}'", "a deviation", remedy)]
    ordered = [table[ends[end]] for end in ("low", "mode", "high") if end in ends]
    wrong = [
        str(name)
        for lower, upper in pairwise(ordered)
        for name in table.index[(lower > upper).to_numpy()]
    ]
    found = f"the reverse for {known(dict.fromkeys(wrong))}"
    expected = f"a range of '{stem}', from low to high"
    return [Fault(where, expected, found, f"correct them, or {ways}")] if wrong else []

"""Scores that are missing: told once for an option or criterion without any, else by pair."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mcda.checks.faults import Fault, known
from mcda.files.question.as_typed.example_rows import is_of_example
from mcda.files.tables.sheets import Sheets

REMEDY = "judge the cell, or give the criterion a measure"


def missing_faults(sheets: Sheets, options: Sequence[str], leaves: Collection[str]) -> list[Fault]:
    """Return a fault for every pair of an option and a leaf without a score.

    An option without any score, or a leaf without any, is one fault. A pair is passed over where a
    row of scores names nothing in place of its option or its leaf: that row is told already.
    """
    if "scores" in sheets.broken:
        return []
    pairs_scored = {(row.text("option"), row.text("criterion")) for row in sheets.rows("scores")}
    known_names = (set(options), set(leaves) | {row.text("id") for row in sheets.rows("criteria")})
    strays = {
        (option if option in known_names[0] else "", leaf if leaf in known_names[1] else "")
        for option, leaf in pairs_scored
    }
    missing = [
        (option, leaf)
        for leaf in leaves
        for option in options
        if (option, leaf) not in pairs_scored and not {(option, ""), ("", leaf), ("", "")} & strays
    ]
    where = sheets.place("scores")
    faults: list[Fault] = []
    if pairs_scored:
        missing = _told_whole(sheets, missing, (options, leaves), faults)
    elif missing:
        found = f"none of {len(missing)}"
        return [Fault(where, "a score of every option on every criterion", found, REMEDY)]
    expected = "a row for option '{}', criterion '{}'"
    return faults + [Fault(where, expected.format(*pair), "none", REMEDY) for pair in missing]


def _remedy(sheets: Sheets, what: str, key: str) -> str:
    """Return the way out; for an option or criterion of the example, that its row may be left over."""
    of = {"option": "options", "criterion": "criteria"}[what]
    left = [row for row in sheets.rows(of) if row.text("id") == key and is_of_example(of, row)]
    if not left:
        return REMEDY
    return f"{REMEDY}; if it is left from the example, delete its row, {left[0].place}"


def _told_whole(
    sheets: Sheets,
    missing: list[tuple[str, str]],
    axes: tuple[Sequence[str], Collection[str]],
    faults: list[Fault],
) -> list[tuple[str, str]]:
    """Add a fault for each option or leaf that misses more than one and all; return the other pairs."""
    where = sheets.place("scores")
    for at, what in enumerate(("option", "criterion")):
        others = axes[1 - at]
        for key in axes[at]:
            own = [pair for pair in missing if pair[at] == key]
            if len(own) == len(others) > 1:
                other = known(pair[1 - at] for pair in own)
                expected = f"rows for {what} '{key}' with {other}"
                faults.append(Fault(where, expected, "none", _remedy(sheets, what, key)))
                missing = [pair for pair in missing if pair[at] != key]
    return missing

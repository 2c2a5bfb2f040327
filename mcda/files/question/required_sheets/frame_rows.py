"""The sheet question: the frame, the language of reports, and the rule that widens weak evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from mcda.checks.faults import Fault, known
from mcda.files.question.schema import DATE_FIELDS
from mcda.files.tables.cell_types import Date
from mcda.files.tables.sheets import Sheets
from mcda.problem.model import Frame
from mcda.problem.over_ranges.widening import Widening, read_widening
from mcda.sentences.catalogue import languages

WIDENING = "widening."


def read_frame(sheets: Sheets) -> tuple[Frame, str]:
    """Return the frame, and the package that it names for formulas."""
    names = {entry.name for entry in fields(Frame)}
    lists = {entry.name for entry in fields(Frame) if entry.type.startswith("tuple")}
    values_of: dict[str, list[str]] = {}
    for row in sheets.rows("question"):
        key = row.text("field").strip()
        value = row.text("value")
        if key.startswith(WIDENING):
            continue
        if key not in {*names, "measures"}:
            sheets.faults.append(
                Fault(
                    row.place, f"keys among {known(sorted(names), 30)}", f"'{key}'", at=row.spot()
                )
            )
        elif value.strip():
            values_of.setdefault(key, []).append(value)
    package = "".join(values_of.pop("measures", []))
    sheets.faults.extend(_language_faults(sheets, values_of.get("language", [])))
    sheets.faults.extend(_date_faults(sheets, values_of))
    about: dict[str, Any] = {
        key: tuple(values) if key in lists else "; ".join(values)
        for key, values in values_of.items()
    }
    return Frame(**about), package


def _language_faults(sheets: Sheets, named: Sequence[str]) -> list[Fault]:
    """Return the fault of a language that reports can't be written in."""
    place = f"{sheets.place('question')}, language"
    return [
        Fault(place, f"one of {known(languages())}", repr(name), "leave it blank for English")
        for name in named
        if name.strip() not in languages()
    ]


def _date_faults(sheets: Sheets, values_of: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Return the faults of days and months that no calendar has."""
    faults = []
    for key in DATE_FIELDS:
        for value in values_of.get(key, ()):
            refused = Date().refused(value)
            if refused:
                faults.append(Fault(f"{sheets.place('question')}, {key}", *refused))
    return faults


def widening_rule(sheets: Sheets) -> Widening | None:
    """Return the question's rule for weak evidence, from fields such as "widening.factors.D4"."""
    rules: dict[str, list[str]] = {}
    for row in sheets.rows("question"):
        if row.text("field").startswith(WIDENING):
            rules.setdefault(row.text("field").strip().removeprefix(WIDENING), []).append(
                row.text("value")
            )
    with sheets.faults.gathered(sheets.place("question")):
        return read_widening(rules)
    return None

"""The decimal sign of a table, where its cells don't prove one: told by the caller, or asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

from mcda.checks.faults import Fault, InputError
from mcda.files.interchange.table_layout.table_lines import Line
from mcda.files.tables.numerals import convention, points_of_either, unreadable, with_decimal
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import number_of

SIGNS = (".", ",")
WAYS = "give decimal=',' or decimal='.'"
THOUSANDS = "give decimal=',' where points part thousands"


def unproven_points(lines: Sequence[Line]) -> list[Fault]:
    """Return the fault of numbers such as "1.200" in a file of semicolons that proves no decimal sign.

    Semicolons part cells where the comma is decimal, and there a point parts thousands.
    """
    either = set(points_of_either(text for line in lines for text in line.texts))
    shown = [(line, text) for line in lines for text in line.texts if text in either]
    if not shown:
        return []
    line, text = shown[0]
    found, _ = unreadable(text)
    more = f", as {number_of(len(shown) - 1, 'more cell')}" if len(shown) > 1 else ""
    return [Fault(line.place, "numbers of one reading", f"{found}{more}", WAYS)]


def with_told_decimal(lines: Sequence[Line], decimal: str | None) -> tuple[list[Line], list[Note]]:
    """Return lines whose numbers of two readings are written plainly, with a note for each.

    Raises InputError for a sign that is neither a point nor a comma, or that the cells contradict.
    """
    if decimal is None:
        return list(lines), []
    if decimal not in SIGNS:
        raise InputError(Fault("decimal", "'.' or ','", repr(decimal)))
    _check_agreement(lines, decimal)
    notes = list[Note]()
    return [_decided(line, decimal, notes) for line in lines], notes


def _check_agreement(lines: Sequence[Line], decimal: str) -> None:
    """Refuse a sign other than the one that every cell proves which proves one."""
    texts = [
        text
        for line in lines
        for text, typed in zip(line.texts, line.typed or repeat(False), strict=False)
        if not typed
    ]
    proven = convention(texts)
    if proven in SIGNS and proven != decimal:
        proof = next(text for text in texts if convention([text]))
        expected = f"'{proven}', which cells such as {proof!r} prove"
        raise InputError(Fault("decimal", expected, repr(decimal)))


def _decided(line: Line, decimal: str, notes: list[Note]) -> Line:
    typed = line.typed or (False,) * len(line.texts)
    texts = list(line.texts)
    for at, text in enumerate(line.texts):
        plainly = text if typed[at] else with_decimal(text, decimal)
        if plainly != text:
            texts[at] = plainly
            notes.append(Note(f"{line.place} cell {at + 1}", repr(text), plainly))
    return replace(line, texts=tuple(texts))

"""The cells of the alternatives as numbers, and one fault for each cause: a column in words, a word, a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.labels import NUMBER, name_faults, parse_number
from mcda.files.interchange.table_layout.decimal_sign import THOUSANDS, WAYS
from mcda.files.interchange.table_layout.headings import NO_NAMES, Headed
from mcda.files.tables.numerals import (
    ABSENT,
    PLAIN_DIGITS,
    has_two_readings,
    holds_digit,
    unreadable,
    written_as,
)
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Note, Row, Sheet
from mcda.files.tables.things import number_of

Levels = Mapping[str, Mapping[str, float]]


def numbers_of(
    found: Headed, rows: Sequence[Row], criteria: Sequence[str], levels: Levels
) -> tuple[pd.DataFrame, list[Note]]:
    """Return the rows as numbers, by alternative, and notes on those that weren't written plainly.

    `levels` are the numbers of words, by criterion. Raises InputError with one fault for a column without a number, one
    for all cells of a column with the same word, and one for a column of names where names stand in it twice.
    """
    coded = [_coded(row, levels) for row in rows] if levels else rows
    place = found.header.place
    sheet, notes, faults = settled(Sheet(place, tuple(criteria), tuple(coded)), lambda column: True)
    worded = [key for key in criteria if _in_words(sheet.rows, key)]
    numeric = [key for key in criteria if key not in worded]
    signs = [replace(fault, remedy=f"{fault.remedy}, or {THOUSANDS}") for fault in faults]
    told = [*signs, *_name_faults(found, rows), *_column_faults(place, sheet.rows, worded)]
    numbers = [_numbers(row, numeric) for row in sheet.rows]
    told += _cell_faults(sheet.rows, numeric, numbers, levels)
    refuse(dict.fromkeys(told))
    return pd.DataFrame(numbers, [row.text("") for row in rows], numeric, dtype=float), notes


def _numbers(row: Row, criteria: Sequence[str]) -> list[float | None]:
    """Return the numbers of a row, None for a cell that holds none."""
    numbers: list[float | None] = []
    for key in criteria:
        try:
            numbers.append(parse_number(row.text(key)))
        except ValueError:
            numbers.append(None)
    return numbers


def _cell_faults(
    rows: Sequence[Row],
    criteria: Sequence[str],
    numbers: Sequence[Sequence[float | None]],
    levels: Levels,
) -> list[Fault]:
    """Return a fault for each row without a number, and one for all cells of a column with the same text."""
    faults = []
    same: dict[tuple[str, str], list[Row]] = {}
    for row, held in zip(rows, numbers, strict=True):
        if criteria and not any(row.text(key).strip() for key in criteria):
            faults.append(_name_alone(row))
            continue
        if _repeats_heads(row, criteria):
            faults.append(_heads_again(row))
            continue
        for key, number in zip(criteria, held, strict=True):
            if number is None:
                same.setdefault((key, row.text(key).strip()), []).append(row)
    return faults + [_cell_fault(key, alike, levels) for (key, _), alike in same.items()]


def _cell_fault(key: str, rows: Sequence[Row], levels: Levels) -> Fault:
    """Return the fault of a text that is no number, in the first of its rows."""
    first = rows[0]
    text = first.text(key).strip()
    told, remedy = unreadable(first.text(key))
    if len(rows) > 1:
        told += f", as in {number_of(len(rows) - 1, 'more row')}"
    if text.lower() in ABSENT:
        ways = f"rows={{{first.text('')!r}: 'left out'}} or columns={{{key!r}: 'left out'}}"
        remedy += f", or leave the row or the column out: {ways}"
    if has_two_readings(text):
        remedy += f", or {WAYS}"
    expected = "a number such as 12.5"
    if key in levels:
        expected += f", or a word with a level ({known(levels[key])})"
        remedy += f", or give it a level: levels={{{key!r}: {{...}}}}"
    where = f"{first.place}: {first.named(key)}"
    return Fault(where, expected, told, remedy, first.spot(key))


def _in_words(rows: Sequence[Row], key: str) -> bool:
    """Return whether a column holds words and nothing that is, or may be meant as, a number."""
    any_word = False
    for row in rows:
        text = row.text(key).strip()
        if NUMBER.fullmatch(text):
            return False
        if text.lower() not in ABSENT:
            any_word = True
            if unreadable(text)[1] != PLAIN_DIGITS and not written_as(text):
                return False
    return any_word


def _column_faults(place: str, rows: Sequence[Row], worded: Sequence[str]) -> list[Fault]:
    """Return a fault for each column in words, with the ways out."""
    faults = []
    for key in worded:
        words = list(dict.fromkeys(row.text(key).strip() for row in rows))
        forms = {written_as(word) for word in words}
        form = forms.pop() if len(forms) == 1 else None
        levels = f"give levels={{{key!r}: {{...}}}}"
        if form is None and all(map(holds_digit, words)):
            form = "a number with words", f"write the numbers alone, in one unit, or {levels}"
        what, remedy = form or ("words", levels)
        remedy += (
            f", or say what the column is: "
            f"columns={{{key!r}: 'label'}} or columns={{{key!r}: 'left out'}}"
        )
        found = f"{what} in each cell: {known(words)}" if form else f"{what}: {known(words)}"
        where = f"{place}, {rows[0].named(key)}"
        faults.append(Fault(where, "numbers", found, remedy, rows[0].spot(key)))
    return faults


def _name_alone(row: Row) -> Fault:
    """Return the one fault of a row without any number, which may be a footnote."""
    called = row.text("").strip()
    remedy = f"if it is a footnote, delete the line or give rows={{{called!r}: 'left out'}}"
    return row.fault("", "a number for each criterion", "a name alone", remedy)


def _repeats_heads(row: Row, criteria: Sequence[str]) -> bool:
    return bool(criteria) and all(row.text(key).strip() == key for key in criteria)


def _heads_again(row: Row) -> Fault:
    """Return the one fault of a row that is the heads once more, as where tables were joined."""
    called = row.text("").strip()
    remedy = f"delete the line, or give rows={{{called!r}: 'left out'}}"
    return row.fault("", "an alternative with its numbers", "the heads once more", remedy)


def _name_faults(found: Headed, rows: Sequence[Row]) -> list[Fault]:
    """Return the faults of the names; of several that stand twice one, with the column that may hold the names."""
    names = [row.text("") for row in rows]
    faults = name_faults(names, "alternative")
    twice = {name: count for name, count in Counter(names).items() if count > 1 and name}
    if len(twice) < 2:
        return faults
    others = [key for key in found.heads if _name_each(rows, key)]
    ways = " or ".join(f"names={key!r}" for key in (*others, NO_NAMES))
    remedy = f"say which column holds the names, {ways}"
    if not others:
        remedy = f"give each row a name of its own; {ways} numbers them"
    told = known([f"{name} ({count} times)" for name, count in twice.items()], 3)
    where = f"{found.header.place}, column '{found.corner}'"
    return [Fault(where, "a name of its own for each alternative", told, remedy)]


def _name_each(rows: Sequence[Row], key: str) -> bool:
    """Return whether a column has a word of its own in each row."""
    texts = [row.text(key).strip() for row in rows]
    return len(set(texts)) == len(texts) and not any(map(NUMBER.fullmatch, texts)) and all(texts)


def _coded(row: Row, levels: Levels) -> Row:
    """Return a row whose words are the numbers that their criterion's levels give them."""
    cells = {
        key: repr(float(levels[key][text.strip()]))
        if key in levels and text.strip() in levels[key]
        else text
        for key, text in row.cells.items()
    }
    return Row(row.place, cells, row.spots, row.typed)

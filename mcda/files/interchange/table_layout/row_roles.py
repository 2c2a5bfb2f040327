"""What each row of a table is: an alternative, or weights, directions, thresholds, units, a statistic of the others.

A role is given where the word and the cells agree, or by the caller; where they don't, it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mcda.checks.faults import Fault, known, refuse
from mcda.checks.table_words import folded, role, without_number
from mcda.files.interchange.table_layout.repeated_numbers import STATISTICS, repeats
from mcda.files.interchange.table_layout.role_by_word import (
    LOOKED_AT,
    SAID,
    SINGLE,
    ask,
    role_by_word,
)
from mcda.files.interchange.table_layout.row_cells import (
    LETTERS,
    ROUNDING,
    THRESHOLDS,
    RowCells,
    is_whole,
)
from mcda.files.tables.numerals import as_plain
from mcda.files.tables.sheets import Note, Row

HALF = 0.5000001  # of the last digit, and a hair more: half of it is rounded either way
ROW_ROLES = ("option", "left out", *SINGLE)
# roles as callers write them too
SHORT = {"alternative": "option", "direction": "directions", "weight": "weights", "unit": "units"}


@dataclass(frozen=True)
class Roles:
    """The rows that are alternatives, those with a role of their own by that role, and a note for each of those."""

    alternatives: list[Row]
    special: dict[str, Row]
    notes: list[Note]


def roles_of(
    rows: Sequence[Row],
    criteria: Sequence[str],
    stated: Mapping[str, str],
    words: Mapping[str, Mapping[str, float]],
) -> Roles:
    """Return what each row is; raises InputError for a role given twice, and where it must be asked for.

    `stated` are the roles that the caller gives, by name; `words` the levels of words, by criterion.
    """
    table = RowCells(rows, criteria, _known_roles(stated, rows), words)
    parts = dict[int, str]()  # the role of each row that has one, by its position
    asked = list[Fault]()
    for at, row in enumerate(rows):
        part = table.stated_role(row) or role_by_word(table, row)
        if isinstance(part, Fault):
            asked.append(part)
        elif part:
            parts[at] = part
    _drop_thresholds_of_options(table, parts, asked)
    refuse([*_twice(rows, parts), *asked])
    _add_statistics(table, parts, asked)
    _ask_about_others(table, parts, asked)
    refuse(asked)
    return _divided(table, parts)


def _known_roles(stated: Mapping[str, str], rows: Sequence[Row]) -> dict[str, str]:
    """Return the roles that were stated by the names of the rows; raises InputError for another name or role."""
    names = [row.text("") for row in rows]
    faults = []
    roles = dict[str, str]()
    for name, part in stated.items():
        plainly = SHORT.get(str(part), str(part))
        row_name = _name_of(name, names)
        if row_name is None:
            expected = f"rows among {known(names)}"
            faults.append(Fault("rows", expected, repr(name), "correct the name"))
        elif plainly not in ROW_ROLES:
            faults.append(Fault(f"rows, '{name}'", f"a role among {known(ROW_ROLES)}", repr(part)))
        else:
            roles[row_name] = plainly
    refuse(faults)
    return roles


def _name_of(name: str, names: Sequence[str]) -> str | None:
    """Return the name of the row that is meant: as it is written, or the only one that differs by case alone."""
    if name in names:
        return name
    alike = [other for other in names if folded(other) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def _drop_thresholds_of_options(table: RowCells, parts: dict[int, str], asked: list[Fault]) -> None:
    """Ask about rows called after thresholds unless directions stand beside, or no alternative does."""
    by_word = []
    for at, part in parts.items():
        if part in THRESHOLDS and not table.stated_role(table.rows[at]):
            by_word.append(at)
    alone = len(parts) == len(table.rows) and len(by_word) > 1
    lettered = any(folded(table.rows[at].text("")) in LETTERS for at in by_word)
    if "directions" in parts.values() or ((alone or lettered) and _ordered(table, parts)):
        return
    for at in by_word:
        asked.append(ask(table.rows[at], parts[at]))
        del parts[at]


def _ordered(table: RowCells, parts: Mapping[int, str]) -> bool:
    """Return whether indifference is nowhere above preference, nor preference above veto."""
    numbers = {part: table.numbers(table.rows[at]) for at, part in parts.items()}
    ranked = [np.array(numbers[part]) for part in THRESHOLDS if part in numbers]
    return all(not (low > high).any() for low, high in pairwise(ranked))


def _twice(rows: Sequence[Row], parts: Mapping[int, str]) -> list[Fault]:
    """Return a fault for each role that two rows have."""
    faults = []
    for single in SINGLE:
        having = [rows[at] for at, part in parts.items() if part == single]
        if len(having) > 1:
            names = [row.text("") for row in having]
            remedy = f"say what one is: rows={{{names[-1]!r}: 'left out'}}"
            faults.append(having[-1].fault("", f"one row of {single}", f"{known(names)}", remedy))
    return faults


def _add_statistics(table: RowCells, parts: dict[int, str], asked: list[Fault]) -> None:
    """Leave out rows whose name is a statistic and whose cells are that of the others; ask where they aren't."""
    statistics = _called_statistics(table, parts)
    if not statistics:
        return
    others = [
        table.numbers(row)
        for at, row in enumerate(table.rows)
        if parts.get(at, "option") == "option" and at not in statistics
    ]
    for at, part in statistics.items():
        row = table.rows[at]
        if repeats(part, table.numbers(row), others, _half_of_last_digit(table, row)):
            parts[at] = part
        else:
            asked.append(ask(row, part))


def _called_statistics(table: RowCells, parts: Mapping[int, str]) -> dict[int, str]:
    """Return the statistics that rows without a role are called after, by position."""
    statistics = {}
    for at, row in enumerate(table.rows):
        part = role(row.text(""))
        if at not in parts and not table.stated_role(row) and part in STATISTICS:
            statistics[at] = part
    return statistics


def _half_of_last_digit(table: RowCells, row: Row) -> float:
    """Return by how much a number that the row's cells show may be rounded."""
    numbers = [as_plain(text.removesuffix("%"), table.decimal) or "" for text in table.filled(row)]
    decimals = max((len(number.partition(".")[2]) for number in numbers), default=0)
    return HALF * 10.0**-decimals if decimals else ROUNDING


def _ask_about_others(table: RowCells, parts: Mapping[int, str], asked: list[Fault]) -> None:
    """Ask about rows of no known name that hardly are alternatives: only 1 and -1, a total, shares of a whole."""
    plain = [
        row for at, row in enumerate(table.rows) if at not in parts and not table.stated_role(row)
    ]
    if len(table.criteria) < 2 or not 1 < len(plain) <= LOOKED_AT:
        return
    numbers = [table.numbers(row) for row in plain]
    for at, row in enumerate(plain):
        others = [*numbers[:at], *numbers[at + 1 :]]
        part = _likely(numbers[at], others, at in (0, len(plain) - 1), parts)
        if _is_flags(at, plain, numbers):
            part = "flags"
        if part and row.text(""):  # a row without a name is a fault in any case
            asked.append(ask(row, part))


def _is_flags(at: int, rows: Sequence[Row], numbers: Sequence[Sequence[float]]) -> bool:
    """Return whether a row holds 0 and 1 under a name unlike the others: it may say which way is better."""
    stems = [without_number(row.text("")) for row in rows]
    other_stems = {*stems[:at], *stems[at + 1 :]}
    is_question = rows[at].text("").rstrip().endswith("?")
    alone = len(rows) > 2 and len(other_stems) == 1 and stems[at] not in other_stems
    others = [*numbers[:at], *numbers[at + 1 :]]
    alike = any(set(cells) <= {0.0, 1.0} for cells in others)
    return (is_question or alone) and not alike and set(numbers[at]) == {0.0, 1.0}


def _likely(
    cells: Sequence[float],
    others: Sequence[Sequence[float]],
    at_an_end: bool,
    parts: Mapping[int, str],
) -> str:
    """Return the role that a row's cells alone make likely, blank where they don't."""
    signs = set(cells)
    if signs == {1.0, -1.0} and "directions" not in parts.values():
        alike = any(set(other) <= {1.0, -1.0, 0.0} for other in others)
        return "" if alike else "directions"
    if not at_an_end or len(others) < 2:
        return ""
    if repeats("total", cells, others):
        return "total"
    shares = is_whole(sum(cells)) and min(cells) > 0
    unlike = not any(is_whole(sum(other)) for other in others)
    return "weights" if shares and unlike and "weights" not in parts.values() else ""


def _divided(table: RowCells, parts: Mapping[int, str]) -> Roles:
    """Return the alternatives apart from the rows of other roles, with a note for each of these."""
    alternatives = [row for at, row in enumerate(table.rows) if parts.get(at, "option") == "option"]
    special = {}
    notes = []
    for at, part in parts.items():
        row = table.rows[at]
        place = row.place.partition(", alternative ")[0]
        read_as = f"{SAID.get(part, 'no alternative')}: left out"
        if part in SINGLE:
            special[part] = replace(row, place=f"{place}, the {part}")  # faults name it by its role
            read_as = f"the {part}"
        if part != "option":
            notes.append(Note(place, f"the row '{row.text('')}'", read_as, row.spot()))
    return Roles(alternatives, special, notes)

"""A bare decision matrix as others hold it: performances, and whatever directions and weights came along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.table_words import names, role, without_number
from mcda.files.interchange.table_layout.beside_rows import (
    directions_of,
    row_beside,
    thresholds_of,
    told_directions,
    units_of,
    weights_of,
)
from mcda.files.interchange.table_layout.column_roles import columns_of
from mcda.files.interchange.table_layout.decimal_sign import with_told_decimal
from mcda.files.interchange.table_layout.framed_lines import framed
from mcda.files.interchange.table_layout.headings import Headed, alike_notes, headed
from mcda.files.interchange.table_layout.number_cells import numbers_of
from mcda.files.interchange.table_layout.range_columns import Ranges, ranges_of
from mcda.files.interchange.table_layout.row_roles import Roles, roles_of
from mcda.files.interchange.table_layout.table_lines import Line
from mcda.files.tables.sheets import Note, Row
from mcda.files.tables.written_units import without_units
from mcda.problem.bare_table.matrix import Matrix

FICTIVE = re.compile(r"fictive", re.IGNORECASE)
STANDS = ("rows", "columns")
NO_WAY = "a table that doesn't say which way it stands"
CRITERION = ("criterion", "criteria")


@dataclass(frozen=True)
class Hints:
    """What the caller says of a table beyond what stands in it: see `read_matrix`."""

    rows: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    criteria: str | None = None
    names: str | None = None
    header: bool | None = None
    decimal: str | None = None

    def numeric(self, heads: Sequence[str]) -> list[str]:
        """Return the columns that aren't told to be anything but a criterion."""
        return [key for key in heads if self.columns.get(key, "criterion") in CRITERION]

    def with_row(self, name: str | None, role: str) -> Hints:
        """Return the same with a row of a role by its name, where one is given; raises InputError for two roles."""
        if name is None:
            return self
        if self.rows.get(name, role) != role:
            found = f"rows={{{name!r}: {self.rows[name]!r}}} and {role}={name!r}"
            raise InputError(Fault("rows", "one role for each row", found, "give one of them"))
        return replace(self, rows={**self.rows, name: role})


def matrix_of(
    name: str,
    lines: Sequence[Line],
    *,
    weights: Line | None = None,
    directions: Line | Mapping[str, str] | None = None,
    levels: Mapping[str, Mapping[str, float]] | None = None,
    notes: Iterable[Note] = (),
    hints: Hints | None = None,
) -> Matrix:
    """Return the matrix that lines of cells hold: a header of criteria, a row for each alternative, perhaps others.

    A row or column has another role where its name and its cells agree on one, or where `hints` gives it. `weights`
    and `directions` may stand elsewhere; `levels` give the numbers behind a criterion's words. Raises InputError that
    names alternative and criterion for every cell that is no number, and what must be told.
    """
    hints = hints or Hints()
    if levels:
        hints = replace(hints, levels=levels)
    table, framing, hints = _with_criteria_above(name, lines, hints)
    found = headed(name, table, hints.names, hints.header)
    framing += [*found.notes, *_way_notes(found, hints)]
    refuse(
        Fault("levels", f"criteria among {known(found.heads)}", repr(key), "correct the name")
        for key in hints.levels
        if key not in found.heads
    )
    rows = [_row(line, found) for line in found.rows]
    place = found.header.place
    roles = roles_of(rows, found.heads, hints.rows, hints.levels)
    measured = without_units(roles.alternatives, hints.numeric(found.heads), place)
    columns = columns_of(measured.rows, found.heads, hints.columns, hints.levels, place)
    _refuse_empty(found, roles, columns.criteria)
    body, numbers = numbers_of(found, measured.rows, columns.criteria, hints.levels)
    refuse(_pair_faults(place, body, hints))
    ranges = ranges_of(body, hints.columns, place)
    framing += [*roles.notes, *measured.notes, *columns.notes, *numbers, *ranges.notes]
    parts = _Beside(ranges, columns.criteria, roles, measured.units, weights, directions)
    return _matrix(name, parts, columns.labels, [*notes, *framing])


@dataclass(frozen=True)
class _Beside:
    """The ranges of a table with the rows beside them and what stands elsewhere."""

    ranges: Ranges
    columns: Sequence[str]
    roles: Roles
    units: Mapping[str, str]
    weights: Line | None
    directions: Line | Mapping[str, str] | None


def _matrix(name: str, parts: _Beside, labels: Mapping[str, str], notes: Sequence[Note]) -> Matrix:
    body = parts.ranges.body
    criteria = [str(key) for key in body.columns]
    special = {part: _of_criteria(row, parts) for part, row in parts.roles.special.items()}
    for part, line in (("weights", parts.weights), ("directions", parts.directions)):
        if isinstance(line, Line):
            refuse(_given_twice(part, special.get(part), line))
            special[part] = row_beside(line, criteria)
    better = directions_of(special.get("directions"), criteria)
    if isinstance(parts.directions, Mapping):
        better |= told_directions(parts.directions, criteria)
    shares, percent = weights_of(special.get("weights"), criteria)
    units = {key: unit for key, unit in parts.units.items() if key in criteria}
    fictive = tuple(key for key in body.index if FICTIVE.match(key))
    alike = alike_notes(list(body.index), "alternatives", name)
    alike += alike_notes(criteria, "criteria", name)
    alike += [Note(name, f"the row '{key}'", "fictive: no alternative") for key in fictive]
    return Matrix(
        name,
        body,
        better,
        shares,
        thresholds_of(special, criteria),
        labels,
        fictive=fictive,
        notes=(*notes, *percent, *alike),
        units={**units, **units_of(special.get("units"), criteria)},
        low=parts.ranges.low,
        high=parts.ranges.high,
    )


def _given_twice(part: str, row: Row | None, line: Line) -> list[Fault]:
    """Return the fault of a role that a row of the table has, and an area beside it too."""
    if row is None:
        return []
    remedy = f"say what the row is: rows={{{row.text('')!r}: 'left out'}}"
    found = f"'{row.text('')}' and {line.place}"
    return [row.fault("", f"one row of {part}", found, remedy)]


def _of_criteria(row: Row, parts: _Beside) -> Row:
    """Return a row beside the table with one cell for each criterion: for a range, that of its filled cells."""
    cells = dict(row.cells)
    for stem, heads in parts.ranges.heads.items():
        filled = [row.text(head) for head in heads if row.text(head).strip()]
        if len(set(filled)) > 1:
            raise InputError(
                row.fault(heads[0], f"one cell for '{stem}'", known(filled), "write it once")
            )
        cells[stem] = filled[0] if filled else ""
    return replace(row, cells=cells)


def _in_rows(hints: Hints) -> bool:
    """Return whether criteria stand in rows; raises InputError for another word."""
    if hints.criteria not in (None, *STANDS):
        raise InputError(Fault("criteria", '"rows" or "columns"', repr(hints.criteria)))
    return hints.criteria == "rows"


def _with_criteria_above(
    name: str, lines: Sequence[Line], hints: Hints
) -> tuple[list[Line], list[Note], Hints]:
    """Return the lines of the table with criteria as its header, what was done for it, and the hints then."""
    plainly, notes = with_told_decimal(lines, hints.decimal)
    table, said = framed(name, plainly)
    notes += said
    if _in_rows(hints):
        return _turned(table), notes, hints
    if hints.criteria is None and _shows_rows(table):
        found = f"a table with criteria below '{table[0].texts[0].strip()}'"
        notes.append(Note(table[0].place, found, "one with criteria in rows"))
        return _turned(table), notes, replace(hints, criteria="rows")
    return table, notes, hints


def _shows_rows(lines: Sequence[Line]) -> bool:
    """Return whether the corner names criteria, and a column beside it their weights or directions."""
    if not lines:
        return False
    corner, *heads = lines[0].texts
    return names(corner, "criteria") and any(
        role(head) in ("weights", "directions") for head in heads
    )


def _turned(lines: Sequence[Line]) -> list[Line]:
    """Return columns as lines: a table whose criteria stand in rows, the other way round."""
    if not lines:
        return []
    turned = []
    for at in range(len(lines[0].texts)):
        place = f"{lines[0].place.rpartition(' row ')[0]} column {at + 1}"
        spots = tuple(line.spots[at] for line in lines if line.spots)
        typed = tuple(line.typed[at] for line in lines if line.typed)
        turned.append(Line(place, tuple(line.texts[at] for line in lines), spots, typed))
    return turned


def _way_notes(found: Headed, hints: Hints) -> list[Note]:
    """Return a note that nothing says which way a table stands; raises InputError where a name speaks against it."""
    if hints.criteria or names(found.corner, "alternatives"):
        return []
    against = _against(found)
    if against:
        ways = "give criteria='rows' if criteria stand in rows, criteria='columns' if they don't"
        raise InputError(Fault(found.header.place, "a column of alternatives first", against, ways))
    return [
        Note(
            found.header.place,
            NO_WAY,
            "one with criteria in columns",
        )
    ]


def _against(found: Headed) -> str:
    """Return what says that criteria stand in rows: the corner, or names such as 'Criterion 1' and 'Option 2'."""
    corner = re.findall(r"\w+", found.corner)
    of_criteria = any(names(word, "criteria") for word in (found.corner, *corner))
    if of_criteria and not any(names(word, "alternatives") for word in corner):
        return f"one of '{found.corner}'"
    rows = [line.texts[0].strip() for line in found.rows]
    criteria = _numbered(rows, "criteria")
    if len(criteria) > 1:
        return f"{known(criteria, 3)}"
    alternatives = _numbered(found.heads, "alternatives")
    return f"{known(alternatives, 3)} as columns" if len(alternatives) > 1 else ""


def _numbered(texts: Sequence[str], what: str) -> list[str]:
    """Return the texts that are the word for something with a number, such as 'Option 2'."""
    bare = [without_number(text) for text in texts]
    pairs = zip(texts, bare, strict=True)
    return [text for text, word in pairs if word != text and names(word, what)]


def _pair_faults(place: str, body: pd.DataFrame, hints: Hints) -> list[Fault]:
    """Return the fault of a table that compares each thing with each: judgements of pairs, correlations."""
    if hints.criteria or len(body) < 2 or list(body.index) != list(body.columns):
        return []
    found = f"{known(body.index, 3)} in rows and in columns, each compared with each"
    remedy = "judgements of pairs are read by mcda.read_survey; give criteria='columns' if these are criteria"
    return [Fault(place, "alternatives and criteria", found, remedy)]


def _refuse_empty(found: Headed, roles: Roles, criteria: Sequence[str]) -> None:
    """Raise InputError for a table without an alternative or a criterion; one of directions alone may be."""
    if not criteria:
        raise InputError(
            Fault(
                found.header.place,
                "at least one criterion",
                "none: every column was left out",
                f"say which is one: columns={{{found.heads[0]!r}: 'criterion'}}",
            )
        )
    if not roles.alternatives and "directions" not in roles.special:
        weights_of(
            roles.special.get("weights"), criteria
        )  # a cell of it that is no number is told first
        raise InputError(
            Fault(found.header.place, "at least one alternative below the header", "none")
        )


def _row(line: Line, found: Headed) -> Row:
    called = line.texts[0].strip()
    place = f"{line.place}, alternative '{called}'" if called else line.place
    columns = ("", *found.heads)
    spots = {key: spot for key, spot in zip(columns, line.spots, strict=False) if spot}
    typed = frozenset(key for key, typed in zip(columns, line.typed, strict=False) if typed)
    cells = {"": called, **dict(zip(found.heads, line.texts[1:], strict=True))}
    return Row(place, cells, spots, typed)

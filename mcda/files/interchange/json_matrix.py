"""Read a decision matrix from JSON: by position or by name, every key once, numbers as they were written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.labels import name_faults
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.table_words import direction
from mcda.files.disk.reading import read_bytes
from mcda.files.tables.clean_cells import clean_cell
from mcda.files.tables.file_kind import JSON, TEXT, kind_faults, kind_of
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Note, Row, Sheet
from mcda.files.tables.things import named
from mcda.problem.bare_table.matrix import Matrix

KEYS = ("alternatives", "criteria", "matrix", "weights", "directions")
DOCUMENT = "a document with alternatives, criteria and matrix, a row for each alternative"
SHORT = 60  # characters of a text that an error quotes
Levels = Mapping[str, Mapping[str, float]]


def read_json(path: Path, levels: Levels | None = None, limits: Limits = LIMITS) -> Matrix:
    """Return the decision matrix of a JSON document: alternatives, criteria, matrix, perhaps weights and directions.

    The matrix has a list for each alternative, in order, or is an object of rows by alternative; a row, the weights and
    the directions are lists in the order of the criteria, or objects by criterion. Raises InputError for a key that
    stands twice, and for every list or cell that isn't what it should be.
    """
    cleaned: list[Note] = []
    document = _clean_data(path.name, _document(path, limits), cleaned, limits.depth)
    names, criteria = _axes(path.name, document)
    rows = _rows(path.name, document["matrix"], names, criteria)
    performances, notes = _performances(path.stem, rows, criteria, levels or {})
    notes += cleaned
    left_out = [key for key in document if key not in KEYS]
    if left_out:
        notes.append(Note(path.name, named("key", left_out), "no part of it: left out"))
    weights = _by_criterion(path.name, "weights", document, criteria)
    refuse(
        Fault(f"{path.name}, weights", f"a weight of '{key}'", "none", "give 0 where it has none")
        for key in criteria
        if weights is not None and key not in weights.cells
    )
    directions = _directions(_by_criterion(path.name, "directions", document, criteria))
    checked_weights = None if weights is None else _weights(weights, criteria)
    return Matrix(path.stem, performances, directions, checked_weights, notes=tuple(notes))


def _clean_data(place: str, data: Any, notes: list[Note], depth: int) -> Any:
    """Return what a document holds with texts that can be printed, and put a note on each change."""
    if depth < 0:
        raise InputError(Fault(place, DOCUMENT, "lists within lists", "write it plainly"))
    if isinstance(data, str):
        return clean_cell(data, place, notes)
    if isinstance(data, list):
        return [_clean_data(place, one, notes, depth - 1) for one in data]
    if isinstance(data, dict):
        pairs = [
            (clean_cell(key, place, notes), _clean_data(place, one, notes, depth - 1))
            for key, one in data.items()
        ]
        return _once(place, pairs)
    return data


def _document(path: Path, limits: Limits) -> dict[str, Any]:
    """Return the object that a document is, its numbers as they were written."""
    content = read_bytes(path, limits)
    if kind_of(content) is not TEXT:  # a list, or a document with a fault, looks like text
        refuse(kind_faults(path.name, content, "JSON", JSON))
    document = _parsed(path.name, content)
    if not isinstance(document, dict):
        raise InputError(Fault(path.name, DOCUMENT, _called(document)))
    refuse(
        Fault(path.name, DOCUMENT, f"no '{key}', but {known(document)}", f"give {key}")
        for key in _needed(document)
        if document.get(key) is None
    )
    return document


def _parsed(name: str, content: bytes) -> Any:
    """Return what the bytes of a document say; raises InputError where they are no JSON."""
    try:
        return json.loads(
            content,
            parse_constant=str,
            parse_float=str,
            parse_int=str,
            object_pairs_hook=lambda pairs: _once(name, pairs),
        )
    except json.JSONDecodeError as error:
        if error.pos == 0:
            refuse(kind_faults(name, content, "JSON", JSON))
        found = f"something else in line {error.lineno}, column {error.colno}"
        raise InputError(Fault(name, "JSON", found, "correct it there")) from None
    except UnicodeDecodeError as error:
        found = f"a byte that isn't UTF-8 at position {error.start}"
        raise InputError(Fault(name, "JSON in UTF-8", found, "save it as UTF-8")) from None
    except RecursionError:
        found = "lists within lists without end"
        raise InputError(Fault(name, DOCUMENT, found, "write it plainly")) from None


def _called(thing: Any) -> str:
    """Return what something is called in JSON; a text, or a number as it was written, in quotes."""
    if isinstance(thing, str):
        shortened = thing if len(thing) <= SHORT else f"{thing[:SHORT]}..."
        return repr(shortened)
    if thing is None:
        return "null"
    if isinstance(thing, bool):
        return str(thing).lower()
    return "a list" if isinstance(thing, list) else "an object"


def _once(place: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; raises InputError for a key that stands twice in it."""
    counts = Counter(key for key, _ in pairs)
    refuse(
        Fault(place, "every key once", f"'{key}' {count} times", "keep one")
        for key, count in counts.items()
        if count > 1
    )
    return dict(pairs)


def _needed(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys that a document must have: rows by name tell alternatives and criteria themselves."""
    matrix = document.get("matrix")
    if not isinstance(matrix, dict):
        return ("alternatives", "criteria", "matrix")
    by_name = all(isinstance(row, dict) for row in matrix.values())
    return ("matrix",) if by_name else ("criteria", "matrix")


def _axes(place: str, document: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the names of alternatives and criteria, as they are listed or as the matrix has them."""
    matrix = document["matrix"]
    names = document.get("alternatives")
    criteria = document.get("criteria")
    if names is None:
        names = list(matrix)
    if criteria is None:
        criteria = list(dict.fromkeys(key for row in matrix.values() for key in row))
    faults = Faults()
    listed = {"alternatives": names, "criteria": criteria}
    for what, entries in listed.items():
        with faults.gathered(f"{place}, {what}"):
            _check_list(what, entries, "a list of names")
            refuse(_no_names(entries))
            refuse(name_faults(entries, "name"))
            if not entries:
                raise InputError(Fault(what, "at least one name", "none"))
    refuse(faults)
    return names, criteria


def _check_list(what: str, entries: Any, expected: str) -> None:
    if not isinstance(entries, list):
        remedy = 'put each in quotes of its own, between brackets: ["A", "B"]'
        raise InputError(Fault(what, expected, _called(entries), remedy))


def _no_names(entries: Sequence[Any]) -> Iterator[Fault]:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, str):
            yield Fault(f"entry {number}", "a name", _called(entry))


def _rows(place: str, matrix: Any, names: Sequence[str], criteria: Sequence[str]) -> list[Row]:
    """Return a row for each alternative, of one cell for each criterion."""
    if isinstance(matrix, dict):
        refuse(_strangers(f"{place}, matrix", matrix, names, "alternatives"))
        refuse(
            Fault(f"{place}, matrix", f"a row of '{name}'", "none", "give its numbers")
            for name in names
            if name not in matrix
        )
        table = [matrix[name] for name in names]
    else:
        _check_list(f"{place}, matrix", matrix, "a list of rows, or an object of rows by name")
        table = matrix
    if len(table) != len(names):
        raise InputError(
            Fault(
                f"{place}, matrix",
                f"{len(names)} rows, one for each alternative",
                f"{len(table)}",
                "give one row each, or give them by name",
            )
        )
    rows = []
    faults = Faults()
    for name, entries in zip(names, table, strict=True):
        with faults.gathered():
            rows.append(_row(f"{place}, alternative '{name}'", name, entries, criteria))
    refuse(faults)
    return rows


def _row(where: str, name: str, entries: Any, criteria: Sequence[str]) -> Row:
    """Return the cells of a row by criterion, given by position or by name."""
    if isinstance(entries, dict):
        refuse(_strangers(where, entries, criteria, "criteria"))
        told = entries
    else:
        _check_list(where, entries, "a list with a cell for each criterion, or an object by name")
        if len(entries) != len(criteria):
            raise InputError(
                Fault(
                    where,
                    f"{len(criteria)} cells, one for each criterion",
                    f"{len(entries)}",
                    "give one each, or give them by name",
                )
            )
        told = dict(zip(criteria, entries, strict=True))
    refuse(
        Fault(f"{where}: column '{key}'", "a number such as 12.5", _called(cell), "give one number")
        for key, cell in told.items()
        if isinstance(cell, list | dict | bool)
    )
    cells = {key: "" if cell is None else cell for key, cell in told.items()}
    return Row(where, {"": name, **cells})


def _strangers(
    where: str, entries: Mapping[str, Any], names: Sequence[str], what: str
) -> Iterator[Fault]:
    """Go through the keys of an object that are none of the names."""
    for key in entries:
        if key not in names:
            yield Fault(where, f"{what} among {known(names)}", f"'{key}'", "correct the name")


def _performances(
    name: str, rows: Sequence[Row], criteria: Sequence[str], levels: Levels
) -> tuple[pd.DataFrame, list[Note]]:
    """Return the rows as numbers by alternative, and a note for each that wasn't written plainly."""
    coded = [Row(row.place, {**row.cells, **_coded(row, levels)}) for row in rows]
    sheet, notes, found = settled(Sheet(name, tuple(criteria), tuple(coded)), lambda column: True)
    numbers = []
    faults = Faults(found)
    for row in sheet.rows:
        with faults.gathered(row):
            numbers.append(row.numbers(*criteria))
    refuse(dict.fromkeys(faults))
    names = [row.text("") for row in rows]
    return pd.DataFrame(numbers, names, list(criteria), dtype=float), notes


def _coded(row: Row, levels: Levels) -> dict[str, str]:
    """Return the cells of a row whose words have a number among the levels of their criterion."""
    coded = {}
    for key, numbers in levels.items():
        word = row.text(key).strip()
        if word in numbers:
            coded[key] = repr(float(numbers[word]))
    return coded


def _by_criterion(
    place: str, what: str, document: Mapping[str, Any], criteria: Sequence[str]
) -> Row | None:
    """Return what was told of each criterion as a row; None where the document has nothing of it."""
    return (
        None
        if document.get(what) is None
        else _row(f"{place}, {what}", "", document[what], criteria)
    )


def _weights(row: Row, criteria: Sequence[str]) -> pd.Series:
    sheet, _, faults = settled(Sheet("", tuple(criteria), (row,)), lambda column: True)
    gathered = Faults(faults)
    with gathered.gathered(row):
        numbers = sheet.rows[0].numbers(*criteria)
    refuse(gathered)
    return pd.Series(numbers, list(criteria), name="weight", dtype=float)


def _directions(row: Row | None) -> dict[str, str]:
    """Return the directions that were told, by criterion; a blank tells none."""
    if row is None:
        return {}
    words = {key: text for key, text in row.cells.items() if key and text.strip()}
    refuse(
        row.fault(key, '"max" or "min" (or + or -, 1 or -1)', repr(text))
        for key, text in words.items()
        if direction(text) is None
    )
    return {key: direction(text) or "" for key, text in words.items()}

"""A bare decision matrix as others hold it: performances, and whatever directions and weights came along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, Spot, known, refuse
from mcda.checks.labels import name_faults
from mcda.files.tables.csv_file import header_faults
from mcda.files.tables.plain_numbers import settled
from mcda.files.tables.sheets import Note, Row, Sheet

BETTER = {
    "max": ("max", "+", "1", "1.0", "maximise", "maximize", "maximum", "benefit", "gain", "profit"),
    "min": ("min", "-", "−", "-1", "-1.0", "minimise", "minimize", "minimum", "cost", "loss"),
}
WEIGHTS = ("weight", "weights", "w", "poids", "peso", "pesos", "gewicht", "gewichte")
DIRECTIONS = (
    "direction",
    "directions",
    "preferencedirection",
    "preference direction",
    "sense",
    "objective",
    "goal",
)
THRESHOLDS = ("indifference", "preference", "pref", "veto")
FICTIVE = re.compile(r"fictive", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Matrix:
    """A decision matrix: performances (alternatives x criteria) and what came with them, as the file states it.

    `directions` has only the criteria whose direction the file tells; `weights` are None where it has none, never
    normalised; `fictive` are rows that stand for no alternative. `labels` are the names of alternatives by id,
    `criterion_labels` those of criteria. `notes` say what was assumed or left out.
    """

    name: str
    performances: pd.DataFrame
    directions: Mapping[str, str] = field(default_factory=dict)
    weights: pd.Series | None = None
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    fictive: tuple[str, ...] = ()
    values: pd.Series | None = None
    notes: tuple[Note, ...] = ()
    criterion_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a question needs and this doesn't tell, in words."""
        undirected = [key for key in self.performances.columns if key not in self.directions]
        return (
            *([f"directions of {known(undirected)}"] if undirected else ()),
            "anchors (the worst and best that count, whatever the alternatives)",
            "units",
            "ranges (low and high of each cell)",
            "sources",
        )


@dataclass(frozen=True)
class Line:
    """One row of a block of cells: its words for a place, its texts, the spot of each, and which were typed numbers."""

    place: str
    texts: tuple[str, ...]
    spots: tuple[Spot | None, ...] = ()
    typed: tuple[bool, ...] = ()

    def blank(self) -> bool:
        """Return whether nothing stands in it."""
        return not any(text.strip() for text in self.texts)


def direction(text: str) -> str | None:
    """Return "max" or "min" for a word or sign that says which way is better, None for any other text.

    >>> direction("+"), direction("cost"), direction("up")
    ('max', 'min', None)
    """
    return next((better for better, words in BETTER.items() if text.strip().lower() in words), None)


def matrix_of(
    name: str,
    lines: Sequence[Line],
    *,
    weights: Line | None = None,
    directions: Line | Mapping[str, str] | None = None,
    levels: Mapping[str, Mapping[str, float]] | None = None,
    notes: Iterable[Note] = (),
) -> Matrix:
    """Return the matrix that lines of cells hold: a header of criteria, a row for each alternative, perhaps others.

    A row called weights, direction or after a threshold, and a row of only signs or of max and min, isn't an
    alternative. `weights` and `directions` may stand elsewhere; `levels` give the numbers behind a criterion's words.
    Raises InputError that names alternative and criterion for every cell that is no number.
    """
    criteria, rows = _rows(name, [line for line in lines if not line.blank()])
    kinds = [_kind(row, criteria) for row in rows]
    body, said = _numbered(
        name,
        [row for row, kind in zip(rows, kinds, strict=True) if not kind],
        criteria,
        levels or {},
    )
    special = {kind: row for row, kind in zip(rows, kinds, strict=True) if kind}
    for kind, line in (("weights", weights), ("direction", directions)):
        if isinstance(line, Line):
            special[kind] = _row(_beside(line, criteria), criteria, "", line.place)
    fictive = tuple(key for key in body.index if FICTIVE.match(key))
    said += [Note(name, f"the row '{key}'", "fictive: no alternative") for key in fictive]
    given = (
        directions
        if isinstance(directions, Mapping)
        else _directions(special.get("direction"), criteria)
    )
    held = _weights(special.get("weights"), criteria)
    return Matrix(
        name,
        body,
        given,
        held,
        _thresholds(special, criteria),
        fictive=fictive,
        notes=(*notes, *said),
    )


def _rows(name: str, filled: Sequence[Line]) -> tuple[list[str], list[Row]]:
    """Return the criteria of the header, and the rows below it."""
    if not filled:
        raise InputError(Fault(name, "a header and rows", "an empty file or area"))
    corner, *criteria = (text.strip() for text in filled[0].texts)
    refuse(header_faults(filled[0].place, (corner or "alternative", *criteria)))
    refuse(name_faults(criteria, "criterion"))
    return criteria, [
        _row(line, criteria, corner or "alternative", filled[0].place) for line in filled[1:]
    ]


def _beside(line: Line, criteria: Sequence[str]) -> Line:
    """Return a row of one cell for each criterion with a blank name in front; raises InputError for another length."""
    texts, spots = line.texts, line.spots
    if len(texts) != len(criteria):
        raise InputError(
            Fault(line.place, f"{len(criteria)} cells, one for each criterion", f"{len(texts)}")
        )
    return Line(
        line.place,
        ("", *texts),
        (None, *spots) if spots else (),
        (False, *line.typed) if line.typed else (),
    )


def _row(line: Line, criteria: Sequence[str], corner: str, header: str) -> Row:
    if len(line.texts) != len(criteria) + 1:
        remedy = f"as in the header, {header}"
        raise InputError(
            Fault(line.place, f"{len(criteria) + 1} cells", f"{len(line.texts)}", remedy)
        )
    called = line.texts[0].strip()
    place = f"{line.place}, alternative '{called}'" if called else line.place
    columns = ("", *criteria)
    spots = {key: spot for key, spot in zip(columns, line.spots, strict=False) if spot}
    typed = frozenset(key for key, typed in zip(columns, line.typed, strict=False) if typed)
    return Row(
        place, {"": called, **dict(zip(criteria, line.texts[1:], strict=True))}, spots, typed
    )


def _kind(row: Row, criteria: Sequence[str]) -> str:
    """Return what a row is if it isn't an alternative's: weights, direction, or the name of a threshold."""
    called = row.text("").lower()
    signs = [row.text(key) for key in criteria if row.text(key).strip()]
    told = all(direction(text) for text in signs) and not any(
        text.strip().lstrip("-")[:1].isdigit() for text in signs
    )
    if called in DIRECTIONS or (signs and told):
        return "direction"
    if called in WEIGHTS:
        return "weights"
    return called if called in THRESHOLDS else ""


def _numbered(
    name: str, rows: list[Row], criteria: Sequence[str], levels: Mapping[str, Mapping[str, float]]
) -> tuple[pd.DataFrame, list[Note]]:
    """Return the rows as numbers, by alternative, and notes on those that weren't written plainly."""
    coded = [_coded(row, levels) for row in rows]
    sheet, notes, found = settled(Sheet(name, tuple(criteria), tuple(coded)), lambda column: True)
    faults = Faults([*found, *name_faults([row.text("") for row in rows], "alternative")])
    numbers = []
    for row in sheet.rows:
        with faults.gathered(row):
            numbers.append(row.numbers(*criteria))
    refuse(dict.fromkeys(faults))
    return pd.DataFrame(numbers, [row.text("") for row in rows], list(criteria), dtype=float), notes


def _coded(row: Row, levels: Mapping[str, Mapping[str, float]]) -> Row:
    """Return a row whose words are the numbers that their criterion's levels give them."""
    cells = {
        key: repr(float(levels[key][text.strip()]))
        if key in levels and text.strip() in levels[key]
        else text
        for key, text in row.cells.items()
    }
    return Row(row.place, cells, row.spots, row.typed)


def _directions(row: Row | None, criteria: Sequence[str]) -> dict[str, str]:
    if row is None:
        return {}
    told = {key: direction(row.text(key)) for key in criteria if row.text(key).strip()}
    refuse(
        row.fault(key, '"max" or "min" (or + or -, 1 or -1)', repr(row.text(key)))
        for key, better in told.items()
        if better is None
    )
    return {key: better for key, better in told.items() if better}


def _weights(row: Row | None, criteria: Sequence[str]) -> pd.Series | None:
    return (
        None
        if row is None
        else pd.Series(_numbers(row, criteria), index=list(criteria), name="weight")
    )


def _numbers(row: Row, criteria: Sequence[str]) -> list[float]:
    sheet, _, faults = settled(Sheet("", tuple(criteria), (row,)), lambda column: True)
    refuse(faults)
    try:
        return sheet.rows[0].numbers(*criteria)
    except InputError as error:
        raise InputError(*(fault.inside(row.place, row.spot()) for fault in error.faults)) from None


def _thresholds(special: Mapping[str, Row], criteria: Sequence[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in THRESHOLDS:
        if name in special:
            filled = [key for key in criteria if special[name].text(key).strip()]
            for key, number in zip(filled, _numbers(special[name], filled), strict=True):
                found.setdefault(key, {})[name] = number
    return found

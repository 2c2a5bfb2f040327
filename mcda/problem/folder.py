"""Read a question from a folder: question.toml and CSV files in, a checked `Problem` out, or every fault at once."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from mcda.problem.evidence import KINDS, Estimate, Source
from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.problem.model import Criterion, Frame, Measure, Problem
from mcda.problem.scales import Scale
from mcda.problem.sheets import Faults, Row, Sheet, read_sheet

REQUIRED = {
    "options": ("id", "label"),
    "criteria": ("id", "label", "direction"),
    "scores": ("option", "criterion", "low", "mode", "high", "kind"),
    "estimates": ("key", "low", "mode", "high", "unit", "kind"),
    "sources": ("id", "title"),
}
PREFERENCES = ("perspectives", "local_weights")
SCALE_TYPES = ("head", "natural", "constructed", "probability")
ANCHOR = re.compile(r"anchor_(\d+(?:\.\d+)?)")
PACKAGE = re.compile(r"criteria\.[a-z][a-z0-9_]*")
EVERY_OPTION = "ALL"


def read_problem(path: str | Path, measures: Mapping[str, Measure] | None = None) -> Problem:
    """Return the question that a folder holds; nothing found in the files is executed.

    `measures` are the formulas that criteria.csv may name; without it they are taken from the installed question
    package that question.toml names ("criteria.<name>", no other). Raises InputError that lists every fault by
    file, row and column.

    >>> from criteria.ukraine_force.question import DATA
    >>> read_problem(DATA).options.index.tolist()[:2]
    ['OPT01', 'OPT02']
    """
    folder = Path(path)
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing there"
        raise InputError(Fault(str(path), "a folder that holds options.csv and criteria.csv", found))
    reading = _Reading()
    frame, package = _read_frame(folder, reading.faults)
    _read_sheets(folder, reading)
    refuse(reading.faults if not {"options", "criteria"} <= set(reading.sheets) else ())
    criteria = _criteria(reading, _Formulas(measures, package))
    estimates = {**_cells(reading, criteria), **_estimates(reading)}
    sources = _sources(reading)
    _check_references(reading)
    refuse(reading.faults)
    tables = {
        name: sheet.frame()
        for name, sheet in reading.sheets.items()
        if name not in (*PREFERENCES, "sources", "estimates")
    }
    return Problem(folder.resolve().name, frame, tables["options"], criteria, estimates, sources, tables)


@dataclass
class _Reading:
    """What has been read so far, the faults met on the way, and the files that couldn't be read as tables."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    broken: set[str] = field(default_factory=set)

    def rows(self, name: str) -> tuple[Row, ...]:
        return self.sheets[name].rows if name in self.sheets else ()

    def ids(self, name: str, column: str = "id") -> dict[str, None]:
        return dict.fromkeys(row.text(column) for row in self.rows(name))

    def unique(self, name: str, *columns: str) -> None:
        """Note a fault for every row that repeats the key of an earlier one."""
        seen: dict[tuple[str, ...], str] = {}
        for row in self.rows(name):
            key = tuple(row.text(column) for column in columns)
            if key in seen:
                self.faults.append(
                    Fault(row.place, "a row of its own", f"'{' / '.join(key)}' again, first in {seen[key]}")
                )
            seen.setdefault(key, row.place)


def _read_sheets(folder: Path, reading: _Reading) -> None:
    for name in ("options", "criteria"):
        if not (folder / f"{name}.csv").exists():
            reading.faults.append(Fault(str(folder), f"the file {name}.csv", "no such file", "see data/README.md"))
    for path in sorted(folder.glob("*.csv")):
        reading.broken.add(path.stem)
        with reading.faults.gathered():
            reading.sheets[path.stem] = read_sheet(path, REQUIRED.get(path.stem, ()))
            reading.broken.discard(path.stem)
    for name, columns in (("options", ("id",)), ("criteria", ("id",)), ("sources", ("id",)), ("estimates", ("key",)),
                          ("scores", ("option", "criterion")), ("claims", ("id",))):  # fmt: skip
        reading.unique(name, *columns)


def _read_frame(folder: Path, faults: Faults) -> tuple[Frame, str]:
    """Return the frame from question.toml, and the package that it names for formulas."""
    path, place = folder / "question.toml", "question.toml"
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(place, "TOML in UTF-8", str(error)))
        return Frame(), ""
    package = given.pop("measures", "")
    lists = {entry.name for entry in fields(Frame) if entry.type.startswith("tuple")}
    names = {entry.name for entry in fields(Frame)}
    faults.extend(
        Fault(place, f"keys among {known(sorted(names), 30)}", f"'{key}'") for key in given if key not in names
    )
    frame = {key: _told(value, key in lists) for key, value in given.items() if key in names}
    return Frame(**frame), str(package)


def _told(value: Any, several: bool) -> Any:
    if not several:
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


@dataclass(frozen=True)
class _Formulas:
    """The formulas that criteria may name: given by the caller, or held by an installed question package."""

    given: Mapping[str, Measure] | None
    package: str

    def find(self, name: str) -> Measure:
        found = self._all()
        if name not in found:
            remedy = "give it to read_problem(measures=...), or name the question package in question.toml"
            raise InputError(Fault("column 'measure'", f"one of {known(found)}", f"'{name}'", remedy))
        return found[name]

    def _all(self) -> Mapping[str, Measure]:
        if self.given is not None or not self.package:
            return self.given or {}
        if not PACKAGE.fullmatch(self.package):
            raise InputError(Fault("question.toml, measures", "criteria.<name>", repr(self.package)))
        try:
            return importlib.import_module(self.package).MEASURES
        except ModuleNotFoundError:
            remedy = "install the package, or work from its checkout"
            raise InputError(
                Fault("question.toml, measures", "an installed package", f"'{self.package}'", remedy)
            ) from None


def _criteria(reading: _Reading, formulas: _Formulas) -> tuple[Criterion, ...]:
    criteria = []
    for row in reading.rows("criteria"):
        with reading.faults.gathered(row.place):
            criteria.append(_criterion(row, formulas))
    return tuple(criteria)


def _criterion(row: Row, formulas: _Formulas) -> Criterion:
    kind = row.text("scale_type") or ("natural" if row.text("direction") else "head")
    if kind not in SCALE_TYPES:
        raise InputError(Fault("column 'scale_type'", f"one of {known(SCALE_TYPES)}", repr(kind)))
    about: dict[str, Any] = {
        "key": row.text("id"),
        "parent": row.text("parent"),
        "label": row.text("label"),
        "definition": row.text("definition"),
    }
    if kind == "head":
        return Criterion(**about)
    measure = formulas.find(row.text("measure")) if row.text("measure") else None
    return Criterion(**about, unit=row.text("unit"), direction=row.text("direction"), scale=_scale(row, kind),
                     measure=measure, floor=row.optional("floor"))  # fmt: skip


def _scale(row: Row, kind: str) -> Scale:
    """Return the scale of a row: raw values that earn 0 to 100, or the words of the levels 0 to 100."""
    levels = {
        found[0]: float(found[1]) / 100
        for column in row.cells
        if (found := ANCHOR.fullmatch(column)) and row.text(column).strip()
    }
    columns = sorted(levels, key=levels.__getitem__)
    if kind != "constructed":
        return Scale(tuple(row.numbers(*columns)), tuple(levels[column] for column in columns))
    worth = tuple(levels[column] for column in columns)
    raw, words = tuple(100 * level for level in worth), tuple(row.text(column) for column in columns)
    if row.text("direction") == "min":
        return Scale(raw[::-1], tuple(1 - level for level in worth[::-1]), words[::-1])
    return Scale(raw, worth, words)


def _estimate(row: Row, key: str, unit: str) -> Estimate:
    low, mode, high = row.numbers("low", "mode", "high")
    return Estimate(key, low, mode, high, unit, row.text("distribution") or "triangular", row.text("kind"),
                    row.listed("sources"), row.text("as_of"), row.text("rationale"))  # fmt: skip


def _cells(reading: _Reading, criteria: tuple[Criterion, ...]) -> dict[str, Estimate]:
    """Return the judged cells as estimates "criterion/option"; cells of derived criteria stay in the table "scores"."""
    judged = {criterion.key: criterion for criterion in criteria if criterion.scale and not criterion.derived}
    cells = {}
    for row in reading.rows("scores"):
        with reading.faults.gathered(row.place):
            key = f"{row.text('criterion')}/{row.text('option')}"
            unit = judged[row.text("criterion")].unit if row.text("criterion") in judged else ""
            cell = _estimate(row, key, unit)
            if row.text("criterion") in judged:
                cells[key] = cell
    held = {(row.text("criterion"), row.text("option")) for row in reading.rows("scores")}
    reading.faults.extend(
        Fault("scores.csv", f"a row for option '{option}', criterion '{key}'", "none",
              "judge the cell, or give the criterion a measure")
        for key in judged for option in reading.ids("options")
        if (key, option) not in held and "scores" not in reading.broken
    )  # fmt: skip
    return cells


def _estimates(reading: _Reading) -> dict[str, Estimate]:
    estimates = {}
    for row in reading.rows("estimates"):
        with reading.faults.gathered(row.place):
            estimates[row.text("key")] = _estimate(row, row.text("key"), row.text("unit"))
    return estimates


def _sources(reading: _Reading) -> dict[str, Source]:
    sources = {}
    for row in reading.rows("sources"):
        with reading.faults.gathered(row.place):
            sources[row.text("id")] = Source(**{entry.name: row.text(entry.name) for entry in fields(Source)})
    return sources


def _check_references(reading: _Reading) -> None:
    """Note every id that resolves to nothing, in any sheet: options, criteria, sources, and kinds of claims."""
    options = reading.ids("options")
    known_ids = {"option": options, "options": {**options, EVERY_OPTION: None},
                 "criterion": {**reading.ids("criteria"), "": None}}  # fmt: skip
    if "sources" not in reading.broken:
        known_ids["sources"] = reading.ids("sources")
    for sheet in reading.sheets.values():
        for column, ids in known_ids.items():
            if column in sheet.columns:
                _resolve(reading.faults, sheet, column, ids)
    for row in reading.rows("claims"):
        if row.text("kind") not in (*KINDS, "uncited"):
            reading.faults.append(
                Fault(f"{row.place}, column 'kind'", f"one of {known((*KINDS, 'uncited'))}", repr(row.text("kind")))
            )


def _resolve(faults: Faults, sheet: Sheet, column: str, ids: Any) -> None:
    for row in sheet.rows:
        entries = row.listed(column) if column in ("options", "sources") else (row.text(column),)
        faults.extend(
            Fault(f"{row.place}, column '{column}'", "a known id", f"'{entry}'", "correct it, or add what it names")
            for entry in entries if entry not in ids
        )  # fmt: skip

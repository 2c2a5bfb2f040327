"""Read XMCDA, the field's own exchange format: versions 2 and 3, in one file or several, matched by id."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.labels import parse_number
from mcda.checks.limits import LIMITS, Limits, read_bytes
from mcda.files.interchange.bare_matrix import Matrix, direction
from mcda.files.tables.sheets import Note

ROOT = re.compile(r"\{http://www\.decision-deck\.org/\d{4}/XMCDA-(\d+\.\d+\.\d+)\}XMCDA")
VERSIONS = (
    "2.0.0",
    "2.1.0",
    "2.2.0",
    "2.2.1",
    "2.2.2",
    "2.2.3",
    "3.0.0",
    "3.0.1",
    "3.0.2",
    "3.1.0",
    "3.1.1",
)
Table = dict[tuple[str, str], float]


@dataclass
class _Held:
    """What the files hold so far: ids in order with what is told of each, and numbers by id."""

    alternatives: dict[str, Any] = field(default_factory=dict)
    criteria: dict[str, Any] = field(default_factory=dict)
    cells: Table = field(default_factory=dict)
    rows: dict[str, None] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    directions: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    thresholds: dict[str, dict[str, float]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    notes: list[Note] = field(default_factory=list)


def read_xmcda(paths: Sequence[Path], limits: Limits = LIMITS) -> Matrix:
    """Return the decision matrix of XMCDA files: what `alternatives` and `criteria` list and don't call inactive.

    Entities and document types are refused. A file of version 3 is checked against its schema where the extra `xmcda`
    is installed; others by what is read of them: root, version, ids, and every value. Raises InputError.
    """
    held = _Held()
    for path in paths:
        root = _root(path, limits)
        held.notes += _checked(path, root)
        _collect(root, path.name, held)
    refuse(held.faults)
    return _matrix(paths[0].stem, held)


def _root(path: Path, limits: Limits) -> Any:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    content = read_bytes(path, limits)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        remedy = "entities are not resolved: write the values themselves"
        raise InputError(
            Fault(path.name, "XML without a document type or entities", "one", remedy)
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(
            Fault(path.name, "XMCDA", f"a damaged file ({error})", "save it again")
        ) from None
    found = ROOT.fullmatch(root.tag)
    if not found:
        raise InputError(
            Fault(path.name, "XMCDA, told by its namespace", f"the root '{root.tag[:80]}'")
        )
    if found[1] not in VERSIONS:
        raise InputError(
            Fault(path.name, f"XMCDA of a version among {known(VERSIONS)}", f"'{found[1]}'")
        )
    return root


def version_of(root: Any) -> str:
    """Return the version of an XMCDA document."""
    found = ROOT.fullmatch(root.tag)
    return found[1] if found else ""


def schema_path(version: str) -> Path | None:
    """Return the schema of a version, where a library that has it is installed; its code isn't run."""
    found = importlib.util.find_spec("xmcda")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "xsd" / f"XMCDA-{version}.xsd"
    return path if path.is_file() else None


def _checked(path: Path, root: Any) -> list[Note]:
    """Check a document against its schema, or say that its structure alone was checked."""
    schema = schema_path(version_of(root))
    if schema is None:
        return [
            Note(
                path.name,
                f"XMCDA {version_of(root)}",
                "checked by what is read of it, not by its schema",
            )
        ]
    from lxml import etree

    closed = etree.XMLParser(no_network=True, resolve_entities=False)
    rules = etree.XMLSchema(etree.parse(schema, closed))
    try:
        rules.validate(etree.fromstring(path.read_bytes(), closed))
    except (
        etree.XMLSyntaxError
    ) as error:  # a second parser may be stricter than the first, as on depth
        raise InputError(
            Fault(path.name, "XMCDA", f"a damaged file ({error})", "save it again")
        ) from None
    refuse(
        Fault(f"{path.name} line {error.line}", f"XMCDA {version_of(root)}", error.message[:200])
        for error in list(rules.error_log)[:40]
    )
    return []


def _collect(root: Any, place: str, held: _Held) -> None:
    for entry in root.iterfind("alternatives/alternative"):
        held.alternatives[entry.get("id", "")] = entry
    for entry in root.iterfind("criteria/criterion"):
        held.criteria[entry.get("id", "")] = entry
        _about(entry.get("id", ""), entry, place, held)
    for tag in ("criteriaScales/criterionScale", "criteriaThresholds/criterionThreshold"):
        for entry in root.iterfind(tag):
            _about(_text(entry, "criterionID"), entry, place, held)
    for row in root.iterfind("performanceTable/alternativePerformances"):
        _collect_row(row, place, held)
    for entry in root.iterfind("criteriaValues/criterionValue"):
        key = _text(entry, "criterionID")
        _put(held.weights, key, entry, f"{place}, value of criterion '{key}'", held.faults)
    for entry in root.iterfind("alternativesValues/alternativeValue"):
        key = _text(entry, "alternativeID")
        _put(held.values, key, entry, f"{place}, value of alternative '{key}'", held.faults)


def _collect_row(row: Any, place: str, held: _Held) -> None:
    alternative = _text(row, "alternativeID")
    held.rows[alternative] = None
    for cell in row.iterfind("performance"):
        criterion = _text(cell, "criterionID")
        held.columns[criterion] = None
        where = f"{place}, alternative '{alternative}', criterion '{criterion}'"
        _put(held.cells, (alternative, criterion), cell, where, held.faults)


def _about(key: str, entry: Any, place: str, held: _Held) -> None:
    """Keep the direction and the constant thresholds that stand inside an element of a criterion."""
    for told in entry.iter("preferenceDirection"):
        better = direction(told.text or "")
        if better is None:
            held.faults.append(
                Fault(f"{place}, criterion '{key}'", '"max" or "min"', repr(told.text))
            )
        else:
            held.directions[key] = better
    for threshold in entry.iter("threshold"):
        name = threshold.get("mcdaConcept") or threshold.get("id") or "threshold"
        constant = threshold.find("constant")
        if constant is not None:
            where = f"{place}, threshold of criterion '{key}'"
            _put(held.thresholds.setdefault(key, {}), name, [constant], where, held.faults)


def _text(entry: Any, tag: str) -> str:
    return (entry.findtext(tag) or "").strip()


def _put(numbers: dict[Any, float], key: Any, entry: Any, where: str, faults: Faults) -> None:
    """Put the one value of an element among the numbers, or note a fault: none, several, or no number."""
    held = list(_values(entry))
    if key in numbers:
        faults.append(Fault(where, "one value", "a second one", "correct it"))
        return
    with faults.gathered(where):
        if len(held) != 1:
            raise InputError(Fault("value", "one value", f"{len(held)}", "give one number"))
        numbers[key] = _number(held[0])


def _values(entry: Any) -> Iterator[Any]:
    """Go through what stands as values inside an element: value, or values of value, or a constant itself."""
    for child in entry:
        if child.tag == "values":
            yield from child.iterfind("value")
        elif child.tag in ("value", "constant"):
            yield child


def _number(value: Any) -> float:
    """Return a real, an integer or a rational as a number; raises InputError for any other kind of value."""
    kinds = [child for child in value if child.tag != "description"]
    kind = kinds[0].tag if len(kinds) == 1 else "no value or several"
    text = (kinds[0].text or "").strip() if kinds else ""
    try:
        if kind == "rational":
            number = parse_number(_text(kinds[0], "numerator")) / parse_number(
                _text(kinds[0], "denominator")
            )
        elif kind in ("real", "integer"):
            number = parse_number(text)
        else:
            raise ValueError
    except (ValueError, ZeroDivisionError, OverflowError):
        told = (
            f"{kind} {text or '(empty)'}" if kind != "rational" else "a rational that is no number"
        )
        raise InputError(Fault("value", "a finite number", told, "give the number")) from None
    return number


def _matrix(name: str, held: _Held) -> Matrix:
    rows = _listed(name, "alternative", held.alternatives, held.rows, held)
    columns = _listed(name, "criterion", held.criteria, held.columns, held)
    refuse(
        Fault(
            f"{name}, alternative '{row}', criterion '{column}'",
            "a value",
            "none",
            "nothing is filled in for you",
        )
        for row in rows
        for column in columns
        if (row, column) not in held.cells and held.rows
    )
    table = [[held.cells[row, column] for column in columns] for row in rows] if held.rows else None
    weights = pd.Series(
        {key: held.weights[key] for key in columns if key in held.weights},
        name="weight",
        dtype=float,
    )
    fictive = tuple(
        key
        for key in rows
        if key in held.alternatives and _text(held.alternatives[key], "type") == "fictive"
    )
    entries = held.alternatives.items()
    return Matrix(
        name,
        pd.DataFrame(table, rows, columns if held.rows else None, dtype=float),
        {key: way for key, way in held.directions.items() if key in columns},
        weights if len(weights) else None,
        held.thresholds,
        {key: entry.get("name") for key, entry in entries if entry.get("name")},
        fictive,
        pd.Series(held.values, dtype=float) if held.values else None,
        tuple(held.notes),
    )


def _listed(
    name: str, what: str, told: Mapping[str, Any], used: Mapping[str, None], held: _Held
) -> list[str]:
    """Return the ids that count: those that are listed and active, or all that are used where none is listed."""
    inactive = [
        key for key, entry in told.items() if _text(entry, "active").lower() in ("false", "0")
    ]
    unlisted = [key for key in used if told and key not in told]
    counted = [key for key in told or used if key not in inactive]
    held.notes += [Note(name, f"{what} '{key}'", "inactive: left out") for key in inactive]
    held.notes += [Note(name, f"{what} '{key}'", "not listed: left out") for key in unlisted]
    missing = [key for key in counted if used and key not in used]
    if used and len(missing) == len(counted):
        raise InputError(
            Fault(name, f"performances of {what} {known(missing)}", f"those of {known(used)}")
        )
    return counted

"""Read XMCDA, the field's own exchange format: versions 2 and 3, in one file or several, matched by id."""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.labels import parse_number
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.table_words import direction, role
from mcda.files.disk.reading import read_bytes
from mcda.files.disk.xml_bounds import check_xml, elements_within
from mcda.files.interchange.xmcda_marks import Marks
from mcda.files.tables.clean_cells import clean_cell
from mcda.files.tables.file_kind import XML, kind_faults
from mcda.files.tables.sheets import Note
from mcda.files.tables.things import named, number_of, quoted
from mcda.problem.bare_table.matrix import Matrix

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
READ = (
    "alternatives",
    "criteria",
    "criteriaScales",
    "criteriaThresholds",
    "performanceTable",
    "criteriaValues",
    "alternativesValues",
)
ABOUT = (
    "projectReference",
    "methodMessages",
    "methodParameters",
    "programParameters",
    "programExecutionResult",
    "description",
)
Table = dict[tuple[str, str], float]


@dataclass
class _Reading:
    """What the files hold so far: ids in order with what is told of each, and numbers by id."""

    alternatives: Marks = field(default_factory=lambda: Marks("alternatives", "alternative"))
    criteria: Marks = field(default_factory=lambda: Marks("criteria", "criterion"))
    cells: Table = field(default_factory=dict)
    rows: dict[str, None] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    directions: dict[str, str] = field(default_factory=dict)
    listings: list[tuple[str, Any]] = field(default_factory=list)
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
    reading = _Reading()
    for path in paths:
        content = read_bytes(path, limits)
        root = _root(path, content, limits)
        reading.notes += _checked(path, root, content)
        _clean_texts(path.name, root, reading.notes)
        _collect(root, path.name, reading)
    _weigh(reading)
    refuse(reading.faults)
    return _matrix(paths[0].stem, reading)


def _clean_texts(place: str, root: Any, notes: list[Note]) -> None:
    """Make every text and attribute of a document one that can be printed, with a note on each change."""
    for element in root.iter():
        where = f"{place}, {str(element.tag).rpartition('}')[2]}"
        if element.text:
            element.text = clean_cell(element.text, where, notes)
        for key, text in element.attrib.items():
            element.set(key, clean_cell(text, f"{where} {key}", notes))


def _root(path: Path, content: bytes, limits: Limits) -> Any:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    refuse(kind_faults(path.name, content, "XMCDA", XML))
    try:
        check_xml(io.BytesIO(content), path.name, elements_within(limits), may_declare=True)
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
    version = ROOT.fullmatch(root.tag)
    if not version:
        raise InputError(
            Fault(path.name, "XMCDA, told by its namespace", f"the root '{root.tag[:80]}'")
        )
    if version[1] not in VERSIONS:
        raise InputError(
            Fault(path.name, f"XMCDA of a version among {known(VERSIONS)}", f"'{version[1]}'")
        )
    return root


def version_of(root: Any) -> str:
    """Return the version of an XMCDA document."""
    version = ROOT.fullmatch(root.tag)
    return version[1] if version else ""


def schema_path(version: str) -> Path | None:
    """Return the schema of a version, where a library that has it is installed; its code isn't run."""
    module = importlib.util.find_spec("xmcda")
    if module is None or module.origin is None:
        return None
    path = Path(module.origin).parent / "xsd" / f"XMCDA-{version}.xsd"
    return path if path.is_file() else None


def _checked(path: Path, root: Any, content: bytes) -> list[Note]:
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
    written = etree.parse(schema, closed)
    rules = etree.XMLSchema(written)
    root_of_schema = f"{{{written.getroot().get('targetNamespace')}}}XMCDA"
    try:
        document = etree.fromstring(content, closed)
    except (
        etree.XMLSyntaxError
    ) as error:  # a second parser may be stricter than the first, as on depth
        raise InputError(
            Fault(path.name, "XMCDA", f"a damaged file ({error})", "save it again")
        ) from None
    notes = []
    if document.tag != root_of_schema:  # some programs write the year of another version
        notes = [Note(path.name, f"the root '{document.tag}'", f"'{root_of_schema}'")]
        document.tag = root_of_schema
    rules.validate(document)
    refuse(
        Fault(f"{path.name} line {error.line}", f"XMCDA {version_of(root)}", error.message[:200])
        for error in list(rules.error_log)[:40]
    )
    return notes


def _collect(root: Any, place: str, reading: _Reading) -> None:
    reading.alternatives.add(root, place, reading.faults)
    reading.criteria.add(root, place, reading.faults)
    for entry in root.iterfind("criteria/criterion"):
        _about(entry.get("id", ""), entry, place, reading)
    for tag in ("criteriaScales/criterionScale", "criteriaThresholds/criterionThreshold"):
        for entry in root.iterfind(tag):
            _about(_text(entry, "criterionID"), entry, place, reading)
    for row in root.iterfind("performanceTable/alternativePerformances"):
        _collect_row(row, place, reading)
    reading.listings += [(place, listing) for listing in root.iterfind("criteriaValues")]
    for listing in root.iterfind("alternativesValues"):
        _collect_values(listing, ("alternative", "alternatives"), reading.values, place, reading)
    skipped = dict.fromkeys(entry.tag for entry in root if entry.tag not in (*READ, *ABOUT))
    if skipped:
        reading.notes.append(Note(place, quoted(skipped), "no part of the matrix: skipped"))


def _weigh(reading: _Reading) -> None:
    """Take the values of criteria that are called weights, or the only ones where they aren't called anything."""
    called = [listing.get("mcdaConcept", "").strip() for _, listing in reading.listings]
    alone = len(called) == 1 and not called[0]
    for (place, listing), concept in zip(reading.listings, called, strict=True):
        if alone or role(concept) == "weights":
            _collect_values(listing, ("criterion", "criteria"), reading.weights, place, reading)
        else:
            called_weights = (
                f"criteriaValues '{concept}'" if concept else "criteriaValues without a concept"
            )
            reading.notes.append(Note(place, called_weights, "no weights: skipped"))


def _collect_values(
    listing: Any, tags: tuple[str, str], numbers: dict[Any, float], place: str, reading: _Reading
) -> None:
    """Put the values of single ids among the numbers; those of sets of ids are told as skipped."""
    one, several = tags
    sets = 0
    for entry in listing.iterfind(f"{one}Value"):
        key = _text(entry, f"{one}ID")
        if key:
            _put(numbers, key, entry, f"{place}, value of {one} '{key}'", reading.faults)
        else:
            sets += 1
    if sets:
        told = number_of(sets, "value", f" of sets of {several}")
        place = f"{place}, {listing.tag}"
        reading.notes.append(Note(place, told, "no value of one alone: skipped"))


def _collect_row(row: Any, place: str, reading: _Reading) -> None:
    alternative = _text(row, "alternativeID")
    reading.rows[alternative] = None
    for cell in row.iterfind("performance"):
        criterion = _text(cell, "criterionID")
        reading.columns[criterion] = None
        where = f"{place}, alternative '{alternative}', criterion '{criterion}'"
        _put(reading.cells, (alternative, criterion), cell, where, reading.faults)


def _about(key: str, entry: Any, place: str, reading: _Reading) -> None:
    """Keep the direction and the constant thresholds that stand inside an element of a criterion."""
    for told in entry.iter("preferenceDirection"):
        better = direction(told.text or "")
        if better is None:
            reading.faults.append(
                Fault(f"{place}, criterion '{key}'", '"max" or "min"', repr(told.text))
            )
        elif reading.directions.setdefault(key, better) != better:
            found = known((reading.directions[key], better))
            where = f"{place}, criterion '{key}'"
            reading.faults.append(Fault(where, "one direction", found, "keep one"))
    for threshold in entry.iter("threshold"):
        name = threshold.get("mcdaConcept") or threshold.get("id") or "threshold"
        constant = threshold.find("constant")
        if constant is not None:
            where = f"{place}, threshold of criterion '{key}'"
            _put(reading.thresholds.setdefault(key, {}), name, [constant], where, reading.faults)


def _text(entry: Any, tag: str) -> str:
    return (entry.findtext(tag) or "").strip()


def _put(numbers: dict[Any, float], key: Any, entry: Any, where: str, faults: Faults) -> None:
    """Put the one value of an element among the numbers, or note a fault: none, several, or no number."""
    values = list(_values(entry))
    if key in numbers:
        faults.append(Fault(where, "one value", "a second one", "correct it"))
        return
    with faults.gathered(where):
        if len(values) != 1:
            raise InputError(Fault("value", "one value", f"{len(values)}", "give one number"))
        numbers[key] = _number(values[0])


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


def _matrix(name: str, reading: _Reading) -> Matrix:
    rows = _counted(name, reading.alternatives, reading.rows, reading)
    columns = _counted(name, reading.criteria, reading.columns, reading)
    refuse(
        Fault(
            f"{name}, alternative '{row}', criterion '{column}'",
            "a value",
            "none",
            "nothing is filled in for you",
        )
        for row in rows
        for column in columns
        if (row, column) not in reading.cells and reading.rows
    )
    table = None
    if reading.rows:
        cells = [reading.cells[cell] for cell in product(rows, columns)]
        table = np.reshape(cells, (len(rows), len(columns)))
    table_columns = columns if reading.rows else None
    values = pd.Series(reading.values, dtype=float) if reading.values else None
    return Matrix(
        name,
        pd.DataFrame(table, rows, table_columns, dtype=float),
        {key: way for key, way in reading.directions.items() if key in columns},
        _weights(name, columns, reading),
        reading.thresholds,
        reading.alternatives.labels(),
        values=values,
        notes=tuple(reading.notes),
        criterion_labels=reading.criteria.labels(),
    )


def _weights(name: str, columns: Sequence[str], reading: _Reading) -> pd.Series | None:
    """Return the weights of the criteria that count, None where there are none; others are told as left out."""
    others = [key for key in reading.weights if key not in columns]
    if others:
        reading.notes.append(
            Note(name, named("weight", others), "no weight of a criterion: left out")
        )
    counted = {key: reading.weights[key] for key in columns if key in reading.weights}
    return pd.Series(counted, name="weight", dtype=float) if counted else None


def _counted(name: str, marks: Marks, used: Mapping[str, None], reading: _Reading) -> list[str]:
    """Return the ids that count, after those left out were told; raises InputError where none is left."""
    counted = marks.counted(used)
    unlisted = [key for key in used if marks.listed and key not in marks.listed]
    reading.notes += marks.notes(name)
    reading.notes += [
        Note(name, f"{marks.entry} '{key}'", "not listed: left out") for key in unlisted
    ]
    if not counted and marks.listed:
        raise InputError(
            Fault(
                name,
                f"at least one {marks.entry} that counts",
                f"only inactive or fictive ones: {known(marks.listed)}",
                "mark those that count as active",
            )
        )
    if used and not set(counted) & set(used):
        raise InputError(
            Fault(
                name, f"performances of {marks.entry} {known(counted)}", f"those of {known(used)}"
            )
        )
    return counted

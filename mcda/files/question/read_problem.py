"""Put a question together from its sheets: a checked `Problem`, or every fault at once."""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.arguments import check_kind, check_several, path_of
from mcda.checks.faults import AssumptionWarning, Fault, InputError, known, refuse
from mcda.checks.labels import parse_number
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import ENDINGS
from mcda.files.disk.reading import read_bytes
from mcda.files.question.as_typed.best_estimates import with_ranges
from mcda.files.question.as_typed.dates_in_cells import with_dates
from mcda.files.question.as_typed.example_rows import without_leftovers
from mcda.files.question.as_typed.long_labels import with_short_labels
from mcda.files.question.as_typed.names_in_cells import with_ids
from mcda.files.question.as_typed.score_matrix import with_matrix
from mcda.files.question.fault_order import in_order
from mcda.files.question.missing_scores import missing_faults
from mcda.files.question.optional_sheets.chance_columns import with_chances
from mcda.files.question.optional_sheets.event_rows import read_events
from mcda.files.question.optional_sheets.expert_rows import with_experts
from mcda.files.question.optional_sheets.package_rows import (
    read_stand_ins,
    until_made,
    with_packages,
)
from mcda.files.question.optional_sheets.part_rows import read_parts
from mcda.files.question.optional_sheets.scenario_rows import check_scenarios
from mcda.files.question.optional_sheets.structure_rows import read_structures
from mcda.files.question.references import check_references, ids
from mcda.files.question.schema import FORMS, SCALE_TYPES, Form, form_of
from mcda.files.question.typed_cells import check_types
from mcda.files.tables.file_kind import TEXT, kind_of
from mcda.files.tables.folder import folder_files, read_folder
from mcda.files.tables.percent import with_percent
from mcda.files.tables.plain_directions import with_directions
from mcda.files.tables.sheets import Row, Sheets
from mcda.files.workbook.reader import read_workbook
from mcda.problem.estimates import Estimate, Source
from mcda.problem.events.events import Event
from mcda.problem.events.expected_losses import PRICES, Priced
from mcda.problem.model import Criterion, Frame, Measure, Problem
from mcda.problem.value_scales import Scale
from mcda.problem.widening import Widening, read_widening
from mcda.sampling import correlation
from mcda.sentences.catalogue import languages

FACTS = (
    "options",
    "criteria",
    "scores",
    "estimates",
    "sources",
    "correlations",
    "positions",
    "screened_out",
    "claims_links",
    "structures",
    "events",
    "statements",
    "experts",
    "parts",
    "rules",
    "packages",
)
NOT_FACTS = (
    "question",
    "perspectives",
    "local_weights",
    "statements",
    "sources",
    "estimates",
    "structures",
)
ANCHOR = re.compile(r"anchor_(\d+(?:\.\d+)?)")
COUNTS = re.compile(r"/|\bof\b")
PACKAGE = re.compile(r"criteria\.[a-z][a-z0-9_]*")
WIDENING = "widening."
CORRELATED = re.compile(r"correlations\.csv row (\d+)")
# the columns of a scale from end to end, and the values that they earn
ENDS = {"worst": 0.0, "middle": 0.5, "best": 1.0}
# what is read plainly of cells as people fill them, one step after the other
PLAINLY = (
    with_dates,
    with_ids,
    without_leftovers,
    with_matrix,
    with_directions,
    with_percent,
    with_ranges,
    with_short_labels,
)
COPY = "add it as in the example that mcda new writes, with one row for each of its {}"
TOLD = 5  # notes in a warning; `mcda check` lists all


def read_sheets(path: str | Path, limits: Limits = LIMITS) -> Sheets:
    """Return the sheets of a question, from a folder of CSV files or a workbook.

    Parameters
    ----------
    path : str or Path
        The folder or the workbook.
    limits : Limits
        How much the files may hold.

    Returns
    -------
    Sheets
        The tables, with rows that know their place.

    Raises
    ------
    InputError
        If the path is neither.

    Examples
    --------
    >>> from criteria.ukraine_force.question import DATA
    >>> read_sheets(DATA).rows("options")[0].place
    'options.csv row 2'
    """
    source = question_path(path)
    sheets = (read_folder if source.is_dir() else read_workbook)(source, limits)
    for read_plainly in PLAINLY:
        sheets = read_plainly(sheets)
    return sheets


def question_path(path: str | Path) -> Path:
    """Return the path of a question's folder or workbook, unread.

    Raises InputError if it is neither, as a folder that holds no file of a question.
    """
    source = path_of(path, "question")
    if folder_files(source) or (source.is_file() and source.suffix.lower() in ENDINGS):
        return source
    expected = "a folder that holds options.csv and criteria.csv, or an .xlsx workbook"
    kind = kind_of(read_bytes(source, LIMITS)) if source.is_file() else None
    if kind and kind is not TEXT:
        raise InputError(Fault(str(path), expected, kind.called, kind.remedy))
    what = "nothing there"
    if source.exists():
        what = "a folder without them" if source.is_dir() else "a file"
    raise InputError(Fault(str(path), expected, what))


def read_problem(
    path: str | Path | Sheets,
    measures: Mapping[str, Measure] | None = None,
    *,
    forms: Iterable[Form] = (),
    limits: Limits = LIMITS,
) -> Problem:
    """Return the question in a folder, a workbook or sheets; nothing found there is executed.

    Every sheet is checked, whether or not an analysis would read it. Warns of numbers that were
    read although they are not written plainly.

    Parameters
    ----------
    path : str, Path or Sheets
        The question's folder, workbook or sheets.
    measures : mapping of str to callable, optional
        The formulas that criteria may name. Without it they are taken from the installed question
        package that the question names ("criteria.<name>", no other), and with them its forms.
    forms : iterable of Form
        The tables of the question's own, with the type of each column.
    limits : Limits
        How much the files may hold.

    Returns
    -------
    Problem
        The question.

    Raises
    ------
    InputError
        That lists every fault by sheet, row and column.

    Examples
    --------
    >>> from criteria.ukraine_force.question import DATA
    >>> read_problem(DATA).options.index.tolist()[:2]
    ['OPT01', 'OPT02']
    """
    _check_given(measures, forms)
    sheets = path if isinstance(path, Sheets) else read_sheets(path, limits)
    frame, package = _frame(sheets)
    widening = _widening(sheets)
    formulas = _Formulas(measures, tuple(forms), package, sheets.place("question"))
    _check_sheets(sheets, formulas.forms)
    if not {"options", "criteria"} <= set(sheets.sheets):
        refuse(in_order(sheets.told(), sheets))  # without them nothing else can be read
    criteria = _criteria(sheets, formulas)
    events, before_parts = _events(sheets, criteria, formulas)
    parts, estimates = read_parts(sheets, criteria, before_parts, _estimate)
    sources = _sources(sheets)
    _check_names(sheets, criteria, estimates)
    stand_ins = read_stand_ins(sheets)
    structures = read_structures(sheets, criteria, formulas.find, partial(_judged, sheets))
    _refuse_or_tell(sheets)
    tables = _tables(sheets)
    problem = Problem(
        sheets.name,
        until_made(frame, stand_ins),
        tables["options"],
        criteria,
        estimates,
        sources,
        tables,
        widening,
        structures,
        events=events,
        parts=parts,
    )
    problem = with_chances(problem, sheets, formulas.find, stand_ins)
    return with_packages(problem, sheets, frame, stand_ins)


def _check_sheets(sheets: Sheets, forms: tuple[Form, ...]) -> None:
    """Note what is wrong with the columns and the cells of sheets, whatever they mean."""
    _check_form(sheets, forms)
    check_types(sheets, forms)


def _check_names(
    sheets: Sheets, criteria: tuple[Criterion, ...], estimates: Mapping[str, Estimate]
) -> None:
    """Note what sheets name and nothing lists, and rows of scenarios and correlations at fault."""
    check_references(sheets)
    _check_correlations(sheets, estimates)
    check_scenarios(sheets, _possible_leaves(sheets, criteria))


def _tables(sheets: Sheets) -> dict[str, pd.DataFrame]:
    """Return the sheets that formulas and analyses may read, as tables by name."""
    return {
        name: sheet.frame()
        for name, sheet in sheets.sheets.items()
        if name not in NOT_FACTS and not name.startswith("judgements/")
    }


def _judged(sheets: Sheets, key: str) -> list[Estimate]:
    """Return the analyst's cells on a leaf, which a formula may stand in place of.

    Raises InputError for every option without one.
    """
    rows = [row for row in sheets.sound("scores") if row.text("criterion") == key]
    rows_by_option = {row.text("option"): row for row in rows}
    refuse(
        Fault(sheets.place("scores"), f"a row for option '{option}', criterion '{key}'", "none")
        for option in ids(sheets, "options")
        if option not in rows_by_option
    )
    return [_estimate(row, f"{key}/{option}", "") for option, row in rows_by_option.items()]


def _check_given(measures: object, forms: object) -> None:
    """Refuse measures and forms of another type."""
    check_kind(measures, Mapping | None, "measures", "functions by name")
    check_several(forms, "forms", "a list of Form")
    for form in forms if isinstance(forms, Iterable) else ():
        check_kind(form, Form, "forms", "a list of Form")


def _refuse_or_tell(sheets: Sheets) -> None:
    """Refuse sheets with faults; warn of what was read although it isn't written plainly."""
    refuse(in_order(sheets.told(), sheets))
    if sheets.notes:
        rest = (
            f"; and {len(sheets.notes) - TOLD} more, see `mcda check`"
            if len(sheets.notes) > TOLD
            else ""
        )
        sentence = "; ".join(str(note) for note in sheets.notes[:TOLD])
        warnings.warn(f"{sheets.name}: {sentence}{rest}", AssumptionWarning, stacklevel=3)


def _check_form(sheets: Sheets, forms: tuple[Form, ...]) -> None:
    """Note sheets and columns that are missing, and rows that repeat the key of an earlier one."""
    for name in ("options", "criteria"):
        if name not in sheets.sheets and name not in sheets.broken:
            sheets.faults.append(
                Fault(sheets.name, f"the sheet {sheets.place(name)}", "none", COPY.format(name))
            )
    for name in FACTS:
        sheets.require(name, *form_of(name).required)
    for form in (*FORMS, *forms):
        if form.key:
            _unique(sheets, form.name, *form.key)


def _unique(sheets: Sheets, name: str, *columns: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in sheets.rows(name):
        key = tuple(row.text(column) for column in columns)
        if key in seen:
            what = f"'{' / '.join(key)}' again, first in {seen[key]}"
            fault = row.fault("", "a row of its own", what, "delete the row, or correct it")
            sheets.faults.append(replace(fault, at=row.spot(columns[-1])))
        seen.setdefault(key, row.place)


def _possible_leaves(sheets: Sheets, criteria: tuple[Criterion, ...]) -> list[str]:
    """Return the ids of the criteria that may be leaves: all but the heads.

    One with a row that couldn't be read is among them.
    """
    heads = {criterion.key for criterion in criteria if not criterion.scale}
    return [key for key in ids(sheets, "criteria") if key not in heads]


def _frame(sheets: Sheets) -> tuple[Frame, str]:
    """Return the frame, and the package that it names for formulas."""
    names = {entry.name for entry in fields(Frame)}
    lists = {entry.name for entry in fields(Frame) if entry.type.startswith("tuple")}
    held: dict[str, list[str]] = {}
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
            held.setdefault(key, []).append(value)
    package = "".join(held.pop("measures", []))
    sheets.faults.extend(_language_faults(sheets, held.get("language", [])))
    about: dict[str, Any] = {
        key: tuple(values) if key in lists else "; ".join(values) for key, values in held.items()
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


def _widening(sheets: Sheets) -> Widening | None:
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


def _check_correlations(sheets: Sheets, estimates: Mapping[str, Estimate]) -> None:
    """Note correlations of nothing, and those that can't hold together."""
    if "correlations" in sheets.sheets and not sheets.faults:
        varying = [key for key, estimate in estimates.items() if estimate.varies]
        try:
            correlation.correlations(sheets.sheets["correlations"].frame(), estimates, varying)
        except InputError as error:
            sheets.faults.extend(_in_its_row(fault, sheets) for fault in error.faults)


def _in_its_row(fault: Fault, sheets: Sheets) -> Fault:
    """Return a fault of the table of correlations with the place of its row in the files."""
    match = CORRELATED.match(fault.where)
    where = sheets.place("correlations")
    if match is None:
        return replace(fault, where=where)
    row = sheets.rows("correlations")[int(match[1]) - 2]
    return replace(fault, where=row.place + fault.where[match.end() :], at=row.spot("first"))


@dataclass(frozen=True)
class _Formulas:
    """The formulas that criteria may name, and the forms of the question's own tables.

    They are the caller's, or those of the question's package.
    """

    given: Mapping[str, Measure] | None
    stated: tuple[Form, ...]
    package: str
    place: str

    def find(self, name: str, leaf: str = "") -> Measure:
        """Return a formula by its name, for a leaf; raises InputError that lists them."""
        formulas = self._all()
        if name in PRICES and leaf and name not in formulas:
            return Priced(name, leaf)
        if name not in formulas:
            remedy = (
                "give it to read_problem(measures=...), "
                "or name the question package as measures in the sheet question"
            )
            raise InputError(
                Fault("column 'measure'", f"one of {known(formulas)}", f"'{name}'", remedy)
            )
        return formulas[name]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The caller's forms, or those of the package that the question names; none without it."""
        if self.stated or self.given is not None or not PACKAGE.fullmatch(self.package):
            return self.stated
        try:
            return tuple(getattr(importlib.import_module(self.package), "FORMS", ()))
        except ModuleNotFoundError:
            return ()  # refused when a criterion asks for a formula of it

    def _all(self) -> Mapping[str, Measure]:
        if self.given is not None or not self.package:
            return self.given or {}
        if not PACKAGE.fullmatch(self.package):
            raise InputError(
                Fault(f"{self.place}, measures", "criteria.<name>", repr(self.package))
            )
        try:
            return importlib.import_module(self.package).MEASURES
        except ModuleNotFoundError:
            remedy = "install the package, or work from its checkout"
            raise InputError(
                Fault(
                    f"{self.place}, measures", "an installed package", f"'{self.package}'", remedy
                )
            ) from None


def _criteria(sheets: Sheets, formulas: _Formulas) -> tuple[Criterion, ...]:
    criteria = []
    for row in sheets.sound("criteria"):
        with sheets.faults.gathered(row):
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
        refuse(_scale_of_a_head(row))
        return Criterion(**about)
    name = row.text("measure")
    measure = formulas.find(name, row.text("id")) if name else None
    return Criterion(
        **about,
        unit=row.text("unit"),
        direction=row.text("direction"),
        scale=_scale(row, kind),
        measure=measure,
        floor=row.optional("floor"),
        bill=row.text("bill"),
    )


def _scale_of_a_head(row: Row) -> list[Fault]:
    """Return a fault for each end of a scale that a head has: it would be dropped in silence."""
    remedy = "clear the cell, or give the row a direction, which makes it a measure"
    return [
        row.fault(column, "nothing: a head has no scale of its own", repr(text), remedy)
        for column, text in row.cells.items()
        if text.strip() and (column in (*ENDS, "floor", "bill") or ANCHOR.fullmatch(column))
    ]


def _scale(row: Row, kind: str) -> Scale:
    """Return the scale of a row, from columns worst, middle, best, or anchor_0 to anchor_100.

    Worst to best means the same for numbers and for words. An anchor_ column holds the raw value
    that earns so many points, and on a scale in words the words of so many points, of which few are
    best where less is better.
    """
    named = [column for column in ENDS if row.text(column).strip()]
    if named:
        return _named_scale(row, kind, named)
    levels = {
        match[0]: float(match[1]) / 100
        for column in row.cells
        if (match := ANCHOR.fullmatch(column)) and row.text(column).strip()
    }
    columns = sorted(levels, key=levels.__getitem__)
    if kind != "constructed":
        return Scale(tuple(row.numbers(*columns)), tuple(levels[column] for column in columns))
    values = tuple(levels[column] for column in columns)
    raw = tuple(100 * level for level in values)
    words = tuple(row.text(column) for column in columns)
    if row.text("direction") == "min":
        return Scale(raw[::-1], tuple(1 - level for level in values[::-1]), words[::-1])
    return Scale(raw, values, words)


def _named_scale(row: Row, kind: str, columns: list[str]) -> Scale:
    """Return the scale from the worst through the middle to the best.

    Raises InputError if the row has anchors as well.
    """
    both = [column for column in row.cells if ANCHOR.fullmatch(column) and row.text(column).strip()]
    if both:
        expected = f"either {known(ENDS)} or anchor_0 to anchor_100"
        raise InputError(Fault(row.named(both[0]), expected, "both", "clear one of them"))
    values = tuple(ENDS[column] for column in columns)
    if kind != "constructed":
        return Scale(tuple(row.numbers(*columns)), values)
    raw = tuple(100 * (1 - level if row.text("direction") == "min" else level) for level in values)
    return Scale(raw, values, tuple(row.text(column) for column in columns))


def _estimate(row: Row, key: str, unit: str) -> Estimate:
    low, mode, high = row.numbers("low", "mode", "high")
    return Estimate(
        key,
        low,
        mode,
        high,
        unit,
        row.text("distribution") or "triangular",
        row.text("kind"),
        row.listed("sources"),
        row.text("as_of"),
        row.text("rationale"),
        row.text("interval"),
        *_points(row),
        _counts(row),
    )


def _points(row: Row) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return points and chances from a cell such as "0:0.4; 5:0.6", or points from "1; 2.5"."""
    parts = [entry.partition(":") for entry in row.listed("points")]
    try:
        points = tuple(parse_number(point) for point, _, _ in parts)
        return points, tuple(parse_number(chance) for _, colon, chance in parts if colon)
    except ValueError:
        expected = "numbers such as 0:0.4; 5:0.6"
        raise InputError(Fault("column 'points'", expected, repr(row.text("points")))) from None


def _counts(row: Row) -> tuple[float, ...]:
    """Return events and cases from a cell such as "20 of 136" or "20/136"; none if it is blank."""
    text = row.text("counts")
    try:
        return tuple(parse_number(part) for part in COUNTS.split(text)) if text.strip() else ()
    except ValueError:
        raise InputError(
            Fault(row.named("counts"), "events and cases such as 20 of 136", repr(text))
        ) from None


def _cells(sheets: Sheets, criteria: tuple[Criterion, ...]) -> dict[str, Estimate]:
    """Return the judged cells as estimates "criterion/option".

    Cells of derived criteria stay in the table "scores".
    """
    judged = {
        criterion.key: criterion
        for criterion in criteria
        if criterion.scale and not criterion.derived
    }
    cells = {}
    for row in sheets.sound("scores"):
        with sheets.faults.gathered(row):
            key = f"{row.text('criterion')}/{row.text('option')}"
            unit = judged[row.text("criterion")].unit if row.text("criterion") in judged else ""
            cell = _estimate(row, key, unit)
            if row.text("criterion") in judged:
                cells[key] = cell
    faults = missing_faults(sheets, list(ids(sheets, "options")), judged)
    sheets.faults.extend(faults)
    return cells


def _estimates(sheets: Sheets) -> dict[str, Estimate]:
    estimates = {}
    for row in sheets.sound("estimates"):
        with sheets.faults.gathered(row):
            estimates[row.text("key")] = _estimate(row, row.text("key"), row.text("unit"))
    return estimates


def _events(
    sheets: Sheets, criteria: tuple[Criterion, ...], formulas: _Formulas
) -> tuple[tuple[Event, ...], dict[str, Estimate]]:
    """Return what may happen, and all estimates: cells, shared ones, and those of events."""
    typed_here = {**_cells(sheets, criteria), **_estimates(sheets)}
    estimates = with_experts(sheets, typed_here)
    events, typed = read_events(sheets, criteria, estimates, formulas.find, _estimate)
    return events, {**estimates, **typed}


def _sources(sheets: Sheets) -> dict[str, Source]:
    sources = {}
    for row in sheets.sound("sources"):
        with sheets.faults.gathered(row):
            sources[row.text("id")] = Source(
                **{entry.name: row.text(entry.name) for entry in fields(Source)}
            )
    return sources

"""Put a question together from its sheets: a checked `Problem`, or every fault at once."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from mcda.checks.arguments import check_kind, check_several, path_of
from mcda.checks.faults import AssumptionWarning, Fault, InputError, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.files.disk.places import ENDINGS
from mcda.files.disk.reading import read_bytes
from mcda.files.question.as_typed.best_estimates import with_ranges
from mcda.files.question.as_typed.dates_in_cells import with_dates
from mcda.files.question.as_typed.example_rows import without_leftovers
from mcda.files.question.as_typed.long_labels import with_short_labels
from mcda.files.question.as_typed.names_in_cells import with_ids
from mcda.files.question.as_typed.score_matrix import with_matrix
from mcda.files.question.optional_sheets.chance_columns import with_chances
from mcda.files.question.optional_sheets.event_rows import read_events
from mcda.files.question.optional_sheets.expert_rows import with_experts
from mcda.files.question.optional_sheets.name_rows import check_words
from mcda.files.question.optional_sheets.package_rows import (
    read_stand_ins,
    until_made,
    with_packages,
)
from mcda.files.question.optional_sheets.part_rows import read_parts
from mcda.files.question.optional_sheets.scenario_rows import check_scenarios
from mcda.files.question.optional_sheets.structure_rows import in_every_shape, read_structures
from mcda.files.question.required_sheets.criterion_rows import read_criteria
from mcda.files.question.required_sheets.estimate_rows import (
    judged_cells,
    read_cells,
    read_estimate,
    read_estimates,
    read_sources,
)
from mcda.files.question.required_sheets.formulas import Formulas
from mcda.files.question.required_sheets.frame_rows import read_frame, widening_rule
from mcda.files.question.required_sheets.sheet_forms import check_sheets
from mcda.files.question.schema import Form, form_of
from mcda.files.question.sheet_checks.fault_order import in_order
from mcda.files.question.sheet_checks.references import check_references, ids
from mcda.files.tables.file_kind import TEXT, kind_of
from mcda.files.tables.folder import folder_files, read_folder
from mcda.files.tables.percent import with_percent
from mcda.files.tables.plain_directions import with_directions
from mcda.files.tables.sheets import Sheets
from mcda.files.workbook.reader import read_workbook
from mcda.problem.estimates import Estimate
from mcda.problem.events.events import Event
from mcda.problem.model import Criterion, Measure, Problem
from mcda.sampling import correlation

NOT_FACTS = (
    "question",
    "perspectives",
    "local_weights",
    "statements",
    "sources",
    "estimates",
    "structures",
)
CORRELATED = re.compile(r"correlations\.csv row (\d+)")
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
    found = "nothing there"
    if source.exists():
        found = "a folder without them" if source.is_dir() else "a file"
    raise InputError(Fault(str(path), expected, found))


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
    frame, package = read_frame(sheets)
    widening = widening_rule(sheets)
    formulas = Formulas(measures, tuple(forms), package, sheets.place("question"))
    check_sheets(sheets, formulas.forms)
    if not {"options", "criteria"} <= set(sheets.sheets):
        refuse(in_order(sheets.distinct_faults(), sheets))  # without them nothing else can be read
    criteria = read_criteria(sheets, formulas)
    events, before_parts = _events(sheets, criteria, formulas)
    parts, estimates = read_parts(sheets, criteria, before_parts, read_estimate)
    sources = read_sources(sheets)
    _check_names(sheets, criteria, estimates)
    stand_ins = read_stand_ins(sheets)
    structures = read_structures(sheets, criteria, formulas.find, partial(judged_cells, sheets))
    _refuse_or_tell(sheets)
    tables = _tables(sheets, formulas.forms)
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
    return in_every_shape(with_packages(problem, sheets, frame, stand_ins), sheets)


def _check_names(
    sheets: Sheets, criteria: tuple[Criterion, ...], estimates: Mapping[str, Estimate]
) -> None:
    """Note what sheets name and nothing lists, and rows of scenarios and correlations at fault."""
    check_references(sheets)
    check_words(sheets, estimates)
    _check_correlations(sheets, estimates)
    check_scenarios(sheets, _possible_leaves(sheets, criteria))


def _tables(sheets: Sheets, forms: tuple[Form, ...]) -> dict[str, pd.DataFrame]:
    """Return the sheets that formulas and analyses may read, as tables by name."""
    tables = {}
    for name, sheet in sheets.sheets.items():
        if name not in NOT_FACTS and not name.startswith("judgements/"):
            tables[name] = sheet.frame(_texts(name, forms))
    return tables


def _texts(name: str, forms: tuple[Form, ...]) -> set[str]:
    """Return the columns of a sheet that hold any text, by its form and what the question adds to it."""
    texts = set(form_of(name).texts)
    for form in forms:
        if form.name == name:
            texts.update(form.texts)
    return texts


def _check_given(measures: object, forms: object) -> None:
    """Refuse measures and forms of another type."""
    check_kind(measures, Mapping | None, "measures", "functions by name")
    check_several(forms, "forms", "a list of Form")
    for form in forms if isinstance(forms, Iterable) else ():
        check_kind(form, Form, "forms", "a list of Form")


def _refuse_or_tell(sheets: Sheets) -> None:
    """Refuse sheets with faults; warn of what was read although it isn't written plainly."""
    refuse(in_order(sheets.distinct_faults(), sheets))
    if sheets.notes:
        rest = (
            f"; and {len(sheets.notes) - TOLD} more, see `mcda check`"
            if len(sheets.notes) > TOLD
            else ""
        )
        sentence = "; ".join(str(note) for note in sheets.notes[:TOLD])
        warnings.warn(f"{sheets.name}: {sentence}{rest}", AssumptionWarning, stacklevel=3)


def _possible_leaves(sheets: Sheets, criteria: tuple[Criterion, ...]) -> list[str]:
    """Return the ids of the criteria that may be leaves: all but the heads.

    One with a row that couldn't be read is among them.
    """
    heads = {criterion.key for criterion in criteria if not criterion.scale}
    return [key for key in ids(sheets, "criteria") if key not in heads]


def _check_correlations(sheets: Sheets, estimates: Mapping[str, Estimate]) -> None:
    """Note correlations of nothing, and those that can't hold together."""
    if "correlations" in sheets.sheets and not sheets.faults:
        varying = [key for key, estimate in estimates.items() if estimate.varies]
        stated = sheets.sheets["correlations"].frame(form_of("correlations").texts)
        try:
            correlation.correlations(stated, estimates, varying)
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


def _events(
    sheets: Sheets, criteria: tuple[Criterion, ...], formulas: Formulas
) -> tuple[tuple[Event, ...], dict[str, Estimate]]:
    """Return what may happen, and all estimates: cells, shared ones, and those of events."""
    typed_here = {**read_cells(sheets, criteria), **read_estimates(sheets)}
    estimates = with_experts(sheets, typed_here)
    events, typed = read_events(sheets, criteria, estimates, formulas.find, read_estimate)
    return events, {**estimates, **typed}

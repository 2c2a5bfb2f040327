"""Structures as they are written: rows of changes to the tree, read into checked types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.files.question.as_typed.names_in_cells import names_of
from mcda.files.question.required_sheets.criterion_rows import ENDS
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.estimates import Estimate
from mcda.problem.model import AS_STATED, Criterion, Measure, Problem
from mcda.problem.structures import (
    AS_CHANCE,
    FUTURE,
    JUDGED,
    KINDS,
    MEASURE,
    OUT,
    SCALE,
    WEIGHT,
    Change,
    Structure,
    changed_criteria,
)
from mcda.problem.value_scales import Scale

Cells = Callable[[str], Sequence[Estimate]]


def read_structures(
    sheets: Sheets,
    criteria: Iterable[Criterion],
    find_measure: Callable[[str, str], Measure],
    judged_cells: Cells,
) -> tuple[Structure, ...]:
    """Return the structures of the sheet "structures", noting every fault found.

    judged_cells: the analyst's cells on a leaf, as the sheet of scores has them.
    """
    tree = {criterion.key: criterion for criterion in criteria}
    changes: dict[str, list[Change]] = {}
    labels: dict[str, str] = {}
    seen: dict[tuple[str, str, str], Row] = {}
    for row in sheets.sound("structures"):
        if row.text("criterion") and row.text("criterion") not in tree:
            continue  # an unknown id is told with those of all other sheets
        name = row.text("structure").strip()
        with sheets.faults.gathered(row):
            _check_name(row, name, seen)
            change = _change(row, sheets, tree, find_measure, judged_cells)
            changes.setdefault(name, []).append(change)
            labels.setdefault(name, row.text("label").strip() or name)
    structures = tuple(Structure(name, labels[name], tuple(changes[name])) for name in changes)
    for structure in structures:
        with sheets.faults.gathered(sheets.place("structures")):
            changed_criteria(list(tree.values()), structure)
    return structures


def _check_name(row: Row, name: str, seen: dict[tuple[str, str, str], Row]) -> None:
    """Refuse the name of the stated shape, one spelt otherwise before, and a change made already."""
    if name.lower() == AS_STATED:
        raise InputError(Fault(row.named("structure"), "a name of its own", f"'{name}'"))
    for (before, _, _), earlier in seen.items():
        if before != name and before.lower() == name.lower():
            expected = f"'{before}', as in {earlier.place}"
            remedy = "spell it alike, or give it a name of its own"
            raise InputError(Fault(row.named("structure"), expected, f"'{name}'", remedy))
    key = (name, row.text("criterion"), _target(row.text("change")))
    if key in seen:
        found = f"'{key[1]}' a second time, first in {seen[key].place}"
        raise InputError(Fault("", "one change of a kind to a criterion", found))
    seen[key] = row


def _target(kind: str) -> str:
    """Return what a kind of change touches: two that touch the same exclude each other."""
    if kind in (MEASURE, SCALE, JUDGED):
        return MEASURE
    return OUT[0] if kind in OUT else kind


def _change(
    row: Row,
    sheets: Sheets,
    tree: Mapping[str, Criterion],
    find_measure: Callable[[str, str], Measure],
    judged_cells: Cells,
) -> Change:
    kind = _kind(row)
    criterion = _criterion(row, tree)
    key = criterion.key
    rationale = row.text("rationale")
    if kind == WEIGHT:
        return Change(kind, key, rationale, weight=_weight(row, criterion))
    if kind == FUTURE:
        return Change(kind, key, rationale, scenario=_scenario(row, sheets))
    if kind in OUT:
        return Change(kind, key, rationale)
    if criterion.scale is None:
        raise InputError(Fault(row.named("criterion"), "a leaf", f"the head '{key}'"))
    if kind == AS_CHANCE:
        return Change(kind, key, rationale, fallback=_fallback(row, sheets, criterion))
    measure = find_measure(row.text("measure"), key) if kind == MEASURE else None
    cells = tuple(judged_cells(key)) if kind == JUDGED else ()
    scale = _scale(row, needed=kind == SCALE)
    unit = row.text("unit").strip()
    return Change(kind, key, rationale, measure=measure, scale=scale, unit=unit, cells=cells)


def _kind(row: Row) -> str:
    kind = row.text("change").strip()
    if kind not in KINDS:
        raise InputError(Fault(row.named("change"), f"one of {known(KINDS)}", f"'{kind}'"))
    return kind


def _criterion(row: Row, tree: Mapping[str, Criterion]) -> Criterion:
    key = row.text("criterion")
    if key not in tree:  # an unknown id is told elsewhere: this one is blank
        expected = f"one of {known(tree, 30)}"
        raise InputError(Fault(row.named("criterion"), expected, "an empty cell"))
    return tree[key]


def _fallback(row: Row, sheets: Sheets, leaf: Criterion) -> str:
    """Return the option that happens if another doesn't come about, and check the leaf's unit."""
    if leaf.unit.strip().lower() not in ("percent", "%"):
        expected = "a leaf in percent"
        raise InputError(Fault(row.named("criterion"), expected, f"'{leaf.key}' in {leaf.unit}"))
    fields = {field.text("field").strip(): field.text("value") for field in sheets.rows("question")}
    name = row.text("fallback").strip() or fields.get("baseline", "").strip()
    if not name:
        options = names_of(sheets, "options").ids
        expected = f"the option that happens otherwise: {known(options, 30)}"
        found = "none, and the question has no baseline"
        raise InputError(Fault(row.named("fallback"), expected, found))
    return name


def _weight(row: Row, criterion: Criterion) -> float:
    if not criterion.parent:
        expected = "a criterion below a head"
        remedy = "what a criterion at the top weighs is for holders to say"
        raise InputError(Fault(row.named("criterion"), expected, f"'{criterion.key}'", remedy))
    return row.numbers("weight")[0]


def _scenario(row: Row, sheets: Sheets) -> str:
    """Return the scenario that holds what is left out of the values."""
    scenarios = dict.fromkeys(entry.text("scenario_id") for entry in sheets.rows("scenarios"))
    name = row.text("scenario").strip()
    if name not in scenarios:
        expected = f"a scenario that holds it: {known(scenarios, 30)}"
        remedy = 'add it to scenarios, or write "leave out"'
        raise InputError(Fault(row.named("scenario"), expected, f"'{name}'", remedy))
    return name


def _scale(row: Row, *, needed: bool) -> Scale | None:
    named = [column for column in ENDS if row.text(column).strip()]
    if not named and not needed:
        return None
    if "worst" not in named or "best" not in named:
        found = f"only {known(named)}" if named else "neither"
        raise InputError(Fault("columns 'worst' and 'best'", "a number in both", found))
    return Scale(tuple(row.numbers(*named)), tuple(ENDS[column] for column in named))


def in_every_shape(problem: Problem, sheets: Sheets) -> Problem:
    """Return a question of which each structure can be made, with its events and chances.

    Raises InputError with all faults of those that can't.
    """
    faults = Faults()
    for structure in problem.structures:
        with faults.gathered(f"{sheets.place('structures')}, structure '{structure.name}'"):
            problem.structured(structure.name)
    refuse(faults)
    return problem

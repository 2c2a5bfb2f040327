"""Scenarios as they are written: rows of effects, read into checked types.

Each fault has its row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, Faults, InputError, known
from mcda.checks.significant_digits import plain, told_apart
from mcda.files.question.schema import form_of
from mcda.files.question.sheet_checks.typed_cells import cell_fault
from mcda.files.tables.sheets import Row, Sheets
from mcda.problem.estimates import Estimate

COLUMNS = (
    "scenario_id",
    "scenario",
    "state",
    "prob_low",
    "prob_mode",
    "prob_high",
    "criterion",
    "options",
    "effect_type",
    "effect_low",
    "effect_mode",
    "effect_high",
)
# the columns of the two ranges of a row
CHANCES = ("prob_low", "prob_mode", "prob_high")
SIZES = ("effect_low", "effect_mode", "effect_high")
PERCENT = 100  # chances are written in percent
MOST = 100_000  # combinations of states
ROUNDING = 1e-9  # of chances that are added


@dataclass(frozen=True)
class Effect:
    """What a state does to a leaf of some options.

    It adds a size to the performance or multiplies it by one; the size has a range.
    """

    criterion: str
    options: tuple[str, ...]
    kind: str
    size: Estimate


@dataclass(frozen=True)
class State:
    """One way a scenario can turn out: its chance as a range (shares of 1) and its effects.

    One without effects is the reference.
    """

    name: str
    chance: tuple[float, float, float]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """One uncertainty about the world, which is in exactly one of its states."""

    key: str
    label: str
    states: tuple[State, ...]


def check_scenarios(sheets: Sheets, leaves: Sequence[str]) -> None:
    """Note every fault of the sheet "scenarios"."""
    sheets.require("scenarios", *COLUMNS)
    read_scenarios(sheets.rows("scenarios"), leaves, sheets.faults)


def table_rows(table: pd.DataFrame) -> tuple[Row, ...]:
    """Return the rows of a table of scenarios made in memory, as those of its sheet would be."""
    texts = table.astype(object).where(table.notna(), "")
    rows = []
    for number, row in enumerate(texts.to_dict("records"), start=2):
        cells = {str(column): str(cell) for column, cell in row.items()}
        rows.append(Row(f"scenarios.csv row {number}", cells))
    return tuple(rows)


def read_scenarios(
    rows: Iterable[Row], leaves: Sequence[str], faults: Faults
) -> tuple[Scenario, ...]:
    """Return the scenarios in some rows, adding every fault found to `faults`.

    A scenario with a cell that isn't what its column holds is read no further: its other cells
    aren't at fault.
    """
    read = []
    for key, rows_of_scenario in _grouped(rows, "scenario_id"):
        unsound = [fault for row in rows_of_scenario for fault in _type_faults(row)]
        faults.extend(unsound)
        if not unsound:
            read.append(_scenario(key, rows_of_scenario, leaves, faults))
    combinations = int(np.prod([len(scenario.states) for scenario in read], dtype=float))
    if combinations > MOST:
        faults.append(
            Fault("scenarios.csv", f"at most {MOST:,} combinations of states", f"{combinations:,}")
        )
    return tuple(read)


def _type_faults(row: Row) -> Iterator[Fault]:
    """Go through the cells of a row that aren't what their columns hold."""
    for column in form_of("scenarios").columns:
        fault = cell_fault(row, column)
        if fault:
            yield fault


def _grouped(rows: Iterable[Row], column: str) -> Iterator[tuple[str, list[Row]]]:
    """Go through the rows by their text in a column, in the order in which the texts are met."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.text(column), []).append(row)
    yield from groups.items()


def _scenario(key: str, rows: list[Row], leaves: Sequence[str], faults: Faults) -> Scenario:
    where = f"scenario '{key}'"
    label = rows[0].text("scenario")
    for row in rows:
        if row.text("scenario") != label:
            found = f"'{row.text('scenario')}' beside '{label}'"
            faults.append(row.fault("scenario", f"one name for {where}", found))
    states = tuple(
        _state(f"{where}, state '{name}'", name, rows_of_state, leaves, faults)
        for name, rows_of_state in _grouped(rows, "state")
    )
    low = sum(state.chance[0] for state in states)
    high = sum(state.chance[2] for state in states)
    if not low <= 1 + ROUNDING or not high >= 1 - ROUNDING:
        lows, highs = (told_apart(PERCENT * one, PERCENT) for one in (low, high))
        what = f"lows of {lows} and highs of {highs} in all"
        faults.append(
            Fault(
                f"{rows[0].place}, {where}",
                "ranges of chance that can sum to 100",
                what,
                "correct prob_low or prob_high",
            )
        )
    return Scenario(key, label, states)


def _state(where: str, name: str, rows: list[Row], leaves: Sequence[str], faults: Faults) -> State:
    chance = (0.0, 0.0, 1.0)
    with faults.gathered(f"{rows[0].place}, {where}"):
        chance = _chance(rows)
    effects = []
    for row in rows:
        with faults.gathered(row):
            effects += _effect(where, row, leaves)
    return State(name, chance, tuple(effects))


def _chance(rows: list[Row]) -> tuple[float, float, float]:
    """Return the chance of a state as shares of 1.

    Raises InputError for one that its rows state differently.
    """
    different = {tuple(row.numbers(*CHANCES)) for row in rows}
    if len(different) > 1:
        raise InputError(
            Fault("chances", "the same in each of its rows", f"{len(different)} different ones")
        )
    low, mode, high = (number / PERCENT for number in rows[0].numbers(*CHANCES))
    if not 0 <= low <= mode <= high <= 1:
        found = ", ".join(plain(PERCENT * end) for end in (low, mode, high))
        raise InputError(Fault("chances", "0 <= low <= mode <= high <= 100", found))
    return low, mode, high


def _effect(where: str, row: Row, leaves: Sequence[str]) -> list[Effect]:
    kind = row.text("effect_type")
    leaf = row.text("criterion")
    if kind == "none":
        return []
    if leaf not in leaves:
        raise InputError(Fault("column 'criterion'", f"one of {known(leaves, 30)}", repr(leaf)))
    low, mode, high = row.numbers(*SIZES)
    if kind == "mult" and low < 0:
        raise InputError(Fault("column 'effect_low'", "a multiplier of at least 0", plain(low)))
    size = Estimate(f"{where} on {leaf}", low, mode, high, kind=row.text("kind") or "judgement")
    return [Effect(leaf, row.listed("options"), kind, size)]

"""Read the holders' weights: the sheets perspectives, local_weights and judgements/HOLDER_ID."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from mcda.checks.faults import AssumptionWarning, Fault, Faults, InputError, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.checks.significant_digits import parts, plain
from mcda.files.question.optional_sheets.statement_rows import (
    Said,
    check_said,
    check_together,
    statements_said,
)
from mcda.files.question.read_problem import read_sheets
from mcda.files.question.sheet_checks.fault_order import in_order
from mcda.files.question.sheet_checks.preference_faults import holder_ids, preference_faults
from mcda.files.tables.sheets import Note, Row, Sheet, Sheets
from mcda.preferences.from_statements.kinds import Statement
from mcda.preferences.from_statements.weights import weights_from_statements
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.weights import ahp
from mcda.preferences.weighting.stated import LOCAL_STATED, Weights, over_leaves, with_ranges
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem

# the step of pairwise weights that holds the rationale of each pair
REASONS = "reasons of judgements"
WHOLE = (1.0, 100.0)  # what shares or percents of siblings sum to
ROUNDED = 0.005  # how far they may miss it, of the whole: thirds are rounded
# a sum within this factor of a whole was meant as one; ratios such as 3 and 1 are no shares
NEAR = 2.0


def read_perspectives(
    path: str | Path | Sheets, problem: Problem, *, limits: Limits = LIMITS
) -> dict[str, Weights]:
    """Return the weights of every holder over the leaves of a question, by holder's name.

    A holder without weights in the sheet perspectives has those that follow from its statements.
    The stated low, mode and high make the `space` of each; a holder with judgements has AHP weights
    as well. Weights on heads are spread by the question's local weights, or by the holder's own if
    local_weights has them. Warns of judgements that contradict each other as `priorities` does, by
    sheet.

    Parameters
    ----------
    path : str, Path or Sheets
        The question's folder, workbook or sheets.
    problem : Problem
        The question.
    limits : Limits
        How much the files may hold.

    Returns
    -------
    dict of str to Weights
        By holder's name; empty for a question without perspectives.

    Raises
    ------
    InputError
        With every fault of the three kinds of sheet.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from criteria.ukraine_force.question import DATA
    >>> list(read_perspectives(DATA, ukraine_force.problem()))[:2]
    ['Kyiv', 'London']
    """
    check_problem(problem)
    sheets = path if isinstance(path, Sheets) else read_sheets(path, limits)
    faults = Faults([*sheets.faults, *preference_faults(sheets)])
    said = _statements(sheets, problem, faults)
    local = _local_weights(sheets, problem, faults)
    refuse(in_order(faults, sheets))
    sheets.notes += [*_stated_sums(sheets), *_sums(sheets, problem, local)]
    holders, judged = _weighed(sheets, problem, local, faults)
    refuse(faults)
    _tell_contradictions(sheets, judged)
    with_pairs = {
        holder: replace(weights, pairwise=judged.get(holder)) for holder, weights in holders.items()
    }
    return {**with_pairs, **_from_statements(sheets, problem, said)}


def _weighed(
    sheets: Sheets, problem: Problem, local: Mapping[str, dict[str, float]], faults: Faults
) -> tuple[dict[str, Weights], dict[str, Weights]]:
    """Return the weights that holders state, and those that their pairwise judgements give."""
    rows = sheets.rows("perspectives")
    holders: dict[str, Weights] = {}
    judged: dict[str, Weights] = {}
    for number, holder in holder_ids(sheets).items():
        own = {**problem.local_weights, **local.get(holder, {})}
        pairs = f"judgements/{number}"
        with faults.gathered(sheets.place("perspectives")):
            stated = _stated_weights(holder, [row for row in rows if row.text("holder") == holder])
            holders[holder] = _with_local(over_leaves(problem, stated, own), sheets)
        with faults.gathered(sheets.place(pairs)):
            if pairs in sheets.sheets:
                judged[holder] = over_leaves(
                    problem, _judged(sheets.sheets[pairs], problem, holder), own
                )
    return holders, judged


def read_statements(
    path: str | Path | Sheets, problem: Problem, *, limits: Limits = LIMITS
) -> dict[str, tuple[Statement, ...]]:
    """Return the statements of every holder of a question, by holder's name.

    Whether they can all hold is not asked: `statement_conflict` tells.

    Parameters
    ----------
    path : str, Path or Sheets
        The question's folder, workbook or sheets.
    problem : Problem
        The question.
    limits : Limits
        How much the files may hold.

    Returns
    -------
    dict of str to tuple of Statement
        By holder's name; empty for a question without statements.

    Raises
    ------
    InputError
        With every fault of the sheet.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> from criteria.ukraine_force.question import DATA
    >>> read_statements(DATA, ukraine_force.problem()).get("nobody", ())
    ()
    """
    check_problem(problem)
    sheets = path if isinstance(path, Sheets) else read_sheets(path, limits)
    faults = Faults([*sheets.faults, *preference_faults(sheets)])
    said = check_said(_read_once(sheets), problem, faults)
    refuse(in_order(faults, sheets))
    by_holder: dict[str, list[Statement]] = {}
    for one in said:
        by_holder.setdefault(one.statement.holder, []).append(one.statement)
    return {holder: tuple(some) for holder, some in by_holder.items()}


def _read_once(sheets: Sheets) -> list[Said]:
    """Return the statements of a sheet whose faults are told already."""
    return statements_said(sheets, Faults())


def _statements(sheets: Sheets, problem: Problem, faults: Faults) -> dict[str, list[Said]]:
    """Return the statements of every holder, noting those that don't fit or can't all hold.

    Those of a holder with weights of its own are a test of these, and may well exclude each other.
    """
    by_holder: dict[str, list[Said]] = {}
    for one in check_said(_read_once(sheets), problem, faults):
        by_holder.setdefault(one.statement.holder, []).append(one)
    weighed = set(holder_ids(sheets).values())
    for holder, said in by_holder.items():
        if holder not in weighed:
            check_together(said, problem, faults)
    return by_holder


def _from_statements(
    sheets: Sheets, problem: Problem, said: Mapping[str, list[Said]]
) -> dict[str, Weights]:
    """Return the weights that follow from the statements of holders who have no others."""
    weighed = set(holder_ids(sheets).values())
    weights = {}
    for holder, some in said.items():
        if holder in weighed:
            where = f"{sheets.place('statements')}, '{holder}'"
            note = Note(where, "statements beside weights", "a test of these weights")
            sheets.notes += [note] if note not in sheets.notes else []
        else:
            statements = [one.statement for one in some]
            weights[holder] = weights_from_statements(problem, statements)
    return weights


def _stated_weights(holder: str, rows: list[Row]) -> Weights:
    raw = pd.Series({row.text("criterion"): row.numbers("mode")[0] for row in rows}, dtype=float)
    reasons = {row.text("criterion"): row.text("rationale") for row in rows}
    kinds = _kinds(rows)
    table = pd.DataFrame(
        [
            {
                "criterion": row.text("criterion"),
                "low": row.numbers("low")[0],
                "mode": row.numbers("mode")[0],
                "high": row.numbers("high")[0],
                "kind": row.text("kind"),
                "rationale": reasons[row.text("criterion")],
            }
            for row in rows
        ]
    ).set_index("criterion")
    return with_ranges(
        Weights(raw, holder, method=f"direct, {', '.join(kinds)}", kinds=kinds), table
    )


def _local_weights(sheets: Sheets, problem: Problem, faults: Faults) -> dict[str, dict[str, float]]:
    local: dict[str, dict[str, float]] = {}
    keys = [criterion.key for criterion in problem.criteria]
    for row in sheets.sound("local_weights"):
        with faults.gathered(row):
            if row.text("criterion") not in keys:
                raise InputError(
                    Fault("column 'criterion'", "a known id", f"'{row.text('criterion')}'")
                )
            local.setdefault(row.text("holder"), {})[row.text("criterion")] = row.numbers("weight")[
                0
            ]
    return local


def _with_local(weights: Weights, sheets: Sheets) -> Weights:
    """Return a holder's weights with a step for its own local weights, if it states any."""
    rows = [row for row in sheets.rows("local_weights") if row.text("holder") == weights.holder]
    if not rows:
        return weights
    table = pd.DataFrame(
        {
            "weight": [row.numbers("weight")[0] for row in rows],
            "rationale": [row.text("rationale") for row in rows],
        },
        index=[row.text("criterion") for row in rows],
    )
    return replace(weights, steps={**weights.steps, LOCAL_STATED: table})


def _stated_sums(sheets: Sheets) -> list[Note]:
    """Return a note for each holder whose weights sum to neither 100 nor 1, with the shares used."""
    notes = []
    for holder in holder_ids(sheets).values():
        rows = [row for row in sheets.rows("perspectives") if row.text("holder") == holder]
        stated = {row.text("criterion"): row.numbers("mode")[0] for row in rows}
        total = sum(stated.values())
        if total and all(abs(total / whole - 1) > ROUNDED for whole in WHOLE):
            shares = parts((100 * one / total for one in stated.values()), 1)
            used = ", ".join(f"{key} {plain(one)}" for key, one in zip(stated, shares, strict=True))
            where = f"{sheets.place('perspectives')}, '{holder}'"
            what = f"a sum of weights of {plain(total)}"
            read_as = f"100, each weight as its share: {used}"
            notes.append(Note(where, what, read_as, rows[0].spot("mode")))
    return [note for note in notes if note not in sheets.notes]


def _sums(sheets: Sheets, problem: Problem, local: dict[str, dict[str, float]]) -> list[Note]:
    """Return a note for each head with local weights that miss their whole.

    They are a holder's own, completed by the question's.
    """
    notes = []
    for holder, own in local.items():
        for head in problem.heads:
            below = [criterion.key for criterion in problem.children(head.key)]
            total = sum({**problem.local_weights, **own}.get(key, 0.0) for key in below)
            if own.keys() & set(below) and any(_missed(total, whole) for whole in WHOLE):
                where = f"{sheets.place('local_weights')}, '{holder}' below '{head.key}'"
                notes.append(
                    Note(
                        where,
                        f"a sum of local weights of {plain(total)}",
                        "the whole: each counts as its share",
                    )
                )
    return [note for note in notes if note not in sheets.notes]


def _missed(total: float, whole: float) -> bool:
    return whole / NEAR < total < whole * NEAR and abs(total / whole - 1) > ROUNDED


def _judged(sheet: Sheet, problem: Problem, holder: str) -> Weights:
    """Return the AHP weights over the heads from one holder's sheet of pairwise judgements."""
    tops = [top.key for top in problem.tops]
    kinds = _kinds(sheet.rows)
    rationale = f"pairwise judgements, {', '.join(kinds)}" if kinds else ""
    with warnings.catch_warnings():
        # the same warning comes later, with the name of the sheet
        warnings.filterwarnings("ignore", ".*above 0.10", AssumptionWarning)
        weights = ahp(Judgements.from_sheet(sheet, tops), holder, rationale=rationale, kinds=kinds)
    return replace(weights, steps={**weights.steps, REASONS: _reasons(sheet)})


def _reasons(sheet: Sheet) -> pd.DataFrame:
    """Return the pairs of a sheet of judgements that have a rationale, with it."""
    reasoned = [
        (row.text("first"), row.text("second"), row.text("rationale"))
        for row in sheet.rows
        if row.text("rationale").strip()
    ]
    return pd.DataFrame(reasoned, columns=["first", "second", "rationale"])


def _tell_contradictions(sheets: Sheets, judged: Mapping[str, Weights]) -> None:
    """Note and warn of the sheets with judgements that contradict each other."""
    ids = {holder: number for number, holder in holder_ids(sheets).items()}
    priorities = {
        holder: weights.consistency.alarm
        for holder, weights in judged.items()
        if weights.consistency
    }
    sheets.alarms = [
        f"{sheets.place(f'judgements/{ids[holder]}')}: {alarm}"
        for holder, alarm in priorities.items()
        if alarm
    ]
    for alarm in sheets.alarms:
        warnings.warn(alarm, AssumptionWarning, stacklevel=3)


def _kinds(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.text("kind") for row in rows} - {""}))

"""Read the holders' weights of a question: the sheets perspectives, local_weights and judgements/HOLDER_ID."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from mcda.preferences.ahp_weights import ahp
from mcda.preferences.judgements import PAIRS, Judgements
from mcda.preferences.weights import Weights, over_leaves, with_ranges
from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.problem.limits import LIMITS, Limits
from mcda.problem.model import Problem
from mcda.problem.reading import read_sheets
from mcda.problem.sheets import Faults, Row, Sheet, Sheets

PERSPECTIVES = ("holder_id", "holder", "criterion", "low", "mode", "high", "kind")
LOCAL = ("holder", "criterion", "weight")


def read_perspectives(path: str | Path | Sheets, problem: Problem, *, limits: Limits = LIMITS) -> dict[str, Weights]:
    """Return the weights of every holder over the leaves, by holder's name, with AHP weights where pairs were judged.

    The stated low, mode and high make the `space` of each.
    Weights on heads are spread by the question's local weights, or by the holder's own where local_weights has
    them. Raises InputError with every fault of the three kinds of sheet. A question without perspectives gives none.

    >>> from criteria import ukraine_force
    >>> from criteria.ukraine_force.question import DATA
    >>> list(read_perspectives(DATA, ukraine_force.problem()))[:2]
    ['Kyiv', 'London']
    """
    sheets = path if isinstance(path, Sheets) else read_sheets(path, limits)
    faults = Faults([*sheets.faults, *preference_faults(sheets)])
    local = _local_weights(sheets, problem, faults)
    refuse(faults)
    rows = sheets.rows("perspectives")
    holders: dict[str, Weights] = {}
    judged: dict[str, Weights] = {}
    for number, holder in _holders(sheets).items():
        own, pairs = {**problem.local_weights, **local.get(holder, {})}, f"judgements/{number}"
        with faults.gathered(sheets.place("perspectives")):
            stated = _stated(holder, [row for row in rows if row.text("holder") == holder])
            holders[holder] = over_leaves(problem, stated, own)
        with faults.gathered(sheets.place(pairs)):
            if pairs in sheets.sheets:
                judged[holder] = over_leaves(problem, _judged(sheets.sheets[pairs], problem, holder), own)
    refuse(faults)
    return {holder: replace(weights, pairwise=judged.get(holder)) for holder, weights in holders.items()}


def _holders(sheets: Sheets) -> dict[str, str]:
    return {row.text("holder_id"): row.text("holder") for row in sheets.rows("perspectives")}


def preference_faults(sheets: Sheets) -> list[Fault]:
    """Return what is wrong with the weights and judgements whatever the question is, so that it is told with the rest.

    Columns that are missing, holders' ids that don't stand for one name each, weights that are no range, criteria
    weighed twice, and judgements of nobody.
    """
    looked_at = Sheets(sheets.name, sheets.called, dict(sheets.sheets), titles=sheets.titles)
    looked_at.require("perspectives", *PERSPECTIVES)
    looked_at.require("local_weights", *LOCAL)
    judged = [name for name in sheets.sheets if name.startswith("judgements/")]
    for name in judged:
        looked_at.require(name, *PAIRS)
    ids = _holders(looked_at)
    nobody = [name for name in judged if name.partition("/")[2] not in ids]
    looked_at.faults.extend(
        Fault(sheets.place(name), f"a file for one of {known(ids)}", f"'{name.partition('/')[2]}'") for name in nobody
    )
    _check_weights(looked_at.rows("perspectives"), ids, looked_at.faults)
    return looked_at.faults


def _check_weights(rows: tuple[Row, ...], ids: dict[str, str], faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if ids[row.text("holder_id")] != row.text("holder"):
            expected = f"one holder for '{row.text('holder_id')}'"
            faults.append(row.fault("", expected, f"'{row.text('holder')}' as well"))
        key = (row.text("holder"), row.text("criterion"))
        if key in seen:
            faults.append(row.fault("", "one weight a criterion", f"'{key[1]}' of '{key[0]}' a second time"))
        seen.add(key)
        with faults.gathered(row):
            low, mode, high = row.numbers("low", "mode", "high")
            if not 0 <= low <= mode <= high:
                raise InputError(Fault("weight", "0 <= low <= mode <= high", f"{low:g}, {mode:g}, {high:g}"))


def _stated(holder: str, rows: list[Row]) -> Weights:
    raw = pd.Series({row.text("criterion"): row.numbers("mode")[0] for row in rows}, dtype=float)
    reasons = {row.text("criterion"): row.text("rationale") for row in rows}
    kinds = _kinds(rows)
    table = pd.DataFrame(
        [{"criterion": row.text("criterion"), "low": row.numbers("low")[0], "mode": row.numbers("mode")[0],
          "high": row.numbers("high")[0], "kind": row.text("kind"), "rationale": reasons[row.text("criterion")]}
         for row in rows]
    ).set_index("criterion")  # fmt: skip
    return with_ranges(Weights(raw, holder, method=f"direct, {', '.join(kinds)}", kinds=kinds), table)


def _local_weights(sheets: Sheets, problem: Problem, faults: Faults) -> dict[str, dict[str, float]]:
    local: dict[str, dict[str, float]] = {}
    keys = [criterion.key for criterion in problem.criteria]
    for row in sheets.rows("local_weights"):
        with faults.gathered(row):
            if row.text("criterion") not in keys:
                raise InputError(Fault("column 'criterion'", "a known id", f"'{row.text('criterion')}'"))
            local.setdefault(row.text("holder"), {})[row.text("criterion")] = row.numbers("weight")[0]
    return local


def _judged(sheet: Sheet, problem: Problem, holder: str) -> Weights:
    """Return the AHP weights over the heads from one holder's sheet of pairwise judgements."""
    tops = [top.key for top in problem.tops]
    kinds = _kinds(sheet.rows)
    told = f"pairwise judgements, {', '.join(kinds)}" if kinds else ""
    return ahp(Judgements.from_sheet(sheet, tops), holder, rationale=told, kinds=kinds)


def _kinds(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.text("kind") for row in rows} - {""}))

"""Read the holders' weights of a question: perspectives.csv, local_weights.csv and judgements/*.csv."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from mcda.preferences.pairwise import Judgements, ahp
from mcda.preferences.spaces import stated_ranges
from mcda.preferences.weights import Weights, over_leaves
from mcda.problem.faults import Fault, InputError, known, refuse
from mcda.problem.model import Problem
from mcda.problem.sheets import Faults, Row, read_sheet

PERSPECTIVES = ("holder_id", "holder", "criterion", "low", "mode", "high", "kind")
LOCAL = ("holder", "criterion", "weight")
PAIRS = ("first", "second", "ratio")


def read_perspectives(path: str | Path, problem: Problem) -> dict[str, Weights]:
    """Return the weights of every holder over the leaves, by holder's name, with AHP weights where pairs were judged.

    The stated low, mode and high make the `space` of each.
    Weights on heads are spread by the question's local weights, or by the holder's own where local_weights.csv has
    them. Raises InputError with every fault of the three kinds of file. A question without perspectives gives none.

    >>> from criteria import ukraine_force
    >>> from criteria.ukraine_force.question import DATA
    >>> list(read_perspectives(DATA, ukraine_force.problem()))[:2]
    ['Kyiv', 'London']
    """
    folder, faults = Path(path), Faults()
    rows = _rows(folder / "perspectives.csv", PERSPECTIVES, faults)
    local = _local_weights(folder, problem, faults)
    ids = {row.text("holder_id"): row.text("holder") for row in rows}
    _check(folder, rows, ids, faults)
    holders: dict[str, Weights] = {}
    for number, holder in ids.items():
        with faults.gathered("perspectives.csv"):
            stated = _stated(holder, [row for row in rows if row.text("holder") == holder])
            if not faults:
                stated = replace(stated, space=stated_ranges(stated.steps["weights as stated"], holder))
            pairs = folder / "judgements" / f"{number}.csv"
            judged = _judged(pairs, problem, holder) if pairs.exists() else None
            own = {**problem.local_weights, **local.get(holder, {})}
            spread = over_leaves(problem, stated, own)
            holders[holder] = replace(spread, pairwise=over_leaves(problem, judged, own) if judged else None)
    refuse(faults)
    return holders


def _rows(path: Path, required: tuple[str, ...], faults: Faults) -> tuple[Row, ...]:
    if not path.exists():
        return ()
    with faults.gathered():
        return read_sheet(path, required).rows
    return ()


def _check(folder: Path, rows: tuple[Row, ...], ids: dict[str, str], faults: Faults) -> None:
    """Note holders' ids that don't stand for one name each, criteria weighed twice, and judgements of nobody."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if ids[row.text("holder_id")] != row.text("holder"):
            faults.append(
                Fault(row.place, f"one holder for '{row.text('holder_id')}'", f"'{row.text('holder')}' as well")
            )
        key = (row.text("holder"), row.text("criterion"))
        if key in seen:
            faults.append(Fault(row.place, "one weight a criterion", f"'{key[1]}' of '{key[0]}' a second time"))
        seen.add(key)
        with faults.gathered(row.place):
            low, mode, high = row.numbers("low", "mode", "high")
            if not 0 <= low <= mode <= high:
                raise InputError(Fault("weight", "0 <= low <= mode <= high", f"{low:g}, {mode:g}, {high:g}"))
    for path in sorted((folder / "judgements").glob("*.csv")):
        if path.stem not in ids:
            faults.append(Fault(f"judgements/{path.name}", f"a file for one of {known(ids)}", f"'{path.stem}'"))


def _stated(holder: str, rows: list[Row]) -> Weights:
    raw = pd.Series({row.text("criterion"): row.numbers("mode")[0] for row in rows}, dtype=float)
    reasons = {row.text("criterion"): row.text("rationale") for row in rows}
    kinds = ", ".join(sorted({row.text("kind") for row in rows}))
    table = pd.DataFrame(
        [{"criterion": row.text("criterion"), "low": row.numbers("low")[0], "mode": row.numbers("mode")[0],
          "high": row.numbers("high")[0], "kind": row.text("kind"), "rationale": reasons[row.text("criterion")]}
         for row in rows]
    ).set_index("criterion")  # fmt: skip
    return Weights(raw, holder, method=f"direct, {kinds}", steps={"weights as stated": table})


def _local_weights(folder: Path, problem: Problem, faults: Faults) -> dict[str, dict[str, float]]:
    local: dict[str, dict[str, float]] = {}
    keys = [criterion.key for criterion in problem.criteria]
    for row in _rows(folder / "local_weights.csv", LOCAL, faults):
        with faults.gathered(row.place):
            if row.text("criterion") not in keys:
                raise InputError(Fault("column 'criterion'", "a known id", f"'{row.text('criterion')}'"))
            local.setdefault(row.text("holder"), {})[row.text("criterion")] = row.numbers("weight")[0]
    return local


def _judged(path: Path, problem: Problem, holder: str) -> Weights:
    """Return the AHP weights over the heads from one holder's file of pairwise judgements."""
    faults = Faults()
    with faults.gathered(f"judgements/{path.name}"):
        rows = read_sheet(path, PAIRS).rows
        tops = [criterion.key for criterion in problem.criteria if not criterion.parent]
        ratios = {(row.text("first"), row.text("second")): row.text("ratio") for row in rows}
        kinds = ", ".join(sorted({row.text("kind") for row in rows} - {""}))
        return ahp(Judgements(tops, ratios), holder, rationale=f"pairwise judgements, {kinds}" if kinds else "")
    raise InputError(*faults)

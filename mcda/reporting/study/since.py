"""What changed since an earlier version of a question, as plain data for a seal.

These are the inputs, and who leads now instead.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcda.checks.faults import AssumptionWarning, Fault, InputError, refuse
from mcda.checks.limits import LIMITS, Limits
from mcda.files.question.open_question import open_question
from mcda.preferences.weighting.stated import Weights, equal_weights
from mcda.problem.model import Problem
from mcda.problem.screening import excludes_all, proposed_floors
from mcda.reporting.study.hashes import hashed_inputs, inputs_beside
from mcda.reporting.study.manifest import MANIFEST, manifest_in
from mcda.reporting.study.study import Study
from mcda.sensitivity.comparison.changes import changes
from mcda.sensitivity.comparison.diff import diff
from mcda.sensitivity.comparison.run import Run

REPORTS = (".html", ".htm", ".pdf", ".docx")


def since(study: Study, earlier: str | Path, limits: Limits = LIMITS) -> dict[str, Any]:
    """Return what changed since an earlier version.

    The version is a question (name, folder, workbook), or a report with its inputs. version: what
    it is called, when it was made, its seal. files: input files that differ. changes: group, what,
    before, after. joined and left: holders. leads: for each holder of both and each side of the
    floor who leads then and now, and, where that differs, the share of the change that each group
    explains. The earlier version is looked at in the same structure. Raises InputError for a report
    without its inputs, and for a question that shares no option and no leaf, or hasn't the structure.
    """
    version, inputs = _version_and_inputs(Path(earlier))
    with warnings.catch_warnings():
        # the notes on its cells were printed when it was read first
        warnings.simplefilter("ignore", AssumptionWarning)
        problem, holders = open_question(inputs, limits)
    if study.structure:
        problem = problem.structured(study.structure)
    _check_alike(earlier, problem, study.problem)
    pairs = {
        name: (holders[name], study.holders[name]) for name in study.holders if name in holders
    }
    leads = [
        _lead(study, problem, pair, side)
        for pair in pairs.values()
        for side in study.analysis.sides
    ]
    return {
        "version": {
            "name": problem.title,
            "date": problem.frame.date,
            **version,
        },
        "files": _changed_files(Path(inputs), study.origin.inputs),
        "changes": _all_changes(study, problem, pairs),
        "joined": [name for name in study.holders if name not in holders],
        "alone": not pairs,
        "left": [name for name in holders if name not in study.holders],
        "leads": leads,
        "labels": {**problem.short.to_dict(), **study.problem.short.to_dict()},
    }


def _changed_files(inputs: Path, now: Mapping[str, Any]) -> list[str]:
    """Return the names of the input files that differ, or are there in one version alone."""
    then = hashed_inputs(inputs) if inputs.exists() else {}
    return sorted(name for name in {**then, **now} if then.get(name) != now.get(name))


def _all_changes(
    study: Study, problem: Problem, pairs: Mapping[str, tuple[Weights, Weights]]
) -> list[list[str]]:
    """Return what differs for all holders of both versions, each change once."""
    nobody = {"": (equal_weights(problem), equal_weights(study.problem))}
    rows: dict[tuple[str, ...], None] = {}
    for name, pair in (pairs or nobody).items():
        rows.update(dict.fromkeys(_changes(study, problem, name, pair)))
    return [list(row) for row in rows]


def _check_alike(earlier: str | Path, *versions: Problem) -> None:
    """Refuse another question: one that shares no option, or no leaf."""
    shares = {
        "option": [version.options.index for version in versions],
        "leaf": [version.performance.columns for version in versions],
    }
    remedy = "name an earlier version of this question"
    refuse(
        Fault(str(earlier), f"a version with at least one {what} of this question", "none", remedy)
        for what, (then, now) in shares.items()
        if not set(then) & set(now)
    )


def _version_and_inputs(earlier: Path) -> tuple[dict[str, Any], str]:
    """Return what names an earlier version, and where its inputs are."""
    beside = inputs_beside(earlier)
    if beside is None:
        if earlier.suffix.lower() in REPORTS:
            remedy = "name the folder of the report, with its inputs"
            raise InputError(
                Fault(str(earlier), "a report with its inputs beside it", "none", remedy)
            )
        return {}, str(earlier)
    folder = beside.parent if beside.is_dir() else beside.parents[1]
    has_one = (folder / MANIFEST).exists() or (folder / MANIFEST).is_symlink()
    manifest = manifest_in(folder) if has_one else {}
    return {key: str(manifest[key]) for key in ("seal", "created") if key in manifest}, str(beside)


def _runs(
    study: Study, problem: Problem, pair: tuple[Weights, Weights], side: str
) -> tuple[Run, Run]:
    """Return the run of the earlier version and of this one, by this one's leading method."""
    now = Run(study.problem, pair[1], study.settings.method, p=study.settings.p)
    then = replace(now, problem=problem, weights=pair[0])
    if side != "behind":
        return then, now
    return _behind_its_floors(then), _behind_its_floors(now)


def _behind_its_floors(run: Run) -> Run:
    return replace(run, floors=proposed_floors(run.problem))


def _changes(
    study: Study, problem: Problem, name: str, pair: tuple[Weights, Weights]
) -> list[tuple[str, ...]]:
    """Return what differs for one holder; weights are shown with their holder."""
    table = changes(*_runs(study, problem, pair, "behind"))
    return [
        (group, f"{name}: {what}" if group == "weights" else what, before, after)
        for group, what, before, after in table.itertuples(index=False)
        if name or group != "weights"
    ]


def _lead(
    study: Study, problem: Problem, pair: tuple[Weights, Weights], side: str
) -> dict[str, Any]:
    runs = _runs(study, problem, pair, side)
    before, after = map(_leaders, runs)
    explained = _explained(runs) if before and after and before[0] != after[0] else {}
    return {
        "holder": pair[1].holder,
        "side": side,
        "before": before,
        "after": after,
        "explained": explained,
    }


def _leaders(run: Run) -> list[str]:
    """Return who leads; nobody where a floor excludes every option."""
    if excludes_all(run.problem, run.floors):
        return []
    return list(run.ranking.leaders)


def _explained(runs: tuple[Run, Run]) -> Mapping[str, float]:
    """Return the share of the change of leader that each group of changes explains."""
    lead = diff(*runs).lead
    return (
        {str(group): float(part / lead.sum()) for group, part in lead.items()}
        if lead.sum() > 0
        else {}
    )

"""A question as one self-contained page: a context of plain data, and a template that only lays it out."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.methods.ranking import Ranking
from mcda.preferences.weights import Weights, equal_weights, over_leaves
from mcda.problem.check import Check, check, sources_of
from mcda.problem.model import Criterion, Problem
from mcda.problem.ranges import ranges
from mcda.report import figures, words
from mcda.report.finding import finding, why_it_leads
from mcda.report.results import METHODS, Answers, every_answer, rank_table

PACKAGES = ("policy-mcda", "numpy", "pandas", "scipy", "matplotlib", "jinja2")
LINKED = 6


def write_page(problem: Problem, holders: Mapping[str, Weights], folder: Path) -> Path:
    """Write a question's page to folder/index.html and return its path; the page is written whole or not at all.

    Without holders the options are ranked with equal weights, which the page says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return _written(folder / "index.html", page(problem, holders))


def page(problem: Problem, holders: Mapping[str, Weights]) -> str:
    """Return the page as HTML: nothing is loaded from elsewhere, no script runs, every name is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("mcda.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(context(problem, holders))


def _written(path: Path, text: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return path


def context(problem: Problem, holders: Mapping[str, Weights]) -> dict[str, Any]:
    """Return all that the page shows, as plain data: every number formatted, every sentence computed."""
    chosen = list(holders.values()) or [equal_weights(problem)]
    answers = every_answer(problem, chosen)
    found = check(problem)
    return {
        "frame": problem.frame,
        "title": problem.frame.title or problem.name,
        "finding": finding(problem, answers),
        "options": _options(problem),
        "criteria": [_criterion(problem, criterion) for criterion in problem.criteria],
        "evidence": _evidence(problem, found),
        "performance": _performance(problem),
        "marks": words.KIND_MARKS,
        "weights": _weights(problem, chosen),
        "rankings": _rankings(problem, answers),
        "sources": [_source(problem, source) for source in problem.sources],
        "figures": _figures(problem, chosen, answers),
        "versions": [(package, _version(package)) for package in PACKAGES],
    }


def _options(problem: Problem) -> list[dict[str, Any]]:
    shown = [column for column in ("description", "location", "mandate", "status") if column in problem.options]
    return [
        {
            "id": option,
            "label": row["label"],
            "baseline": option == problem.frame.baseline,
            "about": [(column, row[column]) for column in shown if str(row[column]).strip()],
            "sources": _listed(row.get("sources", "")),
        }
        for option, row in problem.options.iterrows()
    ]


def _listed(cell: object) -> list[str]:
    return [entry.strip() for entry in str(cell).split(";") if entry.strip()]


def _criterion(problem: Problem, criterion: Criterion) -> dict[str, Any]:
    scale = criterion.scale
    anchors = zip(scale.anchors, scale.worth, scale.words or [""] * len(scale.anchors), strict=True) if scale else ()
    return {
        "key": criterion.key,
        "label": criterion.label,
        "definition": criterion.definition,
        "unit": criterion.unit,
        "direction": {"max": "more is better", "min": "less is better", "": ""}[criterion.direction],
        "head": scale is None,
        "derived": criterion.derived,
        "local": words.figure(problem.local_weights[criterion.key]) if criterion.key in problem.local_weights else "",
        "floor": words.figure(criterion.floor) if criterion.floor is not None else "",
        "anchors": [
            {"value": f"{100 * worth:.0f}", "raw": words.figure(raw), "words": text} for raw, worth, text in anchors
        ],
    }


def _evidence(problem: Problem, found: Check) -> dict[str, Any]:
    return {
        "coverage": words.coverage(found),
        "kinds": _counts(found.coverage),
        "inputs": _counts(found.inputs),
        "grades": sorted(Counter(source.grade for source in problem.sources.values()).items()),
        "disagreement": words.disagreements(found),
        "disagreements": _disagreements(found.disagreements),
        "beyond": [
            f"{row.option} on {row.criterion}: {words.figure(row.performance)}"
            for row in found.beyond_anchors.itertuples()
        ],
        "missing": [name.replace("_", " ") for name in found.missing],
    }


def _counts(coverage: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Return kind, number of cells and number without a source, for the kinds that there are."""
    return [(kind, int(row["cells"]), int(row["without_source"])) for kind, row in coverage.iterrows() if row["cells"]]


def _disagreements(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {"option": option, "criterion": key, "derived": _range(row), "analyst": _range(row, "analyst_"),
         "finding": row["finding"]}
        for (option, key), row in table.iterrows()
    ]  # fmt: skip


def _range(row: pd.Series, prefix: str = "") -> str:
    return " / ".join(words.figure(row[prefix + end]) for end in ("low", "mode", "high"))


def _performance(problem: Problem) -> list[dict[str, Any]]:
    """Return a row for each criterion in the tree's order: a head is a title, a leaf has a cell for each option."""
    found = ranges(problem)
    rows = []
    for criterion in problem.criteria:
        row = {"key": criterion.key, "label": criterion.label, "unit": criterion.unit, "direction": criterion.direction}
        cells = [_cell(problem, option, criterion, found.loc[(option, criterion.key)])
                 for option in problem.options.index] if criterion.scale else []  # fmt: skip
        rows.append({**row, "cells": cells})
    return rows


def _cell(problem: Problem, option: str, leaf: Criterion, row: pd.Series) -> dict[str, Any]:
    inputs = problem.inputs(leaf.key, option)
    kind = problem.kind(leaf.key, option)
    return {
        "mode": words.figure(row["mode"]),
        "low": words.figure(row["low"]),
        "high": words.figure(row["high"]),
        "kind": kind,
        "mark": words.KIND_MARKS[kind],
        "value": f"{100 * problem.values.loc[option, leaf.key]:.0f}",
        "sources": list(sources_of(problem, inputs))[:LINKED],
        "more": max(0, len(sources_of(problem, inputs)) - LINKED),
        "rationale": "" if leaf.derived else inputs[0].rationale,
    }


def _weights(problem: Problem, chosen: Sequence[Weights]) -> dict[str, Any]:
    tops = [criterion for criterion in problem.criteria if not criterion.parent]
    rows = []
    for weights in chosen:
        spread = over_leaves(problem, weights).values
        by_top = spread.groupby([problem.top(key) for key in spread.index]).sum()
        found = weights.pairwise.consistency if weights.pairwise else None
        ratio = f"{found.ratio:.3f}" if found else ""
        rows.append({"holder": weights.holder, "method": weights.method, "ratio": ratio,
                     "table": f"{found.table}, n = {found.size}" if found else "",
                     "shares": [f"{100 * by_top[top.key]:.0f}" for top in tops]})  # fmt: skip
    return {"heads": [{"key": top.key, "label": top.label} for top in tops], "rows": rows}


def _rankings(problem: Problem, answers: Answers) -> list[dict[str, Any]]:
    """Return a block for each method: a row for each holder, a rank for each option, without the floor and with it."""
    blocks = []
    for pairs in zip(*answers.values(), strict=True):
        passed = [option for option in problem.options.index if pairs[0][1] and option in pairs[0][1].table.index]
        rows = [
            {"holder": without.holder, "without": _ranks(without, list(problem.options.index)),
             "screened": _ranks(screened, passed) if screened else []}
            for without, screened in pairs
        ]  # fmt: skip
        name = words.method_name(pairs[0][0].method)
        blocks.append({"method": name[0].upper() + name[1:], "passed": passed, "rows": rows})
    return blocks


def _ranks(ranking: Ranking, options: Sequence[str]) -> list[dict[str, str]]:
    rows = ranking.table.to_dict("index")
    return [{"rank": str(rows[option]["rank"]), "score": f"{rows[option]['score']:.2f}"} for option in options]


def _source(problem: Problem, key: str) -> dict[str, str]:
    source = problem.sources[key]
    safe = source.url if source.url.startswith(("https://", "http://")) else ""
    return {"id": source.id, "title": source.title, "publisher": source.publisher, "author": source.author,
            "date": source.date,
            "url": safe, "told": source.url, "grade": source.grade, "note": source.note}  # fmt: skip


def _figures(problem: Problem, chosen: Sequence[Weights], answers: Answers) -> list[dict[str, str]]:
    without, screened = next(iter(answers.values()))[0]
    at = METHODS.index("topsis")
    sides = [rank_table(problem, {holder: pairs[at][side] for holder, pairs in answers.items()}) for side in (0, 1)]
    ranks = figures.ranks_by_holder(problem, sides[0], None if sides[1].empty else sides[1])
    return [
        _shown(ranks, "Ranks of every option for every holder, by TOPSIS. 1 is first."),
        _shown(figures.value_strip(problem), "Values of every option on every leaf."),
        _shown(figures.contribution_bars(problem, without, screened), why_it_leads(problem, chosen[0], without)),
    ]


def _shown(drawn: Any, caption: str) -> dict[str, str]:
    return {"data": figures.as_address(drawn), "alt": figures.alternative(drawn), "caption": caption}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed as a package"

"""What the numbers rest on, and how performance becomes value.

The performance table has ranges, kinds and sources.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mcda.problem.estimates import Estimate
from mcda.problem.evidence_check import sources_of
from mcda.problem.model import Criterion, Problem
from mcda.problem.ranges import ranges
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    annexed,
    bullets,
    cell,
    headed_by,
    heading,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.study.study import Study

LINKED = 6  # sources named in a cell; the others are counted


def evidence(study: Study) -> Block:
    """Return the effects table, the kinds of number and the grades of sources.

    The section also shows where formula and analyst disagree.
    """
    problem = study.problem
    state = study.analysis.evidence
    return section(
        "evidence",
        paragraph(words.coverage(state), words.disagreements(state), words.grades(problem.sources)),
        paragraph(_legend(), words.beyond(_by_name(problem, state.beyond_anchors))),
        paragraph(*map(words.event_line, state.events.itertuples())),
        bullets(words.experts(problem)),
        *annexed(
            _kinds(state.coverage, words.told("table.kinds")),
            _kinds(state.inputs, words.told("table.input_kinds")),
            _performance(study.analysis.shown),
            picture("evidence", words.told("evidence.picture")),
            paragraph(words.bent(_by_name(problem, state.bent))),
            _grades(study),
            *_disagreements(problem, state.disagreements),
        ),
    )


def _by_name(problem: Problem, cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells of the performance table with names in place of codes."""
    if cells.empty:
        return cells
    labels = {leaf.key: leaf.label for leaf in problem.leaves}
    options = cells["option"].map(problem.name_of)
    return cells.assign(option=options, criterion=cells["criterion"].map(labels))


def _unit(criterion: Criterion) -> str:
    return f"{criterion.unit}, {words.told(f'direction.{criterion.direction}')}"


def _legend() -> str:
    marks = ", ".join(
        f"[{mark}] {words.kind_name(kind)}" for kind, mark in words.KIND_MARKS.items()
    )
    return words.told("evidence.legend", marks=marks)


def _kinds(coverage: pd.DataFrame, caption: str) -> Block | None:
    rows = [
        [
            cell(words.kind_name(kind), mark=words.KIND_MARKS[kind]),
            int(row["cells"]),
            int(row["without_source"]),
        ]
        for kind, row in coverage.iterrows()
        if row["cells"]
    ]
    return table(
        caption,
        words.columns("kind", "number", "without_source"),
        rows,
        numbers=[1, 2],
        widths=[2, 1, 1],
    )


def _performance(problem: Problem) -> Block | None:
    """Return a row for each criterion in the order of the tree.

    A head is a title, a leaf has a cell for each option.
    """
    spans = ranges(problem)
    rows = []
    for criterion in problem.criteria:
        unit = _unit(criterion) if criterion.scale else ""
        head = cell(words.criterion_name(criterion), strong=criterion.scale is None, under=[unit])
        cells = [
            _cell(problem, str(option), criterion, spans) if criterion.scale else cell()
            for option in problem.options.index
        ]
        rows.append([head, *cells])
    options = headed_by(problem, problem.options.index)
    columns = range(1, len(options) + 1)
    return table(
        words.told("table.performance"),
        [*words.columns("criterion"), *options],
        rows,
        numbers=columns,
        named=columns,
        widths=[2.4, *[1.0] * len(options)],
    )


def _cell(problem: Problem, option: str, leaf: Criterion, spans: pd.DataFrame) -> Cell:
    row = spans.loc[(option, leaf.key)]
    kind = problem.kind(leaf.key, option)
    behind = problem.inputs(leaf.key, option)
    named = sources_of(problem, behind)
    more = (
        words.told("cell.more", sources=words.counted(len(named) - LINKED, "source"))
        if len(named) > LINKED
        else ""
    )
    ends = {end: words.figure(row[end]) for end in ("low", "high")}
    return cell(
        words.figure(row["mode"]),
        under=[words.told("cell.range", **ends)],
        mark=words.KIND_MARKS[kind],
        refs=named[:LINKED],
        more=more,
        rests_on=[estimate.key for estimate in behind],
        why=_why(behind),
    )


def _why(behind: Sequence[Estimate]) -> str:
    """Return the reasons typed for the numbers behind a cell; a lone one stands without a key."""
    if len(behind) == 1:
        return behind[0].rationale
    reasoned = [estimate for estimate in behind if estimate.rationale]
    reasons = [
        words.told("elicitation.reason", label=estimate.key, text=estimate.rationale)
        for estimate in reasoned
    ]
    return "\n".join(reasons)


def _grades(study: Study) -> Block | None:
    counts = pd.Series(
        [source.grade for source in study.problem.sources.values()], dtype=object
    ).value_counts()
    columns = words.columns("grade", "sources")
    return table(
        words.told("table.grades"), columns, sorted(counts.items()), numbers=[1], widths=[1, 1]
    )


def _disagreements(problem: Problem, state: pd.DataFrame) -> list[Block | None]:
    labels = {leaf.key: leaf.label or leaf.key for leaf in problem.leaves}
    rows = [
        [
            problem.name_of(option),
            labels[key],
            _range(row),
            _range(row, "analyst_"),
            words.cells_differ(row["finding"]),
        ]
        for (option, key), row in state.iterrows()
    ]
    columns = words.columns("option", "leaf", "derived", "analyst", "finding")
    shown = table(
        words.told("table.disagreements"), columns, rows, widths=[1.7, 1.7, 1.6, 1.6, 2.4]
    )
    return [heading(words.told("heading.disagree")), shown] if shown else []


def _range(row: pd.Series, prefix: str = "") -> str:
    return " / ".join(words.figure(row[prefix + end]) for end in ("low", "mode", "high"))


def scoring(study: Study) -> Block:
    """Return how performance becomes value, and a picture of every option's value on every leaf."""
    return section(
        "scoring",
        paragraph(words.scoring(study.problem), words.otherwise_rows(study.problem)),
        picture("values", words.told("scoring.picture")),
    )

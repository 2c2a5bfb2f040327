"""Sentences about what the numbers rest on: kinds, sources and grades, ranges, assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import digits
from mcda.problem.estimates import Estimate, Source
from mcda.problem.evidence_check import Check
from mcda.problem.experts.table import expert_spread
from mcda.problem.model import Frame, Problem
from mcda.reporting.language.first_page.plain_names import day, time_between, when
from mcda.reporting.language.numbers import figure, share
from mcda.sentences.catalogue import counted, listed, told

KIND_MARKS = {
    "fact": "F",
    "estimate": "E",
    "statement": "S",
    "derived": "D",
    "judgement": "J",
    "assumption": "A",
}
MOST_BENT = 5  # named in the sentence
JUDGED = ("judgement", "assumption")


def kind_name(kind: str) -> str:
    """Return what a number of a kind is called."""
    return told(f"kinds.{kind}")


def cells_differ(finding: str) -> str:
    """Return in what a derived cell differs most from the analyst's."""
    return told(f"cells_differ.{finding}")


def coverage(state: Check) -> str:
    """Return how many cells are of which kind, the most first, and how many have no source."""
    table = state.coverage.sort_values("cells", ascending=False, kind="stable")
    kinds = listed(
        counted(int(row.cells), f"kind_{kind}") for kind, row in table.iterrows() if row.cells
    )
    total = int(table["cells"].sum())
    bare = int(table["without_source"].sum())
    key = "evidence.coverage" if bare else "evidence.coverage_full"
    return told(key, cells=counted(total, "cell"), kinds=kinds, bare=bare)


def claims_told(claims: Sequence[str]) -> str:
    """Return which claims a number rests on, by id; blank where none is linked."""
    return told("evidence.claims", claims=", ".join(claims)) if claims else ""


def ruled_out_line(table: pd.DataFrame) -> str:
    """Return what was considered and isn't ranked, in a line; blank where nothing was."""
    if table.empty:
        return ""
    count = counted(len(table), "option")
    return told("evidence.ruled_out", options=count, names=listed(table["label"]))


def _cells(problem: Problem) -> list[list[Estimate]]:
    """Return the estimates behind each cell.

    They are its own, or the inputs of the formula that derives it.
    """
    return [
        problem.inputs(leaf.key, str(option))
        for leaf in problem.leaves
        for option in problem.options.index
    ]


def judged(problem: Problem) -> str:
    """Return the sentence on the share of cells that rest on judgement or assumption."""
    part, _ = judged_share(problem)
    key = "unknown.judgement" if part else "unknown.none_judged"
    return told(key, share=share(part))


def judged_share(problem: Problem) -> tuple[float, int]:
    """Return the share of cells that are judgement or assumption, or derived from one, and of how many."""
    cells = _cells(problem)
    return sum(map(_rests_on_judgement, cells)) / len(cells), len(cells)


def _rests_on_judgement(behind: Sequence[Estimate]) -> bool:
    return any(estimate.kind in JUDGED for estimate in behind)


def disagreements(state: Check) -> str:
    """Return in how many derived cells the formula and the analyst disagree, and how badly.

    The text is blank where nothing is derived.
    """
    table = state.disagreements
    if not state.coverage["cells"].get("derived", 0):
        return ""
    if table.empty:
        return told("evidence.agreement")
    badly = ["the ranges don't meet", "the derived best estimate lies outside the analyst's range"]
    apart = int(table["finding"].isin(badly).sum())
    return told("evidence.disagreement", count=counted(len(table), "cell"), apart=apart)


def beyond(table: pd.DataFrame) -> str:
    """Return the numbers that lie beyond an end anchor; blank where none does."""
    parts = [beyond_part(row) for row in table.itertuples()]
    return told("evidence.beyond", parts=told("join.semicolon").join(parts)) if parts else ""


def beyond_line(row: Any) -> str:
    """Return one number beyond an end anchor, as a line of its own."""
    return told("evidence.beyond_line", part=beyond_part(row))


def beyond_part(row: Any) -> str:
    """Return one number beyond an end anchor, with the number that was likely meant."""
    guess = told("evidence.beyond_guess", guess=figure(row.guess)) if row.guess == row.guess else ""
    which = told(f"evidence.beyond_{row.end}")
    number = figure(row.number)
    return (
        told(
            "evidence.beyond_part",
            option=row.option,
            criterion=row.criterion,
            end=which,
            number=number,
        )
        + guess
    )


def bent(table: pd.DataFrame) -> str:
    """Return the derived cells with a best estimate far from their mean; blank without any."""
    parts = [
        told("evidence.bent_part", **_bent(row))
        for row in table.nlargest(MOST_BENT, "worth").itertuples()
    ]
    key = "evidence.bent" if len(table) <= MOST_BENT else "evidence.bent_more"
    cells = counted(len(table), "cell")
    return told(key, cells=cells, parts=told("join.semicolon").join(parts)) if parts else ""


def bent_line(row: Any) -> str:
    """Return one derived cell with a best estimate far from its mean, as a line."""
    return told("evidence.bent_line", **_bent(row))


def _bent(row: Any) -> dict[str, str]:
    return {
        "option": row.option,
        "criterion": row.criterion,
        "best": figure(row.best),
        "mean": figure(row.mean),
        "error": figure(row.error),
    }


def grades(sources: Mapping[str, Source]) -> str:
    """Return how many sources are graded, and how many well.

    Well means reliability A or B with credibility 1 or 2.
    """
    if not sources:
        return told("evidence.grades_none")
    graded = [source.grade for source in sources.values() if source.grade != "ungraded"]
    key = "evidence.grades_all" if len(graded) == len(sources) else "evidence.grades"
    return told(
        key,
        sources=counted(len(sources), "source"),
        graded=len(graded),
        good=sum(map(well_graded, graded)),
    )


def experts(problem: Problem) -> list[str]:
    """Return a sentence for each estimate that experts answered, and one on all others.

    The spread between experts stands beside that within an answer. The list is empty where no
    experts were asked.
    """
    table = expert_spread(problem)
    sentences = []
    for row in table.itertuples():
        names = ("best", "low", "high", "within", "between")
        numbers = {name: digits(getattr(row, name)) for name in names}
        about = {"key": row.estimate, "unit": problem.estimates[row.estimate].unit}
        rounds = counted(row.rounds, "round")
        if row.experts == 1:
            sentences.append(told("evidence.one_expert", **about, **numbers, rounds=rounds))
        else:
            asked = counted(row.experts, "expert")
            how = {"experts": asked, "rounds": rounds, "rule": row.pool}
            sentences.append(told("evidence.experts", **about, **numbers, **how))
    return [*sentences, told("evidence.one_analyst")] if sentences else []


def well_graded(grade: str) -> bool:
    """Say whether an Admiralty grade is B2 or better on both counts, which are never merged.

    >>> well_graded("B2"), well_graded("A3"), well_graded("ungraded")
    (True, False, False)
    """
    return grade[0] in "AB" and grade[1:] in ("1", "2")


def well_founded(problem: Problem) -> float:
    """Return the share of cells that rest on good sources alone.

    Behind such a cell every estimate is a fact or an estimate with a source of B2 or better.
    """
    cells = _cells(problem)
    good = 0
    for behind in cells:
        good += bool(behind) and all(_well_founded(problem, one) for one in behind)
    return good / len(cells)


def _well_founded(problem: Problem, estimate: Estimate) -> bool:
    graded = any(well_graded(problem.sources[source].grade) for source in estimate.sources)
    return graded and estimate.kind not in (*JUDGED, "statement")


def unknown(problem: Problem, state: Check) -> list[str]:
    """Return what is not known.

    Sentences say where the evidence ends, how much of it is judgement, and what the frame leaves
    out.
    """
    sentences = [evidence_ends(problem.frame), judged(problem)]
    if state.missing:
        names = listed(field_named(name) for name in state.missing)
        sentences.append(told("unknown.missing", names=names))
    return [sentence for sentence in sentences if sentence]


def evidence_ends(frame: Frame) -> str:
    """Return where the evidence ends and when it was compiled, and that nothing lies between where that is long.

    The text is blank where a question doesn't say.
    """
    newest = frame.evidence_newest
    compiled = frame.evidence_compiled
    if not newest or not compiled:
        return ""
    about = {"newest": day(newest), "compiled": when(compiled)}
    gap = time_between(newest, compiled)
    return (
        told("unknown.evidence_gap", gap=gap, **about)
        if gap
        else told("unknown.evidence_ends", **about)
    )


def field_named(name: str) -> str:
    """Return the name of a field of the question inside a sentence.

    >>> field_named("price_year")
    'price year'
    """
    return told(f"field_in_text.{name}")


def scoring(problem: Problem) -> str:
    """Return how value functions run between their anchors, and on how many leaves they bend."""
    bent = sum(not _straight(leaf.scale) for leaf in problem.weighed)
    leaves = counted(len(problem.weighed), "measure")
    shape = told("scoring.curved", count=bent, leaves=leaves) if bent else told("scoring.straight")
    return f"{told('scoring.linear')} {shape}"


def _straight(scale: object) -> bool:
    anchors = scale.anchors  # type: ignore[attr-defined]
    points = scale.worth  # type: ignore[attr-defined]
    span = anchors[-1] - anchors[0]
    rise = points[-1] - points[0]
    return all(
        abs((raw - anchors[0]) / span - (value - points[0]) / rise) < 1e-9
        for raw, value in zip(anchors, points, strict=True)
    )


def red_assumptions(entries: Sequence[Mapping[str, object]], today: str) -> list[str]:
    """Return which assumptions of the log are red on quality and impact.

    A sentence also says which are past their review date.
    """
    if not entries:
        return [told("assumptions.none")]
    red = [
        entry.get("subject", "")
        for entry in entries
        if entry.get("quality") == entry.get("impact") == "red"
    ]
    total = counted(len(entries), "assumption")
    sentences = [
        told("assumptions.red", count=len(red), assumptions=total, names=listed(red))
        if red
        else told("assumptions.no_red", assumptions=total)
    ]
    stale = [
        entry.get("subject", "")
        for entry in entries
        if today and str(entry.get("review") or today) < today
    ]
    return sentences + ([told("assumptions.stale", names=listed(stale))] if stale else [])

"""What is asked: the decision and its context, the options, the criteria."""

from __future__ import annotations

from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import failures
from mcda.report import words
from mcda.report.blocks import Block, Cell, bullets, cell, heading, paragraph, section, table
from mcda.report.results import proposed_floors
from mcda.report.study import Study

DIRECTIONS = {"max": "more is better", "min": "less is better", "": ""}
TOLD = ("description", "location", "mandate", "status", "proposed_by")


def context(study: Study) -> Block:
    """Return who decides what, by when, within which scope, for which use."""
    frame = study.problem.frame
    rows = {
        "Question": frame.question, "Decision owner": frame.decision_owner, "Commissioned by": frame.commissioner,
        "Analyst": frame.analyst, "Assurer": frame.assurer, "Date": frame.date, "Scope": frame.scope,
        "Price year": frame.price_year, "Marking": frame.marking,
    }  # fmt: skip
    told = [[name, text or "not said"] for name, text in rows.items()]
    return section(
        "context", "Question and context",
        table("The decision that this analysis serves", ["Field", "What the question says"], told, widths=[1, 4]),
        bullets(frame.exclusions, "Out of scope", quoted=True),
        bullets(frame.intended_use, "Meant", quoted=True),
        bullets(frame.not_intended_use, "Not meant", quoted=True),
        bullets(frame.notes, "What a reader must know", quoted=True),
    )  # fmt: skip


def options(study: Study) -> Block:
    """Return the options, and those that a floor excludes, with the reason."""
    problem = study.problem
    rows = [[option, _about(problem, str(option)), *_sources(row)] for option, row in problem.options.iterrows()]
    listed = table("Options", ["Id", "What it is", "Sources"], rows, widths=[0.8, 6, 1.6], targets="option")
    return section("options", "Options", paragraph(words.compared(problem, len(study.chosen))), listed,
                   *_floors(problem))  # fmt: skip


def _about(problem: Problem, option: str) -> Cell:
    row = problem.options.loc[option]
    label = row["label"] + (" (baseline)" if option == problem.frame.baseline else "")
    told = [f"{name.replace('_', ' ').capitalize()}: {row[name]}" for name in TOLD
            if name in row and str(row[name]).strip()]  # fmt: skip
    return cell(label, under=told, strong=True)


def _sources(row: object) -> list[Cell]:
    listed = str(row.get("sources", "")).split(";")  # type: ignore[attr-defined]
    return [cell(refs=[entry.strip() for entry in listed if entry.strip()])]


def _floors(problem: Problem) -> list[Block | None]:
    """Return which options a floor excludes, why, and on whose word it stands."""
    floors = proposed_floors(problem)
    if not floors:
        return [paragraph(words.told("floor.absent"))]
    gone = failures(problem, floors)
    reasons = problem.tables.get("criteria")
    authority = [str(reasons.loc[key, "floor_reason"]) for key in floors
                 if reasons is not None and "floor_reason" in reasons]  # fmt: skip
    rows = [[option, row["label"], row["reason"]] for option, row in gone.iterrows()]
    return [
        heading("Options that a floor excludes"),
        paragraph(words.floors_told(problem, floors) + ".", words.excluded(problem, gone)),
        *[paragraph(text, tone="soft", quoted=True) for text in authority if text.strip()],
        table("Exclusions", ["Option", "Label", "Reason"], rows, widths=[0.8, 3, 4]),
    ]


def criteria(study: Study) -> Block:
    """Return the tree of criteria with units, directions and fixed anchors."""
    rows = [_criterion(study.problem, criterion) for criterion in study.problem.criteria]
    columns = ["Key", "Criterion", "Unit", "Direction", "Local weight", words.told("scoring.anchors")]
    return section(
        "criteria", "Objectives and criteria", paragraph(words.scoring(study.problem)),
        table("Criteria and their anchors", columns, rows, numbers=[4], widths=[0.7, 3.2, 1.2, 1.1, 1.1, 3.4]),
    )  # fmt: skip


def _criterion(problem: Problem, criterion: Criterion) -> list[Cell]:
    local = problem.local_weights.get(criterion.key)
    return [
        cell(criterion.key),
        cell(criterion.label, under=[criterion.definition, "derived by formula" if criterion.derived else ""],
             strong=criterion.scale is None),
        cell(criterion.unit), cell(DIRECTIONS[criterion.direction]),
        cell("" if local is None else words.figure(local)),
        _anchors(criterion),
    ]  # fmt: skip


def _anchors(criterion: Criterion) -> Cell:
    if criterion.scale is None:
        return cell()
    scale = criterion.scale
    texts = scale.words or [""] * len(scale.anchors)
    told = [words.told("scoring.anchor", raw=words.figure(raw), worth=f"{100 * worth:.0f}") + (text and f": {text}")
            for raw, worth, text in zip(scale.anchors, scale.worth, texts, strict=True)]  # fmt: skip
    floor = [] if criterion.floor is None else [words.told("scoring.floor", floor=words.figure(criterion.floor))]
    return cell(told[0], under=[*told[1:], *floor])

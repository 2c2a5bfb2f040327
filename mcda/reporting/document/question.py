"""What is asked: the decision and its context, the options, the criteria."""

from __future__ import annotations

from collections.abc import Mapping

from mcda.checks.of_many import LOOKED_UP
from mcda.checks.significant_digits import fixed
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import failures, proposed_floors, ruled_out
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    Cell,
    annexed,
    bullets,
    cell,
    heading,
    paragraph,
    section,
    table,
)
from mcda.reporting.study.study import Study

FRAME_FIELDS = (
    "question",
    "decision_owner",
    "commissioner",
    "analyst",
    "assurer",
    "date",
    "scope",
    "price_year",
    "marking",
)
MOST_MEASURES = 12  # that a line names
TOLD = ("description", "location", "mandate", "status", "proposed_by")


def context(study: Study) -> Block:
    """Return who decides what, by when, within which scope, and what a reader must know."""
    frame = study.problem.frame
    sentences = [
        [
            words.told(f"field.{name}"),
            words.day(getattr(frame, name)) or words.told("cell.not_said"),
        ]
        for name in FRAME_FIELDS
    ]
    return section(
        "context",
        table(
            words.told("table.decision"), words.columns("field", "says"), sentences, widths=[1, 4]
        ),
        bullets(frame.notes, words.told("heading.notes"), quoted=True),
    )


def options(study: Study) -> Block:
    """Return the options, and those that a floor excludes, with the reason."""
    problem = study.problem
    rows = [
        [option, _about(problem, str(option)), *_sources(row)]
        for option, row in problem.options.iterrows()
    ]
    columns = words.columns("id", "what_it_is", "sources")
    described = table(
        words.told("table.options"),
        columns,
        rows,
        widths=[_id_width(problem), 6, 1.6],
        targets="option",
        fine=True,
        most=LOOKED_UP,
    )
    return section(
        "options",
        paragraph(words.compared(problem, len(study.analysis.weights)), _how_many_shown(study)),
        _listed(problem),
        *_floors(problem),
        *annexed(described, *_ruled_out(problem)),
    )


def _how_many_shown(study: Study) -> str:
    """Return how many of very many options tables and pictures have; blank where all."""
    total = len(study.problem.options)
    shown = len(study.analysis.shown.options)
    return words.told("many.options", options=total, shown=shown) if shown < total else ""


def _id_width(problem: Problem) -> float:
    """Return how wide a column of ids is beside what the options are: wider for longer ids."""
    longest = max(len(str(option)) for option in problem.options.index)
    return min(max(0.8, 0.1 * longest), 3.0)


def _listed(problem: Problem) -> Block | None:
    """Return the options by name, a line each, and which of them is the baseline.

    Ids stand beside them where they are not the names themselves.
    """
    rows = [
        [option, _named(problem, str(option), row["label"])]
        for option, row in problem.options.iterrows()
    ]
    caption = words.told("table.options_named")
    if all(str(option) == str(label) for option, label in problem.labels.items()):
        return table(caption, words.columns("option"), [row[1:] for row in rows], widths=[1])
    return table(caption, words.columns("id", "option"), rows, widths=[_id_width(problem), 7.6])


def _named(problem: Problem, option: str, label: str) -> str:
    named = "cell.baseline" if option == problem.frame.baseline else "cell.option"
    return words.told(named, label=label)


def _about(problem: Problem, option: str) -> Cell:
    row = problem.options.loc[option]
    label = _named(problem, option, row["label"])
    sentences = [
        words.told(f"about.{name}", text=row[name])
        for name in TOLD
        if name in row and str(row[name]).strip()
    ]
    return cell(label, under=sentences, strong=True)


def _sources(row: object) -> list[Cell]:
    listed = str(row.get("sources", "")).split(";")  # type: ignore[attr-defined]
    return [cell(refs=[entry.strip() for entry in listed if entry.strip()])]


def _ruled_out(problem: Problem) -> list[Block | None]:
    """Return the options that were considered and ruled out; nothing where none is told."""
    gone = ruled_out(problem)
    if gone.empty:
        return []
    rows = [
        [cell(row["label"], strong=True), row["reason"], row["returns_if"], *_sources(row)]
        for _, row in gone.iterrows()
    ]
    columns = words.columns("option", "reason", "returns_if", "sources")
    return [
        heading(words.told("heading.ruled_out")),
        table(words.told("table.ruled_out"), columns, rows, widths=[2, 4, 2.4, 1.4]),
    ]


def _floors(problem: Problem) -> list[Block | None]:
    """Return which options a floor excludes, why, and who set it."""
    floors = proposed_floors(problem)
    if not floors:
        return [paragraph(words.told("floor.absent"))]
    gone = failures(problem, floors)
    reasons = problem.tables.get("criteria")
    authority = [
        str(reasons.loc[key, "floor_reason"])
        for key in floors
        if reasons is not None and "floor_reason" in reasons
    ]
    rows = [[option, row["label"], row["reason"]] for option, row in gone.iterrows()]
    return [
        heading(words.told("heading.excluded")),
        paragraph(words.floors_told(problem, floors) + ".", *_in_words(problem, floors)),
        paragraph(words.excluded(problem, gone)),
        *[paragraph(text, tone="soft", quoted=True) for text in authority if text.strip()],
        *annexed(
            table(
                words.told("table.exclusions"),
                words.columns("option", "label", "reason"),
                rows,
                widths=[0.8, 3, 4],
            )
        ),
    ]


def _in_words(problem: Problem, floors: Mapping[str, float]) -> list[str]:
    return [
        sentence
        for key, floor in floors.items()
        for sentence in words.limit_in_words(problem.criterion(key), floor)
    ]


def criteria(study: Study) -> Block:
    """Return the tree of criteria with units, directions and fixed anchors."""
    rows = [_criterion(study.problem, criterion) for criterion in study.problem.criteria]
    columns = [
        *words.columns("key", "criterion", "unit", "direction", "local_weight"),
        words.told("scoring.anchors"),
    ]
    return section(
        "criteria",
        bullets(_made_of(study.problem)),
        *annexed(
            table(
                words.told("table.criteria"),
                columns,
                rows,
                numbers=[4],
                widths=[0.8, 3, 1, 1.2, 1, 4],
                fine=True,
            )
        ),
    )


def _made_of(problem: Problem) -> list[str]:
    """Return what each trade-off is made of; of measures without trade-offs above them their names."""
    below: dict[str, list[str]] = {}
    for leaf in problem.weighed:
        below.setdefault(problem.top(leaf.key), []).append(leaf.label)
    if all(len(labels) == 1 for labels in below.values()):
        labels = (label for names in below.values() for label in names)
        return [words.told("made_of.measures", names=words.few(labels, MOST_MEASURES))]
    return [
        words.told(
            "made_of.tradeoff",
            label=problem.criterion(top).label,
            names=words.few(labels, MOST_MEASURES),
        )
        for top, labels in below.items()
    ]


def _criterion(problem: Problem, criterion: Criterion) -> list[Cell]:
    local = problem.local_weights.get(criterion.key)
    share = "" if local is None else words.figure(local)
    derived = words.told("cell.derived") if criterion.derived else ""
    return [
        cell(criterion.key),
        cell(
            criterion.label,
            under=[criterion.definition, derived],
            strong=criterion.scale is None,
        ),
        cell(criterion.unit),
        cell(criterion.direction and words.told(f"direction.{criterion.direction}")),
        cell(share),
        _anchors(criterion),
    ]


def _anchors(criterion: Criterion) -> Cell:
    if criterion.scale is None:
        return cell()
    scale = criterion.scale
    texts = scale.words or [""] * len(scale.anchors)
    lines = [
        words.told("scoring.anchor", raw=words.figure(raw), worth=fixed(100 * points))
        + (text and f": {text}")
        for raw, points, text in zip(scale.anchors, scale.worth, texts, strict=True)
    ]
    floor = (
        []
        if criterion.floor is None
        else [words.told("scoring.floor", floor=words.as_stated(criterion.floor))]
    )
    return cell(lines[0], under=[*lines[1:], *floor])

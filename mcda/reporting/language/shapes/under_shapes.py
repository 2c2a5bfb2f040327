"""Who leads under which shape of a question, and what never leads or weighs nothing there."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import plain
from mcda.methods.ranks import TIE_TOLERANCE
from mcda.problem.model import AS_STATED, Problem
from mcda.problem.structures import Change
from mcda.reporting.language.results import of_holders
from mcda.reporting.language.shapes.structure import method_said
from mcda.sensitivity.structure.audit import (
    StructureAudit,
)
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sentences.catalogue import counted, joined, listed, told


def shape_named(structure: str, label: str) -> str:
    """Return the name of a shape for readers: its label, or that it is the stated one.

    >>> shape_named("as stated", "As stated"), shape_named("war", "A renewed war priced")
    ('As stated', 'A renewed war priced')
    """
    return told("shape.shapes_stated") if structure == AS_STATED else label


def leaders_under_shapes(audit: StructureAudit) -> list[str]:
    """Return who leads under which of the question's shapes, a sentence for each side and method.

    The list is empty where the question states no other shape.
    """
    if audit.structures["structure"].nunique() < 2:
        return []
    sentences = []
    for (side, method), rows in audit.structures.groupby(["side", "method"], sort=False):
        if AS_STATED in set(rows["structure"]):
            sentences.append(_under_shapes(audit, str(side), str(method), rows))
    return [*sentences, *_never_happens(audit), *_weighs_nothing(audit)]


def _under_shapes(audit: StructureAudit, side: str, method: str, rows: pd.DataFrame) -> str:
    usual = {
        name: _usual(group["leaders"]) for name, group in rows.groupby("structure", sort=False)
    }
    stated, count = usual.pop(AS_STATED)
    own = {*leaders_in(audit.problem, stated)}
    labels = dict(zip(rows["structure"], rows["label"], strict=True))
    everyone = list(audit.leaders)
    others = [
        told(
            "shape.under",
            option=_names_in(audit, str(name), leaders),
            whom=of_holders(times, everyone),
            shape=labels[name],
        )
        for name, (leaders, times) in usual.items()
        if not own & {*leaders_in(audit.problem, leaders)}
    ]
    key = "shape.plain" if side == "without" and not audit.floors else f"shape.{side}"
    named = told(key)
    about = {
        "side": f"{named[0].upper()}{named[1:]}",
        "method": method_said(method),
        "option": names_of(audit, stated),
        "whom": of_holders(count, everyone),
    }
    if not others:
        return told("shape.stays", **about)
    shapes = counted(len(usual), "shape")
    return told("shape.turns", **about, count=len(others), shapes=shapes, parts=joined(others))


def _usual(leaders: pd.Series) -> tuple[str, int]:
    """Return the leaders of most holders, the first of several alike, and for how many they lead."""
    counts = leaders.groupby(leaders, sort=False).size()
    return str(counts.idxmax()), int(counts.max())


def names_of(audit: StructureAudit, leaders: str) -> str:
    """Return the names of who leads, of a cell in the table of structures."""
    return listed(audit.problem.short[option] for option in leaders_in(audit.problem, leaders))


def _names_in(audit: StructureAudit, structure: str, leaders: str) -> str:
    """Return the names of who leads in a structure, of options that may come about in it."""
    may = set(leaders_in(audit.problem, leaders)) - set(_never(audit, structure))
    named = [option for option in audit.problem.options.index if option in may]
    if not named:
        return told("shape.never")
    return listed(audit.problem.short[option] for option in named)


def _never(audit: StructureAudit, structure: str) -> list[str]:
    """Return the options that never come about in a structure."""
    stated = audit.problem.stated or audit.problem
    chance = stated.structured(structure).chance
    return [str(option) for option in chance.index[chance <= TIE_TOLERANCE]]


def _never_happens(audit: StructureAudit) -> list[str]:
    """Return which options never come about in a shape; nothing where all may."""
    stated = audit.problem.stated or audit.problem
    parts = []
    for structure in stated.structures:
        names = listed(stated.short[option] for option in _never(audit, structure.name))
        if names:
            parts.append(told("shape.fallback_part", options=names, shape=structure.label))
    return [told("shape.fallback", names=joined(parts))] if parts else []


def _weighs_nothing(audit: StructureAudit) -> list[str]:
    """Return which holders weigh nothing of what a shape leaves; nothing where all weigh something."""
    parts = []
    for _, rows in audit.structures.groupby("structure", sort=False):
        there = set(rows["holder"])
        gone = listed(holder for holder in audit.leaders if holder not in there)
        if gone:
            label = rows["label"].iloc[0]
            parts.append(told("shape.fallback_part", options=gone, shape=label))
    return [told("shape.weighs_nothing", names=joined(parts))] if parts else []


def change_told(problem: Problem, change: Change) -> str:
    """Return one change of a shape in words, with the criterion's label."""
    stated = problem.stated or problem
    label = stated.criterion(change.criterion).label or change.criterion
    kind = change.kind.replace(" ", "_")
    if change.weight is None:
        return told(f"shape.change_{kind}", label=label)
    return told(f"shape.change_{kind}", label=label, weight=plain(change.weight))

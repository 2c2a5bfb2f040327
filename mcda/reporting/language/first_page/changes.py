"""What would change the answer, in a few sentences: limits, method, priorities, a number, the shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from mcda.holders.price_of_agreement import Prices
from mcda.methods.ranking import Ranking
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import passes
from mcda.reporting.language.agreements import nearest_change, points_moved
from mcda.reporting.language.first_page.answer import Said
from mcda.reporting.language.first_page.plain_names import (
    OF_HUNDRED,
    cut,
    few,
    plain_options,
    side_told,
    started,
    without_brackets,
)
from mcda.reporting.language.numbers import turning
from mcda.reporting.language.results import split_by_method
from mcda.reporting.language.shapes.settled_leads import settled_by_shape
from mcda.sensitivity.smallest_change.certificate import Fragility
from mcda.sensitivity.structure.audit import StructureAudit
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.switching.floor_curve import FloorCurve
from mcda.sentences.catalogue import told

MOST_MOVED = 1  # numbers of a change that a short sentence names


def limit_moved(problem: Problem, curve: FloorCurve) -> list[Said]:
    """Return who comes first once the proposed limit is a little stricter, for one holder."""
    leaf = problem.criterion(curve.criterion)
    kind = "minimum" if leaf.direction == "max" else "maximum"
    stricter = _next_turn(leaf, curve)
    opening = told(f"first_page.{kind}_opening")
    if stricter is None:
        return [Said(opening, told("first_page.limit_firm", holder=cut(curve.holder)))]
    names = plain_options(problem)
    then = few(names[leader] for leader in leaders_in(problem, stricter["leaders"]))
    turn = turning(stricter["starts"])
    return [
        Said(
            opening, told("first_page.limit_turns", holder=cut(curve.holder), then=then, turn=turn)
        )
    ]


def _next_turn(leaf: Criterion, curve: FloorCurve) -> pd.Series | None:
    """Return the first step stricter than the proposed limit at which somebody else leads."""
    turns = curve.table[curve.table["starts"].notna()]
    for _, step in turns.iterrows():
        if curve.proposed is not None and passes(leaf, float(step["from"]), curve.proposed):
            return step
    return None


def method_matters(
    problem: Problem, sides: Mapping[str, Mapping[str, Sequence[Ranking]]]
) -> list[Said]:
    """Return for whom another method puts another option first, on the last side where it does."""
    for side, rankings in reversed(list(sides.items())):
        split = split_by_method(rankings)
        if split:
            holders = few(cut(holder) for holder in split)
            text = told("first_page.method_turns", holders=holders, side=side_told(problem, side))
            return [Said(told("first_page.method_opening"), started(text))]
    return []


def priorities_moved(problem: Problem, prices: Mapping[str, Prices]) -> list[Said]:
    """Return whose priorities come closest to another answer, on the last side there is."""
    for side, found in reversed(list(prices.items())):
        changes = nearest_change(found)
        if not len(changes):
            continue
        holder = str(changes["price"].round(9).idxmin())
        change = changes.loc[holder]
        text = told(
            "first_page.priorities_turn",
            side=side_told(problem, side),
            holder=cut(holder),
            points=points_moved(change["price"], change["at least"]),
            option=plain_options(problem)[str(change["option"])],
        )
        return [Said(told("first_page.priorities_opening"), started(text))]
    return []


def number_moved(problem: Problem, smallest: Mapping[str, Fragility]) -> list[Said]:
    """Return the smallest change of numbers after which another option leads, on the last side."""
    for side, found in reversed(list(smallest.items())):
        if not 0 < len(found.changes) <= MOST_MOVED:
            continue
        names = plain_options(problem)
        then = few(names[leader] for leader in leaders_in(problem, found.then_leads))
        parts = few(_moved(names, row) for row in found.changes.itertuples())
        about = {"holder": cut(found.holder), "side": side_told(problem, side)}
        text = told("first_page.number_turns", then=then, parts=parts, **about)
        return [Said(told("first_page.number_opening"), started(text))]
    return []


def _moved(names: Mapping[str, str], row: object) -> str:
    """Return one number that moves: what it is, where to, and where it is now."""
    label = cut(without_brackets(row.label))  # type: ignore[attr-defined]
    option = str(row.option)  # type: ignore[attr-defined]
    whose = told("first_page.of_option", option=names.get(option, option)) if option else ""
    unit = str(row.unit)  # type: ignore[attr-defined]
    shown = "" if OF_HUNDRED.fullmatch(unit.strip()) else f" {cut(without_brackets(unit), 24)}"
    threshold = row.threshold  # type: ignore[attr-defined]
    about = {"turn": turning(threshold), "unit": shown.rstrip(), "now": threshold.now}
    return told("first_page.moved", label=label, whose=whose, **about)


def shape_decides_much(audit: StructureAudit | None) -> list[Said]:
    """Return the first thing that the shape of the question settles; nothing where it settles little."""
    sentences = settled_by_shape(audit) if audit is not None else []
    return [Said(told("first_page.shape_opening"), sentence) for sentence in sentences[:1]]

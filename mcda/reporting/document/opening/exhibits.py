"""What the figures of the first page show: parts of a study, with one colour for an option in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any

import pandas as pd

from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.option_bars import option_colours
from mcda.reporting.figures.first_page import (
    first_place_shares,
    leaders_over_minimum,
    shape_leads,
)
from mcda.reporting.study.study import Study
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.structure.first_places import EXPONENTS
from mcda.sensitivity.switching.floor_curve import FloorCurve

MOST_ROWS = 14  # holders that the figure of shares has: with more it is no page
MOST_BANDS = 6  # groups of holders in the figure of limits
MOST_SHAPES = 6
PAIR = 2  # options, of which one says "both"
Shares = dict[str, dict[str, float]]


def shares_by_side(study: Study) -> dict[str, Shares]:
    """Return the share of draws in which each option is first, by side and holder.

    Holders are ordered by who is first for them without limits, the most frequent first, then by
    the share. It is empty without draws, and a side where nothing was drawn is left out.
    """
    sides = {}
    order = _order(study)[:MOST_ROWS]
    for side in study.analysis.sides:
        drawn = study.analysis.robust_on(side)
        shares: Shares = {}
        for holder in order:
            if holder in drawn:
                first = words.first_places(drawn[holder])
                shares[holder] = {str(one): float(part) for one, part in first.items() if part > 0}
        if shares:
            sides[side] = shares
    return sides


def _order(study: Study) -> list[str]:
    drawn = study.analysis.robust_on("without")
    firsts = {holder: words.first_places(one) for holder, one in drawn.items()}
    leaders = {holder: str(shares.idxmax()) for holder, shares in firsts.items()}
    times = Counter(leaders.values())
    placed = {option: at for at, (option, _) in enumerate(times.most_common())}
    return sorted(firsts, key=lambda one: (placed[leaders[one]], -float(firsts[one].max())))


def curves_by_group(study: Study) -> dict[str, FloorCurve]:
    """Return the curve of limits for each group of holders who have the same, by their names.

    It is empty where the question proposes no limit, or no option keeps it.
    """
    grouped: dict[tuple[str, ...], list[str]] = {}
    curves = study.analysis.floor_curves
    for holder, curve in curves.items():
        grouped.setdefault(tuple(curve.table["leaders"]), []).append(holder)
    largest = sorted(grouped.values(), key=lambda held: -len(held))[:MOST_BANDS]
    return {words.few(map(words.cut, held), 4): curves[held[0]] for held in largest}


def shapes_by_side(study: Study) -> dict[str, Shares]:
    """Return for how many holders each option leads, by side and shape; empty without shapes."""
    table = led_by_shape(study)
    if table is None:
        return {}
    sides = {}
    for side in study.analysis.sides:
        rows = table[table["side"] == ("behind" if side == "behind" else "without")]
        counts: Shares = {}
        for name, held in rows.groupby("structure", sort=False):
            if len(counts) < MOST_SHAPES:
                label = words.shape_named(str(name), str(held["label"].iloc[0]))
                counts[label] = _counts(study, list(held["leaders"]))
        if counts:
            sides[side] = counts
    return sides


def led_by_shape(study: Study) -> pd.DataFrame | None:
    """Return who leads under each shape by the method that shapes are told by; None for one shape."""
    audit = study.analysis.shape
    if audit is None or audit.structures["structure"].nunique() < 2:
        return None
    return audit.structures[audit.structures["method"] == shape_method(study)]


def leaders_as_answered(study: Study) -> pd.DataFrame | None:
    """Return who leads under each shape, where that is told of the stated one by the answer's own method.

    None where the report is of another shape, or by a method or an exponent that shapes aren't told by.
    """
    settings = study.settings
    is_stated = study.problem.stated is None
    order = EXPONENTS.get(settings.method)
    if not is_stated or order is None or (settings.method == "topsis" and settings.p != order):
        return None
    return led_by_shape(study)


def shape_method(study: Study) -> str:
    """Return the method by which shapes are told: the leading one, or else the weighted sum."""
    return study.settings.method if study.settings.method in EXPONENTS else "additive"


def _counts(study: Study, leaders: list[str]) -> dict[str, float]:
    found = Counter(chain.from_iterable(leaders_in(study.problem, level) for level in leaders))
    return {option: float(count) for option, count in found.most_common()}


def colours(study: Study) -> dict[str, str]:
    """Return the colour of each option that a figure of the first page shows, the foremost first."""
    weight: Counter[str] = Counter()
    for shares in chain.from_iterable(one.values() for one in shares_by_side(study).values()):
        weight.update(shares)
    for curve in study.analysis.floor_curves.values():
        for leaders in curve.table["leaders"].unique():
            weight.update(dict.fromkeys(leaders_in(study.problem, leaders), 0.1))
    for counts in chain.from_iterable(one.values() for one in shapes_by_side(study).values()):
        weight.update({option: 0.1 * count for option, count in counts.items()})
    order = [option for option, _ in weight.most_common()]
    return option_colours(order, study.problem.frame.baseline)


def head_of(study: Study, side: str) -> str:
    """Return the head of a panel: without limits, or with them in force."""
    floors = proposed_floors(study.problem)
    if side == "plain":
        count = len(study.problem.options)
        options = words.counted(count, "option")
        if count == PAIR:
            return words.told("first_page.panel_both")
        return words.told("first_page.panel_all", options=options)
    if side == "without":
        return words.told(f"first_page.panel_unset_{words.kind_of_limit(study.problem, floors)}")
    return words.limit_set(study.problem, floors)


def _headed(study: Study, sides: Mapping[str, Shares]) -> dict[str, Shares]:
    return {words.cut(head_of(study, side), 48): held for side, held in sides.items()}


def _briefly_headed(study: Study, sides: Mapping[str, Shares]) -> dict[str, Shares]:
    """Return the panels of shapes, whose narrow heads don't say again what the limits are."""
    heads = {side: head_of(study, side) for side in sides}
    if "behind" in heads:
        kind = words.kind_of_limit(study.problem, proposed_floors(study.problem))
        heads["behind"] = words.told(f"first_page.panel_set_{kind}")
    return {heads[side]: held for side, held in sides.items()}


def first_places(study: Study) -> Any:
    """Draw in what share of draws each option is first, for all holders on both sides."""
    panels = _headed(study, shares_by_side(study))
    return first_place_shares(study.problem, panels, colours(study))


def minimum(study: Study) -> Any:
    """Draw who is first as the limit gets stricter."""
    curves = curves_by_group(study)
    with_key = not shares_by_side(study)
    return leaders_over_minimum(study.problem, curves, colours(study), with_key=with_key)


def shapes(study: Study) -> Any:
    """Draw who is first under which shape of the question."""
    panels = _briefly_headed(study, shapes_by_side(study))
    holders = len(study.analysis.weights)
    with_key = not shares_by_side(study)
    return shape_leads(study.problem, panels, holders, colours(study), with_key=with_key)

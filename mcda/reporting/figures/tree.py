"""The tree of criteria as a figure.

It shows what is looked at, in which unit and direction, and what it weighs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.significant_digits import as_parts, percent
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Criterion, Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    GREY,
    RAMP,
    RULE,
    SMALL,
    canvas,
    leaf_name,
    shortened,
    tell,
    wrapped,
)

# inches: from a parent to its children at most, a leaf's text, the longest bar and its number, a row
STEP = 1.5
LEAF = 2.6
BAR = 0.8
NUMBER = 0.5
LINE = 0.36
TURN = 0.25  # inches before a child at which its line turns
LETTER = 0.066  # inches, of a name of a head
NAMED = 8.0  # points, of the name of a head or a leaf
LEAST = 9  # letters of a line of a name, however deep a tree is


@dataclass(frozen=True)
class _Place:
    """Where a criterion is drawn: inches from the left, rows from the top."""

    across: float
    down: float


def value_tree(problem: Problem, weights: Weights | None = None, axes: Axes | None = None) -> Axes:
    """Draw the criteria as a tree from left to right, leaves with unit and direction.

    With weights there is a bar for each, and the lines are as thick as the weight that goes down
    them.
    """
    shares = None if weights is None else over_leaves(problem, weights).values
    beside = LEAF if shares is None else LEAF + BAR + NUMBER
    step = _step(problem, beside)
    places = _places(problem, step)
    wide = max(place.across for place in places.values()) + beside
    with canvas(axes, wide, 1.3 + LINE * len(problem.leaves)) as axes:
        for criterion in problem.criteria:
            _branch(axes, problem, criterion, places, step, shares)
            _name(axes, problem, criterion, places[criterion.key], step, shares)
        root = _root(problem, places)
        axes.text(
            0.05,
            root.down,
            wrapped(problem.title, _letters(step) - 1, 6),
            va="center",
            fontweight="bold",
            fontsize=NAMED,
        )
        if shares is not None:
            _bars(axes, shares, places)
        axes.set_xlim(0, wide)
        axes.set_ylim(len(problem.leaves) - 0.3, -0.8)
        axes.set_axis_off()
        tell(axes, *_texts(problem, weights, shares))
    return axes


def _step(problem: Problem, beside: float) -> float:
    """Return how far it is from a parent to its children: what a page leaves, not more than need be."""
    return min(STEP, (ACROSS - beside) / _deepest(problem))


def _letters(step: float) -> int:
    """Return how many letters a line of a name may have between two turns."""
    return max(LEAST, int((step - 2 * TURN) / LETTER) + 2)


def _deepest(problem: Problem) -> int:
    return max(_depth(problem, leaf) for leaf in problem.leaves)


def _places(problem: Problem, step: float) -> dict[str, _Place]:
    """Return where each criterion is drawn.

    Leaves are one below the other, a head is in the middle of its children.
    """
    depth = _deepest(problem)
    rows = {leaf.key: float(row) for row, leaf in enumerate(_leaves_in_order(problem))}
    for head in sorted(problem.heads, key=lambda head: -_depth(problem, head)):
        children = [rows[child.key] for child in problem.children(head.key)]
        rows[head.key] = float(np.mean([min(children), max(children)]))
    places = {}
    for criterion in problem.criteria:
        steps = depth if criterion.scale else _depth(problem, criterion)
        places[criterion.key] = _Place(step * steps, rows[criterion.key])
    return places


def _leaves_in_order(problem: Problem, parent: str = "") -> list[Criterion]:
    """Return the leaves in the order of the tree, those of one head together."""
    leaves: list[Criterion] = []
    for criterion in problem.children(parent):
        leaves += [criterion] if criterion.scale else _leaves_in_order(problem, criterion.key)
    return leaves


def _depth(problem: Problem, criterion: Criterion) -> int:
    return len(problem.path(criterion.key))


def _root(problem: Problem, places: dict[str, _Place]) -> _Place:
    tops = [places[top.key].down for top in problem.tops]
    return _Place(0.0, (min(tops) + max(tops)) / 2)


def _branch(
    axes: Axes,
    problem: Problem,
    criterion: Criterion,
    places: dict[str, _Place],
    step: float,
    shares: pd.Series | None,
) -> None:
    """Draw the line from a criterion's parent: a step down where the parent's text ends."""
    place = places[criterion.key]
    parent = places[criterion.parent] if criterion.parent else _root(problem, places)
    turn = parent.across + step - TURN
    start = turn - 0.1
    thick = 0.9 if shares is None else 0.9 + 12 * _weight(problem, criterion, shares)
    color = RULE if shares is None else RAMP(0.33)
    axes.plot(
        [start, turn, turn, place.across - 0.08],
        [parent.down, parent.down, place.down, place.down],
        color=color,
        linewidth=thick,
        zorder=1,
        solid_capstyle="butt",
        solid_joinstyle="round",
    )


def _weight(problem: Problem, criterion: Criterion, shares: pd.Series) -> float:
    """Return what a criterion weighs: a leaf its own, a head all of its leaves'."""
    if criterion.scale:
        return float(shares[criterion.key])
    return sum(_weight(problem, child, shares) for child in problem.children(criterion.key))


def _shown_weight(problem: Problem, criterion: Criterion, shares: pd.Series) -> float:
    """Return what a criterion weighs, as it is shown.

    It is a part of what its parent is shown to weigh, or of 100.
    """
    above = (
        _shown_weight(problem, problem.criterion(criterion.parent), shares)
        if criterion.parent
        else None
    )
    siblings = problem.children(criterion.parent)
    percents = as_parts([_weight(problem, sibling, shares) for sibling in siblings], whole=above)
    return percents[[sibling.key for sibling in siblings].index(criterion.key)]


def _leaf_told(leaf: Criterion, shown: pd.Series | None) -> str:
    told = words.told(
        "value_tree.leaf",
        key=leaf.key,
        label=leaf.label,
        unit=leaf.unit,
        direction=leaf.direction,
    )
    return told if shown is None else f"{told} {percent(shown[leaf.key], 1)}"


def _leaf_weights(shares: pd.Series) -> pd.Series:
    """Return the weights of the leaves as they are shown, in tenths of a percent."""
    return pd.Series(as_parts(shares, 1), shares.index)


def _name(
    axes: Axes,
    problem: Problem,
    criterion: Criterion,
    place: _Place,
    step: float,
    shares: pd.Series | None,
) -> None:
    if criterion.scale is None:
        weight = "" if shares is None else f" {percent(_shown_weight(problem, criterion, shares))}"
        axes.text(
            place.across,
            place.down,
            wrapped(f"{criterion.key} {criterion.label}{weight}", _letters(step), 4),
            va="center",
            fontsize=NAMED,
        )
        return
    axes.text(
        place.across,
        place.down - 0.02,
        leaf_name(problem, criterion.key, 42),
        va="bottom",
        fontsize=NAMED,
    )
    better = words.told(f"direction.{criterion.direction}")
    axes.text(
        place.across,
        place.down + 0.04,
        f"{shortened(criterion.unit, 30)}, {better}",
        va="top",
        fontsize=SMALL,
        color=GREY,
    )


def _bars(axes: Axes, shares: pd.Series, places: dict[str, _Place]) -> None:
    left = max(place.across for place in places.values()) + LEAF
    longest = float(shares.max())
    shown = _leaf_weights(shares)
    for key, share in shares.items():
        width = BAR * share / longest if longest else 0.0
        axes.barh(places[str(key)].down, width, left=left, height=0.5, color=BLUE, linewidth=0)
        axes.annotate(
            percent(shown[key], 1),
            (left + width, places[str(key)].down),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )


def _texts(problem: Problem, weights: Weights | None, shares: pd.Series | None) -> tuple[str, str]:
    key = "value_tree.heads" if problem.heads else "value_tree.no_heads"
    tree = words.told(
        key,
        heads=len(problem.heads),
        leaves=len(problem.leaves),
    )
    shown = None if shares is None else _leaf_weights(shares)
    leaves = words.joined(_leaf_told(leaf, shown) for leaf in problem.leaves)
    if weights is None or shares is None or shown is None:
        return words.told("value_tree.apart", tree=tree), words.told(
            "value_tree.leaves", leaves=leaves
        )
    tops = pd.Series({top.key: _weight(problem, top, shares) for top in problem.tops})
    most = str(tops.idxmax())
    leaf = str(shares.idxmax())
    finding = words.told(
        "value_tree.finding",
        head=problem.criterion(most).label,
        holder=weights.holder,
        head_share=_shown_weight(problem, problem.criterion(most), shares),
        leaves=len(shares),
        leaf=problem.criterion(leaf).label,
        leaf_share=shown[leaf],
    )
    return finding, words.told("value_tree.weighed", tree=tree, leaves=leaves)

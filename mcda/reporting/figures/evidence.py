"""Figures of what is known.

They show the tree of criteria, what each number rests on, and performances and values with ranges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import fixed, percent
from mcda.problem.estimates import RELIABILITY, Estimate
from mcda.problem.evidence_check import sources_of
from mcda.problem.model import Problem
from mcda.problem.ranges import ranges
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    CLEAR,
    GREY,
    INK,
    RAMP,
    SMALL,
    canvas,
    column_names,
    leaf_name,
    plain_name,
    shortened,
    tell,
)
from mcda.reporting.figures.drawing.strips import (
    ROW,
    UPRIGHT,
    boxes,
    cells,
    ink,
    name_sides,
    places,
    row_inches,
    strip,
    strip_inches,
    tell_many,
)

TALL = 0.44  # inches of a row whose cells have three lines
BAR = 0.17  # of a row: the height of a mark, so that two never touch
UNGRADED = ""


def value_strip(problem: Problem, axes: Axes | None = None) -> Axes:
    """Draw the values, leaves x options, from 0 (worst anchor) to 100 (best).

    A line in each cell is its range.
    """
    values = 100 * problem.values.T
    with canvas(axes, *_size(problem)) as axes:
        down = _head_places(problem)
        strip(
            axes,
            values.to_numpy() / 100,
            values.map(fixed).to_numpy(),
            _leaves(problem),
            _options(problem),
            down=down,
        )
        _range_lines(axes, problem, down)
        axes.set_xlabel(words.told("value_strip.axis"))
        tell(axes, _values_found(problem), _values_told(problem))
    return axes


def _value_ends(problem: Problem, leaf: str, row: pd.Series) -> tuple[float, float]:
    """Return the lowest and highest value, 0 to 1, that the range of a cell allows."""
    scale = problem.criterion(leaf).scale
    ends = np.sort(scale.value(np.array([row["low"], row["high"]]))) if scale else np.zeros(2)
    return float(ends[0]), float(ends[1])


def _range_lines(axes: Axes, problem: Problem, down: np.ndarray) -> None:
    """Draw in each cell a line from the lowest to the highest value that its range allows."""
    spans = ranges(problem)
    lines = []
    for leaf, y in zip(problem.leaves[:SHOWN], down, strict=False):
        for column, option in enumerate(problem.options.index[:SHOWN]):
            low, high = _value_ends(problem, leaf.key, spans.loc[(option, leaf.key)])
            left = column - 0.42
            colour = ink(problem.values.loc[option, leaf.key])
            lines.append((y + 0.37, left + 0.84 * low, left + 0.84 * high, colour))
    heights, starts, ends, colours = zip(*lines, strict=True)
    axes.hlines(heights, starts, ends, colours, linewidth=1.4)


def _values_found(problem: Problem) -> str:
    means = 100 * problem.values.mean(axis=1)
    best = means.idxmax()
    worst = means.idxmin()
    spread = (problem.values.max() - problem.values.min()).idxmax()
    apart = 100 * (problem.values[spread].max() - problem.values[spread].min())
    leaf = problem.criterion(str(spread))
    split = best != worst and (problem.values.min(axis=1) < 0.5).all()
    key = "value_strip.split" if split else "value_strip.apart"
    return words.told(
        key,
        label=leaf.label,
        points=apart,
    )


def _values_told(problem: Problem) -> str:
    parts = words.joined(
        words.told(
            "value_strip.option",
            option=problem.name_of(str(option)),
            best=plain_name(problem, str(row.idxmax())),
            high=100 * row.max(),
            worst=plain_name(problem, str(row.idxmin())),
            low=100 * row.min(),
        )
        for option, row in problem.values.head(SHOWN).iterrows()
    )
    return words.told("value_strip.alternative", parts=parts)


def performance_strip(problem: Problem, axes: Axes | None = None) -> Axes:
    """Draw the performance table, leaves x options; darker is worth more.

    Each cell has its best estimate and range in natural units.
    """
    spans = ranges(problem)
    narrow = len(problem.options) > UPRIGHT
    texts = []
    for leaf in problem.leaves:
        rows = [spans.loc[(option, leaf.key)] for option in problem.options.index]
        texts.append([_cell_text(row, narrow) for row in rows])
    with canvas(axes, *_size(problem, TALL)) as axes:
        strip(
            axes,
            problem.values.T.to_numpy(),
            np.array(texts, dtype=object),
            _leaves(problem, unit=True),
            _options(problem),
            down=_head_places(problem),
            size=SMALL,
        )
        axes.set_xlabel(words.told("performance_strip.axis"))
        tell(axes, *_performance_told(problem, spans))
    return axes


def _cell_text(row: pd.Series, narrow: bool) -> str:
    """Return the best estimate with its range below it, which has two lines in a narrow column."""
    low = words.figure(row["low"])
    high = words.figure(row["high"])
    span = f"{low} –\n{high}" if narrow else f"{low} – {high}"
    return f"{words.figure(row['mode'])}\n{span}"


def _performance_told(problem: Problem, found: pd.DataFrame) -> tuple[str, str]:
    """Return what the ranges show, and each leaf's span of estimates.

    The first text says where ranges are widest against their scale.
    """
    values = {at: _value_ends(problem, at[1], row) for at, row in found.iterrows()}
    widths = pd.Series({at: 100 * (high - low) for at, (low, high) in values.items()})
    option, key = widths.idxmax()
    finding = words.told(
        "performance_strip.finding",
        wide=int((widths >= 50).sum()),
        cells=len(widths),
        option=problem.name_of(str(option)),
        label=problem.criterion(key).label,
    )
    spans = words.joined(
        words.told(
            "performance_strip.leaf",
            key=plain_name(problem, leaf.key),
            unit=leaf.unit,
            low=words.figure(problem.performance[leaf.key].min()),
            high=words.figure(problem.performance[leaf.key].max()),
        )
        for leaf in problem.leaves
    )
    return finding, words.told(
        "performance_strip.alternative", options=len(problem.options), spans=spans
    )


def evidence_map(problem: Problem, axes: Axes | None = None) -> Axes:
    """Draw what each cell rests on, leaves x options.

    A cell shows its kind, its number of sources, and their grades. The bar in a cell is as long as
    the share of its estimates that have a source, made of its sources' reliability from A (dark) to
    F (light); a cell without any source is hatched.
    """
    with canvas(axes, *_size(problem)) as axes:
        down = _head_places(problem)
        across = np.arange(len(problem.options), dtype=float)
        _draw_evidence(axes, problem, down, across)
        name_sides(axes, _leaves(problem), _options(problem), down, across)
        tell_many(axes, len(problem.leaves), len(problem.options))
        axes.set_xlabel(words.told("evidence_map.axis", kinds=_kind_key(problem)))
        tell(axes, *_evidence_told(problem))
    return axes


def _draw_evidence(axes: Axes, problem: Problem, down: np.ndarray, across: np.ndarray) -> None:
    """Draw the cells, what is written in each, and its bar of grades."""
    leaves = problem.leaves[:SHOWN]
    options = problem.options.index[:SHOWN]
    shades = np.zeros((len(leaves), len(options)))
    grades: list[Grade] = []
    for row, column in np.ndindex(*shades.shape):
        leaf = leaves[row].key
        option = options[column]
        at = (float(across[column]), float(down[row]))
        inputs = problem.inputs(leaf, option)
        sources = sources_of(problem, inputs)
        if not sources:
            shades[row, column] = np.nan
        _write_kind(axes, at, words.KIND_MARKS[problem.kind(leaf, option)], len(sources))
        grades += _grades(problem, inputs, sources, at)
    cells(axes, shades, down, across)
    boxes(
        axes,
        [grade.corner for grade in grades],
        [(grade.width, BAR) for grade in grades],
        facecolors=RAMP([grade.shade for grade in grades]),
        edgecolors="white",
        linewidths=0.4,
    )


def _write_kind(axes: Axes, at: tuple[float, float], mark: str, sources: int) -> None:
    """Write in a cell the kind of its estimates and the number of its sources."""
    color = INK if sources else GREY
    bbox = None if sources else CLEAR
    axes.text(
        at[0],
        at[1] - 0.12,
        f"{mark} {sources or '–'}",
        ha="center",
        va="center",
        fontsize=8,
        color=color,
        bbox=bbox,
        in_layout=False,
    )


@dataclass(frozen=True)
class Grade:
    """The part of a cell's bar that stands for one grade of its sources."""

    corner: tuple[float, float]
    width: float
    shade: float


def _grades(
    problem: Problem, inputs: Sequence[Estimate], sources: Sequence[str], at: tuple[float, float]
) -> Iterator[Grade]:
    """Go through the parts of a cell's bar, from its left end."""
    mix = Counter(problem.sources[source].reliability or UNGRADED for source in sources)
    share = sum(bool(estimate.sources) for estimate in inputs) / max(len(inputs), 1)
    left = at[0] - 0.42
    for number, grade in enumerate((*RELIABILITY, UNGRADED)):
        if width := 0.84 * share * mix[grade] / max(len(sources), 1):
            yield Grade((left, at[1] + 0.22), width, 1 - number / len(RELIABILITY))
        left += width


def _kind_key(problem: Problem) -> str:
    used = {
        problem.kind(leaf.key, option)
        for leaf in problem.leaves
        for option in problem.options.index
    }
    marks = [
        f"{mark} {words.kind_name(kind)}" for kind, mark in words.KIND_MARKS.items() if kind in used
    ]
    return ", ".join(marks)


def _evidence_told(problem: Problem) -> tuple[str, str]:
    cells = pd.DataFrame(
        [
            (
                leaf.key,
                problem.kind(leaf.key, option),
                bool(sources_of(problem, problem.inputs(leaf.key, option))),
            )
            for leaf in problem.leaves
            for option in problem.options.index
        ],
        columns=["leaf", "kind", "sourced"],
    )
    kinds = cells["kind"].value_counts()
    finding = words.told(
        "evidence_map.finding",
        sourced=int(cells["sourced"].sum()),
        cells=len(cells),
        most=kinds.iloc[0],
        kind=words.kind_name(kinds.index[0]),
    )
    shares = cells.groupby("leaf", sort=False)["sourced"].mean()
    ungraded = words.told("evidence_map.ungraded")
    comma = words.told("join.comma")
    grades = Counter(source.reliability or ungraded for source in problem.sources.values())
    return finding, words.told(
        "evidence_map.alternative",
        shares=comma.join(
            f"{plain_name(problem, str(key))} {percent(share)}" for key, share in shares.items()
        ),
        grades=comma.join(f"{grade} {count}" for grade, count in sorted(grades.items())),
    )


def _size(problem: Problem, row: float = ROW) -> tuple[float, float]:
    tops = len({problem.top(leaf.key) for leaf in problem.leaves})
    return (
        strip_inches(3.4, len(problem.options)),
        1.9 + row_inches(len(problem.leaves), row) + row * 0.3 * (tops - 1),
    )


def _head_places(problem: Problem) -> np.ndarray:
    return places([problem.top(leaf.key) for leaf in problem.leaves])


def _leaves(problem: Problem, unit: bool = False) -> list[str]:
    return [
        leaf_name(problem, leaf.key)
        + (f"\n{shortened(leaf.unit)}, {words.told(f'direction.{leaf.direction}')}" if unit else "")
        for leaf in problem.leaves
    ]


def _options(problem: Problem) -> list[str]:
    return column_names(problem, problem.options.index)

"""Figures of why an option leads: what each trade-off adds, and the steps of a lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.transforms import offset_copy

from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import fixed, rounded
from mcda.checks.significant_digits import parts as whole_parts
from mcda.display.visible_text import with_minus
from mcda.methods.ranking import Ranking
from mcda.methods.ranks import competition_ranks
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    CLEAR,
    GREY,
    HATCHES,
    PALETTE,
    RED,
    SKY,
    canvas,
    leaf_name,
    option_name,
    plain_name,
    shortened,
    tell,
)
from mcda.reporting.figures.drawing.strips import (
    UNDER_AXIS,
    tell_many,
)
from mcda.reporting.figures.rankings import EXCLUDED, leaders_said

MINOR = 0.5  # points: what adds less to a lead is drawn together
SHOWN_AS_NONE = 0.05  # points: a lead below it is shown as 0.0


def contribution_bars(
    problem: Problem, ranking: Ranking, screened: Ranking | None = None, axes: Axes | None = None
) -> Axes:
    """Draw the additive score of each option as a bar made of what each head adds, best first.

    Parts are labelled in place. ranking: by any method; its weights make the scores. Options that
    the floor of the ranking beside it excludes are marked.
    """
    parts = ranking.steps["weighted values"]
    order = competition_ranks(parts.sum(axis=1).to_numpy())
    parts = parts.iloc[np.argsort(order, kind="stable")]
    by_head = 100 * parts.T.groupby([problem.top(key) for key in parts.columns], sort=False).sum().T
    excluded = set() if screened is None else set(screened.excluded.index)
    drawn = by_head.head(SHOWN)
    with canvas(axes, ACROSS, 2.0 + 0.42 * len(drawn)) as axes:
        _stack(axes, drawn)
        tell_many(axes, len(by_head), below=UNDER_AXIS)
        names = [
            option_name(problem, option) + (EXCLUDED if option in excluded else "")
            for option in drawn.index
        ]
        axes.set_yticks(range(len(names)), names)
        axes.set_xlim(0, by_head.sum(axis=1).max() * 1.08)
        key = "contribution_bars.axis_excluded" if excluded else "contribution_bars.axis"
        axes.set_xlabel(words.told(key, holder=shortened(ranking.holder), mark=EXCLUDED.strip()))
        _head_key(axes, problem, list(by_head.columns))
        tell(axes, *_contributions_told(problem, ranking, by_head))
    return axes


def _stack(axes: Axes, by_head: pd.DataFrame) -> None:
    rows = np.arange(len(by_head), dtype=float)
    left = np.zeros(len(by_head))
    shown = _whole_points(by_head)
    for number, head in enumerate(by_head.columns):
        width = by_head[head].to_numpy()
        numbers = shown[head].to_numpy()
        axes.barh(
            rows, width, left=left, height=0.72, linewidth=0.8, edgecolor="white", **_look(number)
        )
        for row, part, points, start in zip(rows, width, numbers, left, strict=True):
            if part >= 3:
                axes.text(
                    start + part / 2,
                    row,
                    fixed(points),
                    ha="center",
                    va="center",
                    fontsize=8,
                    bbox=CLEAR,
                )
        left = left + width
    for row, total in zip(rows, left, strict=True):
        axes.text(total + 0.8, row, fixed(total), va="center", fontweight="bold")
    axes.invert_yaxis()
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _whole_points(by_head: pd.DataFrame) -> pd.DataFrame:
    """Return what each head adds as it is shown: parts that add up to the score beside them."""
    return by_head.apply(lambda row: pd.Series(whole_parts(row), row.index), axis=1)


def _look(number: int) -> dict[str, Any]:
    """Return colour and hatch of the part at a position: never colour alone."""
    return {
        "facecolor": PALETTE[number % len(PALETTE)],
        "hatch": HATCHES[(number + number // len(PALETTE)) % len(HATCHES)],
    }


def _head_key(axes: Axes, problem: Problem, heads: Sequence[str]) -> None:
    """Say which pattern is which head, in the order of the bar."""
    handles = [
        Patch(edgecolor="white", label=shortened(problem.criterion(head).label), **_look(number))
        for number, head in enumerate(heads)
    ]
    below = offset_copy(axes.transAxes, axes.get_figure(root=True), y=-46, units="points")
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.4, 0),
        bbox_transform=below,
        fontsize=8,
        ncols=min(len(heads), 3),
        frameon=False,
        handlelength=2.2,
        columnspacing=1.4,
    )


def _contributions_told(
    problem: Problem, ranking: Ranking, by_head: pd.DataFrame
) -> tuple[str, str]:
    first = _whole_points(by_head).iloc[0]
    score = by_head.sum(axis=1)
    contending = score[score.index.isin(ranking.contending.index)]
    leaders = tuple(contending.index[competition_ranks(contending.to_numpy() / 100) == 1])
    each = words.told("join.comma").join(
        f"{problem.name_of(str(option))} {fixed(one)}" for option, one in score.items()
    )
    return (
        words.told(
            "contribution_bars.finding",
            lead=leaders_said([problem.name_of(str(leader)) for leader in leaders]),
            points=first.sum(),
            most=first.max(),
            head=problem.criterion(str(by_head.iloc[0].idxmax())).label,
        ),
        words.told(
            "contribution_bars.alternative", options=len(score), holder=ranking.holder, parts=each
        ),
    )


def lead_waterfall(problem: Problem, contributions: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw how a lead is made, leaf by leaf from the second option's additive score to the first's.

    contributions: as `mcda.contributions` returns them. Leaves that add or take less than half a
    point are drawn as one step. The steps shown add up to the lead, and with the second's score to
    the first's.
    """
    first, second = contributions.columns[2:4]
    labels = {str(key): leaf_name(problem, str(key), 46) for key in contributions.index}
    points = (100 * contributions["contribution"]).rename(labels)
    parts = _steps_of_lead(points)
    shown = pd.Series(whole_parts(parts, 1), parts.index, dtype=float)
    start = 100 * float((contributions["weight"] * contributions[second]).sum())
    with canvas(axes, ACROSS, 1.9 + 0.33 * (len(parts) + 2)) as axes:
        ends = start + parts.cumsum().to_numpy()
        starts = np.concatenate([[start], ends])[: len(parts)]
        for row, (part, text, left) in enumerate(zip(parts, shown, starts, strict=True), start=1):
            _step(axes, row, left, part, text)
        end = rounded(start + parts.sum(), 1)
        _total(axes, 0, start, end - shown.sum())
        _total(axes, len(parts) + 1, start + parts.sum(), end)
        rows = [option_name(problem, second), *parts.index, option_name(problem, first)]
        _finish_waterfall(axes, rows, np.array([start, start + parts.sum(), *ends]))
        names = {label: plain_name(problem, key) for key, label in labels.items()}
        large = shown[points.index[points.abs() >= MINOR]].rename(names)
        options = (problem.name_of(first), problem.name_of(second))
        tell(axes, *_lead_told(large, shown.rename(names), *options))
    return axes


def _steps_of_lead(points: pd.Series) -> pd.Series:
    """Return the steps in order, the largest gain first and the largest loss last.

    Minor ones are one step between.
    """
    large = points[points.abs() >= MINOR].sort_values(ascending=False, kind="stable")
    minor = points[(points.abs() < MINOR) & (points != 0)]
    if minor.empty:
        return large
    together = pd.Series(
        {words.told("lead_waterfall.minors", count=len(minor), points=MINOR): minor.sum()}
    )
    return pd.concat([large[large > 0], together, large[large < 0]])


def _step(axes: Axes, row: int, left: float, part: float, shown: float) -> None:
    gain = part >= 0
    hatch = "" if gain else "//"
    facecolor = SKY if gain else RED
    axes.barh(
        row,
        part,
        left=left,
        height=0.66,
        facecolor=facecolor,
        hatch=hatch,
        edgecolor="white",
        linewidth=0,
    )
    axes.plot([left + part] * 2, [row - 0.33, row + 1.33], color=GREY, linewidth=0.6)
    ha = "left" if gain else "right"
    offset = 4 if gain else -4
    axes.annotate(
        with_minus(fixed(shown, 1, sign=True)),
        (left + part, row),
        (offset, 0),
        va="center",
        textcoords="offset points",
        ha=ha,
        fontsize=8,
    )


def _total(axes: Axes, row: int, points: float, shown: float) -> None:
    axes.plot([points], [row], marker="D", markersize=7, color=BLUE, zorder=3)
    axes.annotate(
        fixed(shown, 1),
        (points, row),
        (9, 0),
        textcoords="offset points",
        va="center",
        fontweight="bold",
    )
    if row == 0:
        axes.plot([points] * 2, [row, row + 1.33], color=GREY, linewidth=0.6)


def _finish_waterfall(axes: Axes, rows: Sequence[str], reached: np.ndarray) -> None:
    """Show the axis where something happens.

    Steps are bars, to be compared; the two scores are points.
    """
    span = max(float(np.ptp(reached)), 1.0)
    axes.set_xlim(reached.min() - 0.12 * span, reached.max() + 0.12 * span)
    axes.set_yticks(range(len(rows)), rows)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(words.told("lead_waterfall.axis"))


def _lead_told(large: pd.Series, parts: pd.Series, first: str, second: str) -> tuple[str, str]:
    """Return what the figure finds, from the steps as they are shown.

    large: those of one leaf each.
    """
    gains = large[large > 0]
    losses = large[large < 0]
    lead = parts.sum()
    side = "ties"
    if abs(lead) >= SHOWN_AS_NONE:
        side = "ahead" if lead > 0 else "behind"
    rest = ""
    if len(gains):
        rest = words.told("lead_waterfall.gains", leaf=gains.idxmax(), points=gains.max())
    if len(losses):
        key = "lead_waterfall.and_loses" if len(gains) else "lead_waterfall.loses"
        rest += words.told(key, leaf=losses.idxmin(), points=losses.min())
    steps = words.told("join.comma").join(
        f"{name} {fixed(part, 1, sign=True)}" for name, part in parts.items()
    )
    return (
        words.told(
            f"lead_waterfall.{side}", first=first, second=second, points=abs(lead), rest=rest
        ),
        words.told("lead_waterfall.alternative", first=first, second=second, steps=steps),
    )

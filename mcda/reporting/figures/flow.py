"""Figure of ranks from method to method, as lines that cross."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.significant_digits import fixed
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    GREY,
    RED,
    RULE,
    canvas,
    option_name,
    tell,
    wrapped,
)
from mcda.reporting.figures.rankings import _first


def rank_flow(problem: Problem, compared: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw how ranks move from method to method, with a line for each option.

    Options that are first somewhere have darker lines. compared: as `mcda.compare` returns it,
    options x methods.
    """
    ranked = compared.drop(columns="label", errors="ignore").astype(float)
    leaders = list(ranked.index[(ranked == 1).any(axis=1)])
    with canvas(axes, ACROSS, 1.9 + 0.38 * len(ranked)) as axes:
        for option in ranked.index:
            number = leaders.index(option) if option in leaders else None
            _flow(axes, ranked.loc[option], number)
        for option, y in _label_places(ranked.iloc[:, -1]).items():
            fontweight = "bold" if option in leaders else "normal"
            axes.annotate(
                option_name(problem, str(option), 40),
                (len(ranked.columns) - 1, y),
                (14, 0),
                va="center",
                textcoords="offset points",
                annotation_clip=False,
                fontweight=fontweight,
            )
        _finish_flow(axes, ranked)
        tell(axes, *_flow_told(problem, ranked))
    return axes


def _flow(axes: Axes, ranks: pd.Series, leader: int | None) -> None:
    colour = RULE if leader is None else (RED, BLUE, "#009E73", "#CC79A7")[leader % 4]
    across = np.arange(len(ranks), dtype=float)
    zorder = 1 if leader is None else 2
    linewidth = 1.6 if leader is None else 3
    axes.plot(
        across,
        ranks,
        color=colour,
        linewidth=linewidth,
        linestyle=("-", "--", "-.", ":")[(leader or 0) % 4],
        zorder=zorder,
    )
    markeredgecolor = GREY if leader is None else colour
    axes.plot(
        across,
        ranks,
        linestyle="",
        marker="o",
        markersize=15,
        markeredgewidth=1.2,
        zorder=3,
        color="white",
        markeredgecolor=markeredgecolor,
    )
    for x, rank in zip(across, ranks, strict=True):
        if not np.isnan(rank):
            fontweight = "normal" if leader is None else "bold"
            axes.text(
                x,
                rank,
                fixed(rank),
                ha="center",
                va="center",
                fontsize=8,
                zorder=4,
                fontweight=fontweight,
            )


def _label_places(last: pd.Series) -> pd.Series:
    """Return where the names at the right end are placed.

    They are at their rank; those that tie are one below the other.
    """
    ordered = last.dropna().sort_values(kind="stable")
    return ordered.groupby(ordered).cumcount() + ordered


def _finish_flow(axes: Axes, ranked: pd.DataFrame) -> None:
    names = [
        wrapped(words.method_name(str(method)).replace(":", ": "), 13, 3)
        for method in ranked.columns
    ]
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(len(ranked) + 0.6, 0.4)
    axes.set_xlim(-0.3, len(names) - 1 + 0.3)
    axes.set_yticks([])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _flow_told(problem: Problem, ranked: pd.DataFrame) -> tuple[str, str]:
    firsts = {}
    for method in ranked.columns:
        leaders = ranked.index[ranked[method] == 1]
        firsts[method] = tuple(problem.name_of(str(leader)) for leader in leaders)
    counts = Counter(firsts.values())
    who = words.told("join.comma").join(
        words.told("rank_flow.who", options=words.listed(options), count=count)
        for options, count in counts.most_common()
    )
    moves = (ranked.max(axis=1) - ranked.min(axis=1)).sort_values(ascending=False, kind="stable")
    key = "rank_flow.moved" if moves.iloc[0] else "rank_flow.still"
    moved = words.told(
        key,
        option=problem.name_of(str(moves.index[0])),
        ranks=moves.iloc[0],
    )
    parts = words.joined(
        _first(words.method_name(str(method)), first) for method, first in firsts.items()
    )
    return (
        words.told("rank_flow.finding", methods=len(firsts), who=who, moved=moved),
        words.told("rank_flow.alternative", options=len(ranked), methods=len(firsts), parts=parts),
    )

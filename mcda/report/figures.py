"""Figures of results: each function takes results and returns a matplotlib Figure; `svg` makes it a repeatable file."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem

# Okabe and Ito (2008): told apart with every kind of colour vision
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
HATCHES = ("", "//", "..", "xx", "\\\\", "--", "oo", "++")
EXCLUDED = " †"
INK, PALE = "#1b1f24", "#f4f4f1"
STYLE: Any = {"svg.hashsalt": "mcda", "svg.fonttype": "path", "font.family": "DejaVu Sans", "font.size": 9.0,
         "axes.edgecolor": INK, "hatch.linewidth": 0.6}  # fmt: skip


def svg(figure: Figure) -> str:
    """Return a figure as SVG text: the same bytes whenever it is drawn from the same numbers."""
    with rc_context(STYLE), io.BytesIO() as buffer:
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
        return buffer.getvalue().decode("utf-8")


def as_address(figure: Figure) -> str:
    """Return a figure as a data address, for an image that stands in the page itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(figure).encode('utf-8')).decode('ascii')}"


def _figure(width: float, height: float, columns: int = 1) -> tuple[Figure, list[Axes]]:
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots(1, columns, squeeze=False)[0]
    return figure, list(axes)


def ranks_by_holder(problem: Problem, without: pd.DataFrame, screened: pd.DataFrame | None, title: str) -> Figure:
    """Return ranks as a strip of numbers: holders down, options across; without the floor, and beside it with.

    without, screened: options x holders, blank where an option is excluded. Rank 1 is the darkest; every cell has its
    number.
    """
    tables = [("Without a floor", without)] + ([("With the floor", screened)] if screened is not None else [])
    with rc_context(STYLE):
        figure, axes = _figure(5.2 * len(tables) + 1.2, 0.33 * len(without.columns) + 1.6, len(tables))
        for axis, (name, table) in zip(axes, tables, strict=True):
            _rank_strip(axis, problem, table, name, first=axis is axes[0])
        figure.suptitle(title, fontsize=11, fontweight="bold", color=INK)
    return figure


def _rank_strip(axis: Axes, problem: Problem, table: pd.DataFrame, name: str, first: bool) -> None:
    ranks = table.T.to_numpy(dtype=float, na_value=np.nan)
    axis.imshow(-ranks, cmap=_blues(), aspect="auto", vmin=-len(problem.options), vmax=-1)
    for row, column in np.ndindex(ranks.shape):
        rank = ranks[row, column]
        told = "–" if np.isnan(rank) else f"{rank:.0f}"
        ink = "white" if rank <= len(problem.options) / 2 else INK
        axis.text(column, row, told, ha="center", va="center", color=ink, fontweight="bold" if rank == 1 else "normal")
    names = [f"{option}\nbaseline" if option == problem.frame.baseline else option for option in table.index]
    axis.set_xticks(range(len(names)), names, fontsize=7)
    axis.set_yticks(range(len(table.columns)), [_short(holder) for holder in table.columns] if first else [])
    axis.set_title(name, fontsize=9, loc="left", color=INK)
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)


def _blues() -> Any:
    colours = LinearSegmentedColormap.from_list("ranks", ["#f2f6fa", "#9fc6e0", "#0072B2", "#00324f"])
    return colours.with_extremes(bad=PALE)


def _short(text: str, most: int = 34) -> str:
    """Return text without mathematical markup, cut where it is too long for an axis."""
    plain = text.replace("$", r"\$")
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def contribution_bars(problem: Problem, ranking: Ranking, screened: Ranking | None, title: str) -> Figure:
    """Return the additive score of each option as a bar made of what each head adds, best first, labelled in place.

    Options that the floor of the ranking beside it excludes are marked.
    """
    parts = ranking.steps["weighted values"].loc[ranking.table.index]
    by_head = parts.T.groupby([problem.top(key) for key in parts.columns], sort=False).sum().T
    with rc_context(STYLE):
        figure, (axis,) = _figure(9.5, 0.42 * len(parts) + 1.5)
        _stack(axis, problem, by_head, set() if screened is None else set(screened.excluded.index))
        axis.set_title(title, fontsize=11, fontweight="bold", loc="left", color=INK)
        _head_key(figure, problem, list(by_head.columns))
    return figure


def _stack(axis: Axes, problem: Problem, by_head: pd.DataFrame, excluded: set[str]) -> None:
    places, left = np.arange(len(by_head), dtype=float), np.zeros(len(by_head))
    for number, head in enumerate(by_head.columns):
        width = 100 * by_head[head].to_numpy()
        colour, hatch = PALETTE[number % len(PALETTE)], HATCHES[number % len(HATCHES)]
        axis.barh(places, width, left=left, color=colour, edgecolor="white", hatch=hatch, height=0.72, alpha=0.9)
        for place, part, start in zip(places, width, left, strict=True):
            if part >= 3:
                axis.text(start + part / 2, place, f"{part:.0f}", ha="center", va="center", fontsize=8, color=INK,
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85})  # fmt: skip
        left = left + width
    for place, total in zip(places, left, strict=True):
        axis.text(total + 0.8, place, f"{total:.0f}", va="center", fontweight="bold", color=INK)
    names = [_option(problem, option, 46) + (EXCLUDED if option in excluded else "") for option in by_head.index]
    axis.set_yticks(places, names)
    _finish_stack(axis, max(left), f" ({EXCLUDED.strip()} excluded by the floor)" if excluded else "")


def _finish_stack(axis: Axes, longest: float, note: str) -> None:
    axis.invert_yaxis()
    axis.set_xlim(0, longest * 1.08)
    axis.set_xlabel(f"additive score, points of 100{note}")
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.tick_params(axis="y", length=0)


def _option(problem: Problem, option: str, most: int) -> str:
    """Return an option's label and id for an axis."""
    mark = ", baseline" if option == problem.frame.baseline else ""
    return f"{_short(problem.labels[option], most)} ({option}{mark})"


def _head_key(figure: Figure, problem: Problem, heads: Sequence[str]) -> None:
    """Say which pattern is which head: patterns and colours together, in the order of the bar."""
    handles = [
        Patch(facecolor=PALETTE[number % len(PALETTE)], hatch=HATCHES[number % len(HATCHES)], edgecolor="white",
              label=_short(problem.criterion(head).label))
        for number, head in enumerate(heads)
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, handlelength=2.2)


def value_strip(problem: Problem) -> Figure:
    """Return the values, options x leaves, as a strip: 0 the worst anchor, 100 the best; every cell has its number."""
    values = 100 * problem.values
    with rc_context(STYLE):
        figure, (axis,) = _figure(0.52 * len(problem.leaves) + 4.2, 0.36 * len(values) + 2.6)
        axis.imshow(values, cmap=_blues(), aspect="auto", vmin=0, vmax=100)
        for row, column in np.ndindex(values.shape):
            number = values.iat[row, column]
            axis.text(column, row, f"{number:.0f}", ha="center", va="center", color="white" if number > 45 else INK)
        leaves = [f"{leaf.key} {_short(leaf.label, 30)}" for leaf in problem.leaves]
        axis.set_xticks(range(len(leaves)), leaves, rotation=40, ha="left", rotation_mode="anchor")
        axis.xaxis.tick_top()
        axis.set_yticks(range(len(values)), [_option(problem, option, 40) for option in values.index])
        axis.set_xlabel("value at the best estimate: 0 worst anchor, 100 best anchor", color=INK)
        axis.tick_params(length=0)
        axis.spines[:].set_visible(False)
    return figure


def ranks_alternative(without: pd.DataFrame, screened: pd.DataFrame | None) -> str:
    """Return the alternative text of `ranks_by_holder`: who is first for whom."""
    told = [f"{holder}: first {', '.join(without.index[without[holder] == 1])}" for holder in without.columns]
    text = f"Ranks of {len(without)} options for {len(without.columns)} holders without a floor. {'; '.join(told)}."
    if screened is not None:
        told = [f"{holder}: first {', '.join(screened.index[screened[holder] == 1])}" for holder in screened.columns]
        text += f" With the floor. {'; '.join(told)}."
    return text


def contributions_alternative(ranking: Ranking) -> str:
    """Return the alternative text of `contribution_bars`: the scores in order."""
    told = [f"{option} {100 * score:.0f}" for option, score in ranking.table["score"].items()]
    scale = f"Additive scores of {len(told)} options, points of 100, weights of {ranking.holder}"
    return f"{scale}, best first: {', '.join(told)}."


def values_alternative(problem: Problem) -> str:
    """Return the alternative text of `value_strip`: each option's best and worst leaf."""
    told = [
        f"{option} best on {row.idxmax()} ({100 * row.max():.0f}), worst on {row.idxmin()} ({100 * row.min():.0f})"
        for option, row in problem.values.iterrows()
    ]  # fmt: skip
    return f"Values of options on every leaf, 0 to 100. {'; '.join(told)}."

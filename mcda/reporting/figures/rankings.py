"""Figures of who comes first and why.

They show scores, what each trade-off adds, what makes a lead, and ranks side by side.
"""

from __future__ import annotations

from collections import Counter
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
from mcda.methods.ranking import Ranking
from mcda.methods.ranks import competition_ranks
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.canvas import (
    BLUE,
    CLEAR,
    GREY,
    HATCHES,
    PALE,
    PALETTE,
    RED,
    RULE,
    SKY,
    SMALL,
    basis,
    canvas,
    column_names,
    leaf_name,
    option_name,
    shortened,
    tell,
    wrapped,
)
from mcda.reporting.figures.strips import (
    ROW,
    UNDER_AXIS,
    column_inches,
    places,
    row_inches,
    strip,
    strip_texts,
    tell_many,
)
from mcda.uncertainty.smaa.robustness import Robustness

EXCLUDED = " †"
WIDE = 9.5  # inches: labels beside the bars stay in one line
MINOR = 0.5  # points: what adds less to a lead is drawn together


def scores(
    problem: Problem,
    ranking: Ranking,
    drawn: Robustness | pd.DataFrame | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw the scores of a ranking, best first, with their bands.

    Options in one band are too close to call. drawn: a result over draws, or options x at least
    "5%" and "95%": the interval of each score over the draws. Without it, or where nothing was
    drawn, there is no line.
    """
    table = ranking.table.head(SHOWN)
    spread, draws = _lines(drawn)
    with canvas(axes, WIDE, 1.5 + ROW * len(table)) as axes:
        tell_many(axes, len(ranking.table), below=UNDER_AXIS)
        down = places(table["band"].tolist())
        for band, start, end in _runs(table["band"].tolist(), down):
            color = PALE if band % 2 else "white"
            axes.axhspan(start - 0.55, end + 0.55, color=color, linewidth=0, zorder=0)
            if ranking.band_width:
                axes.text(
                    1.012,
                    (start + end) / 2,
                    words.told("scores.band", band=band),
                    va="center",
                    fontsize=SMALL,
                    color=GREY,
                    transform=axes.get_yaxis_transform(),
                )
        for option, y in zip(table.index, down, strict=True):
            spread_of_option = None if spread is None else spread.loc[option]
            _score(axes, table.loc[option], y, spread_of_option)
        axes.set_yticks(down, [option_name(problem, option) for option in table.index])
        axes.set_ylim(down[-1] + 0.6, -0.7)
        _finish_scores(axes, ranking, draws)
        tell(axes, *_scores_told(problem, ranking, spread))
    return axes


def _lines(drawn: Robustness | pd.DataFrame | None) -> tuple[pd.DataFrame | None, str]:
    """Return the intervals of scores, and of which draws they are in words.

    There are none where nothing was drawn.
    """
    if not isinstance(drawn, Robustness):
        return drawn, "" if drawn is None else words.told("scores.given")
    if not drawn.drawn:
        return None, ""
    draws = words.counted(drawn.rests_on["quantiles"], "draw")
    sentence = words.told("drawn.draws", draws=draws, drawn=words.what_was_drawn(drawn))
    return drawn.scores, sentence


def _runs(bands: Sequence[int], down: np.ndarray) -> list[tuple[int, float, float]]:
    """Return each band with the places of its first and last option.

    A band that is interrupted comes again.
    """
    runs: list[tuple[int, float, float]] = []
    for band, y in zip(bands, down, strict=True):
        if runs and runs[-1][0] == band:
            runs[-1] = (band, runs[-1][1], y)
        else:
            runs.append((band, y, y))
    return runs


def _score(axes: Axes, row: pd.Series, y: float, spread: pd.Series | None) -> None:
    first = row["rank"] == 1
    colour = RED if first else BLUE
    if spread is not None:
        axes.plot(
            [spread["5%"], spread["95%"]],
            [y] * 2,
            color=colour,
            linewidth=2.2,
            alpha=0.55,
            zorder=2,
        )
    marker = "D" if first else "o"
    axes.plot([row["score"]], [y], marker=marker, markersize=7, color=colour, zorder=3)
    fontweight = "bold" if first else "normal"
    axes.annotate(
        fixed(row["score"], 2),
        (row["score"], y),
        (0, 7),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
        fontweight=fontweight,
    )


def _finish_scores(axes: Axes, ranking: Ranking, draws: str) -> None:
    axes.margins(x=0.06)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    about = words.told("scores.axis", basis=basis(ranking))
    label = words.told("scores.lines", about=about, draws=draws) if draws else about
    axes.set_xlabel(label)


def _scores_told(
    problem: Problem, ranking: Ranking, spread: pd.DataFrame | None
) -> tuple[str, str]:
    table = ranking.table
    close = [option for option in table.index[table["band"] == 1] if option not in ranking.leaders]
    lead = _leading([option_name(problem, option, 60) for option in ranking.leaders])
    behind = table[table["rank"] > 1]
    rest = ""
    if close and ranking.band_width:
        rest = words.told("scores.close", options=words.listed(close), width=ranking.band_width)
    elif len(behind):
        rest = words.told("scores.ahead", option=behind.index[0], score=behind["score"].iloc[0])
    parts = words.told("join.comma").join(
        f"{option} {fixed(row['score'], 2)}"
        + ("" if spread is None else f" ({_interval(spread.loc[option])})")
        for option, row in table.iterrows()
    )
    return (
        words.told("scores.finding", lead=lead, score=table["score"].iloc[0], rest=rest),
        words.told(
            "scores.alternative",
            options=len(table),
            method=words.method_name(ranking.method),
            parts=parts,
        ),
    )


def _interval(row: pd.Series) -> str:
    return words.told("scores.interval", low=row["5%"], high=row["95%"])


def _leading(options: Sequence[str]) -> str:
    """Return that options lead, or tie, to be followed by with what or for whom."""
    key = "scores.leads" if len(options) == 1 else "scores.tie"
    return words.told(key, options=words.listed(options))


def ranks_by_holder(
    problem: Problem,
    without: pd.DataFrame,
    screened: pd.DataFrame | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw ranks as a strip of numbers, holders down, options across.

    The strip without a floor is above the strip with one. without, screened: options x holders,
    blank where an option is excluded. First place is the darkest.
    """
    tables = {words.told("ranks_by_holder.without"): without}
    tables |= {} if screened is None else {words.told("ranks_by_holder.screened"): screened}
    ranked = pd.concat(tables.values(), axis="columns").T.to_numpy(dtype=float, na_value=np.nan)
    texts = strip_texts(ranked, lambda rank: "–" if np.isnan(rank) else fixed(rank))
    groups = [name for name, table in tables.items() for _ in table.columns]
    down = places(groups, gap=1.0)
    with canvas(
        axes, 2.6 + column_inches(len(without)), row_inches(len(ranked), 0.3) + 2.2
    ) as axes:
        strip(
            axes,
            _rank_shades(ranked, len(problem.options)),
            texts,
            [shortened(holder) for table in tables.values() for holder in table.columns],
            column_names(problem, without.index),
            down=down,
        )
        for name, y in zip(groups, down[:SHOWN], strict=False):
            if y == down[groups.index(name)] and len(tables) > 1:
                axes.text(-0.5, y - 0.6, name, fontsize=8.5, fontweight="bold")
        axes.set_ylim(down[:SHOWN][-1] + 0.5, -0.5 - 0.6 * (len(tables) > 1))
        key = "ranks_by_holder.axis" if screened is None else "ranks_by_holder.axis_screened"
        axes.set_xlabel(words.told(key))
        tell(axes, *_ranks_told(without, screened))
    return axes


def _rank_shades(ranks: np.ndarray, most: int) -> np.ndarray:
    """Return shades of ranks: first is the darkest by far, for it is what is looked for."""
    return np.where(ranks == 1, 1.0, 0.5 * (most - ranks) / max(most - 1, 1))


def _ranks_told(without: pd.DataFrame, screened: pd.DataFrame | None) -> tuple[str, str]:
    text = words.told(
        "ranks_by_holder.alternative",
        options=len(without),
        holders=len(without.columns),
        firsts=_firsts(without),
    )
    if screened is None:
        return words.told("ranks_by_holder.finding", leads=_leads(without)), text
    return (
        words.told("ranks_by_holder.both", without=_leads(without), screened=_leads(screened)),
        f"{text} {words.told('ranks_by_holder.floor', firsts=_firsts(screened))}",
    )


def _leads(table: pd.DataFrame) -> str:
    """Return who leads for how many holders, by id, the most frequent leader first."""
    counts = Counter(tuple(table.index[table[holder] == 1]) for holder in table.columns)
    return words.told("join.comma").join(
        words.told(
            "ranks_by_holder.for" if number else "ranks_by_holder.most",
            lead=_leading(leaders),
            count=count,
            holders=len(table.columns),
        )
        for number, (leaders, count) in enumerate(counts.most_common())
    )


def _firsts(table: pd.DataFrame) -> str:
    return words.joined(_first(holder, table.index[table[holder] == 1]) for holder in table.columns)


def _first(by: str, options: Sequence[str]) -> str:
    return words.told(
        "ranks_by_holder.first", by=by, options=words.told("join.comma").join(options)
    )


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
    with canvas(axes, WIDE, 2.0 + 0.42 * len(drawn)) as axes:
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
    below = offset_copy(axes.transAxes, axes.get_figure(root=True), y=-40, units="points")
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.4, 0),
        bbox_transform=below,
        fontsize=8,
        ncols=min(len(heads), 5),
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
    each = words.told("join.comma").join(f"{option} {fixed(one)}" for option, one in score.items())
    return (
        words.told(
            "contribution_bars.finding",
            lead=_leading(leaders),
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
    points = (100 * contributions["contribution"]).rename(lambda key: leaf_name(problem, key, 46))
    parts = _steps_of_lead(points)
    shown = pd.Series(whole_parts(parts, 1), parts.index, dtype=float)
    start = 100 * float((contributions["weight"] * contributions[second]).sum())
    with canvas(axes, WIDE, 1.9 + 0.33 * (len(parts) + 2)) as axes:
        ends = start + parts.cumsum().to_numpy()
        starts = np.concatenate([[start], ends])[: len(parts)]
        for row, (part, text, left) in enumerate(zip(parts, shown, starts, strict=True), start=1):
            _step(axes, row, left, part, text)
        end = rounded(start + parts.sum(), 1)
        _total(axes, 0, start, end - shown.sum())
        _total(axes, len(parts) + 1, start + parts.sum(), end)
        rows = [option_name(problem, second), *parts.index, option_name(problem, first)]
        _finish_waterfall(axes, rows, np.array([start, start + parts.sum(), *ends]))
        tell(axes, *_lead_told(shown[points.index[points.abs() >= MINOR]], shown, first, second))
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
    axes.annotate(
        fixed(shown, 1, sign=True).replace("-", "−"),
        (left + part, row),
        (4 if gain else -4, 0),
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
    side = "ties" if abs(lead) < 0.05 else "ahead" if lead > 0 else "behind"
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


def rank_flow(problem: Problem, compared: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw how ranks move from method to method, with a line for each option.

    Options that are first somewhere have darker lines. compared: as `mcda.compare` returns it,
    options x methods.
    """
    ranked = compared.drop(columns="label", errors="ignore").astype(float)
    leaders = list(ranked.index[(ranked == 1).any(axis=1)])
    with canvas(axes, WIDE + 0.9 * max(0, ranked.shape[1] - 4), 1.9 + 0.38 * len(ranked)) as axes:
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
        tell(axes, *_flow_told(ranked))
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


def _flow_told(ranked: pd.DataFrame) -> tuple[str, str]:
    firsts = {method: tuple(ranked.index[ranked[method] == 1]) for method in ranked.columns}
    counts = Counter(firsts.values())
    who = words.told("join.comma").join(
        words.told("rank_flow.who", options=words.listed(options), count=count)
        for options, count in counts.most_common()
    )
    moves = (ranked.max(axis=1) - ranked.min(axis=1)).sort_values(ascending=False, kind="stable")
    key = "rank_flow.moved" if moves.iloc[0] else "rank_flow.still"
    moved = words.told(
        key,
        option=moves.index[0],
        ranks=moves.iloc[0],
    )
    parts = words.joined(
        _first(words.method_name(str(method)), first) for method, first in firsts.items()
    )
    return (
        words.told("rank_flow.finding", methods=len(firsts), who=who, moved=moved),
        words.told("rank_flow.alternative", options=len(ranked), methods=len(firsts), parts=parts),
    )

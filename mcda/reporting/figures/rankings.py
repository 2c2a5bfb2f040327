"""Figures of who comes first: scores with their bands, and ranks by holder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import fixed
from mcda.methods.ranking import Ranking
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    GREY,
    PALE,
    RED,
    RULE,
    SMALL,
    basis,
    canvas,
    column_names,
    option_name,
    shortened,
    tell,
)
from mcda.reporting.figures.drawing.strips import (
    ROW,
    UNDER_AXIS,
    places,
    row_inches,
    strip,
    strip_inches,
    strip_texts,
    tell_many,
)

if TYPE_CHECKING:  # a chart of a table is drawn without what counts draws
    from mcda.uncertainty.smaa.robustness import Robustness

EXCLUDED = " †"


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
    with canvas(axes, ACROSS, 1.5 + ROW * len(table)) as axes:
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
    if drawn is None:
        return None, ""
    if isinstance(drawn, pd.DataFrame):
        return drawn, words.told("scores.given")
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
    near = [option for option in table.index[table["band"] == 1] if option not in ranking.leaders]
    close = [problem.name_of(str(option)) for option in near]
    lead = leaders_said([problem.name_of(option) for option in ranking.leaders])
    behind = table[table["rank"] > 1]
    rest = ""
    if close and ranking.band_width:
        rest = words.told("scores.close", options=words.listed(close), width=ranking.band_width)
    elif len(behind):
        second = problem.name_of(str(behind.index[0]))
        rest = words.told("scores.ahead", option=second, score=behind["score"].iloc[0])
    parts = []
    for option, row in table.iterrows():
        within = "" if spread is None else f" ({_interval(spread.loc[option])})"
        parts.append(f"{problem.name_of(str(option))} {fixed(row['score'], 2)}{within}")
    return (
        words.told("scores.finding", lead=lead, score=table["score"].iloc[0], rest=rest),
        words.told(
            "scores.alternative",
            options=len(table),
            method=words.method_name(ranking.method),
            parts=words.told("join.comma").join(parts),
        ),
    )


def _interval(row: pd.Series) -> str:
    return words.told("scores.interval", low=row["5%"], high=row["95%"])


def leaders_said(options: Sequence[str]) -> str:
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
    with canvas(axes, strip_inches(2.6, len(without)), row_inches(len(ranked), 0.3) + 2.2) as axes:
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
        passing = None if screened is None else screened.rename(problem.name_of)
        tell(axes, *_ranks_told(without.rename(problem.name_of), passing))
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
    """Return who leads for how many holders, by name, the most frequent leader first."""
    counts = Counter(tuple(table.index[table[holder] == 1]) for holder in table.columns)
    holders = len(table.columns)
    parts = list[str]()
    for leaders, count in counts.most_common():
        key = "ranks_by_holder.for" if parts else "ranks_by_holder.most"
        parts.append(words.told(key, lead=leaders_said(leaders), count=count, holders=holders))
    return words.told("join.comma").join(parts)


def _firsts(table: pd.DataFrame) -> str:
    return words.joined(_first(holder, table.index[table[holder] == 1]) for holder in table.columns)


def _first(by: str, options: Sequence[str]) -> str:
    return words.told(
        "ranks_by_holder.first", by=by, options=words.told("join.comma").join(options)
    )

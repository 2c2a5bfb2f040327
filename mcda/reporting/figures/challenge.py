"""Figures of what would change the answer.

They show weights and estimates that move the lead, futures, and what is worth knowing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.significant_digits import digits, fixed
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    CLEAR,
    GREY,
    INK,
    ORANGE,
    RED,
    RULE,
    SKY,
    SMALL,
    basis,
    canvas,
    column_names,
    leaf_name,
    plain_name,
    shortened,
    tell,
    wrapped,
)
from mcda.reporting.figures.drawing.strips import places, strip, strip_inches, strip_texts
from mcda.sensitivity.information.expected_value import Worth
from mcda.sensitivity.scenarios.regret import EVEN, Regret
from mcda.sensitivity.switching.switching_scores import SwitchingEstimates
from mcda.sensitivity.switching.switching_weights import SwitchingWeights

LETTER = 1.5  # percent of weight: how wide a letter of a name is
HALF = 50.0  # percent of weight: a name right of it goes to the left, and stays in the picture
FLOORED = 0.12  # of the span of the leads: how far past them a bar goes where a floor excludes
TALL = 0.42  # inches of a row whose name has three lines
ROW_LETTERS = 44  # of a name on one line beside the bars
MOST = 12  # bars: beyond these nothing can be seen, and how many are left out is said


def switching_intervals(
    problem: Problem, found: SwitchingWeights, axes: Axes | None = None
) -> Axes:
    """Draw for each weight the interval in which the leader stays, and who leads beyond it.

    Weights are those of heads and leaves. found: as `mcda.switching_weights` returns it.
    """
    table = found.table.loc[
        [criterion.key for criterion in problem.criteria if criterion.key in found.table.index]
    ]
    down = places([problem.top(str(key)) for key in table.index])
    with canvas(axes, ACROSS, 1.7 + 0.3 * len(table)) as axes:
        for (key, row), y in zip(table.iterrows(), down, strict=True):
            _interval(axes, row, y)
            crossings = found.crossings[found.crossings["criterion"] == key]
            _crossings(axes, problem, crossings, float(row["weight"]), y)
        _finish(
            axes,
            [wrapped(leaf_name(problem, str(key)), ROW_LETTERS, 2) for key in table.index],
            down,
            words.told("switching_intervals.axis", basis=basis(found)),
        )
        for name, level in zip(axes.get_yticklabels(), table["level"], strict=True):
            weight = "bold" if level == "head" else "normal"
            name.set_fontweight(weight)
        axes.set_xlim(-1, 101)
        tell(axes, found.finding, _intervals_told(problem, found, table))
    return axes


def _interval(axes: Axes, row: pd.Series, y: float) -> None:
    axes.plot([0, 100], [y, y], color=RULE, linewidth=0.8, zorder=1)
    axes.plot(
        [100 * row["low"], 100 * row["high"]],
        [y, y],
        color=SKY,
        linewidth=5,
        zorder=2,
        solid_capstyle="butt",
    )
    axes.plot(
        [100 * row["weight"]],
        [y],
        marker="o",
        markersize=5.5,
        color="white",
        markeredgecolor=BLUE,
        markeredgewidth=1.6,
        zorder=4,
    )


def _crossings(
    axes: Axes, problem: Problem, crossings: pd.DataFrame, weight: float, y: float
) -> None:
    """Draw where another option takes the lead, and name it above its line where there is room.

    On each side of the stated weight the nearest is named first.
    """
    named: list[tuple[float, float]] = []
    away = (crossings["weight"] - weight).abs()
    for row in crossings.loc[away.sort_values(kind="stable").index].itertuples():
        at = 100 * float(row.weight)
        axes.plot([at, at], [y - 0.28, y + 0.28], color=RED, linewidth=1.8, zorder=3)
        option = row.after if row.weight >= weight else row.before
        name = shortened(words.then_leads(problem, option), 40)
        ha = "left" if at < HALF else "right"
        reach = LETTER * len(name) * (1 if ha == "left" else -1)
        span = (min(at, at + reach), max(at, at + reach))
        if all(span[1] < left or right < span[0] for left, right in named):
            named.append(span)
            offset = 3 if ha == "left" else -3
            axes.annotate(
                name,
                (at, y),
                (offset, 3.5),
                textcoords="offset points",
                zorder=5,
                va="bottom",
                ha=ha,
                fontsize=SMALL,
            )


def _intervals_told(problem: Problem, switching: SwitchingWeights, table: pd.DataFrame) -> str:
    parts = words.joined(_interval_told(problem, str(key), row) for key, row in table.iterrows())
    return words.told(
        "switching_intervals.alternative", method=words.method_name(switching.method), parts=parts
    )


def _interval_told(problem: Problem, key: str, row: pd.Series) -> str:
    sentence = words.told(
        "switching_intervals.weight", key=plain_name(problem, key), weight=row["weight"]
    )
    for turn in (row["falls"], row["rises"]):
        if turn is not None:
            where = words.turning(turn)
            sentence += words.told(
                "switching_intervals.turn", turn=where, option=words.then_leads(problem, turn.then)
            )
    return sentence


def tornado(problem: Problem, found: SwitchingEstimates, axes: Axes | None = None) -> Axes:
    """Draw how far each estimate moves the lead through its own range, the widest first.

    Beyond zero another option leads. found: as `mcda.switching_estimates` returns it. The numbers
    at the ends are the estimate's own.
    """
    table = found.table.iloc[:MOST]
    down = np.arange(len(table), dtype=float)
    reach = _reach(table, found.lead)
    with canvas(axes, ACROSS, 1.9 + TALL * len(table)) as axes:
        for (_, row), y in zip(table.iterrows(), down, strict=True):
            _swing(axes, row, y, "low", found.lead, reach)
            _swing(axes, row, y, "high", found.lead, reach)
        axes.axvline(float(np.clip(found.lead, *reach)), color=GREY, linewidth=0.8)
        axes.axvline(0, color=RED, linewidth=1.4, linestyle="--")
        axes.annotate(
            words.told("tornado.beyond"),
            (0, 0),
            (-4, 4),
            xycoords=axes.get_xaxis_transform(),
            fontsize=SMALL,
            textcoords="offset points",
            ha="right",
            color=RED,
        )
        axes.margins(x=0.12)
        names = [_estimate_row(problem, str(key), unit) for key, unit in table["unit"].items()]
        _finish(axes, names, down, _tornado_label(problem, found, table))
        axes.tick_params(axis="y", labelsize=SMALL)
        tell(axes, found.finding, _tornado_told(problem, found, table))
    return axes


def _estimate_row(problem: Problem, key: str, unit: str) -> str:
    """Return an estimate's name with its unit, on as many lines as a row has."""
    *above, last = wrapped(words.estimate_name(problem, key), ROW_LETTERS, 2).split("\n")
    with_unit = words.told("tornado.row", name=last, unit=unit)
    if len(with_unit) <= ROW_LETTERS:
        return "\n".join([*above, with_unit])
    return "\n".join([*above, last, shortened(unit, ROW_LETTERS)])


def _reach(table: pd.DataFrame, lead: float) -> tuple[float, float]:
    """Return how far bars go at most: a little past the finite leads, where a floor excludes."""
    leads = [*table["lead_at_low"], *table["lead_at_high"], lead, 0.0]
    finite = [number for number in leads if np.isfinite(number)]
    beyond = FLOORED * (max(finite) - min(finite))
    return min(finite) - beyond, max(finite) + beyond


def _swing(
    axes: Axes, row: pd.Series, y: float, end: str, lead: float, reach: tuple[float, float]
) -> None:
    low = end == "low"
    opposite = "high" if low else "low"
    leads = [lead, row[f"lead_at_{end}"], row[f"lead_at_{opposite}"]]
    start, reached, other = np.clip(leads, *reach).tolist()
    hatch = "" if low else "//"
    facecolor = BLUE if low else ORANGE
    axes.barh(
        y,
        reached - start,
        left=start,
        height=0.62,
        facecolor=facecolor,
        linewidth=0,
        hatch=hatch,
        edgecolor="white",
    )
    right = reached > other or (reached == other and not low)
    excluded = words.told("tornado.excluded") if np.isneginf(row[f"lead_at_{end}"]) else ""
    ha = "left" if right else "right"
    offset = 3 if right else -3
    axes.annotate(
        words.figure(row[end]) + excluded,
        (reached, y),
        (offset, 0),
        va="center",
        textcoords="offset points",
        ha=ha,
        fontsize=SMALL,
        bbox=CLEAR,
    )


def _tornado_label(problem: Problem, switching: SwitchingEstimates, table: pd.DataFrame) -> str:
    leaders = words.listed(shortened(problem.name_of(one)) for one in switching.leaders)
    left = len(switching.table) - len(table)
    rest = words.told("tornado.rest", count=left) if left else ""
    return words.told("tornado.axis", leaders=leaders, rest=rest, basis=basis(switching))


def _tornado_told(problem: Problem, switching: SwitchingEstimates, table: pd.DataFrame) -> str:
    parts = words.joined(
        words.told(
            "tornado.estimate",
            name=words.estimate_name(problem, str(key)),
            low=words.figure(row["low"]),
            high=words.figure(row["high"]),
            unit=row["unit"],
            at_low=_lead_told(row["lead_at_low"]),
            at_high=_lead_told(row["lead_at_high"]),
        )
        + _turn_told(problem, row)
        for key, row in table.iterrows()
    )
    return words.told(
        "tornado.alternative",
        leaders=words.listed(map(problem.name_of, switching.leaders)),
        lead=_lead_told(switching.lead),
        parts=parts,
    )


def _lead_told(lead: float) -> str:
    """Return a lead; a floor that excludes the leader, or all others, in words."""
    if np.isfinite(lead):
        return words.told("tornado.lead", lead=lead)
    key = "tornado.no_lead" if lead < 0 else "tornado.no_rival"
    return words.told(key)


def _turn_told(problem: Problem, row: pd.Series) -> str:
    """Return where on its range the lead changes hands, and to whom; blank where it doesn't."""
    if row["threshold"] is None:
        return ""
    return words.told(
        "tornado.turn",
        turn=words.turning(row["threshold"]),
        option=words.then_leads(problem, row["then_leads"]),
    )


def regret_by_scenario(problem: Problem, found: Regret, axes: Axes | None = None) -> Axes:
    """Draw the regret of each option in each state of each scenario; dark is worse.

    The largest regret over all futures is beside it. found: as `mcda.regret` returns it; the
    options with the smallest largest regret come first.
    """
    options = list(found.options.index)
    regrets = found.states.pivot_table(
        index=["label", "state"], columns="option", values="regret", sort=False
    )[options]
    largest = found.options["max_regret"].to_frame().T
    numbers = np.vstack([regrets.to_numpy(), largest.to_numpy(dtype=float)])
    down = places([*regrets.index.get_level_values(0), "all"])
    rows = [shortened(f"{label}: {state}", 76) for label, state in regrets.index]
    with canvas(axes, strip_inches(3.4, len(options)), 2.3 + 0.3 * len(numbers)) as axes:
        texts = strip_texts(numbers, lambda number: fixed(100 * number))
        last = words.told("regret_by_scenario.largest", futures=len(found.scores))
        strip(
            axes,
            numbers / (numbers.max() or 1.0),
            texts,
            [*rows, last],
            column_names(problem, options),
            down=down,
        )
        axes.set_xlabel(words.told("regret_by_scenario.axis", basis=basis(found)))
        tell(axes, *_regret_told(problem, found))
    return axes


def _regret_told(problem: Problem, regret: Regret) -> tuple[str, str]:
    least = str(regret.options.index[0])
    row = regret.options.iloc[0]
    key = "never" if row["max_regret"] <= EVEN else "finding"
    finding = words.told(
        f"regret_by_scenario.{key}",
        option=problem.name_of(least),
        regret=digits(row["max_regret"], 2),
        share=row["leads"],
        futures=len(regret.scores),
    )
    parts = words.joined(
        f"{problem.name_of(str(option))} {fixed(row['max_regret'], 2)} ({row['worst_future']})"
        for option, row in regret.options.iterrows()
    )
    return finding, words.told(
        "regret_by_scenario.alternative", finding=regret.finding, parts=parts
    )


def value_of_information(
    worths: Mapping[str, Worth],
    whole: Worth,
    unit: str,
    axes: Axes | None = None,
    *,
    drawn: str = "",
) -> Axes:
    """Draw the worth of knowing each thing before choosing, the most first.

    Beside it is the worth of knowing everything. worths: as `mcda.evppi` returns them, by name;
    whole: as `mcda.evpi` does; unit: that of the payoffs; drawn: how many draws these rest on and
    of what, as in `mcda.reporting.language.draws_of`; without it their number alone.
    """
    shown = _most_worth(worths)[:MOST]
    bars = {words.told("value_of_information.everything"): whole} | {
        name: worths[name] for name in shown
    }
    down = places([True, *(False for _ in shown)])
    with canvas(axes, ACROSS, 1.8 + 0.33 * len(bars)) as axes:
        for worth, y in zip(bars.values(), down, strict=True):
            facecolor = GREY if worth is whole else BLUE
            axes.barh(y, worth, height=0.62, facecolor=facecolor, linewidth=0)
            reach = 1.96 * worth.standard_error
            axes.plot([max(worth - reach, 0.0), worth + reach], [y, y], color=INK, linewidth=1.2)
            axes.annotate(
                words.told("value_of_information.change", share=worth.change),
                (worth + reach, y),
                (5, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
            )
        left = len(worths) - len(shown)
        rest = words.told("value_of_information.rest", count=left) if left else ""
        rests_on = drawn or words.counted(whole.draws, "draw")
        label = words.told("value_of_information.axis", unit=unit, rest=rest, draws=rests_on)
        _finish(axes, [shortened(name, 58) for name in bars], down, label)
        axes.set_xlim(
            0,
            1.32
            * max((worth + 1.96 * worth.standard_error for worth in bars.values()), default=1.0)
            or 1,
        )
        tell(axes, *_worth_told(worths, whole, unit))
    return axes


def _most_worth(worths: Mapping[str, Worth]) -> list[str]:
    """Return the names of what is worth something, the most first.

    Before all others come those that are told apart from 0.
    """
    some = [name for name in worths if worths[name] > 0]
    return sorted(some, key=lambda name: (worths[name].low <= 0, -worths[name]))


def _worth_told(worths: Mapping[str, Worth], whole: Worth, unit: str) -> tuple[str, str]:
    most = _most_worth(worths)
    if most and worths[most[0]].low > 0:
        best = worths[most[0]]
        finding = words.told(
            "value_of_information.finding", name=most[0], share=best.change, part=best / whole
        )
    elif worths:
        least = min(max(worth.high for worth in worths.values()), whole.high)
        finding = words.told(
            "value_of_information.unclear", most=digits(least, 2, up=True), unit=unit
        )
    else:
        finding = words.told("value_of_information.nothing")
    parts = words.joined(
        words.told(
            "value_of_information.one",
            name=name,
            worth=words.estimated(worths[name], worths[name].standard_error),
        )
        for name in most[:MOST]
    )
    told = words.estimated(whole, whole.standard_error)
    return finding, words.told(
        "value_of_information.alternative", unit=unit, whole=told, parts=parts
    )


def _finish(axes: Axes, rows: list[str], down: np.ndarray, label: str) -> None:
    axes.set_yticks(down, rows)
    lowest = down[-1] if len(down) else 0.0
    axes.set_ylim(lowest + 0.7, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)

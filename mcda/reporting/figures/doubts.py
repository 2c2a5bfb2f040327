"""Figures of what an answer depends on.

They show the smallest change, floors, other options, choices of method, and where it fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.significant_digits import fixed, parts
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    CLEAR,
    GREY,
    INK,
    PALETTE,
    RED,
    RULE,
    SKY,
    SMALL,
    basis,
    canvas,
    shortened,
    tell,
)
from mcda.reporting.figures.drawing.option_bars import key
from mcda.sensitivity.comparison.diff import Diff, group_name
from mcda.sensitivity.comparison.rank_reversal import RankReversal
from mcda.sensitivity.scenarios.discovery import Discovery
from mcda.sensitivity.scenarios.multiverse import Multiverse
from mcda.sensitivity.smallest_change.certificate import Fragility
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.switching.floor_curve import FloorCurve
from mcda.sensitivity.switching.switching_scores import SwitchingScores

ROW = 0.36  # inches
NAMED = 56  # characters of a name
UNDER_LABEL = 50.0  # points: how far below its steps the key of a picture stands
MOST = 6  # scores that are drawn


def switching_scores(problem: Problem, found: SwitchingScores, axes: Axes | None = None) -> Axes:
    """Draw the scores that change who leads inside their own range, the closest first.

    A line goes from the present score to the one that changes who leads.
    """
    turns = (found.table["reach"] == "within its range") & found.table["threshold"].notna()
    table = found.table[turns].sort_values("share", kind="stable")
    units = {leaf.key: leaf for leaf in problem.leaves}
    rows = [
        {
            "label": units[key].label,
            "option": option,
            "before": row["performance"],
            "after": row["switch"],
            "threshold": row["threshold"],
            "low": row["low"],
            "high": row["high"],
            "unit": units[key].unit,
        }
        for (option, key), row in table.head(MOST).iterrows()
    ]
    left = len(table) - MOST
    rest = words.told("switching_scores.rest", count=left) if left > 0 else ""
    finding = words.told("switching_scores.finding", count=len(table), scores=len(found.table))
    return _ranges(
        [(_number(problem, row), row) for row in rows], rest, finding, found.finding, axes
    )


def smallest_change(
    problem: Problem, found: Mapping[str, Fragility], axes: Axes | None = None
) -> Axes:
    """Draw, for each kind of change, the numbers that move.

    Each is drawn on its own range, from where it is to where it goes.
    """
    rows = [
        (f"{kind}: {_number(problem, row)}", row)
        for kind, one in found.items()
        for row in one.changes.to_dict("records")
    ]
    first = next(iter(found.values()))
    leaders = leaders_in(problem, first.then_leads) if first.then_leads else ()
    key = {0: "none", 1: "finding"}.get(len(leaders), "tied")
    finding = words.told(
        f"smallest_change.{key}",
        then=words.listed(map(problem.name_of, leaders)),
        leader=problem.name_of(first.leader),
        distance=first.distance,
    )
    sentences = " ".join(f"{kind.capitalize()}: {one.finding}" for kind, one in found.items())
    return _ranges(rows, "", finding, sentences, axes)


def _ranges(
    rows: Sequence[tuple[str, dict[str, Any]]],
    rest: str,
    finding: str,
    alternative: str,
    axes: Axes | None,
) -> Axes:
    """Draw numbers that move, a row each, on their own ranges side by side."""
    with canvas(axes, ACROSS, 1.9 + 0.5 * max(len(rows), 1)) as axes:
        for y, (_, row) in enumerate(rows):
            _moved(axes, row, y)
        axes.set_xlim(-8, 108)
        axes.set_xticks([0, 50, 100])
        _finish(axes, [name for name, _ in rows], words.told("smallest_change.axis", rest=rest))
        tell(axes, finding, alternative)
    return axes


def _moved(axes: Axes, row: dict[str, Any], y: int) -> None:
    low = row["low"]
    width = (row["high"] - row["low"]) or 1.0
    before, after = (100 * (row[end] - low) / width for end in ("before", "after"))
    axes.plot([0, 100], [y, y], color=RULE, linewidth=4, solid_capstyle="butt", zorder=1)
    axes.annotate(
        "",
        (after, y),
        (before, y),
        zorder=3,
        arrowprops={"arrowstyle": "-|>", "color": RED, "lw": 1.8, "shrinkA": 0, "shrinkB": 0},
    )
    axes.plot(
        [before],
        [y],
        marker="o",
        color="white",
        markeredgecolor=BLUE,
        markeredgewidth=1.6,
        zorder=4,
    )
    for at, number, side, offset in ((0, row["low"], "right", -4), (100, row["high"], "left", 4)):
        axes.annotate(
            words.figure(number),
            (at, y),
            (offset, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=SMALL,
            color=GREY,
        )
    turn = row["threshold"]
    text = words.told(
        "smallest_change.move",
        before=turn.now,
        turn=words.turning(turn),
        unit=shortened(row["unit"], 20),
    )
    axes.annotate(
        text,
        ((before + after) / 2, y),
        (0, 7),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
    )


def _number(problem: Problem, row: dict[str, Any]) -> str:
    if not row["option"]:
        return shortened(words.told("option.weight", label=row["label"]), NAMED)
    name = problem.name_of(row["option"])
    return shortened(words.told("option.estimate", label=row["label"], option=name), NAMED)


def floor_steps(problem: Problem, found: FloorCurve, axes: Axes | None = None) -> Axes:
    """Draw who leads behind every floor as a line of steps.

    The floor that the question proposes is marked.
    """
    leaders = list(dict.fromkeys(found.table["leaders"]))
    with canvas(axes, ACROSS, 2.9) as axes:
        colours = {}
        for number, leader in enumerate(leaders):
            colours[words.then_leads(problem, leader)] = PALETTE[number % len(PALETTE)]
            _lead_of(axes, found.table[found.table["leaders"] == leader], number)
        if found.proposed is not None:
            axes.axvline(found.proposed, color=INK, linewidth=1.4, linestyle="--")
            axes.annotate(
                words.told("floor_steps.proposed"),
                (found.proposed, -0.5),
                ha="center",
                va="top",
                fontsize=SMALL,
                bbox=CLEAR,
            )
        axes.set_ylim(-0.8, 0.4)
        axes.set_yticks([])
        key(axes, colours, below=UNDER_LABEL)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(
            words.told(
                "floor_steps.axis",
                label=shortened(found.label),
                unit=shortened(found.unit),
                basis=basis(found),
            )
        )
        turns = found.table[found.table["starts"].notna()]
        steps = words.joined(
            [
                words.told("floor_steps.loosest", leaders=words.then_leads(problem, leaders[0])),
                *(
                    words.told(
                        "floor_steps.step",
                        turn=words.turning(row["starts"]),
                        leaders=words.then_leads(problem, row["leaders"]),
                    )
                    for _, row in turns.iterrows()
                ),
            ]
        )
        tell(
            axes,
            words.told("floor_steps.finding", options=len(leaders), label=found.label),
            words.told("floor_steps.alternative", label=found.label, unit=found.unit, steps=steps),
        )
    return axes


def _lead_of(axes: Axes, steps: pd.DataFrame, number: int) -> None:
    """Draw the steps in which one option leads."""
    colour = PALETTE[number % len(PALETTE)]
    axes.barh(
        np.zeros(len(steps)),
        steps["to"] - steps["from"],
        left=steps["from"],
        height=0.5,
        facecolor=colour,
        edgecolor="white",
    )


def reversals(
    problem: Problem, found: Mapping[str, RankReversal], axes: Axes | None = None
) -> Axes:
    """Draw for each method how often tests change the order and the leader.

    The bars are the tests that change the order of some options, and those that change the leader.
    """
    counts = pd.DataFrame(
        {name: one.summary[["reversed", "leader_changes"]].sum() for name, one in found.items()}
    ).T
    run = int(next(iter(found.values())).summary["run"].sum())
    worst = str(counts["reversed"].idxmax())
    key = "reversals.finding" if counts["reversed"].any() else "reversals.none"
    finding = words.told(
        key,
        method=words.method_name(worst),
        tests=counts.loc[worst, "reversed"],
    )
    pairs = {
        words.method_name(str(name)): (row["reversed"], row["leader_changes"])
        for name, row in counts.iterrows()
    }
    return _pairs(pairs, words.told("reversals.axis", run=run), finding, 0, axes)


def variance_shares(problem: Problem, found: Multiverse, axes: Axes | None = None) -> Axes:
    """Draw how much of the disagreement about who leads each choice makes.

    The bars are the share it makes alone, and with its interactions.
    """
    rows = {}
    for group, row in found.groups.iterrows():
        name = words.told(f"choice_group.{group}")
        rows[words.told("variance_shares.all", group=name)] = row
    for choice, row in found.choices.iterrows():
        name = words.told(f"choice.{str(choice).replace(' ', '_')}")
        rows[f"{name} ({words.told('choice_group.' + row['group'])})"] = row
    pairs = {name: (100 * row["total"], 100 * row["first"]) for name, row in rows.items()}
    label = words.told("variance_shares.axis", combinations=found.combinations)
    return _pairs(pairs, label, found.finding, 0, axes)


def failing_box(problem: Problem, found: Discovery, axes: Axes | None = None) -> Axes:
    """Draw how often the leader fails inside the rule and elsewhere.

    It is also drawn for the half of the draws in which the rule wasn't found. Raises InputError
    where nothing was drawn.
    """
    if found.fails is None:
        raise NotApplicable(Fault("shares of draws", "something drawn", found.finding))
    box = found.box
    shares = {"all": found.fails}
    if box is not None:
        elsewhere = box.base * (1 - box.coverage) / (1 - box.support) if box.support < 1 else 0.0
        shares = {
            "rule": box.density,
            "other_half": box.held_out_density,
            "elsewhere": elsewhere,
            **shares,
        }
    pairs = {words.told(f"failing_box.{key}"): (100 * share, 0.0) for key, share in shares.items()}
    leader = words.then_leads(problem, found.leader)
    label = words.told("failing_box.axis", leader=leader)
    return _pairs(pairs, label, found.finding, 0, axes)


def explained_lead(problem: Problem, found: Diff, axes: Axes | None = None) -> Axes:
    """Draw how much of the new leader's gain on the old one each group of changes makes."""
    shown = parts(100 * found.lead, 1)
    pairs = {
        group_name(str(group)): (points, 0.0)
        for group, points in zip(found.lead.index, shown, strict=True)
    }
    return _pairs(pairs, words.told("explained_lead.axis"), found.finding, 1, axes)


def _pairs(
    pairs: Mapping[str, tuple[float, float]],
    label: str,
    finding: str,
    decimals: int,
    axes: Axes | None,
) -> Axes:
    """Draw rows of two bars, the second darker and inside the first, with their numbers."""
    nested = any(dark for _, dark in pairs.values())
    with canvas(axes, ACROSS, 1.7 + ROW * len(pairs)) as axes:
        for y, (light, dark) in enumerate(pairs.values()):
            axes.barh(y, light, height=0.62, facecolor=SKY, linewidth=0)
            axes.barh(y, dark, height=0.36, facecolor=BLUE, linewidth=0)
            text = (
                f"{fixed(light, decimals)} ({fixed(dark, decimals)})"
                if nested
                else fixed(light, decimals)
            )
            axes.annotate(
                text,
                (max(light, dark, 0), y),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
            )
        axes.margins(x=0.14)
        _finish(axes, [shortened(name, NAMED) for name in pairs], label)
        parts = words.joined(
            f"{name} {fixed(light, decimals)}, {fixed(dark, decimals)}"
            for name, (light, dark) in pairs.items()
        )
        tell(axes, finding, f"{label[0].upper()}{label[1:]}: {parts}.")
    return axes


def _finish(axes: Axes, rows: list[str], label: str) -> None:
    axes.set_yticks(np.arange(len(rows)), rows)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(label)

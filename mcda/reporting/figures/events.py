"""Figures of events: the chance that a bill is over an amount, and bills over the size of a loss."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.significant_digits import percent
from mcda.problem.events.events import Event
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    CLEAR,
    GREY,
    INK,
    PALE,
    RULE,
    SMALL,
    canvas,
    shortened,
    tell,
    wrapped,
)
from mcda.reporting.figures.drawing.option_bars import option_colours
from mcda.sensitivity.events.break_evens import bills_over_losses
from mcda.sensitivity.events.consequences import Consequences

HIGH = 4.2  # inches
UPRIGHT = 24  # letters along the upright axis, under a title of three lines and over a key of six
UPRIGHT_LINES = 3
NAMED = 34  # characters of an option's name
COLOURED = 6  # options beside the baseline: a seventh colour is too pale for a line
DASHES = ("-", "--", "-.", ":")  # a line is told by its dashes too
STEPS = 61  # losses along a line
KEYED = 3  # lines that a key of one column names
BEYOND = 2.0  # times a loss without a range, to which it is drawn
LITTLE = 1e-9  # of a share


def risk_profiles(found: Consequences, axes: Axes | None = None) -> Axes:
    """Draw with what chance the bill of each option is over an amount, a line an option.

    Draws of the facts and the ways in which events turn out count together.
    """
    table = found.profiles
    with canvas(axes, ACROSS, HIGH) as axes:
        for option, look in _looks(found).items():
            axes.plot(table.index, 100 * table[option], **look)
        axes.set_xlim(float(table.index.min()), float(table.index.max()))
        axes.set_ylim(0, 101)
        axes.set_xlabel(words.told("risk_profiles.x", unit=shortened(found.unit)))
        axes.set_ylabel(_beside(words.told("risk_profiles.y")))
        _key(axes)
        tell(axes, *_profiles_told(found))
    return axes


def bills_by_loss(found: Consequences, event: str = "", axes: Axes | None = None) -> Axes:
    """Draw the expected bill of each option as the loss from one event grows, a line an option.

    Where two lines cross is the break-even loss of the two; those with the baseline are marked.
    event: the first with one loss in money for all options, if not given. Raises NotApplicable
    where there is none.
    """
    problem = found.problem
    chosen = _event(problem, event)
    low, now, high = _sizes(problem, chosen)
    table = bills_over_losses(problem, chosen, np.linspace(0.0, high, STEPS))
    with canvas(axes, ACROSS, HIGH) as axes:
        axes.axvspan(low, high, color=PALE, zorder=0)
        axes.axvline(now, color=RULE, linewidth=1.0, zorder=1)
        for option, look in _looks(found).items():
            axes.plot(table.index, table[option], **look)
        _crossings(axes, found, chosen, high)
        axes.set_xlim(0, high)
        axes.set_ylim(bottom=min(0.0, float(table.to_numpy().min())))
        _name(axes, found, chosen, now)
        _key(axes)
        tell(axes, *_bills_told(found, chosen, now))
    return axes


def _name(axes: Axes, found: Consequences, event: Event, now: float) -> None:
    """Name both axes, and the best estimate of the loss."""
    about = {"event": shortened(event.name), "unit": shortened(found.unit)}
    axes.set_xlabel(words.told("bills_by_loss.x", **about))
    axes.set_ylabel(_beside(words.told("bills_by_loss.y", unit=about["unit"])))
    here = words.told("bills_by_loss.now")
    top = axes.get_ylim()[1]
    axes.text(now, top, here, fontsize=SMALL, color=GREY, ha="center", va="top", bbox=CLEAR)


def _beside(text: str) -> str:
    """Return the name of the upright axis on lines that are no longer than it."""
    return wrapped(text, UPRIGHT, UPRIGHT_LINES)


def _looks(found: Consequences) -> dict[str, dict[str, Any]]:
    """Return how the line of each option is drawn: the lowest bills have colours of their own."""
    problem = found.problem
    order = [str(option) for option in found.bills["bill"].sort_values(kind="stable").index]
    others = [option for option in order if option != problem.frame.baseline]
    own_colour = {problem.frame.baseline, *others[:COLOURED]}
    colours = option_colours(order, problem.frame.baseline)
    grey = [option for option in order if option not in own_colour]
    dashes: dict[str, str] = {}
    for alike in (others[:COLOURED], grey):
        dashes |= dict(zip(alike, islice(cycle(DASHES), len(alike)), strict=True))
    looks = {}
    for option in order:
        look = {"color": GREY, "linewidth": 0.9, "zorder": 2}
        if option == problem.frame.baseline:
            look = {"color": INK, "linewidth": 2.4, "zorder": 4}
        elif option in own_colour:
            look = {"color": colours[option], "linewidth": 1.5, "zorder": 3}
        label = shortened(problem.short[option], NAMED)
        looks[option] = {**look, "linestyle": dashes.get(option, "-"), "label": label}
    return looks


def _key(axes: Axes) -> None:
    """Name the lines below the picture, the lowest expected bill first."""
    columns = 2 if len(axes.get_lines()) > KEYED else 1
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.16),
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        handlelength=3.2,
    )


def _crossings(axes: Axes, found: Consequences, event: Event, high: float) -> None:
    """Mark where the baseline's bill meets another's, within the losses that are drawn."""
    baseline = found.problem.frame.baseline
    pairs = found.break_evens
    own = pairs[(pairs["event"] == event.key) & pairs["break_even"].notna()]
    for row in own.itertuples():
        if baseline in (row.option, row.against) and 0 < abs(row.break_even) <= high:
            size = np.array([abs(row.break_even)])
            bill = bills_over_losses(found.problem, event, size)[baseline].iloc[0]
            axes.plot(size, [bill], marker="o", markersize=4, color=INK, zorder=5, label="_")


def _event(problem: Problem, key: str) -> Event:
    for event in problem.events:
        if event.shared_loss and key in ("", event.key):
            return event
    found = f"'{key}'" if key else "none"
    raise NotApplicable(
        Fault(
            "bills by loss",
            "an event with one loss in money for all options",
            found,
        )
    )


def _sizes(problem: Problem, event: Event) -> tuple[float, float, float]:
    """Return the low, mode and high size of the loss from an event, or of the gain."""
    loss = problem.estimates[event.shared_loss]
    low, high = sorted((abs(loss.low), abs(loss.high)))
    now = abs(loss.mode)
    return (low, now, high) if high > low else (now, now, BEYOND * now or 1.0)


def _profiles_told(found: Consequences) -> tuple[str, str]:
    """Return by how much the chance of a large bill differs, and the chances in words."""
    table = found.profiles
    problem = found.problem
    baseline = problem.frame.baseline or str(table.max().idxmax())
    gaps = table[baseline] - table.min(axis=1)
    amount = float(gaps.idxmax())
    row = table.loc[amount]
    least = str(row.idxmin())
    about = {"baseline": problem.short[baseline], "unit": found.unit}
    if gaps.max() <= LITTLE:
        finding = words.told("risk_profiles.none", **about)
    else:
        shares = {"share": percent(row[baseline]), "least": percent(row[least])}
        about |= {"amount": words.figure(amount), "option": problem.short[least]}
        finding = words.told("risk_profiles.finding", **about, **shares)
    parts = []
    for option, share in row.items():
        parts.append(
            words.told("risk_profiles.part", option=problem.short[option], share=percent(share))
        )
    about = {"amount": words.figure(amount), "unit": found.unit}
    return finding, words.told("risk_profiles.alternative", parts=words.joined(parts), **about)


def _bills_told(found: Consequences, event: Event, now: float) -> tuple[str, str]:
    """Return how many options have a lower bill than the baseline, and from which loss each does."""
    problem = found.problem
    about = {"loss": words.figure(now), "unit": found.unit, "event": event.name}
    baseline = problem.frame.baseline
    bills = found.bills["bill"]
    if baseline:
        lower = int((bills < bills[baseline]).sum())
        others = words.counted(len(bills) - 1, "option")
        named = {"lower": lower, "others": others, "baseline": problem.short[baseline]}
        finding = words.told("bills_by_loss.finding", **about, **named)
    else:
        lowest = str(bills.idxmin())
        finding = words.told("bills_by_loss.lowest", **about, option=problem.short[lowest])
    ends = bills_over_losses(problem, event, np.array([0.0, now]))
    parts = []
    for option, (first, last) in ends.items():
        amounts = {"start": words.figure(first), "end": words.figure(last)}
        parts.append(words.told("bills_by_loss.part", option=problem.short[option], **amounts))
    return finding, words.told("bills_by_loss.alternative", parts=words.joined(parts), **about)

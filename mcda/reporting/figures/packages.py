"""Figures of packages: the steps of the frontier, and how many packages hold each part."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.significant_digits import percent
from mcda.portfolios.packages import Packages
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    GREY,
    RULE,
    SKY,
    SMALL,
    canvas,
    shortened,
    tell,
)
from mcda.reporting.language.portfolios.packages import ALL, quantity_named

HIGH = 3.6  # inches
ROW = 0.24  # inches
NAMED = 34  # characters of a part's name
LABELLED = 24  # packages that are named in the picture


def frontier_steps(found: Packages, axes: Axes | None = None) -> Axes:
    """Draw the packages that no other beats on two aims, the one against the other.

    Raises NotApplicable for other numbers of aims, and where there is no package.
    """
    if len(found.aims) != 2 or not len(found.table):
        raise NotApplicable(Fault("frontier", "two aims", f"{len(found.aims)}"))
    first, second = found.aims
    table = found.table.drop_duplicates([first, second]).sort_values(first, kind="stable")
    with canvas(axes, ACROSS, HIGH) as axes:
        where: Literal["pre", "post"] = "post" if found.directions[0] == "min" else "pre"
        axes.step(table[first], table[second], where=where, color=RULE, linewidth=1.2, zorder=1)
        axes.scatter(table[first], table[second], s=28, color=BLUE, zorder=2)
        for name, row in table.head(LABELLED).iterrows():
            about: Any = {"textcoords": "offset points", "fontsize": SMALL}
            axes.annotate(str(name), (row[first], row[second]), xytext=(4, 4), **about)
        axes.set_xlabel(_axis(found, first))
        axes.set_ylabel(_axis(found, second))
        tell(axes, *_steps_told(found, table))
    return axes


def _steps_told(found: Packages, table: pd.DataFrame) -> tuple[str, str]:
    """Return from where to where the steps go, and every step in words."""
    first, second = found.aims
    ends = {
        "low": words.figure(table[first].min()),
        "high": words.figure(table[first].max()),
        "first": quantity_named(found, first),
        "least": words.figure(table[second].min()),
        "most": words.figure(table[second].max()),
        "second": quantity_named(found, second),
    }
    points = []
    for name, row in table.iterrows():
        at = {"first": words.figure(row[first]), "second": words.figure(row[second])}
        points.append(words.told("frontier_steps.point", package=name, **at))
    alternative = words.told("frontier_steps.alternative", points=words.joined(points))
    return words.told("frontier_steps.finding", **ends), alternative


def _axis(found: Packages, key: str) -> str:
    parts = found.problem.parts
    unit = parts.quantity(key).unit if parts else ""
    name = quantity_named(found, key)
    if not unit:
        return name
    return words.told("frontier_steps.axis", quantity=name, unit=shortened(unit))


def core_index(found: Packages, axes: Axes | None = None) -> Axes:
    """Draw for each part the share of the packages that hold it, in the order of the parts.

    Raises NotApplicable where there is no package.
    """
    core = found.parts["core_index"]
    if not len(found.table):
        raise NotApplicable(Fault("core index", "a package at least", "none"))
    labels = [shortened(label, NAMED) for label in found.parts["label"]]
    down = np.arange(len(core))
    with canvas(axes, ACROSS, ROW * len(core) + 1.3) as axes:
        colours = [_colour(share) for share in core]
        axes.barh(down, 100 * core, color=colours, height=0.7)
        for at, share in enumerate(core):
            text = percent(share)
            axes.text(100 * share + 1, at, text, va="center", fontsize=SMALL)
        axes.set_yticks(down, labels)
        axes.set_ylim(len(core) - 0.4, -0.6)
        axes.set_xlim(0, 112)
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.set_xlabel(words.told("core_index.axis"))
        tell(axes, *_core_told(found))
    return axes


def _core_told(found: Packages) -> tuple[str, str]:
    """Return how many parts are in all packages, none and some, and the share of each in words."""
    core = found.parts["core_index"]
    counts = {
        "all": words.counted(int((core >= ALL).sum()), "part"),
        "none": int((core <= 0).sum()),
        "some": int(((core > 0) & (core < ALL)).sum()),
    }
    told = []
    for label, share in zip(found.parts["label"], core, strict=True):
        told.append(words.told("core_index.part", part=label, share=percent(share)))
    alternative = words.told("core_index.alternative", parts=words.joined(told))
    return words.told("core_index.finding", **counts), alternative


def _colour(share: float) -> str:
    """Return the colour of a part's bar: in all packages, in some, in none."""
    if share >= ALL:
        return BLUE
    return SKY if share > 0 else GREY

"""Figure of who leads under which shape of a question, with and without the minimum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import canvas, column_names, shortened, tell
from mcda.reporting.figures.drawing.strips import places, strip, strip_inches
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.structure.first_places import EXPONENTS

ROW = 0.34  # inches
NAMED = 40  # characters of a shape's name


def shapes_led(problem: Problem, table: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw for how many holders each option leads, a row for each shape of the question.

    The rows without the minimum are above those with it. A cell has two numbers: by the weighted
    sum, and by TOPSIS. table: `structures` of a structure audit.
    """
    holders = table["holder"].nunique()
    counts = _counts(problem, table)
    sides = [side for side, _ in counts]
    down = places(sides, gap=1.0)
    led = np.array(list(counts.values()), dtype=float)
    texts = np.empty(led.shape[:2], dtype=object)
    for at in np.ndindex(*texts.shape):
        both = words.told("shapes_led.cell", sum=int(led[at][0]), topsis=int(led[at][1]))
        texts[at] = both if led[at].any() else ""
    with canvas(axes, strip_inches(3.2, len(problem.options)), ROW * len(led) + 2.4) as axes:
        strip(
            axes,
            led.mean(axis=2) / holders,
            texts,
            [shortened(_label(table, name), NAMED) for _, name in counts],
            column_names(problem, list(problem.options.index)),
            down=down,
        )
        if len(set(sides)) > 1:
            for side in dict.fromkeys(sides):
                named = words.told(f"shapes_led.{side}")
                y = down[sides.index(side)] - 0.6
                axes.text(-0.5, y, named, fontsize=8.5, fontweight="bold")
            axes.set_ylim(down[-1] + 0.5, -1.1)
        axes.set_xlabel(words.told("shapes_led.axis", holders=words.counted(holders, "holder")))
        tell(axes, *_texts(problem, table, counts))
    return axes


def _counts(problem: Problem, table: pd.DataFrame) -> dict[tuple[str, str], list[list[int]]]:
    """Return for how many holders each option leads by each method, by side and shape."""
    counts = {}
    for side, name in product(dict.fromkeys(table["side"]), dict.fromkeys(table["structure"])):
        rows = table[(table["side"] == side) & (table["structure"] == name)]
        if rows.empty:
            continue
        led = [list(_leading(problem, rows, method)) for method in EXPONENTS]
        by_option = []
        for option in problem.options.index:
            by_option.append([leaders.count(option) for leaders in led])
        counts[(str(side), str(name))] = by_option
    return counts


def _leading(problem: Problem, rows: pd.DataFrame, method: str) -> Iterator[str]:
    for leaders in rows.loc[rows["method"] == method, "leaders"]:
        yield from leaders_in(problem, leaders)


def _label(table: pd.DataFrame, name: str) -> str:
    return words.shape_named(name, str(table.loc[table["structure"] == name, "label"].iloc[0]))


def _texts(
    problem: Problem, table: pd.DataFrame, counts: dict[tuple[str, str], list[list[int]]]
) -> tuple[str, str]:
    """Return the finding, how many options lead somewhere, and every row in words."""
    options = list(problem.options.index)
    leaders_by_side = {}
    for side in dict.fromkeys(where for where, _ in counts):
        led = np.array([rows for (where, _), rows in counts.items() if where == side])
        leaders_by_side[side] = words.counted(int((led.sum(axis=(0, 2)) > 0).sum()), "option")
    shapes = words.counted(len({name for _, name in counts}), "shape_in_all")
    if len(leaders_by_side) > 1:
        finding = words.told("shapes_led.finding_both", shapes=shapes, **leaders_by_side)
    else:
        finding = words.told(
            "shapes_led.finding", shapes=shapes, options=next(iter(leaders_by_side.values()))
        )
    every = []
    for (side, name), rows in counts.items():
        led_by = [
            words.told(
                "shapes_led.for", option=problem.name_of(str(option)), sum=by[0], topsis=by[1]
            )
            for option, by in zip(options, rows, strict=True)
            if any(by)
        ]
        who = words.told("join.comma").join(led_by)
        named = words.told(f"shapes_led.{side}")
        row = {"side": named, "shape": _label(table, name), "leaders": who}
        every.append(words.told("shapes_led.row", **row))
    return finding, words.told("shapes_led.alternative", parts=words.joined(every))

"""A table as a strip of shaded cells.

Every cell has its number, so that no shade has to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.transforms import offset_copy
from numpy.typing import ArrayLike

from mcda.checks.of_many import SHOWN
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    DARK,
    GREY,
    INK,
    PALE,
    RAMP,
    RULE,
    SMALL,
    wrapped,
)

GAP = 0.3  # of a row, between two groups
# inches: a row, and a column that has room
ROW = 0.3
COLUMN = 1.0
# columns: with more of them names stand upright no longer, and with still more on one line
UPRIGHT = 4
CLOSE_SET = 14
ROW_SHAPE = (40, 2)  # letters of a line and lines that the name of a row has
BRIEF = 4  # letters that any column has room for
Points = Sequence[tuple[float, float]] | np.ndarray
OUTLINE = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])  # of a box of size 1
# points: how far below a picture a note of it stands, and where the axis has numbers and a title there
CLOSE = 5.0
UNDER_AXIS = 30.0


def places(groups: Sequence[object], gap: float = GAP) -> np.ndarray:
    """Return the places 0, 1, 2 ... with a gap wherever the group changes.

    >>> places(["a", "a", "b"]).tolist()
    [0.0, 1.0, 2.3]
    """
    changes = [0, *(first != second for first, second in pairwise(groups))]
    return np.arange(len(groups)) + gap * np.cumsum(changes)


def strip_texts(numbers: np.ndarray, text: Callable[[float], str]) -> np.ndarray:
    """Return the texts of numbers (rows, columns) as the cells of a strip have them."""
    texts = np.empty(numbers.shape, dtype=object)
    for at in np.ndindex(*numbers.shape):
        texts[at] = text(float(numbers[at]))
    return texts


def strip_inches(beside: float, columns: int) -> float:
    """Return how wide so many columns and the names beside them are together, a page at most.

    Of very many the first are drawn.
    """
    return min(ACROSS, beside + COLUMN * min(columns, SHOWN))


def row_inches(rows: int, each: float = ROW) -> float:
    """Return how high so many rows are together; of very many the first are drawn."""
    return min(rows, SHOWN) * each


def strip(
    axes: Axes,
    shades: np.ndarray,
    texts: np.ndarray,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    down: np.ndarray | None = None,
    across: np.ndarray | None = None,
    size: float = 8.5,
) -> None:
    """Draw cells (rows, columns), each shaded and with its text.

    shades: from 0 (light) to 1 (dark), NaN hatched. down and across are the places of rows and
    columns, where some are set apart. Of very many rows and columns the first are drawn, and how
    many there are is written below.
    """
    tell_many(axes, len(rows), len(columns))
    rows = rows[:SHOWN]
    columns = columns[:SHOWN]
    down = np.arange(len(rows), dtype=float) if down is None else down
    across = np.arange(len(columns), dtype=float) if across is None else across
    shades = shades[: len(rows), : len(columns)]
    cells(axes, shades, down, across)
    for row, column in np.ndindex(*shades.shape):
        at = (float(across[column]), float(down[row]))
        if text := str(texts[row, column]):  # a blank one is laid out as slowly as a word
            colour = ink(float(shades[row, column]))
            look: dict[str, Any] = {"fontsize": size, "color": colour, "linespacing": 1.05}
            axes.text(*at, text, ha="center", va="center", in_layout=False, **look)
    name_sides(axes, rows, columns, down, across)


def tell_many(axes: Axes, rows: int, columns: int = 0, below: float = CLOSE) -> None:
    """Write below a picture how many rows and columns there are, where not all are drawn.

    below: so many points under it.
    """
    sentence = words.first_of(rows=rows, columns=columns)
    if sentence:
        offset = offset_copy(axes.transAxes, axes.get_figure(root=True), y=-below, units="points")
        axes.text(
            1, 0, sentence, ha="right", va="top", fontsize=SMALL, color=GREY, transform=offset
        )


def cells(axes: Axes, shades: np.ndarray, down: np.ndarray, across: np.ndarray) -> None:
    """Draw a cell around each place (rows, columns); a cell without a number is hatched."""
    rows, columns = shades.shape
    corners = np.stack(np.meshgrid(across[:columns], down[:rows]), axis=-1) - 0.5
    bare = np.isnan(shades)
    edges: dict[str, Any] = {"linewidths": 1.2, "edgecolors": "white"}
    hatches: dict[str, Any] = {"facecolors": PALE, "hatch": "///", "hatchcolors": RULE}
    boxes(axes, corners[~bare], (1, 1), facecolors=RAMP(shades[~bare]), **edges)
    boxes(axes, corners[bare], (1, 1), **hatches, **edges)


def boxes(axes: Axes, corners: Points, sizes: ArrayLike, **look: Any) -> None:
    """Draw boxes from their lower left corners, of one size or each of its own.

    They are one artist, for one each takes long to draw and to lay out. The limits of the axes,
    which `name_sides` sets, don't follow them.
    """
    if len(corners):
        outlines = np.expand_dims(corners, -2) + OUTLINE * np.expand_dims(sizes, -2)
        axes.add_artist(PolyCollection(outlines, joinstyle="miter", **look))


def ink(shade: float) -> str:
    """Return the colour of a text that can be read on a shade."""
    if np.isnan(shade):
        return GREY
    return "white" if shade > DARK else INK


def name_sides(
    axes: Axes, rows: Sequence[str], columns: Sequence[str], down: np.ndarray, across: np.ndarray
) -> None:
    """Write the names of rows on the left and of columns on top, without lines of an axis."""
    down = down[: len(rows)]
    across = across[: len(columns)]
    axes.set_xlim(across[0] - 0.5, across[-1] + 0.5)
    axes.set_ylim(down[-1] + 0.5, down[0] - 0.5)
    upright = len(columns) <= UPRIGHT or max(map(len, columns)) <= BRIEF
    shape = (17, 3) if upright else (28, 2 if len(columns) <= CLOSE_SET else 1)
    names = [_in_lines(name, shape) for name in columns]
    rotation = 0 if upright else 90
    axes.set_xticks(across, names, fontsize=SMALL, rotation=rotation)
    axes.set_yticks(down, [_in_lines(row, ROW_SHAPE) for row in rows], linespacing=0.95)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("bottom")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _in_lines(name: str, shape: tuple[int, int]) -> str:
    """Return a name with each of its lines broken into some of so many letters."""
    return "\n".join(wrapped(line, *shape) for line in name.split("\n"))

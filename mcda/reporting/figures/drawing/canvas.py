"""What every figure is drawn on and with.

These are colours, hatches, type, a canvas, and the text that says what was found.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import blended_transform_factory, offset_copy

from mcda.checks.labels import name_among
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.lettering import FAMILY, letter, told_once

# Okabe and Ito (2008): told apart with every kind of colour vision
BLUE = "#0072B2"
ORANGE = "#E69F00"
GREEN = "#009E73"
PINK = "#CC79A7"
SKY = "#56B4E9"
RED = "#D55E00"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, RED, "#F0E442", "#000000")
HATCHES = ("", "//", "..", "xx", "\\\\", "--", "oo", "++")
INK = "#1b1f24"
GREY = "#5b636d"
RULE = "#c9ced4"
PALE = "#f4f4f1"
# one hue from light to dark: its order survives every kind of colour vision,
# and a black and white printer
RAMP = LinearSegmentedColormap.from_list("share", ["#f2f6fa", "#9fc6e0", BLUE, "#00324f"])
LABELLED = 14  # options: with more there is no room for their labels above columns
DARK = 0.55  # from this shade on, white text is read more easily
CLEAR: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
SMALL = 7.5  # points, of notes and marks
TITLE = 11.0  # points
WITHOUT_FIGURE = 6.0  # inches that a title has on axes of no figure
PAD = 10.0  # points between a title and what is below it
LINES = 6  # of a title at most
STYLE: Any = {
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "svg.hashsalt": "mcda",
    "svg.fonttype": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "font.family": FAMILY,
    "font.size": 9.0,
    "hatch.linewidth": 0.6,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.linewidth": 0.8,
    "axes.labelsize": 8.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@contextmanager
def canvas(axes: Axes | None, width: float, height: float) -> Iterator[Axes]:
    """Give the axes to draw on, in the house's style.

    They are the caller's own, or those of a new figure of so many inches. Every text drawn is taken
    literally: a dollar sign in a name starts no formula; letters that the house's font lacks are
    taken from another of the machine. A new figure is laid out once, when all is
    drawn, so that it is the same however often it is saved.
    """
    with rc_context(STYLE):
        own = Figure(figsize=(width, height), layout="constrained")
        drawn = own.subplots() if axes is None else axes
        yield drawn
        for text in drawn.findobj(Text):
            text.set_parse_math(False)
        letter(drawn)
        if axes is None:
            lay_out(own)
            own.set_layout_engine(None)


def lay_out(figure: Figure) -> None:
    """Give the axes of a figure the places that its layout engine finds for them.

    A figure may have no such engine.
    """
    if engine := figure.get_layout_engine():
        with told_once():
            engine.execute(figure)


def tell(axes: Axes, finding: str, alternative: str) -> None:
    """Write what a figure found as its title, and keep its alternative text.

    The title of a figure of one picture starts at the figure's left edge, above the names of the
    rows.
    """
    figure = axes.get_figure(root=True)
    alone = figure is not None and len(figure.axes) == 1
    inches = WITHOUT_FIGURE
    if figure is not None:
        share = 1 if alone else axes.get_position().width
        inches = figure.get_figwidth() * share
    title = axes.set_title(
        wrapped(finding, int(inches * 72 / (TITLE * 0.68)), LINES),
        loc="left",
        fontsize=TITLE,
        fontweight="bold",
        pad=PAD,
    )
    if alone and figure is not None:
        edge = blended_transform_factory(figure.transFigure, axes.transAxes)
        title.set(x=0.006, transform=offset_copy(edge, figure, y=PAD, units="points"))
    axes.set_label(f"{finding} {alternative}")


def shortened(text: object, most: int = 34) -> str:
    """Return text on one line, cut where it is too long for its place.

    >>> shortened("a  name that goes on", 10)
    'a name th…'
    """
    plain = " ".join(str(text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def wrapped(text: object, width: int, lines: int) -> str:
    r"""Return text on a few lines of so many letters, cut where it is longer.

    >>> wrapped("one name of four words", 10, 2)
    'one name\nof four…'
    """
    return "\n".join(
        textwrap.wrap(str(text), width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    )


def option_name(problem: Problem, option: str, most: int = 44) -> str:
    """Return an option's label and id for a row, and whether it is the baseline.

    An id that is the label itself is said once.
    """
    if str(problem.short[option]) == option != problem.frame.baseline:
        return shortened(option, most)
    key = "option.baseline_row" if option == problem.frame.baseline else "option.named"
    return words.told(key, label=shortened(problem.short[option], most), id=shortened(option, 12))


def column_names(problem: Problem, options: Sequence[str]) -> list[str]:
    """Return the options' ids for narrow columns, their labels below them where there are few."""
    return [_column_name(problem, option, labelled=len(options) <= LABELLED) for option in options]


def _column_name(problem: Problem, option: str, labelled: bool) -> str:
    apart = labelled and str(problem.short[option]) != option
    label = f"\n{wrapped(problem.short[option], 13, 3)}" if apart else ""
    mark = f"\n{words.told('option.baseline_mark')}" if option == problem.frame.baseline else ""
    most = 12 if labelled else 7
    return f"{shortened(option, most)}{label}{mark}"


def basis(found: Any) -> str:
    """Return by which method and with which holder's weights something was found."""
    return words.told(
        "option.basis", method=words.method_name(found.method), holder=shortened(found.holder)
    )


def leaf_name(problem: Problem, key: str, most: int = 38) -> str:
    """Return a criterion's key and label for a row."""
    label = problem.criterion(key).label
    named = shortened(label, most)
    return named if label == key else f"{shortened(key, 12)} {named}"


def plain_name(problem: Problem, key: str) -> str:
    """Return a criterion's label for a sentence; its key behind it where another has that label."""
    return name_among({one.key: one.label for one in problem.criteria}, key)


def estimate_name(problem: Problem, key: str, most: int = 48) -> str:
    """Return an estimate's name for a row: of a judged cell the leaf and the option."""
    family, _, rest = key.partition("/")
    judged = family in {leaf.key for leaf in problem.leaves}
    name = (
        f"{leaf_name(problem, family, 34)}, {shortened(rest, 12)}"
        if judged
        else key.replace("_", " ")
    )
    return shortened(name, most)

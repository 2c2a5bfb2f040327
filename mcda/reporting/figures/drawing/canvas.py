"""What every figure is drawn on and with.

These are colours, hatches, type, a canvas, and the text that says what was found.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import blended_transform_factory, offset_copy

from mcda.checks.labels import name_among
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.layout import Filling
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
DARK = 0.55  # from this shade on, white text is read more easily
CLEAR: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
SMALL = 7.5  # points, of notes and marks
TITLE = 9.5  # points
PAGE_WIDE = 6.85  # inches between the margins of an A4 page
PADDING = 0.1  # inches that a saved picture has around it
ACROSS = PAGE_WIDE - 2 * PADDING  # inches at most: no page shrinks a figure, nor its letters
WITHOUT_FIGURE = 6.0  # inches that a title has on axes of no figure
PAD = 10.0  # points between a title and what is below it
LINES = 6  # of a title at most
BOLD = 0.62  # of the size of a title: how wide one of its letters is on average
NOWHERE = (0.5, 0.5)  # of the axes: where a label without letters is, for which no room is looked
LABEL = 64  # letters of a line below a picture, which is narrower than the page
STYLE: Any = {
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "svg.hashsalt": "mcda",
    "svg.fonttype": "none",
    "text.hinting": "none",  # letters are as wide in every size and format
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
        own = Figure(figsize=(width, height), layout=Filling())
        FigureCanvasAgg(own)  # which measures a text once, and keeps what it measured
        drawn = own.subplots() if axes is None else axes
        yield drawn
        drawn.set_xlabel(broken(drawn.get_xlabel(), LABEL))
        for text in drawn.findobj(Text):
            text.set_parse_math(False)
        letter(drawn)
        for axis in (drawn.xaxis, drawn.yaxis):
            if not axis.get_label_text():
                axis.set_label_coords(*NOWHERE)
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
    finding = words.started(finding)
    figure = axes.get_figure(root=True)
    alone = figure is not None and len(figure.axes) == 1
    inches = WITHOUT_FIGURE
    if figure is not None:
        share = 1 if alone else axes.get_position().width
        inches = figure.get_figwidth() * share
    title = axes.set_title(
        wrapped(finding, int(inches * 72 / (TITLE * BOLD)), LINES),
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
    """Return text on one line, cut between words where it is too long for its place.

    >>> shortened("a  name that goes on", 10)
    'a name…'
    """
    return words.cut(text, most)


def wrapped(text: object, width: int, lines: int) -> str:
    r"""Return text on a few lines of so many letters, cut where it is longer.

    >>> wrapped("one name of four words", 10, 2)
    'one name\nof four…'
    """
    return "\n".join(
        textwrap.wrap(str(text), width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    )


def broken(text: str, width: int) -> str:
    r"""Return text on lines of at most so many letters; a line that was broken stays so.

    >>> broken("one name of four words\nand more", 12)
    'one name of\nfour words\nand more'
    """
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def option_name(problem: Problem, option: str, most: int = 44) -> str:
    """Return an option's name for a row or a column, and whether it is the baseline."""
    name = shortened(problem.name_of(option), most)
    if option != problem.frame.baseline:
        return name
    return words.told("option.baseline_row", label=name)


def column_names(problem: Problem, options: Iterable[str]) -> list[str]:
    """Return the names of options above columns."""
    return [option_name(problem, str(option)) for option in options]


def basis(found: Any) -> str:
    """Return by which method and with which holder's weights something was found."""
    return words.told(
        "option.basis", method=words.method_name(found.method), holder=shortened(found.holder)
    )


def leaf_name(problem: Problem, key: str, most: int = 76) -> str:
    """Return a criterion's label for a row, after its key where that is a code."""
    return shortened(words.criterion_name(problem.criterion(key)), most)


def plain_name(problem: Problem, key: str) -> str:
    """Return a criterion's label for a sentence; its key behind it where another has that label."""
    return name_among({one.key: one.label for one in problem.criteria}, key)

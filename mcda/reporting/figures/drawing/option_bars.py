"""Rows of parts in the colours of options: one colour an option, in every figure that has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.transforms import offset_copy

from mcda.reporting.figures.drawing.canvas import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PAGE_WIDE,
    PINK,
    RED,
    SKY,
    SMALL,
    shortened,
)
from mcda.reporting.figures.drawing.layout import Filling
from mcda.reporting.figures.drawing.lettering import lettering, told_once
from mcda.reporting.figures.drawing.strips import boxes

BASELINE = "#5f6b7a"  # slate: the option that changes nothing
REST = "#e4e7ea"  # light grey: what is too small, or comes too late, for a colour of its own
HUES = (BLUE, SKY, RED, ORANGE, GREEN, PINK, "#F0E442")
THICK = 0.88  # of a row: a letter below the line stays inside where rows are as close as on page 1
NAMED = 34  # characters of an option's name in a figure
APART = 3.0  # points on either side of a text in its part


def option_colours(options: Iterable[str], baseline: str = "") -> dict[str, str]:
    """Return the colour of each option: those named first have one of their own, others are grey.

    >>> option_colours(["A", "B"], baseline="B")
    {'A': '#0072B2', 'B': '#5f6b7a'}
    """
    hues = iter(HUES)
    colours = {}
    for option in options:
        colours[option] = BASELINE if option == baseline else next(hues, REST)
    return colours


@dataclass(frozen=True)
class Part:
    """One part of a row: from where to where, whose colour, and texts for it, the longest first.

    The first text that has room is written; names are those of options that it writes out.
    """

    start: float
    end: float
    colour: str
    texts: Sequence[str] = ()


@dataclass
class Bars:
    """Rows of parts on axes, one below the other; the axes' unit is `inches` wide.

    direct: the texts that were written in full, so that a key need not repeat them.
    """

    axes: Axes
    inches: float
    size: float = SMALL
    direct: set[str] = field(default_factory=set)

    def draw(self, parts: Iterable[Part], down: float, thick: float = THICK) -> None:
        """Draw the parts of one row around a height."""
        drawn = list(parts)
        corners = [(part.start, down - thick / 2) for part in drawn]
        sizes = [(part.end - part.start, thick) for part in drawn]
        colours = [part.colour for part in drawn]
        boxes(self.axes, corners, sizes, facecolors=colours, edgecolors="white", linewidths=0.6)
        for part in drawn:
            self._write(part, down)

    def _write(self, part: Part, down: float) -> None:
        room = (part.end - part.start) * self.inches * 72 - 2 * APART
        text = next((one for one in part.texts if text_points(one, self.size) <= room), "")
        if not text:
            return
        self.direct.add(text)
        left = part.start + APART / 72 / self.inches
        about: Any = {
            "ha": "left",
            "va": "center_baseline",
            "fontsize": self.size,
            "color": ink_on(part.colour),
        }
        self.axes.text(left, down, text, in_layout=False, **about)


def text_points(text: str, size: float) -> float:
    """Return how wide a text is in points, by the widths of its letters in the fonts that draw it."""
    font = FontProperties(family=list(lettering([text]).families), size=size)
    with told_once():
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def fitting(text: str, room: float, size: float) -> str:
    """Return a text, cut where it is wider than a room in points.

    >>> fitting("a name", 100.0, 7.5), fitting("a name that goes on and on", 60.0, 7.5)
    ('a name', 'a name that…')
    """
    most = len(text)
    while most > 1 and text_points(shortened(text, most), size) > room:
        most -= 1
    return shortened(text, most)


def ink_on(colour: str) -> str:
    """Return the ink that stands out more from a colour: white or nearly black.

    >>> ink_on("#0072B2"), ink_on("#E69F00")
    ('white', '#1b1f24')
    """
    ground = _luminance(colour)
    on_white = 1.05 / (ground + 0.05)
    on_dark = (ground + 0.05) / (_luminance(INK) + 0.05)
    return "white" if on_white > on_dark else INK


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    lights = []
    for part in to_rgb(colour):
        light = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        lights.append(light)
    red, green, blue = lights
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def key(axes: Axes, colours: Mapping[str, str], columns: int = 4, below: float = 0.0) -> None:
    """Write below a picture which name has which colour; nothing where there is none to tell.

    below: so many points under it, where an axis stands there.
    """
    if not colours:
        return
    patches = [Patch(facecolor=hue, label=shortened(name, NAMED)) for name, hue in colours.items()]
    widest = max(text_points(str(patch.get_label()), SMALL) for patch in patches) + 26
    fitting = max(1, min(columns, int(PAGE_WIDE * 72 // widest)))
    axes.legend(
        handles=patches,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=offset_copy(
            axes.transAxes, axes.get_figure(root=True), y=-below, units="points"
        ),
        ncols=fitting,
        frameon=False,
        fontsize=SMALL,
        handlelength=0.9,
        handleheight=0.8,
        columnspacing=1.2,
        handletextpad=0.5,
        borderaxespad=0.3,
        borderpad=0,
        labelspacing=0.25,
    )


def as_wide_as_the_page(axes: Axes) -> None:
    """Keep the whole width of a figure when it is saved, so that its letters have their size.

    Nothing is kept free above and below, which of few rows took a third of their height.
    """
    figure = axes.get_figure(root=True)
    if figure is not None:
        engine = figure.get_layout_engine()
        if isinstance(engine, Filling):
            engine.above = 0.0
        whole = Rectangle((0, 0), 1, 1, transform=figure.transFigure, fill=False, linewidth=0)
        figure.add_artist(whole)

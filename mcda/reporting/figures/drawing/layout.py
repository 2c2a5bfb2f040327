"""How a picture and the letters around it share the room of a figure."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

FREE = 0.04167  # inches: as matplotlib's own engine leaves free


class Filling(LayoutEngine):
    """The layout of a figure of one picture, whose axes fill what the letters around them leave.

    The engine that matplotlib has for any number of axes measures all letters twice. beside, above:
    how many inches stay free at the sides, and above and below.
    """

    _adjust_compatible = True
    _colorbar_gridspec = False

    def __init__(self, beside: float = FREE, above: float = FREE) -> None:
        super().__init__()
        self.beside = beside
        self.above = above

    def execute(self, fig: Figure) -> None:
        """Place the axes."""
        self._place(fig)
        if fig.axes[0].get_legend() is not None:  # it is as wide as before below other axes
            self._place(fig)

    def _place(self, fig: Figure) -> None:
        """Place the axes by where the letters lie now; where these leave no room, the axes stay."""
        (axes,) = fig.axes
        own = axes.get_position(original=True)
        measured = axes.get_tightbbox(for_layout_only=True) or axes.bbox
        around = Bbox(fig.transFigure.inverted().transform(measured))
        wide = self.beside / fig.get_figwidth()
        high = self.above / fig.get_figheight()
        left = wide + own.x0 - around.x0
        right = 1 - wide + own.x1 - around.x1
        bottom = high + own.y0 - around.y0
        top = 1 - high + own.y1 - around.y1
        if left < right and bottom < top:
            fig.subplots_adjust(left=left, right=right, bottom=bottom, top=top)

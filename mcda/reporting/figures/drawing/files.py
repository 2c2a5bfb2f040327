"""A figure as a file: SVG, PNG or a data address, with its alternative text inside.

The same numbers give the same bytes.
"""

from __future__ import annotations

import base64
import io
import re
from typing import Any

from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.reporting.figures.drawing.canvas import STYLE, lay_out
from mcda.reporting.figures.drawing.lettering import FAMILY, told_once

DOTS = 110  # an inch: sharp on a screen
STAND_INS = "Verdana, sans-serif"  # where the house's font is missing: the first is as wide
COLOURS = 256  # the most that one byte a dot can tell
HASHED = re.compile(r'\bid="(\w*[0-9a-f]{10})"')  # a clip path, a marker or a part of a collection


def svg(drawn: Axes | Figure) -> str:
    """Return a figure as SVG text.

    Its letters are letters, which a reader can search and copy; where the house's font is missing,
    one as wide stands in.
    """
    text = _saved(
        drawn, "svg", {"Date": None, "Creator": None, "Title": alternative(drawn)}
    ).decode("utf-8")
    return _numbered(text).replace(f"'{FAMILY}'", f"'{FAMILY}', {STAND_INS}")


def _numbered(text: str) -> str:
    """Return SVG text in which the shapes are named in their order.

    The names that matplotlib gives hash last bits.
    """
    names = dict.fromkeys(HASHED.findall(text))
    numbers = {name: f"shape{at}" for at, name in enumerate(names)}
    return (
        re.sub("|".join(map(re.escape, names)), lambda found: numbers[found[0]], text)
        if names
        else text
    )


def png(drawn: Axes | Figure, dots: int = DOTS) -> bytes:
    """Return a figure as a PNG picture of so many dots an inch."""
    about = {"Software": None, "Description": alternative(drawn)}
    return _saved(drawn, "png", about, dpi=dots)


def small_png(drawn: Axes | Figure) -> bytes:
    """Return a figure as a PNG picture in few colours: small enough to be committed."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    about.add_itxt("Description", alternative(drawn))
    with Image.open(io.BytesIO(png(drawn))) as picture, io.BytesIO() as buffer:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1)
        few.save(buffer, "png", optimize=True, pnginfo=about)
        return buffer.getvalue()


def pdf(drawn: Axes | Figure) -> bytes:
    """Return a figure as a PDF, with its alternative text as the title of the document."""
    about = {"CreationDate": None, "Creator": None, "Producer": None}
    return _saved(drawn, "pdf", {**about, "Title": alternative(drawn)})


def as_address(drawn: Axes | Figure) -> str:
    """Return a figure as a data address, for an image inside the page itself."""
    return (
        f"data:image/svg+xml;base64,{base64.b64encode(svg(drawn).encode('utf-8')).decode('ascii')}"
    )


def alternative(drawn: Axes | Figure) -> str:
    """Return the alternative text of a figure, for a reader who can't see it.

    It says what the figure found and what it shows.
    """
    return " ".join(str(axes.get_label()) for axes in _whole(drawn).axes if axes.get_label())


def _whole(drawn: Axes | Figure) -> Figure:
    figure = drawn.get_figure(root=True) if isinstance(drawn, Axes) else drawn
    if figure is None:
        raise ValueError("these axes stand in no figure any more")
    return figure


def _saved(drawn: Axes | Figure, kind: str, metadata: dict[str, Any], **settings: Any) -> bytes:
    whole = _whole(drawn)
    with rc_context(STYLE), told_once(), io.BytesIO() as buffer:
        lay_out(whole)
        around = whole.get_tightbbox().padded(rcParams["savefig.pad_inches"])
        whole.savefig(
            buffer,
            format=kind,
            metadata=metadata,
            bbox_inches=around,
            facecolor="white",
            **settings,
        )
        return buffer.getvalue()

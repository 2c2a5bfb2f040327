"""The figures of the first page: who is first how often, as the minimum rises, and under which shape.

They are drawn as wide as an A4 page has room; their headings are set beside them as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from mcda.checks.significant_digits import in_percent, percent, plain
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    GREY,
    INK,
    RULE,
    SMALL,
    canvas,
    shortened,
    wrapped,
)
from mcda.reporting.figures.drawing.option_bars import (
    NAMED,
    REST,
    Bars,
    Part,
    as_wide_as_the_page,
    fitting,
    key,
    text_points,
)
from mcda.sensitivity.structure.by_structure import leaders_in
from mcda.sensitivity.switching.floor_curve import FloorCurve

ROW = 0.15  # inches
BAND = 1.6  # rows, of a group of holders, whose names may take two lines
HEAD = 0.26  # inches, of the heads and the scale above the rows
UNSCALED = 0.12  # inches, of the heads where there is no scale
KEY = 0.3  # inches, of the key below them
HEADED = 8.0  # points, of the head of a panel
GAP = 10.0  # percent of a panel, between two
NUMBERED = 0.07  # of all: a smaller part has no number
COLOURED = 0.04  # of all: a smaller part is among the others
HOLDER = 30  # characters of the name of a row
Shares = Mapping[str, Mapping[str, float]]


def first_place_shares(
    problem: Problem,
    panels: Mapping[str, Shares],
    colours: Mapping[str, str],
    axes: Axes | None = None,
) -> Axes:
    """Draw in what share of draws each option is first: a row for each holder, a panel for each side.

    panels: by the panel's head, for each holder the share of each option, in the order of the rows.
    colours: of options by id; those without one are grey. The key has them all, for the figures
    beside this one.
    """
    rows = _rows(panels)
    with canvas(axes, *_size(len(rows), HEAD + KEY)) as drawn:
        wide = _panel_inches(rows, len(panels))
        bars = Bars(drawn, wide / 100)
        names = _names(problem)
        for at, (head, shares) in enumerate(panels.items()):
            start = at * (100 + GAP)
            _draw_head(drawn, fitting(head, 66 * wide, HEADED), start, -1.75)
            _scale(drawn, start, len(rows))
            _draw_shares(bars, [shares.get(row, {}) for row in rows], start, colours, names)
        _finish(drawn, rows, len(panels), -0.5 - HEAD / ROW)
        seen = {**_ever_first(panels), **dict.fromkeys(colours)}
        key(drawn, _entries(names, colours, seen))
        drawn.set_label(_shares_told(problem, panels))
        if axes is None:
            as_wide_as_the_page(drawn)
    return drawn


def leaders_over_minimum(
    problem: Problem,
    curves: Mapping[str, FloorCurve],
    colours: Mapping[str, str],
    axes: Axes | None = None,
    *,
    with_key: bool = True,
) -> Axes:
    """Draw who is first as a limit gets stricter: a band for each group of holders, named.

    curves: by the names of the holders who have the same. Without a key, another figure has it.
    """
    one = next(iter(curves.values()))
    rows = [wrapped(group, HOLDER, 2) for group in curves]
    with canvas(axes, *_size(len(rows) * BAND, HEAD + KEY * with_key)) as drawn:
        start, end = _ends(one)
        bars = Bars(drawn, _panel_inches(rows, 1) / (end - start))
        names = _names(problem)
        seen: dict[str, None] = {}
        for down, curve in enumerate(curves.values()):
            bars.draw(_step_parts(problem, curve, colours, names), down)
            for leaders in curve.table["leaders"]:
                seen.update(dict.fromkeys(leaders_in(problem, leaders)))
        _limit_axis(drawn, one, rows)
        if with_key:
            key(drawn, _entries(names, colours, seen, "\n".join(bars.direct)))
        drawn.set_label(_steps_told(problem, curves))
        if axes is None:
            as_wide_as_the_page(drawn)
    return drawn


def shape_leads(
    problem: Problem,
    panels: Mapping[str, Shares],
    holders: int,
    colours: Mapping[str, str],
    axes: Axes | None = None,
    *,
    with_key: bool = True,
) -> Axes:
    """Draw for how many holders each option leads: a row for each shape, a panel for each side.

    panels: by the panel's head, for each shape the number of holders whom each option leads.
    Without a key, another figure has it.
    """
    rows = _rows(panels)
    with canvas(axes, *_size(len(rows), UNSCALED + KEY * with_key)) as drawn:
        wide = _panel_inches(rows, len(panels))
        bars = Bars(drawn, wide / 100)
        names = _names(problem)
        for at, (head, counts) in enumerate(panels.items()):
            start = at * (100 + GAP)
            _draw_head(drawn, fitting(head, 66 * wide, HEADED), start, -0.95)
            for down, shape in enumerate(rows):
                bars.draw(_count_parts(counts.get(shape, {}), start, colours, names, holders), down)
        _finish(drawn, rows, len(panels), -0.5 - UNSCALED / ROW)
        if with_key:
            key(drawn, _entries(names, colours, _ever_first(panels), "\n".join(bars.direct)))
        drawn.set_label(_counts_told(problem, panels))
        if axes is None:
            as_wide_as_the_page(drawn)
    return drawn


def _size(rows: float, about: float) -> tuple[float, float]:
    """Return the width and the height of a figure of so many rows and what is about them, in inches."""
    return ACROSS, about + ROW * rows


def _rows(panels: Mapping[str, Shares]) -> list[str]:
    """Return the names of the rows, in the order of the first panel that has them."""
    rows: dict[str, None] = {}
    for shares in panels.values():
        rows.update(dict.fromkeys(shares))
    return list(rows)


def _names(problem: Problem) -> dict[str, str]:
    return {key: shortened(name, NAMED) for key, name in words.plain_options(problem).items()}


def _panel_inches(rows: Sequence[str], panels: int) -> float:
    """Return how wide a panel is once the names of the rows have their room."""
    lines = [line for row in rows for line in row.splitlines()]
    named = max(text_points(shortened(line, HOLDER), SMALL) for line in lines) / 72
    return (ACROSS - named - 0.15) / (panels + GAP / 100 * (panels - 1))


def _draw_shares(
    bars: Bars,
    rows: Sequence[Mapping[str, float]],
    start: float,
    colours: Mapping[str, str],
    names: Mapping[str, str],
) -> None:
    """Draw a panel of shares; the first option of a row is named where the row above has another."""
    led = ""
    for down, own in enumerate(rows):
        first = max(own, key=lambda one: own[one]) if own else ""
        shown_names = names if first != led else {}
        bars.draw(_share_parts(own, start, colours, shown_names), down)
        led = first


def _share_parts(
    shares: Mapping[str, float],
    start: float,
    colours: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Part]:
    """Return the parts of one holder's row: the first option, the others by size, and the rest."""
    parts: list[Part] = []
    at = start
    for option, share in sorted(shares.items(), key=lambda one: -one[1]):
        if share < COLOURED or colours.get(option, REST) == REST:
            continue
        number = percent(share, unit="")
        texts = [number] if share >= NUMBERED else []
        if not parts and option in names:
            texts = [words.told("first_page.part_named", number=number, name=names[option]), *texts]
        parts.append(Part(at, at + 100 * share, colours[option], texts))
        at += 100 * share
    if shares and at < start + 100:
        parts.append(Part(at, start + 100, REST))
    return parts


def _count_parts(
    counts: Mapping[str, float],
    start: float,
    colours: Mapping[str, str],
    names: Mapping[str, str],
    holders: int,
) -> list[Part]:
    parts = []
    at = start
    whole = max(holders, sum(counts.values()))
    for option, count in counts.items():
        end = at + 100 * count / whole
        number = plain(count)
        named = words.told("first_page.part_named", number=number, name=names[option])
        parts.append(Part(at, end, colours.get(option, REST), [named, number]))
        at = end
    return parts


def _step_parts(
    problem: Problem, curve: FloorCurve, colours: Mapping[str, str], names: Mapping[str, str]
) -> list[Part]:
    """Return a part for each stretch of the limit over which the same options lead."""
    table = curve.table
    sign = _sign(curve)
    runs = (table["leaders"] != table["leaders"].shift()).cumsum()
    parts = []
    for _, run in table.groupby(runs, sort=False):
        leaders = leaders_in(problem, str(run["leaders"].iloc[0]))
        colour = colours.get(leaders[0], REST) if len(leaders) == 1 else REST
        text = words.told("join.and").join(names[leader] for leader in leaders)
        ends = (sign * float(run["from"].iloc[0]), sign * float(run["to"].iloc[-1]))
        parts.append(Part(*ends, colour, [text]))
    return parts


def _sign(curve: FloorCurve) -> int:
    """Return the sign that makes a limit grow as it gets stricter."""
    return -1 if curve.table["to"].iloc[-1] < curve.table["from"].iloc[0] else 1


def _ends(curve: FloorCurve) -> tuple[float, float]:
    """Return where the loosest limit lies on the axis, and the strictest."""
    start = _sign(curve) * float(curve.table["from"].iloc[0])
    end = _sign(curve) * float(curve.table["to"].iloc[-1])
    return start, max(end, start + 1e-9 * max(1.0, abs(start)))


def _draw_head(axes: Axes, head: str, start: float, down: float) -> None:
    """Draw the head of a panel above its rows."""
    axes.text(start, down, head, fontsize=HEADED, fontweight="bold", va="center", in_layout=False)


def _scale(axes: Axes, start: float, rows: int) -> None:
    """Draw the scale of a panel of shares above its rows."""
    for at, side in ((0, "left"), (50, "center"), (100, "right")):
        axes.text(
            start + at, -0.85, in_percent(at), fontsize=SMALL, color=GREY, ha=side, va="center"
        )
        axes.plot([start + at] * 2, [-0.5, rows - 0.5], color=RULE, linewidth=0.6, zorder=0)


def _finish(axes: Axes, rows: Sequence[str], panels: int, top: float) -> None:
    """Name the rows, and leave the axes as high as they and the heads above them are."""
    axes.set_xlim(0, 100 * panels + GAP * (panels - 1))
    axes.set_ylim(len(rows) - 0.5, top)
    axes.set_yticks(range(len(rows)), [shortened(row, HOLDER) for row in rows], fontsize=SMALL)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _limit_axis(axes: Axes, curve: FloorCurve, rows: Sequence[str]) -> None:
    """Draw the scale of a limit above its bands, and the limit that is proposed as a black line."""
    sign = _sign(curve)
    start, end = _ends(curve)
    axes.set_xlim(start, end)
    axes.set_ylim(len(rows) - 0.5, -1.0)
    axes.xaxis.tick_top()
    axes.xaxis.set_major_formatter(lambda at, _: plain(sign * at))
    axes.set_yticks(range(len(rows)), rows, fontsize=SMALL)
    axes.tick_params(length=0, labelsize=SMALL, pad=1)
    axes.spines[:].set_visible(False)
    if curve.proposed is None or not start <= sign * curve.proposed <= end:
        return
    at = sign * curve.proposed
    axes.plot([at, at], [-0.55, len(rows) - 0.5], color=INK, linewidth=1.6, zorder=5)
    text = words.told("first_page.proposed", floor=words.as_stated(curve.proposed))
    side = "right" if at > (start + end) / 2 else "left"
    axes.text(at, -0.78, text, fontsize=SMALL, fontweight="bold", ha=side, va="center")


def _ever_first(panels: Mapping[str, Shares]) -> dict[str, None]:
    """Return the options that are first somewhere."""
    seen: dict[str, None] = {}
    for shares in panels.values():
        for own in shares.values():
            seen.update({option: None for option, share in own.items() if share > 0})
    return seen


def _entries(
    names: Mapping[str, str], colours: Mapping[str, str], seen: Mapping[str, None], told: str = ""
) -> dict[str, str]:
    """Return name and colour of the options for a key, but of those told by name already."""
    left = {}
    for option, colour in colours.items():
        if option in seen and colour != REST and names[option] not in told:
            left[names[option]] = colour
    if any(colours.get(option, REST) == REST for option in seen):
        left[words.told("first_page.other_options")] = REST
    return left


def _shares_told(problem: Problem, panels: Mapping[str, Shares]) -> str:
    """Return every share of the picture in words."""
    names = words.plain_options(problem)
    sentences = []
    for head, shares in panels.items():
        for holder, own in shares.items():
            ordered = sorted(own.items(), key=lambda one: -one[1])
            parts = words.listed(
                words.told("first_page.part_share", option=names[option], share=words.share(part))
                for option, part in ordered
                if part > 0
            )
            sentences.append(words.told("first_page.row", panel=head, row=holder, parts=parts))
    return " ".join([words.told("first_page.shares_told"), *sentences])


def _counts_told(problem: Problem, panels: Mapping[str, Shares]) -> str:
    names = words.plain_options(problem)
    sentences = []
    for head, counts in panels.items():
        for shape, own in counts.items():
            parts = words.listed(
                words.told("first_page.part", option=names[option], count=plain(count))
                for option, count in own.items()
            )
            sentences.append(words.told("first_page.row", panel=head, row=shape, parts=parts))
    return " ".join([words.told("first_page.shapes_told"), *sentences])


def _steps_told(problem: Problem, curves: Mapping[str, FloorCurve]) -> str:
    """Return who leads at first, and from where on another does, for each group of holders."""
    names = words.plain_options(problem)
    sentences = []
    for group, curve in curves.items():
        parts = []
        for _, step in pd.DataFrame(curve.table).iterrows():
            leaders = words.listed(names[leader] for leader in leaders_in(problem, step["leaders"]))
            if step["starts"] is not None:
                turn = words.turning(step["starts"])
                parts.append(words.told("first_page.step", leaders=leaders, turn=turn))
            elif not parts:
                parts.append(words.told("first_page.step_first", leaders=leaders))
        about = {"row": group, "parts": words.joined(parts)}
        sentences.append(words.told("first_page.steps", **about))
    return " ".join([words.told("first_page.steps_told", label=curve.label), *sentences])

"""The pictures of a report: each is drawn from a study under the name by which its sections place it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from mcda.report import figures, words
from mcda.report.results import rank_table
from mcda.report.study import Study

DOTS = 160


def ranks(study: Study) -> Any:
    """Draw the ranks for all holders by the leading method, without the floor and with it."""
    sides = [{holder: pair[side] for holder, pair in study.leading.items()} for side in (0, 1)]
    screened = rank_table(study.problem, sides[1])
    tables = rank_table(study.problem, sides[0]), None if screened.empty else screened
    title = words.leads_short([pair[0] for pair in study.leading.values()])
    return figures.ranks_by_holder(study.problem, *tables, title)


def values(study: Study) -> Any:
    """Draw the values of every option on every leaf."""
    return figures.value_strip(study.problem)


def contributions(study: Study) -> Any:
    """Draw what each head adds to every option's additive score, for the first holder."""
    without, screened = next(iter(study.answers.values()))[0]
    title = words.told("why.picture", holder=without.holder).rstrip(".")
    return figures.contribution_bars(study.problem, without, screened, title)


PICTURES: dict[str, Callable[[Study], Any]] = {"ranks": ranks, "values": values, "contributions": contributions}


def drawn(study: Study, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return every picture that a report places, as figures by name."""
    placed = [block["name"] for section in context["sections"] for block in section["blocks"] if block["is"] == "picture"]
    return {name: PICTURES[name](study) for name in placed}


def as_svg(pictures: Mapping[str, Any]) -> dict[str, str]:
    """Return figures as SVG text: the same bytes whenever they are drawn from the same numbers."""
    return {name: figures.svg(figure) for name, figure in pictures.items()}


def as_png(figure: Any) -> bytes:
    """Return a figure as PNG: the same bytes whenever it is drawn from the same numbers."""
    from matplotlib import rc_context

    with rc_context(figures.STYLE), io.BytesIO() as buffer:
        figure.savefig(buffer, format="png", dpi=DOTS, metadata={"Software": None}, bbox_inches="tight")
        return buffer.getvalue()

"""The values of eleven holders, kept apart: nine named after capitals or bodies, two personas.

Their weights are one analyst's reading of public statements, with ranges; nobody was asked. Kyiv
and Warsaw want the United States in, so they give no weight to a small U.S. share (C5.1) and look
at what is lost without it (C5.2).
"""

from pathlib import Path

import mcda
from criteria.ukraine_force.question import DATA
from criteria.ukraine_force.question import problem as read


def perspectives(problem: mcda.Problem | None = None, data: Path = DATA) -> dict[str, mcda.Weights]:
    """Return the weights of every holder over the seventeen leaves, by the holder's name."""
    return mcda.read_perspectives(data, problem or read(data))

"""Figures of results: each takes results, draws on the axes it is given (or its own) and returns them.

The title says what was found, the alternative text (`alternative`) says it to those who can't see; both are computed.
`svg`, `png` and `as_address` make a file of it, the same bytes from the same numbers.
"""

from mcda.report.figures.evidence import evidence_map, performance_strip, value_strip
from mcda.report.figures.files import alternative, as_address, png, svg
from mcda.report.figures.rankings import contribution_bars, lead_waterfall, rank_flow, ranks_by_holder, scores

__all__ = [
    "alternative",
    "as_address",
    "contribution_bars",
    "evidence_map",
    "lead_waterfall",
    "performance_strip",
    "png",
    "rank_flow",
    "ranks_by_holder",
    "scores",
    "svg",
    "value_strip",
]

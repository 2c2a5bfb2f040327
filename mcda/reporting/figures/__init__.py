"""Figures of results: each takes results, draws on given or own axes and returns them.

The title says what was found, and the alternative text (`alternative`) says it to those who can't
see; both are computed. `svg`, `png` and `as_address` make a file of it, the same bytes from the
same numbers.
"""

from mcda.reporting.figures.challenge import (
    regret_by_scenario,
    switching_intervals,
    tornado,
    value_of_information,
)
from mcda.reporting.figures.contributions import contribution_bars, lead_waterfall
from mcda.reporting.figures.doubts import (
    explained_lead,
    failing_box,
    floor_steps,
    reversals,
    smallest_change,
    switching_scores,
    variance_shares,
)
from mcda.reporting.figures.drawing.canvas import estimate_name
from mcda.reporting.figures.drawing.files import alternative, as_address, png, small_png, svg
from mcda.reporting.figures.events import bills_by_loss, risk_profiles
from mcda.reporting.figures.evidence import evidence_map, performance_strip, value_strip
from mcda.reporting.figures.packages import core_index, frontier_steps
from mcda.reporting.figures.rank_flow import rank_flow
from mcda.reporting.figures.rankings import ranks_by_holder, scores
from mcda.reporting.figures.robustness import central_weights, pairwise_winning, rank_acceptability
from mcda.reporting.figures.shape_doubts import shapes_led
from mcda.reporting.figures.tree import value_tree

__all__ = [
    "alternative",
    "as_address",
    "bills_by_loss",
    "central_weights",
    "contribution_bars",
    "core_index",
    "estimate_name",
    "evidence_map",
    "explained_lead",
    "failing_box",
    "floor_steps",
    "frontier_steps",
    "lead_waterfall",
    "pairwise_winning",
    "performance_strip",
    "png",
    "rank_acceptability",
    "rank_flow",
    "ranks_by_holder",
    "regret_by_scenario",
    "reversals",
    "risk_profiles",
    "scores",
    "shapes_led",
    "small_png",
    "smallest_change",
    "svg",
    "switching_intervals",
    "switching_scores",
    "tornado",
    "value_of_information",
    "value_strip",
    "value_tree",
    "variance_shares",
]

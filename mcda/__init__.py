"""From sourced evidence to a ranking that a minister can rely on and an auditor can re-run: every public name."""

from mcda.methods.additive import additive
from mcda.methods.copras import copras
from mcda.methods.electre import Electre1, electre1
from mcda.methods.promethee import promethee2
from mcda.methods.pymcdm_methods import pymcdm_scores
from mcda.methods.ranking import Ranking, compare, contributions, rank
from mcda.methods.ranks import ranks
from mcda.methods.ratio import linear_ratio
from mcda.methods.topsis import topsis
from mcda.methods.vikor import vikor
from mcda.preferences.consistency import Consistency
from mcda.preferences.hierarchy import Hierarchy, hierarchy
from mcda.preferences.holders import read_perspectives
from mcda.preferences.pairwise import Judgements, Priorities, ahp, priorities
from mcda.preferences.weights import Weights, equal_weights, over_leaves, weights
from mcda.problem.check import Check, check
from mcda.problem.evidence import Drawn, Estimate, Source
from mcda.problem.faults import AssumptionWarning, Fault, InputError
from mcda.problem.folder import read_problem
from mcda.problem.model import Criterion, Frame, Measure, Problem
from mcda.problem.ranges import ranges
from mcda.problem.scales import Scale
from mcda.problem.screening import dominance, screen

__all__ = [
    "AssumptionWarning",
    "Check",
    "Consistency",
    "Criterion",
    "Drawn",
    "Electre1",
    "Estimate",
    "Fault",
    "Frame",
    "Hierarchy",
    "InputError",
    "Judgements",
    "Measure",
    "Priorities",
    "Problem",
    "Ranking",
    "Scale",
    "Source",
    "Weights",
    "additive",
    "ahp",
    "check",
    "compare",
    "contributions",
    "copras",
    "dominance",
    "electre1",
    "equal_weights",
    "hierarchy",
    "linear_ratio",
    "over_leaves",
    "priorities",
    "promethee2",
    "pymcdm_scores",
    "ranges",
    "rank",
    "ranks",
    "read_perspectives",
    "read_problem",
    "screen",
    "topsis",
    "vikor",
    "weights",
]

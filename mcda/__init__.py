"""From sourced evidence to a ranking that a minister can rely on and an auditor can re-run: every public name."""

from mcda.methods.additive import additive
from mcda.methods.pymcdm_methods import pymcdm_scores
from mcda.methods.ranking import Ranking, compare, contributions, rank
from mcda.methods.ranks import ranks
from mcda.methods.topsis import topsis
from mcda.preferences.holders import read_perspectives
from mcda.preferences.hierarchy import Hierarchy, hierarchy
from mcda.preferences.pairwise import Consistency, Judgements, Priorities, ahp, priorities
from mcda.preferences.weights import Weights, equal_weights, over_leaves, weights
from mcda.problem.check import Check, check
from mcda.problem.evidence import Drawn, Estimate, Source
from mcda.problem.faults import AssumptionWarning, Fault, InputError
from mcda.problem.folder import read_problem
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.ranges import ranges
from mcda.problem.scales import Scale
from mcda.problem.screening import dominance, screen

__all__ = [
    "AssumptionWarning",
    "Check",
    "Consistency",
    "Criterion",
    "Drawn",
    "Estimate",
    "Fault",
    "Frame",
    "Hierarchy",
    "InputError",
    "Judgements",
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
    "dominance",
    "equal_weights",
    "hierarchy",
    "over_leaves",
    "priorities",
    "pymcdm_scores",
    "ranges",
    "rank",
    "ranks",
    "read_perspectives",
    "read_problem",
    "screen",
    "topsis",
    "weights",
]

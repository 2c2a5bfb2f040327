"""From sourced evidence to a ranking that a minister can rely on and an auditor can re-run: every public name."""

from mcda.methods.additive import additive
from mcda.methods.ranks import ranks
from mcda.methods.topsis import topsis
from mcda.preferences.hierarchy import Hierarchy, hierarchy
from mcda.preferences.pairwise import Consistency, Judgements, Priorities, ahp, priorities
from mcda.preferences.weights import Weights, equal_weights, over_leaves, weights
from mcda.problem.evidence import Drawn, Estimate, Source
from mcda.problem.faults import AssumptionWarning, Fault, InputError
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.scales import Scale

__all__ = [
    "AssumptionWarning",
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
    "Scale",
    "Source",
    "Weights",
    "additive",
    "ahp",
    "equal_weights",
    "hierarchy",
    "over_leaves",
    "priorities",
    "ranks",
    "topsis",
    "weights",
]

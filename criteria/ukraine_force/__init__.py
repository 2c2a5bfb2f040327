"""The question which security force, if any, Europe should put into Ukraine after a ceasefire.

Ten options on five trade-offs with seventeen leaves, from public information. Nothing is advocated.

>>> len(problem().options), len(perspectives())
(10, 11)
"""

from criteria.ukraine_force.perspectives import perspectives
from criteria.ukraine_force.question import DATA, FORMS, MEASURES, problem
from criteria.ukraine_force.scenarios import scenarios

__all__ = ["DATA", "FORMS", "MEASURES", "perspectives", "problem", "scenarios"]

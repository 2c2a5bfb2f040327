"""The question which security force, if any, Europe should put into Ukraine after a ceasefire.

Eleven options on five trade-offs with seventeen leaves, from public information. Nothing is advocated.

>>> len(problem().options), len(perspectives())
(11, 11)
"""

from criteria.ukraine_force.perspectives import perspectives
from criteria.ukraine_force.question import DATA, FORMS, MEASURES, problem
from criteria.ukraine_force.scenarios import scenarios

__all__ = ["DATA", "FORMS", "MEASURES", "perspectives", "problem", "scenarios"]

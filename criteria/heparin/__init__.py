"""The question whether low-dose heparin or enoxaparin should prevent clots after major trauma.

A published case: two drugs on three outcomes, from one randomised trial, with a published answer to
compare with. No medical advice.

>>> len(problem().options), list(perspectives())
(2, ['Published swing weights', 'Example of the R package', 'Bleeding first (persona)'])
"""

from criteria.heparin.outcomes import MEASURES
from criteria.heparin.question import DATA, perspectives, problem, scenarios

__all__ = ["DATA", "MEASURES", "perspectives", "problem", "scenarios"]

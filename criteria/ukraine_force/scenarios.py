"""Different futures: seven uncertainties with their states, as data."""

import pandas as pd

import mcda
from criteria.ukraine_force.question import problem as read


def scenarios(problem: mcda.Problem | None = None) -> pd.DataFrame:
    """Return a row for each effect of a state on a leaf.

    Probabilities are in percent; effects add or multiply.
    """
    return (problem or read()).tables["scenarios"].copy()

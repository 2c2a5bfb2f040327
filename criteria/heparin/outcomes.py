"""Outcomes: the share of patients with an event, from the counts of a trial.

The patients of each arm are facts, and so are the events that were seen; how many would be seen in
another sample of the same patients is what varies. The arms are independent: patients were drawn by
lot.
"""

import numpy as np

import mcda

PERCENT = 100


def share(outcome: str) -> mcda.Measure:
    """Return the measure of an outcome: percent of patients with an event, (..., options)."""

    def measure(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
        options = problem.options.index
        return (
            PERCENT
            * estimates.along(f"events/{outcome}", options)
            / estimates.along("patients", options)
        )

    return measure


MEASURES = {
    "proximal_clots": share("proximal"),
    "distal_clots": share("distal"),
    "major_bleeding": share("bleeding"),
}

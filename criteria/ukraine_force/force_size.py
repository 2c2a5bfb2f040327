"""Force size and effect (C1): how large the force is, whether it lasts, and what it deters.

Size is a means, not an end: it drives cost, dependence and escalation. So deployed strength (C1.1)
counts little by itself, and what size buys is judged as deterrent effect (C1.3), on a scale in
words. That effect shares its drivers with the chance of a renewed attack (C4.4): weigh the two
together. What a force takes away from other tasks is measured as the personnel tied up once
rotation is counted (C1.2), derived from one multiplier that all options share: a larger force
always ties up more, whatever the multiplier turns out to be. Time to full operation (C1.4) is
judged.
"""

import numpy as np

import mcda

PERCENT = 100


def coalition_strength(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return the personnel that the coalition deploys in Ukraine, (..., options), in thousands."""
    options = problem.options.index
    return estimates.along("coalition_share", options) / PERCENT * estimates.along("C1.1", options)


def rotation_burden(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return all personnel tied up, (..., options), in thousands.

    They are those deployed, earmarked or supporting, times rotation: for every one deployed, others
    prepare or recover. Only coalition personnel count; the multiplier is shared. Source: the ratios
    2.5, 3 and 4 of claims B04, B17 and B13.
    """
    options = problem.options.index
    committed = (
        coalition_strength(problem, estimates)
        + estimates.along("earmarked_strength", options)
        + estimates.along("supporting_strength", options)
    )
    return estimates["rotation_multiplier"] * committed


MEASURES = {"rotation_burden": rotation_burden}

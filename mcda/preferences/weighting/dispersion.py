"""What the spread of the data would say about weights: a contrast to preferences, never one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_word
from mcda.checks.faults import Fault, NotApplicable
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem

LABEL = "what the spread of the data would say, not a preference"
FLAT = 1e-12  # values on a leaf that differ by less differ by rounding alone


def dispersion_weights(problem: Problem, rule: str = "entropy") -> Weights:
    """Return weights from the spread of the options' values on each leaf, and label them so.

    They are no preference. They are computed on the 0-1 values, so that direction and unit are
    settled; a leaf on which all options are alike has weight 0. They change when an option is
    added.

    Parameters
    ----------
    problem : Problem
        The question.
    rule : str
        "entropy" (Shannon; Zeleny, 1982), "standard deviation" or "CRITIC" (standard deviation
        times conflict with the other leaves; Diakoulaki et al., 1995).

    Returns
    -------
    Weights
        Over the leaves.

    Raises
    ------
    InputError
        For another rule, and its kind NotApplicable if the options are alike on every leaf.

    References
    ----------
    Zeleny (1982), Multiple Criteria Decision Making. Diakoulaki, Mavrotas and Papayannakis (1995),
    Computers and Operations Research 22(7).

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> found = dispersion_weights(ukraine_force.problem(), "CRITIC")
    >>> found.holder, found.values.idxmax()
    ('what the spread of the data would say, not a preference', 'C1.1')
    """
    check_problem(problem)
    check_word(rule, RULES, "rule of dispersion weights")
    values = problem.expected_values.to_numpy()
    raw = np.where(np.ptp(values, axis=0) > FLAT, RULES[rule](values), 0.0)
    if not raw.any():
        raise NotApplicable(
            Fault(
                "options",
                "some that differ on a leaf",
                "options that are alike",
                "nothing is spread",
            )
        )
    return Weights(
        pd.Series(raw, problem.expected_values.columns),
        LABEL,
        method=f"dispersion: {rule}",
        meaning=LABEL,
        rationale=LABEL,
    )


def _entropy(values: np.ndarray) -> np.ndarray:
    """Return 1 less the entropy of each column's shares, as a part of the largest there can be."""
    total = values.sum(axis=0)
    shares = values / np.where(total > 0, total, 1.0)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    return np.asarray(
        np.maximum(1 + (shares * logs).sum(axis=0) / np.log(max(len(values), 2)), 0.0)
    )


def _deviation(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.std(axis=0))


def _critic(values: np.ndarray) -> np.ndarray:
    """Return each column's standard deviation times its conflict with the other columns.

    The conflict is the sum of 1 - correlation with the columns that vary.
    """
    spread = np.where(np.ptp(values, axis=0) > FLAT, values.std(axis=0), 0.0)
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, np.inf)
    conflict = (1 - scaled.T @ scaled / len(values))[:, spread > 0].sum(axis=1)
    return spread * conflict if np.count_nonzero(spread) > 1 else spread


RULES = {"entropy": _entropy, "standard deviation": _deviation, "CRITIC": _critic}

"""The methods of pymcdm that are right, by name; the others are refused with the reason.

A method is offered when it passes the property suite of tests/methods/test_pymcdm_methods.py: order
and units don't matter, a better cell isn't found to harm, no option is behind one that it
dominates, equals tie, every score is a number. Of VIKOR it is known that a better cell can harm
where it moves its column's range: the suite keeps the range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from mcda.checks.arguments import check_word
from mcda.checks.faults import Fault, InputError, NotApplicable, known
from mcda.methods.decision_table import Table, by_name, positions, read_single_table
from mcda.preferences.weighting.stated import Weights

NAMED = 6  # cells that a message names
OFFERED = (
    "ARAS",
    "EDAS",
    "LMAW",
    "MABAC",
    "MAIRCA",
    "MARCOS",
    "MOORA",
    "OCRA",
    "PROMETHEE_II",
    "RAM",
    "SPOTIS",
    "TOPSIS",
    "VIKOR",
    "WASPAS",
    "WPM",
    "WSM",
)
LOWER_IS_BETTER = ("MAIRCA", "SPOTIS", "VIKOR")
REFUSED = {
    "AROMAN": "it adds what should be minimised, so a dearer option can score higher",
    "COCOSO": "it gives no number for some complete tables",
    "CODAS": (
        "an option can come out ahead of one that dominates it, "
        "as its threshold switches between two distances"
    ),
    "COPRAS": "pymcdm's version rewards cost; mcda.copras is the published method",
    "PROBID": "an option can come out ahead of one that dominates it",
    "SPROBID": "it gives no number for some complete tables",
    "LoPM": "its ranking is upside down",
    "BalancedSPOTIS": "it needs an expected solution, which a question doesn't hold",
    "COMET": (
        "it needs an expert's judgement of every combination of levels, "
        "which a question doesn't hold"
    ),
    "ERVD": "it needs reference points for gains and losses, which a question doesn't hold",
    "RAFSI": "it needs ideal and anti-ideal points of its own beside the anchors",
    "RIM": "it needs a reference interval for each criterion, which a question doesn't hold",
}
Score = Callable[[np.ndarray, np.ndarray], np.ndarray]


def pymcdm_scores(
    name: str,
    matrix: Any,
    weights: Any = None,
    directions: Any = None,
    *,
    weights_as_stated: bool = False,
    **settings: Any,
) -> Any:
    """Return the scores of a method of pymcdm, as pymcdm defines them.

    For VIKOR, SPOTIS and MAIRCA lower is better.

    Parameters
    ----------
    name : str
        The method, as pymcdm calls it.
    matrix : array_like of shape (m, n), or Matrix
        Performances in natural units. One that `read_matrix` gave brings the weights and
        directions that aren't given.
    weights : array_like of shape (n,) or mapping of str to float
        Weights in any unit, divided by their sum.
    directions : sequence or mapping of str
        "max" or "min" for each criterion.
    weights_as_stated : bool
        Use the weights as they are: some publications use weights that don't sum to one, and this
        replicates them.
    **settings
        The method's own (SPOTIS: bounds; PROMETHEE_II: preference_function, p, q; VIKOR: v; WASPAS:
        l).

    Returns
    -------
    ndarray of shape (m,) or pandas.Series
        The scores; labelled if the matrix is.

    Raises
    ------
    InputError
        For a method that is refused, for bad input, and where the method gives no finite number,
        with the cells that it can't take.

    Examples
    --------
    >>> matrix = [[1, 3000], [2, 3750], [5, 4500]]
    >>> pymcdm_scores("VIKOR", matrix, [0.5, 0.5], ["min", "max"]).tolist()
    [1.0, 0.0, 1.0]
    """
    offered(name)
    table = read_single_table(matrix, weights, directions)
    if weights_as_stated:
        stated = weights.raw if isinstance(weights, Weights) else weights
        table = replace(
            table,
            weights=table.weights * float(np.sum(by_name(stated, table.criteria, True, "weight"))),
        )
    return table.labelled(_scores(name, table, settings), name)


def pymcdm_method(name: str, names: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> Score:
    """Return a method of pymcdm as a function of 0-1 values (m, n) and weights (n,).

    Higher scores are better: those of VIKOR, SPOTIS and MAIRCA are negated. SPOTIS takes the
    anchors (0 and 1) as its bounds, PROMETHEE_II the usual preference function. `names` of options
    and criteria go into messages. Raises InputError for a method that is refused or unknown, and
    for values that it can't take.
    """
    offered(name)
    sign = -1.0 if name in LOWER_IS_BETTER else 1.0

    def score(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        told = names or positions(*values.shape)
        return (
            sign * _scores(name, Table(values, weights, np.ones(values.shape[1]), *told, None), {})
            + 0.0
        )

    return score


def offered(name: str) -> None:
    """Refuse a method that is wrong, or isn't pymcdm's, with the reason and the way out."""
    if isinstance(name, str) and name in REFUSED:
        raise InputError(
            Fault(
                f"method 'pymcdm:{name}'",
                "a method that passes the property suite",
                REFUSED[name],
                f"use one of {known(OFFERED, 20)}",
            )
        )
    check_word(name, OFFERED, "method of pymcdm", most=20)


def _scores(name: str, table: Table, settings: dict[str, Any]) -> np.ndarray:
    """Return finite scores, or say which cells the method can't take."""
    from pymcdm import methods

    parameters = {**_defaults(name, table), **settings}
    try:
        with np.errstate(all="ignore"):
            method = getattr(methods, name)(**parameters)
            scores = method(table.matrix, table.weights, table.signs.astype(int), validation=False)
    except (ValueError, TypeError, IndexError) as error:
        raise NotApplicable(
            Fault(
                f"method 'pymcdm:{name}'",
                "a table and settings that it can take",
                str(error),
                _hint(table),
            )
        ) from None
    scores = np.asarray(scores, dtype=float)
    if scores.shape != (len(table.alternatives),) or not np.isfinite(scores).all():
        raise NotApplicable(
            Fault(
                f"method 'pymcdm:{name}'",
                "a finite score for every alternative",
                "none",
                _hint(table),
            )
        )
    return scores


def _defaults(name: str, table: Table) -> dict[str, Any]:
    anchors = np.tile([0.0, 1.0], (len(table.criteria), 1))
    settings: dict[str, dict[str, Any]] = {
        "SPOTIS": {"bounds": anchors},
        "PROMETHEE_II": {"preference_function": "usual"},
    }
    return settings.get(name, {})


def _hint(table: Table) -> str:
    """Return the cells and criteria on which such methods fail: not above 0, or constant."""
    low = [
        f"'{table.alternatives[i]}' on '{table.criteria[j]}'"
        for i, j in np.argwhere(table.matrix <= 0).tolist()
    ]
    flat = [
        f"'{name}'"
        for name, spread in zip(table.criteria, np.ptp(table.matrix, axis=0), strict=True)
        if not spread
    ]
    reasons = []
    if low:
        more = " and more" if len(low) > NAMED else ""
        reasons.append(f"cells not above 0: {', '.join(low[:NAMED])}{more}")
    if flat:
        reasons.append(f"the same for every alternative: {', '.join(flat)}")
    return "; ".join([*reasons, "use another method"])

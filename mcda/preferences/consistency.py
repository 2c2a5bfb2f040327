"""How coherent pairwise judgements are: the consistency ratio, with the random-index table that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.problem.faults import Fault, InputError, known

SAATY_1980 = "Saaty 1980"
SAATY_2005 = "Saaty 2005"
ALONSO_LAMATA = "Alonso & Lamata 2006"
RANDOM_INDEX = {
    SAATY_1980: (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    SAATY_2005: (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    ALONSO_LAMATA: (0, 0, .5247, .8816, 1.1086, 1.2479, 1.3417, 1.4057, 1.4499, 1.4854, 1.5140, 1.5365, 1.5551, 1.5713,
                    1.5838),
}  # fmt: skip


@dataclass(frozen=True)
class Consistency:
    """How coherent pairwise judgements are: 0 says fully; a ratio up to 0.10 is, by convention, taken as coherent.

    lambda_max is the principal eigenvalue, index = (lambda_max - n) / (n - 1), ratio = index / the mean index
    of random matrices of size n in the named table. It says nothing of whether the judgements are right.
    Source: Saaty (1980), The Analytic Hierarchy Process.
    """

    lambda_max: Any
    index: Any
    ratio: Any
    random_index: float
    table: str
    size: int


def consistency(n: int, lambda_max: np.ndarray, table: str) -> Consistency:
    """Return the consistency of matrices of n items with principal eigenvalues (...), by a named random-index table.

    >>> round(consistency(3, np.array(3.0037), SAATY_1980).ratio, 4)
    0.0032
    """
    if table not in RANDOM_INDEX:
        raise InputError(Fault("random-index table", f"one of {known(RANDOM_INDEX)}", repr(table)))
    if n > len(RANDOM_INDEX[table]):
        raise InputError(
            Fault("pairwise matrix", f"at most {len(RANDOM_INDEX[table])} items ({table})", f"{n}", "group them")
        )
    random = RANDOM_INDEX[table][n - 1]
    excess = np.maximum(lambda_max - n, 0.0)
    index = np.where(excess > 1e-12 * n, excess, 0.0) / max(n - 1, 1)
    ratio = index / random if random else np.zeros_like(index)
    return Consistency(_scalar(lambda_max), _scalar(index), _scalar(ratio), random, table, n)


def _scalar(number: Any) -> Any:
    return float(number) if np.ndim(number) == 0 else number

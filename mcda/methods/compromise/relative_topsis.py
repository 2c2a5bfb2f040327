"""TOPSIS with ideals taken from the alternatives at hand, for a ranking or a challenge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.methods.compromise.topsis import reference_gaps, topsis


@dataclass(frozen=True)
class RelativeTopsis:
    """The textbook's TOPSIS as a function (matrix (..., m, n), weights (..., n)) -> closeness.

    Norms, ideal and anti-ideal come from the alternatives at hand, so adding or dropping one can
    change the order of the others. `gaps` are the distances to both ideals on each criterion.

    Parameters
    ----------
    directions : tuple of str
        "max" or "min" for each criterion.
    normalisation : str
        As in `topsis`.
    p : float
        The exponent of the distance.

    References
    ----------
    Hwang and Yoon (1981), Multiple Attribute Decision Making.

    Examples
    --------
    >>> method = RelativeTopsis(("max", "max", "max"))
    >>> matrix = np.array([[5, 5, 10], [8, 8, 3], [6, 5, 1], [1, 2, 10]])
    >>> method(matrix, np.array([0.40, 0.35, 0.25])).round(3).tolist()
    [0.617, 0.724, 0.508, 0.33]
    """

    directions: tuple[str, ...]
    normalisation: str = "vector"
    p: float = 2.0

    def __call__(self, matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return the closeness of each alternative; raises InputError as `topsis` does."""
        closeness: np.ndarray = topsis(
            matrix, weights, self.directions, normalisation=self.normalisation, p=self.p
        )
        return closeness

    def gaps(self, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return distances to the ideal and to the anti-ideal, (m, n) each, before weights."""
        return reference_gaps(matrix, self.directions, self.normalisation)

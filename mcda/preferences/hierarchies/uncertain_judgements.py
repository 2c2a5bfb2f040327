"""Judgements that could have been a little different: a cloud of the weights they imply."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mcda.checks.arguments import check_kind, check_word
from mcda.checks.faults import Fault, InputError
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.priorities import RULES, geometric_means, priorities
from mcda.preferences.pairwise.eigenvector import principal
from mcda.preferences.pairwise.incomplete import least_squares, with_ratios
from mcda.preferences.pairwise.saaty_scale import moved
from mcda.preferences.weighting.spaces import WeightSpace
from mcda.sampling.streams import uniforms


@dataclass(frozen=True, eq=False)
class JudgedWeights(WeightSpace):
    """The weights that judgements imply when each of them is uncertain, to draw from.

    `drawn_matrices` are the judgements behind the draws.

    Parameters
    ----------
    tops : tuple of str
        The items that were judged.
    holder : str
        The name of whoever judged.
    judgements : Judgements
        As they were given.
    rule : str
        As in `priorities`.
    factor : float, optional
        A drawn ratio is the judged one times a log-normal number, about two times in three within
        this factor of it.
    spread : pandas.DataFrame, optional
        As in `WeightSpace`.
    step : int, optional
        A drawn ratio is the judged one, or up to that many steps up or down Saaty's scale, all
        equally likely.

    Examples
    --------
    >>> judged = Judgements(["cost", "legal"], {("cost", "legal"): 3})
    >>> judged_weights(judged, "panel", factor=2.0).drawn_matrices(5, seed=0).shape
    (5, 2, 2)
    """

    judgements: Judgements = field(kw_only=True)
    rule: str = field(default="eigenvector", kw_only=True)
    factor: float | None = field(default=None, kw_only=True)
    step: int | None = field(default=None, kw_only=True)

    def drawn_matrices(self, n: int, seed: int, first: int = 0) -> np.ndarray:
        """Return n reciprocal matrices (n, tops, tops), NaN for a pair that wasn't judged.

        They are the judgements behind the draws of `sample`.
        """
        return self._matrices(n, seed, first, f"weights/{self.holder}")

    def _matrices(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        judged = self.judgements.matrix.to_numpy()
        rows, columns = np.nonzero(np.triu(~np.isnan(judged), 1))
        ratios = judged[rows, columns]
        random = uniforms(seed, key, first, n, max(len(rows), 1))[:, : len(rows)]
        matrices = np.repeat(judged[None], n, axis=0)
        drawn = self._scattered(ratios, random)
        matrices[:, rows, columns] = drawn
        matrices[:, columns, rows] = 1 / drawn
        return matrices

    def _scattered(self, ratios: np.ndarray, random: np.ndarray) -> np.ndarray:
        """Return judged ratios (pairs,) as uniform numbers (n, pairs) move them."""
        if self.step:
            return moved(ratios, _steps(random, self.step))
        return np.asarray(ratios * _noise(random, self.factor or 1.0))

    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        matrices = self._matrices(n, seed, first, key)
        if self.judgements.missing:
            matrices = np.stack(
                [with_ratios(matrix, np.exp(least_squares(matrix))) for matrix in matrices]
            )
        if self.rule == "geometric mean":
            return geometric_means(matrices)
        return principal(matrices)[0]


def judged_weights(
    judgements: Judgements,
    holder: str,
    *,
    factor: float | None = None,
    step: int | None = None,
    rule: str = "eigenvector",
) -> JudgedWeights:
    """Return the weights of a holder with uncertain judgements, as a weight space to draw from.

    A step stops at the ends of Saaty's scale. Missing pairs are completed by log least squares in
    each draw.

    Parameters
    ----------
    judgements : Judgements
        As they were given.
    holder : str
        The name of whoever judged.
    factor : float, optional
        Above 1: draws are log-normal around each judgement. Give either this or `step`.
    step : int, optional
        At least 1: draws lie up to so many steps of Saaty's scale away.
    rule : str
        As in `priorities`.

    Returns
    -------
    JudgedWeights
        The weights over the items.

    Raises
    ------
    InputError
        For an unknown rule, for neither or both of factor and step, and for comparisons that fall
        into parts.

    Examples
    --------
    >>> judged = Judgements(["cost", "legal"], {("cost", "legal"): 3})
    >>> judged_weights(judged, "panel", step=1).sample(4, seed=0).round(2).tolist()
    [[0.67, 0.33], [0.75, 0.25], [0.75, 0.25], [0.67, 0.33]]
    """
    check_kind(
        judgements,
        Judgements,
        "judgements",
        "`Judgements` of one holder",
        "mcda.Judgements(items, ratios)",
    )
    check_word(rule, RULES, "rule")
    if (factor is None) == (step is None):
        stated = "both" if step else "neither"
        raise InputError(Fault("uncertain judgements", "either a factor or a step", stated))
    if factor is not None and not (_number(factor) and 1 < factor < np.inf):
        raise InputError(
            Fault("factor", "a number above 1", repr(factor), "1.5 says within half as much again")
        )
    if step is not None and not (isinstance(step, int) and _number(step) and step >= 1):
        raise InputError(Fault("step", "a whole number of at least 1", repr(step)))
    priorities(judgements, "geometric mean")
    return JudgedWeights(
        tuple(judgements.items), holder, judgements=judgements, rule=rule, factor=factor, step=step
    )


def _noise(random: np.ndarray, factor: float) -> np.ndarray:
    """Return log-normal numbers from uniform ones.

    Their median is 1, their geometric standard deviation the factor.
    """
    from scipy.special import ndtri

    return np.asarray(np.exp(np.log(factor) * ndtri(random)))


def _steps(random: np.ndarray, reach: int) -> np.ndarray:
    """Return whole numbers from -reach to reach, all as likely, from uniform ones."""
    return np.asarray(np.floor(random * (2 * reach + 1)) - reach)


def _number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)

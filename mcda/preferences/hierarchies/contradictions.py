"""What pairwise judgements say against each other: shown to whoever made them, never applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.checks.significant_digits import fixed, plain
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.priorities import solved
from mcda.preferences.pairwise.consistency import SAATY_1980, consistency
from mcda.preferences.pairwise.eigenvector import principal
from mcda.preferences.pairwise.incomplete import laplacian, least_squares, with_ratios
from mcda.preferences.pairwise.saaty_scale import in_words
from mcda.preferences.pairwise.triads import triads

# what a consistency ratio of 0.10 corresponds to (Aguaron and Moreno-Jimenez, 2003), by the number
# of items; the second for five and more
GEOMETRIC_LIMITS = {3: 0.3147, 4: 0.3526}
GEOMETRIC_LIMIT = 0.370
ROUNDING = 1e-9  # judgements that disagree by less agree


@dataclass(frozen=True, eq=False)
class Contradictions:
    """Where pairwise judgements disagree with each other.

    Nothing of it is applied: whoever judged may be right.

    Attributes
    ----------
    geometric_index : float
        Mean squared log error of the judgements; 0 is none.
    geometric_limit : float
        What a consistency ratio of 0.10 corresponds to (Aguaron and Moreno-Jimenez, 2003).
    triads : pandas.DataFrame
        A row for each judged triad, worst first, with the share by which its three judgements
        disagree (Koczkodaj, 1993).
    order : pandas.DataFrame
        A row for each violation of order preservation (Bana e Costa and Vansnick, 2008): "order"
        where a preferred item has no larger priority, "intensity" where a stronger preference has
        no larger ratio of priorities.
    judgements : pandas.DataFrame
        A row for each judgement, the one that contributes most first: what was judged, what the
        others imply, its share of all error, and the consistency ratio if it were as implied.

    Examples
    --------
    >>> ratios = {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 3}
    >>> contradictions(Judgements(["a", "b", "c"], ratios)).triads["disagreement"].tolist()
    [0.5]
    """

    geometric_index: float
    geometric_limit: float
    triads: pd.DataFrame
    order: pd.DataFrame
    judgements: pd.DataFrame

    def __str__(self) -> str:
        """Say the worst of each in a sentence."""
        side = "within" if self.geometric_index <= self.geometric_limit else "above"
        index = fixed(self.geometric_index, 3)
        limit = fixed(self.geometric_limit, 3)
        parts = [f"geometric consistency index {index}, {side} its limit {limit}"]
        if len(self.triads) and self.triads["disagreement"].iloc[0] > ROUNDING:
            worst = self.triads.iloc[0]
            parts.append(
                f"worst triad '{worst['first']}', '{worst['second']}', '{worst['third']}': "
                f"judged {plain(worst['judged'], 3)}, "
                f"by way of the second {plain(worst['by way'], 3)}"
            )
        if len(self.order):
            parts.append(f"{len(self.order)} judged preferences not kept by the priorities")
        if len(self.judgements) and self.judgements["share of error"].iloc[0] > ROUNDING:
            most = self.judgements.iloc[0]
            parts.append(
                f"'{most['first']}' to '{most['second']}' contributes most: "
                f"judged {plain(most['judged'], 3)}, the others imply {plain(most['implied'], 3)}"
            )
        return "; ".join(parts)


def contradictions(
    judgements: Judgements, *, rule: str = "eigenvector", random_index: str = SAATY_1980
) -> Contradictions:
    """Return where pairwise judgements, complete or not, contradict each other.

    Missing pairs are completed by log least squares where a ratio needs them.

    Parameters
    ----------
    judgements : Judgements
        One holder's judgements of n items.
    rule : str
        As in `priorities`, for order and ratios.
    random_index : str
        The table of random indices, as in `priorities`.

    Returns
    -------
    Contradictions
        Triads, order and judgements, the worst of each first.

    Raises
    ------
    InputError
        For comparisons that fall into parts.

    Examples
    --------
    >>> ratios = {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 3}
    >>> found = contradictions(Judgements(["a", "b", "c"], ratios))
    >>> found.judgements.loc[0, ["first", "second", "in words"]].tolist()
    ['a', 'b', 'equal']
    """
    shares = np.asarray(solved(judgements, rule, random_index))
    matrix = judgements.matrix.to_numpy()
    items = list(judgements.items)
    errors = _errors(matrix)
    n = len(items)
    degrees = np.count_nonzero(np.triu(~np.isnan(matrix), 1)) - n + 1
    index = float(np.nansum(np.triu(errors, 1) ** 2) / degrees) if degrees > 0 else 0.0
    return Contradictions(
        index,
        GEOMETRIC_LIMITS.get(n, GEOMETRIC_LIMIT),
        triads(matrix, items),
        _order(matrix, shares, items),
        _judgements(matrix, errors, items, random_index),
    )


def geometric_index(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the mean squared log error (...) of complete matrices (..., n, n) about weights.

    Of a matrix about its own geometric means (..., n) it is the geometric consistency index
    (Aguaron and Moreno-Jimenez, 2003), about those of a group the compatibility of a member with
    it. It is 0 for two items, which can't contradict each other.

    >>> judged = np.array([[1, 2, 3], [1 / 2, 1, 3], [1 / 3, 1 / 3, 1]])
    >>> round(float(geometric_index(judged, np.array([0.5, 0.3, 0.2]))), 3)
    0.547
    """
    n = matrix.shape[-1]
    logs = np.log(matrix) - np.log(weights)[..., :, None] + np.log(weights)[..., None, :]
    return (
        (logs**2).sum(axis=(-1, -2)) / ((n - 1) * (n - 2)) if n > 2 else np.zeros(matrix.shape[:-2])
    )


def _errors(matrix: np.ndarray) -> np.ndarray:
    """Return the logs of judged ratios less those of the least-squares priorities.

    A pair that wasn't judged is NaN.
    """
    fitted = least_squares(matrix)
    return np.asarray(np.log(matrix) - fitted[:, None] + fitted[None, :])


def _order(matrix: np.ndarray, shares: np.ndarray, items: list[str]) -> pd.DataFrame:
    """Return judged preferences, and pairs of them, in an order that priorities don't keep."""
    pairs = np.argwhere(np.nan_to_num(matrix) > 1 + ROUNDING)
    judged = matrix[*pairs.T]
    derived = shares[pairs[:, 0]] / shares[pairs[:, 1]]
    named = [f"{items[i]} over {items[j]}" for i, j in pairs]
    rows = [
        ("order", named[k], judged[k], derived[k], "", np.nan, np.nan)
        for k in np.flatnonzero(derived <= 1 + ROUNDING)
    ]
    more = judged[:, None] > judged[None, :] * (1 + ROUNDING)
    less = derived[:, None] <= derived[None, :] * (1 + ROUNDING)
    rows += [
        ("intensity", named[k], judged[k], derived[k], named[m], judged[m], derived[m])
        for k, m in np.argwhere(more & less)
    ]
    columns = ["kind", "stronger", "judged", "derived", "weaker", "weaker judged", "weaker derived"]
    return pd.DataFrame(rows, columns=columns)


def _judgements(
    matrix: np.ndarray, errors: np.ndarray, items: list[str], random_index: str
) -> pd.DataFrame:
    """Return every judgement with what the others imply, in order of its part in the error."""
    pairs = np.argwhere(np.triu(~np.isnan(matrix), 1))
    first, second = pairs.T
    inverse = np.linalg.pinv(laplacian(~np.isnan(matrix)), hermitian=True)
    free = 1 - (inverse[first, first] + inverse[second, second] - 2 * inverse[first, second])
    # nothing else speaks of a pair that alone connects two parts
    free = np.where(free > ROUNDING, free, np.nan)
    error = errors[first, second]
    implied = np.exp(np.log(matrix[first, second]) - error / free)
    table = pd.DataFrame(
        {
            "first": [items[i] for i in first],
            "second": [items[j] for j in second],
            "judged": matrix[first, second],
            "implied": implied,
        }
    )
    table["in words"] = ["" if np.isnan(ratio) else in_words(ratio) for ratio in implied]
    table["share of error"] = error**2 / max((error**2).sum(), ROUNDING**2)
    table["ratio then"] = _ratios_then(matrix, pairs, implied, random_index)
    return table.iloc[
        np.argsort(-np.round(np.nan_to_num(error**2 / free), 9), kind="stable")
    ].reset_index(drop=True)


def _ratios_then(
    matrix: np.ndarray, pairs: np.ndarray, implied: np.ndarray, random_index: str
) -> np.ndarray:
    """Return the consistency ratio with each judgement, one at a time, as the others imply it."""
    changed = np.repeat(matrix[None], len(pairs), axis=0)
    each = np.arange(len(pairs))
    ratios = np.where(np.isnan(implied), matrix[*pairs.T], implied)
    first, second = pairs.T
    changed[each, first, second] = ratios
    changed[each, second, first] = 1 / ratios
    filled = changed
    if len(pairs):
        filled = np.stack(
            [with_ratios(change, np.exp(least_squares(change))) for change in changed]
        )
    return np.atleast_1d(consistency(len(matrix), principal(filled)[1], random_index).ratio)

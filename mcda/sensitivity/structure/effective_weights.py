"""Effective weights: the share of the variance of scores over options that each criterion makes.

A stated weight says what a criterion is worth from end to end of its scale. What it decides hangs
on how far the options lie apart on it, and on what moves with it.
"""

from __future__ import annotations

import numpy as np

# bandwidths of the smoother, as parts of the range of a criterion: the widest is a straight line
WIDTHS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8)
FLAT = 1e-12  # a variance or a determinant below it is 0
ALONE = 1e-9  # what a point's own weight in its fit may lack of 1 before nothing else is in it


def covariance_shares(parts: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Return the share of the variance of a total (m,) that each of its parts (m, k) makes, (k,).

    It is the covariance of the part with the total over the variance of the total: the shares of
    parts that make up the total add to 1, and one is negative where a part pulls against it. Blank
    where the total doesn't vary.

    >>> parts = np.array([[0.0, 0.3], [0.5, 0.2], [1.0, 0.1]])
    >>> covariance_shares(parts, parts.sum(axis=1)).round(2).tolist()
    [1.25, -0.25]
    """
    spread = total - total.mean()
    variance = spread @ spread
    if variance < FLAT:
        return np.full(parts.shape[1], np.nan)
    return np.asarray(parts.T @ spread / variance)


def correlation_ratios(values: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Return the correlation ratio of totals (m, h) with each column of values (m, k), (h, k).

    It is the share of a total's variance that knowing that column alone explains: 1 less the
    variance of what a fit misses over that of the total. The fit is a local straight line with
    Gaussian weights, its width chosen by leaving each option out in turn. 0 for a column that
    doesn't vary; blank for a total that doesn't, and where options are too few to leave one out.

    References
    ----------
    Paruolo, Saisana and Saltelli (2013), J. R. Stat. Soc. A 176, 609. Becker, Saisana, Paruolo and
    Vandecasteele (2017), Ecological Indicators 80, 12.

    >>> straight = np.linspace(0, 1, 6)[:, None]
    >>> correlation_ratios(straight, 2 * straight).round(6).tolist()
    [[1.0]]
    """
    variances = totals.var(axis=0)
    missed = np.array([(totals - _fitted(column, totals)).var(axis=0) for column in values.T])
    varies = variances >= FLAT
    return np.where(varies, 1 - missed / np.where(varies, variances, 1.0), np.nan).T


def _fitted(column: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Return the fit of each total (m, h) on a column (m,), of the width that misses least."""
    chosen = np.tile(totals.mean(axis=0), (len(totals), 1))
    size = np.ptp(column)
    if size**2 < FLAT:
        return chosen
    least = np.full(totals.shape[1], np.inf)
    for width in reversed(WIDTHS):
        hat = _hat(column / size, width)
        own = 1 - hat.diagonal()
        if (own < ALONE).any():
            continue
        fit = hat @ totals
        missed = (((totals - fit) / own[:, None]) ** 2).sum(axis=0)
        better = missed < least * (1 - ALONE)
        least[better] = missed[better]
        chosen[:, better] = fit[:, better]
    chosen[:, np.isinf(least)] = np.nan
    return chosen


def _hat(column: np.ndarray, width: float) -> np.ndarray:
    """Return the matrix (m, m) that turns a total into its local linear fit at every option."""
    apart = column[None, :] - column[:, None]
    near = np.exp(-0.5 * (apart / width) ** 2)
    count = near.sum(axis=1, keepdims=True)
    first = (near * apart).sum(axis=1, keepdims=True)
    second = (near * apart**2).sum(axis=1, keepdims=True)
    determinant = count * second - first**2
    straight = determinant > FLAT
    line = near * (second - apart * first) / np.where(straight, determinant, 1.0)
    return np.asarray(np.where(straight, line, near / count))

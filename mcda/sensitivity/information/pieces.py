"""Straight pieces through cells of equal scale, by penalised least squares and halving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# a spread of places that is less than this part of their squares is rounding: it gets no slope
FLAT = 1e-12


@dataclass(frozen=True, eq=False)
class _Moments:
    """What least squares of one piece needs, each (..., pieces).

    These are sums over its cells, and the noise of its draws.
    """

    count: np.ndarray
    place: np.ndarray
    square: np.ndarray
    outcome: np.ndarray
    product: np.ndarray
    scatter: np.ndarray
    noise: np.ndarray

    def joined(self) -> _Moments:
        """Return the moments of neighbours taken together, two by two."""
        return _Moments(*(one[..., 0::2] + one[..., 1::2] for one in vars(self).values()))

    def line(self, price: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return height at place 0, slope and cost of the best line through each piece.

        The slope is 0 where it doesn't pay.
        """
        count = np.maximum(self.count, 1.0)
        spread = self.square - self.place**2 / count
        bent = spread > FLAT * self.square
        together = self.product - self.place * self.outcome / count
        slope = np.where(bent, together / np.where(bent, spread, 1.0), 0.0)
        level = self.scatter - self.outcome**2 / count + price * self.noise / count
        tilted = level - slope * together + price * self.noise / count
        slope = np.where(tilted < level, slope, 0.0)
        cost = np.where(self.count > 0, np.minimum(level, tilted), 0.0)
        return (self.outcome - slope * self.place) / count, slope, cost


def pieces(
    counts: np.ndarray, places: np.ndarray, sums: np.ndarray, noise: np.ndarray, price: float
) -> np.ndarray:
    """Return the fitted mean of each outcome in each cell, (..., m, cells).

    The fit is straight pieces over runs of cells. counts (..., cells) and sums of outcomes (..., m,
    cells) are those of the draws in each cell; places (..., cells) are theirs; noise is the variance
    of one draw (..., m, cells). There is a power of two of cells, some of them empty. Halves of halves are
    joined from the cells up: two neighbours become one piece, level or tilted, where that costs no
    more in squares than `price` variances for each number fitted. With a price of the logarithm of
    the number of draws this is the criterion of Schwarz (1978) over the pieces of Donoho (1997),
    Annals of Statistics 25, with lines for levels.
    """
    count = np.maximum(counts, 0.0)[..., None, :]
    mean = sums / np.maximum(count, 1.0)
    places = places[..., None, :]
    moments = _Moments(
        count,
        count * places,
        count * places**2,
        sums,
        sums * places,
        sums * mean,
        noise * np.ones_like(count) * count,
    )
    lines = []
    cost = np.where(count > 0, price * noise, 0.0)
    while moments.count.shape[-1] > 1:
        moments = moments.joined()
        height, slope, own = moments.line(price)
        apart = cost[..., 0::2] + cost[..., 1::2]
        join = own <= apart
        cost = np.where(join, own, apart)
        lines.append((join, height, slope))
    return _along(lines, mean, places)


def _along(
    lines: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]],
    mean: np.ndarray,
    places: np.ndarray,
) -> np.ndarray:
    """Return the height in each cell of the longest line joined there, or the cell's own mean.

    lines: from the shortest; whether each piece is joined, with its height at place 0 and slope.
    """
    whole = [at for at, (join, *_) in enumerate(lines) if join.all()]
    fitted = mean
    for join, height, slope in lines[max(whole, default=0) :]:  # of shorter ones nothing is left
        by_piece = fitted.reshape(*join.shape, -1)
        place = places.reshape(*places.shape[:-1], join.shape[-1], -1)
        line = height[..., None] + slope[..., None] * place
        fitted = np.where(join[..., None], line, by_piece).reshape(mean.shape)
    return fitted

"""Hit-and-run: a walk through a convex body that forgets where it began, one for each draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mcda.sampling.streams import uniforms

SLACK = 1e-9  # of the unit of weights: what is nearer to a face lies on it but for rounding
PILOTS = 4_000  # walks that are compared: a mean over them is known to 1.6% of the spread
PILOT_SWEEPS = 16  # of the walks that only tell how wide the body is in each direction
FIRST_SWEEPS = 4  # a walk begins with these, and is doubled until nothing notable changes
MOST_SWEEPS = 4096  # where doubling ends: the gap that is left is reported
NOTABLE = 4.0  # standard errors: of hundreds of means one this far off by chance is rare


@dataclass(frozen=True, eq=False)
class Walk:
    """Hit-and-run along fixed directions in turn; every draw has a walk of its own.

    All walks begin at the same point. `sweeps` is how often each direction is taken. `gap` is the
    mixing diagnostic: the largest difference, in standard errors, between means and mean squares of
    the slacks after half the sweeps and after all of them, over independent walks; below 4 nothing
    of the start is noticed.

    Sources: Smith (1984), Efficient Monte Carlo procedures; for coordinate directions Diaconis,
    Khare and Saloff-Coste (2012).
    """

    faces: np.ndarray
    room: np.ndarray
    directions: np.ndarray
    sweeps: int
    gap: float = np.inf

    def ends(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        """Return where n walks end (n, d)."""
        at = np.zeros((n, self.faces.shape[1]))
        slack = np.tile(self.room, (n, 1))
        for step in range(self.sweeps * len(self.directions)):
            direction = self.directions[step % len(self.directions)]
            rates = self.faces @ direction
            rising = rates > SLACK
            falling = rates < -SLACK
            longest = (slack[:, rising] / rates[rising]).min(axis=1)
            shortest = (slack[:, falling] / rates[falling]).max(axis=1)
            u = uniforms(seed, f"{key}/step {step}", first, n)[:, 0]
            length = shortest + u * (longest - shortest)
            at += length[:, None] * direction
            slack = np.maximum(slack - length[:, None] * rates, 0.0)
        return at


def mixed_walk(faces: np.ndarray, room: np.ndarray) -> Walk:
    """Return a walk that is long enough to forget its start.

    Its sweeps are doubled until doubling them changes nothing notable.
    """
    pilot = Walk(faces, room, directions=np.eye(faces.shape[1]), sweeps=PILOT_SWEEPS)
    walk = replace(pilot, directions=_spread_directions(pilot), sweeps=FIRST_SWEEPS)
    moments = _SlackMoments.after(walk)
    while walk.gap > NOTABLE and walk.sweeps < MOST_SWEEPS:
        longer = replace(walk, sweeps=2 * walk.sweeps)
        longer_moments = _SlackMoments.after(longer)
        walk = replace(longer, gap=moments.gap(longer_moments))
        moments = longer_moments
    return walk


def _spread_directions(pilot: Walk) -> np.ndarray:
    """Return directions along which a body is about equally wide, from where pilot walks end."""
    covariance = np.cov(pilot.ends(PILOTS, seed=0, first=0, key="spread").T)
    return np.linalg.cholesky(covariance).T


@dataclass(frozen=True, eq=False)
class _SlackMoments:
    """Means over pilot walks of every slack and its square, and the variances of these means."""

    means: np.ndarray
    variances: np.ndarray

    @classmethod
    def after(cls, walk: Walk) -> _SlackMoments:
        """Return the moments where pilot walks of this length end."""
        ends = walk.ends(PILOTS, seed=0, first=0, key=f"pilot of {walk.sweeps}")
        slack = walk.room - ends @ walk.faces.T
        observed = np.c_[slack, slack**2]
        return cls(observed.mean(axis=0), observed.var(axis=0) / PILOTS)

    def gap(self, other: _SlackMoments) -> float:
        """Return the largest difference of means, in standard errors."""
        return float(
            (abs(self.means - other.means) / np.sqrt(self.variances + other.variances)).max()
        )


def combined(parts: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return parts (..., k) @ rows (k, n), added one row after the other.

    The fixed order gives the same bits for any number of draws. Draws lie side by side, so that
    each step is one long vector; where a row has 0 nothing is added.
    """
    columns = np.moveaxis(parts, -1, 0)
    total = np.zeros((rows.shape[1], *parts.shape[:-1]))
    for column, row in zip(columns, rows, strict=True):
        some = np.flatnonzero(row)
        total[some] += np.multiply.outer(row[some], column)
    return np.moveaxis(total, 0, -1)


def shares_of(parts: np.ndarray) -> np.ndarray:
    """Return parts (..., k) divided by their sum, added one after the other."""
    return np.asarray(parts / combined(parts, np.ones((parts.shape[-1], 1))))

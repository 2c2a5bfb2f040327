"""Hit-and-run: a walk through a convex body that forgets where it began, one for each draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mcda.problem.counter import uniforms

SLACK = 1e-9
PILOTS = 4_000
FIRST_SWEEPS, MOST_SWEEPS = 4, 4096
NOTABLE = 4.0


@dataclass(frozen=True, eq=False)
class Walk:
    """Hit-and-run along fixed directions in turn, every draw on a walk of its own from the same start.

    `sweeps` says how often each direction is taken. `gap` is the mixing diagnostic: the largest difference, in
    standard errors, between means and mean squares of the slacks after half the sweeps and after all of them, over
    independent walks; below 4 nothing of the start is noticed.
    Source: Smith (1984), Efficient Monte Carlo procedures; coordinate directions: Diaconis, Khare, Saloff-Coste (2012).
    """

    faces: np.ndarray
    room: np.ndarray
    directions: np.ndarray
    sweeps: int
    gap: float

    def ends(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        """Return where n walks end (n, d)."""
        at, slack = np.zeros((n, self.faces.shape[1])), np.tile(self.room, (n, 1))
        for step in range(self.sweeps * len(self.directions)):
            direction = self.directions[step % len(self.directions)]
            rates = self.faces @ direction
            rising, falling = rates > SLACK, rates < -SLACK
            longest = (slack[:, rising] / rates[rising]).min(axis=1)
            shortest = (slack[:, falling] / rates[falling]).max(axis=1)
            u = uniforms(seed, f"{key}/step {step}", first, n)[:, 0]
            length = shortest + u * (longest - shortest)
            at += length[:, None] * direction
            slack = np.maximum(slack - length[:, None] * rates, 0.0)
        return at


def mixed_walk(faces: np.ndarray, room: np.ndarray) -> Walk:
    """Return a walk that is long enough: directions from a pilot's spread, sweeps doubled until nothing changes."""
    walk = Walk(faces, room, np.eye(faces.shape[1]), 16, np.inf)
    spread = np.cov(walk.ends(PILOTS, 0, 0, "spread").T)
    walk = Walk(faces, room, np.linalg.cholesky(spread).T, FIRST_SWEEPS, np.inf)
    before = _moments(walk)
    while walk.gap > NOTABLE and walk.sweeps < MOST_SWEEPS:
        longer = Walk(faces, room, walk.directions, 2 * walk.sweeps, np.inf)
        after = _moments(longer)
        gap = abs(before[0] - after[0]) / np.sqrt(before[1] + after[1])
        walk, before = Walk(faces, room, walk.directions, longer.sweeps, float(gap.max())), after
    return walk


def _moments(walk: Walk) -> tuple[np.ndarray, np.ndarray]:
    """Return means of slacks and of their squares over the pilot walks, and the variances of these means."""
    slack = walk.room - walk.ends(PILOTS, 0, 0, f"pilot of {walk.sweeps}") @ walk.faces.T
    told = np.c_[slack, slack**2]
    return told.mean(axis=0), told.var(axis=0) / PILOTS


def combined(parts: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return parts (..., k) @ rows (k, n), added one row after the other: the same bits for any number of draws."""
    total = np.zeros((*parts.shape[:-1], rows.shape[1]))
    for at, row in enumerate(rows):
        total += parts[..., at, None] * row
    return total


def shares_of(parts: np.ndarray) -> np.ndarray:
    """Return parts (..., k) divided by their sum, added one after the other."""
    return parts / combined(parts, np.ones((parts.shape[-1], 1)))

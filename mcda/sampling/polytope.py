"""The geometry of a weight space: where it lies, its corners, its pieces, and uniform points of it.

A space with few corners and few pieces is cut into simplices; a uniform point is then exact: one
random number picks a piece by its volume, the others a point of it. Any other is walked by
hit-and-run, each draw on its own walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np

from mcda.sampling.hit_and_run import SLACK, Walk, combined, mixed_walk, shares_of
from mcda.sampling.streams import uniforms
from mcda.sampling.triangulation import Pulling

MOST_SUBSETS = 40_000  # of faces that are tried as corners; with more the body is walked
# with more it is walked too: so many in 16 dimensions take about a second and 100 MB to cut
MOST_PIECES = 131_072
AT_ONCE = 8_192  # pieces whose volumes are computed at once: in 16 dimensions 17 MB
STEPS = 200  # a bound on those of Newton's method, which stops once it is centred
# a step of Newton squares the distance: after one this short the next would be below all digits
CENTRED = 1e-12


@dataclass(frozen=True, eq=False)
class Polytope:
    """The points with inequalities @ x <= limits and equalities @ x == sums; bounded, not empty.

    >>> whole = Polytope(-np.eye(3), np.zeros(3), np.ones((1, 3)), np.ones(1))
    >>> whole.corners.tolist()
    [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """

    inequalities: np.ndarray
    limits: np.ndarray
    equalities: np.ndarray
    sums: np.ndarray

    def contains(self, points: np.ndarray, tolerance: float) -> np.ndarray:
        """Return whether points (..., n) lie in it, or within a tolerance of every bound."""
        below = (points @ self.inequalities.T <= self.limits + tolerance).all(axis=-1)
        equal = (abs(points @ self.equalities.T - self.sums) <= tolerance).all(axis=-1)
        inside: np.ndarray = below & equal
        return inside

    @cached_property
    def inner(self) -> tuple[np.ndarray, np.ndarray] | None:
        """A point inside, and which inequalities hold as equalities everywhere; None if empty.

        One linear program: the largest number of slacks that can be open at once, on the cone over
        the polytope. Source: Freund, Roundy and Todd (1985), Identifying the set of always-active
        constraints.
        """
        from scipy.optimize import linprog

        k, n = self.inequalities.shape
        e = len(self.sums)
        solution = linprog(
            np.r_[np.zeros(n + 1), -np.ones(k)],
            A_ub=np.c_[self.inequalities, -self.limits, np.eye(k)],
            b_ub=np.zeros(k),
            A_eq=np.c_[self.equalities, -self.sums, np.zeros((e, k))],
            b_eq=np.zeros(e),
            bounds=[(None, None)] * n + [(1, None)] + [(0, 1)] * k,
        )
        return (
            (solution.x[:n] / solution.x[n], solution.x[n + 1 :] < 0.5)
            if solution.success
            else None
        )

    @cached_property
    def body(self) -> Body:
        """The same in coordinates of its own: full of dimension, and with an inside."""
        if self.inner is None:
            raise ValueError("an empty polytope has no body")
        point, tight = self.inner
        fixed = np.vstack([self.equalities, self.inequalities[tight]])
        basis = across(fixed)
        point = self._centred(point, basis, tight)
        faces = self.inequalities[~tight] @ basis
        lengths = np.linalg.norm(faces, axis=1)
        bounding = lengths > SLACK
        room = (self.limits - self.inequalities @ point)[~tight][bounding] / lengths[bounding]
        return Body(point, basis, faces[bounding] / lengths[bounding, None], room)

    def _centred(self, point: np.ndarray, basis: np.ndarray, tight: np.ndarray) -> np.ndarray:
        """Return the analytic centre, by Newton's steps from a point inside.

        It is where the product of all slacks that can be open is largest: one point, whatever
        program found the start. Source: Sonnevend (1986).
        """
        if not basis.shape[1]:
            return point
        rows = self.inequalities[~tight] @ basis
        for _ in range(STEPS):
            slack = (self.limits - self.inequalities @ point)[~tight]
            pull = rows / slack[:, None]
            step = basis @ np.linalg.solve(pull.T @ pull, -pull.sum(axis=0))
            rates = (self.inequalities[~tight] @ step) / slack
            point = point + step / (1 + max(rates.max(), 0.0))
            if abs(step).max() < CENTRED:
                break
        return point

    @cached_property
    def corners(self) -> np.ndarray:
        """The corners (k, n), sorted; raises OverflowError where there are too many to list."""
        points = self.body.placed(self.body.corners)
        tidy = np.where(abs(points) < 1e-12, 0.0, points)
        return tidy[np.lexsort(tidy.round(9).T[::-1])]


@dataclass(frozen=True, eq=False)
class Body:
    """A polytope of full dimension d: faces @ z <= room, with the origin inside.

    point + basis @ z lies in the polytope that it was made from.
    """

    point: np.ndarray
    basis: np.ndarray
    faces: np.ndarray
    room: np.ndarray

    def placed(self, inside: np.ndarray) -> np.ndarray:
        """Return points (..., n) of the polytope for coordinates (..., d) of the body.

        Every row is computed by itself.
        """
        return np.asarray(self.point + combined(inside, self.basis.T))

    @cached_property
    def needed(self) -> np.ndarray:
        """The positions of faces that bound something the others don't."""
        from scipy.optimize import linprog

        rows = list(range(len(self.room)))
        for at in range(len(self.room)):
            others = [row for row in rows if row != at]
            widest = linprog(
                -self.faces[at],
                A_ub=self.faces[[*others, at]],
                b_ub=np.r_[self.room[others], self.room[at] + 1.0],
                bounds=(None, None),
            )
            if -widest.fun <= self.room[at] + SLACK:
                rows = others
        return np.array(rows, dtype=int)

    @cached_property
    def bounding(self) -> np.ndarray:
        """The faces that corners are sought on: all if they are few, otherwise the needed ones."""
        few = comb(len(self.room), self.basis.shape[1]) <= MOST_SUBSETS
        return np.arange(len(self.room)) if few else self.needed

    @property
    def has_few_corners(self) -> bool:
        """Whether the corners can be listed."""
        return comb(len(self.bounding), self.basis.shape[1]) <= MOST_SUBSETS

    @cached_property
    def _corners(self) -> tuple[np.ndarray, np.ndarray]:
        """The corners (k, d), where d faces meet, and on which faces each lies (k, faces)."""
        if not self.has_few_corners:
            raise OverflowError("too many corners to list")
        faces = self.faces[self.bounding]
        room = self.room[self.bounding]
        d = self.basis.shape[1]
        chosen = np.array(list(combinations(range(len(room)), d)), dtype=int).reshape(
            comb(len(room), d), d
        )
        meeting = np.linalg.svd(faces[chosen], compute_uv=False).min(axis=-1, initial=1.0) > SLACK
        points = np.linalg.solve(faces[chosen[meeting]], room[chosen[meeting]][..., None])[..., 0]
        slack = room - points @ faces.T
        within = (slack >= -SLACK).all(axis=1)
        points = points[within]
        lies_on = slack[within] <= SLACK
        _, first = np.unique(lies_on, axis=0, return_index=True)
        return points[np.sort(first)], lies_on[np.sort(first)]

    @property
    def corners(self) -> np.ndarray:
        """The corners (k, d)."""
        return self._corners[0]

    @cached_property
    def _pulling(self) -> Pulling:
        lies_on = self._corners[1]
        return Pulling([frozenset(np.flatnonzero(column).tolist()) for column in lies_on.T])

    @property
    def _every(self) -> frozenset[int]:
        """The positions of all corners."""
        return frozenset(range(len(self.corners)))

    @cached_property
    def has_few_pieces(self) -> bool:
        """Whether it can be cut into simplices: few corners may still make very many of them."""
        return self.has_few_corners and self._pulling.count(self._every) <= MOST_PIECES

    @cached_property
    def pieces(self) -> tuple[np.ndarray, np.ndarray]:
        """Simplices that fill the body, and the running share of volume.

        A simplex is the positions (pieces, d + 1) of its corners.
        """
        if not self.has_few_pieces:
            raise OverflowError("too many pieces to list")
        cut = np.array(self._pulling.simplices(self._every))
        volumes = np.zeros(len(cut))
        for start in range(0, len(cut), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            corners = self.corners[cut[some]]
            volumes[some] = abs(np.linalg.det(corners[:, 1:] - corners[:, :1]))
        return cut, np.cumsum(volumes) / volumes.sum()

    @cached_property
    def _placed_corners(self) -> np.ndarray:
        """The corners (k, n) as points of the polytope: a corner of many pieces is placed once."""
        return self.placed(self.corners)

    @property
    def mean(self) -> np.ndarray:
        """The mean (n,) over all points of the polytope, where it can be cut into pieces."""
        cut, running = self.pieces
        total = np.zeros((len(cut), len(self.point)))
        for column in cut.T:
            total += self._placed_corners[column]
        shares = np.diff(running, prepend=0.0)
        return np.asarray((shares[:, None] * (total / cut.shape[1])).sum(axis=0))

    @cached_property
    def walk(self) -> Walk:
        """A walk through the body that is long enough to forget where it began."""
        return mixed_walk(self.faces[self.needed], self.room[self.needed])

    def sample(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        """Return uniform points (n, dimensions) of the polytope.

        Row d depends on seed, key and first + d alone.
        """
        if not self.has_few_pieces:
            return self.placed(self.walk.ends(n, seed, first, key))
        cut, shares = self.pieces
        # draws last: each step is one long vector
        random = np.ascontiguousarray(uniforms(seed, key, first, n, cut.shape[1] + 1).T)
        piece = np.searchsorted(shares, random[0] * shares[-1])
        heights = shares_of(-np.log(random[1:]).T).T
        places = np.ascontiguousarray(self._placed_corners.T)
        points = np.zeros((len(places), n))
        for height, corner in zip(heights, cut.T, strict=True):
            points += height * places.take(corner[piece], axis=1)
        return np.asarray(points.T)


def across(rows: np.ndarray) -> np.ndarray:
    """Return an orthonormal basis (n, d) of all that is perpendicular to rows (k, n).

    The basis is the same on any machine. The rows are reduced from the left; each column without a
    pivot then gives a direction, made perpendicular to those before it. Unlike singular vectors, of
    which equal ones come in any order and with either sign, there is one such basis.

    >>> across(np.ones((1, 3))).round(3).tolist()
    [[-0.707, -0.408], [0.707, -0.408], [0.0, 0.816]]
    """
    left, pivots = reduced(rows)
    n = rows.shape[1]
    directions = np.zeros((n, 0))
    for column in (at for at in range(n) if at not in pivots):
        direction = np.eye(n)[column]
        direction[pivots] = -left[: len(pivots), column]
        for _ in range(2):  # once more for what rounding left of the first
            direction = direction - directions @ (directions.T @ direction)
        directions = np.column_stack([directions, direction / np.linalg.norm(direction)])
    return directions


def reduced(rows: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Return rows (k, n) in reduced echelon form, and the columns of its pivots.

    There is only one such form.

    >>> form, pivots = reduced(np.array([[2.0, 2.0, 4.0], [1.0, 1.0, 3.0]]))
    >>> form.tolist(), pivots
    ([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0, 2])
    """
    form = rows / np.maximum(abs(rows).max(axis=1, keepdims=True, initial=0.0), SLACK)
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        rest = abs(form[len(pivots) :, column])
        if rest.max(initial=0.0) > SLACK:
            at = len(pivots)
            largest = at + int(rest.argmax())
            form[[at, largest]] = form[[largest, at]]
            form[at] /= form[at, column]
            others = np.arange(len(form)) != at
            form[others] -= form[others, column, None] * form[at]
            pivots.append(column)
    return form, pivots

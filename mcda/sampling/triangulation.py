"""A polytope cut into simplices, by which corner lies on which face alone."""

from __future__ import annotations

from dataclasses import dataclass, field

Corners = frozenset[int]


@dataclass
class Pulling:
    """The pulling triangulation of faces, each the set of the corners that lie on it.

    The first corner of a face is joined to the simplices of its facets that it isn't on. A facet of
    a face is the largest common part with another face. Source: De Loera, Rambau and Santos (2010),
    Triangulations, section 4.3.

    >>> square = Pulling([frozenset({0, 1}), frozenset({1, 2}), frozenset({2, 3}), frozenset({3, 0})])
    >>> whole = frozenset({0, 1, 2, 3})
    >>> square.simplices(whole), square.count(whole)
    ([(0, 1, 2), (0, 2, 3)], 2)
    """

    faces: list[Corners]
    _opposite: dict[Corners, list[Corners]] = field(default_factory=dict)
    _simplices: dict[Corners, list[tuple[int, ...]]] = field(default_factory=dict)
    _counts: dict[Corners, int] = field(default_factory=dict)

    def count(self, corners: Corners) -> int:
        """Return how many simplices there are, without making them."""
        if len(corners) <= 1:
            return 1
        if corners not in self._counts:
            self._counts[corners] = sum(map(self.count, self._facets_opposite(corners)))
        return self._counts[corners]

    def simplices(self, corners: Corners) -> list[tuple[int, ...]]:
        """Return the simplices, each as its corners."""
        if len(corners) <= 1:
            return [tuple(corners)]
        if corners not in self._simplices:
            apex = min(corners)
            found = []
            for facet in self._facets_opposite(corners):
                found += [(apex, *rest) for rest in self.simplices(facet)]
            self._simplices[corners] = found
        return self._simplices[corners]

    def _facets_opposite(self, corners: Corners) -> list[Corners]:
        """Return the facets that the first corner isn't on, in order."""
        if corners not in self._opposite:
            apex = min(corners)
            parts = {corners & face for face in self.faces if corners - face}
            facets = []
            for part in parts:
                inside_another = any(part < other for other in parts)
                if part and apex not in part and not inside_another:
                    facets.append(part)
            self._opposite[corners] = sorted(facets, key=sorted)
        return self._opposite[corners]

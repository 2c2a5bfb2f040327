"""Numbers of options that are made of parts: sums of products of estimates, drawn with what they rest on.

A measure of a question sees them as estimates of such an option, so that the same formulas hold for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from mcda.problem.estimates import Drawn
from mcda.problem.parts.parts import product_of

Terms: TypeAlias = tuple[tuple[str, ...], ...]
"""A sum of products of estimates, by key."""


class Summed(Drawn):
    """Drawn estimates, with sums of others under keys of their own.

    Parameters
    ----------
    drawn : Drawn
        What was drawn.
    sums : mapping of str to Terms
        By key, the products that are summed.

    Examples
    --------
    >>> drawn = Drawn(["a", "b", "C1/A"], np.array([2.0, 3.0, 7.0]))
    >>> Summed(drawn, {"C1/P": (("a",), ("a", "b"))}).along("C1", ["A", "P"]).tolist()
    [7.0, 8.0]
    """

    def __init__(self, drawn: Drawn, sums: Mapping[str, Terms]) -> None:
        self._drawn = drawn
        self._sums = sums

    def along(
        self, family: str, *labels: Iterable[str], default: float | None = None
    ) -> np.ndarray:
        """Return the estimates and sums "family/label" in the order of the labels."""
        axes = tuple(tuple(axis) for axis in labels)
        keys = ["/".join((family, *path)) for path in product(*axes)]
        if self._sums.keys().isdisjoint(keys):
            return self._drawn.along(family, *axes, default=default)
        columns = [self._number(key, default) for key in keys]
        numbers = np.stack(np.broadcast_arrays(*columns), axis=-1)
        return numbers.reshape((*numbers.shape[:-1], *map(len, axes)))

    def _number(self, key: str, default: float | None) -> np.ndarray:
        if key not in self._sums:
            return self._drawn.along(key, default=default)
        products = [product_of(self._drawn.along, factors) for factors in self._sums[key]]
        return np.asarray(sum(products)) if products else np.zeros(())


@dataclass(frozen=True, eq=False)
class MadeMeasure:
    """A leaf's measure, or its judged cells, that finds the numbers of made options as sums.

    Parameters
    ----------
    leaf : str
        The leaf.
    measure : callable, optional
        Its formula; None for judged cells.
    sums : mapping of str to Terms
        The numbers of made options, by key.

    Examples
    --------
    >>> MadeMeasure("C1", None, {"C1/P": (("a",),)}).behind("P")
    ('a',)
    """

    leaf: str
    measure: Callable[..., np.ndarray] | None
    sums: Mapping[str, Terms]

    def __call__(self, problem: Any, drawn: Drawn) -> np.ndarray:
        """Return the performances of all options, (..., m)."""
        summed = Summed(drawn, self.sums)
        if self.measure is None:
            return summed.along(self.leaf, problem.options.index)
        return self.measure(problem, summed)

    def is_judged(self, option: str) -> bool:
        """Say whether the cell of an option is a judged one: the leaf has no formula."""
        return self.measure is None and f"{self.leaf}/{option}" not in self.sums

    def read_directly(self, problem: Any) -> set[str]:
        """Return the keys that are read, but for those that only stand behind sums."""
        behind = Drawn(problem.estimates, problem.modes)
        fixed = {key: self._total(terms, behind) for key, terms in self.sums.items()}
        whole = Drawn([*problem.estimates, *fixed], np.r_[problem.modes, [*fixed.values()]])
        if self.measure is None:
            whole.along(self.leaf, problem.options.index)
        else:
            self.measure(problem, whole)
        return whole.read - fixed.keys()

    def behind(self, option: str) -> tuple[str, ...]:
        """Return the keys of the estimates behind the sums of an option that is made."""
        keys = [
            factor
            for key, terms in self.sums.items()
            if option in key.split("/")
            for factors in terms
            for factor in factors
        ]
        return tuple(dict.fromkeys(keys))

    def _total(self, terms: Terms, drawn: Drawn) -> float:
        return float(sum(product_of(drawn.along, factors) for factors in terms))

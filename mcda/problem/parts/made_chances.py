"""Chances of options that are made of parts: that all their parts come about, or those of another option."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from mcda.problem.chances import from_estimates, in_percent
from mcda.problem.estimates import Drawn
from mcda.problem.parts.made_options import Summed, Terms

Happens = Callable[..., np.ndarray]


@dataclass(frozen=True, eq=False)
class MadeChance:
    """The chances of all options, in percent, with that of one that is made.

    Parameters
    ----------
    happens : callable
        Those of the others.
    option : str
        The option that is made.
    factors : tuple of (str, bool)
        The estimates whose product is its chance, by key, and whether each is in percent.
    sums : mapping of str to Terms
        Its numbers, by the keys under which a formula of chances looks for them.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> chance = MadeChance(certain, "P", (("a", True), ("b", False)), {})
    >>> problem = SimpleNamespace(options=pd.DataFrame(index=["A", "P"]))
    >>> chance(problem, Drawn(["a", "b"], np.array([50.0, 0.5]))).tolist()
    [100.0, 25.0]
    """

    happens: Happens
    option: str
    factors: tuple[tuple[str, bool], ...]
    sums: Mapping[str, Terms]

    def __call__(self, problem: Any, drawn: Drawn) -> np.ndarray:
        """Return the chances of the question's options, (..., m)."""
        stated = np.asarray(self.happens(problem, Summed(drawn, self.sums)), dtype=float)
        ids = list(problem.options.index)
        if not self.factors or self.option not in ids:
            return stated
        own = np.array(100.0)
        for key, is_percent in self.factors:
            own = own * (drawn.along(key) / (100.0 if is_percent else 1.0))
        shape = np.broadcast_shapes(stated.shape[:-1], np.shape(own))
        percent = np.broadcast_to(stated, (*shape, len(ids))).copy()
        percent[..., ids.index(self.option)] = own
        return percent


def certain(problem: Any, drawn: Drawn) -> np.ndarray:
    """Return the chances of options that all come about, (m,)."""
    return np.full(len(problem.options.index), 100.0)


def chance_of_made(
    happens: Happens,
    option: str,
    like: str,
    factors: tuple[str, ...],
    estimates: Mapping[str, Any],
    sums: Mapping[str, Terms],
) -> MadeChance:
    """Return the chances with that of an option that is made.

    factors: the estimates that are the chances of its parts; without any its chance is that of the
    option that it is like.
    """
    told = tuple((key, in_percent(estimates[key])) for key in factors)
    return MadeChance(_like(happens, option, like), option, told, sums)


def _like(happens: Happens, option: str, like: str) -> Happens:
    """Return chances in which an option has that of another, where they name options one by one."""
    if isinstance(happens, MadeChance):
        within = replace(happens, happens=_like(happens.happens, option, like))
        return replace(within, happens=within, option=option) if happens.option == like else within
    if isinstance(happens, partial) and happens.func is from_estimates:
        given = dict(happens.keywords)
        if like in given["keys"]:
            for name in ("keys", "percent"):
                given[name] = {**given[name], option: given[name][like]}
        return partial(from_estimates, **given)
    return happens

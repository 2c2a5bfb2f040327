"""Draws of the evidence that travel with the explorer, as stated and in each shape of the question."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.problem.model import Problem
from mcda.sentences.catalogue import told
from mcda.uncertainty.draws.draws import Draws

TRAVELLING = 500  # draws that a page carries: a share is then within 5 points of a hundred


class Drawn(Protocol):
    """Draws of the evidence, as `mcda.sample` makes them."""

    @property
    def n(self) -> int:
        """How many there are."""

    def values(self, first: int, count: int) -> np.ndarray:
        """Return values (count, options, leaves) on 0-1 scales."""


def drawn(problem: Problem, shown: Problem, draws: Drawn | None) -> dict[str, Any]:
    """Return the draws of facts that are part of the panel, of the options shown.

    Where an option may fail to come about its chance is drawn too, and what happens otherwise.
    Where they are all the same there are none, and a sentence says so.
    """
    if draws is None:
        return {"draws": None}
    values = _first(draws)
    expected = (len(values), *problem.values.shape)
    if values.shape != expected:
        raise InputError(
            Fault("draws", f"draws of this question, shape {expected}", f"shape {values.shape}")
        )
    values = values[:, list(problem.places(shown.options.index).values())]
    if _all_alike(values):
        return {"draws": None, "undrawn": told("drawn.no_facts")}
    return {"draws": {"values": _text(values), "count": len(values)}}


def drawn_in(shape: Problem, stated: Problem, draws: Drawn | None) -> dict[str, Any]:
    """Return the same draws in another shape of the question, of its options.

    A column (one leaf) that is drawn as stated travels by its place there. Of what happens
    otherwise the places of the options travel, where all of them are shown. Draws of another make
    than `mcda.sample` know the stated shape alone: then there are none.
    """
    if not isinstance(draws, Draws):
        return {}
    values = _first(draws.in_shape(shape))
    if _all_alike(values):
        return {"draws": None, "undrawn": told("drawn.no_facts")}
    as_stated = _first(draws.in_shape(stated))
    known = [] if _all_alike(as_stated) else list(np.moveaxis(as_stated, 2, 0))
    instead = shape.otherwise.tolist() if shape.has_chances else []
    if -1 in instead:  # what happens otherwise isn't among the options that the page shows
        instead = []
    own = len(shape.own_leaves) if instead else values.shape[2]
    columns = [_column(values[:, :, at], known) for at in range(own)]
    return {"draws": {"columns": columns, "instead": instead, "count": len(values)}}


def _first(draws: Drawn) -> np.ndarray:
    """Return the values of the first draws, (count, m, k), in single precision."""
    return np.asarray(draws.values(0, min(draws.n, TRAVELLING)), dtype="<f4")


def _all_alike(values: np.ndarray) -> bool:
    return bool((values == values[:1]).all())


def _column(column: np.ndarray, known: Sequence[np.ndarray]) -> int | str:
    """Return the place of a column (count, m) among those as stated, or the column itself as text."""
    for at, one in enumerate(known):
        if np.array_equal(one, column):
            return at
    return _text(column)


def _text(values: np.ndarray) -> str:
    """Return single-precision numbers in base64: a few hundred draws are small enough for a page."""
    return base64.b64encode(values.tobytes()).decode("ascii")

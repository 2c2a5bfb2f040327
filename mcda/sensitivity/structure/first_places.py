"""How often each option leads over many weights, by methods that rest on an option's own row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE
from mcda.problem.model import Problem
from mcda.sampling.streams import uniforms

# the exponent of each method's weighted distances: 1 is the weighted sum
EXPONENTS = {"additive": 1.0, "topsis": 2.0}
COUNTED = 2**17  # of leaves: every one of no more, so many drawn ones of more
SCORES = 2**19  # of sets of weights that are scored at once: they stay in the cache
CELLS = 10_000_000  # of tables that are scored at once
TOGETHER = 12  # leaves whose subsets make a block


@dataclass(frozen=True)
class Firsts:
    """In how many of some cases each option leads, (m,), and leads alone; `cases` is their number."""

    leads: np.ndarray
    alone: np.ndarray
    cases: int

    def __add__(self, other: Firsts) -> Firsts:
        """Return the counts of both together."""
        cases = self.cases + other.cases
        return Firsts(self.leads + other.leads, self.alone + other.alone, cases)


def firsts(scores: np.ndarray) -> Firsts:
    """Return who leads in each column of scores (m, cases); options that tie both lead.

    >>> firsts(np.array([[0.5, 0.5], [0.5, 0.1]])).leads.tolist()
    [2, 1]
    """
    cases = scores.shape[1]
    leads = scores >= scores.max(axis=0) - TIE_TOLERANCE
    counts = np.count_nonzero(leads, axis=1)
    if counts.sum() == cases:
        return Firsts(counts, counts, cases)
    alone = leads & (np.count_nonzero(leads, axis=0) == 1)
    return Firsts(counts, np.count_nonzero(alone, axis=1), cases)


@dataclass(frozen=True)
class Part:
    """What happens to options with a chance (..., m): values (..., m, n) on what is weighed.

    level: which options (..., m) never come about and are level with their fallback, which leads
    for them.
    """

    chance: np.ndarray
    values: np.ndarray
    level: np.ndarray | None = None


def parts_of(problem: Problem, values: np.ndarray) -> tuple[Part, ...]:
    """Return what may happen, for values (..., m, leaves): one part where every option is sure."""
    count = len(problem.weighed)
    if not problem.has_chances:
        return (Part(np.ones(values.shape[:-1]), values),)
    chance = values[..., count]
    return (
        Part(chance, values[..., :count], problem.counted_as_others(values)),
        Part(1 - chance, values[..., count + 1 :]),
    )


def contending(parts: Sequence[Part], scores: np.ndarray) -> np.ndarray:
    """Return scores (m, cases), below all others of what is level with its fallback.

    >>> never = Part(np.zeros(2), np.zeros((2, 1)), np.array([True, False]))
    >>> contending([never], np.array([[0.5], [0.5]])).tolist()
    [[-inf], [0.5]]
    """
    level = parts[0].level
    if level is None or not level.any():
        return scores
    by_case = level[:, None] if level.ndim == 1 else level.T
    return np.where(by_case, -np.inf, scores)


def scores_under(parts: Sequence[Part], weights: np.ndarray, order: float) -> np.ndarray:
    """Return scores (m, k) of parts with values (m, n) under many weights (k, n) that sum to 1.

    >>> sure = Part(np.ones(1), np.array([[0.8, 0.4]]))
    >>> scores_under([sure], np.array([[0.5, 0.5]]), 1.0).round(2).tolist()
    [[0.6]]
    """
    powers = weights.T if order == 1 else weights.T**order
    scored = [
        _closeness(one.values**order @ powers, (1 - one.values) ** order @ powers, order)
        for one in parts
    ]
    return mixed(parts, scored)


def mixed(parts: Sequence[Part], scored: Sequence[np.ndarray]) -> np.ndarray:
    """Return the mean of the parts' scores (m, cases) by their chances (m,)."""
    if len(parts) == 1:
        return scored[0]
    return np.asarray(
        sum(one.chance[:, None] * scores for one, scores in zip(parts, scored, strict=True))
    )


def _closeness(far: np.ndarray, near: np.ndarray, order: float) -> np.ndarray:
    """Return closeness from sums of p-th powers; what nothing weighs has none and scores 0.5."""
    if order == 1:
        both = far + near
    else:
        far = np.sqrt(far) if order == 2 else far ** (1 / order)
        both = far + (np.sqrt(near) if order == 2 else near ** (1 / order))
    return np.divide(far, both, out=np.full_like(far, 0.5), where=both > 0)


def over_weights(
    parts: Sequence[Part], weights: np.ndarray, order: float, passing: np.ndarray
) -> tuple[Firsts, Firsts]:
    """Return who leads under weights (k, n), of all options and of those that pass (m,)."""
    return _both(
        (
            contending(parts, scores_under(parts, block, order))
            for block in _blocks(weights, len(passing))
        ),
        passing,
    )


def _blocks(weights: np.ndarray, options: int) -> list[np.ndarray]:
    """Return sets of weights (k, n) in blocks, whose scores of so many options are held at once."""
    return np.array_split(weights, max(1, len(weights) * options // SCORES))


def over_tables(
    parts: Sequence[Part], weights: np.ndarray, order: float, passing: np.ndarray
) -> tuple[Firsts, Firsts]:
    """Return who leads in parts with tables (tables, m, n) under one set of weights (n,)."""
    powers = weights**order
    tables = len(parts[0].values)
    step = max(1, CELLS // parts[0].values[0].size)

    def scores(at: slice) -> np.ndarray:
        scored = [
            _closeness(
                one.values[at] ** order @ powers, (1 - one.values[at]) ** order @ powers, order
            )
            for one in parts
        ]
        mean = sum(one.chance[at] * each for one, each in zip(parts, scored, strict=True))
        there = [replace(one, level=_of_tables(one.level, at)) for one in parts]
        return contending(there, np.asarray(mean).T)

    return _both((scores(slice(at, at + step)) for at in range(0, tables, step)), passing)


def _of_tables(level: np.ndarray | None, at: slice) -> np.ndarray | None:
    return None if level is None else level[at]


def over_subsets(
    parts: Sequence[Part],
    weights: np.ndarray,
    order: float,
    passing: np.ndarray,
    seed: int,
    most: int = COUNTED,
) -> tuple[Firsts, Firsts]:
    """Return who leads if only some of the weighted leaves count, over subsets of them.

    Every subset of the leaves that have a weight (n,) if there are at most so many; else so many
    drawn ones, each leaf in or out alike likely. Weights on what is left keep their proportions.
    """
    weighted = weights > 0
    weighed = [replace(one, values=one.values[:, weighted]) for one in parts]
    powers = weights[weighted] ** order
    count = len(powers)
    if are_drawn(weights, most):
        drawn = uniforms(seed, "structure/subsets", 0, most, count) < 0.5
        sets = drawn[drawn.any(axis=1)] * weights[weighted]
        blocks = _blocks(sets, len(passing))
        drawn_scores = (scores_under(weighed, block, order) for block in blocks)
        return _both((contending(weighed, scores) for scores in drawn_scores), passing)
    each = [_subset_scores(part.values, powers, order) for part in weighed]
    exact = (mixed(weighed, scored) for scored in zip(*each, strict=True))
    return _both((contending(weighed, scores) for scores in exact), passing)


def are_drawn(weights: np.ndarray, most: int) -> bool:
    """Say whether subsets of the leaves with a weight (n,) are drawn: there are more than so many.

    >>> are_drawn(np.ones(17), COUNTED), are_drawn(np.ones(18), COUNTED)
    (False, True)
    """
    return 2 ** int(np.count_nonzero(weights)) > most


def _subset_scores(values: np.ndarray, powers: np.ndarray, order: float) -> Iterator[np.ndarray]:
    """Go through the scores (m, cases) of every subset, in blocks that stay in the cache.

    A block holds every subset of the first leaves beside one subset of the others.
    """
    far_parts = values**order * powers
    near_parts = (1 - values) ** order * powers
    few = min(TOGETHER, len(powers))
    far = subset_sums(far_parts[:, :few])
    near = subset_sums(near_parts[:, :few])
    others = zip(subset_sums(far_parts[:, few:]).T, subset_sums(near_parts[:, few:]).T, strict=True)
    for at, (further_far, further_near) in enumerate(others):
        # the subset of nothing at all, which is the first, has no scores
        first = 0 if at else 1
        rest = slice(first, None)
        yield _closeness(
            far[:, rest] + further_far[:, None], near[:, rest] + further_near[:, None], order
        )


def subset_sums(parts: np.ndarray) -> np.ndarray:
    """Return the sum of parts (m, n) over each subset of the n, the empty one first, (m, 2^n).

    The sums with a further part are the sums without it, moved by that part.

    >>> subset_sums(np.array([[1.0, 10.0]])).tolist()
    [[0.0, 1.0, 10.0, 11.0]]
    """
    count = parts.shape[1]
    sums = np.zeros((len(parts), 2**count))
    for at in range(count):
        size = 2**at
        np.add(sums[:, :size], parts[:, at : at + 1], out=sums[:, size : 2 * size])
    return sums


def _both(blocks: Iterator[np.ndarray], passing: np.ndarray) -> tuple[Firsts, Firsts]:
    """Return who leads in blocks of scores (m, cases), of all options and of those that pass."""
    nobody = np.zeros(len(passing), dtype=int)
    every = some = Firsts(nobody, nobody, 0)
    for scores in blocks:
        every += firsts(scores)
        if not passing.all() and passing.any():
            counts = firsts(scores[passing])
            leads, alone = np.zeros((2, len(passing)), dtype=int)
            leads[passing] = counts.leads
            alone[passing] = counts.alone
            some += Firsts(leads, alone, counts.cases)
    return every, some

"""How the weights on leaves lie below the criteria of a tree: one column a criterion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mcda.problem.model import Criterion, Problem


def leaves_below(problem: Problem, criteria: Sequence[Criterion]) -> np.ndarray:
    """Return which leaves lie below each criterion, (leaves, criteria); a leaf lies below itself.

    >>> from criteria import ukraine_force
    >>> problem = ukraine_force.problem()
    >>> leaves_below(problem, problem.tops).sum(axis=0).tolist()
    [4, 3, 3, 4, 3]
    """
    keys = [criterion.key for criterion in criteria]
    below = np.zeros((len(problem.weighed), len(keys)), dtype=bool)
    for at, leaf in enumerate(problem.weighed):
        path = problem.path(leaf.key)
        below[at] = [key in path for key in keys]
    return below


def local_shares(
    problem: Problem, weights: np.ndarray, criteria: Sequence[Criterion]
) -> np.ndarray:
    """Return what share of each criterion a leaf below it has, (leaves, criteria).

    The shares are those of a holder's weights on the leaves (n,). Below a criterion without any
    weight they are the question's own, or equal where it suggests none or nothing but 0.
    """
    below = leaves_below(problem, criteria)
    sums = below * weights[:, None]
    bare = sums.sum(axis=0) <= 0
    if bare.any():
        sums[:, bare] = below[:, bare] * suggested_shares(problem)[:, None]
        unshared = sums.sum(axis=0) <= 0
        sums[:, unshared] = below[:, unshared]
    return np.asarray(sums / sums.sum(axis=0))


def suggested_shares(problem: Problem) -> np.ndarray:
    """Return the share of each leaf in the top criterion above it, by suggested local weights (n,).

    Criteria without a suggestion count alike beside each other.
    """
    shares = []
    for leaf in problem.weighed:
        share = 1.0
        for key in problem.path(leaf.key)[:-1]:
            share *= _local_share(problem, key)
        shares.append(share)
    return np.array(shares)


def _local_share(problem: Problem, key: str) -> float:
    siblings = [criterion.key for criterion in problem.children(problem.criterion(key).parent)]
    stated = problem.local_weights
    total = sum(stated.get(sibling, 0.0) for sibling in siblings)
    if total <= 0 or any(sibling not in stated for sibling in siblings):
        return 1.0 / len(siblings)
    return stated[key] / total

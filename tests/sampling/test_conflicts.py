"""The smallest conflict among many conditions: it ends, and agrees with trying every set."""

from itertools import combinations

import numpy as np
import pytest

from mcda.sampling.conflicts import smallest_conflict


def without(conflicts):
    """Whether some conditions hold none of the conflicts."""
    return lambda some: not any(one <= set(some) for one in conflicts)


@pytest.mark.parametrize("size", [1, 12, 60])
def test_a_large_conflict_among_many_is_found(size):
    """There are 1.4 thousand billion sets of 12 among 60: they aren't gone through."""
    within = frozenset(range(0, 60, 60 // size))
    assert smallest_conflict(60, without([within])) == tuple(sorted(within))


@pytest.mark.parametrize("seed", range(20))
def test_trying_every_set_agrees(seed):
    """The first in order of the smallest, among nine conditions with up to eight conflicts."""
    rng = np.random.default_rng(seed)
    within = [
        frozenset(rng.choice(9, rng.integers(2, 6), replace=False).tolist())
        for _ in range(rng.integers(1, 9))
    ]
    agree = without(within)
    tried = (some for size in range(1, 10) for some in combinations(range(9), size))
    assert smallest_conflict(9, agree) == next(some for some in tried if not agree(some))


def test_conditions_that_can_hold_have_none():
    with pytest.raises(ValueError, match="no conflict"):
        smallest_conflict(3, lambda some: True)

"""Three weights tried on a grid: what is claimed of the nearest ones is compared with all of them."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from mcda import weight_space

STEPS = 100
GRID = (
    np.array(
        [(a, b, STEPS - a - b) for a, b in product(range(STEPS + 1), repeat=2) if a + b <= STEPS]
    )
    / STEPS
)


tables = st.lists(
    st.lists(st.floats(0, 1).map(lambda x: round(x, 2)), min_size=3, max_size=3),
    min_size=2,
    max_size=5,
)


def cheapest(scores, weights, option, allowed):
    """The least change on a grid of weights at which the option is first, by trying all of them."""
    first = allowed & (scores[:, option] >= scores.max(axis=1) - 1e-9)
    return abs(GRID[first] - weights).sum(axis=1).min() if first.any() else np.inf


def around(weights_):
    """The weights within 15 points of some."""
    near = {key: float(weight) for key, weight in zip("abc", weights_, strict=True)}
    return weight_space(
        "abc",
        low={key: max(weight - 0.15, 0) for key, weight in near.items()},
        high={key: weight + 0.15 for key, weight in near.items()},
    )

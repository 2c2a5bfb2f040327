"""The proven bound goes the same way on every machine: equal bounds are taken in a stated order."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.sensitivity.smallest_change import lower_bound as bounds
from mcda.sensitivity.smallest_change.moves import allowed_moves

RANGES = pd.DataFrame(
    {"low": [20.0, 10, 10], "mode": [40.0, 30, 30], "high": [60.0, 50, 50]},
    index=["cost", "places", "noise"],
)


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_last_bits_choose_no_multiplier(make_problem, monkeypatch, method):
    """With other last bits in every bound the same multipliers are asked, one after the other."""
    problem = make_problem({"A": (20, 60, 40), "B": (30, 72, 40), "C": (60, 55, 15)})
    ends = {key: (row["low"], row["high"]) for key, row in RANGES.iterrows()}
    weights = mcda.weights(RANGES["mode"], "panel", ranges=ends)
    allowed = allowed_moves(
        mcda.contest(problem, weights, method), problem, 1, weights=True, estimates=True
    )
    asked = []
    exact = bounds._Relaxed.dual
    noise = np.random.default_rng(1)

    def with_other_bits(relaxed, vertices, multipliers):
        asked[-1].append(multipliers)
        found = exact(relaxed, vertices, multipliers)
        return found * (1 + np.finfo(float).eps * noise.integers(-2, 3, found.shape))

    monkeypatch.setattr(bounds._Relaxed, "dual", with_other_bits)
    for _ in range(2):
        asked.append([])
        bounds.lower_bound(allowed, 10.0)
    first, second = asked
    assert len(first) == len(second) > 8
    assert all(np.array_equal(*pair) for pair in zip(first, second, strict=True))


def test_vertices_that_are_left_out_are_least_at_no_multiplier():
    """Those in front give the least relaxed cost of all, and of a hollow way only its ends are among them."""
    rng = np.random.default_rng(0)
    costs = np.sort(rng.random((3, 2, 4, 9)), axis=-1)
    gains = rng.normal(size=costs.shape).cumsum(axis=-1)
    hollow = (np.linspace(0, 1, 9), np.linspace(0, 1, 9) ** 2)
    costs[0, 0, 0], gains[0, 0, 0] = hollow
    costs[0, 0, 1], gains[0, 0, 1] = 0.5, 0.25  # nine times the same
    vertices = bounds._Vertices.of(costs, gains)
    multipliers = np.exp(rng.normal(0, 3, (3, 2, 50)))
    spread = rng.random((4, 6))
    least = vertices.least(multipliers, spread).reshape(3, 2, 4, 50, 6)
    pressed = multipliers[:, :, None, :, None] * spread[:, None]
    every = costs[..., None, None] - pressed[:, :, :, None] * gains[..., None, None]
    np.testing.assert_allclose(least, every.min(axis=3), rtol=0, atol=1e-12)
    assert vertices.needed[0, 0, :2].tolist() == [2, 1]

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

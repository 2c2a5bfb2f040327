"""Risk profiles: amounts in order, with the chance that a bill is over each."""

import numpy as np
import pytest

from mcda.sensitivity.events.risk_profiles import Profile


@pytest.mark.parametrize("kinds", [50, 10**9])
def test_equal_amounts_stay_in_the_order_in_which_they_came(kinds):
    """So chances add up to the same last bit on every machine, with equal amounts or without."""
    rng = np.random.default_rng(1)
    amounts = rng.integers(0, kinds, 5_000).astype(float)
    chances = rng.dirichlet(np.ones(len(amounts)))
    order = np.lexsort([np.arange(len(amounts)), amounts])
    profile = Profile.of(amounts, chances)
    assert profile.amounts.tolist() == amounts[order].tolist()
    assert profile.up_to[1:].tolist() == np.cumsum(chances[order]).tolist()

"""Weights uniform on the simplex: the logarithm of exactly rounded steps, and the same weights in single precision."""

import numpy as np
import pytest

from mcda.sampling.simplex import minus_log, simplex_weights
from mcda.sampling.streams import bits, fractions, single_fractions


@pytest.mark.parametrize(("uniform", "close"), [(fractions, 4e-16), (single_fractions, 3e-7)])
def test_the_logarithm_holds_to_its_digits(uniform, close):
    """Beside the library's, relative to itself, also next to 0 and 1."""
    ends = np.array([[0, 1, 2, 3, 2**31, 2**32 - 3, 2**32 - 2, 2**32 - 1]], dtype=np.uint32)
    numbers = np.concatenate([ends, bits(np.array([5], dtype=np.uint64), 0, 100_000)], axis=1)
    u = uniform(numbers)
    found = minus_log(u)
    assert found.dtype == u.dtype
    assert (found > 0).all()
    np.testing.assert_allclose(found, -np.log(u.astype(float)), rtol=close)


def test_single_precision_gives_the_same_weights():
    """But for what the cells of 2^-23 leave open, most next to 0; and one criterion has all the weight."""
    asked = (["cost", "legal", "risk"], 0, "weights", 10**6, 10_000)
    single = simplex_weights(*asked, single_fractions)
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, simplex_weights(*asked), atol=2e-5)
    np.testing.assert_allclose(single.sum(axis=0), 1, atol=2e-7)
    assert (simplex_weights(["cost"], *asked[1:], single_fractions) == 1).all()

"""Value of information: closed forms, bounds, and errors that cover."""

import numpy as np
import pytest

import mcda

N = 40_000


@pytest.fixture(scope="module")
def normal():
    """Two choices, one worth 0, the other a + 2b with a and b standard normal."""
    a, b = np.random.default_rng(11).standard_normal((2, N))
    return a, b, np.stack([np.zeros(N), a + 2 * b], axis=-1)


@pytest.mark.parametrize(("which", "deviation"), [("a", 1.0), ("b", 2.0), ("both", 5**0.5)])
def test_normal_case_in_closed_form(normal, which, deviation):
    """Knowing a part with deviation s is worth s / sqrt(2 pi): within two percent or three stated errors."""
    a, b, utilities = normal
    known = {"a": a, "b": b, "both": np.stack([a, b], axis=-1)}[which]
    found, truth = mcda.evppi(utilities, known), deviation / np.sqrt(2 * np.pi)
    assert abs(found - truth) <= max(0.02 * truth, 3 * found.standard_error)
    assert found.change == pytest.approx(0.5, abs=0.03)


def test_what_does_not_matter_is_worth_nothing(normal):
    """A number without influence is worth zero within its error: noise isn't taken for information."""
    utilities = normal[2] + [0.2, 0]
    for seed in range(5):
        found = mcda.evppi(utilities, np.random.default_rng(seed).random(N))
        assert 0 <= found <= 3 * found.standard_error + 1e-12


def test_partial_never_exceeds_perfect(normal):
    """Held between nothing and the EVPI, also for few draws; one option always best is worth exactly nothing."""
    rng = np.random.default_rng(2)
    for _ in range(20):
        utilities, known = rng.random((30, 4)), rng.random(30)
        assert 0 <= mcda.evppi(utilities, known) <= mcda.evpi(utilities)
    always = np.stack([normal[0], normal[0] + 1], axis=-1)
    assert mcda.evpi(always) == 0 == mcda.evppi(always, normal[1])


def test_costs_are_turned(normal):
    """The smallest cost is the best."""
    assert mcda.evpi(-normal[2], direction="min") == mcda.evpi(normal[2])


def test_faults_are_named(normal):
    """Sizes, directions, and what isn't a number."""
    with pytest.raises(mcda.InputError, match="known: expected 3, one for each draw, found 2"):
        mcda.evppi([[1, 2], [2, 1], [0, 0]], [1, 2])
    with pytest.raises(mcda.InputError, match="one for each state \\(payoffs are alternatives x states\\), found 3"):
        mcda.evpi([[1, 2], [2, 1], [0, 0]], [0.2, 0.3, 0.5])
    with pytest.raises(mcda.InputError, match='direction: expected "max" or "min"'):
        mcda.evpi([[1, 2]], [0.5, 0.5], direction="up")

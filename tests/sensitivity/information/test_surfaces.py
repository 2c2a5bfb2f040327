"""Surfaces are the same on any machine: the fit is determined to more digits than are compared."""

import numpy as np

from mcda.sensitivity.information.surfaces import RIDGE, fitted, powers


def test_a_fit_on_columns_that_are_nearly_equal_is_that_of_orthogonal_columns():
    """The normal equations alone lose half of the digits there, and differ from machine to machine."""
    rng = np.random.default_rng(5)
    first = rng.standard_t(3, size=2_000)
    numbers = np.stack([first, first + 1e-4 * rng.normal(size=len(first))])
    basis = powers(numbers)
    outcomes = rng.normal(size=(2, len(first))) + first
    ridge = np.sqrt(RIDGE * len(first)) * np.eye(len(basis))
    orthogonal, triangle = np.linalg.qr(np.concatenate([basis.T, ridge]))
    right = np.linalg.solve(triangle, orthogonal[: len(first)].T @ outcomes.T).T @ basis
    np.testing.assert_allclose(fitted(basis, outcomes) @ basis, right, rtol=0, atol=1e-9)
    square = basis @ basis.T + RIDGE * len(first) * np.eye(len(basis))
    alone = np.linalg.solve(square, basis @ outcomes.T).T @ basis
    assert abs(alone - right).max() > 1e-8, "these columns tell the two apart"

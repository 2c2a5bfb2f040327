"""Many principal eigenvectors at once agree with LAPACK's, one by one, whatever the matrices are."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from mcda.preferences.pairwise import eigenvector
from mcda.preferences.pairwise.eigenvector import principal

SAATY = np.array([*range(1, 10), *(1 / k for k in range(2, 10))])


def random_matrices(count, n, scale=SAATY, seed=0):
    """Reciprocal matrices of unrelated judgements: as inconsistent as they come."""
    matrices, (rows, columns) = np.ones((count, n, n)), np.triu_indices(n, 1)
    drawn = np.random.default_rng(seed).choice(scale, (count, len(rows)))
    matrices[:, rows, columns], matrices[:, columns, rows] = drawn, 1 / drawn
    return matrices


def by_lapack(matrices):
    values, vectors = np.linalg.eig(matrices)
    top = values.real.argmax(axis=-1)
    vectors = np.abs(np.take_along_axis(vectors, top[:, None, None], axis=-1)[..., 0].real)
    return vectors / vectors.sum(axis=-1, keepdims=True), values.real.max(axis=-1)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 9, 15])
def test_it_agrees_with_lapack(n):
    """To 1e-9 of each weight, badly inconsistent matrices included."""
    matrices = random_matrices(2000, n)
    vectors, values = principal(matrices)
    theirs, their_values = by_lapack(matrices)
    np.testing.assert_allclose(vectors, theirs, rtol=1e-9)
    np.testing.assert_allclose(values, their_values, rtol=1e-11)


def test_the_bound_is_certain():
    """Whatever ends by iteration has an eigenvalue between bounds that agree to 1e-12."""
    matrices = random_matrices(500, 7, np.array([1, 1000, 1 / 1000]))
    vectors, values, certain = eigenvector._by_powers(matrices)
    ratios = np.einsum("bij,bj->bi", matrices, vectors)[certain] / vectors[certain]
    assert certain.mean() > 0.99
    assert (np.ptp(ratios, axis=1) <= 1e-10 * values[certain]).all()


@pytest.mark.parametrize("ratio", [9.0, 9999.0, 1e5, 1e200])
def test_a_circle_of_preferences_is_solved_whatever_its_strength(ratio):
    """The slowest of all: a over b over c over a, equally strong, weighs them alike."""
    circle = np.array([[1, ratio, 1 / ratio], [1 / ratio, 1, ratio], [ratio, 1 / ratio, 1]])
    vector, value = principal(circle)
    np.testing.assert_allclose(vector, 1 / 3, rtol=1e-9)
    assert value == pytest.approx(1 + ratio + 1 / ratio)


def test_an_extreme_matrix_leaves_the_others_as_they_were():
    """A stack is solved matrix by matrix; an empty one is empty."""
    matrices = random_matrices(3, 4)
    stack = np.concatenate(
        [matrices, np.array([[[1e6 ** (j - i) for j in range(4)] for i in range(4)]])]
    )
    np.testing.assert_array_equal(principal(stack)[0][:3], principal(matrices)[0])
    assert principal(stack.reshape(2, 2, 4, 4))[0].shape == (2, 2, 4)
    assert principal(np.ones((0, 3, 3)))[0].shape == (0, 3)


@pytest.mark.parametrize("n", [3, 9, 12])
@pytest.mark.parametrize("extreme", [1e5, 1e10, 1e50])
def test_what_overflows_is_solved_still(n, extreme):
    """A power beyond the range of numbers is no certain answer, though infinity is within any tolerance of infinity."""
    matrices = random_matrices(200, n, extreme ** np.linspace(-1, 1, 9))
    vectors, values = principal(matrices)
    logs = np.log(matrices) + np.log(vectors)[:, None, :] - np.log(vectors)[:, :, None]
    ratios = np.log(np.exp(logs - logs.max(axis=2, keepdims=True)).sum(axis=2)) + logs.max(axis=2)
    np.testing.assert_allclose(np.ptp(ratios, axis=1), 0, atol=1e-9)
    np.testing.assert_allclose(values, np.exp(ratios.mean(axis=1)), rtol=1e-9)


def test_what_was_given_is_left_as_it_was():
    """The working copy is a copy, even of one item or where memory lies so that a view would do."""
    for matrices in (
        np.ones((5, 1, 1)),
        random_matrices(1, 4, np.array([1e5])),
        random_matrices(50, 6).T.copy().T,
    ):
        matrices.setflags(write=False)
        principal(matrices)


@pytest.mark.parametrize("n", [3, 5, 9, 15])
def test_the_worst_judgements_need_the_first_squarings_only(n):
    """How many come first depends on the number of items: unrelated judgements end there, not in a second go."""
    matrices = random_matrices(2000, n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eigenvector, "FURTHER", ())
        assert eigenvector._by_powers(matrices)[2].mean() > 0.99


def test_a_matrix_is_solved_alike_in_any_company():
    """To the last digit: what the others in a stack need doesn't touch it."""
    matrices = np.concatenate(
        [random_matrices(50, 3), random_matrices(50, 3, np.array([1, 100, 1 / 100]))]
    )
    alone = [principal(matrix) for matrix in matrices]
    vectors, values = principal(matrices)
    np.testing.assert_array_equal(vectors, [vector for vector, _ in alone])
    np.testing.assert_array_equal(values, [value for _, value in alone])


def in_120_digits(matrix):
    """The principal eigenvector by squaring in decimals, the diagonal raised so that no circle goes on for ever."""
    with localcontext() as context:
        context.prec = 120
        n = len(matrix)
        rows = [[Decimal(float(number)) for number in row] for row in matrix]
        means = [(sum(number.ln() for number in row) / n).exp() for row in rows]
        power = [[rows[i][j] * means[j] / means[i] for j in range(n)] for i in range(n)]
        most = max(sum(row) for row in power)
        power = [[power[i][j] + (most if i == j else 0) for j in range(n)] for i in range(n)]
        for _ in range(400):
            power = [
                [sum(power[i][k] * power[k][j] for k in range(n)) for j in range(n)]
                for i in range(n)
            ]
            top = max(map(max, power))
            power = [[number / top for number in row] for row in power]
        shares = [sum(row) * mean for row, mean in zip(power, means, strict=True)]
        return np.array([float(share / sum(shares)) for share in shares])


@pytest.mark.parametrize("digits", [5, 20, 40, 80])
def test_ratios_of_any_size_agree_with_120_digits(digits):
    """Random exponents, and all or nothing: where numbers run out of range the vector is that of exact arithmetic."""
    rng = np.random.default_rng(digits)
    for n, drawn in (
        (3, rng.uniform),
        (4, rng.uniform),
        (4, lambda low, high, size: rng.choice([low, 0, high], size)),
    ):
        logs = np.triu(drawn(-digits, digits, (n, n)), 1)
        matrix = 10.0 ** (logs - logs.T)
        np.testing.assert_allclose(principal(matrix)[0], in_120_digits(matrix), atol=1e-9)

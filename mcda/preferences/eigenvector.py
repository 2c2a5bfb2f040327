"""Principal eigenvectors of many positive matrices at once: power iteration that stops on a certified bound."""

from __future__ import annotations

import numpy as np

TOLERANCE = 1e-12
CHUNK, STEPS, ROUNDS = 1024, 12, 2
MODERATE = 1e4


def principal(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the principal eigenvector (..., n), summing to one, and eigenvalue (...), of positive matrices (..., n, n).

    The least and largest ratio of (A w)_i to w_i bracket the eigenvalue (Collatz, 1942; Wielandt, 1950): iteration ends
    when they agree to 1e-12. Entries of any size are within reach: extreme ones are first balanced by geometric means.

    >>> vector, value = principal(np.array([[1.0, 3.0], [1 / 3, 1.0]]))
    >>> vector.round(3).tolist(), round(float(value), 9)
    ([0.75, 0.25], 2.0)
    """
    n = matrices.shape[-1]
    flat = matrices.reshape(-1, n, n)
    if flat.max(initial=1.0) > MODERATE:
        vectors, values = _balanced(flat)
    else:
        vectors, low, high = _by_powers(flat, 0)
        values = (low + high) / 2
    return vectors.reshape(matrices.shape[:-1]), values.reshape(matrices.shape[:-2])


def _balanced(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors and values of matrices scaled by their geometric means: a consistent one then holds ones only."""
    logs = np.log(flat)
    means = logs.mean(axis=-1)
    vectors, low, high = _by_powers(np.exp(logs + means[:, None, :] - means[:, :, None]), 0)
    vectors = vectors * np.exp(means - means.max(axis=-1, keepdims=True))
    return vectors / vectors.sum(axis=-1, keepdims=True), (low + high) / 2


def _by_powers(flat: np.ndarray, squarings: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors and bounds of the values; what converges slowly goes on with higher powers of its matrix."""
    vectors, low, high = np.empty(flat.shape[:-1]), np.empty(len(flat)), np.empty(len(flat))
    for start in range(0, len(flat), CHUNK):
        part = slice(start, start + CHUNK)
        vectors[part], low[part], high[part] = _iterated(flat[part], squarings)
    slow = np.flatnonzero(high - low > TOLERANCE * high)
    if slow.size and squarings < 40:
        vectors[slow], low[slow], high[slow] = _by_powers(flat[slow], squarings + 2)
    return vectors, low, high


def _iterated(part: np.ndarray, squarings: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Iterate on matrices held last, (column, row, matrix), so that every step runs along them."""
    matrix = np.ascontiguousarray(part.transpose(2, 1, 0))
    power = matrix
    for _ in range(squarings):
        power = np.einsum("lib,jlb->jib", power, power)
        power /= power[0].sum(axis=0)
    vector, spare = power.sum(axis=0), np.empty(power.shape[1:])
    for _ in range(ROUNDS):
        for _ in range(STEPS // 2):
            np.einsum("jib,jb->ib", power, vector, out=spare)
            np.einsum("jib,jb->ib", power, spare, out=vector)
        vector /= vector.sum(axis=0)
        np.einsum("jib,jb->ib", matrix, vector, out=spare)
        ratios = spare / vector
        low, high = ratios.min(axis=0), ratios.max(axis=0)
        vector, spare = spare, vector
        if (high - low <= TOLERANCE * high).all():
            break
    return (vector / vector.sum(axis=0)).T, low, high

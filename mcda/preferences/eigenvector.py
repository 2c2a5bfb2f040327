"""Principal eigenvectors of many positive matrices at once: power iteration that stops on a certified bound."""

from __future__ import annotations

import numpy as np

TOLERANCE = 1e-12
CHUNK, STEPS = 2**17, 8
EFFORTS = ((0, 2), (0, 4), (3, 3), (8, 3), (14, 3))
MODERATE = 1e4


def principal(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the principal eigenvector (..., n), summing to one, and eigenvalue (...), of matrices (..., n, n) above 0.

    The least and largest ratio of (A w)_i to w_i bracket the eigenvalue (Collatz, 1942; Wielandt, 1950): iteration
    ends when they agree to 1e-12. A matrix with a row sum above 10,000 is balanced and solved by LAPACK.

    >>> vector, value = principal(np.array([[1.0, 3.0], [1 / 3, 1.0]]))
    >>> vector.round(3).tolist(), round(float(value), 9)
    ([0.75, 0.25], 2.0)
    """
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    vectors, values, certain = _by_powers(flat)
    if not certain.all():
        vectors[~certain], values[~certain] = _by_lapack(flat[~certain])
    return vectors.reshape(matrices.shape[:-1]), values.reshape(matrices.shape[:-2])


def _by_powers(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors, values, and which are certain; what is slow goes on, at last with powers of its matrix."""
    vectors, low, high = np.empty(flat.shape[:-1]), np.empty(len(flat)), np.empty(len(flat))
    step = max(1, CHUNK // flat.shape[-1] ** 2)
    parts: list[slice | np.ndarray] = [slice(start, start + step) for start in range(0, len(flat), step)]
    for started, (squarings, rounds) in enumerate(EFFORTS):
        for part in parts:
            vectors[part], low[part], high[part] = _iterated(
                flat[part], vectors[part] if started else None, squarings, rounds
            )
        slow = np.flatnonzero(high - low > TOLERANCE * high)
        parts = [slow[start : start + step] for start in range(0, len(slow), step)]
    return vectors, (low + high) / 2, high - low <= TOLERANCE * high


def _iterated(
    part: np.ndarray, vectors: np.ndarray | None, squarings: int, rounds: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Iterate, from row sums or given vectors, on matrices held last, (column, row, matrix), to run along them."""
    matrix = np.ascontiguousarray(part.transpose(2, 1, 0))
    vector = matrix.sum(axis=0) if vectors is None else np.ascontiguousarray(vectors.T)
    extreme = vector.max(axis=0) > MODERATE
    if extreme.any():
        matrix[:, :, extreme] = vector[:, extreme] = 1.0
    power, spare = _squared(matrix, squarings), np.empty_like(vector)
    for _ in range(rounds):
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
    low[extreme] = high[extreme] = np.nan  # neither slow nor certain
    return (vector / vector.sum(axis=0)).T, low, high


def _squared(matrix: np.ndarray, squarings: int) -> np.ndarray:
    """Return a power of matrices held last, scaled: 2 ** squarings steps in one."""
    for _ in range(squarings):
        matrix = np.einsum("lib,jlb->jib", matrix, matrix)
        matrix /= matrix[0].sum(axis=0)
    return matrix


def _by_lapack(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors and values of matrices scaled by their geometric means: a consistent one then holds ones only."""
    logs = np.log(flat)
    means = logs.mean(axis=-1)
    values, vectors = np.linalg.eig(np.exp(logs + means[:, None, :] - means[:, :, None]))
    top = values.real.argmax(axis=-1)
    vector = np.abs(np.take_along_axis(vectors, top[:, None, None], axis=-1)[..., 0].real)
    vector = vector * np.exp(means - means.max(axis=-1, keepdims=True))
    return vector / vector.sum(axis=-1, keepdims=True), np.take_along_axis(values.real, top[:, None], axis=-1)[:, 0]

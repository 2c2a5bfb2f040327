"""Principal eigenvectors of many positive matrices at once: power iteration that stops on a certified bound."""

from __future__ import annotations

import numpy as np

TOLERANCE = 1e-12
CHUNK = 2**17
EFFORTS = ((0, (7, 8)), (0, (4, 4)), (3, (4, 4, 4)), (8, (4, 4, 4)), (14, (4, 4, 4)))
FEW = 1 / 4
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
    size = max(1, CHUNK // flat.shape[-1] ** 2)
    parts: list[slice | np.ndarray] = [slice(start, start + size) for start in range(0, len(flat), size)]
    for started, (squarings, runs) in enumerate(EFFORTS):
        for part in parts:
            vectors[part], low[part], high[part] = _iterated(
                flat[part], vectors[part] if started else None, squarings, runs
            )
        slow = np.flatnonzero(high - low > TOLERANCE * high)
        parts = [slow[start : start + size] for start in range(0, len(slow), size)]
    return vectors, (low + high) / 2, high - low <= TOLERANCE * high


def _iterated(
    part: np.ndarray, vectors: np.ndarray | None, squarings: int, runs: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Iterate, from row sums or given vectors, on matrices held last, (column, row, matrix), to run along them."""
    matrix = part.transpose(2, 1, 0).copy()
    vector = matrix.sum(axis=0) if vectors is None else vectors.T.copy()
    extreme = vector.max(axis=0) > MODERATE
    if extreme.any():
        matrix[:, :, extreme] = vector[:, extreme] = 1.0
    vector, low, high = _in_runs(matrix, vector, squarings, runs)
    low[extreme] = high[extreme] = np.nan  # neither slow nor certain
    return (vector / vector.sum(axis=0)).T, low, high


def _in_runs(
    matrix: np.ndarray, vector: np.ndarray, squarings: int, runs: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors and bounds after all runs, or after the first that leaves few slow; shifts the matrices given."""
    diagonal, shift = np.einsum("iib->ib", matrix), np.zeros(matrix.shape[-1])
    vector, low, high = _bracketed(matrix, vector, shift)
    for steps in runs:
        centre, spread = _others(len(matrix), (low + high) / 2)
        diagonal += centre - shift
        shift = centre
        vector = _run(*_squared(matrix, spread, squarings), vector, steps)
        vector, low, high = _bracketed(matrix, vector, shift)
        if np.count_nonzero(high - low > TOLERANCE * high) <= FEW * len(high):
            break
    return vector, low, high


def _bracketed(matrix: np.ndarray, vector: np.ndarray, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors one step on, and the bounds that the step gives on the eigenvalue of the matrix less its shift."""
    following = _times(matrix, vector)
    ratios = following / vector
    return following, ratios.min(axis=0) - shift, ratios.max(axis=0) - shift


def _others(n: int, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how far below 0 the mean of all other eigenvalues lies, and how widely they scatter up and down from it.

    All eigenvalues of a reciprocal matrix sum to n, their squares to n^2. So the others of one that is far from
    consistent are complex, near mean +- i sqrt(spread): (A + centre)^2 + spread damps them most, and is positive.
    """
    centre = np.maximum(value - n, 0.0) / max(n - 1, 1)
    return centre, centre**2 + np.maximum(value**2 - n**2, 0.0) / max(n - 1, 1)


def _run(power: np.ndarray, spread: np.ndarray, vector: np.ndarray, steps: int) -> np.ndarray:
    """Return vectors after steps of power^2 + spread each, summing to one; overwrites those given."""
    once, twice = np.empty_like(vector), np.empty_like(vector)
    for _ in range(steps):
        _times(power, vector, out=once)
        _times(power, once, out=twice)
        vector *= spread
        twice += vector
        vector, twice = twice, vector
    return vector / vector.sum(axis=0)


def _squared(matrix: np.ndarray, spread: np.ndarray, squarings: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a matrix and its spread, or a power of both that needs none, scaled: 2 ** squarings steps in one."""
    for _ in range(squarings):
        matrix = np.einsum("lib,jlb->jib", matrix, matrix)
        np.einsum("iib->ib", matrix)[...] += spread
        matrix /= matrix[0].sum(axis=0)
        spread = np.zeros_like(spread)
    return matrix, spread


def _times(matrix: np.ndarray, vector: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.einsum("jib,jb->ib", matrix, vector, out=out)


def _by_lapack(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors and values of matrices scaled by their geometric means: a consistent one then holds ones only."""
    logs = np.log(flat)
    means = logs.mean(axis=-1)
    values, vectors = np.linalg.eig(np.exp(logs + means[:, None, :] - means[:, :, None]))
    top = values.real.argmax(axis=-1)
    vector = np.abs(np.take_along_axis(vectors, top[:, None, None], axis=-1)[..., 0].real)
    vector = vector * np.exp(means - means.max(axis=-1, keepdims=True))
    return vector / vector.sum(axis=-1, keepdims=True), np.take_along_axis(values.real, top[:, None], axis=-1)[:, 0]

"""Principal eigenvectors of many positive matrices at once: powers by squaring, until a certified bound closes."""

from __future__ import annotations

import numpy as np

TOLERANCE = 1e-12
CHUNK = 2**17
FIRST = 255  # over n: the fewer the items, the higher the power that unrelated judgements need
FURTHER = (2, 2, 2, 2)


def principal(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the principal eigenvector (..., n), summing to one, and eigenvalue (...), of matrices (..., n, n) above 0.

    The least and largest ratio of (A w)_i to w_i bracket the eigenvalue (Collatz, 1942; Wielandt, 1950): squaring ends
    when they agree to 1e-12. What never does, or exceeds the range of numbers, is balanced and solved by LAPACK.

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
    """Return vectors, values, and which are certain; as many matrices at a time as stay in the cache."""
    vectors, low, high = np.empty(flat.shape[:-1]), np.empty(len(flat)), np.empty(len(flat))
    size = max(1, CHUNK // flat.shape[-1] ** 2)
    with np.errstate(all="ignore"):  # what leaves the range of numbers is not certain
        for part in (slice(start, start + size) for start in range(0, len(flat), size)):
            _square(flat[part], vectors[part], low[part], high[part])
        return vectors, (low + high) / 2, high - low <= TOLERANCE * low


def _square(matrices: np.ndarray, vectors: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
    """Write vectors and bounds: each matrix is squared until its own bounds agree, whatever the others need.

    Any column of a high power is near the eigenvector. All is transposed: rows times matrices are what is fast.
    """
    at, left = np.arange(len(matrices)), matrices.transpose(0, 2, 1)
    power = left
    for squarings in ((FIRST // matrices.shape[-1]).bit_length(), *FURTHER):
        for _ in range(squarings):
            power = power @ power
        vector = power[:, :1] / power[:, :1, :1] @ power
        vector /= np.einsum("bji->b", vector)[:, None, None]
        ratios = (vector @ left / vector)[:, 0].T.copy()
        vectors[at], low[at], high[at] = vector[:, 0], ratios.min(axis=0), ratios.max(axis=0)
        slow = high[at] - low[at] > TOLERANCE * low[at]
        if not slow.any():
            return
        at, left, power = at[slow], left[slow], power[slow] / power[slow, :1, :1]


def _by_lapack(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors and values of matrices scaled by their geometric means: a consistent one then holds ones only."""
    logs = np.log(flat)
    means = logs.mean(axis=-1)
    values, vectors = np.linalg.eig(np.exp(logs + means[:, None, :] - means[:, :, None]))
    top = values.real.argmax(axis=-1)
    vector = np.abs(np.take_along_axis(vectors, top[:, None, None], axis=-1)[..., 0].real)
    vector = vector * np.exp(means - means.max(axis=-1, keepdims=True))
    return vector / vector.sum(axis=-1, keepdims=True), np.take_along_axis(values.real, top[:, None], axis=-1)[:, 0]

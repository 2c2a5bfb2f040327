"""Principal eigenvectors of many positive matrices at once.

Matrices are squared until a certified bound closes.
"""

from __future__ import annotations

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.checks.significant_digits import plain

TOLERANCE = 1e-12  # between the bounds of an eigenvalue, as a share of it
CHUNK = 2**17  # numbers in the matrices that are squared together: they stay in the cache
FIRST = 255  # over n: the fewer the items, the higher the power that unrelated judgements need
# squarings before the bounds are looked at again; more rounds are rarely needed
FURTHER = (2, 2, 2, 2)
SQUARINGS = 64  # a power of 2**64 tells apart what numbers can
CLOSED = 1e-11  # of logs, which may be in the hundreds: what rounding leaves
MOST_LOG = 700.0  # the log of the largest number there is


def principal(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the principal eigenvector (..., n), summing to one, and the eigenvalue (...).

    They are those of matrices (..., n, n) above 0. The least and largest ratio of (A w)_i to w_i
    bracket the eigenvalue (Collatz, 1942; Wielandt, 1950): squaring ends when they agree to 1e-12.
    A matrix for which they never do, or which exceeds the range of numbers, is squared in logs.
    Raises InputError for judgements so far apart that numbers can't tell what outweighs what.

    >>> vector, value = principal(np.array([[1.0, 3.0], [1 / 3, 1.0]]))
    >>> vector.round(3).tolist(), round(float(value), 9)
    ([0.75, 0.25], 2.0)
    """
    flat = matrices.reshape(-1, *matrices.shape[-2:])
    vectors, values, certain = _by_powers(flat)
    if not certain.all():
        with np.errstate(over="ignore"):  # an eigenvalue beyond the range of numbers is infinite
            for at in np.flatnonzero(~certain):
                vectors[at], values[at] = _by_logs(np.log(flat[at]))
    return vectors.reshape(matrices.shape[:-1]), values.reshape(matrices.shape[:-2])


def _by_powers(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return vectors, values, and which are certain.

    As many matrices are taken at a time as stay in the cache.
    """
    vectors = np.empty(flat.shape[:-1])
    low = np.empty(len(flat))
    high = np.empty(len(flat))
    size = max(1, CHUNK // flat.shape[-1] ** 2)
    with np.errstate(all="ignore"):  # what leaves the range of numbers is not certain
        for start in range(0, len(flat), size):
            part = slice(start, start + size)
            _square(flat[part], vectors[part], low[part], high[part])
        return vectors, (low + high) / 2, high - low <= TOLERANCE * low


def _square(matrices: np.ndarray, vectors: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
    """Write vectors and bounds: each matrix is squared until its own bounds agree.

    Any column of a high power is near the eigenvector. All is transposed: rows times matrices are
    what is fast.
    """
    at = np.arange(len(matrices))
    left = matrices.transpose(0, 2, 1)
    power = left
    for squarings in ((FIRST // matrices.shape[-1]).bit_length(), *FURTHER):
        for _ in range(squarings):
            power = power @ power
        vector = power[:, :1] / power[:, :1, :1] @ power
        vector /= np.einsum("bji->b", vector)[:, None, None]
        ratios = (vector @ left / vector)[:, 0].T.copy()
        vectors[at] = vector[:, 0]
        low[at] = ratios.min(axis=0)
        high[at] = ratios.max(axis=0)
        slow = high[at] - low[at] > TOLERANCE * low[at]
        if not slow.any():
            return
        at = at[slow]
        left = left[slow]
        power = power[slow] / power[slow, :1, :1]


def _by_logs(logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the vector (n,), summing to one, and value of a matrix given by its logs (n, n).

    The range of the matrix doesn't matter. The largest geometric mean of a cycle is divided out:
    the eigenvalue then lies from 1 to n. One is added to the diagonal, which turns no vector and
    ends going round in circles. The sum is squared in logs until its own vector no longer changes
    and brackets the eigenvalue. Raises InputError where it never does: numbers can't tell then what
    outweighs what. Source: Karp (1978) on cycle means.
    """
    scaled = logs - _cycle_mean(logs)
    power = np.logaddexp(scaled, np.where(np.eye(len(logs), dtype=bool), 0.0, -np.inf))
    vector = np.full(len(logs), np.inf)
    for _ in range(SQUARINGS):
        power = _logs_of_sums(power[:, :, None] + power[None, :, :], axis=1)
        power -= power.max()
        before = vector
        vector = _logs_of_sums(power, axis=1)
        vector -= _logs_of_sums(vector, axis=0)
        ratios = _logs_of_sums(scaled + vector, axis=1) - vector
        if max(np.ptp(ratios), abs(vector - before).max()) <= CLOSED:
            largest = np.exp(ratios.mean() + _cycle_mean(logs))
            return np.exp(vector), largest
    widest = f"ratios of up to {plain(np.exp(min(abs(logs).max(), MOST_LOG)), 1)}"
    remedy = "judge on Saaty's scale"
    raise InputError(
        Fault("pairwise matrix", "judgements from which priorities can be computed", widest, remedy)
    )


def _logs_of_sums(logs: np.ndarray, axis: int) -> np.ndarray:
    """Return the logs of sums along an axis, of numbers given by their logs."""
    most = logs.max(axis=axis, keepdims=True)
    return np.asarray(
        (most + np.log(np.exp(logs - most).sum(axis=axis, keepdims=True))).squeeze(axis)
    )


def _cycle_mean(logs: np.ndarray) -> float:
    """Return the largest mean of logs (n, n) around a cycle."""
    n = len(logs)
    longest = [np.zeros(n)]
    for _ in range(n):
        longest.append((longest[-1][:, None] + logs).max(axis=0))
    means = [(longest[n] - longest[k]) / (n - k) for k in range(n)]
    return float(np.min(means, axis=0).max())

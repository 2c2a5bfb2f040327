"""TOPSIS of many tables at once, beside pymcdm's called once a table: same closeness, ratio of times."""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pymcdm.methods
import pymcdm.normalizations

import mcda

TABLES, OPTIONS, CRITERIA, REPEATS = 2_000, 10, 17, 5


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median time of some repeats, after one to warm up."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the times of both, and their ratio."""
    rng = np.random.default_rng(0)
    matrices, weights = rng.uniform(1, 100, (TABLES, OPTIONS, CRITERIA)), rng.dirichlet(np.ones(CRITERIA), TABLES)
    peer, benefits = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization), np.ones(CRITERIA, dtype=int)

    def ours() -> np.ndarray:
        return mcda.topsis(matrices, weights, ["max"] * CRITERIA)

    def theirs() -> np.ndarray:
        pairs = zip(matrices, weights, strict=True)
        return np.array([peer(matrix, share, benefits, validation=False) for matrix, share in pairs])

    np.testing.assert_allclose(ours(), theirs(), atol=1e-9)
    fast, slow = median_seconds(ours), median_seconds(theirs)
    print(f"{TABLES} tables of {OPTIONS} x {CRITERIA}, median of {REPEATS}")
    print(f"mcda.topsis, one call        {1000 * fast:8.1f} ms")
    print(f"pymcdm TOPSIS, one a table   {1000 * slow:8.1f} ms")
    print(f"ratio                        {slow / fast:8.1f}")


if __name__ == "__main__":
    main()

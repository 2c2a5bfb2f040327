"""Array functions beside pymcdm and beside plain reads of their input: processor time, medians of paired runs."""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pymcdm.methods
import pymcdm.normalizations

import mcda
from mcda.methods.compromise import blocks

LONG, WIDE = 1_000_000, 10
TABLES, OPTIONS, CRITERIA = 2_000, 10, 17
REPEATS = 7
Work = Callable[[], object]


def seconds(work: Work) -> float:
    """Return the processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(what: str, ours: Work, beside: dict[str, Work]) -> None:
    """Print how many times as long as each other work ours takes: the median over runs that take turns."""
    ours()
    taken: dict[str, list[float]] = {name: [] for name in beside}
    own = []
    for _ in range(REPEATS):
        own.append(seconds(ours))
        for name, work in beside.items():
            taken[name].append(seconds(work))
    print(f"{what}: {1000 * statistics.median(own):.1f} ms")
    for name, times in taken.items():
        ratio = statistics.median(mine / theirs for mine, theirs in zip(own, times, strict=True))
        print(f"  {ratio:7.4f} times {name} ({1000 * statistics.median(times):.1f} ms)")


def one_long_table(rng: np.random.Generator) -> None:
    """Print TOPSIS, additive scores and ranks of a million alternatives."""
    matrix, weights, ways = (
        rng.uniform(1, 100, (LONG, WIDE)),
        rng.dirichlet(np.ones(WIDE)),
        ["max"] * WIDE,
    )
    method = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    benefits = np.ones(WIDE, dtype=int)
    beside: dict[str, Work] = {
        "pymcdm without its validation": lambda: method(
            matrix, weights, benefits, validation=False
        ),
        "two plain reads of the table": lambda: (matrix.sum(), matrix.sum()),
    }
    np.testing.assert_allclose(
        mcda.topsis(matrix, weights, ways), beside["pymcdm without its validation"](), atol=1e-9
    )
    compare(
        f"topsis, {LONG:,} x {WIDE}, with the compiler if it is there",
        lambda: mcda.topsis(matrix, weights, ways),
        beside,
    )
    compiling, blocks.WORTH_COMPILING = blocks.WORTH_COMPILING, np.inf
    compare(
        f"topsis, {LONG:,} x {WIDE}, numpy alone",
        lambda: mcda.topsis(matrix, weights, ways),
        beside,
    )
    blocks.WORTH_COMPILING = compiling
    compare(
        f"additive, {LONG:,} x {WIDE}",
        lambda: mcda.additive(matrix, weights),
        {
            "matrix @ weights and a check for finite numbers": lambda: (
                matrix @ weights,
                np.isfinite(matrix).all(),
            )
        },
    )
    scores = rng.uniform(size=LONG)
    compare(
        f"ranks, {LONG:,}", lambda: mcda.ranks(scores), {"one argsort": lambda: np.argsort(scores)}
    )


def many_small_tables(rng: np.random.Generator) -> None:
    """Print TOPSIS of many tables in one call beside pymcdm called once a table."""
    matrices, weights = (
        rng.uniform(1, 100, (TABLES, OPTIONS, CRITERIA)),
        rng.dirichlet(np.ones(CRITERIA), TABLES),
    )
    method = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    benefits, ways = np.ones(CRITERIA, dtype=int), ["max"] * CRITERIA

    def loop() -> np.ndarray:
        pairs = zip(matrices, weights, strict=True)
        return np.array(
            [method(matrix, share, benefits, validation=False) for matrix, share in pairs]
        )

    np.testing.assert_allclose(mcda.topsis(matrices, weights, ways), loop(), atol=1e-9)
    what = f"topsis, {TABLES:,} tables of {OPTIONS} x {CRITERIA} in one call"
    compare(
        what,
        lambda: mcda.topsis(matrices, weights, ways),
        {"pymcdm's loop without its validation": loop},
    )


def main() -> None:
    """Print every ratio."""
    rng = np.random.default_rng(0)
    one_long_table(rng)
    many_small_tables(rng)


if __name__ == "__main__":
    main()

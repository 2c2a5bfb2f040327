"""AHP priorities with their consistency ratio, many matrices at once, beside numpy's eig, ahpy and pymcdm.

ahpy is no dependency of ours: `pip install ahpy` first, or its column stays empty.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from pymcdm.weights.subjective import AHP

import mcda
from mcda.preferences.pairwise.consistency import RANDOM_INDEX, SAATY_1980

ORDERS, BATCHES, SAMPLE = (5, 9, 15), (1, 1_000, 100_000), 100
SCALE = np.array([*(1 / k for k in range(9, 1, -1)), *range(1, 10)])


def judged(count: int, n: int, noise: float) -> np.ndarray:
    """Return matrices on Saaty's scale: true ratios times log-normal noise, or unrelated judgements where it is inf."""
    rng, (rows, columns) = np.random.default_rng(0), np.triu_indices(n, 1)
    if np.isinf(noise):
        ratios = rng.choice(SCALE, (count, len(rows)))
    else:
        logs = rng.normal(0, 0.7, (count, n))
        drawn = logs[:, rows] - logs[:, columns] + rng.normal(0, noise, (count, len(rows)))
        steps = np.log(SCALE)
        ratios = SCALE[np.searchsorted((steps[1:] + steps[:-1]) / 2, drawn)]
    matrices = np.ones((count, n, n))
    matrices[:, rows, columns], matrices[:, columns, rows] = ratios, 1 / ratios
    return matrices


def ours(matrices: np.ndarray) -> tuple[Any, Any]:
    """Return priorities and ratios in one call."""
    found = mcda.priorities(matrices)
    return np.asarray(found), found.consistency.ratio


def by_eig(matrices: np.ndarray) -> tuple[Any, Any]:
    """Return the same by numpy's batched solver."""
    n, (values, vectors) = matrices.shape[-1], np.linalg.eig(matrices)
    top = values.real.argmax(axis=-1)
    vectors = np.abs(np.take_along_axis(vectors, top[:, None, None], axis=-1)[..., 0].real)
    ratios = (
        (np.take_along_axis(values.real, top[:, None], axis=-1)[:, 0] - n)
        / (n - 1)
        / RANDOM_INDEX[SAATY_1980][n - 1]
    )
    return vectors / vectors.sum(axis=-1, keepdims=True), ratios


def by_pymcdm(matrices: np.ndarray) -> tuple[Any, Any]:
    """Return the same by pymcdm, one matrix after the other; its random index is the row of Golden and Wang."""
    made = [AHP(matrix=matrix) for matrix in matrices]
    return np.array([each() for each in made]), np.array([each.get_cr() for each in made])


def by_ahpy(matrices: np.ndarray) -> tuple[Any, Any]:
    """Return the same by ahpy, one matrix after the other; its random index is Saaty's of 2005, rounded to 4 places."""
    import ahpy

    n = matrices.shape[-1]
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    made = [
        ahpy.Compare(
            "c", {pair: matrix[pair] for pair in pairs}, precision=12, random_index="saaty"
        )
        for matrix in matrices
    ]
    return np.array([[each.local_weights[i] for i in range(n)] for each in made]), [
        one.consistency_ratio for one in made
    ]


def microseconds(work: Callable[[np.ndarray], object], matrices: np.ndarray) -> float:
    """Return the least processor time a matrix of some repeats after one to warm up: others disturb it little."""
    work(matrices[: min(len(matrices), 2_000)])
    times = []
    for _ in range(5 if len(matrices) > 1_000 else 15):
        start = time.process_time()
        work(matrices)
        times.append(time.process_time() - start)
    return 1e6 * min(times) / len(matrices)


def main() -> None:
    """Print microseconds a matrix and ratios, and the largest difference of a weight from eig's."""
    peers = {"eig": by_eig, "pymcdm": by_pymcdm, **({"ahpy": by_ahpy} if find_spec("ahpy") else {})}
    print(
        "Microseconds a matrix; in brackets how many times mcda.priorities. The peers that take one matrix at a time"
    )
    print(f"are timed on {SAMPLE}.")
    print(
        f"{'judgements':>12} {'n':>3} {'matrices':>9} {'mcda':>8} "
        + "".join(f"{name:>18}" for name in peers)
        + "  differs"
    )
    for noise, kind in ((0.3, "usual"), (np.inf, "random")):
        for n in ORDERS:
            for batch in BATCHES:
                matrices = judged(batch, n, noise)
                fast = microseconds(ours, matrices)
                slow = {
                    name: microseconds(peer, matrices if name == "eig" else matrices[:SAMPLE])
                    for name, peer in peers.items()
                }
                gap = np.abs(ours(matrices)[0] - by_eig(matrices)[0]).max()
                np.testing.assert_allclose(ours(matrices)[1], by_eig(matrices)[1], atol=1e-9)
                np.testing.assert_array_less(gap, 1e-9)
                told = "".join(f"{time:9.2f} ({time / fast:5.1f}x)" for time in slow.values())
                print(f"{kind:>12} {n:3d} {batch:9,d} {fast:8.2f} {told}  {gap:.0e}", flush=True)


if __name__ == "__main__":
    main()

"""The structure audit beside loops of plain numpy: processor time, and how many times as fast it is."""

import time
from collections.abc import Callable
from itertools import combinations

import numpy as np

import mcda
from criteria import ukraine_force
from mcda.sensitivity.structure.first_places import over_subsets, parts_of

LOOPED = 12  # leaves of the loop over subsets: one of all 17 takes a minute


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the least processor time of a few calls."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def looped(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return in how many subsets of leaves each option leads by the weighted sum, one at a time."""
    leads = np.zeros(len(values), dtype=int)
    leaves = np.flatnonzero(weights)
    for count in range(1, len(leaves) + 1):
        for some in combinations(leaves, count):
            kept = list(some)
            scores = values[:, kept] @ weights[kept]
            leads += scores >= scores.max() - 1e-9
    return leads


def main() -> None:
    """Print the time of the audit, of all subsets, and the ratio to the loop."""
    problem = ukraine_force.problem()
    holders = ukraine_force.perspectives(problem)
    mcda.structure_audit(problem, holders, n=100)  # imports what it needs
    audit = seconds(lambda: mcda.structure_audit(problem, holders))
    print(f"audit, {len(holders)} holders, 200,000 weights: {audit:.2f} s")

    values = problem.values.to_numpy()
    parts = parts_of(problem, values)
    every = np.ones(len(values), dtype=bool)
    shares = [mcda.over_leaves(problem, each).values.to_numpy() for each in holders.values()]
    for method, p in (("weighted sum", 1.0), ("TOPSIS", 2.0)):
        taken = seconds(lambda p=p: [over_subsets(parts, each, p, every, 0) for each in shares])
        leaves = f"{values.shape[1]} leaves for {len(shares)} holders"
        print(f"every subset of {leaves}, {method}: {taken:.2f} s")

    few = values[:, :LOOPED]
    sure = parts_of(problem, few)
    weights = shares[0][:LOOPED]
    ours = seconds(lambda: over_subsets(sure, weights, 1.0, every, 0), 20)
    start = time.process_time()
    told = looped(few, weights)
    loop = time.process_time() - start
    np.testing.assert_array_equal(over_subsets(sure, weights, 1.0, every, 0)[0].leads, told)
    print(f"every subset of {LOOPED} leaves: {loop / ours:.0f} times as fast as a loop of numpy")


if __name__ == "__main__":
    main()

"""ELECTRE I: thresholds that equality reaches, and a kernel that is one."""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.outranking.electre1 import kernel_of


def exactly(matrix, weights, ways, concordance, discordance):
    """Who outranks whom in whole numbers, in exact fractions."""
    total = sum(weights)
    sums = [abs(sum(column)) or 1 for column in zip(*matrix, strict=True)]
    signs = [1 if way == "max" else -1 for way in ways]
    rows = [
        [Fraction(one * sign, of) for one, sign, of in zip(row, signs, sums, strict=True)]
        for row in matrix
    ]
    unit = max(max(column) - min(column) for column in zip(*rows, strict=True)) or 1
    found = np.zeros((len(rows), len(rows)), dtype=bool)
    for a, b in product(range(len(rows)), repeat=2):
        agree = sum(
            Fraction(w, total) for w, x, y in zip(weights, rows[a], rows[b], strict=True) if x >= y
        )
        against = max(max(y - x for x, y in zip(rows[a], rows[b], strict=True)), 0) / unit
        found[a, b] = a != b and agree >= concordance and against <= discordance
    return found


def test_a_sum_that_equals_the_threshold_reaches_it():
    """55 and 10 of 100 are 0.65, whatever the last bit of their sum."""
    found = mcda.electre1([[2, 2, 1.0], [1, 1, 1.01]], [55, 10, 35], ["max"] * 3)
    assert found.outranks.loc[0, 1] and found.kernel == (0,)
    short = mcda.electre1([[2, 2, 1.0], [1, 1, 1.01]], [54.9, 10, 35.1], ["max"] * 3)
    assert not short.outranks.loc[0, 1] and short.kernel == (0, 1)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_whole_tables_agree_with_exact_fractions():
    """4,000 tables of small whole numbers, where sums meet thresholds often: nobody is left out by a last bit."""
    rng = np.random.default_rng(22)
    for _ in range(4_000):
        m, n = rng.integers(2, 6), rng.integers(1, 5)
        matrix, weights = rng.integers(1, 11, (m, n)), 5 * rng.integers(1, 12, n)
        ways = rng.choice(["max", "min"], n).tolist()
        thresholds = Fraction(int(rng.integers(10, 20)), 20), Fraction(int(rng.integers(0, 11)), 20)
        told = {"concordance": float(thresholds[0]), "discordance": float(thresholds[1])}
        found = mcda.electre1(matrix, weights, ways, **told)
        exact = exactly(matrix.tolist(), weights.tolist(), ways, *thresholds)
        np.testing.assert_array_equal(found.outranks.to_numpy(), exact)


def test_the_kernel_goes_on_below_what_nothing_outranks():
    """2 outranks 0 and 0 outranks 1, but 2 does not outrank 1: so 1 has nobody above it inside, and is inside."""
    found = mcda.electre1([[3, 5, 8], [2, 3, 9], [3, 9, 6.0]], [2, 4, 2], ["max"] * 3)
    assert found.kernel == (1, 2) and found.circuits == ()


def kernels(outranks):
    """Every kernel of a relation, by trying each set."""
    m = len(outranks)
    for picked in product([False, True], repeat=m):
        inside = np.array(picked)
        independent = not outranks[np.ix_(inside, inside)].any()
        absorbing = outranks[np.ix_(inside, ~inside)].any(axis=0).all()
        if independent and absorbing:
            yield inside


@pytest.mark.parametrize("m", range(1, 8))
def test_the_kernel_is_the_one_that_trying_every_set_finds(m):
    """Random relations of up to seven: the only kernel; all outside outranked; inside only circles taken as one."""
    rng, taken = np.random.default_rng(m), 0
    for share in np.repeat(np.linspace(0.05, 0.6, 30), 4):
        outranks = (rng.random((m, m)) < share) & ~np.eye(m, dtype=bool)
        inside, circuits = kernel_of(outranks)
        assert outranks[np.ix_(inside, ~inside)].any(axis=0).all()
        together = outranks & np.outer(inside, inside)
        for one in circuits:
            together &= ~np.outer(one, one)
        assert not together.any()
        every = list(kernels(outranks))
        if len(every) == 1:
            np.testing.assert_array_equal(inside, every[0])
        assert bool(circuits) == (len(every) != 1)
        taken += bool(circuits)
    assert taken or m == 1


def test_circles_are_named():
    """Three that outrank each other in a circle are one, and all in the kernel; labels are kept."""
    frame = pd.DataFrame(
        [[3, 1, 2], [2, 3, 1], [1, 2, 3], [1, 1, 1]], index=list("ABCD"), columns=list("xyz")
    )
    found = mcda.electre1(
        frame, {"x": 1, "y": 1, "z": 1}, dict.fromkeys("xyz", "max"), discordance=1.0
    )
    assert found.circuits == (("A", "B", "C"),) and found.kernel == ("A", "B", "C")

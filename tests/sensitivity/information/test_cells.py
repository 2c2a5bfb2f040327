"""The cells that a number falls into are those of a binary search, to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.sensitivity.information.cells import (
    TOGETHER,
    Cells,
    Edges,
    Placed,
    folds_of,
    gains_of,
)
from mcda.sensitivity.information.gains import Means

RNG = np.random.default_rng(5)
EDGES = {
    "even": np.linspace(-3.0, 7.0, 511),
    "of a normal": np.sort(RNG.normal(size=511)),
    "with a long tail": np.sort(np.exp(4 * RNG.normal(size=511))),
    "in two heaps": np.sort(np.r_[RNG.normal(size=200), 1e9 + RNG.normal(size=200)]),
    "a hair apart": 1.0 + np.arange(300) * np.finfo(float).eps,
    "near nothing": np.arange(40) * 5e-324,
    "few": np.array([0.0, 1.0]),
    "one": np.array([2.0]),
    "none": np.zeros(0),
}


@pytest.mark.parametrize("edges", EDGES.values(), ids=EDGES)
def test_places_are_those_of_a_search(edges):
    beside = [np.nextafter(edges, side) for side in (-np.inf, np.inf)]
    drawn = RNG.uniform(-10, 10, 1_000)
    numbers = np.concatenate([edges, *beside, drawn, [-1e300, 1e300]])
    assert (
        Edges(edges).cells_of(numbers).tolist()
        == np.searchsorted(edges, numbers, side="right").tolist()
    )


@given(
    arrays(float, 30, elements=st.floats(-1e6, 1e6), unique=True),
    arrays(float, 50, elements=st.floats(-2e6, 2e6)),
)
def test_places_among_any_edges_are_those_of_a_search(edges, numbers):
    edges = np.sort(edges, kind="stable")
    numbers = np.concatenate([numbers, edges])
    assert (
        Edges(edges).cells_of(numbers).tolist()
        == np.searchsorted(edges, numbers, side="right").tolist()
    )


def test_gains_of_several_numbers_are_those_of_each():
    """Some decide and some don't, some take few values; they come back in the order asked."""
    draws = 4_000
    numbers = RNG.normal(size=(2 * TOGETHER + 3, draws))
    numbers[::5] = numbers[::5].round()
    scores = np.stack([np.zeros(draws), numbers[2] - 0.2, 0.1 * numbers[10], -1.0 + 0 * numbers[0]])
    means = Means(len(scores))
    means.add(scores, 0)
    fold = folds_of(0, draws)
    tallies = []
    for number in numbers:
        cells = Cells(Edges.of(number, draws), len(scores))
        cells.add(scores.T, number, fold)
        tallies.append(cells)
    together = gains_of(tallies, means)
    assert together == [gains_of([cells], means)[0] for cells in tallies]
    assert together[2].worth == max(gain.worth for gain in together) > 0.2
    assert together[1].worth == 0


def test_sums_in_cells_are_those_of_the_draws_in_them():
    numbers = RNG.normal(size=500)
    outcomes = RNG.normal(size=(500, 2))
    fold = folds_of(0, 500)
    placed = Placed(Edges.of(numbers, 500, 16), numbers, fold)
    sums = placed.sums(outcomes)
    cell = placed.edges.cells_of(numbers)
    for at in np.ndindex(placed.counts.shape):
        inside = (fold == at[0]) & (cell == at[1])
        assert placed.counts[at] == inside.sum()
        assert sums[at] == pytest.approx(outcomes[inside].sum(axis=0))

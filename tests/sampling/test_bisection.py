"""Bisection ends where the answer changes: between neighbouring doubles, at the first change of several."""

import numpy as np
import pytest

from mcda.sampling.bisection import (
    HALVES,
    HALVINGS_OF_STEP,
    SECTIONS,
    halved,
    neighbours,
    sectioned,
)

EDGES = np.random.default_rng(5).uniform(0.01, 0.99, 200)


def test_halves_end_at_the_edge():
    """Each of many edges lies between the numbers that are left, and no double lies between these."""
    before, after = halved(
        lambda at: at > EDGES, np.zeros(len(EDGES)), np.ones(len(EDGES)), HALVINGS_OF_STEP
    )
    assert (before <= EDGES).all() and (after > EDGES).all()
    assert (np.nextafter(before, 1) == after).all()


def test_sections_end_at_the_first_of_several_changes():
    """A second change behind the first isn't taken for it; where nothing changes nothing is found."""
    edges = EDGES[:, None] / 2
    numbers = np.linspace(0, 1, 65) * np.ones((len(EDGES), 1))
    after, found = sectioned(
        lambda at, paths: (at > edges[paths]) & (at < edges[paths] + 0.4), numbers
    )
    assert found.all() and (after > edges[:, 0]).all()
    assert (after - edges[:, 0]).max() < 1e-15
    assert not sectioned(lambda at, _: at > 2, numbers)[1].any()


def ending(search, answer):
    """What a search returns when each number that it asks about is answered."""
    asked = next(search)
    while True:
        try:
            asked = search.send([answer(at) for at in asked])
        except StopIteration as stop:
            return stop.value


@pytest.mark.parametrize("sections", [HALVES, SECTIONS])
@pytest.mark.parametrize(("start", "end"), [(0.0, 1.0), (1.0, 0.0)])
def test_a_search_that_asks_ends_between_neighbours(sections, start, end):
    """It does so upwards and downwards, however many numbers it asks about at a time."""
    for edge in EDGES[:20]:
        before, after = ending(
            neighbours(start, end, sections),
            lambda at, edge=edge: "B" if (at > edge) == (end > start) else "",
        )
        assert after == np.nextafter(before, end)
        assert min(before, after) <= edge <= max(before, after)


def test_a_change_at_the_last_number_of_a_path_is_kept():
    """From anywhere below it: a sum that should end there may miss it by its last bit."""
    edge = 0.7
    starts = edge * np.random.default_rng(3).random(500)
    paths = np.stack([starts, np.full(500, edge)], axis=1)
    after, found = sectioned(lambda at, _: at >= edge, paths)
    assert found.all() and (after == edge).all()

"""The chance that parts bring enough together: enumeration agrees, however fine the amounts."""

from itertools import product

import numpy as np
import pytest

import mcda
from mcda.portfolios.chance_to_reach import FEW, MOST_SUMS, can_be_counted, chance_to_reach

from .test_packages import question


def by_cases(needed, brought, chances):
    """The chance by every case of what comes about."""
    total = 0.0
    for case in product((False, True), repeat=len(brought)):
        comes = np.array(case, dtype=bool)
        share = np.where(comes, chances, 1 - chances).prod()
        total += share * (brought[comes].sum() >= needed)
    return total


@pytest.mark.parametrize("parts", [0, 1, 2, 7, 12])
@pytest.mark.parametrize("largest", [3, 10**14])
def test_enumeration_agrees(parts, largest):
    """Amounts that are taken are among them, and of few steps many sums are alike."""
    rng = np.random.default_rng(parts)
    brought = rng.integers(-largest // 3, largest, parts).astype(float)
    chances = rng.uniform(size=parts)
    for needed in (-np.inf, 0.0, brought[: parts // 2].sum(), brought.sum() / 2, np.inf):
        found = chance_to_reach(needed, brought, chances)
        assert found == pytest.approx(by_cases(needed, brought, chances), abs=1e-12)


def test_many_parts_of_few_steps_are_a_binomial_number():
    """Sums that are alike are merged: of 200 parts there are 201."""
    from scipy.stats import binom

    found = chance_to_reach(90.0, np.ones(200), np.full(200, 0.4))
    assert found == pytest.approx(binom.sf(89, 200, 0.4), abs=1e-12)
    assert 2**100 > MOST_SUMS > FEW and can_be_counted(np.ones(200))


def test_what_can_be_counted_is_said():
    """Any amounts of 34 parts; of more parts few steps."""
    assert can_be_counted(np.full(34, 1e12)) and not can_be_counted(np.full(35, 1e12))


def fine_question():
    """Three parts that bring a third each, to seven digits."""
    amounts = {key: {"use": 0.3333333} for key in "abc"} | {"d": {"use": 1_000_000.0}}
    chances = {"a": 50.0, "b": 50.0, "c": 50.0, "d": 0.0}
    return question(amounts, {"use": "max"}, chances=chances)


@pytest.mark.parametrize(("needed", "chance"), [(0.6666666, 0.5), (0.6666667, 0.125)])
def test_amounts_finer_than_a_millionth_are_counted_as_they_are(needed, chance):
    """Two of three parts bring just enough, or just not, beside one that brings a million."""
    problem = fine_question()
    assert mcda.largest_chance(problem, "use", needed).chance == chance
    found = mcda.packages(problem, ["use"], limits={"use": (needed, None)}, hold=["a", "b", "c"])
    shares = found.table.filter(like="chance of").to_numpy()
    assert shares.ravel().tolist() == [chance]

"""VIKOR, PROMETHEE II, ELECTRE I, COPRAS and linear ratios: settings, labels, edges (published cases stand apart)."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pymcdm.methods
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda

FRAME = pd.DataFrame(
    {"cost": [1.0, 2.0, 5.0], "height": [3000.0, 3750.0, 4500.0]}, index=["A", "B", "C"]
)
WEIGHTS, WAYS = {"height": 1, "cost": 1}, {"height": "max", "cost": "min"}


@st.composite
def tables(draw):
    """A matrix of positive numbers that differ in every column, with weights and directions."""
    m, n = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    matrix = draw(arrays(float, (m, n), elements=st.floats(1, 100).map(lambda x: round(x, 2))))
    assume((np.ptp(matrix, axis=0) > 0).all())
    weights = draw(arrays(float, n, elements=st.floats(0.05, 1)))
    return matrix, weights, draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))


@given(tables())
def test_vikor_agrees_with_pymcdm(drawn):
    """The same Q from an independent library."""
    matrix, weights, ways = drawn
    signs = np.array([1 if way == "max" else -1 for way in ways])
    with np.errstate(all="ignore"):
        theirs = pymcdm.methods.VIKOR()(matrix, weights / weights.sum(), signs, validation=False)
    assume(np.isfinite(theirs).all())
    np.testing.assert_allclose(mcda.vikor(matrix, weights, ways)["Q"], theirs, atol=1e-9)


@given(tables())
def test_promethee_agrees_with_pymcdm(drawn):
    """The same net flow from an independent library, with the usual preference function."""
    matrix, weights, ways = drawn
    signs = np.array([1 if way == "max" else -1 for way in ways])
    theirs = pymcdm.methods.PROMETHEE_II("usual")(
        matrix, weights / weights.sum(), signs, validation=False
    )
    found = mcda.promethee2(matrix, weights, ways)
    np.testing.assert_allclose(found["net"], theirs, atol=1e-9)
    assert found["net"].sum() == pytest.approx(0, abs=1e-9)


@given(tables())
def test_copras_never_rewards_cost(drawn):
    """The leader has utility 1; with one cost criterion a dearer alternative never gains on the rest."""
    matrix, weights, ways = drawn
    found = mcda.copras(matrix, weights, ways)
    assert found.max() == pytest.approx(1)
    assume(ways.count("min") == 1)
    dearer = matrix.copy()
    dearer[0, ways.index("min")] *= 1.5
    after = mcda.copras(dearer, weights, ways)
    assert (after[0] / after[1:] <= found[0] / found[1:] + 1e-9).all()


@given(tables(), st.floats(0.5, 1), st.floats(0, 0.5))
def test_electre_outranks_by_its_thresholds(drawn, concordance, discordance):
    """Nobody outranks itself, stricter thresholds leave no more outranking, what nothing outranks is in the kernel."""
    found = mcda.electre1(*drawn, concordance=concordance, discordance=discordance)
    outranked = found.outranks.any(axis=0)
    assert set(found.outranks.columns[~outranked]) <= set(found.kernel)
    assert not np.diag(found.outranks).any()
    stricter = mcda.electre1(*drawn, concordance=1.0, discordance=discordance)
    assert (stricter.outranks <= found.outranks).all(axis=None)


def test_labels_come_back():
    """Each result carries the names of the alternatives."""
    assert list(mcda.vikor(FRAME, WEIGHTS, WAYS).index) == ["A", "B", "C"]
    assert list(mcda.promethee2(FRAME, WEIGHTS, WAYS).index) == ["A", "B", "C"]
    assert list(mcda.copras(FRAME, WEIGHTS, WAYS).index) == ["A", "B", "C"]
    assert list(mcda.electre1(FRAME, WEIGHTS, WAYS).outranks.columns) == ["A", "B", "C"]
    assert list(mcda.linear_ratio(FRAME, WAYS).columns) == ["cost", "height"]
    assert mcda.pymcdm_scores("VIKOR", FRAME, WEIGHTS, WAYS).index.tolist() == ["A", "B", "C"]


def test_vikor_of_one_alternative_and_of_equals():
    """One alternative is its own compromise; equals share it."""
    assert mcda.vikor([[1, 2]], [1, 1], ["max", "max"])["compromise"].tolist() == [True]
    with pytest.warns(mcda.AssumptionWarning):
        found = mcda.vikor([[1, 2], [1, 2]], [1, 1], ["max", "max"])
    assert found["rank"].tolist() == [1, 1]
    assert found["compromise"].tolist() == [True, True]


def compromise(matrix, weights, ways):
    """VIKOR's compromise set of whole numbers in exact fractions, by its two conditions."""
    signs = [1 if way == "max" else -1 for way in ways]
    columns = [
        [sign * one for one in column]
        for sign, column in zip(signs, zip(*matrix, strict=True), strict=True)
    ]
    gaps = [
        [Fraction(w * (max(one) - x), sum(weights) * ((max(one) - min(one)) or 1)) for x in one]
        for w, one in zip(weights, columns, strict=True)
    ]
    sums = [sum(one) for one in zip(*gaps, strict=True)]
    worst = [max(one) for one in zip(*gaps, strict=True)]
    unit = [[(x - min(of)) / ((max(of) - min(of)) or 1) for x in of] for of in (sums, worst)]
    mixed = [(s + r) / 2 for s, r in zip(*unit, strict=True)]
    first, second, *_ = sorted(range(len(mixed)), key=lambda at: mixed[at])
    behind = [one - mixed[first] < Fraction(1, len(mixed) - 1) for one in mixed]
    if behind[second]:
        return behind
    stable = sums[first] == min(sums) or worst[first] == min(worst)
    return [at == first or (at == second and not stable) for at in range(len(mixed))]


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_vikor_takes_an_advantage_that_equals_the_one_asked_for():
    """2,000 tables of small whole numbers agree with exact fractions: no last bit decides who is proposed."""
    rng = np.random.default_rng(28)
    for _ in range(2_000):
        m, n = rng.integers(2, 5), rng.integers(1, 4)
        matrix, weights = rng.integers(1, 5, (m, n)), rng.integers(1, 5, n)
        ways = rng.choice(["max", "min"], n).tolist()
        exact = compromise(matrix.tolist(), weights.tolist(), ways)
        assert mcda.vikor(matrix, weights, ways)["compromise"].tolist() == exact


def test_promethee_ignores_an_advantage_that_equals_its_step():
    """0.8 is 0.2 ahead of 0.6, which is no more than 0.2, whatever the last bit of their difference."""
    with pytest.warns(mcda.AssumptionWarning, match="a step there"):
        found = mcda.promethee2([[0.8], [0.6]], [1], ["max"], preference="linear", q=[0.2], p=[0.2])
    assert found["net"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: mcda.vikor(FRAME, WEIGHTS, WAYS, v=1.5),
            "v: expected a number from 0 to 1, found 1.5",
        ),
        (
            lambda: mcda.electre1(FRAME, WEIGHTS, WAYS, concordance=2),
            "concordance threshold: expected a number from 0 to 1",
        ),
        (
            lambda: mcda.promethee2(FRAME, WEIGHTS, WAYS, preference="soft"),
            "preference: expected one of 'usual'",
        ),
        (
            lambda: mcda.promethee2(FRAME, WEIGHTS, WAYS, preference="linear"),
            "threshold q: expected a number for each",
        ),
        (
            lambda: mcda.promethee2(FRAME, WEIGHTS, WAYS, preference="linear", q=[2, 0], p=[1, 1]),
            "thresholds of 'cost': ",
        ),
        (
            lambda: mcda.promethee2(FRAME[:1], WEIGHTS, WAYS),
            "matrix: expected at least two alternatives, found one",
        ),
        (
            lambda: mcda.copras(FRAME - 2, WEIGHTS, WAYS),
            "alternative 'A', criterion 'cost': expected a value that isn't",
        ),
        (
            lambda: mcda.copras(FRAME.assign(cost=[0.0, 1, 2]), WEIGHTS, WAYS),
            "alternative 'A': expected some cost above 0",
        ),
        (
            lambda: mcda.linear_ratio(FRAME.assign(cost=[0.0, 1, 2]), WAYS),
            "alternative 'A', criterion 'cost': expected a",
        ),
    ],
)
def test_what_a_method_cannot_take_is_refused(call, message):
    """The setting, the criterion or the cell is named."""
    with pytest.raises(mcda.InputError) as refused:
        call()
    assert message in str(refused.value)


def test_copras_with_costs_that_weigh_nothing_is_the_sum_of_benefits():
    """The limit of ever smaller weights of costs, so a search may take a weight down to 0."""
    table = [[1, 5, 3], [4, 1, 2], [2, 2, 9]]
    ways = ["max", "max", "min"]
    none = mcda.copras(table, [1, 1, 0], ways)
    assert none == pytest.approx(mcda.copras(table, [1, 1, 1e-9], ways), abs=1e-6)
    assert none == pytest.approx(mcda.copras(np.array(table)[:, :2], [1, 1], ways[:2]))

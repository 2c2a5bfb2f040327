"""Tables in blocks: however they are cut, and by whichever engine, closeness is that of the definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.methods.compromise import blocks as cut
from mcda.methods.compromise import topsis as measured


def by_definition(matrix, weights, ways, unit="vector", p=2.0):
    """Closeness of one table, step by step as Hwang and Yoon write it."""
    signs = np.array([1.0 if way == "max" else -1.0 for way in ways])
    units = {
        "vector": np.sqrt((matrix**2).sum(axis=0)),
        "minmax": np.ptp(matrix, axis=0),
        "none": 1.0,
    }
    turned = matrix / units[unit] * signs * (weights / weights.sum())
    near, far = (
        (np.abs(turned - end) ** p).sum(axis=1) ** (1 / p)
        for end in (turned.max(axis=0), turned.min(axis=0))
    )
    return far / (near + far)


@pytest.fixture(params=[8, 64, 2**16])
def cells(request, monkeypatch):
    """Blocks of a few numbers, of some rows and of whole tables."""
    for module in (cut, measured):
        monkeypatch.setattr(module, "CELLS", request.param)


@pytest.mark.parametrize("unit", ["vector", "minmax", "none"])
@pytest.mark.parametrize("p", [1.0, 2.0, 3.5])
def test_blocks_give_the_definition(cells, unit, p):
    """One table, several with their own weights, one under several weights, several under one."""
    rng = np.random.default_rng(3)
    matrices, weights, ways = (
        rng.uniform(1, 9, (4, 7, 3)),
        rng.dirichlet(np.ones(3), 4),
        ["max", "min", "max"],
    )
    expected = [
        [by_definition(matrix, share, ways, unit, p) for share in weights] for matrix in matrices
    ]
    kinds = {"normalisation": unit, "p": p}
    np.testing.assert_allclose(
        mcda.topsis(matrices[0], weights, ways, **kinds), expected[0], atol=1e-13
    )
    for at in range(4):
        np.testing.assert_allclose(
            mcda.topsis(matrices[at], weights[at], ways, **kinds), expected[at][at], atol=1e-13
        )
    own = [expected[at][at] for at in range(4)]
    np.testing.assert_allclose(mcda.topsis(matrices, weights, ways, **kinds), own, atol=1e-13)
    first = [expected[at][0] for at in range(4)]
    np.testing.assert_allclose(mcda.topsis(matrices, weights[0], ways, **kinds), first, atol=1e-13)
    together = mcda.topsis(matrices[:, None], weights[None], ways, **kinds)
    np.testing.assert_allclose(together, expected, atol=1e-13)


def test_compiled_loops_give_what_blocks_give(monkeypatch):
    """The same closeness, whichever engine a table of that size gets."""
    pytest.importorskip("numba")
    rng = np.random.default_rng(4)
    matrices, weights, ways = (
        rng.uniform(-5, 9, (3, 50, 4)),
        rng.dirichlet(np.ones(4), 3),
        ["max", "min", "max", "min"],
    )
    calls = [(matrices, weights), (matrices[0], weights), (matrices, weights[0])]
    numpys = [mcda.topsis(*call, ways) for call in calls]
    monkeypatch.setattr(cut, "WORTH_COMPILING", 0)
    for call, expected in zip(calls, numpys, strict=True):
        np.testing.assert_allclose(mcda.topsis(*call, ways), expected, atol=1e-14)


@given(
    st.lists(st.sampled_from([1e-300, 1e-160, 1.0, 1e9, 1e160, 1e300]), min_size=3, max_size=3),
    st.sampled_from(["vector", "minmax"]),
)
def test_no_size_of_numbers_changes_closeness(sizes, unit):
    """Criteria in units so large or small that squares leave a float's range: the same closeness as near 1."""
    matrix = np.array([[5, 5, 10.0], [8, 8, 3], [6, 5, 1], [1, 2, 10]])
    expected = by_definition(matrix, np.array([0.4, 0.35, 0.25]), ["max", "min", "max"], unit)
    found = mcda.topsis(
        matrix * sizes, [0.4, 0.35, 0.25], ["max", "min", "max"], normalisation=unit
    )
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_as_they_are_criteria_keep_their_sizes():
    """Without normalisation a criterion a billion times as wide decides alone, and huge numbers don't overflow."""
    matrix = np.array([[1e300, 1.0], [3e300, 9.0], [2e300, 5.0]])
    np.testing.assert_allclose(
        mcda.topsis(matrix, [1, 1], ["max", "min"], normalisation="none"), [0, 1, 0.5], atol=1e-15
    )


def test_close_numbers_far_from_zero_keep_their_differences():
    """A spread of a millionth at a billion: closeness is that of the spread, to the digits that floats hold."""
    spread = np.array([[0.0, 1.0], [2.0, 0.5], [4.0, 0.0]])
    shifted = spread + np.array([2.0**30, 0.0])
    expected = mcda.topsis(spread, [1, 1], ["max", "max"], normalisation="minmax")
    np.testing.assert_allclose(
        mcda.topsis(shifted, [1, 1], ["max", "max"], normalisation="minmax"), expected, atol=1e-15
    )


def test_a_million_rows_are_named_only_where_one_is_at_fault():
    """The name of a row deep in a long table, and a flat criterion that shows in no excerpt."""
    matrix = np.random.default_rng(5).uniform(1, 2, (20_000, 2))
    matrix[15_000, 1] = np.nan
    with pytest.raises(mcda.InputError, match="alternative 'row 15001', criterion 'column 2'"):
        mcda.topsis(matrix, [1, 1], ["max", "max"])
    matrix[:, 1] = 3.0
    with pytest.warns(mcda.AssumptionWarning, match="'column 2' is the same for every alternative"):
        mcda.topsis(matrix, [1, 1], ["max", "max"])
    matrix[19_999, 1] = 4.0
    assert mcda.topsis(matrix, [1, 1], ["max", "max"]).shape == (20_000,)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("rows", [1, 9, 100, 262_145])
def test_extents_are_those_of_the_definition(rows, order):
    """Short tables, long ones whose rows lie side by side, a rest of rows, and both orders in memory."""
    stack = np.random.default_rng(6).normal(size=(2, rows, 2)).copy(order)
    memory = cut.Memory(2)
    forms = [stack.transpose(2, 1, 0)]
    if stack.size <= cut.CELLS:  # as many as are turned together
        forms.append(cut.turned(stack, memory))
    for columns in forms:
        seen = cut.extents(columns, memory)
        np.testing.assert_array_equal(seen.top.T, stack.max(axis=1))
        np.testing.assert_array_equal(seen.bottom.T, stack.min(axis=1))
        np.testing.assert_allclose(seen.squares.T, (stack**2).sum(axis=1), rtol=1e-12)
        assert seen.finite


@pytest.mark.parametrize("hole", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("rows", [3, 300_000])
@pytest.mark.parametrize("method", [mcda.topsis, mcda.additive])
def test_a_number_that_is_none_is_named_even_without_weight(method, rows, hole):
    """The pass that scores sees it, on a criterion of weight 0 too."""
    matrix = np.random.default_rng(7).uniform(1, 2, (rows, 2))
    matrix[1, 1] = hole
    ways = [["max", "min"]] if method is mcda.topsis else []
    with pytest.raises(mcda.InputError, match="alternative 'row 2', criterion 'column 2'"):
        method(matrix, [1, 0], *ways)


def test_finite_numbers_that_overflow_a_sum_are_no_fault():
    """Next to the largest float, squares leave a float's range, and so may the rounding of a mean."""
    matrix = np.finfo(float).max * np.array([[1.0, 1.0], [0.25, 0.5], [0.5, 0.25]])
    assert mcda.additive(matrix, [1, 1])[1] == matrix[1].mean()
    assert mcda.topsis(matrix, [1, 1], ["max", "max"])[0] == 1

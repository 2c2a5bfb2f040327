"""TOPSIS: the textbook's on a matrix, agreeing with two other libraries, and the anchored one that no option moves."""

import warnings

import numpy as np
import pandas as pd
import pymcdm.methods
import pymcdm.normalizations
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from mcda.methods.additive import weighted_sum
from mcda.methods.compromise.topsis import closeness, distance, reference_gaps

FIXTURE = [[5, 5, 10], [8, 8, 3], [6, 5, 1], [1, 2, 10]], [0.40, 0.35, 0.25], ["max"] * 3


@st.composite
def problems(draw, low=0.5, high=500.0):
    """A matrix of positive numbers, weights that aren't all zero, and directions."""
    m, n = draw(st.integers(2, 7)), draw(st.integers(1, 6))
    matrix = draw(arrays(float, (m, n), elements=st.floats(low, high).map(lambda x: round(x, 3))))
    weights = draw(arrays(float, n, elements=st.floats(0.01, 1).map(lambda x: round(x, 3))))
    ways = draw(st.lists(st.sampled_from(["max", "min"]), min_size=n, max_size=n))
    assume((np.ptp(matrix, axis=0) > 0).all())
    return matrix, weights, ways


@st.composite
def on_scales(draw):
    """Values on 0-1 scales and weights that sum to one."""
    m, n = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    values = draw(arrays(float, (m, n), elements=st.floats(0, 1)))
    weights = draw(arrays(float, n, elements=st.floats(0.01, 1)))
    return values, weights / weights.sum()


@given(problems())
def test_vector_topsis_agrees_with_pymcdm(drawn):
    """The same closeness from an independent library on random tables."""
    matrix, weights, ways = drawn
    method = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    signs = np.array([1 if way == "max" else -1 for way in ways])
    # its vector normalisation turns costs round, so costs are given as negative benefits, which it leaves alone
    theirs = method(
        matrix * signs, weights / weights.sum(), np.ones(len(ways), dtype=int), validation=False
    )
    np.testing.assert_allclose(mcda.topsis(matrix, weights, ways), theirs, atol=1e-9)


@given(problems())
def test_vector_topsis_agrees_with_scikit_criteria(drawn):
    """The same closeness from a second independent library."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from skcriteria import mkdm
        from skcriteria.agg.topsis import TOPSIS
        from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

        matrix, weights, ways = drawn
        decision = mkdm(matrix, [max if way == "max" else min for way in ways], weights=weights)
        scaled = VectorScaler(target="matrix").transform(
            SumScaler(target="weights").transform(decision)
        )
        theirs = TOPSIS().evaluate(scaled).e_.similarity
    np.testing.assert_allclose(mcda.topsis(matrix, weights, ways), theirs, atol=1e-9)


@pytest.mark.parametrize("normalisation", ["vector", "minmax", "max", "sum"])
@given(
    drawn=problems(),
    factors=st.lists(st.sampled_from([0.001, 0.5, 7.0, 1e6]), min_size=6, max_size=6),
)
def test_units_do_not_matter(normalisation, drawn, factors):
    """A criterion told in another unit changes no closeness."""
    matrix, weights, ways = drawn
    scaled = matrix * np.array(factors[: matrix.shape[1]])
    first = mcda.topsis(matrix, weights, ways, normalisation=normalisation)
    np.testing.assert_allclose(
        mcda.topsis(scaled, weights, ways, normalisation=normalisation), first, atol=1e-9
    )


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_matter(drawn, random):
    """Permuted alternatives and criteria give permuted closeness."""
    matrix, weights, ways = drawn
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    moved = mcda.topsis(matrix[rows][:, columns], weights[columns], [ways[at] for at in columns])
    np.testing.assert_allclose(moved, mcda.topsis(matrix, weights, ways)[rows], atol=1e-12)


@given(on_scales())
def test_anchored_with_p_of_one_is_the_additive_value(drawn):
    """With fixed ideals and the city-block distance TOPSIS is the benchmark itself."""
    values, weights = drawn
    np.testing.assert_allclose(
        closeness(values, weights, order=1.0), weighted_sum(values, weights), atol=1e-12
    )


@given(on_scales(), st.sampled_from([1.0, 1.5, 2.0, 4.0, float("inf")]))
def test_anchored_closeness_rests_on_the_own_row(drawn, p):
    """Deleting or adding an option changes no other option's closeness."""
    values, weights = drawn
    together = closeness(values, weights, p)
    alone = np.array([closeness(row[None], weights, p)[0] for row in values])
    np.testing.assert_allclose(together, alone, atol=1e-12)


@given(on_scales(), st.floats(0.001, 1), st.sampled_from([1.0, 2.0, float("inf")]))
def test_anchored_closeness_never_falls_when_a_value_rises(drawn, step, p):
    """Monotone in every value, between 0 and 1, exactly 1 at the ideal and 0 at the anti-ideal."""
    values, weights = drawn
    better = values.copy()
    better[0, 0] = min(1.0, better[0, 0] + step)
    before, after = closeness(values, weights, p), closeness(better, weights, p)
    assert after[0] >= before[0] - 1e-12
    assert ((before >= 0) & (before <= 1)).all()
    assert closeness(np.ones((1, len(weights))), weights, p) == 1
    assert closeness(np.zeros((1, len(weights))), weights, p) == 0


def test_given_ideals_make_deletion_harmless():
    """A known reversal: vector TOPSIS changes its winner when the last row goes, given ideals don't."""
    matrix, weights, ways = FIXTURE
    assert mcda.topsis(matrix, weights, ways).round(3).tolist()[:2] == [0.617, 0.724]
    assert mcda.topsis(matrix[:3], weights, ways).round(3).tolist()[:2] == [0.596, 0.479]
    fixed = {"normalisation": "minmax", "ideal": [10] * 3, "anti_ideal": [0] * 3}
    for rows in (4, 3):
        assert mcda.topsis(matrix[:rows], weights, ways, **fixed).round(3).tolist()[:2] == [
            0.579,
            0.678,
        ]


def test_a_scale_recoded_from_zero_turns_the_vector_winner_round():
    """Points coded 1-5 or 0-4: vector TOPSIS has two winners, minmax the same closeness twice."""
    cost, legal, ways = np.array([54, 87, 78, 25]), np.array([3, 5, 4, 2]), ["min", "max"]
    tables = [np.stack([cost, legal - shift], axis=1) for shift in (0, 1)]
    assert [mcda.topsis(table, [1, 1], ways).argmax() for table in tables] == [3, 1]
    first, second = (mcda.topsis(table, [1, 1], ways, normalisation="minmax") for table in tables)
    np.testing.assert_allclose(first, second, atol=1e-12)


def test_many_tables_at_once_are_as_many_calls():
    """Leading axes are tables: of matrices, and of weights."""
    rng = np.random.default_rng(1)
    matrices, weights = rng.random((3, 5, 4)) + 0.1, rng.random((3, 4))
    together = mcda.topsis(matrices, weights, ["max", "min", "max", "max"])
    alone = [
        mcda.topsis(*one, ["max", "min", "max", "max"])
        for one in zip(matrices, weights, strict=True)
    ]
    np.testing.assert_allclose(together, alone, atol=1e-15)
    assert mcda.topsis(matrices[0], weights, ["max"] * 4).shape == (3, 5)


def test_labels_align_and_come_back():
    """Weights, directions and ideals by name in any order; the closeness carries the alternatives' names."""
    frame = pd.DataFrame(FIXTURE[0], index=list("abcd"), columns=["x", "y", "z"], dtype=float)
    found = mcda.topsis(
        frame,
        {"z": 0.25, "x": 0.40, "y": 0.35},
        pd.Series({"y": "max", "x": "max", "z": "max"}),
        normalisation="none",
        ideal={"z": 10, "y": 10, "x": 10},
        anti_ideal={"x": 0, "y": 0, "z": 0},
    )
    assert list(found.index) == list("abcd")
    assert found.name == "closeness"
    assert found.round(3).tolist()[:2] == [0.579, 0.678]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"normalisation": "vektor"}, "normalisation: expected one of 'vector', 'minmax'"),
        ({"p": 0.5}, "exponent p: expected a number of at least 1, found 0.5"),
        ({"p": "two"}, "exponent p"),
        ({"ideal": [9, 9]}, "ideal: expected 3, one for each criterion, found 2"),
        (
            {"ideal": [10, 10, 9]},
            "alternative 'row 1', criterion 'column 3': expected a value between anti-ideal and ideal",
        ),
        (
            {"anti_ideal": [2, 2, 1]},
            "alternative 'row 4', criterion 'column 1': expected a value between",
        ),
        ({"ideal": [10, np.nan, 10]}, "ideal of 'column 2': expected a finite number"),
        ({"ideal": {"column 1": 10}}, "ideals by name: expected a matrix with names"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings, message):
    """The message names the setting, or the cell beyond the ideals given."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.topsis(*FIXTURE, **settings)
    assert message in str(refused.value)


def test_distance_of_any_order_does_not_overflow():
    """Orders from 1 to infinity, for tiny and for huge differences."""
    weights = np.array([0.5, 0.5])
    assert distance(np.array([[3e200, 4e200]]), weights, 2.0) == pytest.approx(2.5e200)
    assert distance(np.array([[3.0, 4.0]]), weights, float("inf")) == 2.0
    assert distance(np.array([[0.0, 0.0]]), weights, 3.0) == 0


def test_an_exponent_is_any_real_number_of_at_least_1():
    """A number of numpy is one; a truth value isn't."""
    table = [[1.0, 3.0], [2.0, 2.0], [4.0, 1.0]]
    np.testing.assert_array_equal(
        mcda.topsis(table, [1, 2], ["max"] * 2, p=np.int64(2)),
        mcda.topsis(table, [1, 2], ["max"] * 2),
    )
    with pytest.raises(
        mcda.InputError, match="exponent p: expected a number of at least 1, found True"
    ):
        mcda.topsis(table, [1, 2], ["max"] * 2, p=True)


def test_only_the_cells_beyond_an_ideal_of_several_tables_are_named():
    """With one ideal given, the worst values of the first table bound no other one."""
    tables = [[[5, 5], [6, 6]], [[1, 5], [10, 6]]]
    with pytest.raises(mcda.InputError) as told:
        mcda.topsis(tables, [1, 1], ["max", "max"], ideal=[9, 9])
    assert "found 10.0" in str(told.value)
    assert "found 1.0" not in str(told.value)


def test_ideals_by_name_are_matched_as_weights_are():
    """An unknown name is refused, and a plain array has no names to match."""
    table = pd.DataFrame([[1.0, 3.0], [2.0, 2.0]], index=["x", "y"], columns=["a", "b"])
    with pytest.raises(mcda.InputError, match="ideal of 'c': expected a criterion of the matrix"):
        mcda.topsis(table, [1, 2], ["max"] * 2, ideal={"a": 5, "b": 5, "c": 5})
    with pytest.raises(mcda.InputError, match="ideals by name: expected a matrix with names"):
        mcda.topsis(table.to_numpy(), [1, 2], ["max"] * 2, ideal={"a": 5, "b": 5})


def test_a_column_that_is_symmetric_about_zero_counts_by_its_range():
    """Best and worst cancel each other in a sum, not in the range between them."""
    assert mcda.topsis([[-1.0], [1.0], [0.5]], [1], ["max"]).tolist() == pytest.approx(
        [0.0, 1.0, 0.75]
    )
    found = mcda.topsis([[-1.0, 1.0], [1.0, 2.0]], [3, 1], ["max", "min"], normalisation="minmax")
    assert found.tolist() == pytest.approx([1 / 4, 3 / 4])


@pytest.mark.filterwarnings(
    "ignore:criterion .* is the same for every alternative:mcda.AssumptionWarning"
)
@pytest.mark.parametrize("normalisation", ["vector", "minmax", "max", "sum", "none"])
def test_alternatives_that_are_all_the_same_are_refused(normalisation):
    """Whatever they are the same in, 0 or not."""
    for cell in (0.0, 5.0):
        with pytest.raises(mcda.InputError, match="closeness isn't defined"):
            mcda.topsis(
                [[cell, cell], [cell, cell]], [1, 1], ["max", "min"], normalisation=normalisation
            )


@pytest.mark.filterwarnings(
    "ignore:criterion .* is the same for every alternative:mcda.AssumptionWarning"
)
def test_a_column_of_zeros_is_left_in_its_unit_where_an_ideal_is_given():
    """It has no length to be divided by: its distance to the ideal of 1 is the weight itself."""
    found = mcda.topsis([[0, 3], [0, 4]], [1, 1], ["max", "max"], ideal=[1, 4], anti_ideal=[0, 3])
    assert found.tolist() == pytest.approx([0.0, 0.2 / (0.2 + 1.0)])


@pytest.mark.parametrize("p", [1.0, 2.0, 3.0, np.inf])
@pytest.mark.parametrize("scale", [1.0, 1e-290, 1e290])
def test_every_exponent_is_its_definition_at_any_size(p, scale):
    """Distances of order p in minmax units, for tables whose squares would over- or underflow as well."""
    table = np.array([[1.0, 4.0], [3.0, 2.0], [2.0, 3.5]])
    gaps = np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.25]]) * [0.7, 0.3]
    far = np.linalg.norm(gaps, p, axis=1)
    near = np.linalg.norm([0.7, 0.3] - gaps, p, axis=1)
    found = mcda.topsis(table * scale, [7, 3], ["max", "min"], normalisation="minmax", p=p)
    np.testing.assert_allclose(found, far / (near + far), rtol=1e-12)
    raw = mcda.topsis(table * scale, [7, 3], ["max", "min"], normalisation="none", p=p)
    plain = mcda.topsis(table, [7, 3], ["max", "min"], normalisation="none", p=p)
    np.testing.assert_allclose(raw, plain, rtol=1e-12)


def test_reference_gaps_are_in_the_unit_of_each_criterion():
    """A range of 20 is one unit in minmax."""
    near, far = reference_gaps(
        np.array([[10.0, 4.0], [30.0, 2.0], [15.0, 3.0]]), ["max", "min"], "minmax"
    )
    np.testing.assert_allclose(near, [[1, 1], [0, 0], [0.75, 0.5]])
    np.testing.assert_allclose(near + far, 1)


def test_closeness_is_euclidean_unless_asked_otherwise():
    """Its exponent is 2."""
    values, weights = np.array([[0.8, 0.4], [0.1, 0.9]]), np.array([0.5, 0.5])
    assert closeness(values, weights).tolist() == closeness(values, weights, 2.0).tolist()
    assert closeness(values, weights).tolist() != closeness(values, weights, 4.0).tolist()


@pytest.mark.parametrize("normalisation", ["max", "sum"])
def test_only_cells_below_0_are_named_where_a_scale_needs_positive_numbers(normalisation):
    """A zero beside them is no fault."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.topsis([[0.0, 1.0], [-1.0, 2.0]], [1, 1], ["max", "max"], normalisation=normalisation)
    assert len(refused.value.faults) == 1 and "row 2" in str(refused.value)


@pytest.mark.parametrize("p", [1.0, 2.0, 3.0, np.inf])
def test_anchored_closeness_of_a_stack_is_that_of_each_table(p):
    """Tables (d, m, n) at once, under one vector of weights or one for each table, as one by one."""
    rng = np.random.default_rng(5)
    tables, weights = rng.random((4, 3, 5)), rng.dirichlet(np.ones(5), size=4)
    alone = np.array([closeness(table, row, p) for table, row in zip(tables, weights, strict=True)])
    np.testing.assert_allclose(closeness(tables, weights, p), alone, rtol=1e-14)
    alone = np.array([closeness(table, weights[0], p) for table in tables])
    np.testing.assert_allclose(closeness(tables, weights[0], p), alone, rtol=1e-14)


@pytest.mark.parametrize("p", [1.0, 2.0, np.inf])
def test_the_distance_over_one_criterion_is_its_gap(p):
    """Whatever the order; and what is measured stays as it was."""
    gaps = np.array([[0.2], [0.0], [0.8]])
    np.testing.assert_allclose(distance(gaps, np.array([0.5]), p), [0.1, 0.0, 0.4], rtol=1e-15)
    assert gaps[:, 0].tolist() == [0.2, 0.0, 0.8]


def test_a_table_is_scored_alike_beside_a_much_larger_one():
    """Each table has powers of two of its own: sizes of another take no digits from it."""
    large = [[1e200, 1], [2e200, 3]]
    small = [[1e-50, 4], [3e-50, 1]]
    directions = ["max", "max"]
    together = mcda.topsis([large, small], [1, 1], directions)
    alone = [mcda.topsis(one, [1, 1], directions) for one in (large, small)]
    np.testing.assert_array_equal(together, alone)
    assert 0 < alone[1][0] < 1

"""Pairwise judgements: the priorities they imply, how coherent they are, and what is wrong with bad ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.preferences.hierarchies.priorities import RULES
from mcda.preferences.pairwise.consistency import RANDOM_INDEX

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*above 0.10:mcda.AssumptionWarning"
)  # judgements here are random

SAATY = [*range(1, 10), *(1 / k for k in range(2, 10))]


@st.composite
def reciprocal(draw, least=1, most=9):
    """A reciprocal matrix on Saaty's scale."""
    n = draw(st.integers(least, most))
    matrix = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i, j] = draw(st.sampled_from(SAATY))
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


@given(reciprocal())
def test_the_eigenvector_is_one(matrix):
    """It sums to one, is positive, and the matrix stretches it by lambda, which is at least n."""
    found = mcda.priorities(matrix)
    vector = np.asarray(found)
    np.testing.assert_allclose(matrix @ vector, found.consistency.lambda_max * vector, rtol=1e-8)
    assert vector.sum() == pytest.approx(1)
    assert (vector > 0).all()
    assert found.consistency.lambda_max >= len(matrix) - 1e-9
    assert found.consistency.ratio >= 0


@given(reciprocal())
def test_the_geometric_mean_is_the_log_least_squares_solution(matrix):
    """Row geometric means, normalised."""
    means = np.exp(np.log(matrix).mean(axis=1))
    np.testing.assert_allclose(
        mcda.priorities(matrix, "geometric mean"), means / means.sum(), rtol=1e-12
    )


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=8), st.sampled_from(RULES))
@pytest.mark.filterwarnings("ignore:outside Saaty:mcda.AssumptionWarning")
def test_consistent_judgements_give_back_their_weights(weights, rule):
    """Ratios of weights lead to those weights, with a ratio of 0."""
    weights = np.array(weights)
    found = mcda.priorities(weights[:, None] / weights, rule)
    np.testing.assert_allclose(found, weights / weights.sum(), rtol=1e-9)
    assert found.consistency.ratio == 0


@given(reciprocal(least=2), st.randoms(use_true_random=False), st.sampled_from(RULES))
def test_the_order_of_items_does_not_matter(matrix, random, rule):
    """Permuted items have permuted priorities."""
    order = list(range(len(matrix)))
    random.shuffle(order)
    moved = mcda.priorities(matrix[order][:, order], rule)
    np.testing.assert_allclose(moved, np.asarray(mcda.priorities(matrix, rule))[order], atol=1e-10)


@given(reciprocal(least=3, most=5))
def test_two_by_two_and_larger_have_their_ratio(matrix):
    """The ratio is the index over the table's mean index of its size, by name."""
    for table, indices in RANDOM_INDEX.items():
        found = mcda.priorities(matrix, random_index=table).consistency
        assert found.table == table and found.size == len(matrix)
        assert found.random_index == indices[len(matrix) - 1]
        assert found.ratio == pytest.approx(found.index / found.random_index)
        assert found.index == pytest.approx(
            max(found.lambda_max - len(matrix), 0) / (len(matrix) - 1), abs=1e-12
        )


def test_a_good_ratio_can_contradict_the_judgements():
    """Fixture of Bana e Costa and Vansnick (2008): CR 0.051, yet 1:4 judged 5 and 4:5 judged 7 come out reversed."""
    upper = {
        (0, 1): 2,
        (0, 2): 3,
        (0, 3): 5,
        (0, 4): 9,
        (1, 2): 2,
        (1, 3): 4,
        (1, 4): 9,
        (2, 3): 2,
        (2, 4): 8,
        (3, 4): 7,
    }
    matrix = np.ones((5, 5))
    for (i, j), ratio in upper.items():
        matrix[i, j], matrix[j, i] = ratio, 1 / ratio
    found = mcda.priorities(matrix)
    weights = np.asarray(found)
    assert found.consistency.ratio == pytest.approx(0.051, abs=5e-4)
    assert weights[0] / weights[3] == pytest.approx(4.23, abs=5e-3)
    assert weights[3] / weights[4] == pytest.approx(3.75, abs=5e-3)


def test_labels_come_back_and_stacks_are_many():
    """A labelled matrix gives a labelled vector; leading axes are matrices."""
    matrix = np.array([[1, 2.0], [0.5, 1]])
    frame = pd.DataFrame(matrix, index=["cost", "legal"], columns=["cost", "legal"])
    found = mcda.priorities(frame)
    assert found.values.round(3).to_dict() == {"cost": 0.667, "legal": 0.333}
    assert found["cost"] == pytest.approx(2 / 3)
    many = mcda.priorities(np.stack([matrix, matrix.T]))
    assert np.asarray(many).round(3).tolist() == [[0.667, 0.333], [0.333, 0.667]]
    assert len(many) == 2 and many.consistency.ratio.tolist() == [0, 0]
    assert [round(share, 3) for share in mcda.priorities(matrix)] == [0.667, 0.333]


@pytest.mark.parametrize(
    ("matrix", "settings", "message"),
    [
        (
            [[1, 2], [0.5, 1]],
            {"rule": "mean"},
            "rule: expected one of 'eigenvector', 'geometric mean', found 'mean'",
        ),
        (
            [[1, 2], [0.5, 1]],
            {"random_index": "mine"},
            "random-index table: expected one of 'Saaty 1980'",
        ),
        (
            [[1, 2]],
            {},
            "pairwise matrix: expected a square of at least one item, found shape (1, 2)",
        ),
        ([[1, 2], [0.5]], {}, "expected a square"),
        (3, {}, "expected a square"),
        ([[1, 0], [2, 1]], {}, "judgement 'item 1' to 'item 2': expected a ratio above 0, found 0"),
        (
            [[1, 4], [0.3, 1]],
            {},
            "expected a matrix whose mirrored entries are reciprocal, found 4 and 0.3",
        ),
        (
            [[1, np.inf], [0, 1]],
            {},
            "judgement 'item 1' to 'item 2': expected a finite number, found inf",
        ),
        (
            [[1, "3"], ["1/3", 1]],
            {},
            "judgement 'item 1' to 'item 2': expected a finite number, found '3'",
        ),
        (
            pd.DataFrame([[1, 2], [0.5, 1]], index=["a", "b"], columns=["b", "a"]),
            {},
            "in one order",
        ),
        (
            pd.DataFrame([[1, 2], [0.5, 1]], index=["a", "a"], columns=["a", "a"]),
            {},
            "item 2: expected a name of its own",
        ),
    ],
)
def test_what_is_no_pairwise_matrix_is_refused(matrix, settings, message):
    """Rule, table, shape, sign, mirror and names each have their message."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.priorities(matrix, **settings)
    assert message in str(refused.value)


def test_judgements_are_read_as_fractions_and_mirrored():
    """Text such as 1/3; the mirror follows, and the same judgement given twice may stand."""
    made = mcda.Judgements(
        ["a", "b", "c"], {("a", "b"): "1/3", ("c", "a"): 2, ("b", "c"): 4.0, ("b", "a"): 3}
    )
    assert made.matrix.loc["b", "a"] == 3
    assert made.matrix.loc["a", "c"] == 0.5


@pytest.mark.parametrize(
    ("items", "ratios", "message"),
    [
        (["a", "b"], {("a", "c"): 2, ("a", "b"): 2}, "expected items among 'a', 'b', found 'c'"),
        (
            ["a", "b"],
            {("a", "b"): "three"},
            "judgement 'a' to 'b': expected a ratio such as 3 or 1/3, found 'three'",
        ),
        (["a", "b"], {("a", "b"): "1/0"}, "expected a ratio such as 3 or 1/3"),
        (["a", "b"], {("a", "b"): 0}, "expected a ratio above 0, found 0"),
        (["a", "b"], {("a", "b"): float("nan")}, "expected a ratio such as 3 or 1/3, found nan"),
        (
            ["a", "b"],
            {("a", "b"): 2, ("b", "a"): 2},
            "expected one judgement, or two that are reciprocal, found 2 and",
        ),
        (
            ["a", "b"],
            {("a", "a"): 1, ("a", "b"): 2},
            "expected two different items, found one item with itself",
        ),
        (["a", "a"], {}, "item 2: expected a name of its own"),
        ([], {}, "judgements: expected at least one item"),
    ],
)
def test_what_is_no_judgement_is_refused(items, ratios, message):
    """The pair is named."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.Judgements(items, ratios)
    assert message in str(refused.value)


def test_weights_by_ahp_show_their_judgements():
    """Method, consistency and the matrix itself are in the weights."""
    made = mcda.ahp(
        mcda.Judgements(["a", "b", "c"], {("a", "b"): 3, ("a", "c"): 5, ("b", "c"): 2}),
        "panel",
        rule="geometric mean",
        as_of="2026-01",
    )
    assert (
        made.holder == "panel" and made.method == "AHP, geometric mean" and made.as_of == "2026-01"
    )
    assert made.values.round(3).to_dict() == {"a": 0.648, "b": 0.230, "c": 0.122}
    assert made.consistency.ratio == pytest.approx(0.0032, abs=5e-5)
    assert made.steps["pairwise judgements"].loc["c", "b"] == 0.5

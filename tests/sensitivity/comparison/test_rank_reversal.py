"""Rank reversal: the fixtures of the literature reverse, anchored methods can't."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda

T1 = pd.DataFrame(
    [[5, 5, 10], [8, 8, 3], [6, 5, 1], [1, 2, 10]],
    index=list("abcd"),
    columns=["x", "y", "z"],
    dtype=float,
)
T1_WEIGHTS = [0.40, 0.35, 0.25]
A1 = pd.DataFrame(
    [[1, 9, 8], [9, 1, 9], [1, 1, 1]], index=list("ABC"), columns=["x", "y", "z"], dtype=float
)
A2 = pd.DataFrame(
    [[4, 8, 5], [6, 9, 2], [5, 4, 1], [1, 6, 9]],
    index=list("abcd"),
    columns=["x", "y", "z"],
    dtype=float,
)
VECTOR = mcda.RelativeTopsis(("max",) * 3)


def test_the_last_of_four_decides_under_vector_topsis():
    """Fixture T1: .724 against .617, and after deleting the last-ranked option .479 against .596."""
    assert mcda.contest(T1, T1_WEIGHTS, VECTOR).scores[["b", "a"]].tolist() == pytest.approx(
        [0.724, 0.617], abs=5e-4
    )
    rest = mcda.contest(T1.drop("d"), T1_WEIGHTS, VECTOR).scores
    assert rest[["b", "a"]].tolist() == pytest.approx([0.479, 0.596], abs=5e-4)
    found = mcda.rank_reversal(T1, T1_WEIGHTS, VECTOR)
    row = found.table.set_index(["test", "option"]).loc[("drop", "d")]
    assert row["leader_changes"] and row["then_leads"] == "a" and "a-b" in row["pairs"]
    assert not found.immune and "tests change the order" in found.finding


def test_fixed_anchors_leave_them_in_order():
    """Fixture T1 on anchors 0 to 10: .678 against .579 with and without the last option, and no test reverses."""
    anchored = T1 / 10
    for table in (anchored, anchored.drop("d")):
        scores = mcda.contest(table, T1_WEIGHTS, "topsis").scores
        assert scores[["b", "a"]].tolist() == pytest.approx([0.678, 0.579], abs=5e-4)
    found = mcda.rank_reversal(anchored, T1_WEIGHTS, "topsis")
    assert found.immune and not found.summary["reversed"].any() and not found.cycles


def test_the_zero_point_decides_under_vector_topsis():
    """Fixture T2: legal coded 1 to 5 puts option 4 first, coded 0 to 4 option 2; anchors recoded with it don't move."""
    directions = ["min", "max"]
    scores = {
        zero: mcda.topsis(
            [[54, 3 - zero], [87, 5 - zero], [78, 4 - zero], [25, 2 - zero]], [1, 1], directions
        )
        for zero in (0, 1)
    }
    assert scores[0][[3, 1]].tolist() == pytest.approx([0.537, 0.463], abs=5e-4)
    assert scores[1][[1, 3]].tolist() == pytest.approx([0.537, 0.463], abs=5e-4)
    anchored = [
        mcda.topsis(
            [[54, 3 - zero], [87, 5 - zero], [78, 4 - zero], [25, 2 - zero]],
            [1, 1],
            directions,
            normalisation="minmax",
            ideal=[0, 5 - zero],
            anti_ideal=[100, 1 - zero],
        )
        for zero in (0, 1)
    ]
    assert anchored[0] == pytest.approx(anchored[1], abs=1e-12)


def test_a_copy_decides_under_distributive_ahp():
    """Fixture A1 (Belton and Gear, 1983): B .470 leads A .451; with a copy of B, A .365 leads B .289; ideal holds."""
    scores = mcda.contest(A1, [1, 1, 1], "ahp:distributive").scores
    assert scores[["B", "A"]].tolist() == pytest.approx([0.470, 0.451], abs=5e-4)
    copied = mcda.contest(
        pd.concat([A1, A1.loc[["B"]].rename({"B": "copy"})]), [1, 1, 1], "ahp:distributive"
    ).scores
    assert copied[["A", "B"]].tolist() == pytest.approx([0.365, 0.289], abs=5e-4)
    row = (
        mcda.rank_reversal(A1, [1, 1, 1], "ahp:distributive")
        .table.set_index(["test", "option"])
        .loc[("copy", "B")]
    )
    assert row["leader_changes"] and row["pairs"] == "A-B"
    ideal = (
        mcda.rank_reversal(A1, [1, 1, 1], "ahp:ideal")
        .table.set_index(["test", "option"])
        .loc[("copy", "B")]
    )
    assert not ideal["leader_changes"]
    assert mcda.contest(A1, [1, 1, 1], "ahp:ideal").scores[["B", "A"]].tolist() == pytest.approx(
        [0.704, 0.667], abs=5e-4
    )


def test_a_newcomer_decides_under_ideal_ahp():
    """Fixture A2: option 1 leads .852 to .800; a newcomer best on a criterion puts option 2 first, .741 to .704."""
    before = mcda.contest(A2.drop("d"), [1, 1, 1], "ahp:ideal").scores
    assert before[["a", "b"]].tolist() == pytest.approx([0.852, 0.800], abs=5e-4)
    assert mcda.contest(A2, [1, 1, 1], "ahp:ideal").scores[["b", "a"]].tolist() == pytest.approx(
        [0.741, 0.704], abs=5e-4
    )
    row = (
        mcda.rank_reversal(A2, [1, 1, 1], "ahp:ideal")
        .table.set_index(["test", "option"])
        .loc[("drop", "d")]
    )
    assert row["leader_changes"] and row["then_leads"] == "a"
    assert mcda.rank_reversal(A2 / 10, [1, 1, 1], "ahp:ratings").immune


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@given(arrays(float, (5, 3), elements=st.floats(0, 1)), st.integers(0, 4))
def test_anchored_closeness_rests_on_the_own_row(values, gone):
    """Dropping any option leaves every other closeness exactly as it was."""
    whole = mcda.contest(values, [0.2, 0.3, 0.5], "topsis").scores
    rest = mcda.contest(np.delete(values, gone, axis=0), [0.2, 0.3, 0.5], "topsis").scores
    assert np.abs(np.delete(whole.to_numpy(), gone) - rest.to_numpy()).max() <= 1e-12


def test_circles_are_listed():
    """Three options, each of which beats the next when two are ranked alone."""

    def majority(values, weights):
        return np.array(
            [sum(weights @ (row > other) > 0.5 for other in values) for row in values], dtype=float
        )

    table = pd.DataFrame(
        [[3, 1, 2], [2, 3, 1], [1, 2, 3]], index=list("abc"), columns=list("xyz"), dtype=float
    )
    found = mcda.rank_reversal(table, [1, 1, 1], majority)
    assert found.cycles == (("a", "b", "c"),) or found.cycles == (("a", "c", "b"),)
    assert "1 triples go round" in found.finding and "<p>By majority" in found._repr_html_()

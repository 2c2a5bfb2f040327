"""Weights down a tree of criteria, as deep as it is."""

import pandas as pd
import pytest

import mcda
from criteria import ukraine_force

J = mcda.Judgements
TREE = {
    "goal": J(["effect", "cost"], {("effect", "cost"): 3}),
    "effect": J(
        ["force", "time", "law"], {("force", "time"): 2, ("time", "law"): 2, ("force", "law"): 3}
    ),
    "force": J(["size", "burden"], {("size", "burden"): 4}),
}


def test_a_tree_of_any_depth_gives_the_weights_of_its_leaves():
    """A leaf has the product of the local weights above it; the table has each criterion and each node's ratio."""
    made = mcda.ahp(TREE, "panel")
    table = made.steps["hierarchy"].set_index("item")
    effect = mcda.priorities(TREE["effect"])
    assert list(made.values.index) == ["size", "burden", "time", "law", "cost"]
    assert made.values.sum() == pytest.approx(1)
    assert made.values["size"] == pytest.approx(0.75 * effect["force"] * 0.8)
    assert table.loc["force", "global"] == pytest.approx(0.75 * effect["force"])
    assert table.loc["time", "ratio"] == effect.consistency.ratio
    assert table.loc["burden", "local"] == pytest.approx(0.2)
    assert made.method == "AHP, eigenvector, tree under 'goal'" and made.consistency.size == 2


def test_local_weights_may_stand_for_judgements():
    """A Series is taken as shares of its sum, and has no ratio."""
    made = mcda.ahp({**TREE, "force": pd.Series({"size": 30.0, "burden": 10.0})}, "panel")
    assert made.values["burden"] / made.values["size"] == pytest.approx(1 / 3)
    assert made.steps["hierarchy"].set_index("item")["ratio"].isna()[["size", "burden"]].all()


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        (
            {"goal": TREE["goal"], "force": TREE["force"]},
            "expected one node under no other, found 'goal', 'force'",
        ),
        (
            {**TREE, "cost": J(["size", "money"], {("size", "money"): 1})},
            "'size': expected a place under one node, found 2",
        ),
        ({"a": J(["b"], {}), "b": J(["a"], {})}, "expected one node under no other, found none"),
    ],
)
def test_what_is_no_tree_is_refused(nodes, message):
    """Two tops, an item in two places, a circle."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.ahp(nodes, "panel")
    assert message in str(refused.value)


def test_missing_pairs_are_told_in_the_method():
    """Nothing is filled in without a word."""
    four = J(
        ["a", "b", "c", "d"],
        {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2, ("a", "d"): 8, ("a", "c"): 4},
    )
    made = mcda.ahp(four, "panel")
    assert made.method == "AHP, eigenvector, 1 of 6 pairs completed by eigenvalue"
    assert "1 of 6 pairs were not judged, which flatters it" in str(made.consistency)


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_a_tree_of_judgements_weighs_the_leaves_of_a_question():
    """Heads judged, leaves by the question's local weights: the same as spreading the heads' weights."""
    problem = ukraine_force.problem()
    heads = [criterion.key for criterion in problem.criteria if not criterion.parent]
    judged = J(
        heads,
        {
            (a, b): 1 + (i + k) % 3
            for i, a in enumerate(heads)
            for k, b in enumerate(heads)
            if i < k
        },
    )
    below = {
        head: pd.Series(
            {
                leaf.key: problem.local_weights[leaf.key]
                for leaf in problem.leaves
                if leaf.parent == head
            }
        )
        for head in heads
    }
    made = mcda.over_leaves(problem, mcda.ahp({"question": judged, **below}, "panel"))
    spread = mcda.over_leaves(problem, mcda.ahp(judged, "panel"))
    pd.testing.assert_series_equal(made.values, spread.values, check_names=False)
    assert len(made.steps["hierarchy"]) == len(heads) + len(problem.leaves)


def test_a_bare_matrix_is_told_how_to_become_judgements():
    """It has no names for its items."""
    with pytest.raises(mcda.InputError, match=r"Judgements\.from_matrix\(matrix, items\)"):
        mcda.ahp([[1, 3], [1 / 3, 1]], holder="panel")

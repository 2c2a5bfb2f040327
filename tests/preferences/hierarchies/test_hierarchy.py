"""A hierarchy of judgements is composed by name, and checked before it is computed."""

import numpy as np
import pandas as pd
import pytest

import mcda


def judged(items, *upper):
    pairs = [(a, b) for i, a in enumerate(items) for b in items[i + 1 :]]
    return mcda.Judgements(items, dict(zip(pairs, upper, strict=True)))


GOAL = judged(["x", "y"], 2)
X, Y = judged(["P", "Q"], 3), judged(["Q", "P"], 4)


def test_priorities_are_composed_by_name():
    """P has 2/3 of 3/4 and 1/3 of 1/5, whatever order its matrix has."""
    found = mcda.hierarchy({"goal": GOAL, "x": X, "y": Y}, "goal")
    assert found.priorities.to_dict() == pytest.approx(
        {"P": 2 / 3 * 0.75 + 1 / 3 * 0.2, "Q": 2 / 3 * 0.25 + 1 / 3 * 0.8}
    )
    rows = found.table.set_index(["node", "item"])
    assert rows.loc[("x", "P"), "local"] == pytest.approx(0.75)
    assert rows.loc[("x", "P"), "global"] == pytest.approx(0.5)


def test_ideal_mode_is_immune_to_a_copy_where_distributive_is_not():
    """Fixture of Belton and Gear (1983): a copy of B makes A lead in distributive mode."""
    rows = {"A": (1, 9, 8), "B": (9, 1, 9), "C": (1, 1, 1)}

    def compose(names, mode):
        local = {
            str(j): pd.Series({name: float(rows[name[0]][j]) for name in names}) for j in range(3)
        }
        equal = pd.Series(1.0, index=list(local))
        return mcda.hierarchy({"goal": equal, **local}, "goal", mode=mode).priorities

    assert compose(["A", "B", "C"], "distributive").round(3).to_dict() == {
        "A": 0.451,
        "B": 0.470,
        "C": 0.079,
    }
    assert compose(["A", "B", "C", "B copy"], "distributive").idxmax() == "A"
    for names in (["A", "B", "C"], ["A", "B", "C", "B copy"]):
        found = compose(names, "ideal")
        assert found["B"] / found["A"] == pytest.approx(0.704 / 0.667, rel=2e-3)


def test_a_measured_priority_has_no_ratio_and_is_checked():
    """Shares of what was measured; a missing or negative one is named."""
    found = mcda.hierarchy({"goal": GOAL, "x": pd.Series({"P": 30.0, "Q": 10.0}), "y": Y}, "goal")
    assert found.table.set_index(["node", "item"]).loc[("x", "P"), "local"] == 0.75
    assert np.isnan(found.table.set_index(["node", "item"]).loc[("x", "P"), "ratio"])
    for bad, message in (
        (np.nan, "priority of 'Q' under 'x': expected a finite number"),
        (-1, "at least 0, found -1"),
    ):
        with pytest.raises(mcda.InputError) as refused:
            mcda.hierarchy({"goal": GOAL, "x": pd.Series({"P": 30.0, "Q": bad}), "y": Y}, "goal")
        assert message in str(refused.value)


@pytest.mark.parametrize(
    ("nodes", "root", "message"),
    [
        (
            {"goal": GOAL, "x": X},
            "goal",
            "judgements for 'y': expected as for its siblings, found none",
        ),
        (
            {"goal": GOAL, "x": X, "y": Y, "z": X},
            "goal",
            "judgements for 'z': expected a node of the tree",
        ),
        (
            {"goal": GOAL, "x": X, "y": Y},
            "gaol",
            "root: expected one of 'goal', 'x', 'y', found 'gaol'",
        ),
        (
            {"goal": GOAL, "x": judged(["P", "goal"], 2), "y": Y},
            "goal",
            "'goal' under 'x': expected a tree, found a node",
        ),
        (
            {"goal": GOAL, "x": X, "y": judged(["P", "R"], 2)},
            "goal",
            "judgements for 'x': expected all of 'P', 'Q', 'R'",
        ),
    ],
)
def test_what_is_no_tree_is_refused(nodes, root, message):
    """Missing, orphaned, circular, and nodes that judge different things."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.hierarchy(nodes, root)
    assert message in str(refused.value)


def test_the_mode_is_named():
    """An unknown mode lists those there are."""
    with pytest.raises(
        mcda.InputError, match="mode: expected one of 'ratings', 'ideal', 'distributive', found"
    ):
        mcda.hierarchy({"goal": GOAL, "x": X, "y": Y}, "goal", mode="best")


def test_ratings_stay_as_they_are():
    """Ratings on a fixed scale: another option changes nothing; the mode and what it does are printed."""
    rated = {"x": pd.Series({"P": 0.5, "Q": 1.0}), "y": pd.Series({"P": 0.2, "Q": 0.0})}
    found = mcda.hierarchy({"goal": GOAL, **rated}, "goal", mode="ratings")
    assert found.priorities.to_dict() == pytest.approx({"P": 2 / 3 * 0.5 + 1 / 3 * 0.2, "Q": 2 / 3})
    more = {node: pd.concat([given, pd.Series({"R": 1.0})]) for node, given in rated.items()}
    again = mcda.hierarchy({"goal": GOAL, **more}, "goal", mode="ratings").priorities
    assert again[["P", "Q"]].to_dict() == pytest.approx(found.priorities.to_dict())
    assert "ratings mode: each option is rated on a fixed scale" in str(found)


def test_the_mode_and_what_it_can_reverse_are_printed():
    """The distributive mode carries its notice, in text and in a notebook."""
    found = mcda.hierarchy({"goal": GOAL, "x": X, "y": Y}, "goal")
    for shown in (str(found), found._repr_html_()):
        assert "distributive mode" in shown and "can reverse the order of others" in shown
    assert "new option" in mcda.hierarchy({"goal": GOAL, "x": X, "y": Y}, "goal", mode="ideal").note


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (
            Y,
            "ratings under 'y': expected a Series of numbers from 0 to 1, found pairwise judgements; choose the ideal",
        ),
        (
            pd.Series({"P": 2.0, "Q": 1.0}),
            "rating of 'P' under 'y': expected a number from 0 to 1, found 2",
        ),
    ],
)
def test_what_is_no_rating_is_refused(y, message):
    """Pairs and numbers off the scale."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.hierarchy(
            {"goal": GOAL, "x": pd.Series({"P": 0.5, "Q": 1.0}), "y": y}, "goal", mode="ratings"
        )
    assert message in str(refused.value)


def test_ideal_mode_can_reverse_where_a_newcomer_is_best():
    """Fixture A2: option 1 leads until a newcomer becomes the best on a criterion."""
    rows = {"1": (4, 8, 5), "2": (6, 9, 2), "3": (5, 4, 1), "4": (1, 6, 9)}

    def compose(names):
        local = {
            f"c{j}": pd.Series({name: float(rows[name][j]) for name in names}) for j in range(3)
        }
        goal = judged(list(local), 1, 1, 1)
        return mcda.hierarchy({"goal": goal, **local}, "goal", mode="ideal").priorities

    before, after = compose("123"), compose("1234")
    assert (
        before["1"] / before["2"] == pytest.approx(0.852 / 0.800, rel=1e-3)
        and before.idxmax() == "1"
    )
    assert (
        after["2"] / after["1"] == pytest.approx(0.741 / 0.704, rel=1e-3) and after.idxmax() == "2"
    )


def test_measured_priorities_of_only_zeros_are_told_with_their_node():
    """Nothing can be divided by their sum."""
    nodes = {
        "goal": pd.Series({"x": 1, "y": 1}),
        "x": pd.Series({"P": 0, "Q": 0}),
        "y": pd.Series({"P": 1, "Q": 2}),
    }
    with pytest.raises(
        mcda.InputError, match="priorities under 'x': expected at least one above 0"
    ):
        mcda.hierarchy(nodes, "goal")

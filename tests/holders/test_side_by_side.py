"""Holders side by side: ranks, disagreement, minority views, clusters, and what an advocate could claim."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau

from mcda import (
    Frame,
    InputError,
    advocate_test,
    perspectives,
    rank,
    weight_space,
    weights,
    weights_around,
)
from mcda.holders.advocate_test import envelope
from mcda.reporting.notebooks.holders import views


@pytest.fixture
def holders():
    """Three like-minded holders and one who wants places."""
    near = {
        f"thrifty {at}": weights({"cost": 8 + at, "places": 1, "noise": 2}, f"thrifty {at}")
        for at in range(3)
    }
    return {**near, "crowd": weights({"cost": 1, "places": 9, "noise": 0}, "crowd")}


def test_every_column_is_the_holders_own_ranking(shelter, holders):
    """Nothing is averaged."""
    side = perspectives(shelter, holders, "topsis")
    for name, stated in holders.items():
        ranking = rank(shelter, stated, "topsis").table
        assert side.ranks[name].to_dict() == ranking["rank"].to_dict()
        assert side.scores[name].to_dict() == ranking["score"].to_dict()


def test_disagreement_is_counted_option_by_option(shelter, holders):
    """Best, worst, for whom, and the mean number of places between two holders, by hand."""
    side = perspectives(shelter, holders, "additive")
    assert side.ranks.to_dict("list") == {
        **{f"thrifty {at}": [1, 2, 3] for at in range(3)},
        "crowd": [3, 1, 2],
    }
    table = side.disagreement
    assert table.loc["A", ["best", "worst", "first for", "last for"]].tolist() == [1, 3, 3, 1]
    assert table.loc["A", "worst for"] == "crowd" and table.loc[
        "A", "places apart"
    ] == pytest.approx(2 * 3 / 6)
    assert side.never_last == ("B",) and side.first_for_nobody == ("C",)


def test_minority_views_are_told_in_words(make_problem, holders):
    """Who leads for few, and who ranks an option far from everybody else; ordinals are English."""
    side = perspectives(make_problem(), holders, "additive")
    assert side.minority_views == ("crowd puts Option B first; 3 of 4 holders put Option A there.",)
    many = {f"O{at}": (100 - 8 * at, 8 * at, 50 + 4 * at) for at in range(12)}
    stated = {
        name: weights({"cost": cost, "places": 1 - cost, "noise": noise}, name)
        for name, cost, noise in (("a", 1, 0), ("b", 1, 0), ("c", 0.5, 0), ("d", 0, 9))
    }
    side = perspectives(make_problem(many, frame=Frame(title="Many")), stated, "additive")
    assert "d ranks Option O0 1st, the others all 12th." in side.minority_views


def test_a_minority_is_fewer_than_the_largest_group(make_problem):
    """Two against two have no minority and no majority; of two, two and one the one is it."""
    problem = make_problem({"A": (10, 30, 20), "B": (40, 90, 80), "C": (30, 60, 20)})
    sure = {
        "A": {"cost": 1, "places": 0, "noise": 0},
        "B": {"cost": 0, "places": 1, "noise": 0},
        "C": {"cost": 0.3, "places": 0.4, "noise": 0.3},
    }
    stated = {name: weights(sure[name[0]], name) for name in ("A1", "A2", "B1", "B2")}
    even = perspectives(problem, stated, "additive")
    assert not even.has_majority and not any(
        " first; " in sentence for sentence in even.minority_views
    )
    assert "No option is first for a majority of the holders." in str(views(problem, even))
    stated["C1"] = weights(sure["C"], "C1")
    views_of_one = [
        told
        for told in perspectives(problem, stated, "additive").minority_views
        if " first; " in told
    ]
    assert views_of_one == [
        "C1 puts Option C first; 2 of 5 holders put Option A there and 2 of 5 holders put Option B there."
    ]


def test_one_holder_has_no_minority(shelter, holders):
    """And stands in a cluster of its own."""
    side = perspectives(shelter, {"crowd": holders["crowd"]}, "topsis")
    assert side.minority_views == () and side.clusters().members == (("crowd",),)
    with pytest.raises(InputError, match="holders: expected at least one"):
        perspectives(shelter, {}, "topsis")


def test_clusters_by_rankings_and_by_weights(shelter, holders):
    """The like-minded stand together; both kinds of distance are shares, and Kendall's agrees with scipy's."""
    side = perspectives(shelter, holders, "additive")
    for by in ("rankings", "weights"):
        found = side.clusters(by)
        assert found.members == (("thrifty 0", "thrifty 1", "thrifty 2"), ("crowd",))
        assert (np.diag(found.distances) == 0).all() and found.distances.max(axis=None) <= 1
    tau = kendalltau(side.scores["crowd"], side.scores["thrifty 0"]).statistic
    assert side.clusters().distances.loc["crowd", "thrifty 0"] == pytest.approx((1 - tau) / 2)
    moved = side.clusters("weights").distances.loc["crowd", "thrifty 0"]
    assert moved == pytest.approx(
        abs(np.array([8, 1, 2]) / 11 - np.array([1, 9, 0]) / 10).sum() / 2
    )
    with pytest.raises(InputError, match="one of 'rankings', 'weights', found 'size'"):
        side.clusters("size")


def test_floors_leave_out_rows(shelter, holders):
    """An excluded option is ranked for nobody."""
    assert list(perspectives(shelter, holders, "topsis", floors=True).ranks.index) == ["B", "C"]


RANGED = {
    "x": weights({"money": 3, "people": 1}, "x", ranges={"money": (2, 3.5), "people": (0.5, 2)}),
    "y": weights(
        {"money": 1, "people": 1}, "y", ranges={"money": (0.5, 1.2), "people": (0.8, 1.5)}
    ),
}


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_nothing_in_the_ranges_beats_the_advocate(shelter, method):
    """No draw of what may be claimed gives any option a larger lead than the one told (up to the search's grain)."""
    found = advocate_test(shelter, RANGED, method)
    space = envelope(shelter, RANGED)
    for row in space.sample(200, seed=5):
        scores = rank(shelter, weights(dict(zip(space.tops, row, strict=True)), "z"), method).table[
            "score"
        ]
        for option in scores.index:
            assert (
                scores[option] - scores.drop(option).max() <= found.table.loc[option, "lead"] + 1e-6
            )
    assert found.exact == (method == "additive")
    assert space.contains(found.weights, 1e-7).all()


def test_the_search_finds_what_the_program_proves(shelter):
    """The additive model by search, as a function, gives the leads of the linear program."""

    def summed(values, given):
        return given @ values.T

    exact, searched = (
        advocate_test(shelter, RANGED, method).table for method in ("additive", summed)
    )
    assert searched["lead"].to_numpy() == pytest.approx(exact["lead"].to_numpy(), abs=1e-4)


def test_the_nearest_holder_and_the_bent_weight_are_told(shelter):
    """Distances are sums of absolute differences over the leaves."""
    found = advocate_test(shelter, RANGED, "additive").table
    x = np.array([0.75, 0.1875, 0.0625])
    for option in found.index[found["nearest holder"] == "x"]:
        money = (
            found.loc[option, "advocate's"] if found.loc[option, "bent most"] == "Money" else None
        )
        if money is not None:
            claimed = np.array([money, (1 - money) * 0.75, (1 - money) * 0.25])
            assert found.loc[option, "distance"] == pytest.approx(abs(claimed - x).sum())
    assert set(found["nearest holder"]) <= {"x", "y"}


@pytest.mark.parametrize("money", [0.1, 0.3, 0.7, 1.1, 1.9, 2.3])
def test_of_weights_bent_alike_the_first_is_told(shelter, money):
    """What one of two heads loses the other gains: rounding doesn't choose which is named."""
    real = {"x": weights({"money": money, "people": 1.7}, "x")}
    claimed = weight_space(["money", "people"], "money >= 0.013", "people >= 0.017")
    assert set(advocate_test(shelter, real, "additive", space=claimed).table["bent most"]) == {
        "Money"
    }


def test_what_an_advocate_may_claim_can_be_given(shelter):
    """Any weight space will do; without ranges there must be one."""
    plain = {"x": weights({"money": 3, "people": 1}, "x")}
    with pytest.raises(InputError, match="weights of 'x': expected stated ranges"):
        advocate_test(shelter, plain, "additive")
    assert (
        advocate_test(shelter, plain, "additive", space=weight_space(["money", "people"]))
        .table["first"]
        .any()
    )
    cloud = advocate_test(
        shelter, plain, "additive", space=weights_around({"money": 1, "people": 1}, 3, "z")
    )
    assert not cloud.exact
    with pytest.raises(InputError, match="one set of weights at a time"):
        advocate_test(shelter, RANGED, "pymcdm:VIKOR")


def test_results_show_themselves(shelter, holders):
    """As tables with a caption, escaped."""
    side = perspectives(shelter, holders, "topsis")
    for shown in (side, side.clusters(), advocate_test(shelter, RANGED, "additive")):
        assert "<caption>" in shown._repr_html_()
    assert isinstance(side.disagreement, pd.DataFrame)


def test_of_equally_favourable_weights_those_stated_first_weigh_most(make_problem):
    """Two options that differ in cost alone lead by it: what is left of the weight may go anywhere, and goes first."""
    problem = make_problem({"A": (10, 50, 50), "B": (20, 50, 50)})
    stated = {"x": weights({"cost": 1, "places": 1, "noise": 1}, "x")}
    claimed = weight_space(["places", "noise", "cost"], "cost <= 0.4", "places <= 0.5")
    found = advocate_test(problem, stated, "additive", space=claimed)
    assert found.weights.loc["A"].to_numpy() == pytest.approx([0.5, 0.1, 0.4])
    assert found.weights.loc["B"].to_numpy() == pytest.approx([0.5, 0.5, 0])


def test_an_option_level_with_its_double_is_first(make_problem):
    """The lead of one of two that are the same is nothing, whatever the weights: level is first, on any machine."""
    problem = make_problem({"A": (10, 30, 21), "B": (10, 30, 21), "C": (50, 10, 80)})
    stated = {"x": weights({"cost": 1, "places": 1, "noise": 1}, "x")}
    claimed = weight_space(["cost", "places", "noise"], "cost <= 0.7")
    for method in ("additive", "topsis"):
        found = advocate_test(problem, stated, method, space=claimed)
        assert found.table["first"].tolist() == [True, True, False]
        assert found.table["lead"].to_numpy()[:2] == pytest.approx([0, 0], abs=1e-12)
        assert found.weights.loc["A"].tolist() == found.weights.loc["B"].tolist()


def test_what_a_search_did_not_find_is_not_ruled_out(shelter):
    """A searched lead has no upper bound; the program's is its own."""
    proven, searched = (
        advocate_test(shelter, RANGED, method).table for method in ("additive", "topsis")
    )
    assert proven["at most"].tolist() == proven["lead"].tolist()
    assert np.isinf(searched["at most"]).all()

"""The indices against brute force and closed forms; ties, floors, methods, errors; the same sums whoever counts."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from mcda.uncertainty.counting import job as of_jobs
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job, sum_of
from mcda.uncertainty.smaa import confidence_factors as factors
from mcda.uncertainty.smaa import robustness as of_results
from mcda.uncertainty.smaa.robustness import robustness_on_sides
from mcda.uncertainty.smaa.standard_errors import share_errors

METHODS = ["additive", "topsis", "topsis:vector", "ahp", "ahp:ideal", "ahp:distributive"]


def job(problem, weights, method="topsis", n=3000, seed=0, **changes):
    given = {
        "draws": mcda.sample(problem, n, seed),
        "weights": (mcda.over_leaves(problem, weights),),
        "method": method,
        "order": 2.0,
        "floors": {},
        "kept": tuple(problem.options.index),
    }
    return Job(**(given | changes))


def whole(problem):
    return mcda.weight_space([leaf.key for leaf in problem.leaves])


def same(one, other):
    return one.draws == other.draws and all(
        (one.sums[name] == other.sums[name]).all() for name in one.sums
    )


def by_hand(scores):
    """Rank shares and wins of scores (draws, m), draw by draw, with the ranks of `mcda.ranks`."""
    draws, m = scores.shape
    shares, wins = np.zeros((m, m)), np.zeros((m, m))
    for row in scores:
        ranks = mcda.ranks(row)
        for i in range(m):
            tied = (ranks == ranks[i]).sum()
            shares[i, ranks[i] - 1 : ranks[i] - 1 + tied] += 1 / tied
            wins[i] += ranks[i] < ranks
    return shares / draws, wins / draws


@given(
    arrays(
        float,
        st.tuples(st.integers(1, 6), st.integers(1, 6)),
        elements=st.sampled_from([0.0, 0.25, 0.25 + 8e-10, 1.0]),
    )
)
def test_indices_are_those_counted_by_hand(scores):
    """Whatever ties there are, near ties in chains too: rows and columns sum to one."""
    found = mcda.acceptability(scores)
    shares, wins = by_hand(scores)
    np.testing.assert_allclose(found.rank_acceptability, shares, atol=1e-12)
    np.testing.assert_allclose(found.pairwise_winning, wins, atol=1e-12)
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=0), 1.0, atol=1e-12)
    np.testing.assert_allclose(found.scores["mean"], scores.mean(axis=0), atol=1e-8)
    np.testing.assert_allclose(found.scores["spread"], scores.std(axis=0), atol=1e-4)


def test_more_than_twenty_tied_options_still_share_every_draw():
    """What doesn't divide evenly goes round: every rank's column sums to the draws, exactly."""
    found = mcda.acceptability(np.zeros((3, 23)))
    assert (found.tally.sums["ranks"].sum(axis=0) == found.tally.sums["ranks"].sum(axis=1)).all()
    np.testing.assert_allclose(found.rank_acceptability, 1 / 23, atol=1e-6)


def test_the_rule_of_rsmaa_can_be_chosen():
    """There, all tied options take the better rank: columns need not sum to one."""
    found = mcda.acceptability([[0.3, 0.3, 0.1]], ties="better")
    assert found.rank_acceptability.to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    with pytest.raises(
        mcda.InputError, match="ties: expected one of 'shared', 'better', found 'none'"
    ):
        mcda.acceptability([[0.3, 0.3, 0.1]], ties="none")


def test_several_holders_are_each_as_alone(shelter):
    """Vectors and a space together, on the same draws: every table is that of the holder alone."""
    draws, space = mcda.sample(shelter, 3000, seed=3), whole(shelter)
    holders = {
        "equal": mcda.equal_weights(shelter),
        "anyone": space,
        "order": space.where("cost >= places"),
    }
    found = mcda.robustness(draws, holders, "topsis")
    assert list(found) == list(holders)
    for name, weights in holders.items():
        alone = mcda.robustness(draws, weights, "topsis")
        assert same(found[name].tally, alone.tally) and found[name].holder == alone.holder
        pd.testing.assert_frame_equal(found[name].scores, alone.scores)
        pd.testing.assert_series_equal(found[name].confidence_factors, alone.confidence_factors)
    with pytest.raises(mcda.InputError, match="weights: expected at least one holder, found none"):
        mcda.robustness(draws, {}, "topsis")


def loudness(problem, drawn):
    """Each option's share of the noise of all: it says something else where one is left out."""
    noise = drawn.along("noise", problem.options.index)
    return 100 * noise / noise.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("compares", [False, True])
@pytest.mark.parametrize(
    ("method", "held"), [*((each, ()) for each in METHODS), ("topsis", "facts")]
)
def test_two_sides_of_a_floor_are_each_as_alone(make_problem, method, held, compares):
    """Whether their scores are counted at once or not: every table of both is that of each alone."""
    criteria = make_problem().criteria
    if compares:
        criteria = tuple(
            replace(one, measure=loudness) if one.key == "noise" else one for one in criteria
        )
    problem = make_problem(criteria=criteria)
    holders = {"equal": mcda.equal_weights(problem), "anyone": whole(problem)}
    draws = mcda.sample(problem, 3000, seed=3)
    sides = [None, {"places": 50.0}]
    at_once = robustness_on_sides(draws, holders, method, sides, hold=held)
    for floors, found in zip(sides, at_once, strict=True):
        assert list(found["equal"].excluded.index) == (["A"] if floors else [])
        alone = mcda.robustness(draws, holders, method, floors=floors, hold=held)
        for name, one in alone.items():
            both = (found[name], one)
            assert set(one.tally.sums) == set(found[name].tally.sums)
            assert same(*(each.tally for each in both))
            for table in ("scores", "rank_acceptability", "excluded", "floors_passed"):
                pd.testing.assert_frame_equal(*(getattr(each, table) for each in both))
            pd.testing.assert_series_equal(*(each.confidence_factors for each in both))
            assert both[0].held_because == both[1].held_because and both[0].notes == both[1].notes


def test_sides_are_counted_at_once_where_options_are_scored_by_their_own_rows(make_problem):
    problem = make_problem()
    weights = mcda.equal_weights(problem)
    few = {"kept": ("B", "C"), "floors": {"places": 50.0}}
    for method in ("additive", "topsis"):
        assert job(problem, weights, method).covers(job(problem, weights, method, **few))
        assert not job(problem, weights, method, **few).covers(job(problem, weights, method))
    vector = "topsis:vector"
    assert not job(problem, weights, vector).covers(job(problem, weights, vector, **few))


def test_sums_that_are_kept_are_of_one_side(shelter, tmp_path):
    """A file holds one job: of two sides one would be lost."""
    draws = mcda.sample(shelter, 50, 0)
    whose = {"x": mcda.equal_weights(shelter)}
    with pytest.raises(mcda.InputError, match="state: expected a file of one side, found 2 sides"):
        robustness_on_sides(draws, whose, "topsis", [False, True], state=tmp_path / "run.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", METHODS)
def test_scores_are_those_of_the_methods(shelter, method):
    """Draw by draw, what a method over many draws gives is what it gives for each alone."""
    space = whole(shelter)
    one = job(shelter, space, method)
    (scores,), (weights,) = one.scores(0, 40), one.weights_of(0, 40)
    values, table = (
        mcda.sample(shelter, 3000, 0).values(0, 40),
        mcda.sample(shelter, 3000, 0).performances(0, 40),
    )
    for d in range(40):
        if method == "topsis:vector":
            expected = mcda.topsis(table[d], weights[:, d], ["min", "max", "min"])
        else:
            from mcda.methods.method import find_method

            expected = find_method(method).scores(values[d], weights[:, d])
        np.testing.assert_allclose(scores[:, d], expected, atol=1e-13)


def product(values, weights):
    """A method of nobody's: for one table only."""
    assert values.ndim == 2
    return (values**weights).prod(axis=1) * 1000


@pytest.mark.parametrize(
    "method", [product, "pymcdm:VIKOR", mcda.RelativeTopsis(("min", "max", "min"), "minmax")]
)
def test_any_function_of_the_signature_serves(shelter, method):
    """Called once for each draw where it takes one table; its scores keep their scale."""
    robust = mcda.robustness(mcda.sample(shelter, 200, seed=0), mcda.equal_weights(shelter), method)
    assert robust.rank_acceptability[1].sum() == pytest.approx(1)
    assert (robust.scores["5%"] <= robust.scores["mean"]).all()


def test_a_method_without_finite_scores_is_refused(shelter):
    """By its name."""

    def empty(values, weights):
        return np.full(3, np.nan)

    with pytest.raises(
        mcda.InputError, match="scores of method 'empty': expected finite numbers in every draw"
    ):
        mcda.robustness(mcda.sample(shelter, 200, seed=0), mcda.equal_weights(shelter), empty)


@pytest.mark.parametrize("weights", [mcda.equal_weights, whole])
@pytest.mark.parametrize("method", METHODS)
def test_any_cut_gives_the_same_sums(shelter, method, weights):
    """1, 2, 7 and 64 parts, in any order."""
    one = job(shelter, weights(shelter), method)
    expected = count(one, 0, 3000)
    for parts in (2, 7, 64):
        cuts = np.linspace(0, 3000, parts + 1).astype(int)
        runs = [count(one, int(a), int(b - a)) for a, b in pairwise(cuts)]
        assert same(sum_of(reversed(runs)), expected)


@pytest.mark.parametrize("start", ["threads", "processes"])
def test_any_executor_gives_the_same_result(shelter, start):
    """Threads and processes, as one after the other."""
    draws, space = mcda.sample(shelter, 5000, seed=0), whole(shelter)
    spawn = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(2) if start == "threads" else ProcessPoolExecutor(2, spawn) as pool:
        found = mcda.robustness(draws, space, "topsis:vector", executor=pool)
    alone = count(job(shelter, space, "topsis:vector", n=5000), 0, 5000)
    assert same(found.tally, alone)
    assert not same(
        mcda.robustness(mcda.sample(shelter, 5000, seed=1), space, "topsis:vector").tally, alone
    )


def test_floors_exclude_at_the_best_estimates_and_pass_in_draws(shelter):
    """The share of draws that pass is reported for every option, excluded ones too."""
    robust = mcda.robustness(
        mcda.sample(shelter, 4000, seed=0), mcda.equal_weights(shelter), "additive", floors=True
    )
    assert list(robust.excluded.index) == ["A"] and list(robust.rank_acceptability.index) == [
        "B",
        "C",
    ]
    assert robust.floors_passed["all floors"].to_dict() == {"A": 0.0, "B": 1.0, "C": 1.0}
    near = mcda.robustness(
        mcda.sample(shelter, 4000, 0),
        mcda.equal_weights(shelter),
        "additive",
        floors={"places": 60},
    )
    low, mode, high = 55, 60, 70
    assert near.floors_passed.loc["C", "places"] == pytest.approx(
        (high - mode) / (high - low), abs=0.04
    )


def test_an_option_that_is_never_first_has_no_central_weights(make_problem):
    """NaN in the table, a word in the page; its confidence factor is undefined too."""
    problem = make_problem({"A": (10, 90, 10), "B": (50, 40, 50)})
    robust = mcda.robustness(mcda.sample(problem, 2000, seed=0), whole(problem), "additive")
    assert robust.rank_acceptability.loc["B", 1] == 0
    assert robust.central_weights.loc["B"].isna().all() and np.isnan(robust.confidence_factors["B"])
    assert "undefined" in mcda.acceptability([[0.9, 0.1]] * 3, [[0.5, 0.5]] * 3)._repr_html_()
    assert robust.first_rank.loc["B", "high"] > 0 and robust.entropy == 0


def test_one_draw_is_told_to_be_too_few(shelter):
    """It is answered, with a warning."""
    with pytest.warns(mcda.AssumptionWarning, match="1 draw: too few for a standard error"):
        robust = mcda.robustness(
            mcda.sample(shelter, 1, seed=0), mcda.equal_weights(shelter), "additive"
        )
    assert not robust.settled


def test_too_few_draws_for_a_word_are_marked():
    """A share near a cut of the words is not settled; far from it, or with more draws, it is."""
    near = mcda.acceptability(np.array([[1.0, 0.0]] * 56 + [[0.0, 1.0]] * 44))
    far = mcda.acceptability(np.array([[1.0, 0.0]] * 6700 + [[0.0, 1.0]] * 3300))
    assert not near.first_rank.loc[near.first_rank.index[0], "settled"] and far.settled


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_stated_intervals_cover_the_truth(make_problem):
    """Over 200 seeds the 95% interval of a share known in closed form covers it between 90% and 98% of the time."""
    problem = make_problem({"A": (0, 50, 50), "B": (40, 50, 50)})
    fixed = {
        key: mcda.Estimate(key, e.mode, e.mode, e.mode) for key, e in problem.estimates.items()
    }
    varied = {
        "cost/A": mcda.Estimate("cost/A", 0, 0, 80, distribution="uniform"),
        "cost/B": fixed["cost/B"],
    }
    problem = make_problem({"A": (0, 50, 50), "B": (40, 50, 50)}, estimates={**fixed, **varied})
    covered = 0
    for seed in range(200):
        first = mcda.robustness(
            mcda.sample(problem, 400, seed), mcda.equal_weights(problem), "additive"
        ).first_rank
        covered += first.loc["A", "low"] <= 0.5 <= first.loc["A", "high"]
    assert 180 <= covered <= 196


def test_few_draws_of_an_interrupted_run_are_not_laid_to_many_options(shelter, monkeypatch):
    """With one weight vector the confidence factors rest on the draws counted: one note says why they are few."""
    monkeypatch.setattr(of_results, "counted", lambda job, executor, state: count(job, 0, 500))
    weights = mcda.equal_weights(shelter)
    (note,) = mcda.robustness(mcda.sample(shelter, 2000, seed=0), weights, "topsis").notes
    assert note == "interrupted: 500 of 2,000 draws are counted"


def test_what_rests_on_fewer_draws_says_so(shelter, monkeypatch):
    """With very many options, here with little room: quantiles and confidence factors, as their errors tell."""
    draws, space = (
        mcda.sample(shelter, 2000, seed=0),
        mcda.weight_space([leaf.key for leaf in shelter.leaves]),
    )
    whole = mcda.robustness(draws, space, "topsis")
    monkeypatch.setattr(factors, "CELLS", 2700)
    monkeypatch.setattr(of_jobs, "SCORES_LOOKED_AT", 900)
    few = mcda.robustness(draws, space, "topsis")
    assert not whole.notes and few.notes == (
        "quantiles of scores rest on 300 of the draws, confidence factors on 100",
    )
    factor, error = (
        few.confidence_factors,
        few.standard_errors["confidence_factors"]["confidence factor"],
    )
    np.testing.assert_allclose(error, share_errors(factor.to_numpy(), 100))
    assert (
        few.standard_errors["scores"]["50%"] > 1.5 * whole.standard_errors["scores"]["50%"]
    ).all()
    assert few.rank_acceptability.equals(whole.rank_acceptability)


def test_bad_scores_and_weights_are_refused():
    """By draw and option; rows must fit."""
    with pytest.raises(
        mcda.InputError,
        match="score in draw 1, option 'B': expected a finite number, found a missing",
    ):
        mcda.acceptability(pd.DataFrame({"A": [1.0, 2.0], "B": [0.0, np.nan]}))
    with pytest.raises(
        mcda.InputError, match="weights: expected 2 rows, one for each draw of the scores, found 3"
    ):
        mcda.acceptability([[1.0, 0.0], [0.5, 0.2]], [[1, 0], [0, 1], [0, 1]])


def test_ranks_of_very_many_options_are_told_apart_to_the_hundredth():
    """Of 1,001 options the first hundred have their ranks; beyond these a rank is missing, and so are the pairs."""
    found = mcda.acceptability(np.tile(np.arange(1001.0)[::-1], (3, 1)))
    ranks = found.rank_intervals["50%"]
    assert ranks.iloc[:100].tolist() == list(range(1, 101)) and ranks.iloc[100:].isna().all()
    assert found.pairwise_winning is None and "pairwise_winning" not in found.standard_errors
    few = mcda.acceptability(np.tile(np.arange(3.0)[::-1], (3, 1)))
    assert few.rank_intervals["95%"].tolist() == [1, 2, 3]


def test_every_index_of_a_hundred_draws_is_that_of_a_hand_calculation():
    """First in 94 of 100 draws: shares, Wilson's interval, ranks at 5, 50 and 95 percent, central weights, entropy."""
    scores = pd.DataFrame([[0.8, 0.2]] * 94 + [[0.4, 0.6]] * 6, columns=["A", "B"])
    weights = pd.DataFrame([[0.7, 0.3]] * 94 + [[0.1, 0.9]] * 6, columns=["c1", "c2"])
    found = mcda.acceptability(scores, weights)
    assert found.rank_acceptability.to_numpy().tolist() == [[0.94, 0.06], [0.06, 0.94]]
    assert found.rank_acceptability.columns.tolist() == [1, 2]
    assert found.pairwise_winning.loc["A"].tolist() == [0, 0.94]
    assert found.rank_intervals.loc["A"].tolist() == [1, 1, 2] and found.rank_intervals.loc[
        "B"
    ].tolist() == [1, 2, 2]
    np.testing.assert_allclose(found.central_weights, weights.iloc[[0, -1]], atol=1e-9)
    z, share, n = 1.959964, 0.94, 100
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    ends = [(share + z**2 / (2 * n) + sign * reach) / (1 + z**2 / n) for sign in (-1, 1)]
    first = found.first_rank.loc["A"]
    assert [first["low"], first["high"]] == pytest.approx(ends, abs=1e-6)
    assert (first["acceptability"], first["standard_error"]) == pytest.approx(
        (0.94, np.sqrt(0.94 * 0.06 / 100))
    )
    bits = -0.94 * np.log2(0.94) - 0.06 * np.log2(0.06)
    assert (found.entropy, found.entropy_of_rankings) == pytest.approx((bits, bits))
    table = found.scores.loc["A"]
    assert table[["mean", "5%", "50%", "95%"]].tolist() == pytest.approx(
        [0.776, 0.4, 0.8, 0.8], abs=1e-8
    )
    assert table["spread"] == pytest.approx(0.4 * np.sqrt(0.94 * 0.06), abs=1e-6)
    assert not found.settled, "94 percent lies beside the cut at 95"


def test_a_share_is_settled_away_from_each_bar_of_the_words_and_not_beside_it():
    """Fifty thousand draws: beside 4.5, 19.5, 44.5, 54.5, 79.5 and 94.5 percent the word could change, between not."""
    bars = np.array([0.045, 0.195, 0.445, 0.545, 0.795, 0.945])
    between = (np.array([0, *bars]) + np.array([*bars, 1])) / 2
    for shares, settled in ((bars + 0.001, False), (bars - 0.001, False), (between, True)):
        for share in shares:
            first = np.arange(50_000) < round(50_000 * share)
            found = mcda.acceptability(np.stack([first, ~first], axis=-1).astype(float))
            assert bool(found.first_rank["settled"].iloc[0]) is settled, share

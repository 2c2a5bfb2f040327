"""What agreement costs and what advocates could claim where options may fail: as rankings of lotteries say."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.lottery import method_for
from mcda.problem.chances import from_estimates

LEAVES = ("c0", "c1", "c2")
FALLBACKS = {"A": "N", "B": "N", "C": "M", "D": "N"}
OPTIONS = list("ABCDMN")
LEVEL = 1e-9


def random_question(seed):
    """Six options of which four may fail, one of these for sure; two holders with ranges."""
    rng = np.random.default_rng(seed)
    scale = mcda.Scale((0.0, 100.0), (0.0, 1.0))
    criteria = tuple(mcda.Criterion(key, "", key, "", "max", scale=scale) for key in LEAVES)
    numbers = {f"{key}/{option}": rng.uniform(5, 95) for key in LEAVES for option in OPTIONS}
    chances = dict.fromkeys(FALLBACKS, 0.0)
    for option in "ABC":
        chances[option] = rng.uniform(20, 90)
    numbers |= {f"chance/{option}": chance for option, chance in chances.items()}
    estimates = {key: mcda.Estimate(key, one, one, one) for key, one in numbers.items()}
    options = pd.DataFrame({"label": OPTIONS}, index=OPTIONS)
    problem = mcda.Problem("random", mcda.Frame(), options, criteria, estimates)
    keys = {option: f"chance/{option}" for option in FALLBACKS}
    happens = partial(from_estimates, keys=keys, percent=dict.fromkeys(FALLBACKS, True))
    holders = {}
    for name in ("x", "y"):
        points = dict(zip(LEAVES, rng.uniform(20, 50, 3), strict=True))
        ends = {key: (0.5 * number, 1.5 * number) for key, number in points.items()}
        holders[name] = mcda.weights(points, name, ranges=ends)
    return problem.with_chance(happens, FALLBACKS), holders


def leaders(problem, shares):
    """Who leads by the weighted sum under many weights (k, n), each ranked by the mean of lotteries."""
    scores = shares @ problem.expected_values.to_numpy().T
    first = scores >= scores.max(axis=1, keepdims=True) - LEVEL
    first[:, OPTIONS.index("D")] = False  # it never comes about: its fallback leads for both
    return first


@pytest.mark.parametrize("seed", range(4))
def test_a_price_is_the_nearest_weights_at_which_a_lottery_is_first(seed):
    """Ranked there it leads or is level; of 100,000 weights none is nearer; what never happens has none."""
    problem, holders = random_question(seed)
    prices = mcda.price_of_agreement(problem, holders, "additive")
    shares = np.random.default_rng(seed).dirichlet(np.ones(3), 100_000)
    first = leaders(problem, shares)
    for name, weights in holders.items():
        apart = np.abs(shares - weights.values.to_numpy()).sum(axis=1)
        for at, option in enumerate(OPTIONS):
            row = prices.table.loc[(name, option)]
            nearest = apart[first[:, at]].min(initial=np.inf)
            assert row["without limit"] <= nearest + 1e-9
            assert row["without limit, at least"] == row["without limit"]
            if np.isinf(row["without limit"]):
                assert not first[:, at].any()
                continue
            moved = prices.moved[(name, option, "without limit")]
            ranking = mcda.rank(problem, mcda.weights(moved.to_dict(), name), "additive")
            scores = ranking.table["score"]
            assert scores[option] >= scores.max() - 1e-7
    assert "D" in prices.never()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("p", [2.0, 3.0])
def test_a_price_by_topsis_is_proven(seed, p):
    """Ranked there a lottery leads or is level; of 20,000 weights none is nearer; never is proven."""
    problem, holders = random_question(seed)
    prices = mcda.price_of_agreement(problem, holders, "topsis", p=p)
    shares = np.random.default_rng(seed).dirichlet(np.ones(3), 20_000)
    by = method_for(problem, "topsis", p)
    scores = np.array([by.scores(problem.values.to_numpy(), row) for row in shares])
    first = scores >= scores.max(axis=1, keepdims=True) - LEVEL
    first[:, OPTIONS.index("D")] = False
    for name, weights in holders.items():
        apart = np.abs(shares - weights.values.to_numpy()).sum(axis=1)
        inside = weights.space.contains(shares)
        for at, option in enumerate(OPTIONS):
            row = prices.table.loc[(name, option)]
            for reach, there in (
                ("without limit", first[:, at]),
                ("in range", first[:, at] & inside),
            ):
                assert row[f"{reach}, at least"] <= apart[there].min(initial=np.inf) + 1e-9
                if np.isinf(row[reach]):
                    assert np.isinf(row[f"{reach}, at least"]) and not there.any()
                    continue
                assert row[reach] - row[f"{reach}, at least"] <= 1.01e-6
                moved = prices.moved[(name, option, reach)]
                ranked = mcda.rank(problem, mcda.weights(moved.to_dict(), name), "topsis", p=p)
                score = ranked.table["score"]
                assert score[option] >= score.max() - 1e-7
    assert "D" in prices.never()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_an_advocate_leads_by_what_is_claimed(seed, method):
    """The lead is that of the ranking under the advocate's weights, and no drawn weights give more."""
    problem, holders = random_question(seed)
    found = mcda.advocate_test(problem, holders, method)
    assert found.exact == (method == "additive")
    drawn = np.vstack([one.space.sample(2_000, seed=1)[:, :3] for one in holders.values()])
    for option, row in found.table.iterrows():
        ranking = mcda.rank(problem, mcda.weights(found.weights.loc[option].to_dict(), "a"), method)
        scores = ranking.table["score"]
        others = scores.drop([one for one in (option, "D") if one in scores.index])
        assert row["lead"] == pytest.approx(scores[option] - others.max(), abs=1e-9)
    means = drawn @ problem.expected_values.to_numpy().T
    if method == "additive":
        for at, option in enumerate("ABC"):
            others = np.delete(means, [at, OPTIONS.index("D")], axis=1).max(axis=1)
            assert (means[:, at] - others).max() <= found.table.loc[option, "lead"] + 1e-9
    assert not found.table.loc["D", "first"]

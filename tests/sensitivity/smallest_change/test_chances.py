"""The smallest change where options may fail: as printed it hands the lead over, and nothing smaller does."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.problem.chances import from_estimates
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.smallest_change.certificate import _rivals
from mcda.sensitivity.switching.lead_along_a_cell import Board

LEAVES = ("c0", "c1", "c2")
# who falls back on whom: one fallback for all, two of them, and a leader's own rival among them
FALLBACKS = ({"A": "N", "B": "N"}, {"A": "N", "B": "M"}, {"A": "N", "B": "N", "M": "N"})
METHODS = ("additive", "topsis")
MOVES = ("weights", "estimates", "joint")
RANDOM = 20_000


def random_question(seed, *, held=False):
    """Four options on three leaves whose scales bend, some of which may fail; and weights with ranges."""
    rng = np.random.default_rng(seed)
    fallbacks = FALLBACKS[seed % len(FALLBACKS)]
    criteria, estimates = [], {}
    for key in LEAVES:
        scale = mcda.Scale((0.0, 40.0, 100.0), (0.0, float(rng.uniform(0.2, 0.8)), 1.0))
        criteria.append(mcda.Criterion(key, "", key, "points", "max", scale=scale))
        for option in "ABMN":
            mode, below, above = rng.uniform(25, 75), *rng.uniform(2, 20, 2)
            name = f"{key}/{option}"
            estimates[name] = mcda.Estimate(name, mode - below, mode, mode + above, "points")
    for option in fallbacks:
        mode = rng.uniform(35, 85)
        reach = 0 if held else 12
        name = f"chance/{option}"
        estimates[name] = mcda.Estimate(name, mode - reach, mode, mode + reach, "percent")
    options = pd.DataFrame({"label": [f"Option {one}" for one in "ABMN"]}, index=list("ABMN"))
    problem = mcda.Problem("random", mcda.Frame(), options, tuple(criteria), estimates)
    keys = {option: f"chance/{option}" for option in fallbacks}
    happens = partial(from_estimates, keys=keys, percent=dict.fromkeys(fallbacks, True))
    points = dict(zip(LEAVES, rng.uniform(20, 50, 3), strict=True))
    ends = {key: (0.6 * number, 1.4 * number) for key, number in points.items()}
    return problem.with_chance(happens, fallbacks), mcda.weights(points, "x", ranges=ends)


def set_as_printed(problem, weights, changes):
    """The question and the weights with every number of a certificate as it is printed."""
    raw, estimates = weights.raw.copy(), dict(problem.estimates)
    for row in changes.to_dict("records"):
        number = row["threshold"].first
        if row["kind"] == "weight":
            raw[row["criterion"]] = number
            continue
        key = f"{row['criterion']}/{row['option']}"
        low, high = estimates[key].low, estimates[key].high
        estimates[key] = replace(
            estimates[key], mode=number, low=min(low, number), high=max(high, number)
        )
    return replace(problem, estimates=estimates), mcda.Weights(raw, weights.holder)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", METHODS)
def test_set_as_printed_it_hands_the_lead_over(seed, method):
    """Typed into the sheets: what happens otherwise moves with all that fall back on it."""
    problem, weights = random_question(seed)
    for move in MOVES:
        found = mcda.fragility(problem, weights, method, move)
        assert mcda.rank(problem, weights, method).leaders == (found.leader,)
        assert found.bound <= found.distance
        if not np.isfinite(found.distance):
            continue
        after = mcda.rank(*set_as_printed(problem, weights, found.changes), method)
        assert after.leaders == tuple(found.then_leads.split(", "))
        assert found.distance == pytest.approx(found.changes["share"].sum(), abs=1e-6)
        assert found.leader not in after.leaders


def scores_of(problem, weights, method, tables, chances, points):
    """The scores (k, m) of lotteries, from the plain values of tables (k, m, n), by hand."""
    shares = points / points.sum(axis=1, keepdims=True)
    order = 1 if method == "additive" else 2
    far = ((tables * shares[:, None]) ** order).sum(axis=-1) ** (1 / order)
    near = (((1 - tables) * shares[:, None]) ** order).sum(axis=-1) ** (1 / order)
    alone = far / (far + near)
    instead = [list("ABMN").index(problem.fallbacks.get(one, one)) for one in "ABMN"]
    return chances * alone + (1 - chances) * alone[:, instead]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("move", MOVES)
def test_nothing_smaller_than_the_bound_hands_it_over(seed, method, move):
    """Random changes of every number, in units of their ranges: all that flip cost the bound or more."""
    problem, weights = random_question(seed)
    found = mcda.fragility(problem, weights, method, move)
    rng = np.random.default_rng(100 + seed)
    cells = [f"{key}/{option}" for option in "ABMN" for key in LEAVES]
    moved = {
        key: problem.estimates[key] for key in (*cells, *map("chance/{}".format, problem.fallbacks))
    }
    low = np.array([one.low for one in moved.values()])
    mode = np.array([one.mode for one in moved.values()])
    high = np.array([one.high for one in moved.values()])
    steps = rng.exponential(size=(RANDOM, len(mode) + 3)) * (
        rng.random((RANDOM, len(mode) + 3)) < 0.2
    )
    steps[:, : len(mode)] *= move != "weights"
    steps[:, len(mode) :] *= move != "estimates"
    reach = found.distance if np.isfinite(found.distance) else 1.5
    total = np.maximum(steps.sum(axis=1, keepdims=True), 1e-9)
    steps *= reach * rng.uniform(0.3, 1.3, (RANDOM, 1)) / total * rng.choice([-1, 1], steps.shape)
    numbers = np.clip(mode + steps[:, : len(mode)] * (high - low), low, high)
    stated = weights.raw.to_numpy(float)
    points = np.clip(stated * (1 + 0.8 * steps[:, len(mode) :]), 0.6 * stated, 1.4 * stated)
    inside = weights.space.contains(points / points.sum(axis=1, keepdims=True))
    widths = high - low
    costs = (np.abs(numbers - mode) / widths).sum(axis=1)
    costs += (np.abs(points - stated) / (0.8 * stated)).sum(axis=1)
    scales = [leaf.scale for leaf in problem.weighed]
    tables = numbers[:, : len(cells)].reshape(-1, 4, 3)
    values = np.stack([scale.value(tables[..., at]) for at, scale in enumerate(scales)], axis=-1)
    chances = np.ones((RANDOM, 4))
    for at, option in enumerate(problem.fallbacks, start=len(cells)):
        chances[:, list("ABMN").index(option)] = numbers[:, at] / 100
    scores = scores_of(problem, weights, method, values, chances, points)
    leader = list("ABMN").index(found.leader)
    flips = inside & (np.delete(scores, leader, axis=1).max(axis=1) > scores[:, leader] + 1e-7)
    assert found.bound <= costs[flips].min(initial=np.inf) + 1e-6
    assert found.distance <= costs[flips].min(initial=np.inf) * 1.02 + 1e-6


@pytest.mark.parametrize("move", MOVES)
def test_a_bound_of_several_outcomes_is_near_the_change(move):
    """By TOPSIS with three and four of them; it was 0 where one multiplier drove the others to nothing."""
    problem, weights = random_question(1, held=True)
    found = mcda.fragility(problem, weights, "topsis", move)
    assert np.isfinite(found.distance)
    assert 0.8 * found.distance < found.bound <= found.distance


@pytest.mark.parametrize("seed", range(3))
def test_the_weighted_sum_is_exact_where_chances_are_held(seed):
    """Weights alone and performances alone: programs that are solved; a note says what is held."""
    problem, weights = random_question(seed, held=True)
    for move in ("weights", "estimates"):
        found = mcda.fragility(problem, weights, "additive", move)
        assert found.exact
        assert "The chances that options come about are held." in found.notes
    moving = mcda.fragility(random_question(seed)[0], weights, "additive", "estimates")
    assert (
        "The chances that options come about move as well, each inside its range." in moving.notes
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", METHODS)
def test_moves_score_as_the_ranking_does(seed, method):
    """The lead of each rival after random moves is that of the scores by hand, wherever they lead."""
    problem, weights = random_question(seed)
    on = Board(Run(problem, weights, method))
    rng = np.random.default_rng(seed)
    for each in _rivals(on, "joint"):
        moves = (
            each.most * rng.random((5, len(each.most))) * (rng.random((5, len(each.most))) < 0.4)
        )
        ahead, points = each.ahead(moves)
        for row in range(5):
            after = each.cells_after(moves[row])
            shares = each.weights_after(points[row])
            scores = on.with_cells(list(after), np.array([[*after.values()]]), shares)[0]
            expected = scores[each.rival] - scores[each.leader]
            assert ahead[row] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("move", ["weights", "estimates"])
def test_a_chance_leaves_the_way_to_the_fallback_as_it_is(method, move):
    """It shrinks the difference between the two and never turns its sign: the same change is needed."""
    problem, weights = random_question(0, held=True)
    only = problem.keep(["A", "N"])
    sure = replace(only, criteria=tuple(one for one in only.criteria if not one.role), fallbacks={})
    lottery = mcda.fragility(only, weights, method, move)
    plain = mcda.fragility(sure, weights, method, move)
    assert (lottery.leader, lottery.then_leads) == (plain.leader, plain.then_leads)
    assert lottery.distance == pytest.approx(plain.distance, rel=1e-4)


def test_a_leader_without_a_chance_left_counts_as_its_fallback():
    """Where its chance may fall to none, that is a change after which the fallback leads."""
    problem, weights = random_question(0, held=True)
    best = {
        f"{key}/A": replace(problem.estimates[f"{key}/A"], low=95, mode=96, high=97)
        for key in LEAVES
    }
    chance = mcda.Estimate("chance/A", 0, 50, 60, "percent")
    changed = replace(problem, estimates={**problem.estimates, **best, "chance/A": chance})
    found = mcda.fragility(changed, weights, "additive", "estimates")
    assert found.leader == "A" and found.distance == pytest.approx(50 / 60)
    (row,) = found.changes.to_dict("records")
    assert (row["criterion"], row["option"], row["after"]) == ("chance", "A", 0.0)
    after = mcda.rank(*set_as_printed(changed, weights, found.changes), "additive")
    assert after.leaders == tuple(found.then_leads.split(", ")) and "A" not in after.leaders

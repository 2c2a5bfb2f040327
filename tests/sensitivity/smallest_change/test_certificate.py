"""The fragility certificate: what it names flips the leader, 99% of it doesn't, brute force finds nothing smaller."""

import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.contest import contest
from mcda.problem.thresholds import threshold
from mcda.reporting import language as words
from mcda.sensitivity.smallest_change import certificate, cheapest_flip
from mcda.sensitivity.smallest_change.certificate import MOVES, _change
from mcda.sensitivity.smallest_change.moves import allowed_moves

FROZEN = Path(__file__).parents[2] / "questions" / "frozen" / "ukraine_force"

RANGES = pd.DataFrame(
    {"low": [20.0, 30, 5], "mode": [35.0, 45, 20], "high": [70.0, 70, 60]},
    index=["cost", "places", "noise"],
)
WEIGHTS = mcda.weights(
    RANGES["mode"],
    "panel",
    ranges={key: (row["low"], row["high"]) for key, row in RANGES.iterrows()},
)
CASES = [("additive", move) for move in MOVES] + [("topsis", move) for move in MOVES]
SMALL = {"A": (20, 60, 40), "B": (45, 72, 55), "C": (60, 55, 15)}


def lead_after(problem, weights, method, changes, share=1.0):
    """The leaders once a share of each change is made in weights and cells."""
    raw, estimates = weights.raw.copy(), dict(problem.estimates)
    for row in changes.to_dict("records"):
        number = row["before"] + share * (row["after"] - row["before"])
        if row["kind"] == "weight":
            raw[row["criterion"]] = number
        else:
            key = f"{row['criterion']}/{row['option']}"
            estimates[key] = replace(estimates[key], mode=number)
    moved = mcda.Weights(raw, weights.holder)
    return mcda.rank(replace(problem, estimates=estimates), moved, method).leaders


@pytest.mark.parametrize(("method", "move"), CASES)
def test_the_change_flips_and_less_of_it_does_not(make_problem, method, move):
    """Applied to the question and the weights themselves, ranked afresh."""
    problem = make_problem(SMALL)
    found = mcda.fragility(problem, WEIGHTS, method, move)
    assert lead_after(problem, WEIGHTS, method, found.changes) == (found.then_leads,)
    assert lead_after(problem, WEIGHTS, method, found.changes, 0.99) == (found.leader,)
    assert found.distance == pytest.approx(found.changes["share"].sum())
    assert found.bound <= found.distance
    inside = found.changes["after"].between(
        found.changes["low"] - 1e-9, found.changes["high"] + 1e-9
    )
    assert inside.all() and found.then_leads != found.leader


@pytest.mark.parametrize("move", MOVES)
def test_the_additive_certificate_is_exact_or_says_its_gap(make_problem, move):
    """Distance and proven bound agree where weights or cells move alone; jointly the gap is small and told."""
    found = mcda.fragility(make_problem(SMALL), WEIGHTS, "additive", move)
    if move == "joint":
        assert found.bound >= 0.95 * found.distance
        told = float(found.finding.split("none below ")[1].split(" exists")[0])
        assert 0 <= found.bound - told < 0.1 * found.bound
    else:
        assert found.exact and found.distance - found.bound < 1e-5
        assert "the smallest there is" in found.finding


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_brute_force_over_weights_finds_nothing_smaller(make_problem, method):
    """Every point of a fine grid over all three ranges."""
    problem = make_problem(SMALL)
    found = mcda.fragility(problem, WEIGHTS, method, "weights")
    grid = np.array(
        list(product(*(np.linspace(row.low, row.high, 61) for row in RANGES.itertuples())))
    )
    cost = (
        np.abs(grid - RANGES["mode"].to_numpy()) / (RANGES["high"] - RANGES["low"]).to_numpy()
    ).sum(axis=1)
    case = mcda.contest(problem, WEIGHTS, method)
    scores = case.score(case.values.to_numpy(), grid / grid.sum(axis=1, keepdims=True))
    flips = scores.argmax(axis=1) != case.leading.argmax()
    assert flips.any() and cost[flips].min() >= found.distance - 1e-6
    assert cost[flips].min() <= found.distance + 0.06


@pytest.mark.parametrize(("method", "move"), [case for case in CASES if case[1] != "weights"])
def test_brute_force_over_random_changes_finds_nothing_smaller(make_problem, method, move):
    """A hundred thousand sparse changes of smaller sum, against every rival: none flips the leader."""
    problem = make_problem(SMALL)
    found = mcda.fragility(problem, WEIGHTS, method, move)
    case = mcda.contest(problem, WEIGHTS, method)
    rng = np.random.default_rng(3)
    for rival in np.flatnonzero(~case.leading):
        allowed = allowed_moves(case, problem, int(rival), weights=move == "joint", estimates=True)
        size = (50_000, len(allowed.most))
        many = rng.exponential(size=size) * (rng.random(size) < 0.25)
        many *= (
            found.distance
            * rng.uniform(0.5, 0.999, (size[0], 1))
            / np.maximum(many.sum(axis=1, keepdims=True), 1e-9)
        )
        many = np.minimum(many, allowed.most)
        assert (allowed.lead(many) <= 0).all()


def test_two_options_by_hand(make_problem):
    """A leads B by 0.4 x 0.2 - 0.6 x 0.1 = 0.02: a tenth of its range on the heavier leaf, by hand."""
    problem = make_problem({"A": (20, 60, 40), "B": (30, 72, 40)})
    weights = mcda.weights({"cost": 3, "places": 1, "noise": 0}, "panel")
    case = mcda.contest(problem, weights, "additive")
    gap = case.scores["A"] - case.scores["B"]
    found = mcda.fragility(problem, weights, "additive", "estimates")
    assert found.distance == pytest.approx(gap / 0.75 * 100 / 15, rel=1e-4)
    assert found.changes["criterion"].unique().tolist() == ["cost"]


def test_a_lead_that_nothing_inside_the_ranges_takes(make_problem):
    """Proven, not only not found."""
    safe = make_problem({"A": (10, 90, 10), "B": (60, 40, 70)})
    for method, move in CASES:
        found = mcda.fragility(safe, WEIGHTS, method, move)
        assert np.isinf(found.distance) and np.isinf(found.bound) and found.exact
        assert "can put another option before" in found.finding


def test_ties_and_other_methods(make_problem):
    """A tie is at distance zero; methods of another form are refused with the way out."""
    twins = make_problem({"A": (10, 90, 20), "B": (10, 90, 20), "C": (70, 60, 50)})
    assert mcda.fragility(twins, WEIGHTS, "additive").distance == 0
    problem = make_problem(SMALL)
    with pytest.raises(mcda.InputError, match='move "weights" alone, or use ahp:ratings'):
        mcda.fragility(problem, WEIGHTS, "ahp:distributive")
    assert mcda.fragility(problem, WEIGHTS, "ahp:distributive", "weights").exact
    with pytest.raises(mcda.InputError, match="additive, topsis of finite order, or ahp"):
        mcda.fragility(problem, WEIGHTS, "pymcdm:VIKOR", "weights")
    with pytest.raises(
        mcda.InputError, match="move: expected one of 'joint', 'weights', 'estimates'"
    ):
        mcda.fragility(problem, WEIGHTS, "additive", "scores")


def test_it_shows_itself(make_problem):
    """The sentence, then the numbers that change."""
    shown = mcda.fragility(make_problem(SMALL), WEIGHTS, "topsis")._repr_html_()
    assert "leads instead of" in shown and "<caption>Smallest change" in shown


def moved(problem, changes, share):
    """The question with the judged cells of a change moved by a share of it."""
    estimates = dict(problem.estimates)
    for row in changes.to_dict("records"):
        key = f"{row['criterion']}/{row['option']}"
        mode = row["before"] + share * (row["after"] - row["before"])
        estimates[key] = replace(estimates[key], mode=mode)
    return replace(problem, estimates=estimates)


@pytest.mark.parametrize("holder", ["Paris", "London"])
def test_crossing_a_floor_counts_as_a_change(ukraine_question, holder):
    """Where the least change is to fall behind a floor, it is found, proven, and hands the lead over; 99% doesn't."""
    problem, holders = ukraine_question
    found = mcda.fragility(problem, holders[holder], "additive", floors=True)
    assert (
        found.changes["kind"].tolist() == ["floor"]
        and found.exact
        and "falls just below 30 points" in found.finding
    )
    for share, leader in ((1.0, found.then_leads), (0.99, found.leader)):
        changed = moved(problem, found.changes, share)
        assert mcda.rank(changed, holders[holder], "additive", floors=True).leaders == (leader,)


def test_an_excluded_option_may_come_in(make_problem):
    """An option that would lead is a floor away: reaching it is the least change."""
    problem = make_problem({"A": (50, 60, 50), "B": (0, 49, 0), "C": (60, 60, 60)})
    weights = mcda.weights({"cost": 1, "places": 1, "noise": 1}, holder="panel")
    found = mcda.fragility(problem, weights, "topsis", "estimates", floors=True)
    assert (found.leader, found.then_leads) == (
        "A",
        "B",
    ) and "rises to 50 beds (now 49) and so passes the minimum" in found.finding
    assert mcda.rank(
        moved(problem, found.changes, 1.0), weights, "topsis", floors=True
    ).leaders == ("B",)
    assert mcda.rank(
        moved(problem, found.changes, 0.99), weights, "topsis", floors=True
    ).leaders == ("A",)


def test_what_a_floor_does_rules_out_dearer_flips(ukraine_question, monkeypatch):
    """Where a floor is near, no moves that put a rival ahead are searched: each costs more, proven."""
    searched = []
    monkeypatch.setattr(certificate, "cheapest_flip", lambda *asked: searched.append(asked))
    problem, holders = ukraine_question
    found = mcda.fragility(problem, holders["London"], "topsis", floors=True)
    assert found.changes["kind"].tolist() == ["floor"] and found.exact
    assert searched == []


def test_a_search_ends_where_its_moves_stay_what_they_are(make_problem, monkeypatch):
    """In a smaller neighbourhood they would be the same: the rounds that are left find nothing else."""
    problem = make_problem(SMALL)
    case = contest(problem, WEIGHTS, "topsis")
    rival = int(np.flatnonzero(~case.leading)[0])
    allowed = allowed_moves(case, problem, rival, weights=True, estimates=True)
    rounds = []
    slope = cheapest_flip._slope
    monkeypatch.setattr(cheapest_flip, "_slope", lambda *asked: rounds.append(1) or slope(*asked))
    soon = cheapest_flip.cheapest_flip(allowed)
    few = len(rounds)
    monkeypatch.setattr(cheapest_flip, "_is_same", lambda *pair: False)
    late = cheapest_flip.cheapest_flip(allowed)
    assert few < cheapest_flip.ROUNDS == len(rounds) - few
    np.testing.assert_array_equal(soon, late)


def test_options_level_behind_the_floor_take_over_together(make_problem):
    """B and C are level, give or take last bits that depend on the order in which the parts are added."""
    weights = mcda.weights({"cost": 1, "places": 1, "noise": 1}, holder="panel")
    for first in range(41, 60):
        rows = {"A": (0, 51, 0), "B": (first, 60, 71), "C": (71, 60, first)}
        found = mcda.fragility(make_problem(rows), weights, "topsis", "estimates", floors=True)
        assert (found.leader, found.then_leads) == ("A", "B, C"), first
        assert "Option B and" in found.finding and "Option C lead instead of" in found.finding


@pytest.mark.parametrize(("method", "move"), [("additive", "weights"), ("topsis", "joint")])
def test_twins_take_over_together_at_short_numbers(make_problem, method, move):
    """B and C are the same in everything: no number is so long that only one of them leads."""
    problem = make_problem({**SMALL, "C": SMALL["B"]})
    found = mcda.fragility(problem, WEIGHTS, method, move)
    assert (found.leader, found.then_leads) == ("A", "B, C") and "lead instead of" in found.finding
    assert all(len(row.shown) < 8 and row.then == "B, C" for row in found.changes["threshold"])
    assert "Option B and " in words.handover(problem, found, "plain")
    assert "take the lead together" in words.handover(problem, found, "plain")


@pytest.mark.parametrize("holder", ["London", "Kyiv"])
def test_the_bound_comes_close_where_performances_alone_move(ukraine_question, holder):
    """Each multiplier is sought by itself: one that runs to nothing doesn't keep the other from its best."""
    problem, holders = ukraine_question
    found = mcda.fragility(problem, holders[holder], "topsis", "estimates")
    assert 0.98 * found.distance < found.bound <= found.distance


@pytest.mark.slow
@pytest.mark.parametrize(("holder", "method"), [("Paris", "topsis"), ("Kyiv", "topsis")])
def test_on_the_ukraine_question(holder, method):
    """The numbers named, put into the performance table and the stated weights, hand the lead over; 99% doesn't."""
    problem = mcda.read_problem(FROZEN)
    holders = mcda.read_perspectives(FROZEN, problem)
    found = mcda.fragility(problem, holders[holder], method, floors=True)
    case = mcda.contest(problem, holders[holder], method, floors=True)
    stated = holders[holder].steps["weights as stated"]["mode"]
    heads = [problem.top(leaf) for leaf in case.weights.index]
    for share, leader in ((1.0, found.then_leads), (0.99, found.leader)):
        table, points = case.problem.performance.copy(), stated.copy()
        for row in found.changes.to_dict("records"):
            number = row["before"] + share * (row["after"] - row["before"])
            if row["kind"] == "weight":
                points[row["criterion"]] = number
            else:
                table.loc[row["option"], row["criterion"]] = number
        inside = case.weights / case.weights.groupby(heads).transform("sum")
        weights = inside * points[heads].to_numpy() / points.sum()
        scores = case.score(case.problem.valued(table.to_numpy()), weights.to_numpy())
        assert case.values.index[scores.argmax()] == leader
    assert 0.5 * found.distance < found.bound <= found.distance


def test_large_performances_are_told_without_powers_of_ten(make_problem):
    """Sixty thousand is 60,000 in a sentence."""
    problem = make_problem(SMALL)
    rows = {
        "kind": "estimate",
        "label": "Size",
        "option": problem.options.index[0],
        "unit": "troops",
    }
    turn = threshold(25_000.0, 60_000.0, lambda size: "B" if size >= 60_000 else "", 90_000.0)
    told = _change(contest(problem, WEIGHTS, "additive"), {**rows, "threshold": turn})
    assert told.endswith("rises to 60,000 troops (now 25,000)")


WIDE = pd.DataFrame(
    {"low": [40.0, 5, 5], "mode": [45.0, 30, 25], "high": [50.0, 90, 90]},
    index=["cost", "places", "noise"],
)
ORDER = mcda.weight_space(["money", "people"], "money >= people", holder="panel")


@pytest.mark.parametrize("move", ["weights", "joint"])
@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_weights_stay_inside_the_space_of_their_holder(make_problem, method, move):
    """Each weight inside its range isn't enough: divided by their sum they must be weights that the holder allows."""
    weights = mcda.weights(
        WIDE["mode"],
        "panel",
        ranges={key: (row["low"], row["high"]) for key, row in WIDE.iterrows()},
    )
    problem = make_problem({"A": (20, 60, 40), "B": (55, 85, 30), "C": (60, 55, 15)})
    found = mcda.fragility(problem, weights, method, move)
    after = {
        row["criterion"]: row["after"]
        for row in found.changes.to_dict("records")
        if row["kind"] == "weight"
    }
    points = pd.Series({**WIDE["mode"], **after})
    assert after and weights.space.contains((points / points.sum())[list(weights.space.tops)], 1e-6)
    assert lead_after(problem, weights, method, found.changes) == (found.then_leads,)


def test_an_order_without_ranges_is_kept(make_problem):
    """A holder for whom money counts at least as much as people: no certificate turns that round."""
    problem = make_problem(SMALL)
    weights = replace(mcda.weights({"money": 6, "people": 4}, "panel"), space=ORDER)
    free = mcda.fragility(problem, replace(weights, space=None), "additive", "weights")
    kept = mcda.fragility(problem, weights, "additive", "weights")
    assert np.isfinite(free.distance) and np.isinf(kept.distance)


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_no_weight_at_all_hands_nothing_over(make_problem, method):
    """Without ranges every weight may go to 0; all of them there are no weights: nobody leads by them."""
    weights = mcda.weights({"money": 3, "people": 2}, "panel")
    problem = make_problem({"A": (10, 60, 40), "B": (45, 55, 55)})
    case = mcda.contest(problem, weights, method)
    held = allowed_moves(case, problem, 1, weights=True, estimates=False)
    nothing = np.concatenate(
        [np.zeros(len(held.tops)), held.tops["mode"], np.zeros(2 * held.start.shape[1])]
    )
    assert held.lead(nothing) == 0
    assert np.isinf(mcda.fragility(problem, weights, method, "weights").distance)


@pytest.mark.parametrize(
    "ends", [((0, 45), (40, 50)), ((15, 25), (20, 70))], ids=["the leader's", "the rival's"]
)
def test_a_hair_beyond_the_end_of_a_range_is_found(make_problem, ends):
    """The cheapest move ends where both are level, at the end of its range: the other number goes the last hair."""
    problem = make_problem(SMALL)
    held = {"cost/A": ends[0], "cost/B": ends[1], "cost/C": (58, 62)}
    estimates = {
        key: replace(problem.estimates[key], low=low, high=high)
        for key, (low, high) in held.items()
    }
    weights = mcda.weights({"cost": 1, "places": 0, "noise": 0}, "panel")
    changed = replace(problem, estimates={**problem.estimates, **estimates})
    found = mcda.fragility(changed, weights, "additive", "estimates")
    assert found.then_leads == "B" and found.exact
    assert lead_after(changed, weights, "additive", found.changes) == ("B",)


def test_a_cell_computed_from_shared_inputs_says_that_it_moves_alone(make_problem):
    """A price that two options share: the certificate moves one cost without the other, and tells its reader."""
    problem = make_problem(SMALL)
    price = mcda.Estimate("price", 0.5, 1.0, 1.5)

    def priced(problem, drawn):
        return drawn["price"] * drawn.along("cost", problem.options.index)

    criteria = tuple(
        replace(one, measure=priced) if one.key == "cost" else one for one in problem.criteria
    )
    shared = replace(problem, criteria=criteria, estimates={**problem.estimates, "price": price})
    weights = mcda.weights({"cost": 1, "places": 0, "noise": 0}, "panel")
    found = mcda.fragility(shared, weights, "additive", "estimates")
    assert found.changes["criterion"].tolist() == ["cost"] * len(found.changes) and len(
        found.changes
    )
    assert found.distance == pytest.approx(0.4, abs=1e-5), (
        "B's cost to the end of its range, A's by a hair"
    )
    told = "Cost of Option B is computed from inputs that options share ('price') and moves here by itself."
    assert told in found.notes
    assert found.finding.endswith(found.notes[-1])
    assert words.handover(shared, found, "plain").endswith("options share moves here by itself.")
    assert mcda.fragility(problem, weights, "additive", "estimates").notes == ()


@pytest.mark.slow
def test_the_edge_of_the_space_is_searched(ukraine_question):
    """Where the only changes lie along the edge of the holder's space, one is found that no draw of the space beats."""
    problem, holders = ukraine_question
    weights = holders["Washington"]
    found = mcda.fragility(problem, weights, "topsis", "weights", floors=True)
    stated = weights.steps["weights as stated"]
    points = stated["mode"].astype(float).copy()
    points[found.changes["criterion"]] = found.changes["after"].to_numpy(float)
    assert weights.space.contains(points[list(weights.space.tops)] / points.sum(), 1e-6)
    case = mcda.contest(problem, weights, "topsis", floors=True)
    drawn = pd.DataFrame(case.space.sample(100_000, seed=1), columns=case.weights.index)
    scores = case.scored(case.values.to_numpy(), drawn.to_numpy())
    heads = drawn.T.groupby(problem.top).sum().T
    flips = heads[(scores.argmax(axis=1) != case.leading.argmax())] * stated["mode"].sum()
    cost = ((flips - stated["mode"]).abs() / (stated["high"] - stated["low"])).sum(axis=1)
    assert len(flips) and 1.0 < found.distance < cost.min()


STRUCTURES = """structure,label,change,criterion,rationale
bare,Without seats,leave out,seats,Try
own,Without relief,leave out,relief,Try
"""


@pytest.mark.parametrize("structure", ["bare", "own"])
@pytest.mark.parametrize("move", ["weights", "joint"])
def test_a_structure_starts_where_its_weights_are(cooling, tmp_path, structure, move):
    """Left-out criteria carry no weight: the change told, ranked again in the structure, hands over the lead."""
    place = shutil.copytree(cooling, tmp_path / "q")
    (place / "structures.csv").write_text(STRUCTURES, encoding="utf-8")
    problem, holders = mcda.open_question(place)
    shaped = problem.structured(structure)
    for stated in holders.values():
        for method in ("additive", "topsis"):
            found = mcda.fragility(shaped, stated, method, move)
            leader = mcda.rank(shaped, stated, method).leaders
            assert leader == (found.leader,)
            assert found.distance > 0
            moved = found.changes[found.changes["kind"] == "weight"] if found.then_leads else ()
            if len(moved) and len(moved) == len(found.changes):
                points = stated.steps["weights as stated"]["mode"].astype(float)
                points[moved["criterion"]] = moved["threshold"].map(lambda one: one.first)
                after = mcda.rank(shaped, mcda.weights(points.to_dict(), "moved"), method)
                assert found.then_leads in after.leaders

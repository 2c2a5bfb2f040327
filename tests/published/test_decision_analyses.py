"""Published decision analyses with events come out: utilities, costs, risk profiles and dominance."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import Criterion, Estimate, Event, Frame, Loss, Problem, Scale
from mcda.problem.events.expected_losses import Priced

CASES = Path(__file__).parent / "events"
DAYS = 365


def case(name):
    """A case by the name of its file."""
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def asked(ids, criteria, numbers, events):
    """A question of fixed numbers, each as (number, unit)."""
    estimates = {
        key: Estimate(key, number, number, number, unit, "fixed")
        for key, (number, unit) in numbers.items()
    }
    options = pd.DataFrame({"label": [f"Option {one}" for one in ids]}, index=list(ids))
    return Problem("tree", Frame(), options, criteria, estimates, events=tuple(events))


# -- costs and utilities: two drugs against migraine ----------------------------------------------

EVANS = case("evans-1997")


def branches(inputs, option, relief):
    """Chance, cost beside the first dose, and utility of each way in which an attack may go."""
    again = inputs["no_recurrence"][option]
    emergency = (1 - relief) * inputs["emergency"]
    admitted = emergency * inputs["admitted"]
    costs = {
        "relief": 0.0,
        "recurrence": inputs["first_dose"][option],
        "endures": 0.0,
        "emergency": inputs["cost_emergency"],
        "admitted": inputs["cost_emergency"] + inputs["cost_admission"],
    }
    chances = {
        "relief": relief * again,
        "recurrence": relief * (1 - again),
        "endures": (1 - relief) * (1 - inputs["emergency"]),
        "emergency": emergency - admitted,
        "admitted": admitted,
    }
    return {name: (chances[name], costs[name], inputs["utility"][name]) for name in chances}


def migraine(relief_over_caffeine=None):
    """The two drugs; what happens is one of five events, each with a cost and a utility; a year is an attack."""
    inputs = EVANS["inputs"]
    relief = dict(inputs["relief"])
    if relief_over_caffeine is not None:
        relief["SUM"] = relief["CAF"] + relief_over_caffeine
    ids = list(relief)
    numbers = {f"cost/{one}": (inputs["first_dose"][one], "CAD a year") for one in ids}
    ways = {one: branches(inputs, one, relief[one]) for one in ids}
    events = []
    for name, utility in inputs["utility"].items():
        for one in ids:
            chance, cost, _ = ways[one][name]
            numbers[f"{name}/chance/{one}"] = (100 * chance, "percent")
            numbers[f"{name}/loss/{one}"] = (cost, "CAD")
        numbers[f"{name}/utility"] = (utility, "utility")
        losses = (
            Loss({one: f"{name}/loss/{one}" for one in ids}, "CAD"),
            Loss(dict.fromkeys(ids, f"{name}/utility"), "utility", "utility"),
        )
        chances = {one: f"{name}/chance/{one}" for one in ids}
        events.append(Event(name, chances, losses, years=1, group="attack"))
    money = Scale((100.0, 0.0), (0.0, 1.0))
    criteria = (
        Criterion("cost", unit="CAD a year", direction="min", scale=money, bill="yearly"),
        Criterion(
            "bill",
            unit="CAD a year",
            direction="min",
            scale=money,
            measure=Priced("expected_bill", "bill"),
        ),
        Criterion(
            "utility",
            unit="utility",
            direction="max",
            scale=Scale((0.0, 1.0), (0.0, 1.0)),
            measure=Priced("expected_loss", "utility"),
        ),
    )
    return asked(ids, criteria, numbers, events)


def ratio(problem):
    """What another year in full health costs: cost over utility, of a day's length."""
    table = problem.performance
    gap = table.loc["SUM"] - table.loc["CAF"]
    return DAYS * gap["bill"] / gap["utility"]


def test_expected_costs_and_utilities():
    """Those of the paper, as measures of the question and as its bills."""
    problem = migraine()
    within = EVANS["tolerance"]
    table = problem.performance
    for option, cost in EVANS["expected"]["cost"].items():
        assert table.loc[option, "bill"] == pytest.approx(cost, abs=within["cost"])
        utility = EVANS["expected"]["utility"][option]
        assert table.loc[option, "utility"] == pytest.approx(utility, abs=within["utility"])
    bills = mcda.consequences(problem, n=1).bills["bill"]
    assert (bills - table["bill"]).abs().max() < 1e-12


@pytest.mark.parametrize("path", list(EVANS["expected"]["paths"]))
def test_paths_of_the_tree(path):
    """Chance, share of the cost and share of the utility of two of the ten paths, as Box 2.3 has them."""
    known = EVANS["expected"]["paths"][path]
    within = EVANS["tolerance"]
    problem = migraine()
    losses = mcda.consequences(problem, n=1).losses
    rows = losses[(losses["event"] == known["event"]) & (losses["option"] == known["option"])]
    by_unit = rows.set_index("unit")
    assert by_unit["chance"].iloc[0] == pytest.approx(known["chance"], abs=within["chance"])
    first = problem.performance.loc[known["option"], "cost"]
    cost = by_unit.loc["CAD", "best"] + by_unit.loc["CAD", "chance"] * first
    assert cost == pytest.approx(known["cost"], abs=within["path_cost"])
    assert by_unit.loc["utility", "best"] == pytest.approx(known["utility"], abs=within["utility"])


def test_what_another_year_in_health_costs():
    """At the base case, and at both ends of the range of the difference in relief."""
    within = EVANS["tolerance"]["ratio"]
    known = EVANS["expected"]
    assert ratio(migraine()) == pytest.approx(known["per_quality_adjusted_year"], rel=within)
    for end, over in EVANS["inputs"]["relief_over_caffeine"].items():
        told = known["per_quality_adjusted_year_at"][end]
        assert ratio(migraine(over)) == pytest.approx(told, rel=within)


def test_the_price_decides_who_leads():
    """Whoever pays more for a year in health than it costs takes the dear drug; whoever pays less doesn't."""
    problem = migraine()
    costs = ratio(problem) / DAYS  # of one utility over a day
    for price, leader in ((1.01 * costs, "SUM"), (0.99 * costs, "CAF")):
        weights = mcda.weights({"cost": 0, "bill": 100, "utility": price}, "payer")
        assert mcda.rank(problem, weights, "additive").leaders == (leader,)


# -- risk profiles, certain equivalents and dominance: a bid ---------------------------------------

BID = case("mcnamee-celona-2001")


@pytest.fixture(scope="module")
def bids():
    """Four bids; what the competitor bids and what the work costs are nine events of which one happens."""
    inputs = BID["inputs"]
    numbers = {f"cost/{one}": (0.0, "USD thousand a year") for one in inputs["bids"]}
    events = []
    for at, (rival, cost) in enumerate(product(inputs["competitor"], inputs["cost"])):
        (first, other), (second, spent) = rival, cost
        for one, bid in inputs["bids"].items():
            gain = bid - spent if bid is not None and bid < other else 0.0
            numbers[f"way {at}/loss/{one}"] = (-gain, "USD thousand")
            # without a bid nothing happens
            chance = 0.0 if bid is None else 100 * first * second
            numbers[f"way {at}/chance/{one}"] = (chance, "percent")
        amounts = {one: f"way {at}/loss/{one}" for one in inputs["bids"]}
        chances = {one: f"way {at}/chance/{one}" for one in inputs["bids"]}
        events.append(Event(f"way {at}", chances, (Loss(amounts, "USD thousand"),), 1, group="bid"))
    scale = Scale((1000.0, -1000.0), (0.0, 1.0))
    cost = Criterion(
        "cost", unit="USD thousand a year", direction="min", scale=scale, bill="yearly"
    )
    problem = asked(inputs["bids"], (cost,), numbers, events)
    amounts = [-500, -300, -100, 0, 100, 300]  # all that a bid can bring, with its sign turned
    return mcda.consequences(problem, n=1, amounts=amounts)


def test_expected_values(bids):
    """A bill with its sign turned is a gain."""
    for option, value in BID["expected"]["value"].items():
        assert -bids.bills.loc[option, "bill"] == pytest.approx(
            value, abs=BID["tolerance"]["value"]
        )


def test_certain_equivalents_of_the_risk_profiles(bids):
    """The risk profile of each bid has the exponential utility of the book."""
    tolerance = BID["inputs"]["risk_tolerance"]
    amounts = bids.profiles.index.to_numpy()
    for option, told in BID["expected"]["certain_equivalent"].items():
        over = bids.profiles[option].to_numpy()
        chances = np.diff(1 - over, prepend=0.0)
        assert chances.sum() == pytest.approx(1)
        utility = (chances * np.exp(amounts / tolerance)).sum()
        equivalent = -tolerance * np.log(utility)
        assert equivalent == pytest.approx(told, abs=BID["tolerance"]["certain_equivalent"])


def test_dominance_in_the_first_order(bids):
    """A high bid is never worse than none; a low bid is never better than a medium one."""
    found = bids.dominance.to_numpy().tolist()
    assert sorted(found) == sorted(BID["by_hand"]["dominance"])

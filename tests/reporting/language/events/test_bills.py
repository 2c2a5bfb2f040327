"""Sentences about bills: options that tie are told together, and a bill without costs says so."""

from dataclasses import replace

import pandas as pd

import mcda
from mcda.problem.events.events import Event, Loss
from mcda.problem.value_scales import Scale
from mcda.reporting.language.events.bills import bill_sentences


def told(costs, *, bill="yearly"):
    """The finding on options with one chance and one loss, so that costs alone tell them apart."""
    ids = list(costs)
    numbers = {f"cost/{one}": (amount, "EUR m") for one, amount in costs.items()}
    numbers |= {"flood/chance": (10, "percent"), "flood/loss": (100, "EUR m")}
    estimates = {
        key: mcda.Estimate(key, one, one, one, unit) for key, (one, unit) in numbers.items()
    }
    chances = dict.fromkeys(ids, "flood/chance")
    flood = Event("flood", chances, (Loss(dict.fromkeys(ids, "flood/loss"), "EUR m"),), years=5)
    cost = mcda.Criterion(
        "cost", unit="EUR m per year", direction="min", scale=Scale((90, 0), (0, 1)), bill=bill
    )
    options = pd.DataFrame({"label": [f"Option {one}" for one in ids]}, index=ids)
    problem = mcda.Problem("dyke", mcda.Frame(), options, (cost,), estimates, events=(flood,))
    framed = replace(problem, frame=replace(problem.frame, baseline=ids[0]))
    return " ".join(bill_sentences(mcda.consequences(framed, n=50)))


def test_one_bill_is_lowest():
    """It alone is named, and the baseline's place counts those that are lower."""
    text = told({"A": 5.0, "B": 4.0, "C": 5.0})
    assert text.startswith("Option B has the lowest expected bill at the best estimates, 6 EUR m")
    assert "and 1 of the other 2 options have a lower one." in text


def test_bills_that_tie_are_told_together():
    """No option is first of several with one bill."""
    text = told({"A": 5.0, "B": 4.0, "C": 4.0})
    assert text.startswith("Option B and Option C have the lowest expected bill")


def test_one_option_has_no_others():
    """Nothing is said of others that there are none of."""
    text = told({"A": 5.0})
    assert "its bill is 7." in text and "other" not in text.split("By the draws")[0]


def test_a_bill_without_costs():
    """Where no criterion is a cost, the expected loss is all that a bill holds, and it says so."""
    said = "No criterion is marked as a cost in its column bill"
    assert said in told({"A": 5.0, "B": 4.0}, bill="")
    assert said not in told({"A": 5.0, "B": 4.0})

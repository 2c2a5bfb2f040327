"""Events made in Python: what they refuse, and what criteria make of them on draws and best estimates."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import Criterion, Estimate, Event, Frame, Loss, Problem, Scale
from mcda.problem.events.expected_losses import Priced
from mcda.problem.events.priced_twice import priced_twice

IDS = ("A", "B")
SCALE = Scale((100.0, 0.0), (0.0, 1.0))
PERCENT = Scale((100.0, 0.0), (0.0, 1.0))


def leaf(key, unit, **parts):
    """A leaf on which less is better."""
    return Criterion(key, unit=unit, direction="min", scale=SCALE, **parts)


def question(event, *criteria, **numbers):
    """A question of two options with one event, cells and shared estimates."""
    given = {"p": (0.1, 0.2, 0.4), "loss": (50, 100, 300)} | numbers
    estimates = {key: Estimate(key, *three, unit="share of 1") for key, three in given.items()}
    for one in criteria:
        if one.measure is None:
            for at, option in enumerate(IDS):
                key = f"{one.key}/{option}"
                estimates[key] = Estimate(key, 10 + at, 20 + 10 * at, 40 + 10 * at)
    options = pd.DataFrame({"label": ["One", "Two"]}, index=list(IDS))
    return Problem("p", Frame(), options, criteria, estimates, events=(event,))


def happening(chance="p", loss="loss", unit="EUR m", criterion="", **parts):
    """An event that is alike for both options."""
    losses = (Loss(dict.fromkeys(IDS, loss), unit, criterion),)
    return Event("fire", dict.fromkeys(IDS, chance), losses, **{"years": 10, **parts})


BILL = leaf("bill", "EUR m a year", measure=Priced("expected_bill", "bill"))
UPKEEP = leaf("upkeep", "EUR m a year", bill="yearly")
BUILD = leaf("build", "EUR m", bill="once")
RISK = leaf("risk", "percent")


def test_a_bill_is_the_same_code_for_one_and_many():
    """At the best estimates, and in every draw of what both options share."""
    asked = question(happening(), UPKEEP, BUILD, BILL)
    assert asked.performance["bill"].tolist() == pytest.approx([20 + 2 + 2, 30 + 3 + 2])
    draws = mcda.sample(asked, 300, 5)
    table = draws.performances()
    position = asked.position
    p, loss = (draws.numbers()[:, position[key]] for key in ("p", "loss"))
    expected = table[..., 0] + table[..., 1] / 10 + (p * loss / 10)[:, None]
    assert np.abs(table[..., 2] - expected).max() < 1e-12


def test_a_chance_by_formula_and_by_leaf():
    """A formula in percent, a leaf in percent, and an estimate may stand side by side."""
    event = Event(
        "fire",
        {"A": "risk", "B": lambda problem, drawn: 100 * drawn["p"]},
        (Loss(dict.fromkeys(IDS, "loss"), "EUR m"),),
        10,
    )
    asked = question(event, RISK, BILL)
    assert asked.performance["bill"].tolist() == pytest.approx([0.2 * 10, 0.2 * 10])


def test_a_formula_beyond_all_is_refused():
    """Never clipped."""
    event = happening(chance=lambda problem, drawn: np.array([50.0, 120.0]))
    with pytest.raises(mcda.InputError, match=r"'fire', chance for option 'B'.*found 120"):
        question(event, BILL)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"chance": "q"}, "event 'fire': chance.*found 'q'"),
        ({"chance": "loss"}, r"from 0 to 1.*'loss' from 50 to 300"),
        ({"loss": "harm"}, r"event 'fire', loss.*the key of an estimate, found 'harm'"),
        ({"unit": "USD m"}, r"found 'USD m'"),
        ({"years": 0}, r"years.*at least 1"),
        ({"years": 2.5}, r"years.*a whole number"),
    ],
)
def test_what_can_not_be_is_refused(parts, told):
    """With the event's name."""
    with pytest.raises(mcda.InputError, match=told):
        question(happening(**parts), UPKEEP, BILL)


def test_an_option_without_a_chance_is_refused():
    """Nothing is said of an event for which a chance is missing."""
    losses = (Loss(dict.fromkeys(IDS, "loss"), "EUR m"),)
    with pytest.raises(mcda.InputError, match="a chance for every option, found none for 'B'"):
        question(Event("fire", {"A": "p"}, losses, 10), UPKEEP, BILL)


def test_a_bill_is_no_part_of_itself():
    """A cost that is computed from events, and one that is paid once a year, are refused."""
    odd = leaf("odd", "EUR m a year", measure=Priced("expected_bill", "odd"), bill="yearly")
    with pytest.raises(mcda.InputError, match=r"criterion 'odd', bill.*a cost by itself"):
        question(happening(), odd)
    with pytest.raises(mcda.InputError, match=r"criterion 'build', unit.*paid once"):
        question(happening(), leaf("build", "EUR m a year", bill="once"), BILL)


def test_what_counts_twice_and_what_nowhere():
    """A weighed leaf that is the chance, or reads the same estimate, beside a bill; a sound question has none."""
    assert priced_twice(question(happening(), UPKEEP, BILL)).empty
    twice = priced_twice(question(happening("risk"), RISK, BILL))
    assert twice[["event", "leaf", "priced_in"]].to_numpy().tolist() == [["fire", "risk", "bill"]]
    same = leaf("danger", "percent", measure=lambda problem, drawn: 100 * drawn["p"])
    assert priced_twice(question(happening(), same, BILL))["leaf"].tolist() == ["danger"]
    nowhere = priced_twice(question(happening(), UPKEEP))
    assert nowhere["finding"].tolist() == ["no criterion is computed from it"]

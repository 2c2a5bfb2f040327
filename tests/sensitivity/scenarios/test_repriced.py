"""What is computed from events follows a future: its costs and chances change, so it is computed again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import Criterion, Estimate, Event, Frame, Loss, Problem, Scale
from mcda.files.question.optional_sheets.scenario_rows import COLUMNS
from mcda.problem.events.expected_losses import Priced
from mcda.problem.structures import Change, Structure
from mcda.sensitivity.events.bills_in_states import bills_in_states
from mcda.sensitivity.scenarios.scenarios import futures, performance_in

IDS = ["WALL", "NONE"]
MONEY = Scale((100.0, 0.0), (0.0, 1.0))
STATES = [
    ["RAIN", "Rain", "as now", 50, 60, 70, "", "ALL", "none", "", "", ""],
    ["RAIN", "Rain", "more", 30, 40, 50, "risk", "NONE", "mult", 1.5, 2, 3],
    ["RAIN", "Rain", "more", 30, 40, 50, "upkeep", "WALL", "add", 1, 3, 5],
    ["PRICE", "Prices", "as now", 50, 60, 70, "", "ALL", "none", "", "", ""],
    ["PRICE", "Prices", "high", 30, 40, 50, "upkeep", "ALL", "mult", 1, 2, 3],
]
PRICED = Structure(
    "priced",
    "The flood priced",
    (
        Change("measure", "upkeep", measure=Priced("expected_bill", "upkeep")),
        Change("leave out", "build"),
        Change("leave out", "risk"),
    ),
)


@pytest.fixture(scope="module")
def asked():
    """A wall or none against a flood, with two scenarios and a structure that prices the flood."""
    leaves = (
        Criterion("upkeep", unit="EUR m per year", direction="min", scale=MONEY, bill="yearly"),
        Criterion("build", unit="EUR m", direction="min", scale=MONEY, bill="once"),
        Criterion("risk", unit="percent", direction="min", scale=MONEY),
    )
    cells = {"upkeep": (4, 1), "build": (50, 0), "risk": (10, 60)}
    numbers = {"flood/loss": 200}
    for key, row in cells.items():
        numbers |= {f"{key}/{one}": at for one, at in zip(IDS, row, strict=True)}
    estimates = {
        key: Estimate(key, 0.8 * at, at, 1.2 * at, "percent" if "risk" in key else "EUR m")
        for key, at in numbers.items()
    }
    flood = Event(
        "flood", dict.fromkeys(IDS, "risk"), (Loss(dict.fromkeys(IDS, "flood/loss"), "EUR m"),), 10
    )
    options = pd.DataFrame({"label": ["Wall", "Nothing"]}, index=IDS)
    tables = {"scenarios": pd.DataFrame(STATES, columns=list(COLUMNS))}
    return Problem(
        "flood",
        Frame(),
        options,
        leaves,
        estimates,
        tables=tables,
        events=(flood,),
        structures=(PRICED,),
    )


def test_a_bill_in_a_future_is_made_of_what_changed(asked):
    """Costs and the chance that its structure leaves out change it; what lies beyond 100 percent is held there."""
    shaped = asked.structured("priced")
    assert shaped.performance["upkeep"].tolist() == pytest.approx([4 + 5 + 2, 1 + 12])
    rain = performance_in(shaped, {"RAIN": "more"})["upkeep"]
    assert rain.tolist() == pytest.approx([4 + 3 + 5 + 2, 1 + 20])  # 60 percent doubled is certain
    both = performance_in(shaped, {"RAIN": "more", "PRICE": "high"})["upkeep"]
    assert both.tolist() == pytest.approx([2 * 4 + 3 + 5 + 2, 2 * 1 + 20])


def test_a_future_without_effects_changes_nothing(asked):
    """The reference has the bills of the best estimates, and so has a draw its own."""
    shaped = asked.structured("priced")
    made = futures(shaped)
    draws = mcda.sample(shaped, 20, 1)
    rest = np.tile(made.reference, (20, 1))
    tables = draws.performances()
    assert np.allclose(made.performances(tables, rest, numbers=draws.numbers()), tables, atol=1e-12)
    wet = np.tile([1, 0], (20, 1))
    found = made.performances(tables, wet, numbers=draws.numbers())[..., 0]
    numbers = pd.DataFrame(draws.numbers(), columns=list(shaped.estimates))
    chance = np.minimum(2 * numbers["risk/NONE"], 100) / 100
    expected = numbers["upkeep/NONE"] + chance * numbers["flood/loss"] / 10
    assert found[:, 1] == pytest.approx(expected.to_numpy())


def test_the_stated_shape_is_as_before(asked):
    """Where nothing is priced, effects are on the leaves as they are written."""
    rain = performance_in(asked, {"RAIN": "more"})
    assert rain.loc["NONE"].tolist() == [1, 0, 120] and rain.loc["WALL"].tolist() == [7, 50, 10]


def test_bills_by_state(asked):
    """The same bills as tables: of the stated question, and of one in which they are a measure."""
    table = bills_in_states(asked).set_index(["state", "option"])["bill"]
    assert table["more"].tolist() == pytest.approx([4 + 3 + 5 + 2, 1 + 20])
    assert table["high"].tolist() == pytest.approx([2 * 4 + 5 + 2, 2 * 1 + 12])
    assert "as now" not in table.index
    again = bills_in_states(asked.structured("priced")).set_index(["state", "option"])["bill"]
    assert again.equals(table)
    assert bills_in_states(replace(asked, tables={})).empty


def test_a_future_touches_an_option_that_may_fail(asked):
    """The bill of what happens otherwise changes with it, and so does the chance that it comes about."""
    law = Criterion("law", unit="percent", direction="max", scale=Scale((0.0, 100.0), (0.0, 1.0)))
    cells = {f"law/{one}": Estimate(f"law/{one}", 40, 50, 60, "percent") for one in IDS}
    dry = [["LAW", "Courts", "as now", 50, 60, 70, "", "ALL", "none", "", "", ""]]
    dry += [["LAW", "Courts", "quick", 30, 40, 50, "law", "WALL", "add", 10, 30, 40]]
    chance = Change("chance", "law", fallback="NONE")
    question = replace(
        asked,
        criteria=(*asked.criteria, law),
        estimates={**asked.estimates, **cells},
        tables={"scenarios": pd.DataFrame([*STATES, *dry], columns=list(COLUMNS))},
        structures=(replace(PRICED, changes=(*PRICED.changes, chance)),),
    )
    shaped = question.structured("priced")
    rain = performance_in(shaped, {"RAIN": "more"})
    assert rain["upkeep otherwise"].tolist() == pytest.approx([21, 21])
    table = bills_in_states(shaped).set_index(["state", "option"])["bill"]
    assert table["quick", "WALL"] == pytest.approx(0.8 * 11 + 0.2 * 13)
    assert table["more", "WALL"] == pytest.approx(0.5 * 14 + 0.5 * 21)

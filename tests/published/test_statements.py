"""Robust ordinal regression beside published relations: a paper's example, and a service of Decision Deck."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

FOLDER = Path(__file__).parent / "statements"
MANAGERS = json.loads((FOLDER / "greco-2012.json").read_text(encoding="utf-8"))
CARS = json.loads((FOLDER / "roruta-cars.json").read_text(encoding="utf-8"))
UTA = json.loads((FOLDER / "uta-1982.json").read_text(encoding="utf-8"))
DECIDERS = ("d1", "d2")


def question(case, ends=None):
    """The case as a question; ends, by column, where they aren't the worst and the best number."""
    table = pd.DataFrame(case["performances"], case["alternatives"], dtype=float)
    table.columns = [f"g{at + 1}" for at in range(table.shape[1])]
    ways = dict(zip(table.columns, case.get("directions", ["max"] * table.shape[1]), strict=True))
    anchors = {}
    for column, way in ways.items():
        low, high = (table[column].min(), table[column].max())
        anchors[column] = ends or ((low, high) if way == "max" else (high, low))
    return mcda.problem_from(table, directions=ways, anchors=anchors, accept="all")


@pytest.mark.parametrize("decider", DECIDERS)
@pytest.mark.parametrize("round_", ["first", "second"])
def test_sales_managers(round_, decider):
    """Of 15 candidates on 3 criteria, each of 225 pairs: necessary, possible, or not even that.

    Left out are five cells of the second table: four contradict the comparisons beside it, and one
    seems to have changed places with one of these, as the file says.
    """
    said = [mcda.OptionOver(*pair) for pair in MANAGERS["comparisons"][round_][decider]]
    found = mcda.following(question(MANAGERS, (0.0, 100.0)), said, "open")
    shown = np.where(found.necessary, "N", np.where(found.possible, "P", "*"))
    place = DECIDERS.index(decider)
    expected = np.array([[cell[place] for cell in row] for row in MANAGERS["relations"][round_]])
    names = MANAGERS["alternatives"]
    misprints = [one for one in MANAGERS["misprints"] if one[:2] == [round_, decider]]
    for _, _, row, column, _ in misprints:
        at = names.index(row), names.index(column)
        expected[at] = shown[at]
    assert len(misprints) <= 4
    assert shown.tolist() == expected.tolist()


def test_misprints_contradict_what_is_said_beside_them():
    """Second round, d2: IX over VIII over XI and II is said, and VI dominates VIII."""
    said = MANAGERS["comparisons"]["second"]["d2"]
    assert [pair in said for pair in (["IX", "VIII"], ["VIII", "XI"], ["VIII", "II"])] == [True] * 3
    rows = dict(zip(MANAGERS["alternatives"], MANAGERS["performances"], strict=True))
    assert (np.array(rows["VI"]) >= np.array(rows["VIII"])).all()


def test_cars():
    """Nine cars on eight criteria, twelve comparisons: the necessary relation of the service."""
    said = [mcda.OptionOver(*pair) for pair in CARS["comparisons"]]
    necessary = mcda.following(question(CARS), said, "open").necessary
    found = {
        row: [str(one) for one in necessary.columns[necessary.loc[row]]]
        for row in CARS["necessary"]
    }
    assert found == CARS["necessary"]


def test_the_order_of_uta():
    """Ten cars on six criteria, in the order of the deciders: additive values represent it without error."""
    names = UTA["alternatives"]
    said = [mcda.OptionOver(*pair) for pair in pairwise(names)]
    problem = question(UTA)
    assert mcda.statement_conflict(problem, said, "open") is None
    found = mcda.following(problem, said, "open")
    assert found.representative["rank"].tolist() == list(range(1, 11))
    assert found.necessary.to_numpy().tolist() == np.triu(np.ones((10, 10), dtype=bool)).tolist()

"""The figure of who leads in which shape: its cells are counts, and its text says them to those who can't see."""

from dataclasses import replace

import pandas as pd
import pytest

import mcda
from mcda.problem.structures import Change, Structure
from mcda.reporting import figures
from mcda.sensitivity.structure.by_structure import leaders_by_structure


@pytest.fixture
def drawn(make_problem):
    """The small question in three shapes for two holders, and its figure."""
    shapes = (
        Structure(
            "quiet", "Noise alone", (Change("leave out", "money"), Change("leave out", "places"))
        ),
        Structure("cheap", "Money alone", (Change("leave out", "people"),)),
    )
    problem = replace(make_problem(), structures=shapes)
    holders = {
        name: mcda.weights({"money": money, "people": 100 - money}, name)
        for name, money in (("payer", 90), ("giver", 10))
    }
    table = leaders_by_structure(problem, holders, {"places": 50.0})
    return problem, table, figures.shapes_led(problem, table)


def test_cells_count_holders(drawn):
    """Each cell has two counts; a shape without the minimum's measure has no row behind it."""
    _, table, axes = drawn
    behind = table[table["side"] == "behind"]["structure"].unique()
    assert list(behind) == ["as stated"]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == ["As stated", "Noise alone", "Money alone", "As stated"]
    cheap = [text.get_text() for text in axes.texts if text.get_position()[1] == 2]
    assert cheap == ["2 | 2"]


def test_the_title_counts_who_leads(drawn):
    """On each side of the minimum; the alternative text has every row."""
    axes = drawn[2]
    title = axes.get_title(loc="left").replace("\n", " ")
    assert title.startswith("Over 3 shapes of the question the lead goes to")
    assert "without the minimum and to" in title
    told = figures.alternative(axes)
    assert "Money alone, without the minimum: Option A 2 and 2" in told
    assert figures.svg(axes) == figures.svg(axes)


def test_without_a_minimum_there_is_one_block(drawn):
    """And no word of a minimum in what it says."""
    problem, table, _ = drawn
    axes = figures.shapes_led(problem, table[table["side"] == "without"])
    assert "minimum" not in axes.get_title(loc="left")
    assert len(axes.get_yticklabels()) == 3


def test_a_tie_counts_for_each(make_problem):
    """Options that lead level are both counted."""
    problem = make_problem({"A": (10, 60, 20), "B": (10, 60, 20), "C": (70, 60, 90)})
    table = pd.DataFrame(
        [
            ["as stated", "As stated", "x", method, "without", "A, B"]
            for method in ("additive", "topsis")
        ],
        columns=["structure", "label", "holder", "method", "side", "leaders"],
    )
    axes = figures.shapes_led(problem, table)
    assert [text.get_text() for text in axes.texts] == ["1 | 1", "1 | 1"]

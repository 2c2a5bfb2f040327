"""Figures of events show the numbers of their tables, and say what they found."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import Criterion, Estimate, Event, Frame, Loss, Problem, Scale
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.sensitivity.events.break_evens import bills_over_losses
from mcda.sentences.catalogue import languages

CELLS = {"cost/WALL": 3, "cost/DYKE": 5, "cost/NONE": 0}
CHANCES = {"flood/chance/WALL": 10, "flood/chance/DYKE": 5, "flood/chance/NONE": 40}


def question(baseline="NONE", *, own=False, loss=(100, 200, 400)):
    """A wall, a dyke or nothing against a flood, with one loss for all, or each option's own."""
    names = [key.partition("/")[2] for key in CELLS]
    numbers = {key: (at, at, at) for key, at in (CELLS | CHANCES).items()}
    keys = {one: f"flood/loss/{one}" if own else "flood/loss" for one in names}
    numbers |= dict.fromkeys(keys.values(), loss)
    estimates = {
        key: Estimate(key, *three, "percent" if "chance" in key else "EUR m")
        for key, three in numbers.items()
    }
    cost = Criterion(
        "cost",
        unit="EUR m a year",
        direction="min",
        scale=Scale((10.0, 0.0), (0.0, 1.0)),
        bill="yearly",
    )
    options = pd.DataFrame({"label": [name.title() for name in names]}, index=names)
    chances = {one: f"flood/chance/{one}" for one in names}
    flood = Event("flood", chances, (Loss(keys, "EUR m"),), years=10, label="A flood")
    return Problem("p", Frame(baseline=baseline), options, (cost,), estimates, events=(flood,))


def line_of(axes, name):
    """The line of an option."""
    return next(line for line in axes.get_lines() if line.get_label() == name)


def test_profiles_are_those_of_the_table():
    """A line an option; the title has the amount at which the baseline differs most."""
    found = mcda.consequences(question(), n=500, amounts=[0, 2, 10, 20, 40])
    axes = figures.risk_profiles(found)
    for option, name in found.problem.labels.items():
        line = line_of(axes, name)
        assert line.get_ydata() == pytest.approx(100 * found.profiles[option].to_numpy())
    title = axes.get_title(loc="left").replace("\n", " ")
    assert title == (
        "The bill of None is over 10 EUR m a year in 40% of draws and events, that of Dyke in 5%."
    )
    assert "Wall 10%; Dyke 5%; None 40%" in figures.alternative(axes)
    assert figures.svg(axes) == figures.svg(axes)


@pytest.mark.parametrize("language", languages())
def test_the_name_of_the_upright_axis_fits_it(language, ukraine_question):
    """In every language, over the key of eleven options: it would else run into the title."""
    found = mcda.consequences(ukraine_question[0], n=50)
    with words.language(language):
        for draw in (figures.risk_profiles, figures.bills_by_loss):
            axes = draw(found)
            axes.figure.canvas.draw()
            name = axes.yaxis.label.get_window_extent()
            assert name.height <= axes.get_window_extent().height


def test_bills_cross_at_break_even_losses():
    """Lines from no loss to its high, and a dot where the baseline's crosses another's."""
    found = mcda.consequences(question(), n=50)
    axes = figures.bills_by_loss(found)
    wall = line_of(axes, "Wall")
    sizes = np.asarray(wall.get_xdata())
    assert (sizes[0], sizes[-1]) == (0, 400)
    assert wall.get_ydata() == pytest.approx(3 + 0.1 * sizes / 10)
    dots = sorted(line.get_xdata()[0] for line in axes.get_lines() if line.get_marker() == "o")
    assert dots == pytest.approx([3 / 0.03, 5 / 0.035])
    title = axes.get_title(loc="left").replace("\n", " ")
    assert title == (
        "At a loss of 200 EUR m, 2 of the other 2 options have a lower expected bill than None."
    )
    assert "Wall 3 and 5" in figures.alternative(axes)


def test_without_a_baseline_the_lowest_is_told():
    """And nothing is compared with what isn't there."""
    found = mcda.consequences(question(""), n=50, amounts=[0, 10])
    title = figures.bills_by_loss(found).get_title(loc="left").replace("\n", " ")
    assert title == "At a loss of 200 EUR m, Wall has the lowest expected bill."
    assert figures.risk_profiles(found).get_title(loc="left").startswith("The bill of")


def test_a_loss_without_a_range_is_drawn_beyond_it():
    """To twice its size, so that there is a line."""
    found = mcda.consequences(question(loss=(200, 200, 200)), n=2)
    assert line_of(figures.bills_by_loss(found), "Wall").get_xdata()[-1] == 400


def test_losses_of_their_own_have_no_common_size():
    """The figure says what it needs; so does the table behind it."""
    found = mcda.consequences(question(own=True), n=2)
    with pytest.raises(mcda.NotApplicable, match="one loss in money for all options, found none"):
        figures.bills_by_loss(found)
    with pytest.raises(mcda.NotApplicable, match="event 'flood'"):
        bills_over_losses(found.problem, found.problem.events[0], np.array([1.0]))

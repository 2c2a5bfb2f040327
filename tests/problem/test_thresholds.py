"""A threshold holds at the number it prints: it is rounded past the change, and what is shown was tried."""

import math

import pytest

from mcda.problem.thresholds import Threshold, past, threshold
from mcda.reporting.language import turning


def above(switch, strict=False):
    """An answer that changes where a number reaches, or passes, a switch."""
    return lambda number: "B" if (number > switch if strict else number >= switch) else ""


def below(switch, strict=False):
    return lambda number: "B" if (number < switch if strict else number <= switch) else ""


@pytest.mark.parametrize(
    ("now", "beyond", "answer", "end", "expected", "before"),
    [
        (32, math.nextafter(30, 0), below(30, strict=True), 0, "falls just below 30", "32"),
        (25, 30, above(30), 100, "rises to 30", "25"),
        (25, math.nextafter(30, 99), above(30, strict=True), 100, "rises just above 30", "25"),
        (40, 30, below(30), 0, "falls to 30", "40"),
        (25, 32.4030172, above(32.4030172), 100, "rises to 32.5", "25"),
        (25, 32.4030172, above(32.4030172), 32.45, "rises to 32.41", "25"),
        (20, 11.5763891, below(11.5763891), 0, "falls to 11.5", "20"),
        (-3, -7.1230172, below(-7.1230172), -100, "falls to -7.13", "-3"),
        (5, -1e-17, below(0, strict=True), -1, "falls just below 0", "5"),
        (0, 5e-324, above(0, strict=True), 40, "rises just above 0", "0"),
        (0.0, 0.0318410172, above(0.0318410172), 1, "rises to 0.0319", "0"),
        (61_234.7, 60_000.4731, below(60_000.4731), 0, "falls to 60,000", "61,235"),
        (32.08, 32.09, above(32.09), 40, "rises to 32.09", "32.08"),
        (30.0, math.nextafter(30, 99), above(30, strict=True), 40, "rises just above 30", "30"),
        (32, 28.157, below(28.157), 0, "falls to 28.157", "32"),
    ],
)
def test_it_is_printed_past_the_switch(now, beyond, answer, end, expected, before):
    """Stated numbers in full with their relation, others rounded away, never past the end, never the present value."""
    found = threshold(float(now), float(beyond), answer, float(end))
    assert (str(found), found.before) == (expected, before)
    assert answer(found.first) == found.then == "B"
    assert "just" not in found.relation or answer(found.number) == ""
    assert float(found.shown.replace(",", "")) == found.number
    assert turning(found) == expected  # a report says it in the same words


def test_more_digits_where_another_answer_follows_at_once():
    """B leads from 32.4030172 to 32.46 and C beyond: the number printed gives B."""
    found = threshold(
        25.0, 32.4030172, lambda x: "" if x < 32.4030172 else "B" if x < 32.46 else "C", 40.0, "B"
    )
    assert (str(found), found.then) == ("rises to 32.41", "B")


def test_a_window_too_narrow_to_print_names_who_leads_at_the_number():
    """B leads for a billionth: what is printed is where C leads, and says so."""
    found = threshold(
        25.0,
        32.4030172,
        lambda x: "" if x < 32.4030172 else "B" if x < 32.4030172 + 1e-9 else "C",
        40.0,
        "B",
    )
    assert (str(found), found.then) == ("rises to 32.5", "C")


def test_numbers_that_move_together_hold_together():
    """Each is rounded away from where it stands, inside its own range, with as many digits as the answer needs."""
    found = past(
        [10, 5], [12.3404, 3.3339], [20, 3.333], lambda at: "B" if at[0] - at[1] > 9 else "", "B"
    )
    assert [str(one) for one in found] == ["rises to 12.4", "falls to 3.333"]
    assert found[1] == Threshold(3.333, "falls to", "3.333", "5", "B")


@pytest.mark.parametrize(
    ("end", "answer", "expected"),
    [
        (9.264705882352942, below(9.264705882352942), "falls to 9.26"),
        (9.267058823529411, below(9.28), "falls to 9.27"),
        (9.267058823529411, below(9.267058823529411), "falls to 9.26"),
        (9.26705, below(9.26705), "falls to 9.26705"),
    ],
    ids=["rounded past it", "rounded before it", "too short of it", "stated"],
)
def test_an_end_that_nobody_stated_is_printed_as_readers_see_it(end, answer, expected):
    """An end of a range that was computed has three digits, as beside its number, and still gives the answer."""
    found = past([14.7, 5], [end, 7.1234], [end, 20], lambda at: answer(at[0]), "B")
    assert [str(one) for one in found] == [expected, "rises to 7.13"]
    assert answer(found[0].number) == "B"

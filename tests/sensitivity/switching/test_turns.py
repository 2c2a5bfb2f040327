"""Where the lead changes hands on a path: neighbouring doubles, the way to them, and a number that holds as printed."""

import math

import numpy as np
import pytest

from mcda.sampling.bisection import HALVES, SECTIONS
from mcda.sensitivity.switching.turns import first_turn


def changes_at(edge, falls=False):
    """Return who leads in place of the present leader: "B" from an edge on, upwards or downwards."""
    return lambda numbers: [
        "B" if (number <= edge if falls else number >= edge) else "" for number in numbers
    ]


@pytest.mark.parametrize("sections", [HALVES, SECTIONS])
@pytest.mark.parametrize(
    ("end", "edge", "told"),
    [(20.0, 15.0432109876, "rises to 15.1"), (0.0, 5.0432109876, "falls to 5.04")],
)
def test_a_change_is_narrowed_to_neighbouring_doubles(end, edge, told, sections):
    """Before it nobody else leads, at the next double B does; what is printed is rounded past it."""
    now, falls = 10.0, end < 10
    path = np.linspace(now, end, 5)
    instead = changes_at(edge, falls)
    turn = first_turn(path, instead(path), instead, sections)
    assert turn.beyond == edge and turn.inside == math.nextafter(edge, now)
    assert turn.way == pytest.approx(abs(edge - now)) and str(turn.threshold) == told
    assert turn.threshold.then == "B" and turn.threshold.before == "10"


@pytest.mark.parametrize(
    ("end", "edge", "limit"), [(20.0, 15.0432109876, 15.05), (0.0, 4.9612345678, 4.9605)]
)
def test_a_change_inside_a_range_is_printed_inside_it(end, edge, limit):
    """Rounded past the change but not past the end of the range, where without one it has fewer digits."""
    path, instead = np.array([10.0, end]), changes_at(edge, end < 10)
    free, held = (first_turn(path, instead(path), instead, limit=at) for at in (None, limit))
    assert (
        abs(free.threshold.number - 10)
        > abs(limit - 10)
        >= abs(held.threshold.number - 10)
        >= abs(edge - 10)
    )
    beyond = first_turn(path, instead(path), instead, limit=10.0)
    assert beyond.threshold == free.threshold, "a change beyond the range is rounded as one without"


def test_where_nobody_takes_over_there_is_no_change():
    """Nor is one told of a path whose start alone has another leader."""
    path = np.array([10.0, 20.0])
    assert first_turn(path, ["", ""], changes_at(30.0)) is None
    assert first_turn(path, ["B", ""], changes_at(30.0)) is None


@pytest.mark.parametrize(("end", "edge"), [(20.0, 15.0432109876), (0.0, 5.0432109876)])
def test_who_leads_past_a_tie_is_told(end, edge):
    """For the last bits after the change two lead together: named is who leads alone a step further."""
    sign = 1 if end > 10 else -1

    def instead(numbers):
        past = [sign * (number - edge) for number in numbers]
        return ["" if by < 0 else "B, C" if by < 1e-9 else "C" for by in past]

    path = np.array([10.0, end])
    turn = first_turn(path, instead(path), instead)
    assert turn.beyond == edge and turn.threshold.then == "C"


def test_nothing_is_printed_past_the_end_of_the_path():
    """Also where the stated range goes further: numbers past the end were not looked at."""
    path, instead = np.array([10.0, 15.05]), changes_at(15.0432109876)
    turn = first_turn(path, instead(path), instead, limit=20.0)
    assert 15.0432109876 <= turn.threshold.number <= 15.05

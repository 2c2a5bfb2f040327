"""How a picture and the letters around it share the room of a figure."""

import pytest
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mcda.reporting.figures.drawing.canvas import STYLE
from mcda.reporting.figures.drawing.layout import FREE, Filling

LONG = "a name of many letters for a row"


@pytest.fixture(autouse=True)
def _style():
    with rc_context(STYLE):
        yield


def _figure(layout, *, key=False, wide=6.0):
    figure = Figure(figsize=(wide, 3.0), layout=layout)
    axes = figure.subplots()
    axes.barh([0, 1, 2], [0.2, 0.9, 1.0], label="bars")
    axes.set_yticks([0, 1, 2], [LONG, "B", "C"])
    axes.set_xlabel("what the bars show")
    axes.set_title("what was found")
    if key:
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return figure


def test_the_letters_end_where_room_is_kept_free():
    figure = _figure(Filling(beside=0.1, above=0.2))
    figure.get_layout_engine().execute(figure)
    around = figure.get_tightbbox()
    assert around.x0 == pytest.approx(0.1, abs=0.02)
    assert around.x1 == pytest.approx(6.0 - 0.1, abs=0.02)
    assert around.y0 == pytest.approx(0.2, abs=0.02)
    assert around.y1 == pytest.approx(3.0 - 0.2, abs=0.02)


@pytest.mark.parametrize("key", [False, True])
def test_the_axes_lie_where_the_engine_of_matplotlib_puts_them(key):
    ours = _figure(Filling(), key=key)
    theirs = _figure("constrained", key=key)
    for figure in (ours, theirs):
        figure.get_layout_engine().execute(figure)
    places = [figure.axes[0].get_position().extents for figure in (ours, theirs)]
    assert places[0] == pytest.approx(places[1], abs=FREE / 3)


@pytest.mark.parametrize(("key", "times"), [(False, 1), (True, 2)])
def test_letters_are_measured_once_and_beside_a_key_once_more(monkeypatch, key, times):
    measured = []
    measure = Axes.get_tightbbox
    monkeypatch.setattr(
        Axes, "get_tightbbox", lambda *given, **more: measured.append(1) or measure(*given, **more)
    )
    figure = _figure(Filling(), key=key)
    figure.get_layout_engine().execute(figure)
    assert len(measured) == times


def test_axes_for_which_the_letters_leave_no_room_stay():
    figure = _figure(Filling(), wide=1.0)
    before = figure.axes[0].get_position().extents
    figure.get_layout_engine().execute(figure)
    assert figure.axes[0].get_position().extents == pytest.approx(before)

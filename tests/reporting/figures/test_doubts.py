"""Figures of what an answer hangs on: each says what it found, with an alternative text, the same at every save."""

from dataclasses import replace

import pytest
from matplotlib.text import Text

import mcda
from mcda.reporting import figures


@pytest.fixture(scope="module")
def challenged():
    """The small question, challenged for one holder."""
    from pathlib import Path

    folder = Path(__file__).parents[2] / "questions" / "cooling_centre"
    problem = mcda.read_problem(folder)
    holders = mcda.read_perspectives(folder, problem)
    weights = next(iter(holders.values()))
    return (
        problem,
        weights,
        mcda.challenge(problem, weights, "additive", n=300, seed=0, holders=holders),
    )


def drawn(problem, weights, found):
    """Every figure of this file."""
    kinds = {
        "together": found["smallest change"],
        "weights alone": found["smallest change of weights"],
    }
    runs = mcda.Run(problem, weights, "additive"), mcda.Run(problem, weights, "topsis", floors=True)
    yield figures.switching_scores(problem, found["switching scores"])
    yield figures.smallest_change(problem, kinds)
    yield figures.floor_steps(problem, found["floors"])
    yield figures.reversals(problem, {"additive": found["rank reversal"]})
    yield figures.variance_shares(problem, found["multiverse"])
    yield figures.failing_box(problem, found["discovery"])
    yield figures.explained_lead(problem, mcda.diff(*runs))


def test_each_tells_its_finding_and_repeats(challenged):
    """A title, a longer alternative text, and the same bytes again."""
    for first, again in zip(drawn(*challenged), drawn(*challenged), strict=True):
        title = first.get_title(loc="left").replace("\n", " ").rstrip("…")
        assert len(title) > 20 and figures.alternative(first).startswith(title[:20])
        assert len(figures.alternative(first)) > len(title)
        assert figures.svg(first) == figures.svg(again)


def test_no_change_at_all_is_drawn_too(make_problem):
    """A lead that nothing takes: no row, and the title says so."""
    safe = make_problem({"A": (10, 90, 10), "B": (80, 30, 70)})
    never = mcda.fragility(safe, mcda.equal_weights(safe), "additive", "estimates")
    axes = figures.smallest_change(safe, {"performances": never})
    assert axes.get_title(loc="left").startswith(
        "No change found inside the stated ranges takes the lead"
    )


def test_a_long_finding_is_wrapped_and_not_cut(challenged):
    """A title of several lines is all there, and inside the figure."""
    problem, _, found = challenged
    told = replace(
        found["discovery"], finding="It fails most where one thing or another is so. " * 8
    )
    axes = figures.failing_box(problem, told)
    title = axes.get_title(loc="left")
    assert " ".join(title.split()) == told.finding.strip() and title.count("\n") >= 3
    tops = [text.get_window_extent().y1 for text in axes.findobj(Text) if text.get_text() == title]
    assert tops and max(tops) <= axes.figure.bbox.y1 + 1

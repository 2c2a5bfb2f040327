"""What a reader sees of draws: names for keys, percent for shares, nothing that isn't nothing told as nothing."""

import pytest

import mcda
from mcda.reporting.notebooks import brief, how_sure


@pytest.fixture(scope="module")
def ukraine(ukraine_question):
    """The question, its draws, and Paris's robustness without the floor and with it."""
    problem, holders = ukraine_question
    draws = mcda.sample(problem, 300, 1)
    return (
        problem,
        draws,
        *(
            mcda.robustness(draws, holders["Paris"], "topsis", floors=floor)
            for floor in (None, True)
        ),
    )


def test_shares_are_told_in_percent_the_most_frequent_first(ukraine):
    """As they are in the result; an option is told by its name."""
    problem, _, robust, _ = ukraine
    table = how_sure.first_places(problem, robust).data
    found = robust.first_rank["acceptability"].sort_values(ascending=False, kind="stable")
    shares = [float(told.strip("<>%")) for told in table["first in"]]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == round(100 * found.iloc[0])
    assert str(table.index[0]).startswith(problem.short[found.index[0]])
    assert set(table["settled"]) <= {"yes", "no"}
    assert not any(
        told == "0%" for told, share in zip(table["first in"], found, strict=True) if share > 0
    )


def test_a_floor_is_told_by_its_name_and_height(ukraine):
    """One floor, one column."""
    problem, _, _, screened = ukraine
    table = how_sure.floors_passed(problem, screened).data
    assert list(table.columns) == ["Deterrent effect at 30"]
    assert len(table) == len(problem.options)


def test_what_moves_together_has_its_names_and_reason(ukraine, cooling_question):
    """Or a sentence, where nothing does."""
    problem = ukraine[0]
    table = how_sure.together(problem).data
    assert table.index[0] == "Deterrent effect and Chance of a renewed large Russian attack"
    assert table["why"].str.len().min() > 20
    nothing = how_sure.together(cooling_question[0])
    assert isinstance(nothing, brief.Text) and "no estimates" in nothing


def test_one_draw_names_its_estimates(ukraine):
    """What was drawn is what the draw holds."""
    _, draws, _, _ = ukraine
    table = how_sure.one_draw(draws, 7, most=3)
    assert table.data.index[0] == "Deployed strength in Ukraine, Arms and training only"
    assert float(table.data["drawn"].iloc[1]) == pytest.approx(
        draws.show(7).estimates["drawn"].iloc[1], abs=0.06
    )
    assert "Draw 7 of seed 1" in table.caption


def test_every_holder_has_a_column_and_an_option_never_first_says_so(ukraine):
    """Of the same draws; central weights that are undefined give no share."""
    problem, _, robust, screened = ukraine
    assert list(how_sure.every_holder(problem, {"Paris": robust, "P2": robust}).data.columns) == [
        "Paris",
        "P2",
    ]
    assert "never first" in how_sure.confidence(problem, robust).data["confidence factor"].tolist()
    assert len(how_sure.confidence(problem, screened).data) == len(screened.confidence_factors)

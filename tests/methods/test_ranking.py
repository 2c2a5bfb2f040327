"""A ranking names its method and holder, shows its working, and calls a tie a tie."""

import numpy as np
import pytest

import mcda
from mcda.methods.ranking import repeats

PANEL = {"cost": 2.0, "places": 2.0, "noise": 1.0}


@pytest.fixture
def panel():
    """Weights on the leaves of the shelter question."""
    return mcda.weights(PANEL, holder="panel")


def test_a_ranking_on_a_table_made_by_hand(shelter, panel):
    """Additive scores are the weighted values; ranks and bands follow; the baseline is marked."""
    ranking = mcda.rank(shelter, panel, "additive")
    assert ranking.table["score"].round(6).to_dict() == {"A": 0.64, "B": 0.64, "C": 0.54}
    assert ranking.table["rank"].to_dict() == {"A": 1, "B": 1, "C": 3}
    assert ranking.table["band"].to_dict() == {"A": 1, "B": 1, "C": 2}
    assert ranking.leaders == ("A", "B") and ranking.table.loc["A", "baseline"]


def test_the_method_has_no_default(shelter, panel):
    """Which method ranks is a choice that the reader must see."""
    with pytest.raises(mcda.InputError, match="method: expected one of 'additive'"):
        mcda.rank(shelter, panel)


@pytest.mark.parametrize("method", ["topsy", "wsm", "pymcdm:NoSuch", "", None])
def test_an_unknown_method_is_answered_with_the_known_ones(shelter, panel, method):
    """The error names what was asked for and lists what there is."""
    with pytest.raises(mcda.InputError, match="expected one of"):
        mcda.rank(shelter, panel, method)


def test_any_function_of_values_and_weights_is_a_method(shelter, panel):
    """A caller's own method is a function; what isn't a score is refused by the option's name."""
    ranking = mcda.rank(shelter, panel, lambda values, weights: values.min(axis=-1))
    assert ranking.table["rank"].to_dict() == {"A": 1, "C": 1, "B": 3}
    with pytest.raises(
        mcda.InputError, match="score of 'A' by method '<lambda>': expected a finite number"
    ):
        mcda.rank(shelter, panel, lambda values, weights: values[:, 0] * np.nan)
    with pytest.raises(mcda.InputError, match="expected 3, one for each option"):
        mcda.rank(shelter, panel, lambda values, weights: values)


def test_a_floor_excludes_before_scoring_and_says_why(shelter, panel):
    """The excluded option has no rank; the others keep their scores; the reason stands beside it."""
    without, screened = (
        mcda.rank(shelter, panel, "topsis"),
        mcda.rank(shelter, panel, "topsis", floors=True),
    )
    assert (
        list(screened.excluded.index) == ["A"]
        and "below the minimum of 50" in screened.excluded.loc["A", "reason"]
    )
    assert (
        screened.table["score"].to_dict()
        == without.table.loc[screened.table.index, "score"].to_dict()
    )
    assert screened.floors == {"places": 50.0}


def test_the_working_is_shown(shelter, panel):
    """Every table between the evidence and the score is there, labelled, and leads to the score."""
    ranking = mcda.rank(shelter, panel, "topsis")
    steps = ranking.steps
    assert {"performance", "values", "weights", "weighted values", "distances", "score"} <= set(
        steps
    )
    gaps = steps["distances"]
    closeness = gaps["distance to anti-ideal"] / gaps.sum(axis=1)
    assert np.allclose(closeness, ranking.table["score"].loc[closeness.index])


def test_ahp_uses_the_holders_pairwise_judgements(shelter):
    """Where pairs were judged, AHP weighs by them and states the consistency ratio with its table."""
    judged = mcda.ahp(
        mcda.Judgements(["money", "people"], {("money", "people"): 3}), holder="panel"
    )
    stated = mcda.weights({"money": 1, "people": 1}, holder="panel", pairwise=judged)
    ranking = mcda.rank(shelter, stated, "ahp")
    assert ranking.weights.values["cost"] == pytest.approx(0.75)
    assert any("consistency ratio 0.000 (Saaty 1980, n = 2)" in note for note in ranking.notes)
    assert mcda.rank(shelter, stated, "additive").weights.values["cost"] == pytest.approx(0.5)


def test_ahp_weights_rank_at_once(shelter):
    """Weights made by AHP over the heads are spread and ranked without another step."""
    judged = mcda.ahp(
        mcda.Judgements(["money", "people"], {("money", "people"): 3}), holder="panel"
    )
    assert mcda.rank(shelter, judged, "additive").weights.values.round(4).to_dict() == {
        "cost": 0.75,
        "places": 0.1875,
        "noise": 0.0625,
    }


def test_a_cell_beyond_its_anchors_is_a_note(make_problem, panel):
    """Holding a performance at the end of its scale is never silent."""
    problem = make_problem({"A": (120, 30, 20), "B": (40, 90, 80)})
    assert any(
        "A on 'Cost' (120) lies beyond the end of its scale" in note
        for note in mcda.rank(problem, panel, "additive").notes
    )


def test_methods_stand_side_by_side(shelter, panel):
    """A comparison has a column of ranks for each method, and a blank for an excluded option."""
    table = mcda.compare(
        shelter, panel, methods=["additive", "topsis", "ahp", "pymcdm:VIKOR"], floors={"places": 50}
    )
    assert list(table.columns) == [
        "label",
        "additive",
        "topsis (anchored, p = 2)",
        "ahp:ratings",
        "pymcdm:VIKOR",
    ]
    assert table.loc["A"].isna().sum() == 4


def test_contributions_say_where_a_lead_comes_from(shelter, panel):
    """A leads B on cost and noise and loses on places."""
    table = mcda.contributions(shelter, panel, "A", "C")
    assert table["contribution"].round(3).to_dict() == {
        "cost": 0.24,
        "places": -0.12,
        "noise": -0.02,
    }
    with pytest.raises(mcda.InputError, match="found 'Z'"):
        mcda.contributions(shelter, panel, "A", "Z")
    with pytest.raises(
        mcda.InputError, match="options: expected two different ones, found 'A' twice"
    ):
        mcda.contributions(shelter, panel, "A", "A")


def test_a_ranking_shows_itself_with_names_escaped(make_problem, panel):
    """The table in a notebook names method and holder and never becomes markup."""
    problem = make_problem()
    problem.options["label"] = ["<script>", "B", "C"]
    shown = mcda.rank(problem, panel, "topsis")._repr_html_()
    assert "&lt;script&gt;" in shown and "panel" in shown and "topsis" in shown


def test_what_a_ranking_notes_of_its_method_and_weights(shelter):
    """A method that compares options says so; weights given under other anchors are stale, in the notes too."""
    given = mcda.weights({"money": 1, "people": 1}, "panel", anchors={"cost": (90.0, 0.0)})
    with pytest.warns(mcda.AssumptionWarning, match="stale"):
        ranking = mcda.rank(shelter, given, "vikor")
    assert any("stale: given for 'cost' from 90 to 0" in note for note in ranking.notes)
    assert any(
        "VIKOR" not in note and "scores compare options with each other" in note
        for note in ranking.notes
    )
    for mode in ("ahp:ideal", "ahp:distributive"):
        assert any(
            "adding or dropping one can reverse the others" in note
            for note in mcda.rank(shelter, mcda.equal_weights(shelter), mode).notes
        )
    plain = mcda.rank(shelter, mcda.equal_weights(shelter), "ahp")
    assert not any(
        "reverse" in note or "compare options" in note or "stale" in note for note in plain.notes
    )


def test_weighted_values_are_products(shelter, panel):
    """Their sums over criteria are the additive scores."""
    ranking = mcda.rank(shelter, panel, "additive")
    weighted = ranking.steps["weighted values"]
    np.testing.assert_allclose(
        weighted, ranking.steps["values"] * ranking.weights.values, rtol=1e-15
    )
    np.testing.assert_allclose(weighted.sum(axis=1), ranking.steps["score"]["score"], rtol=1e-12)


def test_a_ranking_repeats_another_of_its_form_within_a_band(shelter):
    """AHP's ratings beside the weighted sum: one answer where no score is a band apart, two otherwise."""

    def judged(ratio):
        pairs = mcda.ahp(
            mcda.Judgements(["money", "people"], {("money", "people"): ratio}), holder="panel"
        )
        return mcda.weights({"money": 1, "people": 1}, holder="panel", pairwise=pairs)

    for ratio, once_more in ((1, True), (1.02, True), (9, False)):
        both = [mcda.rank(shelter, judged(ratio), method) for method in ("ahp", "additive")]
        apart = (both[0].table["score"] - both[1].table["score"]).abs().max()
        assert (apart < 0.02) == once_more and repeats(*both) == once_more
    assert not repeats(
        *[mcda.rank(shelter, judged(1), method) for method in ("topsis", "additive")]
    )


def test_contributions_are_of_a_question_and_two_options(shelter, panel):
    """What is no question, and an option against itself, are refused."""
    with pytest.raises(mcda.InputError, match="question: expected"):
        mcda.contributions("shelter", panel, "A", "B")
    with pytest.raises(mcda.InputError, match="two different ones, found 'A' twice"):
        mcda.contributions(shelter, panel, "A", "A")


def test_a_band_of_0_holds_ties_alone(shelter, panel):
    """It is allowed; less is not."""
    assert mcda.rank(shelter, panel, "topsis", band=0).table["band"].tolist() == [1, 2, 3]
    with pytest.raises(mcda.InputError, match="band: expected a finite number of at least 0"):
        mcda.rank(shelter, panel, "topsis", band=-0.01)


def test_methods_to_compare_stand_in_a_list(shelter, panel):
    """One name alone is not several."""
    with pytest.raises(
        mcda.InputError, match="methods: expected several in a list, found 'topsis'"
    ):
        mcda.compare(shelter, panel, "topsis")

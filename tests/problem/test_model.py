"""A question is put together once, and every fault of it is told at once."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda import Criterion, Estimate, Frame, InputError, Scale


def test_judged_cells_make_the_performance_table(shelter):
    """Performance holds the modes in natural units, values the same on 0-1 scales."""
    assert shelter.performance.loc["B"].tolist() == [40, 90, 80]
    assert shelter.values.loc["B"].round(3).tolist() == [0.6, 0.9, 0.2]
    assert [leaf.key for leaf in shelter.leaves] == ["cost", "places", "noise"]
    assert [head.key for head in shelter.heads] == ["money", "people"]


def test_the_best_estimate_is_the_case_of_one_draw(shelter):
    """Many draws and one draw go through the same code and give the same numbers."""
    many = np.stack([shelter.modes, shelter.modes + 1])
    assert shelter.measured(many).shape == (2, 3, 3)
    assert np.array_equal(shelter.measured(many)[0], shelter.performance.to_numpy())


def test_a_formula_sees_shared_estimates_and_options(make_problem):
    """A measure multiplies a shared estimate with a judged leaf; its inputs are those of its own option only."""
    base = make_problem()
    cost = Criterion(
        "upkeep",
        "money",
        "Upkeep",
        "EUR m",
        "min",
        scale=Scale((500.0, 0.0), (0.0, 1.0)),
        measure=lambda problem, drawn: drawn["rate"] * drawn.along("places", problem.options.index),
    )
    problem = make_problem(
        criteria=(*base.criteria, cost),
        estimates={**base.estimates, "rate": Estimate("rate", 1, 2, 3)},
    )
    assert problem.performance["upkeep"].tolist() == [60, 180, 120]
    assert [estimate.key for estimate in problem.inputs("upkeep", "B")] == ["places/B", "rate"]


def test_every_fault_of_a_question_is_told_at_once(make_problem):
    """Doubled labels, an unknown parent, a bare criterion and an unknown baseline come in one error."""
    options = pd.DataFrame({"label": ["Same", "Same", "C"]}, index=["A", "B", "C"])
    criteria = (*make_problem().criteria, Criterion("lonely", parent="nowhere", label="Lonely"))
    with pytest.raises(InputError) as error:
        make_problem(options=options, criteria=criteria, frame=Frame(baseline="Z"))
    told = str(error.value)
    for part in (
        "'Same' a second time",
        "baseline: expected one of",
        "'lonely', parent",
        "a scale with anchors, or children",
    ):
        assert part in told


def test_a_criterion_is_no_ancestor_of_itself(make_problem):
    """Two heads that are each other's parents are refused."""
    scale = Scale((0.0, 1.0), (0.0, 1.0))
    leaf = Criterion("cost", "a", "Cost", "EUR", "max", scale=scale)
    with pytest.raises(InputError, match="its own ancestor"):
        make_problem(criteria=(Criterion("a", "b", "A"), Criterion("b", "a", "B"), leaf))


def test_an_unknown_source_is_named(make_problem):
    """An estimate can't lean on a source that isn't there."""
    base = make_problem()
    with pytest.raises(
        InputError, match="'cost/A', sources: expected ids of known sources, found 'S9'"
    ):
        make_problem(
            estimates={**base.estimates, "cost/A": Estimate("cost/A", 1, 2, 3, sources=("S9",))}
        )


def test_a_measure_that_gives_no_number_is_caught(make_problem):
    """An infinite performance never reaches a score."""
    bad = Criterion(
        "x",
        label="X",
        direction="max",
        scale=Scale((0.0, 1.0), (0.0, 1.0)),
        measure=lambda problem, drawn: drawn.along("cost", problem.options.index) * np.inf,
    )
    with pytest.raises(
        InputError, match="option 'A', criterion 'x': expected a finite number, found inf"
    ):
        make_problem(criteria=(*make_problem().criteria, bad))


def test_a_direction_that_contradicts_the_anchors_is_refused():
    """Anchors that fall say that less is better."""
    with pytest.raises(InputError, match='direction: expected "min", as its anchors run'):
        Criterion("cost", label="Cost", direction="max", scale=Scale((10.0, 0.0), (0.0, 1.0)))


def test_keeping_some_options_changes_nothing_about_them(shelter):
    """A question with fewer options has the same rows; an unknown option is named."""
    kept = shelter.keep(["C", "B"])
    assert kept.values.loc["B"].equals(shelter.values.loc["B"])
    assert kept.frame.baseline == ""
    with pytest.raises(InputError, match="found 'Z'"):
        shelter.keep(["Z"])


def test_a_question_shows_itself_with_names_escaped(make_problem):
    """In a notebook a question is its performance table; a name never becomes markup."""
    options = pd.DataFrame({"label": ["<b>A</b>", "B", "C"]}, index=["A", "B", "C"])
    shown = make_problem(options=options)._repr_html_()
    assert "&lt;b&gt;A" in shown and "EUR m" in shown


def test_an_option_may_have_a_short_name(make_problem):
    """Sentences use it, ranking tables keep the label; where it is blank, or two are alike, the label serves."""
    labels = pd.DataFrame(
        {"label": ["Roof of glass and steel", "Cellar"], "short": ["Roof", ""]}, index=["A", "B"]
    )
    problem = make_problem({"A": (10, 30, 20), "B": (40, 90, 80)}, options=labels)
    assert problem.short.tolist() == ["Roof", "Cellar"]
    weights = mcda.weights({"money": 3, "people": 1}, "panel")
    assert mcda.switching_weights(problem, weights, "additive").finding.startswith("Roof leads")
    assert (
        mcda.rank(problem, weights, "additive").table.loc["A", "label"] == "Roof of glass and steel"
    )
    alike = make_problem(
        {"A": (10, 30, 20), "B": (40, 90, 80)}, options=labels.assign(short="Roof")
    )
    assert alike.short.tolist() == alike.labels.tolist()
    assert make_problem().short.equals(make_problem().labels.rename("short"))


def test_one_walk_up_the_tree_and_one_down(make_problem):
    """From a leaf to its top, and from a head to what lies right below it."""
    problem = make_problem()
    assert problem.path("noise") == ("noise", "people") and problem.path("money") == ("money",)
    assert [one.key for one in problem.children("people")] == ["places", "noise"]
    assert [one.key for one in problem.children("")] == ["money", "people"]
    assert problem.top("noise") == "people" and problem.children("noise") == []


def test_an_estimate_says_whose_it_is(make_problem):
    """A part of its key is an option; what no option is part of is shared."""
    problem = make_problem()
    assert problem.owners("cost/A") == {"A"} and problem.owners("unit_cost") == set()
    assert [one.key for one in problem.inputs("cost", "B")] == ["cost/B"]


def test_an_option_whose_id_is_its_name_is_named_once():
    """As the rows of a bare table are."""
    table = pd.DataFrame({"cost": [3.0, 4.0]}, index=["Nord", "S"])
    problem = mcda.problem_from(
        table, directions={"cost": "min"}, labels={"S": "Süd"}, accept="all"
    )
    assert [problem.name_of(option) for option in ("Nord", "S")] == ["Nord", "Süd"]

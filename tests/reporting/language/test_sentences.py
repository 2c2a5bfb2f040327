"""Sentences follow their numbers: another result gives another sentence."""

from dataclasses import replace

import pandas as pd
import pytest

import mcda
from mcda.holders.answers import every_answer
from mcda.problem.screening import failures
from mcda.reporting import language as words


@pytest.fixture
def rankings(make_problem):
    """One ranking of the shelter question for each of two holders."""
    problem = make_problem()
    cheap = mcda.weights({"money": 9, "people": 1}, "Treasurer")
    kind = mcda.weights({"money": 1, "people": 9}, "Visitors")
    return problem, [mcda.rank(problem, stated, "additive") for stated in (cheap, kind)]


def test_a_number_in_prose_has_the_digits_that_count():
    """No powers of ten, no minus zero, no tail of zeros."""
    told = {
        0: "0",
        -1e-9: "0",
        7.352: "7.35",
        70.576: "70.6",
        1234.5: "1235",
        -0.5: "-0.5",
        100: "100",
        0.126: "0.13",
        0.0426: "0.043",
        -0.00042: "-0.00042",
    }
    assert {number: words.figure(number) for number in told} == told


def test_lists_read_as_sentences():
    """None, one, two, three."""
    assert [words.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_leaders_are_counted(rankings):
    """The most frequent leader comes first; the baseline is marked."""
    problem, found = rankings
    told = words.leads(problem, found)
    assert "By the weighted sum: " in told
    assert "Option A leads for 1 of 2 holders" in told
    assert "Option B leads for 1 of 2 holders" in told


def test_the_baseline_is_told_plainly(rankings, make_problem):
    """How often it leads, also where it never does; nothing is said where none is marked."""
    problem, found = rankings
    assert words.without_action(problem, found, "at noon") == (
        "The baseline, Option A, leads in 1 of 2 combinations of holder and method, at noon."
    )
    assert "leads in none of 1 combination" in words.without_action(problem, found[1:], "at noon")
    assert words.without_action(make_problem(frame=mcda.Frame()), found, "at noon") == ""


def test_a_tie_is_told_as_a_tie(make_problem):
    """Two options with the same score lead together."""
    problem = make_problem(cells={"A": (10, 30, 20), "B": (10, 30, 20)})
    with pytest.warns(mcda.AssumptionWarning):
        mcda.topsis([[1, 2], [1, 3]], [1, 1], ["max", "max"])
    ranking = mcda.rank(problem, mcda.weights({"money": 1, "people": 1}, "x"), "additive")
    assert "Option A and Option B tie by the weights of x" in words.leads(problem, [ranking])


def test_a_lead_within_the_band_is_no_finding(make_problem):
    """The sentence counts rankings whose leader shares its band."""
    problem = make_problem(cells={"A": (10, 30, 20), "B": (11, 30, 20)})
    ranking = mcda.rank(problem, mcda.weights({"money": 1, "people": 1}, "x"), "additive")
    assert words.within_band([ranking], "at noon").startswith(
        "In 1 of 1 ranking, at noon, the first two options are too close to call (less than 0.02"
    )
    assert words.within_band(
        [mcda.rank(problem, ranking.weights, "additive", band=0.001)], "at noon"
    ).startswith("In none of 1 ranking, at noon, are")


def test_floors_and_exclusions_are_told_with_their_numbers(make_problem):
    """Which floor, in which unit; which options fail it, and by what."""
    problem = make_problem()
    weights = mcda.weights({"money": 1, "people": 1}, "x")
    assert (
        words.floors_told(problem, {"places": 50, "cost": 90})
        == "Places at least 50 beds and Cost at most 90 EUR m"
    )
    screened = mcda.rank(problem, weights, "additive", floors=True)
    assert (
        words.excluded(problem, screened.excluded)
        == "The minimum excludes 1 of 3 options: Option A at 30 on Places."
    )
    assert (
        words.excluded(problem, mcda.rank(problem, weights, "additive").excluded)
        == "The minimum excludes no option."
    )


def test_a_floor_holds_as_it_is_told(make_problem):
    """With all its digits, beside a performance that fails it with as many as tell the two apart."""
    problem = make_problem({"A": (50, 60.0006, 50), "B": (0, 60.0004, 0)})
    floors = {"places": 60.0005}
    assert words.floors_told(problem, floors) == "Places at least 60.0005 beds"
    gone = failures(problem, floors)
    assert words.excluded(problem, gone).endswith("Option B at 60.0004 on Places.")
    assert gone.loc["B", "reason"] == "Places of 60.0004 beds is below the minimum of 60.0005"
    close = failures(problem, {"places": 60.0004000001})
    assert close.loc["B", "reason"].endswith(
        "of 60.0004 beds is below the minimum of 60.0004000001"
    )
    proposed = replace(
        mcda.floor_curve(problem, mcda.equal_weights(problem), "additive", "places"),
        proposed=60.0005,
    )
    assert words.floor_steps(problem, proposed).endswith("Proposed is 60.0005.")


def test_why_names_gains_and_losses_by_head(make_problem):
    """What the lead is made of, in points; the parts sum to it."""
    problem = make_problem()
    weights = mcda.weights({"money": 1, "people": 1}, "x")
    told = words.why(problem, mcda.contributions(problem, weights, "B", "A"), "B", "A")
    assert told.startswith("Option B scores ")
    assert "gains on People" in told and "loses on Money" in told
    same = make_problem(cells={"A": (10, 30, 20), "B": (10, 30, 20)})
    told = words.why(same, mcda.contributions(same, weights, "A", "B"), "A", "B")
    assert told == "Option A and Option B score the same by the weighted sum."


def test_dominance_is_told(make_problem):
    """By ids; or that there is none."""
    problem = make_problem(cells={"A": (10, 90, 20), "B": (40, 30, 80)})
    assert (
        words.dominance(mcda.dominance(problem))
        == "A dominates B (at least as good on every measure, better on one)."
    )
    assert words.dominance(mcda.dominance(make_problem())).startswith("No option is dominated")


def test_methods_that_disagree_are_told_by_holder(make_problem):
    """Which holders' leader depends on the method."""
    problem = make_problem()
    answers = every_answer(problem, [mcda.equal_weights(problem)])
    by_holder = {holder: [each.without for each in found] for holder, found in answers.items()}
    same = {holder: found[:1] for holder, found in by_holder.items()}
    assert (
        words.disagreement_of_methods(same, "at noon")
        == "The methods agree on the leader with equal weights, at noon."
    )
    mixed = {
        "x": [
            mcda.rank(problem, mcda.weights({"money": part, "people": 10 - part}, "x"), "additive")
            for part in (1, 9)
        ]
    }
    assert (
        words.disagreement_of_methods(mixed, "s")
        == "For 1 of 1 holder another method would put another option first, s: x."
    )


def test_coverage_and_disagreements_count(make_problem):
    """By kind, and without a source; nothing derived can disagree, so nothing is said of it."""
    found = mcda.check(make_problem())
    assert (
        words.coverage(found)
        == "The performance table has 9 numbers: 9 judgements. Without a source: 9."
    )
    assert words.disagreements(found) == ""
    assert isinstance(found.coverage, pd.DataFrame)


def test_methods_have_their_names_in_prose():
    """Settings are kept; an unknown method keeps its own name."""
    assert words.method_name("ahp:ideal") == "AHP in ideal mode"
    assert words.method_name("pymcdm:VIKOR") == "pymcdm:VIKOR"

"""What to watch and what is worth knowing: a number that isn't clear of 0, or a lead that nothing takes, is told so."""

from types import SimpleNamespace

import pandas as pd
import pytest

import mcda
from mcda.reporting import language as words
from mcda.reporting.document.computed import information
from mcda.reporting.document.watch import signposts
from mcda.reporting.study import analysis
from mcda.reporting.study.study import Settings, Study
from mcda.sensitivity.information.expected_value import Worth


@pytest.mark.parametrize(
    ("number", "error", "expected"),
    [
        (0.00023, 0.0003, "less than 0.00082"),
        (0.0, 0.0003, "less than 0.00059"),
        (0.0, 0.0, "0"),
        (0.1, 0.0, "0.10"),
        (0.0042, 0.0006, "0.0042 (give or take 0.001)"),
        (0.00196, 0.001, "less than 0.004"),
        (0.00197, 0.001, "0.0020 (give or take 0.002)"),
        (-0.1, 0.01, "less than 0.02"),
    ],
)
def test_an_estimate_is_above_zero_only_where_its_error_says_so(number, error, expected):
    """By more than 1.96 standard errors."""
    assert words.estimated(number, error) == expected


def known(*rows):
    """What each estimate is worth: number, standard error."""
    table = pd.DataFrame(
        rows, columns=["worth", "standard_error"], index=[f"cost/{at}" for at in range(len(rows))]
    )
    table["kind"], table["change"], table["label"] = "estimate", 0.3, "Cost"
    return table


def found(table, evpi=0.02, error=0.001):
    whole = Worth(evpi, error, 1_000, 0.4, ("A",))
    about = {
        "draws": 1_000,
        "holder": "Treasurer",
        "drawn": ("facts",),
        "held_because": {"weights": "no range"},
    }
    return SimpleNamespace(evpi=whole, table=table, choices=("A",), **about)


def test_what_is_worth_knowing_is_told_at_its_boundaries(make_problem):
    """The largest that is clear of 0; none that is; the best in every draw."""
    problem = make_problem()
    clear = words.worth_of_information(
        problem, found(known((0.01, 0.02), (0.004, 0.0006), (0.0, 0.0001)))
    )
    drawn = "1,000 draws of facts, with weights held as stated, without ranges"
    worth = "is worth 0.020 (give or take 0.002) of score"
    assert f"would change the choice in 40% of {drawn} and {worth}" in clear[0]
    assert clear[1].startswith(
        "As far as 1,000 draws can tell, 1 of 3 estimates would be worth knowing, each by itself, "
    )
    assert (
        "most of all Cost, 1. To know it would change the choice in 30% of draws and " in clear[1]
    )
    assert "is worth 0.0040" in clear[1]
    assert clear[1].endswith("Each of the others is worth less than 0.022."), (
        "no more than the EVPI"
    )
    none = words.worth_of_information(problem, found(known((0.00023, 0.0003), (0.0, 0.0001))))[1]
    assert none.endswith("each is worth less than 0.00082, as far as 1,000 draws can tell.")
    only = words.worth_of_information(problem, found(known((0.004, 0.0006))))[1]
    assert only.startswith(
        "Each of 1 estimate taken alone is worth more than nothing; most of all Cost, 0"
    )
    nothing = words.worth_of_information(problem, found(known((0.0, 0.0001)), evpi=0.0))
    assert (
        nothing[0].endswith("To know more is worth less than 0.002 points of score.")
        and len(nothing) == 1
    )
    assert words.worth_of_information(problem, found(known()))[1].startswith(
        "No single estimate varies"
    )


def test_the_challenge_never_tells_noise_as_worth(make_problem):
    """The same rule in its own sentence."""
    problem = make_problem(cells={"A": (10, 90, 20), "B": (11, 90, 20)})
    told = mcda.value_of_information(
        mcda.sample(problem, 200, 0), mcda.weights({"money": 1, "people": 1}, "x"), "additive"
    )
    single = told.table.iloc[0]
    assert ("give or take" in told.finding) == (single["worth"] > 1.96 * single["standard_error"])


@pytest.fixture
def watched(make_problem):
    """Two options close to each other, and what turns the lead of the first."""
    problem = make_problem(cells={"A": (10, 90, 20), "B": (12, 90, 20)})
    return problem, mcda.switching_estimates(
        problem, mcda.weights({"money": 1, "people": 1}, "x"), "additive"
    )


def test_a_signpost_says_where_and_on_which_side(watched):
    """The nearest by the share of its own range; the table has them in the same order."""
    problem, switches = watched
    told = words.signposts(problem, switches, "without a minimum")
    assert " Moved alone, 5 of 6 estimates change that inside their own range." in told
    assert (
        "way there (20%) is Cost, Option A: if it rises to 12.1 (EUR m; now 10), Option B" in told
    )
    table = words.flips(switches)
    assert table["way"].is_monotonic_increasing and table["way"].between(0, 1).all()
    assert {words.turning(turn) for turn in table["threshold"]} == {
        str(turn) for turn in table["threshold"]
    }
    assert {words.turning(turn).split()[0] for turn in table["threshold"]} == {"rises", "falls"}


def test_nothing_to_watch_and_a_tie_are_told(make_problem):
    """A lead that nothing takes; two that tie."""
    weights = mcda.weights({"money": 1, "people": 1}, "x")
    safe = make_problem(cells={"A": (10, 90, 20), "B": (70, 10, 80)})
    none = words.signposts(
        safe, mcda.switching_estimates(safe, weights, "additive"), "without a minimum"
    )
    assert none.endswith("leads wherever any one of 6 estimates lies in its range.")
    even = make_problem(cells={"A": (10, 90, 20), "B": (10, 90, 20)})
    tie = words.signposts(
        even, mcda.switching_estimates(even, weights, "additive"), "without a minimum"
    )
    assert "Option A and Option B tie to begin with" in tie


def test_one_option_alone_has_nothing_to_watch(make_problem):
    """As where a floor leaves one: no lead over nobody moves."""
    problem, weights = (
        make_problem(cells={"A": (10, 90, 20)}),
        mcda.weights({"money": 1, "people": 1}, "x"),
    )
    found = mcda.switching_estimates(problem, weights, "additive")
    assert (found.table["swing"] == 0).all() and found.table["switch"].isna().all()


def test_a_report_has_signposts_for_each_side_of_the_floor(make_problem):
    """Without draws they are told as not computed."""
    holders = {"x": mcda.weights({"money": 1, "people": 1}, "x")}
    told, absent = (
        signposts(Study(make_problem(), holders, Settings(draws=draws, seed=1)))["blocks"]
        for draws in (100, 0)
    )
    first, second = next(block["items"] for block in told if block["is"] == "list")
    assert "without a minimum" in first and "with the minimum" in second
    assert next(block for block in told if block["is"] == "table")["rows"]
    assert "were not computed" in absent[0]["text"]


def test_what_to_find_out_rests_on_all_draws_of_a_report(make_problem, monkeypatch):
    """The section takes the report's number of draws and says it; what ranks anew for every draw takes fewer."""
    monkeypatch.setattr(analysis, "MOST_TRIED", 50)
    holders = {"x": mcda.weights({"money": 1, "people": 1}, "x")}
    study = Study(
        make_problem(cells={"A": (10, 90, 20), "B": (12, 90, 20)}),
        holders,
        Settings(draws=400, seed=1),
    )
    assert (
        study.analysis.challenge_result("value of information").draws == 400
        and study.analysis.challenge_result("discovery").draws == 50
    )
    assert "from 400 draws" in str(information(study)["blocks"])


def test_where_nothing_has_a_range_no_count_of_nothing_is_told(make_problem):
    """Not "wherever any one of 0 estimates lies in its range"."""
    table = make_problem().performance
    ways = dict.fromkeys(table.columns, "max")
    problem = mcda.problem_from(table, accept="all", directions=ways)
    found = mcda.switching_estimates(problem, mcda.equal_weights(problem), "additive")
    told = words.signposts(problem, found, "at the best estimates")
    assert not len(found.table)
    assert "No estimate has a range" in told and "0 estimates" not in told

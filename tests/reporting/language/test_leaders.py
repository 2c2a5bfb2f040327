"""One leader a report; where the best estimates, first places and mean scores name different ones, all are named."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.cli import main
from mcda.commands import challenge as challenge_command
from mcda.commands import robust as robust_command
from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words
from mcda.reporting.document import computed, results
from mcda.reporting.document.opening import findings
from mcda.reporting.document.pictures import explorer
from mcda.reporting.study.study import Settings, Study

THREE = {"A": (10, 60, 20), "B": (20, 60, 20), "C": (30, 60, 20)}
APART = {"A": (90, 100, 100), "B": (80, 60, 20), "C": (30, 30, 10)}


def drawn(*rows):
    """The indices of scores given draw by draw: how often, and the scores of A, B and C."""
    scores = np.repeat([row[1:] for row in rows], [row[0] for row in rows], axis=0)
    return mcda.acceptability(pd.DataFrame(scores, columns=list("ABC")))


DIFFER = drawn((60, 0.5, 0.6, 0.0), (40, 0.5, 0.6, 2.0))


def test_all_who_lead_by_one_count_or_another_are_named_in_one_sentence(make_problem):
    """A at the best estimates; B first in 60 of 100 draws; C, often last, with the highest mean."""
    told = words.leaders_apart(make_problem(THREE), "x", words.leaders_by_count(("A",), DIFFER))
    assert told == (
        "By the weights of x it depends on the count who leads: Option A at the best estimates, Option B by first "
        "places (60% of draws, against 0%) and Option C by mean score."
    )
    told = words.leaders_apart(make_problem(THREE), "x", words.leaders_by_count(("B",), DIFFER))
    assert (
        "Option B at the best estimates and by first places (60% of draws) and Option C by mean score."
        in told
    )
    told = words.leaders_apart(make_problem(THREE), "x", words.leaders_by_count(("C",), DIFFER))
    assert (
        "Option C at the best estimates and by mean score and Option B by first places (60% of draws, "
        in told
    )


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        (("A",), drawn((60, 0.7, 0.6, 0.0), (40, 0.5, 0.6, 0.1))),
        (("A",), drawn((501, 0.7, 0.6, 0.0), (499, 0.5, 0.6, 0.1))),
        (("A", "B"), drawn((60, 0.5, 0.7, 0.0), (40, 0.5, 0.1, 0.0))),
    ],
)
def test_where_every_count_names_the_leader_nothing_is_added(make_problem, stated, found):
    """Also where two shares are shown as the same number, and where one of two that tie leads by each count."""
    assert (
        words.leaders_apart(make_problem(THREE), "x", words.leaders_by_count(stated, found)) == ""
    )


def test_a_share_that_is_shown_alike_names_nobody_else():
    """50.1 and 49.9% are both 50%: neither is first more often, by the numbers that are told."""
    assert words.leaders_by_count(
        ("B",), drawn((501, 0.7, 0.6, 0.0), (499, 0.5, 0.6, 0.1))
    ).often == ("A", "B")


def test_without_draws_there_is_no_other_count():
    """Shares that are not defined name nobody."""
    nothing = SimpleNamespace(
        first_rank=pd.DataFrame({"acceptability": [np.nan] * 2}, ["A", "B"]),
        scores=pd.DataFrame({"mean": [0.2, 0.3]}, ["A", "B"]),
    )
    assert words.leaders_by_count(("A",), nothing).agree


def test_the_first_page_names_the_holders_for_whom_a_count_differs(make_problem):
    """In one sentence for all of them."""
    problem = make_problem(THREE)
    rankings = {
        name: mcda.rank(problem, mcda.weights({"money": 1, "people": 1}, name), "additive")
        for name in "xy"
    }
    found = {"x": DIFFER, "y": drawn((1, 0.9, 0.1, 0.0))}
    told = words.leaders_apart_across(problem, rankings, found)
    assert told.startswith(
        "For 1 of 2 holders it depends on the count who leads: Option A at the best estimates, "
    )
    assert told.endswith("and Option C by mean score, for x.")
    assert words.leaders_apart_across(problem, rankings, {"y": found["y"]}) == ""


@pytest.fixture
def study(make_problem):
    """A question whose leader behind the floor depends on the method."""
    stated = mcda.weights({"money": 7, "people": 3}, "x")
    return Study(make_problem(cells=APART), {"x": stated}, Settings(draws=200, seed=1))


def test_what_is_explained_is_the_leader_that_the_headline_names(study):
    """By the method that leads; the weighted sum, which takes the lead apart, names its own first where it differs."""
    behind = study.analysis.leading_answers["x"].behind.leaders
    by_sum = study.analysis.weighted_sum.behind.leaders
    assert behind != by_sum and study.analysis.weighted_sum.behind.form == "weighted sum"
    section = results.why(study)
    told = next(block for block in section["blocks"] if block["is"] == "list")["items"]
    first, second = study.analysis.leading_answers["x"].behind.table.index[:2]
    assert any(f"Option {first} scores" in one and f"than Option {second}" in one for one in told)
    assert f"By the weighted sum, with the minimum, the first is Option {by_sum[0]}." in told
    assert "by TOPSIS (anchored, p = 2)" in section["blocks"][0]["text"]
    assert f"then Option {behind[0]} leads" in findings.leaders(study)[1]


def test_a_lead_that_the_weighted_sum_reverses_is_not_told_as_a_gain(make_problem):
    """A leader that scores less in the sum is said to; no lead of minus so many points."""
    problem = make_problem(THREE)
    parts = mcda.contributions(problem, mcda.weights({"money": 9, "people": 1}, "x"), "B", "A")
    assert words.why(problem, parts, "B", "A").startswith(
        "By the weighted sum Option B scores 9 points of 100 less"
    )


def test_one_holder_stands_for_the_report_on_both_sides_of_the_floor(make_problem):
    """The first whose leaders are the usual ones on each side, not the first without a floor alone."""
    problem = make_problem(cells=APART)
    points = {"a": 45, "b": 90, "c": 90}
    holders = {
        name: mcda.weights({"money": own, "people": 100 - own}, name)
        for name, own in points.items()
    }
    study = Study(problem, holders, Settings())
    sides = list(study.analysis.leading_rankings.values())
    for held in sides:
        assert held[study.analysis.reference.holder].leaders == words.usual(held)
    chosen = explorer(study).panel.chosen
    assert list(chosen["shares"]) and chosen["holder"] == "b"


def test_of_three_different_leaders_none_is_called_usual(make_problem):
    """One of each: the holder on show is said to have a leader as common as any other, no more."""
    points = {"x": {"money": 9, "people": 1}, "y": {"money": 1, "people": 9}}
    holders = {name: mcda.weights(own, name) for name, own in points.items()}
    split = Study(make_problem(), holders, Settings(draws=100, seed=1))
    texts = [
        block["text"]
        for block in computed.robustness(split)["blocks"]
        if block["is"] == "paragraph"
    ]
    assert any(text.endswith("its leader is as common as any.") for text in texts)
    assert not any("usual" in text for text in [*texts, *findings.what_would_change_it(split)])


def test_the_commands_name_all_who_lead(capsys, monkeypatch, cooling):
    """`robust` and `challenge` print the sentence where the counts differ, and nothing where they don't."""
    asked = {"robust": ["-n", "300"], "challenge": ["-n", "300", "--seed", "0"]}
    problem = mcda.read_problem(cooling)
    options = list(problem.options.index)
    apart = words.leaders.Leaders((options[0],), (options[1],), (options[1],), (0.2, 0.7))
    for name, command in (("robust", robust_command), ("challenge", challenge_command)):
        holder = next(iter(mcda.read_perspectives(cooling, problem)))
        given = [name, str(cooling), "--holder", holder, *asked[name]]
        monkeypatch.setattr(command.words, "leaders_by_count", lambda *_: apart)
        assert main(given) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert f"By the weights of {holder} it depends on the count who leads: " in told
    assert proposed_floors(problem)

"""The first line says who leads on each side of the floor, how far that holds, and who is closest to another answer."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.holders.answers import Answer, answer
from mcda.problem.screening import proposed_floors
from mcda.reporting import language as words

EVEN = {"A": (10, 60, 20), "B": (10, 60, 20)}
WORSE = {"A": (10, 10, 20), "B": (20, 20, 10)}


def answers_of(problem, **holders):
    """The answer of each holder, from money's share of the weight in percent."""
    stated = {
        name: mcda.weights({"money": money, "people": 100 - money}, name)
        for name, money in holders.items()
    }
    return {name: answer(problem, one, "additive") for name, one in stated.items()}


def drawn(problem, share, rival=0.2):
    """Draws in which every option is first in this share, and outscored by each other in the share of its rival."""
    names = problem.options.index
    first = pd.DataFrame({"acceptability": share}, index=names)
    winning = pd.DataFrame(1 - rival, index=names, columns=names)
    return SimpleNamespace(
        first_rank=first,
        pairwise_winning=winning,
        draws=100,
        drawn=("facts", "weights"),
        held_because={},
    )


def told(problem, robust=None, floors=None, **holders):
    answers = answers_of(problem, **holders)
    floors = proposed_floors(problem) if floors is None else floors
    found = dict.fromkeys(answers, Answer(robust, robust)) if robust else {}
    return words.headlines(problem, answers, found, floors)


def test_one_holder_is_named_and_both_sides_are_told(make_problem):
    """The floor excludes who leads without it, or leaves it."""
    first, then = told(make_problem(), Treasurer=90)
    assert first == "Without a minimum, Option A leads by the weights of Treasurer."
    assert then.startswith("The minimum (Places at least 50 beds) excludes it; then Option B leads")
    assert told(make_problem(), Visitors=10)[1].startswith(
        "With the minimum (Places at least 50 beds), "
    )
    split = told(make_problem(), a=90, b=10)[1]
    assert split.startswith("With the minimum (Places at least 50 beds), "), (
        "where nobody leads alone, there is no 'it' that the minimum could exclude"
    )


def test_holders_are_counted_and_none_leads_for_half(make_problem):
    """All, some, or an even split: then no single option leads."""
    assert "leads for both holders" in told(make_problem(), a=90, b=80)[0]
    assert "leads for 2 of 3 holders" in told(make_problem(), a=90, b=80, c=10)[0]
    assert told(make_problem(), a=90, b=10)[0] == (
        "Without a minimum, no single option leads: first is Option A for 1 and Option B for 1 of "
        "2 holders."
    )


def test_a_question_without_a_floor_or_without_anything_behind_it_says_so(make_problem):
    """One sentence without a floor; where every option fails it, there is nothing to rank."""
    assert told(make_problem(), floors={}, a=90) == ["Option A leads by the weights of a."]
    assert told(make_problem(cells=WORSE), a=90)[1].endswith(
        "so nothing is left to rank behind it."
    )
    assert told(make_problem(cells={"A": (10, 90, 20)}), a=90) == [
        "There is one option, so nothing to compare."
    ]


def test_a_tie_is_no_lead(make_problem):
    """Equal scores, scores within a band, and draws that don't tell two options apart."""
    tied = "Option A and Option B are too close to call by the weights of a"
    assert tied in told(make_problem(cells=EVEN), a=90)[0]
    assert tied in told(make_problem(cells={**EVEN, "B": (11, 60, 20)}), a=90)[0]
    problem = make_problem(cells={"A": (10, 60, 20), "B": (40, 60, 20)})
    assert tied in told(problem, drawn(problem, 0.52, rival=0.5), a=90)[0]
    assert "leads" in told(problem, drawn(problem, 0.55, rival=0.45), a=90)[0]


def test_a_tie_counts_the_holders_who_see_it(make_problem):
    """Two of three don't tell A from B; the third, who does, isn't counted."""
    problem = make_problem(cells={"A": (10, 60, 20), "B": (40, 60, 20)})
    even, apart = drawn(problem, 0.5, rival=0.5), drawn(problem, 0.9, rival=0.1)
    answers = answers_of(problem, a=90, b=80, c=70)
    found = {"a": Answer(even), "b": Answer(even), "c": Answer(apart)}
    told_once = words.headlines(problem, answers, found, {})[0]
    assert "and Option B are too close to call for 2 of 3 holders" in told_once


@pytest.mark.parametrize("share", [0.0, 0.18, 0.5, 0.5499, 0.55, 1.0])
def test_how_far_a_lead_holds_is_a_share_and_says_nothing_of_ties(make_problem, share):
    """Warsaw: first in 50% of draws, the next in 18%, ahead of each other in 80%: a lead, not a tie."""
    problem = make_problem()
    expected = f"; it is first in {words.share(share)} of 100 draws of facts and weights."
    assert expected in told(problem, drawn(problem, share), a=90)[0]
    assert "tied" not in told(problem, drawn(problem, share), a=90)[0]


def test_holders_whose_leader_is_tied_with_its_closest_rival_are_counted(make_problem):
    """Of a split, the holders for whom a rival is outscored in 54% of draws; where 55% is shown there is no tie."""
    problem = make_problem(cells={"A": (10, 60, 20), "B": (40, 60, 20)})
    answers = answers_of(problem, a=90, b=10)
    held = {
        "a": Answer(drawn(problem, 0.4, rival=0.456)),
        "b": Answer(drawn(problem, 0.4, rival=0.2)),
    }
    first = words.headlines(problem, answers, held, {})[0]
    assert (
        "For 1 holder the lead is weak: it scores above its closest rival in less than 55% of draws"
        in first
    )
    held["a"] = Answer(drawn(problem, 0.4, rival=0.454))
    assert "weak" not in words.headlines(problem, answers, held, {})[0]


def prices(**by_holder):
    """Two options; what it costs each holder to put B first."""
    rows = [
        (holder, option, rank, price, price)
        for holder, cost in by_holder.items()
        for option, rank, price in (("A", 1, 0.0), ("B", 2, cost))
    ]
    table = pd.DataFrame(
        rows, columns=["holder", "option", "rank", "without limit", "without limit, at least"]
    )
    return SimpleNamespace(table=table.set_index(["holder", "option"]), method="topsis")


def test_the_holders_closest_to_another_answer_are_named(make_problem):
    """All for whom two points that change hands do it; the nearest where nobody is; nothing where no weights do it."""
    problem = make_problem()
    near = words.nearest_holders(problem, prices(x=0.004, y=0.04, z=0.3), "with the minimum")
    assert near == (
        "By TOPSIS, with the minimum, moving at most 2 points of weight, of 100, would put another option first "
        "for 2 of 3 holders: Option B instead of Option A for x (less than 1 point) and y (2 points)."
    )
    assert words.nearest_holders(problem, prices(x=0.144, y=0.3), "s").endswith(
        "moved: Option B instead of Option A for x (7 points)."
    )
    assert words.nearest_holders(problem, prices(x=np.inf), "s") == ""


def test_what_a_change_costs_inside_the_stated_ranges_stands_beside_it(make_problem):
    """7 points, or 11 inside the ranges; or none inside them does it."""
    problem, found = make_problem(), prices(x=0.144)
    found.table["in range"] = [0.0, 0.22]
    told = words.nearest_holders(problem, found, "s")
    assert told.endswith("x (7 points, or 11 points if each weight stays in its stated range).")
    found.table["in range"] = [0.0, np.inf]
    assert words.nearest_holders(problem, found, "s").endswith(
        "x (7 points, more than the ranges it states allow)."
    )


def test_the_floor_at_which_the_leader_changes_is_told(make_problem):
    """Up for a leaf to be maximised, down for one to be minimised; the proposed floor where there is one."""
    problem, treasurer = make_problem(), mcda.weights({"money": 9, "people": 1}, "Treasurer")
    assert words.floor_steps(problem, mcda.floor_curve(problem, treasurer, "additive")) == (
        "By the weights of Treasurer the minimum on Places decides who leads: Option A where it excludes nobody, "
        "Option B if it rises just above 30. Proposed is 50."
    )
    cost = words.floor_steps(problem, mcda.floor_curve(problem, treasurer, "additive", "cost"))
    assert cost == (
        "By the weights of Treasurer the minimum on Cost decides nothing: as long as an option passes it, "
        "Option A leads."
    )

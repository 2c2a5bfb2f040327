"""The next question: what its answer tells, a simulated holder who is recovered, and when to stop."""

from itertools import permutations

import numpy as np
import pytest

import mcda
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.next_question import Comparison, askable, information
from mcda.preferences.from_statements.value_model import StatedValues
from mcda.problem.value_scales import Scale

from .conftest import plain_problem


def answers_of(problem, weights, count, draws, seed=7):
    """The leader and its certainty after a holder of these weights answered some questions."""
    model = StatedValues(problem)
    said = []
    asked = mcda.next_question(problem, said, seed=seed, draws=draws)
    while asked.comparison is not None and len(said) < count:
        first = asked.comparison.answered("first", "panel")
        is_first = are_kept(bounds_of(first, model), weights)
        said.append(first if is_first else asked.comparison.answered("second", "panel"))
        asked = mcda.next_question(problem, said, seed=seed, draws=draws)
    return asked.leader, asked.certainty, len(said)


def recovered(cases, options, leaves, count, draws):
    """In which share of random questions the true leader is named, and the mean certainty told."""
    right = []
    certain = []
    for case in range(cases):
        rng = np.random.default_rng(1_000 + case)
        problem = plain_problem(rng.uniform(size=(options, leaves)))
        weights = rng.dirichlet(np.ones(leaves))
        best = problem.options.index[(problem.values.to_numpy() @ weights).argmax()]
        leader, certainty, _ = answers_of(problem, weights, count, draws)
        right.append(leader == best)
        certain.append(certainty)
    return np.mean(right), np.mean(certain)


def test_a_holder_with_known_weights_is_recovered():
    """Small questions, five answers each."""
    share, certainty = recovered(12, options=5, leaves=3, count=5, draws=200)
    assert share >= 11 / 12 and certainty > 0.9


@pytest.mark.thorough
def test_ten_answers_name_the_true_leader():
    """Of 100 random questions of 8 options by 6 criteria; the certainty told is as often right."""
    share, certainty = recovered(100, options=8, leaves=6, count=10, draws=600)
    assert share >= 0.92
    assert abs(share - certainty) < 0.05


def test_information_is_counted_by_hand():
    """Mutual information of an answer and the first place, by its definition."""
    rng = np.random.default_rng(0)
    yes = rng.random((400, 5)) < 0.4
    first = rng.integers(0, 3, 400)
    found = information(yes, first)
    for question in range(5):
        total = 0.0
        for answer in (True, False):
            for option in range(3):
                both = np.mean((yes[:, question] == answer) & (first == option))
                apart = np.mean(yes[:, question] == answer) * np.mean(first == option)
                total += both * np.log2(both / apart)
        assert found[question] == pytest.approx(total)


@pytest.mark.parametrize("seed", range(12))
def test_the_question_asked_tells_most(random_problem, seed):
    """No other comparison of a whole scale with so many hundredths of another tells more."""
    leaves = 2 + seed % 3
    problem = random_problem(seed, options=5, leaves=leaves)
    asked = mcda.next_question(problem, seed=3, draws=400)
    weights = mcda.weight_space([f"c{at + 1}" for at in range(leaves)]).sample(400, 3)
    first = (weights @ problem.values.to_numpy().T).argmax(axis=1)
    levels = np.arange(1, 101) / 100
    most = 0.0
    for one, other in permutations(range(leaves), 2):
        tried = information(weights[:, [one]] > weights[:, [other]] * levels, first)
        most = max(most, tried.max())
    told = asked.comparison.information if asked.comparison else 0.0
    assert told >= most - 1e-8


@pytest.mark.parametrize("span", [0.07, 1.0, 36.5, 150.0, 24_000.0, 3e9])
def test_amounts_asked_about_have_two_digits(span):
    """Of a scale of any size, but for the whole of it: nobody thinks in 13,482 euros."""
    moves = askable(Scale((0.0, span), (0.0, 1.0)))
    assert (np.diff(moves) > 0).all() and moves[0] <= span / 50 and moves[-1] == span
    assert all(float(f"{move:.1e}") == pytest.approx(move, rel=1e-12) for move in moves[:-1])
    falling = askable(Scale((span, 0.0), (0.0, 1.0)))
    assert span - falling == pytest.approx(moves)


def test_an_answer_is_a_statement_that_halves_what_is_left(random_problem):
    """Either answer can hold beside what was said; both together can't, but for "same"."""
    problem = random_problem(4, options=5, leaves=3)
    asked = mcda.next_question(problem, seed=3, draws=300).comparison
    one, other, same = (asked.answered(word, "x") for word in ("first", "second", "same"))
    for said in (one, other, same):
        assert mcda.statement_conflict(problem, [said]) is None
    assert one.as_of == "" and asked.answered("first", "x", words="more").words == "more"
    assert f"'{asked.first}' from" in asked.told
    with_both = mcda.weights_from_statements(problem, [one, other])
    level = mcda.weights_from_statements(problem, [same])
    assert with_both.values.tolist() == pytest.approx(level.values.tolist(), abs=1e-6)


def test_who_cares_nothing_for_a_measure_can_say_so(random_problem):
    """Whole scales worth more than little of a measure, again and again: its weight may be 0."""
    problem = random_problem(4, options=5, leaves=3)
    said = [
        Comparison("c1", (0.0, 1.0), "c2", (0.0, 1.0)).answered("first", "x"),
        Comparison("c3", (0.0, 1.0), "c1", (0.0, 0.002)).answered("second", "x"),
        Comparison("c2", (0.0, 1.0), "c3", (0.0, 0.5)).answered("second", "x"),
    ]
    assert mcda.statement_conflict(problem, said) is None
    assert mcda.weights_from_statements(problem, said).values["c2"] < 1e-3


def test_it_stops_and_says_why():
    """Where one option is first anyway, where the share is enough, and where little is at stake."""
    ahead = plain_problem(np.array([[0.9, 0.9], [0.1, 0.8]]))
    found = mcda.next_question(ahead, seed=1, draws=50)
    assert (found.comparison, found.reason, found.leader) == (None, "settled", "o1")
    close = plain_problem(np.array([[0.501, 0.5], [0.5, 0.501]]))
    assert mcda.next_question(close, seed=1, draws=50, matters=0.01).reason == "level"
    assert mcda.next_question(close, seed=1, draws=50, certainty=0.4).reason == "sure"
    assert mcda.next_question(close, seed=1, draws=50).reason == ""


def test_amounts_are_round_and_told_as_asked():
    """A level that is asked about has few digits, and the answer holds at that number."""
    problem = plain_problem(np.random.default_rng(2).uniform(size=(6, 4)))
    asked = mcda.next_question(problem, seed=5, draws=300).comparison
    assert len(f"{asked.second_move[1]:.10g}") <= 4
    assert asked.answered("second", "x").amount == asked.second_move[1]


@pytest.mark.parametrize(
    ("given", "told"),
    [({"draws": 0}, "draws"), ({"certainty": 0}, "certainty"), ({"matters": -1}, "matters")],
)
def test_arguments_are_checked(random_problem, given, told):
    with pytest.raises(mcda.InputError, match=told):
        mcda.next_question(random_problem(1), seed=1, **given)

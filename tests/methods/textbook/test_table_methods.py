"""The textbooks' methods by name: on a question they are the array functions on its performances."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.method import OF_TEXTBOOKS, find_method, own_methods

NAMES = list(OF_TEXTBOOKS)


def by_array(name, table, weights, ways):
    """The same by the array function."""
    if name.startswith("topsis"):
        normalisation = name.removeprefix("topsis:")
        return mcda.topsis(table, weights, ways, normalisation=normalisation)
    if name == "vikor":
        return -mcda.vikor(table, weights, ways)["Q"]
    if name == "promethee2":
        return mcda.promethee2(table, weights, ways)["net"]
    if name == "copras":
        return mcda.copras(table, weights, ways)
    return pd.Series(table.index.isin(mcda.electre1(table, weights, ways).kernel), table.index)


@pytest.fixture
def stated():
    return mcda.weights({"cost": 2, "places": 2, "noise": 1}, "x")


@pytest.mark.parametrize("name", NAMES)
def test_a_ranking_is_the_array_function_on_the_performances(name, shelter, stated):
    """In natural units and with the directions of the question, whatever its value scales say."""
    ways = {leaf.key: leaf.direction for leaf in shelter.leaves}
    assert set(ways.values()) == {"max", "min"}
    wanted = by_array(name, shelter.performance, stated.values, ways)
    found = mcda.rank(shelter, stated, name.upper())
    scores = found.table["score"].reindex(shelter.options.index)
    np.testing.assert_allclose(scores, np.asarray(wanted, float), atol=1e-12)
    assert found.method == name and not any("held at its value" in note for note in found.notes)


@pytest.mark.parametrize("name", NAMES)
def test_draws_are_scored_as_the_array_function_scores_each(name, shelter, stated):
    """The share of first places is that of the drawn performances, one by one; a contest agrees on who leads."""
    case = mcda.contest(shelter, stated, name)
    assert set(case.leaders) == set(mcda.rank(shelter, stated, name).leaders)
    n = 64
    draws = mcda.sample(shelter, n=n, seed=1)
    ways = {leaf.key: leaf.direction for leaf in shelter.leaves}
    first = pd.Series(0.0, shelter.options.index)
    for table in draws.performances(0, n):
        frame = pd.DataFrame(table, first.index, case.values.columns)
        scores = pd.Series(
            np.asarray(by_array(name, frame, stated.values, ways), float), first.index
        )
        leads = mcda.ranks(scores) == 1
        first += leads / leads.sum() / n
    with pytest.warns(UserWarning, match="draws"):
        robust = mcda.robustness(draws, stated, name, hold=["weights"])
    np.testing.assert_allclose(robust.rank_acceptability[1], first, atol=1e-12)


def test_it_is_bound_to_the_question_at_hand(shelter, stated):
    """A method that was found without a question takes the directions of the one it ranks."""
    for one in own_methods():
        if one.name in OF_TEXTBOOKS:
            bound, named = mcda.rank(shelter, stated, one), mcda.rank(shelter, stated, one.name)
            assert bound.table["score"].tolist() == named.table["score"].tolist()


def test_what_copras_cannot_take_is_named(shelter, stated):
    """Option and criterion by their own names, not by place."""
    found = find_method("copras", question=shelter)
    table = shelter.performance.to_numpy(float) * -1
    with pytest.raises(mcda.InputError) as refused:
        found.scores(table, stated.values.to_numpy())
    named = [option for option in shelter.labels if f"alternative '{option}'" in str(refused.value)]
    assert named == list(shelter.labels)


@pytest.mark.parametrize("name", NAMES)
def test_one_option_or_equals_are_no_error(name):
    """One option, and options that are all the same, tie; of many tables only those that are so."""
    scores = find_method(name).scores
    assert np.isfinite(scores(np.array([[0.4, 0.2]]), np.array([0.5, 0.5]))).all()
    same = scores(np.full((3, 2), 0.4), np.array([0.5, 0.5]))
    assert len(set(same.tolist())) == 1
    tables = np.array([np.full((2, 2), 0.4), [[0.1, 0.9], [0.3, 0.2]]])
    together = scores(tables, np.array([0.7, 0.3]))
    alone = [scores(table, np.array([0.7, 0.3])) for table in tables]
    np.testing.assert_allclose(together, alone, atol=1e-15)


@pytest.mark.parametrize("p", [1, 3, np.inf])
def test_the_exponent_reaches_the_textbooks_topsis(p, shelter, stated):
    """The label tells it, and draws use it too."""
    ways = {leaf.key: leaf.direction for leaf in shelter.leaves}
    wanted = mcda.topsis(shelter.performance, stated.values, ways, p=p)
    found = mcda.rank(shelter, stated, "topsis:vector", p=p)
    np.testing.assert_allclose(found.table["score"].reindex(wanted.index), wanted)
    assert found.method.startswith("topsis:vector (p = ")
    draws = mcda.sample(shelter, n=100, seed=1)
    assert mcda.robustness(draws, stated, "topsis:vector", p=p).method == found.method


def test_searches_move_performances_of_a_textbooks_method(shelter, stated):
    """A cell set to the performance found changes who leads in a ranking made anew."""
    name = "topsis:minmax"
    assert mcda.contest(shelter, stated, name).values.equals(shelter.performance)
    assert len(mcda.switching_weights(shelter, stated, name).table)
    leaders = mcda.rank(shelter, stated, name).leaders
    cells = mcda.switching_scores(shelter, stated, name).table
    found = cells[cells["threshold"].notna()]
    assert len(cells) == shelter.performance.size and len(found)
    for (option, leaf), row in found.iterrows():
        turn, estimate = row["threshold"], shelter.estimates[f"{leaf}/{option}"]
        moved = replace(estimate, low=turn.first, mode=turn.first, high=turn.first)
        told = replace(shelter, estimates={**shelter.estimates, moved.key: moved})
        assert mcda.rank(told, stated, name).leaders != leaders
    assert mcda.rank_reversal(shelter, stated, name).immune is False


def test_many_options_have_a_kernel():
    """1,200 options in a chain: no recursion by their number."""
    table = np.linspace(0, 1, 1200)[:, None] * np.ones(2)
    assert find_method("electre1").scores(table, np.array([0.5, 0.5])).tolist() == [0.0] * 1199 + [
        1.0
    ]

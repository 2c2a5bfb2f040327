"""Sentences call limits what they are, and weights of nobody by no holder's name."""

import dataclasses

import pytest

import mcda
from mcda.preferences.weighting.stated import equal_weights
from mcda.reporting.document.outline import context
from mcda.reporting.study.analysis import Settings
from mcda.reporting.study.study import Study
from mcda.sentences.catalogue import language, languages, told


def texts(found):
    """Every text in plain data, but names that no reader sees."""
    if isinstance(found, str):
        return [found]
    parts = found
    if isinstance(found, dict):
        parts = [part for key, part in found.items() if key != "name"]
    return [
        text for part in parts if isinstance(part, (str, dict, list, tuple)) for text in texts(part)
    ]


@pytest.fixture(scope="module")
def dear(tmp_path_factory):
    """The blank question with a limit on its cost, which may be no higher."""
    place = tmp_path_factory.mktemp("asked") / "heating"
    problem = mcda.read_problem(mcda.new_question(place))
    criteria = tuple(
        dataclasses.replace(one, floor=90.0 if one.key == "cost" else None)
        for one in problem.criteria
    )
    return dataclasses.replace(problem, criteria=criteria)


def test_a_maximum_is_never_called_a_minimum(dear):
    """In no sentence of the report, nor in its glossary."""
    study = Study(dear, {"anyone": equal_weights(dear, "anyone")}, Settings(draws=0))
    told_all = texts(context(study)[0])
    assert any("with the maximum" in text.lower() for text in told_all)
    assert [text for text in told_all if "minimum" in text.lower()] == []


@pytest.mark.parametrize("spoken", languages())
def test_weights_of_nobody_are_called_equal(spoken):
    """And not the weights of somebody with that name."""
    with language(spoken):
        named = told("why.picture", holder="Paris")
        equal = told("why.picture", holder="equal weights")
        assert "Paris" in named
        assert (
            equal.lower() != told("why.picture", holder="X").replace("X", "equal weights").lower()
        )
    if spoken == "en":
        assert equal == "What each trade-off adds to the weighted sum, equal weights."

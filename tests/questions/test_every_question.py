"""What every question owes, whether it has a package with formulas or is a folder of CSV files alone."""

import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import criteria
import mcda

HERE = Path(__file__).parent
PACKAGES = [module.name for module in pkgutil.iter_modules(criteria.__path__)]
FOLDERS = sorted(path.parent for path in HERE.glob("*/criteria.csv"))
METHODS = ("additive", "topsis", "ahp", "ahp:ideal", "ahp:distributive")


@pytest.fixture(
    params=[*PACKAGES, *FOLDERS], ids=lambda given: getattr(given, "name", given), scope="module"
)
def question(request):
    """The problem and its holders' weights."""
    if isinstance(request.param, Path):
        problem = mcda.read_problem(request.param)
        return problem, mcda.read_perspectives(request.param, problem)
    package = importlib.import_module(f"criteria.{request.param}")
    problem = package.problem()
    return problem, package.perspectives(problem)


@pytest.fixture
def problem(question):
    """The problem alone."""
    return question[0]


@pytest.fixture
def holders(question):
    """The holders' weights alone."""
    return list(question[1].values())


def test_both_kinds_of_question_are_tested():
    """The contract runs on a package with formulas and on a folder without Python."""
    assert "ukraine_force" in PACKAGES and "cooling_centre" in {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_names_its_files_and_puts_them_together(name):
    """What commands ask of it: where its files are, the question, and the holders."""
    package = importlib.import_module(f"criteria.{name}")
    assert {"DATA", "MEASURES", "perspectives", "problem"} <= set(package.__all__)
    assert (package.DATA / "options.csv").is_file() and package.problem().name == package.DATA.name


def test_the_performance_table_is_complete_and_finite(problem):
    """Every option has a number on every leaf, and a value from 0 to 1."""
    assert problem.performance.shape == (len(problem.options), len(problem.leaves))
    assert np.isfinite(problem.performance).all(axis=None)
    assert problem.values.ge(0).all(axis=None) and problem.values.le(1).all(axis=None)


def test_every_range_holds_its_best_estimate(problem):
    """Low <= mode <= high in every cell, judged or derived."""
    found = mcda.ranges(problem)
    assert (found["low"] <= found["mode"] + 1e-9).all() and (
        found["mode"] <= found["high"] + 1e-9
    ).all()


def test_every_number_has_a_kind_and_a_rationale_and_is_used(problem):
    """No estimate is idle, and each says why it is what it is."""
    assert mcda.check(problem).unused == ()
    assert [
        key for key, estimate in problem.estimates.items() if not estimate.rationale.strip()
    ] == []


def test_many_draws_are_measured_as_one(problem):
    """A stack of draws gives each draw's own table."""
    rng = np.random.default_rng(3)
    ends = [(estimate.low, estimate.high) for estimate in problem.estimates.values()]
    low, high = np.array(ends).T
    drawn = low + rng.random((5, len(ends))) * (high - low)
    stacked = problem.measured(drawn)
    assert np.allclose(stacked, [problem.measured(one) for one in drawn], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_every_holder_ranks_every_option(problem, holders, method):
    """Scores lie from 0 to 1, first place is taken, and the holder is named."""
    for weights in holders or [mcda.equal_weights(problem)]:
        ranking = mcda.rank(problem, weights, method)
        assert ranking.table["score"].between(0, 1).all() and ranking.table["rank"].min() == 1
        assert ranking.holder == weights.holder and len(ranking.table) == len(problem.options)


def test_an_option_more_or_less_changes_no_closeness(problem, holders):
    """Closeness under "topsis" rests on an option's own row: dropping any other leaves it as it was."""
    weights = (holders or [mcda.equal_weights(problem)])[0]
    whole = mcda.rank(problem, weights, "topsis").table["score"]
    for gone in problem.options.index:
        rest = problem.keep([option for option in problem.options.index if option != gone])
        scores = mcda.rank(rest, weights, "topsis").table["score"]
        assert np.allclose(scores, whole.loc[scores.index], rtol=0, atol=1e-12)


def test_a_new_option_changes_no_closeness(problem, holders):
    """A copy of the first option under another name leaves every other closeness as it was, and has its double's."""
    weights = (holders or [mcda.equal_weights(problem)])[0]
    whole = mcda.rank(problem, weights, "topsis").table["score"]
    wider = with_a_copy(problem, problem.options.index[0])
    scores = mcda.rank(wider, weights, "topsis").table["score"]
    assert np.allclose(scores.loc[whole.index], whole, rtol=0, atol=1e-12)
    assert scores["COPY"] == pytest.approx(whole[problem.options.index[0]], abs=1e-12)


def with_a_copy(problem, option):
    """The question with a second option that is the first under another name."""
    row = problem.options.loc[[option]].rename(index={option: "COPY"}).assign(label="A copy")
    copies = {
        key.replace(f"/{option}", "/COPY"): replace(
            estimate, key=key.replace(f"/{option}", "/COPY")
        )
        for key, estimate in problem.estimates.items()
        if option in key.split("/")
    }
    return replace(
        problem,
        options=pd.concat([problem.options, row]),
        estimates={**problem.estimates, **copies},
        events=tuple(event_with_a_copy(event, option) for event in problem.events),
    )


def event_with_a_copy(event, option):
    """The event, with the chance and the losses of an option for its double too."""
    losses = tuple(
        replace(loss, amounts={**loss.amounts, "COPY": loss.amounts[option]})
        for loss in event.losses
    )
    return replace(event, chances={**event.chances, "COPY": event.chances[option]}, losses=losses)


def test_topsis_with_exponent_1_is_the_additive_value(problem, holders):
    """TOPSIS and the additive benchmark differ by one number."""
    for weights in holders:
        additive = mcda.rank(problem, weights, "additive").table["score"].sort_index()
        closeness = mcda.rank(problem, weights, "topsis", p=1).table["score"].sort_index()
        assert np.allclose(additive, closeness, rtol=0, atol=1e-12)


def test_contributions_sum_to_the_lead(problem, holders):
    """What each leaf adds to the lead sums to the difference of the additive scores."""
    weights = (holders or [mcda.equal_weights(problem)])[0]
    scores = mcda.rank(problem, weights, "additive").table["score"]
    first, second = scores.index[:2]
    lead = mcda.contributions(problem, weights, first, second)["contribution"].sum()
    assert lead == pytest.approx(scores[first] - scores[second], abs=1e-9)

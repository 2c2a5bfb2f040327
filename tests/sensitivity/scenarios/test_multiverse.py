"""The multiverse: shares of variance are exact, and every combination is what ranking it gives."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.problem.structures import Change, Structure
from mcda.sensitivity.scenarios.variance_shares import VarianceShares


def test_variance_shares_against_plain_enumeration():
    """Closed and total shares of a full factorial, from their definitions by loops."""
    outcomes = np.random.default_rng(4).random((3, 2, 4, 2)).round(1)
    cells = list(product(range(3), range(2), range(4)))
    whole = np.var([outcomes[cell] for cell in cells], axis=0).sum()
    shares = VarianceShares(outcomes)
    for factors in ([0], [1], [2], [0, 2], [0, 1, 2]):
        groups = {}
        for cell in cells:
            groups.setdefault(tuple(cell[at] for at in factors), []).append(outcomes[cell])
        means = [np.mean(groups[tuple(cell[at] for at in factors)], axis=0) for cell in cells]
        assert shares.closed(factors) == pytest.approx(np.var(means, axis=0).sum() / whole)
        rest = [at for at in range(3) if at not in factors]
        assert shares.total(factors) == pytest.approx(1 - shares.closed(rest))
        if len(factors) == 1:
            by_level = [np.mean(groups[key], axis=0) for key in sorted(groups)]
            assert shares.by_level(factors[0]) == pytest.approx(np.array(by_level))
    alike = VarianceShares(np.ones((2, 2, 1)))
    assert alike.closed([0]) == 0 == alike.total([0])


def test_ishigami_like_interaction():
    """A product of two signs is all interaction: nothing alone, everything in total."""
    outcomes = np.array([[[1.0], [-1.0]], [[-1.0], [1.0]]])
    shares = VarianceShares(outcomes)
    assert shares.closed([0]) == 0 and shares.total([0]) == 1


def test_every_combination_is_its_ranking(cooling_question):
    """Anchored rules at the best estimates give the leaders that rank gives, with and without the floor."""
    problem, holders = cooling_question
    draws = mcda.sample(problem, n=1, seed=3)
    found = mcda.multiverse(
        problem, holders, draws, normalisations=["anchors"], exponents=[1.0, 2.0], sets=0
    )
    even = {criterion.key: 1.0 for criterion in problem.criteria if criterion.parent}
    shares = dict.fromkeys(problem.options.index, 0.0)
    cases = list(product(holders.values(), (None, even), ("additive", "topsis"), (None, True)))
    for stated, local, method, floors in cases:
        heads = mcda.weights(stated.steps["weights as stated"]["mode"], stated.holder)
        leaders = mcda.rank(
            problem, mcda.over_leaves(problem, heads, local), method, floors=floors
        ).leaders
        for leader in leaders:
            shares[leader] += 1 / len(leaders) / len(cases)
    assert found.combinations == len(cases) and found.leads.to_dict() == pytest.approx(shares)


def test_an_exponent_just_above_two_leads_as_two_does(cooling_question):
    """Up to 2 sums are products of matrices, beyond it norms: both say the same."""
    problem, holders = cooling_question
    draws = mcda.sample(problem, n=3, seed=3)
    leads = []
    for exponent in (2.0, np.nextafter(2.0, 3.0)):
        found = mcda.multiverse(problem, holders, draws, exponents=[exponent], sets=3)
        leads.append(found.leads.to_dict())
    assert leads[0] == leads[1]


def test_high_exponents_lose_no_small_gap(cooling_question):
    """Powers of 400 of numbers below 0.1 are none in a float; the leaders are near the worst criterion's."""
    problem, holders = cooling_question
    draws = mcda.sample(problem, n=3, seed=3)
    shares = []
    for exponent in (400.0, np.inf):
        found = mcda.multiverse(problem, holders, draws, exponents=[exponent], sets=3)
        shares.append(found.leads)
    assert abs(shares[0] - shares[1]).max() < 0.05


def test_agreement_and_disagreement_are_told(shelter):
    """One option ahead everywhere leaves nothing to explain; two holders who differ make all of it values."""
    draws = mcda.sample(shelter, n=1, seed=0)
    cheap = mcda.weights({"cost": 1, "places": 0, "noise": 0}, "treasury")
    large = mcda.weights({"cost": 0, "places": 1, "noise": 0}, "city")
    one = mcda.multiverse(
        shelter, {"treasury": cheap}, draws, exponents=[1.0], normalisations=["anchors"], sets=0
    )
    assert one.leads["A"] > 0 and one.combinations == 2
    both = mcda.multiverse(
        shelter, {"treasury": cheap, "city": large}, draws, exponents=[1.0, 2.0], sets=0
    )
    assert both.groups.index[0] == "values" and both.groups.loc["values", "first"] > 0.9
    assert "mostly on values" in both.finding and both.choices.loc["holder", "levels"] == 2
    assert "<p>Option" in both._repr_html_()
    pd.testing.assert_series_equal(both.leads, both.levels.xs("holder").mean(), check_names=False)
    with pytest.raises(mcda.InputError, match="normalisation: expected one of 'anchors'"):
        mcda.multiverse(shelter, {"city": large}, draws, normalisations=["best"])


def test_options_that_always_tie_are_both_told_to_lead(make_problem):
    """And nothing explains a disagreement that isn't there."""
    level = make_problem({"A": (0, 100, 0), "B": (0, 100, 0), "C": (90, 10, 90)})
    draws = mcda.sample(level, n=1, seed=0)
    found = mcda.multiverse(level, {"x": mcda.equal_weights(level)}, draws, sets=0)
    assert found.finding.startswith("Option A and Option B each lead in 50% of ")
    assert found.finding.endswith(
        "2 of 3 options lead in some. So there is no disagreement to explain."
    )


def test_the_ninth_choice_is_the_shape(cooling_question):
    """Each shape's share of leads is what the question in that shape gives by itself."""
    problem, holders = cooling_question
    shapes = (
        Structure("no cost", "Cost left out", (Change("leave out", "cost"),)),
        Structure(
            "seats",
            "Seats alone",
            (Change("leave out", "effort"), Change("weight", "temperature", weight=0.0)),
        ),
    )
    asked = replace(problem, structures=shapes)
    found = mcda.multiverse(
        asked,
        holders,
        mcda.sample(asked, n=1, seed=3),
        normalisations=["anchors"],
        exponents=[1.0, 2.0],
        sets=0,
    )
    levels = found.levels.xs("structure")
    assert list(levels.index) == ["as stated", "no cost", "seats"]
    assert found.choices.loc["structure", ["group", "levels"]].tolist() == ["shape", 3]
    assert "shape" in found.groups.index
    for name in levels.index:
        shape = problem if name == "as stated" else asked.structured(name)
        alone = mcda.multiverse(
            shape,
            holders,
            mcda.sample(shape, n=1, seed=3),
            normalisations=["anchors"],
            exponents=[1.0, 2.0],
            sets=0,
        )
        assert levels.loc[name].to_dict() == pytest.approx(alone.leads.to_dict())
        assert "structure" not in alone.choices.index


def test_draws_of_a_shape_are_those_of_the_question(cooling_question):
    """What both read is drawn alike, and what the question's draws hold is held in each shape."""
    problem, holders = cooling_question
    shapes = (Structure("no effort", "Effort left out", (Change("leave out", "effort"),)),)
    asked = replace(problem, structures=shapes)
    few = mcda.sample(asked, n=3, seed=9, vary=["temperature"])
    found = mcda.multiverse(asked, holders, few, normalisations=["anchors"], sets=3)
    shape = asked.structured("no effort")
    alone = mcda.multiverse(
        shape,
        holders,
        mcda.sample(shape, n=3, seed=9, vary=["temperature"]),
        normalisations=["anchors"],
        sets=3,
    )
    row = found.levels.loc[("structure", "no effort")]
    assert row.to_dict() == pytest.approx(alone.leads.to_dict())


def test_without_shapes_there_are_eight_choices(cooling_question):
    """No group of shapes is told where the question states none."""
    problem, holders = cooling_question
    found = mcda.multiverse(problem, holders, mcda.sample(problem, n=1, seed=3), sets=0)
    assert sorted(found.groups.index) == ["facts", "future", "method", "values"]


def test_a_way_to_weights_that_changes_no_weight_is_not_counted(shelter):
    """Local weights that are equal as they came are no choice: each combination is counted once."""
    draws = mcda.sample(shelter, n=1, seed=0)
    even = {"mayor": mcda.weights({"cost": 2, "places": 1, "noise": 1}, "mayor")}
    alike = mcda.multiverse(shelter, even, draws, exponents=[1.0, 2.0], sets=0)
    assert "local weights" not in alike.choices.index
    tilted = {"mayor": mcda.weights({"cost": 2, "places": 3, "noise": 1}, "mayor")}
    apart = mcda.multiverse(shelter, tilted, draws, exponents=[1.0, 2.0], sets=0)
    assert apart.choices.loc["local weights", "levels"] == 2
    assert apart.combinations == 2 * alike.combinations


def chancy(make_problem, percent):
    """Three options of which two may fail, with the chance in a shape: the first happens otherwise."""
    problem = make_problem({"A": (30, 60, 40), "B": (20, 80, 30), "C": (60, 95, 10)})
    scale = mcda.Scale((0.0, 100.0), (0.0, 1.0))
    likely = mcda.Criterion("likely", "", "Approval", "percent", "max", scale=scale)
    cells = {
        f"likely/{option}": mcda.Estimate(f"likely/{option}", number, number, number, "percent")
        for option, number in zip("ABC", percent, strict=True)
    }
    lottery = Structure("lottery", "A lottery", (Change("chance", "likely", fallback="A"),))
    without = Structure("without", "Without it", (Change("leave out", "likely"),))
    return replace(
        problem,
        criteria=(*problem.criteria, likely),
        estimates={**problem.estimates, **cells},
        structures=(lottery, without),
    )


def test_shapes_with_chances_lead_as_their_rankings_do(make_problem):
    """By the anchors, for the weighted sum and TOPSIS, with the minimum and without: one by one."""
    problem = chancy(make_problem, (100, 70, 35))
    weights = mcda.weights({"money": 4, "people": 4, "likely": 2}, "x")
    draws = mcda.sample(problem, 2, 1)
    shape = problem.structured("lottery")
    leads = dict.fromkeys("ABC", 0.0)
    for p in (1.0, 2.0):
        for floors in (None, True):
            leaders = mcda.rank(shape, weights, "topsis", p=p, floors=floors).leaders
            for option in leaders:
                leads[option] += 0.25 / len(leaders)
    found = mcda.multiverse(
        problem, {"x": weights}, draws, exponents=(1.0, 2.0), normalisations=("anchors",), sets=0
    )
    even = found.levels.loc["structure"]
    assert "lottery" in even.index
    alone = mcda.multiverse(
        shape, {"x": weights}, draws, exponents=(1.0, 2.0), normalisations=("anchors",), sets=0
    )
    local = alone.levels.loc["local weights"] if "local weights" in alone.choices.index else None
    told = alone.leads if local is None else local.loc["as suggested"]
    assert told.to_dict() == pytest.approx(leads)


@pytest.mark.parametrize("rule", ["anchors", "minmax", "vector", "sum"])
@pytest.mark.parametrize(("chance", "same"), [(100, True), (50, None)])
def test_a_lottery_by_any_normalisation(make_problem, rule, chance, same):
    """Where all is sure the shape is that without the chance; a chance keeps the first before its fallback."""
    problem = chancy(make_problem, (100, chance, chance))
    weights = mcda.weights({"money": 4, "people": 4, "likely": 2}, "x")
    draws = mcda.sample(problem, 2, 1)
    asked = {"exponents": (1.0, 2.0, np.inf), "normalisations": (rule,), "sets": 0}
    lottery = mcda.multiverse(problem.structured("lottery"), {"x": weights}, draws, **asked)
    plain = mcda.multiverse(problem.structured("without"), {"x": weights}, draws, **asked)
    if same:
        assert lottery.leads.to_dict() == pytest.approx(plain.leads.to_dict())
    # who beats the fallback beats it whatever its chance: the fallback leads no more often
    assert lottery.leads["A"] == pytest.approx(plain.leads["A"])

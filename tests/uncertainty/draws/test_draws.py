"""Draws depend on their number alone; estimates are shared; a rule of the question widens weak evidence and says so."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.uncertainty.draws.draw_tables import Performances


def test_any_cut_gives_the_same_draws(shelter):
    """Draws asked for together, apart, and alone."""
    draws = mcda.sample(shelter, 100, seed=0)
    whole = draws.values(40, 60)
    assert whole.shape == (60, 3, 3)
    assert (np.concatenate([draws.values(40, 7), draws.values(47, 53)]) == whole).all()
    assert (draws.values(77, 1)[0] == whole[37]).all()
    assert (Performances(draws, shelter, {}).at(40, 60)[0] == draws.performances(40, 60).T).all()
    assert not (mcda.sample(shelter, 100, seed=1).numbers() == draws.numbers()).any()


def test_only_what_is_read_is_drawn_and_it_is_drawn_as_ever(make_problem):
    """Estimates of the options that are ranked, of all on the leaf with a floor, and what is correlated with these."""
    pairs = pd.DataFrame({"first": ["noise/A"], "second": ["noise/C"], "rank_correlation": [0.8]})
    problem = make_problem(tables={**make_problem().tables, "correlations": pairs})
    draws = mcda.sample(problem, 100, seed=3)
    read = Performances(draws, problem.keep(["C", "B"]), {"places": 50.0})
    assert set(problem.estimates) - set(read._behind_all[0].estimates) == {"cost/A"}
    performances, (table, passes) = draws.performances(11, 60), read.at(11, 60)
    assert (table == performances[:, [2, 1]].T).all()
    assert (passes[:, 0] == (performances[:, :, 1] >= 50).T).all()


@pytest.mark.parametrize(("key", "option", "least"), [("places", "A", 27.0), ("noise", "C", 7.0)])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_cell_that_is_not_finite_in_a_draw_is_named(make_problem, key, option, least):
    """Also that of an option that isn't ranked, on the leaf with the floor."""
    criteria = [
        replace(
            one,
            measure=lambda problem, drawn: np.log(drawn.along(key, problem.options.index) - least),
        )
        if one.key == key
        else one
        for one in make_problem().criteria
    ]
    problem = make_problem(criteria=tuple(criteria))
    read = Performances(
        mcda.sample(problem, 1000, seed=0), problem.keep(["B", "C"]), {"places": 2.0}
    )
    with pytest.raises(
        mcda.InputError,
        match=f"option '{option}', criterion '{key}': expected a finite number, found",
    ):
        read.at(0, 1000)


def test_a_draw_is_shown_as_tables(shelter):
    """Number 8,123,456 is made again alone: what was drawn, and what followed."""
    shown = mcda.sample(shelter, 10, seed=5).show(8_123_456)
    assert (shown.estimates["drawn"].between(shown.estimates["low"], shown.estimates["high"])).all()
    assert shown.performance.loc["B", "cost"] == shown.estimates.loc["cost/B", "drawn"]
    assert shown.values.loc["B", "cost"] == shelter.criterion("cost").scale.value(
        shown.performance.loc["B", "cost"]
    )
    assert "draw 8123456 of seed 5" in shown._repr_html_()


def test_adding_an_option_or_an_estimate_leaves_the_others(make_problem):
    """Two versions of a question are compared on the same random numbers."""
    before = mcda.sample(make_problem(), 50, seed=7).performances()
    after = mcda.sample(
        make_problem({"D": (1, 2, 3), "A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10)}),
        50,
        7,
    )
    assert (after.performances()[:, 1:] == before).all()


def test_a_shared_cost_never_reorders_costs():
    """A force half the size costs less in every draw, however uncertain the cost of a soldier is."""
    scale = mcda.Scale((1000.0, 0.0), (0.0, 1.0))

    def cost(problem, drawn):
        return drawn["per_head"] * np.array([100.0, 50.0, 49.9])

    leaf = mcda.Criterion(
        "cost", label="Cost", unit="EUR m", direction="min", scale=scale, measure=cost
    )
    options = pd.DataFrame({"label": ["Large", "Small", "Smaller"]}, index=["L", "S", "T"])
    problem = mcda.Problem(
        "force", mcda.Frame(), options, (leaf,), {"per_head": mcda.Estimate("per_head", 0.1, 2, 9)}
    )
    robust = mcda.robustness(
        mcda.sample(problem, 2000, seed=0), mcda.equal_weights(problem), "additive"
    )
    assert robust.rank_acceptability[1].to_dict() == {"L": 0.0, "S": 0.0, "T": 1.0}
    assert robust.pairwise_winning.loc["S", "L"] == 1.0


def test_only_what_is_named_varies(shelter):
    """Families and single estimates; an empty list leaves everything at its best estimate."""
    draws = mcda.sample(shelter, 20, seed=0, vary=["cost", "noise/A"])
    assert draws.varying == ("cost/A", "noise/A", "cost/B", "cost/C")
    assert (mcda.sample(shelter, 20, seed=0, vary=[]).numbers() == shelter.modes).all()
    with pytest.raises(
        mcda.InputError,
        match="vary: expected estimates of the question, or families of them, found",
    ):
        mcda.sample(shelter, 20, seed=0, vary=["price"])


@pytest.mark.parametrize(
    ("n", "seed", "told"),
    [
        (0, 0, "number of draws: expected a whole number from 1 to"),
        (1000.5, 0, "number of draws"),
        (True, 0, "draws"),
        (10_000_000_000, 0, "draws"),
        (10, None, "seed: expected a whole number of at least 0, found None"),
        (10, 0.5, "seed"),
    ],
)
def test_what_is_no_number_of_draws_is_refused(shelter, n, seed, told):
    """Also more draws than any error asks for."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.sample(shelter, n, seed)
    assert told in str(refused.value)


def graded(make_problem, rule):
    sources = {
        grade: mcda.Source(grade, reliability=grade[0], credibility=grade[1])
        for grade in ("B2", "D4")
    }
    estimates = {
        "weak": mcda.Estimate("weak", 10, 20, 60, "percent", sources=("D4",)),
        "both": mcda.Estimate("both", 10, 20, 60, "percent", sources=("D4", "B2")),
        "none": mcda.Estimate("none", 10, 20, 60, "points"),
    }
    return make_problem(
        estimates={**make_problem().estimates, **estimates}, sources=sources, widening=rule
    )


def test_weak_evidence_is_widened_by_the_rule_of_the_question_and_reported(make_problem):
    """The better source counts; a unit's limits hold; nothing is widened without a rule."""
    rule = mcda.Widening({"D4": 3.0, "unsourced": 2.0}, {"percent": (0.0, 100.0)})
    draws = mcda.sample(graded(make_problem, rule), 1000, seed=0)
    told = draws.widened.loc[
        ["weak", "none"], ["grade", "factor", "widened_low", "widened_high", "held"]
    ]
    assert told.to_numpy().tolist() == [
        ["D4", 3.0, 0.0, 100.0, "low, high"],
        ["unsourced", 2.0, 0.0, 100.0, ""],
    ]
    assert "both" not in draws.widened.index
    drawn = draws.numbers()[:, list(draws.problem.estimates).index("weak")]
    assert drawn.min() < 10 and drawn.max() > 60
    assert mcda.sample(graded(make_problem, None), 10, seed=0).widened.empty


def test_a_bad_rule_is_refused():
    """Every fault at once."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.Widening({"G9": 2.0, "D4": 0.5}, {"percent": (1.0, 0.0)})
    assert [fault.where for fault in refused.value.faults] == [
        "widening, factors",
        "widening, factor of 'D4'",
        "widening, limits of 'percent'",
    ]

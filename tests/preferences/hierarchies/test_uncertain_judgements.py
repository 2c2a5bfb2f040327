"""Uncertain judgements as a cloud of weights: any draw again, alone, and around what was judged."""

import numpy as np
import pytest

import mcda
from criteria import ukraine_force

PANEL = mcda.Judgements(
    ["cost", "legal", "force"], {("cost", "legal"): 3, ("cost", "force"): 5, ("legal", "force"): 2}
)
EVERY = [{"factor": 1.4}, {"step": 1}, {"factor": 1.4, "rule": "geometric mean"}]


@pytest.mark.parametrize("settings", EVERY)
def test_a_draw_depends_on_seed_and_number_alone(settings):
    """Chunks give the same rows; another seed or holder gives others."""
    cloud = mcda.judged_weights(PANEL, "panel", **settings)
    rows = cloud.sample(100, seed=0)
    np.testing.assert_array_equal(rows[40:60], cloud.sample(20, seed=0, first=40))
    assert cloud.criteria == ("cost", "legal", "force") and isinstance(cloud, mcda.WeightSpace)
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    assert (rows > 0).all()
    assert not np.array_equal(rows, cloud.sample(100, seed=1))
    assert not np.array_equal(
        rows, mcda.judged_weights(PANEL, "others", **settings).sample(100, seed=0)
    )


def test_log_normal_draws_have_their_median_and_spread():
    """Half above what was judged; two thirds within the factor."""
    drawn = mcda.judged_weights(PANEL, "panel", factor=1.5).drawn_matrices(20_000, seed=1)[:, 0, 1]
    assert np.median(drawn) == pytest.approx(3, rel=0.02)
    assert np.mean(np.abs(np.log(drawn / 3)) < np.log(1.5)) == pytest.approx(0.683, abs=0.01)


def test_steps_are_along_the_scale_and_all_as_likely():
    """3 becomes 2, 3 or 4, a third each; the mirror follows."""
    drawn = mcda.judged_weights(PANEL, "panel", step=1).drawn_matrices(9_000, seed=1)
    ratios, counts = np.unique(drawn[:, 0, 1].round(9), return_counts=True)
    assert ratios.tolist() == [2, 3, 4]
    assert np.allclose(counts / 9_000, 1 / 3, atol=0.02)
    np.testing.assert_allclose(drawn * drawn.swapaxes(-1, -2), 1)


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_weights_are_those_of_the_drawn_judgements():
    """Row by row, also where a pair is missing in all of them."""
    cloud = mcda.judged_weights(PANEL, "panel", factor=1.3)
    matrices = cloud.drawn_matrices(50, seed=4)
    np.testing.assert_allclose(cloud.sample(50, seed=4), mcda.priorities(matrices), rtol=1e-9)
    four = mcda.Judgements(
        list("abcd"), {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2, ("a", "d"): 5}
    )
    gaps = mcda.judged_weights(four, "panel", factor=1.1, rule="geometric mean")
    expected = [
        mcda.priorities(one, "geometric mean").values for one in gaps.drawn_matrices(10, seed=4)
    ]
    np.testing.assert_allclose(gaps.sample(10, seed=4), expected, rtol=1e-9)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "uncertain judgements: expected either a factor or a step, found neither"),
        (
            {"factor": 2, "step": 1},
            "uncertain judgements: expected either a factor or a step, found both",
        ),
        ({"factor": 1}, "factor: expected a number above 1, found 1"),
        ({"factor": float("inf")}, "factor: expected a number above 1, found inf"),
        ({"factor": True}, "factor: expected a number above 1, found True"),
        ({"step": 0}, "step: expected a whole number of at least 1, found 0"),
        ({"step": 1.5}, "step: expected a whole number of at least 1, found 1.5"),
        (
            {"step": 1, "rule": "mean"},
            "rule: expected one of 'eigenvector', 'geometric mean', found 'mean'",
        ),
    ],
)
def test_what_is_no_uncertainty_is_refused(settings, message):
    """Named, with the way out."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.judged_weights(PANEL, "panel", **settings)
    assert message in str(refused.value)


def test_robustness_takes_the_cloud():
    """Over the heads of a question or spread over its leaves: the same shares, whatever the chunks."""
    problem = ukraine_force.problem()
    heads = [criterion.key for criterion in problem.criteria if not criterion.parent]
    judged = mcda.Judgements(
        heads, {(a, b): 1 for k, a in enumerate(heads) for b in heads[k + 1 :]}
    )
    cloud = mcda.over_leaves(problem, mcda.judged_weights(judged, "panel", step=1))
    draws = mcda.sample(problem, n=300, seed=7)
    found = mcda.robustness(draws, cloud, method="additive")
    assert found.holder == "panel" and found.draws == 300
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)
    np.testing.assert_allclose(found.central_weights.dropna().sum(axis=1), 1)
    assert len(found.central_weights.dropna()) > 0

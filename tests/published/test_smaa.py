"""Acceptability analysis against closed forms, published results and given samples."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

HERE = Path(__file__).parent
CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "cases").glob("smaa-*.json"))
}
SAMPLES = HERE.parents[2] / "shared" / "published" / "data" / "smaa_thrombo_samples.csv.gz"
Z = 1.6448536269514722


def question(inputs, cells, anchors=(0.0, 1.0)):
    """Return the question of a case: judged cells, each criterion worth what it measures between the anchors."""
    leaves = [
        mcda.Criterion(key, label=key, direction="max", scale=mcda.Scale(anchors, (0.0, 1.0)))
        for key in inputs["criteria"]
    ]
    options = pd.DataFrame({"label": inputs["alternatives"]}, index=inputs["alternatives"])
    return mcda.Problem(
        "published", mcda.Frame(), options, tuple(leaves), {cell.key: cell for cell in cells}
    )


def of_values(inputs, n, seed=2025):
    """Return the robustness of given partial values under weights uniform on the simplex."""
    cells = [
        mcda.Estimate(f"{key}/{option}", number, number, number)
        for option, row in zip(inputs["alternatives"], inputs["partial_values"], strict=True)
        for key, number in zip(inputs["criteria"], row, strict=True)
    ]
    space = mcda.weight_space(inputs["criteria"])
    return mcda.robustness(mcda.sample(question(inputs, cells), n, seed), space, "additive")


def close(robust, case, *names):
    """Compare tables with the expected ones: within four standard errors, and the case's own tolerance."""
    for name in names:
        found, error = getattr(robust, name).to_numpy(), robust.standard_errors[name].to_numpy()
        off = np.abs(found - np.array(case["expected"][name]))
        assert (off <= 4 * error + 1e-9).all(), (name, off, error)
        assert (off <= case["tolerance"][name]).all(), (name, off)


@pytest.mark.parametrize(
    "name", ["smaa-analytic-2x2", "smaa-analytic-cut-corner", "smaa-analytic-symmetric-3"]
)
def test_closed_forms(name):
    """Shares of the weight simplex and its centres of gravity, at a million draws."""
    case = CASES[name]
    robust = of_values(case["inputs"], 1_000_000)
    close(robust, case, "rank_acceptability", "central_weights")
    assert robust.confidence_factors.tolist() == case["reference_values"]["confidence_factors"]
    assert robust.entropy == pytest.approx(case["reference_values"]["entropy_choice"], abs=0.002)


def test_normal_measurements():
    """One criterion, N(1, 1) against N(0, 2): the normal integral of 1 / sqrt(5), at a million draws."""
    case = CASES["smaa-analytic-normal-measurements"]
    moments = case["inputs"]["measurements"]["C1"]["parameters"]
    cells = [
        mcda.Estimate(f"C1/{option}", mean - Z * sd, mean, mean + Z * sd, distribution="normal")
        for option, (mean, sd) in zip(case["inputs"]["alternatives"], moments, strict=True)
    ]
    draws = mcda.sample(question(case["inputs"], cells, (-50.0, 50.0)), 1_000_000, seed=2025)
    robust = mcda.robustness(draws, mcda.weights({"C1": 1}, "anyone"), "additive")
    close(robust, case, "rank_acceptability")
    assert robust.central_weights["C1"].tolist() == [1.0, 1.0]


def test_ties_are_shared():
    """Two options that are the same: half the draws each at each rank, and the same central weights."""
    case = CASES["smaa-ties-convention"]
    robust = of_values(case["inputs"], 100_000)
    assert robust.rank_acceptability.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert robust.pairwise_winning.to_numpy().tolist() == [[0.0, 0.0], [0.0, 0.0]]
    np.testing.assert_allclose(
        robust.central_weights, case["expected"]["central_weights"], atol=0.01
    )


def test_beta_measurements_of_thrombolytics():
    """Van Valkenhoef et al. (2012): given draws of beta measurements, linear values, exact swing weights."""
    case = CASES["smaa-drugis-thrombolytics-exact"]
    random = np.random.default_rng(2025)
    ranges = {"Prox DVT": (0.25, 0.0), "Dist DVT": (0.4, 0.15), "Bleed": (0.1, 0.0)}
    measured = {
        key: np.stack([random.beta(*ab, 300_000) for ab in given["parameters"]], axis=-1)
        for key, given in case["inputs"]["measurements"].items()
    }
    values = np.stack(
        [mcda.Scale(ranges[key], (0.0, 1.0)).value(x) for key, x in measured.items()], axis=-1
    )
    found = mcda.acceptability(
        mcda.additive(values, case["inputs"]["weights"]), case["inputs"]["weights"]
    )
    off = np.abs(found.rank_acceptability - np.array(case["expected"]["rank_acceptability"]))
    assert (off <= case["tolerance"]["rank_acceptability"]).to_numpy().all()
    np.testing.assert_allclose(
        found.rank_acceptability, case["reference_values"]["rank_acceptability"], atol=0.005
    )


def test_partial_values_are_held_beyond_their_anchors():
    """Rsmaa's example: between the cut-offs as published, beyond them held (its "clip")."""
    inputs, expected = (
        CASES["smaa-partial-value-functions"]["inputs"],
        CASES["smaa-partial-value-functions"]["expected"],
    )
    scale = mcda.Scale(
        tuple(map(float, inputs["cutoffs"][::-1])), tuple(map(float, inputs["values"][::-1]))
    )
    np.testing.assert_allclose(scale.value(np.array(inputs["x"], float)), expected["y"], atol=1e-12)
    np.testing.assert_allclose(
        scale.value(np.array(inputs["x_outside"], float)), expected["y_outside_clip"], atol=1e-12
    )


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="the samples have no licence and stand outside the project"
)
@pytest.mark.parametrize("name", ["smaa-thrombo-samples", "smaa-thrombo-fixed-weights"])
def test_given_samples(name):
    """10,000 published samples of values and weights: what R's smaa prints, to the last digit."""
    case, table = CASES[name], pd.read_csv(SAMPLES).to_numpy()
    values = table[:, :6].reshape(-1, 2, 3)
    weights = np.array(case["inputs"].get("weights", table[:, 6:]))
    found = mcda.acceptability((values * weights.reshape(-1, 1, 3)).sum(axis=-1), weights)
    named = {
        "rank_acceptability": found.rank_acceptability,
        "pairwise_winning": found.pairwise_winning,
        "central_weights": found.central_weights,
        "entropy_choice": found.entropy,
        "entropy_ranking": found.entropy_of_rankings,
        "confidence_factors": confidence(values, found),
    }
    for key, expected in case["expected"].items():
        np.testing.assert_allclose(named[key], expected, atol=case["tolerance"][key], err_msg=key)


def confidence(values, found):
    """How often each option is first under its own central weights."""
    ahead = [
        mcda.acceptability((values * row).sum(axis=-1)) for row in found.central_weights.to_numpy()
    ]
    return [each.rank_acceptability.iloc[i, 0] for i, each in enumerate(ahead)]


def test_a_dominated_option_and_the_error_of_the_draws():
    """The entries of the adversarial suite: exact shares .4, .2, .4 (flips at w1 = .4 and .6), with their errors."""
    inputs = {
        "alternatives": ["A1", "A2", "A3"],
        "criteria": ["C1", "C2"],
        "partial_values": [[1.0, 0.0], [0.6, 0.6], [0.0, 1.0]],
    }
    robust = of_values(inputs, 10_000, seed=1)
    error = robust.standard_errors["rank_acceptability"][1]
    assert np.abs(robust.rank_acceptability[1] - [0.4, 0.2, 0.4]).max() < 0.02
    assert (error > 0).all() and (error < 0.006).all()
    never = of_values(
        inputs | {"partial_values": [[1.0, 0.5], [0.6, 0.6], [0.5, 0.4]]}, 10_000, seed=1
    )
    assert (
        never.rank_acceptability.loc["A3", 1] == 0 and never.central_weights.loc["A3"].isna().all()
    )
    sliver = mcda.weight_space(["C1", "C2"], low={"C1": 0.4999}, high={"C1": 0.5001})
    draws = mcda.sample(robust.problem, 10_000, seed=1)
    assert mcda.robustness(draws, sliver, "additive").rank_acceptability[1].tolist() == [0, 1, 0]


def test_a_range_of_no_width_is_a_number():
    """A standard deviation of 0 is the same as an exact value."""
    normal = mcda.Estimate("C1/A1", 1.0, 1.0, 1.0, distribution="normal")
    assert not normal.varies and normal.ends == (1.0, 1.0)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((1.0, 1.0, 0.0), "low <= mode <= high"), ((np.nan, 1.0, 2.0), "finite low, mode and high")],
)
def test_bad_measurements_are_named(numbers, told):
    """The message names option and criterion."""
    with pytest.raises(mcda.InputError, match="estimate 'C1/A1': expected " + told):
        mcda.Estimate("C1/A1", *numbers, distribution="uniform")

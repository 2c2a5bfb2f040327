"""The suite of bad input, draws and weight spaces: refused with words that help, warned about, or answered right."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

HERE = Path(__file__).parent
CASES = {
    case["id"]: case
    for case in json.loads((HERE / "adversarial_smaa.json").read_text(encoding="utf-8"))["cases"]
}
Z_95 = 1.6448536269514722


def measured(key, text):
    """Return the estimate of a measurement such as "normal(1,0)"."""
    name, *numbers = re.split("[(),]", text.rstrip(")"))
    first, second = (float(numbers[0]), float(numbers[-1]))
    if name == "normal":
        return mcda.Estimate(
            key, first - Z_95 * second, first, first + Z_95 * second, distribution="normal"
        )
    return mcda.Estimate(
        key,
        first,
        first if name == "exact" else min(first, second),
        second,
        distribution="uniform" if name == "uniform" else "triangular",
    )


def answer(case, **changes):
    """Return what the product says to a case: additive scores, values already between 0 and 1."""
    inputs = case["inputs"] | changes
    options, criteria = inputs["alternatives"], inputs["criteria"]
    texts = inputs.get("measurements") or [
        [f"exact({number})" for number in row] for row in inputs["matrix"]
    ]
    cells = [
        measured(f"{key}/{option}", texts[i][j])
        for i, option in enumerate(options)
        for j, key in enumerate(criteria)
    ]
    top = 10.0 if "min-max" in inputs["model"] else 1.0
    leaves = tuple(
        mcda.Criterion(key, label=key, direction="max", scale=mcda.Scale((0.0, top), (0.0, 1.0)))
        for key in criteria
    )
    table = pd.DataFrame({"label": options}, index=options)
    problem = mcda.Problem("bad", mcda.Frame(), table, leaves, {cell.key: cell for cell in cells})
    low, high = (
        {
            key: pair[end]
            for key, pair in zip(criteria, inputs.get("weight_bounds", []), strict=False)
        }
        for end in (0, 1)
    )
    orders = [f"{a} >= {b} + 0.01" for a, b in inputs.get("weight_order", [])]
    space = mcda.weight_space(criteria, *orders, low=low, high=high)
    return mcda.robustness(mcda.sample(problem, inputs["draws"], inputs["seed"]), space, "additive")


REFUSED = {
    "smaa-zero-draws": "number of draws: expected a whole number from 1",
    "smaa-fractional-draws": "number of draws: expected a whole number from 1 to 4,294,967,296, found 1000.5",
    "smaa-too-many-draws": "number of draws: expected a whole number from 1 to 4,294,967,296, found 10000000000",
    "smaa-upper-bounds-infeasible": "exclude each other",
    "smaa-ordinal-contradiction": "'C1 >= C2 + 0.01' and 'C2 >= C1 + 0.01' exclude each other",
    "smaa-interval-reversed": "estimate 'C1/A1': expected low <= mode <= high",
    "smaa-nan-measurement": "estimate 'C1/A1': expected finite low, mode and high",
}
FIRST = {
    name: case["expect"]["first_rank"]
    for name, case in CASES.items()
    if "first_rank" in case["expect"]
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_answered_is_refused_with_its_name(name):
    """The message names the thing; nothing is swapped, cut off or tried for ever."""
    assert CASES[name]["verdict"] in ("refuse", "either")
    with pytest.raises(mcda.InputError) as refused:
        answer(CASES[name])
    assert REFUSED[name] in str(refused.value)


@pytest.mark.parametrize("name", FIRST)
def test_first_ranks_are_as_expected(name):
    """Within the tolerance, with an error at hand."""
    robust = answer(CASES[name])
    tolerance = CASES[name]["expect"].get("tolerance", 0)
    assert np.abs(robust.rank_acceptability[1] - FIRST[name]).max() <= tolerance
    assert (robust.standard_errors["rank_acceptability"][1] < 0.006).all()


def test_every_case_is_looked_at():
    """None is left out."""
    others = {"smaa-one-draw", "smaa-same-seed", "smaa-never-first", "smaa-scale-inside-draws"}
    assert set(CASES) == set(REFUSED) | set(FIRST) | others


def test_one_draw_is_warned_about():
    """Its standard error can't be used, and it settles nothing."""
    with pytest.warns(mcda.AssumptionWarning, match="too few for a standard error"):
        assert not answer(CASES["smaa-one-draw"]).settled


def test_the_same_seed_gives_the_same_numbers():
    """Whatever the options are called."""
    case = CASES["smaa-same-seed"]
    one, named = answer(case), answer(case, alternatives=["X", "Why", "Zed"])
    assert (one.rank_acceptability.to_numpy() == named.rank_acceptability.to_numpy()).all()


def test_an_option_that_is_never_first_has_no_central_weights():
    """Neither zeros nor numbers: undefined."""
    robust = answer(CASES["smaa-never-first"])
    assert (
        robust.rank_acceptability.loc["A3", 1] == 0
        and robust.central_weights.loc["A3"].isna().all()
    )


def test_scales_stand_still_while_measurements_are_drawn():
    """Values are scaled by the anchors of the question, never anew in a draw; the documentation says so."""
    robust = answer(CASES["smaa-scale-inside-draws"])
    draws = mcda.sample(robust.problem, 50, seed=1)
    held = np.clip(draws.performances() / 10.0, 0.0, 1.0)
    np.testing.assert_allclose(draws.values(), held, atol=1e-15)
    assert "value scales and their anchors are fixed by the question, never by a draw" in " ".join(
        mcda.robustness.__doc__.split()
    )

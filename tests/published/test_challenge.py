"""Published and closed-form cases of sensitivity and value of information, and their hostile inputs."""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

HERE = Path(__file__).parent / "challenge"
SHARED = Path(__file__).parents[3] / "shared" / "published"
HOSTILE = {
    case["id"]: case
    for case in json.loads((HERE / "adversarial.json").read_text(encoding="utf-8"))["cases"]
}
REFERENCE = 1e-8


def case(name):
    """A case by its id."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def numbers(entry):
    """A hostile entry with its marked numbers as Python's."""
    if isinstance(entry, list):
        return [numbers(one) for one in entry]
    return float(entry["$num"]) if isinstance(entry, dict) else entry


def labelled(inputs):
    """The table of a case with its names."""
    rows = inputs.get("utilities", inputs.get("matrix"))
    return pd.DataFrame(rows, index=inputs["alternatives"], columns=inputs["criteria"], dtype=float)


def flips(found, criterion):
    """The first weight at which each pair changes places when one criterion is moved."""
    rows = found.pairs[found.pairs["criterion"] == criterion]
    return {
        "/".join(sorted(pair)): at
        for *pair, at in rows[["first", "second", "weight"]].itertuples(index=False)
    }


@pytest.mark.parametrize("name", ["sens-hwang-yoon-saw", "sens-tie-at-base"])
def test_weight_intervals(name):
    """Intervals of leader and order, and every flip, are those computed independently in exact fractions."""
    published = case(name)
    found = mcda.switching_weights(
        labelled(published["inputs"]), published["inputs"]["weights"], "additive"
    )
    for criterion, wanted in published["reference_values"]["intervals"].items():
        row = found.table.loc[criterion]
        assert [row["low"], row["high"]] == pytest.approx(wanted["leader"], abs=REFERENCE)
        assert [row["order_low"], row["order_high"]] == pytest.approx(
            wanted["order"], abs=REFERENCE
        )
        assert flips(found, criterion) == pytest.approx(wanted["flips"], abs=REFERENCE)
    order = mcda.contest(
        labelled(published["inputs"]), published["inputs"]["weights"], "additive"
    ).scores
    assert (
        order.sort_values(ascending=False, kind="stable").index.tolist()
        == published["expected"]["order"]
    )


def test_flips_under_topsis():
    """All weights at which two fighters change places under textbook TOPSIS, and none where there is none."""
    published = case("sens-hwang-yoon-topsis-flip")
    inputs, wanted = published["inputs"], published["reference_values"]["flip_weights"]
    table = pd.DataFrame(inputs["matrix"], index=["A1", "A2", "A3", "A4"], columns=list(wanted))
    method = mcda.RelativeTopsis(
        tuple("max" if sign > 0 else "min" for sign in inputs["directions"])
    )
    pairs = mcda.switching_weights(table, inputs["weights"], method).pairs
    both = pairs[(pairs["first"] == inputs["pair"][0]) & (pairs["second"] == inputs["pair"][1])]
    for criterion, expected in wanted.items():
        assert both.loc[both["criterion"] == criterion, "weight"].tolist() == pytest.approx(
            expected, abs=REFERENCE
        )


def test_most_critical_criterion():
    """The changes of Triantaphyllou and Sanchez: what is taken from one weight while the others stay as stated."""
    published = case("sens-triantaphyllou-sanchez-1997-wsm")
    inputs = published["inputs"]
    found = mcda.switching_weights(labelled(inputs), inputs["weights"], "additive")
    for pair, deltas in published["reference_values"]["delta"].items():
        for criterion, stated, expected in zip(
            inputs["criteria"], inputs["weights"], deltas, strict=True
        ):
            at = flips(found, criterion).get(pair.replace("-", "/"), 1.0)
            share = stated / sum(inputs["weights"])
            delta = (stated - at * sum(inputs["weights"])) / (1 - at) if at < 1 else math.nan
            if expected is None:
                assert math.isnan(delta), (pair, criterion, share)
            else:
                assert delta == pytest.approx(expected, abs=1e-7)
    published_deltas = published["expected"]["delta"]["A1-A2"][1:]
    assert published["reference_values"]["delta"]["A1-A2"][1:] == pytest.approx(
        published_deltas, abs=0.0006
    )


def test_two_by_two():
    """The order of two opposite options flips at one half, 0.2 below the weight stated."""
    published = case("sens-two-by-two")
    table = pd.DataFrame(published["inputs"]["matrix"], index=["A", "B"], columns=["c1", "c2"])
    found = mcda.switching_weights(table, published["inputs"]["weights"], "additive").table
    flip = {"c1": found.loc["c1", "low"], "c2": found.loc["c2", "high"]}
    assert flip == pytest.approx(published["expected"]["flip_weight"], abs=1e-12)
    change = {key: at - found.loc[key, "weight"] for key, at in flip.items()}
    assert change == pytest.approx(published["expected"]["change_needed"], abs=1e-12)


PAYOFFS = [
    "dominant-action",
    "thompson-lumber-three-states",
    "thompson-lumber",
    "wikipedia-investment",
]


@pytest.mark.parametrize("name", PAYOFFS)
def test_value_of_perfect_information(name):
    """EVPI of payoff tables is exact; the choice without it is the published one."""
    published = case(f"voi-{name}")
    inputs = published["inputs"]
    payoffs = pd.DataFrame(
        inputs["payoffs"], index=inputs["alternatives"], columns=inputs["states"]
    )
    found = mcda.evpi(payoffs, inputs["probabilities"])
    assert found == pytest.approx(published["reference_values"]["evpi"], abs=1e-9)
    assert found.choice == published["reference_values"]["best"]
    assert f"{found!r}" == f"{published['reference_values']['evpi']:.6g}"


def test_value_of_partial_information_by_enumeration():
    """Both EVPPIs of a finite case are those of enumeration; knowing everything is worth the EVPI."""
    published = case("voi-finite-evppi")
    parameters = published["inputs"]["parameters"]
    joint = np.outer(parameters["a"], parameters["b"])
    payoffs = np.array(published["inputs"]["utility"]).reshape(3, -1)
    for name, known in {"a": np.repeat([0, 1], 3), "b": np.tile([0, 1, 2], 2)}.items():
        found = mcda.evppi(payoffs, known, joint.ravel())
        assert found == pytest.approx(published["expected"]["evppi"][name], abs=1e-12)
    assert mcda.evpi(payoffs, joint.ravel()) == pytest.approx(
        published["expected"]["evpi"], abs=1e-12
    )
    assert mcda.evppi(payoffs, np.arange(6), joint.ravel()) == mcda.evpi(payoffs, joint.ravel())


def test_value_of_a_survey():
    """Thompson Lumber's imperfect survey: 19,000 unrounded, which the textbook rounds to 19,200."""
    published = case("voi-thompson-lumber-survey")
    inputs = published["inputs"]
    found = mcda.evsi(inputs["payoffs"], inputs["probabilities"], inputs["likelihood"])
    assert found == pytest.approx(published["reference_values"]["evsi"], abs=1e-6)
    assert found == pytest.approx(published["expected"]["evsi"], abs=published["tolerance"]["evsi"])
    whole = mcda.evpi(inputs["payoffs"], inputs["probabilities"])
    assert 100 * found / whole == pytest.approx(
        published["expected"]["efficiency_percent"], abs=0.6
    )


def test_unknown_weight():
    """Two opposite options and a weight anywhere: knowing it is worth a quarter, within the stated error."""
    weight = np.random.default_rng(5).random(100_000)
    utilities = np.stack([weight, 1 - weight], axis=-1)
    found, known = mcda.evpi(utilities), mcda.evppi(utilities, weight)
    assert found == pytest.approx(
        case("voi-mcda-uniform-weight")["expected"]["evpi"], abs=3 * found.standard_error
    )
    assert known == pytest.approx(0.25, abs=0.005) and known <= found


def test_draws_of_a_health_model():
    """EVPI over willingness to pay, from 10,000 published draws that aren't ours to copy."""
    published = case("voi-dampack-psa")
    path = SHARED / published["inputs"]["samples_file"]
    if not path.exists():
        pytest.skip("the published draws are not part of the project")
    draws = pd.read_csv(path)
    effects, costs = (
        draws[[f"{kind}_{name}" for name in ("Chemo", "Radio", "Surgery")]].to_numpy()
        for kind in "ec"
    )
    found = [mcda.evpi(wtp * effects - costs) for wtp in published["inputs"]["willingness_to_pay"]]
    assert found == pytest.approx(published["expected"]["evpi_by_wtp"], abs=0.01)


def sensitivity(name, method="additive"):
    """The switching weights of a hostile case."""
    inputs = HOSTILE[name]["inputs"]
    return mcda.switching_weights(labelled(inputs), inputs["weights"], method)


def test_hostile_weights():
    """A tie is called one, what can't be reached isn't offered, freed weight is shared by a stated rule."""
    assert sensitivity("sens-simple").table.loc["C1", "low"] == pytest.approx(0.5, abs=1e-12)
    tie = sensitivity("sens-tie-at-base")
    assert tie.finding.startswith("There is no single leader")
    assert tie.table.loc["C1", ["low", "high"]].tolist() == pytest.approx([0.5, 0.5])
    beyond = sensitivity("sens-flip-beyond-bounds")
    assert "not reachable" in beyond.finding and beyond.crossings.empty
    assert beyond.table[["low", "high"]].to_numpy().tolist() == [[0, 1], [0, 1]]
    alone = sensitivity("sens-base-weight-one")
    assert "equally" in alone.rule
    assert alone.table.loc["C1", "low"] == pytest.approx(0.8 / 1.8)
    assert "no weight to move" in sensitivity("sens-one-criterion").finding


def test_topsis_gives_the_lead_back():
    """A leader of textbook TOPSIS is overtaken on both sides of its weight: both are found."""
    hostile = HOSTILE["sens-topsis-several-flips"]
    found = sensitivity("sens-topsis-several-flips", mcda.RelativeTopsis(("max",) * 3))
    row = found.table.loc["C1"]
    assert [row["low"], row["high"]] == pytest.approx(hostile["expect"]["flips"], abs=1e-9)
    assert [row["below"], *found.leaders, row["above"]] == hostile["expect"]["winners"]


def test_moved_weights_stay_weights():
    """Wherever one weight is moved to, all sum to one and none is negative: the lead there is the additive one."""
    inputs = HOSTILE["sens-perturbed-weights-sum-to-one"]["inputs"]
    found = mcda.switching_weights(labelled(inputs), inputs["weights"], "additive")
    assert found.table[["low", "high"]].stack().between(0, 1).all()


REFUSED = {
    "voi-probabilities-not-one": "probabilities: expected numbers of at least 0 that sum to 1, found a sum of 1.1",
    "voi-probabilities-rounded": "found a sum of 0.999",
    "voi-nan-payoff": "payoff of alternative 1 in state 2: expected a finite number",
    "voi-no-actions": "utilities: expected a table of alternatives by states, or of draws by alternatives, found []",
    "voi-likelihood-rows": "likelihood in state 1: expected chances that sum to 1, found 0.8 + 0.4",
}
WORTH = {"voi-one-action": 0.0, "voi-dominant": 0.0, "voi-costs": 2.5, "voi-perfect-test": 2.5}


def information(name):
    """The value of information of a hostile case."""
    inputs = HOSTILE[name]["inputs"]
    payoffs, chances = numbers(inputs["payoffs"]), inputs["probabilities"]
    if "likelihood" in inputs:
        return mcda.evsi(payoffs, chances, inputs["likelihood"])
    return mcda.evpi(payoffs, chances, direction=inputs.get("objective", "max"))


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_payoffs_are_refused(name):
    """The message names what is wrong; nothing is normalised in silence."""
    with pytest.raises(mcda.InputError) as refused:
        information(name)
    assert REFUSED[name] in str(refused.value)


@pytest.mark.parametrize("name", WORTH)
def test_hostile_payoffs_are_answered(name):
    """Exact, and zero is zero."""
    assert information(name) == pytest.approx(WORTH[name], abs=1e-12)
    assert not str(information(name)).startswith("-")


def test_partial_information_stays_inside_its_bounds():
    """Between nothing and the EVPI, in the case that asks for it."""
    inputs = HOSTILE["voi-evppi-not-above-evpi"]["inputs"]
    known = [
        next(at for at, group in enumerate(inputs["parameter_groups"]) if state in group)
        for state in range(4)
    ]
    found = mcda.evppi(inputs["payoffs"], known, inputs["probabilities"])
    assert found == pytest.approx(HOSTILE["voi-evppi-not-above-evpi"]["expect"]["evppi"])
    assert 0 <= found <= mcda.evpi(inputs["payoffs"], inputs["probabilities"])


def test_few_draws_say_how_few():
    """A small sample tells its size and its error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = mcda.evpi(np.random.default_rng(1).random((10, 3)))
    assert "10 draws" in repr(found) and found.standard_error > 0.01


def test_no_hostile_case_is_passed_over():
    """Each entry of these areas is run above."""
    tried = {
        "sens-simple",
        "sens-tie-at-base",
        "sens-flip-beyond-bounds",
        "sens-base-weight-one",
        "sens-one-criterion",
        "sens-topsis-several-flips",
        "sens-perturbed-weights-sum-to-one",
        "voi-evppi-not-above-evpi",
        "voi-mcda-small-sample",
        *REFUSED,
        *WORTH,
    }
    assert {name for name, one in HOSTILE.items() if one["area"] in ("sensitivity", "voi")} == tried

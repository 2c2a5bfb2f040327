"""The second question: the engine gives the answer that was published for it, and knows nothing of the first."""

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
from criteria import heparin

CASE = Path(__file__).parents[1] / "published" / "cases" / "smaa-drugis-thrombolytics-exact.json"
N, SEED = 20_000, 4


@pytest.fixture(scope="module")
def question():
    problem = heparin.problem()
    return problem, heparin.perspectives(problem)


def test_the_shares_are_those_of_the_trial(question):
    """15 and 6 percent proximal, 44 and 31 percent in all, one and five bleedings: the abstract's figures."""
    performance = question[0].performance
    assert performance["proximal"].round().tolist() == [15, 6]
    assert performance[["proximal", "distal"]].sum(axis=1).round().tolist() == [44, 31]
    assert (performance["bleeding"] * [1.36, 1.29]).round(9).tolist() == [1, 5]


def test_the_published_answer_is_reached(question):
    """With draws of the published beta shares and the published weights: the published rank acceptability."""
    problem, holders = question
    case = json.loads(CASE.read_text(encoding="utf-8"))
    rng = np.random.default_rng(SEED)
    numbers = np.tile(problem.modes, (N, 1))
    names = dict(zip(("proximal", "distal", "bleeding"), case["inputs"]["measurements"].values(), strict=True))
    for outcome, told in names.items():
        for option, shape in zip(("HEP", "ENOX"), told["parameters"], strict=True):
            patients = problem.estimates[f"patients/{option}"].mode
            numbers[:, problem.position[f"events/{outcome}/{option}"]] = patients * rng.beta(*shape, N)
    weights = holders["Published swing weights"].values
    assert weights.tolist() == pytest.approx(case["inputs"]["weights"])
    values = problem.valued(problem.measured(numbers)) @ weights.to_numpy()
    first = (values.argmax(axis=-1) == 1).mean()
    assert first == pytest.approx(
        case["expected"]["rank_acceptability"][1][0], abs=case["tolerance"]["rank_acceptability"]
    )


def test_who_leads_depends_on_whose_values_are_applied(question):
    """Enoxaparin for both published sets of weights, heparin for whoever fears bleeding most."""
    problem, holders = question
    leads = {name: mcda.rank(problem, weights, "additive").table.index[0] for name, weights in holders.items()}
    assert list(leads.values()) == ["ENOX", "ENOX", "HEP"]


def test_pairs_say_what_the_weights_say(question):
    """The published ratios are coherent: AHP gives the same weights."""
    weights = question[1]["Published swing weights"]
    assert weights.pairwise.values.tolist() == pytest.approx(weights.values.tolist())
    assert weights.pairwise.consistency.ratio == pytest.approx(0, abs=1e-9)

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
    names = dict(
        zip(
            ("proximal", "distal", "bleeding"), case["inputs"]["measurements"].values(), strict=True
        )
    )
    for outcome, told in names.items():
        for option, shape in zip(("HEP", "ENOX"), told["parameters"], strict=True):
            patients = problem.estimates[f"patients/{option}"].mode
            numbers[:, problem.position[f"events/{outcome}/{option}"]] = patients * rng.beta(
                *shape, N
            )
    weights = holders["Published swing weights"].values
    assert weights.tolist() == pytest.approx(case["inputs"]["weights"])
    values = problem.valued(problem.measured(numbers)) @ weights.to_numpy()
    first = (values.argmax(axis=-1) == 1).mean()
    assert first == pytest.approx(
        case["expected"]["rank_acceptability"][1][0], abs=case["tolerance"]["rank_acceptability"]
    )


def test_it_has_a_shape_of_its_own(question):
    """Without clots below the knee, and who leads is the same for all three: told by the audit's table."""
    problem, holders = question
    (shape,) = problem.structures
    assert shape.rationale.startswith("For: ") and " Against: " in shape.rationale
    table = mcda.structure_audit(problem, holders, n=50).structures
    leaders = table.pivot_table("leaders", ["holder", "method"], "structure", aggfunc="first")
    assert (leaders["as stated"] == leaders["proximal alone"]).all()


@pytest.mark.parametrize(
    ("holder", "method", "share"),
    [
        ("Published swing weights", "additive", 0.897),
        ("Example of the R package", "additive", 0.867),
        ("Bleeding first (persona)", "additive", 0.295),
        ("Bleeding first (persona)", "topsis", 0.226),
    ],
)
def test_first_places_are_those_of_the_published_shares(question, holder, method, share):
    """How often enoxaparin is first, weights at their modes: the betas of the counts drawn with numpy say the same."""
    problem, holders = question
    values = {}
    rng = np.random.default_rng(SEED)
    counts = {
        "proximal": ((20, 116), (8, 121)),
        "distal": ((40, 96), (32, 97)),
        "bleeding": ((1, 135), (5, 124)),
    }
    for leaf in problem.leaves:
        drawn = np.stack([100 * rng.beta(*shape, N) for shape in counts[leaf.key]], axis=-1)
        values[leaf.key] = leaf.scale.value(drawn)
    table = np.stack([values[leaf.key] for leaf in problem.leaves], axis=-1)
    weights = holders[holder].values.to_numpy()
    if method == "additive":
        score = table @ weights
    else:
        far, near = (np.sqrt(((weights * gap) ** 2).sum(axis=-1)) for gap in (1 - table, table))
        score = near / (near + far)
    assert (score[:, 1] > score[:, 0]).mean() == pytest.approx(share, abs=0.012)
    drawn = problem.valued(mcda.sample(problem, N, SEED).performances(0, N))
    found = mcda.acceptability(drawn @ weights) if method == "additive" else None
    if found is not None:
        assert found.rank_acceptability.iloc[1, 0] == pytest.approx(share, abs=0.012)
    else:
        draws = mcda.sample(problem, N, SEED)
        held = mcda.robustness(
            draws, mcda.weights(holders[holder].values.to_dict(), holder), "topsis"
        )
        assert held.rank_acceptability.loc["ENOX"].iloc[0] == pytest.approx(share, abs=0.012)


def test_the_mean_of_a_rare_outcome_is_what_was_seen(question):
    """One bleeding in 136 under heparin: a triangle over its interval had a mean of 1.57."""
    problem, _ = question
    drawn = mcda.sample(problem, N, SEED).numbers()[:, problem.position["events/bleeding/HEP"]]
    assert drawn.mean() == pytest.approx(1, abs=0.05)


def test_who_leads_depends_on_whose_values_are_applied(question):
    """Enoxaparin for both published sets of weights, heparin for whoever fears bleeding most."""
    problem, holders = question
    leads = {
        name: mcda.rank(problem, weights, "additive").table.index[0]
        for name, weights in holders.items()
    }
    assert list(leads.values()) == ["ENOX", "ENOX", "HEP"]


def test_pairs_say_what_the_weights_say(question):
    """The published ratios are coherent: AHP gives the same weights."""
    weights = question[1]["Published swing weights"]
    assert weights.pairwise.values.tolist() == pytest.approx(weights.values.tolist())
    assert weights.pairwise.consistency.ratio == pytest.approx(0, abs=1e-9)

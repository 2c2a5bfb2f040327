"""The floor curve is what ranking behind each floor gives, and steps only where an option drops out."""

import numpy as np
import pytest

import mcda


@pytest.mark.parametrize("key", ["places", "cost"])
def test_every_floor_gives_the_leader_of_its_step(shelter, key):
    """A floor anywhere in a step, for a criterion to be maximised and one to be minimised."""
    weights = mcda.equal_weights(shelter)
    curve = mcda.floor_curve(shelter, weights, "topsis", key)
    for _, step in curve.table.iterrows():
        for floor in np.linspace(step["from"], step["to"], 4)[1:]:
            ranking = mcda.rank(shelter, weights, "topsis", floors={key: float(floor)})
            assert (
                ", ".join(ranking.leaders) == step["leaders"]
                and len(ranking.excluded) == step["excluded"]
            )
    assert curve.table["excluded"].tolist() == [0, 1, 2]


def test_the_ukraine_question_hangs_on_its_floor(ukraine_question):
    """Without a floor the baseline leads for Paris, behind the proposed one another: the curve says where it turns."""
    problem, holders = ukraine_question
    curve = mcda.floor_curve(problem, holders["Paris"], "topsis")
    assert curve.criterion == "C1.3" and curve.proposed == 30
    assert curve.table["leaders"].iloc[0] == "OPT01"
    behind = curve.table[(curve.table["from"] < 30) & (30 <= curve.table["to"])]["leaders"].iloc[0]
    assert (
        behind == mcda.rank(problem, holders["Paris"], "topsis", floors=True).leaders[0] != "OPT01"
    )
    assert "; if it rises just above 20 points 0-100, " in curve.finding
    assert "<p>Without a minimum" in curve._repr_html_()


def test_faults_and_a_floor_that_changes_nothing(shelter, make_problem):
    """A leaf that isn't one is named; the best on the leaf leads behind every floor that excludes not all."""
    with pytest.raises(mcda.InputError, match="floor on 'money'"):
        mcda.floor_curve(shelter, mcda.equal_weights(shelter), "additive", "money")
    alone = make_problem({"A": (10, 90, 10), "B": (40, 30, 80)})
    assert (
        "leads, whatever the minimum, as long as an option passes it."
        in mcda.floor_curve(alone, mcda.equal_weights(alone), "additive").finding
    )
    level = make_problem({"A": (10, 90, 10), "B": (10, 90, 10)})
    found = mcda.floor_curve(level, mcda.equal_weights(level), "additive").finding
    assert "Option A and Option B lead, whatever the minimum" in found

"""The state of the evidence is reported as it is."""

import pandas as pd
import pytest

from mcda import Criterion, Estimate, Scale, check, read_problem


def test_coverage_counts_cells_by_kind_and_those_without_a_source(cooling):
    """Every cell of the performance table is counted once."""
    found = check(read_problem(cooling))
    assert found.coverage["cells"].sum() == 16 and found.coverage.loc["fact"].tolist() == [3, 1]
    assert found.coverage.loc["estimate", "without_source"] == 0
    assert found.coverage.loc["judgement"].tolist() == [6, 6]


@pytest.fixture
def derived(make_problem):
    """A question with one derived leaf, an idle estimate, and an analyst's cells for the derived leaf."""
    base = make_problem()
    upkeep = Criterion(
        "upkeep",
        "money",
        "Upkeep",
        "EUR",
        "min",
        scale=Scale((400.0, 0.0), (0.0, 1.0)),
        measure=lambda problem, drawn: drawn["rate"] * drawn.along("places", problem.options.index),
    )
    typed = pd.DataFrame(
        [("A", "upkeep", 25, 60, 120), ("B", "upkeep", 80, 90, 95), ("C", "upkeep", 0, 1, 2)],
        columns=["option", "criterion", "low", "mode", "high"],
    )
    estimates = {
        **base.estimates,
        "rate": Estimate("rate", 1, 2, 3),
        "idle": Estimate("idle", 1, 2, 3),
    }
    return make_problem(
        criteria=(*base.criteria, upkeep), estimates=estimates, tables={"scores": typed}
    )


def test_a_disagreement_with_the_analyst_is_listed_with_both_ranges(derived):
    """A agrees; B's best estimate lies outside the analyst's range; C's ranges don't meet."""
    found = check(derived).disagreements
    assert found["finding"].to_dict() == {
        ("B", "upkeep"): "the derived best estimate lies outside the analyst's range",
        ("C", "upkeep"): "the ranges don't meet",
    }
    assert found.loc[("B", "upkeep"), ["low", "mode", "high"]].tolist() == [85, 180, 300]


def test_an_estimate_that_nothing_reads_is_listed(derived):
    """A misspelt key doesn't lie idle in silence."""
    assert check(derived).unused == ("idle",)


def test_empty_fields_of_the_frame_are_listed(shelter):
    """What question.toml doesn't say is reported as missing."""
    assert "decision_owner" in check(shelter).missing and "title" not in check(shelter).missing

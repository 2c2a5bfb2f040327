"""Published decision analyses whose weights are known to be sound raise no flag of the structure audit."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

CASE = json.loads(
    (Path(__file__).parent / "structure" / "nutt-2010.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def audit():
    """The audit of the drug harms: 20 drugs on 16 criteria, more harm being the higher score."""
    inputs = CASE["inputs"]
    table = pd.DataFrame(inputs["matrix"], inputs["alternatives"], inputs["criteria"])
    problem = mcda.problem_from(
        table,
        directions=dict.fromkeys(table, "max"),
        units=dict.fromkeys(table, "points"),
        anchors=dict.fromkeys(table, (0, 100)),
        accept=["ranges", "sources"],
    )
    weights = mcda.weights(dict(zip(table, inputs["weights"], strict=True)), "workshop")
    return mcda.structure_audit(problem, weights, n=20_000)


def test_totals_are_the_published_ones(audit):
    """The weighted sums are the scores that were published with the data."""
    problem = audit.problem
    stated = audit.weights.set_index("criterion")["stated"]
    totals = 100 * problem.values @ stated[problem.values.columns]
    known = CASE["expected"]["totals"]
    assert np.allclose(
        totals[list(known)], list(known.values()), atol=CASE["tolerance"]["totals"] + 1e-9
    )


def test_a_sound_weighting_raises_nothing(audit):
    """The largest gap between a weight and what it decides is 0.041, and there is no flag."""
    gap = (audit.weights["effective"] - audit.weights["stated"]).abs().max()
    assert gap == pytest.approx(
        CASE["expected"]["largest_gap"], abs=CASE["tolerance"]["largest_gap"]
    )
    assert (audit.weights["effective"] > 0).all()
    assert audit.flags.empty
    assert len(audit.leads["cases"].unique()) == 2  # the weights that were drawn, and every subset

"""The structure audit on published data: a sound decision analysis raises no flag, and ratios are as by hand."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.sensitivity.structure.effective_weights import WIDTHS, correlation_ratios

CASES = Path(__file__).parent / "structure"
CASE = json.loads((CASES / "nutt-2010.json").read_text(encoding="utf-8"))
INDEX = json.loads((CASES / "hdi-2011.json").read_text(encoding="utf-8"))


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


def fitted(column, total, at, kept, width):
    """A total at one place, by least squares of a straight line through others, the nearer the heavier."""
    apart = (column[kept] - column[at]) / np.ptp(column)
    root = np.exp(-0.25 * (apart / width) ** 2)
    line = np.stack([np.ones(kept.sum()), apart], axis=-1)
    return np.linalg.lstsq(root[:, None] * line, root * total[kept], rcond=None)[0][0]


def ratio(column, total):
    """The share of the variance of a total that a column explains; the width misses least, each place left out."""
    places = np.arange(len(total))
    missed = {}
    for width in WIDTHS:
        left_out = [fitted(column, total, at, places != at, width) for at in places]
        missed[width] = np.square(total - left_out).sum()
    width = min(missed, key=missed.get)
    smooth = [fitted(column, total, at, places >= 0, width) for at in places]
    return 1 - np.var(total - smooth) / np.var(total)


def test_ratios_of_a_composite_indicator():
    """An index published with its parts: what each part explains, by another implementation, to a millionth."""
    parts = np.array(INDEX["inputs"]["matrix"])
    total = np.array(INDEX["expected"]["index"])
    geometric = np.prod(parts, axis=1) ** (1 / 3)
    assert np.abs(geometric - total).max() < INDEX["tolerance"]["index"]
    found = correlation_ratios(parts, total[:, None])[0]
    by_hand = [ratio(column, total) for column in parts.T]
    assert np.abs(found - by_hand).max() < INDEX["tolerance"]["ratios"]
    assert 0.8 < found.min() < found.max() < 1

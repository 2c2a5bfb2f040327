"""What judgements say against each other, by brute force and by fixtures from the literature."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.preferences.hierarchies.contradictions import geometric_index

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*above 0.10:mcda.AssumptionWarning"
)  # judgements here are random

SAATY = [*range(1, 10), *(1 / k for k in range(2, 10))]


@st.composite
def judged(draw, least=3, most=6):
    """Complete judgements on Saaty's scale."""
    n = draw(st.integers(least, most))
    items = [f"i{k}" for k in range(n)]
    pairs = [(a, b) for k, a in enumerate(items) for b in items[k + 1 :]]
    return mcda.Judgements(items, {pair: draw(st.sampled_from(SAATY)) for pair in pairs})


def without(judgements, pair):
    return mcda.Judgements(
        judgements.items, {key: ratio for key, ratio in judgements.ratios.items() if key != pair}
    )


@pytest.mark.filterwarnings("ignore:outside Saaty:mcda.AssumptionWarning")
@pytest.mark.filterwarnings("ignore:as many judgements as priorities need:mcda.AssumptionWarning")
@given(judged())
def test_what_the_others_imply_is_what_they_give_without_it(judgements):
    """Leave the judgement out, complete by least squares: the same ratio, and the consistency ratio with it."""
    found = mcda.contradictions(judgements).judgements
    for row in found.itertuples():
        rest = mcda.priorities(without(judgements, (row.first, row.second)), "geometric mean")
        assert row.implied == pytest.approx(rest[row.first] / rest[row.second])
        assert found.loc[row.Index, "ratio then"] == pytest.approx(rest.consistency.ratio, abs=1e-9)
    assert found["share of error"].sum() == pytest.approx(1 if found["share of error"].any() else 0)


@given(judged())
def test_the_geometric_index_is_its_definition(judgements):
    """2 / ((n - 1)(n - 2)) times the sum of squared log errors about the row means; the limit depends on n."""
    matrix = judgements.matrix.to_numpy()
    n = len(matrix)
    means = np.asarray(mcda.priorities(matrix, "geometric mean"))
    total = sum(
        np.log(matrix[i, j] * means[j] / means[i]) ** 2 for i in range(n) for j in range(i + 1, n)
    )
    found = mcda.contradictions(judgements)
    assert found.geometric_index == pytest.approx(2 * total / ((n - 1) * (n - 2)))
    assert geometric_index(matrix, means) == pytest.approx(found.geometric_index)
    assert found.geometric_limit == {3: 0.3147, 4: 0.3526}.get(n, 0.370)


@given(judged())
def test_the_worst_triad_is_koczkodajs(judgements):
    """The largest over triads of the least relative change that would make one consistent, whatever its order."""
    matrix, items = judgements.matrix, judgements.items
    worst = max(
        min(
            abs(1 - matrix.loc[a, c] / (matrix.loc[a, b] * matrix.loc[b, c])),
            abs(1 - matrix.loc[a, b] * matrix.loc[b, c] / matrix.loc[a, c]),
        )
        for a, b, c in permutations(items, 3)
    )
    assert mcda.contradictions(judgements).triads["disagreement"].iloc[0] == pytest.approx(worst)


@given(judged())
def test_order_violations_are_those_of_the_definition(judgements):
    """Every judged preference, and every pair of preferences of different strength, by brute force."""
    matrix, weights = judgements.matrix, mcda.priorities(judgements)
    preferred = [(a, b) for a, b in permutations(judgements.items, 2) if matrix.loc[a, b] > 1]
    derived = {(a, b): weights[a] / weights[b] for a, b in preferred}
    close = 1 + 1e-9
    order = sum(derived[pair] <= close for pair in preferred)
    intensity = sum(
        matrix.loc[p] > matrix.loc[q] * close and derived[p] <= derived[q] * close
        for p in preferred
        for q in preferred
    )
    found = mcda.contradictions(judgements).order["kind"].value_counts()
    assert (found.get("order", 0), found.get("intensity", 0)) == (order, intensity)


def test_a_good_ratio_can_break_the_order_of_preferences():
    """Fixture A3 (Bana e Costa and Vansnick, 2008): CR 0.051, yet 1 over 4 (judged 5) beats 4 over 5 (judged 7)."""
    pairs = {
        (1, 2): 2,
        (1, 3): 3,
        (1, 4): 5,
        (1, 5): 9,
        (2, 3): 2,
        (2, 4): 4,
        (2, 5): 9,
        (3, 4): 2,
        (3, 5): 8,
        (4, 5): 7,
    }
    judgements = mcda.Judgements(
        list("12345"), {(str(a), str(b)): ratio for (a, b), ratio in pairs.items()}
    )
    found = mcda.contradictions(judgements)
    row = found.order[
        (found.order["stronger"] == "4 over 5") & (found.order["weaker"] == "1 over 4")
    ].iloc[0]
    assert (row["judged"], row["weaker judged"]) == (7, 5)
    assert (row["derived"], row["weaker derived"]) == pytest.approx((3.75, 4.23), abs=5e-3)
    assert "judged preferences not kept by the priorities" in str(found)
    assert judgements.ratios["4", "5"] == 7  # shown, never applied


def test_consistent_judgements_have_nothing_against_them():
    """No error, no triad, no order."""
    found = mcda.contradictions(
        mcda.Judgements(["a", "b", "c"], {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 6})
    )
    assert found.geometric_index == pytest.approx(0, abs=1e-12)
    assert found.triads["disagreement"].max() == pytest.approx(0, abs=1e-12)
    assert found.order.empty and found.judgements["share of error"].max() == pytest.approx(
        0, abs=1e-9
    )
    assert str(found) == "geometric consistency index 0.000, within its limit 0.315"


def test_a_judgement_that_stands_alone_cannot_be_checked():
    """The only link to an item: nothing else speaks of it; the triads are those that were judged."""
    judgements = mcda.Judgements(
        ["a", "b", "c", "d"], {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 9, ("c", "d"): 3}
    )
    found = mcda.contradictions(judgements)
    alone = found.judgements.set_index(["first", "second"]).loc[("c", "d")]
    assert (
        np.isnan(alone["implied"])
        and alone["in words"] == ""
        and alone["share of error"] == pytest.approx(0)
    )
    assert len(found.triads) == 1
    assert found.judgements.set_index(["first", "second"]).loc[
        ("a", "c"), "implied"
    ] == pytest.approx(4)


@pytest.mark.parametrize("items", [["a"], ["a", "b"]])
def test_few_items_are_no_error(items):
    """One or two can't contradict each other."""
    found = mcda.contradictions(
        mcda.Judgements.from_matrix(np.ones((len(items), len(items))), items)
    )
    assert found.geometric_index == 0 and found.triads.empty and found.order.empty

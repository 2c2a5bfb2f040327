"""A group's judgements: put together as named, with everything that putting together hides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.preferences.group import CAUTION

SAATY = [*range(1, 10), *(1 / k for k in range(2, 10))]
ITEMS = ["cost", "legal", "force"]


@st.composite
def members(draw):
    """Two to five members who judge the same three or four items."""
    items = [f"i{k}" for k in range(draw(st.integers(3, 4)))]
    pairs = [(a, b) for k, a in enumerate(items) for b in items[k + 1 :]]
    return {f"m{number}": mcda.Judgements(items, {pair: draw(st.sampled_from(SAATY)) for pair in pairs})
            for number in range(draw(st.integers(2, 5)))}  # fmt: skip


def judged(*upper):
    return mcda.Judgements(
        ITEMS, dict(zip([("cost", "legal"), ("cost", "force"), ("legal", "force")], upper, strict=True))
    )


@pytest.mark.filterwarnings("ignore:consistency ratio above:mcda.AssumptionWarning")
@given(members(), st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_joined_judgements_equal_joined_priorities_under_geometric_means(group, shares):
    """AIJ and AIP are then one, weighted too (Barzilai and Golany, 1994)."""
    shares = dict(zip(group, shares, strict=False))
    joined = mcda.group(group, shares, rule="geometric mean")
    apart = mcda.group(group, shares, way="AIP", rule="geometric mean")
    np.testing.assert_allclose(joined.priorities, apart.priorities, rtol=1e-9)
    assert (
        joined.incompatibility >= mcda.contradictions(mcda.Judgements.from_matrix(joined.joined)).geometric_index - 1e-9
    )


@pytest.mark.filterwarnings("ignore:consistency ratio above:mcda.AssumptionWarning")
@given(members(), st.sampled_from(["AIJ", "AIP", "AIP arithmetic"]), st.randoms(use_true_random=False))
def test_the_order_of_members_and_items_does_not_matter(group, way, random):
    """Everything is matched by name."""
    shuffled = list(group)
    random.shuffle(shuffled)
    turned = {name: mcda.Judgements(group[name].items[::-1], group[name].ratios) for name in shuffled}
    first, second = mcda.group(group, way=way), mcda.group(turned, way=way)
    np.testing.assert_allclose(second.priorities[first.priorities.index], first.priorities, rtol=1e-9)
    assert second.consensus == pytest.approx(first.consensus)
    assert second.ratios.to_dict() == pytest.approx(first.ratios.to_dict(), abs=1e-9)


@pytest.mark.filterwarnings("ignore:consistency ratio above:mcda.AssumptionWarning")
@given(members())
def test_consensus_lies_between_its_ends(group):
    """1 for members who agree exactly; below it otherwise, and above 0 on Saaty's scale."""
    found = mcda.group(group)
    assert -1e-9 <= found.consensus <= 1 + 1e-9
    first = next(iter(group.values()))
    assert mcda.group({"a": first, "b": first}).consensus == pytest.approx(1)
    assert mcda.group({"a": first}).consensus == pytest.approx(1)


def test_a_random_group_looks_coherent_and_is_warned_of():
    """Twenty judges who answer at random: a group ratio below 0.10, and every one of them named above it."""
    rng = np.random.default_rng(3)
    pairs = [(a, b) for k, a in enumerate("abcde") for b in "abcde"[k + 1 :]]
    judges = {f"judge {number}": mcda.Judgements(list("abcde"), {pair: rng.choice(SAATY) for pair in pairs})
              for number in range(20)}  # fmt: skip
    with pytest.warns(
        mcda.AssumptionWarning, match="consistency ratio above 0.10, which the group's own hides: 'judge"
    ):
        found = mcda.group(judges)
    assert found.consistency.ratio < 0.10 < found.ratios.median()
    assert CAUTION in found.notes and found.notes[-1].startswith("consistency ratio above 0.10")
    assert len(found.incoherent) == (found.ratios > 0.10).sum() > 15


def test_what_the_group_hides_is_shown():
    """Shares, each member's priorities and ratio, who stands at the ends, and what consensus means."""
    found = mcda.group({"Ann": judged(3, 5, 2), "Ben": judged("1/3", "1/5", "1/2")}, {"Ann": 3, "Ben": 1})
    assert found.table.loc["Ann", "share"] == 0.75
    assert found.spread.loc["cost", ["lowest for", "highest for"]].tolist() == ["Ben", "Ann"]
    spread = found.spread.loc["cost"]
    assert spread["highest over lowest"] == pytest.approx(spread["highest"] / spread["lowest"])
    assert "consensus by Shannon entropy (Goepel, 2018)" in found._repr_html_()
    weights = found.weights("the panel", as_of="2026-01")
    assert weights.holder == "the panel" and weights.method == "group AHP, AIJ, eigenvector"
    assert weights.values["cost"] > 0.4 and "members" in weights.steps


def test_a_pair_counts_for_those_who_judged_it():
    """The mean over the others; a pair that nobody judged is completed, and says so."""
    some = mcda.Judgements(ITEMS, {("cost", "legal"): 9, ("legal", "force"): 2})
    with pytest.warns(mcda.AssumptionWarning, match="as many judgements as priorities need"):
        found = mcda.group({"Ann": judged(4, 4, 2), "Ben": some})
    assert found.joined.loc["cost", "legal"] == pytest.approx(6) and found.joined.loc["cost", "force"] == pytest.approx(
        4
    )
    assert np.isnan(found.incompatibility)


@pytest.mark.parametrize(
    ("given_", "settings", "message"),
    [
        ({}, {}, "group: expected at least one member, found none"),
        (
            {"Ann": judged(1, 1, 1)},
            {"way": "mean"},
            "way: expected one of 'AIJ', 'AIP', 'AIP arithmetic', found 'mean'",
        ),
        ({"Ann": judged(1, 1, 1)}, {"shares": {"Bea": 1}}, "shares: expected members among 'Ann', found 'Bea'"),
        ({"Ann": judged(1, 1, 1)}, {"shares": {"Bea": 1}}, "shares: expected a share of 'Ann', found none; give 0"),
        (
            {"Ann": judged(1, 1, 1)},
            {"shares": {"Ann": -1}},
            "share of 'Ann': expected a number of at least 0, found -1",
        ),
        ({"Ann": judged(1, 1, 1)}, {"shares": {"Ann": "x"}}, "share of 'Ann': expected a finite number, found 'x'"),
        ({"Ann": [[1, 2], [3, 1]]}, {}, "judgements of 'Ann': judgement 'item 1' to 'item 2': expected a matrix"),
        (
            {"Ann": judged(1, 1, 1), "Ben": mcda.Judgements(ITEMS, {("cost", "legal"): 2})},
            {},
            "judgements of 'Ben': pairwise matrix: expected comparisons that connect all items, found parts",
        ),
    ],
)
def test_what_is_no_group_is_refused(given_, settings, message):
    """The member is named."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.group(given_, **settings)
    assert message in str(refused.value)


def test_a_consensus_of_what_is_no_priority_is_refused():
    """The member and the item are named."""
    with pytest.raises(mcda.InputError, match="priority 2 of member 1: expected a finite number"):
        mcda.consensus([[0.5, np.nan], [0.5, 0.5]])


@pytest.mark.parametrize("vectors", [[0.5, 0.5], np.ones((0, 3))])
def test_consensus_takes_a_vector_for_each_member(vectors):
    """One vector, or none, is no group."""
    with pytest.raises(mcda.InputError, match="priorities: expected a vector for each member"):
        mcda.consensus(vectors)

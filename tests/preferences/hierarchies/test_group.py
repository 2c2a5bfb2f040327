"""A group's judgements: put together as named, with everything that putting together hides."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.sentences.catalogue import told

SAATY = [*range(1, 10), *(1 / k for k in range(2, 10))]
ITEMS = ["cost", "legal", "force"]


@st.composite
def members(draw):
    """Two to five members who judge the same three or four items."""
    items = [f"i{k}" for k in range(draw(st.integers(3, 4)))]
    pairs = [(a, b) for k, a in enumerate(items) for b in items[k + 1 :]]
    return {
        f"m{number}": mcda.Judgements(items, {pair: draw(st.sampled_from(SAATY)) for pair in pairs})
        for number in range(draw(st.integers(2, 5)))
    }


def judged(*upper):
    return mcda.Judgements(
        ITEMS,
        dict(zip([("cost", "legal"), ("cost", "force"), ("legal", "force")], upper, strict=True)),
    )


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@given(members(), st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_joined_judgements_equal_joined_priorities_under_geometric_means(group, shares):
    """AIJ and AIP are then one, weighted too (Barzilai and Golany, 1994)."""
    shares = dict(zip(group, shares, strict=False))
    joined = mcda.group(group, shares, rule="geometric mean")
    apart = mcda.group(group, shares, way="AIP", rule="geometric mean")
    np.testing.assert_allclose(joined.priorities, apart.priorities, rtol=1e-9)
    assert (
        joined.incompatibility
        >= mcda.contradictions(mcda.Judgements.from_matrix(joined.joined)).geometric_index - 1e-9
    )


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@given(
    members(), st.sampled_from(["AIJ", "AIP", "AIP arithmetic"]), st.randoms(use_true_random=False)
)
def test_the_order_of_members_and_items_does_not_matter(group, way, random):
    """Everything is matched by name."""
    shuffled = list(group)
    random.shuffle(shuffled)
    turned = {
        name: mcda.Judgements(group[name].items[::-1], group[name].ratios) for name in shuffled
    }
    first, second = mcda.group(group, way=way), mcda.group(turned, way=way)
    np.testing.assert_allclose(
        second.priorities[first.priorities.index], first.priorities, rtol=1e-9
    )
    assert second.consensus == pytest.approx(first.consensus)
    assert second.ratios.to_dict() == pytest.approx(first.ratios.to_dict(), abs=1e-9)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
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
    judges = {
        f"judge {number}": mcda.Judgements(
            list("abcde"), {pair: rng.choice(SAATY) for pair in pairs}
        )
        for number in range(20)
    }
    with pytest.warns(
        mcda.AssumptionWarning,
        match="consistency ratio above 0.10, which the group's own hides: 'judge",
    ):
        found = mcda.group(judges)
    assert found.consistency.ratio < 0.10 < found.ratios.median()
    assert told("group_notes.caution") in found.notes and found.notes[-1].startswith(
        "consistency ratio above 0.10"
    )
    assert len(found.incoherent) == (found.ratios > 0.10).sum() > 15


@pytest.mark.filterwarnings("ignore:the members contradict each other:mcda.AssumptionWarning")
def test_what_the_group_hides_is_shown():
    """Shares, each member's priorities and ratio, who stands at the ends, and what consensus means."""
    found = mcda.group(
        {"Ann": judged(3, 5, 2), "Ben": judged("1/3", "1/5", "1/2")}, {"Ann": 3, "Ben": 1}
    )
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
    assert found.joined.loc["cost", "legal"] == pytest.approx(6) and found.joined.loc[
        "cost", "force"
    ] == pytest.approx(4)
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
        (
            {"Ann": judged(1, 1, 1)},
            {"shares": {"Bea": 1}},
            "shares: expected members among 'Ann', found 'Bea'",
        ),
        (
            {"Ann": judged(1, 1, 1)},
            {"shares": {"Bea": 1}},
            "shares: expected a share of 'Ann', found none; give 0",
        ),
        (
            {"Ann": judged(1, 1, 1)},
            {"shares": {"Ann": -1}},
            "share of 'Ann': expected a number of at least 0, found -1",
        ),
        (
            {"Ann": judged(1, 1, 1)},
            {"shares": {"Ann": "x"}},
            "share of 'Ann': expected a finite number, found 'x'",
        ),
        (
            {"Ann": [[1, 2], [3, 1]]},
            {},
            "judgements of 'Ann': judgement 'item 1' to 'item 2': expected a matrix",
        ),
        (
            {"Ben": mcda.Judgements(ITEMS, {("cost", "legal"): 2})},
            {},
            "pairwise matrix: expected comparisons that connect all items, found parts",
        ),
        (
            {"Ben": mcda.Judgements(ITEMS, {("cost", "legal"): 2})},
            {"way": "AIP"},
            "group: expected a member whose judgements connect all items, found none; use way=",
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


FOUR = ["A", "B", "C", "D"]
ALL_PAIRS = dict.fromkeys(itertools.combinations(FOUR, 2), 2)
APART = mcda.Judgements(FOUR, {("A", "B"): 4, ("C", "D"): 1})


def test_a_member_whose_judgements_connect_nothing_stops_nobody():
    """The pairs that were judged count in the joined judgements; the member is named."""
    given_ = {"Ann": mcda.Judgements(FOUR, ALL_PAIRS), "Ben": APART}
    with pytest.warns(mcda.AssumptionWarning, match="judgements of 'Ben' don't connect all items"):
        found = mcda.group(given_)
    assert found.joined.loc["A", "B"] == pytest.approx(8**0.5)
    assert found.joined.loc["A", "C"] == 2 and list(found.members.index) == ["Ann"]
    assert found.shares.tolist() == [0.5, 0.5] and any("'Ben'" in note for note in found.notes)


@pytest.mark.parametrize("way", ["AIP", "AIP arithmetic"])
def test_separate_judges_must_have_priorities(way):
    """Who has none is set aside, and the shares of the others make up the whole."""
    given_ = {"Ann": mcda.Judgements(FOUR, ALL_PAIRS), "Ben": APART}
    with pytest.warns(mcda.AssumptionWarning, match="'Ben' don't connect all items: set aside"):
        found = mcda.group(given_, way=way)
    alone = mcda.priorities(given_["Ann"])
    assert found.priorities.tolist() == pytest.approx(list(alone))
    assert found.shares.to_dict() == {"Ann": 1, "Ben": 0}


def test_a_group_may_know_together_what_no_member_knows():
    """Each judged one pair; joined they connect all items, though nobody has priorities alone."""
    given_ = {
        "Ann": mcda.Judgements(ITEMS, {("cost", "legal"): 2}),
        "Ben": mcda.Judgements(ITEMS, {("legal", "force"): 2}),
    }
    found, told = split_of(given_)
    assert found.priorities.tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert np.isnan(found.consensus) and any("'Ann', 'Ben'" in one for one in told)
    assert any("not defined" in note for note in found.notes) and found._repr_html_()


def test_warnings_of_judgements_name_the_member():
    """A slip of 98 for 9 is somebody's."""
    given_ = {"Ann": [[1, 98], [1 / 98, 1]], "Ben": [[1, 3], [0.33, 1]]}
    _, told = split_of(given_)
    beyond = [one for one in told if "outside Saaty's scale" in one]
    assert [one.split(":")[0] for one in beyond] == ["judgements of 'Ann'", "joined judgements"]
    assert any(one.startswith("judgements of 'Ben': mirrored entries") for one in told)


def split_of(group, **settings):
    """Return a group, and what it warned of."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        found = mcda.group(group, **settings)
    return found, [str(one.message) for one in heard]


SPLIT = "the members contradict each other: equal or nearly equal shares come from the split, not from indifference"


@pytest.mark.parametrize("way", ["AIJ", "AIP", "AIP arithmetic"])
def test_opposites_are_told_to_be_split(way):
    """Two members who judge exact inverses: shares are equal under AIJ, and the warning says from what."""
    pairs = {("Cost", "Speed"): 4, ("Cost", "Quiet"): 8, ("Speed", "Quiet"): 2}
    opposite = {(b, a): ratio for (a, b), ratio in pairs.items()}
    items = ["Cost", "Speed", "Quiet"]
    found, told = split_of(
        {"Ann": mcda.Judgements(items, pairs), "Ben": mcda.Judgements(items, opposite)}, way=way
    )
    if way != "AIP arithmetic":
        assert found.priorities.tolist() == pytest.approx(
            [1 / 3] * 3
        ) and found.consensus == pytest.approx(0.40, abs=5e-3)
    assert len(told) == 1 and told[0].startswith(f"{SPLIT}, on 'Cost' and 'Quiet' ('Ann' prefer")
    assert told[0] in found.notes and told[0] in found._repr_html_().replace("&#x27;", "'")
    assert found.split.loc[0, ["first", "second"]].tolist() == ["Cost", "Quiet"]
    assert found.split.loc[0, "highest"] == pytest.approx(8) and found.split.loc[
        0, "lowest"
    ] == pytest.approx(1 / 8)


def test_two_camps_that_nearly_contradict_each_other_are_split():
    """Four members, no two alike: the pairs and both camps are named."""
    group = {
        "Ann": judged(5, 7, 2),
        "Abe": judged(4, 6, 1),
        "Ben": judged("1/4", "1/6", "1/2"),
        "Bea": judged("1/6", "1/7", 1),
    }
    found, told = split_of(group)
    assert (
        len(told) == 1
        and "'cost' and 'force' ('Ann', 'Abe' prefer the first, 'Ben', 'Bea' the second)" in told[0]
    )
    assert {tuple(pair) for pair in found.split[["first", "second"]].to_numpy()} == {
        ("cost", "legal"),
        ("cost", "force"),
    }


def test_the_mildest_opposites_of_the_scale_are_split():
    """Twice against half is a contradiction too, though consensus is high."""
    found, told = split_of({"Ann": [[1, 2], [1 / 2, 1]], "Ben": [[1, 1 / 2], [2, 1]]})
    assert len(told) == 1 and told[0].startswith(SPLIT) and found.consensus > 0.8


def test_members_who_each_prefer_something_else_are_split():
    """Five members, five items: no pair has two camps of a quarter, and still nobody is indifferent."""
    items = list("vwxyz")
    group = {
        f"fan of {one}": mcda.Judgements(
            items,
            {
                (a, b): 9 if a == one else "1/9" if b == one else 1
                for a, b in itertools.combinations(items, 2)
            },
        )
        for one in items
    }
    found, told = split_of(group)
    assert found.priorities.tolist() == pytest.approx([0.2] * 5) and found.split.empty
    assert told == [f"{SPLIT}, each preferring something else: their consensus is 0.00"]


@pytest.mark.parametrize(
    "group",
    [
        {"Ann": judged(1, 1, 1), "Ben": judged(1, 1, 1)},
        {
            **{f"m{at}": judged(1, 1, 1) for at in range(8)},
            "Ann": judged(9, 9, 1),
            "Ben": judged("1/9", "1/9", 1),
        },
        {"Ann": judged(3, 6, 2), "Ben": judged(2, 4, 2)},
        {"Ann": judged(9, 9, 1), "Abe": judged(9, 9, 1), "Ben": judged("1/2", "1/2", 1)},
        {"Ann": judged(1.5, 1.5, 1), "Ben": judged(1 / 1.5, 1 / 1.5, 1)},
        {"Ann": judged(4, 8, 2)},
    ],
    ids=[
        "all indifferent",
        "eight of ten indifferent",
        "of one mind",
        "two against one, and they prevail",
        "less than twofold",
        "one member",
    ],
)
def test_a_group_that_is_indifferent_or_agrees_is_not_told_to_be_split(group):
    """The warning is for contradictions alone."""
    found, told = split_of(group)
    assert found.split.empty and not any("split" in one for one in told)


def test_shares_decide_who_is_a_camp():
    """A member who counts for a tenth splits nothing; with a third he does, if the others don't prevail."""
    group = {"Ann": judged(2, 2, 1), "Ben": judged("1/5", "1/5", 1)}
    assert split_of(group, shares={"Ann": 9, "Ben": 1})[0].split.empty
    assert len(split_of(group, shares={"Ann": 2, "Ben": 1})[0].split) == 2


def test_members_contradictions_name_their_triad_where_they_are_few():
    """The sentence for a member is that of a single matrix."""
    found, told = split_of({"Ann": judged(7, "1/7", 7), "Ben": judged(1, 1, 1)})
    assert told == list(found.alarms) and len(told) == 1
    assert (
        "'Ann' 4.43, most on 'cost', 'legal' and 'force': 'cost' to 'force' was judged 0.143"
        in told[0]
    )


def test_consensus_is_at_most_1_and_below_0_for_vectors_more_uneven_than_nine_to_one():
    """It is not cut off at 0: the number says that the members differ more than its source foresaw."""
    assert mcda.consensus([[0.98, 0.01, 0.01], [0.01, 0.98, 0.01]]) == pytest.approx(
        -0.1912, abs=5e-5
    )
    uneven = np.eye(3) * 8 + 1
    assert mcda.consensus(uneven) == pytest.approx(0)
    assert mcda.consensus([[0.2, 0.3, 0.5]] * 4) == pytest.approx(1)
    rng = np.random.default_rng(5)
    for _ in range(200):
        items, members_ = rng.integers(2, 6, 2)
        assert mcda.consensus(rng.dirichlet(np.full(items, 0.2), members_) + 1e-9) <= 1 + 1e-12
    halves = np.array([[9.0] * 10 + [1.0] * 10, [1.0] * 10 + [9.0] * 10])
    assert mcda.consensus(halves) == pytest.approx(
        (np.exp(-_between(halves)) - _least(20)) / (1 - _least(20))
    )


def _entropy(vector):
    vector = np.asarray(vector) / np.sum(vector)
    return -(vector * np.log(vector)).sum()


def _between(vectors):
    return _entropy(vectors.sum(axis=0)) - np.mean([_entropy(one) for one in vectors])


def _least(n):
    return np.exp(_entropy([9.0] + [1.0] * (n - 1))) / n

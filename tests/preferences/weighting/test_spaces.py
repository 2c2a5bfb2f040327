"""Weight spaces: uniform on what is allowed, the same bits for any cut, and empty ones told with their conflict."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import dirichlet, ks_1samp, ks_2samp

from mcda import InputError, over_leaves, stated_ranges, weight_space, weights, weights_around
from mcda.preferences.weighting.linear_constraints import Constraint
from mcda.preferences.weighting.spaces import ConstrainedWeights
from mcda.sampling.conflicts import smallest_conflict
from mcda.sampling.hit_and_run import mixed_walk
from mcda.sampling.polytope import across

FIVE = tuple("abcde")
SPACES = {
    "whole": weight_space(FIVE),
    "order": weight_space(FIVE, "a >= b >= c >= d >= e"),
    "partial order": weight_space(FIVE, "a >= b", "a >= c"),
    "ranges": weight_space(
        FIVE, low={"a": 0.1, "b": 0.05}, high={"a": 0.5, "b": 0.3, "c": 0.4, "d": 0.35}
    ),
    "linear": weight_space(FIVE, "a + b >= 2 * c", "0.2 <= d + 0.5 * e <= 0.6"),
}


def rejected(space, n=400_000):
    """Points of the whole simplex that lie in the space: uniform there, by a way that shares nothing with ours."""
    points = np.random.default_rng(0).dirichlet(np.ones(len(space.tops)), n)
    return points[space.contains(points)][:20_000]


@pytest.mark.parametrize("name", SPACES)
def test_draws_are_uniform(name):
    """Every weight, and sums of them, are distributed as rejection sampling has them; every constraint holds."""
    space = SPACES[name]
    drawn, peer = space.sample(20_000, seed=0), rejected(space)
    assert len(peer) > 3_000
    assert space.contains(drawn, 1e-12).all() and np.allclose(drawn.sum(axis=1), 1, atol=1e-12)
    for direction in [*np.eye(5), [1, 1, 0, 0, 0], [0, 1, -1, 2, 0], [3, 0, 0, -1, 1]]:
        assert ks_2samp(drawn @ direction, peer @ direction).pvalue > 1e-4
    assert space.mixing["sampler"] == "exact"


def test_the_uniformity_test_can_fail():
    """Normalised uniform numbers, a common mistake, are found out."""
    wrong = np.random.default_rng(0).uniform(size=(20_000, 5))
    wrong /= wrong.sum(axis=1, keepdims=True)
    assert ks_2samp(wrong[:, 0], rejected(SPACES["whole"])[:, 0]).pvalue < 1e-12


def test_a_walk_is_uniform_too():
    """Hit-and-run, forced on a space whose exact draws are known, agrees with them; its diagnostic says so."""
    body = SPACES["ranges"].polytope.body
    walk = mixed_walk(body.faces[body.needed], body.room[body.needed])
    ends, exact = (
        body.placed(walk.ends(20_000, 3, 0, "test")),
        SPACES["ranges"].sample(20_000, seed=4),
    )
    assert walk.gap < 4
    for direction in [*np.eye(5), [1, 1, 0, 0, 0], [0, 1, -1, 2, 0]]:
        assert ks_2samp(ends @ direction, exact @ direction).pvalue > 1e-4


def test_many_criteria_under_ranges_are_walked():
    """Seventeen ranges have too many corners: they are drawn by hit-and-run, and asking for corners says so."""
    many = [f"c{at}" for at in range(17)]
    space = weight_space(many, low=dict.fromkeys(many, 0.02), high=dict.fromkeys(many, 0.12))
    drawn = space.sample(300, seed=1)
    assert (
        space.contains(drawn, 1e-9).all()
        and space.mixing["sampler"] == "hit-and-run"
        and space.mixing["gap"] < 4
    )
    assert np.array_equal(space.sample(100, seed=1, first=150), drawn[150:250])
    with pytest.raises(
        InputError, match="corners few enough to list, found 17 criteria under 34 constraints"
    ):
        _ = space.vertices


@pytest.mark.parametrize(
    "space", [*SPACES.values(), weights_around({"a": 2, "b": 0, "c": 1}, 9, "x")]
)
def test_a_draw_is_the_same_however_it_is_cut(space):
    """Row d depends on the seed and d alone, to the last bit."""
    whole = space.sample(50, seed=7)
    assert np.array_equal(np.vstack([space.sample(1, 7, first=at) for at in range(50)]), whole)
    assert np.array_equal(np.vstack([space.sample(20, 7), space.sample(30, 7, first=20)]), whole)
    assert not np.array_equal(space.sample(50, seed=8), whole)


def test_corners():
    """Of an order they are the means of its first criteria; a slice of the simplex keeps its own."""
    order = weight_space("abc", "a >= b >= c").vertices
    assert order.round(9).to_numpy().tolist() == [[0.333333333] * 3, [0.5, 0.5, 0], [1, 0, 0]]
    half = weight_space("abc", "a == 0.5").vertices
    assert half.round(9).to_numpy().tolist() == [[0.5, 0, 0.5], [0.5, 0.5, 0]]
    assert weight_space("abc", "a == b == c").sample(2, 0) == pytest.approx(np.full((2, 3), 1 / 3))
    assert weight_space("a").vertices.to_numpy().tolist() == [[1]]


def test_a_space_without_thickness_is_uniform_on_its_face():
    """Two inequalities that meet are found to be an equality; the rest is uniform."""
    drawn = weight_space("abc", "a >= 0.6", "a <= 0.6").sample(5_000, seed=2)
    assert drawn[:, 0] == pytest.approx(np.full(5_000, 0.6), abs=1e-9)
    assert ks_1samp(drawn[:, 1] / 0.4, lambda u: np.clip(u, 0, 1)).pvalue > 1e-4


def test_an_empty_space_names_a_smallest_conflict():
    """Constraints that play no part aren't told."""
    with pytest.raises(InputError) as error:
        weight_space("abc", "a >= 0.6", "b >= c", "b >= 0.3", "c >= 0.2")
    assert (
        "found none: 'a >= 0.6' and 'b >= 0.3' and 'c >= 0.2' exclude each other; loosen one"
        in str(error.value)
    )
    with pytest.raises(InputError, match=r"none: 'a <= 0\.1' and 'a >= 0\.2' exclude each other"):
        weight_space("abc", "b >= c", "a >= 0.2", high={"a": 0.1})
    with pytest.raises(InputError, match="exclude each other"):
        SPACES["order"].where("e >= 0.3")


def test_the_conflict_is_the_smallest_and_the_first_stated():
    """Two constraints that exclude each other are named, though three others do as well, in whatever order."""
    stated = ["b + d <= 0.1", "a >= 3 * b", "b >= 0.2", "d >= 1 * c", "c >= 1 * a"]
    for order in (stated, stated[::-1], stated[2:] + stated[:2]):
        with pytest.raises(InputError) as error:
            weight_space("abcd", *order)
        named = [one for one in order if repr(one) in str(error.value)]
        assert sorted(named) == ["b + d <= 0.1", "b >= 0.2"]
    with pytest.raises(InputError, match=r"none: 'a <= 0\.1' and 'a >= 0\.2' exclude"):
        weight_space("abc", "a <= 0.1", "b <= 0.1", "a >= 0.2", "b >= 0.2")


@given(
    st.integers(2, 7),
    st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_the_smallest_conflict_agrees_with_trying_every_set(count, conflicts):
    """The first of the smallest in order, by enumeration."""
    within = [one for one in conflicts if max(one) < count] or [set(range(count))]
    expected = min((tuple(sorted(one)) for one in within), key=lambda one: (len(one), one))
    assert (
        smallest_conflict(count, lambda some: not any(one <= set(some) for one in within))
        == expected
    )


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0.25, 1)), min_size=2, max_size=6))
def test_ranges_are_kept_or_refused(bounds):
    """Any box gives draws inside it, corners that span them, or a conflict."""
    keys = [f"c{at}" for at in range(len(bounds))]
    low = {key: min(pair) for key, pair in zip(keys, bounds, strict=True)}
    high = {key: max(pair) for key, pair in zip(keys, bounds, strict=True)}
    if not sum(low.values()) <= 1 - 1e-6 or not sum(high.values()) >= 1 + 1e-6:
        return
    space = weight_space(keys, low=low, high=high)
    drawn, corners = space.sample(50, seed=0), space.vertices.to_numpy()
    assert space.contains(drawn, 1e-9).all() and space.contains(corners, 1e-8).all()
    assert (drawn <= corners.max(axis=0) + 1e-9).all() and (
        drawn >= corners.min(axis=0) - 1e-9
    ).all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cost", "two sides and a sign"),
        ("cost >= legl", "terms made of 'cost', 'legal', 'C1.1 size' and numbers, found 'legl'"),
        ("cost >= legal legal", "found 'legal legal'"),
        ("cost >= ", "found ''"),
        ("__import__('os') >= cost", "found"),
        (3, "two sides and a sign"),
    ],
)
def test_a_constraint_that_can_not_be_read_is_shown(text, message):
    """Text is read by a small grammar; nothing in it runs."""
    with pytest.raises(InputError, match=message):
        weight_space(["cost", "legal", "C1.1 size"], text)


def test_constraints_read_names_with_spaces_signs_and_factors():
    """Quoted or not, on either side, with numbers as shares of the whole."""
    keys = ["cost", "legal", "C1.1 size"]
    assert weight_space(keys, "'C1.1 size' >= 0.5 + cost").contains(
        [[0.1, 0.2, 0.7], [0.2, 0.2, 0.6]]
    ).tolist() == [
        True,
        False,
    ]
    assert weight_space(keys, "cost - legal >= 0.2").contains([0.5, 0.25, 0.25])
    assert not weight_space(keys, "3*legal <= cost").contains([0.5, 0.25, 0.25])


def test_ranges_are_read_as_shares_of_the_modes(shelter):
    """The modes lie inside; the space follows the weights down the tree."""
    stated = weights(
        {"money": 30, "people": 10}, "panel", ranges={"money": (20, 32), "people": (5, 20)}
    )
    assert stated.space.vertices.round(3).to_dict("list") == {
        "money": [0.5, 0.8],
        "people": [0.5, 0.2],
    }
    over = over_leaves(shelter, stated)
    assert over.space.criteria == ("cost", "places", "noise")
    assert over.space.vertices.round(3).to_numpy().tolist() == [
        [0.5, 0.375, 0.125],
        [0.8, 0.15, 0.05],
    ]
    assert np.array_equal(over_leaves(shelter, over).space.sample(5, 0), over.space.sample(5, 0))
    assert over_leaves(shelter, stated.space).sample(3, 0).sum(axis=1) == pytest.approx(np.ones(3))


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        ({"a": (0.5, 2)}, "expected a range for 'b', found none"),
        ({"a": (0.5, 2), "b": (1, 2), "c": (0, 1)}, "found 'c'"),
        (
            {"a": (2, 3), "b": (1, 2)},
            "weight range of 'a': expected 0 <= low <= mode <= high, found 2, 1, 3",
        ),
        ({"a": (0.5, float("nan")), "b": (1, 2)}, "weight range of 'a': expected a finite number"),
    ],
)
def test_bad_ranges_are_refused(ranges, message):
    """By holder and criterion."""
    with pytest.raises(InputError, match=message):
        weights({"a": 1, "b": 1}, "panel", ranges=ranges)


@pytest.mark.parametrize("concentration", [0.3, 4.0, 400.0])
def test_weights_around_a_point_are_dirichlet(concentration):
    """Mean and spread as the distribution has them; a criterion nobody cares about stays at 0."""
    space = weights_around({"a": 5, "b": 0, "c": 3, "d": 2}, concentration, "panel")
    drawn, law = space.sample(20_000, seed=0), dirichlet(np.array([0.5, 0.3, 0.2]) * concentration)
    assert (
        (drawn[:, 1] == 0).all() and np.isfinite(drawn).all() and np.allclose(drawn.sum(axis=1), 1)
    )
    assert drawn[:, [0, 2, 3]].mean(axis=0) == pytest.approx(law.mean(), abs=0.015)
    assert drawn[:, [0, 2, 3]].var(axis=0) == pytest.approx(law.var(), rel=0.05)


@pytest.mark.parametrize(
    ("point", "concentration", "message"),
    [
        ({"a": -1, "b": 2}, 1, "weight of 'a': expected a number of at least 0"),
        ({"a": 0}, 1, "only zeros"),
        ({"a": 1, "b": 1}, 0, "concentration: expected a number above 0, found 0"),
        ({"a": 1, "b": 1}, float("nan"), "concentration"),
    ],
)
def test_a_bad_point_is_refused(point, concentration, message):
    """Each fault by its name."""
    with pytest.raises(InputError, match=message):
        weights_around(point, concentration, "panel")


def test_bad_spaces_are_refused():
    """No criteria, doubled ones, ranges of strangers, ranges that cross."""
    for given_, message in [
        ((), "at least one criterion"),
        (("a", "a"), "'a' a second time"),
    ]:
        with pytest.raises(InputError, match=message):
            weight_space(given_)
    with pytest.raises(InputError, match="a criterion among 'a', 'b', found 'c'"):
        weight_space("ab", low={"c": 0.1})
    with pytest.raises(
        InputError, match=r"weight range of 'a': expected 0 <= low <= high, found 0.5 to 0.2"
    ):
        weight_space("ab", low={"a": 0.5}, high={"a": 0.2})


def test_stated_ranges_need_their_columns_in_order():
    """A table as perspectives.csv has it."""
    table = pd.DataFrame({"low": [1], "mode": [2], "high": [3]}, index=["a"])
    assert stated_ranges(table, "x").sample(2, 0).round(12).tolist() == [[1], [1]]


@pytest.mark.parametrize("seed", [None, 0.5, True])
def test_a_seed_is_a_whole_number(seed):
    """The whole simplex asks for it as every other space does."""
    with pytest.raises(InputError, match="seed: expected a whole number"):
        weight_space(["a", "b"]).sample(2, seed=seed)


def test_ranges_and_points_of_any_size_are_shares_of_the_whole():
    """Huge points don't overflow; modes that are all 0 say nothing."""
    assert weights_around({"a": 1e308, "b": 1e308}, 10, "panel").point == (0.5, 0.5)
    table = pd.DataFrame(
        {"low": [0, 0], "mode": [1e308, 1e308], "high": [1e308, 1e308]}, index=["a", "b"]
    )
    assert stated_ranges(table, "panel").sample(1, seed=0).tolist() == [[0.5, 0.5]]
    with pytest.raises(InputError, match="at least one weight above 0"):
        stated_ranges(table * [1, 0, 1], "panel")
    with pytest.raises(InputError, match="concentration: expected a number above 0, found 'x'"):
        weights_around({"a": 1}, "x", "panel")


@given(
    st.permutations(range(3)),
    st.lists(st.floats(0.1, 10), min_size=3, max_size=3),
    st.integers(0, 50),
)
def test_a_basis_hangs_on_the_rows_space_alone(order, sizes, seed):
    """However the rows come, turned and scaled: the same directions, perpendicular to them and to each other."""
    rows = np.random.default_rng(seed).integers(-3, 4, (3, 7)).astype(float)
    basis = across(rows)
    assert across(rows[order] * np.array(sizes)[:, None]) == pytest.approx(basis, abs=1e-9)
    assert np.allclose(rows @ basis, 0, atol=1e-9) and np.allclose(
        basis.T @ basis, np.eye(basis.shape[1]), atol=1e-12
    )
    assert basis.shape[1] == 7 - np.linalg.matrix_rank(rows)


def test_walks_start_at_one_point_whatever_point_a_program_found():
    """The draws of a space with too many corners to list hang on its inside, not on which inner point was met."""
    keys = [f"c{at}" for at in range(17)]
    space = weight_space(
        keys,
        low=dict.fromkeys(keys, 0.01),
        high={key: 0.08 + at / 200 for at, key in enumerate(keys)},
    )
    body, polytope = space.polytope.body, replace(space.polytope)
    drawn = space.sample(50, seed=1)
    vars(polytope)["inner"] = drawn[0], space.polytope.inner[1]
    assert polytope.body.point == pytest.approx(body.point, abs=1e-9)
    assert polytope.body.sample(50, 1, 0, "weights/anyone") == pytest.approx(drawn, abs=1e-7)


def test_few_corners_may_still_make_too_many_pieces():
    """Three half-spaces across 17 weights: some hundred corners, 72 million pieces."""
    rng = np.random.default_rng(5)
    keys = [f"c{at}" for at in range(17)]
    inside = rng.dirichlet(np.ones(17))
    constraints = []
    for at in range(3):
        row = rng.normal(size=17)
        row *= np.sign(row @ inside)
        constraints.append(Constraint(f"half {at}", dict(zip(keys, -row, strict=True)), 0.0))
    space = ConstrainedWeights(tuple(keys), constraints=tuple(constraints))
    assert space.polytope.body.has_few_corners and not space.polytope.body.has_few_pieces
    assert space.mixing["sampler"] == "hit-and-run" and space.mixing["gap"] < 4
    assert space.contains(space.sample(500, seed=1), 1e-9).all()
    with pytest.raises(OverflowError, match="too many pieces"):
        _ = space.polytope.body.pieces


def test_the_mean_is_that_of_many_draws():
    """Of a space in pieces, which rest on corners that they share."""
    space = weight_space("abcd", "a >= b", "c <= 2 * d")
    drawn = space.sample(100_000, seed=1)
    error = 5 * drawn.std(axis=0) / np.sqrt(len(drawn))
    assert (abs(space.polytope.body.mean - drawn.mean(axis=0)) < error).all()

"""A property suite decides which methods of pymcdm are right: those offered pass, those refused fail or can't run."""

import inspect

import numpy as np
import pandas as pd
import pymcdm.methods
import pytest
from pymcdm.methods.mcda_method import MCDA_method

import mcda
from mcda.methods.decision_table import read_table
from mcda.methods.pymcdm_methods import LOWER_IS_BETTER, OFFERED, REFUSED, pymcdm_method

TABLES = 150
NEEDS_MORE = {"BalancedSPOTIS", "COMET", "ERVD", "RAFSI", "RIM"}
NEEDS_A_COST = {"MOORA"}
KINDS, NEVER_TAKEN = ("natural", "values"), {(name, "values") for name in NEEDS_A_COST}
NEEDS_ABOVE_ZERO = {"ARAS", "OCRA", "RAM", "WASPAS", "WPM", "WSM"}
CODAS_MATRIX = [
    [0.31, 0.23, 0.77, 0.7],
    [0.31, 0.23, 0.77, 0.68],
    [0.25, 0.72, 0.42, 0.92],
    [0.78, 0.35, 0.94, 0.12],
]
CODAS_WEIGHTS = [0.02, 0.24, 0.47, 0.27]


def scores(name, matrix, weights, ways):
    """Return a method's scores as pymcdm computes them, offered or not; higher is better."""
    table = read_table(matrix, weights, ways)
    ends = (
        {"bounds": np.stack([matrix.min(axis=0), matrix.max(axis=0)], axis=1)}
        if name == "SPOTIS"
        else {}
    )
    preference = {"preference_function": "usual"} if name == "PROMETHEE_II" else {}
    with np.errstate(all="ignore"):
        method = getattr(pymcdm.methods, name)(**ends, **preference)
        found = method(table.matrix, table.weights, table.signs.astype(int), validation=False)
    return -found if name in LOWER_IS_BETTER else np.asarray(found, dtype=float)


def tables(name, kind, seed):
    """Go through random tables: natural units with benefits and costs, or values above 0 that are all benefits."""
    rng = np.random.default_rng(seed)
    while True:
        m, n = rng.integers(3, 8), rng.integers(2, 6)
        if kind == "values":
            matrix, ways = np.maximum(np.round(rng.random((m, n)), 2), 0.01), ["max"] * n
        else:
            matrix, ways = (
                np.round(rng.uniform(1, 100, (m, n)), 1),
                list(rng.choice(["max", "min"], n)),
            )
            if name in NEEDS_A_COST | {"COPRAS"}:
                ways[0], ways[-1] = "max", "min"
        if (np.ptp(matrix, axis=0) > 0).all():
            yield rng, matrix, rng.dirichlet(np.ones(n)), ways


def behind(found, first, second):
    """Whether the first is behind the second by more than rounding."""
    return found[second] - found[first] > 1e-9 * max(1.0, np.abs(found).max())


def finite(name, rng, matrix, weights, ways):
    """A complete table of positive numbers gets a number for every alternative."""
    return np.isfinite(scores(name, matrix, weights, ways)).all()


def order(name, rng, matrix, weights, ways):
    """The order of rows and columns doesn't matter."""
    rows, columns = rng.permutation(len(matrix)), rng.permutation(len(ways))
    found = scores(name, matrix, weights, ways)
    moved = scores(name, matrix[rows][:, columns], weights[columns], [ways[at] for at in columns])
    return np.allclose(moved, found[rows], rtol=1e-9, atol=1e-9)


def units(name, rng, matrix, weights, ways):
    """Another unit for a criterion never turns two alternatives round."""
    found = scores(name, matrix, weights, ways)
    scaled = scores(name, matrix * rng.choice([0.001, 3.0, 1000.0], len(ways)), weights, ways)
    pairs = [(i, j) for i in range(len(found)) for j in range(len(found)) if behind(found, j, i)]
    return not any(behind(scaled, i, j) for i, j in pairs)


def monotone(name, rng, matrix, weights, ways):
    """A better cell, within the range of its criterion, never puts an alternative behind one it was ahead of."""
    i, j = rng.integers(len(matrix)), rng.integers(len(ways))
    better = matrix.copy()
    best = matrix[:, j].max() if ways[j] == "max" else matrix[:, j].min()
    better[i, j] += rng.choice([0.1, 0.5, 0.9]) * (best - better[i, j])
    if np.ptp(better[:, j]) != np.ptp(matrix[:, j]):
        return True
    before, after = scores(name, matrix, weights, ways), scores(name, better, weights, ways)
    return not any(behind(before, k, i) and behind(after, i, k) for k in range(len(matrix)))


def pair(rng, matrix, ways, worsened):
    """Return the table with row 1 as row 0, one cell of it worsened by a share of the criterion's range."""
    made = matrix.copy()
    made[1] = made[0]
    j = rng.integers(len(ways))
    step = worsened * np.ptp(matrix[:, j]) * (-1 if ways[j] == "max" else 1)
    made[1, j] = max(made[1, j] + step, 0.001)
    return made


def ties(name, rng, matrix, weights, ways):
    """Two alternatives that are the same in everything score the same."""
    same = pair(rng, matrix, ways, 0.0)
    if not (np.ptp(same, axis=0) > 0).all():
        return True
    found = scores(name, same, weights, ways)
    return not behind(found, 0, 1) and not behind(found, 1, 0)


def dominance(name, rng, matrix, weights, ways):
    """An alternative at least as good on everything is never behind."""
    made = pair(rng, matrix, ways, rng.choice([0.02, 0.3]))
    return not (np.ptp(made, axis=0) > 0).all() or not behind(
        scores(name, made, weights, ways), 0, 1
    )


PROPERTIES = (finite, order, units, monotone, ties, dominance)
WRONG = {
    "AROMAN": dominance,
    "COCOSO": finite,
    "COPRAS": dominance,
    "LoPM": dominance,
    "PROBID": dominance,
    "SPROBID": finite,
}


def test_every_method_of_pymcdm_is_offered_or_refused_with_a_reason():
    """None of its methods is passed over, and none is both."""
    every = {
        name
        for name, method in inspect.getmembers(pymcdm.methods, inspect.isclass)
        if issubclass(method, MCDA_method) and method is not MCDA_method
    }
    assert every == set(OFFERED) | set(REFUSED)
    assert not set(OFFERED) & set(REFUSED)
    assert set(REFUSED) == set(WRONG) | NEEDS_MORE | {"CODAS"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in OFFERED for kind in KINDS if (name, kind) not in NEVER_TAKEN],
)
def test_an_offered_method_has_every_property(name, kind):
    """Seeded tables, the same every time; a failure names property and table."""
    drawn = tables(name, kind, seed=20)
    for number in range(TABLES):
        rng, *table = next(drawn)
        for holds in PROPERTIES:
            assert holds(name, rng, *table), f"{holds.__name__}, table {number}"


def test_a_better_cell_can_harm_by_vikor():
    """The second option's 0.7 becomes 1: it moves the column's range, and the option falls behind the first."""
    values, weights = np.array([[0.2, 0.4], [0.1, 0.7], [0.6, 0.5]]), np.array([2, 1]) / 3
    better = values.copy()
    better[1, 1] = 1.0
    before, after = (scores("VIKOR", table, weights, ["max"] * 2) for table in (values, better))
    assert behind(before, 0, 1) and behind(after, 1, 0)
    own = [mcda.vikor(table, weights, ["max"] * 2)["Q"] for table in (values, better)]
    np.testing.assert_allclose([-before, -after], own, atol=1e-12)


@pytest.mark.parametrize("name", WRONG)
def test_a_refused_method_fails_the_property_it_is_refused_for(name):
    """Among a thousand tables at least one shows it."""
    drawn = tables(name, "natural", seed=20)
    shown = False
    for _ in range(1000):
        rng, *table = next(drawn)
        shown = shown or not WRONG[name](name, rng, *table)
    assert shown


def test_codas_puts_a_dominated_alternative_ahead():
    """The second row is worse on the last criterion, the same on the others, and scores more."""
    found = scores("CODAS", np.array(CODAS_MATRIX), np.array(CODAS_WEIGHTS), ["max"] * 4)
    assert behind(found, 0, 1)


@pytest.mark.parametrize("name", sorted(NEEDS_MORE))
def test_a_method_that_needs_more_than_a_question_holds_cannot_run(name):
    """It can't be made without inputs of its own, or can't be run without them."""
    with pytest.raises((TypeError, ValueError)):
        scores(
            name,
            np.array([[0.1, 0.9], [0.8, 0.2], [0.4, 0.4]]),
            np.array([0.5, 0.5]),
            ["max", "max"],
        )


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_methods_give_the_reason_and_the_way_out(name, make_problem):
    """By name in rank and as an array function alike."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.rank(
            make_problem(),
            mcda.weights({"cost": 1, "places": 1, "noise": 1}, "x"),
            f"pymcdm:{name}",
        )
    assert REFUSED[name] in str(refused.value)
    assert "use one of 'ARAS'" in str(refused.value)
    with pytest.raises(mcda.InputError, match="property suite"):
        mcda.pymcdm_scores(name, [[1, 2], [2, 1]], [1, 1], ["max", "max"])


@pytest.mark.parametrize("name", sorted(NEEDS_ABOVE_ZERO))
def test_what_a_method_cannot_take_is_named_by_cell(name):
    """A value of 0 has no share, ratio or logarithm in some methods: the cell is named."""
    with pytest.raises(mcda.InputError, match=r"row 2.*column 1"):
        pymcdm_method(name)(np.array([[0.5, 0.2], [0.0, 1.0], [0.3, 0.3]]), np.array([0.5, 0.5]))


def test_a_method_that_needs_a_cost_says_so():
    """Values are all benefits, which pymcdm's MOORA doesn't take."""
    with pytest.raises(mcda.InputError, match=r"pymcdm:MOORA.*table and settings that it can take"):
        pymcdm_method("MOORA")(np.array([[0.5, 0.2], [0.1, 1.0]]), np.array([0.5, 0.5]))


def test_an_unknown_method_lists_those_there_are():
    """Also where a setting isn't one of the method's."""
    with pytest.raises(
        mcda.InputError, match=r"method of pymcdm: expected one of 'ARAS'.*found 'ELECTRE'"
    ):
        mcda.pymcdm_scores("ELECTRE", [[1, 2], [2, 1]], [1, 1], ["max", "max"])
    with pytest.raises(mcda.InputError, match=r"pymcdm:VIKOR.*settings"):
        mcda.pymcdm_scores("VIKOR", [[1, 2], [2, 1]], [1, 1], ["max", "max"], colour="red")


@pytest.mark.parametrize("name", LOWER_IS_BETTER)
def test_in_a_ranking_higher_is_always_better(name):
    """The scores of methods that count down are turned round."""
    values, weights = np.array([[0.9, 0.8], [0.5, 0.6], [0.1, 0.2]]), np.array([0.5, 0.5])
    assert mcda.ranks(pymcdm_method(name)(values, weights)).tolist() == [1, 2, 3]


def test_in_a_ranking_options_and_criteria_are_named(make_problem):
    """A value of 0 that a method can't take is told by the option's label and the criterion's key."""
    problem = make_problem(cells={"A": (100, 30, 20), "B": (40, 90, 80)})
    with pytest.raises(mcda.InputError, match="'Option A' on 'cost'"):
        mcda.rank(problem, mcda.equal_weights(problem), "pymcdm:WSM")


def test_a_score_of_nothing_is_not_minus_zero(make_problem):
    """Turning a method round leaves no sign on a zero."""
    problem = make_problem()
    found = mcda.rank(problem, mcda.equal_weights(problem), "pymcdm:VIKOR").table["score"]
    assert found.iloc[0] == 0
    assert not np.signbit(found.iloc[0])


def test_weights_as_stated_may_carry_names():
    """A mapping and a holder's weights give what the plain numbers give."""
    table = pd.DataFrame(
        [[1.0, 3.0], [2.0, 2.0], [4.0, 1.0]], index=list("xyz"), columns=["a", "b"]
    )
    plain = mcda.pymcdm_scores("WSM", table, [3, 2], ["max"] * 2, weights_as_stated=True)
    for named in ({"b": 2, "a": 3}, mcda.weights({"b": 2, "a": 3}, "panel")):
        found = mcda.pymcdm_scores("WSM", table, named, ["max"] * 2, weights_as_stated=True)
        pd.testing.assert_series_equal(found, plain)

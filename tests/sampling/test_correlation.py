"""Estimates that move together come out as asked; what can't hold together is refused with the nearest that can."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest, spearmanr, triang

import mcda
from mcda.sampling.correlation import correlations, lower_factor, nearest
from mcda.uncertainty.draws.draws import sample


def asked(*rows):
    return pd.DataFrame(rows, columns=["first", "second", "rank_correlation"]).assign(
        kind="judgement"
    )


def with_correlations(make_problem, *rows):
    tables = {**make_problem().tables, "correlations": asked(*rows)}
    return make_problem(tables=tables)


def test_correlations_come_out_as_asked(make_problem):
    """Rank correlations within five standard errors; every margin is what it was; families are paired by option."""
    problem = with_correlations(make_problem, ("cost", "places", 0.7), ("noise/A", "cost/B", -0.4))
    drawn = pd.DataFrame(sample(problem, 20_000, seed=1).numbers(), columns=list(problem.estimates))
    found = spearmanr(drawn.to_numpy()).statistic
    expected = np.eye(len(drawn.columns))
    at = list(drawn.columns)
    for option in "ABC":
        expected[at.index(f"cost/{option}"), at.index(f"places/{option}")] = 0.7
    expected[at.index("noise/A"), at.index("cost/B")] = -0.4
    expected = np.maximum(expected, expected.T) + np.minimum(expected, expected.T) * (expected < 0)
    pairs = np.array(
        [[at.index(a), at.index(b)] for a, b in (("cost/A", "places/A"), ("cost/C", "places/C"))]
    )
    assert abs(found[pairs[:, 0], pairs[:, 1]] - 0.7).max() < 5 / np.sqrt(20_000)
    assert abs(found[at.index("noise/A"), at.index("cost/B")] + 0.4) < 5 / np.sqrt(20_000)
    assert abs(found[at.index("cost/A"), at.index("cost/C")]) < 5 / np.sqrt(20_000)
    e = problem.estimates["places/B"]
    shape = triang((e.mode - e.low) / (e.high - e.low), e.low, e.high - e.low)
    assert kstest(drawn["places/B"], shape.cdf).pvalue > 1e-3


def test_the_first_of_a_pair_and_all_others_keep_their_draws(make_problem):
    """To add a correlation changes the later estimate of the pair alone."""
    plain, paired = make_problem(), with_correlations(make_problem, ("cost/A", "noise/C", 0.5))
    before, after = (sample(problem, 100, seed=0).numbers() for problem in (plain, paired))
    changed = [
        key
        for key, same in zip(plain.estimates, (before == after).all(axis=0), strict=True)
        if not same
    ]
    assert changed == ["noise/C"]


@pytest.mark.parametrize("rho", [1.0, -1.0])
def test_exact_dependence(make_problem, rho):
    """Two estimates can be one number seen twice, or its mirror."""
    drawn = sample(
        with_correlations(make_problem, ("cost/A", "cost/B", rho)), 500, seed=0
    ).numbers()
    at = list(make_problem().estimates)
    found = spearmanr(drawn[:, at.index("cost/A")], drawn[:, at.index("cost/B")]).statistic
    assert found == pytest.approx(rho)


def test_the_impossible_is_refused_with_the_nearest(make_problem):
    """A with b, b with c, but a against c: the message shows what could be."""
    problem = with_correlations(
        make_problem,
        ("cost/A", "cost/B", 0.9),
        ("cost/B", "cost/C", 0.9),
        ("cost/A", "cost/C", -0.9),
    )
    with pytest.raises(mcda.InputError) as refused:
        sample(problem, 10, seed=0)
    assert "expected correlations of 'cost/A', 'cost/B', 'cost/C' that can hold together" in str(
        refused.value
    )
    assert "0.483" in str(refused.value)


def test_nearest_is_the_published_one():
    """Higham (2002), the example of section 4: the nearest correlation matrix to a tridiagonal one."""
    found = nearest(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]]))
    np.testing.assert_allclose(found[0], [1.0, 0.7607, 0.1573], atol=5e-5)
    assert np.linalg.eigvalsh(found)[0] > -1e-9


def test_lower_factor_is_that_of_numpy():
    """For a matrix without exact dependence."""
    matrix = np.array([[1.0, 0.5, 0.2], [0.5, 1.0, -0.3], [0.2, -0.3, 1.0]])
    np.testing.assert_allclose(lower_factor(matrix), np.linalg.cholesky(matrix), atol=1e-14)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ("cost/A", "price", 0.5),
            "row 2: correlation: expected an estimate, or a family of them, found 'price'",
        ),
        (
            ("cost/A", "cost/B", 1.5),
            "column 'rank_correlation': expected a number from -1 to 1, found 1.5",
        ),
        (("cost/A", "cost/B", float("nan")), "expected a number from -1 to 1, found nan"),
        (("cost/A", "cost/A", 0.5), "expected a pair of its own"),
    ],
)
def test_bad_rows_are_named(row, told):
    """Every fault at once, by row."""
    with pytest.raises(mcda.InputError) as refused:
        correlations(asked(row), ["cost/A", "cost/B"], ["cost/A", "cost/B"])
    assert told in str(refused.value)

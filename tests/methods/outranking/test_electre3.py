"""ELECTRE III: published credibilities, distillations as two other programs give them, and properties."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.outranking.credibility import Thresholds, credibility

# Mousseau, Slowinski and Zielniewicz (1999), ELECTRE TRI 2.0, Cahier du LAMSADE 111: alternatives a1
# to a3, profiles b1 and b2, five criteria of one weight
ONES = np.array([[75, 67, 85, 82, 90], [28, 35, 70, 90, 95], [45, 60, 55, 68, 60]], float)
PROFILES = np.array([[50, 48, 55, 55, 60], [70, 75, 80, 75, 85]], float)
LIMITS = Thresholds(np.full(5, 5.0), np.full(5, 10.0), np.full(5, 30.0))
EVEN = np.full(5, 0.2)

# the example of the R package MCDA for ELECTRE III: six projects, five criteria
PROJECTS = pd.DataFrame(
    [
        [10, 20, 5, 10, 16],
        [0, 5, 5, 16, 10],
        [0, 10, 0, 16, 7],
        [20, 5, 10, 10, 13],
        [20, 10, 15, 10, 13],
        [20, 10, 20, 13, 13],
    ],
    index=["P1", "P2", "P3", "P4", "P5", "P6"],
    columns=["c1", "c2", "c3", "c4", "c5"],
)
ASKED = {"q": [3] * 5, "p": [5] * 5, "v": [11] * 5}


def projects(**changes):
    return mcda.electre3(PROJECTS, [3, 2, 3, 1, 1], ["max"] * 5, **{**ASKED, **changes})


def test_published_concordance_and_credibility():
    """Of alternatives over profiles and of profiles over alternatives, as printed; a veto makes it 0."""
    over = credibility(ONES, PROFILES, EVEN, LIMITS)
    np.testing.assert_allclose(over.concordance, [[1, 0.88], [0.6, 0.4], [1, 0.12]])
    np.testing.assert_allclose(over.degree, [[1, 0.88], [0.6, 0], [1, 0.002345]], atol=5e-7)
    under = credibility(PROFILES, ONES, EVEN, LIMITS)
    np.testing.assert_allclose(under.concordance, [[0, 0.4, 0.6], [0.92, 0.6, 1]], atol=1e-15)
    np.testing.assert_allclose(under.degree, [[0, 0, 0.6], [0.92, 0.6, 1]], atol=1e-15)


def test_credibility_and_distillations_of_the_projects():
    """As Decision Deck's library (credibility) and that of the Poznan school (distillations) give them."""
    found = projects()
    wanted = {
        ("P1", "P4"): 1 / 9,
        ("P1", "P5"): 0.0308641975308642,
        ("P3", "P1"): 0.00127013158563227,
        ("P4", "P6"): 1 / 6,
        ("P5", "P1"): 2 / 3,
        ("P6", "P5"): 1.0,
        ("P1", "P6"): 0.0,
    }
    for (row, column), degree in wanted.items():
        assert found.credibility.loc[row, column] == pytest.approx(degree, abs=1e-12)
    assert found.descending.to_dict() == {"P1": 3, "P2": 5, "P3": 5, "P4": 4, "P5": 2, "P6": 1}
    assert found.ascending.to_dict() == {"P1": 2, "P2": 6, "P3": 5, "P4": 4, "P5": 3, "P6": 1}
    assert found.order.loc["P6"].tolist() == ["before"] * 5 + [""]
    assert found.order.loc["P1", "P5"] == "incomparable"  # third and second, but second and third
    assert found.order.loc["P3", "P2"] == "before"  # equal in one, before in the other


def test_no_veto_is_an_infinite_one():
    """Left out, None, or far away: the same; credibility is then concordance."""
    without = projects(v=None)
    np.testing.assert_allclose(without.credibility, without.concordance)
    some = projects(v=[None] * 5)
    np.testing.assert_allclose(some.credibility, without.credibility)
    far = projects(v={"c1": 1e9, "c5": 1e9})
    np.testing.assert_allclose(far.credibility, without.credibility, rtol=1e-6)


def test_names_units_and_order_do_not_matter():
    """Costs turned round, another unit with its thresholds, and shuffled rows and columns give the same."""
    found = projects()
    turned = PROJECTS.assign(c1=-PROJECTS["c1"] * 1000)[["c3", "c1", "c2", "c5", "c4"]].iloc[::-1]
    keys = list(PROJECTS.columns)
    told = {name: dict(zip(keys, of, strict=True)) for name, of in ASKED.items()}
    for of in told.values():
        of["c1"] *= 1000
    ways = {**dict.fromkeys(keys, "max"), "c1": "min"}
    weights = dict(zip(keys, [3, 2, 3, 1, 1], strict=True))
    other = mcda.electre3(turned, weights, ways, **told)
    for name in ("credibility", "order"):
        again = getattr(other, name).loc[PROJECTS.index, PROJECTS.index]
        pd.testing.assert_frame_equal(again, getattr(found, name))
    assert other.descending[PROJECTS.index].tolist() == found.descending.tolist()


def test_what_dominates_comes_first():
    """Random tables with one that is clearly best and one clearly worst; equals are equal."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        table = rng.uniform(2, 8, (5, 3))
        table[0], table[4], table[3] = 10, 0, table[2]
        found = mcda.electre3(table, rng.uniform(1, 2, 3), ["max"] * 3, q=[0.1] * 3, p=[1] * 3)
        assert found.descending[0] == found.ascending[0] == 1
        assert found.order.loc[0, 1:].tolist() == ["before"] * 4
        assert found.order.loc[4].tolist() == ["after"] * 4 + [""]
        assert found.order.loc[2, 3] == found.order.loc[3, 2] == "equal"
        mirrored = {"before": "after", "after": "before"}
        swapped = found.order.T.map(lambda word: mirrored.get(word, word))  # noqa: B023
        pd.testing.assert_frame_equal(swapped, found.order)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"q": None}, "threshold q: expected a number for each criterion, found none"),
        ({"p": [5, 5, None, 5, 5]}, "threshold p of 'c3': expected a number, found none; 0 says"),
        ({"p": [2] * 5}, "thresholds of 'c1': expected q at most p, found q = 3, p = 2"),
        ({"v": [5, 11, 11, 11, 11]}, "thresholds of 'c1': expected p below v, found p = 5, v = 5"),
        ({"q": {"c1": 3}}, "threshold q of 'c2': expected a number, found none"),
        ({"v": [-1] * 5}, "threshold v of 'c1': expected a number of at least 0, found -1"),
        ({"q": 3}, "threshold q: expected a number for each criterion, found 3"),
    ],
)
def test_thresholds_that_do_not_fit_are_refused(changes, message):
    """The threshold and the criterion are named."""
    with pytest.raises(mcda.InputError) as refused:
        projects(**changes)
    assert message in str(refused.value)


def test_one_alternative_is_refused():
    """There is nothing to compare it with."""
    with pytest.raises(mcda.InputError, match="at least two alternatives"):
        mcda.electre3([[1, 2]], [1, 1], ["max", "max"], q=[0, 0], p=[1, 1])

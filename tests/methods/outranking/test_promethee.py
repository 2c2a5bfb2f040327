"""PROMETHEE with a function for each criterion: the source's example, an independent library, edges."""

import warnings

import numpy as np
import pandas as pd
import pymcdm.methods
import pytest

import mcda
from mcda.methods.decision_table import read_single_table
from mcda.methods.outranking.preference_functions import FUNCTIONS, preference_degrees

# Brans, Vincke and Mareschal (1986), How to select and how to rank projects: the PROMETHEE method,
# European Journal of Operational Research 24: six sites of a power station, a function of each type
SITES = pd.DataFrame(
    [
        [80, 90, 6, 5.4, 8, 5],
        [65, 58, 2, 9.7, 1, 1],
        [83, 60, 4, 7.2, 4, 7],
        [40, 80, 10, 7.5, 7, 10],
        [52, 72, 6, 2.0, 3, 8],
        [94, 96, 7, 3.6, 5, 6],
    ],
    index=["Italy", "Belgium", "Germany", "Sweden", "Austria", "France"],
    columns=["manpower", "power", "cost", "upkeep", "villages", "safety"],
)
WAYS = ["min", "max", "min", "min", "min", "max"]
ASKED = {
    "preference": ["U-shape", "V-shape", "Linear", "Level", "Usual", "Gaussian"],
    "q": [10, None, 0.5, 1, None, None],
    "p": [None, 30, 5, 6, None, None],
    "s": [None, None, None, None, None, 5],
}
INDICES = [
    [0.000, 0.296, 0.250, 0.268, 0.100, 0.185],
    [0.462, 0.000, 0.389, 0.333, 0.296, 0.500],
    [0.236, 0.180, 0.000, 0.333, 0.056, 0.429],
    [0.399, 0.505, 0.305, 0.000, 0.223, 0.212],
    [0.444, 0.515, 0.487, 0.380, 0.000, 0.448],
    [0.286, 0.399, 0.250, 0.432, 0.133, 0.000],
]
PRINTED = 1e-3  # of three decimals, some of which were cut


def test_the_published_example_of_all_six_functions():
    """Every preference index as printed, and the flows that follow from them: Austria leads."""
    table = read_single_table(SITES, np.ones(6), WAYS)
    ahead = (SITES.to_numpy()[:, None] - SITES.to_numpy()) * table.signs
    degrees = preference_degrees(table, ahead, **ASKED)
    np.testing.assert_allclose(degrees.mean(axis=-1), INDICES, atol=PRINTED)
    found = mcda.promethee2(SITES, np.ones(6), WAYS, **ASKED)
    printed = np.array(INDICES)
    np.testing.assert_allclose(found["plus"], printed.sum(axis=1) / 5, atol=PRINTED)
    np.testing.assert_allclose(found["minus"], printed.sum(axis=0) / 5, atol=PRINTED)
    assert found["net"].idxmax() == "Austria" and found["net"].idxmin() == "Italy"


def test_the_published_example_by_name():
    """Functions and thresholds by the names of criteria, in any order: the same flows."""
    names = {
        which: {
            name: one
            for name, one in reversed(list(zip(SITES.columns, given, strict=True)))
            if one is not None
        }
        for which, given in ASKED.items()
    }
    by_position = mcda.promethee2(SITES, np.ones(6), WAYS, **ASKED)
    pd.testing.assert_frame_equal(mcda.promethee2(SITES, np.ones(6), WAYS, **names), by_position)
    series = {which: pd.Series(given) for which, given in names.items()}
    pd.testing.assert_frame_equal(mcda.promethee2(SITES, np.ones(6), WAYS, **series), by_position)


def test_the_partial_order_of_the_published_example():
    """By the printed indices: Austria before all; Belgium and Sweden each strong where the other is weak."""
    order = mcda.promethee1(SITES, np.ones(6), WAYS, **ASKED)
    plus, minus = np.array(INDICES).sum(axis=1), np.array(INDICES).sum(axis=0)
    for a, row in enumerate(SITES.index):
        for b, column in enumerate(SITES.index):
            signs = {np.sign(plus[a] - plus[b]), np.sign(minus[b] - minus[a])}
            wanted = {frozenset({1}): "before", frozenset({-1}): "after"}.get(
                frozenset(signs), "incomparable"
            )
            assert order.loc[row, column] == ("" if a == b else wanted)
    assert set(order.loc["Austria"]) == {"", "before"}
    assert (order == "incomparable").any(axis=None)


def test_the_partial_order_of_equals():
    """The same row twice is equal, and comes after what dominates both."""
    order = mcda.promethee1([[1, 2], [1, 2], [3, 4]], [1, 1], ["max", "max"])
    assert order.to_numpy().tolist() == [
        ["", "equal", "after"],
        ["equal", "", "after"],
        ["before", "before", ""],
    ]


PEER = {
    "usual": "usual",
    "u-shape": "ushape",
    "v-shape": "vshape",
    "level": "level",
    "linear": "vshape_2",
}


@pytest.mark.parametrize("name", PEER)
def test_each_function_agrees_with_pymcdm(name):
    """The same net flow from an independent library; the Gaussian isn't among its functions."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        matrix, weights = rng.uniform(1, 9, (5, 3)), rng.dirichlet(np.ones(3))
        q, p = rng.uniform(0.1, 1, 3), rng.uniform(1, 4, 3)
        ways = rng.choice(["max", "min"], 3).tolist()
        signs = np.array([1 if way == "max" else -1 for way in ways])
        theirs = pymcdm.methods.PROMETHEE_II(PEER[name], p=p, q=q)(
            matrix, weights, signs, validation=False
        )
        told = {which: of for which, of in (("q", q), ("p", p)) if which in FUNCTIONS[name].needs}
        found = mcda.promethee2(matrix, weights, ways, preference=name, **told)
        np.testing.assert_allclose(found["net"], theirs, atol=1e-12)


def test_the_gaussian_by_its_formula():
    """1 - exp(-d² / 2 s²): at d = s it is 0.3935."""
    found = mcda.promethee2([[3.0], [1.0]], [1], ["max"], preference="gaussian", s=[2.0])
    assert found["plus"].tolist() == pytest.approx([1 - np.exp(-0.5), 0])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_is_a_preference(name):
    """0 for no advantage, between 0 and 1, and never less for a larger advantage."""
    ladder = np.linspace(0, 10, 101)[:, None]
    told = {which: [{"q": 2, "p": 5, "s": 3}[which]] for which in FUNCTIONS[name].needs}
    table = read_single_table(ladder, [1], ["max"])
    ahead = ladder[:, None] - ladder
    degrees = preference_degrees(table, ahead, name, *(told.get(which) for which in "qps"))
    from_bottom = degrees[:, 0, 0]
    assert from_bottom[0] == 0 and from_bottom.max() <= 1 and from_bottom[-1] > 0.99
    assert (np.diff(from_bottom) >= 0).all() and (degrees[0] == 0).all()


@pytest.mark.parametrize(
    ("name", "told"), [("u-shape", {"q": [0.2]}), ("level", {"q": [0.2], "p": [0.5]})]
)
def test_an_advantage_that_equals_a_threshold_is_not_beyond_it(name, told):
    """0.8 is 0.2 ahead of 0.6, whatever the last bit of their difference."""
    found = mcda.promethee2([[0.8], [0.6]], [1], ["max"], preference=name, **told)
    assert found["net"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("USUAL", "usual"),
        ("u_shape", "u-shape"),
        ("Quasi", "u-shape"),
        ("VShape", "v-shape"),
        ("V-shape with indifference", "linear"),
        ("V-shape-Indiff", "linear"),
        ("vshape_2", "linear"),
        ("Gauss", "gaussian"),
    ],
)
def test_a_function_goes_by_the_names_of_the_field(given, name):
    """In any case, with or without hyphens, and as other tools call it."""
    told = {which: [{"q": 0.5, "p": 2, "s": 1}[which]] for which in FUNCTIONS[name].needs}
    table = [[4.0], [3.0], [1.0]]
    one = mcda.promethee2(table, [1], ["max"], preference=given, **told)
    pd.testing.assert_frame_equal(
        one, mcda.promethee2(table, [1], ["max"], preference=name, **told)
    )


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (
            {"preference": "gaussian"},
            "threshold s: expected a number for each criterion, found none",
        ),
        (
            {"preference": ["usual", "level"], "q": [None, 1]},
            "threshold p of 'y': expected a number, which the function 'level' needs, found none",
        ),
        (
            {"preference": ["usual"]},
            "preference: expected 2 functions, one for each criterion, found 1",
        ),
        (
            {"preference": {"x": "usual"}},
            "criterion 'y': expected a preference function, found none",
        ),
        ({"preference": {"x": "usual", "y": "soft"}}, "preference of 'y': expected one of 'usual'"),
        ({"preference": 3}, "preference: expected one of 'usual'"),
        ({"preference": None}, "preference: expected one of 'usual'"),
        (
            {"preference": "v-shape", "p": [0, 1]},
            "threshold p of 'x': expected a number above 0, found 0; the function 'usual' prefers",
        ),
        (
            {"preference": "gaussian", "s": {"x": 1, "z": 1}},
            "threshold s of 'z': expected a criterion of the matrix, found no such criterion",
        ),
        ({"preference": "gaussian", "s": 3}, "threshold s: expected a number for each criterion"),
        ({"preference": "gaussian", "s": ["1", 2]}, "threshold s of 'x': expected a finite number"),
        ({"preference": "gaussian", "s": [1, -1]}, "threshold s of 'y': expected a number of at"),
    ],
)
def test_what_a_function_needs_is_asked_for(told, message):
    """The criterion, the threshold and the function are named."""
    frame = pd.DataFrame([[1.0, 2.0], [2.0, 1.0]], columns=["x", "y"])
    with pytest.raises(mcda.InputError) as refused:
        mcda.promethee2(frame, [1, 1], ["max", "max"], **told)
    assert message in str(refused.value)
    with pytest.raises(mcda.InputError):
        mcda.promethee1(frame, [1, 1], ["max", "max"], **told)


def test_a_threshold_that_nothing_uses_is_told():
    """A caller who forgets to name the function hears of it; 0 and None say that there is none."""
    with pytest.warns(mcda.AssumptionWarning, match="threshold q of '.*' isn't used"):
        mcda.promethee2([[1.0], [2.0]], [1], ["max"], q=[0.5])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mcda.promethee2([[1.0], [2.0]], [1], ["max"], q=[0], p=[None])

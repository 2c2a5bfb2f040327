"""Weights by cards: the published example, the field's case, rounding that keeps the sum, and faults."""

import warnings

import numpy as np
import pytest

import mcda

# Figueira and Roy (2002), Table 1 and the example of their section 3: twelve criteria, z = 6.5
LAID = [["c", "g", "l"], ["d"], None, ["b", "f", "i", "j"], ["e"], ["a", "h"], ["k"]]
WEIGHTS = {"c": 1.00, "d": 1.92, "b": 3.75, "e": 4.67, "a": 5.58, "k": 6.50}
ROUNDED = {"c": 2.4, "d": 4.5, "b": 8.9, "e": 11.0, "a": 13.2, "k": 15.3}


def test_the_published_example():
    """Weights where the first place weighs 1, and those of 100 with one decimal, as printed."""
    found = mcda.cards(LAID, "panel", z=6.5, decimals=1)
    table = found.steps["cards"]
    for group in filter(None, LAID):
        for criterion in group:
            assert table.loc[criterion, "weight"] == pytest.approx(WEIGHTS[group[0]], abs=0.005)
            assert table.loc[criterion, "rounded"] == ROUNDED[group[0]]
    assert found.raw.sum() == pytest.approx(100, abs=1e-12)
    assert found.values["k"] == pytest.approx(0.153) and "Figueira" in found.method
    exact = mcda.cards(LAID, "panel", z=6.5)
    assert exact.values["k"] == pytest.approx(6.5 / 42.25) and "rounded" not in exact.steps["cards"]


def test_the_example_of_a_textbook():
    """Papathanasiou and Ploskas (2018), Table A.1: eight criteria, three blank cards, z = 6.5."""
    laid = [["b", "d"], ["c"], [], ["e", "f", "h"], [], [], ["a", "g"]]
    found = mcda.cards(laid, "panel", z=6.5).steps["cards"]
    step = 5.5 / 6  # one step up to c, two to e, three to a
    wanted = {"b": 1.0, "c": 1 + step, "e": 1 + 3 * step, "a": 6.5}
    assert found.loc[list(wanted), "weight"].tolist() == pytest.approx(list(wanted.values()))


def test_the_case_of_the_field():
    """[c], blank, [b], [a] with z = 4: places 1, 3, 4, so 1, 3 and 4 of 8."""
    found = mcda.cards(["c", None, "b", "a"], "panel", z=4)
    assert found.steps["cards"]["place"].tolist() == [1, 3, 4]
    assert found.values.to_dict() == {"c": 1 / 8, "b": 3 / 8, "a": 4 / 8}
    assert found.raw.to_dict() == {"c": 1, "b": 3, "a": 4} and found.holder == "panel"


def test_one_place_weighs_all_alike():
    """There is no distance, so z is 1."""
    assert mcda.cards([["a", "b"]], "x", z=1).values.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_rounded_weights_add_up_and_stay_near(decimals):
    """Random layouts: the sum is 100, none moves by a unit, and no other choice has smaller errors up or down."""
    rng = np.random.default_rng(8)
    unit = 10.0**-decimals
    for _ in range(200):
        laid, n = [], 0
        for place in range(int(rng.integers(2, 6))):
            laid += [None] * int(place and rng.integers(0, 3))
            size = int(rng.integers(1, 4))
            laid.append([f"k{n + at}" for at in range(size)])
            n += size
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mcda.AssumptionWarning)
            found = mcda.cards(laid, "x", z=float(rng.uniform(1.5, 12)), decimals=decimals)
        table = found.steps["cards"]
        assert table["rounded"].sum() == pytest.approx(100, abs=1e-9)
        moved = table["rounded"] - table["of 100"]
        assert (moved.abs() < unit + 1e-9).all()
        loss = (-moved / table["of 100"])[moved < 0]  # of those that were cut
        gain = (moved / table["of 100"])[moved > 0]
        willing_cut = loss[loss > (unit + moved[moved < 0]) / table["of 100"][moved < 0]]
        reluctant_up = gain[gain > (unit - moved[moved > 0]) / table["of 100"][moved > 0]]
        assert willing_cut.empty or reluctant_up.empty


def test_equals_that_are_rounded_apart_are_told():
    """Three equal criteria can't be 33 each and add up to 100."""
    with pytest.warns(mcda.AssumptionWarning, match="'a', 'b', 'c': equally important"):
        found = mcda.cards([["a", "b", "c"]], "x", z=1, decimals=0)
    assert sorted(found.raw) == [33, 33, 34]


def test_further_fields_are_kept():
    """Date and reasons go into the weights, as everywhere."""
    found = mcda.cards(["a", "b"], "x", z=2, as_of="2026-11-29", rationale="asked in person")
    assert (found.as_of, found.rationale) == ("2026-11-29", "asked in person")


@pytest.mark.parametrize(
    ("laid", "told", "message"),
    [
        ([None, "a", "b"], {}, "order of cards: expected blank cards between criteria, found one"),
        (["a", "b", []], {}, "found one that is last; take it out"),
        (["a", "a"], {}, "criterion 2: expected a name of its own, found 'a' a second time"),
        ([None], {}, "order of cards: expected at least one criterion, found none"),
        ([], {}, "order of cards: expected at least one criterion, found none"),
        ("ab", {}, "order of cards: expected a list, the least important first, found 'ab'"),
        (["a", 3], {}, "order of cards, place 2: expected a criterion, several in a list, or None"),
        (["a", "b"], {"z": 1}, "z: expected a finite number above 1, found 1; z says how many"),
        (["a", "b"], {"z": "4"}, "z: expected a finite number above 1, found '4'"),
        ([["a", "b"]], {"z": 4}, "z: expected 1, found 4; all criteria lie on one place"),
        (["a", "b"], {"decimals": -1}, "decimals: expected a whole number of at least 0, found -1"),
        (["a", "b"], {"decimals": 9}, "decimals: expected at most 6, found 9"),
        (["a", "b"], {"holder": ""}, "expected the name of their holder"),
    ],
)
def test_what_the_cards_cannot_say_is_refused(laid, told, message):
    """The place, the name or the ratio is named."""
    with pytest.raises(mcda.InputError) as refused:
        mcda.cards(laid, **{"holder": "x", "z": 2, **told})
    assert message in str(refused.value)

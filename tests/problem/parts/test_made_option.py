"""A package that is made an option is scored, drawn, traced and challenged like any other."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.chances import from_estimates


def asked():
    """Two options on a judged cost and a formula, and parts that bring both."""
    numbers = {
        "cost/NONE": (0, 0, 0),
        "cost/BIG": (5, 9, 20),
        "looks/NONE": (1, 2, 3),
        "looks/BIG": (4, 5, 6),
        "beds/NONE": (0, 0, 0),
        "beds/BIG": (80, 100, 120),
        "cost/A": (1, 2, 4),
        "rooms/A": (10, 20, 30),
        "rooms/B": (5, 10, 20),
        "per_room": (0.1, 0.2, 0.4),
        "beds_a_room": (1, 2, 3),
        "beds/pair": (-9, -6, -3),
        "used": (0.5, 0.8, 1.0),
    }
    estimates = {
        key: mcda.Estimate(key, *ends, sources=(f"S-{key.split('/')[-1]}",))
        for key, ends in numbers.items()
    }
    sources = {one: mcda.Source(one, one) for each in estimates.values() for one in each.sources}
    parts = mcda.Parts(
        (
            mcda.Part("A", "Annexe", (mcda.Amount("cost", ("cost/A",)), amount("A"))),
            mcda.Part("B", "Barn", (mcda.Amount("cost", ("rooms/B", "per_room")), amount("B"))),
        ),
        (
            mcda.Rule("pair", "adds", ("A", "B"), quantity="beds", amount=pair()),
            mcda.Rule("some", "at least", ("A", "B"), 1),
        ),
        (mcda.Quantity("cost", "EUR m", "min"), mcda.Quantity("beds", "", "max")),
    )

    def places(problem, drawn):
        return drawn["used"] * drawn.along("beds", problem.options.index)

    leaves = (
        leaf("cost", "EUR m", (20.0, 0.0)),
        leaf("places", "beds", (0.0, 200.0), places),
        leaf("looks", "points", (0.0, 10.0)),
    )
    options = pd.DataFrame({"label": ["Nothing", "A big house"]}, index=["NONE", "BIG"])
    return mcda.Problem(
        "p",
        mcda.Frame(baseline="NONE"),
        options,
        leaves,
        estimates,
        sources,
        {"scenarios": pd.DataFrame({"options": ["BIG", "ALL"]})},
        parts=parts,
    )


def amount(part):
    return mcda.Amount("beds", (f"rooms/{part}", "beds_a_room"))


def pair():
    return mcda.Amount("beds", ("beds/pair",))


def leaf(key, unit, ends, measure=None):
    direction = "min" if ends[0] > ends[1] else "max"
    scale = mcda.Scale(ends, (0.0, 1.0))
    return mcda.Criterion(
        key, label=key, unit=unit, direction=direction, scale=scale, measure=measure
    )


@pytest.fixture
def made():
    """The question with both parts as one option."""
    return mcda.make_option(asked(), ["A", "B"], key="AB", label="Both", like="BIG")


def test_its_numbers_are_those_of_its_parts(made):
    """Judged leaves and formulas alike, at the best estimates and in every draw."""
    assert made.performance.loc["AB"].tolist() == pytest.approx([4, 0.8 * 54, 5])
    assert made.performance.loc[["NONE", "BIG"]].equals(asked().performance)
    draws = mcda.sample(made, 50, 1)
    numbers = dict(zip(made.estimates, draws.numbers().T, strict=True))
    rooms = numbers["rooms/A"] + numbers["rooms/B"]
    beds = rooms * numbers["beds_a_room"] + numbers["beds/pair"]
    found = draws.performances()[:, 2]
    cost = numbers["cost/A"] + numbers["rooms/B"] * numbers["per_room"]
    assert found[:, 0] == pytest.approx(cost)
    assert found[:, 1] == pytest.approx(numbers["used"] * beds)
    assert np.array_equal(found[:, 2], numbers["looks/BIG"])
    assert np.ptp(found[:, 0]) > 0


def test_its_numbers_are_traced_to_the_parts(made):
    """Its cells rest on the parts' estimates and sources; cells of others don't."""
    behind = [one.key for one in made.inputs("cost", "AB")]
    assert behind == ["cost/A", "rooms/B", "per_room"]
    assert [one.key for one in made.inputs("cost", "BIG")] == ["cost/BIG"]
    assert {one.key for one in made.inputs("places", "BIG")} == {"beds/BIG", "used"}
    assert {one.key for one in made.inputs("places", "AB")} >= {"rooms/A", "beds/pair", "used"}
    assert (made.kind("cost", "AB"), made.kind("cost", "BIG")) == ("derived", "judgement")
    assert made.options.loc["AB", "made"] == "Annexe; Barn"
    assert made.options["made"].tolist() == ["", "", "Annexe; Barn"]
    assert made.options.loc["AB", "description"].startswith("Made of: Annexe; Barn.")


def test_it_is_ranked_and_challenged_like_any_other(made):
    """Rank, robustness, a challenge and the shapes of the question take it."""
    weights = mcda.equal_weights(made)
    ranking = mcda.rank(made, weights, "additive")
    assert "AB" in ranking.table.index
    robust = mcda.robustness(mcda.sample(made, 200, 1), weights, "additive")
    assert robust.rank_acceptability.loc["AB"].sum() == pytest.approx(1)
    found = mcda.switching_estimates(made, weights, "additive")
    assert "per_room" in found.table.index
    assert made.keep(["NONE", "AB"]).performance.loc["AB"].equals(made.performance.loc["AB"])
    assert made.tables["scenarios"]["options"].tolist() == ["BIG;AB", "ALL"]


def test_several_are_made_one_after_the_other(made):
    """The second leaves the first as it was."""
    both = mcda.make_option(made, ["A"], key="A1", label="Alone", like="NONE")
    assert both.performance.loc["A1"].tolist() == pytest.approx([2, 0.8 * 40, 2])
    assert both.performance.loc["AB"].equals(made.performance.loc["AB"])
    assert [one.key for one in both.inputs("cost", "A1")] == ["cost/A"]


@pytest.mark.parametrize(
    ("parts", "changes", "told"),
    [
        (["A", "C"], {}, "expected keys of parts: 'A', 'B', found 'C'"),
        ([], {}, "expected parts that the rules allow together, found none"),
        (["A"], {"key": "BIG"}, "expected an id of its own, found 'BIG'"),
        (["A"], {"label": "Nothing"}, "expected a name of its own, found 'Nothing'"),
        (["A"], {"like": "HUGE"}, "expected an option: 'NONE', 'BIG', found 'HUGE'"),
    ],
)
def test_what_cannot_be_made_is_told(parts, changes, told):
    """Parts of no name, against the rules, and names that are taken."""
    with pytest.raises(mcda.InputError, match=told):
        mcda.make_option(asked(), parts, **{"key": "X", "label": "X", "like": "BIG"} | changes)


def with_chances():
    """The same question, whose big house comes about in six of ten cases and whose parts may fail."""
    problem = asked()
    more = {
        "big": mcda.Estimate("big", 40, 60, 80, "percent"),
        "builder": mcda.Estimate("builder", 0.5, 0.8, 1.0),
    }
    parts = tuple(replace(part, chance=("builder",)) for part in problem.parts.parts)
    problem = replace(
        problem,
        estimates={**problem.estimates, **more},
        parts=replace(problem.parts, parts=parts),
    )
    chance = partial(from_estimates, keys={"BIG": "big"}, percent={"BIG": True})
    return problem, problem.with_chance(chance, {"BIG": "NONE"})


def test_its_chance_is_that_of_the_option_it_is_like():
    """With the same estimate, drawn together, and the same fallback; also of one made like it."""
    _, uncertain = with_chances()
    made = mcda.make_option(uncertain, ["A", "B"], key="AB", label="Both", like="BIG")
    made = mcda.make_option(made, ["A"], key="A1", label="Alone", like="AB")
    assert made.fallbacks == {"BIG": "NONE", "AB": "NONE", "A1": "NONE"}
    assert made.chance.to_dict() == {"NONE": 1.0, "BIG": 0.6, "AB": 0.6, "A1": 0.6}
    drawn = mcda.sample(made, 20, 1).performances()
    column = [leaf.key for leaf in made.leaves].index("chance")
    assert np.array_equal(drawn[:, 1, column], drawn[:, 2, column])
    sure = mcda.make_option(asked(), ["A", "B"], key="AB", label="Both", like="BIG")
    keys = ["cost", "places", "looks"]
    assert made.performance.loc["AB", keys].tolist() == sure.performance.loc["AB"].tolist()


def test_its_chance_is_that_all_parts_come_about():
    """Where a fallback is named: each part independently, also of one that is made later."""
    sure, uncertain = with_chances()
    for problem in (sure, uncertain):
        about = {"like": "BIG", "fallback": "NONE"}
        made = mcda.make_option(problem, ["A", "B"], key="AB", label="Both", **about)
        made = mcda.make_option(made, ["B"], key="B1", label="Barn", **about)
        assert made.chance["AB"] == pytest.approx(0.64)
        assert made.chance["B1"] == pytest.approx(0.8)
        assert made.chance["BIG"] == (1.0 if problem is sure else 0.6)
        lottery = 0.64 * made.values.loc["AB", "cost"] + 0.36 * made.values.loc["NONE", "cost"]
        assert made.expected_values.loc["AB", "cost"] == pytest.approx(lottery)
        robust = mcda.robustness(mcda.sample(made, 200, 1), mcda.equal_weights(made), "additive")
        assert robust.rank_acceptability.loc["AB"].sum() == pytest.approx(1)


def test_a_fallback_must_be_sure():
    """Another option that happens for sure."""
    _, uncertain = with_chances()
    with pytest.raises(mcda.InputError, match="an option that happens for sure: 'NONE'"):
        mcda.make_option(uncertain, ["A", "B"], key="AB", label="Both", like="NONE", fallback="BIG")


def test_in_a_structure_the_option_is_made_first():
    """Then each structure of the question takes it, one with chances as well."""
    problem = ukraine_force.problem()
    about = {"label": "Ten", "like": "OPT09", "members": "expected"}
    made = mcda.make_option(problem, ["GBR", "FRA", "DEU", "POL", "CAN"], key="PACK", **about)
    shaped = made.structured("approvals")
    assert shaped.fallbacks["PACK"] == shaped.fallbacks["OPT09"]
    assert 0 < shaped.chance["PACK"] < 1
    assert (
        "PACK" in mcda.rank(shaped, ukraine_force.perspectives()["Paris"], "additive").table.index
    )
    with pytest.raises(mcda.NotApplicable, match="make the option first"):
        mcda.make_option(problem.structured("approvals"), ["GBR"], key="X", **about)

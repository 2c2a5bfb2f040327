"""Which contributors make a force of a given strength: today's data, and those the toolkit was first given."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import mcda
from criteria import ukraine_force

FROZEN = Path(__file__).parent / "frozen" / "ukraine_force"
STRENGTH = "C1.1"
VOTES = "prior_votes"


@pytest.fixture(scope="module")
def today():
    """The question with its parts."""
    return ukraine_force.problem()


@pytest.fixture(scope="module")
def first(today):
    """Today's parts with the contributions of the first data."""
    stated = pd.read_csv(FROZEN / "estimates.csv").set_index("key")
    changed = dict(today.estimates)
    for key in (key for key in changed if key.startswith("contribution/")):
        ends = {end: float(stated.at[key, end]) for end in ("low", "mode", "high")}
        changed[key] = replace(changed[key], **ends)
    return replace(today, estimates=changed)


def at_high(problem):
    """The question with every contribution at its high."""
    changed = {
        key: replace(one, mode=one.high) if key.startswith("contribution/") else one
        for key, one in problem.estimates.items()
    }
    return replace(problem, estimates=changed)


def fewest_votes(problem, strength):
    """The fewest prior votes with which a strength is there; None where it can't be reached."""
    found = mcda.packages(problem, [VOTES], limits={STRENGTH: (strength, None)})
    assert found.proven
    return None if found.table.empty else int(found.table[VOTES].iloc[0])


def test_the_contributors_are_the_parts(today):
    """Each with its strength, and a prior vote where its law asks for a binding one."""
    contributors = today.tables["contributors"]
    assert today.parts.keys == tuple(contributors.index)
    binding = contributors.index[contributors["parliamentary_approval"] == "prior-binding"]
    voting = [
        part.key
        for part in today.parts.parts
        if VOTES in [amount.quantity for amount in part.amounts]
    ]
    assert voting == list(binding)
    for part in today.parts.parts:
        route = contributors.at[part.key, "parliamentary_approval"]
        stance = contributors.at[part.key, "stance_code"]
        assert part.groups == (stance, route)
        assert part.chance == (f"agreement/land/{stance}", f"passage/{route}")


@pytest.mark.parametrize(
    ("strength", "votes"), [(10, 0), (15, 1), (20, None), (30, None), (40, None), (60, None)]
)
def test_at_best_estimates(today, first, strength, votes):
    """15 thousand needs one prior vote, and 20 can't be reached: the data changed the highs alone."""
    assert fewest_votes(today, strength) == fewest_votes(first, strength) == votes


def test_what_is_there_without_any_vote(today, first):
    """14.2 thousand, and 17.25 with every contributor."""
    for problem in (today, first):
        found = mcda.packages(problem)
        assert found.proven
        assert found.table.set_index(VOTES).at[0, STRENGTH] == pytest.approx(14.2)
        assert found.table[STRENGTH].max() == pytest.approx(17.25)
        assert found.parts["core_index"][["GBR", "FRA"]].tolist() == [1, 1]
    short = mcda.packages(today, [VOTES], limits={STRENGTH: (30, None)})
    assert short.limits == ("Deployed strength in Ukraine at least 30",)
    assert short.relaxation["alone"].tolist() == pytest.approx([17.25])


@pytest.mark.parametrize(
    ("strength", "of_first", "of_today"),
    [(20, 0, 0), (25, 1, 0), (30, 2, 1), (40, None, 5), (50, None, None)],
)
def test_at_high_contributions(today, first, strength, of_first, of_today):
    """The first data had 7.5 thousand as the high of both leads; today's have 10, as once stated."""
    assert fewest_votes(at_high(first), strength) == of_first
    assert fewest_votes(at_high(today), strength) == of_today


@pytest.mark.parametrize(
    ("strength", "cost"),
    [(10, 2.5), (15, 3.75), (17, 4.25), (20, None), (30, None), (60, None)],
)
def test_the_least_cost(today, strength, cost):
    """In EUR bn a year at best estimates, in a moment: cost goes with strength, so no part is beaten."""
    found = mcda.packages(today, {"cost": "min"}, limits={STRENGTH: (strength, None)}, seconds=30)
    assert found.proven
    assert found.table["cost"].drop_duplicates().tolist() == ([] if cost is None else [cost])


def test_a_package_is_an_option(today):
    """It is scored by the question's own formulas, and rests on its contributors' sources."""
    found = mcda.packages(today, [VOTES], limits={STRENGTH: (15, None)})
    members = found.of("P1")
    assert set(members) >= {"GBR", "FRA", "TUR"}
    made = mcda.make_option(
        today,
        members,
        key="PKG1",
        label="Fifteen thousand, one vote",
        like="OPT09",
        members="expected",
    )
    row = made.performance.loc["PKG1"]
    strength = found.table[STRENGTH].iloc[0]
    assert row[STRENGTH] == pytest.approx(strength)
    assert row["C3.1"] == pytest.approx(1)
    assert row["C2.1"] == pytest.approx(
        (strength + today.estimates["earmarked_strength/OPT09"].mode) * 0.25
        + today.estimates["addon/OPT09"].mode
    )
    behind = {one.key for one in made.inputs(STRENGTH, "PKG1")}
    assert behind >= {"contribution/GBR", "contribution/TUR"}
    assert not {one.key for one in made.inputs(STRENGTH, "OPT09")} & behind
    sources = made.options.at["PKG1", "sources"].split(";")
    assert set(today.estimates["contribution/TUR"].sources) <= set(sources)
    assert made.performance.drop(index="PKG1").equals(today.performance)

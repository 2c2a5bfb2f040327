"""The package with the largest chance to bring enough: enumeration agrees, and what isn't proven is said."""

from itertools import product

import numpy as np
import pytest

import mcda
from criteria import ukraine_force
from mcda.problem.parts.program import Program

from .test_packages import question


def random_case(seed):
    """Parts that bring and cost something, with chances, under rules and a budget."""
    rng = np.random.default_rng(seed)
    keys = [f"p{at}" for at in range(8)]
    amounts = {
        key: {"use": float(rng.integers(0, 9)) / 2, "cost": float(rng.integers(1, 6))}
        for key in keys
    }
    chances = {key: float(rng.integers(0, 11)) * 10 for key in keys}
    rules = [
        mcda.Rule("most", "at most", tuple(keys[:4]), 2),
        mcda.Rule("needs", "needs", (keys[4],), None, (keys[5],)),
        mcda.Rule("not", "excludes", (keys[6], keys[7])),
        mcda.Rule("some", "at least", (keys[1], keys[2]), 1),
        mcda.Rule("cap", "limit", quantity="cost", most=float(rng.integers(4, 14))),
    ]
    return question(amounts, {"use": "max", "cost": "min"}, rules, chances=chances)


def chance_by_cases(problem, inside, needed):
    """The chance by every case of what comes about."""
    numbers = {key: one.mode for key, one in problem.estimates.items()}
    total = 0.0
    for case in product((0, 1), repeat=len(inside)):
        share = 1.0
        brought = 0.0
        for key, comes in zip(inside, case, strict=True):
            chance = numbers[f"chance/{key}"] / 100
            share *= chance if comes else 1 - chance
            brought += comes * numbers[f"use/{key}"]
        total += share * (brought >= needed - 1e-9)
    return total


@pytest.mark.parametrize("seed", range(6))
def test_enumeration_agrees(seed):
    """Of every package that rules and limits allow, none has a larger chance; it has the one told."""
    problem = random_case(seed)
    program = Program(problem.parts)
    keys = problem.parts.keys
    cap = problem.parts.rules[-1].most
    best = -1.0
    for case in product((0.0, 1.0), repeat=len(keys)):
        inside = [key for key, is_in in zip(keys, case, strict=True) if is_in]
        cost = sum(problem.estimates[f"cost/{key}"].mode for key in inside)
        if program.allowed(np.array(case)) and cost <= cap:
            best = max(best, chance_by_cases(problem, inside, 6.0))
    found = mcda.largest_chance(problem, "use", 6.0)
    assert found.proven and found.at_most == found.chance
    assert found.chance == pytest.approx(max(best, 0.0), abs=1e-12)
    if best > 0:
        assert chance_by_cases(problem, found.parts, 6.0) == pytest.approx(best)


def test_parts_can_be_held():
    """In and out; where nothing is left there is no package, and that is proven."""
    problem = random_case(1)
    found = mcda.largest_chance(problem, "use", 2.0, hold=["p5"], leave_out=["p1"])
    assert "p5" in found.parts and "p1" not in found.parts
    none = mcda.largest_chance(problem, "use", 2.0, limits={"cost": (1_000, None)})
    assert (none.parts, none.chance, none.proven) == ((), 0.0, True)


def test_what_is_not_proven_is_said():
    """Without time: no package, and no chance is ruled out."""
    found = mcda.largest_chance(random_case(2), "use", 6.0, seconds=1e-9)
    assert not found.proven and found.at_most > 0


def test_votes_and_the_chance_that_approvals_suffice():
    """Ukraine question, 15 thousand: no chance without a prior vote, 13% with all that are needed."""
    problem = ukraine_force.problem()
    chances = []
    for votes in (0, 1, 4, 9):
        found = mcda.largest_chance(problem, "C1.1", 15, limits={"prior_votes": (None, votes)})
        assert found.proven
        chances.append(found.chance)
    assert chances == pytest.approx([0, 0.0036, 0.0983, 0.1338], abs=5e-5)

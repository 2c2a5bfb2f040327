"""Legal feasibility (C3): whether law at home and abroad allows it, and parliaments agree.

Law is part threshold, part scale. Prior binding votes (C3.1) are counted from the contributors an
option counts on. The chance that approvals suffice (C3.2) is derived from each contributor's stance
and legal route, what it could contribute, and the strength the option needs. So it answers a harder
question than "will governments say yes?": will those that say yes bring enough? What is enough is
an estimate, since missions went ahead with a named shortfall; those who decide share a driver, the
American backing that many make a condition; and a force that needs a vote of the Security Council
has a gate before all of it. The international basis (C3.3) is judged on a scale in words, for a UN
force given that vote. This is not legal advice.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

import mcda
from criteria.ukraine_force.force_size import PERCENT, coalition_strength

PRIOR_VOTE = "prior-binding"
PRESENCE = "presence"
ENUMERATED = 4  # contributors whose joining is gone through case by case: the largest ones
# the states of a shared driver, standard normal: between -3 and 3, and how much each counts
STATES, COUNTS = np.polynomial.hermite_e.hermegauss(5)
COUNTS = COUNTS / COUNTS.sum()


def prior_votes(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return how many expected contributors need a binding vote, (..., options), in countries.

    A contributor counts as far as the option counts on it, 0 if not listed, and as far as a mission
    of this kind needs the vote of its parliament.
    """
    needed = estimates.along("vote_needed", problem.options["mission"])
    return needed * estimates.along(
        "expected", problem.options.index, _binding(problem), default=0.0
    ).sum(axis=-1)


@lru_cache(maxsize=100)  # the same for every draw, and slow to look up in tables of text
def _binding(problem: mcda.Problem) -> list[str]:
    """Return the contributors in which parliament must vote first."""
    routes = problem.tables["contributors"]["parliamentary_approval"]
    return routes.index[routes == PRIOR_VOTE].tolist()


def approval_chance(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return the chance, (..., options), in percent, that approvals bring the strength needed.

    Needed is the share of the coalition's deployed and earmarked strength that counts as enough:
    all of it where no estimate says so. The decisions of contributors share a driver, and are
    independent where no estimate says so. A mission that needs a vote of the Security Council comes
    about only if it passes. See `chance_to_reach` for the approximation.
    """
    enough = estimates.along("enough_share", default=1.0)[..., None]
    planned = coalition_strength(problem, estimates) + estimates.along(
        "earmarked_strength", problem.options.index
    )
    needed = enough * planned
    shared = latent_correlation(estimates.along("approval_correlation", default=0.0))
    chances = [
        chance_with_driver(needed[..., at], *coalition(problem, estimates, option), shared)
        for at, option in enumerate(problem.options.index)
    ]
    passes = estimates.along("mandate_passes", problem.options["mission"], default=float(PERCENT))
    return np.stack(chances, axis=-1) * passes


def coalition(
    problem: mcda.Problem, estimates: mcda.Drawn, option: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the chance to join and the strength, (..., k), of those an option counts on.

    The strength is in thousands, and the largest comes first, by best estimates. To join, a
    contributor is expected, its government agrees (by stance and kind of mission), and its legal
    route lets it through.
    """
    mission, brought, everyone, stances, routes = _contributors(problem, option)
    names, places = _listed(problem, option)
    agrees = estimates.along(f"agreement/{mission}", stances.codes) / PERCENT
    blocked = 1 - estimates.along("passage", routes.codes) / PERCENT
    passes = 1 - estimates.along("vote_needed", [mission]) * blocked
    joins = estimates.along(f"expected/{option}", names)
    joins *= agrees[..., stances.places[places]]
    joins *= passes[..., routes.places[places]]
    strengths = estimates.along(brought, everyone)[..., places]
    strengths *= estimates.along("usable_share", [mission]) / PERCENT
    return joins, strengths


class Coded(NamedTuple):
    """The codes that contributors have, each once, and the place of each contributor's among them."""

    codes: list[str]
    places: np.ndarray


@lru_cache(maxsize=100)
def _contributors(problem: mcda.Problem, option: str) -> tuple[str, str, list[str], Coded, Coded]:
    """Return an option's mission, the family of what is brought to it, and the contributors.

    The contributors are their names, their stances and their legal routes.
    """
    mission = problem.options.at[option, "mission"]
    table = problem.tables["contributors"]
    brought = "presence_contribution" if mission == PRESENCE else "contribution"
    stances = _coded(table["stance_code"].tolist())
    routes = _coded(table["parliamentary_approval"].tolist())
    return mission, brought, table.index.tolist(), stances, routes


def _coded(texts: list[str]) -> Coded:
    codes = sorted(set(texts))
    return Coded(codes, np.array([codes.index(text) for text in texts]))


@lru_cache(maxsize=100)
def _listed(problem: mcda.Problem, option: str) -> tuple[list[str], list[int]]:
    """Return the contributors of an option and their positions, largest by best estimate first."""
    _, brought, everyone, _, _ = _contributors(problem, option)
    names = [name for name in everyone if f"expected/{option}/{name}" in problem.estimates]
    names.sort(key=lambda name: -problem.estimates[f"{brought}/{name}"].mode)
    return names, [everyone.index(name) for name in names]


def latent_correlation(rank_correlation: np.ndarray) -> np.ndarray:
    """Return the correlation of two normal numbers whose ranks are so correlated (Pearson 1907).

    >>> latent_correlation(np.array(0.45)).round(3)
    np.float64(0.467)
    """
    return np.asarray(2 * np.sin(np.pi / 6 * rank_correlation))


def normal_share(deviates: np.ndarray) -> np.ndarray:
    """Return the share of a standard normal distribution below each number, within 0.00015.

    A draw asks for more than a thousand of them, and `chance_to_reach` is off by more. It is the
    logistic function of a cubic (Bowling, Khasawneh, Kaewkuekool and Cho 2009), by the hyperbolic
    tangent of half of it.

    >>> normal_share(np.array([-2.0, 0.0, 2.0])).round(4)
    array([0.0228, 0.5   , 0.9772])
    """
    return _share(_balance(deviates))


def _balance(deviates: np.ndarray) -> np.ndarray:
    """Return how much more of the distribution lies below each number than above it, -1 to 1."""
    with np.errstate(over="ignore"):  # what is too large for a number is certain all the same
        balance = np.square(deviates)
        balance *= 0.07056 / 2
        balance += 1.5976 / 2
        balance *= deviates
    return np.tanh(balance, out=balance)


def _share(balance: np.ndarray) -> np.ndarray:
    """Return the share below from how much more lies below, in its memory."""
    balance += 1
    balance *= 0.5
    return balance


def chance_with_driver(
    needed: np.ndarray, joins: np.ndarray, strengths: np.ndarray, shared: np.ndarray
) -> np.ndarray:
    """Return the chance to reach what is needed, (...), where decisions share a driver.

    shared (...): the correlation, below 1, of any two contributors' inclination. In each state of
    the driver decisions are independent again, at other chances, whose average is what was stated;
    five states stand for all of them (Gauss-Hermite).

    >>> alone = np.array([0.5, 0.5]), np.array([5.0, 5.0])
    >>> chance_with_driver(np.array(10.0), *alone, np.array(0.0)).round(3)
    np.float64(0.25)
    >>> chance_with_driver(np.array(10.0), *alone, np.array(0.5)).round(3)
    np.float64(0.331)
    """
    if not shared.any():
        return chance_to_reach(needed, joins, strengths)
    rest = np.sqrt(1 - shared)[..., None]
    inclination = ndtri(joins) / rest
    pull = np.sqrt(shared)[..., None] / rest
    chance = np.zeros(())
    for state, count in zip(STATES, COUNTS, strict=True):
        then = normal_share(inclination + pull * state)
        chance = chance + count * chance_to_reach(needed, then, strengths)
    return chance


def chance_to_reach(needed: np.ndarray, joins: np.ndarray, strengths: np.ndarray) -> np.ndarray:
    """Return the chance that the strengths of those who join reach what is needed, (...).

    needed (...), joins and strengths (..., k), largest first: contributor i joins with its own
    chance, independently of the others, and then brings its strength. Approximation: the first four
    contributors are enumerated, all sixteen cases; what the others bring together is taken as
    normal with its exact mean and variance (a certain sum is compared as it is). Against brute
    force with ten contributors the mean error is below 0.01 and the largest met 0.08; at this
    question's best estimates it is below 0.02, and over its draws below 0.006 on average.

    >>> chance_to_reach(np.array(5.0), np.array([0.9, 0.5]), np.array([5.0, 5.0])).round(3)
    np.float64(0.95)
    """
    chances = np.moveaxis(joins, -1, 0)
    brought = np.moveaxis(strengths, -1, 0)
    mean, spread = _total(chances[ENUMERATED:], brought[ENUMERATED:])
    unit = np.where(spread > 0, spread, 1.0)
    large = range(min(ENUMERATED, len(chances)))
    surplus = np.empty((2 ** len(large), *mean.shape))
    surplus[0] = (mean - needed) / unit
    for i in large:  # each contributor doubles the cases: without it, with it
        np.add(surplus[: 2**i], brought[i] / unit, out=surplus[2**i : 2 ** (i + 1)])
    balance = _balance(surplus)
    if not spread.all():
        balance = np.where(spread > 0, balance, np.where(surplus >= 0, 1.0, -1.0))
    for i in reversed(large):  # and the cases fold back, the last one first
        without = balance[: 2**i]
        gain = balance[2**i : 2 ** (i + 1)]
        gain -= without
        gain *= chances[i]
        without += gain
    return _share(balance[0])


def _total(chances: np.ndarray, strengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation, (...), of what contributors (k, ...) bring together.

    They are added one after another, so that a sum is rounded alike for one draw and many.
    """
    mean = np.zeros(chances.shape[1:])
    variance = np.zeros(chances.shape[1:])
    expected = np.empty(chances.shape[1:])
    rest = np.empty(chances.shape[1:])
    for chance, strength in zip(chances, strengths, strict=True):
        np.multiply(chance, strength, out=expected)
        np.subtract(strength, expected, out=rest)
        rest *= expected
        mean += expected
        variance += rest
    return mean, np.sqrt(variance)


MEASURES = {"prior_votes": prior_votes, "approval_chance": approval_chance}

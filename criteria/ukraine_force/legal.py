"""Legal feasibility (C3): whether national and international law allow it, and whether parliaments agree.

Law is part threshold, part scale. Prior binding votes (C3.1) are counted from the contributors an option counts on.
The chance that approvals suffice (C3.2) is derived from each contributor's stance and legal route, what it could
contribute, and the strength the option needs. So it answers a harder question than "will governments say yes?": will
those that say yes bring enough? The international basis (C3.3) is judged on a scale in words; the Security Council's
veto on a UN force is a gate rather than an average, which a range shows badly. This is not legal advice.
"""

import numpy as np
from scipy.special import ndtr

import mcda
from criteria.ukraine_force.force_size import PERCENT, coalition_strength

PRIOR_VOTE = "prior-binding"
PRESENCE = "presence"
ENUMERATED = 4


def prior_votes(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return how many expected contributors need a binding vote of parliament first, (..., options), in countries.

    A contributor counts as far as the option counts on it, and as far as a mission of this kind needs the vote.
    """
    binding = (problem.tables["contributors"]["parliamentary_approval"] == PRIOR_VOTE).to_numpy()
    needed = estimates.along("vote_needed", problem.options["mission"])
    return needed * (_expected(problem, estimates) * binding).sum(axis=-1)


def approval_chance(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return the chance, (..., options), in percent, that those who approve bring the strength that the option needs.

    Needed is the coalition's deployed and earmarked strength. See `chance_to_reach` for the approximation.
    """
    needed = coalition_strength(problem, estimates) + estimates.along("earmarked_strength", problem.options.index)
    return PERCENT * chance_to_reach(needed, _joins(problem, estimates), _strengths(problem, estimates))


def _expected(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return how far each option counts on each contributor, 0 to 1, (..., options, contributors); 0 if not listed."""
    return estimates.along("expected", problem.options.index, problem.tables["contributors"].index, default=0.0)


def _joins(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return each contributor's chance to join each option, (..., options, contributors).

    It is expected, its government agrees (by stance and kind of mission), and its legal route lets it through.
    """
    contributors, missions = problem.tables["contributors"], problem.options["mission"]
    kinds, stances = missions.unique(), contributors["stance_code"].unique()
    agreement = estimates.along("agreement", kinds, stances) / PERCENT
    rows = [list(kinds).index(mission) for mission in missions]
    columns = [list(stances).index(stance) for stance in contributors["stance_code"]]
    agrees = agreement[..., rows, :][..., columns]
    passes = estimates.along("passage", contributors["parliamentary_approval"])[..., None, :] / PERCENT
    needed = estimates.along("vote_needed", missions)[..., None]
    return _expected(problem, estimates) * agrees * (1 - needed * (1 - passes))


def _strengths(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return what each contributor would bring to each option if it joins, (..., options, contributors), thousands."""
    contributors, missions = problem.tables["contributors"].index, problem.options["mission"]
    in_ukraine = estimates.along("contribution", contributors)[..., None, :]
    next_door = estimates.along("presence_contribution", contributors)[..., None, :]
    usable = estimates.along("usable_share", missions)[..., None] / PERCENT
    return np.where((missions == PRESENCE).to_numpy()[:, None], next_door, in_ukraine) * usable


def chance_to_reach(needed: np.ndarray, joins: np.ndarray, strengths: np.ndarray) -> np.ndarray:
    """Return the chance that the strengths of those who join reach what is needed, (...).

    needed (...), joins and strengths (..., k): contributor i joins with its own chance, independently of the others,
    and then brings its strength. Approximation: the four largest contributors are enumerated, all sixteen cases; what
    the others bring together is taken as normal with its exact mean and variance (a certain sum is compared as it is).
    Against brute force with ten contributors the mean error is below 0.01 and the largest met 0.08; at this question's
    best estimates it is below 0.02.

    >>> chance_to_reach(np.array(5.0), np.array([0.9, 0.5]), np.array([5.0, 5.0])).round(3)
    np.float64(0.95)
    """
    left, cases = joins.copy(), [(np.ones_like(needed), -needed)]
    for _ in range(min(ENUMERATED, joins.shape[-1])):
        largest = np.argmax(np.where(left > 0, strengths, 0.0), axis=-1)[..., None]
        join = np.take_along_axis(left, largest, axis=-1)[..., 0]
        brings = np.take_along_axis(strengths, largest, axis=-1)[..., 0]
        np.put_along_axis(left, largest, 0.0, axis=-1)
        without = [(chance * (1 - join), surplus) for chance, surplus in cases]
        cases = without + [(chance * join, surplus + brings) for chance, surplus in cases]
    mean = (left * strengths).sum(axis=-1)
    spread = np.sqrt((left * (1 - left) * strengths**2).sum(axis=-1))
    return np.sum([chance * _reached(surplus + mean, spread) for chance, surplus in cases], axis=0)


def _reached(surplus: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return the chance that a normal number with this mean and spread is at least 0; without spread, whether it is."""
    certain = np.where(surplus >= 0, 1.0, 0.0)
    return np.where(spread > 0, ndtr(surplus / np.where(spread > 0, spread, 1.0)), certain)


MEASURES = {"prior_votes": prior_votes, "approval_chance": approval_chance}

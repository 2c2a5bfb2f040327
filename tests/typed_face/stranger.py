"""Code of a stranger who has the package and its types alone, for the checker of types to read.

Right uses have the types that they are asserted to have. Each wrong one bears the error that it must
be: where the checker finds none, it tells an ignore that nothing needs.
"""

from typing import assert_type

import mcda


def right_uses(folder: str) -> None:
    """Use the face from a question to its robustness."""
    problem, holders = mcda.open_question(folder)
    assert_type(problem, mcda.Problem)
    assert_type(holders, dict[str, mcda.Weights])
    mine = mcda.weights({"cost": 60, "reach": 40}, "me")
    assert_type(mine, mcda.Weights)
    ranking = mcda.rank(problem, mine, "topsis", floors=True, p=1)
    assert_type(ranking, mcda.Ranking)
    assert_type(ranking.leaders, tuple[str, ...])
    draws = mcda.sample(problem, n=1000, seed=1)
    assert_type(draws, mcda.Draws)
    assert_type(mcda.robustness(draws, mine, "additive"), mcda.Robustness)
    assert_type(mcda.robustness(draws, holders, "additive"), dict[str, mcda.Robustness])
    judged = mcda.Judgements(["cost", "reach"], {("cost", "reach"): 3})
    assert_type(mcda.ahp(judged, holder="panel"), mcda.Weights)
    assert_type(mcda.priorities([[1, 3], [1 / 3, 1]]), mcda.Priorities)


def wrong_uses(problem: mcda.Problem, mine: mcda.Weights) -> None:
    """Mistake an argument for another, leave one out, and read what isn't there."""
    mcda.rank(problem, mine)  # type: ignore[call-overload]
    mcda.rank(mine, problem, "topsis")  # type: ignore[call-overload]
    mcda.rank(problem, {"cost": 1.0}, "topsis")  # type: ignore[call-overload]
    mcda.rank(problem, mine, 2)  # type: ignore[call-overload]
    mcda.rank(problem, mine, "topsis", floor=True)  # type: ignore[call-overload]
    mcda.rank(problem, mine, "topsis", p="two")  # type: ignore[call-overload]
    mcda.weights({"cost": 60})  # type: ignore[call-arg]
    mcda.weights(["cost"], 60)  # type: ignore[arg-type]
    mcda.sample(problem, n="many", seed=1)  # type: ignore[arg-type]
    mcda.robustness(problem, mine, "topsis")  # type: ignore[call-overload]
    mcda.topsis([[1, 2]], [1, 1], ["max", "max"], normalization="vector")  # type: ignore[call-arg]
    mcda.rank(problem, mine, "topsis").winner  # type: ignore[attr-defined] # noqa: B018
    mcda.rnak(problem, mine, "topsis")  # type: ignore[attr-defined]
    mine.holder = "you"  # type: ignore[misc]

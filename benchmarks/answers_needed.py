"""How many answers a simulated holder must give until its true first option is named, by way of asking."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

import mcda
from mcda.display.progress_line import write_over
from mcda.preferences.from_statements.bounds import are_kept, bounds_of
from mcda.preferences.from_statements.next_question import Comparison
from mcda.preferences.from_statements.value_model import StatedValues

CASES, OPTIONS, LEAVES = 100, 8, 6
DRAWS = 600
MOST = 15  # answers: all pairs of six criteria
SCALE = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9], dtype=float)  # Saaty's

Leaders = list[str]


def question(rng: np.random.Generator) -> mcda.Problem:
    """Return a question of random values."""
    table = pd.DataFrame(
        rng.uniform(size=(OPTIONS, LEAVES)),
        [f"o{at}" for at in range(OPTIONS)],
        [f"c{at}" for at in range(LEAVES)],
    )
    ways = dict.fromkeys(table.columns, "max")
    return mcda.problem_from(
        table, directions=ways, anchors=dict.fromkeys(ways, (0.0, 1.0)), accept="all"
    )


def by_next_question(problem: mcda.Problem, weights: np.ndarray) -> Leaders:
    """Return the leader after each answer to the question that tells most."""

    def ask(said: Sequence[mcda.Statement]) -> Comparison | None:
        return mcda.next_question(problem, said, seed=7, draws=DRAWS).comparison

    return asked_by(problem, weights, ask)


def by_random_questions(problem: mcda.Problem, weights: np.ndarray) -> Leaders:
    """Return the leader after each answer to a question about two measures drawn by lot."""
    rng = np.random.default_rng(3)

    def ask(said: Sequence[mcda.Statement]) -> Comparison | None:
        one, other = rng.permutation(LEAVES)[:2]
        return Comparison(f"c{one}", (0, 1), f"c{other}", (0, float(rng.uniform(0.1, 1))))

    return asked_by(problem, weights, ask)


def asked_by(
    problem: mcda.Problem,
    weights: np.ndarray,
    ask: Callable[[Sequence[mcda.Statement]], Comparison | None],
) -> Leaders:
    """Return the leader before any answer, and after each."""
    said: list[mcda.Statement] = []
    model = StatedValues(problem)
    leaders = [mcda.next_question(problem, said, seed=7, draws=DRAWS).leader]
    for _ in range(MOST):
        comparison = ask(said)
        if comparison is not None:
            first = comparison.answered("first", "x")
            holds = are_kept(bounds_of(first, model), weights)
            said.append(first if holds else comparison.answered("second", "x"))
        leaders.append(mcda.next_question(problem, said, seed=7, draws=DRAWS).leader)
    return leaders


def by_pairs(problem: mcda.Problem, weights: np.ndarray) -> Leaders:
    """Return the leader by AHP after each pairwise judgement, rounded to Saaty's scale."""
    items = [f"c{at}" for at in range(LEAVES)]
    pairs = [(at, (at + gap)) for gap in range(1, LEAVES) for at in range(LEAVES - gap)]
    ratios: dict[tuple[str, str], float] = {}
    leaders = [str(problem.options.index[problem.values.mean(axis=1).argmax()])]
    for one, other in pairs:
        ratio = weights[one] / weights[other]
        near = SCALE[np.abs(np.log(SCALE) - abs(np.log(ratio))).argmin()]
        ratios[items[one], items[other]] = near if ratio >= 1 else 1 / near
        named = leaders[-1]
        if len(ratios) >= LEAVES - 1:  # before, the judgements fall into parts
            found = mcda.ahp(mcda.Judgements(items, ratios), "x").values.to_numpy()
            named = str(problem.options.index[(problem.values.to_numpy() @ found).argmax()])
        leaders.append(named)
    return leaders


def by_swings(problem: mcda.Problem, weights: np.ndarray) -> Leaders:
    """Return the leader by swing weights in steps of five points, all of which must be told."""
    points = 5 * np.round(20 * weights / weights.max())
    leader = str(problem.options.index[(problem.values.to_numpy() @ points).argmax()])
    before = str(problem.options.index[problem.values.mean(axis=1).argmax()])
    return [before] * LEAVES + [leader] * (MOST + 1 - LEAVES)


WAYS = {
    "the next question": by_next_question,
    "questions by lot": by_random_questions,
    "pairs on Saaty's scale (AHP)": by_pairs,
    "swings in steps of 5 points": by_swings,
}


def main() -> None:
    """Print, for each way and number of answers, in how many questions the true first is named."""
    right = {way: np.zeros(MOST + 1) for way in WAYS}
    for case in range(CASES):
        rng = np.random.default_rng(1_000 + case)
        problem = question(rng)
        weights = rng.dirichlet(np.ones(LEAVES))
        best = str(problem.options.index[(problem.values.to_numpy() @ weights).argmax()])
        for way, leaders in WAYS.items():
            right[way] += np.array([leader == best for leader in leaders(problem, weights)])
        write_over(f"{case + 1} of {CASES}")
    write_over("")
    for way, counts in right.items():
        told = ", ".join(
            f"{answers}: {int(counts[answers])}" for answers in (0, 3, 5, 6, 8, 10, 15)
        )
        print(f"{way}: first named in so many of {CASES} after answers {told}")


if __name__ == "__main__":
    main()

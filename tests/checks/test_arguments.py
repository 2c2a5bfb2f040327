"""A call that can't be meant is told what was expected and the way out, never by an error of Python's own."""

import numpy as np
import pandas as pd
import pytest

import mcda

NAN = float("nan")
TABLE = pd.DataFrame({"cost": [1.0, 2.0], "legal": [3.0, 1.0]}, index=["A", "B"])
PROBLEM = mcda.problem_from(
    TABLE,
    directions={"cost": "min", "legal": "max"},
    anchors={"cost": (3, 0), "legal": (0, 4)},
    accept=["ranges", "sources", "units"],
)
POINTS = {"cost": 60, "legal": 40}
DRAWS = mcda.sample(PROBLEM, n=4, seed=0)
PANEL = mcda.weights(POINTS, "panel", ranges={"cost": (50, 70), "legal": (30, 50)})
HOLDERS = {"panel": PANEL}
JUDGED = mcda.Judgements(["cost", "legal"], {("cost", "legal"): 3})
MATRIX = [[1, 2], [3, 4]]

NO_WEIGHTS = r"expected the weights of a holder, found .*; make them with mcda.weights\(\.\.\., holder=\.\.\.\)"
NO_HOLDERS = 'holders: expected the weights of each by name, found .*; give {"Treasury": weights}'
NO_QUESTION = "question: expected a Problem, found 'ukraine_force'; mcda.open_question"
CALLS = {
    "weights as a dict": (lambda: mcda.rank(PROBLEM, POINTS, "additive"), NO_WEIGHTS),
    "weights as a Series": (lambda: mcda.rank(PROBLEM, pd.Series(POINTS), "ahp"), NO_WEIGHTS),
    "all holders for one": (
        lambda: mcda.contributions(PROBLEM, HOLDERS, "A", "B"),
        "of several holders take one",
    ),
    "weights to spread": (lambda: mcda.over_leaves(PROBLEM, POINTS), NO_WEIGHTS),
    "weights to export": (lambda: mcda.to_pymcdm(PROBLEM, POINTS), NO_WEIGHTS),
    "a question's name": (lambda: mcda.rank("ukraine_force", PANEL, "additive"), NO_QUESTION),
    "a question's name for equal weights": (
        lambda: mcda.equal_weights("ukraine_force"),
        NO_QUESTION,
    ),
    "a question's name for its spread": (
        lambda: mcda.dispersion_weights("ukraine_force"),
        NO_QUESTION,
    ),
    "no name of a question": (
        lambda: mcda.open_question(None),
        "question: expected a name or a path, found None",
    ),
    "methods in a list": (
        lambda: mcda.rank(PROBLEM, PANEL, ["additive"]),
        r"method: expected one of .*\['additive'\]",
    ),
    "one method to compare": (
        lambda: mcda.compare(PROBLEM, PANEL, "topsis"),
        "methods: expected several in a list",
    ),
    "no methods to compare": (
        lambda: mcda.compare(PROBLEM, PANEL, None),
        "methods: expected several in a list",
    ),
    "scores of text": (
        lambda: mcda.rank(PROBLEM, PANEL, lambda *_: ["x", 1]),
        "score of 'A' by .*: .*number, found 'x'",
    ),
    "floors without numbers": (
        lambda: mcda.rank(PROBLEM, PANEL, "topsis", floors=["cost"]),
        "floors: expected .* by leaf",
    ),
    "a band": (
        lambda: mcda.rank(PROBLEM, PANEL, "topsis", band=NAN),
        "band: expected a finite number of at least 0, found nan",
    ),
    "holders in a list": (lambda: mcda.perspectives(PROBLEM, [PANEL], "additive"), NO_HOLDERS),
    "one holder for all": (lambda: mcda.price_of_agreement(PROBLEM, PANEL, "additive"), NO_HOLDERS),
    "points by holder": (
        lambda: mcda.advocate_test(PROBLEM, {"panel": POINTS}, "additive"),
        "weights of 'panel': exp",
    ),
    "no holders": (
        lambda: mcda.price_of_agreement(PROBLEM, {}, "additive"),
        "holders: expected at least one",
    ),
    "no holder near": (
        lambda: mcda.advocate_test(PROBLEM, {}, "topsis", space=PANEL.space),
        "at least one, found none",
    ),
    "a claim": (
        lambda: mcda.advocate_test(PROBLEM, HOLDERS, "topsis", space=PANEL),
        "space: expected a WeightSpace",
    ),
    "clusters": (
        lambda: mcda.perspectives(PROBLEM, HOLDERS, "topsis").clusters(apart=NAN),
        "apart: .*, found nan",
    ),
    "price's exponent": (
        lambda: mcda.price_of_agreement(PROBLEM, HOLDERS, "topsis", p="2"),
        "exponent p: .* at least 1",
    ),
    **{
        f"price within {bad}": (
            lambda bad=bad: mcda.price_of_agreement(PROBLEM, HOLDERS, "additive", tolerance=bad),
            "tolerance: expected a finite number above 0",
        )
        for bad in (NAN, -1, 0, np.inf, "x", True)
    },
    "points in a list": (
        lambda: mcda.weights([60, 40], "panel"),
        r"weights: .* by criterion.*, found \[60, 40\]; .*cost",
    ),
    "no points": (
        lambda: mcda.weights(None, "panel"),
        "weights: expected .* by criterion, found None",
    ),
    "a total": (
        lambda: mcda.weights(POINTS, "panel", total=NAN),
        "total: expected a finite number above 0, found nan",
    ),
    "stated points": (lambda: mcda.Weights(POINTS, "panel"), "weights: expected a Series"),
    "ranges in a list": (
        lambda: mcda.weights(POINTS, "panel", ranges=[(1, 2)]),
        "ranges of 'panel': expected .* by crit",
    ),
    **{
        f"range {bad}": (
            lambda bad=bad: mcda.weights(POINTS, "panel", ranges={"cost": bad, "legal": (30, 50)}),
            r"range of 'cost' by 'panel': expected low and high, such as \(20, 40\)",
        )
        for bad in (1, (50,), (50, 60, 70), "57", None, {"low": 50, "high": 70})
    },
    "a table of ranges": (
        lambda: mcda.stated_ranges({"cost": (1, 2, 3)}, "panel"),
        "ranges: expected a table with .*low",
    ),
    "a column of ranges": (
        lambda: mcda.stated_ranges(TABLE, "panel"),
        "ranges: expected a table with .*low, mode and h",
    ),
    "low in a list": (
        lambda: mcda.weight_space(["a", "b"], low=[0.1, 0.2]),
        "low: expected .* by criterion",
    ),
    "high for all": (
        lambda: mcda.weight_space(["a", "b"], high=0.5),
        "high: expected .* by criterion",
    ),
    "weights within": (
        lambda: mcda.weight_space(["a", "b"]).contains([1, 2, 3]),
        "weights: expected 2, one for each",
    ),
    "within": (
        lambda: mcda.weight_space(["a", "b"]).contains([0.5, 0.5], NAN),
        "tolerance: expected .* at least 0",
    ),
    "a point": (
        lambda: mcda.weights_around([1, 2], 10, "panel"),
        "weights: expected .* by criterion",
    ),
    "swing points": (
        lambda: mcda.swing(PROBLEM, None, "panel"),
        "swing points of 'panel': expected .* by criterion",
    ),
    "an order": (
        lambda: mcda.rank_order_weights(None, "panel"),
        "order of criteria: expected a list",
    ),
    "no criteria": (
        lambda: mcda.weight_space(None),
        "criteria: expected a list of names, found None",
    ),
    "items of a matrix": (
        lambda: mcda.Judgements.from_matrix(MATRIX, 2),
        "items: expected a list of names, found 2",
    ),
    "judgements without items": (
        lambda: mcda.Judgements(None, {}),
        "items: expected a list of names, found None",
    ),
    "judgements without ratios": (
        lambda: mcda.Judgements(["a"], None),
        "judgements: expected ratios by pair, found None",
    ),
    "random index": (
        lambda: mcda.priorities(JUDGED, random_index=["x"]),
        "random-index table: expected one of",
    ),
    "hierarchy": (
        lambda: mcda.hierarchy([JUDGED], "goal"),
        "hierarchy: expected judgements by node",
    ),
    "matrix in a hierarchy": (
        lambda: mcda.ahp({"goal": MATRIX}, holder="x"),
        "'goal': expected Judgements or a Series",
    ),
    "root": (lambda: mcda.hierarchy({"goal": JUDGED}, ["goal"]), "root: expected one of 'goal'"),
    "mode": (
        lambda: mcda.hierarchy({"goal": JUDGED}, "goal", mode=["ideal"]),
        "mode: expected one of",
    ),
    "surrogate": (
        lambda: mcda.rank_order_weights(["a"], "panel", rule=["sum"]),
        "rule of rank-order weights: .* one of",
    ),
    "no weights of a table": (
        lambda: mcda.topsis(MATRIX, None, ["max", "min"]),
        "weights: expected one for each criterion, found none; give one for each",
    ),
    "ideal": (
        lambda: mcda.topsis(MATRIX, [1, 1], ["max", "min"], ideal=3),
        "ideal: expected 2, one for each criterion",
    ),
    "no scores": (lambda: mcda.ranks(None), "expected a finite number, found None"),
    "scores by name": (lambda: mcda.ranks(POINTS), "expected a finite number, found {'cost'"),
    "ties": (
        lambda: mcda.ranks([1, 2], tolerance=NAN),
        "tolerance: expected a finite number of at least 0, found nan",
    ),
    "v": (
        lambda: mcda.vikor(MATRIX, [1, 1], ["max", "min"], v="x"),
        "v: expected a number from 0 to 1, found 'x'",
    ),
    "concordance": (
        lambda: mcda.electre1(MATRIX, [1, 1], ["max", "min"], concordance=None),
        "concordance threshold: exp",
    ),
    "draws for a rule": (
        lambda: mcda.discover(DRAWS, PANEL, "topsis", n=0),
        "n: expected a whole number of at least 1",
    ),
    "inputs of a box": (
        lambda: mcda.discover_box(TABLE, [True, False], most=NAN),
        "most: expected a whole number",
    ),
    "seed of a box": (
        lambda: mcda.discover_box(TABLE, [True, False], seed=0.5),
        "seed: expected a whole number",
    ),
    **{
        f"{bad} steps": (
            lambda bad=bad: mcda.switching_estimates(PROBLEM, PANEL, "additive", steps=bad),
            "steps: expected a whole number of at least 1",
        )
        for bad in (0, -1, 2.5, "3", True)
    },
    **{
        f"multiverse of {what} {bad}": (
            lambda what=what, bad=bad: mcda.multiverse(PROBLEM, HOLDERS, DRAWS, **{what: bad}),
            told,
        )
        for what, bad, told in (
            ("sets", -1, "sets: expected a whole number of at least 0, found -1"),
            ("exponents", (NAN,), "exponent p: expected a number of at least 1, found nan"),
            ("exponents", 2.0, "exponents: expected several in a list"),
            ("exponents", (), "exponents: expected at least one"),
            ("normalisations", None, "normalisations: expected several in a list"),
        )
    },
    "multiverse of points": (
        lambda: mcda.multiverse(PROBLEM, {"panel": POINTS}, DRAWS),
        "weights of 'panel': exp",
    ),
    "one to vary": (
        lambda: mcda.sample(PROBLEM, 4, 0, vary="cost/A"),
        r"vary: expected .* in a list, found 'cost/A'",
    ),
    "a number to vary": (
        lambda: mcda.sample(PROBLEM, 4, 0, vary=3),
        "vary: expected .* in a list, found 3",
    ),
    "no runs": (lambda: mcda.diff(None, None), "run: expected a Run, found None"),
    "a member": (lambda: mcda.group("x"), "group: expected judgements by member, found 'x'"),
    "a number of members": (lambda: mcda.group(3), "group: expected judgements by member, found 3"),
    "rows of no length": (
        lambda: mcda.switching_weights([[1, 2], [3]], [1, 1], "additive"),
        "matrix: expected rows of one length",
    ),
    "holders to challenge": (
        lambda: mcda.challenge(PROBLEM, PANEL, "additive", n=20, seed=0, holders=[PANEL]),
        NO_HOLDERS,
    ),
    "holders to explore": (lambda: mcda.explore(PROBLEM, [PANEL]), NO_HOLDERS),
    "exponent to explore": (
        lambda: mcda.explore(PROBLEM, PANEL, p=True),
        "exponent p: .*, found True",
    ),
    "pymcdm": (
        lambda: mcda.pymcdm_scores(MATRIX, [1, 1], ["max", "min"], ["VIKOR"]),
        "method of pymcdm: expected one of",
    ),
}


@pytest.mark.parametrize(
    "call",
    [
        mcda.check,
        mcda.dominance,
        mcda.ranges,
        mcda.futures,
        mcda.judge,
        mcda.swing_questions,
        lambda given: mcda.swing(given, POINTS, "panel"),
        lambda given: mcda.stale(given, PANEL),
        lambda given: mcda.over_leaves(given, PANEL),
        lambda given: mcda.contributions(given, PANEL, "A", "B"),
        lambda given: mcda.to_pymcdm(given, PANEL),
        lambda given: mcda.to_xmcda(given, "nowhere.xml"),
        lambda given: mcda.sample(given, n=4, seed=0),
        lambda given: mcda.fragility(given, PANEL, "additive"),
        lambda given: mcda.floor_curve(given, PANEL, "additive", "cost"),
        lambda given: mcda.multiverse(given, HOLDERS, DRAWS),
        lambda given: mcda.report(given, HOLDERS, to="nowhere.html"),
    ],
)
def test_a_question_is_not_its_name(call):
    """Whoever forgets to open it is told how."""
    with pytest.raises(
        mcda.InputError, match=r"question: expected a Problem.*; mcda.open_question\(name\) gives"
    ):
        call("ukraine_force")


@pytest.mark.parametrize("given", [{}, b"x", {"cost": 1}], ids=str)
@pytest.mark.parametrize(
    "call",
    [
        mcda.rank,
        mcda.fragility,
        mcda.switching_weights,
        mcda.switching_estimates,
        mcda.switching_scores,
        mcda.regret,
        mcda.rank_reversal,
        lambda *given: mcda.challenge(*given, n=4, seed=0),
    ],
)
def test_a_question_is_no_mapping(call, given):
    """What is no table either is told as such."""
    with pytest.raises(
        mcda.InputError, match=r"question: expected a Problem.*; mcda.open_question\(name\) gives"
    ):
        call(given, PANEL, "additive")


@pytest.mark.parametrize(
    "call",
    [
        lambda given: mcda.robustness(given, PANEL, "additive"),
        lambda given: mcda.discover(given, PANEL, "additive"),
        lambda given: mcda.multiverse(PROBLEM, HOLDERS, given),
        lambda given: mcda.value_of_information(given, PANEL, "additive"),
    ],
)
def test_a_question_is_not_its_draws(call):
    """Whoever forgets to draw is told how."""
    with pytest.raises(
        mcda.InputError,
        match=r"draws: expected the draws of a question, found a Problem; mcda\.sample",
    ):
        call(PROBLEM)


@pytest.mark.parametrize(("call", "told"), CALLS.values(), ids=CALLS)
def test_a_bad_call_is_told_plainly(call, told):
    """The thing, what was expected, what was found; the way out where there is one."""
    with pytest.raises(mcda.InputError, match=told):
        call()

"""Every number printed as a threshold, set as printed, gives the leader told: both questions, fifty random ones."""

import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.report import words

PRINTED = re.compile(r"(rises|falls) (to|just above|just below) (-?[\d,]*\.?\d+)")
SIDES = [None, True]


def set_as_printed(threshold):
    """The numbers to try, read from the phrase: the one printed; and the next past it where it says "just"."""
    way, relation, shown = PRINTED.fullmatch(str(threshold)).groups()
    number = float(shown.replace(",", ""))
    if relation == "to":
        return [(number, True)]
    return [(number, False), (math.nextafter(number, math.inf if way == "rises" else -math.inf), True)]


def holds(ranked, leaders, threshold):
    """At the number printed another leads than the leaders, as told; where it says "just", they stay at the number."""
    for number, changed in set_as_printed(threshold):
        found = ranked(number)
        if changed and (", ".join(found) != threshold.then or set(leaders) <= set(found)):
            return False
        if not changed and not set(leaders) <= set(found):
            return False
    return True


def leaders_of(problem, weights, method, floors):
    """The leaders, "no option" where none passes."""
    try:
        return mcda.rank(problem, weights, method, floors=floors).leaders
    except mcda.InputError:
        return ("no option",)


def judged(problem):
    """The same performance table with every cell judged, so that any can be set."""
    criteria = [replace(one, measure=None) if one.scale else one for one in problem.criteria]
    cells = {f"{key}/{option}": mcda.Estimate(f"{key}/{option}", number, number, number)
             for key, column in problem.performance.items() for option, number in column.items()}  # fmt: skip
    return replace(problem, criteria=tuple(criteria), estimates=cells, tables={})


def with_number(problem, key, number):
    one = problem.estimates[key]
    moved = replace(one, low=min(number, one.low), mode=number, high=max(number, one.high))
    return replace(problem, estimates={**problem.estimates, key: moved})


def check_scores(problem, weights, method, floors):
    """Every cell that can change the leader; returns how many."""
    found = mcda.switching_scores(problem, weights, method, floors=floors)
    still, count = judged(problem), 0
    for (option, key), row in found.table[found.table["threshold"].notna()].iterrows():

        def ranked(number, key=key, option=option):
            return leaders_of(with_number(still, f"{key}/{option}", number), weights, method, floors)

        assert holds(ranked, found.leaders, row["threshold"]), (option, key, row["threshold"])
        assert row["reach"] != "within its range" or row["low"] <= row["threshold"].first <= row["high"]
        count += 1
    within = found.table[(found.table["reach"] == "within its range") & found.table["threshold"].notna()]
    assert within.empty or str(within.loc[within["share"].idxmin(), "threshold"]) in found.finding
    return count


def check_estimates(problem, weights, method, floors, steps=8):
    """Every estimate that can change the leader inside its range, and the sentence of the report about the nearest."""
    found = mcda.switching_estimates(problem, weights, method, floors=floors, steps=steps)
    table = found.table[found.table["threshold"].notna()]
    for key, row in table.iterrows():

        def ranked(number, key=key):
            return leaders_of(with_number(problem, key, number), weights, method, floors)

        assert holds(ranked, found.leaders, row["threshold"]), (key, row["threshold"])
        assert row["low"] <= row["threshold"].first <= row["high"]
    if len(table) and len(found.leaders) == 1:
        near = words.flips(found).iloc[0]["threshold"]
        assert f"if it {near} (" in words.signposts(problem, found, "here")
        assert str(table.iloc[0]["threshold"]) in found.finding
    return len(table)


def moved_weights(case, inside, outside, points):
    return points / 100 * inside + (1 - points / 100) * outside


def check_weights(problem, weights, method, floors):
    """Every weight that can change the leader, the others in proportion."""
    from mcda.robustness.switching import _groups

    case = mcda.contest(problem, weights, method, floors=floors)
    found = mcda.switching_weights(problem, weights, method, floors=floors)
    groups, count = _groups(case), 0
    for key, row in found.table.iterrows():
        for threshold in (row["falls"], row["rises"]):
            if threshold is None:
                continue

            def ranked(points, key=key):
                leaves = dict(zip(case.values.columns, moved_weights(case, *groups[key], points), strict=True))
                return leaders_of(problem, mcda.weights(leaves, "moved"), method, floors)

            assert holds(ranked, found.leaders, threshold), (key, threshold)
            count += 1
    return count


def check_floors(problem, weights, method):
    """Every floor at which the leader changes, and none told where it doesn't."""
    if not any(leaf.floor is not None for leaf in problem.leaves):
        return 0
    found = mcda.floor_curve(problem, weights, method)
    before = found.table["leaders"].iloc[0]
    for _, row in found.table[found.table["starts"].notna()].iterrows():

        def ranked(floor):
            return leaders_of(problem, weights, method, {found.criterion: floor})

        assert holds(ranked, before.split(", "), row["starts"]), row["starts"]
        assert str(row["starts"]) in found.finding and str(row["starts"]) in words.floor_steps(found)
        before = row["leaders"]
    return int(found.table["starts"].notna().sum())


def check_smallest_change(problem, weights, method, floors):
    """The numbers of the smallest change, all set as printed."""
    found = mcda.fragility(problem, weights, method, floors=floors)
    if not len(found.changes):
        return 0
    still, raw = judged(problem), weights.raw.copy()
    if "weights as stated" not in weights.steps:
        raw = raw / raw.sum()  # told as shares of 1
    for row in found.changes.itertuples():
        assert str(row.threshold) in found.finding
        number = set_as_printed(row.threshold)[-1][0]
        if row.kind == "weight":
            raw[row.criterion] = number
        else:
            still = with_number(still, f"{row.criterion}/{row.option}", number)
    assert leaders_of(still, mcda.weights(raw.to_dict(), "moved"), method, floors) == (found.then_leads,)
    return 1


@pytest.fixture(scope="module", params=["ukraine_force", "heparin"])
def question(request):
    """A shipped question with its holders."""
    return mcda.open_question(request.param)


@pytest.mark.parametrize("floors", SIDES)
def test_every_threshold_of_the_shipped_questions_holds(question, floors):
    """All holders, on both sides of the minimum: cells, estimates, weights, floors."""
    problem, holders = question
    if floors and not any(leaf.floor is not None for leaf in problem.leaves):
        pytest.skip("the question proposes no floor")
    tried = 0
    for at, weights in enumerate(holders.values()):
        method = ("topsis", "additive")[at % 2]
        tried += check_scores(problem, weights, method, floors)
        if at < 2:  # an estimate that moves is measured anew in every cell that rests on it: the slowest by far
            tried += check_estimates(problem, weights, method, floors)
        tried += check_weights(problem, weights, method, floors)
        tried += 0 if floors else check_floors(problem, weights, method)
    assert tried > 4 * len(holders)


@pytest.mark.parametrize("floors", SIDES)
def test_the_smallest_change_of_page_one_holds(floors):
    """The numbers that the first page names, for two holders."""
    problem, holders = mcda.open_question("ukraine_force")
    for holder in ("London", "Paris"):
        assert check_smallest_change(problem, holders[holder], "topsis", floors)


def random_question(seed):
    """A few options, often level; bent scales; less or more is better; a floor on the first leaf."""
    numbers = np.random.default_rng(seed)
    m, n = int(numbers.integers(2, 6)), int(numbers.integers(1, 5))
    leaves, estimates = [], {}
    for j in range(n):
        ends = (0.0, float(numbers.integers(40, 90)), 100.0) if numbers.random() < 0.5 else (0.0, 100.0)
        worth = (0.0, 0.5, 1.0)[: len(ends)] if len(ends) == 3 else (0.0, 1.0)
        least = numbers.random() < 0.4
        anchors = tuple(100.0 - end for end in ends) if least else ends
        floor = float(numbers.integers(20, 70)) if j == 0 else None
        leaves.append(mcda.Criterion(f"c{j}", "", f"Leaf {j}", "points", "min" if least else "max",
                                     scale=mcda.Scale(anchors, worth), floor=floor))  # fmt: skip
        for i in range(m):
            mode = float(numbers.choice([numbers.integers(0, 11) * 10, round(100 * numbers.random(), 3)]))
            width = float(numbers.integers(0, 60))
            key = f"c{j}/o{i}"
            estimates[key] = mcda.Estimate(key, mode - width, mode, mode + 0.7 * width, "points")
    options = pd.DataFrame({"label": [f"Option {i}" for i in range(m)]}, index=[f"o{i}" for i in range(m)])
    weights = mcda.weights({f"c{j}": float(numbers.integers(1, 10)) for j in range(n)}, "panel")
    return mcda.Problem(
        f"random {seed}", mcda.Frame(), options=options, criteria=tuple(leaves), estimates=estimates
    ), weights


def test_every_threshold_of_fifty_random_questions_holds():
    """By TOPSIS and by a weighted sum, with and without floors, with ties; a smallest change in some of them."""
    tried = changes = 0
    for seed in range(50):
        problem, weights = random_question(seed)
        method = ("topsis", "additive")[seed % 2]
        for floors in SIDES:
            if leaders_of(problem, weights, method, floors) == ("no option",):
                continue
            tried += check_scores(problem, weights, method, floors)
            tried += check_estimates(problem, weights, method, floors)
            tried += check_weights(problem, weights, method, floors)
            if seed < 4:
                changes += check_smallest_change(problem, weights, method, floors)
        tried += check_floors(problem, weights, method)
    assert tried > 500 and changes > 2

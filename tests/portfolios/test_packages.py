"""Packages: enumeration agrees, infeasible limits are told, and what isn't proven is said."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.portfolios.amounts import asked_of
from mcda.portfolios.frontier import Search
from mcda.portfolios.relaxation import why_none
from mcda.portfolios.solver import Clock
from mcda.portfolios.states import states_of
from mcda.problem.parts.program import Program, Rows
from mcda.reporting.language.portfolios.packages import package_sentences

SCALE = mcda.Scale((0.0, 10.0), (0.0, 1.0))


def question(amounts, directions, rules=(), *, spread=0.0, groups=None, chances=None):
    """A question of one option and of parts with amounts {part: {quantity: number}}."""
    estimates = {"fit/NONE": mcda.Estimate("fit/NONE", 1, 2, 3)}
    parts = []
    for key, brought in amounts.items():
        for quantity, number in brought.items():
            name = f"{quantity}/{key}"
            ends = sorted((number * (1 - spread), number * (1 + spread)))
            estimates[name] = mcda.Estimate(name, ends[0], number, ends[1], sources=("S",))
        if chances:
            name = f"chance/{key}"
            estimates[name] = mcda.Estimate(
                name, chances[key], chances[key], chances[key], "percent"
            )
        parts.append(
            mcda.Part(
                key,
                amounts=tuple(mcda.Amount(one, (f"{one}/{key}",)) for one in brought),
                groups=tuple((groups or {}).get(key, ())),
                chance=(f"chance/{key}",) if chances else (),
            )
        )
    for rule in rules:
        if rule.amount:
            name = rule.amount.factors[0]
            number = float(name.rpartition("=")[2])
            estimates[name] = mcda.Estimate(name, number, number, number)
    quantities = tuple(mcda.Quantity(key, "u", way) for key, way in directions.items())
    leaf = mcda.Criterion("fit", direction="max", scale=SCALE)
    options = pd.DataFrame({"label": ["Nothing"]}, index=["NONE"])
    return mcda.Problem(
        "p",
        mcda.Frame(),
        options,
        (leaf,),
        estimates,
        {"S": mcda.Source("S", "A ledger")},
        parts=mcda.Parts(tuple(parts), tuple(rules), quantities),
    )


def random_question(seed):
    """Up to 14 parts on two to four quantities, under rules of every kind."""
    rng = np.random.default_rng(seed)
    keys = [f"p{at}" for at in range(rng.integers(5, 15 if seed == 0 else 10))]
    directions = dict(zip("abcd", ("max", "min", "max", "min"), strict=True))
    directions = dict(list(directions.items())[: rng.integers(2, 5 if len(keys) < 9 else 4)])
    amounts = {key: {one: float(rng.integers(-2, 9)) / 4 for one in directions} for key in keys}
    some = [list(rng.choice(keys, 3, replace=False)) for _ in range(6)]
    rules = [
        mcda.Rule("most", "at most", tuple(some[0]), 2),
        mcda.Rule("least", "at least", tuple(some[1]), 1),
        mcda.Rule("needs", "needs", tuple(some[2][:1]), None, tuple(some[2][1:])),
        mcda.Rule("not", "excludes", tuple(some[3][:2])),
        mcda.Rule("both", "together", tuple(some[4][:2])),
        mcda.Rule("cap", "limit", quantity="b", most=float(rng.integers(0, 9))),
        mcda.Rule(
            "syn", "adds", tuple(some[5]), 2, quantity="a", amount=mcda.Amount("a", ("x=1.5",))
        ),
        mcda.Rule(
            "dim", "adds", tuple(some[5]), quantity="a", amount=mcda.Amount("a", ("y=-2.25",))
        ),
    ]
    return question(amounts, directions, rules)


def kept(rule, inside):
    """Whether a choice of parts keeps one rule on parts, by its words."""
    count = sum(inside[key] for key in rule.parts)
    if rule.kind == "at most":
        return count <= rule.count
    if rule.kind == "at least":
        return count >= rule.count
    if rule.kind == "excludes":
        return count <= 1
    if rule.kind == "together":
        return count in (0, len(rule.parts))
    if rule.kind == "needs":
        needed = sum(inside[key] for key in rule.others)
        return needed == len(rule.others) if any(inside[key] for key in rule.parts) else True
    return True


def totals(problem, inside):
    """What a choice of parts brings in all, by its words."""
    found = {}
    for quantity in problem.parts.quantities:
        total = sum(
            problem.estimates[one.factors[0]].mode
            for part in problem.parts.parts
            for one in part.amounts
            if inside[part.key] and one.quantity == quantity.key
        )
        for rule in problem.parts.rules:
            needed = len(rule.parts) if rule.count is None else rule.count
            adds = rule.kind == "adds" and rule.quantity == quantity.key
            if adds and sum(inside[key] for key in rule.parts) >= needed:
                total += problem.estimates[rule.amount.factors[0]].mode
        found[quantity.key] = total
    return found


def enumerated(problem):
    """Every package that none beats, with as few parts as any of the same quantities."""
    keys = problem.parts.keys
    signs = [1 if one.direction == "max" else -1 for one in problem.parts.quantities]
    allowed = []
    for choice in product((0, 1), repeat=len(keys)):
        inside = dict(zip(keys, choice, strict=True))
        brought = totals(problem, inside)
        limits = [rule for rule in problem.parts.rules if rule.kind == "limit"]
        within = all(brought[rule.quantity] <= rule.most + 1e-9 for rule in limits)
        if within and all(kept(rule, inside) for rule in problem.parts.rules):
            allowed.append((choice, np.array(list(brought.values())) * signs))
    if not allowed:
        return set()
    points = np.array([point for _, point in allowed])
    found = set()
    for choice, point in allowed:
        ahead = (points >= point - 1e-9).all(axis=1)
        better = ahead & (points > point + 1e-9).any(axis=1)
        same = (np.abs(points - point) < 1e-9).all(axis=1)
        fewest = min(sum(allowed[at][0]) for at in np.flatnonzero(same))
        if not better.any() and sum(choice) == fewest:
            found.add(choice)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_enumeration_agrees(seed):
    """The frontier, the core indices and infeasibility on random cases under rules of every kind."""
    problem = random_question(seed)
    found = mcda.packages(problem)
    choices = [tuple(row) for row in found.members.astype(int).to_numpy().tolist()]
    expected = enumerated(problem)
    assert len(set(choices)) == len(choices)
    assert set(choices) == expected
    assert found.proven
    assert found.open_zones == 0
    if len(problem.parts.quantities) < 4:
        asked = asked_of(problem, None, None, (), ())
        whole = Clock.of(60)
        searched = Search(asked.program, asked.costs, asked.step_limits, whole, 1_000).run()
        assert searched.proven
        assert {tuple(map(int, one)) for one in searched.packages} == expected
    if expected:
        core = np.mean([list(choice) for choice in expected], axis=0)
        assert found.parts["core_index"].to_numpy() == pytest.approx(core)
    else:
        assert len(found.relaxation) or found.conflict


# Lorie and Savage (1955), Three problems in rationing capital, Journal of Business 28, 229: nine
# projects, what they are worth, and outlays in two periods of at most 50 and 20
WORTH = (14, 17, 17, 15, 40, 12, 14, 10, 12)
FIRST = (12, 54, 6, 6, 30, 6, 48, 36, 18)
SECOND = (3, 7, 6, 2, 35, 6, 4, 3, 3)


def test_a_textbook_case_of_capital_budgeting():
    """The nine projects of Lorie and Savage (1955): 1, 3, 4, 6 and 9 are worth 70."""
    amounts = {
        f"P{at}": {"worth": float(worth), "first": float(one), "second": float(two)}
        for at, (worth, one, two) in enumerate(zip(WORTH, FIRST, SECOND, strict=True), start=1)
    }
    problem = question(amounts, {"worth": "max", "first": "", "second": ""})
    found = mcda.packages(problem, limits={"first": (None, 50), "second": (None, 20)})
    assert found.table["worth"].tolist() == [70]
    assert found.of(found.table.index[0]) == ("P1", "P3", "P4", "P6", "P9")
    assert found.limits == ("first at most 50", "second at most 20")


# Kreher and Stinson (1999), Combinatorial Algorithms, the largest of the knapsacks in Burkardt's
# library of instances (P08): 24 items, a capacity of 6,404,180, and an optimum of 13,549,094
WEIGHTS = """382745 799601 909247 729069 467902 44328 34610 698150 823460 903959 853665 551830
    610856 670702 488960 951111 323046 446298 931161 31385 496951 264724 224916 169684"""
PROFITS = """825594 1677009 1676628 1523970 943972 97426 69666 1296457 1679693 1902996 1844992 1049289
    1252836 1319836 953277 2067538 675367 853655 1826027 65731 901489 577243 466257 369261"""
TAKEN = (1, 2, 4, 5, 6, 10, 11, 13, 16, 22, 23, 24)


def test_the_optimum_of_a_library_of_knapsacks():
    """To the last unit, of more than ten million: as the library states it."""
    weights, profits = (list(map(float, text.split())) for text in (WEIGHTS, PROFITS))
    amounts = {
        f"I{at}": {"profit": profit, "weight": weight}
        for at, (profit, weight) in enumerate(zip(profits, weights, strict=True), start=1)
    }
    problem = question(amounts, {"profit": "max", "weight": ""})
    found = mcda.packages(problem, limits={"weight": (None, 6_404_180)})
    assert found.proven
    assert found.table[["profit", "weight"]].to_numpy().tolist() == [[13_549_094, 6_402_560]]
    assert found.of("P1") == tuple(f"I{at}" for at in TAKEN)


COSTS = {"A": 4.0, "B": 3.0, "C": 2.0}


def three(**more):
    """Three parts on cost and use."""
    uses = {"A": 6.0, "B": 5.0, "C": 1.0}
    amounts = {key: {"cost": COSTS[key], "use": uses[key]} for key in COSTS}
    return question(amounts, {"cost": "min", "use": "max"}, **more)


def test_the_best_package_for_given_weights():
    """It maximises the weighted sum, and is on the frontier."""
    problem = three()
    alone = mcda.packages(problem, weights={"cost": 1, "use": 9})
    assert alone.of(alone.best) == ("A", "B", "C") or alone.table.loc[alone.best, "use"] >= 11
    thrifty = mcda.packages(problem, weights={"cost": 9, "use": 1})
    assert thrifty.of(thrifty.best) == ()


def test_limits_out_of_reach_are_told_with_the_smallest_relaxation():
    """Each end that would do alone, and what all together must give."""
    found = mcda.packages(three(), limits={"use": (10, None), "cost": (None, 5)})
    assert found.table.empty
    assert found.proven
    table = found.relaxation.set_index("quantity")
    assert table.loc["use", ["end", "stated", "alone"]].tolist() == ["least", 10, 6]
    assert table.loc["cost", ["end", "stated", "alone"]].tolist() == ["most", 5, 7]
    assert table["together"].to_dict() == {"use": 10, "cost": 7}


# in euros, so that one of them is less than a millionth of a millionth of all
EUROS = {"A": 400_000_001.0, "B": 300_000_007.0, "C": 899_999_999.0, "D": 1_234_567_891.0}
REACH = {"A": 70.0, "B": 50.0, "C": 160.0, "D": 222.0}


def in_euros():
    """Four parts that cost hundreds of millions, written to the euro."""
    amounts = {key: {"cost": EUROS[key], "reach": REACH[key]} for key in EUROS}
    return question(amounts, {"cost": "min", "reach": "max"})


def test_a_limit_holds_to_the_last_euro():
    """A package that costs one euro more than a budget of billions is not listed."""
    both = EUROS["A"] + EUROS["B"]
    kept = mcda.packages(in_euros(), limits={"cost": (None, both)})
    assert kept.of(kept.table.index[-1]) == ("A", "B")
    one_less = mcda.packages(in_euros(), limits={"cost": (None, both - 1)})
    assert [one_less.of(name) for name in one_less.table.index] == [(), ("B",), ("A",)]
    assert kept.rounded == one_less.rounded == ()


def test_the_smallest_relaxation_is_told_to_the_last_euro():
    """A budget that is one euro too small must rise by one euro; the reach may not be passed for it."""
    needed = EUROS["A"] + EUROS["C"]
    found = mcda.packages(in_euros(), limits={"reach": (230, None), "cost": (None, needed - 1)})
    assert found.table.empty
    table = found.relaxation.set_index("quantity")
    assert table.loc["cost", ["alone", "together"]].tolist() == [needed, needed]
    assert table.loc["reach", ["alone", "together"]].tolist() == [222, 230]


def test_a_relaxation_that_time_cut_short_is_not_called_impossible():
    """Without time nothing is proven, and nothing is told of what would do."""
    limits = {"reach": (230, None), "cost": (None, 1.0)}
    reason = why_none(asked_of(in_euros(), None, limits, (), ()), Clock.of(1e-9))
    assert not reason.proven
    found = replace(
        mcda.packages(in_euros(), limits=limits), relaxation=reason.relaxation, proven=False
    )
    told = " ".join(package_sentences(found))
    assert "Time was up before it was known" in told
    assert "Alone" not in told


def test_rules_that_exclude_each_other_are_named():
    """The fewest of them, with the parts that are held."""
    rules = [
        mcda.Rule("one", "at least", ("A", "B"), 1),
        mcda.Rule("none", "at most", ("A", "B", "C"), 0),
        mcda.Rule("fine", "excludes", ("A", "C")),
    ]
    assert set(mcda.packages(three(rules=rules)).conflict) == {"one", "none"}
    held = mcda.packages(three(rules=rules[2:]), hold=["A", "C"])
    assert set(held.conflict) == {"fine", "hold 'A'", "hold 'C'"}


def test_parts_are_held_in_or_out():
    """By key or group, and never both."""
    problem = three(groups={"B": ["south"], "C": ["south"]})
    assert all("A" in mcda.packages(problem, hold=["A"]).of(one) for one in ("P1", "P2"))
    left = mcda.packages(problem, leave_out=["south"])
    assert [left.of(one) for one in left.table.index] == [(), ("A",)]
    with pytest.raises(mcda.InputError, match="each part held in, or left out"):
        mcda.packages(problem, hold=["B"], leave_out=["south"])
    with pytest.raises(mcda.InputError, match="'north'"):
        mcda.packages(problem, hold=["north"])


def test_time_that_is_up_is_told():
    """What wasn't searched is open: nothing is called proven."""
    found = mcda.packages(random_question(1), seconds=1e-9)
    assert not found.proven
    assert found.open_zones > 0
    assert found.table.empty
    assert not len(found.relaxation)
    assert not found.conflict
    assert package_sentences(found)[0].startswith("Time was up before a package was found")


def test_a_list_that_is_full_is_told():
    """No more than asked for are listed, and the rest is open."""
    found = mcda.packages(three(), most=2)
    assert len(found.table) <= 3
    assert not found.proven


def test_the_robust_view_is_the_best_of_each_state():
    """In each state enumeration finds the same best package; shares, regret and core follow."""
    rule = mcda.Rule("budget", "limit", quantity="cost", most=7.2)
    problem = three(spread=0.4, rules=(rule,))
    draws = mcda.sample(problem, 40, 3)
    found = mcda.packages(problem, draws=draws)
    weights = mcda.weight_space(["cost", "use"]).sample(40, 3)
    choices = np.array(list(product((0, 1), repeat=3)))
    numbers = draws.numbers()
    places = problem.position
    cost = numbers[:, [places[f"cost/{key}"] for key in "ABC"]] @ choices.T
    use = numbers[:, [places[f"use/{key}"] for key in "ABC"]] @ choices.T
    values = weights[:, 1:] * use / 12 - weights[:, :1] * cost / 9
    values[cost > 7.2] = -np.inf
    best = choices[values.argmax(axis=1)]
    assert found.parts["in_best"].to_numpy() == pytest.approx(best.mean(axis=0))
    assert found.no_package_in == 0
    assert found.states["best_in"].sum() == pytest.approx(1)
    for name, row in found.states.iterrows():
        choice = found.members.loc[name].to_numpy(int)
        at = int((choices == choice).all(axis=1).argmax())
        assert row["within_limits"] == pytest.approx((cost[:, at] <= 7.2).mean())
        short = (values.max(axis=1) - values[:, at])[cost[:, at] <= 7.2]
        assert row["mean_regret"] == pytest.approx(short.mean(), abs=1e-9)
        assert row["most_regret"] == pytest.approx(short.max(), abs=1e-9)


def test_the_chance_that_all_parts_come_about():
    """It is the product of the chances of the parts."""
    found = mcda.packages(three(chances={"A": 50.0, "B": 80.0, "C": 100.0}))
    every = {found.of(name): row["chance"] for name, row in found.table.iterrows()}
    assert every[("A", "B")] == pytest.approx(0.4)
    assert every[()] == 1


def test_what_cannot_be_asked_is_told():
    """No parts, aims of nothing, too many aims, weights of others."""
    bare = three()
    plain = mcda.Problem(
        "p", mcda.Frame(), bare.options, bare.criteria, bare.estimates, bare.sources
    )
    with pytest.raises(mcda.NotApplicable, match="a question that states parts"):
        mcda.packages(plain)
    with pytest.raises(mcda.InputError, match="'noise'"):
        mcda.packages(bare, ["noise"])
    with pytest.raises(mcda.InputError, match="one for each of 'cost', 'use'"):
        mcda.packages(bare, weights={"cost": 1})
    with pytest.raises(mcda.InputError, match="at most the most"):
        mcda.packages(bare, limits={"cost": (5, 1)})
    with pytest.raises(mcda.InputError, match="what is better"):
        mcda.packages(question({"A": {"cost": 1.0}}, {"cost": ""}), ["cost"])


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"cost": ("a lot", None)}, "limits, 'cost': expected a number, or None for no limit"),
        ({"cost": (None, float("nan"))}, "limits, 'cost': expected a number, or None for no limit"),
        ({"noise": (1, None)}, "limits: expected quantities: 'cost', 'use', found 'noise'"),
        ({"cost": 5}, "expected the least and the most, None for no such limit, found 5"),
    ],
)
def test_limits_that_are_none_are_told(limits, told):
    """Words, missing numbers, quantities that there aren't."""
    with pytest.raises(mcda.InputError, match=told):
        mcda.packages(three(), limits=limits)


def test_a_limit_without_ends_lifts_the_one_of_the_question():
    """It stands in its place, and keeps nothing out."""
    problem = three(rules=(mcda.Rule("budget", "limit", quantity="cost", most=3.0),))
    assert mcda.packages(problem).table["cost"].max() == 3
    free = mcda.packages(problem, limits={"cost": (None, None)})
    assert free.table["cost"].max() == 9
    assert free.limits == ()


def test_draws_of_another_question_are_refused():
    """They have no number for its estimates, or those of others in their places."""
    other = mcda.sample(question({"A": {"cost": 1.0}}, {"cost": "min"}), 10, 1)
    with pytest.raises(mcda.InputError, match="expected draws of the estimates of 'p'"):
        mcda.packages(three(), draws=other)


def test_no_zone_is_closed_without_proof():
    """A search that is cut short keeps its zones open, and lists nothing that is beaten."""
    program = Program(random_question(2).parts)
    aims = np.arange(2 * program.columns, dtype=float).reshape(2, -1) - program.columns
    nothing = Rows.of([], program.columns)
    cut = Search(program, aims, nothing, Clock.of(60), most=1).run()
    assert not cut.proven
    assert cut.open_zones


@pytest.mark.parametrize("seed", range(4))
def test_what_no_package_beats_for_all_allowed_weights(seed):
    """Enumeration over the corners of a weight space agrees; all weights are the frontier itself."""
    problem = random_question(seed + 30)
    aims = [one.key for one in problem.parts.quantities]
    space = mcda.weight_space(aims, f"{aims[0]} >= 2 * {aims[1]}")
    with pytest.raises(mcda.InputError, match="seed: expected a whole number"):
        mcda.packages(problem, weights=space)
    found = mcda.packages(problem, weights=space, seed=2025)
    corners = space.vertices[aims].to_numpy()
    signs = np.array([1 if one.direction == "max" else -1 for one in problem.parts.quantities])
    keys = problem.parts.keys
    cap = next(rule for rule in problem.parts.rules if rule.kind == "limit")
    spans = Program(problem.parts).amounts(problem, problem.modes)
    worth = signs / np.abs(spans).sum(axis=1)
    allowed = []
    for choice in product((0, 1), repeat=len(keys)):
        inside = dict(zip(keys, choice, strict=True))
        brought = totals(problem, inside)
        if brought["b"] <= cap.most + 1e-9 and all(
            kept(one, inside) for one in problem.parts.rules
        ):
            allowed.append((choice, corners @ (worth * list(brought.values()))))
    points = np.array([point for _, point in allowed]).reshape(len(allowed), len(corners))
    expected = set()
    for choice, point in allowed:
        ahead = (points >= point - 1e-9).all(axis=1)
        same = np.flatnonzero((np.abs(points - point) < 1e-9).all(axis=1))
        beaten = (ahead & (points > point + 1e-9).any(axis=1)).any()
        if not beaten and sum(choice) == min(sum(allowed[at][0]) for at in same):
            expected.add(choice)
    assert {tuple(map(int, found.members.loc[one])) for one in found.table.index} == expected
    assert found.proven


def test_states_beyond_the_time_are_not_counted():
    """What is told is of the states that were searched, and it says that these aren't all."""
    problem = three(spread=0.4)
    asked = asked_of(problem, None, None, (), ())
    weights = np.full((30, 2), 0.5)
    draws = mcda.sample(problem, 30, 1)
    nothing = states_of(asked, weights, draws, np.zeros((1, 3)), Clock.of(1e-9))
    assert not nothing.proven
    assert nothing.values.shape == (0, 1)
    assert states_of(asked, weights, draws, np.zeros((1, 3)), Clock.of(60)).proven

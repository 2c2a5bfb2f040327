"""Packages beside enumeration and beside a general modelling library with the same solver: seconds, ratios.

It needs pulp and highspy beside the toolkit, which the toolkit itself doesn't. With a path it also
compares the packages of the 46 bridges of Tervonen, Liesiö and Salo (2017), whose data lie in the
repository tommite/pub-pf-project-preferences as siltadata-precomp.xlsx and aren't copied here. With
the authors' statements on weights both lists are the same. Without them the published one isn't
whole: its rows are numbered to 1,394, of which it has 1,057; one of them is beaten.

Run: python benchmarks/packages.py [siltadata-precomp.xlsx]
"""

import sys
import time
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pulp

import mcda
from criteria import ukraine_force

SMALL = 16  # parts that are enumerated
LARGE = 30  # parts beside the modelling library
MOST_PARTS = 100
STATES = 1_000
BRIDGES = ("DPS", "Traffic", "Carry", "Width", "Salt", "Visual", "cost", "reduction", "count")


def question(table: pd.DataFrame, aims: dict[str, str], spread: float = 0.0) -> mcda.Problem:
    """Return a question whose parts are the rows of a table, and what they bring its columns."""
    estimates = {"fit/NONE": mcda.Estimate("fit/NONE", 1, 1, 1)}
    parts = []
    for key, row in table.iterrows():
        for name, number in row.items():
            ends = (number * (1 - spread), number, number * (1 + spread))
            estimates[f"{name}/{key}"] = mcda.Estimate(f"{name}/{key}", *ends)
        amounts = tuple(mcda.Amount(name, (f"{name}/{key}",)) for name in table.columns)
        parts.append(mcda.Part(str(key), amounts=amounts))
    quantities = tuple(mcda.Quantity(name, "", aims.get(name, "")) for name in table.columns)
    scale = mcda.Scale((0.0, 10.0), (0.0, 1.0))
    return mcda.Problem(
        "benchmark",
        mcda.Frame(),
        pd.DataFrame({"label": ["Nothing"]}, index=["NONE"]),
        (mcda.Criterion("fit", direction="max", scale=scale),),
        estimates,
        parts=mcda.Parts(tuple(parts), (), quantities),
    )


def random_table(parts: int) -> pd.DataFrame:
    """Return what so many parts bring and take, in whole numbers."""
    rng = np.random.default_rng(2025)
    numbers = rng.integers(10, 100, (parts, 2)).astype(float)
    return pd.DataFrame(numbers, columns=["use", "cost"], index=[f"p{at}" for at in range(parts)])


def timed(work: Callable[..., Any], *given: object, **stated: object) -> tuple[Any, float]:
    """Return what some work gives, and how long it took."""
    start = time.perf_counter()
    result = work(*given, **stated)
    return result, time.perf_counter() - start


def enumerated(table: pd.DataFrame, budget: float) -> int:
    """Return how many points of use and cost no other beats, by looking at every choice."""
    choices = np.array(list(product((0.0, 1.0), repeat=len(table))))
    points = choices @ table.to_numpy()
    points = np.unique(points[points[:, 1] <= budget], axis=0)
    order = np.lexsort((-points[:, 0], points[:, 1]))
    best = -np.inf
    kept = 0
    for use in points[order, 0]:
        kept += use > best
        best = max(best, use)
    return kept


def modelled(table: pd.DataFrame, budget: float) -> int:
    """Return the same by the modelling library: the cheapest beyond each use, one after the other."""
    kept = 0
    least = 0.0
    while True:
        model = pulp.LpProblem("packages", pulp.LpMinimize)
        inside = {key: pulp.LpVariable(key, cat="Binary") for key in table.index}
        cost = pulp.lpSum(table.at[key, "cost"] * inside[key] for key in inside)
        use = pulp.lpSum(table.at[key, "use"] * inside[key] for key in inside)
        model += cost - 1e-4 * use
        model += cost <= budget
        model += use >= least
        if model.solve(pulp.HiGHS(msg=False)) != pulp.LpStatusOptimal:
            return kept
        kept += 1
        least = round(pulp.value(use)) + 1.0


def beside_peers() -> None:
    """Print the frontier of two quantities beside enumeration and beside the modelling library."""
    for parts, name, peer in ((SMALL, "enumeration", enumerated), (LARGE, "pulp", modelled)):
        table = random_table(parts)
        problem = question(table, {"use": "max", "cost": "min"})
        limits = {"cost": (None, 500.0)}
        found, own = timed(mcda.packages, problem, limits=limits)
        points = len(found.table.drop_duplicates(["use", "cost"]))
        theirs, other = timed(peer, table, 500.0)
        if points != theirs:
            raise SystemExit(f"{points} points here, {theirs} by {name}")
        ratio = other / own
        print(
            f"{parts} parts, {points} points: {own:.2f} s; {name} {other:.2f} s, {ratio:.0f} times"
        )


def robust() -> None:
    """Print how long the frontier of the contributors takes, and the best package in many states."""
    contributors = ukraine_force.problem()
    found, own = timed(mcda.packages, contributors)
    print(f"{len(contributors.parts.parts)} contributors, {len(found.table)} packages: {own:.2f} s")
    problem = question(random_table(MOST_PARTS), {"use": "max", "cost": "min"}, spread=0.2)
    draws = mcda.sample(problem, STATES, 2025)
    limits = {"cost": (None, 500.0)}
    found, own = timed(mcda.packages, problem, limits=limits, draws=draws, seconds=600)
    print(f"{MOST_PARTS} parts, {found.draws:,} states, complete {found.proven}: {own:.1f} s")


def beaten(some: np.ndarray, others: np.ndarray) -> int:
    """Return how many points another beats on every aim: as good on each, and better on one."""
    count = 0
    for point in some:
        ahead = (others >= point - 1e-9).all(axis=1) & (others > point + 1e-9).any(axis=1)
        count += bool(ahead.any())
    return count


def bridges(path: str) -> None:
    """Print how many packages of the bridges are those that the authors computed."""
    sheet = pd.read_excel(path, sheet_name="projects").iloc[:46, 1:]
    table = sheet.set_index(sheet.columns[0]).set_axis(BRIDGES, axis=1).astype(float)
    aims = dict.fromkeys(BRIDGES[:6], "max")
    problem = question(table, aims)
    limits = {"cost": (None, 1_030_260.0), "reduction": (836.64, None), "count": (None, 6.0)}
    orders = ("DPS >= Traffic >= Salt", "Traffic >= Visual", "DPS >= Carry + Width")
    orders += ("Carry + Width >= Salt", "Carry + Width >= Visual")
    low = dict.fromkeys(aims, 0.02)
    space = mcda.weight_space(list(aims), *orders, low=low)
    for weights, name in ((space, "nd-prefs"), (None, "nd-noprefs")):
        stated = {
            "weights": weights,
            "per": dict.fromkeys(aims, 1.0),
            "most": 5_000,
            "seconds": 600,
            "seed": 2025,
        }
        found, own = timed(mcda.packages, problem, aims, limits=limits, **stated)
        rows = pd.read_excel(path, sheet_name=name).iloc[:, 1:].dropna().astype(int)
        published = rows.to_numpy()
        ours = found.members.loc[found.table.index].astype(int).to_numpy()
        same = len({*map(tuple, published)} & {*map(tuple, ours)})
        print(f"{name}: {len(published)} published, {len(ours)} here, {same} the same: {own:.1f} s")
        worth = table[list(aims)].to_numpy()
        for some, others, whose in ((published, ours, "published"), (ours, published, "here")):
            print(
                f"  of those {whose} {beaten(some @ worth, others @ worth)} are beaten by another"
            )


if __name__ == "__main__":
    beside_peers()
    robust()
    for given in sys.argv[1:]:
        bridges(given)

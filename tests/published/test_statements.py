"""Statements beside published results: robust ordinal regression, UTA's weights, the scale of MACBETH."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import mcda
from mcda.preferences.from_statements.kinds import CATEGORIES
from mcda.problem.estimates import Estimate
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.value_scales import Scale

FOLDER = Path(__file__).parent / "statements"
MANAGERS = json.loads((FOLDER / "greco-2012.json").read_text(encoding="utf-8"))
CARS = json.loads((FOLDER / "roruta-cars.json").read_text(encoding="utf-8"))
TRANSPORT = json.loads((FOLDER / "utastar-transport.json").read_text(encoding="utf-8"))
CAREER = json.loads((FOLDER / "macbeth-2004.json").read_text(encoding="utf-8"))
UTA = json.loads((FOLDER / "uta-1982.json").read_text(encoding="utf-8"))
GMS = json.loads((FOLDER / "utagms-2008.json").read_text(encoding="utf-8"))
DECIDERS = ("d1", "d2")


def question(case, ends=None):
    """The case as a question; ends, by column, where they aren't the worst and the best number."""
    table = pd.DataFrame(case["performances"], case["alternatives"], dtype=float)
    table.columns = [f"g{at + 1}" for at in range(table.shape[1])]
    ways = dict(zip(table.columns, case.get("directions", ["max"] * table.shape[1]), strict=True))
    anchors = {}
    for column, way in ways.items():
        low, high = (table[column].min(), table[column].max())
        anchors[column] = ends or ((low, high) if way == "max" else (high, low))
    return mcda.problem_from(table, directions=ways, anchors=anchors, accept="all")


@pytest.mark.parametrize("decider", DECIDERS)
@pytest.mark.parametrize("round_", ["first", "second"])
def test_sales_managers(round_, decider):
    """The example of Greco and others (2008) with the comparisons of 2012: 15 candidates, 225 pairs.

    Each pair is necessary, possible, or not even that. The paper of 2012 says that the problem is
    that of 2008; the comparisons that were made in 2008 could not be read, as the file says.

    Left out are five cells of the second table: four contradict the comparisons beside it, and one
    seems to have changed places with one of these, as the file says.
    """
    said = [mcda.OptionOver(*pair) for pair in MANAGERS["comparisons"][round_][decider]]
    found = mcda.following(question(MANAGERS, (0.0, 100.0)), said, "open")
    shown = np.where(found.necessary, "N", np.where(found.possible, "P", "*"))
    place = DECIDERS.index(decider)
    expected = np.array([[cell[place] for cell in row] for row in MANAGERS["relations"][round_]])
    names = MANAGERS["alternatives"]
    misprints = [one for one in MANAGERS["misprints"] if one[:2] == [round_, decider]]
    for _, _, row, column, _ in misprints:
        at = names.index(row), names.index(column)
        expected[at] = shown[at]
    assert len(misprints) <= 4
    assert shown.tolist() == expected.tolist()


def test_misprints_contradict_what_is_said_beside_them():
    """Second round, d2: IX over VIII over XI and II is said, and VI dominates VIII."""
    said = MANAGERS["comparisons"]["second"]["d2"]
    assert [pair in said for pair in (["IX", "VIII"], ["VIII", "XI"], ["VIII", "II"])] == [True] * 3
    rows = dict(zip(MANAGERS["alternatives"], MANAGERS["performances"], strict=True))
    assert (np.array(rows["VI"]) >= np.array(rows["VIII"])).all()


def below(diagram, key):
    """All that a Hasse diagram puts an alternative at least level with."""
    found = {key}
    fresh = [key]
    while fresh:
        for lower in diagram.get(fresh.pop(), []):
            if lower not in found:
                found.add(lower)
                fresh.append(lower)
    return found


@pytest.mark.parametrize("functions", ["open", "pieces"])
def test_the_example_of_utagms(functions):
    """Twelve candidates for sales manager, an order of four with a tie: what follows necessarily.

    Three points on each scale for values in pieces. Where the comparisons were read, and what of
    the paper couldn't be, stands in the file.
    """
    rows = dict(zip(MANAGERS["alternatives"], MANAGERS["performances"], strict=True))
    table = pd.DataFrame({key: rows[key] for key in GMS["alternatives"]}, dtype=float).T
    leaves = [f"g{at + 1}" for at in table.columns]
    breaks = [np.linspace(table[at].min(), table[at].max(), 3).tolist() for at in table.columns]
    problem = anchored({"criteria": leaves, "breaks": breaks}, table.set_axis(leaves, axis=1))
    said = [mcda.OptionOver(*pair) for pair in GMS["rather"]]
    said += [mcda.OptionOver(*pair, level=True) for pair in GMS["level"]]
    necessary = mcda.following(problem, said, functions).necessary
    for key, row in necessary.iterrows():
        assert set(row.index[row]) == below(GMS["follow"][functions], key)


def test_cars():
    """Nine cars on eight criteria, twelve comparisons: the necessary relation of the service."""
    said = [mcda.OptionOver(*pair) for pair in CARS["comparisons"]]
    necessary = mcda.following(question(CARS), said, "open").necessary
    found = {
        row: [str(one) for one in necessary.columns[necessary.loc[row]]]
        for row in CARS["necessary"]
    }
    assert found == CARS["necessary"]


def test_the_order_of_uta():
    """Ten cars on six criteria, in the order of the deciders: additive values represent it without error."""
    names = UTA["alternatives"]
    said = [mcda.OptionOver(*pair) for pair in pairwise(names)]
    problem = question(UTA)
    assert mcda.statement_conflict(problem, said, "open") is None
    found = mcda.following(problem, said, "open")
    assert found.representative["rank"].tolist() == list(range(1, 11))
    assert found.necessary.to_numpy().tolist() == np.triu(np.ones((10, 10), dtype=bool)).tolist()


def anchored(case, table):
    """A question whose scales have the break points of a case as anchors."""
    leaves = []
    cells = {}
    for key, breaks in zip(case["criteria"], case["breaks"], strict=True):
        worth = tuple(np.linspace(0.0, 1.0, len(breaks)).tolist())
        scale = Scale(tuple(map(float, breaks)), worth)
        leaves.append(Criterion(key, direction=scale.direction, scale=scale))
        for option, number in table[key].items():
            cells[f"{key}/{option}"] = Estimate(f"{key}/{option}", number, number, number)
    options = pd.DataFrame({"label": list(table.index)}, index=table.index)
    return Problem("transport", Frame(), options, tuple(leaves), cells)


@pytest.fixture(scope="module")
def transport():
    """What follows from the order of five ways to work, with one tie."""
    table = pd.DataFrame(
        TRANSPORT["performances"],
        index=TRANSPORT["alternatives"],
        columns=TRANSPORT["criteria"],
        dtype=float,
    )
    ranks = dict(zip(table.index, TRANSPORT["ranks"], strict=True))
    points = 100 * TRANSPORT["least_difference"]
    said = []
    for first, second in pairwise(table.index):
        is_level = ranks[first] == ranks[second]
        by = 0.0 if is_level else points
        said.append(mcda.OptionOver(first, second, is_level, by))
    return mcda.following(anchored(TRANSPORT, table), said, "pieces")


def by_hand(row):
    """The part of each piece that a way to work has behind it, criterion by criterion."""
    parts = []
    for number, breaks in zip(row, TRANSPORT["breaks"], strict=True):
        for low, high in pairwise(breaks):
            parts.append(min(max((number - low) / (high - low), 0.0), 1.0))
    return np.array(parts)


def test_ranges_of_weights_of_utastar(transport):
    """The largest weight of each criterion is that of a run of UTASTAR, but for the errors it lets in.

    A program written out here without the toolkit gives both ends of each range. Data and results
    were read in public programs and not in the texts that the example comes from, as the file says.
    """
    rows = np.array([by_hand(row) for row in TRANSPORT["performances"]])
    steps = rows[:-1] - rows[1:]
    is_level = np.diff(TRANSPORT["ranks"]) == 0
    delta = TRANSPORT["least_difference"]
    equal = np.vstack([np.ones(8), steps[is_level]])
    pieces = [len(breaks) - 1 for breaks in TRANSPORT["breaks"]]
    for place, key in enumerate(TRANSPORT["criteria"]):
        weight = np.repeat(np.arange(3) == place, pieces).astype(float)
        ends = []
        for sign in (1, -1):
            most = np.full((~is_level).sum(), -delta)
            solved = linprog(sign * weight, -steps[~is_level], most, equal, [1.0, 0.0])
            ends.append(sign * solved.fun)
        assert transport.weights.loc[key].tolist() == pytest.approx(ends, abs=1e-8)
        published = weight @ TRANSPORT["largest_weights"][key]
        assert published == pytest.approx(ends[1], abs=2 * TRANSPORT["error"])


def test_solutions_of_utastar(transport):
    """Its first solution and its average keep the order; the average has the printed utilities."""
    for solution in (TRANSPORT["first_solution"], TRANSPORT["average"]):
        values = transport.model.options @ solution
        apart = -np.diff(values)
        assert apart == pytest.approx([apart[0], 0.0, *apart[2:]], abs=2e-4)
        assert (np.delete(apart, 1) >= TRANSPORT["least_difference"] - 2e-4).all()
    assert values == pytest.approx(TRANSPORT["utilities"], abs=2e-4)
    swings = [transport.model.swing(key) @ solution for key in TRANSPORT["criteria"]]
    assert swings == pytest.approx(TRANSPORT["weights"], abs=2e-4)
    assert transport.necessary.loc["RER"].all()
    assert transport.ranks["best"].tolist() == TRANSPORT["ranks"]


def categories(places):
    """The places of MACBETH's categories, by pair of alternatives."""
    names = CAREER["alternatives"]
    found = {}
    for at, row in enumerate(places):
        for behind, place in enumerate(row):
            found[names[at], names[at + 1 + behind]] = place
    return found


@pytest.fixture(scope="module")
def career():
    """The values of eight levels of pay, by 28 judgements of the differences between them."""
    names = CAREER["alternatives"]
    table = pd.DataFrame({"monetary reward": np.arange(8.0, 0.0, -1.0)}, index=names)
    problem = mcda.problem_from(
        table,
        directions={"monetary reward": "max"},
        anchors={"monetary reward": (1, 8)},
        accept="all",
    )
    highest = categories(CAREER["highest"])
    pairs = []
    for (first, second), place in categories(CAREER["lowest"]).items():
        words = CATEGORIES[place], CATEGORIES[highest[first, second]]
        pairs.append(mcda.Difference(first, second, *words))
    return mcda.following(problem, [mcda.Differences(tuple(pairs))], "open")


def test_the_scale_of_macbeth(career):
    """The scale of the paper, from its judgements, with its levels "neutral" at 0 and "good" at 100.

    Judgements and scale were read in the test of another program and not in the paper, as the file
    says; the paper's scale also follows from the linear program of MACBETH that is written out here.
    """
    names = CAREER["alternatives"]
    lowest = categories(CAREER["lowest"])
    highest = categories(CAREER["highest"])
    unit = dict(zip(names, np.eye(8), strict=True))
    rows = []
    limits = []
    for first, least in lowest.items():
        gap = unit[first[0]] - unit[first[1]]
        rows.append(-gap)
        limits.append(-least)
        for second, most in highest.items():
            if least > most:
                rows.append(unit[second[0]] - unit[second[1]] - gap)
                limits.append(most - least)
    level = unit["good"] - unit["I-broker"]
    solved = linprog(unit["I-banking"], rows, limits, [level, unit["Service"]], [0.0, 0.0])
    by_program = pd.Series(solved.x, index=names)
    for values in (by_program, career.clearest["score"]):
        scale = 100 * (values - values["neutral"]) / (values["good"] - values["neutral"])
        assert scale.tolist() == pytest.approx(CAREER["scale"], abs=1e-4)

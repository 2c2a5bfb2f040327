"""One suite of bad input: every case is refused with words that help, warned about, or answered right; never NaN."""

import copy
import datetime
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda

CASES = {
    case["id"]: case
    for case in json.loads(
        Path(__file__).with_name("adversarial.json").read_text(encoding="utf-8")
    )["cases"]
}


def plain(entry):
    """Return a case's entry with its marked numbers, booleans and dates as Python's."""
    if isinstance(entry, list):
        return [plain(part) for part in entry]
    if not isinstance(entry, dict):
        return entry
    if "$num" in entry:
        return float(entry["$num"])
    if "$bool" in entry:
        return bool(entry["$bool"])
    if "$date" in entry:
        return datetime.date.fromisoformat(entry["$date"])
    return {key: plain(part) for key, part in entry.items()}


def table(inputs):
    """Return the matrix with its names: cells of any type, columns of one number type where the case says so."""
    if "generator" in inputs:
        return np.random.default_rng(8).random((5, 2000))
    frame = pd.DataFrame(
        np.empty((len(inputs["alternatives"]), len(inputs["criteria"])), dtype=object)
    )
    for row, cells in enumerate(inputs["matrix"]):
        for column, cell in enumerate(cells):
            frame.iat[row, column] = cell
    frame.index, frame.columns = inputs["alternatives"], inputs["criteria"]
    return frame.astype(inputs["dtype"]) if "dtype" in inputs else frame


def of_decision_matrix(inputs):
    """Answer a case of a decision matrix by the method that it names."""
    if "generator" in inputs:
        return mcda.topsis(table(inputs), np.ones(2000), ["max"] * 2000)
    frame, weights, directions = table(inputs), inputs["weights"], inputs["directions"]
    if "column_permutation" in inputs:
        order = inputs["column_permutation"]
        frame = frame.iloc[:, order]
        weights, directions = [weights[at] for at in order], [directions[at] for at in order]
    if inputs["method"] == "topsis":
        return mcda.topsis(frame, weights, directions, normalisation=inputs["normalisation"])
    if inputs["method"] == "promethee2":
        settings = {"preference": "linear", "q": inputs["q"], "p": inputs["p"]}
        return mcda.promethee2(frame, weights, directions, **settings)
    return {"copras": mcda.copras, "weighted-sum": mcda.linear_ratio}[inputs["method"]](
        *(
            (frame, directions)
            if inputs["method"] == "weighted-sum"
            else (frame, weights, directions)
        )
    )


def of_pairs(inputs):
    """Answer a case of pairwise judgements."""
    size = len(inputs["elements"])
    matrix = np.array(inputs["matrix"], dtype=float).reshape(size, size)
    return mcda.priorities(
        pd.DataFrame(matrix, index=inputs["elements"], columns=inputs["elements"])
    )


def of_group(inputs):
    """Answer a case of a group, whose members have no names."""
    names = [f"member {number + 1}" for number in range(len(inputs["members"]))]
    shares = (
        dict(zip(names, inputs["member_weights"], strict=True))
        if "member_weights" in inputs
        else None
    )
    found = mcda.group(dict(zip(names, inputs["members"], strict=True)), shares)
    assert 0 <= found.consensus <= 1
    return found.priorities


def of_hierarchy(inputs):
    """Answer a case of a hierarchy: matrices over the alternatives, some with their own order."""

    def judgements(items, matrix):
        return mcda.Judgements(
            items,
            {
                (a, b): matrix[i][j]
                for i, a in enumerate(items)
                for j, b in enumerate(items)
                if i < j
            },
        )

    nodes = {
        name: judgements(node["children"], node["matrix"])
        for name, node in inputs["hierarchy"].items()
    }
    for name, given in inputs["matrices"].items():
        named = (
            given
            if isinstance(given, dict)
            else {"elements": inputs["alternatives"], "matrix": given}
        )
        nodes[name] = judgements(named["elements"], named["matrix"])
    return mcda.hierarchy(nodes, root="goal").priorities


def answer(case):
    """Return what the product says to a case."""
    inputs = plain(case["inputs"])
    if case["area"] == "decision-matrix":
        return of_decision_matrix(inputs)
    if "members" in inputs:
        return of_group(inputs)
    return of_hierarchy(inputs) if "hierarchy" in inputs else of_pairs(inputs)


REFUSED = {
    "dm-nan-cell": "alternative 'A2', criterion 'C3': expected a finite number, found a missing number",
    "dm-inf-cell": "alternative 'A2', criterion 'C3': expected a finite number, found inf",
    "dm-negative-sum": "alternative 'A1', criterion 'C1': expected a value that isn't negative (sum normalisation",
    "dm-zero-cost-reciprocal": "alternative 'A1', criterion 'C1': expected a value above 0, found 0; use another",
    "dm-all-constant": "found alternatives that are all the same; there is nothing to compare",
    "dm-one-by-one": "there is nothing to compare",
    "dm-no-criteria": "expected at least one criterion, found none",
    "dm-duplicate-alternatives": "alternative 3: expected a name of its own, found 'A2' a second time",
    "dm-names-nfc-nfd": "alternative 2: expected a name of its own",
    "dm-blank-name": "alternative 2: expected a name, found ''",
    "dm-missing-name": "alternative 2: expected a name, found nan",
    "dm-booleans": "alternative 'A1', criterion 'C1': expected a finite number, found True",
    "dm-thousands-text": "alternative 'A1', criterion 'C1': expected a finite number, found '1,250,000'",
    "dm-percent-and-currency": "alternative 'A1', criterion 'C1': expected a finite number, found '45%'",
    "dm-date-cell": "alternative 'A1', criterion 'C1': expected a finite number, found datetime.date(2024, 3, 1)",
    "w-all-zero": "weights: expected at least one weight above 0, found only zeros",
    "w-nan": "weight of 'C2': expected a finite number, found a missing number",
    "w-wrong-length": "weights: expected 4, one for each criterion, found 3",
    "w-unknown-name": "weight of 'Price': expected a criterion of the matrix, found no such criterion",
    "d-zero": 'direction of \'C3\': expected "max" or "min", found 0',
    "d-wrong-length": "directions: expected 4, one for each criterion, found 3",
    "d-bool": 'direction of \'C1\': expected "max" or "min", found True',
    "promethee-negative-threshold": "threshold q of 'C1': expected a number of at least 0, found -1",
    "ahp-non-reciprocal": "judgement 'a' to 'b': expected a matrix whose mirrored entries are reciprocal, found 3",
    "ahp-negative-entry": "judgement 'a' to 'b': expected a ratio above 0, found -3",
    "ahp-diagonal-not-one": "judgement 'a' to 'a': expected 1 on the diagonal, found 0",
    "ahp-empty": "pairwise matrix: expected a square of at least one item",
    "ahp-incomplete-disconnected": "expected comparisons that connect all items, found parts {a, b} and {c, d}",
    "group-different-sizes": "judgements of 'member 2': expected the same 3 items as 'member 1', found",
    "group-all-zero-weights": "shares: expected at least one member with a share above 0, found only zeros",
    "hierarchy-missing-matrix": "judgements for 'y': expected as for its siblings, found none",
    "hierarchy-orphan": "judgements for 'z': expected a node of the tree",
}
WARNED = {
    "dm-zero-column-vector": "criterion 'C1' is the same for every alternative",
    "dm-constant-column-vector": "criterion 'C1' is the same for every alternative",
    "dm-mixed-magnitudes": "criterion 'C1' holds a value so large that others on it can't be told apart",
    "promethee-zero-width-linear": "p equals q for 'C1', 'C2': preference is a step there",
    "ahp-rounded-reciprocals": "the larger of each pair is believed",
    "ahp-outside-scale": "outside Saaty's scale of 1/9 to 9, used as it stands: judgement 'a' to 'b': 20",
    "ahp-extreme-ratio": "outside Saaty's scale",
    "ahp-consistent-9": "outside Saaty's scale",
    "ahp-half-missing": "entries given one way only: the mirror is taken as the reciprocal",
    "ahp-incomplete-one-sided": "entries given one way only: the mirror is taken as the reciprocal",
    "ahp-incomplete-spanning-tree": "as many judgements as priorities need: they follow exactly, and consistency can't",
    "group-one-inconsistent-member": "consistency ratio above 0.10, which the group's own hides: 'member 2' ",
}
ANSWERED = sorted(set(CASES) - set(REFUSED))


def test_every_case_is_told_apart():
    """A case's verdict fits what is claimed of it here, and none is left out."""
    for name, case in CASES.items():
        claimed = "refuse" if name in REFUSED else "warn" if name in WARNED else "answer"
        fine = {
            "refuse": {"refuse"},
            "warn": {"warn"},
            "answer": {"answer", "warn"},
            "either": {claimed},
        }
        assert claimed in fine[case["verdict"]], name


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_answered_is_refused_with_its_name(name):
    """The message names the thing and what was expected; what was given is as it was."""
    case = CASES[name]
    before = copy.deepcopy(case)
    with pytest.raises(mcda.InputError) as refused:
        answer(case)
    assert REFUSED[name] in str(refused.value)
    assert case == before


@pytest.mark.parametrize("name", ANSWERED)
def test_what_can_be_answered_is_answered_right(name):
    """The answer is finite and as expected; an assumption behind it is told, and nothing else is."""
    case = CASES[name]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = answer(case)
    assert np.isfinite(np.asarray(found, dtype=float)).all()
    assert [WARNED[name] in str(warning.message) for warning in told] == [True] * (name in WARNED)
    expect = case["expect"]
    tolerance = expect.get("tolerance", 1e-9)
    for key in ("scores", "utility", "weights"):
        if key in expect:
            np.testing.assert_allclose(np.asarray(found), plain(expect[key]), atol=tolerance)
    if "ranks" in expect:
        assert mcda.ranks(np.asarray(found)).tolist() == expect["ranks"]
    if "ranks_equal" in expect:
        assert len({int(mcda.ranks(np.asarray(found))[at]) for at in expect["ranks_equal"]}) == 1


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_consistency_is_told_with_its_table():
    """Which side of 0.10 a ratio falls on depends on the random index: both are named and unrounded."""
    inputs = CASES["ahp-cr-just-above"]
    for table, key in (("Saaty 1980", "cr_058"), ("Saaty 2005", "cr_052")):
        found = mcda.priorities(
            np.array(inputs["inputs"]["matrix"]), random_index=table
        ).consistency
        assert found.ratio == pytest.approx(inputs["expect"][key], abs=1e-9)
        assert found.table == table
    assert mcda.priorities([[1]]).consistency.ratio == 0

"""Tables from outside: aligned by name, never changed, told apart by what is wrong with them."""

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.decision_table import read_table

FRAME = pd.DataFrame({"cost": [3.0, 1.0], "reach": [5.0, 2.0]}, index=["bus", "tram"])
WAYS = {"cost": "min", "reach": "max"}


def test_names_align_and_nothing_is_changed():
    """Weights and directions by name, in any order; what was given is as it was."""
    weights, before = pd.Series({"reach": 3.0, "cost": 1.0}), FRAME.copy()
    table = read_table(FRAME, weights, WAYS)
    assert table.weights.tolist() == [0.25, 0.75]
    assert table.signs.tolist() == [-1, 1]
    assert table.alternatives == ("bus", "tram")
    pd.testing.assert_frame_equal(FRAME, before)
    assert weights.tolist() == [3, 1]


def test_weights_of_a_holder_are_weights():
    """A Weights object stands wherever weights by name do."""
    assert read_table(FRAME, mcda.weights({"cost": 1, "reach": 3}, "x"), WAYS).weights.tolist() == [
        0.25,
        0.75,
    ]


def test_positions_are_named_for_plain_arrays():
    """Rows and columns count from one; names beside a plain array can't be matched."""
    with pytest.raises(mcda.InputError, match="alternative 'row 2', criterion 'column 1'"):
        read_table([[1, 2], [None, 3]], [1, 1], ["max", "max"])
    with pytest.raises(
        mcda.InputError, match="weights by name: expected a matrix with names, found a plain array"
    ):
        read_table([[1, 2], [2, 3]], {"a": 1, "b": 1}, ["max", "max"])


@pytest.mark.parametrize(
    ("matrix", "weights", "ways", "message"),
    [
        ([[1, 2], [3]], [1, 1], ["max"] * 2, "rows of one length"),
        ([1, 2], [1, 1], ["max"] * 2, "expected alternatives x criteria, found 1 dimension"),
        (np.empty((0, 2)), [1, 1], ["max"] * 2, "expected at least one alternative, found none"),
        (
            FRAME,
            [1, -1],
            WAYS,
            "weight of 'reach': expected a number of at least 0, found -1; turn the criterion's",
        ),
        (FRAME, [1, 1], {"cost": "min"}, "criterion 'reach': expected a direction, found none"),
        (
            FRAME,
            [1, 1],
            {**WAYS, "speed": "max"},
            "direction of 'speed': expected a criterion of the matrix",
        ),
        (FRAME, [1, 1], "max", "directions: expected a sequence"),
        (
            FRAME,
            [1, 1],
            ["max", "more"],
            "direction of 'reach': expected \"max\" or \"min\", found 'more'",
        ),
        (FRAME, ["1", "1"], WAYS, "weight of 'cost': expected a finite number, found '1'"),
        (FRAME, 1, WAYS, "weights"),
        (
            FRAME.set_axis(["bus", "bus"]),
            [1, 1],
            WAYS,
            "alternative 2: expected a name of its own, found 'bus' a second",
        ),
        (
            FRAME.set_axis(["cost", 3], axis=1),
            [1, 1],
            ["max"] * 2,
            "criterion 2: expected a name, found 3",
        ),
        (FRAME.astype(complex), [1, 1], WAYS, "expected a finite number, found (3+0j)"),
        (
            FRAME > 1,
            [1, 1],
            WAYS,
            "alternative 'bus', criterion 'cost': expected a finite number, found True",
        ),
    ],
)
def test_every_fault_is_told_with_its_place(matrix, weights, ways, message):
    """What was expected, what was found, and the way out."""
    with pytest.raises(mcda.InputError) as refused:
        read_table(matrix, weights, ways)
    assert message in str(refused.value)


def test_all_faults_at_once():
    """Several cells, several names: each is listed."""
    with pytest.raises(mcda.InputError) as refused:
        read_table(FRAME.assign(cost=[np.nan, np.inf]), [1, 1], WAYS)
    assert len(refused.value.faults) == 2
    with pytest.raises(mcda.InputError) as refused:
        read_table(FRAME, {"cots": 1, "reech": 1}, WAYS)
    assert len(refused.value.faults) == 4


@pytest.mark.parametrize("method", [mcda.vikor, mcda.electre1, mcda.promethee2])
def test_methods_of_one_table_say_so(method):
    """A stack of tables is refused where the method takes one."""
    with pytest.raises(
        mcda.InputError, match="expected one table and one set of weights, found several"
    ):
        method(np.random.default_rng(0).random((2, 3, 2)), [1, 1], ["max", "max"])


def test_a_column_without_weight_is_not_warned_about():
    """What doesn't count needs no warning; what counts and tells nothing apart does."""
    flat = FRAME.assign(reach=5.0)
    read_table(flat, [1, 0], WAYS)
    with pytest.warns(
        mcda.AssumptionWarning, match="criterion 'reach' is the same for every alternative"
    ):
        read_table(flat, [1, 1], WAYS)


@pytest.mark.parametrize(
    "call",
    [lambda table: mcda.additive(table, [1, 1]), lambda table: mcda.linear_ratio(table, ["max"])],
)
@pytest.mark.parametrize(
    ("table", "told"), [([[1, 2], [3]], "rows of one length"), (3, "alternatives x criteria")]
)
def test_what_is_no_table_is_told_by_every_method(call, table, told):
    """Those that ask for no directions or weights too."""
    with pytest.raises(mcda.InputError, match=told):
        call(table)


def test_stacks_that_do_not_fit_are_told():
    """Four tables and five sets of weights are no stack."""
    with pytest.raises(
        mcda.InputError, match=r"stacks of one shape, or that broadcast, found \(4,\) and \(5,\)"
    ):
        mcda.topsis(np.random.default_rng(0).random((4, 3, 2)), np.ones((5, 2)), ["max"] * 2)


def test_a_row_of_another_length_is_named():
    """Which row, and how many cells it and the one above have."""
    with pytest.raises(mcda.InputError, match="row 3 has 3, the row above 2"):
        mcda.topsis([[1, 2], [3, 4], [5, 6, 7]], [1, 1], ["max", "min"])

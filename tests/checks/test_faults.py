"""Faults are told in one form, all at once."""

import pickle

import pytest

from mcda import Fault, InputError
from mcda.checks.faults import known, refuse


def test_an_error_lists_every_fault():
    """Two faults are two lines, with place, expectation, finding and way out."""
    error = InputError(
        Fault("row 1", "a number", "'x'", "correct it"), Fault("row 2", "a name", "''")
    )
    assert str(error).splitlines() == [
        "2 faults:",
        "  row 1: expected a number, found 'x'; correct it",
        "  row 2: expected a name, found ''",
    ]


def test_a_long_list_is_cut_and_says_so():
    """Beyond forty faults the rest is counted."""
    error = InputError(*(Fault(f"row {row}", "a number", "none") for row in range(50)))
    assert str(error).endswith("and 10 more")


def test_an_error_survives_a_worker_process():
    """Pickling keeps the faults."""
    error = InputError(Fault("row 1", "a number", "'x'"))
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


def test_no_fault_is_no_error():
    """Refusing nothing does nothing; refusing something raises."""
    refuse([])
    with pytest.raises(InputError, match="expected a, found b"):
        refuse([Fault("x", "a", "b")])


def test_a_list_of_names_is_cut():
    """Names stand in quotes; a long list says how many are left out; an empty one says none."""
    assert known("abc", most=2) == "'a', 'b' and 1 more"
    assert known([]) == "none"


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("row 1, column 'mode'", "row 1, column 'mode'"),
        ("row 1", "row 1"),
        ("row 12", "row 1: row 12"),
        ("column 'mode'", "row 1: column 'mode'"),
    ],
)
def test_a_place_that_only_begins_alike_is_another(where, told):
    """A fault of row 12 met in row 1 names both; one that names its own place names it once."""
    assert Fault(where, "a number", "none").inside("row 1").where == told

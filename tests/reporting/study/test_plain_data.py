"""Plain data: one rule for every result, so that JSON can hold it and nothing is lost."""

import json

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mcda.problem.thresholds import Threshold
from mcda.reporting.study.plain_data import plain, records

CELLS = st.one_of(
    st.floats(allow_nan=True),
    st.integers(-(2**60), 2**60),
    st.booleans(),
    st.none(),
    st.text(),
    st.floats().map(np.float64),
    st.integers(-(2**31), 2**31).map(np.int64),
    st.booleans().map(np.bool_),
    st.just(pd.NA),
)


@given(st.recursive(CELLS, lambda held: st.lists(held) | st.dictionaries(st.text(), held)))
def test_everything_can_be_written_and_read_back(value):
    """Whatever a result holds becomes the same after a way through JSON."""
    found = plain(value)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_every_digit(number):
    """Alone, and in a table."""
    assert plain(number) == number
    assert plain(pd.DataFrame({"x": [number]}, index=["a"])) == {"a": {"x": number}}


def test_what_has_no_number_is_null():
    """Blank, undefined, without bound."""
    table = pd.DataFrame({"x": [np.nan, np.inf, -np.inf, 1.0]}, index=list("abcd"))
    assert [row["x"] for row in plain(table).values()] == [None, None, None, 1.0]
    assert plain(pd.Series([pd.NA, 2], index=["a", "b"])) == {"a": None, "b": 2}


def test_whole_numbers_and_truths_stay_what_they_are():
    """A rank isn't 1.0, and a mark isn't 1."""
    row = plain(pd.DataFrame({"rank": [1], "mark": [True], "share": [0.5]}, index=["a"]))["a"]
    assert [type(cell) for cell in row.values()] == [int, bool, float]


def test_records_have_their_labels_first():
    """By the name of the index, or "row"; of several levels each."""
    index = pd.MultiIndex.from_tuples([("N", "x")], names=["option", "criterion"])
    assert records(pd.DataFrame({"v": [1.5]}, index=index)) == [
        {"option": "N", "criterion": "x", "v": 1.5}
    ]
    assert records(pd.Series([1.5], index=["N"], name="v")) == [{"row": "N", "v": 1.5}]
    assert records(pd.DataFrame({"v": [1.5]}), labels=False) == [{"v": 1.5}]


def test_a_dataclass_is_an_object_of_its_fields():
    """What is only remembered beside them is left out."""
    found = plain(Threshold(3.0, "falls to", "3", "4", "OPT"))
    assert set(found) == set(Threshold.__dataclass_fields__)

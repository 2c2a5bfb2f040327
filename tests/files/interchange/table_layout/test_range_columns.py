"""Columns that tell the ends of a range, or how far a number may be off."""

import pytest

RANGES = {
    "percentiles": "cost P10,cost P50,cost P90",
    "a case of three": "cost best case,cost base case,cost worst case",
    "a case of three for a benefit": "cost pessimistic,cost most likely,cost optimistic",
    "best and worst beside the number": "cost best,cost,cost worst",
    "best in the middle": "cost low,cost best,cost high",
}


@pytest.mark.parametrize("name", RANGES)
def test_three_columns_are_one_range(name, read):
    """Which of a best and a worst case is the low end is seen in the numbers."""
    found = read(f"site,{RANGES[name]},reach\nA,1,2,4,5\nB,2,3,6,4\n")
    assert list(found.performances) == ["cost", "reach"]
    columns = [each["cost"].tolist() for each in (found.low, found.performances, found.high)]
    assert columns == [[1, 2], [2, 3], [4, 6]]


def test_a_best_case_that_is_the_high_end_of_one_row_alone_is_refused(refused):
    """The numbers don't tell which end it is."""
    told = refused("site,cost best,cost worst,reach\nA,1,4,5\nB,6,2,4\n")
    assert "expected a range of 'cost', from low to high, found the reverse for 'A'" in told


@pytest.mark.parametrize("head", ["cost error", "cost ±", "±", "cost margin of error"])
def test_how_far_a_number_may_be_off_is_no_criterion(head, read, refused):
    """Neither used nor dropped in silence; both ways out work."""
    table = f"site,cost,{head},reach\nA,1,2,5\nB,2,3,4\n"
    told = refused(table)
    assert f"found a deviation; leave the deviation out, columns={{'{head}': 'left out'}}" in told
    assert list(read(table, columns={head: "left out"}).performances) == ["cost", "reach"]
    both = {head: "criterion", "cost": "criterion"}
    assert list(read(table, columns=both).performances) == ["cost", head, "reach"]


def test_an_error_of_its_own_is_a_criterion(read):
    """No column beside it is what it is the error of."""
    found = read("model,forecast error,political uncertainty\nA,1,2\nB,2,3\n")
    assert list(found.performances) == ["forecast error", "political uncertainty"]


TWICE = {
    "the low end": "site,cost P5,cost P10,cost P90\nA,1,2,4\nB,2,3,6\n",
    "the best estimate": "site,cost low,cost mean,cost high,cost median\nA,1,2,4,3\nB,2,3,6,5\n",
}


@pytest.mark.parametrize("end", TWICE)
def test_two_columns_for_one_end_are_refused(end, read, refused):
    """One of them would stay as a criterion; without it the rest is a range."""
    told = refused(TWICE[end])
    one = told.rpartition("leave one out, columns={'")[2].partition("'")[0]
    assert list(read(TWICE[end], columns={one: "left out"}).performances) == ["cost"]

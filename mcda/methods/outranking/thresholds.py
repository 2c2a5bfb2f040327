"""Thresholds of criteria: by position or by name, none where a criterion has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_several
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.labels import as_numbers, length_fault
from mcda.checks.significant_digits import plain
from mcda.methods.decision_table import Table


def read_threshold(table: Table, given: Any, name: str) -> np.ndarray:
    """Return one threshold of each criterion, (n,), in its unit; NaN where none is given.

    given: None for none at all, numbers by position (None where a criterion has none), or by name
    for the criteria that have one. Raises InputError for an unknown criterion, another length, or a
    number that is negative.
    """
    if given is None:
        return np.full(len(table.criteria), np.nan)
    numbers = as_numbers(
        _in_order(table, given, name),
        lambda at: f"threshold {name} of '{table.criteria[at[0]]}'",
        missing=True,
    )
    refuse(
        Fault(
            f"threshold {name} of '{table.criteria[at]}'",
            "a number of at least 0",
            plain(numbers[at]),
        )
        for at in np.flatnonzero(numbers < 0).tolist()
    )
    return numbers


def _in_order(table: Table, given: Any, name: str) -> list[Any]:
    """Return what was given in the order of the criteria."""
    what = f"threshold {name}"
    if not isinstance(given, Mapping | pd.Series):
        check_several(given, what, "a number for each criterion", "give them in a list, or by name")
        refuse(length_fault(what, list(given), len(table.criteria), "criterion"))
        return list(given)
    if table.index is None:
        remedy = "give the matrix as a DataFrame, or the plain numbers in column order"
        raise InputError(Fault(f"{what} by name", "a matrix with names", "a plain array", remedy))
    refuse(
        Fault(
            f"{what} of '{key}'",
            "a criterion of the matrix",
            "no such criterion",
            f"the criteria are {known(table.criteria)}",
        )
        for key in given.keys()  # noqa: SIM118 - of a Series these are the names
        if key not in table.criteria
    )
    return [given.get(criterion) for criterion in table.criteria]

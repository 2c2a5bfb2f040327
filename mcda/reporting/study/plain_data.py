"""Results as plain data for JSON, by one rule.

Numbers keep their full precision; what is blank, undefined or without bound is null; labels are
text. The document that a command prints, the manifest of a report and its results are made here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd


def plain(value: Any) -> Any:
    """Return a value as text, numbers, true, false, null, lists and objects.

    A table is an object of its rows by label; a dataclass is an object of its fields.

    >>> plain({"share": np.float64(0.5), "bound": float("inf"), "order": ("a", "b")})
    {'share': 0.5, 'bound': None, 'order': ['a', 'b']}
    >>> plain(pd.DataFrame({"rank": [1, 2]}, index=["North", "South"]))
    {'North': {'rank': 1}, 'South': {'rank': 2}}
    """
    if isinstance(value, pd.DataFrame):
        labels = [str(label) for label in value.index]
        return dict(zip(labels, _rows(value), strict=True))
    if isinstance(value, pd.Series | Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return _cell(value)


def _cell(value: Any) -> Any:
    """Return a value that has no parts: null for what is blank, undefined or without bound."""
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def records(table: pd.DataFrame | pd.Series, *, labels: bool = True) -> list[dict[str, Any]]:
    """Return the rows of a table as a list of objects, with their labels first where they are wanted.

    >>> records(pd.DataFrame({"rank": [1]}, index=pd.Index(["North"], name="option")))
    [{'option': 'North', 'rank': 1}]
    """
    if labels:
        named = table.rename_axis(index="row") if None in table.index.names else table
        table = named.reset_index()
    return _rows(pd.DataFrame(table))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in table.columns]
    cells = table.astype(object).to_numpy().tolist()
    return [dict(zip(names, map(plain, row), strict=True)) for row in cells]

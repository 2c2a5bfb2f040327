"""A bare decision matrix as others hold it: performances, and whatever came along with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from mcda.checks.faults import known
from mcda.files.tables.sheets import Note


@dataclass(frozen=True, eq=False)
class Matrix:
    """A decision matrix: performances (alternatives x criteria) and what came with them, as the file states it.

    `directions` has only the criteria whose direction the file tells; `weights` are None where it has none, never
    normalised; `low` and `high` are the ranges of the criteria that have one; `fictive` are rows that stand for no
    alternative. `labels` are the names of alternatives by id, `criterion_labels` those of criteria. `notes` say what
    was assumed, which role was given to a row or column, and what was left out.
    """

    name: str
    performances: pd.DataFrame
    directions: Mapping[str, str] = field(default_factory=dict)
    weights: pd.Series | None = None
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    fictive: tuple[str, ...] = ()
    values: pd.Series | None = None
    notes: tuple[Note, ...] = ()
    criterion_labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    low: pd.DataFrame | None = None
    high: pd.DataFrame | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a question needs and this doesn't tell, in words."""
        columns = self.performances.columns
        undirected = [key for key in columns if key not in self.directions]
        ranged = self.low is not None and set(columns) <= set(self.low.columns)
        return (
            *([f"directions of {known(undirected)}"] if undirected else ()),
            "anchors (the worst and best that count, whatever the alternatives)",
            *(["units"] if any(key not in self.units for key in columns) else []),
            *([] if ranged else ["ranges (low and high of each cell)"]),
            "sources",
        )

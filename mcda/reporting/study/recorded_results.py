"""Results of an analysis as plain data, as a report's manifest records them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mcda.holders.price_of_agreement import Prices
from mcda.portfolios.packages import Packages
from mcda.reporting.study.answer_tables import narrowed
from mcda.reporting.study.plain_data import plain, records
from mcda.sensitivity.events.consequences import (
    BY_LABEL,
    BY_ROW,
    Consequences,
)
from mcda.sensitivity.structure.audit import StructureAudit
from mcda.uncertainty.smaa.robustness import Robustness


def recorded_indices(robust: Robustness) -> dict[str, Any]:
    """Return the indices as plain data at full precision."""
    tables = ("rank_acceptability", "pairwise_winning", "rank_intervals", "confidence_factors")
    return {
        **{name: plain(_table_over_draws(robust, name)) for name in tables},
        "draws": int(robust.draws),
        "drawn": list(robust.drawn),
        "held": dict(robust.held_because),
    }


def _table_over_draws(robust: Robustness, name: str) -> pd.DataFrame | None:
    """Return a table by name; of very many options it has fewer columns."""
    table: pd.DataFrame | None = getattr(robust, name)
    return None if table is None else narrowed(name, table)


def recorded_shape(audit: StructureAudit) -> dict[str, Any]:
    """Return the tables of the audit of the structure as plain data; the lead in its two parts."""
    names = (
        "weights",
        "leads",
        "positions",
        "pairs",
        "prices",
        "structures",
        "flags",
        "lead_parts",
    )
    tables = {name: records(getattr(audit, name), labels=False) for name in names}
    return {**tables, "weights drawn": audit.draws, "priced in": audit.priced_in}


def recorded_bills(found: Consequences) -> dict[str, Any]:
    """Return the tables of the consequences as plain data."""
    by_label = {name: records(getattr(found, name)) for name in BY_LABEL}
    by_row = {name: records(getattr(found, name), labels=False) for name in BY_ROW}
    return {**by_label, **by_row, "draws": found.draws, "unit": found.unit}


def recorded_packages(found: Packages) -> dict[str, Any]:
    """Return the packages of the question as plain data, with their parts."""
    members = {str(name): list(found.of(str(name))) for name in found.members.index}
    tables = {name: records(getattr(found, name)) for name in ("table", "parts", "relaxation")}
    return {**tables, "members": members, "complete": found.proven}


def recorded_prices(prices: Prices) -> dict[str, Any]:
    """Return every price by holder and option; what no weights bring about is null."""
    by_holder: dict[str, Any] = plain(prices.table["without limit"].unstack("option"))
    return by_holder

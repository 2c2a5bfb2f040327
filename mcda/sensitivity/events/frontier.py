"""Value for money: what options are worth on all that isn't cost, against what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from mcda.problem.events.expected_losses import EXPECTED_BILL
from mcda.problem.model import Problem

COLUMNS = ("holder", "option", "cost", "value", "on_frontier", "beaten_by", "cost_per_point")
POINTS = 100  # a benefit is shown in points of 100


def frontier(problem: Problem, shares: Mapping[str, np.ndarray], cost: np.ndarray) -> pd.DataFrame:
    """Return the value of each option beside its cost (m,), for each holder.

    shares: leaf weights (n,) over `weighed`, by holder. Value is the weighted sum on a scale from 0
    to 100 over the leaves that aren't costs: the weights of these keep their proportions. It is
    blank where a holder weighs costs alone. Columns: on_frontier (no other option is worth at
    least as much for at most the same cost, and better in one), beaten_by (one that is),
    cost_per_point (what each further point of value costs beyond the option before it on the
    frontier; blank for the cheapest).
    """
    not_costs = [not (leaf.bill or leaf.prices_events == EXPECTED_BILL) for leaf in problem.weighed]
    values = problem.expected_values.to_numpy()
    rows: list[tuple[object, ...]] = []
    for holder, weights in shares.items():
        left = np.where(not_costs, weights, 0.0)
        total = left.sum()
        benefits = POINTS * values @ left / total if total > 0 else np.full(len(values), np.nan)
        rows += _of_holder(holder, list(problem.options.index), cost, benefits)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"on_frontier": bool})


def _of_holder(
    holder: str, options: list[str], cost: np.ndarray, benefits: np.ndarray
) -> Iterator[tuple[object, ...]]:
    beaten = _beaten_by(cost, benefits)
    there = [at for at in range(len(options)) if beaten[at] < 0 and np.isfinite(benefits[at])]
    there.sort(key=lambda at: (cost[at], at))
    extra = dict.fromkeys(range(len(options)), np.nan)
    for before, at in pairwise(there):
        gained = benefits[at] - benefits[before]
        extra[at] = (cost[at] - cost[before]) / gained if gained > 0 else np.nan
    for at, option in enumerate(options):
        rival = options[beaten[at]] if beaten[at] >= 0 else ""
        yield (holder, option, cost[at], benefits[at], at in there, rival, extra[at])


def _beaten_by(cost: np.ndarray, benefits: np.ndarray) -> list[int]:
    """Return for each option one that is worth at least as much for at most its cost, -1 for none.

    Of several the one that is worth most is told.
    """
    found = []
    for at in range(len(cost)):
        better = (cost <= cost[at]) & (benefits >= benefits[at])
        better &= (cost < cost[at]) | (benefits > benefits[at])
        rivals = np.flatnonzero(better)
        rival = int(rivals[benefits[rivals].argmax()]) if len(rivals) else -1
        found.append(rival)
    return found

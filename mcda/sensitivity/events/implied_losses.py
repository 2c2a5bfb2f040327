"""Implied losses: how large a loss must be for a holder's weights on cost and chance to be fair prices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mcda.problem.events.events import Event
from mcda.problem.events.expected_losses import YEARLY
from mcda.problem.model import Problem
from mcda.sensitivity.structure.implied_prices import prices_at, scale_lengths

COLUMNS = ("holder", "event", "chance", "cost", "loss")
WHOLE = 100.0  # percent


def implied_losses(problem: Problem, shares: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Return the loss from each event that the weights of each holder imply.

    shares: leaf weights (n,) over `weighed`, by holder. A holder who weighs the chance of an event
    as a leaf, and a yearly cost, gives so much cost for a point of chance less: that is what a
    point is worth of a loss of this size, spread over the years. From a larger loss on the holder
    weighs the event too little. Slopes are means from the worst to the best anchor. Columns: chance
    and cost (the leaves), and loss, infinite for who gives cost no weight, blank for who weighs
    neither. An event without such a leaf has no row.
    """
    keys = [leaf.key for leaf in problem.weighed]
    yearly = [
        leaf.key for leaf in problem.weighed if leaf.bill == YEARLY and not leaf.prices_events
    ]
    lengths = scale_lengths(problem)
    rows = []
    for holder, weights in shares.items():
        for event in problem.events:
            chance = _chance_leaf(event, keys)
            if chance and yearly and event.in_money is not None:
                prices = prices_at(weights[None], lengths, keys.index(yearly[0]))[0]
                loss = float(prices[keys.index(chance)]) * WHOLE * event.years
                rows.append((holder, event.key, chance, yearly[0], loss))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _chance_leaf(event: Event, keys: list[str]) -> str:
    """Return the weighed leaf that is the chance of an event for every option; blank for none."""
    sources = set(event.chances.values())
    leaves = [key for key in keys if sources == {key}]
    return leaves[0] if leaves else ""

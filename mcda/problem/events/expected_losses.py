"""What events cost: expected loss and expected bill, as measures that any criterion may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.problem.events.events import (
    Changed,
    Event,
    Loss,
    amounts_of,
    as_measured,
    chances_of,
    leaf_of,
)

# the names by which a criterion asks to be computed from events
EXPECTED_LOSS = "expected_loss"
YEARLY_EXPECTED_LOSS = "yearly_expected_loss"
EXPECTED_BILL = "expected_bill"
PRICES = (EXPECTED_LOSS, YEARLY_EXPECTED_LOSS, EXPECTED_BILL)
# what a leaf in money is in a bill: paid every year, or once
YEARLY = "yearly"
ONCE = "once"
COSTS = (YEARLY, ONCE)
# the estimates of a question by which costs of later years, and costs as such, are corrected
DISCOUNT_RATE = "discount_rate"
OPTIMISM_BIAS = "optimism_bias"
RATES = (DISCOUNT_RATE, OPTIMISM_BIAS)


@dataclass(frozen=True)
class Priced:
    """A criterion's measure that is computed from the events of the question, by name.

    "expected_loss" is chance times loss, summed over events, for the whole horizon;
    "yearly_expected_loss" is that of a year; "expected_bill" adds the costs of a year: yearly
    ones, and those paid once, spread over the horizon. leaf: the criterion. Losses in its unit
    count, or, where no event has one, those in money.

    >>> Priced("expected_bill", "cost").name
    'expected_bill'
    """

    name: str
    leaf: str

    def __call__(self, problem: Any, drawn: Any) -> np.ndarray:
        """Return it for every option, (..., m)."""
        return self.where(problem, drawn, as_measured)

    def where(self, problem: Any, drawn: Any, changed: Changed) -> np.ndarray:
        """Return it (..., m) where costs and chances that leaves hold have changed."""
        counted = self.counted(problem.events)
        if self.name == EXPECTED_LOSS:
            return summed_losses(problem, drawn, counted, changed, yearly=False)
        losses = summed_losses(problem, drawn, counted, changed, yearly=True)
        if self.name == YEARLY_EXPECTED_LOSS:
            return losses
        years = counted[0][0].years
        yearly = costs(problem, drawn, YEARLY, changed)
        return np.asarray(yearly + costs(problem, drawn, ONCE, changed) / years + losses)

    def __str__(self) -> str:
        """Tell the measure as a criterion names it."""
        return self.name

    def counted(self, events: Iterable[Event]) -> list[tuple[Event, Loss]]:
        """Return the events that count, each with the loss of it that does."""
        own = [(event, event.loss_on(self.leaf)) for event in events]
        losses = [(event, loss) for event, loss in own if loss is not None]
        return losses if losses and self.name != EXPECTED_BILL else losses_in_money(events)


def summed_losses(
    problem: Any,
    drawn: Any,
    counted: Iterable[tuple[Event, Loss]],
    changed: Changed = as_measured,
    *,
    yearly: bool,
) -> np.ndarray:
    """Return chance times loss, (..., m), summed over events: of a year, or of their horizons."""
    total = np.zeros(len(problem.options))
    for event, loss in counted:
        amounts = chances_of(problem, drawn, event, changed) * amounts_of(problem, drawn, loss)
        total = total + (amounts / event.years if yearly else amounts)
    return total


def costs(problem: Any, drawn: Any, cost: str, changed: Changed = as_measured) -> np.ndarray:
    """Return what options cost, (..., m): the sum of the leaves that are paid yearly, or once."""
    total = np.zeros(len(problem.options))
    for leaf in bill_leaves((problem.stated or problem).criteria, cost):
        total = total + changed(leaf.key, leaf_of(problem, leaf.key).measured(problem, drawn))
    return total


def bill_leaves(criteria: Iterable[Any], cost: str = "") -> list[Any]:
    """Return the leaves that are costs of a bill, or those of one kind of cost."""
    return [
        criterion
        for criterion in criteria
        if criterion.bill and not criterion.role and cost in ("", criterion.bill)
    ]


def losses_in_money(events: Iterable[Event]) -> list[tuple[Event, Loss]]:
    """Return the events with a loss in money, each with it."""
    return [(event, event.in_money) for event in events if event.in_money is not None]


def read_for_events(problem: Any) -> set[str]:
    """Return the keys of the estimates that are there for events alone, whatever criteria read."""
    keys = set[Any]()
    for event in problem.events:
        keys.update(source for source in event.chances.values() if isinstance(source, str))
        for loss in event.losses:
            keys.update(loss.amounts.values())
    if problem.events:
        keys.update(key for key in problem.estimates if key.partition("/")[0] in RATES)
    return keys & set(problem.estimates)

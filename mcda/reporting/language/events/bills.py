"""Sentences about expected bills, break-even losses and dominance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.methods.ranks import competition_ranks
from mcda.problem.events.expected_losses import bill_leaves
from mcda.problem.events.priced_twice import TWICE
from mcda.reporting.language.numbers import figure
from mcda.reporting.language.results import option_name
from mcda.sensitivity.events.consequences import Consequences
from mcda.sentences.catalogue import counted, joined, listed, told

NAMED = 4  # pairs that a sentence names


def event_line(row: Any) -> str:
    """Return where an event counts twice, or that it counts nowhere, as a line of its own."""
    key = "events.twice" if row.finding == TWICE else "events.nowhere"
    return told(
        key, event=row.event, structure=row.structure, leaf=row.leaf, priced_in=row.priced_in
    )


def bill_sentences(consequences: Consequences) -> list[str]:
    """Return the finding, sentence by sentence."""
    sentences = [
        lowest_bill(consequences),
        bill_of_nothing(consequences),
        without_costs(consequences),
        *break_even_sentences(consequences),
    ]
    return [sentence for sentence in (*sentences, dominance_of_bills(consequences)) if sentence]


def lowest_bill(consequences: Consequences) -> str:
    """Return whose expected bill is lowest, and in what share of draws one alone is."""
    bills = consequences.bills["bill"]
    lowest = bills.index[competition_ranks(-bills.to_numpy()) == 1]
    parts = {"bill": figure(bills.min()), "unit": consequences.unit}
    names = [option_name(consequences.problem, str(option)) for option in lowest]
    if len(names) > 1:
        return told("events.lowest_tied", options=listed(names), **parts)
    share = percent(float(consequences.bills.loc[lowest[0], "cheapest"]))
    return told("events.lowest", option=names[0], share=share, **parts)


def bill_of_nothing(consequences: Consequences) -> str:
    """Return the bill of the baseline and its place among all; blank without a baseline."""
    baseline = consequences.problem.frame.baseline
    if not baseline:
        return ""
    row = consequences.bills.loc[baseline]
    parts = {
        "option": option_name(consequences.problem, baseline),
        "cost": figure(row["cost"]),
        "loss": figure(row["expected_loss"]),
        "bill": figure(row["bill"]),
        "unit": consequences.unit,
    }
    others = len(consequences.bills) - 1
    if not others:
        return told("events.alone", **parts)
    ranks = competition_ranks(-consequences.bills["bill"].to_numpy())
    lower = int(ranks[consequences.bills.index.get_loc(baseline)]) - 1
    return told("events.nothing", lower=lower, others=counted(others, "option"), **parts)


def without_costs(consequences: Consequences) -> str:
    """Return that a bill holds no costs; blank where a criterion is one."""
    problem = consequences.problem
    costs = bill_leaves((problem.stated or problem).criteria)
    return "" if costs else told("events.no_costs")


def break_even_sentences(consequences: Consequences) -> list[str]:
    """Return for each event from which loss on options have a lower bill than the baseline."""
    table = against_baseline(consequences)
    names = {event.key: event.name for event in consequences.problem.events}
    sentences = []
    for event, rows in table.groupby("event", sort=False):
        parts = [
            told("events.part", option=option_name(consequences.problem, row.option), told=row.told)
            for row in rows.itertuples()
        ]
        sentences.append(
            told(
                "events.break_even",
                baseline=option_name(consequences.problem, consequences.problem.frame.baseline),
                event=names[str(event)],
                unit=consequences.unit,
                parts=joined(parts),
            )
        )
    return sentences


def against_baseline(consequences: Consequences) -> pd.DataFrame:
    """Return the break-even losses from which on options have a lower bill than the baseline."""
    table = consequences.break_evens
    own = table[(table["against"] == consequences.problem.frame.baseline) & (table["told"] != "")]
    return own.sort_values("break_even", kind="stable", na_position="first")


def dominance_of_bills(consequences: Consequences) -> str:
    """Return the pairs in which one bill is over every amount with no larger chance."""
    pairs = [
        told(
            "events.pair",
            first=option_name(consequences.problem, row.dominator),
            second=option_name(consequences.problem, row.dominated),
        )
        for row in consequences.dominance.itertuples()
    ]
    if not pairs:
        return told("events.no_dominance")
    more = len(pairs) - NAMED
    key = "events.dominance_more" if more > 0 else "events.dominance"
    return told(key, pairs=joined(pairs[:NAMED]), count=counted(len(pairs), "pair"))

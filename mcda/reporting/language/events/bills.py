"""Sentences about expected bills, break-even losses and dominance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.problem.events.priced_twice import TWICE
from mcda.reporting.language.numbers import figure
from mcda.reporting.language.results import option_name
from mcda.sensitivity.events.consequences import Consequences
from mcda.sentences.catalogue import counted, joined, told

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
        *break_even_sentences(consequences),
    ]
    return [sentence for sentence in (*sentences, dominance_of_bills(consequences)) if sentence]


def lowest_bill(consequences: Consequences) -> str:
    """Return whose expected bill is lowest, and in what share of draws it is."""
    bills = consequences.bills["bill"]
    option = str(bills.idxmin())
    return told(
        "events.lowest",
        option=option_name(consequences.problem, option),
        bill=figure(bills[option]),
        unit=consequences.unit,
        share=percent(float(consequences.bills.loc[option, "cheapest"])),
    )


def bill_of_nothing(consequences: Consequences) -> str:
    """Return the bill of the baseline and its place among all; blank without a baseline."""
    baseline = consequences.problem.frame.baseline
    if not baseline:
        return ""
    row = consequences.bills.loc[baseline]
    lower = int((consequences.bills["bill"] < row["bill"]).sum())
    return told(
        "events.nothing",
        option=option_name(consequences.problem, baseline),
        cost=figure(row["cost"]),
        loss=figure(row["expected_loss"]),
        bill=figure(row["bill"]),
        unit=consequences.unit,
        lower=lower,
        others=counted(len(consequences.bills) - 1, "option"),
    )


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

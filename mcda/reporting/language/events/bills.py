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


def bill_sentences(found: Consequences) -> list[str]:
    """Return the finding, sentence by sentence."""
    sentences = [lowest_bill(found), bill_of_nothing(found), *break_even_sentences(found)]
    return [sentence for sentence in (*sentences, dominance_of_bills(found)) if sentence]


def lowest_bill(found: Consequences) -> str:
    """Return whose expected bill is lowest, and in what share of draws it is."""
    bills = found.bills["bill"]
    option = str(bills.idxmin())
    return told(
        "events.lowest",
        option=option_name(found.problem, option),
        bill=figure(bills[option]),
        unit=found.unit,
        share=percent(float(found.bills.loc[option, "cheapest"])),
    )


def bill_of_nothing(found: Consequences) -> str:
    """Return the bill of the baseline and its place among all; blank without a baseline."""
    baseline = found.problem.frame.baseline
    if not baseline:
        return ""
    row = found.bills.loc[baseline]
    lower = int((found.bills["bill"] < row["bill"]).sum())
    return told(
        "events.nothing",
        option=option_name(found.problem, baseline),
        cost=figure(row["cost"]),
        loss=figure(row["expected_loss"]),
        bill=figure(row["bill"]),
        unit=found.unit,
        lower=lower,
        others=counted(len(found.bills) - 1, "option"),
    )


def break_even_sentences(found: Consequences) -> list[str]:
    """Return for each event from which loss on options have a lower bill than the baseline."""
    table = against_baseline(found)
    names = {event.key: event.name for event in found.problem.events}
    sentences = []
    for event, rows in table.groupby("event", sort=False):
        parts = [
            told("events.part", option=option_name(found.problem, row.option), told=row.told)
            for row in rows.itertuples()
        ]
        sentences.append(
            told(
                "events.break_even",
                baseline=option_name(found.problem, found.problem.frame.baseline),
                event=names[str(event)],
                unit=found.unit,
                parts=joined(parts),
            )
        )
    return sentences


def against_baseline(found: Consequences) -> pd.DataFrame:
    """Return the break-even losses from which on options have a lower bill than the baseline."""
    table = found.break_evens
    own = table[(table["against"] == found.problem.frame.baseline) & (table["told"] != "")]
    return own.sort_values("break_even", kind="stable", na_position="first")


def dominance_of_bills(found: Consequences) -> str:
    """Return the pairs in which one bill is over every amount with no larger chance."""
    pairs = [
        told(
            "events.pair",
            first=option_name(found.problem, row.dominator),
            second=option_name(found.problem, row.dominated),
        )
        for row in found.dominance.itertuples()
    ]
    if not pairs:
        return told("events.no_dominance")
    more = len(pairs) - NAMED
    key = "events.dominance_more" if more > 0 else "events.dominance"
    return told(key, pairs=joined(pairs[:NAMED]), count=counted(len(pairs), "pair"))

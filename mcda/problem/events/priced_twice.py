"""Events that count twice, as a loss and by their chance, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from mcda.problem.events.event_faults import is_percent
from mcda.problem.events.events import Event

COLUMNS = ("event", "structure", "leaf", "priced_in", "finding")
TWICE = "its chance is weighed as well"
NOWHERE = "no criterion is computed from it"
AS_STATED = "as stated"


def priced_twice(problem: Any) -> pd.DataFrame:
    """Return the events that a shape of the question counts twice, and those that none counts.

    Columns: event; structure; leaf (weighed there, and the chance of the event) and priced_in (the
    criterion that is computed from the event there), blank for an event that counts in no shape;
    finding.
    """
    rows = []
    stated = problem.stated or problem
    priced = set[str]()
    for name in (AS_STATED, *(structure.name for structure in stated.structures)):
        shaped = stated.structured(name) if stated.structures else stated
        for event, priced_in in _priced(shaped):
            priced.add(event.key)
            for leaf in _weighed_chances(shaped, event):
                rows.append((event.key, name, leaf, priced_in, TWICE))
    for event in stated.events:
        if event.key not in priced:
            rows.append((event.key, "", "", "", NOWHERE))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _priced(problem: Any) -> Iterator[tuple[Event, str]]:
    """Go through the events that a weighed criterion counts, each with that criterion."""
    for leaf in problem.weighed:
        if leaf.prices_events:
            for event, _ in leaf.measure.counted(problem.events):
                yield event, leaf.key


def _weighed_chances(problem: Any, event: Event) -> Iterator[str]:
    """Go through the weighed leaves that are the chance of an event, or are read from the same."""
    sources = {source for source in event.chances.values() if isinstance(source, str)}
    estimates = sources & set(problem.estimates)
    for leaf in problem.weighed:
        if leaf.prices_events or not is_percent(leaf.unit):
            continue
        same = bool(estimates) and estimates == sources and estimates <= problem.reads[leaf.key]
        if leaf.key in sources or same:
            yield leaf.key

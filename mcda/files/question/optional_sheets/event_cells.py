"""Events as rows of their sheet, which name the estimates that chances and losses come from."""

from __future__ import annotations

from collections.abc import Iterator

from mcda.problem.events.events import Event


def event_cells(event: Event) -> Iterator[dict[str, str]]:
    """Go through the rows of an event: one for each option, and for each loss beyond the first.

    >>> from mcda.problem.events.events import Loss
    >>> loss = Loss({"A": "flood/loss"}, "EUR m")
    >>> row = next(event_cells(Event("flood", {"A": "flood/chance"}, (loss,), 30)))
    >>> row["chance"], row["loss"], row["years"]
    ('flood/chance', 'flood/loss', '30')
    """
    about = {
        "event": event.key,
        "label": event.label,
        "years": str(event.years),
        "group": event.group,
        "rationale": event.rationale,
    }
    for option, source in event.chances.items():
        chance = {"chance": str(source)}
        for loss in event.losses:
            lost = {
                "loss": loss.amounts[option],
                "unit": loss.unit,
                "criterion": loss.criterion,
            }
            yield {**about, "option": option, **chance, **lost}
            chance = {}

"""What is wrong with the events of a question, and with the criteria that are computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.significant_digits import plain
from mcda.problem.chances import certain, in_percent
from mcda.problem.estimates import Estimate
from mcda.problem.events.events import Event, Loss, Source, same_unit, unit_of_sum
from mcda.problem.events.expected_losses import (
    EXPECTED_LOSS,
    ONCE,
    RATES,
    YEARLY_EXPECTED_LOSS,
    bill_leaves,
    losses_in_money,
)


def check_source(
    source: Source, problem_parts: tuple[Mapping[str, Estimate], Iterable[Any]]
) -> None:
    """Refuse a chance that is no estimate from 0 to 100 percent and no leaf in percent.

    problem_parts: the estimates and the criteria of the question.
    """
    estimates, criteria = problem_parts
    if not isinstance(source, str):
        return
    if source in estimates:
        _check_share(estimates[source])
        return
    leaves = {leaf.key: leaf for leaf in criteria if leaf.scale and not leaf.role}
    if source in leaves:
        _check_percent(leaves[source])
        return
    percents = [key for key, leaf in leaves.items() if is_percent(leaf.unit)]
    expected = f"a number in percent, the key of an estimate, or a leaf: {known(percents)}"
    found = f"'{source}'" if source else "an empty cell"
    raise InputError(Fault("chance", expected, found))


def is_percent(unit: str) -> bool:
    """Say whether a unit is percent."""
    return unit.strip().lower() in ("percent", "%")


def _check_share(estimate: Estimate) -> None:
    """Refuse an estimate of a chance that may lie below 0 or above all."""
    whole = certain(estimate)
    if estimate.low < 0 or estimate.high > whole:
        unit = "percent" if whole > 1 else "a share of 1 (its unit isn't percent)"
        expected = f"an estimate from 0 to {plain(whole)}, {unit}"
        found = f"'{estimate.key}' from {plain(estimate.low)} to {plain(estimate.high)}"
        raise InputError(Fault("chance", expected, found))


def _check_percent(leaf: Any) -> None:
    """Refuse a leaf that is in another unit, or rests on chances itself."""
    if is_percent(leaf.unit) and not leaf.prices_events:
        return
    found = f"'{leaf.key}' in {leaf.unit or 'no unit'}"
    if leaf.prices_events:
        found += ", computed from events"
    raise InputError(Fault("chance", "a leaf in percent", found))


def event_faults(problem: Any) -> list[Fault]:
    """Return what is wrong with the events of a question and with what is computed from them."""
    faults = []
    keys = [event.key for event in problem.events]
    taken = {*problem.options.index, *(criterion.key for criterion in problem.criteria)}
    for at, event in enumerate(problem.events):
        where = f"event '{event.key}'"
        if event.key in taken or event.key in keys[:at]:
            faults.append(Fault(where, "a name of its own", "that of something else", "rename it"))
        faults += _part_faults(problem, event)
    faults += rate_faults(problem.estimates) if problem.events else ()
    stated = (problem.stated or problem).criteria
    return faults or [*cost_faults(stated, problem.events), *priced_faults(problem)]


def _part_faults(problem: Any, event: Event) -> Iterator[Fault]:
    """Go through what is wrong with the chances and the losses of an event."""
    where = f"event '{event.key}'"
    missing = [option for option in problem.options.index if option not in event.chances]
    if missing:
        yield Fault(where, "a chance for every option", f"none for {known(missing)}")
    criteria = [*problem.criteria, *(problem.stated.criteria if problem.stated else ())]
    for source in dict.fromkeys(event.chances.values()):
        try:
            check_source(source, (problem.estimates, criteria))
        except InputError as error:
            yield from (fault.inside(where) for fault in error.faults)
    for loss in event.losses:
        yield from _loss_faults(problem, loss, where)


def _loss_faults(problem: Any, loss: Loss, where: str) -> Iterator[Fault]:
    """Go through what is wrong with one loss of the event that `where` names."""
    missing = [option for option in problem.options.index if option not in loss.amounts]
    if missing:
        yield Fault(where, "a loss for every option", f"none for {known(missing)}")
    for key in dict.fromkeys(loss.amounts.values()):
        if key not in problem.estimates:
            yield Fault(f"{where}, loss", "the key of an estimate", f"'{key}'")


def rate_faults(estimates: Mapping[str, Estimate]) -> Iterator[Fault]:
    """Go through the rates by which costs are corrected that may take all that is paid away."""
    for key, estimate in estimates.items():
        if key.partition("/")[0] in RATES:
            least = -100 if in_percent(estimate) else -1
            if estimate.low <= least:
                expected = f"more than {least} {estimate.unit}".strip()
                yield Fault(f"estimate '{key}', low", expected, plain(estimate.low))


def cost_faults(criteria: Iterable[Any], events: Sequence[Event]) -> list[Fault]:
    """Return the faults of what is summed in a bill: costs of the stated tree, and losses in money.

    A sum in two units is none, and a bill is no part of itself. Nothing is summed without events.
    """
    leaves = list(bill_leaves(criteria)) if events else []
    units = [(f"criterion '{leaf.key}', unit", unit_of_sum(leaf.unit)) for leaf in leaves]
    for event, loss in losses_in_money(events):
        units.append((f"event '{event.key}', unit of the loss", loss.unit))
    return [*_bill_faults(leaves), *_mixed_units(units)]


def _bill_faults(leaves: Iterable[Any]) -> Iterator[Fault]:
    """Go through the costs of a bill that are a bill themselves, or are paid once but stated per year."""
    for leaf in leaves:
        unit = unit_of_sum(leaf.unit)
        if leaf.prices_events:
            found = f"the measure '{leaf.prices_events}'"
            yield Fault(f"criterion '{leaf.key}', bill", "a cost by itself", found)
        if leaf.bill == ONCE and not same_unit(unit, leaf.unit):
            found = f"'{leaf.unit}' of a cost that is paid once"
            yield Fault(f"criterion '{leaf.key}', unit", f"'{unit}'", found)


def _mixed_units(units: Sequence[tuple[str, str]]) -> Iterator[Fault]:
    """Go through the units, each with where it stands, that are another than the first."""
    for where, unit in units:
        first_where, first_unit = units[0]
        if not same_unit(unit, first_unit):
            expected = f"'{first_unit}', as {first_where} has it"
            yield Fault(where, expected, f"'{unit}'", "state both in one unit")


def priced_faults(problem: Any) -> list[Fault]:
    """Return a fault for each leaf that is to be computed from events and can't be."""
    faults = []
    for leaf in problem.criteria:
        if leaf.prices_events and not leaf.role:
            faults += leaf_faults(leaf, problem.events)
    return faults


def leaf_faults(leaf: Any, events: Iterable[Event]) -> list[Fault]:
    """Return what keeps a leaf from being computed from events: none, or other units or years."""
    place = f"criterion '{leaf.key}', measure '{leaf.prices_events}'"
    counted = leaf.measure.counted(events)
    if not counted:
        remedy = "add its loss to the sheet events"
        return [Fault(place, "an event with a loss in money, or on this criterion", "none", remedy)]
    faults = []
    is_yearly = leaf.prices_events != EXPECTED_LOSS
    unit = unit_of_sum(leaf.unit) if is_yearly else leaf.unit
    if is_yearly and same_unit(unit, leaf.unit):
        expected = "a unit per year, such as EUR bn per year"
        faults.append(Fault(f"criterion '{leaf.key}', unit", expected, f"'{leaf.unit}'"))
    for event, loss in counted:
        if not same_unit(loss.unit, unit):
            where = f"event '{event.key}', unit of the loss"
            faults.append(
                Fault(where, f"'{unit}', as criterion '{leaf.key}' has it", f"'{loss.unit}'")
            )
    years = sorted({event.years for event, _ in counted})
    if len(years) > 1 and leaf.prices_events != YEARLY_EXPECTED_LOSS:
        years_told = ", ".join(map(str, years))
        remedy = f"state chances over the same years, or name the measure {YEARLY_EXPECTED_LOSS}"
        faults.append(Fault(place, "events over the same years", years_told, remedy))
    return faults

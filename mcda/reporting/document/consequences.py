"""What events may cost under each option: bills, break-even losses, risk profiles, value beside cost."""

from __future__ import annotations

import pandas as pd

from mcda.checks.significant_digits import fixed, percent
from mcda.reporting import language as words
from mcda.reporting.document.blocks import (
    Block,
    annexed,
    bullets,
    cell,
    headed_by,
    heading,
    option_cell,
    paragraph,
    picture,
    section,
    table,
)
from mcda.reporting.language.events.bills import against_baseline, bill_sentences
from mcda.reporting.study.study import Study
from mcda.sensitivity.events.consequences import Consequences, missing_for_bills

MOST_COLUMNS = 12  # options that have room beside each other on a page


def consequences(study: Study) -> Block | None:
    """Return what the events of a question mean for its options; None where it states none."""
    if not study.problem.events:
        return None
    found = study.analysis.consequences
    if found is None:
        told = words.told("events.not_applicable", reason=str(missing_for_bills(study.problem)))
        return section("consequences", paragraph(told, quoted=True))
    return section(
        "consequences",
        paragraph(words.told("events.meaning", unit=found.unit, years=found.years), tone="soft"),
        bullets(bill_sentences(found)),
        _bills(found),
        paragraph(_basis(found), tone="soft"),
        *_bills_by_loss(found),
        *annexed(
            *_break_evens(found),
            *_profiles(found),
            *_states(found),
            *_present_costs(found),
            *_value_and_cost(found),
            *_implied_losses(found),
            *_other_losses(found),
        ),
    )


def _basis(found: Consequences) -> str:
    """Return what was drawn and what was counted."""
    told = words.told("events.drawn", draws=fixed(found.draws, grouped=True))
    if found.profile_draws == found.draws:
        return told
    return f"{told} {words.told('events.fewer', draws=fixed(found.profile_draws, grouped=True))}"


def _event(found: Consequences, key: str) -> str:
    names = {event.key: event.name for event in found.problem.events}
    return names[key]


def _figures(row: pd.Series, *names: str) -> list[str]:
    return [words.figure(row[name]) for name in names]


def _range(row: pd.Series) -> str:
    low, high = _figures(row, "low", "high")
    return words.told("events.range", low=low, high=high)


def _bills(found: Consequences) -> Block | None:
    rows = []
    for option, row in found.bills.iterrows():
        parts = _figures(row, "cost", "expected_loss", "bill", "mean")
        shown = [*parts, _range(row), percent(row["cheapest"])]
        rows.append([option_cell(found.problem, str(option)), *shown])
    columns = ("option", "cost", "expected_loss", "bill", "mean", "nine_in_ten", "cheapest")
    caption = words.told("events.bills_table", unit=found.unit, years=found.years)
    widths = [2.0, 1.0, 1.2, 1.0, 1.2, 1.6, 1.0]
    return table(caption, words.columns(*columns), rows, numbers=range(1, 7), widths=widths)


def _break_evens(found: Consequences) -> list[Block | None]:
    """Return from which loss on an option's bill is lower than the baseline's."""
    rows = []
    for row in against_baseline(found).to_dict("records"):
        key = "shape.yes" if row["cheaper_now"] else "shape.no"
        now = words.told(key)
        lower = [_event(found, row["event"]), row["told"], now, percent(row["cheaper_in"])]
        rows.append([option_cell(found.problem, row["option"]), *lower])
    if not rows:
        return []
    columns = words.columns("option", "event", "loss_from", "lower_now", "lower_in")
    baseline = found.problem.short[found.problem.frame.baseline]
    caption = words.told("events.break_evens_table", baseline=baseline, unit=found.unit)
    made = table(caption, columns, rows, numbers=[4], widths=[1.6, 2.0, 1.6, 1.2, 1.0])
    return [heading(words.told("events.break_evens_title")), made]


def _bills_by_loss(found: Consequences) -> list[Block]:
    """Return the picture of bills over the size of a loss, where there is room for their lines."""
    shared = [event for event in found.problem.events if event.shared_loss]
    rivals = len(against_baseline(found))
    if not rivals or not shared or len(found.bills) > MOST_COLUMNS:
        return []
    told = {"event": shared[0].name, "unit": found.unit}
    return [picture("bills_by_loss", words.told("events.bills_by_loss", **told))]


def _profiles(found: Consequences) -> list[Block | None]:
    """Return with what chance each option's bill is over an amount."""
    options = list(found.profiles.columns)
    title = heading(words.told("events.profiles_title"))
    if len(options) > MOST_COLUMNS:
        return [title, paragraph(words.told("events.profiles_elsewhere"))]
    rows = []
    for amount, shares in found.profiles.iterrows():
        rows.append([words.figure(float(str(amount))), *map(percent, shares)])
    columns = [*words.columns("amount"), *headed_by(found.problem, options)]
    numbers = range(1, len(columns))
    caption = words.told("events.profiles_table", unit=found.unit)
    drawn = picture("risk_profiles", words.told("events.profiles_picture", unit=found.unit))
    return [title, table(caption, columns, rows, numbers=numbers, named=numbers), drawn]


def _states(found: Consequences) -> list[Block | None]:
    """Return the bills where a scenario is in a state that changes some."""
    options = list(found.bills.index)
    if found.states.empty or len(options) > MOST_COLUMNS:
        return []
    rows = []
    for (label, state), own in found.states.groupby(["label", "state"], sort=False):
        named = cell(str(state), under=[str(label)])
        rows.append([named, *map(words.figure, own["bill"])])
    columns = [*words.columns("state"), *headed_by(found.problem, options)]
    caption = words.told("events.states_table", unit=found.unit)
    widths = [2.4, *[1.0] * len(options)]
    numbers = range(1, len(columns))
    made = table(caption, columns, rows, numbers=numbers, named=numbers, widths=widths, fine=True)
    return [heading(words.told("events.states_title")), made]


def _present_costs(found: Consequences) -> list[Block | None]:
    rows = []
    for option, row in found.present_costs.iterrows():
        rows.append(
            [option_cell(found.problem, str(option)), *_figures(row, "best", "mean"), _range(row)]
        )
    if not rows:
        return []
    columns = words.columns("option", "best_estimate", "mean", "nine_in_ten")
    caption = words.told("events.present_costs_table", unit=found.unit, years=found.years)
    made = table(caption, columns, rows, numbers=range(1, 4), widths=[2.0, 1.2, 1.2, 1.6])
    return [heading(words.told("events.present_costs_title")), made]


def _value_and_cost(found: Consequences) -> list[Block | None]:
    """Return for how many holders no option is worth more for less."""
    if not len(found.frontier):
        return []
    holders = found.frontier["holder"].nunique()
    rows = []
    for option, own in found.frontier.groupby("option", sort=False):
        count = words.told("events.of_holders", count=int(own["on_frontier"].sum()), of=holders)
        rows.append(
            [option_cell(found.problem, str(option)), words.figure(own["cost"].iloc[0]), count]
        )
    columns = words.columns("option", "cost", "worth_it")
    caption = words.told("events.frontier_table", unit=found.unit)
    made = table(caption, columns, rows, numbers=[1, 2], widths=[2.0, 1.0, 2.0])
    return [heading(words.told("events.frontier_title")), made]


def _implied_losses(found: Consequences) -> list[Block | None]:
    rows = []
    for row in found.implied_losses.to_dict("records"):
        rows.append([row["holder"], _event(found, row["event"]), _loss(row["loss"])])
    if not rows:
        return []
    columns = words.columns("holder", "event", "implied_loss")
    caption = words.told("events.implied_table", unit=found.unit)
    made = table(caption, columns, rows, numbers=[2], widths=[2.0, 2.0, 1.2])
    return [heading(words.told("events.implied_title")), made]


def _loss(loss: float) -> str:
    if pd.isna(loss):
        return words.told("events.no_weight")
    if loss == float("inf"):
        return words.told("events.no_limit")
    return words.figure(loss)


def _other_losses(found: Consequences) -> list[Block | None]:
    """Return the expected losses that are not in money."""
    rows = []
    for row in found.losses[found.losses["unit"] != found.unit].to_dict("records"):
        shown = [percent(row["chance"]), words.figure(row["best"]), _range(pd.Series(row))]
        rows.append(
            [
                option_cell(found.problem, row["option"]),
                _event(found, row["event"]),
                row["unit"],
                *shown,
            ]
        )
    if not rows:
        return []
    columns = words.columns("option", "event", "unit", "chance", "best_estimate", "nine_in_ten")
    caption = words.told("events.losses_table", years=found.years)
    made = table(caption, columns, rows, numbers=range(3, 6), widths=[1.6, 2.0, 1.2, 0.8, 1.0, 1.4])
    return [heading(words.told("events.losses_title")), made]

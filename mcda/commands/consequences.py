"""`mcda consequences`: what events may cost under each option, and from which loss on that tells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import digits, percent
from mcda.checks.visible_text import visible
from mcda.commands.arguments.question import (
    add_draws,
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
    tell_beyond,
)
from mcda.reporting.language.events.bills import against_baseline, bill_sentences
from mcda.reporting.study.plain_data import records
from mcda.reporting.terminal.columns import columns
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import options_text
from mcda.sensitivity.events.consequences import (
    BY_LABEL,
    BY_ROW,
    Consequences,
    consequences,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    add_json(parser)
    help_text = "whose value is set against cost (all holders, counted, if not given)"
    parser.add_argument("--holder", metavar="NAME", help=help_text)
    parser.add_argument(
        "--full", action="store_true", help="the break-even losses of every pair of options"
    )
    add_draws(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print the finding and the tables, or one document with every table."""
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    whose = {weights.holder: weights for weights in chosen(problem, holders, given.holder, parser)}
    result = consequences(problem, whose, n=given.draws, seed=given.seed)
    if given.json:
        print_json(document(result))
    else:
        show(text(result, full=given.full), hang=2)


def document(result: Consequences) -> dict[str, Any]:
    """Return everything found as plain data."""
    return {
        "question": result.problem.name,
        "title": result.problem.frame.title,
        "finding": bill_sentences(result),
        "unit": result.unit,
        "years": result.years,
        "draws": result.draws,
        "profile_draws": result.profile_draws,
        "seed": result.seed,
        **{name: records(getattr(result, name)) for name in BY_LABEL},
        **{name: records(getattr(result, name), labels=False) for name in BY_ROW},
    }


def text(result: Consequences, *, full: bool = False) -> str:
    """Return the finding, then the tables."""
    problem = result.problem
    title = visible(problem.frame.title or problem.name)
    drawn = f"Estimates drawn {result.draws:,} times, seed {result.seed}."
    if result.profile_draws < result.draws:
        drawn += f" Chances of amounts are over the first {result.profile_draws:,} draws."
    sentences = "\n".join(visible(sentence) for sentence in bill_sentences(result))
    return "\n\n".join([title, sentences, drawn, *_tables(result, full=full)])


def _tables(result: Consequences, *, full: bool) -> Iterator[str]:
    unit = visible(result.unit)
    yield options_text(result.problem)
    yield f"Expected bill, {unit} a year over {result.years} years:\n{_bills(result.bills)}"
    table = result.break_evens if full else against_baseline(result)
    if len(table):
        yield f"The loss from which on the option's bill is the lower one, {unit}:\n{_pairs(table)}"
    yield f"Bill over an amount, percent of draws and events, {unit} a year:\n{_profiles(result)}"
    if len(result.present_costs):
        yield f"Net present cost over {result.years} years, {unit}:\n{_spread(result.present_costs)}"
    yield from _further_tables(result, unit)


def _further_tables(result: Consequences, unit: str) -> Iterator[str]:
    """Go through the tables of holders, of futures, and of losses in other units."""
    if result.frontier["holder"].nunique() == 1:
        yield f"Value on all but cost (0 to 100), beside cost in {unit} a year:\n{_value(result)}"
    elif len(result.frontier):
        yield f"For how many holders no option is worth more for less:\n{_frontier(result)}"
    if len(result.implied_losses):
        caption = "Loss at which a holder's weights on cost and on the chance are fair prices"
        yield f"{caption}, {unit}:\n{_implied(result.implied_losses)}"
    if len(result.states):
        caption = f"Expected bill where a scenario is in a state, {unit} a year"
        yield f"{caption}:\n{_states(result)}"
    others = result.losses[result.losses["unit"] != result.unit]
    if len(others):
        yield f"Expected loss over {result.years} years, in other units:\n{_losses(others)}"


def _bills(table: pd.DataFrame) -> str:
    numbers = ["cost", "expected_loss", "bill", "mean", "low", "high"]
    rows = []
    for option, row in table.iterrows():
        rows.append([option, *(digits(row[name]) for name in numbers), percent(row["cheapest"])])
    header = ["cost", "expected loss", "bill", "mean", "5%", "95%", "lowest in"]
    return columns(rows, ["option", *header])


def _pairs(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        now = "yes" if row["cheaper_now"] else "no"
        pair = [row["event"], row["option"], row["against"]]
        rows.append([*pair, row["told"] or "-", now, percent(row["cheaper_in"])])
    header = ["event", "option", "against", "lower", "at best estimates", "in draws"]
    return columns(rows, header)


def _profiles(result: Consequences) -> str:
    rows = []
    for amount, shares in result.profiles.iterrows():
        rows.append([digits(float(str(amount)), 6), *(percent(share) for share in shares)])
    return columns(rows, ["amount", *map(str, result.profiles.columns)])


def _spread(table: pd.DataFrame) -> str:
    rows = []
    for option, row in table.iterrows():
        rows.append([option, *(digits(number) for number in row)])
    return columns(rows, ["option", "best", "mean", "5%", "95%"])


def _value(result: Consequences) -> str:
    rows = []
    for row in result.frontier.to_dict("records"):
        beaten = row["beaten_by"] or "nobody"
        further = "-" if pd.isna(row["cost_per_point"]) else digits(row["cost_per_point"])
        value = "-" if pd.isna(row["value"]) else digits(row["value"])
        rows.append([row["option"], digits(row["cost"]), value, beaten, further])
    return columns(rows, ["option", "cost", "value", "beaten by", "cost of a further point"])


def _frontier(result: Consequences) -> str:
    counts = result.frontier.groupby("option", sort=False)["on_frontier"].sum()
    of = result.frontier["holder"].nunique()
    return columns(
        [[option, f"{count} of {of}"] for option, count in counts.items()], ["option", "holders"]
    )


def _implied(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        loss = _loss_text(row["loss"])
        rows.append([row["holder"], row["event"], row["chance"], row["cost"], loss])
    return columns(rows, ["holder", "event", "chance", "cost", "loss"])


def _loss_text(loss: float) -> str:
    if pd.isna(loss):
        return "no weight"
    return "no limit" if loss == float("inf") else digits(loss)


def _states(result: Consequences) -> str:
    """Return a row an option with its bill in every state, and the states by number."""
    by_option: dict[str, list[str]] = {}
    names = []
    states = result.states.groupby(["label", "state"], sort=False)
    for number, ((label, state), own) in enumerate(states, start=1):
        names.append(f"{number}: {visible(f'{label}: {state}')}")
        for option, bill in zip(own["option"], own["bill"], strict=True):
            by_option.setdefault(option, []).append(digits(bill))
    rows = [[option, *bills] for option, bills in by_option.items()]
    numbers = [f"in {number}" for number in range(1, len(names) + 1)]
    return "\n".join([columns(rows, ["option", *numbers]), *names])


def _losses(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        chance = percent(row["chance"])
        spread = [digits(row[name]) for name in ("best", "mean", "low", "high")]
        rows.append([row["event"], row["option"], row["unit"], chance, *spread])
    return columns(rows, ["event", "option", "unit", "chance", "best", "mean", "5%", "95%"])

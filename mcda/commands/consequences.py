"""`mcda consequences`: what events may cost under each option, and from which loss on that tells."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import digits, fixed, percent
from mcda.commands.arguments.drawing import add_draws, draws_of
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
    tell_beyond,
)
from mcda.display.visible_text import visible
from mcda.reporting.language.events.bills import against_baseline, bill_sentences
from mcda.reporting.study.plain_data import records
from mcda.reporting.terminal.columns import columns, heads, yes_or_no
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import options_text
from mcda.sensitivity.events.consequences import (
    BY_LABEL,
    BY_ROW,
    Consequences,
    consequences,
)
from mcda.sentences.catalogue import told


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
    result = consequences(problem, whose, n=draws_of(given, problem), seed=given.seed)
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
    title = visible(problem.title)
    draws = fixed(result.draws, grouped=True)
    drawn = told("terminal_consequences.drawn", draws=draws, seed=result.seed)
    if result.profile_draws < result.draws:
        fewer = told("events.fewer", draws=fixed(result.profile_draws, grouped=True))
        drawn += f" {fewer}"
    sentences = "\n".join(visible(sentence) for sentence in bill_sentences(result))
    return "\n\n".join(filter(None, [title, sentences, drawn, *_tables(result, full=full)]))


def _tables(result: Consequences, *, full: bool) -> Iterator[str]:
    unit = visible(result.unit)
    yield options_text(result.problem)
    about = {"unit": unit, "years": result.years}
    yield f"{_caption('bills', about)}\n{_bills(result.bills)}"
    table = result.break_evens if full else against_baseline(result)
    if len(table):
        yield f"{_caption('pairs', about)}\n{_pairs(table)}"
    yield f"{_caption('profiles', about)}\n{_profiles(result)}"
    if len(result.present_costs):
        yield f"{_caption('present_costs', about)}\n{_spread(result.present_costs)}"
    yield from _further_tables(result, unit)


def _caption(table: str, about: Mapping[str, object]) -> str:
    return told(f"terminal_consequences.{table}", **about)


def _further_tables(result: Consequences, unit: str) -> Iterator[str]:
    """Go through the tables of holders, of futures, and of losses in other units."""
    about = {"unit": unit, "years": result.years}
    if result.frontier["holder"].nunique() == 1:
        yield f"{_caption('value', about)}\n{_value(result)}"
    elif len(result.frontier):
        yield f"{_caption('frontier', about)}\n{_frontier(result)}"
    if len(result.implied_losses):
        yield f"{_caption('implied', about)}\n{_implied(result.implied_losses)}"
    if len(result.states):
        yield f"{_caption('states', about)}\n{_states(result)}"
    others = result.losses[result.losses["unit"] != result.unit]
    if len(others):
        yield f"{_caption('losses', about)}\n{_losses(others)}"


def _bills(table: pd.DataFrame) -> str:
    numbers = ["cost", "expected_loss", "bill", "mean", "low", "high"]
    rows = []
    for option, row in table.iterrows():
        rows.append([option, *(digits(row[name]) for name in numbers), percent(row["cheapest"])])
    header = heads("option", "cost", "expected_loss", "bill", "mean", "low", "high", "lowest_in")
    return columns(rows, header)


def _pairs(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        now = yes_or_no(row["cheaper_now"])
        pair = [row["event"], row["option"], row["against"]]
        rows.append([*pair, row["told"] or "-", now, percent(row["cheaper_in"])])
    header = heads("event", "option", "against", "lower", "at_best", "in_draws")
    return columns(rows, header)


def _profiles(result: Consequences) -> str:
    rows = []
    for amount, shares in result.profiles.iterrows():
        rows.append([digits(float(str(amount)), 6), *(percent(share) for share in shares)])
    return columns(rows, [*heads("amount"), *map(str, result.profiles.columns)])


def _spread(table: pd.DataFrame) -> str:
    rows = []
    for option, row in table.iterrows():
        rows.append([option, *(digits(number) for number in row)])
    return columns(rows, heads("option", "best", "mean", "low", "high"))


def _value(result: Consequences) -> str:
    rows = []
    for row in result.frontier.to_dict("records"):
        beaten = row["beaten_by"] or told("terminal_consequences.nobody")
        further = "-" if pd.isna(row["cost_per_point"]) else digits(row["cost_per_point"])
        value = "-" if pd.isna(row["value"]) else digits(row["value"])
        rows.append([row["option"], digits(row["cost"]), value, beaten, further])
    return columns(rows, heads("option", "cost", "value", "beaten_by", "per_point"))


def _frontier(result: Consequences) -> str:
    counts = result.frontier.groupby("option", sort=False)["on_frontier"].sum()
    of = result.frontier["holder"].nunique()
    rows = []
    for option, count in counts.items():
        rows.append([option, told("events.of_holders", count=count, of=of)])
    return columns(rows, heads("option", "holders"))


def _implied(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        loss = _loss_text(row["loss"])
        rows.append([row["holder"], row["event"], row["chance"], row["cost"], loss])
    return columns(rows, heads("holder", "event", "chance", "cost", "loss"))


def _loss_text(loss: float) -> str:
    """Return a loss that weights imply."""
    if pd.isna(loss):
        return told("events.no_weight")
    return told("events.no_limit") if loss == float("inf") else digits(loss)


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
    numbers = [told("terminal_column.in_state", number=at) for at in range(1, len(names) + 1)]
    return "\n".join([columns(rows, [*heads("option"), *numbers]), *names])


def _losses(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        chance = percent(row["chance"])
        spread = [digits(row[name]) for name in ("best", "mean", "low", "high")]
        rows.append([row["event"], row["option"], row["unit"], chance, *spread])
    header = heads("event", "option", "unit", "chance", "best", "mean", "low", "high")
    return columns(rows, header)

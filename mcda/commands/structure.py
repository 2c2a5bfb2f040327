"""`mcda structure`: what the shape of a question decides before anything is varied."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product
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
from mcda.problem.model import AS_STATED
from mcda.reporting import language as words
from mcda.reporting.study.plain_data import records
from mcda.reporting.terminal.columns import columns, heads, span, yes_or_no
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import options_text
from mcda.sensitivity.structure.audit import (
    FUTURES,
    HEADS,
    LEAVES,
    SIDES,
    SUBSETS,
    StructureAudit,
    structure_audit,
)
from mcda.sensitivity.structure.first_places import EXPONENTS

TABLES = ("weights", "leads", "earned", "positions", "pairs", "prices", "structures", "flags")
OVER = {HEADS: "heads", LEAVES: "leaves", SUBSETS: "subsets", FUTURES: "futures"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    add_json(parser)
    parser.add_argument(
        "--holder", metavar="NAME", help="whose weights (all holders, if not given)"
    )
    parser.add_argument(
        "--measure",
        metavar="LEAF",
        help="the leaf in whose unit prices are told (one in money, if not given)",
    )
    parser.add_argument("--full", action="store_true", help="the leaves as well as the heads")
    add_draws(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print the finding and the tables, or one document with every table."""
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    whose = {weights.holder: weights for weights in chosen(problem, holders, given.holder, parser)}
    draws = draws_of(given, problem)
    audit = structure_audit(problem, whose, n=draws, seed=given.seed, measure=given.measure)
    if given.json:
        print_json(document(audit))
    else:
        show(text(audit, full=given.full), hang=2)


def document(audit: StructureAudit) -> dict[str, Any]:
    """Return everything found as plain data."""
    return {
        "question": audit.problem.name,
        "title": audit.problem.frame.title,
        "finding": finding(audit),
        "draws": audit.draws,
        "seed": audit.seed,
        "floors": dict(audit.floors),
        "leaders": dict(audit.leaders),
        "priced_in": audit.priced_in,
        **{name: records(getattr(audit, name), labels=False) for name in TABLES},
    }


def finding(audit: StructureAudit) -> list[str]:
    """Return the finding, sentence by sentence: who leads, what needs a look, who earns what."""
    decided = [words.shape_decides(audit, method, side) for side in SIDES for method in EXPONENTS]
    sentences = [*decided, *words.shape_flags(audit), words.earned_for_nothing(audit)]
    return [sentence for sentence in (*sentences, words.own_positions(audit)) if sentence]


def text(audit: StructureAudit, *, full: bool = False) -> str:
    """Return the finding, then the tables."""
    problem = audit.problem
    title = visible(problem.title)
    draws = fixed(audit.draws, grouped=True)
    about = words.told("terminal_structure.drawn", draws=draws, seed=audit.seed)
    about = " ".join(filter(None, (about, audit.scope)))
    sentences = "\n".join(visible(sentence) for sentence in finding(audit))
    return "\n\n".join(filter(None, [title, sentences, about, *_tables(audit, full=full)]))


def _tables(audit: StructureAudit, *, full: bool) -> Iterator[str]:
    yield options_text(audit.problem)
    leads = words.shown_leads(audit)
    for side in SIDES:
        rows = leads[leads["side"] == side]
        if len(rows):
            floors = words.floors_told(audit.problem, audit.floors)
            caption = words.told(f"terminal_structure.{side}", floors=floors)
            yield f"{caption}\n{_first_places(rows)}"
    if audit.structures["structure"].nunique() > 1:
        yield f"{words.told('terminal_structure.shapes')}\n{_leaders_by_structure(audit.structures)}"
    weights = words.shown_weights(audit)
    for level in _levels(audit, full=full):
        caption = words.told(f"terminal_structure.by_{level}")
        yield f"{caption}\n{_effects(weights[weights['level'] == level])}"
    if len(audit.positions):
        yield f"{words.told('terminal_structure.positions')}\n{_positions(audit)}"
    if len(audit.pairs):
        yield f"{words.told('terminal_structure.pairs')}\n{_pairs(audit.pairs)}"
    yield _prices(audit)


def _levels(audit: StructureAudit, *, full: bool) -> tuple[str, ...]:
    if not audit.problem.heads:
        return ("leaf",)
    return ("head", "leaf") if full else ("head",)


def _first_places(table: pd.DataFrame) -> str:
    """Return a row an option: its shares by each method over each set of cases."""
    overs = [over for over in OVER if over in set(table["over"])]
    grouped = table.groupby(["option", "method", "over"], sort=False)["leads"]
    rows = []
    for option in dict.fromkeys(table["option"]):
        cells = [
            _range(grouped.get_group((option, method, over)))
            for method in EXPONENTS
            for over in overs
        ]
        rows.append([option, *cells])
    over_told = heads(*(f"over_{OVER[over]}" for over in overs))
    header = [f"{_short(method)}: {over}" for method in EXPONENTS for over in over_told]
    return columns(rows, [*heads("option"), *header])


def _range(shares: pd.Series) -> str:
    """Return a share in percent, or from which to which the holders' shares go."""
    low, high = (percent(float(end), unit="") for end in (shares.min(), shares.max()))
    return low if low == high else f"{low}-{high}"


def _leaders_by_structure(table: pd.DataFrame) -> str:
    """Return a row a structure: who leads by each method on each side of the minimum."""
    sides = [side for side in SIDES if side in set(table["side"])]
    rows = []
    for name, rows_of_label in table.groupby("structure", sort=False):
        label = rows_of_label["label"].iloc[0]
        if name == AS_STATED:
            label = words.told("shape.shapes_stated")
        cells = [_leaders_counted(rows_of_label, *column) for column in product(sides, EXPONENTS)]
        rows.append([label, *cells])
    header = [_method_on(side, method) for side, method in product(sides, EXPONENTS)]
    return columns(rows, [*heads("structure"), *header])


def _leaders_counted(table: pd.DataFrame, side: str, method: str) -> str:
    """Return who leads by a method on a side, and for how many holders: those of most come first."""
    leaders = table.loc[(table["side"] == side) & (table["method"] == method), "leaders"]
    counts = leaders.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return words.joined(f"{who} {count}" for who, count in counts.items()) or "-"


def _short(method: str) -> str:
    """Return the short name of a method, for the head of a column."""
    return words.told(f"terminal_column.{method}")


def _method_on(side: str, method: str) -> str:
    named = _short(method)
    return words.told("terminal_column.behind", method=named) if side == "behind" else named


def _effects(table: pd.DataFrame) -> str:
    """Return a row a criterion: its weights, from holder to holder, and its spread."""
    rows = []
    for criterion, shares in table.groupby("criterion", sort=False):
        cells = [_span(shares[name]) for name in ("stated", "effective", "correlation_ratio")]
        rows.append([criterion, shares["label"].iloc[0], *cells, _span(shares["spread"])])
    header = heads("criterion", "label", "stated", "effective", "alone", "spread")
    return columns(rows, header, cut=1)


def _span(shares: pd.Series) -> str:
    """Return shares in whole percent: one, or from the least to the largest; blank where none is."""
    numbers = shares.dropna()
    if numbers.empty:
        return "-"
    low, high = (fixed(100 * float(end)) for end in (numbers.min(), numbers.max()))
    return low if low == high else span(low, high)


def _positions(audit: StructureAudit) -> str:
    rows = []
    for (holder, option), rows_of_option in audit.positions.groupby(
        ["holder", "option"], sort=False
    ):
        ranks = rows_of_option.set_index(["method", "side"])["rank"]
        cells = [
            "-" if pd.isna(rank := ranks.get((method, side), pd.NA)) else f"{rank}"
            for side in SIDES
            for method in EXPONENTS
        ]
        can = bool(rows_of_option["can_lead_in_range"].iloc[0])
        rows.append([holder, option, *cells, yes_or_no(can)])
    header = [_method_on(side, method) for side in SIDES for method in EXPONENTS]
    return columns(rows, [*heads("holder", "option"), *header, *heads("can_lead")])


def _pairs(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        shared = percent(row["same_inputs"])
        together = [_number(row["over_draws"]), _number(row["over_options"])]
        as_one = yes_or_no(row["twice"])
        rows.append([row["first"], row["second"], shared, *together, as_one])
    header = heads("first", "second", "same_inputs", "over_draws", "over_options", "as_one")
    return columns(rows, header)


def _number(number: float) -> str:
    return "-" if pd.isna(number) else fixed(number, 2)


def _prices(audit: StructureAudit) -> str:
    """Return what one unit of each leaf is worth, over holders and what they allow."""
    unit = audit.problem.criterion(audit.priced_in).unit
    rows = []
    for leaf, rows_of_leaf in audit.prices.groupby("leaf", sort=False):
        label = audit.problem.criterion(str(leaf)).label
        stated = [_price(rows_of_leaf["price"].min()), _price(rows_of_leaf["price"].max())]
        allowed = [_price(rows_of_leaf["low"].min()), _price(rows_of_leaf["high"].max())]
        rows.append([leaf, label, rows_of_leaf["unit"].iloc[0], *stated, *allowed])
    caption = words.told("terminal_structure.prices", unit=visible(unit), leaf=audit.priced_in)
    header = heads("leaf", "label", "unit", "least", "most", "least_allowed", "most_allowed")
    return f"{caption}\n{columns(rows, header, cut=1)}"


def _price(number: float) -> str:
    if pd.isna(number):
        return "-"
    if number == float("inf"):
        return words.told("events.no_limit")
    return digits(number, 2)

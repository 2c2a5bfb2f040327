"""`mcda packages`: which packages of a question's parts no other beats, and which parts hold whatever comes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.labels import parse_number
from mcda.checks.significant_digits import digits, fixed, percent
from mcda.commands.arguments.drawing import add_seed
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    open_given,
    print_json,
)
from mcda.commands.arguments.results_out import add_out, check_files, write_out
from mcda.display.visible_text import visible
from mcda.portfolios.largest_chance import LargestChance, largest_chance
from mcda.portfolios.packages import SECONDS, Packages, packages
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.language.portfolios.packages import (
    CHANCE_OF,
    chance_sentences,
    package_sentences,
    steps_caption,
)
from mcda.reporting.results.of_results import of_packages
from mcda.reporting.study.plain_data import plain, records
from mcda.reporting.terminal.columns import columns, heads
from mcda.reporting.terminal.lines import show
from mcda.uncertainty.draws.draws import sample

TABLES = ("table", "parts", "states", "relaxation")
LISTED = 20  # packages that are printed without --full
DIRECTED = ("max", "min")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    add_json(parser)
    add_out(parser)
    told = "a quantity that counts, as cost or cost=min; may be given more than once (all directed)"
    parser.add_argument("--aim", action="append", default=[], metavar="NAME", help=told)
    for name, end in (("least", "at least"), ("most", "at most")):
        told = f"packages with {end} so much of a quantity; may be given more than once"
        parser.add_argument(
            f"--{name}", action="append", default=[], type=_limit, metavar="NAME=N", help=told
        )
    for name, what in (("with", "every package holds"), ("without", "no package holds")):
        told = f"a part or a group that {what}; may be given more than once"
        parser.add_argument(f"--{name}", action="append", default=[], metavar="PART", help=told)
    told = "also the package with the largest chance to bring at least so much of a quantity"
    parser.add_argument("--chance", type=_limit, metavar="NAME=N", help=told)
    told = "over how many draws of weights and facts the best package is looked for (none)"
    parser.add_argument("-n", "--draws", type=int, default=0, metavar="N", help=told)
    add_seed(parser)
    parser.add_argument(
        "--seconds",
        type=float,
        default=SECONDS,
        metavar="S",
        help=f"how long it may take ({int(SECONDS)})",
    )
    parser.add_argument(
        "--full", action="store_true", help="every package, and what each part is in"
    )


def _limit(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        return name, parse_number(number)
    except ValueError:
        found = f"expected NAME=N, N a number, found '{visible(text)}'"
        raise argparse.ArgumentTypeError(found) from None


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print the finding and the tables, or one document with every table."""
    check_files(given, parser)
    problem, _ = open_given(given, parser)
    aims = _aims(given.aim)
    limits = _limits(given)
    draws = sample(problem, given.draws, given.seed) if given.draws else None
    found = packages(
        problem,
        aims,
        limits=limits,
        hold=vars(given)["with"],
        leave_out=given.without,
        draws=draws,
        seconds=given.seconds,
    )
    likely = _largest_chance(problem, given)
    write_out(given, lambda: of_packages(found))
    if given.json:
        print_json(document(found, likely))
    else:
        show(text(found, likely, full=given.full), hang=2)


def _largest_chance(problem: Problem, given: argparse.Namespace) -> LargestChance | None:
    if given.chance is None:
        return None
    quantity, least = given.chance
    return largest_chance(
        problem,
        quantity,
        least,
        limits=_limits(given),
        hold=vars(given)["with"],
        leave_out=given.without,
        seconds=given.seconds,
    )


def _aims(named: Sequence[str]) -> list[str] | dict[str, str] | None:
    """Return the aims as they were named, with the directions of those that state one."""
    if not named:
        return None
    pairs = [one.rpartition("=") for one in named]
    if all(way in DIRECTED for _, _, way in pairs):
        return {name: way for name, _, way in pairs}
    return list(named)


def _limits(given: argparse.Namespace) -> dict[str, tuple[float | None, float | None]] | None:
    least = dict(given.least)
    most = dict(given.most)
    return {name: (least.get(name), most.get(name)) for name in {**least, **most}} or None


def document(found: Packages, likely: LargestChance | None = None) -> dict[str, Any]:
    """Return everything found as plain data."""
    sentences = [*package_sentences(found), *chance_sentences(found, likely)]
    return {
        "question": found.problem.name,
        "title": found.problem.frame.title,
        "finding": sentences,
        "largest_chance": asdict(likely) if likely else None,
        "aims": dict(zip(found.aims, found.directions, strict=True)),
        "limits": list(found.limits),
        "complete": found.proven,
        "open_zones": found.open_zones,
        "best": found.best,
        "conflict": list(found.conflict),
        "draws": found.draws,
        "seed": found.seed,
        "no_package_in": plain(found.no_package_in),
        "members": {str(name): list(found.of(str(name))) for name in found.members.index},
        **{name: records(getattr(found, name)) for name in TABLES},
        "steps": records(found.steps, labels=False),
    }


def text(found: Packages, likely: LargestChance | None = None, *, full: bool = False) -> str:
    """Return the finding, then the tables."""
    title = visible(found.problem.title)
    told = [*package_sentences(found), *chance_sentences(found, likely)]
    sentences = "\n".join(visible(sentence) for sentence in told)
    return "\n\n".join([title, sentences, *_tables(found, full=full)])


def _tables(found: Packages, *, full: bool) -> Iterator[str]:
    if len(found.table):
        shown = found.table if full else found.table.head(LISTED)
        more = len(found.table) - len(shown)
        count = fixed(more, grouped=True)
        rest = f"\n{words.told('terminal_packages.more', count=count)}" if more else ""
        yield f"{words.told('packages.table')}:\n{_packages(found, shown)}{rest}"
    if len(found.steps):
        yield f"{steps_caption(found)}:\n{_steps(found.steps)}"
    if len(found.table) and (full or found.draws):
        yield f"{words.told('packages.parts_table')}:\n{_parts(found)}"
    if found.draws:
        draws = words.counted(found.draws, "draw")
        caption = words.told("terminal_packages.states", draws=draws, seed=found.seed)
        yield f"{caption}\n{_states(found)}"


def _packages(found: Packages, table: pd.DataFrame) -> str:
    rows = []
    for name, row in table.iterrows():
        numbers = [_number(str(key), row[key]) for key in table.columns[1:]]
        rows.append([name, *numbers, _made_of(found, name)])
    quantities = [_quantity(str(key)) for key in table.columns[1:]]
    return columns(rows, [*heads("package"), *quantities, *heads("parts")])


def _made_of(found: Packages, package: object) -> str:
    """Return the ids of a package's parts."""
    return words.told("join.comma").join(found.of(str(package))) or "-"


def _quantity(column: str) -> str:
    """Return the head of a column: the id of a quantity, or what chance it is."""
    if column.startswith(CHANCE_OF):
        quantity = column.removeprefix(CHANCE_OF)
        return words.told("terminal_column.chance_of", quantity=quantity)
    return words.told("terminal_column.chance") if column == "chance" else column


def _number(column: str, number: float) -> str:
    return percent(number) if column.startswith("chance") else digits(number, 4)


def _steps(table: pd.DataFrame) -> str:
    rows = []
    for row in table.to_dict("records"):
        rows.append([row["package"], *(digits(row[key]) for key in ("gained", "given", "price"))])
    return columns(rows, heads("package", "gained", "given", "for_each"))


def _parts(found: Packages) -> str:
    names = [name for name in found.parts.columns if name != "label"]
    rows = []
    for key, row in found.parts.iterrows():
        shares = ["-" if np.isnan(row[name]) else percent(row[name]) for name in names]
        rows.append([key, row["label"], *shares])
    return columns(rows, heads("part", "label", *names))


def _states(found: Packages) -> str:
    rows = []
    table = found.states.sort_values("best_in", ascending=False, kind="stable")
    for name, row in table.iterrows():
        regrets = [digits(row[key]) for key in ("mean_regret", "most_regret")]
        shares = [percent(row[key]) for key in ("best_in", "within_limits")]
        rows.append([name, *shares, *regrets, _made_of(found, name)])
    header = heads("package", "best_in", "keeps_limits", "mean_regret", "most_regret", "parts")
    return columns(rows, header)

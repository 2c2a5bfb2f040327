"""`mcda challenge`: what would change one holder's answer."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pandas as pd

from mcda.commands.question import add_json, add_question, chosen, open_question, print_json
from mcda.methods.ranking import find_method
from mcda.problem.faults import InputError
from mcda.problem.model import Problem
from mcda.report.visible import visible
from mcda.robustness.challenge import Challenge, challenge

DRAWS, SEED = 100_000, 2025


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_json(parser)
    parser.add_argument("--holder", metavar="NAME", required=True, help="whose weights")
    parser.add_argument("--method", metavar="NAME", default="topsis", help="topsis (if not given), additive, ahp, ...")
    parser.add_argument("--no-floor", action="store_true", help="leave out the floors that the question proposes")
    parser.add_argument("--p", type=float, default=2.0, help="exponent of TOPSIS (2)")
    parser.add_argument("--draws", type=int, default=DRAWS, help=f"number of draws ({DRAWS:,})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"seed of the draws ({SEED})")


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print every finding, or one document with every table."""
    try:
        find_method(given.method, given.p)
    except InputError as error:
        parser.error(visible(error))
    problem, holders = open_question(given.question, parser)
    weights = chosen(problem, holders, given.holder, parser)[0]
    proposed = any(leaf.floor is not None for leaf in problem.leaves)
    found = challenge(
        problem, weights, given.method, n=given.draws, seed=given.seed, holders=holders, p=given.p,
        floors=proposed and not given.no_floor, progress=_shown if sys.stderr.isatty() else None,
    )  # fmt: skip
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if given.json:
        print_json(document(problem, found))
    else:
        print(text(problem, found))


def _shown(part: str, share: float) -> None:
    """Tell on the terminal what is being worked on."""
    print(f"\r\033[K{part} {100 * share:.0f}%", end="", file=sys.stderr, flush=True)


def text(problem: Problem, found: Challenge) -> str:
    """Return the findings as text."""
    title = visible(problem.frame.title or problem.name)
    head = f"{title}\n{visible(found.holder)}, {found.method}, {found.draws:,} draws, seed {found.seed}"
    told = [f"{name.capitalize()}\n  {visible(finding)}" for name, finding in found.findings.items()]
    left = [f"{name.capitalize()}\n  skipped: {visible(reason)}" for name, reason in found.skipped.items()]
    return "\n\n".join([head, *told, *left])


def document(problem: Problem, found: Challenge) -> dict[str, Any]:
    """Return everything found as plain data: sentences, numbers and tables."""
    return {
        "question": problem.name, "holder": found.holder, "method": found.method, "leaders": list(found.leaders),
        "draws": found.draws, "seed": found.seed, "skipped": dict(found.skipped),
        "results": {name: dict(_plain(result)) for name, result in found.results.items()},
    }  # fmt: skip


def _plain(result: Any) -> Iterator[tuple[str, Any]]:
    for entry in fields(result):
        thing = getattr(result, entry.name)
        if isinstance(thing, pd.DataFrame | pd.Series):
            table = thing.rename_axis(index="row") if None in thing.index.names else thing
            yield entry.name, json.loads(table.reset_index().to_json(orient="records", double_precision=15))
        elif hasattr(thing, "__dataclass_fields__"):
            yield entry.name, dict(_plain(thing))
        elif isinstance(thing, float):
            yield entry.name, float(thing) if abs(thing) != float("inf") else None
        else:
            yield entry.name, thing

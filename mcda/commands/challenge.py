"""`mcda challenge`: what would change one holder's answer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.checks.visible_text import visible
from mcda.commands.question import (
    add_draws,
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
    tell_beyond,
    usable_method,
)
from mcda.commands.results_out import add_out, check_files, write_out
from mcda.commands.table_options import add_spread
from mcda.holders.answers import answer
from mcda.methods.ranking import Ranking
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import usable_floors
from mcda.reporting import language as words
from mcda.reporting.study.plain_data import plain, records
from mcda.reporting.terminal.columns import told_floors
from mcda.reporting.terminal.lines import show, tell
from mcda.reporting.terminal.text import nothing_left
from mcda.sensitivity.challenge import Challenge, challenge
from mcda.sensitivity.scenarios.scenarios import has_scenarios
from mcda.uncertainty.draws.draws import sample
from mcda.uncertainty.smaa.robustness import robustness

FAILED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_spread(parser)
    add_structure(parser)
    add_json(parser)
    parser.add_argument("--holder", metavar="NAME", help="whose weights (the first, if not given)")
    parser.add_argument(
        "--method",
        metavar="NAME",
        default="topsis",
        help="topsis (if not given), additive, ahp, ...",
    )
    parser.add_argument(
        "--no-floors", action="store_true", help="leave out the floors that the question proposes"
    )
    parser.add_argument("--p", type=float, default=2.0, help="exponent of TOPSIS (2)")
    add_draws(parser)
    add_out(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Print every finding, or one document with every table; returns 1 where a part failed."""
    given.method = usable_method(given.method, given.p, parser)
    check_files(given, parser)
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    weights = chosen(problem, holders, given.holder, parser)[0]
    floors = usable_floors(problem) if not given.no_floors else {}
    progress = _shown if sys.stderr.isatty() else None
    found = challenge(
        problem,
        weights,
        given.method,
        n=given.draws,
        seed=given.seed,
        holders=holders,
        p=given.p,
        floors=floors,
        progress=progress,
    )
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    write_out(given, lambda: _results(found))
    if given.json:
        print_json({**document(problem, found), "floors": floors})
    else:
        both = _both(problem, weights, given)
        apart = _apart(problem, weights, found, given.method, floors, given.p)
        none = nothing_left(problem)
        show(text(problem, found, " ".join(filter(None, (both, apart, *none)))))
    for fault in found.faults:
        tell(fault)
    return FAILED if found.failed else 0


def _results(found: Challenge) -> Any:
    from mcda.reporting.results.of_results import of_challenge

    return of_challenge(found)


def _shown(part: str, share: float) -> None:
    """Tell on the terminal what is being worked on."""
    print(f"\r\033[K{part} {percent(share)}", end="", file=sys.stderr, flush=True)


def _both(problem: Problem, weights: Weights, given: argparse.Namespace) -> str:
    """Return who leads without and with the floor, and which of the two answers is challenged."""
    found = answer(problem, weights, given.method, p=given.p)
    if found.behind is None:
        return ""
    challenged = (
        "without the floor" if given.no_floors else "with the floor (the other: --no-floors)"
    )
    return (
        f"{_names(problem, found.without)} without a floor, {_names(problem, found.behind)} with it "
        f"({told_floors(found.behind.floors)}). Challenged is the answer {challenged}."
    )


def _apart(
    problem: Problem,
    weights: Weights,
    found: Challenge,
    method: str,
    floors: Mapping[str, float],
    p: float,
) -> str:
    """Return who leads by which count, where the counts name different options.

    The counts are the best estimates, first places and mean scores.
    """
    drawn = robustness(
        sample(problem, found.draws, found.seed), weights, method, floors=floors, p=p
    )
    return words.leaders_apart(problem, found.holder, words.leaders_by_count(found.leaders, drawn))


def _names(problem: Problem, ranking: Ranking) -> str:
    leaders = " and ".join(f"{problem.labels[option]} ({option})" for option in ranking.leaders)
    return f"{leaders} {'leads' if len(ranking.leaders) == 1 else 'lead'}"


def text(problem: Problem, found: Challenge, both: str) -> str:
    """Return the findings as text, under both answers."""
    title = visible(problem.frame.title or problem.name)
    about = f"{visible(found.holder)}, {found.method}, {found.draws:,} draws, seed {found.seed}"
    head = "\n".join([title, about, *([visible(both)] if both else [])])
    told = [
        f"{name.capitalize()}\n  {visible(finding)}" for name, finding in found.findings.items()
    ]
    left = [
        f"{name.capitalize()}\n  skipped: {visible(reason)}"
        for name, reason in found.skipped.items()
    ]
    left += [
        f"{name.capitalize()}\n  failed: {visible(error)}" for name, error in found.failed.items()
    ]
    tested = [found.scope] if found.scope else []
    tested += [] if has_scenarios(problem) else [words.told("futures.absent")]
    return "\n\n".join([head, *told, *left, *tested])


def document(problem: Problem, found: Challenge) -> dict[str, Any]:
    """Return everything found as plain data: sentences, numbers and tables."""
    return {
        "question": problem.name,
        "holder": found.holder,
        "method": found.method,
        "leaders": list(found.leaders),
        "draws": found.draws,
        "seed": found.seed,
        **({"scope": found.scope} if found.scope else {}),
        "skipped": dict(found.skipped),
        "failed": dict(found.failed),
        "results": {name: _document_of(result) for name, result in found.results.items()},
    }


def _document_of(result: Any) -> dict[str, Any]:
    """Return a result as an object of its fields, its tables as lists of rows."""
    document: dict[str, Any] = {}
    for entry in fields(result):
        value = getattr(result, entry.name)
        if isinstance(value, pd.DataFrame | pd.Series):
            document[entry.name] = records(value)
        elif is_dataclass(value):
            document[entry.name] = _document_of(value)
        else:
            document[entry.name] = plain(value)
    return document

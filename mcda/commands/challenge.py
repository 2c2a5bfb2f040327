"""`mcda challenge`: what would change one holder's answer."""

from __future__ import annotations

import argparse
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from mcda.checks.significant_digits import percent
from mcda.commands.arguments.drawing import add_draws, draws_of
from mcda.commands.arguments.question import (
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
    tell_beyond,
    usable_method,
)
from mcda.commands.arguments.results_out import add_out, check_files, write_out
from mcda.commands.arguments.table_options import add_spread
from mcda.display.progress_line import begin_step, is_watched, write_over
from mcda.display.visible_text import visible
from mcda.holders.answers import answer
from mcda.methods.ranking import Ranking
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.problem.screening import usable_floors
from mcda.reporting import language as words
from mcda.reporting.study.plain_data import plain, records
from mcda.reporting.terminal.lines import show, tell
from mcda.reporting.terminal.text import nothing_left
from mcda.sensitivity.challenge import Challenge, challenge
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.scenarios.scenarios import has_scenarios
from mcda.uncertainty.counting.second_process import second_process
from mcda.uncertainty.draws.draws import sample
from mcda.uncertainty.smaa.robustness import robustness

FAILED = 1  # the exit status where a part failed: its finding is missing


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
    progress = _show_progress if is_watched() else None
    draws = draws_of(given, problem)
    with second_process(draws) as second:
        results = challenge(
            problem,
            weights,
            given.method,
            n=draws,
            seed=given.seed,
            holders=holders,
            p=given.p,
            floors=floors,
            progress=progress,
            executor=second,
        )
    write_out(given, lambda: _results(results))
    if given.json:
        print_json({**document(problem, results), "floors": floors})
    else:
        both = _both(problem, weights, given)
        apart = _apart(Run(problem, weights, given.method, floors, given.p), results)
        none = nothing_left(problem)
        show(text(problem, results, " ".join(filter(None, (both, apart, *none)))))
    for fault in results.faults:
        tell(fault)
    return FAILED if results.failed else 0


def _results(results: Challenge) -> Any:
    from mcda.reporting.results.of_results import of_challenge

    return of_challenge(results)


def _show_progress(part: str, share: float) -> None:
    """Tell on the terminal what is being worked on."""
    name = words.told(f"parts_of_challenge.{part}")
    begin_step(name)
    write_over(f"{name} {percent(share)}")


def _both(problem: Problem, weights: Weights, given: argparse.Namespace) -> str:
    """Return who leads without and with the floor, and which of the two answers is challenged."""
    both = answer(problem, weights, given.method, order=given.p)
    if both.behind is None:
        return ""
    side = "without" if given.no_floors else "behind"
    first = _leads(problem, both.without)
    second = _leads(problem, both.behind)
    floors = words.floors_told(problem, both.behind.floors)
    if first == second:
        return words.told(f"terminal_challenge.same_{side}", first=first, floors=floors)
    return words.told(f"terminal_challenge.{side}", first=first, second=second, floors=floors)


def _apart(run: Run, results: Challenge) -> str:
    """Return who leads by which count, where the counts name different options.

    The counts are the best estimates, first places and mean scores.
    """
    draws = sample(run.problem, results.draws, results.seed)
    drawn = robustness(draws, run.weights, run.method, floors=run.floors, p=run.p)
    counts = words.leaders_by_count(results.leaders, drawn)
    return words.leaders_apart(run.problem, results.holder, counts)


def _leads(problem: Problem, ranking: Ranking) -> str:
    """Return who leads, in words."""
    options = words.listed(map(problem.name_of, ranking.leaders))
    key = "leads" if len(ranking.leaders) == 1 else "lead"
    return words.told(f"terminal_challenge.{key}", options=options)


def text(problem: Problem, results: Challenge, both: str) -> str:
    """Return the findings as text, under both answers."""
    title = visible(problem.title)
    about = words.told(
        "terminal_challenge.about",
        holder=visible(words.holder_name(results.holder)),
        method=words.method_asked(results.method),
        draws=words.counted(results.draws, "draw"),
        seed=results.seed,
    )
    lines = [title, about]
    if both:
        lines.append(visible(both))
    head = "\n".join(lines)
    sentences = [_under(name, finding) for name, finding in results.findings.items()]
    left = [
        _under(name, words.told("terminal_challenge.skipped", reason=reason))
        for name, reason in results.skipped.items()
    ]
    left += [
        _under(name, words.told("terminal_challenge.failed", error=error))
        for name, error in results.failed.items()
    ]
    tested = [results.scope] if results.scope else []
    tested += [] if has_scenarios(problem) else [words.told("futures.absent")]
    return "\n\n".join([head, *sentences, *left, *tested])


def _under(part: str, finding: str) -> str:
    """Return what a part found, under its name."""
    name = words.told(f"parts_of_challenge.{part}")
    return f"{name[:1].upper()}{name[1:]}\n  {visible(finding)}"


def document(problem: Problem, results: Challenge) -> dict[str, Any]:
    """Return everything found as plain data: sentences, numbers and tables."""
    return {
        "question": problem.name,
        "holder": results.holder,
        "method": results.method,
        "leaders": list(results.leaders),
        "draws": results.draws,
        "seed": results.seed,
        **({"scope": results.scope} if results.scope else {}),
        "skipped": dict(results.skipped),
        "failed": dict(results.failed),
        "results": {name: _document_of(result) for name, result in results.results.items()},
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

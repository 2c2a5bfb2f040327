"""The command `mcda`: rank a question, check its evidence, write its report."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mcda.methods.ranking import find_method
from mcda.preferences.holders import read_perspectives
from mcda.preferences.weights import Weights, equal_weights
from mcda.problem.check import check
from mcda.problem.faults import InputError, known
from mcda.problem.folder import read_problem
from mcda.problem.model import Problem
from mcda.report.results import METHODS, Answers, every_answer, record
from mcda.report.text import check_text, holders_text, ranking_text, visible

DONE, INPUT_AT_FAULT, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 when done, 1 when the input is at fault. Wrong usage ends with status 2."""
    _never_fail_to_print()
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        given.run(given, parser)
    except InputError as error:
        print(f"mcda: {visible_lines(str(error))}", file=sys.stderr)
        return INPUT_AT_FAULT
    except BrokenPipeError:
        sys.stderr.close()
    return DONE


def visible_lines(text: str) -> str:
    """Return text with control characters other than line ends written out."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _never_fail_to_print() -> None:
    """Write what a console can't show as an escape, rather than end in an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("mcda", description="From sourced evidence to a ranking that can be re-run.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    question = argparse.ArgumentParser(add_help=False)
    question.add_argument(
        "question", metavar="QUESTION", help="a question's name (a package under criteria/) or a folder"
    )
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="one JSON document on standard output")
    ranked = commands.add_parser("rank", parents=[question, as_json], help="rank the options, with and without floor")
    _add_rank_options(ranked)
    ranked.set_defaults(run=_rank)
    checked = commands.add_parser("check", parents=[question, as_json], help="report the state of the evidence")
    checked.set_defaults(run=_check)
    reported = commands.add_parser("report", parents=[question], help="write the question's report")
    reported.add_argument("--to", default="html", metavar="FORMAT", help="html")
    reported.add_argument("--out", type=Path, metavar="DIR", help="where to (reports/QUESTION, if not given)")
    reported.set_defaults(run=_report)
    return parser


def _add_rank_options(ranked: argparse.ArgumentParser) -> None:
    methods = f"additive, topsis, ahp, ahp:ideal, ahp:distributive, pymcdm:NAME ({', '.join(METHODS)}, if not given)"
    floor = "a floor in place of those the question proposes"
    ranked.add_argument("--holder", metavar="NAME", help="whose weights (all holders, if not given)")
    ranked.add_argument("--method", metavar="NAME", help=methods)
    ranked.add_argument("--floor", metavar="LEAF=NUMBER", action="append", default=[], help=floor)
    ranked.add_argument("--p", type=float, default=2.0, help="exponent of TOPSIS (2; with 1 it is the additive value)")


def open_question(name: str, parser: argparse.ArgumentParser) -> tuple[Problem, dict[str, Weights]]:
    """Return a question and its holders' weights: a folder, or the package criteria.NAME."""
    if Path(name).exists() or "/" in name or "\\" in name:
        problem = read_problem(name)
        return problem, read_perspectives(name, problem)
    try:
        package = importlib.import_module(f"criteria.{name}") if name.isidentifier() else None
    except ModuleNotFoundError:
        package = None
    if package is None:
        parser.error(f"question '{visible(name)}': no folder and no package under criteria/ has this name")
    problem = package.problem()
    return problem, package.perspectives(problem)


def _rank(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    floors = _floors(given.floor, parser) or True
    methods = [given.method] if given.method else list(METHODS)
    for method in methods:
        _usable(method, given.p, parser)
    problem, holders = open_question(given.question, parser)
    chosen = _chosen(problem, holders, given.holder, parser)
    answers = every_answer(problem, chosen, methods, floors=floors, p=given.p)
    if given.json:
        _print_json(_document(problem, answers))
    elif len(chosen) == len(methods) == 1:
        print(
            f"{visible(problem.frame.title or problem.name)}\n\n{ranking_text(problem, *answers[chosen[0].holder][0])}"
        )
    else:
        print(f"{visible(problem.frame.title or problem.name)}\n\n{holders_text(problem, answers)}")


def _document(problem: Problem, answers: Answers) -> dict[str, Any]:
    return {
        "question": problem.name,
        "title": problem.frame.title,
        "baseline": problem.frame.baseline,
        "rankings": [
            {"without_floor": record(without), "with_floor": record(screened) if screened else None}
            for both in answers.values() for without, screened in both
        ],
    }  # fmt: skip


def _floors(texts: list[str], parser: argparse.ArgumentParser) -> dict[str, float]:
    floors = {}
    for text in texts:
        leaf, _, number = text.partition("=")
        try:
            floors[leaf.strip()] = float(number)
        except ValueError:
            parser.error(f"--floor {visible(text)}: expected LEAF=NUMBER, such as C1.3=30")
    return floors


def _usable(method: str, p: float, parser: argparse.ArgumentParser) -> None:
    try:
        find_method(method, p)
    except InputError as error:
        parser.error(visible(error))


def _chosen(
    problem: Problem, holders: dict[str, Weights], name: str | None, parser: argparse.ArgumentParser
) -> list[Weights]:
    if name is None:
        return list(holders.values()) or [equal_weights(problem)]
    if name not in holders:
        parser.error(f"holder '{visible(name)}': expected one of {known(holders, 30)}")
    return [holders[name]]


def _check(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    problem, _ = open_question(given.question, parser)
    found = check(problem)
    if not given.json:
        print(check_text(found))
        return
    tables = ("coverage", "inputs", "disagreements", "beyond_anchors")
    document: dict[str, Any] = {
        name: json.loads(getattr(found, name).reset_index().to_json(orient="records")) for name in tables
    }
    _print_json({"question": problem.name, **document, "unused": found.unused, "missing": found.missing})


def _report(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    from mcda.report.page import write_page

    if given.to != "html":
        parser.error(f"--to {visible(given.to)}: expected html")
    problem, holders = open_question(given.question, parser)
    page = write_page(problem, holders, given.out or Path("reports") / problem.name)
    print(page)


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1))

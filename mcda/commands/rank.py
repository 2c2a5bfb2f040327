"""`mcda rank`: rank the options of a question, without the floor and with it."""

from __future__ import annotations

import argparse
from typing import Any

from mcda.checks.visible_text import visible
from mcda.commands.question import (
    add_json,
    add_question,
    add_structure,
    chosen,
    open_given,
    print_json,
    tell_beyond,
    usable_method,
)
from mcda.holders.answers import METHODS, Answers, every_answer
from mcda.problem.model import Problem
from mcda.reporting.study.answer_tables import answer_record
from mcda.reporting.terminal.lines import show
from mcda.reporting.terminal.text import holders_text, ranking_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    add_structure(parser)
    add_json(parser)
    methods = f"one of those that `mcda methods` lists ({', '.join(METHODS)}, if not given)"
    floor = "a floor in place of those the question proposes"
    parser.add_argument(
        "--holder", metavar="NAME", help="whose weights (all holders, if not given)"
    )
    parser.add_argument("--method", metavar="NAME", help=methods)
    parser.add_argument("--floor", metavar="LEAF=NUMBER", action="append", default=[], help=floor)
    parser.add_argument(
        "--p",
        type=float,
        default=2.0,
        help="exponent of TOPSIS (2; with 1 it is the additive value)",
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print one holder's ranking by one method, or who leads for every holder by every method."""
    floors = _floors(given.floor, parser) or True
    methods = [usable_method(given.method, given.p, parser)] if given.method else list(METHODS)
    problem, holders = open_given(given, parser)
    tell_beyond(problem)
    whose = chosen(problem, holders, given.holder, parser)
    answers = every_answer(problem, whose, methods, floors=floors, p=given.p)
    title = visible(problem.frame.title or problem.name)
    if given.json:
        print_json(_document(problem, answers))
    elif len(whose) == len(methods) == 1:
        show(f"{title}\n\n{ranking_text(problem, answers[whose[0].holder][0])}", hang=2)
    else:
        show(f"{title}\n\n{holders_text(problem, answers)}", hang=2)


def _document(problem: Problem, answers: Answers) -> dict[str, Any]:
    return {
        "question": problem.name,
        "title": problem.frame.title,
        "baseline": problem.frame.baseline,
        "rankings": [answer_record(each) for by_method in answers.values() for each in by_method],
    }


def _floors(texts: list[str], parser: argparse.ArgumentParser) -> dict[str, float]:
    floors = {}
    for text in texts:
        leaf, _, number = text.partition("=")
        try:
            floors[leaf.strip()] = float(number)
        except ValueError:
            parser.error(f"--floor {visible(text)}: expected LEAF=NUMBER, such as cost=30")
    return floors

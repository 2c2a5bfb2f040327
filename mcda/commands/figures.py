"""`mcda figures`: draw every figure of a question and one holder, with a page that shows them."""

from __future__ import annotations

import argparse
from pathlib import Path

from mcda.commands.arguments.drawing import add_draws, draws_of
from mcda.commands.arguments.question import (
    add_question,
    add_structure,
    chosen,
    open_given,
    usable_method,
)
from mcda.display.progress_line import write_over


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser, tables=True)
    add_structure(parser)
    parser.add_argument("--holder", metavar="NAME", help="whose weights (the first, if not given)")
    parser.add_argument(
        "--method", default="topsis", metavar="NAME", help="as for rank (topsis, if not given)"
    )
    add_draws(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to (reports/QUESTION, if not given)"
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Draw the figures and print where their page is."""
    from mcda.reporting.writers.gallery import write_gallery
    from mcda.uncertainty.counting.second_process import second_process
    from mcda.uncertainty.draws.draws import sample

    given.method = usable_method(given.method, 2.0, parser)
    problem, holders = open_given(given, parser)
    weights = chosen(problem, holders, given.holder, parser)[0]
    draws = sample(problem, n=draws_of(given, problem), seed=given.seed)
    folder = given.out or Path("reports") / problem.name
    with second_process(draws.n) as second:
        page = write_gallery(draws, holders, weights, given.method, folder, second)
    write_over("")
    print(page)

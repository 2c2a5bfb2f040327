"""`mcda report`: write the report of a question."""

from __future__ import annotations

import argparse
from pathlib import Path

from mcda.commands.question import add_question, open_question
from mcda.report.visible import visible


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_question(parser)
    parser.add_argument("--to", default="html", metavar="FORMAT", help="html")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to (reports/QUESTION, if not given)")


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Write the report and print where it is."""
    from mcda.report.page import write_page

    if given.to != "html":
        parser.error(f"--to {visible(given.to)}: expected html")
    problem, holders = open_question(given.question, parser)
    print(write_page(problem, holders, given.out or Path("reports") / problem.name))

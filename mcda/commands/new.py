"""`mcda new`: write a question to fill, with a worked example or made of a bare table."""

from __future__ import annotations

import argparse
from pathlib import Path

from mcda.commands.arguments.question import add_limits, limits_of
from mcda.commands.arguments.spoken_language import add_language
from mcda.commands.arguments.table_options import (
    add_table_options,
    misplaced_options,
    open_table,
    without_weights,
)
from mcda.display.visible_text import visible
from mcda.files.interchange.bare_file import is_bare_table
from mcda.files.question.new_question import new_question
from mcda.files.question.question_from_table import question_from_table
from mcda.reporting.terminal.lines import show, tell
from mcda.sentences.catalogue import ENGLISH, told


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "path",
        metavar="FOLDER|FILE.xlsx",
        type=Path,
        help="where to; a workbook if it ends in .xlsx",
    )
    help_text = (
        "a bare table (CSV, Excel, JSON, XMCDA) to make the question of (an example, if not given)"
    )
    parser.add_argument("--from", dest="table", type=Path, metavar="TABLE", help=help_text)
    add_language(parser)
    add_limits(parser)
    add_table_options(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Write the question and print where it is; of a table also what has to be completed."""
    if given.table is None:
        misplaced = misplaced_options(given)
        if misplaced:
            parser.error(f"{', '.join(misplaced)}: only with --from TABLE")
        print(new_question(given.path, language=given.language or ENGLISH))
        return
    if not is_bare_table(given.table, limits_of(given)):
        parser.error(f"--from: expected a bare table, found '{visible(given.table)}'")
    unstated = without_weights(given.table, given, limits_of(given))
    table = open_table(given.table, given, limits_of(given))
    for note in table.lines:
        tell(visible(note))
    weights = None if unstated else table.question.weights
    language = given.language or ENGLISH
    todo = question_from_table(table.question.problem, weights, given.path, language=language)
    print(given.path)
    steps = [f"  {visible(each)}" for each in todo]
    head = told("to_complete.head")
    then = told("to_complete.then", command=f"mcda check {given.path}")
    show("\n".join([head, *steps, then]), hang=2)

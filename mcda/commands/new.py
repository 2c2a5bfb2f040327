"""`mcda new`: write a blank question as a folder or a workbook, with a worked example."""

from __future__ import annotations

import argparse
from pathlib import Path

from mcda.files.question.new_question import new_question


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "path",
        metavar="FOLDER|FILE.xlsx",
        type=Path,
        help="where to; a workbook if it ends in .xlsx",
    )


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Write the question and print where it is."""
    print(new_question(given.path))

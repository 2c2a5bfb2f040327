"""`mcda verify`: say whether a report is what its inputs give, and what was altered."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from mcda.commands.arguments.question import add_json, add_limits, limits_of, print_json
from mcda.commands.arguments.spoken_language import add_language, speak
from mcda.display.visible_text import visible
from mcda.problem.model import Frame
from mcda.reporting.terminal.lines import show
from mcda.reporting.verification.carried import carried
from mcda.reporting.verification.said import OPEN, Said, level_names, passed, subjects, verdict
from mcda.reporting.verification.verify import verified

ALTERED = 1  # the exit status of a report that was altered or differs


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "report",
        metavar="REPORT",
        type=Path,
        help="a page (.html), a PDF, a Word file, or the folder of a report",
    )
    help_text = (
        "the folder or workbook of the question (the folder 'inputs' beside it, if not given)"
    )
    parser.add_argument("--inputs", type=Path, metavar="QUESTION", help=help_text)
    add_limits(parser)
    add_language(parser, of="the report's")
    add_json(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Print what holds, what doesn't and what wasn't compared; returns 1 where anything fails."""
    limits = limits_of(given)
    report = carried(given.report, limits)
    speak(given, Frame(language=report.language))
    statements = verified(given.report, report, given.inputs, limits)
    if given.json:
        print_json(
            {
                "verified": passed(statements),
                "not_checked": subjects(statements, OPEN),
                "said": [
                    {"level": statement.level, "text": statement.text} for statement in statements
                ],
            }
        )
    else:
        _show_each(statements)
        show(visible(verdict(statements)))
    return 0 if passed(statements) else ALTERED


def _show_each(statements: Sequence[Said]) -> None:
    """Print each statement behind its level."""
    names = level_names()
    width = max(map(len, names.values()))
    lines = [f"{names[one.level]:<{width}}  {visible(one.text)}" for one in statements]
    show("\n".join(lines), hang=width + 2)

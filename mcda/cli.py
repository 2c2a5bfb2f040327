"""The command `mcda`: its commands, and how each ends. Only the command that runs is imported."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import warnings
from collections.abc import Sequence

from mcda.checks.faults import InputError
from mcda.reporting.terminal.ending import DONE, WHERE, Closed, ending, flush, let_go
from mcda.reporting.terminal.lines import tell

COMMANDS = {
    "new": "write a blank question to fill, as a folder or a workbook",
    "rank": "rank the options, without the floor and with it",
    "methods": "list the methods that rank, with a line on each",
    "weights": "show whose weights there are, with their ranges",
    "robust": "show how the ranking holds over everything uncertain",
    "check": "report what the numbers rest on",
    "challenge": "tell what would change one holder's answer",
    "report": "write the question's report",
    "verify": "check a report against its inputs",
    "log": "add to a log of a question, or show it",
    "figures": "draw every figure of the question",
    "lab": "open the notebooks in JupyterLab",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 when done, 1 when the input is at fault.

    Wrong usage ends with status 2, a failing machine with 3, a stop by the keyboard with 130; each
    with one plain line. Nothing passes this boundary but wrong usage.
    """
    try:
        status = _run(sys.argv[1:] if arguments is None else list(arguments))
        flush()
        return status
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get(WHERE) and not isinstance(error, InputError):
            raise
        let_go()
        return ending(error)


def _run(words: Sequence[str]) -> int:
    _never_fail_to_print()
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # before numpy: on small tables threads cost more than they give
    command = words[0] if words else ""
    parser = _parser(command)
    given = parser.parse_args(words)
    with warnings.catch_warnings():
        warnings.showwarning = lambda told, *_: tell(
            told
        )  # without the line of code that it came from
        status: int | None = given.run(given, parser)
    return status or DONE


def _never_fail_to_print() -> None:
    """Write what a console can't show as an escape, rather than end in an error."""
    if sys.stdout is None:
        sys.stdout = Closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _parser(asked: str) -> argparse.ArgumentParser:
    """Return a parser that lists every command and knows what the one asked for takes."""
    parser = argparse.ArgumentParser(
        "mcda", description="From sourced evidence to a ranking that can be re-run."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, told in COMMANDS.items():
        command = commands.add_parser(name, help=told)
        if name == asked:
            module = importlib.import_module(f"mcda.commands.{name}")
            module.arguments(command)
            command.set_defaults(run=module.run)
    return parser

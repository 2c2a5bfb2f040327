"""The command `mcda`: its commands, and how each ends. Only the command that runs is imported."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import warnings
from collections.abc import Sequence

from mcda.checks.faults import InputError
from mcda.reporting.terminal.lines import tell

DONE = 0
INPUT_AT_FAULT = 1
COMMANDS = {
    "new": "write a blank question to fill, as a folder or a workbook",
    "rank": "rank the options, without the floor and with it",
    "methods": "list the methods that rank, with a line on each",
    "weights": "show whose weights there are, with their ranges",
    "robust": "show how the ranking holds over everything uncertain",
    "check": "report what the numbers rest on",
    "challenge": "tell what would change one holder's answer",
    "structure": "tell what the shape of the question decides",
    "report": "write the question's report",
    "verify": "check a report against its inputs",
    "log": "add to a log of a question, or show it",
    "figures": "draw every figure of the question",
    "lab": "open the notebooks in JupyterLab",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 when done, 1 when the input is at fault.

    Wrong usage ends with status 2.
    """
    _never_fail_to_print()
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # before numpy: on small tables threads cost more than they give
    words = sys.argv[1:] if arguments is None else list(arguments)
    command = words[0] if words else ""
    parser = _parser(command)
    given = parser.parse_args(words)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda told, *_: tell(
                told
            )  # without the line of code that it came from
            status: int | None = given.run(given, parser)
        return status or DONE
    except InputError as error:
        tell(error)
        return INPUT_AT_FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _never_fail_to_print() -> None:
    """Write what a console can't show as an escape, rather than end in an error."""
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

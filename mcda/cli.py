"""The command `mcda`: its commands, and how each ends. Only the command that runs is imported."""

from __future__ import annotations

import argparse
import atexit
import difflib
import gc
import importlib
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from types import ModuleType
from typing import Any

from mcda.checks.epoch import seconds_set
from mcda.checks.faults import InputError
from mcda.commands.arguments.ending import DONE, WHERE, Closed, ending, flush, let_go, release
from mcda.display.progress_line import at_work
from mcda.reporting.terminal.lines import tell

HELP = "help"
# new objects before garbage is searched for: what is imported lives to the end, and the searches
# that Python makes unasked took a fifteenth of the time of a short command
SELDOM = 50_000
SERVERS = ("lab", "watch")  # run until they are stopped, and write to the terminal themselves
COMMANDS = {
    "new": "write a blank question to fill, as a folder or a workbook",
    "rank": "rank the options of a question, or of a table",
    "methods": "list the methods that rank, with a line on each",
    "weights": "show whose weights there are, with their ranges",
    "robust": "show how the ranking holds over everything uncertain",
    "check": "report what the numbers rest on",
    "statements": "tell what follows from what people said",
    "challenge": "tell what would change one holder's answer",
    "structure": "tell what the shape of the question decides",
    "consequences": "tell what events may cost under each option",
    "packages": "find the packages of parts that no other beats",
    "report": "write the question's report",
    "watch": "show the answer in a browser, fresh whenever the files are saved",
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
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    if arguments is None:  # the process ends with the command: its garbage needs no last search
        atexit.register(gc.freeze)
    try:
        words = sys.argv[1:] if arguments is None else list(arguments)
        return _printed(words)
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get(WHERE) and not isinstance(error, InputError):
            raise
        let_go()
        release(error)
        return ending(error)
    finally:
        gc.set_threshold(*before)


def _printed(words: Sequence[str]) -> int:
    """Run the command and write out what it printed, also where help or wrong usage ends it."""
    try:
        status = _run(words)
    except SystemExit:
        flush()
        raise
    flush()
    return status


def _run(words: Sequence[str]) -> int:
    _never_fail_to_print()
    seconds_set()  # one that is no time would end the import of a package
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # before numpy: on small tables threads cost more than they give
    if not words or words[0] == HELP:
        return _help(words[1:])
    parser, command = _parser(words[0])
    given = parser.parse_args(words)
    given.words = words
    with warnings.catch_warnings(), ExitStack() as given.within:  # entered by `speak`
        warnings.showwarning = _once()
        with nullcontext() if words[0] in SERVERS else at_work(f"mcda {words[0]}"):
            status: int | None = given.run(given, command or parser)
    return status or DONE


def _once() -> Callable[..., None]:
    """Return what prints each warning once, without the line of code that it came from."""
    seen = set()

    def show(told: Warning | str, *_: object) -> None:
        if str(told) not in seen:
            seen.add(str(told))
            tell(told)

    return show


def _never_fail_to_print() -> None:
    """Write what a console can't show as an escape, rather than end in an error."""
    if sys.stdout is None:
        sys.stdout = Closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _help(words: Sequence[str]) -> int:
    """Print the help of a command, or of all; returns 0.

    A command that there isn't is wrong usage.
    """
    first = words[0] if words else ""
    parser, command = _parser(first)
    if words and command is None:
        near = difflib.get_close_matches(words[0], COMMANDS, 1)
        meant = f"; did you mean '{near[0]}'?" if near else ""
        parser.error(f"no command is called {words[0]!r}{meant}")
    (command or parser).print_help()
    return DONE


def _parser(asked: str) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser | None]:
    """Return a parser that lists every command, and that of the one asked for, if there is one."""
    parser = Parser(
        "mcda",
        description="From sourced evidence to a ranking that can be re-run.",
        epilog="mcda help COMMAND tells what a command takes.",
    )
    parser.add_argument("--version", action=Version)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    found = None
    for name, told in COMMANDS.items():
        command = commands.add_parser(name, help=told)
        if name == asked:
            module = module_of(name)
            module.arguments(command)
            command.set_defaults(run=module.run)
            command.usage = _usage(command)
            found = command
    commands.add_parser(HELP, help="tell what a command takes")
    return parser, found


def module_of(name: str) -> ModuleType:
    """Return the module of a command, imported."""
    room = "mcda.commands.serving" if name in SERVERS else "mcda.commands"
    return importlib.import_module(f"{room}.{name}")


def _usage(command: argparse.ArgumentParser) -> str:
    """Return one line of usage: what a command must have; its help lists the options."""
    needed = [
        action.metavar or action.dest
        for action in command._actions
        if not action.option_strings and action.nargs != "?"
    ]
    return " ".join([command.prog, *map(str, needed), "[OPTION ...]"])


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints aren't lost in silence where they can't be printed."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message:
            (file or sys.stderr).write(message)


class Version(argparse.Action):
    """The version, looked up only where it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: object) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and end."""
        from importlib.metadata import version

        print(f"mcda {version('policy-mcda')}")
        parser.exit(DONE)

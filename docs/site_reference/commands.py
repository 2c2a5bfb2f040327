"""The command line, from the parsers that read it."""

from __future__ import annotations

import argparse

from mcda.cli import COMMANDS, module_of
from site_reference.markdown import cell, code, table

HEAD = """\
# The command line

`mcda COMMAND --help` prints the same in a terminal. QUESTION is the name of a package under `criteria/`, a
folder, or a workbook; where a command takes a bare table too, it says so. Names of holders, options and
methods are taken in any case, by id or by label.

The exit status is 0 when done, 1 when the input is at fault (every fault is listed), 2 for wrong usage, 3
when the machine fails, and 130 when the keyboard stopped it. `--json` prints one document on standard output
and nothing else there.
"""


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return the parser of a command, as the command line makes it."""
    parser = argparse.ArgumentParser(f"mcda {name}", add_help=False)
    module_of(name).arguments(parser)
    return parser


def actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what a command takes, as it was declared."""
    return list(parser._actions)


def page() -> str:
    """Return the page of commands."""
    return "\n".join([HEAD, *(_section(name, told) for name, told in COMMANDS.items())])


def _section(name: str, told: str) -> str:
    parser = parser_of(name)
    rows = [[_name(action), _help(parser, action)] for action in actions(parser)]
    needed = [
        _place(action)
        for action in actions(parser)
        if not action.option_strings and action.nargs != "?"
    ]
    line = " ".join(["mcda", name, *needed, "[OPTION ...]"])
    parts = [f"## mcda {name}", f"{told[0].upper()}{told[1:]}.", f"```text\n{line}\n```"]
    if rows:
        parts.append(table(["option", "what it does"], rows))
    return "\n\n".join(parts) + "\n"


def _place(action: argparse.Action) -> str:
    return str(action.metavar or action.dest)


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(_place(action))
    if action.nargs == 0:
        return code(", ".join(action.option_strings))
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""
    value = action.metavar or choices or action.dest.upper()
    return code(f"{', '.join(action.option_strings)} {value}")


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return cell(argparse.HelpFormatter(parser.prog)._expand_help(action)) if action.help else ""

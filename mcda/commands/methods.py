"""`mcda methods`: the methods that rank, each with a line on what it is."""

from __future__ import annotations

import argparse
from typing import Any

from mcda.commands.arguments.question import add_json, print_json
from mcda.commands.arguments.spoken_language import add_language, speak
from mcda.methods.method import Method, every_method
from mcda.reporting.terminal.columns import columns, heads, yes_or_no
from mcda.reporting.terminal.lines import show
from mcda.sentences.catalogue import told

MEANING = ("linear", "own_row", "reads", "names", "from_python")  # sentences below the table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_language(parser)
    add_json(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print every method by name, with its form and what it is.

    The form says whether it is linear, and whether a score depends on its own row alone.
    """
    speak(given)
    if given.json:
        print_json([_document(method) for method in every_method()])
        return
    rows = []
    for method in every_method():
        reads = told(f"terminal_methods.{_reads(method)}")
        rows.append([method.name, reads, *map(_yes, _form(method)), method.about])
    header = heads("method", "reads", "linear", "own_row", "what_it_is")
    meaning = " ".join(told(f"terminal_methods.{part}") for part in MEANING)
    show(f"{columns(rows, header)}\n\n{meaning}")


def _form(method: Method) -> tuple[bool | None, bool | None]:
    """Return whether a method is linear and whether it rests on own rows.

    Both are None for the methods of another package, where this isn't known.
    """
    return (method.linear, method.own_row) if method.over_draws else (None, None)


def _reads(method: Method) -> str:
    return "values" if method.reads_values else "numbers"


def _yes(holds: bool | None) -> str:
    return told("cell.not_said") if holds is None else yes_or_no(holds)


def _document(method: Method) -> dict[str, Any]:
    linear, own_row = _form(method)
    return {
        "name": method.name,
        "label": method.label,
        "order": method.order,
        "reads": _reads(method),
        "linear": linear,
        "own_row": own_row,
        "unit": method.unit,
        "uses_judgements": method.uses_judgements,
        "over_draws": method.over_draws,
        "about": method.about,
    }

"""`mcda methods`: the methods that rank, each with a line on what it is."""

from __future__ import annotations

import argparse
from typing import Any

from mcda.commands.arguments.question import add_json, print_json
from mcda.methods.method import Method, every_method
from mcda.reporting.terminal.columns import columns
from mcda.reporting.terminal.lines import show

MEANING = """\
linear: scores are linear in the weights. own row: an option's score rests on its own row alone, \
so that no other option changes it. reads: the 0-1 values of the question's scales, or the numbers \
as they stand, which are then scaled by the options at hand, as textbooks do. Names are taken in any \
case; higher scores are better throughout. From Python, mcda.promethee1, promethee2, electre1 and \
electre3 take thresholds, and say who outranks whom."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_json(parser)


def run(given: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Print every method by name, with its form and what it is.

    The form says whether it is linear, and whether a score depends on its own row alone.
    """
    if given.json:
        print_json([_document(method) for method in every_method()])
        return
    rows = [
        [method.name, _reads(method), *map(_yes, _form(method)), method.about]
        for method in every_method()
    ]
    heads = ["method", "reads", "linear", "own row", "what it is"]
    show(f"{columns(rows, heads)}\n\n{MEANING}")


def _form(method: Method) -> tuple[bool | None, bool | None]:
    """Return whether a method is linear and whether it rests on own rows.

    Both are None for the methods of another package, where this isn't known.
    """
    return (method.linear, method.own_row) if method.over_draws else (None, None)


def _reads(method: Method) -> str:
    return "values" if method.reads_values else "numbers"


def _yes(holds: bool | None) -> str:
    return {True: "yes", False: "no", None: "not said"}[holds]


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

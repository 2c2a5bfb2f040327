"""`mcda methods`: the methods that rank, each with a line on what it is."""

from __future__ import annotations

import argparse
from typing import Any

from mcda.commands.question import add_json, print_json
from mcda.methods.method import Method, every_method
from mcda.reporting.terminal.columns import columns
from mcda.reporting.terminal.lines import show

MEANING = """\
linear: scores are linear in the weights. own row: an option's score rests on its own row alone, \
so that no other option changes it. Names are taken in any case; higher scores are better \
throughout (VIKOR's Q is turned round). ELECTRE I gives no scores: mcda.electre1 says which \
options outrank which, on a table."""


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
    rows = [[method.name, *map(_yes, _form(method)), method.about] for method in every_method()]
    show(f"{columns(rows, ['method', 'linear', 'own row', 'what it is'])}\n\n{MEANING}")


def _form(method: Method) -> tuple[bool | None, bool | None]:
    """Return whether a method is linear and whether it rests on own rows.

    Both are None for the methods of another package, where this isn't known.
    """
    return (method.linear, method.own_row) if method.over_draws else (None, None)


def _yes(holds: bool | None) -> str:
    return {True: "yes", False: "no", None: "not said"}[holds]


def _document(method: Method) -> dict[str, Any]:
    linear, own_row = _form(method)
    return {
        "name": method.name,
        "label": method.label,
        "order": method.order,
        "linear": linear,
        "own_row": own_row,
        "unit": method.unit,
        "uses_judgements": method.uses_judgements,
        "over_draws": method.over_draws,
        "about": method.about,
    }

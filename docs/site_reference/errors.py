"""Every fault that can be told, gathered from the code that tells it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from site_reference.markdown import cell, table
from site_reference.names import ROOMS

MCDA = Path(__file__).parents[2] / "mcda"
HOLE = "…"
TITLES = {
    **ROOMS,
    "sampling": "Random numbers and linear programs",
    "sentences": "Sentences",
    "commands": "Commands",
}
HEAD = """\
# What can be at fault

Every fault has one form: the place, what was expected there, what was found, and a way out. All faults of a
file come at once. In Python they are one `mcda.InputError`, whose `faults` can be looped over; an analysis
that doesn't fit a method or a question is `mcda.NotApplicable`, which is an `InputError` too; what an answer
rests on and must be known is an `mcda.AssumptionWarning`.

This list is gathered from the code. Where a name or a number is filled in, it has an ellipsis. What was
found is left out: it is yours.
"""


def fault_calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield each place in the code that makes a fault, with its room."""
    for path in sorted(MCDA.rglob("*.py")):
        room = path.relative_to(MCDA).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault":
                yield room, node


def worded(node: ast.expr | None) -> str:
    """Return a text as it is written in code, with an ellipsis for what is filled in.

    >>> worded(ast.parse("f'weight of {name}'", mode="eval").body)
    'weight of …'
    """
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(worded(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return worded(node.left) + worded(node.right)
    return "" if node is None else HOLE


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    """Return an argument of a call, given by place or by name."""
    if len(call.args) > place:
        return call.args[place]
    return next((word.value for word in call.keywords if word.arg == name), None)


@cache
def faults_by_room() -> dict[str, list[tuple[str, str, str]]]:
    """Return where, what was expected and the way out of every fault, each once."""
    found: dict[str, dict[tuple[str, str, str], None]] = {}
    for room, call in fault_calls():
        where = worded(argument(call, 0, "where"))
        expected = worded(argument(call, 1, "expected"))
        remedy = worded(argument(call, 3, "remedy"))
        if expected.strip(HOLE + " "):
            found.setdefault(room, {})[where, expected, remedy] = None
    return {room: sorted(rows) for room, rows in found.items()}


def page() -> str:
    """Return the page of faults."""
    by_room = faults_by_room()
    sections = [
        f"\n## {title}\n\n"
        + table(["where", "expected", "way out"], [list(map(cell, row)) for row in by_room[room]])
        + "\n"
        for room, title in TITLES.items()
        if room in by_room
    ]
    return "".join([HEAD, *sections])

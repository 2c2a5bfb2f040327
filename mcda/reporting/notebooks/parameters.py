"""The parameters of a notebook, set by name.

They are assignments of plain values in the one cell tagged "parameters".
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from mcda.checks.faults import Fault, InputError, known, refuse

TAG = "parameters"
KINDS = {str: "text", int: "a whole number", float: "a number"}


def parameters(notebook: Any) -> dict[str, Any]:
    """Return the parameters of a notebook and their values; none where it has no such cell."""
    cell = _cell(notebook)
    return (
        {name: node.value for name, node in _assigned(cell.source).items()}
        if cell is not None
        else {}
    )


def set_parameters(notebook: Any, given: Mapping[str, str]) -> None:
    """Write values, given as text, into the parameters cell of a notebook.

    Comments and order stay. A value is read as what is there now: text, a whole number or a number.
    Raises InputError for a name that the notebook doesn't have, or a value of another kind.
    """
    held = parameters(notebook)
    refuse(
        Fault(f"parameter '{name}'", f"one of {known(held)}", "no such parameter")
        for name in given
        if name not in held
    )
    values = {name: _read(name, text, type(held[name])) for name, text in given.items()}
    for name, value in values.items():
        cell = _cell(notebook)
        cell.source = _replaced(cell.source, _assigned(cell.source)[name], repr(value))


def _cell(notebook: Any) -> Any:
    return next((cell for cell in notebook.cells if TAG in cell.metadata.get("tags", ())), None)


def _assigned(source: str) -> dict[str, ast.Constant]:
    assigned = {}
    for line in ast.parse(source).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            value = line.value
            if isinstance(value, ast.Constant) and type(value.value) in KINDS:
                assigned[line.targets[0].id] = value
    return assigned


def _read(name: str, text: str, kind: type) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise InputError(Fault(f"parameter '{name}'", KINDS[kind], repr(text))) from None


def _replaced(source: str, node: ast.Constant, text: str) -> str:
    """Return source with a literal of one line replaced; positions count bytes of UTF-8."""
    lines = source.split("\n")
    line = lines[node.lineno - 1].encode("utf-8")
    changed = line[: node.col_offset] + text.encode("utf-8") + line[node.end_col_offset :]
    lines[node.lineno - 1] = changed.decode("utf-8")
    return "\n".join(lines)

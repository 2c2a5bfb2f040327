"""Pieces of Markdown: a cell of a table, a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(text: object) -> str:
    r"""Return a text as a cell of a table holds it: in one line, its bars and angles as text.

    >>> cell("FOLDER|FILE\nof <name>")
    'FOLDER\\|FILE of &lt;name>'
    """
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def code(text: object) -> str:
    r"""Return a text as code in a cell.

    >>> code("A|B")
    '`A\\|B`'
    """
    return "`" + " ".join(str(text).split()).replace("|", "\\|") + "`"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already.

    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    ruler = "|" + "---|" * len(heads)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", ruler, *lines])

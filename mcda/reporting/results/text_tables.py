"""Tables as text that other programs take: CSV, Markdown and LaTeX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from mcda.checks.significant_digits import digits
from mcda.files.tables.csv_file import guarded

SHOWN = 4  # significant figures of a number that is read and not computed with
TEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
TEX_SIGNS = re.compile("|".join(map(re.escape, TEX)))
MARK = "\ufeff"  # by which spreadsheet programs know UTF-8


def csv_text(table: pd.DataFrame) -> str:
    r"""Return a table as CSV at full precision; no cell of it is a formula to a program.

    >>> csv_text(pd.DataFrame({"rank": [1]}, index=pd.Index(["=A1"], name="option"))).split()[1]
    "'=A1,1"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in _rows(table, repr):
        writer.writerow([guarded(cell) for cell in row])
    return MARK + buffer.getvalue()


def markdown_text(tables: Mapping[str, pd.DataFrame]) -> str:
    r"""Return tables as Markdown, each under its name.

    >>> print(markdown_text({"ranks": pd.DataFrame({"rank": [1]}, index=["A|B"])}))
    ## ranks
    <BLANKLINE>
    |  | rank |
    | --- | --- |
    | A\|B | 1 |
    <BLANKLINE>
    """
    return "\n".join(_markdown(name, table) for name, table in tables.items())


def _markdown(name: str, table: pd.DataFrame) -> str:
    header, *rows = (_plain_lines(row) for row in _rows(table, _figure))
    lines = [header, ["---"] * len(header), *rows]
    rows_of_text = []
    for line in lines:
        cells = [cell.replace("|", "\\|") for cell in line]
        rows_of_text.append(f"| {' | '.join(cells)} |")
    return "\n".join([f"## {name}", "", *rows_of_text, ""])


def tex_text(tables: Mapping[str, pd.DataFrame]) -> str:
    r"""Return tables as LaTeX, each a `table` with its name as caption; no package is needed.

    >>> print(tex_text({"ranks": pd.DataFrame({"rank": [1]}, index=["A & B"])}).splitlines()[3])
    A \& B & 1 \\
    """
    return "\n".join(_tex(name, table) for name, table in tables.items())


def _tex(name: str, table: pd.DataFrame) -> str:
    header, *rows = (_plain_lines(row) for row in _rows(table, _figure))
    lines = [" & ".join(map(_escaped, row)) + r" \\" for row in (header, *rows)]
    begin = rf"\begin{{table}}\caption{{{_escaped(name)}}}\begin{{tabular}}{{{'l' * len(header)}}}"
    return "\n".join([begin, lines[0], r"\hline", *lines[1:], r"\end{tabular}\end{table}", ""])


def _escaped(text: str) -> str:
    return TEX_SIGNS.sub(lambda found: TEX[found[0]], text)


def _plain_lines(row: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _rows(table: pd.DataFrame, number: Callable[[float], str]) -> list[list[str]]:
    """Return the header and the rows of a table as texts, its index first."""
    flat = table.reset_index()
    named = [name for name in table.index.names if name is not None]
    heads = [str(key) for key in flat.columns]
    if not named:
        heads[0] = ""
    body = flat.astype(object).to_numpy().tolist()
    rows = [heads]
    for row in body:
        rows.append([_text(cell, number) for cell in row])
    return rows


def _text(cell: object, number: Callable[[float], str]) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return number(cell)
    return str(cell)


def _figure(number: float) -> str:
    return digits(number, SHOWN)

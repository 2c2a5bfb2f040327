"""A labelled table as HTML, for results that show themselves in a notebook.

Names are escaped, no text is cut, and a table can have a caption.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from mcda.checks.significant_digits import fixed
from mcda.display.html_text import html_text

ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd]\b")
LEFT = ' style="text-align: left"'


def html_table(table: pd.DataFrame, caption: str = "") -> str:
    """Return a table as HTML: every name escaped, no text cut, numbers to two places.

    Text begins at the left of its column, head and all, and numbers end at the right.

    >>> "&lt;b&gt;" in html_table(pd.DataFrame({"label": ["<b>"]}))
    True
    """
    whole = ("display.max_colwidth", None, "display.max_rows", None)
    with pd.option_context(*whole, "display.html.use_mathjax", False):  # "$5 to $7" is no formula
        shown = table.set_axis(_nameless(table.index)).set_axis(
            _nameless(table.columns), axis="columns"
        )
        html: str = shown.to_html(
            escape=True, border=0, float_format=lambda number: fixed(number, 2)
        )
    html = _text_at_the_left(html, [_is_text(shown.iloc[:, at]) for at in range(shown.shape[1])])
    if not caption:
        return html
    return html.replace("<thead>", f"<caption>{escape(caption)}</caption>\n  <thead>", 1)


def _is_text(column: pd.Series) -> bool:
    """Return whether a column holds more than numbers."""
    return not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)


def _text_at_the_left(html: str, texts: Sequence[bool]) -> str:
    """Return a table whose names of rows, and cells of columns of text, begin at the left.

    A notebook aligns every cell to the right that says nothing else. Columns are counted from a
    row's end: the names of a row may take several cells, or none where one goes over several rows.
    """

    def aligned(row: re.Match[str]) -> str:
        count = len(CELL.findall(row[0]))
        left = iter([*[True] * (count - len(texts)), *texts[-count:]])
        return CELL.sub(lambda cell: f"{cell[0]}{LEFT}" if next(left) else cell[0], row[0])

    return ROW.sub(aligned, html)


def _nameless(axis: pd.Index) -> pd.Index:
    return axis.set_names([None] * axis.nlevels)


def html_result(sentence: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return a result as HTML: its finding in a sentence, then its tables with their captions.

    >>> "<p>A leads.</p>" in html_result("A leads.", {"scores": pd.DataFrame({"score": [0.5]})})
    True
    """
    return "\n".join(
        [html_text(sentence), *(html_table(table, name) for name, table in tables.items())]
    )

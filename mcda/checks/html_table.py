"""A labelled table as HTML, for results that show themselves in a notebook.

Names are escaped, no text is cut, and a table can have a caption.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from mcda.checks.significant_digits import fixed


def html_table(table: pd.DataFrame, caption: str = "") -> str:
    """Return a table as HTML: every name escaped, no text cut, numbers to two places.

    >>> "&lt;b&gt;" in html_table(pd.DataFrame({"label": ["<b>"]}))
    True
    """
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        shown = table.set_axis(_nameless(table.index)).set_axis(
            _nameless(table.columns), axis="columns"
        )
        html: str = shown.to_html(
            escape=True, border=0, float_format=lambda number: fixed(number, 2)
        )
    if not caption:
        return html
    return html.replace("<thead>", f"<caption>{escape(caption)}</caption>\n  <thead>", 1)


def _nameless(axis: pd.Index) -> pd.Index:
    return axis.set_names([None] * axis.nlevels)


def html_result(sentence: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return a result as HTML: its finding in a sentence, then its tables with their captions.

    >>> html_result("A leads.", {"scores": pd.DataFrame({"score": [0.5]})})[:15]
    '<p>A leads.</p>'
    """
    return "\n".join(
        [f"<p>{escape(sentence)}</p>", *(html_table(table, name) for name, table in tables.items())]
    )
